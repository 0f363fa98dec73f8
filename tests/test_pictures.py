"""What a reader and a printer see, as pictures: the ones in the README. They must still look like that.

Compared small and grey, so that another version of the browser or of the rasteriser does no harm, while a lost
column, a missing headline or an empty page does.
"""

import io
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import browsing
import pytest
from PIL import Image, ImageChops, ImageStat

from edition import build, config

PICTURES = Path(__file__).parent / "pictures"
SMALL = (60, 84)  # pixels
MOST = 0.25  # of the ink may lie elsewhere


def alike(path, wanted, update, mode="L"):
    if update:
        Image.open(path).convert(mode).quantize(16).save(wanted, optimize=True)
    here, there = (Image.open(p).convert("L").resize(SMALL, Image.Resampling.BOX) for p in (path, wanted))
    ink = 255 - ImageStat.Stat(there).mean[0]
    assert ink > 5, "the picture is empty"
    assert ImageStat.Stat(ImageChops.difference(here, there)).mean[0] < MOST * ink


@pytest.mark.parametrize("page", [5, 16])
def test_a_page_of_the_pdf(dist, tmp_path, update_golden, page):
    subprocess.run(
        ["pdftoppm", "-r", "72", "-f", str(page), "-l", str(page), "-png", dist / "wuxi-gonghui.pdf", tmp_path / "p"],
        check=True,
    )
    alike(next(tmp_path.glob("*.png")), PICTURES / f"pdf-page-{page}.png", update_golden)


@pytest.mark.parametrize("writing", ["horizontal", "vertical"])
def test_a_screen_of_the_epub(teis, tmp_path, update_golden, writing):
    settings = replace(config.default(""), epub=config.Epub(writing))
    book = tmp_path / "book.epub"
    book.write_bytes(build.epub(build.gather(teis.items()), settings, build.faces(settings)))
    shots = [{"href": "text/page-0003.xhtml", "file": tmp_path / "shot.png"}]
    viewport = {"width": 560, "height": 800}
    browsing.run("reading.mjs", book=book, engine="foliate", viewport=viewport, contents=False, shots=shots)
    alike(tmp_path / "shot.png", PICTURES / f"epub-{writing}.png", update_golden)


def test_the_cover(dist, tmp_path, update_golden):
    with zipfile.ZipFile(dist / "wuxi-gonghui.epub") as book:
        cover = Image.open(io.BytesIO(book.read("EPUB/images/cover.jpg"))).resize((500, 800), Image.Resampling.LANCZOS)
    cover.save(tmp_path / "cover.png")
    alike(tmp_path / "cover.png", PICTURES / "epub-cover.png", update_golden, mode="RGB")


def test_a_difference_is_seen(tmp_path):
    """The comparison can fail: a page with its lower half gone is not like the page."""
    picture = Image.open(PICTURES / "pdf-page-5.png").convert("L")
    picture.paste(255, (0, picture.height // 2, picture.width, picture.height))
    picture.save(tmp_path / "half.png")
    with pytest.raises(AssertionError):
        alike(tmp_path / "half.png", PICTURES / "pdf-page-5.png", False)
