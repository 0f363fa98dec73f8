"""The columns of lines that stand side by side: where they begin, how wide they are, which words stand in which.

Text layers give one character one place, whatever its width, and keep the distances roughly: a gutter is a run of
blanks or a single one, a line with digits pushes what follows to the right, a line with squeezed gutters pulls it to the
left. So a column is no fixed place. Its beginning is the place where most lines begin a word; the words of a line are
given to columns in order, by dynamic programming over how far they stand from there and how well they fill it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from edition.infer.evidence import ends_sentence
from edition.model.widths import em_width

LEAST = 8.0  # em of the narrowest column; two halves of a verse are narrower
LEAST_LINES = 4  # lines with columns side by side, for there to be columns at all
FEW = 2  # lines that are enough where other lines of the page stand in columns
SHARE = 0.2  # of the lines with several words that must begin a word where a column begins
APART = 8  # characters between the beginnings of two columns
DRIFT = 2  # characters by which lines of one column usually differ
ROUNDS = 2  # in which columns are measured anew
FULL = 1.2  # em by which a full line may differ from the measure
INDENT = (1.2, 3.2)  # em of a first line's indent
MARKS = 0.02  # lines with a mark inside, for each em; prose has about twice as many, lists and verse none
STUCK = 16.0  # cost of blanks inside a column from which no more words are tried
MOST_WORDS = 24  # a line of more is no columns
_NEVER_FIRST = "，。、；：？！）》」』”’,.;:?!)"  # no line begins with these
# A line may be spaced out to fill its column, and so may half-width marks.
_LETTER = r"(?:[^\s\u0000-\u00ff]|[\u0021-\u00ff]{1,8})"
_LETTERS = re.compile(rf"{_LETTER}(?: {_LETTER}){{2,}}(?!\S)|\S+(?: [{_NEVER_FIRST}]+(?:\S+| \S+)?)*")
_INNER_MARK = re.compile(r"[，。、；：！？,;:](?=.)")


class Word(NamedTuple):
    """Characters between two blanks."""

    start: int  # characters from the start of the line
    end: int
    width: float  # em
    opens: int = 0  # brackets opened less brackets closed
    place: int = 0  # characters from the start, as far as half-width characters before it did not push it to the right


class Words(NamedTuple):
    """The words of one line."""

    line: int  # index from 0
    text: str
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """Where a column begins and how wide it is."""

    start: int  # characters
    measure: float  # em


@dataclass(frozen=True, slots=True)
class Cell:
    """What one line has in one column."""

    line: int  # index from 0
    start: int  # characters
    end: int
    text: str
    column: int  # index of the column where it begins
    last: int  # index of the column where it ends; another one where it runs across
    width: float  # em
    blanks: int  # before it, to the cell before
    shift: int  # characters from the column's beginning
    pushed: int  # characters by which half-width characters before it push it to the right


def words_of(line: int, text: str) -> Words:
    """The words of a line."""
    spans = [found.span() for found in _LETTERS.finditer(text)]
    words: list[Word] = []
    pushed = 0.0
    for a, b in spans:
        if words:
            before = words[-1]
            pushed = pushed + before.end - before.start - before.width if a - before.end == 1 else 0.0
        words.append(_word(a, text[a:b], round(pushed)))
    return Words(line, text, tuple(words))


def _word(start: int, text: str, pushed: int) -> Word:
    opens = sum((char in "（(") - (char in "）)") for char in text)
    return Word(start, start + len(text), em_width(text), opens, start - pushed)


def columns(rows: Sequence[Words], *, among: bool = False) -> tuple[Column, ...]:
    """The columns that the lines have side by side, or none. Only running prose in columns is believed.

    `among` says that other lines of the page stand in columns; then a few lines are enough.
    """
    least = FEW if among else LEAST_LINES
    long = [row for row in rows if 2 <= len(row.words) <= MOST_WORDS]
    if len(long) < least or not _long_words(long):
        return ()
    every = [_strong(_beginnings(kept, least), rows) for kept in (long, list(map(_parted, long)))]
    found = max(every, key=lambda columns_: _filled(columns_, rows))
    return found if found and _believed(found, rows, least) else ()


def _parted(row: Words) -> Words:
    """The words of a line that stand where they stood on paper: after more than one blank. A single blank may follow a
    full line of the column before, however far the next one was."""
    apart = [b for a, b in pairwise(row.words) if b.start - a.end > 1]
    return row._replace(words=(*row.words[:1], *apart))


def _strong(starts: list[int], rows: Sequence[Words]) -> tuple[Column, ...]:
    """The columns that begin at some places, those left out that are too narrow; none if they are not two."""
    while len(starts) > 1:
        found = _measured(starts, rows)
        weak = min(found, key=lambda column: column.measure)
        if weak.measure >= LEAST:
            return found
        starts = [start for start, column in zip(starts, found) if column is not weak]
    return ()


def _filled(found: Sequence[Column], rows: Sequence[Words]) -> float:
    """How much text fills its columns, less what has blanks inside, in em."""
    if not found:
        return -1.0
    cells = [cell for row in rows for cell in fit(row, found)]
    full = sum(cell.width for cell in cells if is_full(cell, found))
    return full - sum(cell.width for cell in cells if len(_LETTERS.findall(cell.text)) > 1)


def _long_words(rows: Sequence[Words]) -> bool:
    """Whether most text stands in long words: text with blanks between its characters or words is no columns."""
    words = [word for row in rows for word in row.words]
    long = sum(word.width for word in words if word.width >= LEAST / 2)
    return long >= 0.75 * sum(word.width for word in words)


def _beginnings(rows: Sequence[Words], least: int) -> list[int]:
    """The places at which many lines begin a word, from left to right.

    How far a line is pushed to the right or left is learnt at each column, so that it does not add up.
    """
    pushed = [0] * len(rows)
    out: list[int] = []
    while (place := _next_beginning(rows, pushed, out[-1] + APART if out else -1, least - 1)) is not None:
        out.append(place)
        for at, row in enumerate(rows):
            away = [word.place - pushed[at] - place for word in row.words]
            pushed[at] += min((d for d in away if abs(d) <= DRIFT + 1), key=abs, default=0)
    return out


def _next_beginning(rows: Sequence[Words], pushed: Sequence[int], least: int, enough: int) -> int | None:
    """The first place from `least` on at which enough lines begin a word, or a better one close to it."""
    counts = Counter(word.place - away for row, away in zip(rows, pushed) for word in row.words)
    places = {at for at in counts if at >= least}
    near = {at: sum(counts[at + d] for d in range(-DRIFT, DRIFT + 1)) + 0.01 * counts[at] for at in places}
    strong = [at for at in places if near[at] >= max(enough, SHARE * len(rows))]
    if not strong:
        return None
    close = [at for at in strong if at < min(strong) + APART]
    return max(close, key=lambda at: (near[at], -at))


def _measured(starts: Sequence[int], rows: Sequence[Words]) -> tuple[Column, ...]:
    """The columns with the width that their full lines agree on."""
    widest = max(b - a for a, b in pairwise(starts))
    ends = [*starts[1:], starts[-1] + widest]
    found = tuple(Column(a, max(float(b - a - 1), _word_width(a, rows))) for a, b in zip(starts, ends))
    for _ in range(ROUNDS):
        cells = [cell for row in rows for cell in fit(row, found)]
        found = tuple(Column(_usual_start(at, each, cells), _agreed(at, cells)) for at, each in enumerate(found))
    return found


def _word_width(start: int, rows: Sequence[Words]) -> float:
    """The width that most words agree on that begin at a place; 0 if none does."""
    widths = [
        round(2 * w.width) / 2 for row in rows for w in row.words if abs(w.place - start) <= DRIFT and w.width >= LEAST
    ]
    counts = Counter(widths)
    return max(counts, key=lambda width: (counts[width], width), default=0.0)


def _usual_start(column: int, before: Column, cells: Sequence[Cell]) -> int:
    """Where most full lines of a column begin."""
    full = Counter(
        c.start - c.pushed for c in cells if c.column == column == c.last and c.width >= before.measure - FULL
    )
    return max(full, key=lambda start: (full[start], -abs(start - before.start)), default=before.start)


def _agreed(column: int, cells: Sequence[Cell]) -> float:
    widths = [cell.width for cell in cells if cell.column == column == cell.last]
    counts = {w: sum(abs(w - other) <= 0.5 for other in widths) for w in set(widths)}
    return max(counts, key=lambda w: (counts[w], w), default=0.0)


def _believed(found: Sequence[Column], rows: Sequence[Words], least: int) -> bool:
    """Whether this is prose broken at the columns' widths: many full lines side by side, with marks inside them
    and few at their ends, as verse has them."""
    lines = [fit(row, found) for row in rows]
    beside = [cells for cells in lines if len(cells) > 1]
    cells = [cell for row in beside for cell in row]
    full = [cell for cell in cells if is_full(cell, found)]
    both = sum(sum(is_full(cell, found) for cell in row) >= 2 for row in beside)
    marked = sum(bool(_INNER_MARK.search(cell.text)) for cell in full)
    loose = sum(len(_LETTERS.findall(cell.text)) - 1 for cell in cells)
    return (
        len(beside) >= least
        and both >= least - 1
        and len(full) >= 0.5 * len(cells)
        and marked >= MARKS * sum(cell.width for cell in full)
        and sum(cell.text[-1].isalnum() for cell in full) >= 0.5 * len(full)
        and loose <= 0.35 * len(cells)
    )


def is_full(cell: Cell, found: Sequence[Column]) -> bool:
    """Whether the text fills its column, an indent seen or lost at its beginning aside."""
    column = found[cell.column]
    return cell.last == cell.column and (abs(column.measure - cell.width) <= FULL or is_indented(cell, column))


def is_indented(cell: Cell, column: Column) -> bool:
    """Whether a full line stands two em short of the measure, as a paragraph's first does."""
    return INDENT[0] < column.measure - cell.width <= INDENT[1] and not ends_sentence(cell.text)


# ---- the words of a line given to columns


class _Way(NamedTuple):
    cost: float
    drift: int  # characters by which the line is pushed to the right so far
    cells: tuple[tuple[int, int, int], ...]  # first word, word after the last, column


def fit(row: Words, found: Sequence[Column]) -> list[Cell]:
    """The cells of a line: its words, some of them together, in the likeliest columns."""
    words = row.words
    if not words or len(words) > MOST_WORDS:
        return []
    best: dict[tuple[int, int], _Way] = {(0, 0): _Way(0.0, 0, ())}
    for at in range(len(words)):
        for free in range(len(found)):
            way = best.get((at, free))
            if way is None:
                continue
            for column in _reached(words, at, free, found):
                _extend(best, way, words, (at, free, column), found)
    ways = [way for (at, _), way in best.items() if at == len(words)]
    return _cells(row, min(ways, key=lambda way: way.cost), found)


def _reached(words: Sequence[Word], at: int, free: int, found: Sequence[Column]) -> Iterator[int]:
    """The free columns that a word could stand in."""
    squeezed = bool(at) and words[at].start - words[at - 1].end == 1
    for column in range(free, len(found)):
        too_far = column > free + 4 if squeezed else words[at].start < found[column].start - 3 * APART
        if column > free and too_far:
            return
        yield column


def _extend(
    best: dict[tuple[int, int], _Way],
    way: _Way,
    words: Sequence[Word],
    place: tuple[int, int, int],
    found: Sequence[Column],
) -> None:
    """Give words to a column, one more each time. `place`: the first word, the first free column, the column."""
    at, free, column = place
    cost, drift = _place(words, at, column, way.drift, found)
    if at and words[at].start - words[at - 1].end == 1:  # a single blank passes over no empty column
        cost += 2.0 * (column - free)
    inside, width, opened = 0.0, 0.0, 0
    for end in range(at + 1, len(words) + 1):
        if end - at > 1:
            blanks = words[end - 1].start - words[end - 2].end
            inside += (0.3 if opened > 0 else 1.2) + 0.8 * (blanks - 1)
            width += 0.5
            if at and inside > STUCK:
                break
        opened += words[end - 1].opens
        width += words[end - 1].width
        after = _last(words[end - 1].end, column, width, found) + 1
        total = way.cost + cost + inside + _too_wide(width, column, after, found)
        here = _Way(total, drift, (*way.cells, (at, end, column)))
        key = (end, after if end < len(words) else len(found))
        if key not in best or total < best[key].cost:
            best[key] = here


def _place(words: Sequence[Word], at: int, column: int, drift: int, found: Sequence[Column]) -> tuple[float, int]:
    """The cost of beginning a column with a word, and how far the line is pushed to the right from there on."""
    away = words[at].place - found[column].start
    slack = max(0.0, found[column].measure - words[at].width)
    if 0 < away <= slack + 1:  # an indent, or set to the middle or right
        return min(0.3 * away, 1.0), min(drift, away) if drift > 0 else 0
    squeezed = bool(at) and words[at].start - words[at - 1].end == 1
    cost = min(0.5 * abs(away), 0.25 + 0.5 * abs(away - drift))
    return (min(cost, 2.0) if squeezed else cost), away


def _last(end: int, column: int, width: float, found: Sequence[Column]) -> int:
    """The column in which a text ends."""
    last = column
    if width > found[column].measure + 1.5:
        while last + 1 < len(found) and found[last + 1].start < end:
            last += 1
    return last


def _too_wide(width: float, column: int, after: int, found: Sequence[Column]) -> float:
    if width <= found[column].measure + 0.7:
        return 0.0
    return 3.0 if after > column + 1 else min(6.0, width - found[column].measure)


def _cells(row: Words, way: _Way, found: Sequence[Column]) -> list[Cell]:
    out: list[Cell] = []
    for first, stop, column in way.cells:
        start, end = row.words[first].start, row.words[stop - 1].end
        text = row.text[start:end]
        width = em_width(text)
        last = _last(end, column, width, found)
        blanks = start - (out[-1].end if out else 0)
        pushed = start - row.words[first].place
        shift = start - pushed - found[column].start
        out.append(Cell(row.line, start, end, text, column, last, width, blanks, shift, pushed))
    return out
