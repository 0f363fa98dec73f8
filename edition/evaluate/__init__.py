"""How right a structure is, in the field's metrics: gold against predicted, TEI or the simple JSON of structure.

`structure` reads both forms, `align` finds each character of one in the other, `metrics` counts, `report` tells.
"""
