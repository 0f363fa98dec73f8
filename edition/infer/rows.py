"""Lines to rows: what of a line is read at once, where its reading text begins and ends, and the tool's marks in it."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from edition.infer.cells import SPACED_OUT
from edition.infer.gutters import Part
from edition.infer.markup import Marked, Whole
from edition.infer.measure import Profile
from edition.infer.tags import Kind, Mark, Told
from edition.model.source import UNREADABLE, ZERO_WIDTH, Line
from edition.model.widths import HAN, em_width
from edition.words import simplified

_PARTING = f"(?<=[{HAN}，。、；：？！“”‘’《》（）0-9A-Za-z]) (?=[{HAN}，。、；：？！“”‘’《》（）0-9])"
_HIDDEN = re.compile(f"[{ZERO_WIDTH}]")
_LEVEL = re.compile("h[1-6]")
_ENTITY = re.compile("&(?:(?P<wide>emsp|#x3000|#12288)|nbsp|ensp|#160|#xA0);")
PROSE = 40  # characters from which a table's cell is a text of its own
MOSTLY = 0.9  # of a row's characters, from which what is said of them is said of the row
_CUT = ("line", "paragraph", "picture")


@dataclass(frozen=True, slots=True)
class Row:
    """One line with text, or a part of one: where its reading text begins and ends."""

    line: Line
    start: int  # characters; before it white space and marks
    end: int  # characters; after it white space and marks
    mark: str = ""  # the OCR tool's mark of a heading (`##`) or a list at the start
    indent: float = 0.0  # em of white space before the mark
    begin: int = 0  # characters; where the part begins, by a gutter or an editor's word
    stop: int | None = None  # characters; where the part ends, None at the end of the line
    column: bool = False  # whether the text goes on here from the foot of a column
    inner: tuple[
        Mark, ...
    ] = ()  # the tool's marks inside the text; for those with a kind, cell or blank, a blank is read
    told: tuple[str, ...] = ()  # what its marks tell of it: bold, italic, centred, quote, caption, cell, or label where
    # only its beginning is bold
    whole: Whole = ""  # what it is if nothing of it is read
    apart: bool = False  # whether the tool set it apart from the row before
    placed: bool = False  # whether columns stand side by side, so that its place in the line tells where it was printed
    display: bool = False  # whether it stands over, beside or between columns, and is none of their text
    spaced: bool = False  # whether blanks between all its characters only fill its column

    @property
    def place(self) -> str:
        """The line's number, with the offset of a part that does not begin its line."""
        return f"{self.line.number}.{self.begin}" if self.begin else str(self.line.number)

    @property
    def text(self) -> str:
        """The reading text."""
        if not self.inner:
            return self.line.text[self.start : self.end]
        at, out = self.start, ""
        for mark in self.inner:
            out += self.line.text[at : mark.start] + (" " if mark.kind else "")
            at = mark.end
        return out + self.line.text[at : self.end]

    @property
    def size(self) -> int:
        """How many characters that is."""
        return len(self.text) if self.inner else self.end - self.start

    def at(self, place: int) -> int:
        """The offset in the line behind `place` characters of the reading text."""
        at, left = self.start, place
        for mark in self.inner:
            if left <= mark.start - at:
                break
            left -= mark.start - at + bool(mark.kind)
            at = mark.end
        return at + left

    def plain(self, page: Profile) -> str:
        """The text as it is looked at: without the blanks that a tool put between all characters, or that fill its
        column, in simplified characters where the page is in traditional ones."""
        text = self.text
        if page.parted or self.spaced:
            text = re.sub(_PARTING, "", text)
        return text.translate(simplified()) if page.traditional else text

    def kept(self, page: Profile) -> Iterator[int]:
        """The places in its text of the characters that are looked at."""
        text = self.text
        found = re.finditer(_PARTING, text) if page.parted or self.spaced else ()
        gone = {at for blank in found for at in range(blank.start(), blank.end())}
        return (at for at in range(len(text)) if at not in gone)

    def cut(self, offset: int) -> "tuple[Row, Row] | None":
        """The row in two at an offset of the line, None where that is not inside its text; blanks and marks before the
        cut are those of the part on the left."""
        if not self.start < offset < self.end or any(mark.start < offset < mark.end for mark in self.inner):
            return None
        read = [at for at in _read(self.line, self.inner, self.start, self.end)]
        split = bisect_left(read, offset)
        if not 0 < split < len(read):
            return None
        last, first = read[split - 1] + 1, read[split]
        left = replace(self, end=last, stop=offset, inner=_inside(self.inner, self.start, last))
        right = Row(
            self.line, first, self.end, begin=offset, stop=self.stop, inner=_inside(self.inner, first, self.end)
        )
        return left, right


def is_empty(line: Line) -> bool:
    """Whether the line has no reading text: white space, control characters and zero-width characters only."""
    return not line.text.strip() if is_plain(line) else not any(True for _ in visible_places(line))


def is_plain(line: Line) -> bool:
    """Whether all of a line that is no blank can be read: neither bytes nor zero-width characters are in it."""
    return not line.raw and not _HIDDEN.search(line.text)


def visible_places(line: Line) -> Iterator[int]:
    """The offsets of characters that are no blanks."""
    kept = {raw.offset for raw in line.raw}
    for at, char in enumerate(line.text):
        if not char.isspace() and char not in ZERO_WIDTH and not (char == UNREADABLE and at in kept):
            yield at


def rows(line: Line, found: Marked) -> list[Row]:
    """The rows of a line: one, or more where its marks part it (`<br>`, the rows and paragraphs of HTML, pictures)."""
    if found.whole:
        return [_whole(line, 0, len(line.text), found.whole)]
    if not found.marks:
        return [_row(line, found, 0, None)]
    return _parted(line, found)


def part_row(line: Line, found: Marked, part: Part) -> Row:
    """The row of a part of a line that has columns side by side."""
    stop = part.end if part.end < len(line.text) else None
    text = line.text[part.start : part.end].strip()
    whole = found.whole if text == line.text.strip() else ""
    row = _whole(line, part.start, part.end, whole) if whole else _row(line, found, part.start, stop)
    indent = row.indent if part.indent is None else part.indent
    spaced = SPACED_OUT.fullmatch(text) is not None
    told = replace(row, indent=indent, begin=part.start, stop=stop, column=part.column)
    return replace(told, placed=part.indent is not None, display=part.display, spaced=spaced)


def _parted(line: Line, found: Marked) -> list[Row]:
    """The rows between the marks that part a line; what stands between two rows goes with the one on the left."""
    prose = _holds_prose(line, found)
    spans: list[tuple[int, int, bool, bool]] = []  # start, end, whether it is a picture, whether it stands apart
    at, apart = 0, False
    for mark in found.marks:
        if mark.kind in _CUT or (mark.kind == "cell" and prose):
            spans.append((at, mark.start, False, apart))
            apart = (apart and not _has_text(line, found, at, mark.start)) or mark.kind != "line"
            if mark.kind == "picture":
                spans.append((mark.start, mark.end, True, True))
            at = mark.end
    spans.append((at, len(line.text), False, apart))
    spans = [span for span in spans if span[2] or _has_text(line, found, *span[:2])]
    if not spans:
        return [_whole(line, 0, len(line.text), "tool")]
    begins = [0, *(_first(line.text, start) for start, *_ in spans[1:])]
    out = []
    for span, begin, stop in zip(spans, begins, [*begins[1:], None]):
        if span[2]:
            row = replace(_whole(line, span[0], span[1], "picture"), begin=begin, stop=stop)
        else:
            row = _row(line, found, begin, stop, text_end=span[1])
        out.append(replace(row, apart=span[3]))
    return out


def _has_text(line: Line, found: Marked, start: int, end: int) -> bool:
    return any(True for _ in _read(line, found.marks, start, end))


def _first(text: str, at: int) -> int:
    """The first place from `at` on that is no blank."""
    return next((place for place in range(at, len(text)) if not text[place].isspace()), at)


def _holds_prose(line: Line, found: Marked) -> bool:
    """Whether a cell of the tables in a line is so long that it is a text of its own."""
    cells = [mark for mark in found.marks if mark.kind == "cell"]
    stops = [*(mark.start for mark in cells), len(line.text)]
    spans = zip([0, *(mark.end for mark in cells)], stops) if cells else ()
    return any(
        len(list(_read(line, found.marks, start, stop))) >= PROSE for start, stop in spans if stop - start >= PROSE
    )


def _read(line: Line, marks: Sequence[Mark], start: int, end: int) -> Iterator[int]:
    """The offsets of the characters that are read, from `start` to `end`."""
    text = line.text
    kept = {raw.offset for raw in line.raw}
    ahead = [mark for mark in marks if mark.end > start]
    at = start
    while at < end:
        if ahead and at >= ahead[0].start:
            at = max(at, ahead.pop(0).end)
            continue
        char = text[at]
        if not char.isspace() and char not in ZERO_WIDTH and not (char == UNREADABLE and at in kept):
            yield at
        at += 1


def _whole(line: Line, start: int, end: int, what: Whole) -> Row:
    """The row of what is no reading text."""
    places = [at for at in _read(line, (), start, end)] or [start]
    return Row(line, places[0], places[-1] + 1, indent=_indent(line.text[start : places[0]]), whole=what)


def _row(line: Line, found: Marked, begin: int, stop: int | None, text_end: int | None = None) -> Row:
    """The row of a line's characters from `begin` to `stop`, of which those behind `text_end` are marks."""
    if not found.marks and not found.told and is_plain(line):
        text = line.text[begin:stop]
        first = len(text) - len(text.lstrip())
        last = max(first, len(text.rstrip()))
        return Row(
            line,
            begin + first,
            begin + last,
            "",
            _indent(text[:first]),
            begin,
            stop,
            whole="" if first < last else "tool",
        )
    end = stop if text_end is None else text_end
    places = list(_read(line, found.marks, begin, len(line.text) if end is None else end))
    if not places:
        return _whole(line, begin, len(line.text) if stop is None else stop, "tool")
    first, last = places[0], places[-1] + 1
    told = {each.cue for each in found.told if _share(each, places) >= MOSTLY}
    level = next((cue for cue in sorted(told) if _LEVEL.fullmatch(cue)), "")
    listed = "*" if "li" in told else ""
    mark = (
        "#" * int(level[1:]) if level else listed or found.start if not begin or not line.text[:begin].strip() else ""
    )
    inner = _inside(found.marks, first, last)
    cues = sorted(told - {level, "li"}) + ["cell"] * any(mark.kind == "cell" for mark in inner)
    if "bold" not in told and any(each.cue == "bold" and each.start <= first < each.end for each in found.told):
        cues.append("label")
    return Row(line, first, last, mark, _indent(line.text[begin:first]), begin, stop, inner=inner, told=tuple(cues))


def _share(told: Told, places: Sequence[int]) -> float:
    """How much of what stands at these places something is told of."""
    return (bisect_left(places, told.end) - bisect_left(places, told.start)) / len(places)


def _indent(edge: str) -> float:
    """The width in em of the blanks at an edge, those that are written as entities included."""
    if not edge:
        return 0.0
    blanks = "".join([char for char in edge if char.isspace()]).replace("\t", "\u3000\u3000")
    return em_width(blanks) + sum(1.0 if found["wide"] else 0.5 for found in _ENTITY.finditer(edge))


def _inside(marks: Sequence[Mark], start: int, end: int) -> tuple[Mark, ...]:
    """The marks between two offsets; those that follow each other, as at an empty cell, are one."""
    out: list[Mark] = []
    for mark in marks:
        if not start <= mark.start < mark.end <= end:
            continue
        kind: Kind = mark.kind if mark.kind in ("", "blank") else "cell"
        if kind and out and out[-1].kind and out[-1].end == mark.start:
            kind = "cell" if "cell" in (kind, out[-1].kind) else "blank"
            out[-1] = Mark(out[-1].start, mark.end, kind)
        else:
            out.append(Mark(mark.start, mark.end, kind))
    return tuple(out)
