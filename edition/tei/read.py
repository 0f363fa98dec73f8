"""TEI to `Edition`: the mirror of `write`. An element that the writer does not write is an error with its line."""

from collections.abc import Iterator

from lxml import etree

from edition.errors import TeiError
from edition.model.document import (
    Annotation,
    Block,
    Byline,
    Edition,
    Entity,
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
    content,
)
from edition.tei import header
from edition.tei.names import ENTITIES, ID, T, local
from edition.tei.parse import layout_free, parse


def read(data: bytes, name: str) -> Edition:
    """The edition that a TEI file holds; `name` is used in messages. Raises TeiError if it is not one of ours."""
    try:
        return from_tree(parse(data, name), name)
    except (ValueError, OverflowError, LookupError, RecursionError) as error:
        raise TeiError(
            f"a value cannot be read: {error}", where=name, remedy="run `edition validate`; it names the place"
        ) from None


def from_tree(root: etree._Element, name: str) -> Edition:
    """The edition that a parsed TEI document holds; values that cannot be read raise as they are."""
    body = root.find(f"{T}text/{T}body")
    if body is None:
        raise TeiError("the file has no body", where=name, remedy="give a TEI file that `edition` wrote")
    reader = _Reader(name)
    nodes = [reader.body_node(child) for child in _elements(body) if child.tag != f"{T}pb"]
    annotations = root.iterfind(f"{T}standOff/{T}listAnnotation/{T}annotation")
    notes = tuple(_annotation(element) for element in annotations)
    return Edition(header.read(root, name), tuple(nodes), notes, tuple(_entities(root)))


class _Reader:
    """Reads content and keeps count of the source, so that every block begins with its piece."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.next: tuple[int, int] | None = None

    def body_node(self, element: etree._Element) -> Item | Section | Furniture:
        match local(element), element.get("type"):
            case "fw", _:
                return self.furniture(element)
            case "div", "section":
                heads = self.heads(element)
                children = [self.body_node(c) for c in _elements(element) if c.tag != f"{T}head"]
                return Section(heads, tuple(c for c in children if not isinstance(c, Section)))
            case "div", _:
                return self.item(element)
        raise self.unknown(element)

    def item(self, element: etree._Element) -> Item:
        heads = self.heads(element)
        blocks = tuple(self.block(child) for child in _elements(element) if child.tag != f"{T}head")
        links = element.get("next"), element.get("prev")
        return Item(element.get("type"), element.get(ID, ""), heads, blocks, _decision(element), *links)  # type: ignore[arg-type]  # the schema has the kinds

    def heads(self, element: etree._Element) -> tuple[Head, ...]:
        return tuple(
            Head(child.get("type"), self.content(child), child.get(ID), _decision(child))  # type: ignore[arg-type]  # as above
            for child in element.iterchildren(f"{T}head")
        )

    def block(self, element: etree._Element) -> Block:
        match local(element), element.get("type"):
            case "p", _:
                return Paragraph(self.content(element))
            case "byline", _:
                return Byline(self.content(element), _decision(element))
            case "fw", _:
                return self.furniture(element)
            case "figure", _:
                return self.figure(element)
            case "div", "subsection":
                heads = self.heads(element)
                return Subsection(heads, tuple(self.block(c) for c in _elements(element) if c.tag != f"{T}head"))
        raise self.unknown(element)

    def furniture(self, element: etree._Element) -> Furniture:
        return Furniture(element.get("type"), self.content(element), _decision(element))  # type: ignore[arg-type]  # as above

    def figure(self, element: etree._Element) -> Figure:
        captions, bylines, description = [], [], None
        for child in _elements(element):
            match local(child):
                case "p":
                    captions.append(Paragraph(self.content(child)))
                case "byline":
                    bylines.append(Byline(self.content(child), _decision(child)))
                case "figDesc":
                    description = child.text or ""
                case _:
                    raise self.unknown(child)
        return Figure(tuple(captions), tuple(bylines), description, _decision(element))

    def content(self, element: etree._Element) -> Content:
        """A block's content; where the file names no piece at its start, the piece goes on from before."""
        before = self.next
        nodes = self.inlines(element)
        if not nodes or isinstance(nodes[0], PieceStart):
            return nodes
        if before is None:
            raise TeiError(
                "text stands before the first <lb/>, so nobody can tell which source line it is",
                where=f"{self.name}:{element.sourceline}",
                remedy="put the <lb n=…/> of its line before it",
            )
        return (PieceStart(*before), *nodes)

    def inlines(self, element: etree._Element) -> Content:
        nodes: list[Inline] = [Text(self.text(element.text))]
        column = False
        for child in element:
            if child.tag == f"{T}cb":
                column = True
            elif isinstance(child.tag, str):
                nodes.append(self.inline(child, column=column))
                column = False
            nodes.append(Text(self.text(child.tail)))
        return content(nodes)

    def text(self, text: str | None) -> str:
        kept = layout_free(text)
        self._count(len(kept))
        return kept

    def inline(self, element: etree._Element, *, column: bool) -> Inline:
        get = element.get
        match local(element):
            case "lb" | "milestone":
                return self.piece_start(element, column=column)
            case "space":
                self._count(count := int(get("quantity", "1")))
                return Space(chr(int(get("n", "U+0020")[2:], 16)), count, get("rend") == "lineBreak")
            case "g":
                self._count(1)
                return RawBytes(bytes.fromhex(get("n", "")), element.text or "")
            case "surplus":
                return Surplus(get("reason", ""), self.inlines(element))
            case "persName" | "roleName" | "orgName" | "placeName" | "date" as kind:
                ref = get("ref", "").removeprefix("#") or None
                return Name(kind, self.inlines(element), _decision(element), ref, get(ID), get("when"))
            case "fw":
                return Markup(self.inlines(element), _decision(element))
            case "unclear":
                return Unclear(self.inlines(element), get("reason"), _decision(element))
            case "hi":
                return Dotted(self.inlines(element), _decision(element))
            case "ruby":
                return self.ruby(element)
            case "choice":
                return self.choice(element)
            case "supplied":
                return Supplied(layout_free(element.text), get("reason", ""), _decision(element))
            case "gap":
                quantity = get("quantity")
                return Gap(get("reason", ""), int(quantity) if quantity else None, _decision(element))
            case "note":
                return Note(layout_free(element.text), _decision(element))
        raise self.unknown(element)

    def piece_start(self, element: etree._Element, *, column: bool) -> PieceStart:
        line, _, offset = element.get("n", "").partition(".")
        if not line.isdigit() or not (offset or "0").isdigit():
            raise TeiError("a line or milestone without its number", where=f"{self.name}:{element.sourceline}")
        self.next = (int(line), int(offset or 0))
        join = element.get("break")
        return PieceStart(*self.next, join, column, element.get(ID), _decision(element))  # type: ignore[arg-type]  # the schema has the joins

    def ruby(self, element: etree._Element) -> Ruby:
        base, sound = element
        return Ruby(self.inlines(base), layout_free(sound.text), _decision(sound))

    def choice(self, element: etree._Element) -> Choice:
        parts = {local(child): child for child in _elements(element)}
        for kind, source, printed in (("corr", "sic", "corr"), ("reg", "orig", "reg")):
            if source in parts and printed in parts:
                right = parts[printed]
                return Choice(kind, self.inlines(parts[source]), layout_free(right.text), _decision(right))  # type: ignore[arg-type]  # literal pairs
        raise self.unknown(element)

    def unknown(self, element: etree._Element) -> TeiError:
        return TeiError(
            f"<{local(element)}> with type {element.get('type')!r} is not expected here",
            where=f"{self.name}:{element.sourceline}",
            remedy="run `edition validate` on the file; it says what may stand there",
        )

    def _count(self, chars: int) -> None:
        if self.next:
            self.next = (self.next[0], self.next[1] + chars)


def _entities(root: etree._Element) -> Iterator[Entity]:
    for kind, (list_, entry, name) in ENTITIES.items():
        for element in root.iterfind(f"{T}standOff/{T}{list_}/{T}{entry}"):
            yield Entity(kind, element.get(ID, ""), element.findtext(T + name) or "", _decision(element))  # type: ignore[arg-type]  # a key of the table


def _annotation(element: etree._Element) -> Annotation:
    runner_up = element.find(f"{T}note[@type='runnerUp']")
    second = None if runner_up is None else _decision(runner_up)
    return Annotation(
        id=element.get(ID, ""),
        motivation="linking" if element.get("motivation") == "linking" else "classifying",
        targets=tuple(target.removeprefix("#") for target in element.get("target", "").split()),
        reasons=element.findtext(f"{T}note[@type='reasons']") or "",
        decision=_decision(element) or Decision(""),
        runner_up=None if runner_up is None else runner_up.get("target", "").removeprefix("#"),
        runner_up_cert=None if second is None else second.cert,
    )


def _decision(element: etree._Element) -> Decision | None:
    resp, cert = element.get("resp"), element.get("cert")
    return Decision(resp.removeprefix("#"), float(cert) if cert else None) if resp else None


def _elements(parent: etree._Element) -> Iterator[etree._Element]:
    return (child for child in parent if isinstance(child.tag, str))
