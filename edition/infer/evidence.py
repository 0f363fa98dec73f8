"""What can be seen of a piece of text: marks, punctuation, word lists. Plain strings in, plain answers out."""

import re
from functools import lru_cache

from edition.infer.lists import alternatives, full_name, words
from edition.model.widths import HAN, HAN_RUN

CLOSERS = "”’」』）)》〉】］"
TERMINAL = "。！？!?…"
PAUSES = "，、；：,;:"
_TERMINAL, _PAUSES = tuple(TERMINAL), tuple(PAUSES)
_NO_START = tuple("，。、；：！？”’》）」』〉】,;:!?)%％")
_ARROWS = tuple("◀▶▼◄►↑↓←→↖↗↘↙")
_COUNTING = re.compile("[数几第近约每][十百千万亿]*$")
_OPENING_DATE = re.compile(
    r"(?:\d{4}\s*年(?!度)|\d{1,2}\s*月(?:\d{1,2}\s*日|[上中下]旬|底|初)|自\d{4}年|[一二三四五六七八九十]{1,3}月\S{1,3}日)"
)
_SENTENCE = re.compile(rf"(?:[。！？!?]|(?<=[{HAN}])\.)[{CLOSERS}\"]*(?=.)")
_HAN_BLANK_HAN = rf"(?<=[{HAN}”’》）)])[ \u3000]+(?=[{HAN}“‘《0-9A-Za-z])"
_PAIRS = {"“": "”", "‘": "’", "《": "》", "（": "）", "(": "）", "「": "」", "『": "』", "〈": "〉", "【": "】"}
_WIDE = {"(": "（", ")": "）"}
_MARKS = re.compile("[“”‘’《》（）()「」『』〈〉【】]")
_CLAUSE = re.compile(f"[{PAUSES}。！？“”]")
_NUMBERED = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|[^，。：:]{1,4}[一二三四五六七八九十][：:]|[（(]?\d{1,2}[）)、.．](?!\d)|第[一二三四五六七八九十]{1,3}[章节条部]|[◆●■▲]"
)
_TAIL = re.compile("的(?![士确哥])|了(?!解|结|却|不起)|们|，|。|、")


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


def opening(text: str) -> str:
    """How a text begins: with a `dateline`, as stories do otherwise (`opener`), or `plain`."""
    return "dateline" if begins_dateline(text) else "opener" if opens_story(text) else "plain"


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
    if right[:1] not in left[-40:]:
        return False  # as nearly always
    before, cut = _last_clauses(left[-40:])
    started = cut + right[:2]
    return len(started) > 2 and bool(cut) and before.startswith(started[: len(cut) + 1])


@lru_cache(maxsize=256)
def _last_clauses(text: str) -> tuple[str, str]:
    """The last clause of a text and the one before it; empty where there are not two."""
    *_, before, cut = ["", "", *_CLAUSE.split(text)]
    return before, cut
