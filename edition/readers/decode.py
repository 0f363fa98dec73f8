"""Bytes to characters such that the bytes can be had back.

What comes in: a file's bytes, and the encoding if somebody knows it. What goes out: the text as characters that XML
can hold, the encoding, and for each place where the characters alone would not give the bytes back, those bytes.
A guess of the encoding is said to be one.

Order of decision: byte order mark; strict UTF-8; UTF-8 with a few bad bytes; else GB18030 or Big5, whichever
charset-normalizer finds more likely.
"""

import codecs
import re
from dataclasses import dataclass
from typing import NamedTuple

from edition.errors import SourceError
from edition.model.source import UNREADABLE, ZERO_WIDTH

_READ = re.compile(f"[^\\s{ZERO_WIDTH}]")
_BOMS = ((codecs.BOM_UTF8, "UTF-8"), (codecs.BOM_UTF16_LE, "UTF-16LE"), (codecs.BOM_UTF16_BE, "UTF-16BE"))
ENCODINGS = ("UTF-8", "UTF-16LE", "UTF-16BE", "GB18030", "Big5")
_BAD_SHARE = 0.02  # of the bytes beyond ASCII: up to here a file with bad bytes is still UTF-8
_CONTROL_SHARE = 0.05  # of all characters: from here on a file is no text
_CONTROL_LEAST = 3
_ESCAPE = re.compile("[\udc00-\udcff]")
_NOT_XML = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


class Char(NamedTuple):
    """A character whose bytes have to be kept."""

    offset: int  # characters from the start of the text
    data: bytes


@dataclass(frozen=True, slots=True)
class Decoded:
    """The characters of a file."""

    text: str  # legal in XML, but for U+000D and U+000A
    kept: tuple[Char, ...]
    encoding: str
    bom: bytes
    guessed: bool


def decode(data: bytes, name: str, encoding: str | None = None) -> Decoded:
    """Decode a whole file.

    Raises SourceError if the file is empty or no text, or if the encoding is not one of `ENCODINGS`.
    """
    if _NOT_XML.search(name):
        raise SourceError(
            "the file's name holds bytes or characters that XML cannot hold", where=repr(name), remedy="rename the file"
        )
    bom, marked = next(((mark, name_) for mark, name_ in _BOMS if data.startswith(mark)), (b"", None))
    if marked and encoding and encoding != marked:
        bom, marked = b"", None
    body = data[len(bom) :]
    chosen, guessed = (encoding or marked, False) if encoding or marked else _guess(body)
    if chosen not in ENCODINGS:
        raise SourceError(f"unknown encoding {chosen!r}", where=name, remedy=f"use one of {', '.join(ENCODINGS)}")
    text, kept = _characters(body, chosen)
    _refuse_binary(text, kept, name)
    if _is_blank(text, kept):
        raise SourceError(
            "the file holds nothing but white space" if data else "the file is empty",
            where=name,
            remedy="put the page's text into it, or take the file out of the folder",
        )
    return Decoded(text, kept, chosen, bom, guessed)


def _is_blank(text: str, kept: tuple[Char, ...]) -> bool:
    """Whether nothing is left to read: white space, control and zero-width characters only."""
    unreadable = {char.offset for char in kept if text[char.offset] == UNREADABLE}
    return all(found.start() in unreadable for found in _READ.finditer(text))


def _guess(body: bytes) -> tuple[str, bool]:
    """The encoding, and whether it is a guess."""
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return "UTF-8", False
    high = sum(byte >= 0x80 for byte in body)
    if len(_ESCAPE.findall(body.decode("utf-8", "edition.keep"))) <= _BAD_SHARE * high:
        return "UTF-8", True
    from charset_normalizer import from_bytes

    best = from_bytes(body, cp_isolation=["gb18030", "big5", "utf_16_le", "utf_16_be"]).best()
    found = best.encoding if best else ""
    if not found:
        found = min(
            ("gb18030", "big5", "utf_8"), key=lambda codec: len(_ESCAPE.findall(body.decode(codec, "edition.keep")))
        )
    return {"big5": "Big5", "utf_16_le": "UTF-16LE", "utf_16_be": "UTF-16BE", "utf_8": "UTF-8"}.get(
        found, "GB18030"
    ), True


def _keep(error: UnicodeError) -> tuple[str, int]:
    """Codec error handler: each undecodable byte becomes U+DC00 plus its value, which no codec yields by itself."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    width = 2 if "16" in error.encoding else 1
    end = min(error.start + width, len(error.object))
    return "".join(chr(0xDC00 + byte) for byte in error.object[error.start : end]), end


codecs.register_error("edition.keep", _keep)


def _characters(body: bytes, encoding: str) -> tuple[str, tuple[Char, ...]]:
    """The text with unreadable places as U+FFFD, and the bytes of those places."""
    text = body.decode(encoding, "edition.keep")
    escaped = bool(_ESCAPE.search(text))
    if not escaped and not _NOT_XML.search(text.replace("\r", "")) and text.encode(encoding) == body:
        return text, ()
    kept = _kept(text, body, encoding)
    chars = list(text)
    for char in kept:
        if _NOT_XML.match(chars[char.offset]):
            chars[char.offset] = UNREADABLE
    return "".join(chars), tuple(kept)


def _kept(text: str, body: bytes, encoding: str) -> list[Char]:
    """Every character that is illegal in XML or would be encoded to other bytes than the file has."""
    kept, at = [], 0
    for offset, char in enumerate(text):
        if _ESCAPE.match(char):
            kept.append(Char(offset, body[at : at + 1]))
            at += 1
            continue
        width = _width(char, body, at, encoding)
        data = body[at : at + width]
        if data != char.encode(encoding) or (_NOT_XML.match(char) and char != "\r"):
            kept.append(Char(offset, data))
        at += width
    return kept


def _width(char: str, body: bytes, at: int, encoding: str) -> int:
    """How many bytes the character has in the file (not always as many as its encoder would write)."""
    usual = char.encode(encoding)
    if body.startswith(usual, at):
        return len(usual)
    for width in (1, 2, 3, 4):
        if body[at : at + width].decode(encoding, "ignore") == char:
            return width
    raise AssertionError(f"{encoding} decoded byte {at} to {char!r} out of nothing")


def _refuse_binary(text: str, kept: tuple[Char, ...], name: str) -> None:
    odd = sum(text[char.offset] == UNREADABLE for char in kept)
    if odd > _CONTROL_LEAST + _CONTROL_SHARE * len(text):
        raise SourceError(
            f"this is no text: {odd} of {len(text)} characters are control characters or bytes of no known encoding",
            where=name,
            remedy="give the OCR text; if `encoding` in edition.toml names another encoding than the file has, correct it",
        )
