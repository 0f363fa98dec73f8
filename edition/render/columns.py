"""Columns that end level, on the grid: how WeasyPrint 70.0 balances a text is replaced (`engine.install` does so).

WeasyPrint begins with the sum of the heights divided by the number of columns, which is no whole number of lines, and
goes on by the rest of the next paragraph, laying that out whole at every try. Here the first try is that height rounded
up to whole lines, and each further try is one line more: level columns on one baseline grid, in fewer steps. Boxes that
this is not made for (spanning or positioned children, footnotes, a height of their own) are left to WeasyPrint.
"""

from math import ceil
from typing import Any

from weasyprint.layout import block, column
from weasyprint.layout.percent import percentage
from weasyprint.text import line_break

from edition.render.setting import SLACK

_usual = column.columns_layout
_NOTHING: dict[str, Any] = {"break": "any", "page": None}


def columns_layout(context: Any, box: Any, *rest: Any) -> tuple[Any, Any, Any, list[Any], bool]:
    """As WeasyPrint's: (box or None, where it resumes, what follows, margins, False)."""
    if not _is_plain(box, context):
        usual: tuple[Any, Any, Any, list[Any], bool] = _usual(context, box, *rest)
        return usual
    return _Columns(context, box, rest).layout()


def _is_plain(box: Any, context: Any) -> bool:
    style = box.style
    if style["height"] != "auto" or style["min_height"] != "auto" or style["position"] != "static":
        return False
    if style["column_fill"] != "balance" or style["direction"] != "ltr" or style["column_width"] != "auto":
        return False
    plain = all(child.is_in_normal_flow() and child.style["column_span"] == "none" for child in box.children)
    return bool(box.children) and plain and context.current_footnote_area.height == "auto"


class _Columns:
    """One text, laid out in columns."""

    def __init__(self, context: Any, box: Any, rest: tuple[Any, ...]) -> None:
        bottom_space, skip_stack, containing_block, self.page_is_empty, *others = rest
        self.context, self.containing_block = context, containing_block
        self.absolute_boxes, self.fixed_boxes, margins, self.first_letter_style, self.first_line_style = others
        self.box = box.copy_with_children(box.children)
        self.box.position_y += block.collapse_margin(margins)
        block.block_level_width(self.box, containing_block)
        self.count = box.style["column_count"]
        gap = box.style["column_gap"]
        self.gap = box.style["font_size"] if gap == "normal" else percentage(gap, box.style, self.box.width)
        self.width = max(0, self.box.width - (self.count - 1) * self.gap) / self.count
        self.skip = next(iter(skip_stack)) if skip_stack else 0
        self.skip_stack = {0: skip_stack[self.skip]} if skip_stack else None
        self.children = [child.copy() for child in box.children[self.skip :]]
        self.top = self.box.content_box_y()
        self.room = context.page_bottom - self.top - bottom_space
        self.grid = line_break.strut(box.style)[0]

    def layout(self) -> tuple[Any, Any, Any, list[Any], bool]:
        """Level columns if the text fits on the page, else full ones and where it goes on."""
        self.context.in_column = True
        columns, resume, after = self._filled(self.room, forced=self.page_is_empty)
        if resume is None and columns:
            columns, after = self._balanced(columns, after)
        self.context.in_column = False
        if not columns:
            return None, (0, None), _NOTHING, [], False
        highest = max(each.margin_height() for each in columns)
        for each in columns:
            each.height = highest
        self.box.children = columns
        self.box.height = min(self.room, highest)
        if resume:
            (at,) = resume
            resume = {self.skip + at: resume[at]}
        return self.box, resume, after, [], False

    def _balanced(self, columns: list[Any], after: Any) -> tuple[list[Any], Any]:
        """The text in columns of the least whole number of lines that holds it."""
        lines = ceil(sum(_used(each, self.top) for each in columns) / self.count / self.grid - SLACK)
        while lines * self.grid < self.room:
            block.remove_placeholders(self.context, columns, self.absolute_boxes, self.fixed_boxes)
            columns, resume, after = self._filled(lines * self.grid, forced=False)
            if resume is None and columns:
                return columns, after
            lines += 1
        block.remove_placeholders(self.context, columns, self.absolute_boxes, self.fixed_boxes)
        columns, _, after = self._filled(self.room, forced=self.page_is_empty)
        return columns, after

    def _filled(self, height: float, *, forced: bool) -> tuple[list[Any], Any, Any]:
        """(columns filled to a height, where the text goes on, what follows); no columns if one cannot begin."""
        columns: list[Any] = []
        resume, after = self.skip_stack, _NOTHING
        for number in range(self.count):
            space = self.context.page_bottom - self.top - height - SLACK
            made, resume, after, *_ = block.block_box_layout(
                self.context, self._column(number), space, resume, self.containing_block, forced, self.absolute_boxes,
                self.fixed_boxes, None, self.first_letter_style, self.first_line_style, discard=False, max_lines=None,
            )  # fmt: skip
            if made is None:
                block.remove_placeholders(self.context, columns, self.absolute_boxes, self.fixed_boxes)
                return [], {0: None}, _NOTHING
            columns.append(made)
            if resume is None:
                break
        return columns, resume, after

    def _column(self, number: int) -> Any:
        made = column._create_column_box(self.box, self.containing_block, self.children, self.width, self.top)
        made.position_x += number * (self.width + self.gap)
        return made


def _used(made: Any, top: float) -> float:
    """How much of a column is taken, in CSS pixels, a margin at its foot left away."""
    last = made.children[-1] if made.children else None
    return 0.0 if last is None else float(last.position_y + last.margin_height() - last.margin_bottom - top)
