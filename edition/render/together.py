"""总索引: one index of names over the volumes of an edition. Each name with the volumes and the printed pages it stands on.

In: what each volume's PDF told of its names when it was set (`Named`). Out: a PDF of its own, by the same rules.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from lxml import etree

from edition.model.document import EntityKind
from edition.render.book import Book, Volume
from edition.render.frontmatter import title_page
from edition.render.index import IndexEntry, ordered
from edition.render.xhtml import element

TITLE = "总索引"


@dataclass(frozen=True, slots=True)
class Named:
    """A name of one volume, with the pages of its PDF that it stands on, each once, in order."""

    kind: EntityKind
    name: str
    pages: tuple[int, ...]


def named(entries: Iterable[IndexEntry], pages: dict[str, int]) -> tuple[Named, ...]:
    """The names of an index; `pages` gives the printed page of an id."""
    return tuple(
        Named(entry.kind, entry.name, tuple(dict.fromkeys(pages[mention.target] for mention in entry.mentions)))
        for entry in entries
    )


def sections(book: Book, volumes: Sequence[tuple[Volume, Sequence[Named]]]) -> list[etree._Element]:
    """Title page and index; `book` is the whole edition, for its title."""
    front = title_page(book)
    front.append(element("p", f"{TITLE}　{len(volumes)} 册", class_="of-volumes"))
    back = element("section", class_="back index together", id_="index")
    back.append(element("h1", TITLE))
    back.append(element("p", "收署名和编者核定的人名、机构名、地名，按音序；页码是各册的。", class_="note-of-part"))
    box = element("div", class_="entries")
    places: dict[tuple[EntityKind, str], list[str]] = {}
    for volume, names in volumes:
        for one in names:
            row = f"{volume.label}，第 {'、'.join(map(str, one.pages))} 页"
            places.setdefault((one.kind, one.name), []).append(row)
    for letter, group in groupby(ordered(places), key=lambda each: each[0]):
        box.append(element("h2", letter))
        box.extend(element("p", f"{name}　{'；'.join(places[kind, name])}", class_="row") for _, kind, name in group)
    back.append(box)
    return [front, back]
