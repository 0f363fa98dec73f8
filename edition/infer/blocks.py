"""Lines to blocks: runs of lines that nobody doubts belong together, so that only real questions are left.

A block is at least one line. A run of lines without a gap is cut where `rows` sees a block begin; in a page whose
lines are not broken at column width each line is a block.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from edition.infer import gutters
from edition.infer.gutters import Part
from edition.infer.measure import Profile, measure_of, profile
from edition.infer.rows import beginnings, seen
from edition.model.source import UNREADABLE, Line, Transcript
from edition.model.widths import em_width

_MARK = re.compile(r"(#{1,6}|[*+-])[ \t\u3000]+(?=\S)|#{1,6}(?=[^#\s])")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.*\S)\1$")
_MARKUP = re.compile(
    r"!\[[^\]]*\]\([^)]*\)|</?[a-zA-Z][^>]*>(?:\s*</?[a-zA-Z][^>]*>)*|<!--.*-->|(?:[-*_=]\s*){3,}|[—─━–]{4,}|```\w*"
)
_ZERO_WIDTH = frozenset("\u200b\u2060\ufeff")
_INDENT = 1.0  # em of white space at a line's start from which it is an indent


@dataclass(frozen=True, slots=True)
class Row:
    """One line with text, or a part of one: where its reading text begins and ends."""

    line: Line
    start: int  # characters; before it white space and marks
    end: int  # characters; after it white space and marks
    mark: str = ""  # the OCR tool's mark at the start, without blanks
    indent: float = 0.0  # em of white space before the mark
    begin: int = 0  # characters; where the part begins
    stop: int | None = None  # characters; where the part ends, None at the end of the line
    column: bool = False  # whether the text goes on here from the foot of a column

    @property
    def place(self) -> str:
        """The line's number, with the offset of a part that does not begin its line."""
        return f"{self.line.number}.{self.begin}" if self.begin else str(self.line.number)

    @property
    def text(self) -> str:
        """The reading text."""
        return self.line.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together, and the empty lines before them."""

    index: int  # from 0, in the order of the source
    rows: tuple[Row, ...]
    gap: int  # empty lines before
    markup: bool = False  # a line that is no reading text
    text: str = ""  # the rows' texts, joined
    widths: tuple[float, ...] = field(default=())  # em, one for each row
    measure: float | None = None  # em

    @property
    def level(self) -> int:
        """The level of a Markdown heading, or 0."""
        mark = self.rows[0].mark
        return len(mark) if mark.startswith("#") else 0


def blocks(transcript: Transcript) -> tuple[tuple[Block, ...], Profile]:
    """The blocks of a page in the order of the source, and the page's profile."""
    parts = gutters.parts([_visible(line) for line in transcript.lines])
    runs = list(_runs(transcript.lines) if parts is None else _runs_of_parts(transcript.lines, parts))
    texts = [[row.text for row in run] for run, _, markup in runs if not markup]
    gaps = [gap for _, gap, markup in runs if not markup]
    indents = sum(row.indent >= _INDENT for run, _, _ in runs for row in run)
    page = profile(texts, gaps, indents)
    out: list[Block] = []
    for run, gap, markup in runs:
        for part in _parts(run, page):
            out.append(_block(len(out), part, 0 if out and part[0] is not run[0] else gap, markup))
    return tuple(out), page


def _block(index: int, rows: Sequence[Row], gap: int, markup: bool) -> Block:
    widths = tuple(em_width(row.text) for row in rows)
    return Block(index, tuple(rows), gap, markup, "".join(row.text for row in rows), widths, measure_of(widths))


def is_empty(line: Line) -> bool:
    """Whether the line has no reading text: white space, control characters and zero-width characters only."""
    return not any(True for _ in _reading_places(line))


def _reading_places(line: Line) -> Iterator[int]:
    """The offsets of characters that are no blanks."""
    kept = {raw.offset for raw in line.raw}
    for at, char in enumerate(line.text):
        if not char.isspace() and char not in _ZERO_WIDTH and not (char == UNREADABLE and at in kept):
            yield at


def _runs(lines: Sequence[Line]) -> Iterator[tuple[list[Row], int, bool]]:
    """(rows, empty lines before, whether it is markup) for each run; a markup line is a run of its own."""
    gap = 0
    for empty, group in groupby(lines, key=is_empty):
        members = list(group)
        if empty:
            gap += len(members)
            continue
        for markup, rows in groupby(map(_row, members), key=_is_markup):
            if markup:
                for row in rows:
                    yield [row], gap, True
                    gap = 0
            else:
                yield list(rows), gap, False
                gap = 0


def _runs_of_parts(lines: Sequence[Line], parts: Sequence[Part]) -> Iterator[tuple[list[Row], int, bool]]:
    """The same of lines with columns side by side: a run is a column, or what stands above columns."""
    run: list[Row] = []
    gap = 0
    for part in parts:
        row = _part_row(lines[part.line], part)
        if run and (part.gap or _is_markup(row) or _is_markup(run[0])):
            yield run, gap, _is_markup(run[0])
            run, gap = [], part.gap
        run.append(row)
    if run:
        yield run, gap, _is_markup(run[0])


def _visible(line: Line) -> str:
    """The line with blanks for what has no reading."""
    if not line.raw and not _ZERO_WIDTH & set(line.text):
        return line.text
    places = set(_reading_places(line))
    return "".join(char if at in places else " " for at, char in enumerate(line.text))


def _part_row(line: Line, part: Part) -> Row:
    row = _row(line, part.start, part.end)
    indent = row.indent if part.indent is None else part.indent
    stop = part.end if part.end < len(line.text) else None
    return replace(row, indent=indent, begin=part.start, stop=stop, column=part.column)


def _row(line: Line, begin: int = 0, stop: int | None = None) -> Row:
    """The row of a line, or of its characters from `begin` to `stop`."""
    text = line.text[:stop]
    places = []
    if line.raw or _ZERO_WIDTH & set(text):
        places = [at for at in _reading_places(line) if begin <= at < len(text)]
    start = places[0] if places else len(text) - len(text[begin:].lstrip())
    end = places[-1] + 1 if places else len(text.rstrip())
    blanks = "".join(char for char in text[begin:start] if char.isspace())
    indent = em_width(blanks.replace("\t", "\u3000\u3000"))
    mark = ""
    if _MARKUP.fullmatch(text[start:end]):
        return Row(line, start, end, "", indent)
    if found := _MARK.match(text, start, end):
        start, mark = found.end(), found[0].strip()
    if bold := _BOLD.match(text, start, end):
        start, end = bold.start(2), bold.end(2)
    return Row(line, start, max(start, end), mark, indent)


def _is_markup(row: Row) -> bool:
    return bool(_MARKUP.fullmatch(row.text)) or not row.text


def _parts(run: Sequence[Row], page: Profile) -> Iterator[list[Row]]:
    """The run cut into blocks."""
    begins = _beginnings(run, page)
    part: list[Row] = []
    for at, row in enumerate(run):
        if part and at in begins:
            yield part
            part = []
        part.append(row)
    if part:
        yield part


def _beginnings(run: Sequence[Row], page: Profile) -> set[int]:
    """The indices of the rows at which blocks begin; each row is its own block where lines are not broken at a width."""
    measure = measure_of([em_width(row.text) for row in run]) or page.measure
    if measure is None:
        return set(range(len(run)))
    rows = [seen(row.text, row.indent, bool(row.mark)) for row in run]
    if not page.punctuated:  # any line may be a paragraph's last
        rows = [row._replace(terminal=True) for row in rows]
    return beginnings(rows, measure, page.measure or measure, indents_kept=page.indents_kept)
