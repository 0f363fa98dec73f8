"""Page make-up: one article set into a box of columns on a line grid, as newspapers do it.

A box has columns of a whole number of em. Heads and pictures take cells of the grid away (across one column, some or
all of them), and the body runs through what is left, column by column. Every line knows its block, its place and its
cell, the unbroken stretch of one column it stands in. Lengths are in points from the upper left corner of the box.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from articles import Article, also

NO_START = "，。、；：？！）》」』”’…—%,.;:?!)"
NO_END = "（《「『“‘("
_UNBROKEN = r"[0-9A-Za-z.%]"


@dataclass(slots=True)
class Block:
    """What the gold knows of a block."""

    role: str
    text: str  # without white space
    also: tuple[str, ...] = ()  # roles as right as this one


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line of a block."""

    block: int
    text: str
    x: float
    y: float
    size: float
    width: float  # of the measure it is set in
    align: str  # justify, left, center or right
    font: str  # body, head, kai or sans
    cell: str


@dataclass(frozen=True, slots=True)
class Photo:
    """A grey rectangle."""

    x: float
    y: float
    width: float
    height: float


@dataclass(slots=True)
class Box:
    """An article as set."""

    width: float
    height: float = 0
    blocks: list[Block] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    photos: list[Photo] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Manner:
    """How a page is set; drawn once a page."""

    body: float  # size in points
    leading: float  # in em
    closing: str  # squeeze, hang or push: what becomes of a closing mark that finds no room
    gutters: tuple[float, float]  # least and most, in em
    half: bool = False  # half-width marks


@dataclass(slots=True)
class _Row:
    """A line of the body before it has a place."""

    block: int
    text: str
    indent: float
    align: str
    font: str = "body"


@dataclass(frozen=True, slots=True)
class _Hole:
    """Cells without body text: columns from `left` to before `right`, rows from `top` to before `bottom`."""

    left: int
    right: int
    top: int
    bottom: int


def em(text: str) -> float:
    """The width in em: Latin letters and figures are about half as wide as Han characters."""
    return len(text) - 0.44 * len(re.findall("[\u0000-\u00ff]", text))


def broken(text: str, measure: float, first: float, closing: str) -> list[str]:
    """Lines of at most `measure` em, the first of `first`; no closing mark at the start, no opening one at the end."""
    lines, line, most = [], "", first
    for char in text:
        full = em(line + char) > most + 0.01
        if full and not (closing != "push" and char in NO_START and em(line + char) <= most + 1.01):
            kept = _carried(line, char)
            lines.append(line[: len(line) - kept])
            line, most = line[len(line) - kept :], measure
        line += char
    return [*lines, line]


def _carried(line: str, char: str) -> int:
    """How many characters go over to the next line together with `char`."""
    kept = 0
    if char in NO_START:
        kept = 1
        while kept < len(line) - 1 and line[-kept] in NO_START:
            kept += 1
    while re.match(_UNBROKEN, char) and kept < 8 and kept < len(line) - 1 and re.match(_UNBROKEN, line[-kept - 1]):
        kept += 1
    while kept < len(line) - 1 and line[-kept - 1] in NO_END:
        kept += 1
    return kept


def measures(width: float, manner: Manner, rnd: random.Random) -> tuple[int, int, float]:
    """(columns, measure, gutter) in em for a box of `width` em; gutters out of the manner if nothing else fits."""
    least, most = manner.gutters
    while width > 20:
        choices = [
            (count, measure, (width - count * measure) / (count - 1))
            for count in range(2, 8)
            for measure in range(9, 21)
            if least <= (width - count * measure) / (count - 1) <= most
        ]
        if choices:
            return rnd.choice(choices)
        least, most = least * 0.9, most * 1.1
    return 1, int(width), 0.0


class Setter:
    """Sets one article into a box of a given width."""

    def __init__(self, article: Article, width: float, manner: Manner, rnd: random.Random) -> None:
        self.article, self.manner, self.rnd = article, manner, rnd
        self.size = manner.body * rnd.choice([1, 1, 1, 0.92, 1.1])
        self.step = self.size * manner.leading
        self.count, self.measure, gutter = measures(width / self.size, manner, rnd)
        self.gutter = gutter * self.size
        self.column = self.measure * self.size
        self.box = Box(width)
        self.holes: list[_Hole] = []
        self.rows: list[_Row] = []
        self.captions: list[tuple[int, str, str]] = []  # block number, caption, credit

    def set(self) -> Box:
        """The box."""
        self._heads()
        self._body()
        if not self.article.paragraphs:
            return self._picture_story()
        holes = [self._reserve(caption, credit) for _, caption, credit in self.captions]
        depth = self._fit()
        for hole, caption in zip(holes, self.captions):
            depth = self._print_picture(hole, caption, depth)
        self._pour(depth)
        self.box.height = depth * self.step
        return self.box

    # ---- heads

    def _heads(self) -> None:
        article, rnd = self.article, self.rnd
        if not article.headline:
            return
        left, right = 0, self.count
        if self.count > 2 and rnd.random() < 0.3:
            right = self.count - 1
            if rnd.random() < 0.4:
                left, right = rnd.choice([(0, right), (1, self.count)])
        span = (right - left) * (self.column + self.gutter) - self.gutter
        offset = left * (self.column + self.gutter)
        align = rnd.choice(["center", "center", "left"])
        longest = max(map(em, article.headline))
        big = min(span / longest * 0.97, self.size * rnd.choice([1.8, 2.2, 2.6, 3.2, 4]))
        small = max(self.size * 1.1, min(big * 0.55, span / 22))
        if self.count > 1 and len("".join(article.headline)) <= 14 and rnd.random() < 0.08:
            self._downwards()
            return
        y = 0.2 * self.size
        for role, rows, size in (
            ("kicker", article.kicker, small),
            ("headline", article.headline, big),
            ("subtitle", article.subtitle, small),
        ):
            if rows:
                y = self._display(role, rows, (offset, y, span, size, align))
        if article.byline and article.byline_at == "start" and rnd.random() < 0.6:
            y = self._display("byline", [article.byline], (offset, y, span, self.size, align))
        self.holes.append(_Hole(left, right, 0, -int(-(y + 0.3 * self.size) // self.step)))

    def _downwards(self) -> None:
        """A headline that is read downwards, its lines from right to left, in the first or last column."""
        rows = ["".join(row.split()) for row in self.article.headline]
        size = min(self.column / len(rows) * 0.8, self.size * self.rnd.choice([1.6, 2, 2.4]))
        left = self.rnd.choice([0, self.count - 1])
        block = self._block("headline", "".join(rows))
        right = left * (self.column + self.gutter) + (self.column + len(rows) * size) / 2
        for number, row in enumerate(rows, 1):
            for at, char in enumerate(row):
                place = (right - number * size, 0.2 * self.size + at * size * 1.15)
                self.box.lines.append(Line(block, char, *place, size, size, "left", "head", "heads"))
        high = max(map(len, rows)) * size * 1.15
        self.holes.append(_Hole(left, left + 1, 0, -int(-(high + 0.5 * self.size) // self.step)))

    def _display(self, role: str, rows: list[str], place: tuple[float, float, float, float, str]) -> float:
        x, y, span, size, align = place
        block = self._block(role, "".join(rows))
        font = {"headline": "head", "byline": "kai"}.get(role) or self.rnd.choice(["sans", "kai"])
        for row in rows:
            for part in broken(self._marks(row), span / size, span / size, "push"):
                self.box.lines.append(Line(block, part, x, y, size, span, align, font, "heads"))
                y += size * 1.25
        return y

    def _block(self, role: str, text: str) -> int:
        either = tuple(also(self.article).get(role, ()))
        self.box.blocks.append(Block(role, "".join(self._marks(text).split()), either))
        return len(self.box.blocks) - 1

    def _marks(self, text: str) -> str:
        return text.translate(str.maketrans("，：；（）", ",:;()")) if self.manner.half else text

    # ---- body

    def _body(self) -> None:
        article = self.article
        if article.byline and article.byline_at == "start" and all(each.role != "byline" for each in self.box.blocks):
            self._alone("byline", article.byline, self.rnd.choice(["center", "left"]), "kai")
        for number, paragraph in enumerate(article.paragraphs):
            if number in article.crossheads:
                self._alone("subhead", article.crossheads[number], self.rnd.choice(["center", "left"]), "sans")
            last = number == len(article.paragraphs) - 1
            self._paragraph(paragraph, article.byline if last and article.byline_at == "stuck" else "")
            for caption, credit, at in article.captions:
                if at == number:
                    self._caption(caption, credit)
        for byline in [article.byline if article.byline_at == "end" else "", article.note]:
            if byline:
                self._alone("byline", byline, "right", "kai")
        if article.paragraphs and self.rnd.random() < 0.06:
            self._alone("furniture", f"（下转第{self.rnd.randint(2, 8)}版）", "right", "sans")
        if not article.paragraphs:
            for caption, credit, _ in article.captions:
                self._caption(caption, credit)

    def _caption(self, caption: str, credit: str) -> None:
        self.captions.append((self._block("caption", caption), self._marks(caption), self._marks(credit)))
        self._block("credit", credit)

    def _alone(self, role: str, text: str, align: str, font: str) -> None:
        block = self._block(role, text)
        indent = 2 if align == "left" else 0
        for row in text.split("\n"):
            for part in broken(self._marks(row), self.measure - indent, self.measure - indent, "push"):
                self.rows.append(_Row(block, part, indent, align, font))

    def _paragraph(self, text: str, stuck: str) -> None:
        block = self._block("p", text)
        lines = broken(self._marks(text), self.measure, self.measure - 2, self.manner.closing)
        for number, line in enumerate(lines):
            align = "justify" if number < len(lines) - 1 else "left"
            self.rows.append(_Row(block, line, 0 if number else 2, align))
        if stuck:
            self._stick(self._block("byline", stuck), self._marks(stuck))

    def _stick(self, block: int, stuck: str) -> None:
        """A byline right at the end of the text: in its last line if there is room, else broken like text."""
        last = self.rows[-1]
        room = self.measure - em(last.text) - last.indent - 0.5
        if room >= em(stuck):
            self.rows[-1] = replace(last, text=f"{last.text}\u2002{stuck}")
        else:
            parts = broken(stuck, self.measure, self.measure, "squeeze")
            self.rows += [_Row(block, part, 0, "right") for part in parts]

    # ---- pictures

    def _reserve(self, caption: str, credit: str) -> _Hole:
        """A hole for a picture and its caption, no deeper than the text can stand beside."""
        wide = self.rnd.choice([1, 1, 2, 2, 3])
        wide = min(wide, max(1, self.count - 1))
        left = self.rnd.randint(0, self.count - wide)
        span = wide * (self.column + self.gutter) - self.gutter
        below = len(self._caption_lines(caption, credit, span)[0]) + 1
        height = int(span * self.rnd.choice([0.6, 0.67, 0.75, 0.5, 1.3]) / self.step) + 1
        height = max(4, min(height, 2 * len(self.rows) // self.count)) + below
        top = self.holes[0].bottom if self.holes else 0
        top += self.rnd.choice([0, 0, self.rnd.randint(1, 8)])
        while any(self._clash(each, left, left + wide, top, top + height) for each in self.holes):
            top += 1
        hole = _Hole(left, left + wide, top, top + height)
        self.holes.append(hole)
        return hole

    @staticmethod
    def _clash(hole: _Hole, left: int, right: int, top: int, bottom: int) -> bool:
        return hole.left < right and left < hole.right and hole.top < bottom and top < hole.bottom

    def _caption_lines(self, caption: str, credit: str, span: float) -> tuple[list[str], float, bool]:
        """(lines, measure in points, whether the credit follows in the last line)."""
        size = self.size * 0.9
        measure = int((span - 0.8 * self.size) / size)
        lines = broken(caption, measure, measure, "squeeze")
        inline = not credit or (em(lines[-1]) + em(credit) + 1 <= measure and len(caption) % 2 == 0)
        return lines + ([] if inline else [credit]), measure * size, inline

    def _print_picture(self, hole: _Hole, caption: tuple[int, str, str], depth: int) -> int:
        block, text, credit = caption
        x = hole.left * (self.column + self.gutter)
        span = (hole.right - hole.left) * (self.column + self.gutter) - self.gutter
        lines, _, _ = self._caption_lines(text, credit, span)
        y = (hole.bottom - len(lines) - 0.5) * self.step
        self.box.photos.append(Photo(x, hole.top * self.step + 2, span, y - hole.top * self.step - self.step * 0.4))
        self._print_caption(block, text, credit, (x, y, span))
        return max(depth, hole.bottom)

    def _print_caption(self, block: int, text: str, credit: str, place: tuple[float, float, float]) -> None:
        x, y, span = place
        lines, width, inline = self._caption_lines(text, credit, span)
        x += (span - width) / 2
        size = self.size * 0.9
        body = lines if inline else lines[:-1]
        for number, line in enumerate(body):
            align = "justify" if number < len(body) - 1 else "left"
            if number == len(body) - 1 and inline and credit:
                line += "\u2002" + credit
            self.box.lines.append(Line(block, line, x, y, size, width, align, "kai", f"caption{block}"))
            y += self.step * 0.95
        if not inline:
            self.box.lines.append(Line(block + 1, credit, x, y, size, width, "right", "kai", f"caption{block}"))

    def _picture_story(self) -> Box:
        """A picture with its text below, and no headline."""
        block, text, credit = self.captions[0]
        high = self.box.width * self.rnd.choice([0.4, 0.5, 0.6, 0.66])
        self.box.photos.append(Photo(0, 0, self.box.width, high))
        self._print_caption(block, text, credit, (0, high + self.step * 0.4, self.box.width))
        self.box.height = high + self.step * (len(self._caption_lines(text, credit, self.box.width)[0]) + 1)
        return self.box

    # ---- columns

    def _fit(self) -> int:
        """The least depth in rows that holds the whole body."""
        depth = max([1, *(hole.bottom for hole in self.holes[:1])])
        while sum(1 for _ in self._slots(depth)) < len(self.rows):
            depth += 1
        return max([depth, *(hole.bottom for hole in self.holes)])

    def _slots(self, depth: int) -> Iterator[tuple[int, int, int]]:
        """(column, row, number of the unbroken stretch) of the free cells in reading order."""
        for column in range(self.count):
            stretch = 0
            for row in range(depth):
                if any(self._clash(hole, column, column + 1, row, row + 1) for hole in self.holes):
                    stretch += 1
                else:
                    yield column, row, stretch

    def _pour(self, depth: int) -> None:
        for row, (column, at, stretch) in zip(self.rows, self._slots(depth)):
            x = column * (self.column + self.gutter) + row.indent * self.size
            width = self.column - row.indent * self.size
            cell = f"column{column}-{stretch}"
            self.box.lines.append(
                Line(row.block, row.text, x, at * self.step, self.size, width, row.align, row.font, cell)
            )
