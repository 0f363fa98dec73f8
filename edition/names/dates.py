"""Dates that the calendar knows: 2020年9月22日, 9月22日, 二〇二〇年, 1998年1月.

A date has its `when` only if the text itself says the year; 9月22日 and 今年7月 have none, and none is inferred from
the newspaper's own date. Days that no calendar has (2月30日) are not marked, nor are numbers of years (3000年历史).
"""

import re
from calendar import monthrange
from collections.abc import Iterator

_CHINESE = "〇零一二三四五六七八九"
_VALUES = {char: str(max(0, at - 1)) for at, char in enumerate(_CHINESE)}
_FULL = str.maketrans("０１２３４５６７８９○", "0123456789〇")
_NUMBER = r"(?:\d{1,2}|三十一|三十|二十[一二三四五六七八九]?|十[一二三四五六七八九]?|[一二三四五六七八九])"
_YEAR = r"(?:1[89]\d\d|20\d\d|[一二][〇零一二三四五六七八九]{3})"
_DATE = re.compile(
    rf"(?<![\d.〇零一二三四五六七八九十第])(?:(?P<y>{_YEAR})年(?:(?P<t>度)|(?P<m>{_NUMBER})月(?:份|(?P<d>{_NUMBER})[日号])?)?"
    rf"|(?P<m2>{_NUMBER})月(?P<d2>{_NUMBER})[日号])(?![会间坛])"
)
_SPAN_OF_TIME = re.compile("历史|前|后|之久|来的|以上|左右|多|间|之间")


def find(text: str) -> Iterator[tuple[int, int, str | None]]:
    """(start, end, ISO 8601 or None) of every date of a text, full-width digits included."""
    text = text.translate(_FULL)
    if "月" not in text and "年" not in text:
        return
    for found in _DATE.finditer(text):
        year, month, day = found["y"], found["m"] or found["m2"], found["d"] or found["d2"]
        if year and not month and year.endswith("00") and _SPAN_OF_TIME.match(text, found.end()):
            continue
        when = _iso(_year(year), _number(month), _number(day))
        if when is not None:
            yield (*found.span(), None if found["t"] else when or None)  # a 年度 need not be a year of the calendar


def _iso(year: int | None, month: int | None, day: int | None) -> str | None:
    """The date in ISO 8601, empty without a year, None if there is no such day."""
    if month is not None and not 1 <= month <= 12:
        return None
    if day is not None and not 1 <= day <= monthrange(year or 2000, month or 1)[1]:
        return None
    if year is None:
        return ""
    return "-".join([f"{year:04}", *(f"{part:02}" for part in (month, day) if part)])


def _year(text: str | None) -> int | None:
    return int("".join(_VALUES.get(char, char) for char in text)) if text else None


def _number(text: str | None) -> int | None:
    if text is None:
        return None
    if text.isascii():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    units = int(_VALUES[ones]) if ones else 0
    return units + (10 * int(_VALUES[tens] if tens else 1) if ten else 0)
