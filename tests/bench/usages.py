"""Usages of papers of the last decades that articles are not dressed with yet, each on some pages.

They are those that a converter met on pages of many papers: names without brackets at a text's end, rows of names, signatures
of readers, stories that a photographer signs, captions in a row with one credit or one each, pages of unsigned news, notes of
editors, a byline under the lead, a crosshead under the headline, data in labelled lines, verse without rhyme. The forms are those of
the trade and the words our own.
"""

import random
import re

import articles
import kinds
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
        if item.headline and len(item.paragraphs) > 1:
            _open(item, rnd)
        if item.kicker and rnd.random() < 0.06:
            item.kicker = [f"{name(rnd)}{rnd.choice(['在全市会议上要求', '在接受采访时说', '到基层调研时要求', '在会见来宾时说', '就此发表谈话'])}"]  # fmt: skip
        if item.captions and rnd.random() < 0.3:
            item.captions = _captions(item, rnd)


def _open(item: Article, rnd: random.Random) -> None:
    """Let a text of some paragraphs begin in another way than with its first one, or not at all."""
    way = rnd.random()
    if way < 0.04:
        _note(item, rnd)
    elif way < 0.055:
        _label(item, rnd)
    elif way < 0.07:
        item.crossheads[0] = articles._clause(item, rnd, 4, 12)
        item.crossheads.setdefault(len(item.paragraphs) - 1, articles._clause(item, rnd, 4, 12))
    elif way < 0.085:
        _data(item, rnd)
    elif way < 0.115 and len(item.paragraphs) > 2 and item.byline_at in ("end", "stuck"):
        _lead(item, rnd)
    elif way < 0.13 and item.byline and not item.captions and not item.crossheads:
        _free(item, rnd)


def _before(item: Article, paragraphs: list[str]) -> None:
    """Put paragraphs before a text."""
    item.paragraphs[:0] = paragraphs
    item.crossheads = {at + len(paragraphs): text for at, text in item.crossheads.items()}
    item.captions = [(text, credit, at + len(paragraphs)) for text, credit, at in item.captions]


def _note(item: Article, rnd: random.Random) -> None:
    """Put a note of the editors before the text, its label in a line of its own."""
    said = "".join(re.findall("[^。]+。", DATELINE.sub("", item.paragraphs[-1]))[:2])
    _before(item, [said] if said else [])
    item.crossheads[0] = rnd.choice(["编者按", "编者按", "【编者按】", "编者按：", "编者按语"])


def _label(item: Article, rnd: random.Random) -> None:
    """Put a label over the first paragraph, and mostly a crosshead over the next."""
    item.crossheads[0] = rnd.choice(["核心提示", "核心提示", "【核心提示】", "阅读提示", "新闻事件", "事件回放", "新闻提示", "人物简介", "内容提要", "事件", "案例"])  # fmt: skip
    if rnd.random() < 0.6:
        item.crossheads[1] = articles._clause(item, rnd, 5, 13)


def _data(item: Article, rnd: random.Random) -> None:
    """Begin a text with data in labelled lines."""
    place, spot = rnd.choice(articles._PLACES), rnd.choice(articles._SPOTS)
    day = f"{rnd.randint(1, 12)}月{rnd.randint(1, 28)}日{rnd.choice(['', '上午', '下午', '晚'])}"
    a, b = name(rnd), name(rnd)
    rows = rnd.choice([
        [f"时间：{day}", f"地点：{place}{spot}", f"拍摄者：本报记者{a}"], [f"时间：{day}", f"地点：{place}{spot}"], [f"市民：{a}", f"{rnd.randint(18, 88)}岁 {rnd.choice(['司机', '教师', '退休职工', '个体户'])}"],
        [f"讲述人：{a}", f"记录人：{b}"], [f"姓名：{a}", f"年龄：{rnd.randint(18, 88)}岁", f"职业：{rnd.choice(['司机', '教师', '护士', '电工'])}"], [f"采访时间：{day}", f"采访对象：{a}"],
    ])  # fmt: skip
    _before(item, rows)


def _lead(item: Article, rnd: random.Random) -> None:
    """Set the byline under the first paragraph, and mostly a crosshead under that."""
    a, b, c = (name(rnd) for _ in range(3))
    item.byline_at, item.note = "lead", ""
    item.byline = rnd.choice([
        f"本报记者 {a}", f"□本报记者 {a} 文/图", f"□记者 {a} 通讯员 {b}", f"文/图 本报记者 {a}", f"本报记者 {a} {b}\n通讯员 {c}", f"■本报记者 {a}", f"记者 {a} {b} {c}", f"{a} {b}/文 {c}/图", f"（记者 {a}）",
    ])  # fmt: skip
    if rnd.random() < 0.75:
        item.crossheads[1] = articles._clause(item, rnd, 5, 14)


def _free(item: Article, rnd: random.Random) -> None:
    """Make verse without rhyme of a text: its clauses, one a line, mostly without marks."""
    clauses = re.split("[，。、；：？！“”…（）—]+", DATELINE.sub("", "".join(item.paragraphs)))
    lines = [clause for clause in clauses if 3 <= len(clause) <= rnd.choice([10, 14])][: rnd.randint(6, 26)]
    if len(lines) < 6:
        return
    marked = rnd.choice([0.0, 0.0, 0.3, 0.8])
    item.paragraphs = [line + (rnd.choice("，，。") if rnd.random() < marked else "") for line in lines]
    item.headline = [kinds._title(rnd) + rnd.choice(["", "", "", "（组诗）"])]
    item.kicker, item.subtitle, item.note = [], [], ""
    item.byline_at = rnd.choice(["start", "start", "end", "none"])
    item.byline = "" if item.byline_at == "none" else kinds._author(rnd)


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
    form = rnd.choice(["row", "day", "short", "thing", "each"])
    if form == "thing":
        seen = f"{rnd.choice(articles._PEOPLE)}{rnd.choice(['送来的锦旗', '写来的感谢信', '制作的模型', '搭起的帐篷'])}"
        place = f"{articles._clause(item, rnd, 4, 9)}{rnd.choice(['现场', '一角', '仪式现场'])}"
        return [(rnd.choice([seen, place]), rnd.choice([credit, ""]), at), *item.captions[1:]]
    if form == "each":
        rows = [(f"{rnd.choice(['', f'{rnd.randint(1, 12)}月{rnd.randint(1, 28)}日，'])}{articles._scene(rnd)}{rnd.choice(['', '。'])}", f"{rnd.choice(['', '本报记者 ', '通讯员 '])}{name(rnd)} 摄", at) for _ in range(rnd.choice([1, 2]))]  # fmt: skip
        return [*rows, (text, credit or f"{name(rnd)} 摄", at)]
    if form == "day":
        day = f"（{rnd.choice(['', f'{rnd.randint(1, 12)}月'])}{rnd.randint(1, 28)}日摄）"
        return [(f"{text.rstrip('。')}{day}{rnd.choice(['', '。'])}", credit, at), *item.captions[1:]]
    if form == "short":
        seen = f"{rnd.choice(articles._PEOPLE)}{rnd.choice(['', '正在', '在' + rnd.choice(articles._SPOTS)])}"
        return [(seen + rnd.choice(articles._DOING), credit, at), *item.captions[1:]]
    more = [f"{rnd.choice(['图为', '', '图②：'])}{articles._scene(rnd)}{rnd.choice(['', '。'])}" for _ in range(rnd.choice([1, 2]))]  # fmt: skip
    return [(text, credit, at), *((row, "", at) for row in reversed(more))]
