"""The stylesheet of a PDF: the sheets in `css/`, with lengths, families and colours filled in."""

import re
from importlib import resources

from edition.render.format import HEADLINES, Format, Frame, frame, rank

SCREEN = {"ink": "#111", "soft": "#444", "rule": "#999", "tint": "#f7f7f5"}
PRESS = {  # black ink alone, in tints
    name: f"device-cmyk(0 0 0 {part})" for name, part in (("ink", 1), ("soft", 0.8), ("rule", 0.45), ("tint", 0.04))
}
_VALUE = re.compile(r"\$\{([a-z0-9.-]+)\}")


def stylesheet(wish: Format) -> str:
    """The common sheet, the printed one, that of the layout and the editor's own, with lengths and families filled in."""
    css = resources.files("edition.render.css")
    names = ["common.css", "print.css", f"{wish.layout}.css"]
    names += ["press.css"] * bool(wish.press) + ["proof.css"] * wish.proof
    sheet = "".join(css.joinpath(name).read_text("utf-8") for name in names)
    page = frame(wish)
    sheet += _headlines(wish, page) + wish.css
    values = {name: _families(wish, name) for name in ("serif", "sans", "kai")} | _lengths(page)
    values |= {"columns": str(page.columns) if page.columns > 1 else "auto"}
    values |= {"opening": {"room": "page", "page": "page", "recto": "right", "run-on": "auto"}[wish.opening]}
    values |= PRESS if wish.press else SCREEN
    return _VALUE.sub(lambda found: _value(found[1], values, page), sheet)


def _headlines(wish: Format, page: Frame) -> str:
    """A rule for each size of headline."""
    return "".join(
        f"h2.{rank(size)} {{ font-size: {pt(size)}; line-height: {pt(step * page.grid)} }}\n"
        for size, step in HEADLINES[wish.layout]
    )


def _value(name: str, values: dict[str, str], page: Frame) -> str:
    """`2g`: two grids; `1.5e`: one and a half em; else what stands under the name."""
    if found := re.fullmatch(r"([\d.]*)([ge])", name):
        return pt(float(found[1] or 1) * (page.grid if found[2] == "g" else page.em))
    return values[name]


def _lengths(page: Frame) -> dict[str, str]:
    lengths = {side: getattr(page, side) for side in ("top", "bottom", "inner", "outer")}
    lengths |= {"label-pad": (page.grid - 2.4) / 2, "box-pad": page.grid * 0.6 - 0.6, "g-box": page.grid - 0.6}
    lengths |= {"rule-pad": page.grid - 0.6, "line-pad": page.grid / 2 - 0.4, "page-lines": page.lines * page.grid}
    return {name: pt(length) for name, length in lengths.items()} | {"page-size": f"{pt(page.width)} {pt(page.height)}"}


def pt(length: float) -> str:
    """A length in points, as CSS writes it."""
    return f"{round(length, 4):g}pt"


def _families(wish: Format, role: str) -> str:
    own = dict.fromkeys((getattr(wish.fonts, role), wish.fonts.serif, *wish.fonts.rare))
    return ", ".join(map(_quoted, own))


def _quoted(family: str) -> str:
    return '"' + family.replace("\\", "\\\\").replace('"', '\\"') + '"'
