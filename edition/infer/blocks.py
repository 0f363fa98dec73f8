"""Lines to blocks: runs of lines that nobody doubts belong together, so that only real questions are left.

A block is at least one line. In a page whose lines are broken at column width the full lines of one column that
follow each other in mid-sentence are one block, with the short line that ends their sentence; every other line is a
block of its own. What belongs together beyond that is for the decoder to say.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby, pairwise
from typing import NamedTuple

from edition.infer import gutters
from edition.infer.evidence import ends_sentence, special_form
from edition.infer.gutters import Part
from edition.infer.measure import Profile, local_measures, profile
from edition.model.source import UNREADABLE, Line, Transcript
from edition.model.widths import HAN, em_width
from edition.words import simplified

_MARK = re.compile(r"(#{1,6}|[*+-])[ \t\u3000]+(?=\S)|#{1,6}(?=[^#\s])")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.*\S)\1$")
_MARKUP = re.compile(
    r"!\[[^\]]*\]\([^)]*\)|</?[a-zA-Z][^>]*>(?:\s*</?[a-zA-Z][^>]*>)*|<!--.*-->|(?:[-*_=]\s*){3,}|[—─━–]{4,}|```\w*"
)
_MARKS = "#*+-_=!<`—─━–"  # what these begin with
_ZERO_WIDTH = frozenset("\u200b\u2060\ufeff")
_PARTING = re.compile(f"(?<=[{HAN}，。、；：？！“”‘’《》（）0-9A-Za-z]) (?=[{HAN}，。、；：？！“”‘’《》（）0-9])")
_SINGLE = re.compile(f"[{HAN}]")
_PUNCTUATION = re.compile("[，。、；：？！,;:“”《》（）()]")
OPENING, CLOSING = ("（", "("), ("）", ")")
INDENT = 1.0  # em of white space at a line's start from which it is an indent
FULL = 1.2  # em by which a full line may differ from its measure
ALIKE = 0.6  # em by which two full lines without any mark in the first may differ
DOWNWARDS = 3  # lines of one Chinese character each from which they are read downwards
SHORT = 3.2  # em by which a line is too short to be a paragraph's first


@dataclass(frozen=True, slots=True)
class Row:
    """One line with text, or a part of one: where its reading text begins and ends."""

    line: Line
    start: int  # characters; before it white space and marks
    end: int  # characters; after it white space and marks
    mark: str = ""  # the OCR tool's mark at the start, without blanks
    indent: float = 0.0  # em of white space before the mark
    begin: int = 0  # characters; where the part begins, by a gutter or an editor's word
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

    @property
    def size(self) -> int:
        """How many characters that is."""
        return self.end - self.start

    def plain(self, page: Profile) -> str:
        """The text as it is looked at: without the blanks that a tool put between all characters, in simplified
        characters where the page is in traditional ones."""
        text = self.text
        if page.parted:
            text = _PARTING.sub("", text)
        return text.translate(simplified()) if page.traditional else text


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together, and the empty lines before them."""

    index: int  # from 0, in the order of the source
    rows: tuple[Row, ...]
    gap: int  # empty lines before
    markup: bool = False  # a line that is no reading text
    text: str = ""  # the rows' texts as they are looked at, joined
    widths: tuple[float, ...] = ()  # em, one for each row
    measure: float | None = None  # em, of the column around its first line

    def __hash__(self) -> int:
        return hash((self.index, self.text))

    @property
    def vertical(self) -> bool:
        """Whether it is a headline set downwards, a character a line."""
        return len(self.rows) >= DOWNWARDS and all(len(row.text) == 1 for row in self.rows)

    @property
    def level(self) -> int:
        """The level of a Markdown heading, or 0."""
        mark = self.rows[0].mark
        return len(mark) if mark.startswith("#") else 0


Cuts = Callable[[int], tuple[int, ...]]  # line -> offsets at which parts begin
Begins = Callable[[Row, Row], bool]  # whether a block begins with the second of two rows


def blocks(
    transcript: Transcript, cuts: Cuts = lambda line: (), begins: Begins = lambda before, here: False
) -> tuple[tuple[Block, ...], Profile]:
    """The blocks of a page in the order of the source, and the page's profile.

    `cuts` and `begins` are an editor's word on where parts and blocks begin. The page is measured without it: a part
    that was cut off by hand is as wide as the line was, where lines are broken at column width.
    """
    parts = _columns(tuple(transcript.lines))
    runs = list(_runs(transcript.lines) if parts is None else _runs_of_parts(transcript.lines, parts))
    texts = [[row.text for row in run] for run, _, markup in runs if not markup]
    gaps = [gap for _, gap, markup in runs if not markup]
    indents = sum(row.indent >= INDENT for run, _, _ in runs for row in run)
    page = profile(texts, gaps, indents, beside=parts is not None)
    plain = [row.plain(page) for run, _, _ in runs for row in run]
    widths = [em_width(text) for text in plain]
    measures = local_measures(widths, page.measure) if page.measure else [None] * len(widths)
    out: list[Block] = []
    first = 0
    for run, gap, markup in runs:
        last = first + len(run)
        seen = [
            part
            for row, text, width, measure in zip(run, plain[first:last], widths[first:last], measures[first:last])
            for part in _cut_up(_Seen(row, text, width, measure), cuts(row.line.number), page)
        ]
        for a, b in _parts(seen, begins):
            rows, texts_, own, measured = zip(*seen[a:b])
            out.append(Block(len(out), rows, gap if out and not a else 0, markup, "".join(texts_), own, measured[0]))
        first = last
    return tuple(out), page


@lru_cache(maxsize=2)
def _columns(lines: tuple[Line, ...]) -> Sequence[Part] | None:
    """The parts of the lines where columns stand side by side. No editor's word changes them, so they are found once."""
    return _whole(gutters.parts([_visible(line) for line in lines]), lines)


def is_empty(line: Line) -> bool:
    """Whether the line has no reading text: white space, control characters and zero-width characters only."""
    if not line.raw and _ZERO_WIDTH.isdisjoint(line.text):
        return not line.text.strip()
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


def _whole(parts: Sequence[Part] | None, lines: Sequence[Line]) -> Sequence[Part] | None:
    """The parts, if every line with text is in them from end to end; else None: then lines are read as they stand."""
    if parts is None:
        return None
    covered = Counter[int]()
    for part in parts:
        covered[part.line] += part.end - part.start
    complete = all(is_empty(line) or covered[at] == len(line.text) for at, line in enumerate(lines))
    return parts if complete else None


def _visible(line: Line) -> str:
    """The line with blanks for what has no reading."""
    if not line.raw and _ZERO_WIDTH.isdisjoint(line.text):
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
    if line.raw or not _ZERO_WIDTH.isdisjoint(text):
        places = [at for at in _reading_places(line) if begin <= at < len(text)]
    start = places[0] if places else len(text) - len(text[begin:].lstrip())
    end = places[-1] + 1 if places else len(text.rstrip())
    blanks = "".join([char for char in text[begin:start] if char.isspace()])
    indent = em_width(blanks.replace("\t", "\u3000\u3000"))
    mark = ""
    if text[start : start + 1] not in _MARKS or _MARKUP.fullmatch(text, start, end):
        return Row(line, start, max(start, end), "", indent)
    if found := _MARK.match(text, start, end):
        start, mark = found.end(), found[0].strip()
    if bold := _BOLD.match(text, start, end):
        start, end = bold.start(2), bold.end(2)
    return Row(line, start, max(start, end), mark, indent)


def _is_markup(row: Row) -> bool:
    text = row.text
    return text[:1] in _MARKS and (not text or bool(_MARKUP.fullmatch(text)))


class _Seen(NamedTuple):
    """A row and what is seen of it."""

    row: Row
    text: str  # as it is looked at
    width: float  # em
    measure: float | None


def _cut_up(whole: _Seen, offsets: Sequence[int], page: Profile) -> Iterator[_Seen]:
    """The parts into which an editor cut a row; where lines are broken at column width each is as wide as the row was."""
    if not offsets:
        yield whole
        return
    for part in _cut(whole.row, offsets):
        text = part.plain(page)
        yield _Seen(part, text, whole.width if whole.measure else em_width(text), whole.measure)


def _cut(row: Row, offsets: Sequence[int]) -> Iterator[Row]:
    """The row cut at the offsets inside its text; the blanks before a cut are those of the part on its left."""
    for offset in offsets:
        if row.start < offset < row.end:
            left = row.line.text[row.start : offset].rstrip()
            yield replace(row, end=row.start + len(left), stop=offset)
            row = Row(row.line, offset, row.end, begin=offset, stop=row.stop)
    yield row


def _parts(run: Sequence[_Seen], begins: Begins) -> Iterator[tuple[int, int]]:
    """The (first, end) of each block of a run."""
    first = 0
    down = _downwards(run)
    for at, (above, here) in enumerate(pairwise(run), 1):
        marked = here.row.indent >= INDENT or here.row.mark or above.row.mark
        sure = here.measure is not None and not marked and not down & {at - 1, at}
        goes_on = sure and _goes_on(above.text, here.text, above.width, here.width, here.measure or 0.0)
        broken = at - first == 1 and _is_signature(above.text, here.text)
        if not (goes_on or broken or down >= {at - 1, at}) or begins(above.row, here.row):
            yield first, at
            first = at
    yield first, len(run)


def _downwards(run: Sequence[_Seen]) -> set[int]:
    """The rows of a headline that is printed downwards: one Chinese character each, several below each other."""
    out: set[int] = set()
    for single, group in groupby(range(len(run)), key=lambda at: bool(_SINGLE.fullmatch(run[at].text))):
        rows = list(group)
        if single and len(rows) >= DOWNWARDS:
            out.update(rows)
    return out


def _goes_on(above: str, here: str, width_above: float, width: float, measure: float) -> bool:
    """Whether nobody doubts that a line goes on where the one above stops: a full line in mid-sentence, then another
    full line or the short end of the sentence."""
    if abs(width_above - measure) > FULL or ends_sentence(above):
        return False
    marked = bool(_PUNCTUATION.search(above))
    missing = measure - width
    full = abs(missing) <= FULL and (marked or (width >= width_above - ALIKE and bool(_PUNCTUATION.search(here))))
    ends = missing > SHORT and ends_sentence(here) and marked
    return (full or ends) and special_form(above) is None and special_form(here) is None


def _is_signature(above: str, here: str) -> bool:
    """Whether two lines are one signature in brackets, too long for its column."""
    if above[:1] not in OPENING or here[-1:] not in CLOSING or above[-1:] in CLOSING or here[:1] in OPENING:
        return False
    return special_form(above + here) in ("byline", "credit", "bracketed")


def raw_place(rows: Sequence[Row], place: int, page: Profile) -> int:
    """The place in the rows' texts of a place (in characters) in the text that is looked at."""
    if not page.parted:
        return place
    raw = "".join(row.text for row in rows)
    kept = [at for row_start, row in _starts(rows) for at in _kept(row.text, row_start)]
    return kept[place] if place < len(kept) else len(raw)


def _starts(rows: Sequence[Row]) -> Iterator[tuple[int, Row]]:
    at = 0
    for row in rows:
        yield at, row
        at += len(row.text)


def _kept(text: str, start: int) -> Iterator[int]:
    """The places of the characters that are looked at."""
    gone = {at for found in _PARTING.finditer(text) for at in range(found.start(), found.end())}
    return (start + at for at in range(len(text)) if at not in gone)
