"""A BagIt 1.0 bag (RFC 8493) as a map of paths to their content: two manifests, two tag manifests, all sorted.

Nothing here asks the clock or the machine, so that the same payload gives the same bag anywhere. Small parts are
bytes; a large one (a scan) may be a path, which is read in blocks, never whole.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from edition.errors import SourceError, UsageError

ALGORITHMS = ("sha256", "sha512")
DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
BLOCK = 1 << 20  # bytes read at a time
Part: TypeAlias = bytes | Path


@dataclass(frozen=True, slots=True)
class Digests:
    """What a file is known by."""

    size: int  # bytes
    sha256: str  # in hexadecimal, as the next
    sha512: str


def digests(part: Part) -> Digests:
    """Size and digests of bytes, or of a file's. Raises SourceError if the file cannot be read."""
    sums = [hashlib.new(name) for name in ALGORITHMS]
    size = 0
    try:
        for block in blocks(part):
            size += len(block)
            for one in sums:
                one.update(block)
    except OSError as error:
        raise SourceError(
            f"cannot be read: {(error.strerror or str(error)).lower()}",
            where=str(part),
            remedy="check its name and permissions",
        ) from None
    return Digests(size, *(one.hexdigest() for one in sums))


def blocks(part: Part) -> Iterator[bytes]:
    """The bytes of a part, in blocks."""
    if isinstance(part, bytes):
        yield part
        return
    with open(part, "rb") as file:
        while block := file.read(BLOCK):
            yield block


def pack(
    payload: Mapping[str, Part],
    known: Mapping[str, Digests],
    info: Sequence[tuple[str, str]],
    tags: Mapping[str, bytes],
) -> dict[str, Part]:
    """Every file of the bag, by its path in it.

    `payload` maps paths under `data/` to parts and `known` the same paths to their digests; `info` are the lines of
    bag-info.txt, to which size and Payload-Oxum are added; `tags` are further files beside bagit.txt. Raises UsageError
    for a name with a percent sign or a line end: BagIt has them encoded, which coreutils and some checkers do not undo.
    """
    for name in payload:
        if any(char in name for char in "%\n\r"):
            raise UsageError(
                f"the name {name!r} cannot stand in a bag that coreutils can check",
                remedy="give the file a name without percent signs and line ends",
            )
    listed = {f"data/{name}": known[name] for name in payload}
    files: dict[str, bytes] = {"bagit.txt": DECLARATION, "bag-info.txt": _info(info, listed.values()), **tags}
    files |= {f"manifest-{name}.txt": _manifest(listed, name) for name in ALGORITHMS}
    beside = {name: digests(data) for name, data in files.items()}
    files |= {f"tagmanifest-{name}.txt": _manifest(beside, name) for name in ALGORITHMS}
    return {**files, **{f"data/{name}": payload[name] for name in sorted(payload)}}


def _manifest(listed: Mapping[str, Digests], algorithm: str) -> bytes:
    rows = (f"{getattr(listed[name], algorithm)}  {name}\n" for name in sorted(listed))
    return "".join(rows).encode()


def _info(rows: Sequence[tuple[str, str]], listed: Iterable[Digests]) -> bytes:
    sizes = [one.size for one in listed]
    more = (("Bag-Size", _told(sum(sizes))), ("Payload-Oxum", f"{sum(sizes)}.{len(sizes)}"))
    return "".join(f"{label}: {value}\n" for label, value in (*rows, *more)).encode()


def _told(size: int) -> str:
    """A size as a person reads it."""
    for unit, least in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if size >= least:
            return f"{size / least:.1f} {unit}"
    return f"{size} bytes"
