"""Keywords of each item, from its own text, into the header's textClass."""

from dataclasses import replace

from edition import words
from edition.findings import Finding
from edition.model.document import Edition, Item
from edition.model.header import Keywords
from edition.model.readings import printed
from edition.model.walk import item_contents, items
from edition.names import keywords, lists
from edition.passes.given import Given
from edition.words import Segment


def tell(edition: Edition, given: Given) -> tuple[Edition, tuple[Finding, ...]]:
    """The edition with the keywords of its items, where a segmenter is given. There are no findings."""
    if given.segment is None:
        return edition, ()
    found = tuple(one for item in items(edition) if (one := _of_item(item, given.segment, given.resp)).terms)
    return replace(edition, header=replace(edition.header, keywords=found)), ()


def _of_item(item: Item, segment: Segment, resp: str) -> Keywords:
    heads = [printed(head.content, "as-source") for head in item.heads]
    texts = [printed(content, "as-source") for content in item_contents(item)][len(heads) :]
    titled = [word for head in heads for word in segment(head)]
    counted = [word for text in texts for word in segment(text)]
    return Keywords(item.id, keywords.keywords(counted, titled, words.rarity(), lists.load().stop), resp)
