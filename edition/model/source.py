"""The evidence: one source file as lines of characters, with every byte accounted for.

A line is what stands between two U+000A. A character of a line is a character that XML can hold; where the file
has bytes that are no such character, the line has U+FFFD (or the character they read as) at that offset and the
bytes stand beside it in `Line.raw`. So `Transcript` and file determine each other, byte for byte.
"""

from dataclasses import dataclass
from typing import Literal

LineEnd = Literal["LF", "CRLF"]
UNREADABLE = "\ufffd"
ZERO_WIDTH = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"  # characters that nobody sees


@dataclass(frozen=True, slots=True)
class RawAt:
    """Bytes that the text cannot stand for by itself."""

    offset: int  # characters from the start of the line
    data: bytes  # as in the file


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the source file, without its end."""

    number: int  # from 1
    text: str  # legal in XML, one character for each entry of `raw`
    raw: tuple[RawAt, ...] = ()

    def __hash__(self) -> int:
        return hash(self.text)


@dataclass(frozen=True, slots=True)
class Transcript:
    """One decoded source file."""

    name: str  # file name without folders
    sha256: str  # of the file's bytes, in hexadecimal
    size: int  # bytes
    encoding: str  # IANA name
    bom: bytes  # the byte order mark as found, or nothing
    line_end: LineEnd  # CRLF only if every line feed follows a carriage return
    lines: tuple[Line, ...]  # number of line feeds + 1

    @property
    def line_feeds(self) -> int:
        """How many line feeds the file has."""
        return len(self.lines) - 1
