"""A book as EPUB 3.3 with an NCX for older readers: one XHTML file for each source page, the TEI of every page inside."""

import uuid
from collections.abc import Callable, Sequence
from datetime import datetime
from importlib import resources

from lxml import etree

from edition.render.book import Book, Entry, Page
from edition.render.frontmatter import chinese_date, colophon, contents_list, title_page
from edition.render.packaging import Meta, Part, package
from edition.render.xhtml import document, element, page_section

XHTML_TYPE = "application/xhtml+xml"
TEI_TYPE = "application/tei+xml"
NCX = "http://www.daisy.org/z3986/2005/ncx/"
_NSMAP: dict[str | None, str] = {None: NCX}
NAMESPACE = uuid.UUID("6f1c1f0e-3f1b-5b0e-9a52-0d7f6a9f3f10")  # of identifiers made from an edition's id
FLAT_FROM = 1000  # entries from which the NCX lists pages only: epubcheck's time grows with their square


def render(book: Book, cover: bytes) -> bytes:
    """The EPUB file of a book; `cover` is a JPEG. The same book gives the same bytes."""
    pages = {page.id: f"page-{page.number:04d}.xhtml" for page in book.pages}
    when = datetime.fromisoformat(book.modified)
    parts = [
        Part("css", "css/edition.css", "text/css", stylesheet()),
        Part("cover-image", "images/cover.jpg", "image/jpeg", cover, ("cover-image",)),
        _text("cover", "封面", book, [_cover(book)], body_class="cover-page"),
        _text("title", "书名页", book, [title_page(book)]),
        _nav(book, pages),
        *(_page(page, book, pages) for page in book.pages),
        _text("colophon", "版本说明", book, [colophon(book)]),
        Part("ncx", "toc.ncx", "application/x-dtbncx+xml", _ncx(book, pages)),
        *(
            Part(f"tei-{p.number}", f"source/page-{p.number:04d}.xml", TEI_TYPE, p.tei, in_manifest=False)
            for p in book.pages
        ),
    ]
    return package(identifier(book), book.header.language, when, _metadata(book), parts)


def identifier(book: Book) -> str:
    """A urn:uuid that depends on the edition's id alone, so that a new build replaces the old one on a reader."""
    return f"urn:uuid:{uuid.uuid5(NAMESPACE, book.header.edition_id)}"


def stylesheet() -> bytes:
    """The common sheet and the EPUB's own, in one file."""
    css = resources.files("edition.render.css")
    return css.joinpath("common.css").read_bytes() + css.joinpath("epub.css").read_bytes()


def _metadata(book: Book) -> list[Meta]:
    header = book.header
    out = [Meta("DC", "title", header.edition_title)]
    if header.publisher:
        out.append(Meta("DC", "publisher", header.publisher))
    rights = [f"{right.subject}: {right.uri or right.holder}" for right in header.rights if right.uri or right.holder]
    out += [Meta("DC", "rights", "; ".join(rights))] if rights else []
    papers = dict.fromkeys(page.header.issue.newspaper for page in book.pages)
    out += [Meta("DC", "source", paper) for paper in papers if paper]
    out += [Meta("meta", "pageBreakSource", "none")]  # the breaks are those of the source pages, whose paper is unknown
    out += [Meta("meta", "schema:accessMode", "textual"), Meta("meta", "schema:accessModeSufficient", "textual")]
    features = (
        "tableOfContents",
        "readingOrder",
        "structuralNavigation",
        "pageNavigation",
        "pageBreakMarkers",
        "displayTransformability",
    )
    out += [Meta("meta", "schema:accessibilityFeature", feature) for feature in features]
    out.append(Meta("meta", "schema:accessibilityHazard", "none"))
    out.append(
        Meta(
            "meta", "schema:accessibilitySummary", "可重排的文字，有目录和版面导航；除封面外没有图片，封面有替代文字。"
        )
    )
    out.append(Meta("name", "cover", "cover-image"))
    link = (("media-type", TEI_TYPE),)
    out += [Meta("link", "alternate", f"source/page-{page.number:04d}.xml", link) for page in book.pages]
    return out


def _text(id_: str, title: str, book: Book, body: Sequence[etree._Element], *, body_class: str = "") -> Part:
    data = document(title, book.header.language, body, ["../css/edition.css"], body_class)
    return Part(id_, f"text/{id_}.xhtml", XHTML_TYPE, data, in_spine=True, title=title)


def _page(page: Page, book: Book, pages: dict[str, str]) -> Part:
    data = document(page.label, book.header.language, [page_section(page)], ["../css/edition.css"])
    return Part(f"page-{page.number}", f"text/{pages[page.id]}", XHTML_TYPE, data, in_spine=True, title=page.label)


def _cover(book: Book) -> etree._Element:
    section = element("section", class_="cover", epub_type="cover", aria_label="封面")
    alt = f"封面：{book.header.edition_title}，{chinese_date(book.modified)}"
    section.append(element("img", src="../images/cover.jpg", alt=alt, role="doc-cover"))
    return section


# ---- navigation


def _nav(book: Book, pages: dict[str, str]) -> Part:
    """nav.xhtml stands beside the package document: contents, landmarks, page list."""
    toc = element("nav", epub_type="toc", role="doc-toc", id_="toc", aria_labelledby="toc-title")
    toc.append(element("h1", "目录", id_="toc-title"))
    listing = contents_list(book.contents(), 3, {page: f"text/{file}" for page, file in pages.items()})
    listing.insert(0, _link("text/title.xhtml", "书名页"))
    listing.append(_link("text/colophon.xhtml", "版本说明"))
    toc.append(listing)
    body = [toc, _landmarks(book, pages), _page_list(book, pages)]
    data = document("目录", book.header.language, body, ["css/edition.css"])
    return Part("nav", "nav.xhtml", XHTML_TYPE, data, ("nav",), in_spine=True, title="目录")


def _link(href: str, label: str, kind: str = "") -> etree._Element:
    li = element("li")
    li.append(element("a", label, href=href, epub_type=kind) if kind else element("a", label, href=href))
    return li


def _hidden_nav(kind: str, title: str, links: Sequence[etree._Element], **attributes: str) -> etree._Element:
    nav = element("nav", epub_type=kind, id_=kind, hidden="hidden", aria_labelledby=f"{kind}-title", **attributes)
    nav.append(element("h2", title, id_=f"{kind}-title"))
    ol = element("ol")
    ol.extend(links)
    nav.append(ol)
    return nav


def _landmarks(book: Book, pages: dict[str, str]) -> etree._Element:
    first = f"text/{pages[book.pages[0].id]}"
    links = (
        ("text/cover.xhtml", "封面", "cover"),
        ("nav.xhtml", "目录", "toc"),
        (first, "正文", "bodymatter"),
        ("text/colophon.xhtml", "版本说明", "colophon"),
    )
    return _hidden_nav("landmarks", "导航", [_link(*link) for link in links])


def _page_list(book: Book, pages: dict[str, str]) -> etree._Element:
    links = [_link(f"text/{pages[page.id]}#{page.id}-break", page.label) for page in book.pages]
    return _hidden_nav("page-list", "版面", links, role="doc-pagelist")


def _ncx(book: Book, pages: dict[str, str]) -> bytes:
    entries = book.contents()
    flat = sum(1 + len(entry.children) for entry in entries) > FLAT_FROM
    root = etree.Element(f"{{{NCX}}}ncx", nsmap=_NSMAP, version="2005-1")
    root.set("{http://www.w3.org/XML/1998/namespace}lang", book.header.language)
    head = _ncx_sub(root, "head")
    depth = 1 if flat else 2
    for name, value in (
        ("dtb:uid", identifier(book)),
        ("dtb:depth", str(depth)),
        ("dtb:totalPageCount", "0"),
        ("dtb:maxPageNumber", "0"),
    ):
        _ncx_sub(head, "meta", name=name, content=value)
    _ncx_label(_ncx_sub(root, "docTitle"), book.header.edition_title)
    points = _ncx_points(pages)
    nav_map = _ncx_sub(root, "navMap")
    for entry in entries:
        points(nav_map, entry, depth)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _ncx_points(pages: dict[str, str]) -> Callable[[etree._Element, Entry, int], None]:
    """A function that writes an entry and those below it, numbered in reading order."""
    number = 0

    def write(parent: etree._Element, entry: Entry, depth: int) -> None:
        nonlocal number
        number += 1
        point = _ncx_sub(parent, "navPoint", id=f"n{number}", playOrder=str(number))
        label = _ncx_sub(point, "navLabel")
        _ncx_label(label, entry.label)
        _ncx_sub(point, "content", src=f"text/{pages[entry.page.id]}#{entry.target}")
        for child in entry.children if depth > 1 else ():
            write(point, child, depth - 1)

    return write


def _ncx_sub(parent: etree._Element, tag: str, /, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{NCX}}}{tag}", attributes)


def _ncx_label(parent: etree._Element, text: str) -> None:
    _ncx_sub(parent, "text").text = text
