"""XML bytes to a tree, safely: no document type, no entities, nothing fetched, a clear sentence if it is not XML."""

import re
from xml.parsers import expat

from lxml import etree

from edition.errors import TeiError
from edition.tei.names import TEI

LARGE = 9_000_000  # bytes


_LAYOUT = re.compile(r"[ \t]*\n[ \t\n]*")


def layout_free(text: str | None) -> str:
    """Text without the line feeds of the XML's layout and the blanks beside them."""
    return _LAYOUT.sub("", text) if text else ""


def local(element: etree._Element) -> str:
    """An element's name without its namespace."""
    return etree.QName(element).localname


class _DocumentType(Exception):
    pass


class _Root(Exception):
    pass


def parse(data: bytes, name: str) -> etree._Element:
    """The root element of a TEI file.

    Raises TeiError if the bytes are no well-formed XML, declare a document type, or are not a TEI document.
    """
    _refuse_document_type(data, name)
    huge = len(data) > LARGE  # libxml2 limits a text to ten million bytes otherwise
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=huge, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise TeiError(
            f"not well-formed XML: {error.msg}",
            where=f"{name}:{error.lineno or 1}",
            remedy="mend the XML there; an editor that knows XML shows the place",
        ) from None
    except (ValueError, LookupError) as error:
        raise TeiError(f"cannot be read as XML: {error}", where=name, remedy="save it as UTF-8") from None
    if root.getroottree().docinfo.doctype:
        raise _declares_type(name, 1)
    if root.tag != f"{{{TEI}}}TEI":
        raise TeiError(
            f"the root element is {etree.QName(root).localname!r}, not TEI in the TEI namespace",
            where=f"{name}:{root.sourceline}",
            remedy="give a TEI file that `edition` wrote, or one corrected from it",
        )
    return root


def _refuse_document_type(data: bytes, name: str) -> None:
    """Read no further than the root's start tag; a document type declaration would stand before it."""
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
        raise _declares_type(name, parser.CurrentLineNumber) from None
    except (_Root, expat.ExpatError, ValueError, LookupError):
        return


def _declares_type(name: str, line: int) -> TeiError:
    return TeiError(
        "the file declares a document type; entities and external DTDs are never read",
        where=f"{name}:{line}",
        remedy="remove the <!DOCTYPE …> declaration and write entities as characters",
    )
