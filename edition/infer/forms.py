"""Lines that are no running text by their form alone: bylines, credits, what a page prints around its articles."""

import re
from functools import lru_cache
from itertools import groupby
from typing import Literal

from edition.infer.lists import alternatives, full_name, holding, words
from edition.model.document import FurnitureKind
from edition.model.widths import HAN, ONLY_HAN, ONLY_HAN_OR_DIGITS

Form = Literal["byline", "credit", "header", "footer", "pageNum", "bracketed"]

_SEP = r"[ \t\u3000、，,/／]{1,3}"
NAME = r"(?:[\w·]{2,4}|\w[ \u3000]{1,2}\w)"  # where it is known that there are but Chinese characters
_NAMES = rf"{NAME}(?:{_SEP}{NAME})*"
NAMED = rf"(?=(?>[{HAN}· \t\u3000、，,/／]*)(?!\w))"  # in front of names that may be followed by more
_DATE = r"(?:19|20)\d{2}\s*[-./·]\s*\d{1,2}\s*[-./·]\s*\d{1,2}(?!\d)|\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|[〇○零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日"
_TAKEN = re.compile(
    r"(?=\D{0,4}\d)[（(\s]*(?:\d{4}年)?\d{0,2}月?(?:\d{1,2}日|[上中下]旬)?(?:[上下]午|晚|凌晨)?拍?摄[）)\s]*"
)
_PARTED = re.compile(r"[ \t\u3000/／:：]")
_WRITTEN = re.compile(r"[/／]文[ \t\u3000、，]|^文[/／:：](?!图)")
_HOUSE = re.compile(rf"^(?:[A-Z]{{2,6}}|[{HAN}]{{2,6}}[·•])(?=[{HAN}]{{0,6}}记者)")  # in front of who writes for it
_POINTING = re.compile(
    r"(?:详?见|如|附)?(?:附|题|本版|[上下左右中]{1,2})图片?[一二三四①②③④\d]?|[见如附](?:图片?[一二三四①②③④\d]?|照片)"
)
_PARTS = re.compile(r"[ \t]{3,}|\u3000{2,}")  # what parts the pieces of a running head


def kept() -> str:
    """What may stand after a credit: how the picture came or where it lies, as a regular expression."""
    return rf"(?:[ \t\u3000]*[（(](?:{alternatives('kept')}|附图片?.{{0,4}})[）)])?"


def _forms() -> tuple[tuple[Form, str], ...]:
    """The forms of lines that are no running text, in the order in which they are tried: regular expressions."""
    return (*_furniture_forms(), *_signing_forms(), ("bracketed", r"[（(][^（()）。！？：:]{2,24}[）)]"))


def _furniture_forms() -> tuple[tuple[Form, str], ...]:
    """What belongs to the page and to no item of it."""
    staff, services, sections = alternatives("staff"), alternatives("services"), alternatives("sections")
    papers = rf"[{HAN}]{{2,6}}(?:{alternatives('papers')})"
    labels = alternatives("labels")
    links = rf"(?>(?:{alternatives('navigation')}|{papers})[\[\]［］【】<>《》（）()|｜+＋\-－:：\s»›·0-9OＯ]*)"
    number = r"(?:[A-Z]\d{1,2}|\d{1,2}|第\s*\d{1,2})\s*版?"
    return (
        (
            "pageNum",
            r"[-—·.\s]*(?:第\s*)?(?:[A-Z]?\d{1,3}|[A-Za-z]\d{4,5}|0\d{3,4})\s*版?[-—·.\s]*|第\s*[一二三四五六七八九十]{1,3}\s*版|[A-Z]叠\d{0,2}",
        ),
        (
            "footer",
            r"[（(【]?\s*(?:下转|上接|紧接|转自?|接|(?:相关)?(?:报道)?详?见)\s*(?:第?\s*[A-Z一二三四五六七八九十\d]{1,4}\s*版).{0,10}",
        ),
        (
            "footer",
            rf"{holding('staff')}(?:(?:(?:{staff})(?:\s*[:：/／|｜]\s*|\s+)\S{{2,8}}\s*)+|[（(]\s*(?:{staff})[:：\s]\s*\S{{2,4}}\s*[）)]|[本第]?[版期]?(?:{staff})[:：]|(?:{staff})[:：]\S{{2,4}}.{{0,60}})",
        ),
        (
            "footer",
            rf"{holding('services')}.{{0,12}}(?:{services})\s*[:：]?\s*\S{{0,12}}(?:[\d-]{{5,}}|@|www\.|https?:).{{0,60}}",
        ),
        (
            "footer",
            rf"(?:本报|本社)?(?:地址|社址|(?:常年)?法律顾问)[:：].{{4,80}}|{holding('services')}(?:[^，。]{{0,8}}(?:{services})[:：]\s*\S+\s*){{2,}}",
        ),
        (
            "footer",
            rf"{holding('rights')}.{{0,48}}(?:{alternatives('rights')}).{{0,48}}|{holding('scans')}[^，。！？]{{0,16}}(?:{alternatives('scans')})[^。！？]{{0,16}}",
        ),
        (
            "footer",
            r"(?:请|欢迎|扫码)?关注[^，。！？]{0,10}公众号(?:[，,]?[^，。！？]{0,10}报)?|(?:请|欢迎)?扫码下载\s*\S{2,10}(?:新闻|客户端|APP|App)",
        ),
        (
            "footer",
            r"(?:网址[:：])?\s*(?:https?://|www\.)[\w./?=&%:-]+|[\w.-]+@[\w-]+\.[\w.]+|[\w-]+\.(?:com|cn|net|org)(?:\.cn)?",
        ),
        (
            "header",
            rf"(?:.{{0,12}}\s|(?:出版|发行)(?:日期|时间)[:：]\s*)?(?:{_DATE})(?:\s*(?:星期|周)[一二三四五六日天])?(?:[\s|｜].{{0,24}})?",
        ),
        ("header", rf"(?:中华)?民国[{HAN}\d]{{1,4}}年[{HAN}\d]{{1,3}}月[{HAN}\d]{{1,3}}日.{{0,10}}"),
        (
            "header",
            rf"(?:{labels})\s*[：:]|{holding('labels')}[^，。：:]{{0,12}}(?:(?:{labels})\s*[：:]\s*[^，。：: \u3000]{{1,20}}\s*){{2,}}",
        ),
        ("header", r"农历.{2,12}|[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年(?:.{0,4}月.{1,4})?"),
        ("header", rf"(?=..)[\[［【<《（(|｜»›·3\s]*{links}{{1,12}}"),
        (
            "header",
            rf"{holding('staff')}(?:[^，。！？；]*(?:{staff})[:：/／][^，。！？；]*(?:{_DATE})[^，。！？；]{{0,12}}|(?:{_DATE})[^，。！？；]{{0,12}}(?:{staff})[:：/／][^，。！？；]*)",
        ),
        (
            "header",
            rf"[A-D]\d{{1,2}}[ \u3000][{HAN}·]{{2,10}}|[【［\[]?第?\s*(?:[A-Z]?\d{{1,3}}|[A-Za-z]\d{{4,5}}|0\d{{3,4}})\s*版\s*(?:[:：|｜· \u3000]\s*[{HAN}·/／]{{2,10}}(?:\s*[|｜]\s*\S{{2,8}})?[】］\]]?|[（(].{{0,10}}[）)])",
        ),
        (
            "header",
            rf"《[^《》]{{2,10}}报》\s*[（(][^（()）]{{0,30}}版[）)]|第\s*\d{{2,6}}\s*期[:：]\s*(?:第?\s*\w{{1,5}}\s*版.{{0,12}})?"
            rf"|[^，。！？；]{{2,20}}(?:主管|主办)[\s，、]*\w{{2,6}}(?:{alternatives('papers')})社?(?:编辑)?出版(?:\s.{{0,20}})?",
        ),
        (
            "header",
            rf"(?:{papers})(?:\s.{{0,20}})?|[A-Z]{{3,}}(?: [A-Z]{{2,}})+|[A-Z]{{4,}}|[A-Z][a-z]{{3,}}(?: [A-Za-z&]+){{0,3}}",
        ),
        (
            "header",
            rf"(?:{number}[\s|｜·:：-]*)?(?:{sections})(?:新闻|周刊|专版|专刊)?(?:[\s|｜·:：-]*{number})?",
        ),
        (
            "header",
            r"(?:今日)?\d{1,3}版|(?:.{0,8}\s)?星期[一二三四五六日天](?:\s.{0,16})?|.{0,10}(?:CN\s*\d{2}-\d{4}|邮发代号|总第\s*\d+\s*期).{0,30}",
        ),
    )


def _signing_forms() -> tuple[tuple[Form, str], ...]:
    """Credits, then bylines."""
    return ("credit", _credit_form()), ("byline", _byline_form())


def trades() -> str:
    """The trades of who signs, whatever stands before them (本报记者, 全媒体记者), as a regular expression; 文 alone is
    left out, for it is in names and words."""
    roles = [role for role in words()["roles"] if len(role) > 1]
    return "|".join(role for role in roles if not any(role.endswith(other) for other in roles if other != role))


def _credit_form() -> str:
    """Who made a picture, and what may follow: how it came, who told of it."""
    ends, begins = alternatives("credit_ends"), alternatives("credit_begins")
    together = rf"(?=(?:{NAME}{_SEP})?\w{{0,9}}(?:{trades()}|文))[{HAN}·]{{1,14}}(?:[ \t\u3000:：、，,/／]{{1,3}}[{HAN}·]{{1,10}}){{0,7}}"
    through = rf"[/／][{HAN}]{{2,5}}[社网]"  # whom it came through
    agency = r"(?:新华社|中新社|本报|本刊|视觉中国)(?:发|供图|资料(?:照片|图?片?))"
    told = rf"[ \t\u3000]+(?:{alternatives('sources')})[:： \t\u3000]*{NAMED}{_NAMES}"
    return (
        rf"[（(]?\s*(?:{agency}|{holding('credit_ends')}[^（()）。！？，]{{0,14}}[ \t\u3000:：/／]*(?:{ends})(?:(?<=[摄影]){through})?|(?:{begins})[ \t\u3000:：/／]+[^（()）。！？，]{{2,12}})\s*[）)]?{kept()}"
        rf"|(?=[^摄]*+摄)[（(]?\s*{together}[ \t\u3000]*(?<!拍)摄(?:影|影报道)?(?:[（(][{HAN}]{{2,6}}[）)]|{through}|{told})?\s*[）)]?{kept()}"
    )


def _byline_form() -> str:
    """Who wrote a text, alone or with whoever made its pictures; where it is from. A name is a known one (`own`) where
    nothing but its trade is glued to it."""
    trade, staff = rf"\w{{0,9}}(?:{trades()}|文)", rf"\w{{0,9}}(?:{trades()})"
    hands, own = alternatives("hands"), full_name(r"[^\W\d]")  # dates may follow
    person = (
        rf"(?>(?:{trade}[:：]?)?{NAME}(?![\w·])|{trade}[:：]?(?![\w·]))"  # atomic: a long row of names is read once
    )
    signed = rf"(?={trade})(?:{person}{_SEP})*(?:{trade}[ \t\u3000:：]*)?{NAME}"
    glued = rf"(?:{staff}{NAME}[ \t\u3000]*){{2,4}}"
    before = rf"(?>{trade}[ \t\u3000:：/／]+|本报记者|本报通讯员|新华社记者)"
    named = rf"(?={before})(?:{before}?{NAME}(?:{_SEP}(?=\w)|(?=[文图]|\W|\Z)))+"
    row = rf"(?={staff})(?=\w{{5}}|.*[ \t\u3000、，]\w{{3}})(?:(?>(?:{staff}[ \t\u3000]*)?{own})(?:{_SEP}|\Z)){{2,10}}"
    maybe = rf"(?:{staff}[ \t\u3000]*)?{NAME}"
    shares = rf"(?:(?:{own}[ \t\u3000、]+){{0,3}}{maybe}[ \t\u3000]*[/／](?:摄影|图文|[摄图文])(?!\w)[ \t\u3000、，]*)"
    shared = rf"(?:(?:{hands})\s*[/／:：]\s*{maybe}(?:{_SEP}(?>{maybe})(?![\w/／:：]))*[ \t\u3000、，]*){{1,3}}"
    placed = rf"{trade}[ \t\u3000]*{own}(?:[、，/／ \t\u3000]+{own})*[ \t\u3000]*[/／]?[ \t\u3000]*[^\W\d]{{0,6}}(?:报导|报道|专访|特稿|\d{{1,2}}日电)|{own}[/／][^\W\d]{{2,6}}(?:报导|报道|专访|特稿)"
    part = r"(?:等)?[ \t]*(?:(?:参与)?(?:采写|报道)|(?:采访|综合)?整理|编译|综合报道)?"
    source = r"(?:(?:案例|资料|数据|稿件)来源|摘编?自|原载|作者(?:系|为|单位)|据(?:新华社|中新社|《))"
    mark = r"[□■◆●○◎▲△★☆◇⊙☉]"
    return (
        rf"{ONLY_HAN}(?:[（(]\s*(?:{signed}|{_NAMES})\s*(?:[文图/／ ]{{1,5}}|{part})[）)]"
        rf"|(?=[^/／:：]*+[/／:：])(?:{shared}{shares}{{0,2}}|{shares}{{1,3}}|{own}(?:[/／]{own}){{1,3}}|[/／]{own}[/／]|作者单位[:：].{{2,30}})"
        rf"|{holding('roles')}(?:{row}|{mark}?\s*(?:[文图][/／]?[文图]?\s)?\s*{named}\s*[/／]?\s*(?:文[/／]?图|图[/／]?文|文)?|{glued})"
        rf"|{holding('glued_roles')}\w{{0,4}}(?:{alternatives('glued_roles')}){own}"
        rf"|{holding('tellers')}\w{{0,2}}(?:{alternatives('tellers')})[ \t\u3000:：]+{own}"
        rf"|——\s*编\s*者|(?:本报|本刊)(?:记者|通讯员|(?:特约)?评论员|编辑部)|(?>[{HAN}]{{2,6}}(?:{alternatives('papers')}))记者"
        rf"|[□■◆◇○◎]\s*\w{{2,20}}[ \u3000]+{own}|{mark}\s*{_NAMES})"
        rf"|(?=[^导道访稿电]*+[导道访稿电]){ONLY_HAN_OR_DIGITS}[【〔［\[]?(?:{placed})[】〕］\]]?(?:[ \u3000]?[^\W\d]{{2,4}}报)?"
        rf"|(?:读者|网友)[ \t\u3000:：]*[A-Za-z][\w.-]{{1,15}}|(?=[^箱]*+箱){ONLY_HAN_OR_DIGITS}\w{{1,10}}\d号?信箱[ \u3000]*{own}"
        rf"|[（(]{source}[^（()）]{{2,56}}[）)]|[A-Za-z．.·\s{HAN}]{{2,30}}著[ \u3000]+{ONLY_HAN}{NAME}译"
    )


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The forms up to a credit, which may yet be none, and those that are tried after it; each is a group of its name."""
    groups = [
        f"(?P<{form}>{'|'.join(f'(?:{one})' for _, one in same)})"
        for form, same in groupby(_forms(), key=lambda entry: entry[0])
    ]
    after = [form for form, _ in groupby(_forms(), key=lambda entry: entry[0])].index("credit") + 1
    return re.compile("|".join(groups[:after])), re.compile("|".join(groups[after:]))


@lru_cache(maxsize=2048)
def special_form(text: str) -> Form | None:
    """What a whole line is by its form alone: a byline, a credit, a kind of furniture, or nothing of the sort."""
    stripped = _HOUSE.sub("", text.strip())
    if _PARTS.search(stripped) and _running_head(_PARTS.split(stripped)):
        return "header"
    if not stripped or len(stripped) > 90 or _unbalanced(stripped):
        return None
    if stripped[0] in "（(" and points(stripped.strip("（）()")):
        return "bracketed"
    for pattern in _patterns():
        found = pattern.fullmatch(stripped)
        if found and (found.lastgroup != "credit" or _is_credit(stripped)):
            return found.lastgroup  # type: ignore[return-value]  # groups have the names of forms
    return None


def _running_head(parts: list[str]) -> bool:
    """Whether the parts of a line that stand far apart are a page's running head: most are furniture by themselves."""
    found = sum(len(part) <= 60 and furniture_kind(special_form(part)) is not None for part in parts)
    return len(parts) > 1 and found >= 2 and 2 * found >= len(parts)


def _unbalanced(text: str) -> bool:
    """Whether a bracket is open or closed alone: such a line is a part of something."""
    return text.count("（") + text.count("(") != text.count("）") + text.count(")")


def points(text: str) -> bool:
    """Whether what stands in brackets points to a picture: 见上图, 附图."""
    return bool(_POINTING.fullmatch(text.strip()))


def _is_credit(text: str) -> bool:
    """A line that ends in 图 or 画 is a credit only in brackets or after a blank: 蓝图 and 版画 are words. Where somebody
    wrote the text besides (`王某/文 李某/摄`) it is a byline; a day alone tells when a picture was taken, and by nobody."""
    if _WRITTEN.search(text) or taken_on(text):
        return False
    text = text if text[0] in "（(" else re.sub(r"[（(][^（()）]*[）)]$", "", text)
    return (
        text[0] in "（("
        or bool(_PARTED.search(text))
        or text.endswith(("摄", "供图", "摄影报道"))
        or text.startswith(("新华社", "中新社", "本报资料", "本刊资料"))
    )


def taken_on(text: str) -> bool:
    """Whether a text says but the day on which a picture was taken, with which its caption ends: （3月2日摄）."""
    return bool(_TAKEN.fullmatch(text))


def furniture_kind(form: Form | None) -> FurnitureKind | None:
    """The kind of furniture, if it is any."""
    return form if form in ("header", "footer", "pageNum") else None
