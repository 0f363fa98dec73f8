"""Where the characters of a PDF stand, in points, as PDFium finds them; and what of that the rules of setting forbid."""

import ctypes
from dataclasses import dataclass, field

import pypdfium2
import pypdfium2.raw as pdfium

OPENING, CLOSING = "（《〈「『【〔“‘", "）》〉」』】〕”’，。、；：！？"
NO_START = CLOSING + "…·％%"
NO_END = OPENING
PIXEL = 0.75  # points: WeasyPrint sets type in CSS pixels and scales the page


@dataclass
class Char:
    text: str
    x: float
    y: float  # of the baseline, from the top of the page
    size: float
    end: float  # where its advance ends
    font: str


@dataclass
class Line:
    page: int
    chars: list[Char] = field(default_factory=list)

    @property
    def text(self):
        return "".join(char.text for char in self.chars)

    @property
    def x(self):
        return self.chars[0].x

    @property
    def y(self):
        return self.chars[0].y

    @property
    def size(self):
        return self.chars[-1].size


def chars(path):
    """(page, its characters in the order of the file, blanks left away)."""
    document = pypdfium2.PdfDocument(path)
    for number, page in enumerate(document, 1):
        text, height = page.get_textpage(), page.get_height()
        found = []
        for index in range(text.count_chars()):
            char = chr(pdfium.FPDFText_GetUnicode(text, index))
            x, y = ctypes.c_double(), ctypes.c_double()
            if char.isspace() or not char.isprintable() or not pdfium.FPDFText_GetCharOrigin(text, index, x, y):
                continue
            size = pdfium.FPDFText_GetFontSize(text, index) * PIXEL
            end = text.get_charbox(index, loose=True)[2]
            found.append(Char(char, x.value, height - y.value, round(size, 2), end, font(text, index)))
        yield number, found
    document.close()


def font(text, index):
    name, flags = ctypes.create_string_buffer(80), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text, index, name, 80, flags)
    return name.value.decode()


def lines(path):
    """The lines of a PDF: a new one where the baseline changes, the text goes back or leaps into the next column."""
    for number, found in chars(path):
        line = None
        for char in found:
            last = line.chars[-1] if line else char
            if line is None or abs(char.y - last.y) > 2 or not -char.size <= char.x - last.x < 4 * last.size:
                if line:
                    yield line
                line = Line(number)
            line.chars.append(char)
        if line:
            yield line


def right_edge(line):
    """Where the last character ends: half an em for a mark that ends a line, as PDFium measures it for letters."""
    last = line.chars[-1]
    if last.text in CLOSING:
        return last.x + last.size / 2
    return last.x + last.size if last.text >= "\u2e80" else last.end


@dataclass
class Measured:
    justified: int = 0
    ragged: list = field(default_factory=list)  # (line, by how much)
    forbidden: list = field(default_factory=list)
    off_grid: list = field(default_factory=list)
    loose: list = field(default_factory=list)
    runts: list = field(default_factory=list)


def measured(path, page, pages):
    """What the pages show, set in the frame `page` (render.format.Frame), where the text is set in its size."""
    out, em, grid, top = Measured(), page.em, page.grid, page.top
    columns = {odd: edges(page, page.inner if odd else page.outer) for odd in (0, 1)}
    found = [line for line in lines(path) if line.page in pages]
    found = [line for line in found if all(abs(char.size - em) < 0.05 for char in line.chars)]
    found = [line for line in found if "Sans" not in line.chars[0].font]  # 小标题 are not justified
    for line, after in zip(found, [*found[1:], None]):
        column = next((c for c in columns[line.page % 2] if c[0] - 6 <= line.x <= c[1]), None)
        if column is None:
            continue
        if line.text[0] in NO_START or line.text[-1] in NO_END:
            out.forbidden.append(line)
        off = (line.y - top - grid / 2 - 0.38 * em) % grid
        if min(off, grid - off) > 1:
            out.off_grid.append((line, round(min(off, grid - off), 2)))
        goes_on = after is not None and continues(line, after, columns, em)
        if goes_on:
            out.justified += 1
            off = right_edge(line) - column[1]
            if abs(off) > 0.3:
                out.ragged.append((line, round(off, 2)))
            if looseness(line) > 0.25:
                out.loose.append((line, round(looseness(line), 2)))
        elif sum(char.isalnum() for char in line.text) == 1 and line.x < column[0] + em:
            out.runts.append(line)
    return out


def edges(page, left):
    """(left, right) of each column."""
    step = (page.measure + page.gap) * page.em
    return [(left + step * n, left + step * n + page.measure * page.em) for n in range(page.columns)]


def continues(line, after, columns, em):
    """Whether the next line belongs to the same paragraph: it is of the same face and begins at the edge of a column."""
    same = line.chars[0].font == after.chars[0].font
    return same and any(
        min(abs(after.x - left), abs(after.x - left + em / 2)) <= 0.3 for left, _ in columns[after.page % 2]
    )


def looseness(line):
    """The mean space between two Chinese characters of a line, in em."""
    gaps = [b.x - a.x - a.size for a, b in zip(line.chars, line.chars[1:]) if min(a.text, b.text) >= "\u3400"]
    return sum(gaps) / len(gaps) / line.size if gaps else 0.0
