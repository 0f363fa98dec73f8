"""The simple structure of a page: articles, their blocks with a role each, and the page's furniture.

    {"page": "…", "articles": [{"id": "…", "blocks": [{"role": "headline", "text": "…"}]}],
     "furniture": [{"role": "furniture", "text": "…"}]}

A block of which even a careful reader could not tell the role may name others that are as right, as two plain lines over
one text: `{"role": "kicker", "also": ["headline"], "text": "…"}`. Texts are compared without white space. A structure that comes from TEI also knows for each character which source line
it stands in, and how sure the program was of its decisions.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from edition.errors import UsageError
from edition.model.document import Block as TeiBlock
from edition.model.document import Byline, Edition, Figure, Furniture, Head, Item, Paragraph, Section, Subsection
from edition.model.inline import Choice, Content, PieceStart, RawBytes, Read, Text
from edition.tei.read import read

ROLES = ("kicker", "headline", "subtitle", "subhead", "p", "byline", "caption", "credit", "furniture")
HEADLINE = ("kicker", "headline", "subtitle")
_HEAD_ROLES = {"kicker": "kicker", "main": "headline", "sub": "subtitle", "crosshead": "subhead", "rubric": "headline"}


@dataclass(frozen=True, slots=True)
class Seam:
    """A decision between two pieces: does the text go on here?"""

    at: int  # characters from the start of the block, white space not counted
    joined: bool
    cert: float


@dataclass(frozen=True, slots=True)
class Block:
    """One head, paragraph, byline, caption, credit or piece of furniture."""

    role: str
    text: str  # without white space
    lines: tuple[int, ...] = ()  # the source line of each character; empty if unknown
    cert: float | None = None  # of the role
    seams: tuple[Seam, ...] = ()
    also: tuple[str, ...] = ()  # roles that are as right, where no reader could tell

    def accepts(self, role: object) -> bool:
        """Whether a role is right for it."""
        return role == self.role or role in self.also


@dataclass(frozen=True, slots=True)
class Article:
    """One item of the page."""

    id: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Structure:
    """One page."""

    page: str
    articles: tuple[Article, ...]
    furniture: tuple[Block, ...]
    owners: Mapping[str, float]  # id of an article -> how sure its headline's owner is

    @property
    def blocks(self) -> Iterator[tuple[str, Block]]:
        """(id of the article, block) in reading order; furniture belongs to the article called ``."""
        for article in self.articles:
            for block in article.blocks:
                yield article.id, block
        for block in self.furniture:
            yield "", block


def load(data: bytes, name: str) -> Structure:
    """A structure from TEI or JSON. Raises UsageError or TeiError with the place if it is neither."""
    if data.lstrip()[:1] == b"<":
        return from_edition(read(data, name))
    try:
        return _from_json(json.loads(data))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(
            f"neither TEI of ours nor the JSON of structure ({type(error).__name__})",
            where=name,
            remedy='the form is {"page", "articles": [{"id", "blocks": [{"role", "text"}]}], "furniture": […]}',
        ) from None


def to_json(structure: Structure) -> dict[str, object]:
    """The simple JSON of structure."""
    articles = [{"id": a.id, "blocks": [_plain(block) for block in a.blocks]} for a in structure.articles]
    return {"page": structure.page, "articles": articles, "furniture": [_plain(block) for block in structure.furniture]}


def _plain(block: Block) -> dict[str, object]:
    also = {"also": list(block.also)} if block.also else {}
    return {"role": block.role, **also, "text": block.text}


def _from_json(whole: Mapping[str, object]) -> Structure:
    articles = tuple(
        Article(str(entry["id"]), tuple(_block(block) for block in entry["blocks"]))
        for entry in whole["articles"]  # type: ignore[attr-defined]  # a wrong form raises, and is caught above
    )
    furniture = whole.get("furniture", [])
    return Structure(str(whole.get("page", "")), articles, tuple(map(_block, furniture)), {})  # type: ignore[call-overload]  # as above


def _block(entry: Mapping[str, str]) -> Block:
    also = tuple(entry.get("also", ()))
    for role in (entry["role"], *also):
        if role not in ROLES:
            raise ValueError(f"unknown role {role!r}")
    return Block(entry["role"], "".join(entry["text"].split()), also=also)


# ---- from TEI


def from_edition(edition: Edition) -> Structure:
    """The structure of a page as its TEI has it; marks of the OCR tool are left out."""
    articles: list[Article] = []
    furniture: list[Block] = []
    for node in _flat(edition.body):
        if isinstance(node, Furniture):
            furniture += _furniture(node)
        else:
            blocks = [*_heads(node.heads), *_blocks(node.blocks)]
            furniture += [block for block in blocks if block.role == "furniture"]
            articles.append(Article(node.id, tuple(block for block in blocks if block.role != "furniture")))
    owners = {
        target: note.decision.cert
        for note in edition.annotations
        for target in note.targets
        if note.motivation == "linking" and note.decision.cert is not None
    }
    return Structure(edition.header.source.name, tuple(articles), tuple(furniture), owners)


def _flat(body: Iterable[Item | Section | Furniture]) -> Iterator[Item | Furniture]:
    for node in body:
        if isinstance(node, Section):
            yield from node.items
        else:
            yield node


def _heads(heads: Iterable[Head]) -> Iterator[Block]:
    for head in heads:
        yield _made(_HEAD_ROLES[head.kind], head.content, head.decision.cert if head.decision else None)


def _blocks(blocks: Iterable[TeiBlock]) -> Iterator[Block]:
    for block in blocks:
        match block:
            case Paragraph(content=content):
                yield _made("p", content, None)
            case Byline(content=content, decision=decision):
                yield _made("byline", content, decision.cert if decision else None)
            case Furniture():
                yield from _furniture(block)
            case Figure(captions=captions, bylines=bylines, decision=decision):
                cert = decision.cert if decision else None
                yield from (_made("caption", caption.content, cert) for caption in captions)
                yield from (_made("credit", byline.content, cert) for byline in bylines)
            case Subsection(heads=heads, blocks=inside):
                yield from _heads(heads)
                yield from _blocks(inside)


def _furniture(node: Furniture) -> Iterator[Block]:
    if node.kind != "markup":
        yield _made("furniture", node.content, node.decision.cert if node.decision else None)


def _made(role: str, content: Content, cert: float | None) -> Block:
    chars: list[str] = []
    lines: list[int] = []
    seams: list[Seam] = []
    line = 0
    for node in _leaves(content):
        if isinstance(node, PieceStart):
            line = node.line
            if node.decision and node.decision.cert is not None:
                seams.append(Seam(len(chars), node.join is not None, node.decision.cert))
        else:
            kept = "".join(node.text.split())
            chars += kept
            lines += [line] * len(kept)
    return Block(role, "".join(chars), tuple(lines), cert, tuple(seams))


def _leaves(content: Content) -> Iterator[PieceStart | Text]:
    """Piece starts and source text, marks and white space left out."""
    for node in content:
        match node:
            case PieceStart() | Text():
                yield node
            case RawBytes(reading=reading):
                yield Text(reading)
            case Choice(source=inside) | Read(content=inside):
                yield from _leaves(inside)
            case _:
                pass
