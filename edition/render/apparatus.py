"""校订与存疑: where the text shown is an editor's, or is not certain, with a link to every place.

In the text itself these places are quiet; here they can be found. What comes in are the readings that were noted while
the pages were written, what goes out is one section. Nothing is written where there is nothing to say.
"""

from collections.abc import Callable, Sequence

from lxml import etree

from edition.render.book import Page
from edition.render.script import say
from edition.render.xhtml import Reading, append, element

_ROLES = {
    "kicker": "引题", "headline": "标题", "subtitle": "副题", "rubric": "栏目", "crosshead": "小标题", "byline": "署名",
    "caption": "图片说明", "article": "一篇", "picture": "图片报道", "advertisement": "广告", "notice": "启事",
    "serial": "连载", "unassigned": "归不进任何一篇的文字",
}  # fmt: skip
_KINDS = {
    "supplied": "编者增补", "unclear": "字迹存疑", "gap": "缺字", "open": "其后与下一行是否相连，未能决定",
    "join": "其后与下一行相连", "break": "此处另起一段",
}  # fmt: skip
SHOWN = 16  # characters that name a place
_EDITORS = ("corr", "reg", "supplied", "unclear", "gap")


def section(
    pages: Sequence[tuple[Page, Sequence[Reading]]], address: Callable[[str, str], str]
) -> etree._Element | None:
    """The list, or None where every reading is the source's own and certain; `address` as in `navigation`."""
    if not any(readings for _, readings in pages):
        return None
    out = element("section", class_="apparatus", id_="apparatus", epub_type="appendix", role="doc-appendix")
    out.set("aria-labelledby", "apparatus-h")
    language = pages[0][0].header.language
    out.append(element("h1", say("校订与存疑", language), id_="apparatus-h"))
    out.append(element("p", say(_preface([reading for _, readings in pages for reading in readings]), language)))
    for page, readings in pages:
        if readings:
            out.append(element("h2", page.label))
            listing = element("ul")
            listing.extend(_entry(page, reading, address) for reading in readings)
            out.append(listing)
    return out


def _preface(readings: Sequence[Reading]) -> str:
    mine = sum(reading.kind in _EDITORS for reading in readings)
    told = [f"校订 {mine} 处"] if mine else []
    told += [f"程序把握不大的判断 {len(readings) - mine} 处"] if len(readings) > mine else []
    return f"以下列出{'、'.join(told)}。点文字可到原处；来源的字样全部保存在所附的 XML 里。"


def _entry(page: Page, reading: Reading, address: Callable[[str, str], str]) -> etree._Element:
    li = element("li")
    shown = reading.shown if len(reading.shown) <= SHOWN else reading.shown[:SHOWN] + "……"
    language = page.header.language
    li.append(element("a", shown or say("（此处）", language), href=address(page.id, reading.target)))
    before, source, after = _told(reading)
    append(li, f"　{say(before, language)}{source}{say(after, language)}{_signed(page, reading)}")
    return li


def _told(reading: Reading) -> tuple[str, str, str]:
    """What it is: our words, the source's, ours again."""
    match reading.kind:
        case "corr" | "reg":
            verb = "改正" if reading.kind == "corr" else "改订"
            return ("来源作“", reading.source, f"”，{verb}") if reading.source else ("来源没有此处文字，增补", "", "")
        case "role":
            return f"当作{_ROLES.get(reading.role, reading.role)}", "", ""
        case _:
            return _KINDS[reading.kind], "", ""


def _signed(page: Page, reading: Reading) -> str:
    decision = reading.decision
    if decision is None:
        return ""
    names = {each.id: each.name for each in page.header.responsibilities if not each.software}
    who = f"（{names[decision.resp]}）" if decision.resp in names else ""
    return who + ("" if decision.cert is None else f"，把握 {decision.cert:.2f}")
