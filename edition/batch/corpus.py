"""What lies at an address: the folders with an edition.toml (volumes), and their texts. Listing only; no text is read.

An address is a local folder or anything that fsspec opens (`zip://…`, `memory://…`, `s3://…` with its extra).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Protocol

from edition import config as configuration
from edition import decisions, gazetteer
from edition.errors import UsageError

ASTRAY = "?"  # the volume of texts that no edition.toml claims


class FileSystem(Protocol):
    """The verbs of fsspec that a batch needs."""

    def ls(self, path: str, detail: bool) -> list[dict[str, str]]:
        """The entries of a folder, each with `name` (whole path) and `type`."""
        ...

    def cat_file(self, path: str) -> bytes:
        """A file's bytes."""
        ...

    def get(self, rpath: str, lpath: str, recursive: bool) -> None:
        """Copy a folder to this machine."""
        ...


@dataclass(slots=True)
class Volume:
    """A folder with an edition.toml, and every text under it (as `edition build` of that folder takes them)."""

    path: str  # under the corpus, with forward slashes; "" for the corpus itself
    texts: list[str] = field(default_factory=list)  # paths under the volume, sorted
    beside: set[str] = field(default_factory=set)  # NAME.decisions.toml and NAME.xml that are there


def is_corpus(address: str) -> bool:
    """Whether an address holds many editions: it is no plain folder, or its folders have an edition.toml, not itself."""
    if "://" in address:
        return True
    folder = Path(address)
    if not folder.is_dir() or (folder / configuration.NAME).is_file():
        return False
    return any(_visible(path.relative_to(folder).parts) for path in folder.rglob(configuration.NAME))


def opened(address: str) -> tuple[FileSystem, str]:
    """The file system of an address and the path in it. Raises UsageError with the reason if it cannot be opened."""
    from fsspec.core import url_to_fs

    try:
        system, root = url_to_fs(address)
        if not system.isdir(root):
            raise UsageError("no such folder", where=address, remedy="name the folder above the editions")
    except (ImportError, ValueError, OSError) as error:
        raise UsageError(
            f"cannot be opened: {error}", where=address, remedy="check the address; s3:// and gs:// need their extras"
        ) from None
    return system, root


def volumes(system: FileSystem, root: str) -> Iterator[Volume]:
    """Every volume under a path, in the order of their names; texts outside of any are in one named ASTRAY."""
    astray = Volume(ASTRAY)
    yield from _visit(system, root, PurePosixPath(), astray)
    if astray.texts:
        yield astray


def _visit(system: FileSystem, root: str, place: PurePosixPath, owner: Volume) -> Iterator[Volume]:
    names = _entries(system, _join(root, place.as_posix()))
    mine = owner
    if owner.path == ASTRAY and names.get(configuration.NAME) == "file":
        mine = Volume("" if place == PurePosixPath() else place.as_posix())
    for name, kind in names.items():
        if kind == "directory":
            yield from _visit(system, root, place / name, mine)
        elif name.endswith((".txt", ".xml", decisions.SUFFIX)) or (name == gazetteer.NAME and mine is not owner):
            path = (place / name).relative_to(mine.path if mine.path != ASTRAY else "").as_posix()
            (mine.texts.append if name.endswith(".txt") else mine.beside.add)(path)
    if mine is not owner and mine.texts:
        mine.texts.sort()
        yield mine


def _entries(system: FileSystem, path: str) -> dict[str, str]:
    """Name to `file` or `directory`, sorted by name; what begins with a dot is left out."""
    rows = {PurePosixPath(row["name"]).name: row["type"] for row in system.ls(path, detail=True)}
    return {name: rows[name] for name in sorted(rows) if _visible((name,))}


def _visible(parts: tuple[str, ...]) -> bool:
    return not any(part.startswith(".") for part in parts)


def _join(root: str, path: str) -> str:
    """A path of the file system; the root of an archive is empty."""
    return "/".join(part for part in (root.rstrip("/"), "" if path == "." else path) if part) or root


def fetch(system: FileSystem, root: str, path: str) -> bytes:
    """The bytes of a file under the root. Raises UsageError with the reason."""
    try:
        return system.cat_file(_join(root, path))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UsageError(f"cannot be read: {reason}", where=path, remedy="check its permissions") from None


def copy(system: FileSystem, root: str, volume: str, target: Path) -> None:
    """A volume's folder, copied to this machine. Raises UsageError with the reason."""
    try:
        system.get(_join(root, volume).rstrip("/") + "/", f"{target}/", recursive=True)
    except OSError as error:
        raise UsageError(f"cannot be read: {error}", where=volume, remedy="check its permissions") from None
