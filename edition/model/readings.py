"""The readings of a text: what the source has (diplomatic), and what a reader sees (printed).

The diplomatic reading undoes every intervention and sorts the pieces back into lines; with it law 1, nothing lost,
can be stated. The printed reading applies interventions, the joins and the policy, under the regime of the page.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice, pairwise

from edition.model.inline import (
    Around,
    Choice,
    Content,
    Dotted,
    Gap,
    Inline,
    Name,
    Note,
    PieceStart,
    RawBytes,
    Read,
    Ruby,
    Space,
    Supplied,
    Text,
    Unclear,
)
from edition.model.regime import UNKNOWN, Regime
from edition.model.regular import regularise, regularised_text

GAP_MARK = "□"  # what is printed for each character that is missing
WITHHELD = "withheld"  # the reason of a gap in place of an item that may not be published
WITHHELD_MARK = "〔此篇不公开〕"
FULL_CLAUSE = 10  # characters from which a headline's line is a clause of its own
_LATIN = re.compile(r"[0-9A-Za-z\u00c0-\u024f]")


def source_chars(nodes: Iterable[Inline]) -> int:
    """How many characters of source lines the nodes stand for."""
    return sum(_source_chars(node) for node in nodes)


def _source_chars(node: Inline) -> int:
    match node:
        case Text(text=text):
            return len(text)
        case Space(count=count):
            return count
        case RawBytes():
            return 1
        case Choice(source=inside) | Around(content=inside):
            return source_chars(inside)
        case PieceStart() | Supplied() | Gap() | Note():
            return 0


def place_after(nodes: Iterable[Inline], at: tuple[int, int]) -> tuple[int, int]:
    """The (line, offset) in the source behind the nodes, where the first stands at `at`."""
    for node in nodes:
        match node:
            case PieceStart(line=line, offset=offset):
                at = (line, offset)
            case Choice(source=inside) | Around(content=inside):
                at = place_after(inside, at)
            case _:
                at = (at[0], at[1] + source_chars((node,)))
    return at


def diplomatic(contents: Iterable[Content]) -> dict[tuple[int, int], str]:
    """Every piece of the source, keyed by (line, offset); bytes without characters stand as U+FFFD."""
    pieces: dict[tuple[int, int], str] = {}
    at: tuple[int, int] | None = None
    for node in source_leaves(node for nodes in contents for node in nodes):
        if isinstance(node, PieceStart):
            at = (node.line, node.offset)
            if at in pieces:
                raise ValueError(f"line {at[0]} offset {at[1]} stands twice in the edition")
            pieces[at] = ""
        elif at is None:
            raise ValueError("text before the first piece")
        else:
            pieces[at] += _source_text(node)
    return pieces


def source_leaves(nodes: Iterable[Inline]) -> Iterator[Inline]:
    """The nodes of the source, those inside other nodes included; what an editor added is left out."""
    for node in nodes:
        match node:
            case Choice(source=inside) | Around(content=inside):
                yield from source_leaves(inside)
            case Supplied() | Gap() | Note():
                pass
            case _:
                yield node


def _source_text(node: Inline) -> str:
    match node:
        case Text(text=text):
            return text
        case Space(char=char, count=count):
            return char * count
        case RawBytes(reading=reading):
            return reading or "\ufffd"
        case _:
            return ""


def gap_mark(gap: Gap) -> str:
    """What is printed where something is missing."""
    return WITHHELD_MARK if gap.reason == WITHHELD else GAP_MARK * (gap.quantity or 1)


def breaks_line(node: Inline) -> bool:
    """Whether the node ends a printed line of a headline (in a paragraph such a piece start is one blank)."""
    return (isinstance(node, PieceStart) and node.join == "yes") or (isinstance(node, Space) and node.line_break)


def regularised(nodes: Content, policy: str, regime: Regime = UNKNOWN, *, body: bool = True) -> Content:
    """The content with its characters as the policy prints them; for printing only."""
    return _refilled(nodes, iter(regularise("".join(_printed(nodes)), policy, regime, body=body)))


def located(nodes: Content, line: int = 0) -> Iterator[tuple[str, int]]:
    """The printed characters, not yet regularised, each run with its line of the source; a line feed for a line break.

    `line` is that of what comes before the first piece start.
    """
    for node in nodes:
        match node:
            case Text(text=text) | Choice(printed=text) | Supplied(text=text) | RawBytes(reading=text):
                yield text, line
            case Read(content=inside):
                yield from located(inside, line)
            case Gap():
                yield gap_mark(node), line
            case _ if breaks_line(node):
                yield "\n", line
            case _:
                pass
        if isinstance(node, PieceStart):
            line = node.line
        elif isinstance(node, Choice | Around):
            line = _last_line(node.source if isinstance(node, Choice) else node.content, line)


def _last_line(nodes: Content, line: int) -> int:
    """The line of the source on which the nodes end."""
    return next((leaf.line for leaf in reversed([*source_leaves(nodes)]) if isinstance(leaf, PieceStart)), line)


def _printed(nodes: Content) -> Iterator[str]:
    return (text for text, _ in located(nodes))


def _refilled(nodes: Content, chars: Iterator[str]) -> Content:
    return tuple(_refill(node, chars) for node in nodes)


def _refill(node: Inline, chars: Iterator[str]) -> Inline:
    match node:
        case Text(text=text) | Supplied(text=text):
            return replace(node, text=_take(chars, text))
        case Choice(printed=text):
            return replace(node, printed=_take(chars, text))
        case RawBytes(reading=text):
            return replace(node, reading=_take(chars, text))
        case Unclear() | Dotted() | Ruby() | Name():
            return replace(node, content=_refilled(node.content, chars))
        case Gap():
            _take(chars, gap_mark(node))
            return node
        case _ if breaks_line(node):
            next(chars)
            return node
        case _:
            return node


def _take(chars: Iterator[str], old: str) -> str:
    return "".join(islice(chars, len(old)))


def printed(nodes: Content, policy: str, regime: Regime = UNKNOWN, *, body: bool = True) -> str:
    """The text of a paragraph or caption, or with `body=False` of a byline, as a reader sees it."""
    text = regularised_text("".join(_printed(nodes)), policy, regime, body=body)
    return text.replace("\n", " ").strip()


def printed_lines(nodes: Content, policy: str, regime: Regime = UNKNOWN) -> list[str]:
    """The lines of a headline as a reader sees them."""
    text = regularised_text("".join(_printed(nodes)), policy, regime, body=False)
    return [line for line in (part.strip() for part in text.split("\n")) if line]


def running(nodes: Content, policy: str, regime: Regime = UNKNOWN) -> str:
    """A headline in one line, for contents and running heads.

    Its line breaks vanish between Chinese characters (`4家市级劳模⏎创新工作室` is one phrase), are a blank between
    Latin words, and an ideographic blank between two lines that are full clauses each.
    """
    lines = printed_lines(nodes, policy, regime)
    out = lines[0] if lines else ""
    for before, after in pairwise(lines):
        out += _headline_glue(before, after) + after
    return out


def _headline_glue(before: str, after: str) -> str:
    if _LATIN.match(before[-1]) and _LATIN.match(after[0]):
        return " "
    if before[-1] in "，。：；、！？——…":
        return ""
    return "\u3000" if min(len(before), len(after)) >= FULL_CLAUSE else ""
