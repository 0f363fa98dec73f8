"""Lines to blocks: runs of lines that nobody doubts belong together, so that only real questions are left.

A block is at least one line. A run of lines without a gap is cut where `rows` sees a block begin; in a page whose
lines are not broken at column width each line is a block.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

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
    """One line with text: where its reading text begins and ends."""

    line: Line
    start: int  # characters; before it white space and marks
    end: int  # characters; after it white space and marks
    mark: str = ""  # the OCR tool's mark at the start, without blanks
    indent: float = 0.0  # em of white space before the mark
    begin: int = 0  # the first character of the line that this row stands for
    stop: int | None = None  # the character after its last; None at the line's end

    @property
    def name(self) -> str:
        """Where it begins, as the TEI has it: `18`, or `18.14` for a piece inside a line."""
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


Cuts = Callable[[int], tuple[int, ...]]  # line -> offsets at which pieces begin
Decided = Callable[[Sequence[tuple[int, int]], set[int]], set[int]]  # rows' places and beginnings found -> beginnings


def blocks(
    transcript: Transcript,
    cuts: Cuts = lambda line: (),
    decided: Decided = lambda places, found: found,
) -> tuple[tuple[Block, ...], Profile]:
    """The blocks of a page in the order of the source, and the page's profile.

    `cuts` and `decided` are an editor's word on where pieces and blocks begin.
    """
    runs = list(_runs(transcript.lines, cuts))
    texts = [[row.text for row in run] for run, _, markup in runs if not markup]
    gaps = [gap for _, gap, markup in runs if not markup]
    indents = sum(row.indent >= _INDENT for run, _, _ in runs for row in run)
    page = profile(texts, gaps, indents)
    out: list[Block] = []
    for run, gap, markup in runs:
        for part in _parts(run, page, decided):
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


def _runs(lines: Sequence[Line], cuts: Cuts) -> Iterator[tuple[list[Row], int, bool]]:
    """(rows, empty lines before, whether it is markup) for each run; a markup line is a run of its own."""
    gap = 0
    for empty, group in groupby(lines, key=is_empty):
        members = list(group)
        if empty:
            gap += len(members)
            continue
        pieces = (piece for line in members for piece in _pieces(_row(line), cuts(line.number)))
        for markup, rows in groupby(pieces, key=_is_markup):
            if markup:
                for row in rows:
                    yield [row], gap, True
                    gap = 0
            else:
                yield list(rows), gap, False
                gap = 0


def _row(line: Line) -> Row:
    text = line.text
    places = list(_reading_places(line)) if line.raw or _ZERO_WIDTH & set(text) else []
    start = places[0] if places else len(text) - len(text.lstrip())
    end = places[-1] + 1 if places else len(text.rstrip())
    blanks = "".join(char for char in text[:start] if char.isspace())
    indent = em_width(blanks.replace("\t", "\u3000\u3000"))
    mark = ""
    if _MARKUP.fullmatch(text[start:end]):
        return Row(line, start, end, "", indent)
    if found := _MARK.match(text, start, end):
        start, mark = found.end(), found[0].strip()
    if bold := _BOLD.match(text, start, end):
        start, end = bold.start(2), bold.end(2)
    return Row(line, start, max(start, end), mark, indent)


def _pieces(row: Row, offsets: Sequence[int]) -> Iterator[Row]:
    """The row cut at the offsets inside its text; the blanks before a cut are those of the piece on its left."""
    for offset in offsets:
        if row.start < offset < row.end and row.line.text[offset : row.end].strip():
            left = row.line.text[row.start : offset].rstrip()
            yield replace(row, end=row.start + len(left), stop=offset)
            row = Row(row.line, offset, row.end, begin=offset)
    yield row


def _is_markup(row: Row) -> bool:
    return bool(_MARKUP.fullmatch(row.text)) or not row.text


def _parts(run: Sequence[Row], page: Profile, decided: Decided) -> Iterator[list[Row]]:
    """The run cut into blocks."""
    begins = decided([(row.line.number, row.begin) for row in run], _beginnings(run, page))
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
    measure = measure_of([_line_width(row) for row in run]) or page.measure
    if measure is None:
        return set(range(len(run)))
    rows = [seen(row.text, row.indent, bool(row.mark))._replace(width=_line_width(row)) for row in run]
    if not page.punctuated:  # any line may be a paragraph's last
        rows = [row._replace(terminal=True) for row in rows]
    return beginnings(rows, measure, page.measure or measure, indents_kept=page.indents_kept)


def _line_width(row: Row) -> float:
    """The width in em, for a piece that of its whole line: what was cut by hand was set in full."""
    return em_width(row.line.text.strip() if row.begin or row.stop is not None else row.text)
