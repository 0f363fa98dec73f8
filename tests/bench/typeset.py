"""A typesetter: articles laid out as the raw text that OCR tools and text layers leave, with the gold beside it.

Every choice comes from a seeded generator. A page is a list of physical lines; the gold is the JSON of structure.

    wrapped     hard-wrapped columns of 11 to 20 em, indents stripped, an empty line at column cuts and paragraph ends
    runs        the same without any empty line
    indents     hard-wrapped with kept U+3000 indents, no empty lines
    pieces      one line for each piece of a paragraph, cut at columns, an empty line between all, half-width marks
    markdown    pieces with headings whose levels mislead, image lines and rules
"""

import random
import re
from dataclasses import dataclass
from itertools import pairwise

from articles import Article

STYLES = ("wrapped", "runs", "indents", "pieces", "markdown")
_NO_START = "，。、；：？！）》」』”’…%,.;:?!)"
_NO_END = "（《「『“‘("
_HALF = str.maketrans("，：；（）", ",:;()")


@dataclass(frozen=True, slots=True)
class Page:
    """Raw text and what it means."""

    text: str
    gold: dict[str, object]


def width(text: str) -> float:
    """The width in em."""
    return len(text) - 0.5 * len(re.findall("[\u0000-\u00ff“”‘’]", text))


def wrap(text: str, measure: float, first: float) -> list[str]:
    """Lines of at most `measure` em (the first of `first`), closing marks squeezed in, opening marks pushed on."""
    lines, line = [], ""
    most = first
    at = 0
    while at < len(text):
        char = text[at]
        if width(line + char) > most and not (char in _NO_START and width(line + char) <= most + 1):
            push = ""
            while line and line[-1] in _NO_END:
                push, line = line[-1] + push, line[:-1]
            while line and re.match(r"[0-9A-Za-z.%]", char) and re.match(r"[0-9A-Za-z.]", line[-1]) and len(push) < 6:
                push, line = line[-1] + push, line[:-1]
            lines.append(line)
            line, most = push, measure
        line += char
        at += 1
    return [*lines, line]


class Typesetter:
    """Sets one page; `gold` fills as lines are set."""

    def __init__(self, style: str, rnd: random.Random) -> None:
        self.style = style
        self.rnd = rnd
        self.measure = float(rnd.randint(11, 20))
        self.lines: list[str] = []
        self.articles: list[dict[str, object]] = []
        self.furniture: list[dict[str, str]] = []
        self.half = style in ("pieces", "markdown") and rnd.random() < 0.7
        self.gap = 0 if style in ("runs", "indents") else 1

    def page(self, articles: list[Article], name: str) -> Page:
        """The page of some articles."""
        self._furniture(0.5)
        for number, article in enumerate(articles, 1):
            self._article(article, f"a{number}")
            self._furniture(0.05)
        gold = {"page": name, "articles": self.articles, "furniture": self.furniture}
        return Page("\n".join(self.lines) + "\n", gold)

    # ---- items

    def _article(self, article: Article, name: str) -> None:
        blocks: list[dict[str, str]] = []
        self.articles.append({"id": name, "blocks": blocks})
        later = (
            bool(article.headline)
            and self.rnd.random() < 0.2
            and article.byline_at in ("end", "stuck")
            and bool(article.byline)
        )
        if not later:
            self._heads(article, blocks)
        if article.byline_at == "start" and article.byline:
            self._alone(article.byline, "byline", blocks)
        body = self._body(article)
        blocks += body
        if article.byline_at == "end" and article.byline:
            self._alone(article.byline, "byline", blocks)
        if later:
            heads: list[dict[str, str]] = []
            self._heads(article, heads)
            blocks[:0] = heads

    def _heads(self, article: Article, blocks: list[dict[str, str]]) -> None:
        if article.kicker:
            self._display([article.kicker], "kicker", blocks, 3)
        if article.headline:
            self._display(article.headline, "headline", blocks, 1)
        if article.subtitle:
            self._display([article.subtitle], "subtitle", blocks, 2)

    def _display(self, rows: list[str], role: str, blocks: list[dict[str, str]], level: int) -> None:
        rows = [self._marks(row) for row in rows]
        blocks.append({"role": role, "text": "".join(rows)})
        if self.style in ("pieces", "markdown") and len(rows) > 1:
            rows = [" ".join(rows)]
        if self.style == "markdown" and self.rnd.random() < 0.8:
            rows = [f"{'#' * self.rnd.choice([level, level, 1, 2, 3])} {row}" for row in rows]
        self._set(rows)

    def _alone(self, text: str, role: str, blocks: list[dict[str, str]]) -> None:
        text = self._marks(text)
        blocks.append({"role": role, "text": "".join(text.split())})
        self._set([text])

    def _body(self, article: Article) -> list[dict[str, str]]:
        blocks: list[dict[str, str]] = []
        for number, paragraph in enumerate(article.paragraphs):
            if number in article.crossheads:
                self._display([article.crossheads[number]], "subhead", blocks, 3)
            pictures = [(caption, credit) for caption, credit, at in article.captions if at == number]
            stuck = article.byline if article.byline_at == "stuck" and number == len(article.paragraphs) - 1 else ""
            self._paragraph(self._marks(paragraph), self._marks(stuck), pictures, blocks)
        if not article.paragraphs:
            for caption, credit, _ in article.captions:
                self._picture(caption, credit, blocks)
        return blocks

    def _paragraph(self, text: str, stuck: str, pictures: list[tuple[str, str]], blocks: list[dict[str, str]]) -> None:
        blocks.append({"role": "p", "text": "".join(text.split())})
        tail = f"{self.rnd.choice(['', ' '])}{stuck}" if stuck else ""
        parts = self._cut(text, tail, bool(pictures))
        self._set(parts[0])
        for part in parts[1:]:
            if pictures:
                self._picture(*pictures.pop(), blocks)
            self._set(part)
        for caption, credit in pictures:
            self._picture(caption, credit, blocks)
        if stuck:
            blocks.append({"role": "byline", "text": "".join(stuck.split())})

    def _cut(self, text: str, tail: str, must: bool) -> list[list[str]]:
        """The paragraph's lines in one or more columns."""
        cuts = 1 if must else self.rnd.choices([0, 1, 2], [0.7, 0.25, 0.05])[0]
        if self.style in ("pieces", "markdown"):
            places = sorted({self.rnd.randrange(6, len(text) - 5) for _ in range(cuts)}) if len(text) > 30 else []
            places = [place for place in places if text[place] not in _NO_START and text[place - 1] not in _NO_END]
            edges = [0, *places, len(text)]
            parts = [[text[a:b]] for a, b in pairwise(edges)]
            parts[-1][-1] += tail
            return parts
        lines = wrap(text + tail, self.measure, self.measure - 2)
        if self.style == "indents":
            lines[0] = "　　" + lines[0]
        places = sorted({self.rnd.randrange(1, len(lines)) for _ in range(cuts)}) if len(lines) > 3 else []
        edges = [0, *places, len(lines)]
        return [lines[a:b] for a, b in pairwise(edges)]

    def _picture(self, caption: str, credit: str, blocks: list[dict[str, str]]) -> None:
        caption, credit = self._marks(caption), self._marks(credit)
        blocks.append({"role": "caption", "text": "".join(caption.split())})
        blocks.append({"role": "credit", "text": "".join(credit.split())})
        if self.style == "markdown":
            self._set([f"![](images/{self.rnd.randrange(999)}.jpg)"])
        if self.style in ("pieces", "markdown"):
            if self.rnd.random() < 0.5:
                self.lines += [""] * 2
            self._set([caption, credit] if self.rnd.random() < 0.5 else [caption])
            if self.lines[-2] != credit and credit not in self.lines[-3:]:
                self._set([credit])
            return
        self._set(wrap(caption, max(7, self.measure - self.rnd.choice([4, 5, 6])), max(7, self.measure - 6)))
        self._set([credit])

    def _furniture(self, share: float) -> None:
        if self.rnd.random() >= share:
            return
        rows = self.rnd.sample(
            [
                "A07",
                "第5版",
                "2019年5月6日 星期一",
                "责任编辑：赵琳 版式：孙悦",
                "新闻热线：0519-88886666",
                "（下转第3版）",
                "要闻 | 2021年3月12日 星期五",
            ],
            self.rnd.choice([1, 2, 3]),
        )
        for row in rows:
            self.furniture.append({"role": "furniture", "text": "".join(row.split())})
            self._set([row])

    # ---- lines

    def _set(self, rows: list[str]) -> None:
        self.lines += [*rows, *[""] * self.gap]

    def _marks(self, text: str) -> str:
        return text.translate(_HALF) if self.half else text
