"""Finding one's way: nav.xhtml with contents, landmarks and page list, and toc.ncx for older readers.

epubcheck compares every id of an NCX with every other, and e-ink readers load it whole; so above `FLAT_FROM` entries
the NCX lists pages only, while the contents stay nested.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lxml import etree

from edition.render.book import Book, Entry
from edition.render.frontmatter import contents_list
from edition.render.script import say
from edition.render.xhtml import document, element

NCX = "http://www.daisy.org/z3986/2005/ncx/"
_NSMAP: dict[str | None, str] = {None: NCX}
FLAT_FROM = 1000  # entries
MOST = 290 * 1024  # bytes of nav.xhtml; beyond, the contents have fewer levels
Address = Callable[[str, str], str]  # page id, id in the book -> address from the package document


@dataclass(frozen=True, slots=True)
class Leaf:
    """A file before or after the pages that the contents name."""

    path: str  # from the package document
    title: str
    kind: str = ""  # the landmark's epub:type; nothing where it is none
    front: bool = False
    listed: bool = True  # in the contents


@dataclass(frozen=True, slots=True)
class Plan:
    """What there is to find in a book, and where."""

    book: Book
    contents: tuple[Entry, ...]
    leaves: tuple[Leaf, ...]
    address: Address

    def say(self, text: str) -> str:
        """Our own words in the edition's characters."""
        return say(text, self.book.header.language)

    @property
    def front(self) -> list[Leaf]:
        """What stands before the pages."""
        return [leaf for leaf in self.leaves if leaf.front]

    @property
    def back(self) -> list[Leaf]:
        """What stands after them."""
        return [leaf for leaf in self.leaves if not leaf.front]


def nav(plan: Plan, css: Sequence[str], dress: Callable[[etree._Element], None]) -> bytes:
    """nav.xhtml: three levels of contents, or as many as fit; `dress` is done to the tree that is shown."""
    for depth in (3, 2, 1):
        contents = _contents(plan, depth)
        dress(contents)
        body = [contents, _landmarks(plan), _page_list(plan)]
        data = document(plan.say("目录"), plan.book.header.language, body, css, "nav")
        if len(data) <= MOST:
            break
    return data


def _contents(plan: Plan, depth: int) -> etree._Element:
    toc = element("nav", epub_type="toc", role="doc-toc", id_="toc", aria_labelledby="toc-title")
    toc.append(element("h1", plan.say("目录"), id_="toc-title"))
    listing = contents_list(plan.contents, depth, lambda entry: plan.address(entry.page.id, entry.target))
    for number, leaf in enumerate(leaf for leaf in plan.front if leaf.listed):
        listing.insert(number, _link(leaf.path, leaf.title))
    listing.extend(_link(leaf.path, leaf.title) for leaf in plan.back)
    toc.append(listing)
    return toc


def _link(href: str, label: str, kind: str = "") -> etree._Element:
    li = element("li")
    li.append(element("a", label, href=href, epub_type=kind) if kind else element("a", label, href=href))
    return li


def _hidden(kind: str, title: str, links: Sequence[etree._Element], **attributes: str) -> etree._Element:
    out = element("nav", epub_type=kind, id_=kind, hidden="hidden", aria_labelledby=f"{kind}-title", **attributes)
    out.append(element("h2", title, id_=f"{kind}-title"))
    ol = element("ol")
    ol.extend(links)
    out.append(ol)
    return out


def _landmarks(plan: Plan) -> etree._Element:
    first = plan.book.pages[0].id
    body = [Leaf("nav.xhtml", plan.say("目录"), "toc"), Leaf(plan.address(first, first), "正文", "bodymatter")]
    leaves = [leaf for leaf in (*plan.front, *body, *plan.back) if leaf.kind]
    return _hidden("landmarks", plan.say("导航"), [_link(leaf.path, leaf.title, leaf.kind) for leaf in leaves])


def _page_list(plan: Plan) -> etree._Element:
    links = [_link(plan.address(page.id, f"{page.id}-break"), page.label) for page in plan.book.pages]
    return _hidden("page-list", "版面", links, role="doc-pagelist")


# ---- NCX


def ncx(plan: Plan, identifier: str) -> bytes:
    """toc.ncx: pages and items, and the page list; only pages where the edition is large."""
    flat = sum(1 + len(entry.children) for entry in plan.contents) > FLAT_FROM
    depth, count = (1 if flat else 2), str(0 if flat else len(plan.book.pages))
    root = etree.Element(f"{{{NCX}}}ncx", nsmap=_NSMAP, version="2005-1")
    root.set("{http://www.w3.org/XML/1998/namespace}lang", plan.book.header.language)
    head = _sub(root, "head")
    heads = {"uid": identifier, "depth": str(depth), "totalPageCount": count, "maxPageNumber": "0"}
    for name, value in heads.items():
        _sub(head, "meta", name=f"dtb:{name}", content=value)
    _label(_sub(root, "docTitle"), plan.book.title)
    _Points(plan.address).write(root, plan, depth, pages=not flat)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


class _Points:
    """Writes the points of an NCX, numbered in reading order."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self.number = 0

    def write(self, root: etree._Element, plan: Plan, depth: int, *, pages: bool) -> None:
        nav_map = _sub(root, "navMap")
        for leaf in (leaf for leaf in plan.front if leaf.listed):
            self.point(nav_map, leaf.title, leaf.path)
        for entry in plan.contents:
            self.entry(nav_map, entry, depth)
        for leaf in plan.back:
            self.point(nav_map, leaf.title, leaf.path)
        if pages:
            self.pages(root, plan.book)

    def point(self, parent: etree._Element, label: str, src: str, tag: str = "navPoint") -> etree._Element:
        self.number += 1
        point = _sub(parent, tag, id=f"n{self.number}", playOrder=str(self.number))
        _label(_sub(point, "navLabel"), label)
        _sub(point, "content", src=src)
        return point

    def entry(self, parent: etree._Element, entry: Entry, depth: int) -> None:
        point = self.point(parent, entry.label, self.address(entry.page.id, entry.target))
        for child in entry.children if depth > 1 else ():
            self.entry(point, child, depth - 1)

    def pages(self, root: etree._Element, book: Book) -> None:
        listing = _sub(root, "pageList")
        _label(_sub(listing, "navLabel"), "版面")
        for page in book.pages:
            target = self.point(listing, page.label, self.address(page.id, f"{page.id}-break"), "pageTarget")
            target.set("type", "special")


def _sub(parent: etree._Element, tag: str, /, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{NCX}}}{tag}", attributes)


def _label(parent: etree._Element, text: str) -> None:
    _sub(parent, "text").text = text
