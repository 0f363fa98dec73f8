"""Widths of characters in em, and what counts as a Chinese character."""

import re

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_NARROW = re.compile("[\u0000-\u00ff\u2018\u2019\u201c\u201d]")


def em_width(text: str) -> float:
    """The width in em when set: Han and full-width marks 1, ASCII, Latin and quotation marks a half."""
    return len(text) - 0.5 * len(_NARROW.findall(text))
