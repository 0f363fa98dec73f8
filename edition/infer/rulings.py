"""The editor's word inside the machine: what was decided, as the stages ask for it.

Nothing is patched afterwards. Lines: where a block must and must not begin (`Lines`). Blocks: the roles that are left
to a block, what it may go on, and reasons of overwhelming weight (`Rulings`), so that all the rest is weighed as
always, and stays consistent with what the editor said. `NO_RULINGS` is a page on which nobody decided anything.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal

from edition.decisions import HEADS, NONE, Decisions, Join, Membership, Place, RoleName, RoleOf, Split
from edition.infer.blocks import Block
from edition.infer.lists import Reason, reason
from edition.infer.scores import Role
from edition.model.document import FurnitureKind, HeadKind

_ROLES: Mapping[RoleName, tuple[Role, ...]] = {
    **{name: (Role.HEAD,) for name in HEADS},
    "paragraph": (Role.START, Role.MORE),
    "caption": (Role.CAPTION,),
    "byline": (Role.BYLINE,),
    "credit": (Role.CREDIT,),
    "header": (Role.FURNITURE,),
    "footer": (Role.FURNITURE,),
    "pageNum": (Role.FURNITURE,),
    "markup": (Role.MARKUP,),
}
_KINDS: Mapping[RoleName, HeadKind] = {
    "kicker": "kicker",
    "headline": "main",
    "subtitle": "sub",
    "subhead": "crosshead",
}
_FURNITURE: Mapping[RoleName, FurnitureKind] = {"header": "header", "footer": "footer", "pageNum": "pageNum"}
_BODY = _ROLES["paragraph"]


class Lines:
    """What was decided about where blocks begin, before there are any."""

    def __init__(self, decisions: Decisions) -> None:
        entries = decisions.entries
        self._joins = {e.ground.at: e.onto for e in entries if isinstance(e, Join) and e.joined}
        self._begin = {e.ground.at for e in entries if isinstance(e, Split | RoleOf | Join)}
        self._begin |= {e.ground.at for e in entries if isinstance(e, Membership) and e.item == "new"}
        self._end = {e.to for e in entries if isinstance(e, RoleOf) and e.to}
        self._left = set(self._joins.values())

    def cuts(self, line: int) -> tuple[int, ...]:
        """The offsets inside a line at which a piece begins, rising."""
        return tuple(sorted(at.offset for at in self._begin if at.line == line and at.offset))

    def beginnings(self, places: Sequence[tuple[int, int]], found: set[int]) -> set[int]:
        """The rows of a run at which blocks begin: those found, changed where it was decided.

        `places` are the (line, offset) of the run's rows.
        """
        out = set(found)
        for at, (here, before) in enumerate(zip(map(Place._make, places), [None, *map(Place._make, places)])):
            if before is not None and self._joins.get(here) == before:
                out.discard(at)
            elif here in self._begin or (before is not None and (before in self._left or before.line in self._end)):
                out.add(at)
        return out


class Rulings:
    """What was decided about the blocks of a page."""

    def __init__(self, decisions: Decisions, blocks: Sequence[Block]) -> None:
        rows = [((row.line.number, row.begin), block.index) for block in blocks for row in block.rows]
        self._places = [place for place, _ in rows]
        self._holders = [index for _, index in rows]
        self._roles: dict[int, RoleName] = {}
        self._items: dict[int, int | Literal["new", "none"]] = {}
        self._split: set[int] = set()  # blocks that begin a paragraph
        self._joined: dict[int, int] = {}  # block -> the block that it goes on
        self._parted: set[tuple[int, int]] = set()
        for entry in decisions.entries:
            at = self._holder(entry.ground.at)
            match entry:
                case RoleOf(role=role):
                    self._roles[at] = role
                case Split():
                    self._split.add(at)
                case Membership(item=item):
                    self._items[at] = self._holder(item) if isinstance(item, Place) else item
                case Join(onto=onto, joined=joined):
                    self._join(self._holder(onto), at, joined=joined)
        self._join_roles()
        self._fresh = self._split | {at for at, item in self._items.items() if item == "new"}

    def _holder(self, place: Place) -> int:
        """The index of the block that holds a place; -1 where none does."""
        at = bisect_right(self._places, tuple(place)) - 1
        return self._holders[at] if at >= 0 and self._places[at][0] == place.line else -1

    def _join(self, left: int, right: int, *, joined: bool) -> None:
        if left == right:
            return
        if joined:
            self._joined[right] = left
        else:
            self._parted.add((left, right))

    def _join_roles(self) -> None:
        """Only paragraphs go on; a join that stands against a role is left aside."""
        against = {at for at, role in self._roles.items() if role != "paragraph"}
        self._joined = {r: left for r, left in self._joined.items() if not {r, left} & against and left >= 0}
        self._roles |= dict.fromkeys(self._joined.values(), "paragraph")

    # ---- the decoder asks

    def roles(self, block: Block, reasons: dict[Role, tuple[Reason, ...]]) -> dict[Role, tuple[Reason, ...]]:
        """The roles that are left to a block, with their reasons."""
        if block.index in self._joined:
            return {Role.MORE: reasons.get(Role.MORE, ())}
        name = self._roles.get(block.index)
        left = _ROLES[name] if name else _BODY if block.index in self._split else tuple(reasons)
        if block.index in self._fresh:
            left = tuple(role for role in left if role is not Role.MORE)
        return {role: reasons.get(role, ()) for role in left}

    def goes_on(self, right: int, was_open: int) -> int:
        """The block that a continuation at `right` goes on, where `was_open` is the one still open."""
        return self._joined.get(right, was_open)

    def may_join(self, left: int, right: int) -> bool:
        """Whether `right` may go on `left`."""
        taken = left in self._joined.values() and self._joined.get(right) != left
        return not taken and (left, right) not in self._parted

    def awaited(self, left: int) -> bool:
        """Whether it was decided what goes on a block."""
        return left in self._joined.values()

    # ---- stories, heads and owners ask

    def kind(self, block: Block) -> HeadKind | None:
        """The kind of head that a block was decided to be."""
        name = self._roles.get(block.index)
        return _KINDS.get(name) if name else None

    def furniture(self, block: Block) -> FurnitureKind | None:
        """The kind of furniture that a block was decided to be."""
        name = self._roles.get(block.index)
        return _FURNITURE.get(name) if name else None

    def crosshead(self, block: Block) -> tuple[Reason, ...]:
        """The editor's ground for or against a head being a 小标题."""
        kind = self.kind(block)
        if kind == "crosshead":
            return (reason("editor.said"),)
        return (reason("editor.said", -1),) if kind or block.index in self._items else ()

    def begins_item(self, block: Block) -> bool:
        """Whether a new item was decided to begin with the block."""
        return self._items.get(block.index) == "new"

    def item(self, block: Block) -> int | None:
        """The index of a block of the item that this one was decided to belong to."""
        item = self._items.get(block.index)
        return item if isinstance(item, int) else None

    def stays_alone(self, block: Block) -> bool:
        """Whether a head was decided to have no text on this page."""
        return self._items.get(block.index) == "none"

    def apart(self, before: Block, block: Block) -> bool:
        """Whether two neighbouring heads or captions cannot be of one group."""
        kinds, items = (self.kind(before), self.kind(block)), (before.index, block.index)
        owned = [self._items[index] for index in items if index in self._items]
        if self.begins_item(block) or (len(owned) == 2 and owned[0] != owned[1]):
            return True
        return kinds[0] != kinds[1] and "crosshead" in kinds and None not in kinds

    def kinds(self, firsts: Sequence[Block], found: Sequence[HeadKind]) -> list[HeadKind] | None:
        """The kinds of a group's heads, of which these are the first blocks; None where nothing was decided.

        The group is no 小标题, so that this kind cannot be had.
        """
        said = [None if (kind := self.kind(block)) == "crosshead" else kind for block in firsts]
        if not any(said):
            return None
        main = next((at for at, kind in enumerate(said) if kind == "main"), None)
        if main is None:
            free = [at for at, kind in enumerate(said) if kind is None]
            main = next((at for at in free if found[at] == "main"), free[0] if free else len(said))
        usual: list[HeadKind] = ["kicker" if at < main else "main" if at == main else "sub" for at in range(len(said))]
        return [kind or own for kind, own in zip(said, usual)]

    def same_head(self, before: Sequence[Block], block: Block) -> bool | None:
        """Whether a block goes on the head made of the blocks before it; None where nothing was decided."""
        kind = self.kind(block)
        if kind is None:
            return None
        return kind == self.kind(before[0]) and kind != "crosshead"


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
