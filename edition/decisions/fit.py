"""Decisions held against the source: every one states the characters that stood at its place, so that one that no longer
fits is found out and left aside."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from edition.decisions.entries import Decisions, Entry, Join, Membership, Order, Place, Rest, RoleOf, Textual
from edition.findings import Finding
from edition.model.source import ZERO_WIDTH, Line, Transcript

_BLANKS = re.compile(rf"[\s{ZERO_WIDTH}]*")
_EDGE = re.compile(rf"(?:[\s{ZERO_WIDTH}#*_+>|-]|</?[a-zA-Z][^<>]*>|&nbsp;)*")


def fitting(decisions: Decisions, transcript: Transcript) -> tuple[Decisions, tuple[Finding, ...]]:
    """The decisions that fit the source, their places made exact, and a finding for each that does not."""
    kept, findings = [], []
    for entry in decisions.entries:
        found = _fitted(entry, transcript)
        if isinstance(found, str):
            findings.append(Finding("E-001", f"{decisions.name}:{entry.ground.row}", found))
        else:
            kept.append(found)
    return replace(decisions, entries=tuple(kept)), tuple(findings)


def rested(findings: Sequence[Finding], decisions: Decisions, name: str) -> list[Finding]:
    """The findings on the source `name` without those that an editor looked at; one more for each that is told no more."""
    said = {
        (entry.code, f"{name}:{entry.ground.at.line}"): entry for entry in decisions.entries if isinstance(entry, Rest)
    }
    told = {(finding.code, finding.where) for finding in findings}
    idle = [
        Finding("E-002", f"{decisions.name}:{entry.ground.row}", f"no finding {entry.code} is told at {where}")
        for (code, where), entry in said.items()
        if (code, where) not in told
    ]
    return [*(finding for finding in findings if (finding.code, finding.where) not in said), *idle]


def _fitted(entry: Entry, transcript: Transcript) -> Entry | str:
    """The entry with its exact place, or why it does not fit."""
    for place in _places(entry):
        if place.line > len(transcript.lines) or not transcript.lines[place.line - 1].text[place.offset :].strip():
            return f"nothing stands at line {place} of {transcript.name}; not applied"
    ground = entry.ground
    line = transcript.lines[ground.at.line - 1]
    if isinstance(entry, Textual):
        return _located(entry, line, transcript.name)
    exact = _exact(ground.at, line)
    stands = line.text[exact.offset :]
    if not (stands.startswith(ground.text) or stands[_edge(stands) :].startswith(ground.text.strip())):
        shown = stands[_edge(stands) :][: max(8, len(ground.text))]
        elsewhere = _elsewhere(ground.text, transcript)
        return f"line {ground.at} of {transcript.name} now reads {shown!r}, not {ground.text!r}{elsewhere}; not applied"
    entry = replace(entry, ground=replace(ground, at=exact))
    match entry:
        case Join(onto=onto):
            return replace(entry, onto=_exact(onto, transcript.lines[onto.line - 1]))
        case Membership(item=Place() as item):
            return replace(entry, item=_exact(item, transcript.lines[item.line - 1]))
        case Order(before=before):
            return replace(entry, before=_exact(before, transcript.lines[before.line - 1]))
    return entry


def _places(entry: Entry) -> Iterator[Place]:
    yield entry.ground.at
    match entry:
        case Join(onto=onto):
            yield onto
        case RoleOf(to=int() as to):
            yield Place(to)
        case Membership(item=Place() as item):
            yield item
        case Order(before=before):
            yield before


def _elsewhere(text: str, transcript: Transcript) -> str:
    """Where the text stands now, in words, if that is one place."""
    held = [line for line in transcript.lines if text in line.text]
    if len(held) != 1 or held[0].text.count(text) != 1:
        return ""
    place = _exact(Place(held[0].number, held[0].text.index(text)), held[0])
    return f" (which stands at {place} now)"


def _edge(text: str) -> int:
    """How many characters at the start are blanks and marks of the OCR tool."""
    found = _EDGE.match(text)
    return found.end() if found else 0


def _exact(place: Place, line: Line) -> Place:
    """The place where a piece begins: the line's start if only marks stand before it, else after the blanks."""
    if place.offset <= _edge(line.text):
        return Place(place.line)
    blanks = _BLANKS.match(line.text, place.offset)
    return Place(place.line, blanks.end() if blanks else place.offset)


def _located(entry: Textual, line: Line, name: str) -> Textual | str:
    """The entry with its offset, or why it does not fit."""
    at, times = entry.ground.at, line.text.count(entry.span)
    if entry.start is None and times > 1:
        return f"{entry.span!r} stands {times} times in line {at} of {name}: give the offset; not applied"
    start = line.text.find(entry.span) if entry.start is None else entry.start
    if start < 0 or not line.text.startswith(entry.span, start):
        return f"{entry.span!r} does not stand at line {at} of {name}; not applied"
    return replace(entry, ground=replace(entry.ground, at=Place(at.line, start)), start=start)
