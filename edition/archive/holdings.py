"""What a deposit holds, as values: the pages with their TEI and source, the books, the scans and where they are."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from edition.model.document import Edition
from edition.model.header import ItemRight, Right, RightsSubject
from edition.model.walk import items

ScanState = Literal["included", "missing", "remote"]
KINDS: tuple[RightsSubject, ...] = ("text", "pictures", "markup", "fonts")
UNKNOWN = "unknown"
TYPES = {
    "xml": "application/tei+xml",
    "txt": "text/plain",
    "epub": "application/epub+zip",
    "pdf": "application/pdf",
    "rng": "application/xml",
    "rnc": "application/relax-ng-compact-syntax",
    "sch": "application/xml",
    "odd": "application/tei+xml",
    "toml": "application/toml",
    "json": "application/json",
    "jsonl": "application/x-ndjson",
    "html": "text/html",
    "py": "text/x-python",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "jp2": "image/jp2",
    "webp": "image/webp",
}  # by the end of the name; the media types that IANA knows, where it knows one
STANDARD_RIGHTS = ("rightsstatements.org/", "creativecommons.org/")


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the deposit."""

    stem: str  # path without suffix, under tei/ and source/
    suffix: str  # of its source file, with the dot
    edition: Edition  # as its TEI reads
    has_source: bool = True  # whether the source lies in the deposit too

    @property
    def tei(self) -> str:
        """Where its TEI lies in the payload."""
        return f"tei/{self.stem}.xml"

    @property
    def source(self) -> str:
        """Where its source lies in the payload, if it does."""
        return f"source/{self.stem}{self.suffix}"


@dataclass(frozen=True, slots=True)
class Scan:
    """A picture of a page that the edition names."""

    page: str  # stem of the page
    address: str  # as edition.toml has it
    state: ScanState
    path: str = ""  # in the payload, where it is included


@dataclass(frozen=True, slots=True)
class Holdings:
    """Everything that describes a deposit."""

    id: str
    title: str
    language: str  # BCP 47
    issued: str  # ISO 8601, UTC, to the second: the date that the edition states
    version: str | None  # of the release, where this is one
    publisher: str | None
    rights: tuple[Right, ...]
    pages: tuple[Page, ...]
    scans: tuple[Scan, ...]
    program: str  # version of edition
    is_sealed: bool = False  # whether it holds text that may not be published

    @property
    def day(self) -> str:
        """The date alone."""
        return self.issued[:10]

    @property
    def items(self) -> int:
        """How many items the pages hold."""
        return sum(1 for page in self.pages for _ in items(page.edition))

    @property
    def editors(self) -> list[str]:
        """The persons who decided something about the pages, each once, in the order of the pages."""
        people = (who for page in self.pages for who in page.edition.header.responsibilities if not who.software)
        return list(dict.fromkeys(who.name for who in people))

    def right(self, kind: RightsSubject) -> Right:
        """The rights in one kind of content; both parts None where nothing is known."""
        return next((right for right in self.rights if right.subject == kind), Right(kind))


def of_items(pages: Iterable[Page]) -> list[tuple[Page, ItemRight]]:
    """The rights that are stated for single items."""
    return [(page, one) for page in pages for one in page.edition.header.item_rights]


def told(right: Right) -> str:
    """Rights in one line for a person: holder and address, or that they are unknown."""
    return "; ".join(part for part in (right.holder, right.uri) if part) or UNKNOWN


def is_standard(uri: str) -> bool:
    """Whether the address is a RightsStatement or a Creative Commons licence or mark."""
    return uri.partition("://")[2].removeprefix("www.").startswith(STANDARD_RIGHTS)


def media_type(path: str) -> str:
    """The media type of a file by the end of its name."""
    return TYPES.get(path.rpartition(".")[2].lower(), "application/octet-stream")


def covered(path: str) -> tuple[RightsSubject, ...]:
    """The kinds of rights that a file of the payload is under."""
    if media_type(path).startswith("image/"):
        return ("pictures",)
    if path.startswith("source/"):
        return ("text",)
    if path.startswith("tei/"):
        return ("text", "markup")
    if path.endswith(".pdf"):
        return ("text", "markup", "fonts")
    return ("text", "markup") if path.startswith("editions/") else ("markup",)
