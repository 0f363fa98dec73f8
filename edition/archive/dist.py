"""The folder of results: is it up to date, what stays in it, how new files come into it."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from edition import files
from edition.archive import manifest


def up_to_date(out: Path, key: str) -> manifest.Manifest | None:
    """The manifest of the last build, if it was made from the same and its files are untouched."""
    old = _old(out)
    if old is None or old.key != key:
        return None
    for name, (_, digest) in old.files.items():
        if not (out / name).is_file() or files.sha256_file(out / name) != digest:
            return None
    return old


def _old(out: Path) -> manifest.Manifest | None:
    path = out / "manifest.json"
    return manifest.read(path.read_bytes()) if path.is_file() else None


def kept(out: Path, outputs: Mapping[str, bytes], only: Sequence[str], edition_id: str) -> dict[str, bytes]:
    """What the build before made of kinds that were not asked for now; it stays, and stays in the manifest."""
    old = _old(out)
    names = {f"{edition_id}.epub": "epub", f"{edition_id}.pdf": "pdf"}
    kinds = {name: "tei" if name.startswith("tei/") else names.get(name) for name in old.files} if old else {}
    return {
        name: (out / name).read_bytes()
        for name, kind in kinds.items()
        if kind and kind not in only and name not in outputs and (out / name).is_file()
    }


def move_in(out: Path, outputs: Mapping[str, bytes], staying: Mapping[str, bytes]) -> None:
    """Write everything, the manifest last; then take away what the build before wrote and this edition has no more."""
    old = _old(out)
    for name in sorted(outputs, key=lambda name: (name == "manifest.json", name)):
        files.write(out / name, outputs[name])
    for name in old.files if old else ():
        if name not in outputs and name not in staying and (out / name).is_file() and not (out / name).is_symlink():
            (out / name).unlink()
            _remove_empty((out / name).parent, out)


def _remove_empty(folder: Path, out: Path) -> None:
    """Remove a folder that has become empty, and those above it, up to `out`."""
    while folder != out and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
