"""What is sent to a process that makes pages, and what comes back. Values only; all of them can be pickled."""

from dataclasses import dataclass
from pathlib import Path

from edition.build import Witness
from edition.config import Config, PageConfig
from edition.files import Clock
from edition.findings import Finding

BINS = 10  # of the confidence distribution, each a tenth wide


@dataclass(frozen=True, slots=True)
class Limits:
    """What one page, or one volume's books, may cost."""

    seconds: int  # wall time of one page
    megabytes: int  # address space of the process that makes it


@dataclass(frozen=True, slots=True)
class PageTask:
    """One page to make."""

    witness: Witness
    page: PageConfig
    config: Config  # without its pages
    clock: Clock


@dataclass(frozen=True, slots=True)
class BookTask:
    """A volume to build from pages that are made."""

    folder: Path  # of its sources
    out: Path
    only: tuple[str, ...]
    pages: Path  # the folder of the TEI as it was made
    findings: dict[str, tuple[Finding, ...]]  # of each page that was made, by its text
    failed: dict[str, Finding]  # why a page was not made, by its text
    force: bool  # whether a page is new


@dataclass(frozen=True, slots=True)
class Made:
    """One page's TEI, and figures of it."""

    tei: bytes
    findings: tuple[Finding, ...]
    items: int
    doubts: tuple[int, ...]  # how many decisions of the program have a probability in each tenth
    errors: float  # how many of them are wrong, if the probabilities mean what they say


@dataclass(frozen=True, slots=True)
class Bound:
    """A volume that was built."""

    files: tuple[str, ...]  # paths under its folder of results
    up_to_date: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """What the program itself said of a page or volume that it could not make."""

    finding: Finding


@dataclass(frozen=True, slots=True)
class Lost:
    """A page or volume that cost its process the life: it goes into quarantine with the reason."""

    reason: str  # in words


Task = PageTask | BookTask
Reply = Made | Bound | Refused | Lost
