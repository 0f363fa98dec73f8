"""A book as PDF through WeasyPrint: title page, contents with page numbers, the pages in two columns, colophon."""

import os
import re
from importlib import resources

from lxml import etree
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from edition.model.widths import HAN, em_width
from edition.render.book import Book
from edition.render.frontmatter import colophon, contents_list, title_page
from edition.render.justify import install
from edition.render.xhtml import XHTML, document, element, page_section

HEADLINE_SIZES = ((27.5, "longest"), (24.0, "longer"), (20.5, "long"))  # em in the usual size, class in the sheet
RUNNING = 40  # characters of an item's label in the running head
_BREAK = "\u200b"
_LETTER = rf"{HAN}0-9A-Za-z"
_BEFORE_OPENING = re.compile(rf"(?<=[{_LETTER}，。、；：！？”’）》])(?=[“‘])")
_AFTER_CLOSING = re.compile(rf"(?<=[”’])(?=[{_LETTER}“‘《（])|(?<=[）》])(?=[0-9A-Za-z])")


def render(book: Book, *, page_size: str, serif: str, sans: str, kai: str) -> bytes:
    """The PDF file of a book. `page_size` as CSS has it (`184mm 260mm`), the others are font families.

    The same book, fonts and versions give the same bytes.
    """
    install()
    os.environ["FC_LANG"] = "en"  # fonts go by their English names, whatever the locale: the names stand in the file
    html = to_html(book)
    fonts = FontConfiguration()
    sheet = CSS(string=stylesheet(page_size=page_size, serif=serif, sans=sans, kai=kai), font_config=fonts)
    page = HTML(string=html.decode(), base_url="about:blank", url_fetcher=_fetch_nothing, media_type="print")
    return bytes(page.write_pdf(stylesheets=[sheet], font_config=fonts, pdf_tags=True, pdf_variant="pdf/ua-1"))


def _fetch_nothing(url: str, *_: object, **__: object) -> dict[str, object]:
    raise ValueError(f"nothing is fetched: {url}")


def to_html(book: Book) -> bytes:
    """The one document that is printed."""
    contents = element("nav", class_="contents")
    contents.append(element("h1", "目录", class_="contents-title"))
    contents.append(contents_list(book.contents(), 2))
    sections = [page_section(page) for page in book.pages]
    for section in sections:
        _fit_headlines(section)
        _set_in_columns(section)
        _shorten_running_heads(section)
    body = [title_page(book), contents, *sections, colophon(book)]
    for part in body:
        _allow_breaks_at_quotes(part)
    html = document(book.header.edition_title, book.header.language, body, [])
    return html.replace(b'<meta charset="utf-8"/>', _meta(book), 1)


def _meta(book: Book) -> bytes:
    rows = [f'<meta charset="utf-8"/><meta name="dcterms.modified" content="{book.modified}"/>']
    if book.header.publisher:
        meta = element("meta", name="author", content=book.header.publisher)
        rows.append(etree.tostring(meta, encoding="unicode"))
    return "".join(rows).encode()


def stylesheet(*, page_size: str, serif: str, sans: str, kai: str) -> str:
    """The common sheet and the printed one, with the page size and the families filled in."""
    css = resources.files("edition.render.css")
    sheet = css.joinpath("common.css").read_text("utf-8") + css.joinpath("print.css").read_text("utf-8")
    values = {"page-size": page_size, "serif": _quoted(serif), "sans": _quoted(sans), "kai": _quoted(kai)}
    return re.sub(r"\$\{([a-z-]+)\}", lambda found: values[found[1]], sheet)


def _quoted(family: str) -> str:
    return '"' + family.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _shorten_running_heads(section: etree._Element) -> None:
    """Give each item the text of its running head, cut where the head has no room."""
    for article in section.iter(f"{{{XHTML}}}article"):
        label = article.get("aria-label") or ""
        article.set("data-running", label if len(label) <= RUNNING else label[: RUNNING - 1] + "…")


def _fit_headlines(section: etree._Element) -> None:
    """Mark headlines whose longest line is wider than the measure in the usual size, so that the sheet sets them smaller."""
    for headline in section.iter(f"{{{XHTML}}}h2"):
        longest = max(em_width(line) for line in _lines(headline))
        for most, name in HEADLINE_SIZES:
            if longest > most:
                headline.set("class", f"{headline.get('class')} {name}")
                break


def _lines(headline: etree._Element) -> list[str]:
    parts = [headline.text or ""]
    for child in headline:
        parts += ["\n" if child.tag == f"{{{XHTML}}}br" else "".join(map(str, child.itertext())), child.tail or ""]
    return "".join(parts).split("\n")


def _set_in_columns(section: etree._Element) -> None:
    """Put the text of each item, its heads excepted, into a box that the sheet sets in columns."""
    for article in section.iter(f"{{{XHTML}}}article"):
        picture = "picture" in (article.get("class") or "").split()
        box = element("div", class_="text one" if picture else "text")
        box.extend([child for child in article if child.tag != f"{{{XHTML}}}header"])
        article.append(box)


def _allow_breaks_at_quotes(part: etree._Element) -> None:
    """A line may end before an opening quotation mark, after a closing one, and between a closing bracket and a digit.

    Unicode's line breaking (UAX 14, classes QU and CP) forbids these, since the same marks serve Western text; a
    zero-width space allows it and is not part of the text that is copied or searched.
    """
    for node in part.iter(f"{{{XHTML}}}*"):
        if node.text:
            node.text = _breakable(node.text)
        if node.tail:
            node.tail = _breakable(node.tail)


def _breakable(text: str) -> str:
    return _AFTER_CLOSING.sub(_BREAK, _BEFORE_OPENING.sub(_BREAK, text))
