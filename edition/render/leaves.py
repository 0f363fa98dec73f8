"""A page's XHTML into files that a reading system can open at once: one file a source page, cut only where one is too
large, and then between items, or inside an item between paragraphs. Nothing is repeated; a part that goes on says so.
"""

from collections.abc import Iterator

from lxml import etree

_CUT = ("section", "article", "ul", "dl")  # what may be cut
MOST = 280 * 1024  # bytes of a page's section; with the head of the file it stays under 300 KB


def leaves(section: etree._Element, most: int = MOST) -> list[etree._Element]:
    """The section, or its parts of at most `most` bytes in reading order; only a single paragraph may be larger.

    The first part keeps the id; the others have none, and the class `continued`.
    """
    if _size(section) <= most:
        return [section]
    parts = [_shell(section)]
    held = _size(parts[0])
    for piece in list(_pieces(section, most)):
        size = _size(piece)
        if held + size > most and len(parts[-1]):
            parts.append(_continued(section))
            held = _size(parts[-1])
        parts[-1].append(piece)
        held += size
    return parts


def _pieces(section: etree._Element, most: int) -> Iterator[etree._Element]:
    for child in section:
        if _size(child) > most and str(child.tag).rpartition("}")[2] in _CUT:
            yield from leaves(child, most)
        else:
            yield child


def _size(node: etree._Element) -> int:
    return len(etree.tostring(node, encoding="UTF-8"))


def _shell(section: etree._Element) -> etree._Element:
    """The element without its children."""
    return etree.Element(section.tag, dict(section.attrib), nsmap=section.nsmap)


def _continued(section: etree._Element) -> etree._Element:
    shell = _shell(section)
    shell.attrib.pop("id", None)
    if shell.attrib.pop("aria-labelledby", None):
        shell.set("aria-label", "（续）")
    shell.set("class", f"{shell.get('class', '')} continued".strip())
    return shell
