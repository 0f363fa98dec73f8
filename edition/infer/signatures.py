"""What signs a text at its end, and whom a signature names. Plain strings in, plain answers out."""

import re
from functools import lru_cache
from typing import Literal

from edition.infer.evidence import ends_sentence
from edition.infer.forms import KEPT, NAME, NAMED
from edition.infer.lists import alternatives, full_name, words
from edition.model.widths import ONLY_HAN

Signer = Literal["pictures", "texts", "reporter", "name"]

SIGNED = 60  # characters at a text's end in which a byline may stand
_CREDITED = ("摄", "摄影", "供图", "报道", "制图", "绘图", "漫画")
_BOTH = re.compile(r"文[/／、 ]?图|图[/／、 ]?文|^文[/／:： ]|[ \u3000]文$")
_REPORTED = re.compile("(?<!摄影)(?<!图片)报道$")  # 综合报道: of texts
_SHOT = ("摄影", "图/", "图／")
_ON_PAGE = re.compile("[见转接].{0,2}第?.{1,4}版$")


@lru_cache(maxsize=1)
def _signature() -> re.Pattern[str]:
    """A credit in brackets, a credit without, anything else in brackets, or names set apart, at the end of a text."""
    own = full_name(r"\w")
    roles, ends = alternatives("roles"), alternatives("credit_ends")
    return re.compile(
        rf"(?:[（(][ \t\u3000]*(?:(?P<credit>[^（()）。！？]{{2,14}}?[ \t\u3000]*(?:{ends}))|(?P<other>[^（()）。！？]{{2,24}}|[^（()）。！？]{{2,50}}(?:采写|整理)))[ \t\u3000]*[）)]{KEPT}"
        rf"|(?<=[。！？”’ \t\u3000]){NAMED}(?P<bare>(?:\w{{0,6}}(?:{roles})[ \t\u3000]*)?{NAME}[ \t\u3000]{{0,2}}(?:摄影报道|摄影|摄)){KEPT}"
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
