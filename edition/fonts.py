"""Font families to files: asked of fontconfig, hashed, and compared with the fonts that the pages were proofed with."""

import contextlib
import io
import os
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path

from edition.errors import MissingTool, OutputError
from edition.files import sha256, sha256_file, write
from edition.findings import Finding

INSTALL = "apt-get install -y fonts-noto-cjk fonts-lxgw-wenkai fonts-hanazono fontconfig"


@dataclass(frozen=True, slots=True)
class Face:
    """One font file in the role of a weight of a family."""

    family: str
    weight: str  # regular or bold
    file: Path
    index: int  # of the face in a collection
    sha256: str


@lru_cache(maxsize=32)
def face(family: str, weight: str) -> Face:
    """The file that fontconfig has for a family and weight (`regular` or `bold`).

    Raises MissingTool if the family or its real bold is not installed: another face, or a bold made by smearing, is
    not what the pages were designed for.
    """
    import subprocess

    pattern = f"{family}:style={weight.capitalize()}:weight={'200' if weight == 'bold' else '80'}"
    try:
        answer = subprocess.run(
            ["fc-match", "-f", "%{family}\t%{weight}\t%{file}\t%{index}", pattern],
            capture_output=True, encoding="utf-8", check=True, env={**os.environ, "FC_LANG": "en", "LC_ALL": "C.UTF-8"},
        ).stdout  # fmt: skip
    except (OSError, subprocess.CalledProcessError):
        raise MissingTool("fontconfig (fc-match) is not installed", remedy=INSTALL) from None
    families, found, file, index = answer.split("\t")
    if family not in families.split(",") or (weight == "bold") != (float(found) >= 180):
        raise MissingTool(
            f"the font {family} {weight} is not installed",
            remedy=f"{INSTALL}, or name installed families under [fonts] in edition.toml",
        )
    return Face(family, weight, Path(file), int(index) & 0xFFFF, sha256_file(Path(file)))


@lru_cache(maxsize=8)
def _characters(path: Path, index: int) -> frozenset[int]:
    """The code points that a face has glyphs for."""
    from fontTools.ttLib import TTFont

    with TTFont(path, fontNumber=index, lazy=True) as font:
        return frozenset(font.getBestCmap())


def borrowed(used: Face, rare: Sequence[str], text: str) -> dict[str, str | None]:
    """For each character of the text that the face lacks, the first family of `rare` that has it, None if none has.

    Raises MissingTool if the face has no Chinese at all.
    """
    known = _characters(used.file, used.index)
    if ord("的") not in known:
        raise MissingTool(
            f"the font {used.family} has no Chinese characters",
            remedy="name a Chinese family under [fonts] in edition.toml",
        )
    lacking = sorted({char for char in text if ord(char) not in known and not char.isspace()})
    return {char: _lender(char, rare) for char in lacking}


def _lender(char: str, rare: Sequence[str]) -> str | None:
    for family in rare:
        try:
            lender = face(family, "regular")
        except MissingTool:
            continue
        if ord(char) in _characters(lender.file, lender.index):
            return family
    return None


def missing(used: Face, rare: Sequence[str], text: str) -> tuple[Finding, ...]:
    """A finding for each character of the text that the face has no glyph for. Raises MissingTool as `borrowed`."""
    return tuple(
        Finding("F-002", "fonts", f"U+{ord(char):04X} {char} is not in {used.family}; it is set in {family}")
        if family
        else Finding("F-003", "fonts", f"U+{ord(char):04X} {char} is in no font; the PDF shows 〓U+{ord(char):04X}")
        for char, family in borrowed(used, rare, text).items()
    )


def unproofed(faces: tuple[Face, ...]) -> tuple[Finding, ...]:
    """A finding for each face whose file is not one that the pages were proofed with."""
    table = tomllib.loads(resources.files("edition.data").joinpath("fonts.toml").read_text(encoding="utf-8"))
    proofed = {entry["sha256"] for entry in table["proofed"]}
    return tuple(
        Finding(
            "F-001", "fonts", f"{each.family} {each.weight}: {each.file.name} has another sha256 than the one proofed"
        )
        for each in faces
        if each.sha256 not in proofed
    )


def subset(used: Face, characters: str) -> bytes:
    """A font file (OTF or TTF) of the face with these characters and their vertical forms, and nothing else.

    Cutting takes a second or two of CPU, so what was cut is kept under $XDG_CACHE_HOME/edition until face, characters
    or fontTools change; a cache that cannot be written is done without. The same arguments give the same bytes.
    """
    import fontTools

    recipe = f"{fontTools.version}\n{used.sha256}\n{used.index}\n{characters}"
    kept = _cache() / "fonts" / f"{sha256(recipe.encode())}.otf"
    if kept.is_file():
        return kept.read_bytes()
    data = _cut(used, characters)
    with contextlib.suppress(OutputError):
        write(kept, data)
    return data


def _cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "edition"


def _cut(used: Face, characters: str) -> bytes:
    from fontTools import subset as cutter

    options = cutter.Options()
    options.font_number = used.index
    options.hinting = False
    options.recalc_timestamp = False
    options.name_IDs = ["*"]  # the licence stays with the font
    options.layout_features = ["vert", "vrt2"]
    options.drop_tables += ["DSIG"]
    font = cutter.load_font(str(used.file), options)
    work = cutter.Subsetter(options)
    work.populate(unicodes=sorted(map(ord, characters)))
    work.subset(font)
    target = io.BytesIO()
    font.save(target, reorderTables=None)
    return target.getvalue()
