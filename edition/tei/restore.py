"""TEI to the source's bytes, from the file alone. This is the check of law 1: it knows the contract, not the model.

The contract: characters after `<lb n="L"/>` are line L's, after `<milestone unit="chars" n="L.O"/>` line L's from
character O; `<space>` is white space, `<g n="HEX"/>` bytes; XML line feeds with the blanks beside them are no text;
what an editor added (`corr reg supplied note figDesc desc`) is not the source's; lines never named are empty; the
header says how many line feeds there are and how the file was encoded.
"""

import codecs
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from lxml import etree

from edition.errors import TeiError
from edition.tei.names import EDITOR, T
from edition.tei.parse import layout_free

_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030", "big5")  # as Python names them
_HEX = re.compile(r"([0-9A-F]{2})+")
Part: TypeAlias = tuple[tuple[int, int], str | bytes]  # (line, offset of the piece), its characters or bytes


@dataclass(frozen=True, slots=True)
class Restored:
    """What the TEI says the source was."""

    name: str
    data: bytes
    sha256: str  # as the header states it

    @property
    def is_faithful(self) -> bool:
        """Whether the bytes are those of the source."""
        return hashlib.sha256(self.data).hexdigest() == self.sha256


@dataclass(frozen=True, slots=True)
class _Facts:
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
    facts = _facts(root, name)
    lines: dict[int, list[tuple[int, str | bytes]]] = {}
    text = root.find(f"{T}text")
    for (line, offset), part in _Reader(name).element(text) if text is not None else ():
        lines.setdefault(line, []).append((offset, part))
    beyond = [line for line in lines if not 1 <= line <= facts.line_feeds + 1]
    if beyond:
        raise TeiError(
            f"line {beyond[0]} is named, but the header says that the source has {facts.line_feeds + 1} lines",
            where=name,
            remedy="correct lb/@n, or measure[@unit='lineFeeds'] in the header",
        )
    end = ("\r\n" if facts.line_end == "CRLF" else "\n").encode(facts.encoding)
    rows = (_line(lines.get(number, []), facts.encoding, name) for number in range(1, facts.line_feeds + 2))
    return Restored(facts.name, facts.bom + end.join(rows), facts.sha256)


def _line(parts: list[tuple[int, str | bytes]], encoding: str, name: str) -> bytes:
    out = []
    for _, part in sorted(parts, key=lambda pair: pair[0]):  # stable: equal offsets stay in document order
        try:
            out.append(part if isinstance(part, bytes) else part.encode(encoding))
        except UnicodeEncodeError as error:
            raise TeiError(
                f"the character {part[error.start]!r} cannot have stood in a source encoded as {encoding}",
                where=name,
                remedy="put changes of characters into <choice> or <supplied>",
            ) from None
    return b"".join(out)


class _Reader:
    """Walks the text once; `at` is the line and offset of the piece whose characters come now."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.at: tuple[int, int] | None = None

    def element(self, element: etree._Element) -> Iterator[Part]:
        """The parts inside the element, its tail excepted."""
        if not isinstance(element.tag, str) or element.tag in EDITOR:
            return
        match etree.QName(element).localname:
            case "lb" | "milestone":
                self.at = _position(element, self.name) or self.at
            case "space":
                yield self._part(_white(element, self.name), element)
            case "g":
                yield self._part(_bytes(element, self.name), element)
            case _:
                yield from self._text(element.text, element)
                for child in element:
                    yield from self.element(child)
                    yield from self._text(child.tail, child)

    def _text(self, text: str | None, element: etree._Element) -> Iterator[Part]:
        kept = layout_free(text)
        if kept and (self.at is not None or kept.strip()):
            yield self._part(kept, element)

    def _part(self, what: str | bytes, element: etree._Element) -> Part:
        if self.at is None:
            raise TeiError(
                "text stands before the first <lb/>, so nobody can tell which source line it is",
                where=f"{self.name}:{element.sourceline}",
                remedy="put the <lb n=…/> of its line before it",
            )
        return self.at, what


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


def _facts(root: etree._Element, name: str) -> _Facts:
    """What the header says of the file."""

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
        return _Facts(
            name=one(f"{T}idno[@type='filename']"),
            sha256=one(f"{T}idno[@type='sha256']"),
            line_feeds=line_feeds,
            encoding=encoding,
            bom=b"" if (bom := one(f"{T}note[@type='bom']")) == "none" else bytes.fromhex(bom),
            line_end=one(f"{T}note[@type='lineEnd']"),
        )
    except (ValueError, LookupError) as error:
        raise TeiError(f"the header's facts of the digital source are no facts: {error}", where=name) from None
