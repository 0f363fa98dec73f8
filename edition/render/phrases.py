"""Display lines kept together, so that a narrow screen breaks them where a reader would.

In a headline every printed line is a block of its own, whose rest a reader's device can balance; a title falls apart
before a bracket or at a blank rather than inside a phrase. The text stays as it is: only spans come around it.
"""

import re

from lxml import etree

from edition.render.xhtml import XHTML, append, element

PARTS = re.compile(
    r"(?=（)|(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])"
)  # before a bracket, at a blank: where a title falls apart


def keep(root: etree._Element) -> None:
    """Put the spans into a tree, in place."""
    for head in (*root.iter(f"{{{XHTML}}}h2"), *root.iter(f"{{{XHTML}}}h3")):
        if head.find(f"{{{XHTML}}}br") is not None:
            _lines(head)
    for title in root.iter(f"{{{XHTML}}}h1"):
        if title.get("class") == "title" and title.text and not len(title):
            _phrases(title, title.text)


def _lines(head: etree._Element) -> None:
    """Each line of a headline in a span of its own, in place of the line breaks."""
    line = element("span", head.text, class_="line")
    lines = [line]
    for child in list(head):
        if child.tag == f"{{{XHTML}}}br":
            line = element("span", child.tail, class_="line")
            lines.append(line)
        else:
            line.append(child)
    head[:] = lines
    head.text = None


def _phrases(title: etree._Element, text: str) -> None:
    title.text = None
    at = 0
    for gap in PARTS.finditer(text):
        if text[at : gap.start()]:
            title.append(element("span", text[at : gap.start()], class_="phrase"))
            append(title, gap[0])
        at = gap.end()
    title.append(element("span", text[at:], class_="phrase"))
