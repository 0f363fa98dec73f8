"""What can be seen of a piece of text: forms, punctuation, word lists. Plain strings in, plain answers out."""

import re
from functools import lru_cache
from itertools import groupby
from typing import Literal

from edition.infer.lists import alternatives, full_name, words
from edition.model.document import FurnitureKind
from edition.model.widths import HAN, HAN_RUN, ONLY_HAN

Signer = Literal["pictures", "texts", "reporter", "name"]
Form = Literal["byline", "credit", "header", "footer", "pageNum", "bracketed"]

CLOSERS = "”’」』）)》〉】］"
TERMINAL = "。！？!?…"
SIGNED = 60  # characters at a text's end in which a byline may stand
_CREDITED = ("摄", "摄影", "供图", "报道", "制图", "绘图", "漫画")
PAUSES = "，、；：,;:"
_BOTH = re.compile(r"文[/／、 ]?图|图[/／、 ]?文|^文[/／:： ]|[ \u3000]文$")
_REPORTED = re.compile("(?<!摄影)(?<!图片)报道$")  # 综合报道: of texts
_SHOT = ("摄影", "图/", "图／")
_TERMINAL, _PAUSES = tuple(TERMINAL), tuple(PAUSES)
_NO_START = tuple("，。、；：！？”’》）」』〉】,;:!?)%％")
_ARROWS = tuple("◀▶▼◄►↑↓←→↖↗↘↙")
_COUNTING = re.compile("[数几第近约每][十百千万亿]*$")
_SEP = r"[ \t\u3000、，,/／]{1,3}"
_NAME = r"(?:[\w·]{2,4}|\w[ \u3000]{1,2}\w)"  # where it is known that there are but Chinese characters
_NAMES = rf"{_NAME}(?:{_SEP}{_NAME})*"
_NAMED = rf"(?=(?>[{HAN}· \t\u3000、，,/／]*)(?!\w))"  # in front of names that may be followed by more
_KEPT = r"(?:[ \t\u3000]*[（(](?:传真照片|资料照片|资料图片|图片|附图片?.{0,4})[）)])?"  # after a credit: how the picture came, or where it lies
_DATE = r"(?:19|20)\d{2}\s*[-./·]\s*\d{1,2}\s*[-./·]\s*\d{1,2}(?!\d)|\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|[〇○零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日"
_OPENING_DATE = re.compile(
    r"(?:\d{4}\s*年(?!度)|\d{1,2}\s*月(?:\d{1,2}\s*日|[上中下]旬|底|初)|自\d{4}年|[一二三四五六七八九十]{1,3}月\S{1,3}日)"
)
_SENTENCE = re.compile(rf"(?:[。！？!?]|(?<=[{HAN}])\.)[{CLOSERS}\"]*(?=.)")
_HAN_BLANK_HAN = rf"(?<=[{HAN}”’》）)])[ \u3000]+(?=[{HAN}“‘《0-9A-Za-z])"
_PAIRS = {"“": "”", "‘": "’", "《": "》", "（": "）", "(": "）", "「": "」", "『": "』", "〈": "〉", "【": "】"}
_WIDE = {"(": "（", ")": "）"}
_MARKS = re.compile("[“”‘’《》（）()「」『』〈〉【】]")
_PARTED = re.compile(r"[ \t\u3000/／:：]")
_CLAUSE = re.compile(f"[{PAUSES}。！？“”]")
_NUMBERED = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|[^，。：:]{1,4}[一二三四五六七八九十][：:]|[（(]?\d{1,2}[）)、.．](?!\d)|第[一二三四五六七八九十]{1,3}[章节条部]|[◆●■▲]"
)
_TAIL = re.compile("的(?![士确哥])|了(?!解|结|却|不起)|们|，|。|、")
_ON_PAGE = re.compile("[见转接].{0,2}第?.{1,4}版$")
_PARTS = re.compile(r"[ \t]{3,}|\u3000{2,}")  # what parts the pieces of a running head


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
            r"[-—·.\s]*(?:第\s*)?[A-Z]?\d{1,3}\s*版?[-—·.\s]*|第\s*[一二三四五六七八九十]{1,3}\s*版|[A-Z]叠\d{0,2}",
        ),
        (
            "footer",
            r"[（(【]?\s*(?:下转|上接|紧接|转自?|接)\s*(?:第?\s*[A-Z一二三四五六七八九十\d]{1,4}\s*版).{0,10}",
        ),
        (
            "footer",
            rf"(?:(?:{staff})(?:\s*[:：/／|｜]\s*|\s+)\S{{2,8}}\s*)+|[（(]\s*(?:{staff})[:：\s]\s*\S{{2,4}}\s*[）)]|[本第]?[版期]?(?:{staff})[:：]|(?:{staff})[:：]\S{{2,4}}.{{0,60}}",
        ),
        (
            "footer",
            rf".{{0,12}}(?:{services})\s*[:：]?\s*\S{{0,12}}(?:[\d-]{{5,}}|@|www\.|https?:).{{0,60}}",
        ),
        (
            "footer",
            rf"(?:本报|本社)?(?:地址|社址)[:：].{{4,80}}|(?:[^，。]{{0,8}}(?:{services})[:：]\s*\S+\s*){{2,}}",
        ),
        (
            "footer",
            rf".{{0,48}}(?:{alternatives('rights')}).{{0,48}}|[^，。！？]{{0,16}}(?:{alternatives('scans')})[^。！？]{{0,16}}",
        ),
        (
            "footer",
            r"(?:网址[:：])?\s*(?:https?://|www\.)[\w./?=&%:-]+|[\w.-]+@[\w-]+\.[\w.]+|[\w-]+\.(?:com|cn|net|org)(?:\.cn)?",
        ),
        ("header", rf"(?:.{{0,12}}\s)?(?:{_DATE})(?:\s*(?:星期|周)[一二三四五六日天])?(?:[\s|｜].{{0,24}})?"),
        ("header", rf"(?:中华)?民国[{HAN}\d]{{1,4}}年[{HAN}\d]{{1,3}}月[{HAN}\d]{{1,3}}日.{{0,10}}"),
        (
            "header",
            rf"(?:{labels})\s*[：:]|[^，。：:]{{0,12}}(?:(?:{labels})\s*[：:]\s*[^，。：: \u3000]{{1,20}}\s*){{2,}}",
        ),
        ("header", r"农历.{2,12}|[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年(?:.{0,4}月.{1,4})?"),
        ("header", rf"(?=..)[\[［【<《（(|｜»›·3\s]*{links}{{1,12}}"),
        ("header", rf"[^，。！？；]*(?:{staff})[:：/／][^，。！？；]*(?:{_DATE})[^，。！？；]{{0,12}}"),
        (
            "header",
            rf"[A-D]\d{{1,2}}[ \u3000][{HAN}·]{{2,10}}|第?\s*[A-Z]?\d{{1,3}}\s*版\s*(?:[:：|｜· \u3000]\s*[{HAN}·/／]{{2,10}}|[（(].{{0,10}}[）)])",
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
    roles, ends, begins = alternatives("roles"), alternatives("credit_ends"), alternatives("credit_begins")
    trade = rf"\w{{0,6}}(?:{roles})[:：]?"
    person = rf"(?>(?:{trade})?{_NAME}(?![\w·])|{trade}(?![\w·]))"  # atomic: a long row of names is read once
    signed = rf"(?={trade})(?:{person}{_SEP})*(?:{trade}[ \t\u3000:：]*)?{_NAME}"
    glued = rf"(?:\w{{0,4}}(?:{roles}){_NAME}[ \t\u3000]*){{2,4}}"
    alone = rf"\w{{0,6}}(?:(?:{roles})[ \t\u3000:：/／]+|(?:本报记者|本报通讯员|新华社记者)){_NAMES}"
    trades = rf"\w{{0,4}}(?:{alternatives('glued_roles')})"
    together = rf"(?=(?:{_NAME}{_SEP})?\w{{0,6}}(?:{roles}))[{HAN}·]{{1,14}}(?:[ \t\u3000:：、，,/／]{{1,3}}[{HAN}·]{{1,10}}){{0,7}}"
    own = full_name(r"[^\W\d]")  # dates may follow
    placed = rf"[^\W\d]{{0,6}}(?:{roles})[ \t\u3000]*{own}(?:[、，/／ \t\u3000]+{own})*[ \t\u3000]*[/／]?[ \t\u3000]*[^\W\d]{{0,6}}(?:报导|报道|专访|特稿|\d{{1,2}}日电)|{own}[/／][^\W\d]{{2,6}}(?:报导|报道|专访|特稿)"
    part = r"(?:等)?[ \t]*(?:(?:参与)?(?:采写|报道)|(?:采访|综合)?整理|编译|综合报道)?"
    source = r"(?:(?:案例|资料|数据|稿件)来源|摘编?自|原载|作者(?:系|为|单位)|据(?:新华社|中新社|《))"
    agency = r"(?:新华社|中新社|本报|本刊|视觉中国)(?:发|供图|资料图?片?)"
    bullet = r"[□■◆●○◎▲△★☆◇⊙☉]?\s*"
    return (
        (
            "credit",
            (
                rf"[（(]?\s*(?:{agency}|[^（()）。！？，]{{0,14}}[ \t\u3000:：/／]*(?:{ends})|(?:{begins})[ \t\u3000:：/／]+[^（()）。！？，]{{2,12}})\s*[）)]?{_KEPT}"
                rf"|[（(]?\s*{together}[ \t\u3000]*(?<!拍)摄(?:影|影报道)?(?:[（(][{HAN}]{{2,6}}[）)]|[ \t\u3000]+线索提供[:： ]*{_NAMED}{_NAMES})?\s*[）)]?{_KEPT}"
            ),
        ),
        (
            "byline",
            (
                rf"{ONLY_HAN}(?:[（(]\s*(?:{signed}|{_NAMES})\s*(?:[文图/／ ]{{1,5}}|{part})[）)]"
                rf"|(?:(?:{alternatives('hands')})\s*[/／:：]\s*(?:\w{{0,6}}(?:{roles})[ \t\u3000]*)?{_NAME}[ \t\u3000、，]*){{1,3}}"
                rf"|{trades}{own}|——\s*编\s*者|(?:本报|本刊)(?:记者|通讯员|(?:特约)?评论员|编辑部)"
                rf"|{bullet}(?:[文图][/／]?[文图]?\s)?\s*{alone}(?:{_SEP}{alone})*\s*[/／]?\s*(?:文[/／]?图|图[/／]?文|文)?|[□■◆●○◎▲△★☆◇⊙☉]\s*{_NAMES}|{glued})"
                rf"|(?=[\W\d{HAN}]*\Z)[【〔［\[]?(?:{placed})[】〕］\]]?(?:[ \u3000]?[^\W\d]{{2,4}}报)?"
                rf"|[（(]{source}[^（()）]{{2,56}}[）)]|[A-Za-z．.·\s{HAN}]{{2,30}}著[ \u3000]+{ONLY_HAN}{_NAME}译"
            ),
        ),
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
    stripped = text.strip()
    if _PARTS.search(stripped) and _running_head(_PARTS.split(stripped)):
        return "header"
    if not stripped or len(stripped) > 90 or _unbalanced(stripped):
        return None
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


def _is_credit(text: str) -> bool:
    """A line that ends in 图 or 画 is a credit only in brackets or after a blank: 蓝图 and 版画 are words."""
    text = text if text[0] in "（(" else re.sub(r"[（(][^（()）]*[）)]$", "", text)
    return (
        text[0] in "（("
        or bool(_PARTED.search(text))
        or text.endswith(("摄", "供图", "摄影报道"))
        or text.startswith(("新华社", "中新社"))
    )


def signer(text: str) -> Signer:
    """Whom a signature names: who made pictures (摄, 供图), texts too (文/图), a reporter or correspondent (记者, 通讯员), or
    just a name."""
    bare = text.strip(" \u3000（）()")
    if _BOTH.search(bare):
        return "texts"
    if (bare.endswith(_CREDITED) and not _REPORTED.search(bare)) or bare.startswith(_SHOT):
        return "pictures"
    return "reporter" if _staff().search(bare) else "name"


@lru_cache(maxsize=1)
def _staff() -> re.Pattern[str]:
    return re.compile("|".join(word for word in words()["roles"] if len(word) > 1))


def furniture_kind(form: Form | None) -> FurnitureKind | None:
    """The kind of furniture, if it is any."""
    return form if form in ("header", "footer", "pageNum") else None


@lru_cache(maxsize=1)
def _signature() -> re.Pattern[str]:
    """A credit in brackets, a credit without, anything else in brackets, or names set apart, at the end of a text."""
    own = full_name(r"\w")
    roles, ends = alternatives("roles"), alternatives("credit_ends")
    return re.compile(
        rf"(?:[（(][ \t\u3000]*(?:(?P<credit>[^（()）。！？]{{2,14}}?[ \t\u3000]*(?:{ends}))|(?P<other>[^（()）。！？]{{2,24}}|[^（()）。！？]{{2,50}}(?:采写|整理)))[ \t\u3000]*[）)]{_KEPT}"
        rf"|(?<=[。！？”’ \t\u3000]){_NAMED}(?P<bare>(?:\w{{0,6}}(?:{roles})[ \t\u3000]*)?{_NAME}[ \t\u3000]{{0,2}}(?:摄影报道|摄影|摄)){_KEPT}"
        rf"|(?<=[。！？”’]){ONLY_HAN}(?P<names>[ \t\u3000]+{own}(?:[ \t\u3000]+{own})*|{own}(?:[ \t\u3000]+{own})+))$"
    )


@lru_cache(maxsize=2048)
def signature(text: str) -> tuple[int, Literal["byline", "credit"]] | None:
    """Where a byline or credit begins that is stuck to the end of a text, blanks before it included.

    What stands in brackets after the last sentence of a text signs it: a name, a source, an office. It must follow the
    end of a sentence: `（街道）` and `（试行）` in running text look the same. A credit names its trade (摄, 供图) and may
    follow anything. A turn to another page (（相关报道见第二版）) signs nothing.
    """
    skipped = max(0, len(text) - SIGNED)
    found = _signature().search(text[skipped:])
    if not found or not skipped + found.start():
        return None
    start = len(text[: skipped + found.start()].rstrip())
    before = text[:start]
    if found["other"] and _ON_PAGE.search(found["other"]):
        return None
    if found["names"]:
        return start, "byline"
    if found["bare"]:
        return (start, "credit") if ends_sentence(before) else None
    if found["credit"] and found["credit"].strip().endswith(_CREDITED):
        return start, "credit"
    if ends_sentence(before):
        return start, "credit" if found["credit"] else "byline"
    return None


def ends_sentence(text: str) -> bool:
    """Whether the text ends in a sentence-final mark, closing quotation marks aside."""
    bare = text.rstrip().rstrip(CLOSERS)
    return bare.endswith(_TERMINAL) or (bare[-1:] == "." and bool(HAN_RUN.match(bare[-2:])))  # as tools write it


def ends_in_pause(text: str) -> bool:
    """Whether the text ends in a comma or the like."""
    return text.rstrip().endswith(_PAUSES)


def ends_in_dash(text: str) -> bool:
    """Whether the text ends in a dash, as kickers do that lead over to their headline."""
    return text.rstrip().endswith(("——", "—-", "--", "──"))


def holds_sentence(text: str) -> bool:
    """Whether a sentence ends before the end of the text."""
    return bool(_SENTENCE.search(text))


def han_blanks(text: str) -> int:
    """How many blanks part Chinese characters outside quotation marks."""
    if " " not in text and "\u3000" not in text:
        return 0
    return sum(not unclosed(text[: found.start()]) for found in re.finditer(_HAN_BLANK_HAN, text))


def unclosed(text: str) -> str:
    """The opening marks that the text does not close, in order."""
    open_marks: list[str] = []
    for char in _MARKS.findall(text):
        if char in _PAIRS:
            open_marks.append(_WIDE.get(char, char))
        elif open_marks and _WIDE.get(char, char) == _PAIRS[open_marks[-1]]:
            open_marks.pop()
    return "".join(open_marks)


def unopened(text: str) -> bool:
    """Whether a mark is closed that was not opened in the text."""
    depth: list[str] = []
    for char in _MARKS.findall(text):
        if char in _PAIRS:
            depth.append(_PAIRS[char])
        elif not depth or depth.pop() != _WIDE.get(char, char):
            return True
    return False


def opens_story(text: str) -> bool:
    """Whether the text begins as first sentences do: with a date, 近日, 本报讯."""
    return text.startswith(words()["openers"]) or bool(_OPENING_DATE.match(text))


@lru_cache(maxsize=1)
def _dateline() -> re.Pattern[str]:
    """本报讯, 新华社北京3日电, 【本报南京电】, 某某讯（记者…）; the 〔路透社…电〕 of old papers stands several times in one story."""
    own = full_name(f"[{HAN}]")
    return re.compile(
        r"[【（(\[]?据?(?:本报|本刊|新华社|中新社|本社|人民网|新华网|中央社|香港文汇报)[^，。；]{0,16}?(?:\d{1,2}月\d{1,2}日)?(?:[电讯](?![员话影视力子信])|消息)|据(?:新华社|中新社|本报)"
        rf"|[【\[][{HAN}]{{2,16}}[电讯][】\]]|[（(][{HAN}]{{2,6}}\d{{1,2}}日[电讯][）)]|[【〔［\[][^】〕］\]。，]{{2,24}}报[导道][】〕］\]]|[{HAN}]{{2,6}}讯\s*[（(](?:[{HAN}]{{0,6}}(?:记者|通讯员)|{own}[）)])"
    )


def begins_dateline(text: str) -> bool:
    """Whether the text begins with a dateline: `本报北京10月1日电`, `据新华社伦敦`."""
    return bool(_dateline().match(text))


def begins_caption(text: str) -> bool:
    """Whether the text begins as captions do: 图为, 上图, or with an arrow to the picture."""
    return text.startswith(_ARROWS) or text.lstrip("▲△ ").startswith(words()["caption_begins"])


def dangles(text: str) -> bool:
    """Whether the text ends in a word that ends no phrase."""
    return text.endswith(words()["unfinished_ends"]) or bool(_COUNTING.search(text[-12:]))


def begins_continued(text: str) -> bool:
    """Whether the text begins with a word that begins no sentence."""
    return text.startswith(words()["continued_begins"])


def begins_torn(text: str) -> bool:
    """Whether the text begins as none does: with 的, 了 or 们, or a comma or full stop."""
    return bool(_TAIL.match(text))


def begins_closed(text: str) -> bool:
    """Whether the text begins with a mark that nothing begins with."""
    return text.startswith(_NO_START)


def reports_speech(text: str) -> bool:
    """Whether the text begins with who said something: `活动主持人介绍说。`."""
    return bool(_speech().match(text))


@lru_cache(maxsize=1)
def _speech() -> re.Pattern[str]:
    return re.compile(rf"[^。，,；;：:！？“”]{{0,24}}?(?:{alternatives('speech')})(?:[。，：,:]|道)")


def is_quotation(text: str) -> bool:
    """Whether the whole text is one quotation."""
    stripped = text.strip()
    return stripped[:1] in "“「" and stripped[-1:] in "”」" and len(stripped) > 2 and "”" not in stripped[:-1]


def numbered(text: str) -> bool:
    """Whether the text begins with the number of a heading."""
    return bool(_NUMBERED.match(text))


def repeats_prefix(left: str, right: str) -> bool:
    """Whether the clause cut by the seam begins like the clause before it: 直补个人、直补企业、直¦补培训."""
    before, cut = _last_clauses(left[-40:])
    started = cut + right[:2]
    return len(started) > 2 and bool(cut) and before.startswith(started[: len(cut) + 1])


@lru_cache(maxsize=256)
def _last_clauses(text: str) -> tuple[str, str]:
    """The last clause of a text and the one before it; empty where there are not two."""
    *_, before, cut = ["", "", *_CLAUSE.split(text)]
    return before, cut
