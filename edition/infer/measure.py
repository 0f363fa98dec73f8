"""Widths in em, and what the lines of a page tell of its columns.

Counting characters misleads: a full line of 14 em holds 13 to 18 characters, since digits, Latin letters and
quotation marks are half as wide. The measure of a block is the width that its inner lines agree on; a block that is
too short to tell has none (borrowing it from neighbours was measured to be worse).
"""

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from edition.model.widths import em_width

WRAPPED_MOST = 30.0  # em; a wider line is not a newspaper column
AGREE = 1.0  # em by which the lines of one column may differ
LEAST = 6.0  # em of the narrowest column
COLUMN_SHARE = 0.4  # of a page's text that stands in lines of one width, for it to be a column
ENOUGH_LINES = 3  # lines from which a block tells its measure


def measure_of(widths: Sequence[float]) -> float | None:
    """The measure in em that the lines of a run agree on, or None. The last line may be short."""
    if len(widths) < ENOUGH_LINES:
        return None
    inner = widths[:-1]
    middle = statistics.median(inner)
    agreeing = sum(abs(w - middle) <= AGREE for w in inner)
    if middle > WRAPPED_MOST or agreeing < 0.6 * len(inner):
        return None
    return middle


@dataclass(frozen=True, slots=True)
class Profile:
    """What the page as a whole shows."""

    measure: float | None  # em; None where the text is not broken at column width
    usual_gap: int  # empty lines that usually part two runs
    indents_kept: bool  # paragraphs begin with white space
    punctuated: bool  # whether the text has sentence-final marks at all

    @property
    def wrapped(self) -> bool:
        """Whether lines are broken at column width."""
        return self.measure is not None


def _commonest(widths: Sequence[float]) -> float | None:
    """The width that most lines agree on, if they are enough to be a column."""
    inside = [w for w in widths if LEAST <= w <= WRAPPED_MOST]
    best = max(sorted(set(inside)), key=lambda c: sum(abs(w - c) <= AGREE for w in inside), default=None)
    agreeing = [w for w in inside if best is not None and abs(w - best) <= AGREE]
    if len(agreeing) < ENOUGH_LINES or sum(agreeing) < COLUMN_SHARE * sum(widths):
        return None
    return statistics.median(agreeing)


def profile(runs: Sequence[Sequence[str]], gaps: Sequence[int], indents: int) -> Profile:
    """The profile of a page, from its runs of lines (marks and margins removed) and the empty lines before each.

    `indents` is how many lines begin with white space of two em or more.
    """
    widths = [em_width(line) for run in runs for line in run]
    text = "".join(line for run in runs for line in run)
    inner_gaps = sorted(gap for gap in gaps[1:] if gap)
    return Profile(
        measure=_commonest(widths),
        usual_gap=inner_gaps[len(inner_gaps) // 2] if inner_gaps else 0,
        indents_kept=indents >= 2,
        punctuated=not text or len(re.findall("[。！？；，、,;]", text)) >= 0.005 * len(text),
    )
