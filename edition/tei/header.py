"""`Header` to teiHeader and back.

Every fact stands in one structured place, which is what `read` reads. The prose around it (`editorialDecl`,
`refsDecl`, titles) is made from the facts and is not read back: it tells a person what the program did.
An unknown fact is left out; where TEI demands an element, it holds `<gap reason="unknown"/>`.
"""

from collections.abc import Iterable
from functools import lru_cache

from lxml import etree

from edition.errors import TeiError
from edition.model.accuracy import Accuracy, in_chinese, in_english
from edition.model.header import (
    Application,
    Change,
    Header,
    Issue,
    ItemRight,
    Keywords,
    Responsibility,
    Right,
    Source,
)
from edition.model.labels import page_label
from edition.model.regime import Marks, Regime
from edition.tei import history, tags
from edition.tei.declared import DECLARED
from edition.tei.names import ID, LANG, T

LANGUAGES = {"zh-Hans": "简体中文", "zh-Hant": "繁體中文"}
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
    stated = [*((right, None) for right in header.rights), *((one.right, one.item) for one in header.item_rights)]
    availability = _sub(statement, "availability", status="restricted" if stated else "unknown")
    for right, item in stated:
        licence = _sub(availability, "licence", n=right.subject)
        if right.uri:
            licence.set("target", right.uri)
        if item:
            licence.set("corresp", f"#{item}")
        _known(licence, right.holder)
    if not stated:
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
    for name, attributes, chinese, english in DECLARED:
        element = _sub(declaration, name, **attributes)
        if name == "normalization":
            element.set("n", header.width_policy)
        elif name == "punctuation":
            element.set("n", _regime_words(header.regime))
        checked = header.accuracy
        more = (in_chinese(checked), f" {in_english(checked)}") if name == "correction" else ("", "")
        _prose(element, chinese + more[0], english + more[1])
        if name == "correction" and header.release and header.release.errata:
            _prose(element, *history.ERRATA)
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
    _sub(parent, "schemaRef", type="interchangeODD", url="edition.odd")
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

_LICENCES = "teiHeader/fileDesc/publicationStmt/availability/licence"


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
        rights=tuple(_right(licence) for licence in get.all(_LICENCES) if licence.get("corresp") is None),
        item_rights=tuple(
            ItemRight(licence.get("corresp", "").removeprefix("#"), _right(licence))
            for licence in get.all(_LICENCES)
            if licence.get("corresp") is not None
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


def _right(licence: etree._Element) -> Right:
    return Right(licence.get("n"), licence.get("target"), _value(licence))  # type: ignore[arg-type]  # the schema has the subjects


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


@lru_cache(maxsize=128)
def _full(path: str) -> str:
    """A plain path with the namespace at each step."""
    return "/".join(T + step for step in path.split("/"))


class _Getter:
    """Looks facts up by plain paths."""

    def __init__(self, root: etree._Element, name: str) -> None:
        self.root = root
        self.name = name

    def all(self, path: str) -> list[etree._Element]:
        return self.root.findall(_full(path))

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
