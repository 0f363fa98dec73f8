"""An editor's corrections, put into `choice` with both forms. Applied twice they change nothing more.

A correction is found by line and offset, wherever reading order has put that piece. It must lie in one run of text:
what crosses from a paragraph into its byline, or into a name, is not corrected but reported.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from edition.decisions import Correction, Place
from edition.model.document import Edition
from edition.model.inline import (
    Choice,
    Content,
    Decision,
    Inline,
    Markup,
    Name,
    PieceStart,
    RawBytes,
    Space,
    Text,
    Unclear,
    content,
)
from edition.model.readings import source_chars
from edition.model.walk import contents, rewritten

NOWHERE = Place(0)  # before the first piece


class _Placed(NamedTuple):
    """A node and where its first character stands in the source."""

    node: Inline
    at: Place


def correct(edition: Edition, correction: Correction, decision: Decision) -> tuple[Edition, bool]:
    """The edition with one correction in it, and whether it could be put there; `decision` signs it."""
    body = rewritten(edition.body, lambda nodes: _corrected(nodes, NOWHERE, correction, decision))
    changed = replace(edition, body=body)
    return changed, any(_holds(nodes, NOWHERE, correction) for nodes in contents(changed))


def _placed(nodes: Content, at: Place) -> list[_Placed]:
    """The nodes with their places, where the first stands at `at`."""
    out = []
    for node in nodes:
        at = Place(node.line, node.offset) if isinstance(node, PieceStart) else at
        out.append(_Placed(node, at))
        at = Place(at.line, at.offset + source_chars((node,)))
    return out


def _corrected(nodes: Content, at: Place, correction: Correction, decision: Decision) -> Content:
    placed = _placed(nodes, at)
    found = _run(placed, correction.ground.at, len(correction.wrong))
    if found:
        return content(_with_choice(placed, found, correction, decision))
    return tuple(
        replace(node, content=_corrected(node.content, here, correction, decision))
        if isinstance(node, Name | Unclear | Markup)
        else node
        for node, here in placed
    )


def _run(placed: Sequence[_Placed], start: Place, length: int) -> tuple[int, int] | None:
    """The (first, last) index of the nodes that hold the wrong text: text at both ends, nothing but text and blanks."""
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


def _with_choice(
    placed: Sequence[_Placed], found: tuple[int, int], correction: Correction, decision: Decision
) -> list[Inline]:
    first, last = found
    nodes = [node for node, _ in placed]
    left, right = _text(nodes[first]), _text(nodes[last])
    cut = correction.ground.at.offset - placed[first].at.offset
    stop = correction.ground.at.offset + len(correction.wrong) - placed[last].at.offset
    wrong = (
        (Text(left[cut:stop]),) if first == last else (Text(left[cut:]), *nodes[first + 1 : last], Text(right[:stop]))
    )
    choice = Choice("corr", content(wrong), correction.right, decision)
    return [*nodes[:first], Text(left[:cut]), choice, Text(right[stop:]), *nodes[last + 1 :]]


def _text(node: Inline) -> str:
    return node.text if isinstance(node, Text) else ""


def _holds(nodes: Content, at: Place, correction: Correction) -> bool:
    """Whether the correction stands there."""
    for node, here in _placed(nodes, at):
        if isinstance(node, Choice) and here == correction.ground.at and node.printed == correction.right:
            return source_chars(node.source) == len(correction.wrong)
        if isinstance(node, Name | Unclear | Markup) and _holds(node.content, here, correction):
            return True
    return False
