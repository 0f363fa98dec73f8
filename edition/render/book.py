"""Several pages as one book: what they agree on, and the tree of contents."""

from collections.abc import Sequence
from dataclasses import dataclass

from edition.errors import TeiError
from edition.model.document import Edition, Head, Item, Subsection
from edition.model.header import Header
from edition.model.labels import item_label, page_label
from edition.model.readings import running
from edition.model.walk import flat_blocks, items


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a book: the edition as read, and the TEI it was read from."""

    number: int  # from 1, in the book's order
    edition: Edition
    tei: bytes

    @property
    def id(self) -> str:
        """ASCII, unique in the book, the start of every id on the page."""
        return f"p{self.number}"

    @property
    def header(self) -> Header:
        """What is known about it."""
        return self.edition.header

    @property
    def label(self) -> str:
        """What it is called."""
        return page_label(self.header)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the contents."""

    label: str
    target: str  # an id of the book
    page: Page
    printed: bool = True  # False where the page prints no headline and the label is its first words
    children: tuple["Entry", ...] = ()


@dataclass(frozen=True, slots=True)
class Volume:
    """One of several books that a large edition is made into."""

    key: str  # ASCII, in its file name: 1956-05
    label: str  # 1956年5月
    number: int  # from 1


@dataclass(frozen=True, slots=True)
class Book:
    """Pages that belong to one edition, in its order."""

    pages: tuple[Page, ...]
    volume: Volume | None = None  # where the edition is more than one book

    @property
    def title(self) -> str:
        """The edition's title, and the volume's after it."""
        title = self.header.edition_title
        return f"{title} {self.volume.label}" if self.volume else title

    @property
    def header(self) -> Header:
        """The header of the first page, for what all pages share."""
        return self.pages[0].header

    @property
    def is_public_copy(self) -> bool:
        """Whether some page keeps text of its source back."""
        return any(page.header.is_public_copy for page in self.pages)

    @property
    def modified(self) -> str:
        """The latest date of its pages, ISO 8601."""
        return max(page.header.modified for page in self.pages)

    def contents(self) -> tuple[Entry, ...]:
        """Pages, their items, their subsections."""
        return tuple(_page_entry(page) for page in self.pages)


def gather(files: Sequence[tuple[Edition, bytes]]) -> Book:
    """One book of the pages, in the order their headers state. Raises TeiError if they are not of one edition."""
    ordered = sorted(files, key=lambda file: (file[0].header.order, file[0].header.source.name))
    pages = tuple(Page(number, edition, tei) for number, (edition, tei) in enumerate(ordered, 1))
    seen = set()
    for page in pages:
        if (page.header.order, page.header.source) in seen:
            raise TeiError("the page is given twice", where=page.header.source.name, remedy="name each TEI file once")
        seen.add((page.header.order, page.header.source))
        first, here = pages[0].header, page.header
        for what, mine, other in (
            ("id", here.edition_id, first.edition_id),
            ("title", here.edition_title, first.edition_title),
        ):
            if mine != other:
                raise TeiError(
                    f"its header gives the edition the {what} {mine!r}, that of {first.source.name} gives {other!r}",
                    where=here.source.name,
                    remedy="render the pages of one edition together; if the edition was renamed after a page was "
                    "corrected by hand, put the new name into <seriesStmt> of the corrected TEI",
                )
    return Book(pages)


def item_id(page: Page, item: Item) -> str:
    """The id of an item in the book."""
    return f"{page.id}-{item.id}"


def head_id(page: Page, head: Head, number: int) -> str:
    """The id of a subsection's head in the book; `number` from 1 counts those of the item."""
    return f"{page.id}-{head.id}" if head.id else f"{page.id}-s{number}"


def _page_entry(page: Page) -> Entry:
    return Entry(page.label, page.id, page, True, tuple(_item_entry(page, item) for item in items(page.edition)))


def _item_entry(page: Page, item: Item) -> Entry:
    label, printed = item_label(item, page.header.width_policy, page.header.regime)
    if not printed:
        label = f"（{'图片' if item.kind == 'picture' else '无题'}）{label}"
    sections = [block for block in flat_blocks(item.blocks) if isinstance(block, Subsection)]
    children = tuple(
        Entry(
            running(section.heads[0].content, page.header.width_policy, page.header.regime),
            head_id(page, section.heads[0], number),
            page,
        )
        for number, section in enumerate(sections, 1)
        if section.heads
    )
    return Entry(label, item_id(page, item), page, printed, children)
