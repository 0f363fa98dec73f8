"""A typesetter: articles laid out as the raw text that OCR tools and text layers leave, with the gold beside it.

Every choice comes from a seeded generator. A page is a list of physical lines; the gold is the JSON of structure.

    wrapped      hard-wrapped columns of 11 to 20 em, indents stripped, an empty line at column cuts and at most ends of paragraphs
    runs         the same without any empty line
    cuts         the same with empty lines at column cuts and around headlines only
    indents      hard-wrapped with kept U+3000 indents, with and without empty lines
    pieces       one line for each piece of a paragraph, cut at columns, an empty line between all, half-width marks
    markdown     pieces with headings whose levels mislead, image lines and rules
    traditional  wrapped or pieces in traditional characters (converted by OpenCC)
    interleaved  two articles whose columns alternate at one cut, wrapped or pieces
    noisy        any of the others with 0.5 to 2 % wrong characters and more furniture
    unmarked     columns without any punctuation, as before the 1920s, wrapped or in runs, in traditional characters
    raw          as `pdftotext -raw` leaves it: runs, marks stranded on lines of their own, items in any order
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, zip_longest
from typing import Any

from articles import Article, also
from furniture import furniture, navigation

CLEAN = ("wrapped", "runs", "cuts", "indents", "pieces", "markdown", "traditional")
HARD = ("interleaved", "noisy", "raw", "unmarked")
STYLES = (*CLEAN, *HARD)
_LABEL = re.compile("[^，。；！？:：“]{1,8}[：:](?=.)")
_NO_START = "，。、；：？！）》」』”’…%,.;:?!)"
_NO_END = "（《「『“‘("
_HALF = str.maketrans("，：；（）", ",:;()")
_SLIPS = {
    "，": ".,、",
    "。": ".，",
    "“": "\"”'",
    "”": "\"“'",
    "、": "，.",
    "一": "-—",
    "日": "曰",
    "未": "末",
    "人": "入",
    "己": "已",
}

_ROLES = ("kicker", "headline", "subtitle", "subhead", "byline", "credit", "furniture")

Blocks = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Page:
    """Raw text and what it means."""

    text: str
    gold: dict[str, object]


@dataclass(slots=True)
class Line:
    """A physical line: which blocks its characters belong to, and the empty lines after it."""

    parts: list[tuple[str, dict[str, str] | None]]  # text and its block; None for what is no reading text
    gap: int = 0


def width(text: str) -> float:
    """The width in em."""
    return len(text) - 0.5 * len(re.findall("[\u0000-\u00ff“”‘’]", text))


def wrap(text: str, measure: float, first: float, *, squeeze: bool = True) -> list[str]:
    """Lines of at most `measure` em (the first of `first`).

    Closing marks are squeezed in or, with the character before them, pushed on; opening marks are pushed on.
    """
    lines, line = [], ""
    most = first
    for char in text:
        slack = 1 if squeeze and char in _NO_START else 0
        if width(line + char) > most + slack and line:
            push = ""
            if char in _NO_START and not squeeze and len(line) > 2:
                push, line = line[-1], line[:-1]
            while line and line[-1] in _NO_END:
                push, line = line[-1] + push, line[:-1]
            while line and _inside_number(line[-1], char) and len(push) < 6:
                push, line = line[-1] + push, line[:-1]
            lines.append(line)
            line, most = push, measure
        line += char
    return [row for row in (*lines, line) if row]


def _inside_number(before: str, after: str) -> bool:
    return bool(re.match(r"[0-9A-Za-z.%]", after) and re.match(r"[0-9A-Za-z.]", before))


@lru_cache(maxsize=1)
def _traditional():
    from opencc import OpenCC  # an engine of the bench alone

    return OpenCC("s2t")


class Typesetter:
    """Sets one page; `gold` fills as lines are set."""

    def __init__(self, style: str, rnd: random.Random) -> None:
        self.style = style
        self.rnd = rnd
        self.form = self._form()
        self.base = rnd.randint(11, 20)
        self.measures = rnd.random() < 0.35  # each article has a measure of its own
        self.measure = float(self.base)
        self.squeeze = rnd.random() < 0.6
        self.flush = self.form != "indents" and rnd.random() < 0.2  # no paragraph is indented
        self.columns = rnd.random() < 0.7  # columns of even height, else cuts anywhere
        self.half = self.form in ("pieces", "markdown") and rnd.random() < 0.6
        self.between = rnd.choice([1.0, 1.0, 0.8, 0.5])  # share of paragraph ends with an empty line
        some = self.form in ("runs", "cuts", "wrapped") and rnd.random() < 0.3
        self.downwards = some  # headlines set a character a line
        self.dense = self.form in ("pieces", "markdown") and rnd.random() < 0.15  # no empty line but at images
        self.tight = {
            role: rnd.choice([0, 0, 0, 0, 0, 0.2, 0.6, 1]) for role in _ROLES
        }  # share without an empty line after it
        self.late = rnd.choice([0, 0.1, 0.2, 0.6])  # share of headlines that come after their texts
        self.wide = rnd.choice([0, 0, 0, 0.3, 0.8])  # share of items with more than one empty line after them
        self.display_gap = rnd.random() < 0.8  # an empty line between kicker and headline
        self.flat = rnd.choice([0, 0, 1, 2])  # the level that a tool gives to every heading
        self.bold = rnd.random() < 0.35  # crossheads and labels are in bold
        self.slanted = rnd.random() < 0.2  # captions and bylines are in italics
        self.rules = rnd.choice([0, 0, 0, 0.9])  # share of items with a rule after them
        self.levelled = rnd.choice([0.4, 0.9, 1.0])  # share of headings with their own level
        self.ends = rnd.random() < 0.15 and self.form not in (
            "runs",
            "markdown",
        )  # all headlines at the end of the page
        self.collected: list[list[Line]] = []
        self.marked = True  # the text before ends in a byline or credit
        self.lines: list[Line] = []
        self.articles: list[dict[str, object]] = []
        self.furniture: list[dict[str, str]] = []

    def _form(self) -> str:
        """How the lines of the style are laid."""
        rnd = self.rnd
        return {
            "traditional": rnd.choice(["wrapped", "wrapped", "pieces", "cuts", "indents"]),
            "interleaved": rnd.choice(["wrapped", "pieces", "cuts"]),
            "noisy": rnd.choice(["wrapped", "runs", "cuts", "indents", "pieces", "markdown"]),
            "raw": "runs",
            "unmarked": rnd.choice(["wrapped", "cuts", "indents", "runs"]),
        }.get(self.style, self.style)

    @property
    def loose(self) -> bool:
        """Whether a line is a piece of a paragraph."""
        return self.form in ("pieces", "markdown")

    def page(self, articles: list[Article], name: str) -> Page:
        """The page of some articles."""
        self.ends = self.ends and all(
            article.byline_at in ("end", "stuck") for article in articles if article.paragraphs
        )
        places = random.Random(name).choice([0.2, 0.5, 0.5, 1.0])  # share of pictures whose place left empty lines
        web = self.rnd.random() < 0.08 and self.style not in ("raw", "unmarked")
        titles = ["".join(article.headline) for article in articles if article.headline]
        if web and self.rnd.random() < 0.7:
            self._printed_around(navigation(self.rnd, "top", titles))
        self._furniture("top", 0.4)
        sets = [self._article(article, f"a{number}") for number, article in enumerate(articles, 1)]
        if self.style == "interleaved" and len(sets) > 1:
            at = self.rnd.randrange(len(sets) - 1)
            sets[at : at + 2] = [self._interleaved(sets[at], sets[at + 1])]
        if self.style == "raw" and self.rnd.random() < 0.5:
            self.rnd.shuffle(sets)
        if self.ends:
            self.rnd.shuffle(self.collected)
            sets.append([row for rows in self.collected for row in rows])
        for rows, after in zip_longest(sets, articles[1:]):
            self.lines += rows
            if rows and rows[-1].gap and self.rnd.random() < (self.wide if after and after.paragraphs else places):
                rows[-1].gap = self.rnd.choice([2, 3, 3])  # the end of an item, or the place of a picture
            if self.form == "markdown" and rows and self.rnd.random() < self.rules:
                self.lines.append(Line([(self.rnd.choice(["---", "---", "***"]), None)], 1))
            self._furniture("inside", 0.08 if self.style == "noisy" else 0.04)
        self._furniture("bottom", 0.4)
        if web:
            self._printed_around(navigation(self.rnd, "bottom", titles))
        if self.style == "noisy":
            self._unended(self.rnd.choice([0, 0, 0.05, 0.2]))
            self._noise(self.rnd.uniform(0.005, 0.02))
        if self.style == "raw":
            self._strand()
        return self._printed(name)

    def _printed(self, name: str) -> Page:
        """The page as text, and its gold: texts of blocks are what was printed of them."""
        rows = []
        for line in self.lines:
            rows += ["".join(text for text, _ in line.parts), *[""] * line.gap]
            for text, block in line.parts:
                if block is not None:
                    block["text"] += "".join(text.split())
        gold = {"page": name, "articles": self.articles, "furniture": self.furniture}
        text = "\n".join(rows) + "\n"
        if self.style in ("traditional", "unmarked"):
            text, gold = self._converted(text, gold)
        return Page(text, gold)

    def _converted(self, text: str, gold: dict[str, object]) -> tuple[str, dict[str, object]]:
        """Both in traditional characters, one for one; quotation marks of the other kind half of the time."""
        chars = {char: _traditional().convert(char) for char in set(text)}
        table = {ord(a): b for a, b in chars.items() if len(b) == 1}
        if self.rnd.random() < 0.5:
            table |= dict(zip(map(ord, "“”‘’"), "「」『』"))
        for block in [*(b for a in gold["articles"] for b in a["blocks"]), *gold["furniture"]]:
            block["text"] = block["text"].translate(table)
        return text.translate(table), gold

    # ---- items: each gives its lines

    def _article(self, article: Article, name: str) -> list[Line]:
        if self.measures:
            self.measure = float(max(10, 0.72 * self.base, self.base + self.rnd.choice([-3, -1, 0, 0, 1, 2, 4])))
        blocks: Blocks = []
        self.articles.append({"id": name, "blocks": blocks})
        signed = article.byline_at in ("end", "stuck")
        later = (
            bool(article.headline and article.paragraphs) and signed and self.marked and self.rnd.random() < self.late
        )
        self.marked = signed or not article.paragraphs  # or nobody could tell where the next body begins
        heads = self._heads(article, blocks)
        lead = self._alone(article.byline, "byline", blocks) if article.byline_at == "start" else []
        rows = [*lead, *self._body(article, blocks)]
        if article.byline_at == "end":
            rows += self._alone(article.byline, "byline", blocks)
        if article.note:
            rows += self._alone(article.note, "byline", blocks)
        for block in blocks:
            if block["role"] == "byline" and "摄" in article.byline:
                block["also"] = ["credit"]
        if self.ends and heads:
            self.collected.append(heads)
            return rows
        return [*rows, *heads] if later else [*heads, *rows]

    def _heads(self, article: Article, blocks: Blocks) -> list[Line]:
        rows = [
            *self._display(article.kicker, "kicker", blocks, 3),
            *self._display(article.headline, "headline", blocks, 1),
            *self._display(article.subtitle, "subtitle", blocks, 2),
        ]
        for block in blocks:
            block |= {"also": roles} if (roles := also(article).get(block["role"])) else {}
        return rows

    def _display(self, texts: list[str], role: str, blocks: Blocks, level: int) -> list[Line]:
        if not texts:
            return []
        if self.loose and len(texts) > 1:
            texts = [" ".join(texts)]
        block = self._block(role, blocks)
        rows = [Line([(self._marks(text), block)]) for text in texts]
        if role == "headline" and self.downwards and self.rnd.random() < 0.15 and len("".join(texts)) <= 16:
            rows = [Line([(char, block)]) for text in texts for char in text if not char.isspace()]
        if self.form == "markdown":
            self._marked(rows, role, level)
        if self.form == "wrapped" and self.rnd.random() < 0.1:
            return self._gapped(rows, 1)  # an empty line inside the headline
        return self._spaced(rows, self.display_gap or role in ("headline", "subhead"))

    def _marked(self, rows: list[Line], role: str, level: int) -> None:
        """Marks of a model: a heading, bold letters, or both; some models print crossheads in bold alone."""
        bold = self.bold and role in ("subhead", "kicker", "subtitle")
        if not bold and self.rnd.random() < 0.8:
            for row in rows:
                row.parts.insert(0, ("#" * self._level(level) + " ", None))
            bold = self.bold and self.rnd.random() < 0.15
        if bold:
            for row in rows:
                self._wrapped(row, "**", at=len(row.parts) - 1)

    def _wrapped(self, row: Line, mark: str, *, at: int = 0) -> None:
        """Put a mark of emphasis around what a line has from one of its parts on."""
        row.parts[at:] = [(mark, None), *row.parts[at:], (mark, None)]

    def _level(self, level: int) -> int:
        """The level that the tool gives a heading: its own, the same for all (as most tools), or any."""
        flat = self.flat and self.rnd.random() < 0.95
        return self.flat if flat else level if self.rnd.random() < self.levelled else self.rnd.choice([1, 2, 3])

    def _block(self, role: str, blocks: Blocks) -> dict[str, str]:
        block = {"role": role, "text": ""}
        blocks.append(block)
        return block

    def _alone(self, text: str, role: str, blocks: Blocks) -> list[Line]:
        rows = [Line([(self._marks(row), self._block(role, blocks))]) for row in text.split("\n")]
        if self.form == "markdown" and self.slanted:
            for row in rows:
                self._wrapped(row, self.rnd.choice(["*", "*", "**"]))
        return self._spaced(rows, True)

    def _body(self, article: Article, blocks: Blocks) -> list[Line]:
        rows: list[Line] = []
        self.height = self.rnd.randint(12, 40) if self.columns else 10_000
        for number, paragraph in enumerate(article.paragraphs):
            if number in article.crossheads:
                rows += self._display(article.crossheads[number].split("\n"), "subhead", blocks, 3)
            pictures = [(caption, credit) for caption, credit, at in article.captions if at == number]
            last = number == len(article.paragraphs) - 1
            stuck = article.byline if article.byline_at == "stuck" and last else ""
            rows += self._paragraph(paragraph, stuck, pictures, blocks, len(rows))
            if article.byline_at == "lead" and not number:
                rows += self._alone(article.byline, "byline", blocks)
        if not article.paragraphs:
            for caption, credit, _ in article.captions:
                rows += self._picture(caption, credit, blocks, alone=True)
        return rows

    def _paragraph(
        self, text: str, stuck: str, pictures: list[tuple[str, str]], blocks: Blocks, before: int
    ) -> list[Line]:
        block = self._block("p", blocks)
        signed = self._block("byline", blocks) if stuck else None
        tail = f"{self.rnd.choice(['', '', ' ', '　'])}{self._marks(stuck)}" if stuck else ""
        columns = [
            [Line([(row, block)]) for row in column]
            for column in self._columns(self._marks(text), tail, before, cut=bool(pictures))
        ]
        _sign([line for column in columns for line in column], tail, signed)
        rows: list[Line] = []
        for number, lines in enumerate(columns):
            while number and pictures:
                rows += self._picture(*pictures.pop(), blocks)
            if number < len(columns) - 1 and self.loose and self.rnd.random() < 0.15:
                rows += self._gapped(lines, 3)  # the place of a picture that left no text
            elif number < len(columns) - 1:
                rows += self._gapped(
                    lines, 0 if self.form == "runs" or (self.form == "indents" and not self.display_gap) else 1
                )
            else:
                rows += self._spaced(lines, self.loose or self.rnd.random() < self.between)
        if self.form == "markdown" and self.bold and (label := _LABEL.match(rows[0].parts[0][0])):
            whole, end = rows[0].parts[0][0], label.end() - self.rnd.choice([0, 1])
            rows[0].parts[:1] = [("**", None), (whole[:end], block), ("**", None), (whole[end:], block)]
        while pictures:
            rows += self._picture(*pictures.pop(), blocks)
        return rows

    def _columns(self, text: str, tail: str, before: int, *, cut: bool) -> list[list[str]]:
        """The paragraph's lines in one or more columns."""
        if self.loose:
            return self._pieces(text, tail, cut=cut)
        lines = wrap(text + tail, self.measure, self.measure - (0 if self.flush else 2), squeeze=self.squeeze)
        places = {at for at in range(1, len(lines)) if (before + at) % self.height == 0}
        if (cut or self.rnd.random() < (0.05 if self.columns else 0.3)) and len(lines) > 3:
            places.add(self.rnd.randrange(1, len(lines)))
        if self.form == "indents":
            lines[0] = self.rnd.choice(["　　", "　　", "    "]) + lines[0]
        edges = [0, *sorted(places), len(lines)]
        return [lines[a:b] for a, b in pairwise(edges)]

    def _pieces(self, text: str, tail: str, *, cut: bool) -> list[list[str]]:
        cuts = 1 if cut else self.rnd.choices([0, 1, 2], [0.65, 0.28, 0.07])[0]
        least = 1 if self.rnd.random() < 0.2 else 2  # lines: a column seldom ends in a paragraph's first
        columns = range(least * self.base - 2, len(text) - 4, self.base)  # where lines end, a mark more or less
        places = (
            sorted({self.rnd.choice(columns) + self.rnd.choice([-1, 0, 0, 1]) for _ in range(cuts)}) if columns else []
        )
        places = [place for place in places if text[place] not in _NO_START and text[place - 1] not in _NO_END]
        said = [found.end() for found in re.finditer("[。！？，]”(?=[^。，“]{1,10}(说|表示|介绍|指出|认为))", text)]
        if said and self.rnd.random() < 0.7:
            places = [self.rnd.choice(said)]
        parts = [[text[a:b]] for a, b in pairwise([0, *places, len(text)])]
        parts[-1][-1] += tail
        return parts

    def _picture(self, caption: str, credit: str, blocks: Blocks, *, alone: bool = False) -> list[Line]:
        bare = re.fullmatch("（[^ ]{2,3}）", credit)
        if not alone and self.rnd.random() < 0.18:
            credit = ""
        body = self._block("caption", blocks)
        by = self._block("byline" if bare else "credit", blocks) if credit else {"role": "credit", "text": ""}
        if bare and credit:
            by["also"] = ["credit"]  # a name alone: who wrote the caption, or who took the picture
        caption, credit = self._marks(caption), self._marks(credit)
        stuck = self.rnd.random() < (0.7 if bare else 0.25)
        mark = [Line([(f"![](images/{self.rnd.randrange(999)}.jpg)", None)], 1)] if self.form == "markdown" else []
        joint = "" if credit[:1] in ("（", "(", "") else " "
        stuck = stuck or not credit
        if self.loose:
            first = Line([(caption, body)])
            if self.form == "markdown" and self.slanted:
                self._wrapped(first, "*")
            if stuck:
                first.parts.append((joint + credit, by))
            rows = [first] if stuck else [first, Line([(credit, by)], 1)]
            if self.rnd.random() < 0.5:
                first.gap = 0 if self.rnd.random() < 0.5 and not stuck else 1
            else:
                first.gap = 1
            if mark or self.rnd.random() < 0.4:
                rows[-1].gap = self.rnd.choice([1, 3])
            return [*mark, *rows]
        measure = (
            self.measure
            if alone and self.rnd.random() < 0.15
            else max(7.0, self.measure - self.rnd.choice([3, 4, 5, 6, 7]))
        )
        rows = [
            Line([(row, body)])
            for row in wrap(caption, measure, measure - self.rnd.choice([0, 2]), squeeze=self.squeeze)
        ]
        if not credit or (stuck and width(credit) < measure and self.rnd.random() < 0.5):
            rows[-1].parts.append((joint + credit, by))
        else:
            rows.append(Line([(credit, by)]))
        return self._spaced(rows, True)

    def _furniture(self, where: str, share: float) -> None:
        if self.rnd.random() >= share * (2 if self.style in ("noisy", "raw") else 1):
            return
        self._printed_around(furniture(self.rnd, where))

    def _printed_around(self, rows: list[str]) -> None:
        for row in rows:
            block = {"role": "furniture", "text": ""}
            self.furniture.append(block)
            self.lines += self._spaced([Line([(row, block)])], self.rnd.random() < 0.8)

    def _interleaved(self, one: list[Line], other: list[Line]) -> list[Line]:
        """Two articles' columns by turns at one cut: the first part of each, then the rest of each."""
        a = self.rnd.randrange(max(1, len(one) // 3), max(2, len(one)))
        b = self.rnd.randrange(max(1, len(other) // 3), max(2, len(other)))
        parts = [one[:a], other[:b], one[a:], other[b:]]
        for part in parts:
            if part:
                part[-1].gap = max(1, part[-1].gap)
        return [row for part in parts for row in part]

    # ---- lines

    def _spaced(self, rows: list[Line], here: bool) -> list[Line]:
        """Lines with the empty lines that the form puts after a block."""
        role = rows[0].parts[-1][1]["role"] if rows[0].parts[-1][1] is not None else "p"
        display = role != "p"
        if self.dense or (here and self.rnd.random() < self.tight.get(role, 0)):
            return self._gapped(rows, 0)
        gap = {"runs": 0, "cuts": int(here and display), "indents": int(here and self.display_gap)}.get(
            self.form, int(here)
        )
        return self._gapped(rows, gap)

    def _gapped(self, rows: list[Line], gap: int) -> list[Line]:
        rows[-1].gap = gap
        return rows

    def _marks(self, text: str) -> str:
        if self.style == "unmarked" and len(text) > 30:
            text = re.sub("[，。、；：？！“”（）《》]", "", text)
        return text.translate(_HALF) if self.half else text

    # ---- what goes wrong

    def _noise(self, share: float) -> None:
        pool = [char for line in self.lines for text, _ in line.parts for char in text if "\u4e00" <= char <= "\u9fff"]
        for line in self.lines:
            line.parts = [(text if b is None else "".join(self._slips(text, share, pool)), b) for text, b in line.parts]
        self.lines = [line for line in self.lines if any(text.strip() for text, _ in line.parts)]

    def _unended(self, share: float) -> None:
        """Texts lose the full stop at their end."""
        for above, line in pairwise(self.lines):
            text, block = above.parts[-1]
            if block is not None and block["role"] == "p" and line.parts[0][1] is not block and text.endswith("。"):
                above.parts[-1] = (text[:-1] if self.rnd.random() < share else text, block)

    def _slips(self, text: str, share: float, pool: list[str]) -> Iterator[str]:
        for char in text:
            if char.isspace() or self.rnd.random() >= share:
                yield char
                continue
            kind = self.rnd.random()
            if char in _SLIPS and kind < 0.7:
                yield self.rnd.choice(_SLIPS[char])
            elif kind < 0.75:
                yield self.rnd.choice(pool)
            elif kind < 0.85:
                yield char + self.rnd.choice([*pool[:50], ".", "'", "·", "-"])
            elif kind < 0.9:
                yield char + " "

    def _strand(self) -> None:
        """Closing marks at the end of a line fall on a line of their own, as text layers have it now and then."""
        out = []
        for line in self.lines:
            text, block = line.parts[-1]
            if len(text) > 3 and text[-1] in "”。）" and self.rnd.random() < 0.04:
                line.parts[-1] = (text[:-1], block)
                gap, line.gap = line.gap, 0
                out += [line, Line([(text[-1], block)], gap)]
            else:
                out.append(line)
        self.lines = out


def _sign(lines: list[Line], tail: str, signed: dict[str, str] | None) -> None:
    """Tell the byline at the end of a paragraph's lines, in whatever columns they stand, from its text."""
    left = len("".join(tail.split()))
    for line in reversed(lines):
        if not left:
            return
        text, block = line.parts[0]
        dense = [at for at, char in enumerate(text) if not char.isspace()]
        start = dense[-left] if left < len(dense) else 0
        left -= min(left, len(dense))
        line.parts = [(text[:start], block), (text[start:], signed)]
