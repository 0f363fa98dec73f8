"""What signs a text at its end, and whom a signature names. Plain strings in, plain answers out."""

import re
from functools import lru_cache
from typing import Literal, TypeAlias

from edition.infer.evidence import ends_sentence
from edition.infer.forms import NAME, NAMED, kept, points, special_form, taken_on, trades
from edition.infer.lists import alternatives, full_name, words
from edition.model.widths import ONLY_HAN, ONLY_HAN_OR_DIGITS

Signer = Literal["pictures", "texts", "reporter", "name"]
Signature: TypeAlias = tuple[int, Literal["byline", "credit"]]  # where it begins in a text, and what it is

SIGNED = 60  # characters at a text's end in which a byline may stand
_CREDITED = ("摄", "摄影", "供图", "报道", "制图", "绘图", "漫画")
_ENDS = "。！？!?…”’」』"
_LEAST, _MOST = 4, 40  # characters of a byline or credit without brackets
_CREDITS = re.compile(r"(?<!拍)(?:摄|摄影|供图|摄影报道|[（(][^（()）]+[）)]|(?:提供|来源).+)$")
_UNSIGNED = re.compile("[:：]|(?:记者|通讯员|评论员|编辑部)$")
_BOTH = re.compile(r"文[/／、 ]?图|图[/／、 ]?文|^文[/／:： ]|[ \u3000]文$")
_REPORTED = re.compile("(?<!摄影)(?<!图片)报道$")  # 综合报道: of texts
_SHOT = ("摄影", "图/", "图／")
_ON_PAGE = re.compile("[见转接].{0,2}第?.{1,4}版$")


@lru_cache(maxsize=1)
def _signature() -> re.Pattern[str]:
    """A credit in brackets, a credit without, anything else in brackets, or names set apart, at the end of a text."""
    own = full_name(r"\w")
    roles, ends = trades(), alternatives("credit_ends")
    return re.compile(
        rf"(?:[（(][ \t\u3000]*(?:(?P<credit>[^（()）。！？]{{2,14}}?[ \t\u3000]*(?:{ends}))|(?P<other>[^（()）。！？]{{2,24}}|[^（()）。！？]{{2,50}}(?:采写|整理)))[ \t\u3000]*[）)]{kept()}"
        rf"|(?<=[。！？”’ \t\u3000]){NAMED}(?P<bare>(?:\w{{0,9}}(?:{roles})[ \t\u3000]*)?{NAME}[ \t\u3000]{{0,2}}(?:摄影报道|摄影|摄)){kept()}"
        rf"|(?<=[。！？”’]){ONLY_HAN}(?P<names>[ \t\u3000]+{own}(?:[ \t\u3000]+{own})*|{own}(?:[ \t\u3000]+{own})+))$"
    )


@lru_cache(maxsize=2048)
def signature(text: str) -> Signature | None:
    """Where a byline or credit begins that is stuck to the end of a text, blanks before it included.

    What stands in brackets after the last sentence of a text signs it: a name, a source, an office. It must follow the
    end of a sentence: `（街道）` and `（试行）` in running text look the same. A credit names its trade (摄, 供图) and may
    follow anything. A turn to another page (（相关报道见第二版）) or to a picture
    (（见上图）) signs nothing. Without brackets a line's form tells.
    """
    skipped = max(0, len(text) - SIGNED)
    found = _signature().search(text[skipped:])
    return (_told(found, text, skipped) if found else None) or _bare(text)


def _told(found: re.Match[str], text: str, skipped: int) -> Signature | None:
    """The same of what was found in a text's end; `skipped` characters stand before that."""
    start = len(text[: skipped + found.start()].rstrip())
    inner = found["other"] or found["credit"] or ""
    if not start or _ON_PAGE.search(inner) or points(inner) or taken_on(text[skipped + found.start() :]):
        return None
    if found["names"]:
        return start, "byline"
    if found["credit"] and found["credit"].strip().endswith(_CREDITED):
        return start, "credit"
    if ends_sentence(text[:start]):
        return start, "byline" if found["other"] else "credit"
    return None


def _bare(text: str) -> Signature | None:
    """The same of a text whose last words, behind its last sentence, would be a byline or credit in a line of their own:
    `……。本报记者 王某某`, `……。通讯员 王某 记者 李某 摄`. What a column's end cuts off must not look so: a trade has its
    name, a credit ends in one that nothing goes on with, and a speaker (`记者：……`) signs nothing."""
    last = text[-SIGNED:]
    at = max(last.rfind(mark) for mark in _ENDS) + 1
    words_ = last[at:].strip()
    start = len(text[: len(text) - len(last) + at].rstrip())
    if not at or not _LEAST <= len(words_) <= _MOST or not ends_sentence(text[:start]):
        return None
    form = special_form(words_) or ("byline" if _placed().fullmatch(words_) else None)
    if form == "credit":
        return (start, "credit") if _CREDITS.search(words_) else None
    return (start, "byline") if form == "byline" and not _UNSIGNED.search(words_) else None


@lru_cache(maxsize=1)
def _placed() -> re.Pattern[str]:
    """A unit or place and, set apart, a known name: `某某纺织厂 王某某`."""
    own, ends = full_name(r"[^\W\d]"), f"{alternatives('unit_ends')}|{alternatives('place_ends')}"
    return re.compile(rf"{ONLY_HAN_OR_DIGITS}\w{{1,18}}(?:{ends})[ \t\u3000]{{1,3}}{own}")


def unbracketed(text: str) -> str:
    """A signature without the brackets and blanks around it."""
    return text.strip(" \u3000（）()")


def signer(text: str) -> Signer:
    """Whom a signature names: who made pictures (摄, 供图), texts too (文/图), a reporter or correspondent (记者, 通讯员), or
    just a name."""
    bare = unbracketed(_trail().sub("", text.strip()))
    if _BOTH.search(bare):
        return "texts"
    if (bare.endswith(_CREDITED) and not _REPORTED.search(bare)) or bare.startswith(_SHOT):
        return "pictures"
    return "reporter" if _staff().search(bare) else "name"


@lru_cache(maxsize=1)
def _trail() -> re.Pattern[str]:
    """What stands behind a credit."""
    return re.compile(
        rf"(?<=[摄影图])(?:[ \t\u3000]*[（(][^（()）]*[）)]|[ \t\u3000]+(?:{alternatives('sources')})[:： \t\u3000].*)$"
    )


@lru_cache(maxsize=1)
def _staff() -> re.Pattern[str]:
    return re.compile("|".join(word for word in words()["roles"] if len(word) > 1))
