"""WeasyPrint 70.0, extended: this is the one place where it is changed, for the one version this was tested with.

What changes a page stands here, with `columns` and `setting`; what spares memory and time alone, in `frugal`.

WeasyPrint asks Pango where a line ends and stretches blanks only: Chinese is never justified, punctuation never
compressed. Here `setting.compose` decides instead, by arithmetic on widths that Pango measured once for each character;
Pango then shapes a line a single time, when it is drawn. So the finer setting is also the faster one. The hooks:

- `split_first_line` (layout): the first line of a text box, and its width;
- `text_align` (layout): the mark at a line's end counts half; a line is stretched between all its characters;
- `handle_leader` (layout): the dots of an entry of the contents are one text, not fifty;
- `columns_layout` (layout): columns end level, see `columns`;
- `block_level_page_break` (layout): a part of the book may begin below the part before, where enough of a page is left;
- `compute_content_list` (content): an entry of the index names a page once;
- `_build_box_tree` (tags): the language of an element that states one.

With any other version `install` raises, so that no page is set by rules that nobody looked at.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pydyf
import weasyprint
from weasyprint import css, document, html
from weasyprint.formatting_structure import boxes, build
from weasyprint.layout import block, inline, page, preferred
from weasyprint.layout.leader import leader_index
from weasyprint.pdf import stream, tags
from weasyprint.text import line_break
from weasyprint.text.ffi import ffi, pango
from weasyprint.text.line_break import Layout

from edition.errors import MissingTool
from edition.render import frugal
from edition.render.columns import columns_layout
from edition.render.setting import Font, Line, compose, end_trim, ends, stretches

VERSION = "70.0"
ffi.cdef("PangoAttribute * pango_attr_family_new (const char *family);")
ASCENT = 0.88  # of an em: where the baseline stands in the em box of every Chinese font
_FRAME = "永"
_QUOTES = "“”‘’"
_SET = frozenset(("normal", "nowrap"))
_usual_split = line_break.split_first_line
_usual_align = inline.text_align
_usual_strut = line_break.strut
_usual_leader = inline.handle_leader
_usual_tree = tags._build_box_tree
_usual_break = block.block_level_page_break
_usual_content = build.compute_content_list
_PX = 96 / 72  # CSS pixels in a point


def install() -> None:
    """Teach WeasyPrint. Raises MissingTool for a version that this was not made for."""
    if weasyprint.__version__ != VERSION:
        raise MissingTool(
            f"WeasyPrint {weasyprint.__version__} is installed, the PDF is set with {VERSION}",
            remedy=f"pip install weasyprint=={VERSION}",
        )
    inline.split_first_line = preferred.split_first_line = split_first_line
    inline.text_align, inline.strut = text_align, strut
    inline.handle_leader = handle_leader
    block.columns_layout = columns_layout
    block.block_level_page_break = block_level_page_break
    build.compute_content_list = compute_content_list
    tags._build_box_tree = build_box_tree
    weasyprint.pdf.add_forms, weasyprint.pdf.add_tags = frugal.add_forms, frugal.add_tags
    document.Page.paint = frugal.paint
    pydyf.PDF.page_references = property(frugal.References)
    stream.Font = frugal.LeanFont
    page.set_page_type_computed_styles = frugal.set_page_styles
    css.StyleFor.set_computed_styles = frugal.set_computed_styles
    html.UA_STYLESHEET = weasyprint.UA_STYLESHEET = frugal.agent_sheet()


# ---- layout


def strut(style: Any) -> tuple[float, float]:
    """(line height, baseline in it), the em box in the middle: so lines of all faces stand on one grid. CSS pixels."""
    height, _ = _usual_strut(style)
    return height, height / 2 + (ASCENT - 0.5) * style["font_size"]


def split_first_line(
    text: str,
    style: Any,
    context: Any,
    max_width: float | None,
    *rest: Any,
    is_line_start: bool = True,
    **others: Any,
) -> tuple[Any, int, int | None, float, float, float]:
    """As WeasyPrint's: (layout, bytes of the line, bytes to the next, width, height, baseline)."""
    em = style["font_size"]
    if not _is_plain(text, style):
        layout, length, resume, width, _, _ = _usual_split(
            text, style, context, max_width, *rest, is_line_start=is_line_start, **others
        )
        return layout, length, resume, width, em, ASCENT * em
    room = float("inf") if max_width is None or style["white_space"] == "nowrap" else max_width
    line = compose(text, _font(style)[0], room, at_start=is_line_start)
    resume = None if line.resume is None else len(text[: line.resume].encode())
    return Composed(line, style), len(line.text.encode()), resume, line.width, em, ASCENT * em


def _is_plain(text: str, style: Any) -> bool:
    if style["white_space"] not in _SET or style["letter_spacing"] != "normal" or not text.strip():
        return False
    return style["direction"] == "ltr" and not any(char in text for char in "\n\t\u00ad")


def _font(style: Any) -> tuple[Font, "_Widths"]:
    """The font of a style and its widths, both kept as long as the fonts of the document are."""
    kept = style.font_config.__dict__.setdefault("edition_fonts", {})
    key = (
        tuple(style["font_family"]), style["font_size"], style["font_weight"], style["font_style"], style["lang"],
        style["font_variant_numeric"], style["font_feature_settings"],
    )  # fmt: skip
    if key not in kept:
        widths = _Widths(style.copy())
        kept[key] = Font(style["font_size"], widths.__getitem__), widths
    found: tuple[Font, _Widths] = kept[key]
    return found


class _Widths(dict[str, float]):
    """The width of each token in CSS pixels, as Pango measures it when it is first asked for.

    It is measured between two Chinese characters: a font may have other dashes, dots and digits there.
    """

    def __init__(self, style: Any) -> None:
        self.style = style
        self.frame = self._measured(_FRAME * 2, style)
        self.lends = ""  # the family that quotation marks are taken from, where the first one has narrow ones

    def __missing__(self, token: str) -> float:
        text = f"{_FRAME}{token}{_FRAME}"
        width = self._measured(text, self.style) - self.frame
        if token in _QUOTES and width < 0.9 * self.style["font_size"] and len(self.style["font_family"]) > 1:
            self.lends = self.style["font_family"][1]
            other = self.style.copy()
            other["font_family"] = [self.lends]
            width = self._measured(text, other) - self._measured(_FRAME * 2, other)
        self[token] = width
        return width

    @staticmethod
    def _measured(text: str, style: Any) -> float:
        layout = line_break.create_layout(text, style, None, None, 0)
        width, _ = line_break.line_size(layout.get_first_line()[0], style)
        return float(width)


class Composed(Layout):  # type: ignore[misc]  # WeasyPrint is untyped
    """What WeasyPrint keeps of a line until it is drawn; Pango is asked only then."""

    def __init__(self, line: Line, style: Any) -> None:
        self.text, self.line = line.text, line
        self.justification_spacing, self.max_width, self.first_line_direction = 0, None, 0
        if style["text_decoration_line"] != "none":
            self.setup(style)  # for the thickness of its rules
            self.deactivate()

    def reactivate(self, style: Any) -> None:
        """Shape the line for drawing."""
        self.setup(style)
        Layout.set_text(self, self.text)
        self.em, self.placed = style["font_size"], False
        if any(quote in self.text for quote in _QUOTES) and (family := _font(style)[1].lends):
            _lend(self.layout, self.text, family)

    def get_first_line(self) -> tuple[Any, Any]:
        """Pango's line, each character where the composed line has it."""
        first, index = super().get_first_line()
        if not self.placed:
            self.placed = True
            _place(first, self.line, self.em)
        return first, index


def _lend(layout: Any, text: str, family: str) -> None:
    """Take the quotation marks of a text from another family."""
    attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
    for found in re.finditer(f"[{_QUOTES}]+", text):
        attribute = pango.pango_attr_family_new(family.encode())
        attribute.start_index = len(text[: found.start()].encode())
        attribute.end_index = attribute.start_index + len(found[0].encode())
        pango.pango_attr_list_insert(attributes, attribute)
    pango.pango_layout_set_attributes(layout, attributes)


def _place(first: Any, line: Line, em: float) -> None:
    """Write widths and offsets into the glyphs that Pango shaped.

    Widths are chosen so that WeasyPrint, which cuts them to whole thousandths of an em, cuts nothing; what a
    character is off by, the next makes good.
    """
    starts = _starts(line.text)
    wanted = given = 0.0  # thousandths of an em, summed over the line
    run = first.runs[0]
    while run != ffi.NULL:
        item, run = run.data, run.next
        glyphs, clusters = item.glyphs.glyphs, item.glyphs.log_clusters
        count, offset, length = item.glyphs.num_glyphs, item.item.offset, item.item.length
        for number in range(count):
            begin = clusters[number]
            end = clusters[number + 1] if number + 1 < count else length
            if begin == end:
                continue
            at, stop = starts[offset + begin], starts[offset + end]
            left = line.left.get(at, 0.0) * 1000 / em
            wanted -= sum(line.after[at:stop]) * 1000 / em
            cut = round(wanted - given)
            if not left and not cut:
                continue
            given += cut
            geometry = glyphs[number].geometry
            natural = round(geometry.width * 1000 / 1024 / em)
            geometry.x_offset = round(left * em)
            shift = geometry.x_offset / em
            nudge = 0.3 if cut > 0 else -0.3 if cut < 0 else 0.0
            geometry.width = round((natural + shift - cut - nudge) * em * 1024 / 1000)


def _starts(text: str) -> dict[int, int]:
    """The index of the character that begins at each byte; that of the end too."""
    out, at = {}, 0
    for index, char in enumerate(text):
        out[at] = index
        at += 1 if char < "\x80" else 2 if char < "\u0800" else 3 if char < "\U00010000" else 4
    out[at] = len(text)
    return out


def text_align(context: Any, line: Any, available: float, last: bool) -> float:
    """As WeasyPrint's: how far the line is moved. Before that, its end is trimmed and it is stretched. CSS pixels."""
    _trim_end(line)
    justified = (line.style["text_align_last"] if last else "auto") in ("auto", "justify")
    if justified and not last and line.style["text_align_all"] == "justify" and line.style["white_space"] == "normal":
        _stretch(line, available - line.width)
        return 0.0
    return float(_usual_align(context, line, available, last))


def _texts(box: Any) -> Iterator[Any]:
    """The text boxes of a line; None for something in the line that is no text."""
    for child in box.children:
        if isinstance(child, boxes.TextBox):
            yield child
        elif isinstance(child, boxes.LineBox | boxes.InlineBox):
            yield from _texts(child)
        elif child.is_in_normal_flow():
            yield None


def _composed(box: Any) -> Line | None:
    layout = getattr(box, "pango_layout", None)
    return layout.line if isinstance(layout, Composed) else None


def _trim_end(line: Any) -> None:
    """Let the mark at the end of a line count half."""
    parents, box = [], line
    while isinstance(box, boxes.LineBox | boxes.InlineBox) and box.children:
        parents.append(box)
        box = box.children[-1]
    composed = _composed(box)
    if composed is None or composed.trimmed or not composed.text:
        return
    trim = end_trim(composed.text[-1], _font(box.style)[0])
    composed.trimmed = True
    composed.after[-1] += trim
    for each in (*parents, box):
        each.width += trim


def _stretch(line: Any, extra: float) -> None:
    """Spread the extra width over the places of a line, evenly (CLREQ 3.1)."""
    texts = [box for box in _texts(line) if box is None or box.text]
    places = sum(len(composed.places) for box in texts if (composed := _composed(box)))
    seams = {
        id(a) for a, b in pairwise(texts) if a and b and _composed(a) and stretches(ends(a.text)[1], ends(b.text)[0])
    }
    if extra > 0 and places + len(seams):
        _move(line, extra / (places + len(seams)), 0.0, seams)


def _move(box: Any, spacing: float, moved: float, seams: set[int]) -> float:
    """Widen the texts of a box that those before it have moved; gives how far the next one is moved."""
    if isinstance(box, boxes.TextBox):
        box.position_x += moved
        if composed := _composed(box):
            more = [*composed.places, len(box.text) - 1] if id(box) in seams else composed.places
            for place in more:
                composed.after[place] += spacing
            box.width += spacing * len(more)
            moved += spacing * len(more)
        return moved
    if isinstance(box, boxes.LineBox | boxes.InlineBox):
        box.position_x += moved
        start = moved
        for child in box.children:
            if child.is_in_normal_flow():
                moved = _move(child, spacing, moved, seams)
        box.width += moved - start
        return moved
    box.translate(moved, 0)
    return moved


def handle_leader(context: Any, line: Any, containing_block: Any) -> None:
    """As WeasyPrint's, which repeats a box for each dot; here they become one text in one box."""
    _usual_leader(context, line, containing_block)
    box = leader_index(line)[1]
    if box is None or len(box.children) < 2:
        return
    first = min(box.children, key=lambda child: float(child.position_x))
    dots = compose(first.text * len(box.children), _font(first.style)[0], float("inf"))
    whole = first.copy_with_text(dots.text)
    whole.width, whole.pango_layout = dots.width, Composed(dots, first.style)
    box.children = (whole,)


# ---- what follows what


def block_level_page_break(before: Any, after: Any) -> str:
    """As WeasyPrint's; a part of the book may follow another down to the height (points) that its HTML states."""
    found = str(_usual_break(before, after))
    element = getattr(after, "element", None)
    lowest = None if element is None else element.get("data-follows")
    ends = before.position_y + before.height if lowest and before.position_y is not None else 0.0
    return "auto" if found == "page" and lowest and ends <= float(lowest) * _PX else found


def compute_content_list(
    content: Any, box: Any, values: Any, token: str, again: Any, targets: Any, *rest: Any, **others: Any
) -> Any:
    """As WeasyPrint's; of a run of links (`data-run`: the id before, the last id), each page once, and no mark at the end."""
    made = _usual_content(content, box, values, token, again, targets, *rest, **others)
    run = None if box.element is None else box.element.get("data-run")
    if token != "content" or run is None or not made or not box.element_tag.endswith("::after"):
        return made
    names = [box.element.get("href")[1:], *run.split(" ")]
    if item := targets.counter_lookup_items.get((box, token)):
        item.missing_target_counters |= {name: ["page"] for name in names if name}  # made again when one changes
    pages = [
        targets.target_lookup_items[name].cached_page_counter_values.get("page") if name else None for name in names
    ]
    if pages[0] and pages[0] == pages[1]:
        return []
    if pages[0] == pages[2]:
        made[-1].text = made[-1].text.rstrip("、")
    return made


# ---- tags


def build_box_tree(box: Any, parent: Any, *rest: Any) -> Iterator[Any]:
    """As WeasyPrint's: the structure elements of a box; one whose HTML has a `lang` states it."""
    element = getattr(getattr(box, "_box", box), "element", None)
    lang = None if element is None else element.get("lang")
    for made in _usual_tree(box, parent, *rest):
        if lang and box.element_tag not in ("html", "body"):
            made["Lang"] = pydyf.String(lang)
        yield made
