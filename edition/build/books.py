"""The right half: TEI to books. Nothing but the TEI and the settings of the rendering is asked. Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from edition import fonts
from edition.archive import exports
from edition.config import Config
from edition.errors import MissingTool
from edition.findings import Finding
from edition.fonts import Face
from edition.model.labels import item_label
from edition.model.readings import printed
from edition.model.walk import block_contents, contents, items
from edition.render import book as books
from edition.tei import read

if TYPE_CHECKING:
    from edition.render.pdf import Printed


@dataclass(frozen=True, slots=True)
class Faces:
    """The font files of an edition by role (serif, bold, sans, kai), and what is not installed."""

    found: Mapping[str, Face]
    findings: tuple[Finding, ...] = ()


def faces(config: Config, *, needed: bool = True) -> Faces:
    """The font files of an edition. Raises MissingTool if one is `needed` and not installed.

    The PDF needs all; an EPUB is sound without any: its cover is drawn with what there is, and devices have fonts.
    """
    families = config.pdf.fonts
    wanted = {
        "serif": (families.serif, "regular"), "bold": (families.serif, "bold"),
        "sans": (families.sans, "bold"), "kai": (families.kai, "regular"),
    }  # fmt: skip
    found, findings = {}, []
    for role, (family, weight) in wanted.items():
        try:
            found[role] = fonts.face(family, weight)
        except MissingTool as error:
            if needed:
                raise
            findings.append(Finding("F-004", "fonts", f"{error.message} → {error.remedy}"))
    return Faces(found, tuple(findings))


def gather(teis: Iterable[tuple[str, bytes]]) -> books.Book:
    """A book of TEI files, given as (name, bytes). Raises TeiError."""
    return books.gather([(read.read(tei, name), tei) for name, tei in teis])


def epubs(book: books.Book, config: Config, used: Faces) -> dict[str, bytes]:
    """The EPUB of a book, or its volumes, by what follows the edition's id in the file name: `.epub`, `-1956-05.epub`."""
    from edition.render.volumes import volumes

    parts = volumes(book, config.epub.split)
    return {f"-{part.volume.key}.epub" if part.volume else ".epub": epub(part, config, used) for part in parts}


def epub(book: books.Book, config: Config, used: Faces) -> bytes:
    """One EPUB of a book, whatever its size."""
    from edition.render import cover
    from edition.render import epub as renderer

    found = used.found
    drawn = [cover.FontFile(found[role].file, found[role].index) for role in ("bold", "serif") if role in found]
    picture = cover.draw(book, drawn[0], drawn[-1]) if drawn else None

    return renderer.render(book, picture, config.epub.writing, _cutter(config, found))


def _cutter(config: Config, found: Mapping[str, Face]) -> Callable[[str, str], bytes | None] | None:
    """What cuts the fonts to embed: from a role and characters to a font file; None where none are to be embedded."""
    if config.epub.fonts != "embed" or "serif" not in found:
        return None

    def cut(role: str, characters: str) -> bytes | None:
        if role != "rare":
            return fonts.subset(found[role], characters) if role in found else None
        lent = fonts.borrowed(found["serif"], config.pdf.fonts.rare, characters)
        lender = next((family for family in lent.values() if family), None)
        chars = "".join(char for char, family in lent.items() if family == lender)
        return fonts.subset(fonts.face(lender, "regular"), chars) if lender else None

    return cut


def pdf(book: books.Book, config: Config) -> bytes:
    """One PDF of a book, whatever its size."""
    return set_pdf(book, config).pdf


def set_pdf(book: books.Book, config: Config) -> "Printed":
    """The same, and the pages of a volume's names."""
    from edition.render import pdf as renderer

    return renderer.render(book, replace(config.pdf, unset=unset(config, all_text(book))))


def unset(config: Config, text: str) -> frozenset[str]:
    """The characters of a text that no font has."""
    lent = fonts.borrowed(faces(config).found["serif"], config.pdf.fonts.rare, text)
    return frozenset(char for char, family in lent.items() if family is None)


def doubts(book: books.Book) -> list[Finding]:
    """What a book tells only when it is whole: items without text, a title that the cover has no room for."""
    from edition.render.cover import LONG

    out = []
    if len(book.title) > LONG:
        out.append(
            Finding("B-005", "edition.toml", f"the title has {len(book.title)} characters, the cover shows {LONG}")
        )
    for page in book.pages:
        for item in items(page.edition):
            if not any(printed(content, "as-source") for content in block_contents(item.blocks)):
                where = f"{page.header.source.name}:{item.id.removeprefix('L').partition('.')[0]}"
                label = item_label(item, page.header.width_policy, page.header.regime)[0]
                out.append(Finding("S-006", where, f"{label} has no text"))
    return out


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
