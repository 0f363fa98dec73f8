"""Where heads stand to a text on pages whose columns stand side by side in one line: above its first column, or apart.

Blocks of such a page come in reading order, which a text layer leaves to guesses; where they were printed it tells.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from edition.infer.blocks import Block
from edition.model.widths import em_width

CLOSE, NEAR = 3, 10  # lines of the source between a head and the text under it
EDGE = 1.0  # em by which a column may stand out from under its head


class Box(NamedTuple):
    """What some blocks take up of a page."""

    top: int  # number of the first line
    bottom: int  # number of the last line
    left: float  # em
    right: float  # em


def beside(blocks: Iterable[Block]) -> bool:
    """Whether one of columns side by side is in some blocks, so that places in lines tell where something was printed."""
    return any(row.placed and (row.begin or row.stop is not None) for block in blocks for row in block.rows)


def box(blocks: Iterable[Block]) -> Box:
    """What one block or more take up."""
    rows = [row for block in blocks for row in block.rows]
    lefts = [em_width(row.line.text[: row.start]) for row in rows]
    rights = [left + em_width(row.text) for left, row in zip(lefts, rows)]
    lines = [row.line.number for row in rows]
    return Box(min(lines), max(lines), min(lefts), max(rights))


def standing(heads: Box, first: Box, whole: Box) -> Iterator[str]:
    """How heads stand to a text, of which `first` is its first block and `whole` all: names."""
    down = first.top - heads.bottom
    if down > 0:
        place = "over.close" if down <= CLOSE else "over.near" if down <= NEAR else "over.far"
    else:
        place = "beside" if first.bottom >= heads.top else "under"
    middle = (first.left + first.right) / 2
    yield f"{place}.{'upon' if heads.left - EDGE <= middle <= heads.right + EDGE else 'apart'}"
    common = min(heads.right, whole.right) - max(heads.left, whole.left)
    share = common / max(1.0, heads.right - heads.left)
    yield f"spans.{'all' if share >= 0.9 else 'part' if share > 0 else 'none'}"
