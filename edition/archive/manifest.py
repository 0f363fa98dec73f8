"""manifest.json: every file of a build with its size and sha256, the fonts and engines with their versions.

No time, no machine, no absolute path stands in it, so that two builds of the same are the same.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from edition.files import sha256
from edition.fonts import Face


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a build wrote, and from what."""

    key: str  # the sha256 of everything that the outputs depend on
    files: Mapping[str, tuple[int, str]]  # path under dist -> bytes, sha256
    withheld: str = ""  # the sha256 of what said which items may not be published
    volumes: Mapping[str, Mapping[str, object]] = field(
        default_factory=dict
    )  # path -> what it was made from, its names


def write(
    key: str, files: Mapping[str, bytes], faces: Sequence[Face], engines: Mapping[str, str], withheld: str = "",
    volumes: Mapping[str, Mapping[str, object]] | None = None,
) -> bytes:  # fmt: skip
    """The manifest of a build as JSON; `files` maps paths under dist to their bytes."""
    rows = [{"path": path, "bytes": len(files[path]), "sha256": sha256(files[path])} for path in sorted(files)]
    fonts = [
        {"family": each.family, "weight": each.weight, "file": each.file.name, "sha256": each.sha256} for each in faces
    ]
    whole: dict[str, object] = {"key": key, "files": rows, "fonts": fonts, "engines": dict(sorted(engines.items()))}
    if withheld:
        whole["withheld"] = withheld
    if volumes:
        whole["volumes"] = dict(sorted(volumes.items()))
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def read(data: bytes) -> Manifest | None:
    """The manifest, or None if the bytes are none, or name files outside the folder."""
    try:
        whole = json.loads(data)
        files = {row["path"]: (int(row["bytes"]), str(row["sha256"])) for row in whole["files"]}
        if not all(isinstance(name, str) and _is_inside(name) for name in files):
            return None
        volumes = {str(name): dict(what) for name, what in dict(whole.get("volumes", {})).items()}
        return Manifest(str(whole["key"]), files, str(whole.get("withheld", "")), volumes)
    except (ValueError, KeyError, TypeError):
        return None


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return bool(name) and not path.is_absolute() and ".." not in path.parts
