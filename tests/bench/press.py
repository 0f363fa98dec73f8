"""The real paths of the benchmark: newspaper pages printed to PDF and read back from text layer or picture.

usage: press.py DIR COUNT [train|tune|test] [MODE …] writes NAME.txt and NAME.json of each page into DIR/MODE.

    pdf          pdftotext: reading order as Poppler guesses it
    pdf-raw      pdftotext -raw: the order of the content stream
    pdf-layout   pdftotext -layout: columns side by side
    ocr          Tesseract on the whole page (psm 3)
    ocr-boxes    Tesseract on each stretch of a column in reading order (psm 6), as tools that know the layout give it

The same page is read in every mode. Printing is slow, so what was read is kept in the folder of the benchmark until
one of these sources changes.
"""

import hashlib
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import articles
import readback
import sheet
import typeset

MODES = (*readback.LAYERS, *readback.OCR)
_HERE = Path(__file__).parent
_SOURCES = [_HERE / f"{name}.py" for name in ("press", "sheet", "makeup", "readback", "articles", "kinds")]
_DIGEST = hashlib.sha256(b"".join(source.read_bytes() for source in _SOURCES)).hexdigest()[:12]
_LEAST = {"pdf": 0.97, "ocr": 0.8}  # share of characters aligned; a page below is dropped


def pages(mode: str, count: int, part: str) -> Iterator[typeset.Page]:
    """The pages of one mode; fewer than `count` where one could not be aligned, which is said on stderr."""
    folder = _cache()
    pool: list[articles.Article] = []
    for number in range(count):
        name = f"{part}-{number}"
        kept = folder / f"{name}.{mode}.json"
        if not kept.exists():
            pool = pool or articles.pool(part)
            kept.write_text(json.dumps(_read(pool, name, mode, folder), ensure_ascii=False), encoding="utf-8")
        found = json.loads(kept.read_text(encoding="utf-8"))
        if found["aligned"] < _LEAST[mode.partition("-")[0]]:
            print(f"press: {name} in {mode} dropped, {found['aligned']:.1%} aligned", file=sys.stderr)
        else:
            yield typeset.Page(found["text"], found["gold"])


def _cache() -> Path:
    folder = articles.CACHE / f"press-{_DIGEST}"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _read(pool: list[articles.Article], name: str, mode: str, folder: Path) -> dict[str, object]:
    rnd = random.Random(f"press {name}")
    maker = sheet.Maker(pool, rnd)
    made = maker.make()
    pdf = folder / f"{name}.pdf"
    source = sheet.to_html(made, maker.manner, rnd)
    printer = rnd.choice([_chromium, _weasyprint])
    if not pdf.exists():
        printer(source, pdf)
    text = readback.layer(pdf, mode) if mode in readback.LAYERS else _ocr(pdf, made, mode)
    gold = readback.gold(made, text, f"{mode}-{name}", exact=mode in readback.LAYERS)
    return {"aligned": gold.aligned, "text": text, "gold": gold.structure}


def _ocr(pdf: Path, made: sheet.Sheet, mode: str) -> str:
    rnd = random.Random(f"scan {pdf.name}")
    image, scale = readback.scanned(pdf, made, rnd)
    spaced = rnd.random() < 0.4
    with tempfile.TemporaryDirectory() as folder:
        if mode == "ocr":
            return readback.recognised([image], 3, Path(folder), spaced=spaced)[0]
        boxes = [tuple(round(edge * scale) for edge in region) for region in readback.regions(made)]
        texts = readback.recognised([image.crop(box) for box in boxes], 6, Path(folder), spaced=spaced)
        gap = rnd.choice(["", "\n"])
        return gap.join(text.strip("\n") + "\n" for text in texts)


def _chromium(source: str, pdf: Path) -> None:
    page = pdf.with_suffix(".html")
    page.write_text(source, encoding="utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={pdf}"]
    subprocess.run(["nice", "chromium", *options, page.as_uri()], check=True, capture_output=True)
    page.unlink()


def _weasyprint(source: str, pdf: Path) -> None:
    import weasyprint

    weasyprint.HTML(string=source).write_pdf(pdf)


def main() -> None:
    folder, count, part = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else "train"
    for mode in sys.argv[4:] or MODES:
        (folder / mode).mkdir(parents=True, exist_ok=True)
        for page in pages(mode, count, part):
            target = folder / mode / str(page.gold["page"])
            target.with_name(target.name + ".txt").write_text(page.text, encoding="utf-8")
            shown = json.dumps(page.gold, ensure_ascii=False, indent=1)
            target.with_name(target.name + ".json").write_text(shown, encoding="utf-8")
            print(target, len(page.text))


if __name__ == "__main__":
    main()
