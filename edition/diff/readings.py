"""What changed in the reading text: corrections, additions, gaps, notes, names, and how lines are joined."""

from collections.abc import Iterator
from itertools import zip_longest

from edition.diff.blocks import Place, located_nodes
from edition.diff.change import Change, Kind
from edition.model.document import Edition, Figure
from edition.model.inline import (
    Choice,
    Content,
    Dotted,
    Gap,
    Inline,
    Name,
    Note,
    PieceStart,
    RawBytes,
    Ruby,
    Space,
    Supplied,
    Surplus,
    Text,
    Unclear,
)
from edition.model.walk import contents, flat_blocks, items

Mark = tuple[Kind, str]  # of what kind, and what it says
_JOINS = {"no": "joined to the line before", "maybe": "perhaps joined to the line before", "yes": "a line of its own"}


def readings(old: Edition, new: Edition) -> Iterator[Change]:
    """The changes of reading text from one edition to the other."""
    before, after = _marks(old), _marks(new)
    for place in sorted(before.keys() | after.keys()):
        yield from _changes(place, before.get(place, []), after.get(place, []))
    yield from _joins(old, new)
    yield from _descriptions(old, new)


def _changes(place: Place, before: list[Mark], after: list[Mark]) -> Iterator[Change]:
    gone = [mark for mark in before if mark not in after]
    come = [mark for mark in after if mark not in before]
    for kind in dict.fromkeys(kind for kind, _ in (*gone, *come)):
        old, new = ([text for each, text in marks if each == kind] for marks in (gone, come))
        for one, other in zip_longest(old, new):
            yield Change(kind, *place, f"line {place[0]}: {_said(one, other)}")


def _said(one: str | None, other: str | None) -> str:
    if one is None:
        return f"{other} was added"
    return f"{one} was taken away" if other is None else f"{one} became {other}"


def _marks(edition: Edition) -> dict[Place, list[Mark]]:
    """What editors and programs did to the text, by the place of the source where it stands."""
    out: dict[Place, list[Mark]] = {}
    for inside in contents(edition):
        for node, place in located_nodes(inside):
            if mark := _mark(node):
                out.setdefault(place, []).append(mark)
    return out


def _mark(node: Inline) -> Mark | None:
    match node:
        case Choice(kind=kind, source=inside, printed=text):
            name = "correction" if kind == "corr" else "regularisation"
            return "correction", f"the {name} of “{_source(inside)}” to “{text}”"
        case Supplied(text=text):
            return "supplied", f"the addition “{text}”"
        case Gap(reason=reason, quantity=quantity):
            return "gap", f"a gap ({reason}{f', {quantity} characters' if quantity else ''})"
        case Note(text=text):
            return "note", f"the note “{text}”"
        case Unclear(content=inside):
            return "unclear", f"the doubt about “{_source(inside)}”"
        case Dotted(content=inside):
            return "dots", f"the dots of emphasis at “{_source(inside)}”"
        case Ruby(content=inside, sound=sound):
            return "ruby", f"the sound “{sound}” beside “{_source(inside)}”"
        case Name(kind=kind, content=inside, ref=ref):
            return "name", f"the {kind} “{_source(inside)}”{f' ({ref})' if ref else ''}"
        case Surplus(content=inside):
            return "surplus", f"the marking of “{_source(inside)}” as no reading text"
        case Space(line_break=True):
            return "space", "a blank as the end of a headline's line"
    return None


def _source(nodes: Content) -> str:
    """The characters of the source in some nodes."""
    return "".join(
        node.text if isinstance(node, Text) else node.char * node.count if isinstance(node, Space) else node.reading
        for node, _ in located_nodes(nodes)
        if isinstance(node, Text | Space | RawBytes)
    )


def _joins(old: Edition, new: Edition) -> Iterator[Change]:
    """Breaks inside a block that are of another kind; where a block begins or ends, `structure` tells."""
    before, after = _breaks(old), _breaks(new)
    for place in sorted(before.keys() & after.keys()):
        one, other = before[place], after[place]
        if one.join and other.join and one.join != other.join:
            text = f"line {place[0]}: {_JOINS[one.join]} became {_JOINS[other.join]}"
            yield Change("break", *place, text)
        elif one.join and other.join and one.column != other.column:
            yield Change(
                "break", *place, f"line {place[0]}: a column {'begins' if other.column else 'does not begin'} here now"
            )


def _breaks(edition: Edition) -> dict[Place, PieceStart]:
    return {
        place: node
        for inside in contents(edition)
        for node, place in located_nodes(inside)
        if isinstance(node, PieceStart)
    }


def _descriptions(old: Edition, new: Edition) -> Iterator[Change]:
    """Descriptions of pictures, each known by the first place of its figure."""
    before, after = _described(old), _described(new)
    for place in sorted(before.keys() | after.keys()):
        one, other = before.get(place), after.get(place)
        if one != other:
            said = _said(one and f"the description “{one}”", other and f"the description “{other}”")
            yield Change("description", *place, f"line {place[0]}: {said}")


def _described(edition: Edition) -> dict[Place, str]:
    figures = [block for item in items(edition) for block in flat_blocks(item.blocks) if isinstance(block, Figure)]
    out = {}
    for figure in figures:
        inside = [*(one.content for one in figure.captions), *(one.content for one in figure.bylines)]
        places = [place for nodes in inside for _, place in located_nodes(nodes)[:1]]
        if figure.description and places:
            out[places[0]] = figure.description
    return out
