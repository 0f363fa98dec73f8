"""The manner of a whole page: what all its items share, as the items of one paper do.

The shares are those counted on articles of several papers from 1948 to 2026 (headline groups as the papers mark them).
"""

import random
import re
from collections.abc import Callable

import articles
from articles import Article

Manner = Callable[[list[Article], random.Random], None]


def dress(items: list[Article], rnd: random.Random) -> None:
    """Let the items of a page share a manner, or leave them as they are."""
    if rnd.random() < 0.5:
        _one_place(items, rnd)
    for item in items:
        if item.headline and item.paragraphs and rnd.random() < 0.1:
            item.headline[-1] += rnd.choice(["", *articles._ASKED]) + rnd.choice("？？？！")
        if item.headline and item.paragraphs and rnd.random() < 0.15:
            item.headline[0] = _numbered(item.headline[0], rnd)
    manners: list[Manner] = [_today, _past, _couplets]
    if rnd.random() < 0.4:
        rnd.choice(manners)(items, rnd)


def _numbered(line: str, rnd: random.Random) -> str:
    """A headline with a number in figures: a year, a session, how many."""
    some = rnd.randint(2, 60)
    return rnd.choice([f"{rnd.randint(1985, 2025)}年度{line}", f"{line}{some}{rnd.choice(['项', '家', '条', '人'])}", f"第{some}届{line}", f"{some}{rnd.choice(['家', '名', '个'])}{line}", f"{line} 增长{some}%"])  # fmt: skip


def _one_place(items: list[Article], rnd: random.Random) -> None:
    """All texts are signed in one place: under the headline, or at the end."""
    over = rnd.random() < 0.5
    for item in items:
        if item.byline and (item.byline_at == "start") != over:
            item.byline_at = "start" if over else rnd.choice(["end", "stuck"])
            item.byline = articles._byline(rnd, item.byline_at)
            item.note = ""


def _today(items: list[Article], rnd: random.Random) -> None:
    """Kickers lead over to the headline with a dash, headlines name their column, hardly any subtitle."""
    for item in items:
        if item.kicker and rnd.random() < 0.5 and not item.kicker[-1].endswith(("——", "】")):
            item.kicker[-1] = item.kicker[-1].rstrip("，") + "——"
        if item.headline and rnd.random() < 0.3 and not item.headline[-1].endswith("）"):
            item.headline[-1] += f"（{rnd.choice(articles._COLUMNS)}）"
        if rnd.random() < 0.8:
            item.subtitle = []


def _past(items: list[Article], rnd: random.Random) -> None:
    """Plain kickers and subtitles of several clauses, hardly any byline."""
    for item in items:
        if not item.paragraphs or not item.headline:
            continue
        if rnd.random() < 0.4:
            item.kicker = [articles._clause(item, rnd, 10, 22)]
        if rnd.random() < 0.4:
            rows = [articles._clause(item, rnd, 8, 22) for _ in range(rnd.choice([1, 2, 3, 3]))]
            item.subtitle = rows if rnd.random() < 0.5 else ["，".join(rows)]
        if rnd.random() < 0.7:
            item.byline, item.byline_at, item.note = "", "none", ""


def _couplets(items: list[Article], rnd: random.Random) -> None:
    """Many headlines of two lines of equal length."""
    for item in items:
        if item.paragraphs and rnd.random() < 0.5:
            item.headline = articles._couplet(item, rnd) or item.headline


def picture(text: Article, rnd: random.Random, *, named: bool = False) -> Article:
    """A picture story, on some pages signed with a bare name (`named`).

    Under a headline of its own it never is: that is how short news is signed.
    """
    made = articles.picture(text, rnd)
    while made.headline and re.fullmatch("（[^ ]+）", made.captions[0][1]):
        made.captions[0] = (made.captions[0][0], articles._credit(rnd), 0)
    if named and not made.headline and made.captions[0][1]:
        made.captions[0] = (made.captions[0][0], f"（{articles.name(random.Random(made.captions[0][0]))}）", 0)
    return made
