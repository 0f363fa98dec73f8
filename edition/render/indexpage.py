"""The index as a chapter: names under their letters, each place a link (EPUB Indexes 1.0: index, index-group,
index-entry, index-term, index-locator)."""

from collections.abc import Sequence
from itertools import groupby

from lxml import etree

from edition.render.index import IndexEntry, IndexMention
from edition.render.navigation import Address
from edition.render.script import say
from edition.render.xhtml import append, element

_KINDS = {"person": "人名", "org": "机构", "place": "地名"}
PREFACE = "收署名中和经编者核定的名称，按音序排列；同名者不分。"
_LABEL = 14  # characters of an item's name in a locator


def title(entries: Sequence[IndexEntry]) -> str:
    """`人名索引`, `人名、机构、地名索引`: what is in it."""
    kinds = {entry.kind for entry in entries}
    return "、".join(name for kind, name in _KINDS.items() if kind in kinds) + "索引"


def section(entries: Sequence[IndexEntry], address: Address, language: str) -> etree._Element:
    """The chapter; `address` gives where an id stands, as seen from it."""
    out = element("section", class_="index", epub_type="index", role="doc-index", aria_labelledby="index-h")
    out.append(element("h1", say(title(entries), language), id_="index-h"))
    out.append(element("p", say(PREFACE, language), class_="preface"))
    mixed = len({entry.kind for entry in entries}) > 1
    for letter, group in groupby(entries, key=lambda entry: entry.letter):
        part = element("section", class_="letter", epub_type="index-group", aria_label=letter)
        part.append(element("h2", letter))
        listing = element("ul", epub_type="index-entry-list")
        listing.extend(_entry(entry, address, mixed=mixed) for entry in group)
        part.append(listing)
        out.append(part)
    return out


def _entry(entry: IndexEntry, address: Address, *, mixed: bool) -> etree._Element:
    li = element("li", epub_type="index-entry")
    li.append(element("span", entry.name, epub_type="index-term"))
    if mixed and entry.kind != "person":
        append(li, say(f"（{_KINDS[entry.kind]}）", entry.mentions[0].page.header.language))
    glue = "　"
    for mention in _once(entry.mentions):
        append(li, glue)
        href = address(mention.page.id, mention.target)
        li.append(element("a", _label(mention), href=href, epub_type="index-locator"))
        glue = "；"
    return li


def _once(mentions: Sequence[IndexMention]) -> list[IndexMention]:
    """The first mention in each item."""
    return list({(mention.page.number, mention.item): mention for mention in reversed(mentions)}.values())[::-1]


def _label(mention: IndexMention) -> str:
    item = mention.item if len(mention.item) <= _LABEL else mention.item[: _LABEL - 1] + "…"
    return f"{mention.page.label}《{item}》" if item else mention.page.label
