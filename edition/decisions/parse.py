"""The bytes of NAME.decisions.toml to decisions: read once, checked once. An error names the line and what is right."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Literal, NamedTuple

from edition.decisions.agree import agree
from edition.decisions.entries import (
    KINDS,
    ROLES,
    STAGES,
    Checked,
    Correction,
    Decisions,
    Doubtful,
    Draw,
    Entry,
    Ground,
    Join,
    KindName,
    KindOf,
    Membership,
    Missing,
    Order,
    Pass,
    Place,
    Remark,
    Rest,
    RoleName,
    RoleOf,
    Split,
    Textual,
)
from edition.errors import ConfigError
from edition.findings import CATALOGUE
from edition.tables import Checker, Table, load

_KEYS: dict[str, set[str]] = {
    "join": {"onto", "joined"},
    "split": set(),
    "role": {"role", "to"},
    "item": {"item"},
    "owner": {"item"},
    "kind": {"kind"},
    "order": {"before"},
    "correction": {"wrong", "right"},
    "unclear": set(),
    "missing": {"supplied", "chars", "after"},
    "note": {"note"},
    "checked": {"errors"},
}
_FINDING = {"code"}
_CONFIRMED = ("join", "split", "role", "item", "owner", "kind", "finding")  # what [[confirm]] can be about


def parse(data: bytes, where: str) -> Decisions:
    """The decisions that the bytes of a file hold; `where` is used in messages. Raises ConfigError."""
    table, text = load(data, where)
    checker = _Checker(text, where)
    entries = checker.entries(table)
    agree(entries, where)
    return Decisions(where, entries, checker.draw(table), checker.passes(table))


class _At(NamedTuple):
    """Which table of the file: its name, and which of that name (from 0)."""

    section: str
    number: int


class _Checker(Checker):
    """Takes a decisions file apart."""

    def entries(self, table: Table) -> tuple[Entry, ...]:
        self.only(table, {"who", "confirm", "draw", "pass", *_KEYS}, "", 0)
        usual = self.text(table, "who")
        tables = [
            (entry, _At(kind, number))
            for kind in (*_KEYS, "confirm")
            for number, entry in enumerate(self.tables(table, kind))
        ]
        found = [self.entry(entry, at, usual) for entry, at in tables]
        return tuple(sorted(found, key=lambda entry: entry.ground.row))

    def entry(self, entry: Table, at: _At, usual: str | None) -> Entry:
        kind, keys = at.section, {"line", "text", "who", "when", "why"}
        if kind == "confirm":
            kind, keys = self.what(entry, at), {*keys, "what"}
        self.only(entry, keys | _KEYS.get(kind, _FINDING), *at)
        ground = replace(self.ground(entry, at, usual), confirmed=at.section == "confirm")
        match kind:
            case "join":
                return self.join(entry, ground, at)
            case "split":
                return Split(ground)
            case "role":
                return RoleOf(ground, self.role(entry, at), self.number(entry, "to", *at, least=ground.at.line))
            case "kind":
                return KindOf(ground, self.kind(entry, at))
            case "checked":
                errors = self.number(entry, "errors", *at, least=0)
                if errors is None:
                    raise self.error(*at, "errors", "how many characters of the line are wrong", "errors = 0")
                return Checked(ground, errors)
            case "order":
                return Order(ground, self.place(entry, "before", at))
            case "finding":
                return Rest(ground, self.code(entry, at))
            case "item" | "owner":
                return Membership(ground, self.item(entry, kind, at), kind == "owner")
        return self.textual(entry, kind, ground, at)

    def draw(self, table: Table) -> Draw | None:
        part = self.table(table, "draw", {"seed", "lines"})
        if not part:
            return None
        seed, lines = (self.number(part, key, "draw", 0, least=least) for key, least in (("seed", 0), ("lines", 1)))
        if seed is None or lines is None:
            raise self.error("draw", 0, "lines" if lines is None else "seed", "given", "seed = 1 and lines = 20")
        return Draw(seed, lines)

    def passes(self, table: Table) -> tuple[Pass, ...]:
        usual = self.text(table, "who")
        rows = enumerate(self.tables(table, "pass"))
        return tuple(self.pass_(entry, _At("pass", number), usual) for number, entry in rows)

    def pass_(self, entry: Table, at: _At, usual: str | None) -> Pass:
        self.only(entry, {"stage", "who", "when"}, *at)
        stage = next((one for one in STAGES if one == entry.get("stage")), None)
        if stage is None:
            raise self.error(*at, "stage", f"one of {'、'.join(STAGES)}", 'stage = "一校"')
        who, when = self.text(entry, "who", *at) or usual, self.when(entry, at)
        if not who or not when:
            raise self.error(*at, "when" if who else "who", "given", 'who = "李编辑" and when = 2026-11-21')
        return Pass(stage, who, when, self.line(*at, ""))

    def textual(self, entry: Table, kind: str, ground: Ground, at: _At) -> Textual:
        start = ground.at.offset if "." in str(entry.get("line")) else None
        match kind:
            case "unclear":
                return Doubtful(ground, ground.text, start)
            case "missing":
                return self.missing(entry, ground, start, at)
            case "note":
                note = self.text(entry, "note", *at)
                if note is None:
                    raise self.error(*at, "note", "the text of the note", 'note = "原报如此"')
                return Remark(ground, ground.text, note, start)
        return self.correction(entry, ground, start, at)

    def what(self, entry: Table, at: _At) -> str:
        for kind in _CONFIRMED:
            if entry.get("what") == kind:
                return kind
        raise self.error(*at, "what", f"one of {', '.join(_CONFIRMED)}", 'what = "role", and role = "headline"')

    def ground(self, entry: Table, at: _At, usual: str | None) -> Ground:
        place = self.place(entry, "line", at)
        text = self.text(entry, "text", *at) or (entry.get("wrong") if at.section == "correction" else None)
        who = self.text(entry, "who", *at) or usual
        row = self.line(*at, "")
        for key, value, example in (("text", text, "the first characters of the line"), ("who", who, "your name")):
            if not value:
                raise ConfigError(
                    f"a [[{at.section}]] without `{key}`",
                    where=f"{self.where}:{row}",
                    remedy=f'add {key} = "{example}"' + (" there, or once at the file's start" if key == "who" else ""),
                )
        return Ground(place, str(text), str(who), self.text(entry, "why", *at), row, self.when(entry, at))

    def when(self, entry: Table, at: _At) -> str | None:
        match entry.get("when"):
            case None:
                return None
            case datetime() as moment:
                moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
                return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            case date() as day:
                return day.isoformat()
        raise self.error(*at, "when", "a date, without quotation marks", "when = 2026-11-21")

    def place(self, entry: Table, key: str, at: _At) -> Place:
        match entry.get(key):
            case bool():
                pass
            case int() as line if line > 0:
                return Place(line)
            case str() as text if re.fullmatch(r"[1-9]\d{0,8}(\.\d{1,8})?", text):
                line_, _, offset = text.partition(".")
                return Place(int(line_), int(offset or 0))
        raise self.error(
            *at, key, "a line of the source, or line and offset in quotation marks", f'{key} = 18, or "18.14"'
        )

    def join(self, entry: Table, ground: Ground, at: _At) -> Join:
        onto, joined = self.place(entry, "onto", at), self.flag(entry, "joined", at, usual=True)
        to_the_right = ground.at.offset > 0 and onto.line > ground.at.line  # perhaps the top of the next column
        if onto >= ground.at and not to_the_right:
            raise ConfigError(
                f"line {ground.at} cannot go on line {onto}, which does not stand before it",
                where=f"{self.where}:{ground.row}",
                remedy="a paragraph goes on further down, or in a column to the right (LINE.OFFSET); other orders can be made in a corrected TEI beside the text",
            )
        return Join(ground, onto, joined)

    def flag(self, entry: Table, key: str, at: _At, *, usual: bool) -> bool:
        value = entry.get(key, usual)
        if not isinstance(value, bool):
            raise self.error(*at, key, "true or false, without quotation marks", f"{key} = {str(not usual).lower()}")
        return value

    def role(self, entry: Table, at: _At) -> RoleName:
        for role in ROLES:
            if entry.get("role") == role:
                return role
        raise self.error(*at, "role", f"one of {', '.join(ROLES)}", 'role = "caption"')

    def kind(self, entry: Table, at: _At) -> KindName:
        for kind in KINDS:
            if entry.get("kind") == kind:
                return kind
        raise self.error(*at, "kind", f"one of {', '.join(KINDS)}", 'kind = "notice"')

    def code(self, entry: Table, at: _At) -> str:
        code = entry.get("code")
        if not isinstance(code, str) or code not in CATALOGUE:
            raise self.error(*at, "code", "the code of a finding", 'code = "C-001"')
        if CATALOGUE[code].severity == "error" or code.startswith("E"):
            raise self.error(*at, "code", "that of a doubt: errors and idle decisions do not rest", 'code = "C-001"')
        return code

    def item(self, entry: Table, kind: str, at: _At) -> Place | Literal["new", "none"]:
        value = entry.get("item")
        if kind == "item" and value == "new":
            return "new"
        if kind == "owner" and value == "none":
            return "none"
        if isinstance(value, int | str) and (not isinstance(value, str) or value[:1].isdigit()):
            return self.place(entry, "item", at)
        word = "new" if kind == "item" else "none"
        raise self.error(*at, "item", f'a line of the item\'s text, or "{word}"', f'item = 7, or "{word}"')

    def missing(self, entry: Table, ground: Ground, start: int | None, at: _At) -> Missing:
        supplied, chars = self.text(entry, "supplied", *at), self.number(entry, "chars", *at, least=1)
        if supplied and chars:
            raise self.error(*at, "chars", "left out where `supplied` says what is missing", 'supplied = "的"')
        after = self.flag(entry, "after", at, usual=False)
        return Missing(ground, ground.text, after, supplied, chars, start)

    def correction(self, entry: Table, ground: Ground, start: int | None, at: _At) -> Correction:
        wrong = self.text(entry, "wrong", *at)
        right = self.text(entry, "right", *at, matching=r".*", like="已")
        if not wrong or right is None or right == wrong:
            raise self.error(
                *at, "right" if wrong else "wrong", "the text, other than the wrong one",
                'wrong = "己" and right = "已"',
            )  # fmt: skip
        return Correction(ground, wrong, right, start)
