"""All names of a page's texts: every kind by its own file, what overlaps settled, and a person who is sure in one place
looked for in the others.

Where two kinds overlap the body goes before the place inside it, and both before a person.
"""

from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from edition.names import bodies, dates, lists, persons, places, weights
from edition.names.layers import USUAL, Layers
from edition.words import Dictionary

Kind = Literal["person", "org", "place", "date"]
KINDS: tuple[Kind, ...] = ("person", "org", "place", "date")
AGAIN = 0.3  # what is as likely as this is marked where the page has the same person surely
REPEATED = 0.95  # how sure such a mention is; measured, see tests/bench/names.py
_Found = tuple[int, int, float]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A name in a text."""

    start: int
    end: int
    kind: Kind
    cert: float
    when: str | None = None  # of a date


DATED = 0.98  # measured


def find(
    texts: Sequence[str], dictionary: Dictionary, layers: Layers = USUAL, known: Iterable[str] = ()
) -> list[list[Span]]:
    """The names of each text of a page, none over another; `known` are persons that the page names in its bylines."""
    if not (layers.persons or layers.organisations or layers.places or layers.dates):
        return [[] for _ in texts]
    told = [_told(text, dictionary, layers) for text in texts]
    fixed, people = [spans for spans, _ in told], [found for _, found in told]
    sure = {
        text[s:e] for text, found in zip(texts, people) for s, e, cert in found if cert >= layers.least and e - s > 2
    }
    sure.update(known)
    wanted = {
        kind for kind, on in zip(KINDS, (layers.persons, layers.organisations, layers.places, layers.dates)) if on
    }
    return [
        sorted(
            span
            for span in spans + _sure(text, found, sure, layers)
            if span.kind in wanted and span.cert >= layers.least
        )
        for text, spans, found in zip(texts, fixed, people)
    ]


@lru_cache(maxsize=512)
def _told(text: str, dictionary: Dictionary, layers: Layers) -> tuple[list[Span], list[_Found]]:
    """What a text tells by itself, and who is named in it. Kept, since at the desk most texts of a page stay as they are."""
    listed = dictionary.of(text)
    spans = _fixed(text, listed, layers)
    return spans, _people(text, spans, listed) if layers.persons else []


def _fixed(text: str, dictionary: Set[str], layers: Layers) -> list[Span]:
    """Dates, bodies and places: what is told without looking at the rest of the page."""
    given = lists.load()
    begins = places.heads(text, given)
    where = places.find(text, begins, given, weights.load()["place"], dictionary, layers.least)
    spans = [Span(start, end, "date", DATED, when) for start, end, when in dates.find(text)]
    spans += [Span(*one[:2], "org", one[2]) for one in bodies.find(text, where, begins, given, dictionary)]
    free = _free(spans)
    return spans + [Span(*one[:2], "place", one[2]) for one in where if free(*one[:2])]


def _people(text: str, spans: Sequence[Span], dictionary: Set[str]) -> list[_Found]:
    free = _free(spans)
    found = persons.find(text, lists.load(), weights.load()["person"], dictionary, AGAIN)
    return [one for one in found if free(*one[:2])]


def _free(spans: Sequence[Span]) -> Callable[[int, int], bool]:
    """Whether a stretch of the text is taken by none of the spans."""
    taken = {at for span in spans for at in range(span.start, span.end)}
    return lambda start, end: taken.isdisjoint(range(start, end))


def _sure(text: str, found: Sequence[_Found], sure: Iterable[str], layers: Layers) -> list[Span]:
    """The persons that are likely enough, and those that the page has surely somewhere else."""
    out = []
    for start, end, cert in found:
        again = cert < layers.least
        if not again or text[start:end] in sure:
            out.append(Span(start, end, "person", REPEATED if again else cert))
    return out
