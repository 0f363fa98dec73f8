"""Columns printed side by side in one line, as the text layer of a PDF gives them: the parts in reading order."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from edition.infer.cells import Cell, cells_of
from edition.infer.displays import running_text, stacks
from edition.infer.grids import grid_of
from edition.infer.heights import heights
from edition.infer.reading import order
from edition.infer.squeezed import divided
from edition.infer.stacks import FULL, NOTE, Stack

_TWO_WORDS = re.compile(r"\s(?<=\S{5}\s)\s*\S{5}")  # the blank comes first: most lines have none
_INNER_MARK = re.compile(r"[，。、；：！？,;:](?=.)")
LEAST_LINES = 4  # lines with columns side by side, for there to be columns at all
LEAST_ROWS = LEAST_LINES - 1  # of these, in which columns are seen beside each other
MOST_STACKS = 600  # a page of more is no newspaper
FULL_SHARE = 0.25  # of the parts of lines that stand beside others, for them to be columns
MARKS = 0.02  # lines with a mark inside, for each em; prose has about twice as many, lists and verse none


class Part(NamedTuple):
    """A run of one line that is read at once."""

    line: int  # index from 0
    start: int  # characters
    end: int  # characters; the blanks of the gutter after it belong to it
    gap: int = 0  # empty lines that may be thought before it
    column: bool = False  # whether the text goes on here from the foot of the column before
    indent: float | None = None  # em by which the text begins to the right of its column; None where no columns are
    display: bool = False  # whether it stands over, beside or between columns, and is none of their text


def parts(lines: Sequence[str]) -> list[Part] | None:
    """The parts of the lines that have text, in reading order; None if no columns stand side by side."""
    if sum(bool(_TWO_WORDS.search(line)) for line in lines) < LEAST_LINES:
        return None
    grid = grid_of(lines)
    rows = cells_of(lines, grid)
    high = heights(rows)
    rows = divided(lines, rows, high, running_text(rows, high)[0], grid)
    if sum(len(row) > 1 for row in rows) < LEAST_ROWS:
        return None
    found = stacks(rows, heights(rows))
    if len(found) > MOST_STACKS or not _believed(rows, found):
        return None
    return list(_parts(lines, rows, order(found)))


def _believed(rows: Sequence[Sequence[Cell]], found: Sequence[Stack]) -> bool:
    """Whether this is prose broken at the columns' widths: many full lines side by side, with marks inside them
    and few at their ends, as verse has them."""
    owner = {id(cell): stack for stack in found if stack.body for cell in stack.cells}
    full, both, cells = [], 0, 0
    for row in rows:
        here = [cell for cell in row if id(cell) in owner and owner[id(cell)].is_full(cell)]
        both += len(here) >= 2
        if len(row) > 1:
            full += here
            cells += len(row)
    marked = sum(bool(_INNER_MARK.search(cell.text)) for cell in full)
    return (
        both >= LEAST_ROWS
        and len(full) >= FULL_SHARE * cells
        and marked >= MARKS * sum(cell.width for cell in full)
        and sum(cell.text[-1].isalnum() for cell in full) >= 0.5 * len(full)
    )


def _parts(lines: Sequence[str], rows: Sequence[Sequence[Cell]], ordered: Sequence[Stack]) -> Iterator[Part]:
    spans = {}
    for row in rows:
        starts = [0, *(cell.start for cell in row[1:]), len(lines[row[0].line])]
        for at, cell in enumerate(row):
            spans[id(cell)] = (starts[at], starts[at + 1])
    columns = [stack for stack in ordered if stack.body]
    before: Stack | None = None
    for stack in ordered:
        goes_on = before is not None and before.body and stack.body and abs(before.measure - stack.measure) <= FULL
        for at, cell in enumerate(stack.cells):
            start, end = spans[id(cell)]
            first = at == 0
            beside = before is not None and abs(before.left - stack.left) > 2
            indent = stack.indent(cell) if stack.body else float(cell.place - _edge(cell, stack, columns))
            yield Part(
                cell.line,
                start,
                end,
                int(first and not goes_on and before is not None),
                first and goes_on and beside,
                indent,
                not stack.body,
            )
        before = stack


def _edge(cell: Cell, stack: Stack, columns: Sequence[Stack]) -> int:
    """Where the column begins in which a line stands that is no running text; notes beside the columns have their own."""
    nearest = max((each for each in columns if each.left <= cell.place), key=lambda each: each.left, default=None)
    if len(stack.cells) >= NOTE and (nearest is None or nearest.right <= stack.left):
        return stack.left
    return nearest.left if nearest else 0
