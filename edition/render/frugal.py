"""WeasyPrint 70.0 keeps everything of every page until the file is written; here what is done is let go.

Set in place by `engine.install`, for the one version it was tested with. Nothing here changes what is on a page:

- `paint` (drawing): a page that is drawn gets its tags at once, its content stream is compressed, its boxes are dropped;
- `add_tags` (tags): the rest of the structure tree, when all pages are drawn. Elements that are finished are kept as the
  bytes they will be in the file;
- `References` (pydyf): the reference of one page without building those of all;
- `LeanFont` (fonts): a font's file, some 20 MB, is not copied before the subset is made of it;
- `agent_sheet` (styles): the sheet of the browser without the rules that give every element a mark and a call of
  footnotes, which no page here has, and a marker, which only items of lists have;
- `set_computed_styles` (styles): what stands before and after elements of one style has one style too;
- `set_page_styles` (styles): pages of one kind share their style, unless a sheet tells them apart by number.
"""

import re
import zlib
from functools import cache
from typing import Any

import pydyf
import weasyprint
from weasyprint.css import CSS, StyleFor
from weasyprint.css.counters import CounterStyle
from weasyprint.document import Page
from weasyprint.html import UA
from weasyprint.layout import page as layout_page
from weasyprint.pdf import fonts, tags

_UNUSED = re.compile(r"^::(footnote|note)-[a-z]+ \{.*\}$", re.MULTILINE)
_MARKER = re.compile(r"^::marker \{", re.MULTILINE)
_usual_paint = Page.paint
_usual_forms = weasyprint.pdf.add_forms
_usual_styles = StyleFor.set_computed_styles
_usual_page_styles = layout_page.set_page_type_computed_styles


@cache
def agent_sheet() -> Any:
    """The user agent's sheet without footnotes; markers for the items of lists alone."""
    return CSS(string=_MARKER.sub("li::marker {", _UNUSED.sub("", UA)), counter_style=CounterStyle())


# ---- styles


def set_computed_styles(
    self: Any, element: Any, parent: Any, root: Any = None, pseudo_type: str | None = None, **others: Any
) -> None:
    """As WeasyPrint's; a pseudo-element of an element whose style is shared gets a shared style."""
    computed, cascaded = self._computed_styles, self._cascaded_styles.get((element, pseudo_type), {})
    key = None
    if pseudo_type and element is parent:
        rules = tuple((name, id(value), str(weight)) for name, (value, weight) in cascaded.items())
        key = id(computed[parent, None]), pseudo_type, rules
    kept = self.__dict__.setdefault("edition_shared", {})
    if key in kept:
        computed[element, pseudo_type] = kept[key]
        return
    _usual_styles(self, element, parent, root, pseudo_type, **others)
    if key:
        kept[key] = computed[element, pseudo_type]


def set_page_styles(page_type: Any, html: Any, style_for: Any) -> None:
    """As WeasyPrint's, once for all pages of a kind."""
    kind = page_type._replace(index=min(page_type.index, 1), groups=())
    kinds = style_for.__dict__.setdefault("edition_pages", {})
    computed = style_for.get_computed_styles()
    if kind not in kinds or _tells_numbers(style_for):
        _usual_page_styles(page_type, html, style_for)
        kinds[kind] = {pseudo: style for (owner, pseudo), style in computed.items() if owner == page_type}
    else:
        computed.update({(page_type, pseudo): style for pseudo, style in kinds[kind].items()})


def _tells_numbers(style_for: Any) -> bool:
    """Whether a sheet has rules for the n-th page."""
    if "edition_numbers" not in style_for.__dict__:
        selectors = [each for sheet, *_ in style_for._sheets for _, found, _ in sheet.page_rules for each in found]
        style_for.edition_numbers = any(page.index is not None for _, _, page in selectors)
    return bool(style_for.edition_numbers)


# ---- pages


def add_forms(forms: Any, matrix: Any, pdf: Any, *rest: Any) -> None:
    """As WeasyPrint's, which calls it before a page is drawn; the stream remembers the PDF that it belongs to."""
    rest[2].edition_pdf = pdf
    _usual_forms(forms, matrix, pdf, *rest)


def paint(page: Any, stream: Any, scale: float = 1) -> None:
    """As WeasyPrint's: draw a page. Then its tags are made and its boxes let go."""
    _usual_paint(page, stream, scale)
    if stream.compress:
        squeeze = zlib.compressobj(level=9)  # as pydyf does when it writes the file
        drawn = squeeze.compress(b"\n".join(map(pydyf._to_bytes, stream.stream)))
        stream.stream, stream.compress = [drawn + squeeze.flush()], False
        stream.extra["Filter"] = "/FlateDecode"
    pdf = stream.edition_pdf
    if stream._tags is not None:
        if not hasattr(pdf, "edition_tree"):
            pdf.edition_tree = _Tree(pdf)
        pdf.edition_tree.add(page._page_box, stream._tags)
    page._page_box = None


class References:
    """The references of a PDF's pages, each made when it is asked for."""

    def __init__(self, pdf: Any) -> None:
        self.kids = pdf.pages["Kids"]

    def __getitem__(self, index: int) -> bytes:
        return f"{self.kids[3 * index]} 0 R".encode()


# ---- tags


class _Tree:
    """The structure tree of a PDF, made page by page; as `weasyprint.pdf.tags.add_tags` makes it."""

    def __init__(self, pdf: Any) -> None:
        self.pdf, self.pages = pdf, 0
        self.annotations: list[tuple[bytes, Any]] = []
        self.mapping = _added(pdf, {"Nums": pydyf.Array()})
        self.root = _added(pdf, {"Type": "/StructTreeRoot", "ParentTree": self.mapping.reference})
        self.document = _added(
            pdf, {"Type": "/StructElem", "S": "/Document", "K": pydyf.Array(), "P": self.root.reference}
        )
        self.root["K"] = pydyf.Array([self.document.reference])

    def add(self, page_box: Any, marked: Any) -> None:
        """The elements of the next page; `marked` are the marks in its content stream."""
        nums: dict[int, bytes] = {}
        first = len(self.pdf.objects)
        made = tags._build_box_tree(page_box, self.document, self.pdf, self.pages, nums, self.annotations, marked)
        self.document["K"].extend(element.reference for element in made)
        self.mapping["Nums"].extend((self.pages, pydyf.Array(nums[mark] for mark in sorted(nums))))
        self.pages += 1
        for number in range(first, len(self.pdf.objects)):
            self.pdf.objects[number] = Finished(number, self.pdf.objects[number].data)


def _added(pdf: Any, entries: dict[str, Any]) -> Any:
    made = pydyf.Dictionary(entries)
    pdf.add_object(made)
    return made


class Finished:
    """An object of a PDF that will not change any more, as bytes; what pydyf asks of an object."""

    __slots__ = ("data", "number", "offset")
    generation, free, compressible = 0, "n", True

    def __init__(self, number: int, data: bytes) -> None:
        self.number, self.data, self.offset = number, data, 0

    @property
    def reference(self) -> bytes:
        """How other objects name it."""
        return f"{self.number} 0 R".encode()

    @property
    def indirect(self) -> bytes:
        """It, as an object of its own in the file."""
        return b"%d 0 obj\n%b\nendobj" % (self.number, self.data)


def add_tags(pdf: Any, document: Any, version: Any, streams: Any) -> None:
    """As WeasyPrint's, when the pages have made their part."""
    tree = pdf.edition_tree
    for number, (reference, annotation) in enumerate(tree.annotations, tree.pages):
        tree.mapping["Nums"].extend((number, reference))
        annotation["StructParent"] = number
    pdf.catalog["StructTreeRoot"] = tree.root.reference
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})


# ---- fonts


class LeanFont(fonts.Font):  # type: ignore[misc]  # WeasyPrint is untyped
    """A font whose file is read only if it is asked for before a subset is made of it."""

    def __init__(self, *given: Any) -> None:
        read, fonts.get_hb_object_data = fonts.get_hb_object_data, lambda face: b""
        try:
            super().__init__(*given)
        finally:
            fonts.get_hb_object_data = read

    @property
    def file_content(self) -> bytes:
        """The font file, or what was made of it."""
        return self.made or bytes(fonts.get_hb_object_data(self.hb_face))

    @file_content.setter
    def file_content(self, content: bytes) -> None:
        self.made = content
