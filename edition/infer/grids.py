"""How a text layer sets out a line: a place for each character, or two for each full-width one, as a terminal has it.

`pdftotext -layout` counts characters, so that a line with digits pushes what follows it to the right. Tools that align
columns for the eye count a full-width character twice (Unicode Standard Annex 11), some of them also the quotation
marks that may have either width. The page tells which it is: where the count is right, columns begin below each other.
"""

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from functools import cache
from itertools import accumulate
from unicodedata import east_asian_width

_AFTER_BLANKS = re.compile(r"(?<=\S)\s{2,}(?=\S)")
CLEARLY = 2  # times as many columns must begin below each other by a grid alone as by characters alone


class Grid(Enum):
    """Which characters take two places."""

    CHARACTERS = ""
    WIDE = "WF"
    WIDE_AND_AMBIGUOUS = "WFA"

    def places(self, text: str) -> Sequence[int]:
        """The place of each character and of the end; in em where full-width characters take two, so that a Chinese
        character has one place in each grid."""
        if self is Grid.CHARACTERS:
            return range(len(text) + 1)
        sizes = _sizes(self.value)
        return [half // 2 for half in accumulate(map(sizes.__getitem__, text), initial=0)]


class _Sizes(dict[str, int]):
    """Half places that characters take, looked up once each."""

    def __init__(self, wide: str) -> None:
        super().__init__()
        self.wide = wide

    def __missing__(self, char: str) -> int:
        self[char] = size = 1 + (east_asian_width(char) in self.wide)
        return size


_sizes = cache(_Sizes)


def grid_of(lines: Sequence[str]) -> Grid:
    """The grid by which most columns begin below each other; by characters, unless another is clearly better."""
    rows = [(line, [found.end() for found in _AFTER_BLANKS.finditer(line)]) for line in lines if line.strip()]
    aligned = {grid: set(_aligned(grid, rows)) for grid in Grid}
    by_characters = aligned[Grid.CHARACTERS]
    best = max(Grid, key=lambda grid: len(aligned[grid]))
    clearly = len(aligned[best] - by_characters) > CLEARLY * len(by_characters - aligned[best])
    return best if clearly else Grid.CHARACTERS


def _aligned(grid: Grid, rows: Sequence[tuple[str, Sequence[int]]]) -> Iterator[tuple[int, int]]:
    """The (row, offset) of each column that begins where one begins in the row above."""
    above: set[int] = set()
    for row, (line, ends) in enumerate(rows):
        places = grid.places(line) if ends else ()
        yield from ((row, end) for end in ends if places[end] in above)
        above = {places[end] for end in ends}
