"""How a page writes its marks and blanks, told from its own text. The TEI header keeps it, for those who print.

halfwidth   its Chinese text has the commas and colons of a typewriter: `会议,决定`
fullwidth   it has those of Chinese type: `会议，决定`
mixed       it has both, or neither
"""

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from edition.model.widths import HAN, HAN_RUN, parted_by_blanks

Marks: TypeAlias = Literal["halfwidth", "fullwidth", "mixed"]
MARKS: tuple[str, ...] = get_args(Marks)
MOST = 0.8  # share of one kind of marks from which it is the page's rule
LEAST_SPACED = 10  # parted neighbours below which nothing can be said about a page
_HALF = re.compile("[,:;!?]")
_FULL = re.compile("[，：；！？]")
_DOT = rf"[{HAN}] ?\.(?=[”’」』）)\"']*(?:\n|$| ?[{HAN}“‘（《]))"


@dataclass(frozen=True, slots=True)
class Regime:
    """What a page does throughout."""

    marks: Marks = "mixed"
    dots: bool = False  # `.` is its full stop
    spaced: bool = False  # a blank stands between nearly all its characters: `今 天 的 天 气`


UNKNOWN = Regime()


def regime_of(text: str) -> Regime:
    """The regime of a page's text: its paragraphs and heads, parted by line feeds."""
    half = sum(_beside_han(text, mark.start()) for mark in _HALF.finditer(text))
    full = len(_FULL.findall(text))
    marks: Marks = "mixed"
    if half > MOST * (half + full):
        marks = "halfwidth"
    elif full and full >= MOST * (half + full):
        marks = "fullwidth"
    dots = marks == "halfwidth" and len(re.findall(_DOT, text)) > text.count("。")
    parted = parted_by_blanks(text)
    touching = sum(len(run) - 1 for run in HAN_RUN.findall(text)) if parted >= LEAST_SPACED else 0
    return Regime(marks, dots, parted >= LEAST_SPACED and parted > touching)


def _beside_han(text: str, at: int) -> bool:
    """Whether a Chinese character stands before a mark, a blank between them or none, or directly after it."""
    before = text[max(0, at - 2) : at].removesuffix(" ")[-1:]
    return bool(HAN_RUN.match(before) or HAN_RUN.match(text, at + 1))
