"""How far down the page each row of a text layer stands, in lines of a column.

The empty lines between rows say little: a text layer reckons them from sizes of type, and where boxes stand beside each
other a headline of one parts lines that follow each other in the next. So the columns are the clock: a line that goes
on in the column of an earlier one stands one line below it, if nothing was printed between them in any of its columns.
"""

from collections.abc import Sequence
from itertools import accumulate, pairwise

from edition.infer.cells import AWAY, Cell

WINDOW = 14  # rows above in which the line before of a column is looked for
FULLER = 2.0  # em by which a line may be wider than the one before in its column
LEAST = 7.0  # em of a line that tells
PARTED = 2  # empty lines between rows of one column, above which the page leaves room there
APART = 0.05  # lines between rows that stand at one height


def heights(rows: Sequence[Sequence[Cell]]) -> list[float]:
    """How far down the page each row stands; rows between those of another column are half a line apart."""
    out: list[float] = []
    loose: list[bool] = []  # rows that no column places
    shared = [False, *(_share(above, row) for above, row in pairwise(rows))]
    empty = list(accumulate(_empty_before(rows)))
    for at in range(len(rows)):
        if not at:
            out, loose = [0.0], [True]
            continue
        height = out[-1] + (1.0 if shared[at] else 0.5) + empty[at] - empty[at - 1]
        before = None if shared[at] else _line_before(rows, at, empty)
        if before is not None and out[before] + 1.0 < height:
            height = _drawn_up(out, loose, before, at)
        out.append(height)
        loose.append(before is None and not (shared[at] and empty[at] == empty[at - 1]))
    return out


def _share(above: Sequence[Cell], row: Sequence[Cell]) -> bool:
    return any(abs(a.place - b.place) <= AWAY for a in above for b in row)


def _empty_before(rows: Sequence[Sequence[Cell]]) -> list[int]:
    return [0, *(row[0].line - above[0].line - 1 for above, row in pairwise(rows))] if rows else []


def _line_before(rows: Sequence[Sequence[Cell]], at: int, empty: Sequence[int]) -> int | None:
    """The last row of which one of a row's columns goes on, if nothing else was printed since above any of its lines."""
    going, other = -1, -1
    for cell in rows[at]:
        found = _above(rows, at, cell)
        if found is None:
            continue
        above, row = found
        if (
            abs(above.place - cell.place) <= AWAY
            and min(cell.width, above.width) >= LEAST
            and cell.width - above.width <= FULLER
            and row > 0
            and empty[at] - empty[row] <= PARTED
        ):
            going = max(going, row)
        else:
            other = max(other, row)
    return going if going > other else None


def _above(rows: Sequence[Sequence[Cell]], at: int, cell: Cell) -> tuple[Cell, int] | None:
    """The nearest line above a line, and its row."""
    left, right = cell.place, cell.right
    for row in range(at - 1, max(-1, at - WINDOW - 1), -1):
        for other in rows[row]:
            if other.place < right and left < other.place + other.extent:
                return other, row
    return None


def _drawn_up(out: list[float], loose: Sequence[bool], before: int, at: int) -> float:
    """The height of a row one line below an earlier one; rows between that no column places are drawn up above it."""
    height = out[before] + 1.0
    if any(out[row] >= height and not loose[row] for row in range(before + 1, at)):
        return max(height, out[-1] + APART)
    for row in range(before + 1, at):
        out[row] = min(out[row], height - APART * (at - row))
    return height
