"""Widths in em, and what the lines of a page tell of its columns.

Counting characters misleads: a full line of 14 em holds 13 to 18 characters, since digits, Latin letters and
quotation marks are half as wide. Articles on one page may have measures of their own: each line's measure is the
width that the lines around it agree on, and the page's where they do not agree.
"""

import re
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from edition.model.widths import em_width, parted_by_blanks

WIDEST = 60.0  # em; a wider line is not a newspaper column
LEAST = 6.0  # em of the narrowest column
AGREE = 1.0  # em by which full lines of one column may differ
COLUMN_SHARE = 0.4  # of a page's text that stands beside lines of its own width, for it to be set in columns
ENOUGH_LINES = 3  # lines from which a width is a measure
PARTED_SHARE = 0.15  # of a page's characters that are blanks between Chinese ones, for the blanks to mean nothing
TELLING = "國會這個時來們為爲對學說發經過產動業見長開與將區關種進報門萬東車"  # common in traditional print, never in simplified
TELLING_SHARE = 0.01  # of a page's characters
WINDOW = 7  # lines on either side that tell a line's measure


@dataclass(frozen=True, slots=True)
class Profile:
    """What the page as a whole shows."""

    measure: float | None  # em, the commonest; None where the text is not broken at column width
    usual_gap: int  # empty lines that usually part two runs
    indents_kept: bool  # paragraphs begin with white space
    punctuated: bool  # whether the text has sentence-final marks at all
    spaced: bool = True  # whether empty lines part anything
    parted: bool = False  # the tool put a blank between all Chinese characters
    traditional: bool = False  # the characters are traditional ones
    beside: bool = False  # columns stood side by side in one line, and were found

    @property
    def kind(self) -> Literal["loose", "wrapped", "runs", "bare"]:
        """Lines that are pieces of paragraphs; lines broken at column width; the same without empty lines between, and
        without punctuation, with empty lines or not."""
        if self.measure is None:
            return "loose"
        return "bare" if not self.punctuated else "wrapped" if self.spaced else "runs"


def profile(runs: Sequence[Sequence[str]], gaps: Sequence[int], indents: int, *, beside: bool = False) -> Profile:
    """The profile of a page, from its runs of lines (marks and margins removed) and the empty lines before each.

    `indents` is how many lines begin with white space of an em or more; `beside` says that columns stood side by side
    in one line, so that the gaps are those of columns and bands.
    """
    lines = [line for run in runs for line in run]
    text = "".join(lines)
    parted = parted_by_blanks(text) > PARTED_SHARE * len(text)
    widths = [em_width(line.replace(" ", "") if parted else line) for line in lines]
    inner_gaps = sorted(gap for gap in gaps[1:] if gap)
    return Profile(
        measure=_commonest(widths) if in_columns(widths) else None,
        usual_gap=inner_gaps[len(inner_gaps) // 2] if inner_gaps else 0,
        indents_kept=indents >= max(2, 0.02 * len(lines)),
        punctuated=not text or len(re.findall("[。！？；，、,;]", text)) >= 0.005 * len(text),
        parted=parted,
        traditional=sum(map(text.count, TELLING)) > TELLING_SHARE * len(text),
        beside=beside,
        spaced=not beside and len(inner_gaps) >= max(2, 0.02 * len(lines)),
    )


def in_columns(widths: Sequence[float]) -> bool:
    """Whether much of the text stands in lines as wide as the line before or after."""
    beside = [0.0] * len(widths)
    for at, (a, b) in enumerate(pairwise(widths)):
        if abs(a - b) <= AGREE and LEAST <= a <= WIDEST:
            beside[at], beside[at + 1] = a, b
    return sum(width > 0 for width in beside) > ENOUGH_LINES and sum(beside) >= COLUMN_SHARE * sum(widths)


def _commonest(widths: Sequence[float]) -> float | None:
    """The width that most lines agree on, if they are enough to be a column."""
    inside = Counter(round(2 * w) / 2 for w in widths if LEAST <= w <= WIDEST)
    best = max(inside, key=lambda c: (_agreeing(inside, c), c), default=None)
    if best is None or _agreeing(inside, best) < ENOUGH_LINES:
        return None
    return statistics.median(w for w in widths if abs(w - best) <= AGREE)


def _agreeing(counts: Counter[float], width: float) -> int:
    """How many lines are as wide, half an em more or less."""
    return counts[width] + counts.get(width - 0.5, 0) + counts.get(width + 0.5, 0)


def local_measures(widths: Sequence[float], page: float) -> list[float]:
    """For each line the measure in em of the column around it; `page` is the page's, for where that is not clear."""
    bins = [round(2 * width) / 2 for width in widths]
    counts = Counter(bins[:WINDOW])
    out = []
    for at in range(len(bins)):
        if at + WINDOW < len(bins):
            counts[bins[at + WINDOW]] += 1
        if at > WINDOW:
            past = bins[at - WINDOW - 1]
            counts[past] -= 1
            if not counts[past]:
                del counts[past]
        out.append(_measure_here(counts, page))
    return out


def _measure_here(counts: Counter[float], page: float) -> float:
    best, most = page, ENOUGH_LINES + 0.5
    of = counts.get
    for width, count in counts.items():
        if LEAST <= width <= WIDEST:
            near = count + of(width - 0.5, 0) + of(width + 0.5, 0)
            agreeing = near + 0.01 * width + (1 if abs(width - page) < AGREE else 0)
            if agreeing > most:
                best, most = width, agreeing
    return page if abs(best - page) < AGREE else best
