"""`Edition` to TEI bytes. One function for each kind of node; nothing is decided here.

Text never touches the line feeds of the layout: a block with text in it is one XML line, and only elements that hold
elements are laid out over several.
"""

from collections.abc import Iterable

from lxml import etree

from edition.model.document import (
    Annotation,
    Block,
    Byline,
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
    Around,
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
from edition.model.readings import source_chars
from edition.tei import header, tags
from edition.tei.names import ENTITIES, ID, LANG, NSMAP, T

_MIXED = {
    T + name for name in ("head", "p", "byline", "fw", "figDesc", "note", "title", "change", "licence", "tagUsage")
}


def write(edition: Edition) -> bytes:
    """The TEI file of one page: UTF-8, two blanks of indentation, a line feed at the end."""
    root = etree.Element(f"{T}TEI", nsmap=NSMAP)
    root.set(LANG, edition.header.language)
    top = header.write(edition.header)
    root.append(top)
    if edition.header.issue.scan:
        surface = _sub(_sub(root, "facsimile"), "surface")
        surface.set(ID, "scan")
        _sub(surface, "graphic").set("url", edition.header.issue.scan)
    if edition.annotations or edition.entities:
        _standoff(_sub(root, "standOff"), edition)
    body = _sub(_sub(root, "text"), "body")
    _page_break(body, edition)
    pen = _Pen()
    for node in edition.body:
        pen.body_node(body, node)
    header.declare(top, tags.used_in(root))
    _lay_out(root, 0)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"


def _page_break(body: etree._Element, edition: Edition) -> None:
    pb = _sub(body, "pb")
    if edition.header.issue.page:
        pb.set("n", edition.header.issue.page)
    if edition.header.issue.scan:
        pb.set("facs", "#scan")


class _Pen:
    """Writes content and knows which character of the source comes next, so as to name only what jumps."""

    def __init__(self) -> None:
        self.next: tuple[int, int] | None = None

    def body_node(self, parent: etree._Element, node: Item | Section | Furniture) -> None:
        match node:
            case Furniture():
                self.block(parent, node)
            case Item():
                self.item(parent, node)
            case Section(heads=heads, items=items):
                div = _sub(parent, "div", type="section")
                self.heads(div, heads)
                for child in items:
                    self.body_node(div, child)

    def item(self, parent: etree._Element, item: Item) -> None:
        div = _sub(parent, "div", type=item.kind)
        div.set(ID, item.id)
        _decided(div, item.decision)
        _continued(div, item)
        self.heads(div, item.heads)
        for block in item.blocks:
            self.block(div, block)

    def heads(self, parent: etree._Element, heads: Iterable[Head]) -> None:
        for head in heads:
            element = _sub(parent, "head", type=head.kind)
            _identified(element, head.id)
            _decided(element, head.decision)
            self.content(element, head.content)

    def block(self, parent: etree._Element, block: Block) -> None:
        match block:
            case Paragraph(content=inside):
                self.content(_sub(parent, "p"), inside)
            case Byline(content=inside, decision=decision):
                element = _sub(parent, "byline")
                _decided(element, decision)
                self.content(element, inside)
            case Furniture(kind=kind, content=inside, decision=decision):
                element = _sub(parent, "fw", type=kind)
                _decided(element, decision)
                self.content(element, inside)
            case Subsection(heads=heads, blocks=inside_blocks):
                div = _sub(parent, "div", type="subsection")
                self.heads(div, heads)
                for child in inside_blocks:
                    self.block(div, child)
            case Figure():
                self.figure(parent, block)

    def figure(self, parent: etree._Element, figure: Figure) -> None:
        element = _sub(parent, "figure", type="photo")
        _decided(element, figure.decision)
        for caption in figure.captions:
            self.content(_sub(element, "p", rend="caption"), caption.content)
        for byline in figure.bylines:
            self.block(element, byline)
        if figure.description is not None:
            _sub(element, "figDesc").text = figure.description

    def content(self, parent: etree._Element, nodes: Content) -> None:
        """A block's content: its first piece start is left out where the piece just goes on."""
        if nodes and nodes[0] == PieceStart(*self.next or (0,)):
            nodes = nodes[1:]
        self.inlines(parent, nodes)

    def inlines(self, parent: etree._Element, nodes: Content) -> None:
        for node in nodes:
            self.inline(parent, node)

    def piece_start(self, parent: etree._Element, node: PieceStart) -> None:
        self.next = (node.line, node.offset)
        if node.column:
            _sub(parent, "cb", type="inferred", **{"break": "no"})
        if node.offset:
            element = _sub(parent, "milestone", unit="chars", n=f"{node.line}.{node.offset}")
        else:
            element = _sub(parent, "lb", n=str(node.line))
        if node.join:
            element.set("break", node.join)
        _identified(element, node.id)
        _decided(element, node.decision)

    def inline(self, parent: etree._Element, node: Inline) -> None:
        if self.next and not isinstance(node, PieceStart | Choice | Around):
            self.next = (self.next[0], self.next[1] + source_chars((node,)))
        match node:
            case Text(text=text):
                _append(parent, text)
            case Space():
                _space(parent, node)
            case RawBytes(data=data, reading=reading):
                _sub(parent, "g", n=data.hex().upper()).text = reading or None
            case Surplus(reason=reason, content=inside):
                self.inlines(_sub(parent, "surplus", reason=reason), inside)
            case Name():
                self.inlines(_name(parent, node), node.content)
            case Markup() | Unclear() | Dotted():
                self.inlines(_around(parent, node), node.content)
            case Ruby():
                self.ruby(parent, node)
            case Choice():
                self.choice(parent, node)
            case Supplied() | Gap() | Note():
                _added(parent, node)
            case PieceStart():
                self.piece_start(parent, node)

    def ruby(self, parent: etree._Element, node: Ruby) -> None:
        element = _sub(parent, "ruby")
        self.inlines(_sub(element, "rb"), node.content)
        beside = _sub(element, "rt")
        _decided(beside, node.decision)
        beside.text = node.sound

    def choice(self, parent: etree._Element, node: Choice) -> None:
        source, printed = {"corr": ("sic", "corr"), "reg": ("orig", "reg")}[node.kind]
        element = _sub(parent, "choice")
        self.inlines(_sub(element, source), node.source)
        right = _sub(element, printed)
        _decided(right, node.decision)
        right.text = node.printed or None


def _name(parent: etree._Element, node: Name) -> etree._Element:
    element = _sub(parent, node.kind)
    _identified(element, node.id)
    if node.ref:
        element.set("ref", f"#{node.ref}")
    if node.when:
        element.set("when", node.when)
    _decided(element, node.decision)
    return element


def _around(parent: etree._Element, node: Markup | Unclear | Dotted) -> etree._Element:
    """The element around characters of the source of which an editor says something."""
    match node:
        case Markup():
            element = _sub(parent, "fw", type="markup")
        case Unclear(reason=why):
            element = _sub(parent, "unclear", **({"reason": why} if why else {}))
        case Dotted():
            element = _sub(parent, "hi", rend="emphasis-dots")
    _decided(element, node.decision)
    return element


def _added(parent: etree._Element, node: Supplied | Gap | Note) -> None:
    """What an editor put in beside the characters of the source."""
    match node:
        case Supplied(text=text, reason=reason):
            element = _sub(parent, "supplied", reason=reason)
            element.text = text
        case Gap(reason=reason, quantity=quantity):
            element = _sub(parent, "gap", reason=reason)
            if quantity is not None:
                element.set("unit", "chars")
                element.set("quantity", str(quantity))
        case Note(text=text):
            element = _sub(parent, "note", type="editorial")
            element.text = text
    _decided(element, node.decision)


def _space(parent: etree._Element, node: Space) -> None:
    element = _sub(parent, "space", dim="horizontal", unit="chars", quantity=str(node.count))
    if node.char != " ":
        element.set("n", f"U+{ord(node.char):04X}")
    if node.line_break:
        element.set("rend", "lineBreak")


def _standoff(parent: etree._Element, edition: Edition) -> None:
    for kind, (list_, entry, name) in ENTITIES.items():
        named = [entity for entity in edition.entities if entity.kind == kind]
        holder = _sub(parent, list_) if named else parent
        for entity in named:
            element = _sub(holder, entry)
            _identified(element, entity.id)
            _decided(element, entity.decision)
            _sub(element, name).text = entity.name
    if edition.annotations:
        notes = _sub(parent, "listAnnotation")
        for annotation in edition.annotations:
            _annotation(notes, annotation)


def _annotation(parent: etree._Element, annotation: Annotation) -> None:
    element = _sub(parent, "annotation", motivation=annotation.motivation)
    element.set(ID, annotation.id)
    element.set("target", " ".join(f"#{target}" for target in annotation.targets))
    _decided(element, annotation.decision)
    _sub(element, "note", type="reasons").text = annotation.reasons
    if annotation.runner_up is not None:
        note = _sub(element, "note", type="runnerUp", target=f"#{annotation.runner_up}")
        if annotation.runner_up_cert is not None:
            _decided(note, Decision(annotation.decision.resp, annotation.runner_up_cert))


def _decided(element: etree._Element, decision: Decision | None) -> None:
    if decision:
        element.set("resp", f"#{decision.resp}")
        if decision.cert is not None:
            element.set("cert", repr(float(decision.cert)))


def _continued(element: etree._Element, item: Item) -> None:
    """`next` and `prev`, and `part` which says the same in one letter: I first, M middle, F last."""
    if item.next is not None:
        element.set("next", item.next)
    if item.prev is not None:
        element.set("prev", item.prev)
    if item.next is not None or item.prev is not None:
        element.set("part", "I" if item.prev is None else "F" if item.next is None else "M")


def _identified(element: etree._Element, id_: str | None) -> None:
    if id_:
        element.set(ID, id_)


def _sub(parent: etree._Element, name: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, T + name, attributes)


def _append(parent: etree._Element, text: str) -> None:
    last = next(parent.iterchildren(reversed=True), None)  # len() and [-1] walk all children
    if last is not None:
        last.tail = (last.tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _lay_out(element: etree._Element, depth: int) -> None:
    """Indent elements that hold elements only; leave those with text on one line."""
    if not len(element) or element.tag in _MIXED or element.text:
        return
    element.text = "\n" + "  " * (depth + 1)
    for child in element:
        _lay_out(child, depth + 1)
        child.tail = "\n" + "  " * (depth + 1)
    element[-1].tail = "\n" + "  " * depth
