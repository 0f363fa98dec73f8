"""A book as PDF through WeasyPrint: title page, contents, the newspaper's pages, and what stands after them."""

import io
import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from lxml import etree
from weasyprint import CSS, HTML, Attachment
from weasyprint.css import ColorProfile
from weasyprint.document import Document
from weasyprint.text.fonts import FontConfiguration

from edition.render import archival, makeup, together
from edition.render.book import Book, Volume
from edition.render.cover import title_lines
from edition.render.endmatter import imprint, index_of_names, readings
from edition.render.engine import install
from edition.render.format import Format
from edition.render.frontmatter import colophon, contents_list, title_page
from edition.render.index import index
from edition.render.sheet import stylesheet
from edition.render.together import Named
from edition.render.xhtml import XHTML, document, element, written

_EACH = re.compile(r"\S")  # character


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF file, and where in it names stand (of a volume alone)."""

    pdf: bytes
    names: tuple[Named, ...] = ()


def render(book: Book, wish: Format) -> Printed:
    """The PDF of a book.

    It is PDF/A-3a and PDF/UA-1 with the TEI of every page attached; without `attach`, PDF/A-2a and PDF/UA-1; for the
    press PDF/X-4 in black ink alone, without attachments and links. The same book, format, fonts and versions give the
    same bytes.
    """
    document = _set(to_html(book, wish), wish)
    names = together.named(index(book), _printed_pages(document)) if book.volume else ()
    attached = archival.attachments(book) if wish.attach and not wish.press else []
    return Printed(_written(document, wish, attached, _labels(book)), names)


def render_together(book: Book, volumes: Sequence[tuple[Volume, Sequence[Named]]], wish: Format) -> bytes:
    """The PDF of the index over the volumes of an edition, without attachments; `book` is the whole edition."""
    wish = replace(wish, attach=False)
    body = together.sections(book, volumes)
    _in_lines(body[0], book.title)
    return _written(_set(_html(book, body, wish), wish), wish, [], {})


def _set(html: bytes, wish: Format) -> Document:
    """The document with its pages laid out."""
    install()
    os.environ["FC_LANG"] = "en"  # fonts go by their English names, whatever the locale: the names stand in the file
    fonts = FontConfiguration()
    sheet = CSS(string=stylesheet(wish), font_config=fonts)
    page = HTML(string=html.decode(), base_url="about:blank", url_fetcher=_fetch_nothing, media_type="print")
    inks = {"device-cmyk": _profile(wish.press)} if wish.press else None
    return page.render(stylesheets=[sheet], font_config=fonts, pdf_variant=_variant(wish), color_profiles=inks)


def _variant(wish: Format) -> str:
    return "pdf/x-4" if wish.press else "pdf/a-3a" if wish.attach else "pdf/a-2a"


def _written(document: Document, wish: Format, attached: Sequence[Attachment], labels: Mapping[str, str]) -> bytes:
    """The file of a document; `labels` says where its links lead."""
    archival.state(document)
    if wish.press:
        for each in document.pages:
            each.links.clear()  # PDF/X allows no annotations on the page
    finisher = archival.finisher(labels)
    return bytes(document.write_pdf(pdf_variant=_variant(wish), attachments=attached, finisher=finisher))


def _printed_pages(document: Document) -> dict[str, int]:
    """The page of each id, from 1; the first where it stands on several."""
    backwards = reversed([*enumerate(document.pages, 1)])
    return {anchor: number for number, page in backwards for anchor in page.anchors}


def _labels(book: Book) -> dict[str, str]:
    """Where an id of the book leads, in words."""
    entries = [*book.contents()]
    for entry in entries:  # grows: each entry is followed by its children, some time
        entries += entry.children
    return {entry.target: entry.label for entry in entries}


def _profile(icc: bytes) -> ColorProfile:
    return ColorProfile(io.BytesIO(icc), None, "relative-colorimetric", (["c"], ["m"], ["y"], ["k"]))


def _fetch_nothing(url: str, *_: object, **__: object) -> dict[str, object]:
    raise ValueError(f"nothing is fetched: {url}")


def to_html(book: Book, wish: Format) -> bytes:
    """The one document that is printed."""
    contents = element("nav", class_="contents")
    contents.append(element("h1", "目录", class_="contents-title"))
    contents.append(contents_list(book.contents(), 2))
    pages = [written(page, lines=wish.proof) for page in book.pages]
    for page, made in zip(book.pages, pages):
        if page.header.language != book.header.language:
            made.section.set("lang", page.header.language)
        makeup.make_up(made.section, wish)
        _dot(made.section)
    back = (readings(book, pages), index_of_names(book), colophon(book), imprint(book, wish.imprint))
    body = [_title_page(book), contents, *(made.section for made in pages)]
    body += [part for part in back if part is not None]
    makeup.let_follow(body, wish)
    return _html(book, body, wish)


def _html(book: Book, body: Sequence[etree._Element], wish: Format) -> bytes:
    """A document of these parts."""
    if wish.unset:
        for part in body:
            _mark_unset(part, wish.unset)
    for part in body:
        _close(part)
    html = document(book.title, book.header.language, body, [])
    return html.replace(b'<meta charset="utf-8"/>', _meta(book), 1)


def _close(part: etree._Element) -> None:
    """Give empty elements an end tag: a parser of HTML takes `<span/>` for one that is never closed."""
    for node in part.iter(f"{{{XHTML}}}*"):
        if len(node) == 0 and node.text is None and node.tag != f"{{{XHTML}}}br":
            node.text = ""


def _title_page(book: Book) -> etree._Element:
    """The title page, a long title in lines of about one length."""
    section = title_page(book)
    _in_lines(section, book.title)
    return section


def _in_lines(section: etree._Element, text: str) -> None:
    (title,) = section.iter(f"{{{XHTML}}}h1")
    first, *others = title_lines(text)
    title.text = first
    for line in others:
        title.append(element("br"))
        title[-1].tail = line


def _mark_unset(part: etree._Element, unset: frozenset[str]) -> None:
    """Put 〓 and the code point in the place of each character that no font has."""
    pattern = re.compile("[" + re.escape("".join(sorted(unset))) + "]")
    _replace(part, pattern, lambda char: element("span", f"〓U+{ord(char):04X}", class_="unset"))


def _dot(part: etree._Element) -> None:
    """Make each character that has a dot of emphasis an element, under which the sheet draws it."""
    for dotted in [each for each in part.iter(f"{{{XHTML}}}em") if each.get("class") == "dotted"]:
        _replace(dotted, _EACH, lambda char: element("span", char, class_="dot"))


def _replace(part: etree._Element, pattern: re.Pattern[str], make: Callable[[str], etree._Element]) -> None:
    """Put elements in the place of single characters."""
    for node in [*part.iter(f"{{{XHTML}}}*")]:
        for before, text in ((None, node.text), (node, node.tail)):
            if text and pattern.search(text) and before is not part:
                _split(node, before, text, pattern, make)


def _split(
    node: etree._Element, before: etree._Element | None, text: str, pattern: re.Pattern[str],
    make: Callable[[str], etree._Element],
) -> None:  # fmt: skip
    parent = node if before is None else node.getparent()
    if parent is None:
        return
    at = 0 if before is None else parent.index(before) + 1
    pieces = pattern.split(text)
    marks = [make(char) for char in pattern.findall(text)]
    for mark, tail in zip(marks, pieces[1:]):
        mark.tail = tail
    if before is None:
        node.text = pieces[0]
    else:
        before.tail = pieces[0]
    for number, mark in enumerate(marks):
        parent.insert(at + number, mark)


def _meta(book: Book) -> bytes:
    rows = ['<meta charset="utf-8"/><meta name="generator" content="edition"/>']
    rows += [f'<meta name="dcterms.{when}" content="{book.modified}"/>' for when in ("created", "modified")]
    if book.header.publisher:
        meta = element("meta", name="author", content=book.header.publisher)
        rows.append(etree.tostring(meta, encoding="unicode"))
    return "".join(rows).encode()
