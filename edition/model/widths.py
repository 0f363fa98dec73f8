"""Widths of characters in em, and what counts as a Chinese character.

A class with HAN in it takes a millisecond to compile, `\\w` takes none: so there is one such pattern for all, and where
a text is known to have no letters nor digits but Chinese characters, `\\w` says the same.
"""

import re
from itertools import pairwise

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
HAN_RUN = re.compile(f"[{HAN}]+")
ONLY_HAN = rf"(?=[\W{HAN}]*\Z)"  # in front of what is matched to the end of a text
ONLY_HAN_OR_DIGITS = rf"(?=[\W\d{HAN}]*\Z)"
_NARROW = re.compile("[\u0000-\u00ff\u2018\u2019\u201c\u201d]")


def parted_by_blanks(text: str) -> int:
    """How many pairs of Chinese characters a single blank parts."""
    parts = text.split(" ")
    return sum(bool(HAN_RUN.match(a, len(a) - 1) and HAN_RUN.match(b)) for a, b in pairwise(parts) if a)


def em_width(text: str) -> float:
    """The width in em when set: Han and full-width marks 1, ASCII, Latin and quotation marks a half."""
    return len(text) - 0.5 * len(_NARROW.findall(text))
