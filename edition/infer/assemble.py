"""Bodies, heads and owners to items of the model, with every character of the source in its place, the reasons as
annotations, and what is doubtful as findings."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from edition.findings import Finding
from edition.infer.asked import Asked, odds
from edition.infer.blocks import raw_place
from edition.infer.decoder import Decision as Decided
from edition.infer.events import Body, Group, Para, Picture, decisions_of
from edition.infer.forms import furniture_kind, special_form
from edition.infer.heads import Titled, line_breaks, titled
from edition.infer.kinds import special_kind
from edition.infer.lattice import Role
from edition.infer.lists import Reason, against, calibrated, in_words
from edition.infer.measure import Profile
from edition.infer.owners import Owner
from edition.infer.rows import Row
from edition.infer.rulings import NO_RULINGS, Rulings
from edition.infer.signatures import signature
from edition.infer.spans import Spans, join_of, start_with
from edition.infer.stories import Stories, probability
from edition.model.document import (
    Annotation,
    Block,
    Byline,
    Figure,
    Furniture,
    Head,
    Item,
    ItemKind,
    Paragraph,
    Subsection,
)
from edition.model.inline import DOUBTFUL, Content, Decision, PieceStart

_KINDS: dict[ItemKind, str] = {
    "article": "an article", "picture": "a picture story", "notice": "a notice", "advertisement": "an advertisement",
    "serial": "a part of a serial", "unassigned": "text without a place",
}  # fmt: skip
SURE = 0.9  # probability from which a decision inside a run of lines is not written down by itself
STUCK = 0.999  # probability that what has the form of a byline after the last sentence is one
MOST = 0.999  # the highest probability that is stated
UNDECIDED = 0.6  # probability under which a join is written as undecided


@dataclass(slots=True)
class Assembly:
    """Collects the parts of one page."""

    name: str  # of the source file, for findings
    resp: str  # id of the program's responsibility
    page: Profile
    spans: Spans
    ruled: Rulings = NO_RULINGS  # the editor's word
    annotations: list[Annotation] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def decision(self, cert: float) -> Decision:
        """The program's decision with its probability, which is never quite one."""
        return Decision(self.resp, round(min(max(cert, 0.0), MOST), 3))

    def doubt(self, code: str, line: int, message: str, cert: float) -> None:
        """A finding, if the decision is doubtful."""
        if cert < DOUBTFUL:
            self.findings.append(Finding(code, f"{self.name}:{line}", message, round(cert, 3)))

    def explain(
        self,
        kind: str,
        targets: Sequence[str],
        reasons: tuple[Reason, ...],
        cert: float,
        owner: Owner | None = None,
        second: str | None = None,
    ) -> None:
        """An annotation."""
        self.annotations.append(
            Annotation(
                id=f"A{len(self.annotations) + 1}",
                motivation="linking" if kind == "linking" else "classifying",
                targets=tuple(targets),
                reasons=in_words(reasons) or "形式唯一 its form leaves no doubt",
                decision=self.decision(cert),
                runner_up=second,
                runner_up_cert=None if owner is None or second is None else round(owner.runner_up_cert or 0.0, 3),
            )
        )


def assemble(stories: Stories, groups_of: dict[int, Owner], assembly: Assembly) -> tuple[Item | Furniture, ...]:
    """The body of the page: items in the order in which their texts begin, furniture where it stands."""
    placed: list[tuple[int, int, Item | Furniture]] = []
    by_body: dict[int, list[tuple[Group, Owner]]] = {}
    for index, owner in sorted(groups_of.items()):
        by_body.setdefault(owner.body, []).append((stories.groups[index], owner))
    ids = [_item_id(body) for body in stories.bodies]
    for index, body in enumerate(stories.bodies):
        item = _item(stories, ids, index, by_body.get(index, []), assembly)
        placed.append((_first_block(body), 0, item))
    for index, group in enumerate(stories.groups):
        if index not in groups_of:
            placed.append((group.heads[0].block.index, 0, _headless_group(group, assembly)))
    for decided in stories.orphans:
        placed.append((decided.block.index, 0, _orphan(decided, assembly)))
    for decided in stories.furniture:
        placed.append((decided.block.index, 1, _furniture(decided, assembly)))
    placed.sort(key=lambda entry: entry[:2])
    nodes = tuple(node for _, _, node in placed)
    if not any(isinstance(node, Item) for node in nodes):
        nodes = (*nodes, Item("unassigned", f"L{_place(min(stories.furniture, key=lambda d: d.block.index))}", (), ()))
    return nodes


def _first_block(body: Body) -> int:
    return min(decided.block.index for decided in (*body.lead, *map(_first, body.parts)))


def _first_line(body: Body) -> int:
    return min(_line(decided) for decided in (*body.lead, *map(_first, body.parts)))


def _line(decided: Decided) -> int:
    return decided.block.rows[0].line.number


def _place(decided: Decided) -> str:
    """What an id is made of: the line's number, with the offset where a line has several parts."""
    return decided.block.rows[0].place


def _item_id(body: Body) -> str:
    return f"L{_place(_first(body.parts[0]))}"


# ---- items


def _item(told: Stories, ids: Sequence[str], index: int, groups: Sequence[tuple[Group, Owner]], to: Assembly) -> Item:
    body, item_id = told.bodies[index], ids[index]
    para = body.lone
    kind, sure = _kind(body, para, groups[0][0] if groups else None, told.asked, to)
    heads: list[Head] = []
    for group, owner in groups:
        heads += _owned_heads(group, owner, ids, item_id, to)
    line = _first_line(body)
    if not groups:
        to.findings.append(Finding("S-001", f"{to.name}:{line}", f"item {item_id} has no headline"))
    blocks: list[Block] = [_byline(decided, to) for decided in body.lead]
    signs = min(STUCK, sure) if para else STUCK
    if para and kind != "picture":
        body = replace(body, parts=[para], signs=body.signed_by)
    blocks += _picture_story(body, sure, to) if kind == "picture" else _article(body, signs, to)
    return Item(kind, item_id, tuple(heads), tuple(blocks), to.decision(sure))


def _owned_heads(group: Group, owner: Owner, ids: Sequence[str], item_id: str, to: Assembly) -> list[Head]:
    parts = titled(group, to.ruled)
    heads = [_head(part, to) for part in parts]
    line = parts[0].rows[0].line.number
    second = None if owner.runner_up is None else ids[owner.runner_up]
    reached = [head.id for head in heads if head.id]
    to.explain("linking", [*reached, item_id], owner.reasons, owner.cert, owner, second)
    other = "none" if second is None else second
    to.doubt("H-001", line, f"headline {group.text[:20]!r} was given to {item_id}, second best {other}", owner.cert)
    for part, head in zip(parts, heads):
        if head.id and (len(parts) > 1 or part.cert < DOUBTFUL):
            to.explain("classifying", [head.id], part.reasons(), part.cert)
    return heads


def _head(part: Titled, to: Assembly) -> Head:
    line = part.rows[0].line.number
    text = "".join(row.text for row in part.rows)
    to.doubt("S-003", line, f"{text[:20]!r} is taken for a head of kind {part.kind}", part.cert)
    nodes = to.spans.rows(part.rows, head=True, breaks=[] if to.page.parted else line_breaks(text))
    return Head(part.kind, nodes, f"H{part.rows[0].place}", to.decision(part.cert))


def _kind(body: Body, para: Para | None, over: Group | None, asked: Asked, to: Assembly) -> tuple[ItemKind, float]:
    """What kind of item a body under some heads is, and how sure: the editor's word, else the likeliest; `para` is the
    signed paragraph that may be all there is of it."""
    said = to.ruled.kind(decided.block for part in body.parts for decided in decisions_of(part))
    if said and not (said == "picture" and any(isinstance(part, Group) for part in body.parts)):
        return said, 1.0
    shown_alone = all(isinstance(part, Picture) for part in body.parts)
    if shown_alone and (para is None or to.ruled.role(para.parts[0].block)):
        return "picture", _start_cert(body)
    other = None if shown_alone else special_kind([] if over is None else [h.block.text for h in over.heads], body)
    if other is not None:
        return _told(other[0], min(_start_cert(body), probability(other[1])), body, to)
    if para is None:
        return "article", _start_cert(body)
    shown = odds(asked.lone(para, body, over, to.page.usual_gap))
    sure = calibrated(Role.CAPTION, probability(abs(shown)))
    kind: ItemKind = "picture" if shown > 0 else "article"
    return _told(kind, min(_start_cert(body), sure) if shown_alone == (kind == "picture") else sure, body, to)


def _told(kind: ItemKind, sure: float, body: Body, to: Assembly) -> tuple[ItemKind, float]:
    """The kind with its probability, which is a finding if it is doubtful."""
    to.doubt("S-003", _first_line(body), f"the item is taken for {_KINDS[kind]}", sure)
    return kind, sure


def _first(part: "Para | Picture | Group") -> Decided:
    """The first decision of a part of a body."""
    match part:
        case Para(parts=parts):
            return parts[0]
        case Picture(captions=captions):
            return captions[0][0]
        case Group(heads=heads):
            return heads[0]


def _start_cert(body: Body) -> float:
    return min(body.cert, _first(body.parts[0]).cert)


def _article(body: Body, signs: float, to: Assembly) -> list[Block]:
    """Paragraphs, figures and subsections, then the bylines; `signs` is how sure one is that is stuck to a text."""
    blocks: list[Block] = []
    sections: list[tuple[tuple[Head, ...], list[Block]]] = []
    bylines: list[Block] = []
    for part in body.parts:
        here = sections[-1][1] if sections else blocks
        match part:
            case Para():
                paragraph, stuck = _paragraph(part, signs, to, first=part is body.parts[0])
                here.append(paragraph)
                bylines += stuck
            case Picture():
                here.append(_figure(part, to))
            case Group():
                sections.append((tuple(_crossheads(part, to)), []))
    bylines += [_byline(decided, to) for decided in body.signs]
    return [*blocks, *(Subsection(heads, tuple(inside)) for heads, inside in sections), *bylines]


def _crossheads(group: Group, to: Assembly) -> list[Head]:
    parts = titled(group, to.ruled)
    heads = [_head(part, to) for part in parts]
    for part, head in zip(parts, heads):
        if head.id:
            to.explain("classifying", [head.id], part.reasons(), part.cert)
    return heads


def _picture_story(body: Body, sure: float, to: Assembly) -> list[Block]:
    """One figure: its captions, then who took or sent it; `sure` is the probability that it is one."""
    captions: list[Paragraph] = []
    bylines: list[Byline] = []
    for part in body.parts:
        if isinstance(part, Picture):
            figure = _figure(part, to)
            captions += figure.captions
            bylines += figure.bylines
        elif isinstance(part, Para):
            caption, signs = _paragraph(part, min(STUCK, sure), to, first=True)
            captions.append(caption)
            bylines += signs
    bylines += [_byline(decided, to) for decided in body.signs]
    return [Figure(tuple(captions), tuple(bylines), None, to.decision(sure))]


def _figure(picture: Picture, to: Assembly) -> Figure:
    captions: list[Paragraph] = []
    bylines: list[Byline] = []
    for pieces in picture.captions:
        caption, signs = _split(pieces, to)
        captions.append(Paragraph(caption))
        bylines += signs
    bylines += [_byline(decided, to) for decided in picture.credits]
    first = picture.captions[0][0]
    to.doubt("S-003", _line(first), "taken for the caption of a picture", first.cert)
    return Figure(tuple(captions), tuple(bylines), None, to.decision(first.cert))


def _split(pieces: Sequence[Decided], to: Assembly) -> tuple[Content, list[Byline]]:
    """The text of blocks that are one caption, and the byline or credit stuck to its end."""
    rows = [row for piece in pieces for row in piece.block.rows]
    stuck = signature("".join(piece.block.text for piece in pieces))
    if stuck is None:
        return to.spans.rows(rows), []
    place = raw_place(rows, stuck[0], to.page)
    return to.spans.rows(rows, end=place), [_stuck_byline(rows, place, STUCK, to)]


def _stuck_byline(rows: Sequence[Row], start: int, sure: float, to: Assembly) -> Byline:
    return Byline(to.spans.rows(rows, start=start), to.decision(sure))


def _byline(decided: Decided, to: Assembly) -> Byline:
    return Byline(to.spans.rows(decided.block.rows), to.decision(decided.cert))


# ---- paragraphs


def _paragraph(para: Para, signs: float, to: Assembly, *, first: bool) -> tuple[Paragraph, list[Byline]]:
    """A paragraph and what is stuck to its end, which is a byline or credit with the probability `signs`."""
    out: Content = ()
    stuck, every = para.signature, [row for part in para.parts for row in part.block.rows]
    whole = sum(len(row.text) for row in every)
    place = whole if stuck is None else raw_place(every, stuck[0], to.page)
    left = place  # characters before the byline
    for at, part in enumerate(para.parts):
        if left <= 0:
            break
        before = para.parts[at - 1].block.rows[-1] if at else None
        start = _continued(part, before, to) if before else _begun(part, to, first=first)
        length = sum(len(row.text) for row in part.block.rows)
        out = (*out, *to.spans.rows(part.block.rows, end=min(left, length), first=start))
        left -= length
    return Paragraph(out), [] if stuck is None else [_stuck_byline(every, place, signs, to)]


def _begun(part: Decided, to: Assembly, *, first: bool) -> PieceStart | None:
    """How a paragraph's first piece starts: with a decision where it could have gone on from another."""
    if first or part.join_cert is None:
        return None
    cert = 1 - part.join_cert
    if part.block.gap == 0 and cert >= SURE:
        return None
    if cert >= DOUBTFUL:
        return start_with(decision=to.decision(cert))
    reasons = against(part.join_reasons())
    to.doubt("J-001", _line(part), f"a paragraph begins at {part.block.text[:10]!r}: {in_words(reasons, 3)}", cert)
    to.explain("classifying", [id_ := f"B{_place(part)}"], reasons, cert)
    return start_with(id_=id_, decision=to.decision(cert))


def _continued(part: Decided, before: Row, to: Assembly) -> PieceStart:
    cert = part.join_cert or 0.0
    next_line = part.block.gap == 0 and part.block.index - 1 == part.continues
    if next_line and cert >= SURE:
        return start_with(join=join_of(before, part.block.rows[0], head=False))
    reasons = part.join_reasons()
    if cert < DOUBTFUL:
        to.doubt("J-001", _line(part), f"joined before {part.block.text[:10]!r}: {in_words(reasons, 3)}", cert)
    to.explain("classifying", [id_ := f"B{_place(part)}"], reasons, cert)
    passed = part.continues is not None and part.block.index - part.continues > 1
    return start_with(
        join=join_of(before, part.block.rows[0], head=False) if cert >= UNDECIDED else "maybe",
        column=not passed and not next_line,
        id_=id_,
        decision=to.decision(cert),
    )


# ---- what belongs to no body


def _headless_group(group: Group, to: Assembly) -> Item:
    heads = tuple(_head(part, to) for part in titled(group, to.ruled))
    line = _line(group.heads[0])
    if not any(to.ruled.stays_alone(head.block) for head in group.heads):
        to.findings.append(Finding("S-002", f"{to.name}:{line}", f"head {group.text[:20]!r} has no text on this page"))
    return Item(
        "unassigned", f"L{_place(group.heads[0])}", heads, (), to.decision(min(head.cert for head in group.heads))
    )


def _orphan(decided: Decided, to: Assembly) -> Item:
    line = _line(decided)
    to.findings.append(
        Finding("S-002", f"{to.name}:{line}", f"byline {decided.block.text[:20]!r} has no text before it")
    )
    return Item("unassigned", f"L{_place(decided)}", (), (_byline(decided, to),), to.decision(decided.cert))


def _furniture(decided: Decided, to: Assembly) -> Furniture:
    block = decided.block
    if decided.role is Role.MARKUP:
        if block.whole == "words":
            shown = block.text[:30]
            to.findings.append(Finding("D-003", f"{to.name}:{_line(decided)}", f"{shown!r} is left out of the text"))
        return Furniture("markup", to.spans.rows(block.rows))
    kind = to.ruled.furniture(block) or furniture_kind(special_form(block.text)) or "header"
    return Furniture(kind, to.spans.rows(block.rows), to.decision(decided.cert))
