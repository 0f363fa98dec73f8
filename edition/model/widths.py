"""Widths of characters, and width policies: which half-width marks of Chinese text are printed full width. Applied when text is printed, never
to the text that is kept.

`han-fullwidth-1` widens `, : ; ! ?` where the neighbour on either side is Han or a Chinese mark, and round brackets
as a pair where they hold Han or follow Han. Between digits and in Latin runs everything stays: `2.85万`, `10:30`,
`CTF(Capture The Flag)`, `G60`. The full stop is never touched: a decimal point looks the same. The rule of
neighbours is that of the Requirements for Chinese Text Layout (W3C CLREQ, punctuation in mixed text).
"""

import re
from typing import Literal, TypeAlias, get_args

WidthPolicy: TypeAlias = Literal["han-fullwidth-1", "as-source"]
WIDTH_POLICIES: tuple[str, ...] = get_args(WidthPolicy)

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_CHINESE = re.compile(f"[{HAN}\u3001-\u3011\u2018\u2019\u201c\u201d\u2014\u2026\u00b7\uff01-\uff0f\uff1a-\uff1f]")
_NARROW = re.compile("[\u0000-\u00ff\u2018\u2019\u201c\u201d]")
_MARK = re.compile(r"[,:;!?]")
_WIDE = {",": "，", ":": "：", ";": "；", "!": "！", "?": "？", "(": "（", ")": "）"}


def em_width(text: str) -> float:
    """The width in em when set: Han and full-width marks 1, ASCII, Latin and quotation marks a half."""
    return len(text) - 0.5 * len(_NARROW.findall(text))


def widen(text: str, policy: str) -> str:
    """The text as printed under the policy: the same number of characters, only their width changed."""
    if policy == "as-source":
        return text
    chars = list(text)
    for start, end in _pairs(text):
        if _brackets_are_chinese(text, start, end):
            chars[start], chars[end] = "（", "）"
    for found in _MARK.finditer(text):
        if _has_chinese_neighbour(chars, found.start()):
            chars[found.start()] = _WIDE[found[0]]
    return "".join(chars)


def _pairs(text: str) -> list[tuple[int, int]]:
    """Matching round brackets as (open, close); a full-width partner counts, so that both sides look alike."""
    open_at: list[int] = []
    pairs = []
    for at, char in enumerate(text):
        if char in "(（":
            open_at.append(at)
        elif char in ")）" and open_at:
            pairs.append((open_at.pop(), at))
    return pairs


def _brackets_are_chinese(text: str, start: int, end: int) -> bool:
    if text[start] == "（" or text[end] == "）":
        return True
    before = text[:start].rstrip()[-1:]
    return bool(_CHINESE.search(text, start + 1, end) or _CHINESE.match(before))


def _has_chinese_neighbour(chars: list[str], at: int) -> bool:
    before = next((c for c in reversed(chars[max(0, at - 2) : at]) if c != " "), "")
    after = chars[at + 1] if at + 1 < len(chars) else ""
    return bool(_CHINESE.match(before) or _CHINESE.match(after))
