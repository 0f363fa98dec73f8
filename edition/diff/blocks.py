"""The blocks of an edition as places of the source: which characters each holds, in which order."""

from dataclasses import dataclass
from functools import cached_property

from edition.model.document import Edition, Item
from edition.model.inline import Around, Choice, Content, Inline, PieceStart
from edition.model.readings import printed, source_chars
from edition.model.walk import Standing, standing

Place = tuple[int, int]  # line, offset in characters
SHOWN = 14  # characters by which a block is recognised


@dataclass(frozen=True)
class Block:
    """A paragraph, head, byline, caption or line of furniture, and where its characters stand in the source."""

    index: int  # in reading order
    standing: Standing
    places: tuple[Place, ...]  # of each character, in reading order

    @property
    def role(self) -> str:
        """What it is, in English."""
        return self.standing.role

    @property
    def item(self) -> Item | None:
        """The item that it belongs to."""
        return self.standing.item

    @cached_property
    def start(self) -> Place:
        """Where it begins in the source."""
        return self.places[0] if self.places else (0, 0)

    @property
    def lines(self) -> str:
        """Its lines of the source: `line 8`, `lines 8–10`."""
        numbers = sorted({line for line, _ in self.places})
        return f"line {numbers[0]}" if len(numbers) == 1 else f"lines {numbers[0]}–{numbers[-1]}"

    @property
    def shown(self) -> str:
        """Its first characters, between the marks 「」, which newspapers of the mainland do not use."""
        text = printed(self.standing.content, "as-source")
        return f"「{text[:SHOWN]}…」" if len(text) > SHOWN else f"「{text}」"


def blocks(edition: Edition) -> list[Block]:
    """The blocks in reading order; those without a character of the source are left out."""
    out: list[Block] = []
    for one in standing(edition):
        places = tuple(_places(one.content))
        if places:
            out.append(Block(len(out), one, places))
    return out


def _places(nodes: Content) -> list[Place]:
    places: list[Place] = []
    for node, (line, offset) in located_nodes(nodes):
        places += [(line, offset + step) for step in range(source_chars((node,)))] if _is_leaf(node) else []
    return places


def _is_leaf(node: Inline) -> bool:
    return not isinstance(node, Choice | Around)


def located_nodes(nodes: Content) -> list[tuple[Inline, Place]]:
    """Every node, those inside others too (behind them), with the place of its first character in the source."""
    out: list[tuple[Inline, Place]] = []
    _locate(nodes, (0, 0), out)
    return out


def _locate(nodes: Content, at: Place, out: list[tuple[Inline, Place]]) -> Place:
    for node in nodes:
        if isinstance(node, PieceStart):
            at = (node.line, node.offset)
        out.append((node, at))
        match node:
            case Choice(source=inside) | Around(content=inside):
                at = _locate(inside, at, out)
            case _:
                at = (at[0], at[1] + source_chars((node,)))
    return at
