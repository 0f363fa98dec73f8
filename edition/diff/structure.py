"""What changed in the structure: blocks joined and split, other roles, other items, another order.

A block of one edition and a block of the other belong together where they share characters of the source. Groups of such
blocks that share with no others are compared: one and one, several and one (joined), one and several (split).
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from edition.diff.blocks import Block, blocks
from edition.diff.change import Change
from edition.model.document import Edition, Item
from edition.model.walk import items

_NAMES = {
    "headline": "headline (标题)", "kicker": "kicker (引题)", "subtitle": "subtitle (副题)", "rubric": "rubric (栏题)",
    "subhead": "crosshead (小标题)", "pageNum": "page number", "header": "running head", "footer": "line at the foot",
    "markup": "mark of the OCR tool",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Group:
    """Blocks of both editions that share characters with one another and with no others."""

    old: tuple[Block, ...]
    new: tuple[Block, ...]


def structure(old: Edition, new: Edition) -> Iterator[Change]:
    """The changes of structure from one edition to the other."""
    before, after = blocks(old), blocks(new)
    groups = _groups(before, after)
    for group in groups:
        yield from _divided(group)
    pairs = [(group.old[0], group.new[0]) for group in groups if len(group.old) == len(group.new) == 1]
    for one, other in pairs:
        if one.role != other.role:
            text = f"{one.lines} {one.shown}: {_name(one)} became {_name(other)}"
            yield Change("role", *one.start, text)
        elif one.places != other.places:
            yield Change("moved", *one.start, f"{one.lines} {one.shown}: its lines stand in another order")
    partner = _partners(groups)
    yield from _items(old, new, partner)
    yield from _moved(pairs, partner)


def _name(block: Block) -> str:
    return _NAMES.get(block.role, block.role)


def _groups(before: list[Block], after: list[Block]) -> list[_Group]:
    owner = {place: block for block in after for place in block.places}
    shared: dict[int, set[int]] = defaultdict(set)  # index of an old block: those of the new ones that it became
    for block in before:
        shared[block.index] |= {owner[place].index for place in block.places if place in owner}
    back: dict[int, set[int]] = defaultdict(set)
    for index, others in shared.items():
        for other in others:
            back[other].add(index)
    out, seen = [], set()
    for block in before:
        if block.index not in seen:
            ours, theirs = _reach(block.index, shared, back)
            seen |= ours
            out.append(_Group(tuple(before[i] for i in sorted(ours)), tuple(after[i] for i in sorted(theirs))))
    return [group for group in out if group.new]


def _reach(start: int, shared: dict[int, set[int]], back: dict[int, set[int]]) -> tuple[set[int], set[int]]:
    ours, theirs, waiting = {start}, set[int](), [start]
    while waiting:
        for other in shared[waiting.pop()] - theirs:
            theirs.add(other)
            waiting += back[other] - ours
            ours |= back[other]
    return ours, theirs


def _divided(group: _Group) -> Iterator[Change]:
    old, new = group.old, group.new
    if len(old) > 1 and len(new) == 1:
        text = f"{_several(old)} are one {_name(new[0])} now: {new[0].shown}"
        yield Change("joined", *old[1].start, text)
    elif len(old) == 1 and len(new) > 1:
        text = f"{old[0].lines} {old[0].shown}: one {_name(old[0])} became {_several(new)}"
        yield Change("split", *new[1].start, text)
    elif len(old) > 1:
        yield Change("divided", *old[0].start, f"{_several(old)} were divided anew into {_several(new)}")


def _several(found: Iterable[Block]) -> str:
    return " and ".join(f"{_name(block)} {block.lines}" for block in found)


# ---- items


def _partners(groups: Iterable[_Group]) -> dict[str, str]:
    """The item of the new edition that each old one became: the one that most of its characters went to, and back."""
    counted: Counter[tuple[str, str]] = Counter()
    for group in groups:
        for one in group.old:
            for other in group.new:
                both = len(set(one.places) & set(other.places))
                if one.item and other.item and both:
                    counted[one.item.id, other.item.id] += both
    best_old = {pair[0]: pair for pair, _ in sorted(counted.items(), key=lambda kept: kept[1])}
    best_new = {pair[1]: pair for pair, _ in sorted(counted.items(), key=lambda kept: kept[1])}
    return dict(pair for pair in best_old.values() if best_new[pair[1]] == pair)


def _items(old: Edition, new: Edition, partner: dict[str, str]) -> Iterator[Change]:
    before, after = {item.id: item for item in items(old)}, {item.id: item for item in items(new)}
    left = (before.keys() - partner.keys()) & (after.keys() - set(partner.values()))
    partner = partner | {id_: id_ for id_ in left}  # without a character, only their id tells
    for item in before.values():
        if item.id not in partner:
            yield Change("item", *_place(item), f"item {item.id} is no item of its own any more")
    for item in after.values():
        if item.id not in partner.values():
            yield Change("item", *_place(item), f"a new item begins: {item.id}")
    for one, other in partner.items():
        yield from _item(before[one], after[other])


def _item(one: Item, other: Item) -> Iterator[Change]:
    if one.kind != other.kind:
        yield Change("role", *_place(one), f"item {one.id}: {one.kind} became {other.kind}")
    if one.id != other.id:
        yield Change("item", *_place(one), f"item {one.id} is called {other.id} now")
    for way, before, after in (("next", one.next, other.next), ("prev", one.prev, other.prev)):
        if before != after:
            yield Change(
                "link", *_place(one), f"item {one.id}: {way} {before or 'nothing'} became {after or 'nothing'}"
            )


def _place(item: Item) -> tuple[int, int]:
    line, _, offset = item.id.lstrip("L").partition(".")
    return (int(line), int(offset or 0)) if line.isdigit() and (offset or "0").isdigit() else (1, 0)


# ---- order


def _moved(pairs: list[tuple[Block, Block]], partner: dict[str, str]) -> Iterator[Change]:
    """Blocks that went to another item, and blocks that stand at another place among their neighbours."""
    stayed = []
    for one, other in pairs:
        went = (one.item and partner.get(one.item.id), other.item and other.item.id)
        if went[0] != went[1]:
            yield Change("moved", *one.start, f"{one.lines} {one.shown}: moved from {_of(one)} to {_of(other)}")
        else:
            stayed.append((one, other))
    ordered = sorted(stayed, key=lambda pair: pair[1].index)
    kept = _longest([one.index for one, _ in ordered])
    for place, (one, _) in enumerate(ordered):
        if one.index not in kept:
            after = f"after {ordered[place - 1][0].lines}" if place else "first on the page"
            yield Change("moved", *one.start, f"{one.lines} {one.shown}: stands {after} now")


def _of(block: Block) -> str:
    return f"item {block.item.id}" if block.item else "the page"


def _longest(numbers: list[int]) -> set[int]:
    """The members of a longest increasing subsequence (patience sorting)."""
    tops: list[int] = []
    at: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        pile = bisect_left(tops, number)
        before[number] = at[pile - 1] if pile else None
        tops[pile : pile + 1] = [number]
        at[pile : pile + 1] = [number]
    out: set[int] = set()
    last: int | None = at[-1] if at else None
    while last is not None:
        out.add(last)
        last = before[last]
    return out
