"""Asterisks and underscores around bold and slanted text, told from those that are printed.

A name with parts left out (`张**和李**`), a product (`5*3`), a form's blanks (`__年__月`) have them too.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from edition.infer.tags import Mark, Told

_RUN = re.compile(r"\*+|_+")
_SOLID = re.compile(r"\w")  # a Chinese character, a letter or a digit
_LISTED = re.compile("[和与及、，,等]")
_LABEL = re.compile("[、，,]$")
_CLAUSE = re.compile("[。！？；，,;]")
_FORM_BLANK = re.compile("[ 年月日时分元号]*")
_CUES = {1: "italic", 2: "bold", 3: "bold"}
_NUMBERED = re.compile(r"\s*(?:\d{1,2}[.、．)]\s*)?")
FAR = 4  # lines over which a bold text may reach
LEAST_SLANTED = 4  # characters
LEAST_MARKED = 2  # on a page with other marks of Markdown


class Run(NamedTuple):
    """A run of one mark."""

    start: int
    end: int
    mark: str


def emphases(text: str, begin: int, kept: Collection[int], taken: Sequence[Mark], *, marked: bool) -> Iterator[Told]:
    """The emphasised stretches of a line from `begin` on; their marks stand right before and behind them.

    `kept` are offsets of escaped characters, `taken` other marks; `marked` says that the page has other marks of
    Markdown, so that two pairs of asterisks in the middle of a sentence may be such too.
    """
    runs = list(_runs(text, begin, kept, taken))
    end = len(text.rstrip())
    if len(runs) == 2 and _whole(text, begin, end, *runs, least=LEAST_MARKED if marked else LEAST_SLANTED):
        yield Told(runs[0].end, runs[1].start, _CUES[len(runs[0].mark)])
        return
    if marked and (slanted := _first_slanted(text, begin, runs)):
        yield slanted
    at = 0
    runs = [run for run in runs if len(run.mark) > 1]
    edges = {begin, end, *(mark.end for mark in taken), *(mark.start for mark in taken)}
    even = marked and len(runs) % 2 == 0
    while at + 1 < len(runs):
        a, b = runs[at], runs[at + 1]
        if a.mark == b.mark and _is_pair(text, a, b, edges, even=even):
            yield Told(a.end, b.start, "bold")
            at += 2
        else:
            even, at = False, at + 1


def _runs(text: str, begin: int, kept: Collection[int], taken: Sequence[Mark]) -> Iterator[Run]:
    for found in _RUN.finditer(text, begin):
        inside = any(mark.start < found.end() and found.start() < mark.end for mark in taken)
        if len(found[0]) <= 3 and not inside and not any(at in kept for at in range(*found.span())):
            yield Run(found.start(), found.end(), found[0])


def _first_slanted(text: str, begin: int, runs: Sequence[Run]) -> Told | None:
    """What is slanted at the beginning of a line, a blank or bracket after it: a caption before its credit."""
    single = [run for run in runs if len(run.mark) == 1]
    if len(single) != 2 or single[0].start != begin or single[0].mark != "*" or single[1].mark != "*":
        return None
    a, b = single
    after = text[b.end : b.end + 1]
    apart = (after.isspace() or after in ("（", "(")) and not text[a.end].isspace() and not text[b.start - 1].isspace()
    return Told(a.end, b.start, "italic") if apart and b.start - a.end >= LEAST_SLANTED else None


def _whole(text: str, begin: int, end: int, a: Run, b: Run, *, least: int) -> bool:
    """Whether a line is emphasised from end to end, a number before it aside."""
    inside = text[a.end : b.start].strip()
    first = _NUMBERED.match(text, begin)
    if a.mark != b.mark or b.end != end or first is None or first.end() != a.start or not _SOLID.search(inside):
        return False
    if a.mark[0] == "_":
        return not _FORM_BLANK.fullmatch(inside)
    return len(a.mark) > 1 or len(inside) >= least


def _is_pair(text: str, a: Run, b: Run, edges: Collection[int], *, even: bool) -> bool:
    inside = text[a.end : b.start]
    if not _SOLID.search(inside):
        return False
    left = a.start in edges or not _SOLID.match(text[a.start - 1])
    right = b.end in edges or b.end >= len(text) or not _SOLID.match(text[b.end])
    if a.mark[0] == "_":
        return left and right and not _FORM_BLANK.fullmatch(inside)
    if _LISTED.match(inside) or (_LABEL.search(inside) and not right):
        return False
    return left or (even and len(inside) > 1 and not _CLAUSE.search(inside))


def across(texts: Sequence[str], begins: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    """The (first, last) of lines that are bold together: the first begins with two asterisks, the last ends with two, and
    no others stand between."""
    alone = [at for at, text in enumerate(texts) if "**" in text and at in begins]
    for a, b in pairwise(alone):
        first, last = texts[a], texts[b].rstrip()
        if b - a >= FAR or first.count("*") != 2 or last.count("*") != 2 or not first.startswith("**", begins[a]):
            continue
        if last.endswith("**") and begins[b] < len(last) - 2 and all(texts[at].strip() for at in range(a, b)):
            yield a, b
