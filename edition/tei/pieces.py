"""A file with long lists of like elements, taken into pieces for libxml2 to judge.

It keeps each element of a list as a place where the list may have ended, and compares each with all others: a text of
8,000 paragraphs takes it a hundred times as long as one of 800. So of a long list of one kind only the two ends stay
where they are; what is between them goes into texts of its own, at the end of the page. What our grammar allows in a text
more than once in a row it allows there any number of times, and alike in each text (tests/test_schema.py asks the grammar),
so if all pieces are allowed, the whole is.
"""

from collections.abc import Iterator
from copy import deepcopy
from itertools import groupby

from lxml import etree

from edition.tei.names import ID, T

LONG = 200  # elements
_DIV = f"{T}div"
LISTED = {f"{T}{name}" for name in ("p", "figure", "byline", "fw", "div")}


def pieces(root: etree._Element) -> etree._Element:
    """The root of a file in pieces: itself if it has no long lists, else of a copy.

    If the grammar allows what comes out, it allows what came in; if not, it may allow it or refuse it.
    """
    if not any(_is_long(div) for div in root.iter(_DIV)):
        return root
    root = deepcopy(root)
    body = root.find(f"{T}text/{T}body")
    if body is not None:
        middles = [middle for div in body.iter(_DIV) if _is_long(div) for middle in _middles(div)]
        cut = [middle[at : at + LONG] for middle in middles for at in range(0, len(middle), LONG)]
        for number, piece in enumerate(cut):
            etree.SubElement(body, _DIV, {"type": "unassigned", ID: f"piece.{number}"}).extend(piece)
    return root


def _is_long(div: etree._Element) -> bool:
    """Whether it is a text with a long list; a section lists not what is in a text but texts."""
    return len(div) > LONG and div.get("type") != "section"


def _middles(div: etree._Element) -> Iterator[list[etree._Element]]:
    """Of each long list of elements of one name those between its ends."""
    for tag, run in groupby(div, key=lambda child: child.tag):
        listed = list(run)
        if tag in LISTED and len(listed) > LONG:
            yield listed[1:-1]
