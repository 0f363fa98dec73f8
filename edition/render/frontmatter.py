"""Title page, contents and colophon: what the edition says about itself, from the headers and the text alone."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from lxml import etree

from edition.model.accuracy import in_chinese, together
from edition.model.document import Edition, Figure
from edition.model.header import Header, Right
from edition.model.inline import Choice, Gap, Name, Note, PieceStart, Supplied, Unclear
from edition.model.labels import item_label
from edition.model.readings import WITHHELD, printed
from edition.model.walk import contents, flat_blocks, inline_nodes, items
from edition.render import history
from edition.render.book import Book, Entry
from edition.render.script import say
from edition.render.xhtml import element

POLICIES = {
    "han-fullwidth-2": "汉字语境里的半角标点和成对的括号显示为全角，配对的直引号显示为弯引号，省略号、破折号和间隔号取标准形式，"
    "部首字符显示为同形汉字，汉字间误入的空格不显示；数字、时间、西文和网址照原样（规则 han-fullwidth-2）。XML 里仍是来源的字符。",
    "as-source": "标点、空格和字符一概照来源（规则 as-source）。",
}
SUBJECTS = {"text": "文字", "pictures": "图片", "markup": "标注", "fonts": "字体"}


@dataclass(frozen=True, slots=True)
class Counts:
    """What was done to the text of an edition, counted."""

    pages: int
    items: int
    characters: int  # of printed text, blanks excepted
    lines: int  # lines of the sources that hold text
    joined: int  # joins of lines
    weighed: int  # of these, joins that were weighed one by one and carry a probability
    undecided: int
    figures: int
    corrected: int
    regularised: int
    supplied: int
    unclear: int
    gaps: int
    notes: int


def count(editions: Sequence[Edition]) -> Counts:
    """The counts of some pages."""
    seen: Counter[str] = Counter()
    for edition in editions:
        seen["items"] += sum(1 for _ in items(edition))
        seen["figures"] += sum(isinstance(b, Figure) for item in items(edition) for b in flat_blocks(item.blocks))
        for content in contents(edition):
            seen["characters"] += len("".join(printed(content, "as-source").split()))
            for node in inline_nodes(content):
                seen.update(_what(node))
    names = Counts.__dataclass_fields__
    return Counts(**{name: len(editions) if name == "pages" else seen[name] for name in names})


def _what(node: object) -> Iterable[str]:
    match node:
        case PieceStart(offset=offset, join=join, decision=decision):
            yield from ["lines"] if offset == 0 else []
            if join == "no":
                yield "joined"
                yield from ["weighed"] if decision else []
            elif join == "maybe":
                yield "undecided"
        case Choice(kind=kind):
            yield "corrected" if kind == "corr" else "regularised"
        case Gap(reason=reason) if reason == WITHHELD:
            pass
        case Supplied() | Unclear() | Gap() | Note():
            yield {Supplied: "supplied", Unclear: "unclear", Gap: "gaps", Note: "notes"}[type(node)]
        case Name() | _:
            pass


def title_page(book: Book) -> etree._Element:
    """The edition's title and whatever of publisher and date is known."""
    header = book.header
    section = element("section", class_="title-page", epub_type="titlepage")
    section.append(element("h1", book.title, class_="title"))
    papers = list(dict.fromkeys(p.header.issue.newspaper for p in book.pages if p.header.issue.newspaper))
    if papers:
        section.append(element("p", "、".join(papers), class_="papers"))
    if dates := _dates(book):
        section.append(element("p", say(dates, header.language), class_="dates"))
    section.append(
        element(
            "p",
            say(
                f"{len(book.pages)} 个版面　{sum(len([*items(page.edition)]) for page in book.pages)} 篇",
                header.language,
            ),
            class_="extent",
        )
    )
    if header.publisher:
        section.append(element("p", header.publisher, class_="publisher"))
    section.append(element("p", say(f"数字版　{chinese_date(book.modified)}", header.language), class_="edition-date"))
    if line := history.release_line(book):
        section.append(element("p", line, class_="release"))
    return section


def _dates(book: Book) -> str:
    """From when to when the newspaper pages are, as far as that is known; nothing where it is not."""
    known = sorted({page.header.issue.date for page in book.pages if page.header.issue.date})
    if not known:
        return ""
    told = "—".join(dict.fromkeys(chinese_date(date) for date in (known[0], known[-1])))
    return told if all(page.header.issue.date for page in book.pages) else f"{told}（有的版面日期不详）"


def chinese_date(iso: str) -> str:
    """`2026年11月21日` of an ISO 8601 date; of a month or year alone what there is of it."""
    return "".join(f"{int(number)}{unit}" for number, unit in zip(iso[:10].split("-"), "年月日"))


def contents_list(
    entries: Sequence[Entry], depth: int, address: Callable[[Entry], str] = lambda entry: f"#{entry.target}"
) -> etree._Element:
    """A nested list of links, `depth` levels of it; `address` gives an entry's, where there are several files."""
    ol = element("ol")
    for entry in entries:
        li = element("li", class_="" if entry.printed else "made")
        if entry.printed:
            del li.attrib["class"]
        li.append(element("a", entry.label, href=address(entry)))
        if entry.children and depth > 1:
            li.append(contents_list(entry.children, depth - 1, address))
        ol.append(li)
    return ol


def colophon(book: Book) -> etree._Element:
    """版本说明: what the machine did to this edition, in plain words, with its counts."""
    section = element("section", class_="colophon", id_="colophon", epub_type="colophon", role="doc-colophon")
    language = book.header.language
    section.append(element("h1", say("版本说明", language)))
    for title, paragraphs in _chapters(book):
        section.append(element("h2", say(title, language)))
        ours = title != "权利"  # a holder's name is the editor's
        section.extend(element("p", say(text, language) if ours else text) for text in paragraphs if text)
    section.extend(history.chapters(book))
    section.append(element("h2", say("来源文件", language)))
    section.append(_sources(book))
    return section


def _chapters(book: Book) -> Iterable[tuple[str, list[str]]]:
    header, counts = book.header, count(_editions(book))
    yield (
        "来源",
        [
            f"本版由 {counts.pages} 个文字识别（OCR）文件做成，共 {counts.lines} 行有字，{counts.characters} 字，分为 {counts.items} 篇。"
            + _restorable(book),
            _unknown(book),
        ],
    )
    yield (
        "程序做了什么",
        [
            f"行末相连 {counts.joined} 处，其中逐处判断并记下把握的 {counts.weighed} 处；未能决定的 {counts.undecided} 处。"
            f"图片说明 {counts.figures} 处，单独排出。",
            "标题、署名、图片说明和篇目的划分由程序判断，可能有错；每处判断的把握记在 XML 里，标题的归属和跨栏相连并记理由。",
            POLICIES.get(header.width_policy, ""),
            "程序没有改动、增补或删去任何文字。",
        ],
    )
    drafts = sum(page.header.status == "draft" for page in book.pages)
    state = f"{counts.pages} 个版面中 {drafts} 个是未经核定的初稿。" if drafts else "各版面都已核定。"
    yield "编者做了什么", [_editorial(counts), state, _checked(book)]
    yield "权利", [_rights(header), *_item_rights(book)]
    yield "制作", ["；".join(f"{app.label} {app.version}" for app in header.applications) + "。"]


def _restorable(book: Book) -> str:
    partial = sum(page.header.is_public_copy for page in book.pages)
    if partial:
        return (
            f"其中 {partial} 个版面有不公开的篇目，不能从公开本还原；其余都能从所附的 XML 逐字节还原，制作时已经核对。"
        )
    return "每个文件都能从所附的 XML 逐字节还原，制作时已经核对。"


def _unknown(book: Book) -> str:
    facts = (("报名", "newspaper"), ("日期", "date"), ("版次", "page"))
    missing = [name for name, key in facts if any(not getattr(page.header.issue, key) for page in book.pages)]
    return f"来源没有说明{'、'.join(missing)}，本版不作推测；“版面一”等只是本版中的次序。" if missing else ""


def _editorial(counts: Counts) -> str:
    done = (
        ("改正", counts.corrected), ("改订", counts.regularised), ("增补", counts.supplied),
        ("存疑", counts.unclear), ("缺字", counts.gaps), ("注释", counts.notes),
    )  # fmt: skip
    told = "，".join(f"{name} {number} 处" for name, number in done if number)
    return f"XML 里标出的文字校订：{told}。" if told else "XML 里没有标出编者的文字校订。"


def _checked(book: Book) -> str:
    """How right the characters are, over all pages that were compared with the print."""
    parts = [page.header.accuracy for page in book.pages if page.header.accuracy]
    rest = len(book.pages) - len(parts)
    return in_chinese(together(parts)) + (f"另有 {rest} 个版面从未核对。" if parts and rest else "")


def _rights(header: Header) -> str:
    if not header.rights:
        return "来源和编者都没有说明权利。"
    return "；".join(_right(right) for right in header.rights) + "。"


def _right(right: Right) -> str:
    return f"{SUBJECTS[right.subject]}：{right.holder or '权利人不详'}{f'（{right.uri}）' if right.uri else ''}"


def _item_rights(book: Book) -> Iterable[str]:
    """What is stated for single items, each by the headline it stands under."""
    for page in book.pages:
        labels = {i.id: item_label(i, page.header.width_policy, page.header.regime)[0] for i in items(page.edition)}
        for one in page.header.item_rights:
            yield f"{page.label}《{labels.get(one.item, one.item)}》：{_right(one.right)}。"


def _sources(book: Book) -> etree._Element:
    listing = element("dl", class_="sources")
    for page in book.pages:
        source = page.header.source
        listing.append(element("dt", f"{page.label}　{source.name}"))
        listing.append(element("dd", f"{source.size} 字节，{source.encoding}，sha256 {source.sha256}"))
    return listing


def _editions(book: Book) -> list[Edition]:
    return [page.edition for page in book.pages]
