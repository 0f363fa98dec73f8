"""The folder of results: is it up to date, what stays in it, how new files come into it.

A bag in it is one thing: written whole, taken away whole, and replaced only where it is ours and nothing was put into it.
"""

import shutil
from collections.abc import Callable, Mapping, Sequence, Set
from pathlib import Path

from edition import files
from edition.archive import fixity, manifest
from edition.archive.bag import Part
from edition.errors import OutputError

BAG = ".bag"  # how the name of a bag's folder ends


def up_to_date(out: Path, key: str) -> manifest.Manifest | None:
    """The manifest of the last build, if it was made from the same and its files are untouched."""
    old = _old(out)
    if old is None or old.key != key:
        return None
    for name, (_, digest) in old.files.items():
        if not (out / name).is_file() or files.sha256_file(out / name) != digest:
            return None
    if any(fixity.check(out / bag).findings for bag in _bags(old)):
        return None
    return old


def _bags(old: manifest.Manifest) -> set[str]:
    """The folders of the bags that a manifest names."""
    return {name.partition("/")[0] for name in old.files if name.partition("/")[0].endswith(BAG)}


def _old(out: Path) -> manifest.Manifest | None:
    path = out / "manifest.json"
    return manifest.read(path.read_bytes()) if path.is_file() else None


def kept(
    out: Path, outputs: Mapping[str, bytes], only: Sequence[str], edition_id: str, withheld: str = ""
) -> dict[str, bytes]:
    """What the build before made of kinds that were not asked for now; it stays, and stays in the manifest.

    Nothing stays that was made when other items were withheld (`withheld` is the sha256 of what says so): it may hold
    text that is not to be published any more.
    """
    old = _old(out)
    if old and old.withheld != withheld:
        return {}
    kinds = {name: _kind(name, edition_id) for name in old.files} if old else {}
    return {
        name: (out / name).read_bytes()
        for name, kind in kinds.items()
        if kind and kind not in only and name not in outputs and (out / name).is_file()
    }


def _kind(name: str, edition_id: str) -> str | None:
    """The kind of output that a file is, None for what belongs to no kind."""
    top = name.partition("/")[0]
    ends = {".epub": "epub", ".pdf": "pdf", ".txt": "text", ".jsonl": "jsonl", BAG: "bag"}
    if top == "tei":
        return "tei"
    if top.startswith(f"{edition_id}-") and top.endswith((".epub", ".pdf")):
        return top.rpartition(".")[2]  # a volume
    return ends.get(top.removeprefix(edition_id))


def earlier(out: Path, edition_id: str) -> Callable[[str], tuple[bytes, Mapping[str, object]] | None]:
    """What the build before made and told of a volume, by how its name ends after the id; None if it was touched."""
    old = _old(out)

    def found(end: str) -> tuple[bytes, Mapping[str, object]] | None:
        name = f"{edition_id}{end}"
        what = old.volumes.get(name) if old else None
        if old is None or what is None or name not in old.files or not (out / name).is_file():
            return None
        data = (out / name).read_bytes()
        return (data, what) if files.sha256(data) == old.files[name][1] else None

    return found


def told(out: Path, staying: Mapping[str, bytes]) -> dict[str, Mapping[str, object]]:
    """What the build before told of the volumes that stay."""
    old = _old(out)
    return {name: what for name, what in old.volumes.items() if name in staying} if old else {}


def put_bag(path: Path, bag: Mapping[str, Part], edition_id: str) -> dict[str, bytes]:
    """Write a bag, whole or not at all; gives the files beside its payload, by their path in it.

    Raises OutputError where a folder stands in its place that is not this edition's bag, or holds files of others.
    """
    if path.exists() or path.is_symlink():
        _replaceable(path, edition_id)
    files.write_folder(path, bag)
    return {name: part for name, part in bag.items() if isinstance(part, bytes) and not name.startswith("data/")}


def _replaceable(path: Path, edition_id: str) -> None:
    """Raise OutputError unless the folder is a bag of this edition to which nothing was added."""
    known = fixity.info(path) if path.is_dir() and not path.is_symlink() and (path / "data").is_dir() else {}
    if known.get("External-Identifier") != edition_id or not known.get("Bag-Software-Agent", "").startswith(
        fixity.AGENT
    ):
        raise OutputError(
            f"what stands there is not a bag of the edition {edition_id!r}, so it is not replaced",
            where=str(path),
            remedy="move it away, or choose another folder with --out",
        )
    added = [finding.where for finding in fixity.check(path).findings if finding.code == "A-005"]
    if added:
        raise OutputError(
            f"files were put into the bag that would be lost: {added[0]}" + (" and others" if added[1:] else ""),
            where=str(path),
            remedy="move them away first; `edition verify` names them all",
        )


def move_in(out: Path, outputs: Mapping[str, bytes], staying: Mapping[str, bytes]) -> None:
    """Write everything, the manifest last; then take away what the build before wrote and this edition has no more."""
    old = _old(out)
    for name in sorted(outputs, key=lambda name: (name == "manifest.json", name)):
        files.write(out / name, outputs[name])
    current = {*outputs, *staying}
    for name in old.files if old else ():
        if name not in current and (out / name).is_file() and not (out / name).is_symlink():
            _take_away(out, name, current)


def _take_away(out: Path, name: str, current: Set[str]) -> None:
    """Remove a file and the folders that become empty; a bag goes as a whole."""
    top = name.partition("/")[0]
    if not top.endswith(BAG):
        (out / name).unlink()
        _remove_empty((out / name).parent, out)
    elif not any(other.startswith(f"{top}/") for other in current) and _is_ours(out / top):
        shutil.rmtree(out / top)


def _is_ours(path: Path) -> bool:
    """Whether a folder is a bag that the program made and nobody added to."""
    made = path.is_dir() and fixity.info(path).get("Bag-Software-Agent", "").startswith(fixity.AGENT)
    return made and not any(finding.code == "A-005" for finding in fixity.check(path).findings)


def _remove_empty(folder: Path, out: Path) -> None:
    """Remove a folder that has become empty, and those above it, up to `out`."""
    while folder != out and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
