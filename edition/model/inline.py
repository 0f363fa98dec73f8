"""What can stand in a line of text.

Nodes of the *source* (`PieceStart, Text, Space, Surplus, RawBytes` and the insides of `Choice, Unclear, Dotted,
Ruby, Name, Markup`) together give the source back; nodes of the *editor* (`Supplied, Gap, Note` and the printed side of a
`Choice`) add nothing to it. Build content with `content(...)`: it keeps the one normal form in which neighbouring
`Text` is merged and empty `Text` dropped, so that equal texts are equal values.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

Join = Literal["no", "maybe", "yes"]  # joined, undecided (both print nothing), a real break
NameKind = Literal["persName", "roleName", "orgName", "placeName", "date"]


DOUBTFUL = 0.8  # probability under which a decision is doubtful: it becomes a finding, and is listed in the book


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decided, and how sure."""

    resp: str  # the xml:id of a responsibility in the header
    cert: float | None = None  # probability 0 to 1; None where an editor simply decided


@dataclass(frozen=True, slots=True)
class PieceStart:
    """From here on the characters are those of `line`, beginning at `offset`. Every block begins with one."""

    line: int  # from 1
    offset: int = 0  # characters from the start of the line
    join: Join | None = None  # how the piece follows what stands before it in its block; None at a block's start
    column: bool = False  # a column break is inferred here
    id: str | None = None  # so that an annotation can point here
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """Characters that are read."""

    text: str


@dataclass(frozen=True, slots=True)
class Space:
    """White space of the source that is not reading text."""

    char: str = " "
    count: int = 1
    line_break: bool = False  # stands for the end of a line in a headline


@dataclass(frozen=True, slots=True)
class RawBytes:
    """Bytes of the file that its characters cannot stand for."""

    data: bytes
    reading: str = ""  # nothing where they have none


class Around:
    """A node around characters of the source."""

    __slots__ = ()
    content: "Content"


class Read(Around):
    """A node around characters of the source that are read as they stand."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Surplus(Around):
    """Characters of the source that are not read, such as the marks of an OCR tool."""

    reason: str
    content: "Content"


@dataclass(frozen=True, slots=True)
class Choice:
    """An intervention with both forms: a correction (sic, corr) or a regularisation (orig, reg)."""

    kind: Literal["corr", "reg"]
    source: "Content"
    printed: str
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class Unclear(Read):
    """Characters whose reading is doubtful."""

    content: "Content"
    reason: str | None = None
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class Dotted(Read):
    """Characters with dots of emphasis (着重号)."""

    content: "Content"
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class Ruby(Read):
    """Characters with their sound printed beside them (注音)."""

    content: "Content"
    sound: str  # as an editor read it: no part of the reading text
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class Supplied:
    """Characters that an editor adds."""

    text: str
    reason: str
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """Something missing or unreadable."""

    reason: str
    quantity: int | None = None  # characters
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """An editor's note."""

    text: str
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class Name(Read):
    """A named person, body or place, the role beside a person's name, or a date."""

    kind: NameKind
    content: "Content"
    decision: Decision | None = None
    ref: str | None = None  # the id of the entity that is named
    id: str | None = None  # so that an index can point here
    when: str | None = None  # of a date: ISO 8601, only where the text itself says the whole of it


@dataclass(frozen=True, slots=True)
class Markup(Around):
    """A whole line inside a paragraph that is not reading text."""

    content: "Content"
    decision: Decision | None = None


Inline: TypeAlias = (
    PieceStart
    | Text
    | Space
    | RawBytes
    | Surplus
    | Choice
    | Unclear
    | Dotted
    | Ruby
    | Supplied
    | Gap
    | Note
    | Name
    | Markup
)
Content: TypeAlias = tuple[Inline, ...]


def content(nodes: Iterable[Inline]) -> Content:
    """The nodes in normal form: neighbouring `Text` merged, empty `Text` dropped."""
    out: list[Inline] = []
    for node in nodes:
        if isinstance(node, Text):
            if not node.text:
                continue
            if out and isinstance(last := out[-1], Text):
                out[-1] = Text(last.text + node.text)
                continue
        out.append(node)
    return tuple(out)
