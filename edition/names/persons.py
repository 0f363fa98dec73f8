"""Persons: a surname and one or two characters that look like a given name, where neighbours bear it out; and names
with dots (买买提·艾力). A surname alone (张某, 老王) is none.

The weights are fitted on real tags (`tests/bench/names.py`).
"""

from collections.abc import Iterator, Set

from edition.model.widths import HAN_RUN
from edition.names import features
from edition.names.features import Weigh
from edition.names.lists import Lists
from edition.names.weights import likely

Found = tuple[int, int, float]  # start, end, probability
DOTTED = 0.97  # measured on the fitting part of the corpus, see tests/bench/names.py
SPACED = 0.95
_WORTH = -3.0  # log-odds under which no probability need be told


def candidates(text: str, lists: Lists) -> Iterator[tuple[int, int]]:
    """(start, end) of everything that begins with a surname and is as long as a name."""
    for run in HAN_RUN.finditer(text):
        last = run.end()
        for begin in lists.begins.finditer(text, run.start(), last - 1):
            start = begin.start()
            if text[start] in lists.surnames:
                yield start, start + 2
                if start + 3 <= last:
                    yield start, start + 3
            if text[start : start + 2] in lists.compound:
                yield from ((start, start + size) for size in (3, 4) if start + size <= last)


def find(text: str, lists: Lists, weigh: Weigh, dictionary: Set[str], least: float) -> list[Found]:
    """Persons that are at least so likely, none over another."""
    found = [*_dotted(text, lists), *_spaced(text, lists)]
    for start, end in candidates(text, lists):
        odds = features.person(text, start, end, lists, dictionary, weigh)
        if odds > _WORTH and (cert := likely(odds)) >= least and not _titled(text[start + 1 : end], lists):
            found.append((start, end, cert))
    return best(found)


def _titled(given: str, lists: Lists) -> bool:
    """Whether what stands after the surname is a title: 王书记."""
    return given in lists.titles or given in lists.honorifics


def best(found: list[Found]) -> list[Found]:
    """The likeliest of those that overlap, in the order of the text."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda span: (-span[2], span[0] - span[1], span[0])):
        if all(one[1] <= other[0] or other[1] <= one[0] for other in kept):
            kept.append(one)
    return sorted(kept)


def _dotted(text: str, lists: Lists) -> Iterator[Found]:
    if "·" not in text:
        return
    for found in lists.dotted.finditer(text):
        start, end = found.span(1)
        titles = [
            at for at in range(start, start + 4) if any(text[max(0, at - n) : at] in lists.titles for n in (2, 3, 4))
        ]
        start = max(titles, default=start)  # the last character of a title may be one that transcribes
        ended = (
            text[end : end + 1] in features.BOUND
            or text[end : end + 2] in lists.speech
            or text[end : end + 1] in lists.speech
        )
        if ended and (titles or start == 0 or text[start - 1] in features.BOUND):
            yield start, end, DOTTED


def _spaced(text: str, lists: Lists) -> Iterator[Found]:
    """张 三 behind a role: two characters set as wide as three."""
    if " " in text or "\u3000" in text:
        for found in lists.spaced.finditer(text):
            yield (*found.span(1), SPACED)
