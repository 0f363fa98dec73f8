"""Why the program decided so: what a TEI file states about one of its elements or lines, for a reader.

From the TEI alone: the decisions stand on the elements and breaks, their reasons in `standOff`. A reason reads
`词跨断口 a word spans the break（无锡市） +4.0`: Chinese words, English words, what was seen, its weight in log-odds.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from edition.errors import UsageError
from edition.model.document import Annotation, Edition, Furniture, Head
from edition.model.inline import Choice, Decision, PieceStart
from edition.model.labels import item_label
from edition.model.readings import printed, running
from edition.model.walk import Standing, inline_nodes, items, standing

SHOWN = 24  # characters of a text that name it
NEAR = 5  # ids listed where one is unknown
_GROUND = re.compile(r"(?P<words>.+?) (?P<weight>[+-]\d+\.\d)(?:；|$)")
_WORDS = re.compile(r"(?P<zh>\S+?)(?: (?P<en>[A-Za-z?!][^（]*?))?(?:（(?P<seen>.*)）)?")
_ARTICLES = {"article": "an article", "picture": "a picture story", "advertisement": "an advertisement",
             "notice": "a notice", "serial": "a part of a serial", "unassigned": "text that could not be placed"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ground:
    """One reason."""

    zh: str
    en: str
    seen: str  # the Chinese evidence, or nothing
    weight: float  # log-odds

    def __str__(self) -> str:
        return f"{self.en or self.zh}{f' ({self.seen})' if self.seen else ''} {self.weight:+.1f}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What was decided on one question about one place."""

    id: str
    question: str  # role, item, owner or join
    answer: str
    by: str | None  # who decided; None where the file names nobody
    editor: bool = False
    cert: float | None = None  # probability
    runner_up: str | None = None
    runner_up_cert: float | None = None
    grounds: tuple[Ground, ...] = ()
    note: str | None = None  # what stands in place of grounds, such as an editor's own words


@dataclass(frozen=True, slots=True)
class Told:
    """All that a file says about an id or line."""

    id: str
    shows: str  # the text there, as far as it names the place
    answers: tuple[Answer, ...]


def why(edition: Edition, wanted: str, name: str) -> Told:
    """What the edition says about an xml:id (H3, L7, B18), or a line (18, 18.14); `name` is used in messages.

    Raises UsageError for one that is not there.
    """
    page = _Page(edition)
    told = page.item(wanted) or page.head(wanted) or page.pieces(wanted)
    if told is None:
        near = ", ".join(_near(wanted, page.known()))
        raise UsageError(f"no element or line of this page is {wanted!r}", where=name, remedy=f"near it are: {near}")
    return told


def _near(wanted: str, known: Iterable[str]) -> list[str]:
    """The known ids that stand nearest in the source, those of the same kind first."""

    def place(name: str) -> tuple[str, float]:
        found = re.search(r"\d+(\.\d+)?", name)
        return name[: found.start()] if found else name, float(found[0]) if found else 0.0

    kind, at = place(wanted)
    return sorted(known, key=lambda name: (place(name)[0] != kind, abs(place(name)[1] - at), name))[:NEAR]


@lru_cache(maxsize=4096)
def grounds(text: str) -> tuple[Ground, ...]:
    """The reasons that a program's note holds; none where it is no list of weighted reasons."""
    out, end = [], 0
    for found in _GROUND.finditer(text):
        words = _WORDS.fullmatch(found["words"]) if found.start() == end else None
        if words is None:
            return ()
        out.append(Ground(words["zh"], words["en"] or "", words["seen"] or "", float(found["weight"])))
        end = found.end()
    return tuple(out) if end == len(text) else ()


class _Page:
    """Looks things up in one edition."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.policy = edition.header.width_policy
        self.people = {who.id: who for who in edition.header.responsibilities}
        self.items = {item.id: item for item in items(edition)}
        self.standing = list(standing(edition))

    def known(self) -> Iterator[str]:
        """Every id that can be asked about, and every line."""
        yield from self.items
        for stands in self.standing:
            if isinstance(stands.node, Head) and stands.node.id:
                yield stands.node.id
            for piece in _starts(stands):
                yield from ([piece.id] if piece.id else [])
                yield _name(piece)

    def item(self, wanted: str) -> Told | None:
        item = self.items.get(wanted)
        if item is None:
            return None
        answers = [self.answer(wanted, "item", _ARTICLES[item.kind], item.decision)]
        heads = [note for note in self.edition.annotations if _links(note) and note.targets[-1] == wanted]
        answers += [self.owner(note) for note in heads]
        return Told(wanted, item_label(item, self.policy)[0][:SHOWN], tuple(answers))

    def head(self, wanted: str) -> Told | None:
        for stands in self.standing:
            if isinstance(stands.node, Head) and stands.node.id == wanted:
                return Told(wanted, running(stands.content, self.policy)[:SHOWN], tuple(self.about_head(stands.node)))
        return None

    def about_head(self, head: Head) -> Iterator[Answer]:
        role = next(stands.role for stands in self.standing if stands.node is head)
        yield self.answer(head.id or "", "role", f"a {role}", head.decision)
        yield from (self.owner(note) for note in self.edition.annotations if _links(note) and head.id in note.targets)

    def pieces(self, wanted: str) -> Told | None:
        """What is said about a break by its id, or about the pieces of a line."""
        found = [
            (stands, at, piece)
            for stands in self.standing
            for at, piece in enumerate(_starts(stands))
            if wanted in (piece.id, _name(piece), str(piece.line))
        ]
        exact = [entry for entry in found if wanted in (entry[2].id, _name(entry[2]))] or found
        if not exact:
            return None
        answers = [answer for stands, at, piece in exact for answer in self.about_piece(stands, at, piece)]
        return Told(wanted, _after(exact[0][0], exact[0][2], self.policy), tuple(dict.fromkeys(answers)))

    def about_piece(self, stands: Standing, at: int, piece: PieceStart) -> Iterator[Answer]:
        where = f" of {stands.item.id}" if stands.item else ""
        name = piece.id or f"line {_name(piece)}"
        if isinstance(stands.node, Head) and stands.node.id:
            yield from self.about_head(stands.node)
        elif stands.node is not None:
            yield self.answer(name, "role", f"a {_shown(stands)}{where}", stands.node.decision)
        elif at == 0:
            yield self.answer(name, "role", f"begins a paragraph{where}", piece.decision)
        if at:
            yield self.join(name, _starts(stands)[at - 1], piece)
        yield from (self.correction(name, choice) for choice in _choices(stands, piece))

    def correction(self, name: str, choice: Choice) -> Answer:
        wrong = printed(choice.source, "as-source")
        answer = f"{wrong!r} corrected to {choice.printed!r}"
        if choice.kind == "reg":
            answer = f"{wrong!r} regularised to {choice.printed!r}"
        notes = [n for n in self.edition.annotations if n.reasons.startswith(f"{wrong}→{choice.printed}：")]
        return self.answer(name, "correction", answer, choice.decision, notes[:1])

    def join(self, name: str, before: PieceStart, piece: PieceStart) -> Answer:
        answer = {"no": "joined to", "maybe": "perhaps joined to", "yes": "a new line after", None: "follows"}[
            piece.join
        ]
        if piece.decision is None:
            note = (
                "neighbouring lines: decided from widths, marks and the dictionary with 0.9 or more (see editorialDecl)"
            )
            return Answer(name, "join", f"{answer} line {_name(before)}", None, note=note)
        return self.answer(name, "join", f"{answer} line {_name(before)}", piece.decision)

    def owner(self, note: Annotation) -> Answer:
        *heads, last = note.targets
        item = self.items.get(last)
        if item is None:
            return self.noted(last, "owner", "no text on this page", note)
        answer = f"{' and '.join(heads)} {'belong' if len(heads) > 1 else 'belongs'} to {last} ({item_label(item, self.policy)[0][:SHOWN]})"
        return self.noted(heads[0] if heads else last, "owner", answer, note)

    def noted(self, id_: str, question: str, answer: str, note: Annotation) -> Answer:
        return self.answer(id_, question, answer, note.decision, [note])

    def notes(self, id_: str, decision: Decision | None) -> list[Annotation]:
        """The annotations in which whoever decided says why this is what it is; those of corrections are left out."""
        about = [note for note in self.edition.annotations if not _links(note) and id_ in note.targets]
        return [n for n in about if decision and n.decision.resp == decision.resp and "→" not in n.reasons]

    def answer(
        self, id_: str, question: str, answer: str, decision: Decision | None, notes: list[Annotation] | None = None
    ) -> Answer:
        """An answer with the reasons of its annotations, looked up by the id if none are given."""
        notes = self.notes(id_, decision) if notes is None else notes
        note = notes[0] if notes else None
        who = self.people.get(decision.resp) if decision else None
        found = grounds(note.reasons) if note else ()
        words = "；".join(dict.fromkeys(one.reasons for one in notes))
        return Answer(
            id_,
            question,
            answer,
            who.name if who else None,
            who is not None and not who.software,
            decision.cert if decision else None,
            note.runner_up if note else None,
            note.runner_up_cert if note else None,
            found,
            words if words and not found else None,
        )


def _links(note: Annotation) -> bool:
    return note.motivation == "linking"


def _choices(stands: Standing, piece: PieceStart) -> Iterator[Choice]:
    """The corrections and regularisations between a piece's start and the next."""
    here = False
    for node in inline_nodes(stands.content):
        here = node is piece if isinstance(node, PieceStart) else here
        if here and isinstance(node, Choice):
            yield node


def _starts(stands: Standing) -> list[PieceStart]:
    return [node for node in inline_nodes(stands.content) if isinstance(node, PieceStart)]


def _name(piece: PieceStart) -> str:
    return f"{piece.line}.{piece.offset}" if piece.offset else str(piece.line)


def _shown(stands: Standing) -> str:
    names = {"header": "running head", "footer": "footer", "pageNum": "page number", "markup": "mark of the OCR tool"}
    return names.get(stands.role, stands.role) if isinstance(stands.node, Furniture) else stands.role


def _after(stands: Standing, piece: PieceStart, policy: str) -> str:
    """The text from a piece on."""
    at = next((i for i, node in enumerate(stands.content) if node is piece), 0)
    return printed(stands.content[at + 1 :], policy)[:SHOWN]
