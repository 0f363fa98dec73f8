"""Editorial passes: each takes an `Edition` and gives an `Edition` and its findings. The order is the tuple.

A pass applied twice changes nothing more (law 3), and never touches what the source gives back (law 1).
"""

from collections.abc import Callable

from edition.findings import Finding
from edition.model.document import Edition
from edition.passes import balance, bylines, characters, entities, keywords, names, regime
from edition.passes.given import Given

Pass = Callable[[Edition, str], tuple[Edition, tuple[Finding, ...]]]
CHECKS: tuple[Pass, ...] = (balance.check, characters.check)  # these only tell; an editor's own TEI has them too
PASSES: tuple[Pass, ...] = (bylines.mark_names, regime.declare, *CHECKS)

# after the editor's decisions are in, for a name is looked for in the corrected text
Naming = Callable[[Edition, Given], tuple[Edition, tuple[Finding, ...]]]
NAMING: tuple[Naming, ...] = (names.mark, entities.gather, keywords.tell)
