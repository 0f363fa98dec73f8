"""`Edition` to TEI and back. `write` and `read` are mirror images: `read(write(e)) == e` (law 2).

`header` does both directions for the teiHeader, `tags` explains every element in it, `restore` rebuilds the source from
a TEI file alone (law 1, knowing nothing of the model), `parse` opens XML safely.

`validate` says what is wrong with a file in a reader's words: `wellformed` where it is no XML, `faults` where it departs
from the grammar (by the derivatives of `patterns`), said by `diagnosis`; `rules` what no grammar can state.
"""
