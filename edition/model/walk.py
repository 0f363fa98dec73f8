"""Going through an edition without knowing how it is nested."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from edition.model.document import Block, Byline, Edition, Figure, Furniture, Head, Item, Paragraph, Section, Subsection
from edition.model.inline import Content, Decision, Inline, Read


def items(edition: Edition) -> Iterator[Item]:
    """The items of a page in reading order, those of sections included."""
    for node in edition.body:
        if isinstance(node, Item):
            yield node
        elif isinstance(node, Section):
            yield from (child for child in node.items if isinstance(child, Item))


def contents(edition: Edition) -> Iterator[Content]:
    """Every content of the page in document order."""
    for node in edition.body:
        match node:
            case Furniture(content=inside):
                yield inside
            case Item():
                yield from item_contents(node)
            case Section(heads=heads, items=children):
                yield from (head.content for head in heads)
                for child in children:
                    if isinstance(child, Item):
                        yield from item_contents(child)
                    else:
                        yield child.content


def item_contents(item: Item) -> Iterator[Content]:
    """Every content of one item in document order."""
    yield from (head.content for head in item.heads)
    yield from block_contents(item.blocks)


def block_contents(blocks: Iterable[Block]) -> Iterator[Content]:
    """Every content of the blocks in document order, those of figures and subsections included."""
    for block in blocks:
        match block:
            case Figure(captions=captions, bylines=bylines):
                yield from (caption.content for caption in captions)
                yield from (byline.content for byline in bylines)
            case Subsection(heads=heads, blocks=inside):
                yield from (head.content for head in heads)
                yield from block_contents(inside)
            case Paragraph(content=inside_text) | Byline(content=inside_text) | Furniture(content=inside_text):
                yield inside_text


def flat_blocks(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks in document order, a subsection followed by its own blocks."""
    for block in blocks:
        yield block
        if isinstance(block, Subsection):
            yield from flat_blocks(block.blocks)


def inline_nodes(nodes: Content) -> Iterator[Inline]:
    """Every inline node, those inside what is read included."""
    for node in nodes:
        yield node
        if isinstance(node, Read):
            yield from inline_nodes(node.content)


Signed: TypeAlias = Item | Head | Byline | Figure | Furniture
HEAD_ROLES = {"rubric": "rubric", "kicker": "kicker", "main": "headline", "sub": "subtitle", "crosshead": "subhead"}


@dataclass(frozen=True, slots=True)
class Standing:
    """A content, what it is, and where it stands."""

    content: Content
    role: str  # paragraph caption byline header footer pageNum markup, or a value of HEAD_ROLES
    node: Head | Byline | Figure | Furniture | None  # what carries the decision about the role; None for a paragraph
    item: Item | None


def standing(edition: Edition) -> Iterator[Standing]:
    """Every content of the page in document order, with its role."""
    for node in edition.body:
        yield from _standing_node(node)


def _standing_node(node: Item | Section | Furniture) -> Iterator[Standing]:
    match node:
        case Furniture(content=inside, kind=kind):
            yield Standing(inside, kind, node, None)
        case Item(heads=heads, blocks=blocks):
            yield from (_standing_head(head, node) for head in heads)
            for block in flat_blocks(blocks):
                yield from _standing_block(block, node)
        case Section(heads=heads, items=items):
            yield from (_standing_head(head, None) for head in heads)
            for child in items:
                yield from _standing_node(child)


def _standing_head(head: Head, item: Item | None) -> Standing:
    return Standing(head.content, HEAD_ROLES[head.kind], head, item)


def _standing_block(block: Block, item: Item) -> Iterator[Standing]:
    match block:
        case Paragraph(content=inside):
            yield Standing(inside, "paragraph", None, item)
        case Byline(content=inside):
            yield Standing(inside, "byline", block, item)
        case Furniture(content=inside, kind=kind):
            yield Standing(inside, kind, block, item)
        case Figure(captions=captions, bylines=bylines):
            yield from (Standing(caption.content, "caption", block, item) for caption in captions)
            yield from (Standing(byline.content, "byline", byline, item) for byline in bylines)
        case Subsection(heads=heads):
            yield from (_standing_head(head, item) for head in heads)


def _unsigned(node: Signed) -> Decision | None:
    return node.decision


def rewritten(
    body: Iterable[Item | Section | Furniture],
    change: Callable[[Content], Content],
    sign: Callable[[Signed], Decision | None] = _unsigned,
) -> tuple[Item | Section | Furniture, ...]:
    """The body with every content changed; `sign` gives the decision of each node that can have one."""
    return tuple(_Rewriter(change, sign).node(node) for node in body)


class _Rewriter:
    def __init__(self, change: Callable[[Content], Content], sign: Callable[[Signed], Decision | None]) -> None:
        self.change = change
        self.sign = sign

    def node(self, node: Item | Section | Furniture) -> Item | Section | Furniture:
        match node:
            case Item():
                return self.item(node)
            case Section(heads=heads, items=items):
                inside = tuple(
                    self.item(child) if isinstance(child, Item) else self.furniture(child) for child in items
                )
                return Section(self.heads(heads), inside)
            case Furniture():
                return self.furniture(node)

    def item(self, item: Item) -> Item:
        blocks = tuple(self.block(block) for block in item.blocks)
        return replace(item, heads=self.heads(item.heads), blocks=blocks, decision=self.sign(item))

    def heads(self, heads: tuple[Head, ...]) -> tuple[Head, ...]:
        return tuple(replace(head, content=self.change(head.content), decision=self.sign(head)) for head in heads)

    def furniture(self, node: Furniture) -> Furniture:
        return replace(node, content=self.change(node.content), decision=self.sign(node))

    def byline(self, node: Byline) -> Byline:
        return replace(node, content=self.change(node.content), decision=self.sign(node))

    def block(self, block: Block) -> Block:
        match block:
            case Paragraph(content=inside):
                return Paragraph(self.change(inside))
            case Byline():
                return self.byline(block)
            case Furniture():
                return self.furniture(block)
            case Figure(captions=captions, bylines=bylines):
                texts = tuple(Paragraph(self.change(caption.content)) for caption in captions)
                signed = tuple(self.byline(byline) for byline in bylines)
                return replace(block, captions=texts, bylines=signed, decision=self.sign(block))
            case Subsection(heads=heads, blocks=blocks):
                return Subsection(self.heads(heads), tuple(self.block(child) for child in blocks))
