"""releases.toml: the states of an edition that were given out, each with its hashes. A line once written stays.

    [[release]] version, date, replaces, program, configuration (sha256 of edition.toml), engines
    [[release.page]] file, source (sha256), tei (sha256 before the release was written into it), frozen (sha256 after)

Beside it, `releases/VERSION/` holds what was given out: each page's TEI and edition.toml.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from edition.errors import ConfigError, UsageError
from edition.tables import Checker, Table, load

NAME = "releases.toml"
FOLDER = "releases"
_VERSION = r"[0-9]+(\.[0-9]+){0,3}[a-z]?[0-9]*"
_SHA256 = "[0-9a-f]{64}"
_HEAD = """\
# What was given out of this edition, written by `edition release`. Nothing here is ever changed; releases/ holds the
# TEI of each release. 本文件记录本版的历次发布，由 `edition release` 写入，不作改动；各次发布的 TEI 在 releases/ 中。
"""


@dataclass(frozen=True, slots=True)
class Frozen:
    """One page of a release."""

    file: str  # path of the source under the edition's folder
    source: str  # sha256, as the next two
    tei: str  # of the TEI as it is made
    frozen: str  # of the TEI as it was given out, with the release in its header

    @property
    def path(self) -> str:
        """Where its TEI lies in the release's folder."""
        return re.sub(r"\.[^./]+$", "", self.file) + ".xml"


@dataclass(frozen=True, slots=True)
class Given:
    """One release."""

    version: str
    date: str  # ISO 8601
    replaces: str | None
    program: str
    configuration: str  # sha256 of edition.toml, of nothing where there is none
    pages: tuple[Frozen, ...]


def parse(data: bytes, where: str) -> tuple[Given, ...]:
    """The releases in the order in which they were given out. Raises ConfigError."""
    table, text = load(data, where)
    checker = Checker(text, where)
    checker.only(table, {"release"}, "", 0)
    return tuple(_given(checker, entry, number) for number, entry in enumerate(checker.tables(table, "release")))


def _given(checker: Checker, entry: Table, number: int) -> Given:
    known = {"version", "date", "replaces", "program", "configuration", "engines", "page"}
    checker.only(entry, known, "release", number)
    day = entry.get("date")
    if not isinstance(day, date):
        raise checker.error("release", number, "date", "a date", "date = 2026-11-26")
    pages = checker.tables(entry, "page")
    return Given(
        version=_needed(checker, entry, "version", number, _VERSION, "1.0"),
        date=day.isoformat()[:10],
        replaces=checker.text(entry, "replaces", "release", number, matching=_VERSION, like="1.0"),
        program=_needed(checker, entry, "program", number, ".+", "edition 0.1.0"),
        configuration=_needed(checker, entry, "configuration", number, _SHA256, "0…"),
        pages=tuple(_frozen(checker, page, number) for page in pages),
    )


def _frozen(checker: Checker, page: Table, number: int) -> Frozen:
    checker.only(page, {"file", "source", "tei", "frozen"}, "release.page", number)
    sums = (_needed(checker, page, name, number, _SHA256, "0…") for name in ("source", "tei", "frozen"))
    return Frozen(_needed(checker, page, "file", number, ".+", "a.txt"), *sums)


def _needed(checker: Checker, table: Table, name: str, number: int, matching: str, like: str) -> str:
    value = checker.text(table, name, "release", number, matching=matching, like=like)
    if value is None:
        raise ConfigError(
            f"a [[release]] without `{name}`",
            where=f"{checker.where}:{checker.line('release', number, '')}",
            remedy="take the file from your version control: it is written by `edition release` alone",
        )
    return value


def appended(old: bytes, given: Given, engines: Mapping[str, str]) -> bytes:
    """The file with one more release at its end."""
    rows = [
        "[[release]]",
        f"version = {_quoted(given.version)}",
        f"date = {given.date}",
        *([f"replaces = {_quoted(given.replaces)}"] if given.replaces else []),
        f"program = {_quoted(given.program)}",
        f"configuration = {_quoted(given.configuration)}",
        "engines = { " + ", ".join(f"{name} = {_quoted(engines[name])}" for name in sorted(engines)) + " }",
    ]
    for page in given.pages:
        rows += ["", "[[release.page]]"]
        rows += [f"{name} = {_quoted(getattr(page, name))}" for name in ("file", "source", "tei", "frozen")]
    return (old or _HEAD.encode()).rstrip(b"\n") + b"\n\n" + "\n".join(rows).encode() + b"\n"


def _quoted(text: str) -> str:
    """A TOML basic string, which JSON's is one of."""
    return json.dumps(text, ensure_ascii=False)


def next_version(version: str, given: Sequence[Given], where: str) -> str | None:
    """The version that a new one replaces, None for the first. Raises UsageError if it cannot be given out."""
    if not re.fullmatch(_VERSION, version):
        raise UsageError(f"{version!r} is no version", remedy="write numbers with dots, such as 1.0 or 1.1")
    if version in (one.version for one in given):
        raise UsageError(
            f"release {version} was given out already",
            where=where,
            remedy="choose the next number; releases never change",
        )
    return given[-1].version if given else None
