"""A TOML file that a person wrote: taken apart with checks, and errors that name the file, the line and what is right."""

import re
import tomllib
from collections.abc import Mapping

from edition.errors import ConfigError

Table = Mapping[str, object]


def load(data: bytes, where: str) -> tuple[Table, str]:
    """The tables of a TOML file and its text; `where` is used in messages. Raises ConfigError."""
    try:
        text = data.decode("utf-8")
        return tomllib.loads(text), text
    except UnicodeDecodeError as error:
        raise ConfigError(
            "not UTF-8", where=f"{where}:{data[: error.start].count(10) + 1}", remedy="save it as UTF-8"
        ) from None
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        line = found[1] if found else str(text.count("\n") + 1)
        raise ConfigError(
            f"not TOML: {error}", where=f"{where}:{line}", remedy="see https://toml.io for the form"
        ) from None


class Checker:
    """Checks values and knows on which line a key stands. `section` is a table's name, `number` which of that name."""

    def __init__(self, text: str, where: str) -> None:
        self.lines = text.splitlines()
        self.where = where

    def table(self, table: Table, name: str, known: set[str], above: str = "") -> Table:
        """The table of that name, empty if there is none."""
        part = table.get(name, {})
        section = f"{above}.{name}" if above else name
        if not isinstance(part, dict):
            raise self.error(above, 0, name, "a table", f"[{section}]")
        self.only(part, known, section, 0)
        return part

    def tables(self, table: Table, name: str) -> list[Table]:
        """The [[tables]] of that name."""
        entries = table.get(name, [])
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise self.error("", 0, name, "a list of tables", f"[[{name}]]")
        return entries

    def text(
        self,
        table: Table,
        name: str,
        section: str = "",
        number: int = 0,
        *,
        matching: str = r"[\s\S]*\S[\s\S]*",
        like: str = "…",
    ) -> str | None:
        """The text of that name, or None."""
        value = table.get(name)
        if value is None:
            return None
        if not isinstance(value, str) or not re.fullmatch(matching, value) or _illegal(value):
            blank = ", without blanks" if matching == r"\S+" else ""
            raise self.error(section, number, name, f"text like {like!r}{blank}", f'{name} = "{like}"')
        return value

    def number(self, table: Table, name: str, section: str, number: int, *, least: int) -> int | None:
        """The whole number of that name, or None."""
        value = table.get(name)
        if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < least):
            raise self.error(section, number, name, f"a number from {least}", f"{name} = {max(least, 1)}")
        return value

    def millimetres(self, table: Table, name: str, section: str) -> float | None:
        """The length of that name, 0 to 200 mm, or None."""
        value = table.get(name)
        if value is None:
            return None
        if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 200:
            raise self.error(section, 0, name, "a number of millimetres from 0 to 200", f"{name} = 12.5")
        return float(value)

    def texts(self, table: Table, name: str, section: str) -> tuple[str, ...]:
        """The list of texts of that name, empty if there is none."""
        value = table.get(name, [])
        if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
            raise self.error(section, 0, name, "a list of texts", f'{name} = ["…", "…"]')
        return tuple(value)

    def choice(self, table: Table, name: str, section: str, values: tuple[str, ...]) -> str | None:
        """One of the texts in `values`, or None."""
        value = self.text(table, name, section)
        if value is not None and value not in values:
            raise self.error(section, 0, name, f"one of {', '.join(values)}", f'{name} = "{values[0]}"')
        return value

    def yes_or_no(self, table: Table, name: str, section: str, *, usual: bool) -> bool:
        """true or false; `usual` where the key is not there."""
        value = table.get(name, usual)
        if not isinstance(value, bool):
            raise self.error(section, 0, name, "true or false", f"{name} = {str(not usual).lower()}")
        return value

    def only(self, table: Table, known: set[str], section: str, number: int) -> None:
        """Refuse keys that are not known."""
        for key in table:
            if key not in known:
                place = f" in [{section}]" if section else ""
                raise ConfigError(
                    f"unknown key `{key}`{place}",
                    where=f"{self.where}:{self.line(section, number, key)}",
                    remedy=f"the keys known there are: {', '.join(sorted(known))}",
                )

    def error(self, section: str, number: int, key: str, wanted: str, example: str) -> ConfigError:
        """What is wrong with a value."""
        return ConfigError(
            f"`{key}` must be {wanted}",
            where=f"{self.where}:{self.line(section, number, key)}",
            remedy=f"for example: {example}",
        )

    def line(self, section: str, number: int, key: str) -> int:
        """The line (from 1) of a key in the `number`th table of that name; the table's line if it is not found."""
        here, seen, at_table = "", {"": 0}, 1
        for at, line in enumerate(self.lines, 1):
            if found := re.match(r"\s*\[\[?\s*([^\]]+?)\s*\]", line):
                here = found[1]
                seen[here] = seen.get(here, -1) + 1
                at_table = at if (here, seen[here]) == (section, number) else at_table
                if key and here == (f"{section}.{key}" if section else key):
                    return at
            elif (here, seen[here]) == (section, number) and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[=.]", line):
                return at
        return at_table


def _illegal(value: str) -> bool:
    return bool(re.search("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]", value))
