"""Lines whose columns stand a single blank apart, or none: the words given to the columns around them.

Where gutters are narrow, a text layer parts columns by one blank however short the line before it is, so that what
follows stands too far to the left. The columns that stand above and below tell how much each word can fill. The
likeliest division of a line is found by dynamic programming over how well its words fill the columns.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from edition.infer.cells import LEAST, MOST_WORDS, NEVER_FIRST, Cell, Word, set_width, words_of
from edition.infer.evidence import ends_sentence
from edition.infer.grids import Grid
from edition.infer.stacks import FULL, INDENT, Stack
from edition.model.widths import em_width

REACH = 4.0  # lines above and below a stack in which it tells of its column
PUSHED = 6  # characters by which a line may stand away from its column
OVER = 3  # characters by which the first words of a line may stand over the end of their column
HUNG = (-0.6, 1.2)  # em by which a line with a mark that hangs over differs from its column
TRUSTED = 3  # lines of a stack whose column is heard first
BEFORE = {True: 0.7, False: 1.5}  # what a place before a column's beginning costs, where words are pushed or are not
# What it costs to give words to no column, also where they flow on; to begin a column there behind words of none; a
# blank inside a column, also where another view of the line has a gutter; to pass over a column.
NOWHERE, NOWHERE_FLOWING, BEHIND, INSIDE, GUTTER_INSIDE, PASSED = 2.0, 5.5, 3.0, 1.0, 4.0, 2.0


class Column(NamedTuple):
    """A column that some lines around a line have."""

    left: int
    measure: float


class _Way(NamedTuple):
    cost: float
    cells: tuple[tuple[int, int, int], ...]  # first word, word after the last, column or -1


def divided(
    lines: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    heights: Sequence[float],
    found: Sequence[Stack],
    grid: Grid = Grid.CHARACTERS,
) -> list[list[Cell]]:
    """The rows with their words given anew to the columns of running text that stand around them."""
    around = [_columns(y, found) for y in heights]
    return [
        _Line(lines[row[0].line], row, columns, grid).cells() if columns else list(row)
        for row, columns in zip(rows, around)
    ]


def _columns(y: float, body: Sequence[Stack]) -> list[Column]:
    """The columns around a line, the nearest first where two would overlap; from left to right."""
    near = [stack for stack in body if stack.top - REACH <= y <= stack.foot + REACH]
    near.sort(key=lambda each: (len(each.cells) < TRUSTED, max(each.top - y, y - each.foot, 0.0), -len(each.cells)))
    out: list[Stack] = []
    for stack in near:
        if all(stack.left >= other.right - 1 or other.left >= stack.right - 1 for other in out):
            out.append(stack)
    return [Column(stack.left, stack.measure) for stack in sorted(out, key=lambda each: each.left)]


class _Line:
    """One line and the columns around it."""

    def __init__(self, text: str, row: Sequence[Cell], columns: Sequence[Column], grid: Grid) -> None:
        self.text, self.row, self.columns = text, row, columns
        self.cut = {cell.start for cell in row}  # where gutters were seen by the words alone
        self.places = grid.places(text)
        self.pushed = grid is Grid.CHARACTERS
        self.words = [piece for word in words_of(text, grid) for piece in self._hung(word)]

    def cells(self) -> list[Cell]:
        """The cells."""
        words = self.words
        if len(words) > MOST_WORDS:
            return list(self.row)
        best: dict[tuple[int, int], _Way] = {(0, 0): _Way(0.0, ())}
        for at in range(len(words)):
            for free in range(len(self.columns) + 1):
                if (way := best.get((at, free))) is not None:
                    for key, longer in self._longer(way, at, free):
                        if key not in best or longer.cost < best[key].cost:
                            best[key] = longer
        way = min((each for (at, _), each in best.items() if at == len(words)), key=lambda each: each.cost)
        return [self._cell(words[a:b], self.columns[column] if column >= 0 else None) for a, b, column in way.cells]

    def _hung(self, word: Word) -> Iterator[Word]:
        """A word cut after each mark that hangs over the edge of a column."""
        text, places, start, blanks = self.text, self.places, word.start, word.blanks
        for at in range(start + 1, word.end):
            if text[at - 1] not in NEVER_FIRST or text[at] in NEVER_FIRST:
                continue
            width = em_width(text[start:at])
            fits = any(
                abs(c.left - places[start]) <= PUSHED and HUNG[0] <= width - c.measure <= HUNG[1] for c in self.columns
            )
            if fits and em_width(text[at : word.end]) >= LEAST - 3:
                yield Word(start, at, width, blanks, places[start], places[at], word.place)
                start, blanks = at, 0
        width = em_width(text[start : word.end])
        yield Word(start, word.end, width, blanks, places[start], word.right, word.place)

    def _longer(self, way: _Way, at: int, free: int) -> Iterator[tuple[tuple[int, int], _Way]]:
        """A division with one cell more, of one word or several, in each free column or in none."""
        words, columns = self.words, self.columns
        first = words[at]
        flows = at > 0 and first.blanks <= 1  # right behind the word before, wherever its column begins
        behind = BEHIND if flows and way.cells[-1][2] < 0 and first.start not in self.cut else 0.0
        width = inside = 0.0
        for end in range(at + 1, len(words) + 1):
            word = words[end - 1]
            if end - at > 1:
                if word.blanks > 1:
                    return
                width += 0.5 * word.blanks
                inside += (GUTTER_INSIDE if word.start in self.cut else INSIDE) if word.blanks else 0.0
            width += word.width
            for column in range(free, min(len(columns), free + 3) if flows else len(columns)):
                cost = way.cost + inside + behind + self._misfit(at, end, width, columns[column])
                cost += PASSED * (column - free) if flows else 0.0
                yield (end, column + 1), _Way(cost, (*way.cells, (at, end, column)))
            after = next((n for n in range(free, len(columns)) if columns[n].left >= word.right - 1), len(columns))
            cost = way.cost + 0.7 * inside + (NOWHERE_FLOWING if flows and first.start not in self.cut else NOWHERE)
            yield (end, after), _Way(cost, (*way.cells, (at, end, -1)))

    def _misfit(self, at: int, end: int, width: float, column: Column) -> float:
        """What speaks against some words standing in a column."""
        words = self.words
        missing, shift = column.measure - width, words[at].left - column.left
        cost = 0.0
        if at and words[at].blanks <= 1 and self.pushed:
            pass  # it stands where the line before it ended
        elif shift < -1:
            cost = BEFORE[self.pushed] * (-shift - 1)
        elif shift > missing + OVER and self.pushed and not at:
            cost = 0.2 + 0.3 * shift  # nothing pushed it
        elif shift > 1:
            cost = 0.2 + (0.03 if shift <= missing + 1 else 0.12) * shift
        if missing < -FULL:
            return cost + 1.5 * (-missing - FULL) + 0.5
        if missing > FULL and end < len(words) and words[end].blanks <= 1:
            ended = ends_sentence(self.text[words[at].start : words[end - 1].end])
            return cost + (0.4 if missing <= INDENT[1] else 0.8 if ended else 2.5)
        return cost

    def _cell(self, words: Sequence[Word], column: Column | None) -> Cell:
        first, end = words[0], words[-1].end
        text = self.text[first.start : end]
        width, place = set_width(text), first.place
        if column is not None:
            place = column.left + _shift(first, place - column.left, column.measure - width)
        extent = words[-1].right - first.left
        return Cell(self.row[0].line, first.start, end, text, width, place, extent, first.blanks)


def _shift(first: Word, shift: int, missing: float) -> int:
    """Characters by which a line begins to the right of its column, as far as what it lacks in width bears that out."""
    flows = first.blanks <= 1 and first.start > 0
    if missing <= FULL or flows or shift < 1 or (shift == 1 and missing > INDENT[1]):
        return 0
    return 2 if missing <= INDENT[1] else min(shift, round(missing))
