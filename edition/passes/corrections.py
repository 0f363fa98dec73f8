"""What an editor does to the characters: corrections (`choice` with both forms), doubtful readings, what is missing or
supplied, notes. Applied twice they change nothing more.

The place is found by line and offset, wherever reading order has put that piece. What is put around characters must lie
in one run of text: what crosses from a paragraph into its byline, or into a name, is not done but reported.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from edition.decisions import Correction, Doubtful, Missing, Place, Remark, Textual
from edition.model.document import Edition
from edition.model.inline import (
    Choice,
    Content,
    Decision,
    Gap,
    Inline,
    Name,
    Note,
    PieceStart,
    RawBytes,
    Space,
    Supplied,
    Text,
    Unclear,
    content,
)
from edition.model.readings import place_after, source_chars
from edition.model.walk import contents, rewritten

NOWHERE = Place(0)  # before the first piece
OMITTED, LOST = "omitted", "illegible"  # why something is supplied, why there is a gap


class _Placed(NamedTuple):
    """A node and where its first character stands in the source."""

    node: Inline
    at: Place


def correct(edition: Edition, entry: Textual, decision: Decision) -> tuple[Edition, bool]:
    """The edition with one entry carried out, and whether it could be; `decision` signs it."""
    if any(_holds(nodes, NOWHERE, entry, decision) for nodes in contents(edition)):
        return edition, True
    body = rewritten(edition.body, lambda nodes: _changed(nodes, NOWHERE, entry, decision))
    changed = replace(edition, body=body)
    return changed, any(_holds(nodes, NOWHERE, entry, decision) for nodes in contents(changed))


def _placed(nodes: Content, at: Place) -> list[_Placed]:
    """The nodes with their places, where the first stands at `at`."""
    out = []
    for node in nodes:
        at = Place(node.line, node.offset) if isinstance(node, PieceStart) else at
        out.append(_Placed(node, at))
        at = Place(*place_after((node,), at))
    return out


def _changed(nodes: Content, at: Place, entry: Textual, decision: Decision) -> Content:
    placed = _placed(nodes, at)
    done = _around(placed, entry, decision) if isinstance(entry, Correction | Doubtful) else None
    done = _beside(placed, entry, decision) if isinstance(entry, Missing | Remark) else done
    if done is not None:
        return content(done)
    return tuple(
        replace(node, content=_changed(node.content, here, entry, decision)) if isinstance(node, Name) else node
        for node, here in placed
    )


# ---- around characters


def _around(placed: Sequence[_Placed], entry: Correction | Doubtful, decision: Decision) -> list[Inline] | None:
    """The nodes with one around the characters of the entry; None where they do not stand here in one run."""
    found = _run(placed, entry.ground.at, len(entry.span))
    if found is None:
        return None
    first, last = found
    nodes = [node for node, _ in placed]
    left, right = _text(nodes[first]), _text(nodes[last])
    cut = entry.ground.at.offset - placed[first].at.offset
    stop = entry.ground.at.offset + len(entry.span) - placed[last].at.offset
    inside = (
        (Text(left[cut:stop]),) if first == last else (Text(left[cut:]), *nodes[first + 1 : last], Text(right[:stop]))
    )
    return [
        *nodes[:first],
        Text(left[:cut]),
        _holder(entry, content(inside), decision),
        Text(right[stop:]),
        *nodes[last + 1 :],
    ]


def _holder(entry: Correction | Doubtful, inside: Content, decision: Decision) -> Inline:
    if isinstance(entry, Correction):
        return Choice("corr", inside, entry.right, decision)
    return Unclear(inside, None, decision)


def _run(placed: Sequence[_Placed], start: Place, length: int) -> tuple[int, int] | None:
    """The (first, last) index of the nodes that hold the characters: text at both ends, nothing but text and blanks."""
    end = Place(start.line, start.offset + length)
    first = _text_that_holds(placed, start)
    last = _text_that_holds(placed, Place(start.line, end.offset - 1))
    if first is None or last is None:
        return None
    inside = placed[first : last + 1]
    return (first, last) if all(isinstance(node, Text | Space | RawBytes) for node, _ in inside) else None


def _text_that_holds(placed: Sequence[_Placed], place: Place) -> int | None:
    for index, (node, at) in enumerate(placed):
        if isinstance(node, Text) and at.line == place.line and at.offset <= place.offset < at.offset + len(node.text):
            return index
    return None


def _text(node: Inline) -> str:
    return node.text if isinstance(node, Text) else ""


# ---- beside characters


def _beside(placed: Sequence[_Placed], entry: Missing | Remark, decision: Decision) -> list[Inline] | None:
    """The nodes with one more before or after a character; None where that character does not stand here."""
    beside = _character(entry)
    index = _text_that_holds(placed, beside)
    if index is None:
        return None
    nodes = [node for node, _ in placed]
    text, cut = _text(nodes[index]), _point(entry).offset - placed[index].at.offset
    return [*nodes[:index], Text(text[:cut]), _added(entry, decision), Text(text[cut:]), *nodes[index + 1 :]]


def _point(entry: Missing | Remark) -> Place:
    """Where the new node stands."""
    at = entry.ground.at
    return at if isinstance(entry, Missing) and not entry.after else Place(at.line, at.offset + len(entry.span))


def _character(entry: Missing | Remark) -> Place:
    """The character of the span that it stands beside."""
    point = _point(entry)
    return point if point == entry.ground.at else Place(point.line, point.offset - 1)


def _added(entry: Missing | Remark, decision: Decision) -> Inline:
    if isinstance(entry, Remark):
        return Note(entry.note, decision)
    if entry.supplied:
        return Supplied(entry.supplied, OMITTED, decision)
    return Gap(LOST, entry.chars, decision)


# ---- whether it is done


def _holds(nodes: Content, at: Place, entry: Textual, decision: Decision) -> bool:
    """Whether the entry has been carried out there."""
    for node, here in _placed(nodes, at):
        if _done(node, here, entry, decision):
            return True
        if isinstance(node, Name) and _holds(node.content, here, entry, decision):
            return True
    return False


def _done(node: Inline, here: Place, entry: Textual, decision: Decision) -> bool:
    if isinstance(entry, Missing | Remark):
        return here == _point(entry) and node == _added(entry, decision)
    if here != entry.ground.at or not isinstance(node, Choice | Unclear):
        return False
    inside = node.source if isinstance(node, Choice) else node.content
    if source_chars(inside) != len(entry.span):
        return False
    return (
        isinstance(node, Unclear)
        if isinstance(entry, Doubtful)
        else isinstance(node, Choice) and node.printed == entry.right
    )
