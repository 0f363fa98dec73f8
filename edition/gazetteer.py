"""names.toml: what an editor says about names in the whole edition, read once, checked once, frozen.

In: the bytes of the file, which lies beside the sources. Out: a `Gazetteer`: confirmed persons, bodies and places, each
with other forms of the same name, and strings that are no names. `with_entry` gives the bytes with one entry more and
whatever speaks against it taken out, everything else, remarks included, as it was: it is how the desk writes.
"""

import re
from dataclasses import dataclass
from typing import Literal

from edition.errors import ConfigError
from edition.model.document import EntityKind
from edition.tables import Checker, Table, load

NAME = "names.toml"
SECTIONS: dict[str, EntityKind] = {"person": "person", "organisation": "org", "place": "place"}
Section = Literal["person", "organisation", "place", "refused"]
_KEYS = {"name", "also", "page", "who", "why"}


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A name that an editor knows."""

    kind: EntityKind
    name: str  # as lists and indexes give it
    also: tuple[str, ...] = ()  # other forms in which it stands in the text
    page: str | None = None  # the source file that this is said of; None for all
    who: str = ""
    why: str | None = None
    row: int = 0  # line of the file

    @property
    def forms(self) -> tuple[str, ...]:
        """All forms of the name."""
        return (self.name, *self.also)


@dataclass(frozen=True, slots=True)
class Refused:
    """Characters that are no name, or none of that kind."""

    name: str
    kind: EntityKind | None = None  # None: no name of whatever kind
    page: str | None = None
    who: str = ""
    why: str | None = None
    row: int = 0


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All that an editor said about names."""

    confirmed: tuple[Confirmed, ...] = ()
    refused: tuple[Refused, ...] = ()

    def of_page(self, page: str) -> "Gazetteer":
        """What is said of one source file, given by its path in the folder."""
        return Gazetteer(
            tuple(one for one in self.confirmed if one.page in (None, page)),
            tuple(one for one in self.refused if one.page in (None, page)),
        )

    @property
    def people(self) -> tuple[str, ...]:
        """Who confirmed, in the order of the file."""
        return tuple(dict.fromkeys(one.who for one in self.confirmed))


NONE = Gazetteer()


def parse(data: bytes, where: str = NAME) -> Gazetteer:
    """The gazetteer that the bytes of a names.toml hold; `where` is used in messages. Raises ConfigError."""
    table, text = load(data, where)
    found = _Checker(text, where).gazetteer(table)
    _agree(found, where)
    return found


class _Checker(Checker):
    """Takes a names.toml apart."""

    def gazetteer(self, table: Table) -> Gazetteer:
        self.only(table, {"who", "refused", *SECTIONS}, "", 0)
        usual = self.text(table, "who")
        known = [
            self.confirmed(entry, section, number, usual)
            for section in SECTIONS
            for number, entry in enumerate(self.tables(table, section))
        ]
        return Gazetteer(
            tuple(sorted(known, key=lambda one: one.row)),
            tuple(self.refused(entry, number, usual) for number, entry in enumerate(self.tables(table, "refused"))),
        )

    def confirmed(self, entry: Table, section: str, number: int, usual: str | None) -> Confirmed:
        self.only(entry, _KEYS, section, number)
        name, who = self.named(entry, section, number, usual)
        page, why = self.text(entry, "page", section, number), self.text(entry, "why", section, number)
        row = self.line(section, number, "")
        return Confirmed(SECTIONS[section], name, self.also(entry, section, number), page, who, why, row)

    def refused(self, entry: Table, number: int, usual: str | None) -> Refused:
        self.only(entry, (_KEYS - {"also"}) | {"kind"}, "refused", number)
        name, who = self.named(entry, "refused", number, usual)
        kind = self.text(entry, "kind", "refused", number, matching="|".join(SECTIONS), like="person")
        page, why = self.text(entry, "page", "refused", number), self.text(entry, "why", "refused", number)
        return Refused(name, SECTIONS[kind] if kind else None, page, who, why, self.line("refused", number, ""))

    def named(self, entry: Table, section: str, number: int, usual: str | None) -> tuple[str, str]:
        name = self.text(entry, "name", section, number, matching=r"\S(.*\S)?", like="张三")
        who = self.text(entry, "who", section, number) or usual
        for key, value, example in (("name", name, "张三"), ("who", who, "your name")):
            if not value:
                raise ConfigError(
                    f"a [[{section}]] without `{key}`",
                    where=f"{self.where}:{self.line(section, number, '')}",
                    remedy=f'add {key} = "{example}"' + (" there, or once at the file's start" if key == "who" else ""),
                )
        return _solid(str(name)), str(who)

    def also(self, entry: Table, section: str, number: int) -> tuple[str, ...]:
        value = entry.get("also", [])
        if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
            raise self.error(section, number, "also", "a list of texts", 'also = ["老张"]')
        return tuple(_solid(one) for one in value)


def _solid(name: str) -> str:
    """A name as it is looked for: without blanks (张 三)."""
    return "".join(name.split()) if not name.isascii() else name


def _agree(found: Gazetteer, where: str) -> None:
    """Raise where a name is confirmed and refused, or confirmed as two kinds, on the same page."""
    said: dict[tuple[str, str | None], Confirmed] = {}
    for one in found.confirmed:
        for form in one.forms:
            other = said.setdefault((form, one.page), one)
            if other.kind != one.kind:
                raise _contradiction(form, one.row, other.row, where)
    for no in found.refused:
        yes = said.get((no.name, no.page))
        if yes and no.kind in (None, yes.kind):
            raise _contradiction(no.name, no.row, yes.row, where)


def _contradiction(name: str, row: int, other: int, where: str) -> ConfigError:
    return ConfigError(
        f"{name!r} is said to be something else at line {other}", where=f"{where}:{row}", remedy="keep one of the two"
    )


# ---- writing


def with_entry(data: bytes, section: Section, name: str, who: str, *, kind: str | None = None, page: str | None = None) -> bytes:  # fmt: skip
    """The file with one entry more, at its end; entries of the same name and page that contradict it are taken out.

    `section` is the table to write, `kind` (person, organisation, place) says as what a name is refused. An entry that
    stands there already is not written twice. Raises ConfigError if the file cannot be read, before or after.
    """
    found = parse(data)
    solid = _solid(name)
    against = _rows_against(found, section, solid, kind, page)
    if against is None:
        return data
    lines = data.decode("utf-8").splitlines()
    for row in sorted(against, reverse=True):
        del lines[row - 1 : _end_of_table(lines, row)]
    values = {"name": solid, "kind": kind if section == "refused" else None, "page": page, "who": who}
    entry = [f"{key} = {_quoted(value)}" for key, value in values.items() if value]
    text = "\n".join([*lines, *([""] if lines and lines[-1].strip() else []), f"[[{section}]]", *entry]) + "\n"
    parse(text.encode())
    return text.encode()


def _rows_against(
    found: Gazetteer, section: Section, name: str, kind: str | None, page: str | None
) -> list[int] | None:
    """The lines of the entries that contradict; None if the entry stands there already."""
    wanted = SECTIONS.get(kind or "") if section == "refused" else SECTIONS[section]
    yes = [one for one in found.confirmed if name in one.forms and one.page == page]
    no = [one for one in found.refused if one.name == name and one.page == page]
    if section == "refused":
        if any(one.kind == wanted for one in no):
            return None
        return [one.row for one in yes if wanted in (None, one.kind)]
    if any(one.kind == wanted for one in yes):
        return None
    return [one.row for one in yes] + [one.row for one in no if one.kind in (None, wanted)]


def _end_of_table(lines: list[str], row: int) -> int:
    """The index of the line after the table that begins at a line; a remark before the next table is the next one's."""
    end = row
    while end < len(lines) and not re.match(r"\s*\[", lines[end]):
        end += 1
    while end < len(lines) and end > row and re.match(r"\s*#", lines[end - 1]):
        end -= 1
    return end


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
