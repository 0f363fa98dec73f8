"""The editor's word inside the machine: what was decided, as the stages ask for it.

Nothing is patched afterwards. Lines: where a part and a block must begin (`Lines`). Blocks: the roles that are left to
a block and what it may go on (`RuledLattice`), so that all the rest is weighed as always, and stays consistent with
what the editor said. Each ruling can be followed from every state of the lattice, so that no pruning can lose it.
`NO_RULINGS` is a page on which nobody decided anything.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Literal

from edition.decisions import (
    NONE,
    Decisions,
    Join,
    KindName,
    KindOf,
    Membership,
    Place,
    RoleName,
    RoleOf,
    Split,
    Structural,
)
from edition.infer.blocks import Block
from edition.infer.lattice import BODY, HEADS, Lattice, Open, Role
from edition.infer.measure import Profile
from edition.infer.rows import Row
from edition.model.document import FurnitureKind
from edition.words import Dictionary

_ROLES: Mapping[RoleName, tuple[Role, ...]] = {
    "kicker": (Role.KICKER,),
    "headline": (Role.HEAD,),
    "subtitle": (Role.SUB,),
    "subhead": (Role.CROSS,),
    "paragraph": BODY,
    "caption": (Role.CAPTION,),
    "byline": (Role.BYLINE,),
    "credit": (Role.CREDIT,),
    "header": (Role.FURNITURE,),
    "footer": (Role.FURNITURE,),
    "pageNum": (Role.FURNITURE,),
    "markup": (Role.MARKUP,),
}
_FURNITURE: Mapping[RoleName, FurnitureKind] = {"header": "header", "footer": "footer", "pageNum": "pageNum"}


def _place(row: Row) -> Place:
    return Place(row.line.number, row.begin)


class Lines:
    """What was decided about where parts and blocks begin, before there are any."""

    def __init__(self, decisions: Decisions) -> None:
        entries = decisions.entries
        self._begin = {e.ground.at for e in entries if isinstance(e, Split | RoleOf | Join)}
        self._begin |= {e.ground.at for e in entries if isinstance(e, Membership) and e.item == "new"}
        self._last = {e.to for e in entries if isinstance(e, RoleOf) and e.to}
        self._left = {e.onto for e in entries if isinstance(e, Join) and e.joined}

    def cuts(self, line: int) -> tuple[int, ...]:
        """The offsets inside a line at which a part begins, rising."""
        return tuple(sorted(at.offset for at in self._begin if at.line == line and at.offset))

    def begins(self, before: Row, here: Row) -> bool:
        """Whether a block must begin with the second of two rows."""
        return _place(here) in self._begin or _place(before) in self._left or before.line.number in self._last


class Rulings:
    """What was decided about the blocks of a page."""

    def __init__(self, decisions: Decisions, blocks: Sequence[Block]) -> None:
        self._rows = sorted((_place(row), block.index) for block in blocks for row in block.rows)
        self._first = {_place(block.rows[0]): block.index for block in blocks}
        self._ruled = {
            e.ground.at for e in decisions.entries if isinstance(e, Structural) and not isinstance(e, KindOf)
        }
        self._roles: dict[int, RoleName] = {}
        self._begun: set[int] = set()  # blocks whose role was decided, not only by being under another
        self._ended: dict[int, tuple[Role, ...]] = {}  # block -> what ends above it
        self._heads: set[int] = set()  # blocks of which an owner was decided
        self._items: dict[int, int | Literal["new", "none"]] = {}
        self._kinds: dict[int, KindName] = {}  # block -> the kind of its item
        self._split: set[int] = set()  # blocks that begin a paragraph
        self._joined: dict[int, int] = {}  # block -> the block that it goes on
        self._parted: set[tuple[int, int]] = set()
        for entry in decisions.entries:
            at, begun = self._holder(entry.ground.at), entry.ground.at in self._first
            match entry:
                case RoleOf(role=role, to=to) if begun:
                    self._begun.add(at)
                    held = [blocks[at], *self._reach(blocks[at:], to or 0)]
                    self._role(role, held)
                    if to:
                        self._end(role, held[-1].index, blocks)
                case Split() if begun:
                    self._split.add(at)
                case Membership(item=item, owner=owner) if begun or item != "new":
                    self._items[at] = self._holder(item) if isinstance(item, Place) else item
                    self._heads |= {at} if owner else set()
                case KindOf(kind=kind):
                    self._kinds.setdefault(at, kind)
                case Join(onto=onto, joined=joined) if begun:
                    self._join(self._holder(onto), at, joined=joined)
        self._join_roles()
        self._fresh = self._split | {at for at, item in self._items.items() if item == "new"}
        self._awaited = {left: right for right, left in self._joined.items()}

    def _holder(self, place: Place) -> int:
        """The index of the block that holds a place; -1 where none does."""
        at = bisect_right(self._rows, (place, len(self._rows))) - 1
        return self._rows[at][1] if at >= 0 and self._rows[at][0].line == place.line else -1

    def _reach(self, blocks: Sequence[Block], to: int) -> Iterator[Block]:
        """The blocks after the first one up to a line, as long as they stand below each other and nothing else is said."""
        last = blocks[0].rows[-1].line.number
        for block in blocks[1:]:
            line = block.rows[0].line.number
            if not last < line <= to or _place(block.rows[0]) in self._ruled:
                return
            last = block.rows[-1].line.number
            if not block.markup:
                yield block

    def _role(self, role: RoleName, blocks: Sequence[Block]) -> None:
        self._roles |= {block.index: role for block in blocks}
        if role == "paragraph":
            self._joined |= {right.index: left.index for left, right in pairwise(blocks)}

    def _end(self, role: RoleName, last: int, blocks: Sequence[Block]) -> None:
        """What stands right below the last line of something does not go on it."""
        after = blocks[last + 1] if last + 1 < len(blocks) else None
        if role == "paragraph":
            self._parted |= {(last, block.index) for block in blocks[last + 1 :]}
        elif after and not after.gap and _place(after.rows[0]) not in self._ruled:
            self._ended[after.index] = _ROLES[role]

    def _join(self, left: int, right: int, *, joined: bool) -> None:
        if joined and 0 <= left < right:
            self._joined[right] = left
        elif not joined:
            self._parted.add((left, right))

    def _join_roles(self) -> None:
        """Only paragraphs go on, each on one place; a join that stands against another word is left aside."""
        against = {at for at, role in self._roles.items() if role != "paragraph"} | self._heads
        fresh = self._split | {at for at, item in self._items.items() if item == "new"}
        taken: dict[int, int] = {}  # what is gone on -> what goes on it, the first that was said
        for right, left in self._joined.items():
            if not {right, left} & against and right not in fresh:
                taken.setdefault(left, right)
        self._joined = {right: left for left, right in taken.items()}
        self._roles |= dict.fromkeys(self._joined.values(), "paragraph")

    # ---- the decoder asks

    def roles(self, at: int, found: tuple[Role, ...]) -> tuple[Role, ...]:
        """The roles that are left to a block, of those that were found possible or others."""
        if at in self._joined:
            return (Role.MORE,)
        name = self._roles.get(at)
        if name:
            found = _ROLES[name]
        elif at in self._split:
            found = BODY
        elif at in self._heads:
            found = HEADS
        elif at in self._items:
            found = tuple(role for role in found if role is not Role.CROSS)
        else:
            ended = self._ended.get(at, ())
            found = tuple(role for role in found if role not in ended) or found
        return tuple(role for role in found if role is not Role.MORE) if at in self._fresh else found

    def joins(self, at: int, found: tuple[int, ...]) -> tuple[int, ...]:
        """The blocks that a continuation may go on, of those that are open, or the one that was decided."""
        if not self._joined and not self._parted:
            return found
        if at in self._joined:
            return (self._joined[at],)
        return tuple(left for left in found if not self.awaited(left) and (left, at) not in self._parted)

    def awaited(self, left: int) -> bool:
        """Whether it was decided what goes on a block."""
        return left in self._awaited

    # ---- stories, heads and owners ask

    def role(self, block: Block) -> RoleName | None:
        """What a block was decided to be."""
        return self._roles.get(block.index)

    def begins(self, block: Block, before: Block) -> bool:
        """Whether it was decided that with the block something begins which the one before is no part of."""
        return block.index in self._begun or (before.index, block.index) in self._parted

    def furniture(self, block: Block) -> FurnitureKind | None:
        """The kind of furniture that a block was decided to be."""
        name = self.role(block)
        return _FURNITURE.get(name) if name else None

    def begins_item(self, block: Block) -> bool:
        """Whether a new item was decided to begin with the block."""
        return self._items.get(block.index) == "new"

    def item(self, block: Block) -> int | None:
        """The index of a block of the item that this one was decided to belong to."""
        item = self._items.get(block.index)
        return item if isinstance(item, int) else None

    def kind(self, blocks: Iterable[Block]) -> KindName | None:
        """The kind that an item of these blocks was decided to be."""
        return next((self._kinds[block.index] for block in blocks if block.index in self._kinds), None)

    def stays_alone(self, block: Block) -> bool:
        """Whether a head was decided to have no text on this page."""
        return self._items.get(block.index) == "none"

    def apart(self, before: Block, block: Block) -> bool:
        """Whether two neighbouring heads cannot be of one group."""
        owned = [self._items[index] for index in (before.index, block.index) if index in self._items]
        return self.begins_item(block) or (len(owned) == 2 and owned[0] != owned[1])


class RuledLattice(Lattice):
    """The states that a page can go through by the editor's word."""

    def __init__(self, blocks: Sequence[Block], page: Profile, dictionary: Dictionary, ruled: Rulings) -> None:
        super().__init__(blocks, page, dictionary)
        self.ruled = ruled
        self.waits = [waits and not ruled.awaited(at) for at, waits in enumerate(self.waits)]
        self.holds = [holds and not ruled.awaited(at) for at, holds in enumerate(self.holds)]

    def roles(self, at: int) -> tuple[Role, ...]:
        """The roles that are left to a block."""
        return self.ruled.roles(at, super().roles(at))

    def joins(self, open_: Open, at: int) -> tuple[int, ...]:
        """The blocks that a continuation may go on."""
        return self.ruled.joins(at, super().joins(open_, at))


def decided_owners(
    groups: Iterable[Sequence[Block]], rulings: Rulings, body_of: Callable[[int], int | None]
) -> dict[int, int | None]:
    """For each group of heads (by index) that was decided about, its body or None; `body_of` finds a block's body."""
    out: dict[int, int | None] = {}
    for index, heads in enumerate(groups):
        for block in heads:
            if rulings.stays_alone(block):
                out[index] = None
            elif (item := rulings.item(block)) is not None and (body := body_of(item)) is not None:
                out[index] = body
    return out


NO_RULINGS = Rulings(NONE, ())
