"""Whether a line goes on where another one stops, of two of which either may be anywhere on the page: log-odds.

The weights are fitted (logistic regression) on printed pages whose columns were read back line by line by turns, each
line with the eleven after it: rounded, and features that told nothing left out.
"""

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from edition.infer.evidence import (
    begins_continued,
    begins_dateline,
    begins_torn,
    ends_in_pause,
    ends_sentence,
    unclosed,
    unopened,
)
from edition.model.widths import HAN_RUN, em_width
from edition.words import Dictionary

End = Literal["stop", "pause", "bare"]
ENDS: dict[End, float] = {"bare": -4.3, "pause": -3.1, "stop": -3.0}  # with how seldom any two lines belong together
WORD = {2: 0.4, 3: 1.0, 4: 2.2}  # characters of a listed word over the seam
LIKELIER = 0.45  # for each time e that the words of both together are likelier than those of each alone
MOST = 12.0
PAIR = 1.5  # the two characters at the seam stand beside each other elsewhere on the page
THREE = 1.5  # so do three
TORN_STOP = -1.8  # a sentence ends, and nothing begins so
OPENS = -3.0  # no sentence ends, and a story begins by its dateline
CONTINUED = 1.0
CLOSED, LEFT_OPEN, CLOSED_ONLY = 2.2, -1.3, -1.5  # marks in pairs
FULL, NEAR, INDENT, LONGER = 0.6, 1.1, 2.6, 2.6  # em by which a line differs from its column's measure
GOES_ON = {"full": 1.0, "near": 0.9, "indent": 0.0, "short": -1.0, "last": 0.7, "longer": 0.6, "wide": -1.0}
BEGINS = {"full": 0.1, "near": -0.2, "indent": 1.3, "short": 0.1, "last": -0.4, "longer": -1.0, "wide": -0.2}
KNOWN = 2  # lines from which a column's measure is known
UNKNOWN = -2.5  # for a short line after the first of a column
TOTAL = math.log(6.0e7)  # words that the dictionary was made from
SIDE = 4  # characters on either side of a seam that are looked at
LONGEST = 4  # characters of a word


class Edge(NamedTuple):
    """A line as it is looked at: its text, its width in em and how it ends."""

    text: str
    width: float
    end: End


def edge(text: str) -> Edge:
    """What is seen of a line's text, blanks at its ends removed."""
    return Edge(text, em_width(text), "stop" if ends_sentence(text) else "pause" if ends_in_pause(text) else "bare")


class Ties:
    """How well lines of a page go on in each other."""

    def __init__(self, texts: Sequence[str], dictionary: Dictionary) -> None:
        self._dictionary = dictionary
        runs = [run for text in texts for run in HAN_RUN.findall(text)]
        self._pairs = {run[at : at + 2] for run in runs for at in range(len(run) - 1)}
        self._threes = {run[at : at + 3] for run in runs for at in range(len(run) - 2)}
        self._known: dict[tuple[str, str], float] = {}
        self._cost = lru_cache(maxsize=None)(self._likelihood)

    def text(self, left: Edge, right: Edge) -> float:
        """What the texts tell."""
        key = left.text, right.text
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = ENDS[left.end] + self._marks(left, right.text) + self._words(left, right.text)
        return known

    def _marks(self, left: Edge, right: str) -> float:
        closes = unopened(right)
        told = CLOSED_ONLY if closes else 0.0
        if unclosed(left.text):
            told = CLOSED if closes else LEFT_OPEN
        if left.end == "stop":
            return told + (TORN_STOP if begins_torn(right) else 0.0)
        return told + (OPENS if begins_dateline(right) else 0.0)

    def _words(self, left: Edge, right: str) -> float:
        """What the words over the seam tell."""
        if left.end != "bare":
            return 0.0
        word = self._dictionary.spanning(left.text, right)
        told = WORD[min(4, len(word))] if word else 0.0
        told += CONTINUED if begins_continued(right) else 0.0
        a, b = _tail(left.text), _head(right)
        if a and b:
            told += LIKELIER * min(MOST, max(0.0, self._cost(a + b) - self._cost(a) - self._cost(b)))
            told += PAIR if a[-1] + b[0] in self._pairs else 0.0
            told += THREE if not self._threes.isdisjoint({a[-2:] + b[0], a[-1] + b[:2]}) else 0.0
        return told

    def _likelihood(self, text: str) -> float:
        """The logarithm of how likely the likeliest words are that make up some Chinese characters."""
        best = [0.0]
        for end in range(1, len(text) + 1):
            best.append(
                max(
                    best[start] + math.log(often or 1) - TOTAL
                    for start in range(max(0, end - LONGEST), end)
                    if (often := self._dictionary.often(text[start:end])) or end - start == 1
                )
            )
        return best[-1]


def measure_told(left: Edge, right: Edge, measure: float, lines: int) -> float:
    """What the widths tell, of a column with this measure in em, known from so many of its lines."""
    more = right.width - measure
    if abs(more) <= FULL:
        kind = "full"
    elif abs(more) <= NEAR:
        kind = "near"
    elif more > 0:
        kind = "longer" if more <= LONGER else "wide"
    else:
        kind = "indent" if -more <= INDENT else "last" if right.end == "stop" else "short"
    told = (BEGINS if left.end == "stop" else GOES_ON)[kind]
    return told + (UNKNOWN if kind == "short" and lines < KNOWN and left.end != "stop" else 0.0)


def _tail(text: str) -> str:
    """The last Chinese characters of a text that ends in some."""
    tail = text[-SIDE:]
    runs = HAN_RUN.findall(tail)
    return runs[-1] if runs and tail.endswith(runs[-1]) else ""


def _head(text: str) -> str:
    found = HAN_RUN.match(text[:SIDE])
    return found[0] if found else ""
