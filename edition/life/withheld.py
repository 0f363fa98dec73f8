"""withheld.toml: which items may not be published, who decided so, when and why. Acts are added, never taken out.

    [[act]] do ("withhold" or "lift"), file, item, lines, source (sha256), when, who, reason

The last act on an item counts. An act names the lines that it keeps back and the source they stand in, so that text
cannot come out because a program finds other items tomorrow: then the page stops until someone decides anew.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, cast

from edition.errors import ConfigError, SourceError
from edition.model.document import Edition, Item
from edition.model.inline import Content, PieceStart
from edition.model.readings import source_leaves
from edition.model.walk import item_contents, items
from edition.tables import Checker, Table, load

NAME = "withheld.toml"
Do = Literal["withhold", "lift"]
Place = tuple[int, int]  # line, offset
_HEAD = """\
# Items that may not be published, written by `edition withhold`. Entries are added, never taken out; the last one on an
# item counts. 本文件记录不公开的篇目，由 `edition withhold` 写入，只增不减；同一篇目以最后一条为准。
"""
_TEXTS = ("do", "file", "item", "lines", "source", "who", "reason")


@dataclass(frozen=True, slots=True)
class Act:
    """One decision on one item."""

    do: Do
    file: str  # path of the source under the edition's folder
    item: str  # its id
    lines: str  # the pieces of its source: `55-76`, `30.4`
    source: str  # sha256 of the source file
    when: str  # ISO 8601
    who: str
    reason: str


def parse(data: bytes, where: str) -> tuple[Act, ...]:
    """The acts in the order in which they were written. Raises ConfigError."""
    table, text = load(data, where)
    checker = Checker(text, where)
    checker.only(table, {"act"}, "", 0)
    return tuple(_act(checker, entry, number) for number, entry in enumerate(checker.tables(table, "act")))


def _act(checker: Checker, entry: Table, number: int) -> Act:
    checker.only(entry, {*_TEXTS, "when"}, "act", number)
    values = {name: checker.text(entry, name, "act", number) for name in _TEXTS}
    when = entry.get("when")
    if not isinstance(when, date) or None in values.values() or values["do"] not in ("withhold", "lift"):
        raise ConfigError(
            "an [[act]] that is not whole",
            where=f"{checker.where}:{checker.line('act', number, '')}",
            remedy=f"it needs when and {', '.join(_TEXTS)}; `edition withhold` writes it",
        )
    texts = {name: str(value) for name, value in values.items() if name != "do"}
    return Act(do=cast(Do, values["do"]), when=when.isoformat()[:10], **texts)


def appended(old: bytes, act: Act) -> bytes:
    """The file with one more act at its end."""
    rows = ["[[act]]", f"when = {act.when}"]
    rows += [f"{name} = {json.dumps(getattr(act, name), ensure_ascii=False)}" for name in _TEXTS]
    return (old or _HEAD.encode()).rstrip(b"\n") + b"\n\n" + "\n".join(rows).encode() + b"\n"


def in_force(acts: Iterable[Act], file: str) -> list[Act]:
    """What is withheld of a source file, in the order of the acts."""
    last = {act.item: act for act in acts if act.file == file}
    return [act for act in last.values() if act.do == "withhold"]


def fitting(edition: Edition, acts: Sequence[Act]) -> list[tuple[Act, Item]]:
    """Each act with its item. Raises SourceError where an item is no longer what was withheld, so that nothing comes out."""
    here = {item.id: item for item in items(edition)}
    out = []
    for act in acts:
        item = here.get(act.item)
        lost = set(places(act.lines)) - set(pieces(item_contents(item))) if item else {(0, 0)}
        if item is None or lost or act.source != edition.header.source.sha256:
            why = (
                "the source file was changed since"
                if act.source != edition.header.source.sha256
                else "there is no such item any more"
                if item is None
                else f"line {min(lost)[0]} of it stands in another item now"
            )
            raise SourceError(
                f"the item {act.item} is withheld, but {why}; so the page is not made",
                where=act.file,
                remedy="look at the page again, then withhold the item anew, or lift it (`edition withhold --lift`)",
            )
        out.append((act, item))
    return out


def pieces(contents: Iterable[Content]) -> list[Place]:
    """The pieces of the source that the contents start, sorted."""
    starts = (node for nodes in contents for node in source_leaves(nodes) if isinstance(node, PieceStart))
    return sorted((start.line, start.offset) for start in starts)


def written(found: Sequence[Place]) -> str:
    """Pieces as an act and the TEI write them: `7-12 15 30.4`."""
    words: list[str] = []
    runs: list[list[int]] = []
    for line, offset in found:
        if offset:
            words.append(f"{line}.{offset}")
        elif runs and runs[-1][1] == line - 1:
            runs[-1][1] = line
        else:
            runs.append([line, line])
    return " ".join([*(str(a) if a == b else f"{a}-{b}" for a, b in runs), *words])


def places(text: str) -> list[Place]:
    """The pieces that `7-12 15 30.4` names. Raises ConfigError if it is nothing of the kind."""
    out: list[Place] = []
    try:
        for word in text.split():
            first, _, last = word.partition("-")
            line, _, offset = first.partition(".")
            out += [(n, int(offset or 0)) for n in range(int(line), int(last or line) + 1)]
    except ValueError:
        raise ConfigError(f"{text!r} names no lines", where=NAME, remedy="write them as 7-12 15 30.4") from None
    return out
