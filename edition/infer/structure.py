"""The one public function of the stage: a transcript's structure, with the reasons and the doubts."""

from dataclasses import dataclass

from edition.decisions import NONE, Decisions
from edition.findings import Finding
from edition.infer.assemble import Assembly, assemble
from edition.infer.blocks import blocks
from edition.infer.decoder import decode
from edition.infer.owners import owners
from edition.infer.rulings import Lines, RuledLattice, Rulings
from edition.infer.spans import Spans
from edition.infer.stories import stories
from edition.model.document import Annotation, Furniture, Item, Section
from edition.model.source import Transcript
from edition.words import Dictionary


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
    lines = Lines(decisions)
    parts, page = blocks(transcript, lines.cuts, lines.begins)
    ruled = Rulings(decisions, parts)
    told = stories(decode(RuledLattice(parts, page, dictionary, ruled)), dictionary, ruled)
    spans = Spans(transcript, [row for part in parts for row in part.rows])
    assembly = Assembly(transcript.name, resp, page, spans, ruled)
    if not page.punctuated:
        assembly.findings.append(Finding("S-004", transcript.name, "the page has hardly any punctuation"))
    body = assemble(told, owners(told.groups, told.bodies, dictionary, ruled), assembly)
    return Structure(body, tuple(assembly.annotations), tuple(assembly.findings))
