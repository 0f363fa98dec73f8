"""What stands after the pages in print: 校订记 (every place where somebody stepped in), the index of names, 版权页.

Nothing is invented: a part that has nothing to say is left out, and the 版权页 holds what edition.toml gives, no more.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby

from lxml import etree

from edition.model.header import Header
from edition.render.book import Book, Page
from edition.render.format import IMPRINT
from edition.render.index import IndexEntry, index
from edition.render.xhtml import Reading, Written, append, element

_DONE = {"corr": "改正", "reg": "改订", "supplied": "增补", "unclear": "存疑", "gap": "缺字"}


def readings(book: Book, pages: Sequence[Written]) -> etree._Element | None:
    """校订记: each place where what is printed is not simply the source's, with who decided and the page; or None."""
    parts = [part for page, made in zip(book.pages, pages) for part in _readings_of(page, made.readings)]
    if not parts:
        return None
    section = _section("校订记", "readings")
    section.append(element("p", "正文与来源不同之处，依次列出。把握未注明的，由编者决定。", class_="note-of-part"))
    section.extend(parts)
    return section


def _readings_of(page: Page, found: Iterable[Reading]) -> Iterable[etree._Element]:
    rows = [_reading(reading, page.header) for reading in found if reading.kind in _DONE]
    if rows:
        yield element("h2", page.label)
        yield from rows


def _reading(reading: Reading, header: Header) -> etree._Element:
    row = element("p", f"{_DONE[reading.kind]}　", class_="row")
    if reading.kind in ("corr", "reg"):
        append(row, f"“{reading.source}”→“{reading.shown}”" if reading.source else f"增“{reading.shown}”")
    else:
        append(row, f"“{reading.shown}”" if reading.shown else "")
    if decision := reading.decision:
        names = {each.id: each.name for each in header.responsibilities}
        sure = "" if decision.cert is None else f"，把握 {decision.cert:.2f}"
        append(row, f"（{names.get(decision.resp, decision.resp)}{sure}）")
    row.append(element("a", "　第", href=f"#{reading.target}", class_="page-of"))
    append(row, "页")
    return row


def index_of_names(book: Book) -> etree._Element | None:
    """The index of names that an editor confirmed or that stand in bylines, with page numbers; None without any."""
    entries = index(book)
    if not entries:
        return None
    section = _section("索引", "index")
    section.append(element("p", "收署名和编者核定的人名、机构名、地名，按音序。", class_="note-of-part"))
    box = element("div", class_="entries")
    for letter, group in groupby(entries, key=lambda entry: entry.letter):
        box.append(element("h2", letter))
        box.extend(_entry(entry) for entry in group)
    section.append(box)
    return section


def _entry(entry: IndexEntry) -> etree._Element:
    row = element("p", f"{entry.name}　", class_="row")
    targets = [*dict.fromkeys(mention.target for mention in entry.mentions)]
    for before, target in zip(["", *targets], targets):
        row.append(element("a", href=f"#{target}", class_="page-number", data_run=f"{before} {targets[-1]}"))
    return row


def imprint(book: Book, given: tuple[tuple[str, str], ...]) -> etree._Element | None:
    """版权页: the title and the entries that were given, in the order of GB/T 12450; None without entries."""
    if not given:
        return None
    section = element("section", class_="imprint", id_="imprint", role="doc-credits")
    section.append(element("h1", book.header.edition_title))
    for name, text in given:
        row = element("p")
        row.append(element("span", IMPRINT[name], class_="entry"))
        row.append(element("span", text))
        section.append(row)
    return section


def _section(title: str, name: str) -> etree._Element:
    section = element("section", class_=f"back {name}", id_=name)
    section.append(element("h1", title))
    return section
