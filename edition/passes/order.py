"""An editor's order of reading: an item before another, or a block of an item before another block of it.

Only where things stand changes; every piece keeps its line, so that the source can still be rebuilt. Orders that cannot
all hold: one is carried out only where those that hold already go on holding. So a second time changes nothing more.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from edition.decisions import Order, Place
from edition.model.document import Block, Byline, Edition, Figure, Furniture, Item, Paragraph, Section, Subsection
from edition.model.inline import Content, PieceStart
from edition.model.walk import block_contents, inline_nodes, item_contents

_Node = TypeVar("_Node")


def ordered(edition: Edition, orders: Sequence[Order]) -> tuple[Edition, tuple[Order, ...]]:
    """The edition in the order that was decided, as far as that can be, and the orders that hold in it."""
    held = _held(edition, orders)
    for order in orders:
        changed = _moved(edition, order)
        now = _held(changed, orders)
        if set(held) < set(now):
            return ordered(changed, orders)
    return edition, held


def _held(edition: Edition, orders: Sequence[Order]) -> tuple[Order, ...]:
    return tuple(order for order in orders if _stands(edition, order))


def _stands(edition: Edition, order: Order) -> bool:
    at, before = (_path(edition.body, place) for place in (order.ground.at, order.before))
    return bool(at and before and at < before and _level(at, before) is not None)


def _path(nodes: Sequence[object], place: Place) -> tuple[int, ...]:
    """Which node of the body holds a place, which block of that, and which block of a subsection; () if none."""
    index = _holding([_contents(node) for node in nodes], place)
    return () if index is None else (index, *_path(_children(nodes[index]), place))


def _level(at: tuple[int, ...], before: tuple[int, ...]) -> int | None:
    """How deep the two paths part; None where one does not reach so far."""
    return next((depth for depth, (one, other) in enumerate(zip(at, before)) if one != other), None)


def _moved(edition: Edition, order: Order) -> Edition:
    body = edition.body
    at, before = _path(body, order.ground.at), _path(body, order.before)
    level = _level(at, before)
    if level is None or at < before:
        return edition
    return replace(edition, body=tuple(_exchanged(body, at, before, level)))


def _exchanged(nodes: Sequence[_Node], at: Sequence[int], before: Sequence[int], level: int) -> list[_Node]:
    """The nodes with the one on the path `at` before the one on the path `before`, `level` steps down."""
    out, moved, goal = list(nodes), at[0], before[0]
    if level == 0:
        fit = _free(nodes[moved], nodes[goal])
        return [*out[:goal], out[moved], *out[goal:moved], *out[moved + 1 :]] if fit else out
    inside = _exchanged(_children(nodes[moved]), at[1:], before[1:], level - 1)
    out[moved] = _with_children(nodes[moved], inside)
    return out


def _free(one: object, other: object) -> bool:
    """Whether two neighbours may stand in either order: bylines stay first or last, subsections last."""
    return all(isinstance(node, Paragraph | Figure) for node in (one, other)) or (
        isinstance(one, Item | Section | Subsection) and isinstance(other, Item | Section | Subsection)
    )


def _children(node: object) -> Sequence[Block]:
    return node.blocks if isinstance(node, Item | Subsection) else ()


def _with_children(node: _Node, blocks: Sequence[Block]) -> _Node:
    return replace(node, blocks=tuple(blocks)) if isinstance(node, Item | Subsection) else node


def _contents(node: object) -> Iterable[Content]:
    match node:
        case Item():
            return item_contents(node)
        case Section(items=items):
            return [inside for child in items if isinstance(child, Item) for inside in item_contents(child)]
        case Furniture():
            return ()
        case Paragraph() | Figure() | Subsection() | Byline():
            return block_contents((node,))
    return ()


def _holding(parts: Sequence[Iterable[Content]], place: Place) -> int | None:
    """The index of the part with the piece that holds a place."""
    starts = [
        (Place(node.line, node.offset), index)
        for index, part in enumerate(parts)
        for nodes in part
        for node in inline_nodes(nodes)
        if isinstance(node, PieceStart) and node.line == place.line and node.offset <= place.offset
    ]
    return max(starts)[1] if starts else None
