"""The public copy of a page: an item that may not be published goes, with everything that was derived from its text.

In its place stands one paragraph with one `gap`; the header lists item, lines, who, when and why. What was derived goes
too: reasons and runners-up in `standOff` that point into the item or quote it, entities that are named nowhere else,
keywords, errata of its lines, and the scan, which shows it. `Kept` knows the text again, and is asked about every result before it is written.
"""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from typing import TypeAlias

from edition.life.withheld import Act, pieces, places, written
from edition.model.document import Annotation, Edition, Entity, Furniture, Head, Item, Paragraph, Section
from edition.model.header import Header, Responsibility, Withheld
from edition.model.inline import Content, Decision, Gap, Name, PieceStart
from edition.model.readings import WITHHELD, diplomatic, located
from edition.model.walk import contents, inline_nodes, item_contents, items, standing

TASK = "决定不公开的篇目"
Fits: TypeAlias = Sequence[tuple[Act, Item]]  # each act in force on a page with its item
SHORT, LONG = 4, 8  # characters in a row: a hint at what is kept back (its loss costs nothing), and a quotation of it


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept back of an edition, as runs of characters that stand nowhere else in it."""

    short: frozenset[str]
    long: frozenset[str]

    def hinted(self, text: str) -> bool:
        """Whether a text holds a few characters of it."""
        return _holds(text, self.short, SHORT)

    def quoted(self, text: str) -> str | None:
        """The first run of it that a text holds, or None."""
        squeezed = "".join(text.split())
        return next((gram for gram in sorted(self.long) if gram in squeezed), None)


def _holds(text: str, grams: Set[str], length: int) -> bool:
    squeezed = "".join(text.split())
    return any(squeezed[at : at + length] in grams for at in range(max(1, len(squeezed) - length + 1)))


def kept(withheld: Iterable[Item], public: Iterable[Edition]) -> Kept:
    """What is kept back, given the items and the pages without them."""
    secret = [text for item in withheld for text in _texts(item_contents(item))]
    known = [text for edition in public for text in _texts(contents(edition))]
    short, long = (frozenset(_grams(secret, n) - _grams(known, n)) for n in (SHORT, LONG))
    return Kept(short, long)


def _texts(nodes: Iterable[Content]) -> list[str]:
    """Contents as they are shown and as the source has them, without white space."""
    found = [text for one in nodes for text in (_shown(one), "".join(diplomatic([one]).values()))]
    return ["".join(text.split()) for text in found]


def _shown(nodes: Content) -> str:
    return "".join(text for text, _ in located(nodes))


def _grams(texts: Iterable[str], length: int) -> set[str]:
    return {text[at : at + length] for text in texts if text for at in range(max(1, len(text) - length + 1))}


def without(edition: Edition, fits: Fits) -> Edition:
    """The page with a gap in place of each of the items; the header is not changed yet."""
    resp = {item.id: _keepers(fits)[act.who] for act, item in fits}

    def one(node: Item | Furniture) -> Item | Furniture:
        return _placeholder(node, resp[node.id]) if isinstance(node, Item) and node.id in resp else node

    body = [
        replace(node, items=tuple(one(child) for child in node.items)) if isinstance(node, Section) else one(node)
        for node in edition.body
    ]
    return replace(edition, body=tuple(body))


def _placeholder(item: Item, resp: str) -> Item:
    """The item with its kind and id and nothing of its text."""
    found = pieces(item_contents(item))
    line, _, offset = item.id.removeprefix("L").partition(".")
    named = (int(line), int(offset or 0)) if line.isdigit() and (offset or "0").isdigit() else found[0]
    start = PieceStart(*(named if named in found else found[0]))
    return replace(item, heads=(), blocks=(Paragraph((start, Gap(WITHHELD, decision=Decision(resp)))),))


def signed(edition: Edition, fits: Fits, *, is_here: bool) -> Edition:
    """The page with its header saying what is kept back, by whom and why; `is_here` in the archive's copy."""
    ids = _keepers(fits)
    people = tuple(Responsibility(id_, TASK, who) for who, id_ in ids.items())
    entries = tuple(
        Withheld(item.id, written(pieces(item_contents(item))), act.when, ids[act.who], act.reason, is_here)
        for act, item in fits
    )
    header = edition.header
    return replace(
        edition, header=replace(header, responsibilities=(*header.responsibilities, *people), withheld=entries)
    )


def _keepers(fits: Fits) -> dict[str, str]:
    """The ids of those who decided."""
    return {who: f"keeper{n}" for n, who in enumerate(dict.fromkeys(act.who for act, _ in fits), 1)}


def public(whole: Edition, fits: Fits, secret: Kept) -> Edition:
    """The public copy of a page."""
    edition = signed(without(whole, fits), fits, is_here=False)
    there = _named(edition) - {item.id for _, item in fits}
    notes = tuple(note for note in edition.annotations if _is_discreet(note, there, secret))
    header = _discreet(edition.header, {item.id for _, item in fits}, secret)
    return replace(edition, header=header, annotations=notes, entities=_still_named(edition))


def _still_named(edition: Edition) -> tuple[Entity, ...]:
    """The entities that some mention still points at."""
    names = [node for nodes in contents(edition) for node in inline_nodes(nodes) if isinstance(node, Name)]
    named = {node.ref for node in names}
    return tuple(entity for entity in edition.entities if entity.id in named)


def _named(edition: Edition) -> set[str]:
    """The ids that an annotation may point at."""
    nodes = [node for one in contents(edition) for node in inline_nodes(one)]
    heads = [one.node for one in standing(edition) if isinstance(one.node, Head)]
    starts = [node for node in nodes if isinstance(node, PieceStart)]
    ids = [*(item.id for item in items(edition)), *(head.id for head in heads), *(start.id for start in starts)]
    return {id_ for id_ in ids if id_}


def _is_discreet(note: Annotation, there: Set[str], secret: Kept) -> bool:
    named = {*note.targets, *([note.runner_up] if note.runner_up else [])}
    return named <= there and not secret.hinted(note.reasons)


def _discreet(header: Header, gone: Set[str], secret: Kept) -> Header:
    """The header without the scan, keywords of the items gone, and errata that tell of what is kept back."""
    release = header.release
    if release:
        lines = {line for one in header.withheld for line, _ in places(one.lines)}
        told = [e for e in release.errata if e.line not in lines and not secret.hinted(f"{e.before} {e.after}")]
        release = replace(release, errata=tuple(told))
    keywords = tuple(one for one in header.keywords if one.item not in gone)
    rights = tuple(one for one in header.item_rights if one.item not in gone)
    issue = replace(header.issue, scan=None)
    return replace(header, issue=issue, release=release, keywords=keywords, item_rights=rights)
