"""What reads otherwise than in the release before, by line of the source. Two editions of one page in, errata out.

Lines are those that a citation names. Where the source file itself was replaced, its lines are paired with the old ones
by the longest common run (difflib); an erratum of a line that is gone bears the number that it had.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from edition.model.document import Edition
from edition.model.header import Erratum
from edition.model.readings import located, regularised
from edition.model.walk import standing

CONTEXT = 4  # characters of the line that are shown on each side of what changed
_BODY = ("paragraph", "caption")


@dataclass(slots=True)
class _Line:
    text: str = ""
    item: str | None = None


_NONE = _Line()


def errata(before: Edition, after: Edition) -> tuple[Erratum, ...]:
    """The errata of one page, in the order of its source."""
    old, new = _lines(before), _lines(after)
    is_same = before.header.source.sha256 == after.header.source.sha256
    pairs: Iterable[tuple[int | None, int | None]]
    pairs = ((number, number) for number in sorted({*old, *new})) if is_same else _paired(old, new)
    return tuple(erratum for pair in pairs for erratum in _between(pair, old, new))


def _lines(edition: Edition) -> dict[int, _Line]:
    """What is shown of each line, in reading order."""
    lines: dict[int, _Line] = {}
    header = edition.header
    for one in standing(edition):
        if one.role == "markup":
            continue
        nodes = regularised(one.content, header.width_policy, header.regime, body=one.role in _BODY)
        for text, number in located(nodes):
            line = lines.setdefault(number, _Line(item=one.item.id if one.item else None))
            line.text += text.replace("\n", "")
    return lines


def _paired(old: dict[int, _Line], new: dict[int, _Line]) -> Iterator[tuple[int | None, int | None]]:
    """Numbers of lines that answer to each other, None where one has no partner; equal ones left out."""
    before, after = sorted(old), sorted(new)
    match = SequenceMatcher(None, [old[n].text for n in before], [new[n].text for n in after], autojunk=False)
    for kind, start, end, there, upto in match.get_opcodes():
        if kind != "equal":
            yield from zip_longest(before[start:end], after[there:upto])


def _between(pair: tuple[int | None, int | None], old: dict[int, _Line], new: dict[int, _Line]) -> Iterator[Erratum]:
    """What differs between two lines: each place with a few characters around it."""
    was, now = (old.get(pair[0], _NONE) if pair[0] else _NONE), (new.get(pair[1], _NONE) if pair[1] else _NONE)
    match = SequenceMatcher(None, was.text, now.text, autojunk=False)
    for group in match.get_grouped_opcodes(CONTEXT):
        first, last = group[0], group[-1]
        if any(kind != "equal" for kind, *_ in group):
            left, right = was.text[first[1] : last[2]], now.text[first[3] : last[4]]
            yield Erratum(pair[1] or pair[0] or 0, left, right, now.item)
