"""What is known about a page. A fact that neither the source nor the edition's file states is None, never a guess."""

from dataclasses import dataclass
from typing import Literal

from edition.model.accuracy import Accuracy
from edition.model.regime import UNKNOWN, Regime
from edition.model.source import LineEnd

RightsSubject = Literal["text", "pictures", "markup", "fonts"]


@dataclass(frozen=True, slots=True)
class Source:
    """The file that the page was made from."""

    name: str
    sha256: str
    size: int  # bytes
    line_feeds: int
    encoding: str  # IANA name
    bom: bytes
    line_end: LineEnd


@dataclass(frozen=True, slots=True)
class Issue:
    """The newspaper page as a bibliography sees it."""

    newspaper: str | None = None
    issn: str | None = None
    cn: str | None = None  # 国内统一连续出版物号
    date: str | None = None  # ISO 8601
    printed_date: str | None = None
    issue: str | None = None  # 期号
    page: str | None = None  # 版次
    section: str | None = None  # 版名
    scan: str | None = None  # file or IIIF address


@dataclass(frozen=True, slots=True)
class Right:
    """Rights in one kind of content."""

    subject: RightsSubject
    uri: str | None = None  # a licence or rights statement
    holder: str | None = None


@dataclass(frozen=True, slots=True)
class ItemRight:
    """Rights in one kind of content of one item, which are not those of the edition."""

    item: str  # its id
    right: Right


@dataclass(frozen=True, slots=True)
class Application:
    """A program or word list that had a part in the result."""

    ident: str
    version: str
    label: str


@dataclass(frozen=True, slots=True)
class Responsibility:
    """Someone or something that decided; `resp` attributes point here."""

    id: str
    task: str
    name: str
    software: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the page's history."""

    when: str  # ISO 8601
    who: str  # id of a responsibility
    text: str


@dataclass(frozen=True, slots=True)
class Keywords:
    """What an item is about, in words of its own text."""

    item: str  # its id
    terms: tuple[str, ...]  # the weightiest first
    resp: str  # id of a responsibility


@dataclass(frozen=True, slots=True)
class Erratum:
    """A line that reads otherwise than in the release before."""

    line: int  # of the source
    before: str  # as it was shown then
    after: str  # as it is shown now
    item: str | None = None  # id of the item it stands in


@dataclass(frozen=True, slots=True)
class Release:
    """A state of the edition that was given out under a number."""

    version: str
    date: str  # ISO 8601
    replaces: str | None = None  # the version before
    errata: tuple[Erratum, ...] = ()  # of this page


@dataclass(frozen=True, slots=True)
class Withheld:
    """An item that may not be published."""

    item: str  # its id
    lines: str  # of the source: `7-12 15`, `7.40-12` from character 40 on
    when: str  # ISO 8601
    who: str  # id of a responsibility
    reason: str
    is_here: bool = False  # True in the archive's copy, which keeps the text


@dataclass(frozen=True, slots=True)
class Header:
    """All that the TEI header states."""

    edition_id: str
    edition_title: str
    order: int  # of this page in the edition, from 1
    language: str  # BCP 47
    modified: str  # ISO 8601, UTC, to the second
    source: Source
    width_policy: str  # a name from `model.regular`
    publisher: str | None = None
    rights: tuple[Right, ...] = ()
    issue: Issue = Issue()
    responsibilities: tuple[Responsibility, ...] = ()
    applications: tuple[Application, ...] = ()
    status: Literal["draft", "checked"] = "draft"
    changes: tuple[Change, ...] = ()
    regime: Regime = UNKNOWN  # how the page writes its marks and blanks
    keywords: tuple[Keywords, ...] = ()
    item_rights: tuple[ItemRight, ...] = ()
    release: Release | None = None  # None where this state is none that was given out
    withheld: tuple[Withheld, ...] = ()
    accuracy: Accuracy | None = None  # of the source's characters; None where nobody compared them with the page

    @property
    def is_public_copy(self) -> bool:
        """Whether text that the source holds is kept back in this copy."""
        return any(not one.is_here for one in self.withheld)
