"""Stacks of one column that are one: they follow each other without a break, or a picture parts them."""

from collections.abc import Sequence

from edition.infer.cells import AWAY
from edition.infer.stacks import FULL, INDENT, NEXT, RESUMED, Placed, Stack

BESIDE = 24  # characters from a column in which a headline may be its own
EMPTY = 1  # empty lines in a gap of a column
FEW = 3  # lines whose measure may be mistaken


def merged(found: list[Stack], cells: Sequence[Placed], rest: Sequence[Placed]) -> list[Stack]:
    """Stacks of one column that follow each other without a break are one; so are those that a picture parts, where
    the text goes on."""
    out: list[Stack] = []
    for stack in sorted(found, key=lambda each: each.top):
        for above in out:
            if abs(above.left - stack.left) > AWAY or not 0 < stack.top - above.foot <= RESUMED:
                continue
            if _follows(above, stack) or _resumes(above, stack, cells, rest):
                above.cells += stack.cells
                above.heights += stack.heights
                above.measured()
                break
        else:
            out.append(stack)
    return out


def _follows(above: Stack, stack: Stack) -> bool:
    """Whether a stack goes on right below another; one of a few lines may seem narrower, for its marks or indent."""
    if stack.top - above.foot > NEXT:
        return False
    if len(above.cells) == 1 and above.goes_on and stack.begins:
        return False  # a headline
    few = min(len(above.cells), len(stack.cells)) <= FEW
    return abs(above.measure - stack.measure) <= (INDENT[1] if few else FULL)


def _resumes(above: Stack, stack: Stack, cells: Sequence[Placed], rest: Sequence[Placed]) -> bool:
    """Whether the text of a column goes on below a gap with nothing in it, and no headline beside it."""
    if not above.goes_on or stack.begins or abs(above.measure - stack.measure) > FULL:
        return False
    foot, top = above.foot, stack.top
    inside = [cell for cell, y in cells if foot < y < top]
    filled = {cell.line for cell in inside}
    if stack.cells[0].line - above.cells[-1].line - 1 - len(filled) > EMPTY:
        return False
    right = min(above.right, stack.right) - 1
    beside = {id(cell) for cell, _ in rest}
    return not any(
        (cell.place < right and cell.right > stack.left + 1)
        or (id(cell) in beside and cell.place < right + BESIDE and cell.right > stack.left - BESIDE)
        for cell in inside
    )
