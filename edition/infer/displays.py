"""What stands over, beside or between columns: headlines, captions and notes, also a headline as wide as its column.

Lines below each other that share their middle or their beginning belong together. A line that looks like one of the
column's is none if no mark is in it, the text above is at its end, and text begins below it: with an indent, or level
with the columns beside.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from edition.infer.cells import AWAY, Cell
from edition.infer.downwards import chains
from edition.infer.evidence import holds_sentence
from edition.infer.resumed import merged
from edition.infer.stacks import (
    FULL,
    INDENT,
    LEVEL_GAP,
    MARK,
    NEXT,
    NEXT_HEAD,
    NOTE,
    RUNNING,
    Placed,
    Stack,
    closed,
    columns,
    placed,
)

SHORTEST = 4.0  # em of the shortest headline that is looked for in a column
SAME = 0.4  # lines by which lines of columns beside each other may be apart
SHARED = 0.5  # of the narrower of two lines of a headline that must stand over or under the other
BAND = 0.6  # lines by which the columns of one band may begin apart


def stacks(rows: Sequence[Sequence[Cell]], high: Sequence[float]) -> list[Stack]:
    """The stacks of a page, whose rows stand at these heights; every cell is in one."""
    found, rest = running_text(rows, high)
    return found + list(_others(rest, found))


def running_text(rows: Sequence[Sequence[Cell]], high: Sequence[float]) -> tuple[list[Stack], list[Placed]]:
    """The stacks of running text of a page, and the cells that are none."""
    found, rest = columns(rows, high)
    found = merged(found, placed(rows, high), rest)
    found, astray = _without_headlines(found)
    return found, sorted([*rest, *astray], key=lambda each: (each[1], each[0].place)) if astray else rest


def _without_headlines(found: Sequence[Stack]) -> tuple[list[Stack], list[Placed]]:
    """The columns without the headlines that are as wide as they, and these headlines."""
    out: list[Stack] = []
    astray: list[Placed] = []
    for stack in found:
        heads = _headlines(stack, found)
        if not heads:
            out.append(stack)
            continue
        astray += [(stack.cells[n], stack.heights[n]) for n in heads]
        for a, b in pairwise([-1, *heads, len(stack.cells)]):
            if a + 1 < b:
                out.append(Stack(stack.cells[a + 1 : b], stack.heights[a + 1 : b], True, stack.left, stack.measure))
    return out, astray


def _headlines(stack: Stack, found: Sequence[Stack]) -> list[int]:
    """Which lines of a column are headlines."""
    if len(stack.cells) == 1:
        return []
    lines = [n for n, cell in enumerate(stack.cells) if _is_worded_so(cell) and _parted(stack, n)]
    beside = [other for other in found if other is not stack and _beside(stack, other)] if lines else []
    return [n for n in lines if _alone(stack, n, beside) and _heads(stack, n, beside)]


def _is_worded_so(cell: Cell) -> bool:
    """Whether a line has the words of a headline: no mark in it or after it."""
    return not MARK.search(cell.text) and cell.width >= SHORTEST and "（" not in cell.text and not closed(cell.text)


def _beside(stack: Stack, other: Stack) -> bool:
    """Whether a column of the same measure is the next one to the right or left."""
    away = max(other.left - stack.right, stack.left - other.right)
    return abs(other.measure - stack.measure) <= FULL and -AWAY <= away <= LEVEL_GAP


def _alone(stack: Stack, n: int, beside: Sequence[Stack]) -> bool:
    """Whether the columns beside have no line at its height."""
    y = stack.heights[n]
    return not any(abs(height - y) < SAME for other in beside for height in other.heights)


def _parted(stack: Stack, n: int) -> bool:
    """Whether the text above a line is at its end, or farther away than the lines of a column are."""
    if n == 0:
        return True
    above, cell = stack.cells[n - 1], stack.cells[n]
    below = stack.cells[n + 1] if n + 1 < len(stack.cells) else None
    if closed(above.text) and stack.indent(cell) < INDENT[0]:
        begins = below is not None and stack.indent(below) >= INDENT[0]
        if begins or not stack.is_full(above):
            return True
    return below is not None and stack.heights[n] - stack.heights[n - 1] > NEXT


def _heads(stack: Stack, n: int, beside: Sequence[Stack]) -> bool:
    """Whether text begins below a line: none, a paragraph, or columns level with each other that no text flows into."""
    if n + 1 == len(stack.cells):
        return True
    cell, y = stack.cells[n], stack.heights[n + 1]
    shift, missing = stack.indent(cell), stack.measure - cell.width
    if stack.indent(stack.cells[n + 1]) >= INDENT[0]:
        return True
    level = [other for other in beside if abs(other.top - y) < BAND]
    between = {other.left < stack.left for other in level} == {True, False}
    flows = n == 0 and any(other.goes_on and other.left < stack.left and other.top < y + 1 for other in beside)
    if flows and not between:
        return False
    begins = INDENT[0] <= shift <= INDENT[1] and abs(shift - missing) <= 1  # as a paragraph does
    return len(level) >= (2 if begins or min(missing, shift) < 1 else 1)


def _others(rest: Sequence[Placed], found: Sequence[Stack]) -> Iterator[Stack]:
    """Headlines, captions and notes: lines below each other that share their middle or beginning."""
    out = list(chains(rest))
    down = {id(cell) for stack in out for cell in stack.cells}
    open_: list[Stack] = []
    running = sum(y == 0 for _, y in rest) >= RUNNING
    for cell, y in [each for each in rest if id(each[0]) not in down]:
        open_ = [stack for stack in open_ if y - stack.foot <= NEXT_HEAD]
        near = (stack for stack in open_ if _goes_on(stack, cell, y, found) and (stack.foot > 0 or not running))
        stack = max(near, key=lambda each: each.foot, default=None)
        if stack is None:
            open_.append(Stack([cell], [y], False))
            out.append(open_[-1])
        else:
            stack.cells.append(cell)
            stack.heights.append(y)
    for stack in out:
        stack.measured()
    return iter(out)


def _goes_on(stack: Stack, cell: Cell, y: float, found: Sequence[Stack]) -> bool:
    """Whether a line belongs to those above it, or goes on from the last behind a single blank."""
    last = stack.cells[-1]
    if y == stack.foot:
        return cell.line == last.line and cell.start == last.end + 1 and _is_worded_so(last) and _is_worded_so(cell)
    line = [above for above, height in zip(stack.cells, stack.heights) if height == stack.foot]
    return any(_shares(above, cell) for above in line) and not _apart(stack, cell, y, found)


def _shares(above: Cell, cell: Cell) -> bool:
    """Whether two lines share their beginning or middle, or the one stands under the other."""
    middles = above.place + above.right - cell.place - cell.right
    return abs(above.place - cell.place) <= AWAY or abs(middles) <= 4 or _under(above, cell)


def _under(above: Cell, cell: Cell) -> bool:
    """Whether a line stands under another one by more than half of the narrower, and both are worded as headlines."""
    if any(len(each.text) == 1 or closed(each.text) or holds_sentence(each.text) for each in (above, cell)):
        return False
    common = min(above.right, cell.right) - max(above.place, cell.place)
    return common > SHARED * min(above.extent, cell.extent)


def _apart(stack: Stack, cell: Cell, y: float, found: Sequence[Stack]) -> bool:
    """Whether notes end above a line: it stands farther below them than they below each other, or running text does."""
    if len({*stack.heights}) < NOTE:
        return False
    if y - stack.foot > max(b - a for a, b in pairwise(stack.heights)) + 0.5:
        return True
    return any(
        body.top < y and body.foot > stack.foot and body.left < cell.right and body.right > cell.place for body in found
    )
