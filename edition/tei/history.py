"""What became of a page after it was made: the release it belongs to, its errata, and items that are kept back.

`editionStmt/edition` names the release and what it replaces. In `revisionDesc`, after the changes that have no type, come
`change[@type='erratum']` (n: the line; del: what the release before read; add: what this one reads) and
`change[@type='withheld']` (target: the item; n: its lines; who, when and the reason), or `sealed` in the archive's copy,
which keeps the text.
"""

from collections.abc import Iterator

from lxml import etree

from edition.model.header import Erratum, Header, Release, Withheld
from edition.tei.names import T

WITHHOLDING = {
    True: (
        "这是公开本：revisionDesc 中 change[@type='withheld'] 所列的篇目不公开，各以一个 gap[@reason='withheld'] 代替，"
        "n 是不公开的行。因此本文件不能还原整个来源文件；公开的各行与来源一致。存档本保存全文。",
        "This is the public copy: the items that change[@type='withheld'] in revisionDesc lists are kept back, each with one "
        "gap[@reason='withheld'] in its place; n are the lines kept back. So the source file cannot be rebuilt from this file; "
        "the lines that are public are the source's. The archive's copy holds the whole text.",
    ),
    False: (
        "这是存档本，全文俱在；change[@type='sealed'] 所列的篇目在公开本中不公开。",
        "This is the archive's copy and whole; the items that change[@type='sealed'] lists are kept back in the public copy.",
    ),
}
ERRATA = (
    "revisionDesc 中 change[@type='erratum'] 列出本版与 editionStmt 所说前一版的不同：n 是来源的行号，target 是所在篇目，del 是前版所示，add 是本版所示。",
    "change[@type='erratum'] in revisionDesc lists what reads otherwise than in the release before, which editionStmt names: n "
    "is the line of the source, target the item, del what was shown then, add what is shown now.",
)
KINDS = {True: "sealed", False: "withheld"}  # of an item that is kept back elsewhere, or here


def edition_statement(release: Release) -> etree._Element:
    """editionStmt."""
    statement = etree.Element(f"{T}editionStmt")
    edition = etree.SubElement(statement, f"{T}edition", n=release.version)
    edition.text = f"第 {release.version} 版，"
    date = etree.SubElement(edition, f"{T}date", when=release.date)
    date.text = release.date
    if release.replaces:
        date.tail = "，代替第 "
        before = etree.SubElement(edition, f"{T}ref", type="replaces", n=release.replaces)
        before.text = release.replaces
        before.tail = " 版"
    return statement


def changes(header: Header) -> Iterator[etree._Element]:
    """The errata, then the items kept back."""
    if header.release:
        for erratum in header.release.errata:
            yield _erratum(erratum, header.release)
    for one in header.withheld:
        facts = {
            "type": KINDS[one.is_here],
            "n": one.lines,
            "target": f"#{one.item}",
            "when": one.when,
            "who": f"#{one.who}",
        }
        element = etree.Element(f"{T}change", facts)
        element.text = one.reason
        yield element


def _erratum(erratum: Erratum, release: Release) -> etree._Element:
    element = etree.Element(f"{T}change", type="erratum", n=str(erratum.line), when=release.date)
    if erratum.item:
        element.set("target", f"#{erratum.item}")
    etree.SubElement(element, f"{T}del").text = erratum.before or None
    etree.SubElement(element, f"{T}add").text = erratum.after or None
    return element


def read_release(root: etree._Element) -> Release | None:
    """The release that a document says it belongs to, if any."""
    edition = root.find(f"{T}teiHeader/{T}fileDesc/{T}editionStmt/{T}edition")
    if edition is None:
        return None
    date, before = edition.find(f"{T}date"), edition.find(f"{T}ref")
    return Release(
        version=edition.get("n", ""),
        date="" if date is None else date.get("when", ""),
        replaces=None if before is None else before.get("n"),
        errata=tuple(_read_erratum(element) for element in _changes(root, "erratum")),
    )


def _read_erratum(element: etree._Element) -> Erratum:
    before, after = element.findtext(f"{T}del") or "", element.findtext(f"{T}add") or ""
    target = element.get("target")
    return Erratum(int(element.get("n", "0")), before, after, target.removeprefix("#") if target else None)


def read_withheld(root: etree._Element) -> tuple[Withheld, ...]:
    """The items that are kept back, here or in the public copy."""
    return tuple(
        Withheld(
            item=element.get("target", "").removeprefix("#"),
            lines=element.get("n", ""),
            when=element.get("when", ""),
            who=element.get("who", "").removeprefix("#"),
            reason=element.text or "",
            is_here=element.get("type") == KINDS[True],
        )
        for element in _changes(root, *KINDS.values())
    )


def _changes(root: etree._Element, *kinds: str) -> list[etree._Element]:
    found = root.iterfind(f"{T}teiHeader/{T}revisionDesc/{T}change")
    return [element for element in found if element.get("type") in kinds]


def kept_back(root: etree._Element) -> tuple[str, ...]:
    """The lines that the header says are kept back in this copy, as it writes them."""
    return tuple(one.lines for one in read_withheld(root) if not one.is_here)
