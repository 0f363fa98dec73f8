"""An editor's decisions signed with the editor's name, each with its ground in an annotation.

The structure has already been made as the editor decided; here every decision is looked up in it. Where it stands, the
element, break or item gets the editor's `resp` and no probability; where it does not, a finding says so. What the
program had noted about the same question is taken out: it was not asked. Applied twice this changes nothing more.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from edition.decisions import (
    STAGES,
    Checked,
    Correction,
    Decisions,
    Doubtful,
    Entry,
    Join,
    KindOf,
    Membership,
    Missing,
    Order,
    Place,
    Remark,
    Rest,
    RoleOf,
    Split,
    Structural,
    Textual,
)
from edition.findings import Finding
from edition.model.document import Annotation, Edition, Figure, Head, Item
from edition.model.header import Change, Header, Responsibility
from edition.model.inline import Content, Decision, Name, PieceStart, RawBytes, Space, Surplus
from edition.model.walk import Signed, inline_nodes, rewritten, standing
from edition.passes.corrections import correct
from edition.passes.order import ordered

DECIDED = "编者决定 decided by the editor"
CONFIRMED = "编者核对无误 looked at and found right by the editor"
_TASK = "编者的决定（见 resp 与 standOff）"


def signed(header: Header, decisions: Decisions) -> Header:
    """The header with the people who decided, what each did and when, and whether every pass was done."""
    people = tuple(Responsibility(_id(decisions, who), _TASK, who) for who in decisions.people)
    done = {one.stage for one in decisions.passes}
    return replace(
        header,
        responsibilities=(*header.responsibilities, *people),
        changes=(*header.changes, *_changes(decisions)),
        status="checked" if done >= set(STAGES) else header.status,
    )


def _changes(decisions: Decisions) -> Iterator[Change]:
    """The last day of each person's decisions, as far as it is known, and the passes (三审三校)."""
    for who in decisions.people:
        whens = [entry.ground.when for entry in decisions.entries if entry.ground.who == who]
        known = [when for when in whens if when]
        if known:
            yield Change(max(known), _id(decisions, who), f"编者的决定，共 {len(whens)} 处")
    for one in sorted(decisions.passes, key=lambda one: (one.when, STAGES.index(one.stage))):
        yield Change(one.when, _id(decisions, one.who), one.stage)


def _id(decisions: Decisions, who: str) -> str:
    return f"editor{decisions.people.index(who) + 1}"


@dataclass(slots=True)
class _Spot:
    """Where a piece of the source stands in the edition."""

    place: Place
    role: str  # as decisions name it
    before: tuple[Place, ...]  # pieces with text before it in the same content
    item: Item | None
    head: Head | None = None


@dataclass(slots=True)
class _Marks:
    """What is to be signed."""

    pieces: dict[Place, Decision | None] = field(default_factory=dict)  # None: wants an id only
    holders: dict[Place, Decision] = field(default_factory=dict)  # the head, figure, byline or fw that holds a piece
    items: dict[str, Decision] = field(default_factory=dict)
    notes: list[Annotation] = field(default_factory=list)  # in place of what the program noted on the same question
    remarks: list[Annotation] = field(default_factory=list)  # beside that


def sign(edition: Edition, decisions: Decisions) -> tuple[Edition, tuple[Finding, ...]]:
    """The edition with the decisions signed and the corrections made; a finding for each that could not be."""
    if not decisions.entries:
        return edition, ()
    marks, findings = _Marks(), []
    edition, held = ordered(edition, [entry for entry in decisions.entries if isinstance(entry, Order)])
    spots = {spot.place: spot for spot in _spots(edition)}
    for entry in decisions.entries:
        decision = Decision(_id(decisions, entry.ground.who))
        match entry:
            case Rest() | Checked():
                done = True  # no matter of the edition
            case Order():
                done = entry in held and _placed(entry, spots, marks, decision)
            case Correction() | Doubtful() | Missing() | Remark():
                edition, done = correct(edition, entry, decision)
                _say_why(entry, spots, marks, decision)
            case _:
                done = _signed(entry, spots, marks, decision)
        if not done:
            message = f"{_said(entry)} at line {entry.ground.at} does not hold in the result"
            findings.append(Finding("E-002", f"{decisions.name}:{entry.ground.row}", message))
    return _marked(edition, marks), tuple(findings)


def _said(entry: Entry) -> str:
    match entry:
        case Join(onto=onto, joined=joined):
            return f"{'a join' if joined else 'no join'} with line {onto}"
        case Split():
            return "a new paragraph"
        case RoleOf(role=role):
            return f"the role {role}"
        case Membership(item=item):
            return f"the item {item}"
        case KindOf(kind=kind):
            return f"the kind {kind}"
        case Correction(wrong=wrong, right=right):
            return f"the correction of {wrong!r} to {right!r}"
        case Doubtful(span=span):
            return f"the doubtful reading {span!r}"
        case Missing(span=span, after=after):
            return f"what is missing {'after' if after else 'before'} {span!r}"
        case Remark(span=span):
            return f"the note after {span!r}"
        case Order(before=before):
            return f"the place before line {before}"
        case Rest(code=code):
            return f"the finding {code}"
        case Checked(errors=errors):
            return f"the number of errors {errors}"


# ---- looking decisions up


def _placed(entry: Order, spots: dict[Place, _Spot], to: _Marks, by: Decision) -> bool:
    """Note the order beside what was moved: an item by its id, a block by its first piece."""
    spot, other = _holder(spots, entry.ground.at), _holder(spots, entry.before)
    if spot is None or other is None or spot.item is None or other.item is None:
        return False
    whole = spot.item is not other.item
    target, goal = (spot.item.id, other.item.id) if whole else (_named(to, spot), f"{other.place}")
    why = f"；{entry.ground.why}" if entry.ground.why else ""
    reasons = f"先于{goal}读 read before {goal}{why}"
    to.remarks.append(Annotation("", "classifying", (target,), reasons, by))
    return True


def _say_why(entry: Textual, spots: dict[Place, _Spot], to: _Marks, by: Decision) -> None:
    spot = _holder(spots, entry.ground.at)
    if spot and entry.ground.why:
        about = f"{entry.wrong}→{entry.right}" if isinstance(entry, Correction) else entry.span
        to.remarks.append(Annotation("", "classifying", (_named(to, spot),), f"{about}：{entry.ground.why}", by))


def _signed(entry: Structural, spots: dict[Place, _Spot], to: _Marks, by: Decision) -> bool:
    """Sign what an entry says, if it stands so in the edition."""
    spot = _holder(spots, entry.ground.at)
    if spot is None or spot.place != entry.ground.at:
        return False
    match entry:
        case RoleOf(role=role):
            if spot.role != ("byline" if role == "credit" else role):
                return False
            if spot.role != "paragraph":
                to.holders[spot.place] = by
            _note(to, entry, by, [_named(to, spot, by if spot.role == "paragraph" else None)])
        case Split():
            if spot.before:
                return False
            _note(to, entry, by, [_named(to, spot, by, piece=True)])
        case Join(onto=onto, joined=joined):
            other = _holder(spots, onto)
            if joined != (other is not None and other.place in spot.before):
                return False
            _note(to, entry, by, [_named(to, spot, by, piece=True)])
        case KindOf(kind=kind):
            if spot.item is None or spot.item.kind != kind:
                return False
            to.items[spot.item.id] = by
            _note(to, entry, by, [spot.item.id])
        case Membership():
            return _member(entry, spot, spots, to, by)
    return True


def _member(entry: Membership, spot: _Spot, spots: dict[Place, _Spot], to: _Marks, by: Decision) -> bool:
    item = spot.item
    if item is None:
        return False
    if entry.item == "new":
        first = spot.head is item.heads[0] if spot.head and item.heads else item.id == f"L{spot.place}"
        if first:
            to.items[item.id] = by
            _note(to, entry, by, [item.id])
        return first
    if entry.item == "none":
        if item.blocks or not spot.head:
            return False
        to.items[item.id] = by
        _note(to, entry, by, [_named(to, spot)])
        return True
    other = _holder(spots, Place(*entry.item))
    if other is None or other.item is not item:
        return False
    _note(to, entry, by, [_named(to, spot), item.id])
    return True


def _holder(spots: dict[Place, _Spot], place: Place) -> _Spot | None:
    """The spot of the piece that holds a place."""
    held = [spot for at, spot in spots.items() if at.line == place.line and at.offset <= place.offset]
    return max(held, key=lambda spot: spot.place, default=None)


def _named(to: _Marks, spot: _Spot | None, by: Decision | None = None, *, piece: bool = False) -> str:
    """The id of a head, or of a piece, which is to have one (and the decision, if it is about the piece)."""
    if spot is None:
        return ""
    if spot.head and spot.head.id and not piece:
        return spot.head.id
    to.pieces[spot.place] = by or to.pieces.get(spot.place)
    return f"B{spot.place}"


def _note(to: _Marks, entry: Entry, by: Decision, targets: list[str]) -> None:
    linking = isinstance(entry, Membership) and isinstance(entry.item, Place | str) and entry.item != "new"
    kept = tuple(target for target in targets if target)
    words = entry.ground.why or (CONFIRMED if entry.ground.confirmed else DECIDED)
    to.notes.append(Annotation("", "linking" if linking else "classifying", kept, words, by))


# ---- where everything stands


def _spots(edition: Edition) -> Iterator[_Spot]:
    """The spot of every piece that has text."""
    for stands in standing(edition):
        before: tuple[Place, ...] = ()
        head = stands.node if isinstance(stands.node, Head) else None
        for place in _pieces(stands.content):
            yield _Spot(place, stands.role, before, stands.item, head)
            before = (*before, place)


def _pieces(content: Content) -> Iterator[Place]:
    """The places of the pieces with anything but white space, those inside names included."""
    at: Place | None = None
    for node in inline_nodes(content):
        if isinstance(node, PieceStart):
            at = Place(node.line, node.offset)
        elif at is not None and not isinstance(node, Space | Surplus | RawBytes):
            yield at
            at = None


# ---- writing it down


def _marked(edition: Edition, marks: _Marks) -> Edition:
    def decided(node: Signed) -> Decision | None:
        if isinstance(node, Item):
            return marks.items.get(node.id, node.decision)
        places = [place for content in _own(node) for place in _pieces(content)]
        return next((marks.holders[place] for place in places if place in marks.holders), node.decision)

    remarks = [note for note in marks.remarks if note.targets != ("",)]
    kept = [note for note in edition.annotations if replace(note, id="") not in remarks]
    notes = [note for note in kept if not _answered(note, marks.notes)] + marks.notes + remarks
    annotations = tuple(replace(note, id=f"A{number}") for number, note in enumerate(notes, 1))
    return replace(
        edition,
        body=rewritten(edition.body, lambda content: _with_pieces(content, marks), decided),
        annotations=annotations,
    )


def _own(node: Signed) -> list[Content]:
    match node:
        case Figure(captions=captions):
            return [caption.content for caption in captions]
        case Item():
            return []
        case _:
            return [node.content]


def _with_pieces(content: Content, marks: _Marks) -> Content:
    """The content with its pieces signed, those inside names included."""
    return tuple(
        _piece(node, marks)
        if isinstance(node, PieceStart)
        else replace(node, content=_with_pieces(node.content, marks))
        if isinstance(node, Name) and any(isinstance(inside, PieceStart) for inside in node.content)
        else node
        for node in content
    )


def _piece(node: PieceStart, marks: _Marks) -> PieceStart:
    place = Place(node.line, node.offset)
    if place not in marks.pieces:
        return node
    return replace(node, id=f"B{place}", decision=marks.pieces[place] or node.decision)


def _answered(note: Annotation, by_editor: list[Annotation]) -> bool:
    """Whether an editor has decided what the program's note is about."""
    about = set((note.targets[:-1] if note.motivation == "linking" else ()) or note.targets)
    return any(one.motivation == note.motivation and about & set(one.targets) for one in by_editor)
