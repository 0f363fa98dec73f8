"""A block's content as one text to look names up in, and names put into the content around what was found.

Nodes between the characters of a name (the start of a line, blanks of a gutter, marks of the OCR tool) come to stand
inside it, so that a name split over lines is one name. What stands in another name already, in a whole line of markup
or half in a correction is left alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from edition.model.inline import Choice, Content, Gap, Inline, Markup, Name, RawBytes, Read, Supplied, Text, content
from edition.model.readings import breaks_line, located


@dataclass(frozen=True, slots=True)
class Linear:
    """The text of a content and where each character stands: the index of its node and the offset in it."""

    text: str
    places: tuple[tuple[int, int], ...]


def linear(nodes: Content) -> Linear:
    """The text of a content; a line feed for a line break, for what is missing, and for a whole line of markup."""
    parts: list[str] = []
    places: list[tuple[int, int]] = []
    for index, node in enumerate(nodes):
        text = _text(node)
        parts.append(text)
        places += [(index, offset) for offset in range(len(text))]
    return Linear("".join(parts), tuple(places))


def without_blanks(line: Linear) -> Linear:
    """The same without blanks, for pages whose characters a tool has set apart."""
    kept = [at for at, char in enumerate(line.text) if char not in " \u3000"]
    return Linear("".join(line.text[at] for at in kept), tuple(line.places[at] for at in kept))


def _text(node: Inline) -> str:
    match node:
        case Text(text=text) | Choice(printed=text) | Supplied(text=text) | RawBytes(reading=text):
            return text
        case Read(content=inside):
            return "".join(text for text, _ in located(inside))
        case Gap() | Markup():
            return "\n"
        case _:
            return "\n" if breaks_line(node) else ""


def marked(nodes: Content, line: Linear, names: Sequence[tuple[int, int, Name]]) -> Content:
    """The content with names around stretches of its text; `names` are (start, end, the name without its content)."""
    out: list[Inline] = []
    at = (0, 0)  # the node and the offset up to which everything is in `out`
    for start, end, name in sorted(names, key=lambda one: one[:2]):
        first, last = line.places[start], line.places[end - 1]
        if first < at or not _can_hold(nodes, first, last):
            continue
        out += _between(nodes, at, first)
        at = (last[0], last[1] + 1)
        out.append(Name(name.kind, content(_between(nodes, first, at)), name.decision, when=name.when))
    return content([*out, *_between(nodes, at, (len(nodes), 0))]) if out else nodes


def _can_hold(nodes: Content, first: tuple[int, int], last: tuple[int, int]) -> bool:
    if any(isinstance(node, Name | Markup) or breaks_line(node) for node in nodes[first[0] : last[0] + 1]):
        return False
    whole_first = isinstance(nodes[first[0]], Text) or first[1] == 0
    whole_last = isinstance(nodes[last[0]], Text) or last[1] == len(_text(nodes[last[0]])) - 1
    return whole_first and whole_last


def _between(nodes: Content, start: tuple[int, int], end: tuple[int, int]) -> list[Inline]:
    """The nodes from one place up to another, texts cut."""
    out: list[Inline] = []
    for index in range(start[0], min(end[0] + 1, len(nodes))):
        node = nodes[index]
        begin = start[1] if index == start[0] else 0
        stop = end[1] if index == end[0] else None
        if isinstance(node, Text):
            out.append(Text(node.text[begin:stop]))
        elif begin == 0 and stop != 0:
            out.append(node)
    return out
