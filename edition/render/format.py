"""How a PDF is to look, as its editor wishes ([pdf] and [fonts] of edition.toml), and the page that follows from it.

The page is reckoned in the units of Chinese setting: a column holds a whole number of characters, a page a whole number
of lines, so that columns end level and every baseline lies on one grid (CLREQ 2.2, 版心). What is left of the paper's
width goes to the outer margin, what is left of its height to the foot.
"""

from dataclasses import dataclass, field

from edition.render.styles import Split

MM = 72 / 25.4  # points
SIZES = {"16k": (184.0, 260.0), "A4": (210.0, 297.0), "A3": (297.0, 420.0)}  # mm
LAYOUTS = ("book", "newspaper")
HEADLINES = {  # size in points, line in grids; the first for the lead of a page
    "book": ((22.0, 2.0), (19.0, 1.5), (16.5, 1.5), (14.5, 1.5), (13.0, 1.5)),
    "newspaper": ((28.0, 2.5), (21.0, 2.0), (18.0, 1.5), (15.0, 1.5), (12.5, 1.5)),
}
OPENINGS = ("room", "page", "recto", "run-on")
IMPRINT = {
    "author": "著作者", "editor": "编者", "publisher": "出版", "address": "地址", "printer": "印刷",
    "format": "开本", "sheets": "印张", "characters": "字数", "edition": "版次", "printing": "印次",
    "isbn": "ISBN", "cip": "图书在版编目（CIP）数据", "price": "定价",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fonts:
    """Family names as fontconfig knows them."""

    serif: str = "Noto Serif CJK SC"
    sans: str = "Noto Sans CJK SC"
    kai: str = "LXGW WenKai"
    rare: tuple[str, ...] = ("HanaMinA", "HanaMinB")  # asked in turn for what the others do not have


@dataclass(frozen=True, slots=True)
class Margins:
    """Of a page in mm, the least there is; `inner` is the side of the spine."""

    top: float
    bottom: float
    inner: float
    outer: float


@dataclass(frozen=True, slots=True)
class Format:
    """The wishes."""

    size: str = "16k"  # a key of SIZES
    layout: str = "book"  # one of LAYOUTS
    columns: int | None = None  # None: as the layout has them
    margins: Margins | None = None  # None: as the layout has them
    binding: float = 0.0  # mm that the binding takes, added to the inner margin
    opening: str = "room"  # where a newspaper page begins, one of OPENINGS
    attach: bool = True  # the TEI of every page
    split: Split = "no"  # into volumes, see render.volumes
    css: str = ""  # an editor's own rules, after ours
    imprint: tuple[tuple[str, str], ...] = ()  # 版权页: (key of IMPRINT, text), only what was given
    fonts: Fonts = field(default_factory=Fonts)
    press: bytes = b""  # for the press: the ICC profile of its inks (CMYK); empty: for reading and keeping
    proof: bool = False  # for checking against the scan: numbers of the source's lines in the margin
    unset: frozenset[str] = frozenset()  # characters that no font has


@dataclass(frozen=True, slots=True)
class Frame:
    """A page in points."""

    width: float
    height: float
    top: float
    bottom: float
    inner: float
    outer: float
    em: float  # size of the text
    grid: float  # from baseline to baseline
    columns: int
    measure: int  # em in a column
    gap: int  # em between columns
    lines: int  # of a column


def frame(wish: Format) -> Frame:
    """The page that a format asks for. Raises ValueError if there is no room for eight characters in a column."""
    newspaper = wish.layout == "newspaper"
    em, grid = (9.5, 15.5) if newspaper else (10.5, 17.5)
    width, height = (side * MM for side in SIZES[wish.size])
    usual = Margins(20, 15, 16, 14) if newspaper else Margins(25, 20, 22, 18)
    margins = wish.margins or usual
    inner = (margins.inner + wish.binding) * MM
    columns = wish.columns or _columns(wish)
    gap = 2
    measure = int(((width - inner - margins.outer * MM) / em - gap * (columns - 1) + 1e-6) // columns)
    if measure < 8:
        raise ValueError(f"{columns} columns on {wish.size} leave room for {max(measure, 0)} characters in a line")
    lines = int((height - (margins.top + margins.bottom) * MM) // grid)
    outer = width - inner - (measure * columns + gap * (columns - 1)) * em
    top = margins.top * MM
    return Frame(
        width, height, top, height - top - lines * grid, inner, outer, em, grid, columns, measure, gap, lines
    )  # fmt: skip


def rank(size: float) -> str:
    """The class of a headline of this size."""
    return f"of-{size:g}".replace(".", "-")


def _columns(wish: Format) -> int:
    if wish.layout == "newspaper":
        return {"16k": 2, "A4": 3, "A3": 5}[wish.size]
    return {"16k": 1, "A4": 2, "A3": 3}[wish.size]
