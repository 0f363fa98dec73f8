"""How one page is built: items in reading order, each of heads and blocks.

The order of everything is reading order, which need not be the order of the source.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from edition.model.header import Header
from edition.model.inline import Content, Decision

HeadKind = Literal["rubric", "kicker", "main", "sub", "crosshead"]
ItemKind = Literal["article", "picture", "advertisement", "notice", "serial", "unassigned"]
EntityKind = Literal["person", "org", "place"]
FurnitureKind = Literal["header", "footer", "pageNum", "markup"]


@dataclass(frozen=True, slots=True)
class Head:
    """A line or lines of display type: 栏目, 引题, 标题, 副题 or 小标题."""

    kind: HeadKind
    content: Content
    id: str | None = None
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; in a figure, a caption."""

    content: Content


@dataclass(frozen=True, slots=True)
class Byline:
    """Who wrote or photographed, as printed."""

    content: Content
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture, known by its caption and credit."""

    captions: tuple[Paragraph, ...]
    bylines: tuple[Byline, ...] = ()
    description: str | None = None  # an editor's, for those who cannot see the picture
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class Furniture:
    """Text of the page, not of an item: running head, page number, credits of the page; marks of the OCR tool."""

    kind: FurnitureKind
    content: Content
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class Subsection:
    """A part of an item under its own 小标题."""

    heads: tuple[Head, ...]
    blocks: tuple["Block", ...]


Block: TypeAlias = Paragraph | Byline | Figure | Furniture | Subsection


@dataclass(frozen=True, slots=True)
class Item:
    """An article, picture story, advertisement or notice, or text that nobody could place."""

    kind: ItemKind
    id: str  # L99: the first line of its body; L99.4 for a piece of a line
    heads: tuple[Head, ...]
    blocks: tuple[Block, ...]
    decision: Decision | None = None
    next: str | None = None  # 下转: where the item goes on, `#L99` or `002.xml#L3`
    prev: str | None = None  # 上接: where it began


@dataclass(frozen=True, slots=True)
class Section:
    """Several items under one 栏目 rubric."""

    heads: tuple[Head, ...]
    items: tuple["Item | Furniture", ...]


@dataclass(frozen=True, slots=True)
class Annotation:
    """Why a program decided so: what it points at, the reasons, and the best other answer."""

    id: str
    motivation: Literal["linking", "classifying"]  # who owns a headline | what something is or continues
    targets: tuple[str, ...]  # xml:id of what is explained, then of what it was given to
    reasons: str
    decision: Decision
    runner_up: str | None = None  # xml:id of the item that came second
    runner_up_cert: float | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, body or place that the page names; `Name.ref` points here from every mention."""

    kind: EntityKind
    id: str  # P1, O1, G1: person, organisation, place, in the order of their first mention
    name: str  # as it is told in lists and indexes
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class Edition:
    """One page: what is known about it and what stands on it."""

    header: Header
    body: tuple["Item | Section | Furniture", ...]
    annotations: tuple[Annotation, ...] = ()
    entities: tuple[Entity, ...] = ()  # persons, then bodies, then places
