"""TEI to the source's bytes, from the file alone. This is the check of law 1: it knows the contract, not the model.

The contract: characters after `<lb n="L"/>` are line L's, after `<milestone unit="chars" n="L.O"/>` line L's from
character O; `<space>` is white space, `<g n="HEX"/>` bytes; XML line feeds with the blanks beside them are no text;
what an editor added (`corr reg supplied note rt figDesc desc`) is not the source's; lines never named are empty; the
header says how many line feeds there are and how the file was encoded.
"""

import codecs
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from edition.errors import TeiError
from edition.tei import history
from edition.tei.names import EDITOR, T
from edition.tei.parse import layout_free

_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030", "big5")  # as Python names them
_HEX = re.compile(r"([0-9A-F]{2})+")


@dataclass(frozen=True, slots=True)
class Restored:
    """What the TEI says the source was."""

    name: str
    data: bytes
    sha256: str  # as the header states it
    withheld: tuple[str, ...] = ()  # lines that the header says are kept back in this copy: `7-12 15`

    @property
    def is_faithful(self) -> bool:
        """Whether the bytes are those of the source."""
        return hashlib.sha256(self.data).hexdigest() == self.sha256


@dataclass(slots=True)
class Piece:
    """A run of one source line, as the file has it."""

    line: int  # from 1
    offset: int  # characters from the start of the line
    element: etree._Element  # the <lb> or <milestone> it begins with
    parts: list[str | bytes] = field(default_factory=list)

    @property
    def length(self) -> int:
        """In characters of the source; bytes that no character stands for count as one."""
        return sum(len(part) if isinstance(part, str) else 1 for part in self.parts)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the header says of the source file."""

    name: str
    sha256: str
    line_feeds: int
    encoding: str
    bom: bytes
    line_end: str


def restore(root: etree._Element, name: str) -> Restored:
    """The source's bytes; `name` is used in messages.

    Raises TeiError where the file does not keep the contract, so that no bytes can be told at all.
    """
    try:
        return _restore(root, name)
    except (ValueError, OverflowError, LookupError, RecursionError) as error:
        raise TeiError(f"a value cannot be read: {error}", where=name, remedy="run `edition validate`") from None


def _restore(root: etree._Element, name: str) -> Restored:
    facts = facts_of(root, name)
    found = pieces(root, name)
    beyond = next((piece for piece in found if not 1 <= piece.line <= facts.line_feeds + 1), None)
    if beyond:
        raise TeiError(
            f"line {beyond.line} is named, but the header says that the source has {facts.line_feeds + 1} lines",
            where=f"{name}:{beyond.element.sourceline}",
            remedy="correct lb/@n, or measure[@unit='lineFeeds'] in the header",
        )
    return Restored(facts.name, joined(found, facts, name), facts.sha256, history.kept_back(root))


def joined(found: Iterable[Piece], facts: Facts, name: str) -> bytes:
    """The file that the pieces make. Raises TeiError for a character that its encoding does not have."""
    rows = [b""] * (facts.line_feeds + 1)
    for piece in sorted(found, key=lambda one: (one.line, one.offset)):  # stable: equal ones stay in document order
        rows[piece.line - 1] += _bytes_of(piece, facts.encoding, name)
    end = ("\r\n" if facts.line_end == "CRLF" else "\n").encode(facts.encoding)
    return facts.bom + end.join(rows)


def _bytes_of(piece: Piece, encoding: str, name: str) -> bytes:
    out = []
    for part in piece.parts:
        try:
            out.append(part if isinstance(part, bytes) else part.encode(encoding))
        except UnicodeEncodeError as error:
            raise TeiError(
                f"the character {part[error.start]!r} cannot have stood in a source encoded as {encoding}",
                where=f"{name}:{piece.element.sourceline}",
                remedy="put changes of characters into <choice> or <supplied>",
            ) from None
    return b"".join(out)


def pieces(root: etree._Element, name: str) -> list[Piece]:
    """The pieces in document order. Raises TeiError where the file does not say which line a text is."""
    reader = _Reader(name)
    text = root.find(f"{T}text")
    if text is not None:
        reader.element(text)
    return reader.pieces


def lines_of(root: etree._Element, name: str) -> dict[int, int]:
    """The line of the XML on which each line of the source begins, or its first piece that stands there."""
    return {piece.line: int(piece.element.sourceline or 1) for piece in reversed(pieces(root, name))}


class _Reader:
    """Walks the text once; the last of `pieces` is the one whose characters come now."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.pieces: list[Piece] = []

    def element(self, element: etree._Element) -> None:
        """Read the inside of the element, its tail excepted."""
        if not isinstance(element.tag, str) or element.tag in EDITOR:
            return
        match element.tag.rpartition("}")[2]:
            case "lb" | "milestone":
                if at := _position(element, self.name):
                    self.pieces.append(Piece(*at, element))
            case "space":
                self.part(_white(element, self.name), element)
            case "g":
                self.part(_bytes(element, self.name), element)
            case _:
                self.text(element.text, element)
                for child in element:
                    self.element(child)
                    self.text(child.tail, child)

    def text(self, text: str | None, element: etree._Element) -> None:
        kept = layout_free(text)
        if kept and (self.pieces or kept.strip()):
            self.part(kept, element)

    def part(self, what: str | bytes, element: etree._Element) -> None:
        if not self.pieces:
            raise TeiError(
                "text stands before the first <lb/>, so nobody can tell which source line it is",
                where=f"{self.name}:{element.sourceline}",
                remedy="put the <lb n=…/> of its line before it",
            )
        self.pieces[-1].parts.append(what)


def _position(element: etree._Element, name: str) -> tuple[int, int] | None:
    n = element.get("n", "")
    if element.tag == f"{T}lb":
        found = re.fullmatch(r"([1-9]\d*)()", n)
    elif element.get("unit") == "chars":
        found = re.fullmatch(r"([1-9]\d*)\.(\d+)", n)
    else:
        return None
    if not found:
        raise TeiError(
            f"n={n!r} does not name a source line",
            where=f"{name}:{element.sourceline}",
            remedy='write <lb n="LINE"/> or <milestone unit="chars" n="LINE.OFFSET"/>',
        )
    return int(found[1]), int(found[2] or 0)


def _white(element: etree._Element, name: str) -> str:
    code, quantity = element.get("n", "U+0020"), element.get("quantity", "1")
    if not re.fullmatch(r"U\+(10|0?[0-9A-F])?[0-9A-F]{4}", code) or not re.fullmatch("[0-9]{1,7}", quantity):
        raise TeiError('a <space> needs n="U+XXXX" and a quantity', where=f"{name}:{element.sourceline}")
    return chr(int(code[2:], 16)) * int(quantity)


def _bytes(element: etree._Element, name: str) -> bytes:
    if not _HEX.fullmatch(element.get("n", "")):
        raise TeiError("a <g> needs its bytes in hexadecimal as n", where=f"{name}:{element.sourceline}")
    return bytes.fromhex(element.get("n", ""))


def facts_of(root: etree._Element, name: str) -> Facts:
    """What the header says of the source file. Raises TeiError where it says nothing, or nothing that can be."""

    def one(path: str) -> str:
        found = root.findtext(f".//{T}bibl[@type='digitalSource']/{path}")
        if found is None:
            raise TeiError(
                f"the header lacks {path.replace(T, '')} of the digital source",
                where=name,
                remedy="copy the <bibl type='digitalSource'> from the file that the program wrote",
            )
        return found.strip()

    size = root.find(f".//{T}bibl[@type='digitalSource']/{T}extent/{T}measure[@unit='bytes']")
    feeds = root.find(f".//{T}bibl[@type='digitalSource']/{T}extent/{T}measure[@unit='lineFeeds']")
    try:
        encoding = codecs.lookup(one(f"{T}note[@type='encoding']")).name
        if encoding not in _ENCODINGS:
            raise ValueError(f"the encoding {encoding} is none that sources are read in")
        line_feeds = int(feeds.get("quantity", "") if feeds is not None else "")
        if line_feeds > int(size.get("quantity", "") if size is not None else ""):
            raise ValueError(f"{line_feeds} line feeds do not fit into the bytes stated")
        return Facts(
            name=one(f"{T}idno[@type='filename']"),
            sha256=one(f"{T}idno[@type='sha256']"),
            line_feeds=line_feeds,
            encoding=encoding,
            bom=b"" if (bom := one(f"{T}note[@type='bom']")) == "none" else bytes.fromhex(bom),
            line_end=one(f"{T}note[@type='lineEnd']"),
        )
    except (ValueError, LookupError) as error:
        raise TeiError(f"the header's facts of the digital source are no facts: {error}", where=name) from None
