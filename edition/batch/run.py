"""The run: volumes are listed, cut into chunks, worked on by an engine, and remembered as they come back.

A run that was killed at any moment is continued by starting it again: pages whose sources and results are unchanged
are left as they are, and the results are the same bytes as those of a run that nobody disturbed.
"""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from edition import build, decisions, files, gazetteer
from edition import config as configuration
from edition.batch import corpus, report
from edition.batch.chunk import (
    FAILED,
    LOST,
    MADE,
    SAME,
    Books,
    BooksOutcome,
    Chunk,
    Job,
    Outcome,
    PageOutcome,
    Pages,
    do,
)
from edition.batch.corpus import Volume
from edition.batch.engines import Dask, Engine, Local
from edition.batch.ledger import Ledger
from edition.batch.lock import alone
from edition.batch.tasks import Limits
from edition.config import Config, PageConfig
from edition.errors import EditionError, UsageError
from edition.files import sha256
from edition.findings import Finding
from edition.gazetteer import Gazetteer

PAGES_PER_CHUNK = 20
STATE = ".edition"


@dataclass(frozen=True, slots=True)
class Settings:
    """What to build, where to, and how."""

    address: str
    out: Path
    only: tuple[str, ...]
    limits: Limits
    workers: int = 0  # of this machine; 0: one for each processor
    scheduler: str | None = None  # address of a Dask scheduler


@dataclass(slots=True)
class Event:
    """How far the run is."""

    pages: int = 0  # done, of
    of: int = 0
    volumes: int = 0  # done
    same: int = 0  # pages that needed no work
    failed: int = 0  # pages and volumes that could not be made
    seconds: float = 0.0  # since the beginning

    @property
    def rate(self) -> float:
        """Pages a second of wall time."""
        return self.pages / self.seconds if self.seconds else 0.0

    @property
    def left(self) -> float:
        """Seconds that the rest will take at this rate."""
        return (self.of - self.pages) / self.rate if self.rate else 0.0


@dataclass(slots=True)
class _Open:
    """A volume in the making."""

    title: str
    pages: int  # not yet seen


@dataclass(slots=True)
class _Run:
    """One run while it lasts. As an iterator it gives the chunks to do next."""

    job: Job
    ledger: Ledger
    event: Event = field(default_factory=Event)
    open: dict[str, _Open] = field(default_factory=dict)
    ready: list[Chunk] = field(default_factory=list)
    rest: Iterator[Chunk] = field(default_factory=lambda: iter(()))

    def __iter__(self) -> "_Run":
        return self

    def __next__(self) -> Chunk:
        return self.ready.pop() if self.ready else next(self.rest)

    # ---- from the address to chunks

    def chunks(self, system: corpus.FileSystem, root: str) -> Iterator[Chunk]:
        """The pages of every volume, some at a time."""
        for volume in corpus.volumes(system, root):
            if volume.path == corpus.ASTRAY:
                self._astray(volume)
                continue
            try:
                pages = self._begin(volume, system, root)
            except EditionError as error:
                self._volume_failed(volume, str(error))
                continue
            yield from pages

    def _begin(self, volume: Volume, system: corpus.FileSystem, root: str) -> Iterator[Chunk]:
        name = str(PurePosixPath(volume.path, configuration.NAME))
        data = corpus.fetch(system, root, name)
        config = configuration.parse(data, name)
        pages = build.order(volume.texts, config, name)
        config = replace(config, pages=(), names=self._names(volume, system, root))
        self.open[volume.path] = _Open(config.title, len(pages))
        return self._cut(volume, config, pages)

    def _names(self, volume: Volume, system: corpus.FileSystem, root: str) -> Gazetteer:
        """What an editor says about names in a volume. Raises ConfigError."""
        if gazetteer.NAME not in volume.beside:
            return gazetteer.NONE
        name = str(PurePosixPath(volume.path, gazetteer.NAME))
        return gazetteer.parse(corpus.fetch(system, root, name), name)

    def _cut(self, volume: Volume, config: Config, pages: Sequence[PageConfig]) -> Iterator[Chunk]:
        clock = files.clock(config.modified)
        remembered = self.ledger.remembered(volume.path)
        stated = clock.iso if clock.fixed else ""  # a page made yesterday stays
        for start in range(0, len(pages), PAGES_PER_CHUNK):
            some = tuple(pages[start : start + PAGES_PER_CHUNK])
            stems = {PurePosixPath(page.file).with_suffix("").as_posix() for page in some}
            beside = frozenset(
                name for name in volume.beside if name.removesuffix(".xml").removesuffix(decisions.SUFFIX) in stems
            )
            known = {page.file: remembered[page.file] for page in some if page.file in remembered}
            yield Pages(volume.path, config, clock, stated, some, beside, known)

    def _astray(self, volume: Volume) -> None:
        finding = Finding("P-003", self.job.address, f"{len(volume.texts)} texts, the first {volume.texts[0]}")
        self.ledger.books("", BooksOutcome(corpus.ASTRAY, FAILED, findings=(finding,)))
        self.event.pages += len(volume.texts)
        self.event.failed += 1

    def _volume_failed(self, volume: Volume, message: str) -> None:
        finding = Finding("P-001", volume.path or configuration.NAME, message)
        self.ledger.books("", BooksOutcome(volume.path, FAILED, findings=(finding,)))
        self.event.pages += len(volume.texts)
        self.event.volumes += 1
        self.event.failed += 1

    # ---- what comes back

    def take(self, outcomes: list[Outcome]) -> None:
        """Remember outcomes; a volume whose last page came back is given on to be bound."""
        pages = [one for one in outcomes if isinstance(one, PageOutcome)]
        self.ledger.pages(pages)
        for one in outcomes:
            if isinstance(one, BooksOutcome):
                self._bound(one)
        if pages:
            self._seen(pages)

    def _bound(self, one: BooksOutcome) -> None:
        volume = self.open.pop(one.volume)
        self.ledger.books(volume.title, one)
        self.event.volumes += 1
        self.event.failed += one.state in (FAILED, LOST)

    def _seen(self, pages: list[PageOutcome]) -> None:
        self.event.pages += len(pages)
        self.event.same += sum(page.state == SAME for page in pages)
        self.event.failed += sum(page.state in (FAILED, LOST) for page in pages)
        name = pages[0].volume
        volume = self.open[name]
        volume.pages -= len(pages)
        if volume.pages == 0:
            self._ready(name)

    def _ready(self, name: str) -> None:
        rows = self.ledger.of_volume(name)
        made = {row.text: row.findings for row in rows if row.state in (MADE, SAME)}
        failed = {row.text: row.findings[0] for row in rows if row.state in (FAILED, LOST)}
        self.ready.append(Books(name, made, failed, any(row.state != SAME for row in rows)))


def run(settings: Settings, tell: Callable[[Event], None]) -> report.Figures:
    """Build every volume at an address; `tell` hears how far it is after each chunk.

    Raises UsageError for an address, folder or scheduler that cannot be used, OutputError where nothing can be written.
    """
    _check(settings)
    with alone(settings.out):
        _clean(settings.out)
        system, root = corpus.opened(settings.address)
        engine: Engine = Dask(settings.scheduler) if settings.scheduler else Local(settings.workers or _processors())
        ledger = Ledger(settings.out / STATE / "ledger.sqlite")
        try:
            return _run(settings, system, root, engine, ledger, tell)
        finally:
            engine.close()
            ledger.close()


def _run(
    settings: Settings,
    system: corpus.FileSystem,
    root: str,
    engine: Engine,
    ledger: Ledger,
    tell: Callable[[Event], None],
) -> report.Figures:
    begun = time.monotonic()
    program = sha256(repr((sorted(build.engines().items()), files.code_hash())).encode())
    job = Job(settings.address, settings.out.resolve(), settings.only, settings.limits, program)
    this = _Run(job, ledger)
    this.event.of = sum(len(volume.texts) for volume in corpus.volumes(system, root))
    if not this.event.of:
        raise UsageError("no .txt files", where=settings.address, remedy="name the folder above the editions")
    this.rest = this.chunks(system, root)
    for outcomes in engine.map(_Do(job), this):
        this.take(outcomes)
        this.event.seconds = time.monotonic() - begun
        tell(this.event)
    ledger.gone()
    return report.write(settings.out, ledger, settings.address, this.event.seconds)


@dataclass(frozen=True, slots=True)
class _Do:
    """`do` with its job: a value that a cluster can be sent."""

    job: Job

    def __call__(self, chunk: Chunk) -> list[Outcome]:
        return do(chunk, self.job)


def _check(settings: Settings) -> None:
    if "://" in settings.address:
        return
    source, out = Path(settings.address).resolve(), settings.out.resolve()
    if out == source or source in out.parents or out in source.parents:
        raise UsageError(
            "the folder of results and that of the sources lie in each other",
            where=str(out),
            remedy="choose another --out",
        )


def _clean(out: Path) -> None:
    """Take away what a killed run was about to write."""
    for folder, _, names in os.walk(out):
        for name in names:
            if name.startswith(".") and name.endswith(".part"):
                Path(folder, name).unlink(missing_ok=True)


def _processors() -> int:
    return len(os.sched_getaffinity(0))
