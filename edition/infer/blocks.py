"""Lines to blocks: runs of lines that nobody doubts belong together, so that only real questions are left.

A block is at least one line. A run of lines without a gap is one block where it is column text or several lines of
one headline; it is cut where a line is a byline, credit, mark or furniture by its form, where a line begins with an
indent, or where a paragraph visibly ends (short last line after a full stop).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from edition.infer.evidence import ends_sentence, special_form
from edition.infer.measure import Profile, measure_of, profile
from edition.model.source import Line, Transcript
from edition.model.widths import em_width

_MARK = re.compile(r"(#{1,6}|[*+-])[ \t\u3000]+(?=\S)|#{1,6}(?=[^#\s])")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.*\S)\1$")
_MARKUP = re.compile(
    r"!\[[^\]]*\]\([^)]*\)|</?[a-zA-Z][^>]*>(?:\s*</?[a-zA-Z][^>]*>)*|<!--.*-->|(?:[-*_=]\s*){3,}|[—─━–]{4,}|```\w*"
)
_INDENT = 2.0  # em of white space at a line's start from which it is an indent
_SHORT = 1.5  # em by which a paragraph's last line stays under the measure


@dataclass(frozen=True, slots=True)
class Row:
    """One line with text: where its reading text begins and ends."""

    line: Line
    start: int  # characters; before it white space and marks
    end: int  # characters; after it white space and marks
    mark: str = ""  # the OCR tool's mark at the start, without blanks
    indent: float = 0.0  # em of white space before the mark

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
    runs = list(_runs(transcript.lines))
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
    """Whether the line has neither text nor bytes, white space aside."""
    return not line.raw and not line.text.strip()


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


def _row(line: Line) -> Row:
    text = line.text
    start = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    indent = em_width(text[:start].replace("\t", "\u3000\u3000"))
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
    widths = [em_width(row.text) for row in run]
    measure = measure_of(widths) or (page.measure if page.wrapped else None)
    part: list[Row] = []
    for at, row in enumerate(run):
        if part and _cut(run, widths, at, measure, page):
            yield part
            part = []
        part.append(row)
    if part:
        yield part


def _cut(run: Sequence[Row], widths: Sequence[float], at: int, measure: float | None, page: Profile) -> bool:
    """Whether a block begins at row `at` (which is not the run's first)."""
    row, before = run[at], run[at - 1]
    if row.mark or before.mark or special_form(row.text) or special_form(before.text):
        return True
    if measure is None:
        return True
    if page.indents_kept and row.indent >= _INDENT and before.indent < row.indent:
        return True
    if not ends_sentence(before.text):
        return False
    return widths[at - 1] < measure - _SHORT
