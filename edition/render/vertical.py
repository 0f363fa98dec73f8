"""A text set in columns from right to left (直排): what has to change in it besides the stylesheet.

Quotation marks become 「」 and 『』, which stand upright in every font, where “” depend on the font; numbers of one or
two digits stand side by side in one square (纵中横), longer ones and short capitals stand upright one below the other,
and everything else Western lies on its side (CLREQ 2.4.3). No character but the quotation marks is another than in
the horizontal book.
"""

import re

from lxml import etree

from edition.render.xhtml import XHTML, element

_QUOTES = str.maketrans("“”‘", "「」『")
_APOSTROPHE = re.compile(r"(?<![0-9A-Za-z])’|’(?![0-9A-Za-z])")
_WESTERN = re.compile(r"[0-9A-Za-z][0-9A-Za-z.,:/%@&+\-]*")
_SQUARE = re.compile(r"[0-9]{2}|[0-9]{1,2}%|[A-Z][0-9]{1,2}")
_UPRIGHT = re.compile(r"[0-9]|[0-9]{3,4}|[A-Z]{1,4}")


def set_upright(root: etree._Element) -> None:
    """Mark the numbers and change the quotation marks of a tree, in place."""
    for node in [*root.iter(f"{{{XHTML}}}*")]:
        if node.get("class") != "noteref":  # a square by itself
            _text(node)
        if node is not root and node.tail:
            _tail(node)


def upright(text: str) -> str:
    """The text with the quotation marks of vertical setting; apostrophes stay."""
    return _APOSTROPHE.sub("』", text).translate(_QUOTES)


def _text(node: etree._Element) -> None:
    first, marked = _marked(node.text or "")
    node.text = first or None
    for at, span in enumerate(marked):
        node.insert(at, span)


def _tail(node: etree._Element) -> None:
    first, marked = _marked(node.tail or "")
    node.tail = first or None
    parent = node.getparent()
    if parent is not None:
        at = parent.index(node) + 1
        parent[at:at] = marked


def _marked(text: str) -> tuple[str, list[etree._Element]]:
    """The text up to the first run to be marked, and the spans, each with the text after it as its tail."""
    text = upright(text)
    spans: list[etree._Element] = []
    first, last = text, 0
    for found in _WESTERN.finditer(text):
        run = found[0].rstrip(".,:/-")
        name = "square" if _SQUARE.fullmatch(run) else "upright" if _UPRIGHT.fullmatch(run) else ""
        if not name:
            continue
        before = text[last : found.start()]
        if spans:
            spans[-1].tail = before
        else:
            first = before
        spans.append(element("span", run, class_=name))
        last = found.start() + len(run)
    if spans:
        spans[-1].tail = text[last:]
    return first, spans
