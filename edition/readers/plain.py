"""Plain OCR text, Markdown marks included, to a `Transcript`. Nothing is interpreted here."""

import hashlib

from edition.findings import Finding
from edition.model.source import UNREADABLE, Line, LineEnd, RawAt, Transcript
from edition.readers.decode import Char, decode


def read(data: bytes, name: str, encoding: str | None = None) -> tuple[Transcript, tuple[Finding, ...]]:
    """The transcript of a file and what was doubtful about its bytes.

    `data` is the whole file, `name` its name without folders, `encoding` an IANA name if known.
    Raises SourceError for a file that is empty or no text.
    """
    decoded = decode(data, name, encoding)
    text, kept = decoded.text, decoded.kept
    line_end: LineEnd = "CRLF" if _every_line_ends_crlf(text) else "LF"
    lines = tuple(_lines(text, kept, crlf=line_end == "CRLF", encoding=decoded.encoding))
    transcript = Transcript(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        encoding=decoded.encoding,
        bom=decoded.bom,
        line_end=line_end,
        lines=lines,
    )
    return transcript, _findings(transcript, decoded.guessed)


def _every_line_ends_crlf(text: str) -> bool:
    feeds = text.count("\n")
    return feeds > 0 and text.count("\r\n") == feeds


def _lines(text: str, kept: tuple[Char, ...], *, crlf: bool, encoding: str) -> list[Line]:
    """The lines; a carriage return that is no part of a declared line end is kept as bytes."""
    end = "\r\n" if crlf else "\n"
    at, mine, lines = 0, list(reversed(kept)), []
    for number, part in enumerate(text.split(end), 1):
        raw = {}
        while mine and mine[-1].offset < at + len(part):
            char = mine.pop()
            raw[char.offset - at] = char.data
        for offset, char_ in enumerate(part) if "\r" in part else ():
            if char_ == "\r":
                raw[offset] = "\r".encode(encoding)
        lines.append(Line(number, part.replace("\r", UNREADABLE), tuple(RawAt(o, raw[o]) for o in sorted(raw))))
        at += len(part) + len(end)
    return lines


def _findings(transcript: Transcript, guessed: bool) -> tuple[Finding, ...]:
    out = []
    if guessed:
        out.append(Finding("D-001", transcript.name, f"read as {transcript.encoding}; nothing in the file says so"))
    for line in transcript.lines:
        if line.raw:
            shown = " ".join(raw.data.hex().upper() for raw in line.raw[:8])
            message = f"{len(line.raw)} place(s) kept as bytes: {shown}"
            out.append(Finding("D-002", f"{transcript.name}:{line.number}", message))
    return tuple(out)
