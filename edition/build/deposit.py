"""A deposit of one edition: what goes into its bag, and in which order it is described.

    TEI, sources, schema, books, scans -> holdings -> Dublin Core, DataCite, crate -> README, profile -> bag

In come the bytes that a build made and the folder they were made from; out go the bag's files. Nothing is uploaded.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path, PurePosixPath

from edition import __version__, files
from edition import config as configuration
from edition.archive import bag, crate, errata, metadata, mets, profile, readme
from edition.archive.bag import Digests, Part
from edition.archive.holdings import KINDS, Holdings, Page, Scan, is_standard, of_items
from edition.config import Config
from edition.errors import UsageError
from edition.files import Clock
from edition.findings import Finding
from edition.tei import read

FORMS = {"epub": ".epub", "pdf": ".pdf", "text": ".txt", "jsonl": ".jsonl"}  # how the name of each kind ends


def kind_of(end: str) -> str:
    """The kind, of FORMS, of a file by how its name ends."""
    return next(kind for kind, suffix in FORMS.items() if end.endswith(suffix))


@dataclass(frozen=True, slots=True)
class Made:
    """What a build hands over."""

    folder: Path  # the source folder
    config: Config
    clock: Clock
    teis: Sequence[tuple[str, bytes]]  # path under tei/ -> its bytes, in the edition's order
    sources: Sequence[str]  # paths under the folder of everything that is the editor's: texts, decisions, edition.toml
    books: Mapping[str, bytes]  # how its name ends after the edition's id -> what was made of the TEI
    findings: bytes = b""  # findings.json
    is_sealed: bool = False  # whether it holds what may not be published


@dataclass(frozen=True, slots=True)
class Deposit:
    """A bag's files by their path in it, and what was doubtful."""

    files: Mapping[str, Part]
    findings: tuple[Finding, ...]


def deposit(made: Made) -> Deposit:
    """The bag of an edition. Raises UsageError where two files would stand in one place, SourceError if one is unreadable."""
    payload = dict(_payload(made))
    pages = tuple(_page(path, tei, payload) for path, tei in made.teis)
    scans = tuple(_scans(made, pages, payload))
    held = Holdings(
        id=made.config.id,
        title=made.config.title,
        language=made.config.language,
        issued=made.clock.iso,
        version=_version(pages),
        is_sealed=made.is_sealed,
        publisher=made.config.publisher,
        rights=made.config.rights,
        pages=pages,
        scans=scans,
        program=__version__,
    )
    return Deposit(_packed(held, payload, with_mets=made.config.deposit == "mets"), tuple(_doubts(held)))


def _version(pages: Sequence[Page]) -> str | None:
    """Of the release that all pages belong to."""
    releases = [page.edition.header.release for page in pages]
    versions = {release.version if release else None for release in releases}
    return versions.pop() if len(versions) == 1 else None


def _packed(held: Holdings, payload: dict[str, Part], *, with_mets: bool) -> dict[str, Part]:
    """Describe the payload and pack it with its description."""
    known = {name: bag.digests(part) for name, part in sorted(payload.items())}
    for name, data in mets.write(held, dict(known)).items() if with_mets else ():
        _add(payload, known, name, data)
    if table := errata.write(held):
        _add(payload, known, errata.NAME, table)
    for name, write in (("dublincore.xml", metadata.dublin_core), ("datacite.xml", metadata.datacite)):
        _add(payload, known, f"metadata/{name}", write(held, known))
    _add(payload, known, crate.NAME, crate.write(held, known))
    text = resources.files("edition.data").joinpath("archivist.txt").read_text("utf-8")
    tags = {profile.README: readme.write(held, text, len(payload)), profile.NAME: profile.write()}
    return bag.pack(payload, known, list(profile.info(held)), tags)


def _add(payload: dict[str, Part], known: dict[str, Digests], name: str, data: bytes) -> None:
    payload[name] = data
    known[name] = bag.digests(data)


def _payload(made: Made) -> Iterator[tuple[str, Part]]:
    """What a deposit holds besides scans and descriptions, by its path in the payload."""
    yield from ((f"tei/{path}", tei) for path, tei in made.teis)
    yield from ((f"source/{path}", files.read(made.folder / path)) for path in made.sources)
    yield from ((f"schema/{name}", data) for name, data in files.schemas().items())
    yield from ((f"editions/{made.config.id}{end}", data) for end, data in made.books.items())
    yield "metadata/findings.json", made.findings
    yield "metadata/rebuild.py", resources.files("edition.data").joinpath("rebuild.txt").read_bytes()


def _page(path: str, tei: bytes, payload: Mapping[str, Part]) -> Page:
    page = Page(path.removesuffix(".xml"), ".txt", read.read(tei, path))
    return page if page.source in payload else Page(page.stem, page.suffix, page.edition, has_source=False)


# ---- scans


def _scans(made: Made, pages: Sequence[Page], payload: dict[str, Part]) -> Iterator[Scan]:
    """The scans that the pages name; those that are files here go into the payload."""
    for page in pages:
        address = page.edition.header.issue.scan
        if not address:
            continue
        if re.match(r"[A-Za-z][A-Za-z0-9+.-]+://", address):
            yield Scan(page.stem, address, "remote")
        elif (path := made.folder / address).is_file():
            name = _inside(address)
            if payload.setdefault(name, path) != path:
                raise UsageError(
                    f"the scan {address!r} would lie where {name} already lies in the bag",
                    where=str(made.folder / configuration.NAME),
                    remedy="rename one of the two files",
                )
            yield Scan(page.stem, address, "included", name)
        else:
            yield Scan(page.stem, address, "missing")


def _inside(address: str) -> str:
    """Where a scan lies in the payload: its own path, without steps that would lead out of the bag."""
    path = PurePosixPath(address)
    return "/".join(("source", *(part for part in path.parts if part not in ("..", path.anchor))))


def _doubts(held: Holdings) -> Iterator[Finding]:
    for scan in held.scans:
        if scan.state == "missing":
            yield Finding("A-001", configuration.NAME, f"the scan {scan.address!r} of page {scan.page} is not there")
    unknown = [kind for kind in KINDS if not held.right(kind).uri]
    if unknown:
        yield Finding("A-002", configuration.NAME, f"no address of rights is given for {', '.join(unknown)}")
    for right in held.rights:
        if right.uri and not is_standard(right.uri):
            yield Finding("A-003", configuration.NAME, f"the rights in {right.subject} are given as {right.uri}")
    for page, one in of_items(held.pages):
        if one.right.uri and not is_standard(one.right.uri):
            yield Finding(
                "A-003", configuration.NAME, f"the rights in {page.stem}#{one.item} are given as {one.right.uri}"
            )
