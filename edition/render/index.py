"""The printed index: the names of a book in alphabetical order, each with the places where it stands.

In: a `Book`. Out: `IndexEntry` values; nothing is drawn here. An index says to a reader "this person is meant", so it
holds only names that an editor confirmed (their markup carries no `cert`) or that stand in bylines, where form alone
tells them; what a machine found in running text stays out. Equal names are one entry: two people of one name are
told apart by nobody.

Order: Chinese names by the reading of each character in turn (pinyin, then tone, then the character itself, so that
one surname stays together), as dictionaries have it (音序); a surname with a reading of its own is read so (曾 zeng,
单 shan). Latin names stand among them by their letters, what has no reading comes last under #.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from edition.model.document import EntityKind, Item
from edition.model.inline import Name
from edition.model.labels import item_label
from edition.model.readings import printed
from edition.model.walk import inline_nodes, standing
from edition.render.book import Book, Page, item_id
from edition.render.sounds import phrases, readings

KINDS: dict[str, EntityKind] = {"persName": "person", "orgName": "org", "placeName": "place"}
_FURNITURE = ("header", "footer", "pageNum", "markup")
_Key = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class IndexMention:
    """One place where a name stands."""

    page: Page
    target: str  # an id of the book: the name's own, else its item's
    item: str  # what the item is called; empty outside items
    byline: bool


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """One name with its mentions in the order of the book."""

    kind: EntityKind
    name: str
    letter: str  # A to Z under which it stands, # where no reading is known
    mentions: tuple[IndexMention, ...]


def index(book: Book, kinds: Iterable[EntityKind] = ("person", "org", "place")) -> tuple[IndexEntry, ...]:
    """The entries of an index of these kinds, in order; empty where nothing is to be indexed."""
    wanted = set(kinds)
    found: dict[tuple[EntityKind, str], list[IndexMention]] = {}
    for page in book.pages:
        for kind, name, mention in _mentions(page):
            if kind in wanted:
                found.setdefault((kind, name), []).append(mention)
    return tuple(IndexEntry(kind, name, letter, tuple(found[kind, name])) for letter, kind, name in ordered(found))


def ordered(names: Collection[tuple[EntityKind, str]]) -> list[tuple[str, EntityKind, str]]:
    """(letter it stands under, kind, name) of names, in alphabetical order."""
    known = phrases({name for _, name in names})
    rows = sorted((_key(name, kind, known), kind, name) for kind, name in names)
    return [(_letter(key), kind, name) for key, kind, name in rows]


def indexed(page: Page) -> frozenset[str]:
    """The ids of the book that the index points at on a page; only these need an anchor."""
    return frozenset(mention.target for _, _, mention in _mentions(page))


def _mentions(page: Page) -> Iterator[tuple[EntityKind, str, IndexMention]]:
    names = {entity.id: entity.name for entity in page.edition.entities}
    labels: dict[str, str] = {}
    for stands in standing(page.edition):
        if stands.role in _FURNITURE:
            continue
        for node in inline_nodes(stands.content):
            byline = stands.role == "byline"
            if isinstance(node, Name) and node.kind in KINDS and (byline or _confirmed(node)):
                text = names.get(node.ref or "") or "".join(printed(node.content, "as-source").split())
                if text:
                    yield KINDS[node.kind], text, _mention(page, node, stands.item, labels, byline=byline)


def _confirmed(node: Name) -> bool:
    return node.decision is None or node.decision.cert is None


def _mention(page: Page, node: Name, item: Item | None, labels: dict[str, str], *, byline: bool) -> IndexMention:
    if item and item.id not in labels:
        labels[item.id] = item_label(item, page.header.width_policy, page.header.regime)[0]
    target = f"{page.id}-{node.id}" if node.id else item_id(page, item) if item else page.id
    return IndexMention(page, target, labels[item.id] if item else "", byline)


# ---- order


def _key(name: str, kind: EntityKind, known: Mapping[str, list[str]]) -> _Key:
    return tuple(zip(readings(name, known, person=kind == "person"), name))


def _letter(key: _Key) -> str:
    first = key[0][0][:1].upper()
    return first if "A" <= first <= "Z" else "#"
