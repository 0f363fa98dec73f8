"""The cover as a picture: the title as the masthead of a newspaper over what the pages really hold.

Everything on it comes from the headers and the text. The upper half is a field of ink, its hue fixed by the edition's
id, with the title; below, every source page is a column or small sheet whose bars and lines are its items, as long as
they are. Drawn with Pillow (HPND licence) from the edition's own fonts.
"""

import hashlib
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from edition.model.document import Item
from edition.model.readings import printed
from edition.model.walk import item_contents, items
from edition.render.book import Book, Page
from edition.render.frontmatter import chinese_date
from edition.render.phrases import PARTS

SIZE = (1600, 2560)  # pixels
PAPER, INK, GREY = (249, 246, 238), (38, 36, 34), (178, 171, 158)
FIELDS = ((139, 30, 36), (27, 58, 93), (28, 78, 68), (96, 48, 24), (61, 44, 84))  # 朱 靛 松 赭 紫
MARGIN = 140
FIELD = 1240  # height of the field of ink
SHEETS = (1400, 2210)  # y of the top and foot of the columns
TITLE_MOST = 9  # characters of the title in one line
LONG = 60  # characters from which the title is cut; the whole of it stands on the title page
LARGEST = 400  # pixels, of a title of two or three characters
_NO_START = "，。、；：？！）》」』”’…"
_UNITS = re.compile(r"[0-9A-Za-z.,'-]{1,13}|.", re.DOTALL)  # numbers and words stay whole


@dataclass(frozen=True, slots=True)
class FontFile:
    """A face of a font file."""

    path: Path
    index: int = 0

    def at(self, size: int) -> ImageFont.FreeTypeFont:
        """The face in a size in pixels."""
        return ImageFont.truetype(str(self.path), size, index=self.index)


@dataclass(frozen=True, slots=True)
class _Block:
    """An item as it is drawn."""

    rows: float  # its share of a column
    headed: bool
    picture: bool


def draw(book: Book, display: FontFile, text: FontFile) -> bytes:
    """The cover as JPEG, 1600 by 2560 pixels; `display` is a bold serif, `text` a regular one."""
    field = FIELDS[hashlib.sha256(book.header.edition_id.encode()).digest()[0] % len(FIELDS)]
    image = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, SIZE[0], FIELD), fill=field)
    pen.rectangle((0, FIELD + 14, SIZE[0], FIELD + 20), fill=field)
    _masthead(pen, book, text)
    _title(pen, book.title, display)
    _sheets(pen, book.pages, field)
    _imprint(pen, book, text)
    target = io.BytesIO()
    image.save(target, "JPEG", quality=88, optimize=False, dpi=(300, 300))
    return target.getvalue()


def _masthead(pen: ImageDraw.ImageDraw, book: Book, text: FontFile) -> None:
    """The line above the title: the newspapers, where they are known."""
    papers = [paper for paper in dict.fromkeys(page.header.issue.newspaper for page in book.pages) if paper]
    line = "、".join(papers) if 0 < len("、".join(papers)) <= 20 else "报纸数字版"
    pen.text((SIZE[0] // 2, 190), "　".join(line) if len(line) < 8 else line, font=text.at(58), fill=PAPER, anchor="mm")
    pen.line((MARGIN, 268, SIZE[0] - MARGIN, 268), fill=PAPER, width=3)
    pen.line((MARGIN, 280, SIZE[0] - MARGIN, 280), fill=PAPER, width=8)


def _title(pen: ImageDraw.ImageDraw, title: str, display: FontFile) -> None:
    """The title in the middle of what the field leaves, as large as it can be."""
    lines = title_lines(title)
    widest = max(display.at(100).getlength(line) for line in lines) or 1
    room = FIELD - 280 - 200
    size = int(min(100 * (SIZE[0] - 2 * MARGIN) / widest, LARGEST, room / len(lines) / 1.3))
    y = 280 + (FIELD - 280) // 2 - int(size * 1.3 * (len(lines) - 1) / 2)
    for line in lines:
        pen.text((SIZE[0] // 2, y), line, font=display.at(size), fill=PAPER, anchor="mm")
        y += int(size * 1.3)


def title_lines(title: str) -> list[str]:
    """The title cut into lines of like length, none beginning with a closing mark; a part in brackets stands alone."""
    if len(title) > LONG:
        title = title[:LONG] + "……"
    if len(title) > 3 * TITLE_MOST:
        return _balanced(title)
    parts = [part for part in PARTS.split(title) if part.strip()]
    return [line for part in parts for line in _balanced(part.strip())]


def _balanced(text: str) -> list[str]:
    most = TITLE_MOST if len(text) <= 3 * TITLE_MOST else 13
    count = -(-len(text) // most)
    size = -(-len(text) // count) if count else 1
    lines = [""]
    for unit in _UNITS.findall(text):
        if lines[-1] and len(lines[-1]) + len(unit) > size and unit[0] not in _NO_START:
            lines.append("")
        lines[-1] += unit
    return [line.strip() for line in lines if line.strip()]


# ---- what the pages hold


def _sheets(pen: ImageDraw.ImageDraw, pages: Sequence[Page], field: tuple[int, int, int]) -> None:
    """Every page as a column; from six pages on as small sheets in rows, from 48 on each for several pages."""
    step = -(-len(pages) // 48)
    shown = [pages[at] for at in range(0, len(pages), step)]
    across = len(shown) if len(shown) <= 5 else min(12, -(-len(shown) // max(2, round((len(shown) / 6) ** 0.5))))
    down = -(-len(shown) // across)
    gap = 56 if down == 1 else 30
    width = (SIZE[0] - 2 * MARGIN - gap * (max(across, 2) - 1)) // max(across, 2)
    left = (SIZE[0] - across * width - (across - 1) * gap) // 2
    height = (SHEETS[1] - SHEETS[0] - gap * (down - 1)) // down
    for number, page in enumerate(shown):
        x = left + number % across * (width + gap)
        y = SHEETS[0] + number // across * (height + gap)
        _sheet(pen, (x, y, width, height), _blocks(page), field)


def _blocks(page: Page) -> list[_Block]:
    found = [_block(item) for item in items(page.edition)]
    return found or [_Block(1, False, False)]


def _block(item: Item) -> _Block:
    length = sum(len(printed(content, "as-source")) for content in item_contents(item))
    return _Block(max(length, 60), bool(item.heads), item.kind == "picture")


def _sheet(
    pen: ImageDraw.ImageDraw, box: tuple[int, int, int, int], blocks: Sequence[_Block], field: tuple[int, int, int]
) -> None:
    """One page: for each item a bar for its headline and lines for its text, or a frame for its picture."""
    left, top, width, height = box
    pitch = max(13, min(30, height // 26))
    rows = height // pitch
    total = sum(block.rows for block in blocks)
    begin = 0.0
    for number, block in enumerate(blocks):
        end = begin + rows * block.rows / total
        first, last = round(begin), round(end)
        _rows(pen, (left, top + first * pitch, width, last - first), pitch, block, field if number == 0 else INK)
        begin = end


def _rows(
    pen: ImageDraw.ImageDraw, box: tuple[int, int, int, int], pitch: int, block: _Block, ink: tuple[int, int, int]
) -> None:
    left, top, width, rows = box
    thick = max(4, pitch // 4)
    if block.picture and rows >= 3:
        pen.rectangle(
            (left, top + thick, left + width, top + (rows - 1) * pitch), outline=ink, width=max(3, thick // 2)
        )
        return
    for row in range(rows - 1 if rows > 1 else rows):
        y = top + row * pitch + pitch // 2
        if row == 0 and block.headed:
            pen.rectangle((left, y - thick, left + width * 4 // 5, y + thick), fill=ink)
        else:
            short = row == rows - 2
            pen.rectangle(
                (left, y - thick // 2, left + (width * 3 // 5 if short else width), y + thick // 2), fill=GREY
            )


def _imprint(pen: ImageDraw.ImageDraw, book: Book, text: FontFile) -> None:
    font = text.at(50)
    count = sum(1 for page in book.pages for _ in items(page.edition))
    pen.line((MARGIN, 2300, SIZE[0] - MARGIN, 2300), fill=INK, width=3)
    pen.text((MARGIN, 2340), f"{len(book.pages)} 个版面　{count} 篇", font=font, fill=INK, anchor="lt")
    pen.text((SIZE[0] - MARGIN, 2340), chinese_date(book.modified), font=font, fill=INK, anchor="rt")
    if book.header.publisher:
        pen.text((SIZE[0] // 2, 2450), book.header.publisher[:24], font=font, fill=INK, anchor="mm")
