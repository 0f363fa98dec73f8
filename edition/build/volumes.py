"""The PDFs of a book: one, or volumes that are set in processes of their own, with an index of names over them.

A volume of which nothing changed is taken from the build before: its TEI, the wishes, the fonts, the program and its
engines make a key, and the manifest keeps the key and the names beside the file's name.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import repeat
from typing import TYPE_CHECKING

from edition import fonts
from edition.build.books import all_text, faces, pdf, set_pdf, unset
from edition.config import Config
from edition.files import sha256
from edition.render.book import Book

if TYPE_CHECKING:
    from edition.render.pdf import Printed

INDEX = "-index.pdf"  # how the name of the index over all volumes ends
Earlier = Callable[
    [str], tuple[bytes, Mapping[str, object]] | None
]  # of how a name ends: the file, what was told of it


@dataclass(frozen=True, slots=True)
class Pdfs:
    """What was made, by how the names end after the edition's id."""

    files: Mapping[str, bytes]
    told: Mapping[str, Mapping[str, object]] = field(default_factory=dict)  # of each volume, for the manifest


def pdfs(book: Book, config: Config, program: str = "", earlier: Earlier = lambda end: None) -> Pdfs:
    """The PDF of a book (`.pdf`), or of its volumes (`-1956-05.pdf`) and the index over them (`-index.pdf`).

    `program` stands for the versions of everything that has a part in the bytes; `earlier` gives what the build before
    made under a name and told of it.
    """
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    from edition.render.volumes import volumes

    parts = volumes(book, config.pdf.split)
    ends = [f"-{part.volume.key}.pdf" if part.volume else ".pdf" for part in parts]
    if len(parts) == 1:
        return Pdfs({ends[0]: pdf(parts[0], config)})
    keys = [_key(part, config, program) for part in parts]
    made = {end: found for end, key in zip(ends, keys) if (found := _same(earlier(end), key))}
    anew = {end: part for end, part in zip(ends, parts) if end not in made}
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        made |= dict(zip(anew, pool.map(set_pdf, anew.values(), repeat(config))))
    told = {end: {"from": key, "names": [_row(one) for one in made[end].names]} for end, key in zip(ends, keys)}
    return Pdfs(
        {end: made[end].pdf for end in ends} | _together(book, parts, [made[end] for end in ends], config), told
    )


def _together(book: Book, parts: Sequence[Book], made: Sequence["Printed"], config: Config) -> dict[str, bytes]:
    """The index over the volumes; nothing where no name is indexed."""
    from edition.render import pdf as renderer

    found = [(part.volume, one.names) for part, one in zip(parts, made) if part.volume and one.names]
    if not found:
        return {}
    text = book.title + "".join(one.name for _, names in found for one in names)
    return {INDEX: renderer.render_together(book, found, replace(config.pdf, unset=unset(config, text)))}


def _key(part: Book, config: Config, program: str) -> str:
    """The sha256 of everything that a volume depends on."""
    used = faces(config).found
    lent = fonts.borrowed(used["serif"], config.pdf.fonts.rare, all_text(part))
    lenders = sorted({family for family in lent.values() if family})
    files = [face.sha256 for face in used.values()] + [fonts.face(family, "regular").sha256 for family in lenders]
    whole = [
        program,
        repr(config.pdf),
        files,
        sorted(lent.items()),
        repr(part.volume),
        [(page.number, sha256(page.tei)) for page in part.pages],
    ]
    return sha256(json.dumps(whole).encode())


def _row(one: object) -> list[object]:
    return [getattr(one, name) for name in ("kind", "name", "pages")]


def _same(found: tuple[bytes, Mapping[str, object]] | None, key: str) -> "Printed | None":
    """What the build before made, if it was made from the same."""
    from edition.render.pdf import Printed
    from edition.render.together import Named

    if found is None or found[1].get("from") != key:
        return None
    rows = found[1].get("names")
    if not isinstance(rows, list):
        return None
    return Printed(found[0], tuple(Named(kind, name, tuple(pages)) for kind, name, pages in rows))
