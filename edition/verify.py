"""Is a deposit whole: its files against its manifests, and each TEI in it against the source beside it (law 1).

A folder comes in, findings come out; nothing is changed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from edition import files
from edition.archive import fixity
from edition.errors import EditionError
from edition.findings import Finding
from edition.tei import parse, restore


@dataclass(frozen=True, slots=True)
class Verified:
    """What was looked at, and what is wrong."""

    files: int
    size: int  # bytes
    algorithms: tuple[str, ...]
    pages: int  # TEI files whose source could be rebuilt
    findings: tuple[Finding, ...]


def verify(bag: Path) -> Verified:
    """Check a bag. Raises UsageError where the folder is no bag."""
    checked = fixity.check(bag)
    findings = list(checked.findings)
    spoiled = {finding.where for finding in findings}
    teis = sorted((bag / "data" / "tei").rglob("*.xml"))
    sound = [path for path in teis if path.is_file() and not path.is_symlink() and str(path) not in spoiled]
    wrong = [finding for path in sound for finding in _law(bag / "data", path)]
    return Verified(checked.files, checked.size, checked.algorithms, len(sound) - len(wrong), (*findings, *wrong))


def _law(data: Path, tei: Path) -> Iterator[Finding]:
    """At most one finding: that a TEI does not give the bytes of its source, as its header and the bag have them."""
    try:
        restored = restore.restore(parse.parse(files.read(tei), str(tei)), str(tei))
    except EditionError as error:
        yield Finding("A-008", error.where or str(tei), error.message)
        return
    if restored.withheld and not restored.is_faithful:
        yield Finding("A-010", str(tei), f"lines {', '.join(restored.withheld)} are kept back, as its header says")
        return
    source = data / "source" / tei.relative_to(data / "tei").parent / restored.name
    if not restored.is_faithful:
        yield Finding("A-008", str(tei), "the bytes rebuilt from it do not have the sha256 in its header")
    elif not source.is_file():
        yield Finding("A-008", str(tei), f"its source {restored.name} is not in the bag")
    elif files.read(source) != restored.data:
        yield Finding("A-008", str(tei), f"the bytes rebuilt from it are not those of {source.relative_to(data)}")
