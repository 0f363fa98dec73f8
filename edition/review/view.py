"""A page as the browser shows it: plain values for JSON.

lines      the source, line by line
nodes      items and furniture in reading order; an item has heads and blocks, a block has its role and its text cut
           into segments, each knowing its place in the source
notes      the reasons, by the xml:id that they are about
printed    the XHTML of the page, from the renderer of the EPUB
queue      the questions of `queue`, most costly doubt first
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import TypeAlias

from lxml import etree

from edition.decisions import STAGES, Decisions, Entry, KindOf, Membership, drawn
from edition.findings import Finding
from edition.model.accuracy import in_chinese, in_english
from edition.model.document import (
    Annotation,
    Block,
    Edition,
    Figure,
    Furniture,
    Head,
    Item,
    Paragraph,
    Section,
    Subsection,
)
from edition.model.inline import (
    Choice,
    Content,
    Decision,
    Dotted,
    Gap,
    Inline,
    Markup,
    Name,
    Note,
    PieceStart,
    RawBytes,
    Ruby,
    Space,
    Supplied,
    Surplus,
    Text,
    Unclear,
)
from edition.model.labels import item_label, page_label
from edition.model.readings import printed, source_chars
from edition.model.source import Transcript
from edition.model.walk import HEAD_ROLES, contents, inline_nodes
from edition.render import xhtml
from edition.render.book import Page
from edition.review.queue import Question, progress, questions, sampled
from edition.why import grounds

Json: TypeAlias = dict[str, object]


@dataclass(frozen=True, slots=True)
class Made:
    """A page that was computed."""

    tei: bytes
    edition: Edition
    transcript: Transcript
    decided: Decisions
    findings: tuple[Finding, ...]


_SECTIONS = {"persName": "person", "orgName": "organisation", "placeName": "place"}  # as names.toml has them
_SAID = (
    "onto",
    "joined",
    "role",
    "to",
    "item",
    "before",
    "wrong",
    "right",
    "span",
    "note",
    "supplied",
    "chars",
    "code",
)


def asked(made: Made) -> list[Question]:
    """The questions of a page, in the order in which they are asked."""
    lines = drawn(made.decided, made.transcript)
    return [*questions(made.edition, made.findings), *sampled(lines, made.decided)]


def page(made: Made, number: int) -> Json:
    """All that is shown of one page; `number` (from 1) is its place in the edition."""
    edition = made.edition
    every = asked(made)
    done = progress(every)
    viewer = _Viewer(edition)
    section = xhtml.page_section(Page(number, edition, made.tei))
    return {
        "lines": [line.text for line in made.transcript.lines],
        "nodes": list(viewer.nodes()),
        "notes": [_note(note) for note in edition.annotations],
        "people": {who.id: who.name for who in edition.header.responsibilities if not who.software},
        "printed": etree.tostring(section, encoding="unicode"),
        "queue": [_question(question) for question in every],
        "progress": {**asdict(done), "confidence": done.confidence},
        "accuracy": {"zh": in_chinese(edition.header.accuracy), "en": in_english(edition.header.accuracy)},
        "names": names(edition),
        "stages": STAGES,
        "passes": [asdict(one) for one in made.decided.passes],
        "label": page_label(edition.header),
        "decisions": [entry(decided) for decided in made.decided.entries],
        "idle": [str(finding) for finding in made.findings if finding.code.startswith("E")],
    }


def names(edition: Edition) -> list[Json]:
    """The persons, bodies and places of a page, each form once: how often, where first, how sure; doubtful ones first."""
    found: dict[tuple[str, str], list[tuple[int, Decision | None]]] = {}
    for content in contents(edition):
        line = 0
        for node in inline_nodes(content):
            line = node.line if isinstance(node, PieceStart) else line
            if isinstance(node, Name) and node.kind in _SECTIONS:
                form = "".join(printed(node.content, "as-source").split())
                found.setdefault((_SECTIONS[node.kind], form), []).append((line, node.decision))
    rows = [
        {"section": section, "name": form, "count": len(places), "line": places[0][0], **_decided(_least(places))}
        for (section, form), places in found.items()
    ]
    return sorted(rows, key=lambda row: (row["cert"] is None, row["cert"] or 0.0, row["name"]))


def _least(places: Sequence[tuple[int, Decision | None]]) -> Decision | None:
    """The least sure of some decisions."""
    made = [decision for _, decision in places if decision]
    return min(made, key=lambda one: 1.0 if one.cert is None else one.cert, default=None)


def _question(question: Question) -> Json:
    return {
        "kind": question.kind, "at": question.at, "answer": question.answer, "cert": question.cert,
        "checked": question.checked, "cost": question.cost, "other": question.other, "said": question.said,
        "asked": question.asked, "weight": round(question.weight, 4),
    }  # fmt: skip


def entry(decided: Entry) -> Json:
    """A decision as the browser lists it."""
    ground = decided.ground
    keys = {key: str(getattr(decided, key)) for key in _SAID if getattr(decided, key, None) is not None}
    kind = type(decided).__name__
    if isinstance(decided, KindOf):
        keys["as"] = decided.kind
    if isinstance(decided, Membership):
        kind = "Owner" if decided.owner else "Item"
    return {
        "kind": kind, "row": ground.row, "at": str(ground.at), "text": ground.text, "who": ground.who,
        "when": ground.when, "why": ground.why, "confirmed": ground.confirmed, **keys,
    }  # fmt: skip


def _note(note: Annotation) -> Json:
    found = grounds(note.reasons)
    return {
        "targets": note.targets,
        "by": note.decision.resp,
        "cert": note.decision.cert,
        "second": note.runner_up,
        "grounds": [[ground.zh, ground.en, ground.seen, ground.weight] for ground in found],
        "words": "" if found else note.reasons,
    }


class _Viewer:
    """Goes through one edition; text nodes learn where in the source they stand."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.policy = edition.header.width_policy
        self.at: tuple[int, int] = (0, 0)  # the next character of the source

    def nodes(self) -> Iterator[Json]:
        for node in self.edition.body:
            yield from self.node(node)

    def node(self, node: Item | Section | Furniture) -> Iterator[Json]:
        match node:
            case Item():
                yield self.item(node)
            case Furniture():
                yield {"type": "furniture", "blocks": list(self.block(node))}
            case Section(heads=heads, items=children):
                yield {"type": "rubric", "blocks": [self.head(head) for head in heads]}
                for child in children:
                    yield from self.node(child)

    def item(self, item: Item) -> Json:
        heads = [self.head(head) for head in item.heads]
        return {
            "type": "item",
            "id": item.id,
            "kind": item.kind,
            "label": item_label(item, self.policy)[0],
            **_decided(item.decision),
            "blocks": [*heads, *(row for block in item.blocks for row in self.block(block))],
        }

    def head(self, head: Head) -> Json:
        return self.text(HEAD_ROLES[head.kind], head.content, head.decision, head.id)

    def block(self, block: Block) -> Iterator[Json]:
        match block:
            case Paragraph(content=inside):
                yield self.text("paragraph", inside, None)
            case Figure(captions=captions, bylines=bylines, decision=decision):
                yield from (self.text("caption", caption.content, decision) for caption in captions)
                yield from (self.text("credit", byline.content, byline.decision) for byline in bylines)
            case Subsection(heads=heads, blocks=blocks):
                yield from (self.head(head) for head in heads)
                for child in blocks:
                    yield from self.block(child)
            case Furniture(kind=kind, content=inside, decision=decision):
                yield self.text(kind, inside, decision)
            case _:
                yield self.text("byline", block.content, block.decision)

    def text(self, role: str, content: Content, decision: Decision | None, id_: str | None = None) -> Json:
        segments = list(self.segments(content))
        read = next((n for n, segment in enumerate(segments) if "text" in segment), 0)
        places = [segment["at"] for segment in segments[:read] if "piece" in segment][-1:]
        return {
            "role": role,
            "id": id_,
            "at": places[0] if places else "",
            **_decided(decision),
            "shown": printed(content, self.policy),
            "segments": segments,
        }

    def segments(self, content: Content) -> Iterator[Json]:
        for node in content:
            if isinstance(node, PieceStart):
                self.at = (node.line, node.offset)
                yield {
                    "piece": node.join or "",
                    "at": self.place(),
                    "column": node.column,
                    "id": node.id,
                    **_decided(node.decision),
                }
                continue
            if isinstance(node, Name):
                yield from self.segments(node.content)
                continue
            shown = self.shown(node)
            if shown:
                yield {**shown, "at": self.place()}
            self.at = (self.at[0], self.at[1] + source_chars((node,)))

    def place(self) -> str:
        line, offset = self.at
        return f"{line}.{offset}" if offset else str(line)

    def shown(self, node: Inline) -> Json | None:
        """How a node of the text is shown; nothing for what is not read."""
        match node:
            case Text(text=text) | RawBytes(reading=text):
                return {"text": text}
            case Space(count=count, char=char, line_break=line_break):
                return {"blank": char * count, "lineBreak": line_break}
            case Choice(source=source, printed=right, kind=kind, decision=decision):
                return {
                    "choice": right,
                    "text": printed(source, "as-source"),
                    "reg": kind == "reg",
                    **_decided(decision),
                }
            case Unclear(content=inside, decision=decision):
                return {"unclear": True, "text": printed(inside, "as-source"), **_decided(decision)}
            case Dotted(content=inside) | Ruby(content=inside):
                return {"text": printed(inside, "as-source")}
            case Supplied(text=text, decision=decision):
                return {"supplied": text, **_decided(decision)}
            case Gap(quantity=quantity, decision=decision):
                return {"gap": quantity or 0, **_decided(decision)}
            case Note(text=text, decision=decision):
                return {"note": text, **_decided(decision)}
            case Surplus() | Markup() | Name() | PieceStart():
                return None


def _decided(decision: Decision | None) -> Json:
    return {"by": decision.resp, "cert": decision.cert} if decision else {"by": None, "cert": None}
