"""A whole newspaper page: boxes side by side in bands, running heads around them, and the HTML that prints it.

The order of the boxes in the HTML is not that of reading: `pdftotext -raw` follows it, as it follows the order in which
an editor of a real page placed the boxes.
"""

import html
import random
import re
from dataclasses import dataclass, field

import articles
import kinds
from articles import Article
from makeup import NO_START, Block, Box, Line, Manner, Photo, Setter, em

SIZES = {"A3": (842, 1191), "tabloid": (765, 1083), "compact": (680, 964), "A2": (1191, 1684)}
_FONTS = {
    "body": ["'Noto Serif CJK SC'", "'Noto Serif CJK SC'", "'LXGW WenKai'", "'Noto Sans CJK SC'"],
    "head": ["'Noto Sans CJK SC';font-weight:700", "'Noto Serif CJK SC';font-weight:700", "'LXGW WenKai';font-weight:700"],
    "kai": ["'LXGW WenKai'", "'Noto Sans CJK SC'"],
    "sans": ["'Noto Sans CJK SC';font-weight:700", "'LXGW WenKai'"],
}  # fmt: skip
_PAGES = ["要闻", "本地新闻", "综合", "社会", "经济周刊", "民生", "国内·国际", "教育", "健康", "副刊", "县域"]


@dataclass(slots=True)
class Sheet:
    """A page as made up; blocks are numbered over the whole page, lines point to them."""

    size: tuple[float, float]
    articles: list[list[int]] = field(default_factory=list)  # the numbers of their blocks, in reading order
    blocks: list[Block] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)  # in reading order of boxes
    photos: list[Photo] = field(default_factory=list)
    rules: list[Photo] = field(default_factory=list)
    boxes: list[list[int]] = field(default_factory=list)  # the numbers of the lines of each box


class Maker:
    """Makes up one page from a pool of articles."""

    def __init__(self, pool: list[Article], rnd: random.Random) -> None:
        self.pool, self.rnd = pool, rnd
        name = rnd.choice(["A3", "A3", "tabloid", "tabloid", "compact", "A2"])
        self.sheet = Sheet(SIZES[name])
        self.margin = rnd.uniform(24, 44)
        self.manner = Manner(
            rnd.choice([9, 9.5, 10, 10.5, 11]) * (1.1 if name == "A2" else 1),
            rnd.choice([1.3, 1.4, 1.5, 1.65]),
            rnd.choice(["squeeze", "hang", "push"]),
            rnd.choice([(0.6, 1.2), (1, 1.6), (1, 2.5), (1.5, 2.5)]),
            rnd.random() < 0.08,
        )
        self.signed = rnd.choice([0.0, 0.5, 0.9, 1.0])
        self.gap = rnd.choice([1.5, 2, 2.5]) * self.manner.body

    def make(self) -> Sheet:
        """The page, filled from top to bottom."""
        width, height = self.sheet.size
        y = self._running_head()
        foot = height - self.margin - 2 * self.manner.body
        for _ in range(12):
            band = self._band(foot - y)
            if not band:
                break
            x = self.margin
            for stack in band:
                self._stack(stack, x, y)
                x += stack[0].width + self.gap
            y += max(map(self._high, band)) + self.gap
            if self.rnd.random() < 0.5:
                self.sheet.rules.append(Photo(self.margin, y - self.gap / 2, width - 2 * self.margin, 0.5))
        self._foot(foot + self.manner.body)
        return self.sheet

    # ---- bands

    def _band(self, room: float) -> list[list[Box]]:
        """The best of some tries: stacks of boxes whose heights differ little and that find room."""
        best: tuple[float, list[list[Box]]] = (1e9, [])
        for attempt in range(50):
            if attempt > 10 and best[1]:
                break
            widths = self._widths()
            stacks = [[self._set(width)] for width in widths]
            high = max(map(self._high, stacks))
            if high > room:
                continue
            for stack in stacks:
                self._fill(stack, high)
            waste = sum((high - self._high(stack)) * stack[0].width for stack in stacks) / sum(widths) / high
            if waste < best[0]:
                best = (waste, stacks)
        return best[1]

    def _set(self, width: float) -> Box:
        return Setter(self._article(width), width, self.manner, self.rnd).set()

    def _high(self, stack: list[Box]) -> float:
        return sum(box.height for box in stack) + self.gap * (len(stack) - 1)

    def _fill(self, stack: list[Box], high: float) -> None:
        """Put further articles below the first as long as there is room."""
        for _ in range(8):
            box = self._set(stack[0].width)
            if self._high([*stack, box]) <= high + self.manner.body:
                stack.append(box)

    def _widths(self) -> list[float]:
        whole = self.sheet.size[0] - 2 * self.margin
        count = self.rnd.choice([1, 2, 2, 2, 3, 3])
        shares = [self.rnd.choice([1, 1.5, 2, 3]) for _ in range(count)]
        free = whole - (count - 1) * self.gap
        widths = [free * share / sum(shares) for share in shares]
        return widths if min(widths) >= 11 * self.manner.body else [free / count] * count

    def _stack(self, stack: list[Box], x: float, y: float) -> None:
        for number, box in enumerate(stack):
            if number and self.rnd.random() < 0.6:
                self.sheet.rules.append(Photo(x, y - self.gap / 2, box.width, 0.5))
            self._place(box, x, y)
            y += box.height + self.gap

    def _article(self, width: float) -> Article:
        rnd = self.rnd
        kind = rnd.random()
        if kind < 0.14:
            return kinds.some(self.pool, rnd)[0]
        if kind < 0.24 and width < 36 * self.manner.body:
            return articles.picture(rnd.choice(self.pool), rnd)
        source = rnd.choice(self.pool)
        if rnd.random() < 0.3:
            source = max(rnd.sample(self.pool, 4), key=lambda each: len("".join(each.paragraphs)))
        made = articles.dressed(source, rnd, signed=self.signed)
        if not made.captions and rnd.random() < 0.25:
            text = re.split("[，。]", rnd.choice(made.paragraphs))[0]
            made.captions.append((f"{text}。", f"{articles.name(rnd)} 摄", rnd.randrange(len(made.paragraphs))))
        return made

    def _place(self, box: Box, x: float, y: float) -> None:
        sheet, base = self.sheet, len(self.sheet.blocks)
        own = [base + number for number, block in enumerate(box.blocks) if block.role != "furniture"]
        sheet.articles.append(own)
        sheet.boxes.append(list(range(len(sheet.lines), len(sheet.lines) + len(box.lines))))
        sheet.blocks += box.blocks
        for line in box.lines:
            cell = f"{len(sheet.articles)} {line.cell}"
            sheet.lines.append(
                Line(
                    base + line.block, line.text, x + line.x, y + line.y, line.size, line.width, line.align, line.font, cell
                )
            )  # fmt: skip
        sheet.photos += [Photo(x + each.x, y + each.y, each.width, each.height) for each in box.photos]

    # ---- furniture

    def _running_head(self) -> float:
        """The line above the page; returns where the articles start."""
        rnd, size = self.rnd, self.manner.body
        number = rnd.randint(1, 16)
        date = f"{rnd.randint(2005, 2025)}年{rnd.randint(1, 12)}月{rnd.randint(1, 28)}日"
        week = "星期" + rnd.choice("一二三四五六日")
        title = rnd.choice(_PAGES)
        name = articles.name
        parts = [
            rnd.choice([f"{number:02}", f"A{number:02}", f"第{number}版", f"{number}版"]),
            title,
            rnd.choice([f"{date} {week}", f"{date}  {week}", date]),
            rnd.choice([f"责编：{name(rnd)} 版式：{name(rnd)}", f"责任编辑 {name(rnd)}  美编 {name(rnd)}", ""]),
            rnd.choice(["", f"新闻热线：0{rnd.randint(310, 999)}-{rnd.randint(2000000, 8999999)}"]),
        ]
        parts = [part for part in parts if part]
        if rnd.random() < 0.5:
            parts.reverse()
        self._row(parts, self.margin, {title: size * 2})
        self.sheet.rules.append(Photo(self.margin, self.margin + size * 2.8, self.sheet.size[0] - 2 * self.margin, 1))
        return self.margin + size * 4

    def _foot(self, y: float) -> None:
        if self.rnd.random() < 0.4:
            rnd = self.rnd
            parts = [
                f"本报地址：{rnd.choice('东西南北')}{rnd.choice(['大街', '环路'])}{rnd.randint(1, 300)}号",
                f"邮编：{rnd.randint(100000, 850000)}",
                f"广告部电话：{rnd.randint(2000000, 8999999)}",
                f"零售{rnd.choice(['1', '1.5', '2'])}元",
            ]
            self._row(parts[: rnd.randint(2, 4)], y, {})

    def _row(self, parts: list[str], y: float, sizes: dict[str, float]) -> None:
        size = self.manner.body * 0.9
        widths = [em(part) * sizes.get(part, size) for part in parts]
        space = (self.sheet.size[0] - 2 * self.margin - sum(widths)) / max(1, len(parts) - 1)
        x = self.margin
        self.sheet.boxes.append(list(range(len(self.sheet.lines), len(self.sheet.lines) + len(parts))))
        for part, width in zip(parts, widths):
            own = sizes.get(part, size)
            self.sheet.blocks.append(Block("furniture", "".join(part.split())))
            number = len(self.sheet.blocks) - 1
            base = y + (0 if own > size else size * 0.8)
            self.sheet.lines.append(Line(number, part, x, base, own, width, "left", "sans", f"row {number}"))
            x += width + space


# ---- HTML


def to_html(sheet: Sheet, manner: Manner, rnd: random.Random) -> str:
    """The page in absolute positions, its boxes in a drawn order."""
    fonts = {name: rnd.choice(choices) for name, choices in _FONTS.items()}
    marks = rnd.choice(["", "", "vertical-align:-0.12em;font-size:96%", f"font-family:{rnd.choice(_FONTS['kai'])}"])
    order = [_drawn(sheet, box, rnd) for box in sheet.boxes]
    rnd.shuffle(order)
    rows = [_rectangle(each, "#bbb") for each in sheet.photos] + [_rectangle(each, "#000") for each in sheet.rules]
    rows += [_line(sheet.lines[number], manner, marks) for box in order for number in box]
    width, height = sheet.size
    style = f"@page{{size:{width}pt {height}pt;margin:0}}body{{margin:0}}p,div{{position:absolute;margin:0;white-space:pre;line-height:1}}"
    style += f"b{{font-weight:inherit;{marks}}}" + "".join(
        f".{name}{{font-family:{font}}}" for name, font in fonts.items()
    )
    return f'<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><style>{style}</style><body>{"".join(rows)}</body></html>'


def _drawn(sheet: Sheet, box: list[int], rnd: random.Random) -> list[int]:
    """The lines of a box in the order in which they are drawn: heads, body and captions in any, columns seldom."""
    heads = [n for n in box if sheet.lines[n].cell.endswith("heads")]
    captions = [n for n in box if "caption" in sheet.lines[n].cell]
    body = [n for n in box if n not in heads and n not in captions]
    if rnd.random() < 0.06:
        cells = list(dict.fromkeys(sheet.lines[n].cell for n in body))
        rnd.shuffle(cells)
        body.sort(key=lambda n: cells.index(sheet.lines[n].cell))
    parts = [heads, body, captions]
    if rnd.random() < 0.4:
        rnd.shuffle(parts)
    return [n for part in parts for n in part]


def _line(line: Line, manner: Manner, marks: str) -> str:
    over = em(line.text) * line.size - line.width
    style = f"left:{line.x:.2f}pt;top:{line.y:.2f}pt;width:{line.width:.2f}pt;font-size:{line.size:.2f}pt"
    align = line.align
    if align == "justify" and over > 0.05 * line.size:
        align = "left"
    if over > 0.05 * line.size and manner.closing == "squeeze":
        style += f";letter-spacing:{-over / max(1, len(line.text)):.3f}pt"
    if align == "justify":
        style += ";text-align:justify;text-align-last:justify"
    elif align != "left":
        style += f";text-align:{align}"
    text = html.escape(line.text)
    if marks:
        text = re.sub(f"([{NO_START}]+)", r"<b>\1</b>", text)
    return f'<p class={line.font} style="{style}">{text}</p>'


def _rectangle(each: Photo, colour: str) -> str:
    return (
        f'<div style="left:{each.x:.1f}pt;top:{each.y:.1f}pt;width:{each.width:.1f}pt;height:{each.height:.1f}pt;'
        f'background:{colour}"></div>'
    )
