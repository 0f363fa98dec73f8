"""The cover as a picture: the edition's title set as a masthead over columns of rules, as on a newspaper's front page.

Everything on it comes from the headers. Drawn with Pillow (HPND licence) from the edition's own fonts.
"""

import io
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from edition.render.book import Book
from edition.render.frontmatter import chinese_date

SIZE = (1600, 2560)  # pixels
PAPER, INK, SEAL, RULE = (248, 245, 237), (32, 30, 28), (150, 36, 28), (176, 168, 154)
MARGIN = 150
TITLE_MOST = 9  # characters of the title in one line
_NO_START = "，。、；：？！）》」』”’…"


@dataclass(frozen=True, slots=True)
class FontFile:
    """A face of a font file."""

    path: Path
    index: int = 0


def draw(book: Book, display: FontFile, text: FontFile) -> bytes:
    """The cover as JPEG, 1600 by 2560 pixels; `display` is a bold serif, `text` a regular one."""
    image = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(image)
    _frame(pen)
    bottom = _title(pen, book.header.edition_title, display)
    _columns(pen, bottom + 150, len(book.pages))
    _imprint(pen, book, text)
    target = io.BytesIO()
    image.save(target, "JPEG", quality=88, optimize=False, dpi=(300, 300))
    return target.getvalue()


def _frame(pen: ImageDraw.ImageDraw) -> None:
    pen.rectangle((0, 0, SIZE[0], 64), fill=SEAL)
    pen.line((MARGIN, 300, SIZE[0] - MARGIN, 300), fill=INK, width=10)
    pen.line((MARGIN, 322, SIZE[0] - MARGIN, 322), fill=INK, width=3)


def _title(pen: ImageDraw.ImageDraw, title: str, display: FontFile) -> int:
    """Draw the title in as many lines as it needs; gives the y of its foot in pixels."""
    lines = title_lines(title)
    size = int(min(260, (SIZE[0] - 2 * MARGIN) / max(len(line) for line in lines)))
    font = ImageFont.truetype(str(display.path), size, index=display.index)
    y = 430
    for line in lines:
        pen.text((MARGIN, y), line, font=font, fill=INK, anchor="lt")
        y += int(size * 1.32)
    pen.line((MARGIN, y + 40, SIZE[0] - MARGIN, y + 40), fill=SEAL, width=6)
    return y + 40


def title_lines(title: str) -> list[str]:
    """The title cut into lines of like length, none beginning with a closing mark; a part in brackets stands alone."""
    main, bracket, rest = title.partition("（")
    parts = [main, bracket + rest] if bracket and main else [title]
    return [line for part in parts for line in _balanced(part)]


def _balanced(text: str) -> list[str]:
    count = -(-len(text) // TITLE_MOST)
    size = -(-len(text) // count) if count else 1
    lines = [text[at : at + size] for at in range(0, len(text), size)]
    for at in range(1, len(lines)):
        while lines[at] and lines[at][0] in _NO_START:
            lines[at - 1] += lines[at][0]
            lines[at] = lines[at][1:]
    return [line for line in lines if line]


def _columns(pen: ImageDraw.ImageDraw, top: int, pages: int) -> None:
    """Columns of grey rules with blocks of headline and picture: one column for each page, three to five."""
    count = min(5, max(3, pages))
    foot, gap = 2180, 48
    width = (SIZE[0] - 2 * MARGIN - gap * (count - 1)) // count
    for column in range(count):
        left = MARGIN + column * (width + gap)
        picture = top + 90 + (column * 397) % max(1, foot - top - 420)
        for row, y in enumerate(range(top, foot, 44)):
            if row < 2:
                pen.rectangle((left, y + 4, left + (width if row == 0 else width * 2 // 3), y + 26), fill=INK)
            elif picture <= y < picture + 260:
                continue
            else:
                end = left + (width * 3 // 5 if (row + 3 * column) % 9 == 0 else width)
                pen.line((left, y + 14, end, y + 14), fill=RULE, width=9)
        pen.rectangle((left, picture + 20, left + width, picture + 236), outline=SEAL if column == 1 else INK, width=5)


def _imprint(pen: ImageDraw.ImageDraw, book: Book, text: FontFile) -> None:
    font = ImageFont.truetype(str(text.path), 60, index=text.index)
    pen.line((MARGIN, 2260, SIZE[0] - MARGIN, 2260), fill=INK, width=3)
    known = [book.header.publisher, chinese_date(book.modified)]
    pen.text((MARGIN, 2310), "　".join(part for part in known if part), font=font, fill=INK, anchor="lt")
    pen.text((SIZE[0] - MARGIN, 2310), "数字版", font=font, fill=SEAL, anchor="rt")
