"""Lines to blocks: runs of lines that nobody doubts belong together, so that only real questions are left.

A block is at least one line. In a page whose lines are broken at column width the full lines of one column that
follow each other in mid-sentence are one block, with the short line that ends their sentence; every other line is a
block of its own. What belongs together beyond that is for the decoder to say.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import dropwhile, groupby, pairwise
from typing import NamedTuple

from edition.infer import gutters
from edition.infer.evidence import begins_torn, ends_sentence
from edition.infer.forms import special_form
from edition.infer.gutters import Part
from edition.infer.markup import Whole, marked
from edition.infer.measure import Profile, in_columns, local_measures, profile
from edition.infer.rows import Row, is_empty, is_plain, part_row, rows, visible_places
from edition.infer.turns import by_turns
from edition.model.source import Line, Transcript
from edition.model.widths import HAN_RUN, em_width
from edition.words import Dictionary

_PUNCTUATION = re.compile("[，。、；：？！,;:“”《》（）()]")
OPENING, CLOSING = ("（", "("), ("）", ")")
INDENT = 1.0  # em of white space at a line's start from which it is an indent
FULL = 1.2  # em by which a full line may differ from its measure
ALIKE = 0.6  # em by which two full lines without any mark in the first may differ
DOWNWARDS = 3  # lines of one Chinese character each from which they are read downwards
UPRIGHT = 4  # digits of a number that stands upright in a headline set downwards, at most
SELDOM = 0.03  # share of lines that may follow closer where a tool put empty lines between all
FEW = 12  # lines that tell nothing of how a page is spaced
SHORT = 3.2  # em by which a line is too short to be a paragraph's first


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
        return len(self.rows) >= DOWNWARDS and all(_stands_downwards(row.text) for row in self.rows)

    @property
    def level(self) -> int:
        """The level of a Markdown heading, or 0."""
        mark = self.rows[0].mark
        return len(mark) if mark.startswith("#") else 0

    @property
    def cells(self) -> bool:
        """Whether it is a line of a table, several cells beside each other."""
        return "cell" in self.rows[0].told

    @property
    def whole(self) -> Whole:
        """What a block of markup is: the place of a picture, a rule, a page's end, a tool's mark or a model's own words."""
        return self.rows[0].whole


Cuts = Callable[[int], tuple[int, ...]]  # line -> offsets at which parts begin
Begins = Callable[[Row, Row], bool]  # whether a block begins with the second of two rows


def blocks(
    transcript: Transcript,
    cuts: Cuts = lambda line: (),
    begins: Begins = lambda before, here: False,
    dictionary: Dictionary | None = None,
) -> tuple[tuple[Block, ...], Profile]:
    """The blocks of a page in the order of the source, and the page's profile.

    `cuts` and `begins` are an editor's word on where parts and blocks begin. The page is measured without it: a part
    that was cut off by hand is as wide as the line was, where lines are broken at column width. Without a dictionary
    columns that are printed by turns are not looked for.
    """
    parts = _columns(tuple(transcript.lines), dictionary)
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
def _columns(lines: tuple[Line, ...], dictionary: Dictionary | None) -> Sequence[Part] | None:
    """The parts of the lines where columns stand side by side, or lines by turns. No editor's word changes them, so they
    are found once."""
    seen = [_visible(line) for line in lines]
    beside = _whole(gutters.parts(seen), lines)
    return beside or (_whole(by_turns(seen, dictionary), lines) if dictionary else None)


def _runs(lines: Sequence[Line]) -> Iterator[tuple[list[Row], int, bool]]:
    """(rows, empty lines before, whether it is markup) for each run; what is no reading text is a run of its own."""
    run: list[Row] = []
    gap, empty, free = 0, 0, _leading(lines)
    for line, found in zip(lines, marked([line.text for line in lines])):
        if is_empty(line):
            empty += 1
            if run and empty > free:
                yield run, gap, False
                run, gap = [], 0
            gap += empty > free
            continue
        empty = 0
        for row in rows(line, found):
            if run and (row.whole or row.apart):
                yield run, gap, False
                run, gap = [], 0
            if row.whole:
                yield [row], gap, True
                gap = 0
                continue
            gap = max(gap, int(row.apart)) if not run else gap
            run.append(row)
    if run:
        yield run, gap, False


def _leading(lines: Sequence[Line]) -> int:
    """How many empty lines stand between any two lines of a page that is broken at column width: they part nothing.

    0 where that is not so of nearly all, or where lines are pieces of paragraphs.
    """
    places = [at for at, line in enumerate(lines) if not is_empty(line)]
    gaps = sorted(after - before - 1 for before, after in pairwise(places))
    least = gaps[int(len(gaps) * SELDOM)] if len(gaps) >= FEW else 0
    return least if least and in_columns([em_width(lines[at].text.strip()) for at in places]) else 0


def _runs_of_parts(lines: Sequence[Line], parts: Sequence[Part]) -> Iterator[tuple[list[Row], int, bool]]:
    """The same of lines with columns side by side: a run is a column, or what stands above columns."""
    found = marked([line.text for line in lines])
    run: list[Row] = []
    gap = 0
    for part in parts:
        row = part_row(lines[part.line], found[part.line], part)
        if run and (part.gap or row.whole or run[0].whole):
            yield run, gap, bool(run[0].whole)
            run, gap = [], part.gap
        run.append(row)
    if run:
        yield run, gap, bool(run[0].whole)


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
    if is_plain(line):
        return line.text
    places = set(visible_places(line))
    return "".join(char if at in places else " " for at, char in enumerate(line.text))


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
        if halves := row.cut(offset):
            yield halves[0]
            row = halves[1]
    yield row


def _parts(run: Sequence[_Seen], begins: Begins) -> Iterator[tuple[int, int]]:
    """The (first, end) of each block of a run."""
    first = 0
    down = _downwards(run)
    for at, (above, here) in enumerate(pairwise(run), 1):
        marked = here.row.indent >= INDENT or here.row.mark or above.row.mark
        plain = not marked and not down & {at - 1, at}
        if here.measure is None:
            goes_on = plain and _is_torn(above.text, here.text)
        else:
            goes_on = plain and _goes_on(above.text, here.text, above.width, here.width, here.measure)
        broken = at - first == 1 and _is_signature(above.text, here.text)
        if not (goes_on or broken or down >= {at - 1, at}) or begins(above.row, here.row):
            yield first, at
            first = at
    yield first, len(run)


def _downwards(run: Sequence[_Seen]) -> set[int]:
    """The rows of a headline that is printed downwards: one character each, Chinese ones below each other and the marks
    behind them; a number among them may stand upright in one row."""
    out: set[int] = set()
    for single, group in groupby(range(len(run)), key=lambda at: _stands_downwards(run[at].text)):
        rows = list(dropwhile(lambda at: not _is_han(run[at].text), group)) if single else []
        while rows and len(run[rows[-1]].text) > 1:
            rows.pop()
        if sum(_is_han(run[at].text) for at in rows) >= DOWNWARDS:
            out.update(rows)
    return out


def _stands_downwards(text: str) -> bool:
    """Whether a line can be one place of a headline set downwards: a character, or a short number."""
    return len(text) == 1 or (len(text) <= UPRIGHT and text.isdecimal())


def _is_han(text: str) -> bool:
    return len(text) == 1 and bool(HAN_RUN.match(text))


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


def _is_torn(above: str, here: str) -> bool:
    """Whether nobody doubts that a line goes on where the one above stops, however wide both are: no text begins so."""
    return begins_torn(here) and not ends_sentence(above) and special_form(above) is None


def _is_signature(above: str, here: str) -> bool:
    """Whether two lines are one signature in brackets, too long for its column."""
    if above[:1] not in OPENING or here[-1:] not in CLOSING or above[-1:] in CLOSING or here[:1] in OPENING:
        return False
    return special_form(above + here) in ("byline", "credit", "bracketed")


def raw_place(rows: Sequence[Row], place: int, page: Profile) -> int:
    """The place in the rows' texts of a place (in characters) in the text that is looked at."""
    raw = "".join(row.text for row in rows)
    kept = [start + at for start, row in _starts(rows) for at in row.kept(page)]
    return kept[place] if place < len(kept) else len(raw)


def _starts(rows: Sequence[Row]) -> Iterator[tuple[int, Row]]:
    at = 0
    for row in rows:
        yield at, row
        at += len(row.text)
