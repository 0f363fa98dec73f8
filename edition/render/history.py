"""勘误表 and what is kept back, as the colophon of a book tells them, from the headers alone."""

from collections.abc import Iterator

from lxml import etree

from edition.render.book import Book, Page
from edition.render.xhtml import element

_NOTHING = "（无）"


def release_line(book: Book) -> str | None:
    """`第 1.1 版（2026-11-26），代替第 1.0 版`, if the pages belong to one release."""
    releases = {page.header.release and (page.header.release.version, page.header.release.date) for page in book.pages}
    release = book.header.release
    if len(releases) != 1 or not release:
        return None
    before = f"，代替第 {release.replaces} 版" if release.replaces else ""
    return f"第 {release.version} 版（{release.date}）{before}"


def chapters(book: Book) -> Iterator[etree._Element]:
    """The parts of the colophon: each a heading and what follows it; nothing where there is nothing to tell."""
    line = release_line(book)
    if line:
        yield element("h2", "版次")
        yield element("p", line + "。")
        if book.header.release and book.header.release.replaces:
            yield element("h2", "勘误表")
            yield from _errata(book, book.header.release.replaces)
    withheld = [(page, one) for page in book.pages for one in page.header.withheld]
    if withheld:
        yield element("h2", "不公开的篇目")
        here = (
            "本版是公开本，下列篇目不收；存档本保存全文。"
            if book.is_public_copy
            else "本版是存档本；下列篇目不得公开。"
        )
        yield element("p", here)
        listing = element("dl", class_="withheld")
        for page, one in withheld:
            listing.append(element("dt", f"{place(page)} {one.item}（第 {one.lines} 行）"))
            listing.append(element("dd", f"{one.reason}（{_name(page, one.who)}，{one.when}）"))
        yield listing


def _errata(book: Book, before: str) -> Iterator[etree._Element]:
    rows = [(page, e) for page in book.pages if page.header.release for e in page.header.release.errata]
    if not rows:
        yield element("p", f"与第 {before} 版相比，文字没有改动。")
        return
    yield element("p", f"与第 {before} 版相比改动 {len(rows)} 处；“行”是来源文件的行号，版面和篇目如 XML 所记。")
    table = element("table", class_="errata")
    table.append(_row("th", ("版面", "行", f"第 {before} 版", "本版")))
    for page, e in rows:
        at = f"{e.item}:{e.line}" if e.item else str(e.line)
        table.append(_row("td", (place(page), at, e.before or _NOTHING, e.after or _NOTHING)))
    yield table


def _row(tag: str, cells: tuple[str, ...]) -> etree._Element:
    row = element("tr")
    row.extend(element(tag, cell) for cell in cells)
    return row


def place(page: Page) -> str:
    """A page by its label; by its source file as well, where the label only counts."""
    known = page.header.issue.newspaper or page.header.issue.page or page.header.issue.date
    return page.label if known else f"{page.label} {page.header.source.name}"


def _name(page: Page, id_: str) -> str:
    return next((who.name for who in page.header.responsibilities if who.id == id_), id_)
