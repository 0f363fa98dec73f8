"""The text of a NAME.decisions.toml: entries put in at its end, and taken out by their row. All else stays as it is.

TOML allows tables of one kind to stand apart, so that a new entry needs nothing but the end of the file: what an editor
wrote by hand, comments and order included, is never written anew. What the desk wrote is known by its `when`, which has
thousandths of a second; entries with one `when` are one act. An entry that another took the place of stays above that
one's keys as a comment (`#< `), so that an act can be taken back whenever the file is opened again.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile
from typing import NamedTuple

Value = str | int | bool
_HEADER = re.compile(r"\s*\[")
_TRAILING = re.compile(r"\s*(#.*)?$")
_BY, _AT = re.compile(r'who = (".*")'), re.compile(r"when = (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)")
_BEFORE = "#< "
_DEEPEST = 9  # how many replaced entries are kept, one under the other
_BARE = frozenset({"when"})  # values that are written without quotation marks


class Done(NamedTuple):
    """An act of the desk, as the file has it."""

    when: str  # ISO 8601, UTC, to the millisecond
    who: str
    rows: tuple[int, ...]  # of its entries, from 1


def with_entry(text: str, kind: str, values: Mapping[str, Value], replaced: Sequence[int] = ()) -> str:
    """The file's text with an entry at its end, which takes the place of those whose headers stand at some rows."""
    old = [line for row in replaced for line in _in_place_of(_lines_of(text, row), values)]
    kept = without(text, replaced).rstrip()
    return (f"{kept}\n\n" if kept else "") + _entry(kind, values, old)


def done(text: str) -> list[Done]:
    """The acts of the desk that stand in the file, the last one last."""
    found: dict[tuple[str, str], list[int]] = {}
    for row, line in enumerate(text.split("\n"), 1):
        if _HEADER.match(line):
            lines = _lines_of(text, row)
            who, when = (next(filter(None, map(pattern.fullmatch, lines)), None) for pattern in (_BY, _AT))
            if who and when:
                found.setdefault((when[1], json.loads(who[1])), []).append(row)
    return [Done(when, who, tuple(rows)) for (when, who), rows in sorted(found.items())]


def without_act(text: str, act: Done) -> str:
    """The file's text without an act, and with what its entries took the place of."""
    before = [_earlier(_lines_of(text, row)) for row in act.rows]
    kept = without(text, act.rows).rstrip()
    parts = ["\n".join(lines) for lines in before if lines]
    whole = "\n\n".join([*([kept] if kept else []), *parts])
    return f"{whole}\n" if whole else ""


def without(text: str, rows: Iterable[int]) -> str:
    """The file's text without the entries whose headers stand at these rows (from 1)."""
    lines = text.split("\n")
    for row in sorted(set(rows), reverse=True):
        end = row
        while end < len(lines) and not _HEADER.match(lines[end]):
            end += 1
        last = _last(lines, row, end)
        if any(line.strip() for line in lines[last:end]):  # comments below an entry are the next one's, or somebody's
            end = last
        del lines[row - 1 : end]
    kept = "\n".join(lines).rstrip()
    return f"{kept}\n" if kept else ""


def _last(lines: Sequence[str], row: int, end: int) -> int:
    """The end of an entry's own lines, of those from its header to the next one."""
    while end > row and _TRAILING.match(lines[end - 1]):
        end -= 1
    return end


def _lines_of(text: str, row: int) -> list[str]:
    """The lines of the entry whose header stands at a row."""
    lines = text.split("\n")
    end = next((at for at in range(row, len(lines)) if _HEADER.match(lines[at])), len(lines))
    return lines[row - 1 : _last(lines, row, end)]


def _in_place_of(lines: list[str], by: Mapping[str, Value]) -> list[str]:
    """What is kept of an entry that another takes the place of: itself, or what was before it if both are one act."""
    lines = _earlier(lines) if f"when = {by['when']}" in lines else lines
    return [_BEFORE + line for line in lines if not line.startswith(_BEFORE * _DEEPEST)]


def _earlier(lines: list[str]) -> list[str]:
    """What an entry took the place of."""
    kept = takewhile(lambda line: line.startswith(_BEFORE), lines[1:])
    return [line.removeprefix(_BEFORE) for line in kept]


def _entry(kind: str, values: Mapping[str, Value], old: Iterable[str]) -> str:
    rows = "".join(f"{key} = {_value(key, value)}\n" for key, value in values.items())
    above = "".join(f"{line}\n" for line in old)
    return f"[[{kind}]]\n{above}{rows}"


def _value(key: str, value: Value) -> str:
    """A TOML value; a JSON string is a TOML string."""
    return str(value) if key in _BARE else json.dumps(value, ensure_ascii=False)
