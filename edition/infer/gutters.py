"""Columns printed side by side in one line, as the text layer of a PDF gives them: the parts in reading order.

A page is read in bands. A band begins with its headlines, which run across its columns, and ends where the next
headlines stand; where headlines stand side by side, each has columns of its own, and these are bands beside each
other. In a band each column is read from top to bottom. Where no columns are, lines stay as they are.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from edition.infer.columns import FULL, LEAST_LINES, Cell, Column, Words, columns, fit, is_full, is_indented, words_of
from edition.infer.evidence import CLOSERS, PAUSES, ends_sentence

_TWO_WORDS = re.compile(r"\S{5}\s+\S{5}")
ALONE = 3  # lines of a headline that may look like running text
WIDE = 3  # characters from which blanks part headlines


class Part(NamedTuple):
    """A run of one line that is read at once."""

    line: int  # index from 0
    start: int  # characters
    end: int  # characters; the blanks of the gutter after it belong to it
    gap: int = 0  # empty lines that may be thought before it
    column: bool = False  # whether the text goes on here from the foot of the column before
    indent: float | None = None  # em by which the text begins to the right of its column; None where no columns are


class Region(NamedTuple):
    """Lines of some columns that stand side by side."""

    rows: tuple[tuple[Cell, ...], ...]
    columns: tuple[Column, ...]
    first: int  # index of the first column
    last: int  # index of the last column

    def among(self, first: int, last: int) -> "Region":
        """What stands in some of the columns."""
        rows = (tuple(cell for cell in row if first <= cell.column <= last) for row in self.rows)
        return Region(tuple(row for row in rows if row), self.columns, first, last)

    def lines(self, start: int, stop: int) -> "Region":
        """Some of the rows."""
        return self._replace(rows=self.rows[start:stop])


def parts(lines: Sequence[str]) -> list[Part] | None:
    """The parts of the lines that have text, in reading order; None if no columns stand side by side."""
    if sum(bool(_TWO_WORDS.search(line)) for line in lines) < LEAST_LINES:
        return None
    found = [(stretch, columns(stretch)) for stretch in _stretches(lines)]
    if not any(here for _, here in found):
        return None
    found = [(stretch, here or columns(stretch, among=True)) for stretch, here in found]
    out: list[Part] = []
    last = -1
    for here, rows in _joined(found):
        new = list(_parts(rows, here, lines) if here else _whole(rows))
        out.append(new[0]._replace(gap=max(rows[0].line - last - 1, int(bool(out)))))
        out += new[1:]
        last = rows[-1].line
    return out


def _stretches(lines: Sequence[str]) -> list[list[Words]]:
    """The lines with text, cut where more empty lines stand than usual."""
    rows = [words_of(at, line) for at, line in enumerate(lines) if line and not line.isspace()]
    steps = Counter(b.line - a.line for a, b in pairwise(rows) if len(a.words) > 1 < len(b.words))
    usual = max(steps, key=lambda step: steps[step], default=1)
    out: list[list[Words]] = [rows[:1]]
    for before, row in pairwise(rows):
        if row.line - before.line > usual:
            out.append([])
        out[-1].append(row)
    return out


def _joined(
    found: Sequence[tuple[list[Words], tuple[Column, ...]]],
) -> Iterator[tuple[tuple[Column, ...], list[Words]]]:
    """Stretches with their columns; short ones have those of the stretch before if they fit."""
    before: tuple[Column, ...] = ()
    for stretch, own in found:
        here = own or (before if _fits(stretch, before) else ())
        yield here, stretch
        before = here


def _fits(rows: Sequence[Words], found: tuple[Column, ...]) -> bool:
    """Whether some lines are the rest of columns: every cell stands at its column, some beside each other."""
    lines = [fit(row, found) for row in rows] if found and len(rows) < LEAST_LINES else []
    cells = [cell for row in lines for cell in row]
    close = all(-2 <= cell.shift <= 4 and cell.last == cell.column and _body(cell, found) for cell in cells)
    return close and any(len(row) > 1 for row in lines)


def _whole(rows: Sequence[Words]) -> Iterator[Part]:
    last = rows[0].line - 1
    for row in rows:
        yield Part(row.line, 0, len(row.text), row.line - last - 1)
        last = row.line


# ---- the order of a stretch


def _parts(rows: Sequence[Words], found: tuple[Column, ...], lines: Sequence[str]) -> Iterator[Part]:
    cells = tuple(tuple(fit(row, found)) for row in rows)
    ends = {(a.line, a.start): b.start for row in cells for a, b in pairwise(row)}
    firsts = {(row[0].line, row[0].start) for row in cells if row}
    before: Cell | None = None
    for run in filter(None, _order(Region(cells, found, 0, len(found) - 1))):  # rows of a headline may hold no cell
        goes_on = before is not None and _goes_on(before, run[0], found)
        before = run[-1]
        for cell in run:
            first = cell is run[0]
            at = (cell.line, cell.start)
            start, end = 0 if at in firsts else cell.start, ends.get(at, len(lines[cell.line]))
            yield Part(cell.line, start, end, int(first and not goes_on), first and goes_on, _indent(cell, found))


def _goes_on(before: Cell, cell: Cell, found: Sequence[Column]) -> bool:
    """Whether running text goes on from the foot of one column to the top of the next."""
    return cell.column == before.column + 1 and _body(before, found) and _body(cell, found)


def _indent(cell: Cell, found: Sequence[Column]) -> float:
    """The indent in em; a single blank before the cell hides one, which the width then tells."""
    column = found[cell.column]
    hidden = cell.blanks == 1 and is_indented(cell, column)
    return 2.0 if hidden else float(max(0, cell.shift))


def _order(region: Region) -> Iterator[list[Cell]]:
    """The cells in reading order, a run for each headline and column."""
    if region.first == region.last:
        yield from _column(region)
        return
    for band in _bands(region):
        yield from _band(band)


def _column(region: Region) -> Iterator[list[Cell]]:
    """One column from top to bottom; a headline in it is a run of its own."""
    cells = [cell for row in region.rows for cell in row]
    for _, run in groupby(cells, key=lambda cell: cell.last > cell.column):
        yield list(run)


def _bands(region: Region) -> list[Region]:
    """The region cut before each run of lines that are headlines."""
    cuts = [at for at in range(1, len(region.rows)) if _opens(region, at)]
    edges = [0, *cuts, len(region.rows)]
    return [region.lines(a, b) for a, b in pairwise(edges)]


def _opens(region: Region, at: int) -> bool:
    """Whether headlines begin with a row, over columns that begin anew below it."""
    if not _is_display(region, at) or _is_display(region, at - 1):
        return False
    head = _headlines(region.lines(at, len(region.rows)))
    below = region.rows[at + head : at + head + 3]
    if sum(len(row) > 1 for row in below) < 2:
        return False
    if not region.rows[at]:
        return False
    over = region.rows[at][0]
    return over.last > over.column or (over.column < region.last and _is_done(region, at))


def _is_done(region: Region, at: int) -> bool:
    """Whether the text of the last column above a row is at an end."""
    last = [cell for row in region.rows[:at] for cell in row if cell.last == region.last]
    return bool(last) and _ends(last[-1])


def _headlines(region: Region) -> int:
    """How many rows at the top are headlines."""
    count = 0
    while count < len(region.rows) and (_is_display(region, count) or (count < ALONE and _is_alone(region, count))):
        count += 1
    return count


def _is_alone(region: Region, at: int) -> bool:
    """Whether a row at the top has one line only over several columns: a headline may be as wide as a column."""
    cell = region.rows[at][0]
    begins = cell.shift > 0 and is_full(cell, region.columns)
    return len(region.rows[at]) == 1 and region.first < region.last and not begins and not _ends(cell)


def _is_display(region: Region, at: int) -> bool:
    """Whether everything in a row looks like a headline."""
    return all(not _body(cell, region.columns) for cell in region.rows[at])


def _body(cell: Cell, found: Sequence[Column]) -> bool:
    """Whether a cell looks like running text of its column: a full line, a last one, or a signature."""
    if cell.last > cell.column:
        return False
    missing = found[cell.column].measure - cell.width - max(0, cell.shift)
    return is_full(cell, found) or (cell.shift > 0 and abs(missing) <= FULL) or _ends(cell)


def _ends(cell: Cell) -> bool:
    return ends_sentence(cell.text) or cell.text[-1] in PAUSES + CLOSERS


def _band(band: Region) -> Iterator[list[Cell]]:
    """Headlines, then the columns below them; boxes beside each other one by one."""
    count = _headlines(band)
    boxes = _boxes(band, count) or _lower_boxes(band.lines(count, len(band.rows)))
    if len(boxes) > 1 and count and _boxes(band, count):
        for first, last in boxes:
            yield from _order(band.among(first, last))
        return
    if count:
        yield [cell for row in band.rows[:count] for cell in row]
    body = band.lines(count, len(band.rows))
    for first, last in boxes or [(at, at) for at in range(band.first, band.last + 1)]:
        yield from _order(body.among(first, last))


def _boxes(band: Region, count: int) -> list[tuple[int, int]]:
    """The columns of boxes whose headlines stand beside each other, as (first, last)."""
    heads = sorted((cell for row in band.rows[:count] for cell in row), key=lambda cell: cell.start)
    begins, reach = [band.first], heads[0].end if heads else 0
    for cell in heads[1:]:
        if cell.start >= reach + WIDE and cell.column > begins[-1]:
            begins.append(_box_begin(band, count, begins[-1], cell))
        reach = max(reach, cell.end)
    begins = sorted(set(begins))
    return [(a, b - 1) for a, b in pairwise([*begins, band.last + 1])] if len(begins) > 1 else []


def _box_begin(band: Region, count: int, before: int, head: Cell) -> int:
    """The first column of a box: where its headline begins or, if that is set to the middle, a column to the left."""
    if abs(head.shift) <= 2:
        return head.column
    tops = {cell.column: cell for row in reversed(band.rows[count:]) for cell in row}
    begun = [at for at in range(before + 1, head.column + 1) if at in tops and tops[at].shift > 0]
    return begun[-1] if begun else head.column


def _lower_boxes(body: Region) -> list[tuple[int, int]]:
    """Two boxes beside each other, of which one has headlines further below."""
    best, most = -1, 0
    for cut in range(body.first, body.last):
        sides = [body.among(body.first, cut), body.among(cut + 1, body.last)]
        found = sum(_lower_headlines(side) for side in sides)
        if found > most:
            best, most = cut, found
    return [(body.first, best), (best + 1, body.last)] if most else []


def _lower_headlines(side: Region) -> int:
    if side.first == side.last:
        return 0
    return sum(_opens(side, at) for at in range(1, len(side.rows))) + bool(_headlines(side))
