"""Headlines that are set downwards, a character a line: large type stands farther apart than the lines beside it."""

from collections.abc import Iterator, Sequence

from edition.infer.cells import AWAY, Cell
from edition.infer.stacks import Placed, Stack
from edition.model.widths import HAN_RUN

LEAST = 3  # Chinese characters
NEXT = 6.0  # lines by which characters in large type follow each other at most


def chains(rest: Sequence[Placed]) -> Iterator[Stack]:
    """Single characters below each other, from the top of the page down."""
    open_: list[Stack] = []
    for cell, y in rest:
        if len(cell.text) != 1:
            continue
        near = [
            stack for stack in open_ if 0 < y - stack.foot <= NEXT and abs(stack.cells[-1].place - cell.place) <= AWAY
        ]
        if near:
            stack = min(near, key=lambda each: abs(each.cells[-1].place - cell.place))
            stack.cells.append(cell)
            stack.heights.append(y)
        else:
            open_.append(Stack([cell], [y], False))
    for stack in open_:
        if is_downwards(stack.cells):
            stack.measured()
            yield stack


def is_downwards(cells: Sequence[Cell]) -> bool:
    """Whether lines are the characters of a headline set downwards."""
    return (
        all(len(cell.text) == 1 for cell in cells)
        and sum(HAN_RUN.match(cell.text) is not None for cell in cells) >= LEAST
    )
