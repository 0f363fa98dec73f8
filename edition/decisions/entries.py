"""What an editor can decide about a page, as values: one class for each kind of entry of NAME.decisions.toml.

A place is a line of the source, or `LINE.OFFSET` for what begins inside it, as in the TEI.
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias, get_args

SUFFIX = ".decisions.toml"
RoleName = Literal[
    "kicker", "headline", "subtitle", "subhead", "paragraph", "caption", "byline", "credit",
    "header", "footer", "pageNum", "markup",
]  # fmt: skip
ROLES: tuple[RoleName, ...] = get_args(RoleName)
KindName = Literal["article", "picture", "advertisement", "notice", "serial"]
KINDS: tuple[KindName, ...] = get_args(KindName)
Stage = Literal["初审", "复审", "终审", "一校", "二校", "三校"]
STAGES: tuple[Stage, ...] = get_args(Stage)
HEADS: tuple[RoleName, ...] = ("kicker", "headline", "subtitle", "subhead")


class Place(NamedTuple):
    """Where a piece of the source begins."""

    line: int  # from 1
    offset: int = 0  # characters from the line's start

    def __str__(self) -> str:
        return f"{self.line}.{self.offset}" if self.offset else str(self.line)


@dataclass(frozen=True, slots=True)
class Ground:
    """What every decision states."""

    at: Place
    text: str  # the first characters that stood there
    who: str
    why: str | None
    row: int  # line of the decisions file
    when: str | None = None  # ISO 8601; the desk writes it
    confirmed: bool = False  # the program had it so, and the editor looked at it and found it right


@dataclass(frozen=True, slots=True)
class Join:
    """Whether what begins at a place goes on the paragraph whose piece `onto` is."""

    ground: Ground
    onto: Place
    joined: bool


@dataclass(frozen=True, slots=True)
class Split:
    """A new paragraph begins."""

    ground: Ground


@dataclass(frozen=True, slots=True)
class RoleOf:
    """What begins at a place has this role, up to the line `to` if that is said."""

    ground: Ground
    role: RoleName
    to: int | None


@dataclass(frozen=True, slots=True)
class Membership:
    """The item that a paragraph, picture or head belongs to: the one that holds a place, a new one, or none."""

    ground: Ground
    item: Place | Literal["new", "none"]
    owner: bool  # said of a head


@dataclass(frozen=True, slots=True)
class KindOf:
    """The item that holds a place is of this kind."""

    ground: Ground
    kind: KindName


@dataclass(frozen=True, slots=True)
class Order:
    """What holds a place is read before what holds another: an item of the page, or a paragraph or picture of one item."""

    ground: Ground
    before: Place


@dataclass(frozen=True, slots=True)
class Correction:
    """The right characters for wrong ones; `start` is None where the place names no offset."""

    ground: Ground
    wrong: str
    right: str
    start: int | None

    @property
    def span(self) -> str:
        """The characters of the source that it is about."""
        return self.wrong


@dataclass(frozen=True, slots=True)
class Doubtful:
    """Characters whose reading is doubtful; `start` as in Correction."""

    ground: Ground
    span: str
    start: int | None


@dataclass(frozen=True, slots=True)
class Missing:
    """Something is missing before some characters, or after them; `start` as in Correction."""

    ground: Ground
    span: str
    after: bool
    supplied: str | None  # what the editor puts there
    chars: int | None  # how many characters are missing, if that is known
    start: int | None


@dataclass(frozen=True, slots=True)
class Remark:
    """The editor's note, after some characters; `start` as in Correction."""

    ground: Ground
    span: str
    note: str
    start: int | None


@dataclass(frozen=True, slots=True)
class Rest:
    """A finding that was looked at: the page is so. It is not told again."""

    ground: Ground
    code: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A line that was compared with the page: how many characters of it are wrong, missing or too many."""

    ground: Ground
    errors: int


@dataclass(frozen=True, slots=True)
class Draw:
    """The lot by which lines are drawn to be compared with the page."""

    seed: int
    lines: int


@dataclass(frozen=True, slots=True)
class Pass:
    """Somebody went through the whole page (三审三校)."""

    stage: Stage
    who: str
    when: str  # ISO 8601
    row: int


Structural: TypeAlias = Join | Split | RoleOf | Membership | KindOf  # heard while the structure is inferred
Textual: TypeAlias = Correction | Doubtful | Missing | Remark  # put into the text afterwards
Entry: TypeAlias = Structural | Textual | Order | Rest | Checked


@dataclass(frozen=True, slots=True)
class Decisions:
    """All that was decided about one page."""

    name: str  # of the file, as messages give it
    entries: tuple[Entry, ...] = ()
    draw: Draw | None = None
    passes: tuple[Pass, ...] = ()

    @property
    def people(self) -> tuple[str, ...]:
        """Who decided, in the order of the file, then who went through the page."""
        return tuple(dict.fromkeys([*(e.ground.who for e in self.entries), *(one.who for one in self.passes)]))


NONE = Decisions("")
