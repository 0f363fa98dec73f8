"""`Header` to teiHeader and back.

Every fact stands in one structured place, which is what `read` reads. The prose around it (`editorialDecl`,
`refsDecl`, titles) is made from the facts and is not read back: it tells a person what the program did.
An unknown fact is left out; where TEI demands an element, it holds `<gap reason="unknown"/>`.
"""

from collections.abc import Iterable

from lxml import etree

from edition.errors import TeiError
from edition.model.accuracy import Accuracy, in_chinese, in_english
from edition.model.header import (
    Application,
    Change,
    Header,
    Issue,
    Keywords,
    Responsibility,
    Right,
    Source,
)
from edition.model.labels import page_label
from edition.model.regime import Marks, Regime
from edition.tei import history, tags
from edition.tei.names import ID, LANG, T

LANGUAGES = {"zh-Hans": "简体中文", "zh-Hant": "繁體中文"}
_DECLARED: tuple[tuple[str, dict[str, str], str, str], ...] = (
    (
        "correction",
        {"method": "markup"},
        "程序没有改正文字。编者的改正写在 choice 里，两种形式并存。",
        "The program corrected no characters. An editor's corrections stand in choice, with both forms.",
    ),
    (
        "normalization",
        {"method": "silent"},
        "正文保留来源的字符。显示和印刷时按 n 所指的规则处理，只限汉字语境：半角标点显示为全角（括号成对）；段内配对的直引号"
        "显示为弯引号；省略号、破折号和汉字间的间隔号取标准形式；汉字旁的部首字符显示为同形汉字，兼容汉字不变；汉字间误入的单个空格"
        "不显示。数字、时间、西文和网址照原样。规则 as-source 则一概照来源。",
        "The text keeps the characters of the source. When it is shown or printed, the policy named in n applies, in "
        "Chinese context only: half-width marks are widened (brackets as a pair), straight quotation marks that are balanced in "
        "their paragraph curled, ellipses, dashes and the dots between Chinese characters given their standard form, radicals beside "
        "Chinese characters shown as the characters they look like (compatibility ideographs stay), and stray single blanks between "
        "Chinese characters left out. Numbers, times, Latin runs and addresses stay. The policy as-source changes nothing.",
    ),
    (
        "hyphenation",
        {"eol": "none"},
        "lb/@break 与 milestone/@break：no 为相连，maybe 为未定，两者都不显示；yes 为真正的换行（段落中为一个空格）。"
        "段落内部的换行由程序判断，依据是行宽、标点与词典；跨空行、跨栏、跨图片的判断和把握不足九成的判断逐处标出把握（cert）。",
        "lb/@break and milestone/@break: no, joined; maybe, undecided (both show nothing); yes, a real break (a blank in "
        "a paragraph). Joins inside a block were decided by a program from line widths, marks and a dictionary; those over "
        "empty lines, columns and pictures, and those with a probability under 0.9, carry a cert of their own.",
    ),
    (
        "punctuation",
        {"marks": "all"},
        "来源的标点全部保留，没有增补。n 是本版来源用标点的习惯，由程序从本版文字判断：halfwidth 半角，fullwidth 全角，mixed 兼有；"
        "dots 以 . 为句号；spaced 字字之间有空格。",
        "All punctuation of the source is kept; none was added. n is the habit of this page, told by a program from its own text: "
        "halfwidth, fullwidth or mixed marks; dots, where . is its full stop; spaced, where blanks part its characters.",
    ),
    (
        "segmentation",
        {},
        "篇目、标题、署名、图片说明和版面杂件由程序区分；cert 是 0 到 1 的概率，resp 指明由谁判断；编者的决定没有 cert；标题归属、标题种类和跨块相连的理由见 standOff。",
        "Items, heads, bylines, captions and furniture were told apart by a program; cert is a probability from 0 to 1, "
        "resp says who decided, and an editor's decisions have no cert; the reasons for the owner and kind of heads and for joins between blocks stand in standOff.",
    ),
    (
        "interpretation",
        {},
        "文中的顺序是阅读顺序；来源的顺序由 lb/@n（行号）和 milestone/@n（行号.字符位置）保存，据此可逐字节还原来源文件。"
        "XML 的换行及其两侧空白不是文字；编者的内容（corr、reg、supplied、gap、note、figDesc）不属来源。任何元素都可有：@xml:id，本文件内"
        "唯一的标识，供指向之用；@resp，指向作出判断的程序或编者（respStmt）；@cert，判断正确的概率，0 到 1，编者的决定没有 @cert。各元素"
        "及其属性的含义见 tagsDecl。",
        "The order is reading order; lb/@n (line) and milestone/@n (line.offset in characters) keep the order of the "
        "source, so that the source file can be rebuilt byte for byte. Line feeds of the XML and the blanks beside them are no "
        "text; what an editor adds (corr, reg, supplied, gap, note, figDesc) is not the source's. On any element: @xml:id, unique "
        "in this file, so that it can be pointed at; @resp, the program or editor who decided (a respStmt); @cert, the "
        "probability from 0 to 1 that the decision is right: an editor's has none. tagsDecl says what each element and its "
        "attributes mean.",
    ),
)

_CHECK = ("drawnLines", "checkedLines", "checkedChars", "errors")  # of the comparison with the page
_SCHEME = "keywords"
_SCHEME_SAYS = (
    "自由关键词：取自各篇正文的词，按 TF-IDF 排序（IDF 取 jieba 的 idf.txt），由程序选出，不是主题词表的词。 "
    "Free keywords: words of each item's own text ranked by TF-IDF (IDF of jieba's idf.txt), chosen by a program; not from a "
    "controlled vocabulary."
)


def write(header: Header) -> etree._Element:
    """The teiHeader element."""
    root = etree.Element(f"{T}teiHeader")
    file_desc = _sub(root, "fileDesc")
    _title_statement(file_desc, header)
    if header.release:
        file_desc.append(history.edition_statement(header.release))
    _publication(file_desc, header)
    _series(file_desc, header)
    source = _sub(file_desc, "sourceDesc")
    _issue(source, header.issue)
    _digital_source(source, header.source, header.accuracy)
    _encoding(_sub(root, "encodingDesc"), header)
    profile = _sub(root, "profileDesc")
    usage = _sub(profile, "langUsage")
    _sub(usage, "language", LANGUAGES.get(header.language, header.language), ident=header.language)
    if header.keywords:
        _keywords(_sub(profile, "textClass"), header)
    revisions = _sub(root, "revisionDesc", status=header.status)
    for change in header.changes:
        _sub(revisions, "change", change.text, when=change.when, who=f"#{change.who}")
    revisions.extend(history.changes(header))
    return root


def _title_statement(parent: etree._Element, header: Header) -> None:
    statement = _sub(parent, "titleStmt")
    _sub(statement, "title", f"{header.edition_title}：{page_label(header)}")
    for who in header.responsibilities:
        element = _sub(statement, "respStmt")
        element.set(ID, who.id)
        _sub(element, "resp", who.task)
        if who.software:
            _sub(element, "name", who.name, type="software")
        else:
            _sub(element, "persName", who.name)


def _publication(parent: etree._Element, header: Header) -> None:
    statement = _sub(parent, "publicationStmt")
    _known(_sub(statement, "publisher"), header.publisher)
    _sub(statement, "date", when=header.modified)
    availability = _sub(statement, "availability", status="unknown" if not header.rights else "restricted")
    for right in header.rights:
        licence = _sub(availability, "licence", n=right.subject)
        if right.uri:
            licence.set("target", right.uri)
        _known(licence, right.holder)
    if not header.rights:
        _sub(availability, "p", "来源和编者都没有说明权利。 Rights are stated neither in the source nor by the editor.")


def _series(parent: etree._Element, header: Header) -> None:
    series = _sub(parent, "seriesStmt")
    _sub(series, "title", header.edition_title)
    _sub(series, "idno", header.edition_id, type="edition")
    _sub(series, "biblScope", str(header.order), unit="order")


def _issue(parent: etree._Element, issue: Issue) -> None:
    if issue == Issue(scan=issue.scan):
        return
    monogr = _sub(_sub(parent, "biblStruct", type="newspaperIssue"), "monogr")
    _known(_sub(monogr, "title", level="j"), issue.newspaper)
    for kind, value in (("ISSN", issue.issn), ("CN", issue.cn)):
        if value:
            _sub(monogr, "idno", value, type=kind)
    date = _sub(_sub(monogr, "imprint"), "date", issue.printed_date)
    if issue.date:
        date.set("when", issue.date)
    elif not issue.printed_date:
        _known(date, None)
    for unit, value in (("issue", issue.issue), ("page", issue.page), ("section", issue.section)):
        if value:
            _sub(monogr, "biblScope", value, unit=unit)


def _digital_source(parent: etree._Element, source: Source, accuracy: Accuracy | None) -> None:
    bibl = _sub(parent, "bibl", type="digitalSource")
    _sub(bibl, "idno", source.name, type="filename")
    _sub(bibl, "idno", source.sha256, type="sha256")
    extent = _sub(bibl, "extent")
    _sub(extent, "measure", unit="bytes", quantity=str(source.size))
    _sub(extent, "measure", unit="lineFeeds", quantity=str(source.line_feeds))
    _sub(bibl, "note", source.encoding, type="encoding")
    _sub(bibl, "note", source.bom.hex().upper() or "none", type="bom")
    _sub(bibl, "note", source.line_end, type="lineEnd")
    if accuracy:
        note = _sub(bibl, "note", type="accuracy")
        for unit, value in zip(_CHECK, (accuracy.drawn, accuracy.checked, accuracy.chars, accuracy.errors)):
            _sub(note, "measure", unit=unit, quantity=str(value))


def declare(header: etree._Element, used: Iterable[str]) -> None:
    """Explain in a written header the elements that the file uses."""
    for refs in header.iter(f"{T}refsDecl"):
        refs.addprevious(tags.declaration(used))


def _encoding(parent: etree._Element, header: Header) -> None:
    project = _sub(parent, "projectDesc")
    unknown = _unknown(header)
    _prose(
        project,
        f"由程序把报纸版面的识别文字编成本文件；谁作了什么见 titleStmt，用什么版本见 appInfo，历次改动见 revisionDesc。不知道的：{'、'.join(zh for zh, _ in unknown) or '无'}。",
        "Made by a program from the OCR text of a newspaper page; titleStmt says who did what, appInfo with which versions "
        f"of program, weights and dictionary, revisionDesc when. Not known: {', '.join(en for _, en in unknown) or 'nothing'}.",
    )
    declaration = _sub(parent, "editorialDecl")
    for name, attributes, chinese, english in _DECLARED:
        element = _sub(declaration, name, **attributes)
        if name == "normalization":
            element.set("n", header.width_policy)
        elif name == "punctuation":
            element.set("n", _regime_words(header.regime))
        checked = header.accuracy
        more = (in_chinese(checked), f" {in_english(checked)}") if name == "correction" else ("", "")
        _prose(element, chinese + more[0], english + more[1])
        if name == "interpretation" and header.withheld:
            _prose(element, *history.WITHHOLDING[header.is_public_copy])
    refs = _sub(parent, "refsDecl")
    body = "/tei:TEI/tei:text/tei:body"
    item = _sub(refs, "citeStructure", unit="item", match=f"{body}//tei:div[@xml:id]", use="@xml:id")
    _sub(item, "citeStructure", unit="line", match=".//tei:lb", use="@n", delim=":")
    _sub(item, "citeStructure", unit="piece", match=".//tei:milestone[@unit='chars']", use="@n", delim=":")
    _sub(refs, "citeStructure", unit="line", match=f"{body}//tei:lb", use="@n")
    if header.keywords:
        taxonomy = _sub(_sub(parent, "classDecl"), "taxonomy")
        taxonomy.set(ID, _SCHEME)
        _sub(taxonomy, "bibl", _SCHEME_SAYS)
    _sub(parent, "schemaRef", type="interchangeRNG", url="edition.rng")
    info = _sub(parent, "appInfo")
    for app in header.applications:
        _sub(_sub(info, "application", ident=app.ident, version=app.version), "label", app.label)


def _unknown(header: Header) -> list[tuple[str, str]]:
    """The facts that neither the source nor the edition's file states, in Chinese and English."""
    issue = header.issue
    facts = (
        (issue.newspaper, "报名", "the newspaper"),
        (issue.date or issue.printed_date, "日期", "the date"),
        (issue.issue, "期号", "the number of the issue"),
        (issue.page, "版次", "the page number"),
        (issue.scan, "版面图像", "a picture of the page"),
        (header.publisher, "出版者", "the publisher"),
        (header.rights, "权利", "the rights"),
    )
    return [(chinese, english) for fact, chinese, english in facts if not fact]


def _keywords(parent: etree._Element, header: Header) -> None:
    for one in header.keywords:
        element = _sub(parent, "keywords", scheme=f"#{_SCHEME}", corresp=f"#{one.item}", resp=f"#{one.resp}")
        for term in one.terms:
            _sub(element, "term", term)


def _prose(parent: etree._Element, chinese: str, english: str) -> None:
    _sub(parent, "p", chinese)
    _sub(parent, "p", english).set(LANG, "en")


def _regime_words(regime: Regime) -> str:
    told = [regime.marks, "dots" if regime.dots else "", "spaced" if regime.spaced else ""]
    return " ".join(word for word in told if word)


def _known(element: etree._Element, value: str | None) -> None:
    if value is None:
        _sub(element, "gap", reason="unknown")
    else:
        element.text = value


def _sub(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, T + name, attributes)
    element.text = text
    return element


# ---- and back


def read(root: etree._Element, name: str) -> Header:
    """The facts of a TEI document's header; `name` is used in messages. Raises TeiError where one is missing."""
    get = _Getter(root, name)
    series = "teiHeader/fileDesc/seriesStmt"
    return Header(
        edition_id=get.text(f"{series}/idno[@type='edition']"),
        edition_title=get.text(f"{series}/title"),
        order=int(get.text(f"{series}/biblScope[@unit='order']")),
        language=get.attribute("teiHeader/profileDesc/langUsage/language", "ident"),
        modified=get.attribute("teiHeader/fileDesc/publicationStmt/date", "when"),
        source=_read_source(get),
        width_policy=get.attribute("teiHeader/encodingDesc/editorialDecl/normalization", "n"),
        accuracy=_read_accuracy(get),
        regime=_read_regime(get),
        publisher=get.perhaps("teiHeader/fileDesc/publicationStmt/publisher"),
        rights=tuple(
            Right(element.get("n"), element.get("target"), _value(element))  # type: ignore[arg-type]  # the schema has the subjects
            for element in get.all("teiHeader/fileDesc/publicationStmt/availability/licence")
        ),
        issue=_read_issue(get),
        responsibilities=tuple(_responsibility(e) for e in get.all("teiHeader/fileDesc/titleStmt/respStmt")),
        applications=tuple(
            Application(e.get("ident", ""), e.get("version", ""), e.findtext(f"{T}label") or "")
            for e in get.all("teiHeader/encodingDesc/appInfo/application")
        ),
        status="checked" if get.attribute("teiHeader/revisionDesc", "status") == "checked" else "draft",
        changes=tuple(
            Change(e.get("when", ""), e.get("who", "").removeprefix("#"), e.text or "")
            for e in get.all("teiHeader/revisionDesc/change")
            if e.get("type") is None
        ),
        keywords=tuple(_read_keywords(e) for e in get.all("teiHeader/profileDesc/textClass/keywords")),
        release=history.read_release(root),
        withheld=history.read_withheld(root),
    )


def _value(element: etree._Element) -> str | None:
    """The text, or None where the element says that it is unknown."""
    return None if len(element) else element.text or None


def _read_keywords(element: etree._Element) -> Keywords:
    terms = tuple(term.text or "" for term in element.iterchildren(f"{T}term"))
    return Keywords(element.get("corresp", "")[1:], terms, element.get("resp", "")[1:])


def _responsibility(element: etree._Element) -> Responsibility:
    software = element.find(f"{T}name[@type='software']")
    who = software if software is not None else element.find(f"{T}persName")
    text = "" if who is None else who.text or ""
    return Responsibility(element.get(ID, ""), element.findtext(f"{T}resp") or "", text, software is not None)


def _read_regime(get: "_Getter") -> Regime:
    """The regime of the page; unknown where the file says nothing."""
    element = get.first("teiHeader/encodingDesc/editorialDecl/punctuation")
    words = [] if element is None else element.get("n", "").split()
    marks: Marks = "halfwidth" if "halfwidth" in words else "fullwidth" if "fullwidth" in words else "mixed"
    return Regime(marks, "dots" in words, "spaced" in words)


def _read_accuracy(get: "_Getter") -> Accuracy | None:
    note = get.first("teiHeader/fileDesc/sourceDesc/bibl[@type='digitalSource']/note[@type='accuracy']")
    if note is None:
        return None
    found = {measure.get("unit"): int(measure.get("quantity", "0")) for measure in note.iterchildren(f"{T}measure")}
    return Accuracy(*(found.get(unit, 0) for unit in _CHECK))


def _read_source(get: "_Getter") -> Source:
    bibl = "teiHeader/fileDesc/sourceDesc/bibl[@type='digitalSource']"
    bom = get.text(f"{bibl}/note[@type='bom']")
    return Source(
        name=get.text(f"{bibl}/idno[@type='filename']"),
        sha256=get.text(f"{bibl}/idno[@type='sha256']"),
        size=int(get.attribute(f"{bibl}/extent/measure[@unit='bytes']", "quantity")),
        line_feeds=int(get.attribute(f"{bibl}/extent/measure[@unit='lineFeeds']", "quantity")),
        encoding=get.text(f"{bibl}/note[@type='encoding']"),
        bom=b"" if bom == "none" else bytes.fromhex(bom),
        line_end="CRLF" if get.text(f"{bibl}/note[@type='lineEnd']") == "CRLF" else "LF",
    )


def _read_issue(get: "_Getter") -> Issue:
    monogr = "teiHeader/fileDesc/sourceDesc/biblStruct/monogr"
    date = get.first(f"{monogr}/imprint/date")
    graphic = get.first("facsimile/surface/graphic")
    return Issue(
        newspaper=get.perhaps(f"{monogr}/title"),
        issn=get.perhaps(f"{monogr}/idno[@type='ISSN']"),
        cn=get.perhaps(f"{monogr}/idno[@type='CN']"),
        date=None if date is None else date.get("when"),
        printed_date=get.perhaps(f"{monogr}/imprint/date"),
        issue=get.perhaps(f"{monogr}/biblScope[@unit='issue']"),
        page=get.perhaps(f"{monogr}/biblScope[@unit='page']"),
        section=get.perhaps(f"{monogr}/biblScope[@unit='section']"),
        scan=None if graphic is None else graphic.get("url"),
    )


class _Getter:
    """Looks facts up by plain paths."""

    def __init__(self, root: etree._Element, name: str) -> None:
        self.root = root
        self.name = name

    def all(self, path: str) -> list[etree._Element]:
        return self.root.findall("/".join(T + step for step in path.split("/")))

    def first(self, path: str) -> etree._Element | None:
        found = self.all(path)
        return found[0] if found else None

    def perhaps(self, path: str) -> str | None:
        found = self.first(path)
        return None if found is None else _value(found)

    def text(self, path: str) -> str:
        found = self.perhaps(path)
        if found is None:
            raise self._missing(path)
        return found

    def attribute(self, path: str, attribute: str) -> str:
        found = self.first(path)
        value = None if found is None else found.get(attribute)
        if value is None:
            raise self._missing(f"{path}/@{attribute}")
        return value

    def _missing(self, path: str) -> TeiError:
        return TeiError(
            f"the header lacks {path}", where=self.name, remedy="copy it from the file that the program wrote"
        )
