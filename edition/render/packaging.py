"""ebooklib as packager: it keeps the package document and the container; every byte inside is ours.

ebooklib would parse each chapter again as HTML 4 and lose attributes, stamp the zip with the time, and label local
time as UTC. The three small classes below keep it from doing so. They override `write` and `_write_opf_file` and call
`_write_container`, `_write_opf` and `_write_items`, which are private: the version is pinned and a test watches the
names (ebooklib is AGPL-3.0-or-later).
"""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from ebooklib import epub
from lxml import etree

_STORED = (".jpg", ".png")
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # a zip cannot say less
PRIVATE_METHODS = ("_write_container", "_write_opf", "_write_opf_file", "_write_items")


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the package."""

    id: str
    path: str  # under the package's folder
    media_type: str
    data: bytes
    properties: tuple[str, ...] = ()
    in_spine: bool = False
    in_manifest: bool = True
    title: str = ""
    landmark: str = ""  # its epub:type among the landmarks


class _Item(epub.EpubItem):  # type: ignore[misc]  # ebooklib has no types
    """A file with manifest properties."""

    def __init__(self, part: Part, folder: str) -> None:
        outside = part.in_manifest or part.path.startswith("META-INF/")
        path = part.path if outside else f"{folder}/{part.path}"
        super().__init__(part.id, path, part.media_type, part.data, manifest=part.in_manifest)
        self.properties = list(part.properties)
        self.is_linear = True


class _FixedZip(zipfile.ZipFile):
    """Entries with one date and one mode, each name once."""

    stamp: tuple[int, int, int, int, int, int] = _EARLIEST

    def writestr(  # type: ignore[override]  # narrower: names only
        self, name: str, data: bytes | str, compress_type: int | None = None, compresslevel: int | None = None
    ) -> None:
        if name in self.NameToInfo:
            raise ValueError(f"two entries named {name}")
        info = zipfile.ZipInfo(name, self.stamp)
        info.external_attr, info.create_system = 0o644 << 16, 3
        stored = name.endswith(_STORED) or compress_type == zipfile.ZIP_STORED
        info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
        super().writestr(info, data, compresslevel=9)


class _Writer(epub.EpubWriter):  # type: ignore[misc]  # ebooklib has no types
    """Writes into memory, with the zip and the finishing of the package document in our hands."""

    def __init__(
        self, target: io.BytesIO, book: epub.EpubBook, when: datetime, finish: Callable[[etree._Element], None]
    ) -> None:
        options = {"epub3_pages": False, "epub3_landmark": False, "mtime": when, "raise_exceptions": True}
        super().__init__(target, book, options)
        self.when = when
        self.finish = finish

    def write(self) -> None:
        self.out = _FixedZip(self.file_name, "w", zipfile.ZIP_DEFLATED)
        self.out.stamp = max(self.when.timetuple()[:6], _EARLIEST)
        self.out.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        self._write_container()
        self._write_opf()
        self._write_items()
        self.out.close()

    def _write_opf_file(self, root: etree._Element) -> None:
        root.set("{http://www.w3.org/XML/1998/namespace}lang", self.book.language)
        del root.attrib["prefix"]  # ebooklib's only prefix is a reserved one
        self.finish(root)
        super()._write_opf_file(root)


@dataclass(frozen=True, slots=True)
class Meta:
    """One statement of the package metadata: a Dublin Core element, a meta property, a link or an EPUB 2 name."""

    kind: str  # DC, meta, link or name
    name: str  # element, property, rel, or name
    value: str
    attributes: tuple[tuple[str, str], ...] = ()


def package(
    identifier: str, language: str, when: datetime, metadata: list[Meta], parts: list[Part], direction: str = "ltr"
) -> bytes:
    """An EPUB file.

    `metadata` holds everything but identifier, language and dcterms:modified; `parts` are in spine order; `direction`
    (ltr or rtl) is that of the pages. Raises ValueError if two parts have the same id or path.
    """
    ids = [part.id for part in parts]
    if len(set(ids)) != len(ids):
        raise ValueError("two parts have the same id")
    book = epub.EpubBook()
    book.FOLDER_NAME, book.IDENTIFIER_ID = "EPUB", "pub-id"
    book.metadata.clear()
    book.set_identifier(identifier)
    title = next(meta.value for meta in metadata if (meta.kind, meta.name) == ("DC", "title"))
    book.title = title
    for meta in metadata:
        _add(book, meta)
    book.set_language(language)
    book.set_direction(direction)
    items = [(part, _Item(part, book.FOLDER_NAME)) for part in parts]
    for _, item in items:
        book.add_item(item)
    book.spine = [item for part, item in items if part.in_spine]
    target = io.BytesIO()
    _Writer(target, book, when, _in_order).write()
    return target.getvalue()


def _add(book: epub.EpubBook, meta: Meta) -> None:
    attributes = dict(meta.attributes)
    match meta.kind:
        case "DC":
            book.add_metadata("DC", meta.name, meta.value, attributes)
        case "meta":
            book.add_metadata(None, "meta", meta.value, {"property": meta.name, **attributes})
        case "link":
            book.add_metadata(None, "link", None, {"rel": meta.name, "href": meta.value, **attributes})
        case _:
            book.add_metadata(None, "meta", "", {"name": meta.name, "content": meta.value})


def _in_order(root: etree._Element) -> None:
    """Dublin Core first, then dcterms:modified: the way people read it. (The tree has no namespace here.)"""
    metadata = root.find("metadata")
    if metadata is None:
        raise AssertionError("ebooklib wrote no metadata")
    modified = metadata[0]
    metadata.remove(modified)
    dublin = [child for child in metadata if str(child.tag).startswith("{http://purl.org/dc/")]
    dublin[-1].addnext(modified)
