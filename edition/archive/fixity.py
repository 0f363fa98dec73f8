"""Is a bag still what its manifests say: which file was lost, added or changed. It reads files and changes none.

Any BagIt bag of version 0.97 or 1.0 can be checked; a file beside `data/` that no tag manifest lists is an addition
only in a bag that this program made, for others may keep such files by the rules of BagIt.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from edition.archive.bag import blocks
from edition.errors import UsageError
from edition.findings import Finding

AGENT = "edition "  # how Bag-Software-Agent begins in a bag of ours
_ALGORITHMS = {"md5": 32, "sha1": 40, "sha224": 56, "sha256": 64, "sha384": 96, "sha512": 128}
_ROW = re.compile(r"([0-9a-fA-F]+)[ \t]+\*?(.+)")
_NAME = re.compile(r"(tag)?manifest-([a-z0-9]+)\.txt")


@dataclass(slots=True)
class Checked:
    """What a check saw."""

    files: int = 0  # listed and read
    size: int = 0  # bytes read
    algorithms: tuple[str, ...] = ()  # of the payload manifests
    findings: list[Finding] = field(default_factory=list)


def check(folder: Path) -> Checked:
    """Compare a bag's files with its manifests. Raises UsageError where the folder is no bag."""
    _declared(folder)
    checked = Checked()
    there = {path.relative_to(folder).as_posix() for path in _files(folder)}
    payload, tags = _manifests(folder, there, checked)
    checked.algorithms = tuple(sorted(payload))
    ours = info(folder).get("Bag-Software-Agent", "").startswith(AGENT)
    rules = {name for name in there if _NAME.fullmatch(name) and name.startswith("tag")}
    beside = {name for name in there if not name.startswith("data/")} - rules if ours else set()
    _compare(folder, payload, {name for name in there if name.startswith("data/")}, checked)
    _compare(folder, tags, beside, checked)
    _oxum(folder, there, checked)
    return checked


def _declared(folder: Path) -> None:
    """Raise UsageError unless the folder says that it is a bag."""
    mark = folder / "bagit.txt"
    text = mark.read_text("utf-8", "replace") if mark.is_file() else ""
    if not text.startswith("BagIt-Version:") or not (folder / "data").is_dir():
        why = "no such folder" if not folder.is_dir() else "this folder is no bag: it has no bagit.txt beside data/"
        raise UsageError(
            why, where=str(folder), remedy="name the folder that `edition deposit` wrote, such as dist/NAME.bag"
        )


def info(folder: Path) -> dict[str, str]:
    """The lines of a bag's bag-info.txt, the last of each label; nothing where there is none."""
    path = folder / "bag-info.txt"
    text = path.read_text("utf-8", "replace") if path.is_file() and not path.is_symlink() else ""
    rows = re.sub(r"\r?\n[ \t]+", " ", text).splitlines()
    return {label.strip(): value.strip() for label, colon, value in (row.partition(":") for row in rows) if colon}


def _files(folder: Path) -> Iterator[Path]:
    """Every file and link under the folder; links are not followed."""
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.is_symlink():
            yield from _files(path)
        else:
            yield path


Listed = Mapping[str, Mapping[str, str]]  # algorithm -> path -> digest in hexadecimal


def _manifests(folder: Path, there: set[str], checked: Checked) -> tuple[Listed, Listed]:
    """The payload manifests and the tag manifests."""
    payload: dict[str, dict[str, str]] = {}
    tags: dict[str, dict[str, str]] = {}
    for name in sorted(there):
        found = _NAME.fullmatch(name)
        if not found:
            continue
        if found[2] not in _ALGORITHMS:
            checked.findings.append(Finding("A-007", str(folder / name), f"the digest {found[2]} is not known here"))
            continue
        (tags if found[1] else payload)[found[2]] = _rows(folder / name, found[2], not found[1], checked)
    if not payload:
        checked.findings.append(
            Finding("A-007", str(folder), "the bag has no manifest of its payload that can be read")
        )
    return payload, tags


def _rows(path: Path, algorithm: str, is_payload: bool, checked: Checked) -> dict[str, str]:
    """What a manifest lists; a line that cannot be relied on is a finding, and the file it names is never opened."""
    rows: dict[str, str] = {}
    for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1):
        found = _ROW.fullmatch(line)
        name = _decoded(found[2]) if found else ""
        wrong = _wrong(found, name, algorithm, is_payload, rows) if line.strip() else None
        if wrong:
            checked.findings.append(Finding("A-007", f"{path}:{number}", wrong))
        elif found:
            rows[name] = found[1].lower()
    return rows


def _decoded(path: str) -> str:
    return re.sub("%(0[aAdD]|25)", lambda found: chr(int(found[1], 16)), path.removeprefix("./"))


def _wrong(
    found: re.Match[str] | None, name: str, algorithm: str, is_payload: bool, rows: Mapping[str, str]
) -> str | None:
    """Why a line of a manifest cannot be relied on, or None."""
    if not found or len(found[1]) != _ALGORITHMS[algorithm]:
        return f"not a {algorithm} digest and a path"
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or name.startswith("~") or re.match("[A-Za-z]:", name):
        return f"the path {name!r} leads out of the bag; it was not opened"
    if is_payload != name.startswith("data/"):
        return f"the path {name!r} does not belong into this manifest"
    return f"{name!r} is listed twice" if name in rows else None


def _compare(folder: Path, manifests: Listed, there: set[str], checked: Checked) -> None:
    """Lost, changed and added files of the payload, or of what stands beside it."""
    listed = sorted({name for rows in manifests.values() for name in rows})
    for name in listed:
        wanted = {algorithm: rows[name] for algorithm, rows in manifests.items() if name in rows}
        checked.findings += _one(folder / name, wanted, set(manifests), checked)
    for name in sorted(there - set(listed)) if manifests else ():
        checked.findings.append(Finding("A-005", str(folder / name), "it stands in the bag, but no manifest lists it"))


def _one(path: Path, wanted: Mapping[str, str], algorithms: set[str], checked: Checked) -> Iterator[Finding]:
    if missing := sorted(algorithms - set(wanted)):
        yield Finding("A-007", str(path), f"it is not listed in the manifest of {', '.join(missing)}")
    if path.is_symlink():
        yield Finding("A-006", str(path), "it is a link now, not a file; what it points at was not read")
    elif not path.is_file():
        yield Finding("A-004", str(path), "the manifest lists it, but it is not there")
    else:
        try:
            wrong = _differing(path, wanted, checked)
        except OSError as error:
            yield Finding("A-006", str(path), f"it cannot be read: {(error.strerror or str(error)).lower()}")
            return
        if wrong:
            hint = (
                "" if len(wrong) == len(wanted) else "; the other digest agrees, so the manifest itself may be damaged"
            )
            yield Finding("A-006", str(path), f"its {' and '.join(wrong)} differ from the manifest{hint}")


def _differing(path: Path, wanted: Mapping[str, str], checked: Checked) -> list[str]:
    """The algorithms whose digest of the file is not the wanted one."""
    sums = {algorithm: hashlib.new(algorithm) for algorithm in sorted(wanted)}
    for block in blocks(path):
        checked.size += len(block)
        for one in sums.values():
            one.update(block)
    checked.files += 1
    return [algorithm for algorithm, one in sums.items() if one.hexdigest() != wanted[algorithm]]


def _oxum(folder: Path, there: set[str], checked: Checked) -> None:
    """Size and number of the payload as bag-info.txt has them."""
    stated = info(folder).get("Payload-Oxum")
    names = [folder / name for name in there if name.startswith("data/")]
    seen = f"{sum(path.lstat().st_size for path in names)}.{len(names)}"
    if stated and stated != seen:
        where = str(folder / "bag-info.txt")
        checked.findings.append(
            Finding("A-007", where, f"Payload-Oxum is {stated}, the payload is {seen} (bytes.files)")
        )
