"""Nodes to XHTML: one function for each kind of node, used by the EPUB and by the PDF.

The elements are lxml elements in the XHTML namespace. Classes name the role (`kicker`, `byline`, `caption`); how they
look is the stylesheets' affair. An id is the page's id and the TEI's: `p3-L99` is item L99 of the third page.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from edition.model.document import Block, Byline, Edition, Figure, Furniture, Head, Item, Paragraph, Section, Subsection
from edition.model.inline import (
    DOUBTFUL,
    Choice,
    Content,
    Decision,
    Dotted,
    Gap,
    Inline,
    Name,
    Note,
    PieceStart,
    RawBytes,
    Ruby,
    Space,
    Supplied,
    Text,
    Unclear,
)
from edition.model.labels import item_label
from edition.model.readings import breaks_line, gap_mark, printed, regularised
from edition.model.walk import standing
from edition.render.book import Page, head_id, item_id
from edition.render.index import indexed
from edition.render.script import say

XHTML = "http://www.w3.org/1999/xhtml"
OPS = "http://www.idpf.org/2007/ops"
TYPE = f"{{{OPS}}}type"
_NSMAP: dict[str | None, str] = {None: XHTML, "epub": OPS}
NEAR = 8  # characters before a joint that name the place
_HEAD_TAGS = {
    "kicker": ("p", "kicker"),
    "main": ("h2", "headline"),
    "sub": ("p", "subtitle"),
    "rubric": ("p", "rubric"),
}


def element(tag: str, text: str | None = None, /, **attributes: str) -> etree._Element:
    """An XHTML element; `class_` and `epub_type` stand for class and epub:type, `_` in names for `-`."""
    out = etree.Element(f"{{{XHTML}}}{tag}", nsmap=_NSMAP)
    for key, value in attributes.items():
        name_ = {"class_": "class", "epub_type": TYPE, "id_": "id"}.get(key, key.replace("_", "-"))
        out.set(name_, value)
    out.text = text
    return out


Kind = Literal["corr", "reg", "unclear", "supplied", "gap", "join", "open", "break", "role"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A place where what is shown is an editor's or not certain: what the list of readings says about it."""

    kind: Kind
    target: str  # an id of the book
    shown: str  # the text there, as far as it names the place
    source: str = ""  # what the source has, of a correction or regularisation
    role: str = ""  # of a doubtful role: what it was taken for
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """A page as XHTML."""

    section: etree._Element
    readings: tuple[Reading, ...]  # in reading order


def page_section(page: Page) -> etree._Element:
    """One page: its label, its items, and what else is printed on it."""
    return written(page).section


def written(page: Page, *, lines: bool = False) -> Written:
    """One page, and the places on it where what is shown is not simply the source's; with `lines`, a mark where each
    line of the source begins."""
    section = element(
        "section", class_="page", id_=page.id, epub_type="chapter", role="doc-chapter", aria_labelledby=f"{page.id}-h"
    )
    section.append(_page_break(page))
    section.append(element("h1", page.label, class_="page-label", id_=f"{page.id}-h"))
    writer = _Writer(page, lines=lines)
    for node in page.edition.body:
        writer.body_node(section, node)
    furniture = _furniture(page.edition)
    if furniture:
        aside = element("aside", class_="furniture", aria_label=say("版面上的其他文字", page.header.language))
        for content in furniture:
            aside.append(writer.line("p", content, "furniture-line"))
        aside.extend(writer.taken_notes())
        section.append(aside)
    return Written(section, tuple(writer.readings))


def _page_break(page: Page) -> etree._Element:
    return element("span", id_=f"{page.id}-break", epub_type="pagebreak", role="doc-pagebreak", aria_label=page.label)


def _furniture(edition: Edition) -> list[Content]:
    """Running heads and the like, wherever they stand, in order; marks of the OCR tool are not shown."""
    return [one.content for one in standing(edition) if one.role in ("header", "footer", "pageNum")]


class _Writer:
    """Writes the items of one page; notes are numbered through the page."""

    def __init__(self, page: Page, *, lines: bool = False) -> None:
        self.page = page
        self.lines = lines
        self.policy = page.header.width_policy
        self.regime = page.header.regime
        self.indexed = indexed(page)
        self.notes: list[etree._Element] = []
        self.note_number = 0
        self.readings: list[Reading] = []

    def body_node(self, parent: etree._Element, node: Item | Section | Furniture) -> None:
        match node:
            case Item():
                parent.append(self.item(node))
            case Section(heads=heads, items=children):
                section = element("section", class_="rubric-section")
                section.extend(self.heads(heads))
                section.extend(self.taken_notes())
                for child in children:
                    self.body_node(section, child)
                parent.append(section)
            case Furniture():
                pass  # shown together at the end of the page

    def item(self, item: Item) -> etree._Element:
        article = element("article", class_=f"item {item.kind}", id_=item_id(self.page, item))
        label, printed = item_label(item, self.policy, self.regime)
        article.set("aria-label", label)
        if item.heads:
            header = element("header", class_="heads")
            header.extend(self.heads(item.heads))
            article.append(header)
        if not printed and item.kind != "picture":
            article.set("class", f"item {item.kind} untitled")
        self.subsections = 0
        for block in item.blocks:
            self.block(article, block)
        article.extend(self.taken_notes())
        if doubtful(item.decision):
            self.readings.append(Reading("role", article.get("id", ""), label, role=item.kind, decision=item.decision))
        return article

    def taken_notes(self) -> list[etree._Element]:
        """The notes called since the last time: they stand at the end of what calls them."""
        taken, self.notes = self.notes, []
        return taken

    def heads(self, heads: Iterable[Head]) -> Iterable[etree._Element]:
        for head in heads:
            tag, name = _HEAD_TAGS.get(head.kind, ("h3", "crosshead"))
            out = self.line(tag, head.content, name, head=True)
            self.doubt(out, name, head.content, head.decision)
            yield out

    def doubt(self, out: etree._Element, role: str, nodes: Content, decision: Decision | None) -> None:
        """Note a role that the program was not sure of, so that the list of readings can lead there."""
        if doubtful(decision):
            if out.get("id") is None:
                out.set("id", self.reading_id())
            shown = printed(nodes, self.policy, self.regime, body=False)
            self.readings.append(Reading("role", out.get("id", ""), shown, role=role, decision=decision))

    def reading_id(self) -> str:
        return f"{self.page.id}-r{len(self.readings) + 1}"

    def block(self, parent: etree._Element, block: Block) -> None:
        match block:
            case Paragraph(content=inside):
                parent.append(self.line("p", inside))
            case Byline(content=inside, decision=decision):
                parent.append(self.line("p", inside, "byline"))
                self.doubt(parent[-1], "byline", inside, decision)
            case Figure():
                parent.append(self.figure(block))
            case Subsection(heads=heads, blocks=inside_blocks):
                self.subsections += 1
                section = element("section", class_="subsection")
                if heads:
                    section.set("id", head_id(self.page, heads[0], self.subsections))
                section.extend(self.heads(heads))
                for child in inside_blocks:
                    self.block(section, child)
                parent.append(section)
            case Furniture():
                pass

    def figure(self, figure: Figure) -> etree._Element:
        out = element("figure", class_="photo")
        out.set("aria-label", figure.description or say("图片（来源只有文字，没有图像）", self.page.header.language))
        caption = element("figcaption")
        for paragraph in figure.captions:
            caption.append(self.line("p", paragraph.content, "caption"))
        for byline in figure.bylines:
            caption.append(self.line("p", byline.content, "credit"))
        out.append(caption)
        if figure.captions:
            self.doubt(out, "caption", figure.captions[0].content, figure.decision)
        return out

    # ---- text

    def line(self, tag: str, nodes: Content, class_: str = "", *, head: bool = False) -> etree._Element:
        """An element with the printed reading of the content."""
        out = element(tag, class_=class_) if class_ else element(tag)
        body = not head and class_ in ("", "caption")
        self.inlines(out, regularised(nodes, self.policy, self.regime, body=body), head=head)
        return out

    def inlines(self, parent: etree._Element, nodes: Iterable[Inline], *, head: bool) -> None:
        for node in nodes:
            self.inline(parent, node, head=head)

    def inline(self, parent: etree._Element, node: Inline, *, head: bool) -> None:
        if self.lines and isinstance(node, PieceStart):
            parent.append(element("span", class_="source-line", data_line=str(node.line)))
        match node:
            case Text(text=text) | RawBytes(reading=text):
                append(parent, text)
            case PieceStart() | Space() if breaks_line(node):
                if head:
                    parent.append(element("br"))
                else:
                    append(parent, " ")
            case PieceStart():
                self.joint(parent, node)
            case Name(content=inside, id=id_) if id_ and f"{self.page.id}-{id_}" in self.indexed:
                span = element("span", id_=f"{self.page.id}-{id_}", class_="name")
                self.inlines(span, inside, head=head)
                parent.append(span)
            case Name(content=inside):
                self.inlines(parent, inside, head=head)
            case Choice():
                self.choice(parent, node)
            case Supplied(text=text, decision=decision):
                self.reading(parent, "supplied", element("span", text, class_="supplied"), decision)
            case Unclear(content=inside, decision=decision):
                span = element("span", class_="unclear")
                self.reading(parent, "unclear", span, decision, printed(inside, "as-source"))
                self.inlines(span, inside, head=head)
            case Dotted(content=inside):
                parent.append(dotted := element("em", class_="dotted"))
                self.inlines(dotted, inside, head=head)
            case Ruby(content=inside, sound=sound):
                parent.append(ruby := element("ruby"))
                self.inlines(ruby, inside, head=head)
                ruby.append(element("rt", sound))
            case Gap(decision=decision):
                self.reading(parent, "gap", element("span", gap_mark(node), class_="gap"), decision)
            case Note(text=text):
                parent.append(self.note(text))
            case _:
                pass

    def reading(
        self, parent: etree._Element, kind: Kind, out: etree._Element, decision: Decision | None, shown: str = ""
    ) -> None:
        """Append what is shown of a reading, and remember it."""
        out.set("id", self.reading_id())
        parent.append(out)
        self.readings.append(Reading(kind, self.reading_id(), shown or out.text or "", decision=decision))

    def joint(self, parent: etree._Element, node: PieceStart) -> None:
        """A doubtful join of two lines, or start of a paragraph: nothing to be seen, but the list leads there."""
        if node.join == "maybe" or doubtful(node.decision):
            kind: Kind = "open" if node.join == "maybe" else "join" if node.join else "break"
            near = "".join(map(str, parent.itertext()))[-NEAR:]
            self.reading(parent, kind, element("span", class_="joint"), node.decision, near)

    def choice(self, parent: etree._Element, node: Choice) -> None:
        """What is printed; a correction says in a note what the source has."""
        source = printed(node.source, "as-source")
        out = element(
            "span", node.printed, class_="corrected" if node.kind == "corr" else "regularised", id_=self.reading_id()
        )
        parent.append(out)
        self.readings.append(Reading(node.kind, self.reading_id(), node.printed, source, decision=node.decision))
        if node.kind == "corr":
            language = self.page.header.language
            told = f"{say('来源作', language)}“{source}”" if source else say("来源没有此处文字", language)
            parent.append(self.note(told + self.signature(node.decision)))

    def signature(self, decision: Decision | None) -> str:
        """Who decided, as the header names them, and how sure."""
        if not decision:
            return "。"
        names = {each.id: each.name for each in self.page.header.responsibilities}
        sure = "" if decision.cert is None else f"，把握 {decision.cert:.2f}"
        return f"，由{names.get(decision.resp, decision.resp)}改正{sure}。"

    def note(self, text: str) -> etree._Element:
        """The call; the note itself waits for the end of the item."""
        self.note_number += 1
        id_ = f"{self.page.id}-n{self.note_number}"
        call = element(
            "a",
            f"[{self.note_number}]",
            href=f"#{id_}",
            id_=f"{id_}-call",
            class_="noteref",
            epub_type="noteref",
            role="doc-noteref",
        )
        aside = element("aside", id_=id_, class_="note", epub_type="footnote", role="doc-footnote")
        paragraph = element("p")
        back = element("a", f"[{self.note_number}]", href=f"#{id_}-call", role="doc-backlink")
        back.tail = f" {text}"
        paragraph.append(back)
        aside.append(paragraph)
        self.notes.append(aside)
        return call


def doubtful(decision: Decision | None) -> bool:
    """Whether a program decided and was not sure enough."""
    return decision is not None and decision.cert is not None and decision.cert < DOUBTFUL


def append(parent: etree._Element, text: str) -> None:
    """Text at the end of an element."""
    last = next(parent.iterchildren(reversed=True), None)
    if last is not None:
        last.tail = (last.tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def document(
    title: str, language: str, body: Iterable[etree._Element], css: Iterable[str], body_class: str = ""
) -> bytes:
    """A whole XHTML document as bytes; `css` are addresses of stylesheets."""
    html = element("html", lang=language)
    html.set("{http://www.w3.org/XML/1998/namespace}lang", language)
    head = element("head")
    head.append(element("meta", charset="utf-8"))
    head.append(element("title", title))
    for href in css:
        head.append(element("link", rel="stylesheet", type="text/css", href=href))
    holder = element("body", class_=body_class) if body_class else element("body")
    holder.extend(body)
    html.extend([head, holder])
    return etree.tostring(html, encoding="UTF-8", xml_declaration=True, doctype="<!DOCTYPE html>") + b"\n"
