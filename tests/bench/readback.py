"""Printed pages read back: text layers by pdftotext, pictures by Tesseract, and the gold of what was read.

The gold must hold the very characters of the raw text, errors of the OCR included. So the raw text is aligned with the
known texts, and every raw character goes to the block of the character it was matched with; what matches nothing goes
where its neighbours in the same line went. Inside a block the characters stand in the true order, not in that of the
raw text.
"""

import os
import random
import subprocess
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageFilter
from sheet import Sheet

from edition.evaluate import align

LAYERS = {"pdf": [], "pdf-raw": ["-raw"], "pdf-layout": ["-layout"]}
OCR = ("ocr", "ocr-boxes")


@dataclass(frozen=True, slots=True)
class Gold:
    """The structure of a raw text, and how much of it was found in the known texts."""

    structure: dict[str, object]
    aligned: float


# ---- reading


def layer(pdf: Path, mode: str) -> str:
    """The text layer as pdftotext gives it."""
    command = ["pdftotext", "-enc", "UTF-8", *LAYERS[mode], str(pdf), "-"]
    return subprocess.run(command, check=True, capture_output=True).stdout.decode("utf-8")


def scanned(pdf: Path, sheet: Sheet, rnd: random.Random) -> tuple[Image.Image, float]:
    """The page as a scanner sees it, and its pixels a point."""
    wide = max(sheet.size)
    dots = rnd.choice([200, 240, 300] if wide < 1300 else [170, 200])
    target = pdf.with_suffix("")
    command = ["pdftoppm", "-r", str(dots), "-gray", "-singlefile", "-png", str(pdf), str(target)]
    subprocess.run(command, check=True, capture_output=True)
    picture = target.with_suffix(".png")
    image = Image.open(picture).convert("L")
    picture.unlink()
    if rnd.random() < 0.4:
        image = image.rotate(rnd.uniform(-0.3, 0.3), Image.Resampling.BICUBIC, fillcolor=255)
    if rnd.random() < 0.5:
        image = image.filter(ImageFilter.GaussianBlur(rnd.uniform(0.4, 0.9)))
    if rnd.random() < 0.4:
        noise = Image.effect_noise(image.size, rnd.randint(10, 40))
        image = Image.blend(image, noise, 0.12)
    return image, dots / 72


def recognised(images: list[Image.Image], psm: int, folder: Path, *, spaced: bool) -> list[str]:
    """What Tesseract reads in each picture; `spaced` with a blank between any two Han characters, as many builds do."""
    names = []
    for number, image in enumerate(images):
        names.append(folder / f"{number:03}.png")
        image.save(names[-1])
    (folder / "list.txt").write_text("".join(f"{name}\n" for name in names))
    command = ["nice", "tesseract", str(folder / "list.txt"), "stdout", "-l", "chi_sim", "--psm", str(psm)]
    command += ["-c", f"preserve_interword_spaces={int(not spaced)}"]
    done = subprocess.run(command, check=True, capture_output=True, env={**os.environ, "OMP_THREAD_LIMIT": "1"})
    return done.stdout.decode("utf-8").split("\f")[: len(images)]


def regions(sheet: Sheet) -> list[tuple[float, float, float, float]]:
    """The unbroken stretches of each box in reading order, captions last: left, top, right, bottom in points."""
    out = []
    for box in sheet.boxes:
        cells: dict[str, list[int]] = {}
        for number in box:
            cells.setdefault(sheet.lines[number].cell, []).append(number)
        for cell in sorted(cells, key=lambda cell: "caption" in cell):
            lines = [sheet.lines[number] for number in cells[cell]]
            pad = lines[0].size * 0.4
            left, right = min(line.x for line in lines), max(line.x + line.width for line in lines)
            top, bottom = min(line.y for line in lines), max(line.y + line.size * 1.1 for line in lines)
            out.append((left - pad, top - pad, right + pad, bottom + pad))
    return out


# ---- gold


def gold(sheet: Sheet, raw: str, name: str, *, exact: bool) -> Gold:
    """The gold of a raw text; `exact` if its characters are those of the page, save a few."""
    order = _order(sheet)
    truth = "".join(sheet.blocks[number].text for number in order)
    owner = [number for number in order for _ in sheet.blocks[number].text]
    rows = [(char, at) for at, line in enumerate(raw.splitlines()) for char in line if not char.isspace()]
    found = align.match(truth, "".join(char for char, _ in rows))
    if not exact:
        found = _trusted(found)
    placed = _placed(found, [line for _, line in rows])
    texts: dict[int, list[str]] = {}
    for place, at in sorted((place, at) for at, place in enumerate(placed)):
        texts.setdefault(owner[min(len(owner) - 1, max(0, round(place)))], []).append(rows[at][0])
    share = sum(each is not None for each in found) / max(1, len(rows), len(truth))
    return Gold(_structure(sheet, {number: "".join(chars) for number, chars in texts.items()}, name), share)


def _order(sheet: Sheet) -> list[int]:
    inside = [number for blocks in sheet.articles for number in blocks]
    return inside + [number for number, block in enumerate(sheet.blocks) if block.role == "furniture"]


def _trusted(found: list[int | None]) -> list[int | None]:
    """Only matches that a neighbour bears out: single characters are found anywhere."""
    out: list[int | None] = []
    for at, place in enumerate(found):
        around = found[max(0, at - 3) : at] + found[at + 1 : at + 4]
        near = sum(place is not None and other is not None and abs(other - place) <= 6 for other in around)
        out.append(place if near else None)
    return out


def _placed(found: list[int | None], lines: list[int]) -> list[float]:
    """A place in the truth for every raw character; the unmatched ones stand beside their neighbour in the line."""
    out: list[float | None] = [None if place is None else float(place) for place in found]
    for at in range(1, len(out)):
        if out[at] is None and lines[at] == lines[at - 1] and (before := out[at - 1]) is not None:
            out[at] = round(before) + 0.25
    for at in range(len(out) - 2, -1, -1):
        if out[at] is None and lines[at] == lines[at + 1] and (after := out[at + 1]) is not None:
            out[at] = round(after) - 0.25
    last = 0.0
    for at, place in enumerate(out):
        out[at] = last = round(last) + 0.25 if place is None else place
    return [place or 0.0 for place in out]


def _structure(sheet: Sheet, texts: dict[int, str], name: str) -> dict[str, object]:
    def row(number: int) -> dict[str, object]:
        block = sheet.blocks[number]
        return {"role": block.role, **({"also": list(block.also)} if block.also else {}), "text": texts[number]}

    found = [[row(number) for number in blocks if number in texts] for blocks in sheet.articles]
    rows = [{"id": f"a{number}", "blocks": blocks} for number, blocks in enumerate(found, 1) if blocks]
    furniture = [row(n) for n, block in enumerate(sheet.blocks) if block.role == "furniture" and n in texts]
    return {"page": name, "articles": rows, "furniture": furniture}
