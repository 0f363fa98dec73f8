"""NAME.decisions.toml: what an editor decided about a page, read once, checked once, frozen.

A place is a line of the source, or `LINE.OFFSET` for what begins inside it, as in the TEI. Every decision states the
characters that stood there, so that one that no longer fits the source is found out and left aside (`fitting`). Two
decisions that cannot both hold are an error with both lines.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple, TypeAlias, get_args

from edition.errors import ConfigError
from edition.findings import Finding
from edition.model.source import Line, Transcript
from edition.tables import Checker, Table, load

SUFFIX = ".decisions.toml"
RoleName = Literal[
    "kicker", "headline", "subtitle", "subhead", "paragraph", "caption", "byline", "credit",
    "header", "footer", "pageNum", "markup",
]  # fmt: skip
ROLES: tuple[RoleName, ...] = get_args(RoleName)
HEADS: tuple[RoleName, ...] = ("kicker", "headline", "subtitle", "subhead")
_BLANKS = re.compile(r"[\s\u200b\u2060\ufeff]*")
_EDGE = re.compile(r"[\s\u200b\u2060\ufeff#*_+-]*")
_KEYS: dict[str, set[str]] = {
    "join": {"onto", "joined"},
    "split": set(),
    "role": {"role", "to"},
    "item": {"item"},
    "owner": {"item"},
    "correction": {"wrong", "right"},
}


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
class Correction:
    """The right characters for wrong ones; `start` is None where the place names no offset."""

    ground: Ground
    wrong: str
    right: str
    start: int | None


Entry: TypeAlias = Join | Split | RoleOf | Membership | Correction


@dataclass(frozen=True, slots=True)
class Decisions:
    """All that was decided about one page."""

    name: str  # of the file, as messages give it
    entries: tuple[Entry, ...] = ()

    @property
    def people(self) -> tuple[str, ...]:
        """Who decided, in the order of the file."""
        return tuple(dict.fromkeys(entry.ground.who for entry in self.entries))


NONE = Decisions("")


def parse(data: bytes, where: str) -> Decisions:
    """The decisions that the bytes of a file hold; `where` is used in messages. Raises ConfigError."""
    table, text = load(data, where)
    checker = _Checker(text, where)
    entries = checker.entries(table)
    _agree(entries, where)
    return Decisions(where, entries)


class _Checker(Checker):
    """Takes a decisions file apart."""

    def entries(self, table: Table) -> tuple[Entry, ...]:
        self.only(table, {"who", *_KEYS}, "", 0)
        usual = self.text(table, "who")
        found = [
            self.entry(entry, kind, number, usual)
            for kind in _KEYS
            for number, entry in enumerate(self.tables(table, kind))
        ]
        return tuple(sorted(found, key=lambda entry: entry.ground.row))

    def entry(self, entry: Table, kind: str, number: int, usual: str | None) -> Entry:
        self.only(entry, {"line", "text", "who", "why", *_KEYS[kind]}, kind, number)
        ground = self.ground(entry, kind, number, usual)
        match kind:
            case "join":
                return self.join(entry, ground, number)
            case "split":
                return Split(ground)
            case "role":
                role = self.role(entry, number)
                return RoleOf(ground, role, self.number(entry, "to", kind, number, least=ground.at.line))
            case "correction":
                return self.correction(entry, ground, number)
        return Membership(ground, self.item(entry, kind, number), kind == "owner")

    def ground(self, entry: Table, kind: str, number: int, usual: str | None) -> Ground:
        at = self.place(entry, "line", kind, number)
        text = self.text(entry, "text", kind, number) or (entry.get("wrong") if kind == "correction" else None)
        who = self.text(entry, "who", kind, number) or usual
        for key, value, example in (("text", text, "the first characters of the line"), ("who", who, "your name")):
            if not value:
                raise ConfigError(
                    f"a [[{kind}]] without `{key}`",
                    where=f"{self.where}:{self.line(kind, number, '')}",
                    remedy=f'add {key} = "{example}"' + (" there, or once at the file's start" if key == "who" else ""),
                )
        why = self.text(entry, "why", kind, number)
        return Ground(at, str(text), str(who), why, self.line(kind, number, ""))

    def place(self, entry: Table, key: str, kind: str, number: int) -> Place:
        match entry.get(key):
            case bool():
                pass
            case int() as line if line > 0:
                return Place(line)
            case str() as text if re.fullmatch(r"[1-9]\d{0,8}(\.\d{1,8})?", text):
                line_, _, offset = text.partition(".")
                return Place(int(line_), int(offset or 0))
        raise self.error(
            kind, number, key, "a line of the source, or line and offset in quotation marks", f'{key} = 18, or "18.14"'
        )

    def join(self, entry: Table, ground: Ground, number: int) -> Join:
        onto, joined = self.place(entry, "onto", "join", number), entry.get("joined", True)
        if not isinstance(joined, bool):
            raise self.error("join", number, "joined", "true or false, without quotation marks", "joined = false")
        to_the_right = ground.at.offset > 0 and onto.line > ground.at.line  # perhaps the top of the next column
        if onto >= ground.at and not to_the_right:
            raise ConfigError(
                f"line {ground.at} cannot go on line {onto}, which does not stand before it",
                where=f"{self.where}:{ground.row}",
                remedy="a paragraph goes on further down, or in a column to the right (LINE.OFFSET); other orders can be made in a corrected TEI beside the text",
            )
        return Join(ground, onto, joined)

    def role(self, entry: Table, number: int) -> RoleName:
        for role in ROLES:
            if entry.get("role") == role:
                return role
        raise self.error("role", number, "role", f"one of {', '.join(ROLES)}", 'role = "caption"')

    def item(self, entry: Table, kind: str, number: int) -> Place | Literal["new", "none"]:
        value = entry.get("item")
        if kind == "item" and value == "new":
            return "new"
        if kind == "owner" and value == "none":
            return "none"
        if isinstance(value, int | str) and (not isinstance(value, str) or value[:1].isdigit()):
            return self.place(entry, "item", kind, number)
        word = "new" if kind == "item" else "none"
        raise self.error(kind, number, "item", f'a line of the item\'s text, or "{word}"', f'item = 7, or "{word}"')

    def correction(self, entry: Table, ground: Ground, number: int) -> Correction:
        wrong = self.text(entry, "wrong", "correction", number)
        right = self.text(entry, "right", "correction", number, matching=r".*", like="已")
        if not wrong or right is None or right == wrong:
            raise self.error(
                "correction", number, "right" if wrong else "wrong", "the text, other than the wrong one",
                'wrong = "己" and right = "已"',
            )  # fmt: skip
        exact = "." in str(entry.get("line"))
        return Correction(ground, wrong, right, ground.at.offset if exact else None)


# ---- decisions that cannot both hold


def _agree(entries: Sequence[Entry], where: str) -> None:
    """Raise ConfigError for the first two entries of which one denies what the other says."""
    said: dict[tuple[str, ...], tuple[str, Entry]] = {}
    for entry in entries:
        for *about, answer in _claims(entry):
            other, earlier = said.setdefault(tuple(about), (answer, entry))
            if other != answer:
                raise ConfigError(
                    f"contradicts line {earlier.ground.row} of this file: {about[0].format(*about[1:])} {answer!r} here, "
                    f"{other!r} there",
                    where=f"{where}:{entry.ground.row}",
                    remedy="keep the one that is right",
                )


def _claims(entry: Entry) -> Iterator[tuple[str, ...]]:
    """(sentence, its words, answer) for each thing that an entry says."""
    at = str(entry.ground.at)
    match entry:
        case Join(onto=onto, joined=joined):
            yield "whether line {} goes on line {} is", at, str(onto), "yes" if joined else "no"
            if joined:
                yield "what line {} goes on is line", at, str(onto)
                yield "what goes on line {} is line", str(onto), at
                yield from ((("the role of line {} is"), place, "paragraph") for place in (at, str(onto)))
        case Split():
            yield "what line {} goes on is line", at, "none"
        case RoleOf(role=role):
            yield "the role of line {} is", at, role
            yield "whether line {} is a head is", at, "yes" if role in HEADS else "no"
        case Membership(item=item, owner=owner):
            yield "the item of line {} is", at, str(item)
            if owner:
                yield "whether line {} is a head is", at, "yes"
            if item == "new":
                yield "what line {} goes on is line", at, "none"
        case Correction(wrong=wrong, right=right):
            yield "the correction of {} in line {} is", wrong, at, right


# ---- decisions and the source


def fitting(decisions: Decisions, transcript: Transcript) -> tuple[Decisions, tuple[Finding, ...]]:
    """The decisions that fit the source, their places made exact, and a finding for each that does not."""
    kept, findings = [], []
    for entry in decisions.entries:
        found = _fitted(entry, transcript)
        if isinstance(found, str):
            findings.append(Finding("E-001", f"{decisions.name}:{entry.ground.row}", found))
        else:
            kept.append(found)
    return replace(decisions, entries=tuple(kept)), tuple(findings)


def _fitted(entry: Entry, transcript: Transcript) -> Entry | str:
    """The entry with its exact place, or why it does not fit."""
    for place in _places(entry):
        if place.line > len(transcript.lines) or not transcript.lines[place.line - 1].text[place.offset :].strip():
            return f"nothing stands at line {place} of {transcript.name}; not applied"
    ground = entry.ground
    line = transcript.lines[ground.at.line - 1]
    if isinstance(entry, Correction):
        return _located(entry, line, transcript.name)
    exact = _exact(ground.at, line)
    stands = line.text[exact.offset :]
    if not (stands.startswith(ground.text) or stands[_edge(stands) :].startswith(ground.text.strip())):
        shown = stands[_edge(stands) :][: max(8, len(ground.text))]
        elsewhere = _elsewhere(ground.text, transcript)
        return f"line {ground.at} of {transcript.name} now reads {shown!r}, not {ground.text!r}{elsewhere}; not applied"
    entry = replace(entry, ground=replace(ground, at=exact))
    match entry:
        case Join(onto=onto):
            return replace(entry, onto=_exact(onto, transcript.lines[onto.line - 1]))
        case Membership(item=Place() as item):
            return replace(entry, item=_exact(item, transcript.lines[item.line - 1]))
    return entry


def _places(entry: Entry) -> Iterator[Place]:
    yield entry.ground.at
    match entry:
        case Join(onto=onto):
            yield onto
        case RoleOf(to=int() as to):
            yield Place(to)
        case Membership(item=Place() as item):
            yield item


def _elsewhere(text: str, transcript: Transcript) -> str:
    """Where the text stands now, in words, if that is one place."""
    held = [line for line in transcript.lines if text in line.text]
    if len(held) != 1 or held[0].text.count(text) != 1:
        return ""
    place = _exact(Place(held[0].number, held[0].text.index(text)), held[0])
    return f" (which stands at {place} now)"


def _edge(text: str) -> int:
    """How many characters at the start are blanks and marks of the OCR tool."""
    found = _EDGE.match(text)
    return found.end() if found else 0


def _exact(place: Place, line: Line) -> Place:
    """The place where a piece begins: the line's start if only marks stand before it, else after the blanks."""
    if place.offset <= _edge(line.text):
        return Place(place.line)
    blanks = _BLANKS.match(line.text, place.offset)
    return Place(place.line, blanks.end() if blanks else place.offset)


def _located(entry: Correction, line: Line, name: str) -> Correction | str:
    """The correction with its offset, or why it does not fit."""
    at, times = entry.ground.at, line.text.count(entry.wrong)
    if entry.start is None and times > 1:
        return f"{entry.wrong!r} stands {times} times in line {at} of {name}: give the offset; not applied"
    start = line.text.find(entry.wrong) if entry.start is None else entry.start
    if start < 0 or not line.text.startswith(entry.wrong, start):
        return f"{entry.wrong!r} does not stand at line {at} of {name}; not applied"
    return replace(entry, ground=replace(entry.ground, at=Place(at.line, start)), start=start)
