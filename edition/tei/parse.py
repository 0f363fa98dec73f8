"""XML bytes to a tree, safely: no document type, no entities, nothing fetched, a clear sentence if it is not XML."""

import re
from xml.parsers import expat

from lxml import etree

from edition.errors import TeiError
from edition.findings import Finding
from edition.tei.names import TEI
from edition.tei.wellformed import not_tei, unreadable

LARGE = 9_000_000  # bytes


_LAYOUT = re.compile(r"[ \t]*\n[ \t\n]*")


def layout_free(text: str | None) -> str:
    """Text without the line feeds of the XML's layout and the blanks beside them."""
    return _LAYOUT.sub("", text) if text and "\n" in text else text or ""


class _DocumentType(Exception):
    pass


class _Root(Exception):
    pass


def parse(data: bytes, name: str) -> etree._Element:
    """The root element of a TEI file.

    Raises TeiError if the bytes are no well-formed XML, declare a document type, or are not a TEI document.
    """
    found = examined(data, name)
    if isinstance(found, Finding):
        raise TeiError(found.message, where=found.where, remedy=found.hint)
    return found


def examined(data: bytes, name: str) -> etree._Element | Finding:
    """The root element of a TEI file, or the finding that says why there is none."""
    if line := _document_type(data):
        return _declares_type(name, line)
    huge = len(data) > LARGE  # libxml2 limits a text to ten million bytes otherwise
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=huge, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        return unreadable(data, name, error)
    except (ValueError, LookupError) as error:
        return Finding("V-007", name, f"cannot be read as XML: {error}")
    if root.getroottree().docinfo.doctype:
        return _declares_type(name, 1)
    return root if root.tag == f"{{{TEI}}}TEI" else not_tei(root, name)


def _document_type(data: bytes) -> int:
    """The line of a document type declaration, or 0; reads no further than the root's start tag."""
    parser = expat.ParserCreate()

    def found_type(*_: object) -> None:
        raise _DocumentType

    def found_root(*_: object) -> None:
        raise _Root

    parser.StartDoctypeDeclHandler = found_type
    parser.StartElementHandler = found_root
    try:
        parser.Parse(data, True)
    except _DocumentType:
        return parser.CurrentLineNumber
    except (_Root, expat.ExpatError, ValueError, LookupError):
        return 0
    return 0


def _declares_type(name: str, line: int) -> Finding:
    message = "the file declares a document type; entities and external DTDs are never read"
    return Finding(
        "V-006",
        f"{name}:{line}",
        message,
        remedy="remove the <!DOCTYPE …> declaration and write entities as characters",
    )
