"""Lines of a text layer to cells: the words of a line that stand in one column.

Most text layers give one character one place, whatever its width, and keep the distances roughly: a gutter is a run
of blanks, a single one, or none where a mark hangs over. A single blank parts two columns if words begin there in the
lines around too; a line with digits pushes what follows it to the right, which is reckoned back.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from edition.infer.grids import Grid
from edition.model.widths import em_width

LEAST = 8.0  # em of the narrowest column; two halves of a verse are narrower
NEAR = 6  # lines above and below in which words that begin at one place bear each other out
AWAY = 2  # characters by which the lines of a column may begin apart
DRIFT = 1  # characters by which they may differ
MOST_WORDS = 30  # a line of more is no columns
BORNE_OUT = 2  # other lines that must begin a word there
NEVER_FIRST = "，。、；：？！）》」』”’,.;:?!)"  # no line begins with these
# A line may be spaced out to fill its column, and so may half-width marks.
_LETTER = r"(?:[^\s\u0000-\u00ff]|[\u0021-\u00ff]{1,8})"
_SPACED = rf"{_LETTER}(?: {_LETTER}){{2,}}(?!\S)"
_WORD = re.compile(rf"{_SPACED}|\S+(?: [{NEVER_FIRST}]+(?:\S+| \S+)?)*")
SPACED_OUT = re.compile(_SPACED)


class Word(NamedTuple):
    """Characters between two blanks; a spaced-out line is one word."""

    start: int  # characters from the start of the line
    end: int
    width: float  # em
    blanks: int  # before it
    left: int  # places from the start of the line, as the page's grid counts them
    right: int  # where it ends
    place: int  # where it begins, as far as half-width characters before it did not push it to the right


@dataclass(slots=True, eq=False)
class Cell:
    """What one line has in one column."""

    line: int  # index from 0
    start: int  # characters
    end: int
    text: str
    width: float  # em
    place: int  # places from the start of the line, as it would be without what pushed it
    extent: int  # places that it takes
    blanks: int  # before it, to the cell before

    @property
    def right(self) -> int:
        """Where it ends, in places."""
        return self.place + self.extent


def set_width(text: str) -> float:
    """The width in em of a line when set; the blanks of a line that is spaced out to fill its column have none."""
    return em_width(text.replace(" ", "") if SPACED_OUT.fullmatch(text) else text)


@lru_cache(maxsize=1024)
def words_of(text: str, grid: Grid) -> tuple[Word, ...]:
    """The words of a line."""
    out: list[Word] = []
    pushed = 0.0
    places = grid.places(text)
    for found in _WORD.finditer(text):
        start, end = found.span()
        before = out[-1] if out else None
        blanks = start - (before.end if before else 0)
        pushes = before is not None and blanks == 1 and grid is Grid.CHARACTERS
        pushed = pushed + before.end - before.start - before.width if before and pushes else 0.0
        left = places[start]
        out.append(Word(start, end, set_width(found[0]), blanks, left, places[end], left - round(pushed)))
    return tuple(out)


def cells_of(lines: Sequence[str], grid: Grid = Grid.CHARACTERS) -> list[list[Cell]]:
    """The cells of each line that has text, from left to right."""
    rows = [(at, words_of(line, grid)) for at, line in enumerate(lines) if line and not line.isspace()]
    begins = [sorted(word.place for word in words if word.width >= 3 or word.blanks > 1) for _, words in rows]
    return [
        _cells(
            at,
            lines[at],
            words,
            begins[max(0, n - NEAR) : n] + begins[n + 1 : n + 1 + NEAR],
            _usual([word.width for _, other in rows[max(0, n - 2) : n + 3] for word in other]),
        )
        for n, (at, words) in enumerate(rows)
    ]


def _usual(widths: Sequence[float]) -> float | None:
    """The width in em that three words or more agree on, the widest that most do; None if none."""
    counts = Counter(width for width in widths if width >= LEAST)
    agreed = {width: sum(counts[width + d / 2] for d in range(-2, 3)) for width in counts}
    best = max(agreed, key=lambda width: (agreed[width], width), default=0.0)
    return best if agreed.get(best, 0) >= 3 else None


def _cells(
    line: int, text: str, words: Sequence[Word], around: Sequence[Sequence[int]], usual: float | None
) -> list[Cell]:
    out: list[Cell] = []
    if len(words) > MOST_WORDS:
        extent = words[-1].right - words[0].left
        whole = text.strip()
        return [Cell(line, words[0].start, words[-1].end, whole, em_width(whole), 0, extent, words[0].blanks)]
    for word in words:
        if out and word.blanks == 1 and not _parts(out[-1], word, around, usual):
            last = out[-1]
            last.extent += word.right - word.left + word.blanks
            last.end = word.end
            last.width += 0.5 + word.width
            last.text = text[last.start : last.end]
        else:
            extent = word.right - word.left
            inside = text[word.start : word.end]
            out.append(Cell(line, word.start, word.end, inside, word.width, word.place, extent, word.blanks))
    return out


def _parts(cell: Cell, word: Word, around: Sequence[Sequence[int]], usual: float | None) -> bool:
    """Whether a single blank is a gutter: words begin there in other lines, or lines of the usual width meet."""
    if usual is not None and all(-2.4 <= each - usual <= 1.2 for each in (cell.width, word.width)):
        return True
    inside = cell.text.count("（") > cell.text.count("）")
    return not inside and cell.width >= LEAST - 2 and sum(_has(places, word.place) for places in around) >= BORNE_OUT


def _has(places: Sequence[int], place: int) -> bool:
    return bisect_left(places, place - DRIFT) < bisect_right(places, place + DRIFT)
