"""What an editor changed: two TEI files of one source, compared in reading text and structure, in words.

Comes in: two editions made from the same text. Goes out: `Change` values in reading order. Places are those of the
source (lines, characters), which no edit moves, so that a paragraph that was moved is the same paragraph. How sure a
decision was, and who took it, is not compared.
"""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from edition.diff.change import Change
from edition.diff.readings import readings
from edition.diff.structure import structure
from edition.model.document import Edition
from edition.model.header import Header

__all__ = ["Change", "compare"]
_PLAIN = ("source", "applications", "modified")  # facts of the text and the machine, no editor's change


def compare(old: Edition, new: Edition) -> list[Change]:
    """The changes from one edition to the other, those of the header first. Both have the same source."""
    changes = [*structure(old, new), *readings(old, new)]
    return [
        *_header(old.header, new.header),
        *_entities(old, new),
        *sorted(changes, key=lambda change: (change.line, change.offset)),
    ]


def _header(old: Header, new: Header) -> Iterator[Change]:
    for field in fields(Header):
        before, after = getattr(old, field.name), getattr(new, field.name)
        if before != after and field.name not in _PLAIN:
            yield Change(
                "header", 0, 0, f"header: {field.name.replace('_', ' ')} {_said(before)} became {_said(after)}"
            )


def _entities(old: Edition, new: Edition) -> Iterator[Change]:
    before, after = ({entity.id: (entity.kind, entity.name) for entity in one.entities} for one in (old, new))
    for id_ in sorted(before.keys() | after.keys()):
        one, other = before.get(id_), after.get(id_)
        if one != other:
            yield Change("name", 0, 0, f"the entry {id_} of the lists: {_said(one or ())} became {_said(other or ())}")


def _said(value: object) -> str:
    if isinstance(value, tuple):
        return "; ".join(_said(one) for one in value) or "nothing"
    told: list[object] = [value]
    if is_dataclass(value) and not isinstance(value, type):
        told = [getattr(value, field.name) for field in fields(value)]
    return " ".join(f"“{one}”" for one in told if one not in (None, "", ())) or "unknown"
