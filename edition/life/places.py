"""What an ID on the command line names: `L7`, `NAME#L7`, `NAME#L7:12`, `NAME#:12`. NAME is the source's path, without suffix.

The part after `#` is resolved as the header's refsDecl says: an item, a line in an item, or a line anywhere.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from edition.errors import UsageError
from edition.life.withheld import pieces
from edition.model.document import Edition, Item
from edition.model.walk import contents, item_contents, items


@dataclass(frozen=True, slots=True)
class Place:
    """A place of an edition."""

    stem: str  # of its page
    item: Item | None  # None for a line outside every item
    line: int | None  # None for an item as a whole

    @property
    def id(self) -> str:
        """How it is cited."""
        line = "" if self.line is None else f":{self.line}"
        return f"{self.stem}#{self.item.id if self.item else ''}{line}"


def find(id_: str, pages: Mapping[str, Edition]) -> Place:
    """The place that an ID names among some pages, by their stems. Raises UsageError if it is none, or more than one."""
    name, hash_, local = id_.rpartition("#")
    found = re.fullmatch(r"(L\d+(?:\.\d+)?)?(?::?(\d+))?", local)
    if not found or not local:
        raise UsageError(
            f"{id_!r} names no place", remedy="write an item (NAME#L7), a line in it (NAME#L7:12) or a line (NAME#:12)"
        )
    here = {stem: page for stem, page in pages.items() if not hash_ or _is(stem, name)}
    if hash_ and not here:
        raise UsageError(f"no page is named {name!r}", remedy=f"the pages are: {', '.join(sorted(pages))}")
    line = int(found[2]) if found[2] else None
    places = [place for stem, page in here.items() for place in _places(stem, page, found[1], line)]
    if not places:
        raise UsageError(
            f"there is no {local} in {', '.join(here)}", remedy="the ids stand in the TEI, as xml:id and lb/@n"
        )
    if len(places) > 1:
        told = ", ".join(place.id for place in places[:6]) + (" …" if places[6:] else "")
        raise UsageError(f"{id_!r} may be any of {told}", remedy="name the page too, and put the ID in quotation marks")
    return places[0]


def _is(stem: str, name: str) -> bool:
    """Whether a name means the page: its path or file name, with or without suffix."""
    path = PurePosixPath(stem)
    return name in (stem, path.name, f"{stem}.txt", f"{path.name}.txt", f"{stem}.xml", f"{path.name}.xml")


def _places(stem: str, page: Edition, id_: str | None, line: int | None) -> list[Place]:
    if id_:
        named = [item for item in items(page) if item.id == id_]
        return [Place(stem, item, line) for item in named if line is None or line in _lines(item)]
    holders = [item for item in items(page) if line in _lines(item)]
    anywhere = [number for number, _ in pieces(contents(page)) if number == line]
    return [Place(stem, item, line) for item in holders] or [Place(stem, None, line)] * bool(anywhere)


def _lines(item: Item) -> set[int]:
    return {line for line, _ in pieces(item_contents(item))}
