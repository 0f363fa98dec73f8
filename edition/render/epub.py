"""A book as EPUB 3.3 with an NCX for older readers: one XHTML file for each source page, the TEI of every page inside."""

from collections.abc import Callable, Iterator, Sequence
from importlib import resources
from typing import TypeAlias

from lxml import etree

from edition.render import apparatus, faces, indexpage, navigation, phrases, vertical
from edition.render.book import Book, Page
from edition.render.frontmatter import chinese_date, colophon, title_page
from edition.render.index import index
from edition.render.leaves import leaves
from edition.render.metadata import TEI_TYPE, identifier, metadata, when
from edition.render.navigation import Leaf, Plan
from edition.render.packaging import Part, package
from edition.render.script import say
from edition.render.styles import Writing
from edition.render.xhtml import XHTML, Reading, document, element, written

XHTML_TYPE = "application/xhtml+xml"
CSS = "../css/edition.css"
Subset: TypeAlias = Callable[[faces.Role, str], bytes | None]  # role and characters -> a font file, where there is one


def render(book: Book, cover: bytes | None, writing: Writing = "horizontal", subset: Subset | None = None) -> bytes:
    """The EPUB file of a book. The same book gives the same bytes.

    `cover` is a JPEG, or None; `subset` gives the font files to embed, and without it none are.
    """
    maker = _Maker(book, writing, cover)
    parts = maker.parts()
    fonts = _fonts(maker.used, subset) if subset else {}
    css = Part("css", "css/edition.css", "text/css", stylesheet(book.header.language, writing, list(fonts)))
    sources = [_source(page) for page in book.pages]
    about = metadata(
        book,
        [part.path for part in sources],
        vertical=writing == "vertical",
        cover=cover is not None,
        index=any(part.id == "index" for part in parts),
    )
    whole = [css, *fonts.values(), *parts, *sources, *([faces.APPLE] if fonts else [])]
    direction = "rtl" if writing == "vertical" else "ltr"
    return package(identifier(book), book.header.language, when(book), about, whole, direction)


def stylesheet(language: str, writing: Writing, embedded: Sequence[faces.Role]) -> bytes:
    """The common sheet, the EPUB's own and that of vertical setting, in one file, with the families filled in."""
    css = resources.files("edition.render.css")
    names = ["common.css", "epub.css", *(["vertical.css"] if writing == "vertical" else [])]
    sheet = "".join(css.joinpath(name).read_text("utf-8") for name in names)
    for role in (role for role in faces.ROLES if role != "rare"):
        sheet = sheet.replace(f"${{{role}}}", faces.stack(role, language, embedded))
    sheet = sheet.replace("${absent}", say("〔图略〕", language))
    charset, namespace, rest = sheet.split("\n", 2)
    rules = "".join(faces.rule(role, f"fonts/{role}.otf") for role in embedded)
    return f"{charset}\n{namespace}\n{rules}{rest}".encode()


def _fonts(used: faces.Used, subset: Subset) -> dict[faces.Role, Part]:
    made = {role: subset(role, chars) for role, chars in used if chars}
    return {role: Part(f"font-{role}", f"fonts/{role}.otf", "font/otf", data) for role, data in made.items() if data}


def _source(page: Page) -> Part:
    return Part(f"tei-{page.number}", f"source/page-{page.number:04d}.xml", TEI_TYPE, page.tei, in_manifest=False)


class _Maker:
    """Makes the files of one book in the order in which they are read."""

    def __init__(self, book: Book, writing: Writing, cover: bytes | None) -> None:
        self.book = book
        self.writing = writing
        self.cover = cover
        self.used = faces.Used()
        self.elsewhere: dict[str, str] = {}  # id -> file, for what is not in the first file of its page
        self.readings: list[tuple[Page, Sequence[Reading]]] = []

    def parts(self) -> list[Part]:
        """All XHTML, the cover and the NCX."""
        pages = [part for page in self.book.pages for part in self.page(page)]
        front, back = [*self.front()], [*self.back()]
        before = [Leaf(part.path, part.title, part.landmark, front=True, listed=part.id == "title") for part in front]
        after = [Leaf(part.path, part.title, part.landmark) for part in back if part.title]
        plan = Plan(self.book, self.book.contents(), (*before, *after), self.address)
        nav = Part("nav", "nav.xhtml", XHTML_TYPE, navigation.nav(plan, [CSS[3:]], self.dress), ("nav",), in_spine=True)
        ncx = Part("ncx", "toc.ncx", "application/x-dtbncx+xml", navigation.ncx(plan, identifier(self.book)))
        picture = (
            [Part("cover-image", "images/cover.jpg", "image/jpeg", self.cover, ("cover-image",))] if self.cover else []
        )
        return [*picture, *front, nav, *pages, *back, ncx]

    def front(self) -> Iterator[Part]:
        if self.cover:
            yield from self.text("cover", "封面", _cover(self.book), "cover")
        yield from self.text("title", "书名页", title_page(self.book), "titlepage")

    def back(self) -> Iterator[Part]:
        if entries := index(self.book):
            yield from self.text(
                "index",
                indexpage.title(entries),
                indexpage.section(entries, self.beside, self.book.header.language),
                "index",
            )
        listing = apparatus.section(self.readings, self.beside)
        if listing is not None:
            yield from self.text("apparatus", "校订与存疑", listing)
        yield from self.text("colophon", "版本说明", colophon(self.book), "colophon")

    def text(self, id_: str, title: str, body: etree._Element, landmark: str = "") -> Iterator[Part]:
        """The files of what stands before or after the pages; only the first is in contents and landmarks."""
        for number, part in enumerate(leaves(body), 1):
            name = id_ if number == 1 else f"{id_}-{number}"
            data = self.document(title, part, f"{id_}-page")
            title = say(title, self.book.header.language)
            named = (title, landmark) if number == 1 else ("", "")
            yield Part(name, f"text/{name}.xhtml", XHTML_TYPE, data, in_spine=True, title=named[0], landmark=named[1])

    def document(self, title: str, body: etree._Element, body_class: str = "") -> bytes:
        self.dress(body)
        return document(title, self.book.header.language, [body], [CSS], body_class)

    def dress(self, body: etree._Element) -> None:
        """Set the tree in the direction of the book, and note which characters it needs."""
        phrases.keep(body)
        if self.writing == "vertical":
            vertical.set_upright(body)
        self.used.note(body)

    def page(self, page: Page) -> Iterator[Part]:
        """The files of one source page: one, unless it is very large."""
        made = written(page)
        self.readings.append((page, made.readings))
        parts = leaves(made.section)
        self.find(page, parts)
        for number, part in enumerate(parts, 1):
            name = _name(page.id, number)
            data = self.document(page.label, part)
            yield Part(name, f"text/{name}.xhtml", XHTML_TYPE, data, in_spine=True, title=page.label)

    def find(self, page: Page, parts: Sequence[etree._Element]) -> None:
        """Note what is not in the page's first file, and lead links between its files to the right one."""
        if len(parts) == 1:
            return
        names = {str(id_): _name(page.id, n) for n, part in enumerate(parts, 1) for id_ in part.xpath("//@id")}
        self.elsewhere |= names
        for number, part in enumerate(parts, 1):
            for link in part.iter(f"{{{XHTML}}}a"):
                name = names.get((link.get("href") or "").removeprefix("#"), _name(page.id, number))
                if name != _name(page.id, number):
                    link.set("href", f"{name}.xhtml{link.get('href')}")

    def beside(self, page: str, target: str) -> str:
        """Where an id of the book stands, from another file of text."""
        return self.address(page, target).removeprefix("text/")

    def address(self, page: str, target: str) -> str:
        """Where an id of the book stands, from the package document."""
        return f"text/{self.elsewhere.get(target, _name(page, 1))}.xhtml#{target}"


def _name(page: str, number: int) -> str:
    return f"page-{int(page[1:]):04d}" + (f"-{number}" if number > 1 else "")


def _cover(book: Book) -> etree._Element:
    section = element("section", class_="cover", epub_type="cover", aria_label="封面")
    alt = f"封面：{book.title}，{chinese_date(book.modified)}"
    section.append(element("img", src="../images/cover.jpg", alt=alt, role="doc-cover"))
    return section
