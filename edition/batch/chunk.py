"""What an engine runs: some pages of one volume, or a volume's books. The same function on every engine.

It reads the sources, asks the process of its thread (`keeper`) to make what is new, and writes each result whole or
not at all. A page is new when its key differs from the one remembered: the sha256 of the program, the settings, the
page's place in the edition and every byte that lies beside its text.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from edition import decisions, files
from edition.batch import corpus, keeper
from edition.batch.tasks import BookTask, Bound, Limits, Made, PageTask, Refused
from edition.build import Witness
from edition.config import Config, PageConfig
from edition.errors import EditionError
from edition.files import Clock, sha256
from edition.findings import Finding

MADE, SAME, FAILED, LOST = "made", "same", "failed", "lost"
PAGES = ".edition/pages"  # under the folder of results: the TEI of pages as it was made


@dataclass(frozen=True, slots=True)
class Job:
    """What all chunks of a run share."""

    address: str  # of the corpus
    out: Path  # a folder that every worker sees
    only: tuple[str, ...]
    limits: Limits
    program: str  # the sha256 of the program and the versions of its engines


@dataclass(frozen=True, slots=True)
class Pages:
    """Some pages of one volume."""

    volume: str
    config: Config  # without its pages
    clock: Clock
    stated: str  # the time that counts for whether a page is new: empty if the edition states none
    pages: tuple[PageConfig, ...]  # each with its order
    beside: frozenset[str]  # files of decisions and corrected TEI of these pages that are there
    remembered: Mapping[str, tuple[str, str]]  # text -> (key, sha256 of its TEI) of the run before


@dataclass(frozen=True, slots=True)
class Books:
    """A volume all of whose pages were seen."""

    volume: str
    findings: Mapping[str, tuple[Finding, ...]]  # of each page that was made
    failed: Mapping[str, Finding]  # why a page was not made
    is_new: bool  # whether a page was made or lost in this run


@dataclass(frozen=True, slots=True)
class PageOutcome:
    """What became of a page."""

    volume: str
    text: str
    order: int
    state: str  # made, same, failed (the program said why), lost (it cost its process the life)
    key: str
    tei_sha256: str = ""
    tei_bytes: int = 0
    text_bytes: int = 0
    items: int = 0
    doubts: tuple[int, ...] = ()
    errors: float = 0.0
    seconds: float = 0.0
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class BooksOutcome:
    """What became of a volume's books."""

    volume: str
    state: str
    outputs: tuple[str, ...] = ()
    seconds: float = 0.0
    findings: tuple[Finding, ...] = ()  # why it failed


Chunk = Pages | Books
Outcome = PageOutcome | BooksOutcome


def do(chunk: Chunk, job: Job) -> list[Outcome]:
    """What becomes of a chunk. Raises OutputError where the results cannot be written."""
    match chunk:
        case Pages():
            return [_page(page, chunk, job) for page in chunk.pages]
        case Books():
            return [_books(chunk, job)]


@lru_cache(maxsize=4)
def _opened(address: str) -> tuple[corpus.FileSystem, str]:
    return corpus.opened(address)


def _page(page: PageConfig, chunk: Pages, job: Job) -> Outcome:
    begun = time.monotonic()
    outcome = PageOutcome(chunk.volume, page.file, page.order or 1, FAILED, "")
    try:
        witness = _witness(page.file, chunk, job)
    except EditionError as error:
        return replace(outcome, findings=(Finding("P-001", error.where or page.file, str(error.message)),))
    key = sha256(repr((job.program, chunk.stated, chunk.config, page, _digests(witness))).encode())
    outcome = replace(outcome, key=key, text_bytes=len(witness.text))
    target = job.out / PAGES / chunk.volume / PurePosixPath(page.file).with_suffix(".xml")
    if _is_there(target, key, chunk.remembered.get(page.file)):
        return replace(outcome, state=SAME)
    reply = keeper.mine().ask(PageTask(witness, page, chunk.config, chunk.clock), job.limits)
    outcome = replace(outcome, seconds=round(time.monotonic() - begun, 3))
    match reply:
        case Made(tei, findings, items, doubts, errors):
            files.write(target, tei)
            return replace(
                outcome, state=MADE, tei_sha256=sha256(tei), tei_bytes=len(tei),
                findings=findings, items=items, doubts=doubts, errors=errors,
            )  # fmt: skip
        case Refused(finding):
            return replace(outcome, findings=(finding,))
        case _:
            return replace(outcome, state=LOST, findings=(Finding("P-002", page.file, _reason(reply)),))


def _reason(reply: object) -> str:
    return str(getattr(reply, "reason", "an answer that makes no sense"))


def _witness(text: str, chunk: Pages, job: Job) -> Witness:
    """What lies beside each other for one page, from wherever the corpus is."""
    system, root = _opened(job.address)

    def fetch(name: str) -> bytes | None:
        if name not in chunk.beside:
            return None
        return corpus.fetch(system, root, str(PurePosixPath(chunk.volume, name)))

    decided, own = _beside(text)
    data = corpus.fetch(system, root, str(PurePosixPath(chunk.volume, text)))
    return Witness(text, data, fetch(decided), fetch(own))


def _beside(text: str) -> tuple[str, str]:
    path = PurePosixPath(text)
    return path.with_suffix(decisions.SUFFIX).as_posix(), path.with_suffix(".xml").as_posix()


def _digests(witness: Witness) -> tuple[str | None, ...]:
    return tuple(None if data is None else sha256(data) for data in (witness.text, witness.decided, witness.own))


def _is_there(target: Path, key: str, remembered: tuple[str, str] | None) -> bool:
    """Whether the page was made from the same before, and its TEI is untouched."""
    if remembered is None or remembered[0] != key:
        return False
    return target.is_file() and files.sha256_file(target) == remembered[1]


def _books(chunk: Books, job: Job) -> Outcome:
    begun = time.monotonic()
    limits = replace(job.limits, seconds=job.limits.seconds * max(10, len(chunk.findings)))
    with TemporaryDirectory(prefix="edition-") as holder:
        try:
            folder = _folder(chunk.volume, job, Path(holder))
        except EditionError as error:
            return BooksOutcome(chunk.volume, FAILED, findings=(Finding("P-001", chunk.volume, str(error)),))
        pages, failed = dict(chunk.findings), dict(chunk.failed)
        task = BookTask(
            folder, job.out / chunk.volume, job.only, job.out / PAGES / chunk.volume, pages, failed, chunk.is_new
        )
        reply = keeper.mine().ask(task, limits)
    outcome = BooksOutcome(chunk.volume, FAILED, seconds=round(time.monotonic() - begun, 3))
    match reply:
        case Bound(names, up_to_date):
            return replace(outcome, state=SAME if up_to_date else MADE, outputs=names)
        case Refused(finding):
            return replace(outcome, findings=(finding,))
        case _:
            return replace(outcome, state=LOST, findings=(Finding("P-002", chunk.volume, _reason(reply)),))


def _folder(volume: str, job: Job, holder: Path) -> Path:
    """The folder of a volume's sources: where it is, or a copy on this machine."""
    if "://" not in job.address:
        return Path(job.address) / volume
    system, root = _opened(job.address)
    corpus.copy(system, root, volume, holder)
    return holder
