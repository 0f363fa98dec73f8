"""A citation of an item or a line: GB/T 7714-2015 and BibTeX. Only what is known is told; what is not is left out.

The item is cited as an article of its newspaper (著者. 题名[N]. 报纸名, 年-月-日(版次).), with the digital edition and the place
in it as the way of access; where the newspaper is not known, as a part of the digital edition (题名[N]//版本题名. 版次. 出版者,
年: 位置.). Authors are the names marked in its byline.
"""

import re
from dataclasses import dataclass

from edition.life.places import Place
from edition.model.document import Byline, Edition, Item
from edition.model.header import Header
from edition.model.inline import Name
from edition.model.labels import page_label
from edition.model.readings import printed, running
from edition.model.walk import inline_nodes

MOST_AUTHORS = 3  # named before 等 (GB/T 7714-2015, 8.1.2)
_SPECIAL = re.compile(r"[\\{}$&#^_%~]")
_ESCAPED = {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}


@dataclass(frozen=True, slots=True)
class Citation:
    """A place, in words that others can find it by."""

    id: str
    gbt7714: str
    bibtex: str


@dataclass(frozen=True, slots=True)
class _Facts:
    authors: tuple[str, ...]
    title: str | None  # None where the item prints no headline
    header: Header
    place: Place

    @property
    def version(self) -> str | None:
        return self.header.release.version if self.header.release else None


def cite(place: Place, page: Edition) -> Citation:
    """The citation of a place on a page."""
    facts = _facts(place, page)
    return Citation(place.id, _gbt7714(facts), _bibtex(facts))


def _facts(place: Place, page: Edition) -> _Facts:
    if place.item is None:
        return _Facts((), None, page.header, place)
    return _Facts(_authors(place.item, page.header), _title(place.item, page.header), page.header, place)


def _authors(item: Item, header: Header) -> tuple[str, ...]:
    """The persons that the item's bylines name, in order, each once."""
    bylines = [block.content for block in item.blocks if isinstance(block, Byline)]
    nodes = [node for content in bylines for node in inline_nodes(content)]
    named = [node.content for node in nodes if isinstance(node, Name) and node.kind == "persName"]
    shown = ("".join(printed(one, header.width_policy, header.regime, body=False).split()) for one in named)
    return tuple(dict.fromkeys(name for name in shown if name))


def _title(item: Item, header: Header) -> str | None:
    """The main headline, with the subtitle after a colon as the standard has it."""
    by_kind = {kind: [head for head in item.heads if head.kind == kind] for kind in ("main", "sub")}
    told = {
        kind: " ".join(filter(None, (running(head.content, header.width_policy, header.regime) for head in heads)))
        for kind, heads in by_kind.items()
    }
    return ": ".join(part for part in told.values() if part) or None


def _gbt7714(facts: _Facts) -> str:
    issue, header = facts.header.issue, facts.header
    named = ", ".join((*facts.authors[:MOST_AUTHORS], *(["等"] if facts.authors[MOST_AUTHORS:] else [])))
    who = f"{named}. " if named else ""
    title = facts.title or f"[无题, {page_label(header)}]"
    version = f"{facts.version} 版" if facts.version else ""
    made = ", ".join(part for part in (header.publisher, header.modified[:4]) if part)
    if not issue.newspaper:
        digital = ". ".join(part for part in (header.edition_title, version, made) if part)
        return f"{who}{title}[N]//{digital}: {facts.place.id}."
    when = ", ".join(part for part in (issue.newspaper, issue.date or issue.printed_date) if part)
    page = f"({issue.page})" if issue.page else ""
    digital = ", ".join(part for part in (header.edition_title, version, made) if part)
    return f"{who}{title}[N]. {when}{page}. {digital}: {facts.place.id}."


def _bibtex(facts: _Facts) -> str:
    issue, header = facts.header.issue, facts.header
    date = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", issue.date or "")
    year, month, day = date.groups() if date else (None, None, None)
    version = f", version {facts.version}" if facts.version else ""
    fields = {
        "author": " and ".join(f"{{{_tex(name)}}}" for name in facts.authors),
        "title": f"{{{_tex(facts.title)}}}" if facts.title else "",
        "journal": _tex(issue.newspaper or ""),
        "year": year or "",
        "month": str(int(month)) if month else "",
        "day": str(int(day)) if day else "",
        "number": _tex(issue.issue or ""),
        "pages": _tex(issue.page or ""),
        "issn": _tex(issue.issn or ""),
        "note": _tex(f"{header.edition_title}{version}, {header.modified[:10]}, {facts.place.id}"),
    }
    rows = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    kind = "article" if issue.newspaper and year else "misc"
    return f"@{kind}{{{_key(facts)},\n" + ",\n".join(rows) + "\n}"


def _key(facts: _Facts) -> str:
    return re.sub("[^0-9A-Za-z]+", "-", f"{facts.header.edition_id}-{facts.place.id}").strip("-")


def _tex(text: str) -> str:
    return _SPECIAL.sub(lambda found: _ESCAPED.get(found[0], "\\" + found[0]), text)
