"""Chinese justification for WeasyPrint, which stretches blanks only and so never justifies Chinese.

The extra width of a line is shared among the places between Chinese characters (CLREQ 3.1: even spacing between
characters), and a closing mark at the line's end counts half, so that right edges look flush. Pango's letter spacing
puts half of it on either side of a character and trims it at a text's edges; the counts below follow from that.

This is the one place where WeasyPrint is changed. It is done for the one version that it was tested with; with any
other version `install` does nothing and says so.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import weasyprint
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.text.ffi import TO_UNITS, ffi, pango
from weasyprint.text.line_break import Layout

VERSION = "70.0"
_STRETCHABLE = re.compile(
    "[\u2e80-\u2fdf\u3001-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff60\u2018-\u201d\u00b7\U00020000-\U0003ffff]"
)
_RUN = re.compile(_STRETCHABLE.pattern + "+")
_CLOSING = tuple("，。、；：！？」』）》〉】”’")


def install() -> bool:
    """Teach WeasyPrint; gives whether that was done (False for a version that this was not made for)."""
    if weasyprint.__version__ != VERSION:
        return False
    if inline.justify_line is not _justify_line:
        inline.justify_line = _justify_line
        _keep_drawn_text(Layout)
    return True


def opportunities(text: str) -> float:
    """Over how many places of a text its share of the extra width is spread; halves at the edges are not used."""
    if not text:
        return 0.0
    edges = _stretches(text[0]) + _stretches(text[-1])
    return len(_STRETCHABLE.findall(text)) - edges / 2 + text.count(" ") + text.count("\u00a0")


def _stretches(char: str) -> int:
    return 1 if _STRETCHABLE.match(char) else 0


def _texts(box: Any) -> Iterator[Any]:
    """The text boxes of a line; None for something in the line that is no text."""
    for child in box.children:
        if isinstance(child, boxes.TextBox):
            yield child
        elif isinstance(child, boxes.LineBox | boxes.InlineBox):
            yield from _texts(child)
        elif child.is_in_normal_flow():
            yield None


def _justify_line(context: Any, line: Any, extra_width: float) -> None:
    """Spread the extra width, in CSS pixels, over a line."""
    texts = [box for box in _texts(line) if box is None or box.text]
    last = texts[-1] if texts else None
    if last is not None and last.text.endswith(_CLOSING):
        extra_width += last.style["font_size"] / 2
    seams = sum((_stretches(a.text[-1]) + _stretches(b.text[0])) / 2 for a, b in pairwise(texts) if a and b)
    places = sum(opportunities(box.text) for box in texts if box) + seams
    if places > 0 and extra_width > 0:
        _Stretcher(context, extra_width / places).stretch(line, 0.0)


class _Stretcher:
    """Moves and widens the boxes of one line from left to right."""

    def __init__(self, context: Any, spacing: float) -> None:
        self.context = context
        self.spacing = spacing
        self.before: str | None = None  # the last character of the text before

    def stretch(self, box: Any, moved: float) -> float:
        """Stretch a box that the boxes before it have moved; gives how far the next one is moved. CSS pixels."""
        if isinstance(box, boxes.TextBox):
            return self._text(box, moved)
        if isinstance(box, boxes.LineBox | boxes.InlineBox):
            box.position_x += moved
            start = moved
            for child in box.children:
                if child.is_in_normal_flow():
                    moved = self.stretch(child, moved)
            box.width += moved - start
            return moved
        self.before = None
        box.translate(moved, 0)
        return moved

    def _text(self, box: Any, moved: float) -> float:
        if box.text and self.before:
            moved += self.spacing * (_stretches(self.before) + _stretches(box.text[0])) / 2
        box.justification_spacing = self.spacing
        box.position_x += moved
        if not box.text:
            return moved
        self.before = box.text[-1]
        if places := opportunities(box.text):
            layout = inline.create_layout(
                box.text, box.style, self.context, max_width=None, justification_spacing=self.spacing
            )
            layout.deactivate()
            box.pango_layout = layout
            box.width += self.spacing * places
            moved += self.spacing * places
        return moved


def _keep_drawn_text(layout_class: Any) -> None:
    """Give drawn text the spacing that its line was stretched by."""
    usual = layout_class.set_text

    def set_text(self: Any, text: str, justify: bool = False) -> None:
        usual(self, text, justify)
        if not (justify and self.justification_spacing and _STRETCHABLE.search(self.text)):
            return
        attributes = pango.pango_layout_get_attributes(self.layout)
        if attributes == ffi.NULL:
            attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
        own = self.style["letter_spacing"]
        spacing = int((self.justification_spacing + (0 if own == "normal" else own)) * TO_UNITS)
        for run in _RUN.finditer(self.text):
            attribute = pango.pango_attr_letter_spacing_new(spacing)
            attribute.start_index = len(self.text[: run.start()].encode())
            attribute.end_index = attribute.start_index + len(run[0].encode())
            pango.pango_attr_list_change(attributes, attribute)
        pango.pango_layout_set_attributes(self.layout, attributes)

    layout_class.set_text = set_text
