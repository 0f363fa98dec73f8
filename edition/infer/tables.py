"""Tables of Markdown: lines of cells between bars."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from edition.infer.tags import Mark

_DELIMITER = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_BAR = re.compile(r"(?<!\\)\|")
_EDGED = re.compile(r"\s*\|.*\|\s*")
_CELL = re.compile(r"[\s\u3000]*(?:(?<!\\)\|[\s\u3000]*)+")


def tables(lines: Sequence[str]) -> dict[int, bool]:
    """The lines that belong to tables -> whether it is the line of dashes under the table's head.

    A table has such a line under its first one, or its lines have bars at both ends, two lines or more with as many bars each.
    """
    out: dict[int, bool] = {}
    for barred, group in groupby(range(len(lines)), key=lambda at: "|" in lines[at]):
        rows = list(group) if barred else []
        first = next((place for place, at in enumerate(rows) if _DELIMITER.fullmatch(lines[at])), None)
        if first is not None:
            out |= {at: bool(_DELIMITER.fullmatch(lines[at])) for at in rows[max(0, first - 1) :]}
        elif len(rows) > 1 and _edged([lines[at] for at in rows]):
            out |= dict.fromkeys(rows, False)
    return out


def _edged(rows: Sequence[str]) -> bool:
    counts = {len(_BAR.findall(row)) for row in rows}
    return all(_EDGED.fullmatch(row) for row in rows) and len(counts) == 1 and min(counts) > 2


def bars(text: str) -> Iterator[Mark]:
    """The marks of a table's line: its bars with the blanks beside them."""
    for found in _CELL.finditer(text):
        yield Mark(found.start(), found.end(), "cell")
