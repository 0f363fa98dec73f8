"""The deposit described for catalogues: Dublin Core (oai_dc) and DataCite 4 as XML.

What is not known is left out; where DataCite demands a value it gets the standard code for one that is missing:
`(:tba)`, to be assigned, for the DOI that the archive gives, `(:unav)`, unavailable, for creator and publisher.
"""

from collections.abc import Mapping

from lxml import etree

from edition.archive.bag import Digests
from edition.archive.crate import description
from edition.archive.holdings import KINDS, Holdings, media_type, of_items, told
from edition.model.labels import page_label

DC = "http://purl.org/dc/elements/1.1/"
OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
DATACITE = "http://datacite.org/schema/kernel-4"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_RESOURCE = "Digital edition of newspaper pages"


def dublin_core(held: Holdings, files: Mapping[str, Digests]) -> bytes:
    """The fifteen elements, as far as they are known."""
    names: dict[str | None, str] = {"oai_dc": OAI_DC, "dc": DC}
    root = etree.Element(f"{{{OAI_DC}}}dc", nsmap=names)
    _dc(root, "title", held.title)
    _dc(root, "identifier", held.id)
    _dc(root, "description", description(held))
    for name in held.editors:
        _dc(root, "contributor", name)
    if held.publisher:
        _dc(root, "publisher", held.publisher)
    _dc(root, "date", held.day)
    _dc(root, "language", held.language)
    _dc(root, "type", "Text")
    for kind in _formats(files):
        _dc(root, "format", kind)
    for name in _newspapers(held):
        _dc(root, "source", name)
    for page in held.pages:
        _dc(root, "relation", f"{page.tei}: {page_label(page.edition.header)}")
    for subject in KINDS:
        _dc(root, "rights", f"{subject}: {told(held.right(subject))}")
    for page, one in of_items(held.pages):
        _dc(root, "rights", f"{one.right.subject} of {page.stem}#{one.item}: {told(one.right)}")
    return _bytes(root)


def datacite(held: Holdings, files: Mapping[str, Digests]) -> bytes:
    """A DataCite 4 resource."""
    root = etree.Element(f"{{{DATACITE}}}resource", nsmap={None: DATACITE})
    _in(root, "identifier", "(:tba)", identifierType="DOI")
    _in(_in(_in(root, "creators"), "creator"), "creatorName", "(:unav)")
    _in(_in(root, "titles"), "title", held.title).set(XML_LANG, held.language)
    _in(root, "publisher", held.publisher or "(:unav)")
    _in(root, "publicationYear", held.day[:4])
    _in(root, "resourceType", _RESOURCE, resourceTypeGeneral="Text")
    if held.editors:
        people = _in(root, "contributors")
        for name in held.editors:
            _in(_in(people, "contributor", contributorType="Editor"), "contributorName", name)
    _in(_in(root, "dates"), "date", held.day, dateType="Issued")
    _in(root, "language", held.language)
    other = _in(_in(root, "alternateIdentifiers"), "alternateIdentifier", held.id)
    other.set("alternateIdentifierType", "id of the edition")
    _in(_in(root, "sizes"), "size", f"{sum(one.size for one in files.values())} bytes in {len(files)} files")
    formats = _in(root, "formats")
    for kind in _formats(files):
        _in(formats, "format", kind)
    if held.version:
        _in(root, "version", held.version)
    _rights(root, held)
    text = _in(_in(root, "descriptions"), "description", description(held), descriptionType="Abstract")
    text.set(XML_LANG, "en")
    if papers := _newspapers(held):
        related = _in(root, "relatedItems")
        for paper in papers:
            item = _in(related, "relatedItem", relatedItemType="Collection", relationType="IsDerivedFrom")
            _in(_in(item, "titles"), "title", paper)
    return _bytes(root)


def _rights(root: etree._Element, held: Holdings) -> None:
    listing = _in(root, "rightsList")
    for subject in KINDS:
        right = held.right(subject)
        entry = _in(listing, "rights", f"{subject}: {told(right)}")
        if right.uri:
            entry.set("rightsURI", right.uri)
    for page, one in of_items(held.pages):
        entry = _in(listing, "rights", f"{one.right.subject} of {page.stem}#{one.item}: {told(one.right)}")
        if one.right.uri:
            entry.set("rightsURI", one.right.uri)


def _newspapers(held: Holdings) -> list[str]:
    names = (page.edition.header.issue.newspaper for page in held.pages)
    return list(dict.fromkeys(name for name in names if name))


def _formats(files: Mapping[str, Digests]) -> list[str]:
    return sorted({media_type(name) for name in files})


def _dc(root: etree._Element, name: str, text: str) -> None:
    etree.SubElement(root, f"{{{DC}}}{name}").text = text


def _in(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{DATACITE}}}{name}", attributes)
    element.text = text
    return element


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
