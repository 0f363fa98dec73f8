"""A book as PDF through WeasyPrint: title page, contents, the newspaper's pages, and what stands after them."""

import io
import os
import re
from collections.abc import Callable
from math import ceil

from lxml import etree
from weasyprint import CSS, HTML
from weasyprint.css import ColorProfile
from weasyprint.text.fonts import FontConfiguration

from edition.model.widths import em_width
from edition.render import archival
from edition.render.book import Book
from edition.render.cover import title_lines
from edition.render.endmatter import imprint, index_of_names, readings
from edition.render.engine import install
from edition.render.format import Format, frame
from edition.render.frontmatter import colophon, contents_list, title_page
from edition.render.sheet import pt, stylesheet
from edition.render.xhtml import XHTML, document, element, written

HEADLINES = {  # size in points, line in grids; the first for the lead of a page
    "book": ((22.0, 2.0), (19.0, 1.5), (16.5, 1.5), (14.5, 1.5), (13.0, 1.5)),
    "newspaper": ((28.0, 2.5), (21.0, 2.0), (18.0, 1.5), (15.0, 1.5), (12.5, 1.5)),
}
KICKER = 1.15  # em of the text, as in the sheet
_EACH = re.compile(r"\S")  # character
RUNNING = 40  # characters of an item's label in the running head


def render(book: Book, wish: Format) -> bytes:
    """The PDF file of a book.

    It is PDF/A-3a and PDF/UA-1 with the TEI of every page attached; without `attach`, PDF/A-2a and PDF/UA-1; for the
    press PDF/X-4 in black ink alone, without attachments and links. The same book, format, fonts and versions give the
    same bytes.
    """
    install()
    os.environ["FC_LANG"] = "en"  # fonts go by their English names, whatever the locale: the names stand in the file
    html = to_html(book, wish)
    fonts = FontConfiguration()
    sheet = CSS(string=stylesheet(wish), font_config=fonts)
    page = HTML(string=html.decode(), base_url="about:blank", url_fetcher=_fetch_nothing, media_type="print")
    variant = "pdf/x-4" if wish.press else "pdf/a-3a" if wish.attach else "pdf/a-2a"
    inks = {"device-cmyk": _profile(wish.press)} if wish.press else None
    document = page.render(stylesheets=[sheet], font_config=fonts, pdf_variant=variant, color_profiles=inks)
    archival.state(document)
    if wish.press:
        for each in document.pages:
            each.links.clear()  # PDF/X allows no annotations on the page
    attachments = archival.attachments(book) if variant == "pdf/a-3a" else []
    return bytes(
        document.write_pdf(pdf_variant=variant, attachments=attachments, finisher=archival.finisher(_labels(book)))
    )


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
        _fit_headlines(made.section, wish)
        _set_in_columns(made.section)
        _shorten_running_heads(made.section)
        _dot(made.section)
    back = (readings(book, pages), index_of_names(book), colophon(book), imprint(book, wish.imprint))
    body = [_title_page(book), contents, *(made.section for made in pages)]
    body += [part for part in back if part is not None]
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
    (title,) = section.iter(f"{{{XHTML}}}h1")
    first, *others = title_lines(book.title)
    title.text = first
    for line in others:
        title.append(element("br"))
        title[-1].tail = line
    return section


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


def _shorten_running_heads(section: etree._Element) -> None:
    """Give each item the text of its running head, cut where the head has no room."""
    for article in section.iter(f"{{{XHTML}}}article"):
        label = article.get("aria-label") or ""
        article.set("data-running", label if len(label) <= RUNNING else label[: RUNNING - 1] + "…")


def _fit_headlines(section: etree._Element, wish: Format) -> None:
    """Set each headline in the largest size that holds its longest line, and mark heads that end between two lines of
    the grid, so that the sheet fills them up."""
    page, leads = frame(wish), wish.layout == "newspaper"
    room = page.em * (page.measure * page.columns + page.gap * (page.columns - 1))
    for heads in section.iter(f"{{{XHTML}}}header"):
        total = 0.0
        for head in heads:
            lines = [em_width(line) for line in _lines(head)]
            size, step = page.em, 1.0
            if head.tag == f"{{{XHTML}}}p" and max(lines) * KICKER * page.em > room:
                _balance(head, max(lines) * KICKER * page.em, room, page.em)
            if head.tag == f"{{{XHTML}}}h2":
                sizes = HEADLINES[wish.layout][0 if leads else 1 :]
                size, step = next((each for each in sizes if max(lines) * each[0] <= room), sizes[-1])
                head.set("style", f"font-size:{pt(size)};line-height:{pt(step * page.grid)}")
                leads = False
            total += step * sum(ceil(width * (size if step > 1 else KICKER * size) / room) for width in lines)
        if total % 1:
            heads.set("class", "heads half")


def _balance(head: etree._Element, width: float, room: float, em: float) -> None:
    """Let a kicker or subtitle of more than one line have lines of about one length."""
    narrow = width / ceil(width / room) + 2 * em
    head.set("style", f"padding:0 {pt(max(0.0, (room - narrow) / 2))}")


def _lines(headline: etree._Element) -> list[str]:
    parts = [headline.text or ""]
    for child in headline:
        parts += ["\n" if child.tag == f"{{{XHTML}}}br" else "".join(map(str, child.itertext())), child.tail or ""]
    return "".join(parts).split("\n")


def _set_in_columns(section: etree._Element) -> None:
    """Put the text of each item, its heads excepted, into a box that the sheet sets in columns."""
    for article in section.iter(f"{{{XHTML}}}article"):
        box = element("div", class_="text")
        box.extend([child for child in article if child.tag != f"{{{XHTML}}}header"])
        article.append(box)
