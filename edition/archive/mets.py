"""A METS 1.12 file for each issue of a newspaper, with PREMIS 3 objects, events, an agent and rights.

Pages of one newspaper, date and issue number are one issue; pages of which none of these is known are one together.
The physical map lists the pages, the logical map their items, each with the place in the TEI where it begins. Written
with lxml, for `metsrw` numbers its sections by a counter of the process and stamps its own time; the tests read the
files back with that library and check them against both schemas.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote

from lxml import etree

from edition.archive.bag import Digests
from edition.archive.holdings import KINDS, Holdings, Page, Scan, media_type, of_items, told
from edition.archive.premis import PREMIS, agent, event, events, object_, rights
from edition.model.labels import item_label, page_label
from edition.model.walk import items

METS = "http://www.loc.gov/METS/"
XLINK = "http://www.w3.org/1999/xlink"
DC = "http://purl.org/dc/elements/1.1/"
FOLDER = "metadata/mets"  # under the payload
_NSMAP: dict[str | None, str] = {"mets": METS, "xlink": XLINK, "premis": PREMIS, "dc": DC}
_UP = "../../"  # from the folder to the payload


@dataclass(frozen=True, slots=True)
class _File:
    id: str
    path: str  # in the payload
    use: str


def write(held: Holdings, files: Mapping[str, Digests]) -> dict[str, bytes]:
    """The METS files, by their path in the payload; `files` are the payload's other files."""
    issues: dict[tuple[str | None, ...], list[Page]] = {}
    for page in held.pages:
        issue = page.edition.header.issue
        issues.setdefault((issue.newspaper, issue.date or issue.printed_date, issue.issue), []).append(page)
    made: dict[str, bytes] = {}
    for key, pages in issues.items():
        name = _name(key, made)
        made[f"{FOLDER}/{name}.xml"] = _issue(held, files, key, pages)
    return made


def _name(key: Sequence[str | None], made: Mapping[str, bytes]) -> str:
    """A file name for an issue: its date or number where one is known, with a counter where that is not enough."""
    known = [re.sub("[^0-9A-Za-z]+", "-", part).strip("-") for part in key[1:] if part]
    name = "-".join(["issue", *(part for part in known if part)]) if any(known) else "issue-unknown"
    taken = sum(path.startswith(f"{FOLDER}/{name}") for path in made)
    return f"{name}-{taken + 1}" if taken else name


def _issue(held: Holdings, files: Mapping[str, Digests], key: Sequence[str | None], pages: Sequence[Page]) -> bytes:
    label = " ".join(part for part in key if part) or held.title
    root = etree.Element(f"{{{METS}}}mets", nsmap=_NSMAP, OBJID=held.id, LABEL=label, TYPE="newspaper issue")
    listed = _files(held, files, pages)
    _header(root, held)
    _description(root, held, label, key)
    for number, file in enumerate(listed, 1):
        _administration(root, held, file, files[file.path], number)
    _provenance(root, held, pages)
    _inventory(root, listed, files, _remote(held, pages))
    _physical(root, label, pages, listed, held)
    _logical(root, label, pages, listed)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _files(held: Holdings, files: Mapping[str, Digests], pages: Sequence[Page]) -> list[_File]:
    """The files of an issue: TEI, sources, scans of its pages, and the books, which hold the whole edition."""
    wanted = [(page.tei, "tei") for page in pages]
    wanted += [(page.source, "source") for page in pages if page.has_source]
    wanted += [(scan.path, "scan") for scan in _scans(held, pages) if scan.path]
    wanted += [(name, "edition") for name in sorted(files) if name.startswith("editions/")]
    return [_File(f"F{number}", path, use) for number, (path, use) in enumerate(dict(wanted).items(), 1)]


def _scans(held: Holdings, pages: Sequence[Page]) -> list[Scan]:
    stems = {page.stem for page in pages}
    return [scan for scan in held.scans if scan.page in stems]


def _remote(held: Holdings, pages: Sequence[Page]) -> list[Scan]:
    return [scan for scan in _scans(held, pages) if scan.state == "remote"]


def _header(root: etree._Element, held: Holdings) -> None:
    header = _in(root, "metsHdr", CREATEDATE=held.issued)
    maker = _in(header, "agent", ROLE="CREATOR", TYPE="OTHER", OTHERTYPE="SOFTWARE")
    _in(maker, "name", f"edition {held.program}")
    if held.publisher:
        _in(_in(header, "agent", ROLE="EDITOR", TYPE="ORGANIZATION"), "name", held.publisher)


def _description(root: etree._Element, held: Holdings, label: str, key: Sequence[str | None]) -> None:
    section = _in(root, "dmdSec", ID="DMD1")
    data = _in(_in(section, "mdWrap", MDTYPE="DC"), "xmlData")
    facts = [("title", label), ("isPartOf", held.title), ("source", key[0]), ("date", key[1]), ("identifier", key[2])]
    for name, value in facts:
        if value:
            etree.SubElement(data, f"{{{DC}}}{'relation' if name == 'isPartOf' else name}").text = value
    etree.SubElement(data, f"{{{DC}}}language").text = held.language


def _administration(root: etree._Element, held: Holdings, file: _File, digests: Digests, number: int) -> None:
    section = _in(root, "amdSec", ID=f"AMD{number}")
    data = _wrapped(section, "techMD", f"TECH{number}", "PREMIS:OBJECT")
    data.append(object_(file.path, media_type(file.path), digests))


def _provenance(root: etree._Element, held: Holdings, pages: Sequence[Page]) -> None:
    """What was done to the pages, by which program, and the rights; one section for the whole issue."""
    section = _in(root, "amdSec", ID="PROVENANCE")
    for number, kind in enumerate(KINDS, 1):
        _wrapped(section, "rightsMD", f"RIGHTS{number}", "PREMIS:RIGHTS").append(rights(kind, told(held.right(kind))))
    for number, (page, one) in enumerate(of_items(pages), len(KINDS) + 1):
        what = f"{one.right.subject} of {page.stem}#{one.item}"
        data = _wrapped(section, "rightsMD", f"RIGHTS{number}", "PREMIS:RIGHTS")
        data.append(rights(what, told(one.right)))
    told_of = [(page, done) for page in pages for done in events(page)]
    for number, (page, done) in enumerate(told_of, 1):
        data = _wrapped(section, "digiprovMD", f"EVENT{number}", "PREMIS:EVENT")
        data.append(event(done, page, held, number))
    _wrapped(section, "digiprovMD", "AGENT1", "PREMIS:AGENT").append(agent(held.program))


def _inventory(
    root: etree._Element, listed: Sequence[_File], files: Mapping[str, Digests], remote: Sequence[Scan]
) -> None:
    section = _in(root, "fileSec")
    groups: dict[str, etree._Element] = {}
    for number, file in enumerate(listed, 1):
        if file.use not in groups:
            groups[file.use] = _in(section, "fileGrp", USE=file.use)
        known = files[file.path]
        entry = _in(
            groups[file.use], "file", ID=file.id, MIMETYPE=media_type(file.path), SIZE=str(known.size),
            CHECKSUM=known.sha256, CHECKSUMTYPE="SHA-256", ADMID=f"TECH{number}",
        )  # fmt: skip
        _locate(entry, _UP + quote(file.path))
    for number, scan in enumerate(remote, 1):
        if "remote scan" not in groups:
            groups["remote scan"] = _in(section, "fileGrp", USE="remote scan")
        _locate(_in(groups["remote scan"], "file", ID=f"R{number}"), scan.address)


def _locate(entry: etree._Element, address: str) -> None:
    _in(entry, "FLocat", LOCTYPE="URL").set(f"{{{XLINK}}}href", address)


def _physical(root: etree._Element, label: str, pages: Sequence[Page], listed: Sequence[_File], held: Holdings) -> None:
    ids = {file.path: file.id for file in listed}
    top = _in(_in(root, "structMap", TYPE="physical"), "div", TYPE="issue", LABEL=label, DMDID="DMD1")
    remote = {scan.page: f"R{number}" for number, scan in enumerate(_remote(held, pages), 1)}
    scans = {scan.page: scan.path for scan in held.scans}
    for order, page in enumerate(pages, 1):
        div = _in(top, "div", TYPE="page", ORDER=str(order), LABEL=page_label(page.edition.header))
        parts = [ids.get(path) for path in (page.tei, page.source, scans.get(page.stem, ""))]
        for id_ in (*parts, remote.get(page.stem)):
            if id_:
                _in(div, "fptr", FILEID=id_)


def _logical(root: etree._Element, label: str, pages: Sequence[Page], listed: Sequence[_File]) -> None:
    ids = {file.path: file.id for file in listed}
    top = _in(_in(root, "structMap", TYPE="logical"), "div", TYPE="issue", LABEL=label)
    for page in pages:
        header = page.edition.header
        div = _in(top, "div", TYPE="page", LABEL=f"{page_label(header)} ({PurePosixPath(page.stem).name})")
        for order, item in enumerate(items(page.edition), 1):
            name = item_label(item, header.width_policy, header.regime)[0]
            part = _in(div, "div", TYPE=item.kind, ORDER=str(order), LABEL=name)
            _in(_in(part, "fptr"), "area", FILEID=ids[page.tei], BETYPE="IDREF", BEGIN=item.id)


def _wrapped(section: etree._Element, name: str, id_: str, kind: str) -> etree._Element:
    wrap = _in(_in(section, name, ID=id_), "mdWrap", MDTYPE=kind, MDTYPEVERSION="3.0")
    return _in(wrap, "xmlData")


def _in(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{METS}}}{name}", attributes)
    element.text = text
    return element
