"""The rim: writing without leaving halves, hashing, the one clock, the data that is shipped with the program."""

import atexit
import contextlib
import gc
import hashlib
import os
import re
import secrets
import shutil
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import BinaryIO

from edition.errors import OutputError, UsageError


def collect_seldom() -> None:
    """Have this process look for unreachable circles seldom, for what a page is made of lives as long as the page, and not
    in all that it holds when it ends."""
    gc.set_threshold(100_000, 20, 20)
    atexit.register(gc.freeze)


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
    temporary = _beside(path)
    with _undisturbed():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with open(temporary, "xb") as file:
                if isinstance(data, bytes):
                    file.write(data)
                else:
                    shutil.copyfileobj(data, file)
            os.replace(temporary, path)
        except OSError as error:
            raise _not_written(path, error) from None
        finally:
            with contextlib.suppress(OSError):  # it is not there: moved, or never made
                temporary.unlink()


def write_folder(path: Path, parts: Mapping[str, bytes | Path]) -> None:
    """Write a folder whole or not at all: under a temporary name beside it, then moved to where the old one was.

    `parts` maps paths under the folder to bytes, or to files that are copied. Raises OutputError.
    """
    holder = _beside(path)
    with _undisturbed():
        try:
            holder.mkdir(parents=True)
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


@contextmanager
def _undisturbed() -> Iterator[None]:
    """What stops the program waits until the file is whole and nothing temporary is left."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _beside(path: Path) -> Path:
    """A name that nothing has, in the same folder."""
    return path.parent / f".{path.name[:100]}.{secrets.token_hex(6)}.part"


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


@lru_cache(maxsize=1)
def schema() -> bytes:
    """The RELAX NG schema (XML syntax) that the program ships."""
    return _schemas().joinpath("edition.rng").read_bytes()


@lru_cache(maxsize=1)
def schemas() -> dict[str, bytes]:
    """Every form of the schema that the program ships, by its file's name."""
    return {each.name: each.read_bytes() for each in sorted(_schemas().iterdir(), key=str) if each.is_file()}


def _schemas() -> Traversable:
    shipped = resources.files("edition").joinpath("schema")
    return shipped if shipped.is_dir() else Path(__file__).parents[1] / "schema"  # the latter in a checkout


def code_hash() -> str:
    """The sha256 of the program itself, so that a changed program builds anew."""
    total = hashlib.sha256(schema())
    root = Path(__file__).parent
    for path in sorted(root.rglob("*")):
        if path.suffix in (".py", ".toml", ".css", ".xhtml", ".svg", ".txt", ".json") and path.is_file():
            total.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()
