"""What the package document says about a book: from the headers alone, and only what they state.

Terms: EPUB 3.3 (dc, dcterms, belongs-to-collection), Schema.org's accessibility properties, MARC relators.
"""

import re
import uuid
from collections.abc import Iterable
from datetime import datetime

from edition.model.header import Issue
from edition.render.book import Book
from edition.render.packaging import Meta
from edition.render.script import say

TEI_TYPE = "application/tei+xml"
NAMESPACE = uuid.UUID("6f1c1f0e-3f1b-5b0e-9a52-0d7f6a9f3f10")  # of identifiers made from an edition's id
_MARKS = "《》〈〉「」『』“”‘’【】〔〕（）()\"' \u3000"
FEATURES = (
    "tableOfContents",
    "readingOrder",
    "structuralNavigation",
    "pageNavigation",
    "pageBreakMarkers",
    "displayTransformability",
    "ARIA",
)


def identifier(book: Book) -> str:
    """A urn:uuid that depends on the edition's id (and volume) alone, so that a new build replaces the old one."""
    name = f"{book.header.edition_id}/{book.volume.key}" if book.volume else book.header.edition_id
    return f"urn:uuid:{uuid.uuid5(NAMESPACE, name)}"


def when(book: Book) -> datetime:
    """The moment of the last change, UTC."""
    return datetime.fromisoformat(book.modified)


def metadata(book: Book, sources: Iterable[str], *, vertical: bool, cover: bool, index: bool) -> list[Meta]:
    """Everything but identifier, language and dcterms:modified; `sources` are the paths of the TEI files."""
    return [
        *_title(book),
        *_people(book),
        *_rights(book),
        *_sources(book),
        *_collections(book),
        *_accessibility(book, vertical=vertical, cover=cover, index=index),
        *([Meta("name", "cover", "cover-image")] if cover else []),
        *([Meta("name", "primary-writing-mode", "vertical-rl")] if vertical else []),
        *(Meta("link", "alternate", path, (("media-type", TEI_TYPE),)) for path in sources),
    ]


def _title(book: Book) -> Iterable[Meta]:
    yield Meta("DC", "title", book.title, (("id", "book-title"),))
    yield _about("book-title", "title-type", "main")
    yield _about("book-title", "file-as", sorting(book.title))


def sorting(name: str) -> str:
    """A name as shelves sort it: without the brackets and quotation marks around it."""
    return name.strip(_MARKS) or name


def _people(book: Book) -> Iterable[Meta]:
    if book.header.publisher:
        yield Meta("DC", "publisher", book.header.publisher, (("id", "publisher"),))
        yield _about("publisher", "file-as", sorting(book.header.publisher))
    editors = {each.name: None for page in book.pages for each in page.header.responsibilities if not each.software}
    for number, name in enumerate(editors, 1):
        yield Meta("DC", "contributor", name, (("id", f"editor-{number}"),))
        yield _about(f"editor-{number}", "role", "edt", ("scheme", "marc:relators"))
        yield _about(f"editor-{number}", "file-as", sorting(name))


def _about(id_: str, name: str, value: str, *more: tuple[str, str]) -> Meta:
    return Meta("meta", name, value, (("refines", f"#{id_}"), *more))


def _rights(book: Book) -> Iterable[Meta]:
    rights = book.header.rights
    told = [f"{right.subject}: {' '.join(filter(None, (right.holder, right.uri)))}" for right in rights]
    if told:
        yield Meta("DC", "rights", "; ".join(told))
    for uri in dict.fromkeys(right.uri for right in rights if right.uri):
        yield Meta("link", "dcterms:license", uri)


def _sources(book: Book) -> Iterable[Meta]:
    """Which printed issues it was made from, each once, and whose page numbers the page breaks are."""
    issues = dict.fromkeys(_issue(page.header.issue) for page in book.pages)
    known = [issue for issue in issues if issue]
    yield from (Meta("DC", "source", issue) for issue in known)
    scans = dict.fromkeys(page.header.issue.scan for page in book.pages)
    yield from (Meta("DC", "source", scan) for scan in scans if scan and re.match("https?:", scan))
    yield Meta("meta", "pageBreakSource", known[0] if len(issues) == 1 and known else "none")


def _issue(issue: Issue) -> str:
    """`江南晚报 2021年9月22日 第1234期 ISSN 1000-0000`, as far as it is known; nothing without a newspaper's name."""
    if not issue.newspaper:
        return ""
    date = _chinese(issue.date) if issue.date else issue.printed_date
    number = issue.issue and (f"第{issue.issue}期" if issue.issue.isdecimal() else issue.issue)
    known = (issue.newspaper, date, number, issue.issn and f"ISSN {issue.issn}", issue.cn and f"CN {issue.cn}")
    return " ".join(part for part in known if part)


def _chinese(date: str) -> str:
    return "".join(part.lstrip("0") + unit for part, unit in zip(date.split("-"), "年月日"))


def _collections(book: Book) -> Iterable[Meta]:
    """The volume's place in the edition, and the newspaper that all pages are of."""
    if book.volume:
        yield from _collection("edition", book.header.edition_title, "set", str(book.volume.number))
    papers = {(page.header.issue.newspaper, page.header.issue.issn) for page in book.pages}
    (name, issn), *others = papers
    if name and not others:
        numbers = {page.header.issue.issue for page in book.pages}
        number = numbers.pop() if len(numbers) == 1 else None
        position = number if number and re.fullmatch(r"\d+(\.\d+)*", number) else None
        yield from _collection("newspaper", name, "series", position)
        if issn:
            yield _about("newspaper", "dcterms:identifier", f"urn:issn:{issn}")


def _collection(id_: str, name: str, kind: str, position: str | None) -> Iterable[Meta]:
    yield Meta("meta", "belongs-to-collection", name, (("id", id_),))
    yield _about(id_, "collection-type", kind)
    if position:
        yield _about(id_, "group-position", position)


def _accessibility(book: Book, *, vertical: bool, cover: bool, index: bool) -> Iterable[Meta]:
    """What is true of every book made here. Conformance is not claimed: that needs a person's judgement."""
    yield Meta("meta", "schema:accessMode", "textual")
    yield Meta("meta", "schema:accessModeSufficient", "textual")
    features = [*FEATURES, "verticalWriting" if vertical else "horizontalWriting"]
    features += ["alternativeText"] if cover else []
    features += ["index"] if index else []
    yield from (Meta("meta", "schema:accessibilityFeature", feature) for feature in features)
    yield Meta("meta", "schema:accessibilityHazard", "none")
    pictures = "除封面外没有图像，封面有替代文字；" if cover else "没有图像；"
    whole = f"可重排的文字，有目录、版面导航{'和索引' if index else ''}。{pictures}来源中的图片只有文字说明。"
    yield Meta("meta", "schema:accessibilitySummary", say(whole, book.header.language))
