"""Inside a group of heads: what is one headline of several lines, what is kicker, headline and subtitle, and which
blanks stand for a line break."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from edition.infer.blocks import Block, Row
from edition.infer.decoder import Decision
from edition.infer.evidence import unclosed
from edition.infer.lists import Reason, against, reason, total
from edition.infer.measure import Profile
from edition.infer.rulings import NO_RULINGS, Rulings
from edition.infer.scores import WIDE
from edition.infer.stories import Group, probability
from edition.model.document import HeadKind
from edition.model.widths import HAN

_BLANK = re.compile(rf"(?<=[{HAN}0-9A-Za-z”’》）)])[ \u3000]+(?=[{HAN}“‘《0-9A-Za-z])")
_LATIN_BLANK = re.compile(r"[0-9A-Za-z][ \u3000]+[0-9A-Za-z]")
PHRASE = 6  # characters: longer parts are lines, not parallel phrases


@dataclass(frozen=True, slots=True)
class Titled:
    """One head of a group with its kind."""

    kind: HeadKind
    decisions: tuple[Decision, ...]  # one for each block that it was made of
    cert: float  # that it is a head, and of this kind
    reasons: tuple[Reason, ...]  # for the kind

    @property
    def rows(self) -> tuple[Row, ...]:
        """Its lines in the source."""
        return tuple(row for decision in self.decisions for row in decision.block.rows)


def titled(group: Group, page: Profile, ruled: Rulings = NO_RULINGS) -> tuple[Titled, ...]:
    """The heads of a group in printed order; `ruled` is the editor's word."""
    units = _units(group.heads, ruled)
    if group.crosshead is not None:
        sure = probability(total(group.crosshead))
        return tuple(_titled("crosshead", unit, sure, group.crosshead) for unit in units)
    firsts = [unit[0].block for unit in units]
    if len(units) == 1:
        return (_titled((ruled.kinds(firsts, ["main"]) or ["main"])[0], units[0], 1.0, ()),)
    reasons = _kicker_reasons(units[0], units[1], page)
    log_odds = total(reasons)
    main = 1 if log_odds > 0 else 0
    reasons = reasons if main else against(reasons)
    sure = probability(abs(log_odds))
    kinds: list[HeadKind] = ["kicker" if at < main else "main" if at == main else "sub" for at in range(len(units))]
    if said := ruled.kinds(firsts, kinds):  # editor
        return tuple(_titled(kind, unit, 1.0, (reason("editor.said"),)) for kind, unit in zip(said, units))
    return tuple(_titled(kind, unit, sure, reasons) for kind, unit in zip(kinds, units))


def _titled(kind: HeadKind, unit: Sequence[Decision], sure: float, reasons: tuple[Reason, ...]) -> Titled:
    return Titled(kind, tuple(unit), min([sure, *(decision.cert for decision in unit)]), reasons)


def _units(heads: Sequence[Decision], ruled: Rulings) -> list[list[Decision]]:
    """Blocks that are lines of one head: no gap between them, and the same mark or none."""
    units: list[list[Decision]] = []
    for head in heads:
        near = bool(units) and head.block.gap == 0 and head.block.level == units[-1][-1].block.level
        said = ruled.same_head([other.block for other in units[-1]], head.block) if units else None  # editor
        if near if said is None else said:
            units[-1].append(head)
        else:
            units.append([head])
    return units


def _kicker_reasons(first: Sequence[Decision], second: Sequence[Decision], page: Profile) -> tuple[Reason, ...]:
    """The grounds for the first head being a kicker and the second the headline."""
    a, b = first[0].block, second[0].block
    out = [reason("kicker.base")]
    if page.measure and min(a.widths) > WIDE * page.measure >= min(b.widths):
        out.append(reason("kicker.wide"))
    if re.search("[,，]", a.text) and not re.search("[,，]", b.text):
        out.append(reason("kicker.comma"))
    if _all_parallel(a):
        out.append(reason("kicker.parallel"))
    if a.level and b.level and a.level != b.level:
        out.append(reason("kicker.mark", 1 if a.level > b.level else -1))
    if "“" in a.text and "“" not in b.text:
        out.append(reason("kicker.quoted"))
    return tuple(out)


def _all_parallel(block: Block) -> bool:
    parts = [len(part) for part in re.split(r"[ \u3000]+", block.text.strip())]
    return len(parts) > 1 and len(set(parts)) == 1 and parts[0] <= PHRASE


def line_breaks(text: str) -> list[tuple[int, int]]:
    """The (start, end) of each run of blanks in a headline that stands for the end of a printed line.

    Blanks between Latin words, blanks inside quotation marks, and those that part phrases of equal length
    (`多方联动 广搭平台`) are reading text.
    """
    blanks = [
        (found.start(), found.end())
        for found in _BLANK.finditer(text)
        if not unclosed(text[: found.start()]) and not _LATIN_BLANK.match(text[found.start() - 1 : found.end() + 1])
    ]
    edges = [0, *(end for _, end in blanks)]
    ends = [*(start for start, _ in blanks), len(text)]
    lengths = [end - start for start, end in zip(edges, ends)]
    return [blank for at, blank in enumerate(blanks) if not (lengths[at] == lengths[at + 1] and lengths[at] <= PHRASE)]
