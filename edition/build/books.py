"""The right half: TEI to books. Nothing but the TEI and the settings of the rendering is asked. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from edition import fonts
from edition.archive import exports
from edition.config import Config
from edition.fonts import Face
from edition.model.readings import printed
from edition.model.walk import contents
from edition.render import book as books
from edition.tei import read


def faces(config: Config) -> tuple[Face, ...]:
    """The font files of an edition. Raises MissingTool."""
    families = config.pdf.fonts
    wanted = ((families.serif, "regular"), (families.serif, "bold"), (families.sans, "bold"), (families.kai, "regular"))
    return tuple(fonts.face(family, weight) for family, weight in wanted)


def gather(teis: Iterable[tuple[str, bytes]]) -> books.Book:
    """A book of TEI files, given as (name, bytes). Raises TeiError."""
    return books.gather([(read.read(tei, name), tei) for name, tei in teis])


def epub(book: books.Book, used: Sequence[Face]) -> bytes:
    """The EPUB of a book."""
    from edition.render import cover
    from edition.render import epub as renderer

    regular, bold = used[0], used[1]
    picture = cover.draw(book, cover.FontFile(bold.file, bold.index), cover.FontFile(regular.file, regular.index))
    return renderer.render(book, picture)


def pdf(book: books.Book, config: Config) -> bytes:
    """The PDF of a book."""
    from edition.render import pdf as renderer

    lent = fonts.borrowed(faces(config)[0], config.pdf.fonts.rare, all_text(book))
    unset = frozenset(char for char, family in lent.items() if family is None)
    return renderer.render(book, replace(config.pdf, unset=unset))


def all_text(book: books.Book) -> str:
    """Everything that is printed."""
    titles = f"{book.header.edition_title}{book.header.publisher or ''}"
    return titles + "".join(
        printed(content, page.header.width_policy, page.header.regime)
        for page in book.pages
        for content in contents(page.edition)
    )


def text(teis: Iterable[tuple[str, bytes]]) -> bytes:
    """The plain-text reading version of TEI files, given as (path under tei/, bytes)."""
    return exports.text(_leaves(teis))


def jsonl(teis: Iterable[tuple[str, bytes]]) -> bytes:
    """The items of TEI files as JSON Lines."""
    return exports.jsonl(_leaves(teis))


def _leaves(teis: Iterable[tuple[str, bytes]]) -> list[exports.Leaf]:
    return [exports.Leaf(name.removesuffix(".xml"), read.read(tei, name)) for name, tei in teis]
