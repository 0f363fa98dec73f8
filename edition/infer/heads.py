"""Inside a group of heads: which lines are one headline of several lines, and which blanks stand for a line break."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from edition.infer.decoder import Decision, Reasons
from edition.infer.events import Group
from edition.infer.evidence import unclosed
from edition.infer.lattice import Role
from edition.infer.rows import Row
from edition.infer.rulings import NO_RULINGS, Rulings
from edition.model.document import HeadKind
from edition.model.widths import HAN

_BLANK = rf"(?<=[{HAN}0-9A-Za-z”’》）)])[ \u3000]+(?=[{HAN}“‘《0-9A-Za-z])"
_LATIN_BLANK = re.compile(r"[0-9A-Za-z][ \u3000]+[0-9A-Za-z]")
_KINDS: dict[Role, HeadKind] = {
    Role.KICKER: "kicker",
    Role.HEAD: "main",
    Role.SUB: "sub",
    Role.CROSS: "main",
}
UNASKED = 0.5  # probability of what stands otherwise than it was read, as nothing else is there that it could be
PHRASE = 6  # characters: longer parts are lines, not parallel phrases


@dataclass(frozen=True, slots=True)
class Titled:
    """One head of a group with its kind."""

    kind: HeadKind
    decisions: tuple[Decision, ...]  # one for each block that it was made of
    cert: float  # that it is a head, and of this kind
    reasons: Reasons  # for the kind

    @property
    def rows(self) -> tuple[Row, ...]:
        """Its lines in the source."""
        return tuple(row for decision in self.decisions for row in decision.block.rows)


def titled(group: Group, ruled: Rulings = NO_RULINGS) -> tuple[Titled, ...]:
    """The heads of a group in printed order; lines of one kind that follow each other are one head."""
    units = [list(heads) for _, heads in groupby(group.heads, key=lambda head: head.role)]
    kinds = ["crosshead" if group.inside else _KINDS[unit[0].role] for unit in units]
    if "main" not in kinds and "crosshead" not in kinds:
        free = [at for at, unit in enumerate(units) if not any(ruled.role(head.block) for head in unit)]
        for at in sorted(free, key=lambda at: kinds[at] != "kicker")[:1]:
            kinds[at] = "main"
    return tuple(_titled(kind, unit, group) for kind, unit in zip(kinds, units))


def _titled(kind: HeadKind, unit: Sequence[Decision], group: Group) -> Titled:
    decided = (unit[0].role is Role.CROSS) == group.inside
    certs = [decision.cert for decision in unit] if decided else [] if group.reasons else [UNASKED]
    reasons = group.reasons if group.reasons and (group.inside or not decided) else unit[0].role_reasons
    return Titled(kind, tuple(unit), min((*certs, group.sure)), reasons)


def line_breaks(text: str) -> list[tuple[int, int]]:
    """The (start, end) of each run of blanks in a headline that stands for the end of a printed line.

    Blanks between Latin words, blanks inside quotation marks, and those that part phrases of equal length
    (`多方联动 广搭平台`) are reading text.
    """
    if " " not in text and "\u3000" not in text:
        return []
    blanks = [
        (found.start(), found.end())
        for found in re.finditer(_BLANK, text)
        if not unclosed(text[: found.start()]) and not _LATIN_BLANK.match(text[found.start() - 1 : found.end() + 1])
    ]
    edges = [0, *(end for _, end in blanks)]
    ends = [*(start for start, _ in blanks), len(text)]
    lengths = [end - start for start, end in zip(edges, ends)]
    return [blank for at, blank in enumerate(blanks) if not (lengths[at] == lengths[at + 1] and lengths[at] <= PHRASE)]
