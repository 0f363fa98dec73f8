"""Going through an edition without knowing how it is nested."""

from collections.abc import Iterable, Iterator

from edition.model.document import Block, Byline, Edition, Figure, Furniture, Item, Paragraph, Section, Subsection
from edition.model.inline import Content, Inline, Name, Unclear


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
    """Every inline node, those inside names and doubtful readings included."""
    for node in nodes:
        yield node
        if isinstance(node, Name | Unclear):
            yield from inline_nodes(node.content)
