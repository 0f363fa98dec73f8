"""Every decision of a page as a question for its editor, most costly doubt first.

The order is the expected cost of an error: what it would do to a reader (`COST`) times the probability, as the TEI states
it, that it is one. The sum of these probabilities over what nobody has checked is the number of errors that are still to
be expected. Joins of neighbouring lines that the TEI does not state singly are in neither (they are held to be 0.9 or
surer, see editorialDecl).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from edition.decisions import Checked, Decisions
from edition.findings import Finding
from edition.model.document import Annotation, Edition, Figure, Furniture, Head, Item
from edition.model.inline import Content, Decision, PieceStart, RawBytes, Space, Surplus
from edition.model.walk import Standing, inline_nodes, items, standing

Kind = Literal["join", "begin", "role", "owner", "item", "finding", "sample"]
# What an error does to a reader, in disturbed readings: a headline over another text spoils two articles and the
# contents, a wrong start of an item the same but for the headline; furniture vanishes from the text that is read.
COST: dict[Kind, float] = {
    "owner": 5.0,
    "item": 4.0,
    "role": 1.5,
    "join": 1.0,
    "begin": 1.0,
    "finding": 0.5,
    "sample": 0.0,
}
FURNITURE_COST = 3.0
ASKED = 0.95  # probability under which a decision is asked about
UNSTATED = 0.5  # probability that a finding without one is no error
_IDLE = ("E", "P", "B", "F", "V", "D")  # findings that are not about the text, or not for an editor to let rest
_TOLD = ("S-002", "S-003", "J-001", "H-001")  # findings that are questions of their own


@dataclass(frozen=True, slots=True)
class Question:
    """One decision."""

    kind: Kind
    at: str  # LINE or LINE.OFFSET of what it is about
    answer: str  # as entries of decisions have it: a role, the place gone on, the place of the item, a code
    cert: float | None
    checked: bool  # by an editor
    cost: float
    other: str | None = None  # the next best answer
    said: str = ""  # the message of a finding

    @property
    def weight(self) -> float:
        """The expected cost of an error."""
        return 0.0 if self.checked else self.cost * (1 - (UNSTATED if self.cert is None else self.cert))

    @property
    def asked(self) -> bool:
        """Whether it belongs in the queue."""
        return not self.checked and (self.cert is None or self.cert < ASKED)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a page is."""

    checked: int
    open: int  # still in the queue
    errors: float  # to be expected among what nobody has checked
    decisions: int  # all that state a probability or were checked

    @property
    def confidence(self) -> float:
        """The mean probability that a decision of the page is right."""
        return 1.0 if not self.decisions else 1 - self.errors / self.decisions


def questions(edition: Edition, findings: Sequence[Finding]) -> tuple[Question, ...]:
    """The questions of a page: first those to be asked, the most expected harm first, then the rest by place."""
    people = {who.id for who in edition.header.responsibilities if not who.software}
    found = [*_Asker(edition, people).all(), *_told(findings)]
    return tuple(sorted(found, key=lambda q: (not q.asked, -q.weight, _place(q.at), q.kind)))


def sampled(lines: Sequence[int], decided: Decisions) -> list[Question]:
    """The lines that were drawn to be compared with the page, after everything else."""
    found = {entry.ground.at.line: entry.errors for entry in decided.entries if isinstance(entry, Checked)}
    return [
        Question("sample", str(line), str(found.get(line, "")), None, line in found, COST["sample"]) for line in lines
    ]


def progress(found: Iterable[Question]) -> Progress:
    """How far a page with these questions is."""
    every = [question for question in found if question.kind not in ("finding", "sample")]
    wrong = sum(1 - (question.cert or 0.0) for question in every if not question.checked)
    asked = sum(question.asked for question in found)
    return Progress(sum(question.checked for question in every), asked, wrong, len(every))


def _place(at: str) -> tuple[int, int]:
    line, _, offset = at.partition(".")
    return int(line), int(offset or 0)


class _Asker:
    """Goes through the decisions of one edition."""

    def __init__(self, edition: Edition, people: set[str]) -> None:
        self.edition = edition
        self.people = people
        self.standing = list(standing(edition))
        figures = [node for stands in self.standing if isinstance(node := stands.node, Figure)]
        self.credits = {id(byline) for figure in figures for byline in figure.bylines}

    def all(self) -> Iterator[Question]:
        last: str | None = None  # the last piece of the last paragraph
        for stands in self.standing:
            yield from self.role(stands)
            if stands.role == "paragraph":
                yield from self.joins(stands.content, last)
                last = next((_name(piece) for piece in reversed(_starts(stands.content))), last)
        before: Item | None = None
        for item in items(self.edition):
            yield from self.item(item, before)
            before = item
        yield from self.owners()

    def role(self, stands: Standing) -> Iterator[Question]:
        node, starts = stands.node, _starts(stands.content)
        if node is None or not starts or stands.role in ("rubric", "markup"):
            return
        if isinstance(node, Figure) and (
            stands.content is not node.captions[0].content or (stands.item and stands.item.kind == "picture")
        ):
            return  # asked once for a figure; that of a picture story with its item
        cost = FURNITURE_COST if isinstance(node, Furniture) else COST["role"]
        role = "credit" if id(node) in self.credits else stands.role
        yield self.question("role", starts[0], role, node.decision, cost)

    def joins(self, content: Content, last: str | None) -> Iterator[Question]:
        """Joins inside a paragraph, and that it begins; `last` is where the paragraph before it ends."""
        before: str | None = None
        for piece in _starts(content):
            if piece.decision and before and piece.join:
                yield self.question("join", piece, before, piece.decision, COST["join"])
            elif piece.decision and before is None:
                yield self.question("begin", piece, "", piece.decision, COST["begin"], other=last)
            before = _name(piece)

    def item(self, item: Item, before: Item | None) -> Iterator[Question]:
        if not item.decision or (item.kind == "unassigned" and not item.blocks):
            return
        at = item.id.removeprefix("L")
        other = before.id.removeprefix("L") if before and before.blocks else None
        figures = [block.decision for block in item.blocks if isinstance(block, Figure) and item.kind == "picture"]
        checked = any(self.by_editor(decision) for decision in (item.decision, *figures))
        yield Question("item", at, item.kind, item.decision.cert, checked, COST["item"], other)

    def owners(self) -> Iterator[Question]:
        heads = {s.node.id: s for s in self.standing if isinstance(s.node, Head) and s.node.id}
        known = {item.id for item in items(self.edition)}
        for note in self.edition.annotations:
            stands = heads.get(note.targets[0]) if note.motivation == "linking" else None
            starts = _starts(stands.content) if stands else []
            if starts and note.targets[-1] in known:
                yield self.owner(note, _name(starts[0]))
        yield from self.alone(heads.values())

    def owner(self, note: Annotation, at: str) -> Question:
        second = note.runner_up.removeprefix("L") if note.runner_up else "none"
        answer = note.targets[-1].removeprefix("L")
        return Question("owner", at, answer, note.decision.cert, self.by_editor(note.decision), COST["owner"], second)

    def alone(self, heads: Iterable[Standing]) -> Iterator[Question]:
        """Heads without a text: the program states no probability for that."""
        for stands in heads:
            item = stands.item
            if item and not item.blocks and stands.node is item.heads[0]:
                sure = self.by_editor(item.decision)
                yield Question("owner", _name(_starts(stands.content)[0]), "none", None, sure, COST["owner"])

    def question(
        self,
        kind: Kind,
        piece: PieceStart,
        answer: str,
        decision: Decision | None,
        cost: float,
        other: str | None = None,
    ) -> Question:
        cert = decision.cert if decision else None
        return Question(kind, _name(piece), answer, cert, self.by_editor(decision), cost, other)

    def by_editor(self, decision: Decision | None) -> bool:
        return decision is not None and decision.resp in self.people


def _told(findings: Sequence[Finding]) -> Iterator[Question]:
    """Findings that are no decision's doubt."""
    for finding in findings:
        _, _, line = finding.where.rpartition(":")
        if finding.severity != "warning" or finding.code.startswith(_IDLE) or finding.code in _TOLD:
            continue
        if not line.isdigit():
            continue
        yield Question("finding", line, finding.code, finding.cert, False, COST["finding"], said=finding.message)


def _starts(content: Content) -> list[PieceStart]:
    """The starts of the pieces that have text, those inside names included."""
    out: list[PieceStart] = []
    waiting: PieceStart | None = None
    for node in inline_nodes(content):
        if isinstance(node, PieceStart):
            waiting = node
        elif waiting and not isinstance(node, Space | Surplus | RawBytes):
            out.append(waiting)
            waiting = None
    return out


def _name(piece: PieceStart) -> str:
    return f"{piece.line}.{piece.offset}" if piece.offset else str(piece.line)
