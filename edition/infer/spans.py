"""Rows of the source to content: every character of a line becomes text, white space, a mark or bytes, none is lost.

Blanks and marks at a line's edges are not reading text; a line of nothing but white space goes with the text before
it. The first row of a page brings the white lines before it.
"""

import re
from collections.abc import Iterator, Sequence

from edition.infer.rows import Row, is_empty
from edition.model.inline import Content, Decision, Inline, Join, PieceStart, RawBytes, Space, Surplus, Text, content
from edition.model.source import UNREADABLE, Line, Transcript

_LATIN_END = re.compile(r"[0-9A-Za-z,.;:!?'\")]$")
_LATIN_BEGIN = re.compile(r"[A-Za-z]|[0-9]+[A-Za-z]")
_EDGE = re.compile(r"(?P<white>(\s)\2*)|(?P<mark>\S+[ \t\u3000]*)")


class Spans:
    """Makes content from rows of one transcript; each row may be asked for once, in parts."""

    def __init__(self, transcript: Transcript, rows: Sequence[Row]) -> None:
        self._white: dict[int, list[Line]] = {}  # white lines, by the number of the row before them
        self._first = (rows[0].line.number, rows[0].begin) if rows else (0, 0)
        last, numbers = 0, {row.line.number for row in rows}
        for line in transcript.lines:
            if line.number in numbers:
                last = line.number
            elif line.text and is_empty(line):
                self._white.setdefault(last, []).append(line)

    def rows(
        self,
        rows: Sequence[Row],
        *,
        start: int = 0,
        end: int | None = None,
        first: PieceStart | None = None,
        head: bool = False,
        breaks: Sequence[tuple[int, int]] = (),
    ) -> Content:
        """The content of the reading text from character `start` to `end` of the joined rows.

        `first` replaces the plain start of the first piece (its line and offset are filled in); in a head lines end
        where they end in the source, in a paragraph they are joined. `breaks` are (start, end) of blanks that stand
        for a line break, counted in the joined text.
        """
        sizes = [row.size for row in rows]
        stop = sum(sizes) if end is None else end
        nodes: list[Inline] = []
        at = 0
        for index, (row, size) in enumerate(zip(rows, sizes)):
            low, high = max(start - at, 0), min(stop - at, size)
            if low < high or (low == high == 0 and not size):
                here = [(a - at, b - at) for a, b in breaks if a >= at and b <= at + size]
                join = join_of(rows[index - 1], row, head=head) if nodes else None
                nodes += self._row(row, low, high, first if not nodes else None, join, here)
            at += size
        return content(nodes)

    def _row(
        self, row: Row, low: int, high: int, first: PieceStart | None, join: Join | None, breaks: list[tuple[int, int]]
    ) -> Iterator[Inline]:
        line, text = row.line, row.text
        begin = row.begin if low == 0 else row.at(low)
        stop = len(line.text) if row.stop is None else row.stop
        if low == 0 and (line.number, begin) == self._first:
            for white in self._white.get(0, ()):
                yield from _white_line(white, None if white is self._white[0][0] else "no")
                join = "no"
        yield PieceStart(
            line.number,
            begin,
            join or (first.join if first else None),
            first.column if first else row.column and join is not None,
            first.id if first else None,
            first.decision if first else None,
        )
        if low == 0 and row.begin < row.start:
            yield from _edge(line, row.begin, row.start)
        at = row.at(low)
        for a, b in breaks:
            if low <= a and b <= high and not _parted(row, a, b):
                yield from _reading(row, at, row.at(a))
                yield from _edge(line, row.at(a), row.at(b), line_break=True)
                at = row.at(b)
        if low:
            stripped = low + len(text[low:high]) - len(text[low:high].lstrip())
            before = row.at(stripped + 1) - 1 if stripped < high else row.at(high)
            yield from _edge(line, at, before)
            at = before
        yield from _reading(row, at, row.at(high))
        if high == len(text):
            if row.end < stop:
                yield from _edge(line, row.end, stop)
            for white in self._white.get(line.number, ()) if row.stop is None else ():
                yield from _white_line(white, "no")


def _parted(row: Row, start: int, end: int) -> bool:
    """Whether marks stand in the text from character `start` to `end`."""
    return any(row.at(start) <= mark.start < row.at(end) for mark in row.inner)


def join_of(before: Row, after: Row, *, head: bool) -> Join:
    """How two rows of one block are joined: in a head lines break, in text only Latin words need a blank."""
    if head:
        return "no" if before.text[-1:] in "，、：；,:;" else "yes"
    latin = _LATIN_BEGIN.match(after.text) and _LATIN_END.search(before.text)
    return "yes" if latin else "no"


def _white_line(line: Line, join: Join | None) -> Iterator[Inline]:
    yield PieceStart(line.number, 0, join)
    yield from _edge(line, 0, len(line.text))


def _edge(line: Line, start: int, end: int, *, line_break: bool = False) -> Iterator[Inline]:
    """Characters that are not read: white space and marks of the OCR tool."""
    raw = {kept.offset: kept.data for kept in line.raw}
    at = start
    while at < end:
        if at in raw:
            yield _raw(line, at, raw[at])
            at += 1
            continue
        stop = min([end, *(offset for offset in raw if offset > at)])
        found = _EDGE.match(line.text, at, stop)
        if found is None:
            raise AssertionError(f"line {line.number}: neither blank nor mark at {at}")
        if found["white"]:
            yield Space(found["white"][0], len(found["white"]), line_break)
            line_break = False
        else:
            yield Surplus("markup", (Text(found["mark"]),))
        at = found.end()


def _reading(row: Row, start: int, end: int) -> Iterator[Inline]:
    """Characters that are read, and the marks between them; a new piece begins where a mark stands for a blank."""
    at = start
    for mark in row.inner:
        if start <= mark.start and mark.end <= end:
            yield from _characters(row.line, at, mark.start)
            yield from _edge(row.line, mark.start, mark.end)
            if mark.kind and mark.end < end:
                yield PieceStart(row.line.number, mark.end, "yes")
            at = mark.end
    yield from _characters(row.line, at, end)


def _characters(line: Line, start: int, end: int) -> Iterator[Inline]:
    at = start
    for kept in line.raw:
        if start <= kept.offset < end:
            yield Text(line.text[at : kept.offset])
            yield _raw(line, kept.offset, kept.data)
            at = kept.offset + 1
    yield Text(line.text[at:end])


def _raw(line: Line, offset: int, data: bytes) -> RawBytes:
    char = line.text[offset]
    return RawBytes(data, "" if char == UNREADABLE else char)


def start_with(
    *, join: Join | None = None, column: bool = False, id_: str | None = None, decision: Decision | None = None
) -> PieceStart:
    """How a content's first piece shall start; line and offset come from its row."""
    return PieceStart(0, 0, join, column, id_, decision)
