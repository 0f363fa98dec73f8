"""Usages of papers of the last decades that articles are not dressed with yet, each on some pages.

They are those that a converter met on pages of many papers: names without brackets at a text's end, rows of names, signatures
of readers, stories that a photographer signs, captions in a row with one credit, pages of unsigned news, notes of editors.
The forms are those of the trade and the words our own.
"""

import random
import re

import articles
from articles import DATELINE, Article, name

_END = re.compile("[。！？]”?$")


def add(items: list[Article], rnd: random.Random) -> None:
    """Let some items of a page have some of these usages; each keeps its headline and the words of its text."""
    if rnd.random() < 0.06:
        _unsigned(items, rnd)
    bare = 0.8 if rnd.random() < 0.15 else 0.08
    for item in items:
        if not item.paragraphs:
            _picture(item, rnd)
            continue
        if item.byline_at in ("end", "stuck") and item.byline:
            _sign(item, rnd, bare=bare)
        elif item.byline_at == "start" and rnd.random() < 0.12:
            item.byline = _row(rnd)
        if item.headline and len(item.paragraphs) > 1 and rnd.random() < 0.04:
            _note(item, rnd)
        if item.kicker and rnd.random() < 0.06:
            item.kicker = [f"{name(rnd)}{rnd.choice(['在全市会议上要求', '在接受采访时说', '到基层调研时要求', '在会见来宾时说', '就此发表谈话'])}"]  # fmt: skip
        if item.captions and rnd.random() < 0.3:
            item.captions = _captions(item, rnd)


def _note(item: Article, rnd: random.Random) -> None:
    """Put a note of the editors before the text, its label in a line of its own."""
    said = "".join(re.findall("[^。]+。", DATELINE.sub("", item.paragraphs[-1]))[:2])
    note = [rnd.choice(["编者按", "编者按", "【编者按】"]), *([said] if said else [])]
    item.paragraphs[:0] = note
    item.crossheads = {at + len(note): text for at, text in item.crossheads.items()}
    item.captions = [(text, credit, at + len(note)) for text, credit, at in item.captions]


def _picture(item: Article, rnd: random.Random) -> None:
    """Give a picture story a headline, or more captions than one."""
    text, credit, at = item.captions[0]
    bare = credit.startswith("（") and " " not in credit
    if not item.headline and not bare and rnd.random() < 0.35:
        item.headline = [articles._clause(Article([""], [text]), rnd, 4, 10)]
    if rnd.random() < 0.12:
        rows = [f"{rnd.choice(['图为', '图为', ''])}{articles._scene(rnd)}{rnd.choice(['', '。'])}" for _ in range(rnd.choice([1, 2]))]  # fmt: skip
        item.captions = [(text, "", at), *((row, "", at) for row in rows[:-1]), (rows[-1], credit, at)]


def _unsigned(items: list[Article], rnd: random.Random) -> None:
    """All news of the page begins with a dateline, and nothing is signed."""
    for item in items:
        if item.paragraphs and item.headline:
            item.byline, item.byline_at, item.note = "", "none", ""
            first = DATELINE.sub("", item.paragraphs[0]).lstrip("，：")
            who = rnd.choice(["", f"（记者 {name(rnd)}）", f"（记者{name(rnd)} 通讯员{name(rnd)}）"])
            item.paragraphs[0] = f"{rnd.choice(['本报讯', '本报讯', '晚报讯'])}{who or ' '}{first}"


def _sign(item: Article, rnd: random.Random, *, bare: float) -> None:
    """Sign a text at its end: without brackets, as a photographer, as a reader."""
    a, b = name(rnd), name(rnd)
    if item.byline_at == "stuck" and _END.search(item.paragraphs[-1]) and rnd.random() < bare:
        item.byline = rnd.choice([f"本报记者 {a}", f"本报记者{a} {b}", f"记者 {a} 通讯员 {b}", f"通讯员{a} 记者{b}", f"{a}/文 {b}/摄", f"{a} 文/图", f"本报通讯员 {a}", f"通讯员 {a} 文/摄"])  # fmt: skip
    elif 2 <= len(item.paragraphs) <= 4 and rnd.random() < 0.05:
        own = rnd.choice([f"{a} 摄影报道", f"本报记者 {a} 摄影报道", f"实习生 {a} 摄影报道", f"{a} 文/摄", f"本报记者 {a} 文/图"])  # fmt: skip
        item.byline = own if item.byline_at == "end" and rnd.random() < 0.4 else f"（{own}）"
    elif rnd.random() < 0.06:  # an office in two or three characters, or a pen name
        short = rnd.choice(articles._PLACES)[0]
        item.byline = f"（{rnd.choice(['工宣', f'{short}工宣', f'{short}宣', f'{short}政宣', f'{short}轩', '本刊', '综合', '闻讯', '方圆'])}）"
    elif item.byline_at == "end" and rnd.random() < 0.08:
        place = f"{rnd.choice(articles._PLACES)}{rnd.choice('县市')}"
        village = f"{rnd.choice(articles._PLACES)}{rnd.choice(['乡', '镇'])}{rnd.choice(['', rnd.choice(articles._PLACES) + '村'])}"  # fmt: skip
        item.byline = rnd.choice([f"{place}{village} {a}", f"{place}{rnd.randint(1, 90)}号信箱{a}", f"□{place}{articles.unit(rnd)} {a}", f"读者 {a}", f"{place}读者 {a}", f"{place}{rnd.choice(['人民路', '解放路', '文昌街'])}{rnd.randint(1, 200)}号 {a}"])  # fmt: skip


def _row(rnd: random.Random) -> str:
    """More names than two over a text, some in two lines."""
    a, b, c, d = (name(rnd) for _ in range(4))
    return rnd.choice([
        f"记者{a} 实习生 {b} {c}", f"本报记者 {a}/摄 实习生 {b}/文", f"图/记者{a} {b} {c} {d}", f"讲述人：{a}\n记者{b} 实习生{c}", f"本报记者 {a} {b} {c} {d}",
        f"文/本报记者 {a} {b}\n图/本报记者 {c}", f"记者 {a} {b} 通讯员 {c} {d}", f"采写/本报记者 {a}\n摄影/本报记者 {b}", f"{a}/文 {b}/图", f"本报记者 {a} 通讯员 {b}\n文/图", f"口述：{a}\n整理：{b}",
    ])  # fmt: skip


def _captions(item: Article, rnd: random.Random) -> list[tuple[str, str, int]]:
    """Two or three captions with one credit, a day in brackets at the end, a few words without a stop."""
    text, credit, at = item.captions[0]
    form = rnd.choice(["row", "day", "short"])
    if form == "day":
        day = f"（{rnd.choice(['', f'{rnd.randint(1, 12)}月'])}{rnd.randint(1, 28)}日摄）"
        return [(f"{text.rstrip('。')}{day}{rnd.choice(['', '。'])}", credit, at), *item.captions[1:]]
    if form == "short":
        seen = f"{rnd.choice(articles._PEOPLE)}{rnd.choice(['', '正在', '在' + rnd.choice(articles._SPOTS)])}"
        return [(seen + rnd.choice(articles._DOING), credit, at), *item.captions[1:]]
    more = [f"{rnd.choice(['图为', '', '图②：'])}{articles._scene(rnd)}{rnd.choice(['', '。'])}" for _ in range(rnd.choice([1, 2]))]  # fmt: skip
    return [(text, credit, at), *((row, "", at) for row in reversed(more))]
