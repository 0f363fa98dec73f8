"""PREMIS 3 as XML: what a file is, what was done to a page, by which program, and the rights.

Only what is known is told: the date of every event is the date that the edition states.
"""

from dataclasses import dataclass

from lxml import etree

from edition.archive.bag import Digests
from edition.archive.holdings import Holdings, Page

PREMIS = "http://www.loc.gov/premis/v3"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
_LOCAL = "path in the bag"
_AGENT = "edition"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that was done to a page."""

    kind: str  # of the PREMIS vocabulary eventType, where it has a word
    detail: str
    outcome: str
    uses_source: bool  # whether the source file had a part in it


def events(page: Page) -> list[Event]:
    """What is done to every page at every build, in order."""
    source = page.edition.header.source
    restored = f"sha256 {source.sha256}, {source.size} bytes"
    done = [
        Event("metadata extraction", "OCR text to TEI: lines joined, articles and roles inferred", "success", True),
        Event("validation", "TEI checked against schema/edition.rng and the rules of the edition", "valid", False),
    ]
    if page.has_source:
        done.insert(1, Event("fixity check", "source rebuilt from the TEI, byte for byte", f"equal: {restored}", True))
    return done


def object_(path: str, kind: str, digests: Digests) -> etree._Element:
    """A file."""
    root = etree.Element(_name("object"), nsmap={"premis": PREMIS, "xsi": XSI})
    root.set(f"{{{XSI}}}type", "premis:file")
    _identified(root, "object", path)
    about = _in(root, "objectCharacteristics")
    for algorithm, digest in (("SHA-256", digests.sha256), ("SHA-512", digests.sha512)):
        fixity = _in(about, "fixity")
        _in(fixity, "messageDigestAlgorithm", algorithm)
        _in(fixity, "messageDigest", digest)
    _in(about, "size", str(digests.size))
    _in(_in(_in(about, "format"), "formatDesignation"), "formatName", kind)
    _in(root, "originalName", path.rpartition("/")[2])
    return root


def event(one: Event, page: Page, held: Holdings, number: int) -> etree._Element:
    """Something that was done; `number` tells it from the others of its file."""
    root = etree.Element(_name("event"), nsmap={"premis": PREMIS})
    _identified(root, "event", f"{held.id}-event-{number}", "local")
    _in(root, "eventType", one.kind)
    _in(root, "eventDateTime", held.issued)
    _in(_in(root, "eventDetailInformation"), "eventDetail", one.detail)
    _in(_in(root, "eventOutcomeInformation"), "eventOutcome", one.outcome)
    _linked(root, "Agent", _AGENT, "name", "executing program")
    if one.uses_source and page.has_source:
        _linked(root, "Object", page.source, _LOCAL, "source")
    _linked(root, "Object", page.tei, _LOCAL, "outcome" if one.uses_source else "source")
    return root


def agent(version: str) -> etree._Element:
    """The program."""
    root = etree.Element(_name("agent"), nsmap={"premis": PREMIS})
    _identified(root, "agent", _AGENT, "name")
    _in(root, "agentName", "edition")
    _in(root, "agentType", "software")
    _in(root, "agentVersion", version)
    return root


def rights(kind: str, words: str) -> etree._Element:
    """The rights in one kind of content, as the editor stated them or as unknown."""
    root = etree.Element(_name("rights"), nsmap={"premis": PREMIS})
    statement = _in(root, "rightsStatement")
    _identified(statement, "rightsStatement", f"rights-{kind}", "local")
    _in(statement, "rightsBasis", "Other")
    other = _in(statement, "otherRightsInformation")
    _in(other, "otherRightsBasis", "as the editor stated them")
    _in(other, "otherRightsNote", f"{kind}: {words}")
    return root


def _identified(parent: etree._Element, name: str, value: str, kind: str = _LOCAL) -> None:
    identifier = _in(parent, f"{name}Identifier")
    _in(identifier, f"{name}IdentifierType", kind)
    _in(identifier, f"{name}IdentifierValue", value)


def _linked(parent: etree._Element, what: str, value: str, kind: str, role: str) -> None:
    link = _in(parent, f"linking{what}Identifier")
    _in(link, f"linking{what}IdentifierType", kind)
    _in(link, f"linking{what}IdentifierValue", value)
    _in(link, f"linking{what}Role", role)


def _in(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    element = etree.SubElement(parent, _name(name))
    element.text = text
    return element


def _name(name: str) -> str:
    return f"{{{PREMIS}}}{name}"
