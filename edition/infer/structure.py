"""The one public function of the stage: a transcript's structure, with the reasons and the doubts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from edition.decisions import NONE, Decisions
from edition.findings import Finding
from edition.infer.assemble import Assembly, assemble
from edition.infer.blocks import blocks
from edition.infer.decoder import UNTOLD, Decision, decode
from edition.infer.lattice import BODY, Lattice
from edition.infer.lists import UNSURE
from edition.infer.owners import owners
from edition.infer.rulings import NO_RULINGS, Lines, RuledLattice, Rulings
from edition.infer.spans import Spans
from edition.infer.stories import stories
from edition.model.document import Annotation, Furniture, Item, Section
from edition.model.source import Transcript
from edition.words import Dictionary

TORN = 4  # paragraphs torn off in mid-sentence from which a page's columns may be mixed up
MIXED = 0.12  # share of its paragraphs from which they are
HALTING = 12  # joins that are hardly likelier than not, from which the same may be
HALTED = 0.18  # share of its joins from which it is


@dataclass(frozen=True, slots=True)
class Structure:
    """What was found on a page."""

    body: tuple[Item | Section | Furniture, ...]
    annotations: tuple[Annotation, ...]
    findings: tuple[Finding, ...]


def infer(transcript: Transcript, dictionary: Dictionary, resp: str, decisions: Decisions = NONE) -> Structure:
    """The structure of one page; `resp` is the id under which the program signs its decisions.

    `decisions` are an editor's, which fit the transcript: the program weighs only what they leave open.
    """
    if decisions == NONE:
        parts, page = blocks(transcript, dictionary=dictionary)
        ruled, lattice = NO_RULINGS, Lattice(parts, page, dictionary)
    else:
        lines = Lines(decisions)
        parts, page = blocks(transcript, lines.cuts, lines.begins, dictionary)
        ruled = Rulings(decisions, parts)
        lattice = RuledLattice(parts, page, dictionary, ruled)
    decided = decode(lattice)
    torn, ends = torn_ends(lattice, decided)
    halting, joins = halting_joins(decided)
    mixed = page.punctuated and (
        (torn >= TORN and torn > MIXED * ends) or (halting >= HALTING and halting > HALTED * joins)
    )
    most = UNTOLD if mixed else UNSURE if page.beside else 1.0
    if most < 1.0:
        decided = tuple(unsure(decision) if mixed else guessed(decision) for decision in decided)
    told = stories(decided, lattice.places.topics, ruled)
    spans = Spans(transcript, [row for part in parts for row in part.rows])
    assembly = Assembly(transcript.name, resp, page, spans, ruled)
    if not page.punctuated:
        assembly.findings.append(Finding("S-004", transcript.name, "the page has hardly any punctuation"))
    if mixed:
        message = f"{torn} of {ends} paragraphs stop in mid-sentence and go on nowhere, {halting} of {joins} joins are in doubt"
        assembly.findings.append(Finding("S-005", transcript.name, message))
    given = owners(told.groups, told.bodies, told.topics, ruled, most=most)
    body = assemble(told, given, assembly)
    return Structure(body, tuple(assembly.annotations), tuple(assembly.findings))


def torn_ends(lattice: Lattice, decided: Sequence[Decision]) -> tuple[int, int]:
    """How many paragraphs stop in mid-sentence and are never resumed, and how many there are."""
    resumed = {decision.continues for decision in decided}
    tables = {at for at, seen in enumerate(lattice.looks) if seen.block.cells}
    ends = [at for at, d in enumerate(decided) if d.role in BODY and at not in resumed and at not in tables]
    return sum(not lattice.looks[at].ended and lattice.looks[at].end in ("bare", "pause") for at in ends), len(ends)


def halting_joins(decided: Sequence[Decision]) -> tuple[int, int]:
    """How many of the joins of blocks are little likelier than breaks, and how many there are."""
    certs = [d.join_cert for d in decided if d.continues is not None and d.join_cert is not None]
    return sum(cert < UNTOLD for cert in certs), len(certs)


def unsure(decision: Decision) -> Decision:
    """The same decision, called sure of nothing."""
    return replace(decision, cert=min(decision.cert, UNTOLD), join_cert=_within(decision.join_cert, UNTOLD))


def guessed(decision: Decision) -> Decision:
    """The same decision, not called sure of what goes on from one guessed column, or stretch of one, to another: three in
    four of what seems surer are right."""
    block = decision.block
    inside = block.gap == 0 and not block.rows[0].column and decision.continues in (None, block.index - 1)
    return decision if inside else replace(decision, join_cert=_within(decision.join_cert, UNSURE))


def _within(cert: float | None, most: float) -> float | None:
    return None if cert is None else min(most, max(1.0 - most, cert))
