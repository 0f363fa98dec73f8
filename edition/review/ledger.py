"""The text of a NAME.decisions.toml: entries put in at its end, and taken out by their row. All else stays as it is.

TOML allows tables of one kind to stand apart, so that a new entry needs nothing but the end of the file: what an editor
wrote by hand, comments and order included, is never written anew.
"""

import json
import re
from collections.abc import Iterable, Mapping

Value = str | int | bool
_HEADER = re.compile(r"\s*\[")
_TRAILING = re.compile(r"\s*(#.*)?$")
_BARE = frozenset({"when"})  # values that are written without quotation marks


def with_entries(text: str, entries: Iterable[tuple[str, Mapping[str, Value]]]) -> str:
    """The file's text with entries, each (kind, keys and values), at its end."""
    start = f"{text.rstrip()}\n\n" if text.strip() else ""
    return start + "\n".join(_entry(kind, values) for kind, values in entries)


def without(text: str, rows: Iterable[int]) -> str:
    """The file's text without the entries whose headers stand at these rows (from 1)."""
    lines = text.split("\n")
    for row in sorted(set(rows), reverse=True):
        end = row
        while end < len(lines) and not _HEADER.match(lines[end]):
            end += 1
        while end > row and end < len(lines) and _TRAILING.match(lines[end - 1]) and lines[end - 1].strip():
            end -= 1  # a comment above the next entry is that entry's
        del lines[row - 1 : end]
    kept = "\n".join(lines).rstrip()
    return f"{kept}\n" if kept else ""


def _entry(kind: str, values: Mapping[str, Value]) -> str:
    rows = "".join(f"{key} = {_value(key, value)}\n" for key, value in values.items())
    return f"[[{kind}]]\n{rows}"


def _value(key: str, value: Value) -> str:
    """A TOML value; a JSON string is a TOML string."""
    return str(value) if key in _BARE else json.dumps(value, ensure_ascii=False)
