"""What the words of a short text or of a text's beginning tell of its kind: a name, an office, a speaker, a rubric.

Forms (evidence) are whole lines that can be nothing else; cues only speak for something. Plain strings in, names out.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from edition.infer.lists import alternatives, full_name, told, words
from edition.model.widths import HAN, ONLY_HAN

_DAY = re.compile(
    r"[（(]?(?:\d{4}|[〇○零一二三四五六七八九]{4})年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日[）)]?"
)
_MARK = re.compile("[，。、：；！？]")
_CONTACT = re.compile(r"电话|联系人|地址[：:]|邮编|传真|网址|手机[：:]|1[3-9]\d{9}|\d{3,4}-\d{7,8}")
_PAGE = re.compile(
    r"(?:[A-D]?\d{1,2}|[一二三四五六七八九十]{1,2})版[ \u3000：:].+|.*(?:[（(]见.{1,8}版[）)]|[ \u3000]?P\.? ?\d{1,2}|[ \u3000](?:[A-D]\d{1,2}|[A-D]?\d{1,2}版))$"
)
_LATER = re.compile(r"[（(](?:未完)?待续[）)]|[（(]?连载[之（(·\s]*\d*[）)]*|[（(](?:完|全文完)[）)]")
_SERIAL = re.compile(r"(?:长篇)?连载[之（(·\s\d]")
_NOTE = re.compile(r"[【\[]?(?:编者按|编者的话|编后|开栏的话|核心提示|阅读提示|导读|内容提要|提要)[】\]：:\s\u3000]")
_DATED = re.compile(r"年.{1,5}月.{1,4}[日曰号]|[星礼禮]期[一二三四五六日天]|第.{1,4}[版期]")
_ROW = re.compile(r"[^，。；！？\d]*\d+(?:[^，。；！？\d]+\d+){2,}[^，。；！？\d]*")  # three numbers and more
_LABELLED = 24  # characters at a text's beginning in which a speaker or a label ends
_COLON = re.compile("[：:]")
_LABEL = re.compile(rf"(?=[{HAN}（）]+[：:])\w{{1,8}}(?:（\w{{2,12}}）)?[：:].")
_STOP = re.compile("[。！？].")
_WHEN = re.compile("日前|近日|昨日|昨天|今天|前天|本月|上月|今年以来")
_SHORT = 26  # characters: nothing longer is a name, an office or a rubric
_COLUMN = 8  # characters: nothing longer is the name of a column
_LINE = 60  # characters: nothing longer is a line of a paper's title or imprint
_TITLES = ("title.box", "title.notice", "title.serial", "title.bracketed", "begins.bullet")
_RUBRIC = "【】[]■◆●▲★□ \u3000"


def cues(text: str) -> Iterator[str]:
    """The names of what the words of a text tell."""
    stripped = text.strip()
    if len(stripped) <= _SHORT:
        yield from _short(stripped)
    yield from beginnings(stripped)
    if len(stripped) <= _LINE and not _STOP.search(stripped):
        if _DATED.search(stripped):
            yield "dated"
        if found := told("imprint", stripped):
            yield f"imprint.{min(2, found)}"
    yield from scenes(stripped)
    if has_contact(stripped):
        yield "contact"
    if _WHEN.search(stripped[2:40]):
        yield "says.when"
    if stripped.endswith(words()["said_ends"]):
        yield "ends.said"


@lru_cache(maxsize=1024)
def signs(text: str) -> str:
    """Whether a short text could be a signature: `name`, `office` or `day`; empty if it could not."""
    stripped = text.strip()
    if len(stripped) > _SHORT:
        return ""
    if _DAY.fullmatch(stripped):
        return "day"
    if _name().fullmatch(stripped):
        return "name"
    return "office" if stripped.endswith(words()["offices"]) and not _MARK.search(stripped) else ""


def _short(text: str) -> Iterator[str]:
    if sign := signs(text):
        yield f"could.{sign}"
    bare = bare_title(text)
    if bare in words()["boxes"]:
        yield "title.box"
    elif is_notice(text):
        yield "title.notice"
    if _LATER.fullmatch(text):
        yield "to.be.continued"
    elif _SERIAL.match(text):
        yield "title.serial"
    elif _is_column(bare):
        yield "title.column"
    if len(bare) <= 9 and bare[-1:] in ("报", "報"):
        yield "could.paper"
    if 3 <= len(bare) <= 14 and bare.endswith(words()["unit_ends"]) and not _MARK.search(text):
        yield "could.unit"
    if bare.endswith("评论员"):
        yield "could.comment"
    if text[:1] in "【[" and text[-1:] in "】]":
        yield "title.bracketed"
    if _PAGE.fullmatch(text):
        yield "names.page"
    elif len(text) > 8 and _ROW.fullmatch(text):
        yield "row"


def bare_title(text: str) -> str:
    """A short line without blanks and the brackets or marks that titles of boxes are set in."""
    return text.strip(_RUBRIC).rstrip("：:").replace(" ", "").replace("\u3000", "") if len(text) <= _SHORT else ""


def is_rubric(text: str) -> bool:
    """Whether a line is the title of a box or column (链接, 图片新闻, 读者来信): it is over an item of its own, and signs none."""
    bare = bare_title(text)
    return bare in words()["boxes"] or _is_column(bare)


def _is_column(bare: str) -> bool:
    """Whether a short line ends as the names of regular columns do."""
    return len(bare) <= _COLUMN and bare.endswith(words()["columns"])


def is_notice(text: str) -> bool:
    """Whether a line is the title of a notice (停电通知, 招标公告)."""
    bare = bare_title(text.strip())
    return bare.endswith(words()["notices"]) and bare not in words()["boxes"]


def is_note(text: str) -> bool:
    """Whether a line is the label of a note before a text (编者按): no item has that for its headline."""
    return bare_title(text) in words()["notes"]


def titles(text: str) -> Iterator[str]:
    """What a head tells of being over an item of its own: a box, a notice, an instalment."""
    return (cue for cue in cues(text) if cue in _TITLES)


def scenes(text: str) -> Iterator[str]:
    """What a text tells of being about what a picture shows."""
    if found := told("scenes", text.strip()[:120]):
        yield f"scene.{min(2, found)}"


def has_contact(text: str) -> bool:
    """Whether a short text says how somebody is reached."""
    stripped = text.strip()
    return len(stripped) <= 70 and bool(_CONTACT.search(stripped))


def beginnings(text: str) -> Iterator[str]:
    """What the first characters of a text tell: a speaker, a label, a note, a mark."""
    text = text.strip()
    if _COLON.search(text, 0, _LABELLED):
        if _speaker().match(text):
            yield "begins.speaker"
        elif _LABEL.match(text):
            yield "begins.label"
    if _NOTE.match(text):
        yield "begins.note"
    if text[:1] in "■◆●▲★□◎":
        yield "begins.bullet"


@lru_cache(maxsize=1)
def _name() -> re.Pattern[str]:
    """A person's name, with a mark before it or a place, or a trade after it."""
    own = rf"(?:{alternatives('surnames')})[ \u3000]{{0,2}}\w(?:[ \u3000]?\w)?"
    return re.compile(
        rf"{ONLY_HAN}[□■◆●○◎▲△★☆◇·—\s]*(?:[文图]\s*[/／]?\s*[文图]?\s*)?(?:\w{{2,10}}[ \u3000]+){{0,3}}{own}(?:[ \u3000、]+{own}){{0,3}}\s*(?:[著文作译画图]|整理|口述|执笔)?"
    )


@lru_cache(maxsize=1)
def _speaker() -> re.Pattern[str]:
    """Who asks or answers, before a colon."""
    own = full_name(r"\w")
    return re.compile(rf"(?=[{HAN}]+[：:])(?:[问答]|记者问?|主持人|本报记者|\w{{0,12}}{own}|{own}答?)[：:]")
