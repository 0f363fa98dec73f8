"""How a page of the newspaper is made up for print: sizes of headlines, columns, short items side by side, and where the
next page may follow on the same sheet. What the sheet cannot know is written into the XHTML here; the text stays as it is."""

from collections.abc import Sequence
from itertools import groupby, pairwise
from math import ceil

from lxml import etree

from edition.model.widths import em_width
from edition.render.format import HEADLINES, Format, Frame, frame, rank
from edition.render.sheet import pt
from edition.render.xhtml import XHTML, element

KICKER = 1.15  # em of the text, as in the sheet
RUNNING = 40  # characters of an item's label in the running head
SHORT = 6  # lines that each column of a newspaper page gets at least; an item of fewer stands in one column
FOLLOWING = ({"page"}, {"back", "colophon"})  # what may follow what on one sheet
FREE = 0.5  # of a page that must be left where the next page of the newspaper is to follow on it


def make_up(section: etree._Element, wish: Format) -> None:
    """Make up one page of the newspaper."""
    page, items = frame(wish), [*section.iter(f"{{{XHTML}}}article")]
    _shorten_running_heads(items)
    for article in items:
        _box_text(article)
    narrow = _briefs(section, items, page) if wish.layout == "newspaper" and page.columns > 1 else set()
    sizes = HEADLINES[wish.layout]
    leads = wish.layout == "newspaper"
    for article in items:
        for heads in article.iter(f"{{{XHTML}}}header"):
            columns = 1 if article in narrow else page.columns
            room = page.em * (page.measure * columns + page.gap * (columns - 1))
            leads = (
                _fit_headlines(heads, sizes[3:] if article in narrow else sizes[0 if leads else 1 :], room, page)
                and leads
            )


def let_follow(parts: Sequence[etree._Element], wish: Format) -> None:
    """Mark the parts of a book that may begin below the one before, down to which height (`engine` keeps to it)."""
    page = frame(wish)
    lowest = page.top + (1 - FREE) * page.lines * page.grid
    for before, part in pairwise(parts if wish.opening == "room" else ()):
        if any({_kind(before), _kind(part)} <= kinds for kinds in FOLLOWING):
            part.set("data-follows", f"{lowest:g}")


def _kind(part: etree._Element) -> str:
    return (part.get("class") or "").partition(" ")[0]


def _shorten_running_heads(items: Sequence[etree._Element]) -> None:
    """Give each item the text of its running head, cut where the head has no room."""
    for article in items:
        label = article.get("aria-label") or ""
        article.set("data-running", label if len(label) <= RUNNING else label[: RUNNING - 1] + "…")


def _box_text(article: etree._Element) -> None:
    """Put the text of an item, its heads excepted, into a box that the sheet sets in columns."""
    box = element("div", class_="text")
    box.extend([child for child in article if child.tag != f"{{{XHTML}}}header"])
    article.append(box)


# ---- short items


def _briefs(section: etree._Element, items: Sequence[etree._Element], page: Frame) -> set[etree._Element]:
    """Put runs of short items, the lead excepted, side by side into columns that they share; gives these items."""
    found: set[etree._Element] = set()
    for parent in (section, *section.iter(f"{{{XHTML}}}section")):
        children = [child for child in parent if child not in found]
        for short, run in groupby(children, lambda child: child in items[1:] and _is_short(child, page)):
            group = list(run)
            if short and len(group) > 1:
                box = element("div", class_="briefs")
                group[0].addprevious(box)
                box.extend(group)
                found |= {*group}
    return found


def _is_short(article: etree._Element, page: Frame) -> bool:
    """Whether an item has too little text for all columns, and nothing that wants more than one."""
    if "picture" in (article.get("class") or "") or next(article.iter(f"{{{XHTML}}}figure"), None) is not None:
        return False
    heads, text = article.find(f"{{{XHTML}}}header"), article[-1]
    wide = max((em_width(line) for head in (heads if heads is not None else ()) for line in _lines(head)), default=0.0)
    lines = sum(ceil((em_width("".join(map(str, part.itertext()))) + 2) / page.measure) for part in text)
    return 0 < lines < SHORT * page.columns and wide * HEADLINES["newspaper"][-1][0] <= 2 * page.measure * page.em


# ---- headlines


def _fit_headlines(heads: etree._Element, sizes: Sequence[tuple[float, float]], room: float, page: Frame) -> bool:
    """Set a headline in the largest size that holds its longest line in `room` points, and mark heads that end between
    two lines of the grid, so that the sheet fills them up; gives whether no headline was among them."""
    total, none = 0.0, True
    for head in heads:
        lines = [em_width(line) for line in _lines(head)]
        size, step = page.em, 1.0
        if head.tag == f"{{{XHTML}}}p" and max(lines) * KICKER * page.em > room:
            _balance(head, max(lines) * KICKER * page.em, room, page.em)
        if head.tag == f"{{{XHTML}}}h2":
            size, step = next((each for each in sizes if max(lines) * each[0] <= room), sizes[-1])
            head.set("class", f"headline {rank(size)}")
            none = False
        total += step * sum(ceil(width * (size if step > 1 else KICKER * size) / room) for width in lines)
    if total % 1:
        heads.set("class", "heads half")
    return none


def _balance(head: etree._Element, width: float, room: float, em: float) -> None:
    """Let a kicker or subtitle of more than one line have lines of about one length."""
    narrow = width / ceil(width / room) + 2 * em
    head.set("style", f"padding:0 {pt(max(0.0, (room - narrow) / 2))}")


def _lines(headline: etree._Element) -> list[str]:
    parts = [headline.text or ""]
    for child in headline:
        parts += ["\n" if child.tag == f"{{{XHTML}}}br" else "".join(map(str, child.itertext())), child.tail or ""]
    return "".join(parts).split("\n")
