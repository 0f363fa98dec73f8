"""What a page or an item is called where it has to be called something. Nothing is invented: a page whose newspaper,
date and number are unknown is named by its place in the edition, an item without a headline by its first words."""

from edition.model.document import Item
from edition.model.header import Header
from edition.model.readings import WITHHELD_MARK, printed, running
from edition.model.regime import UNKNOWN, Regime
from edition.model.walk import item_contents

_DIGITS = "〇一二三四五六七八九"
FIRST_WORDS = 12  # characters of text that stand for a missing headline


def page_label(header: Header) -> str:
    """`江南晚报 2021年9月22日 A07版 工会`, or `版面三` where none of these is known."""
    issue = header.issue
    known = (
        issue.newspaper,
        _date(issue.printed_date, issue.date),
        issue.page and f"{issue.page.removesuffix('版')}版",
        issue.section,
    )
    return " ".join(part for part in known if part) or f"版面{chinese_number(header.order)}"


def _date(printed_date: str | None, date: str | None) -> str | None:
    if printed_date or not date:
        return printed_date
    parts = [part.lstrip("0") for part in date.split("-")]
    return "".join(part + unit for part, unit in zip(parts, "年月日"))


def chinese_number(number: int) -> str:
    """Chinese numerals up to 99, digits beyond."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十"
    return head + (_DIGITS[ones] if ones else "")


def item_label(item: Item, policy: str, regime: Regime = UNKNOWN) -> tuple[str, bool]:
    """The item's main headline in one line and True, or its first words and False; True for one that is withheld."""
    for kind in ("main", "kicker", "sub"):
        for head in item.heads:
            if head.kind == kind and (text := running(head.content, policy, regime)):
                return text, True
    for content in item_contents(item):
        if text := printed(content, policy, regime):
            if text == WITHHELD_MARK:
                return text, True
            return text[:FIRST_WORDS] + ("……" if len(text) > FIRST_WORDS else ""), False
    return "（无文字）", False
