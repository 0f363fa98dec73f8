"""The rim: writing without leaving halves, hashing, the one clock, the data that is shipped with the program."""

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import BinaryIO

from edition.errors import OutputError, UsageError


@dataclass(frozen=True, slots=True)
class Clock:
    """The time that a build states."""

    iso: str  # ISO 8601, UTC, to the second
    fixed: bool  # whether the same build tomorrow states the same


def clock(modified: str | None) -> Clock:
    """SOURCE_DATE_EPOCH, else `modified` (ISO 8601, UTC), else now. Raises UsageError if the former is no number."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch:
        if not re.fullmatch(r"\d{1,11}", epoch):
            raise UsageError(
                f"SOURCE_DATE_EPOCH is {epoch!r}, not a number of seconds", remedy="unset it or correct it"
            )
        return Clock(_iso(datetime.fromtimestamp(int(epoch), UTC)), True)
    if modified:
        return Clock(modified, True)
    return Clock(_iso(datetime.now(UTC)), False)


def _iso(moment: datetime) -> str:
    return moment.replace(microsecond=0).isoformat().replace("+00:00", "Z")


def sha256(data: bytes) -> str:
    """In hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def sha256_file(path: Path) -> str:
    """Of a file's bytes, in hexadecimal."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read(path: Path) -> bytes:
    """A file's bytes. Raises UsageError with the reason if it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(_reason(error), where=str(path), remedy="check the name and its permissions") from None


def write(path: Path, data: bytes | BinaryIO) -> None:
    """Write a file whole or not at all: to a temporary name beside it, then moved. Raises OutputError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    except OSError as error:
        raise _not_written(path, error) from None
    try:
        with os.fdopen(handle, "wb") as file:
            if isinstance(data, bytes):
                file.write(data)
            else:
                shutil.copyfileobj(data, file)
        os.chmod(temporary, 0o666 & ~_UMASK)
        os.replace(temporary, path)
    except OSError as error:
        raise _not_written(path, error) from None
    finally:
        Path(temporary).unlink(missing_ok=True)


def write_folder(path: Path, parts: Mapping[str, bytes | Path]) -> None:
    """Write a folder whole or not at all: under a temporary name beside it, then moved to where the old one was.

    `parts` maps paths under the folder to bytes, or to files that are copied. Raises OutputError.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        holder = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part"))
    except OSError as error:
        raise _not_written(path, error) from None
    try:
        for name, part in parts.items():
            _put(holder / "new" / name, part)
        if path.exists():
            os.rename(path, holder / "old")
        os.rename(holder / "new", path)
    except OSError as error:
        if (holder / "old").exists() and not path.exists():
            os.rename(holder / "old", path)
        raise _not_written(path, error) from None
    finally:
        shutil.rmtree(holder, ignore_errors=True)


def _put(path: Path, part: bytes | Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(part, bytes):
        path.write_bytes(part)
    else:
        shutil.copyfile(part, path)


def _not_written(path: Path, error: OSError) -> OutputError:
    return OutputError(
        f"cannot be written: {_reason(error)}", where=str(path), remedy="make room or choose another folder with --out"
    )


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def _process_umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


_UMASK = _process_umask()  # asked once: it can only be asked by changing it, and threads write too


@lru_cache(maxsize=1)
def schema() -> bytes:
    """The RELAX NG schema (XML syntax) that the program ships."""
    return schemas()["edition.rng"]


@lru_cache(maxsize=1)
def schemas() -> dict[str, bytes]:
    """Every form of the schema that the program ships, by its file's name."""
    shipped = resources.files("edition").joinpath("schema")
    folder = shipped if shipped.is_dir() else Path(__file__).parents[1] / "schema"  # the latter in a checkout
    return {each.name: each.read_bytes() for each in sorted(folder.iterdir(), key=str) if each.is_file()}


def code_hash() -> str:
    """The sha256 of the program itself, so that a changed program builds anew."""
    total = hashlib.sha256(schema())
    root = Path(__file__).parent
    for path in sorted(root.rglob("*")):
        if path.suffix in (".py", ".toml", ".css", ".xhtml", ".svg", ".txt", ".json") and path.is_file():
            total.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()
