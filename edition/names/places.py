"""Places: names of the lists, where neither their letters nor their neighbours speak against it (中山 in 中山装).

Whether a listed name is meant is weighed with the fitted weights; unknown places are not guessed at.
"""

from collections.abc import Iterable, Iterator, Set
from operator import add

from edition.names import features
from edition.names.features import Weigh
from edition.names.lists import Lists
from edition.names.weights import likely

LONGEST = 12


Found = tuple[int, int, float]


def heads(text: str, lists: Lists) -> list[int]:
    """Where the first two characters of a listed name stand."""
    known = lists.heads
    return [at for at, pair in enumerate(map(add, text, text[1:])) if pair in known]


def candidates(text: str, lists: Lists, begins: Iterable[int]) -> Iterator[tuple[int, int]]:
    """(start, end) of every listed place, the longest from the left, none inside another."""
    done = 0
    for start in begins:
        if start < done:
            continue
        for end in range(min(len(text), start + LONGEST), start + 1, -1):
            if text[start:end] in lists.places:
                yield start, end
                done = end
                break


def find(
    text: str, begins: Iterable[int], lists: Lists, weigh: Weigh, dictionary: Set[str], least: float
) -> list[Found]:
    """(start, end, probability) of every listed place that is likely enough, with what makes a wider place of it."""
    found = []
    for start, end in candidates(text, lists, begins):
        cert = likely(features.place(text, start, end, lists, dictionary, weigh))
        if cert >= least and not any(text[start : start + size] in lists.terms for size in (3, 4, 5)):
            zone = lists.zones.match(text, end)
            inside = zone and (lists.breaks.intersection(zone[0]) or any(verb in zone[0] for verb in lists.verbs))
            found.append((start, zone.end() if zone and not inside else end, cert))
    return found
