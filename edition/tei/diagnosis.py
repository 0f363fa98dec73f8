"""Faults in the words of somebody who edits by hand: what is wrong, what was expected, how to mend it.

Comes in: a `Fault` of the grammar. Goes out: a `Finding` whose message names the element as it stands in the file and
whose remedy says what to write. The advice on particular mistakes stands in the tables; the rest is said by rule.
"""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from lxml import etree

from edition.findings import Finding
from edition.tei.faults import Fault
from edition.tei.names import ID, TEI, T, local

GLOSSES = {
    "article": "报道", "picture": "图片报道", "advertisement": "广告", "notice": "启事", "serial": "连载",
    "unassigned": "未归属", "section": "栏目", "subsection": "小标题下的一段", "rubric": "栏题", "kicker": "引题",
    "main": "标题", "sub": "副题", "crosshead": "小标题", "header": "报眉", "footer": "页脚", "pageNum": "版次",
    "markup": "识别工具的记号", "photo": "图片", "no": "joined", "maybe": "undecided", "yes": "a real break",
}  # fmt: skip
_LINE_OF_TEXT = ("p", "head", "byline", "fw")
_INLINE = {"choice", "supplied", "note", "unclear", "gap", "surplus", "space", "g", "lb", "milestone", "cb", "hi", "ruby"} | {
    "persName", "roleName", "orgName", "placeName"
}  # fmt: skip
_ATTRIBUTES = {
    "n": "the number that it has in the source",
    "xml:id": 'an id that begins with a letter, such as "L99" for an item whose body begins in line 99',
    "resp": 'who decided, as a pointer to a respStmt of the header: resp="#program"',
    "reason": 'one word, such as reason="illegible" or reason="omitted"',
    "quantity": "how many characters there are",
}
_MISPLACED = {
    ("figure", "p"): (
        "a picture stands between paragraphs, never inside one",
        "close the <p> before it, or move it behind the </p>; a paragraph that goes on below the picture stays one <p>",
    ),
    ("p", "p"): ("a paragraph cannot hold another", "close the first with </p> before the second begins"),
    ("div", "p"): ("a paragraph holds no <div>", "close the <p> with </p> before the <div> begins"),
    ("head", "p"): ("a headline cannot stand in a paragraph", "move it out, before the paragraphs of its <div>"),
    ("byline", "p"): (
        "a byline does not stand in a paragraph",
        "close the <p> before it; nothing is lost: what follows an <lb> belongs to that line in whatever element it stands",
    ),
    ("p", "body"): ("text does not stand directly in <body>", 'put it into an item: <div type="article" xml:id="L…">'),
    ("head", "body"): ("a headline belongs to an item", "move it to the beginning of the <div> whose headline it is"),
    ("byline", "body"): ("a byline belongs to an item", "move it to the beginning or the end of its <div>"),
    ("figure", "body"): ("a picture belongs to an item", 'put it into <div type="picture" xml:id="L…">'),
    ("fw", "p"): ('only a line with type="markup" stands in a paragraph', "move it out, between the paragraphs"),
    ("fw", "figure"): ("a figure holds captions and bylines only", "move it behind the </figure>"),
    ("head", "figure"): ("a figure has no <head>", 'write <p rend="caption"> for its caption'),
}  # fmt: skip
_SOURCE_SIDE = {"sic": ("corr", "what the source has"), "orig": ("reg", "what the source has")}
_EDITOR_SIDE = {"corr": ("sic", "what it should be"), "reg": ("orig", "its regular form")}


def told(found: Iterable[Fault], name: str) -> Iterator[Finding]:
    """Findings for the faults of a file; the same fault of neighbours is told once."""
    seen: set[tuple[str, str, object]] = set()
    for fault in found:
        finding = _TOLD[fault.what](fault, name)
        key = (finding.code, finding.message, fault.element.getparent())
        if key not in seen:
            seen.add(key)
            yield finding


def tag(element: etree._Element) -> str:
    """An element as it is recognised in the file: its name, its type, its id or number."""
    shown = [(key, element.get(full)) for key, full in (("type", "type"), ("xml:id", ID), ("n", "n"))]
    return " ".join([f"<{local(element)}", *(f'{key}="{value}"' for key, value in shown if value)]) + ">"


def at(name: str, element: etree._Element) -> str:
    """The place of an element."""
    return f"{name}:{element.sourceline or 1}"


def _inside(element: etree._Element) -> str:
    parent = element.getparent()
    return "the file" if parent is None else tag(parent)


def _named(values: Iterable[str]) -> str:
    return ", ".join(f"{value} ({GLOSSES[value]})" if value in GLOSSES else value for value in values)


def _tags(names: Iterable[str]) -> str:
    shown = [f"<{name}>" for name in names]
    if len(shown) > 8:
        return ", ".join(shown[:8]) + " …"
    return " or ".join(filter(None, [", ".join(shown[:-1]), *shown[-1:]]))


def _close(word: str, words: Iterable[str]) -> str:
    found = get_close_matches(word, list(words), 1)
    return f'; did you mean "{found[0]}"?' if found else ""


# ---- attributes


def _absent(fault: Fault, name: str) -> Finding:
    element, attribute = fault.element, fault.name
    if attribute == "resp" and element.get("cert") is not None:
        message = f'{tag(element)} has cert="{element.get("cert")}" but no resp: nobody is that sure'
        return Finding(
            "V-004", at(name, element), message, remedy='add resp="#program", or your own id; or take cert away'
        )
    if fault.expected:
        remedy = f'write {attribute}="…" with one of: {_named(fault.expected)}'
    else:
        remedy = f"add {attribute}: {_ATTRIBUTES.get(attribute, 'the schema demands it there')}"
    return Finding(
        "V-009", at(name, element), f"{tag(element)} in {_inside(element)} has no {attribute}", remedy=remedy
    )


def _value(fault: Fault, name: str) -> Finding:
    element, attribute = fault.element, fault.name
    value = str(element.get(ID if attribute == "xml:id" else attribute))
    shown = f'{attribute}="{value}"'
    where, who = at(name, element), f"<{local(element)}>"
    if fault.expected:
        message = f"{shown} is not a {attribute} that {who} in {_inside(element)} may have"
        remedy = f"write one of: {_named(fault.expected)}{_close(value, fault.expected)}"
        return Finding("V-010", where, message, remedy=_other_place(element, value) or remedy)
    message, remedy = _VALUES.get(attribute, (f"is not a value that {attribute} of {who} may have", ""))
    if attribute == "n" and local(element) == "milestone":
        message, remedy = (
            "does not name a piece of a line",
            'write n="LINE.OFFSET", as in <milestone unit="chars" n="12.30"/>',
        )
    return Finding("V-010", where, f"{shown} {message}", remedy=remedy)


_VALUES = {
    "cert": (
        "is not a number from 0 to 1",
        'write a probability such as cert="0.9"; an editor who simply knows writes none',
    ),
    "xml:id": ("is not an id: an id begins with a letter and has no blanks", 'write it as in xml:id="L12"'),
    "n": ("does not name a source line", 'write the number of the line in the text file, as in <lb n="12"/>'),
    "resp": ("does not point into this file", 'write # and the id of a respStmt in the header, as in resp="#program"'),
    "target": ("does not point into this file", "write # and an xml:id of this file"),
    "quantity": ("is not a number of characters", "write a whole number from 1"),
    "when": ("is not a date", "write it as 1956-05-01, 1956-05 or 1956"),
}


def _other_place(element: etree._Element, value: str) -> str:
    """What to do where the value is right, but somewhere else."""
    name = local(element)
    if name == "head" and value == "crosshead":
        return 'a 小标题 opens a part of its own: <div type="subsection"><head type="crosshead">…</head> and its paragraphs</div>'
    if name == "head" and value == "rubric":
        return 'a 栏题 stands over several items: <div type="section"><head type="rubric">…</head> and the items</div>'
    if name == "div" and value not in ("section", "subsection") and value in GLOSSES:
        return "an item does not stand inside another: close the outer <div> before this one begins"
    return ""


def _attribute(fault: Fault, name: str) -> Finding:
    element, attribute = fault.element, fault.name
    remedy = f"take it away; {tag(element)} may have: {', '.join(fault.expected)}" if fault.expected else ""
    if local(element) == "p" and attribute in ("resp", "cert", "type", "xml:id"):
        remedy = "take it away: what was decided about a paragraph stands on the <lb> where it begins or goes on"
        attribute = "resp or cert" if attribute in ("resp", "cert") else attribute
    return Finding("V-011", at(name, element), f"{tag(element)} may not have {attribute}", remedy=remedy)


# ---- elements


def _misplaced(fault: Fault, name: str) -> Finding:
    element = fault.element
    parent = element.getparent()
    kind, around = local(element), "" if parent is None else local(parent)
    where = at(name, element)
    if kind in _EDITOR_SIDE | _SOURCE_SIDE and around != "choice":
        return _without_choice(element, where)
    if around in ("div", "body", "figure") and kind in _INLINE:
        message = f"{tag(element)} stands directly in {_inside(element)}"
        remedy = f"move it into the {_tags(_LINE_OF_TEXT)} whose text it belongs to"
        return Finding("V-012", where, message, remedy=remedy)
    if around == "div":
        return _in_div(fault, where, name)
    if (kind, around) in _MISPLACED:
        why, remedy = _MISPLACED[kind, around]
        return Finding("V-012", where, f"{tag(element)} stands in {_inside(element)}: {why}", remedy=remedy)
    may = f"here may stand {_tags(fault.expected)}" if fault.expected else "nothing more may stand here"
    return Finding("V-012", where, f"{tag(element)} may not stand here in {_inside(element)}", remedy=f"move it: {may}")


def _in_div(fault: Fault, where: str, name: str) -> Finding:
    """What came too late in an item."""
    element = fault.element
    kind = local(element)
    before = [child for child in element.itersiblings(preceding=True) if isinstance(child.tag, str)]
    names = [local(child) for child in before]
    if kind in ("p", "figure", "byline") and "div" in names:
        message = f"{tag(element)} stands after a {tag(before[names.index('div')])}: there only such parts may follow"
        remedy = 'move it before that <div>, into it, or into a <div type="subsection"> of its own with a <head type="crosshead">'
        return Finding("V-012", where, message, remedy=remedy)
    if kind in ("p", "div") and "byline" in names and {"p", "figure"} & set(names[names.index("byline") :]):
        byline = before[names.index("byline")]
        message = f"{tag(byline)} stands between the paragraphs of {_inside(element)}"
        remedy = "move it before the first paragraph or after the last; its <lb> goes with it, so that nothing is lost"
        return Finding("V-012", at(name, byline), message, remedy=remedy)
    if kind == "head":
        message = f"{tag(element)} stands after other parts of {_inside(element)}"
        remedy = "move it to the beginning of its <div>; the <lb> in it still says where it was printed"
        return Finding("V-012", where, message, remedy=remedy)
    may = f"here may stand {_tags(fault.expected)}" if fault.expected else "nothing more may stand here"
    return Finding("V-012", where, f"{tag(element)} may not stand here in {_inside(element)}", remedy=f"move it: {may}")


def _without_choice(element: etree._Element, where: str) -> Finding:
    kind = local(element)
    partner, _ = (_EDITOR_SIDE | _SOURCE_SIDE)[kind]
    message = f"<{kind}> stands in {_inside(element)} without <choice>, so the text has lost what the source says there"
    return Finding("V-012", where, message, remedy=f"write {_choice(kind, partner)}")


def _choice(kind: str, partner: str) -> str:
    source, printed = (kind, partner) if kind in _SOURCE_SIDE else (partner, kind)
    return f"<choice><{source}>what the source has</{source}><{printed}>{_EDITOR_SIDE[printed][1]}</{printed}></choice>"


def _unknown(fault: Fault, name: str) -> Finding:
    element = fault.element
    message = f"<{local(element)}> in {_inside(element)} is not an element of this schema"
    may = f"here may stand {_tags(fault.expected)}" if fault.expected else "nothing more may stand here"
    return Finding("V-012", at(name, element), message, remedy=f"take its tags away, or write another: {may}")


def _namespace(fault: Fault, name: str) -> Finding:
    element = fault.element
    space = etree.QName(element).namespace
    message = f"<{local(element)}> is in {f'the namespace {space}' if space else 'no namespace'}, not in that of TEI"
    return Finding("V-008", at(name, element), message, remedy=f'take its xmlns="…" away, or write xmlns="{TEI}"')


def _missing(fault: Fault, name: str) -> Finding:
    element, wanted = fault.element, fault.expected
    where = at(name, element if fault.before is None else fault.before)
    place = "" if fault.before is None else f" before {tag(fault.before)}"
    if local(element) == "choice":
        return _half_choice(element, wanted, at(name, element))
    one_of = " or ".join(f"<{one}>" for one in wanted)
    message = f"{tag(element)} lacks {one_of}{place}"
    return Finding("V-014", where, message, remedy=_lacking(element, wanted))


def _lacking(element: etree._Element, wanted: tuple[str, ...]) -> str:
    name = local(element)
    if name == "div" and element.get("type") == "subsection":
        return 'begin it with <head type="crosshead">, the 小标题; without one it is no subsection'
    if name == "div" and element.get("type") == "section":
        return 'a section is <head type="rubric"> and the items under it; without a rubric take its tags away'
    if name == "body" and "pb" in wanted:
        return "begin <body> with <pb/>"
    if name == "body":
        return 'a page has at least one <div type="article" …>; one with furniture alone has an empty <div type="unassigned" …>'
    header = element.tag == f"{T}teiHeader" or any(True for _ in element.iterancestors(f"{T}teiHeader"))
    if header:
        return "copy it from the header that the program wrote (dist/tei), to the same place"
    return "add it there"


def _half_choice(element: etree._Element, wanted: tuple[str, ...], where: str) -> Finding:
    have = [local(child) for child in element if isinstance(child.tag, str)]
    kind = have[0] if have and have[0] in _EDITOR_SIDE | _SOURCE_SIDE else "corr"
    partner, _ = (_EDITOR_SIDE | _SOURCE_SIDE)[kind]
    message = f"<choice> has <{have[0]}> but no <{partner}>" if have else f"<choice> lacks {_tags(wanted)}"
    if stray := "".join([element.text or "", *(child.tail or "" for child in element)]).strip():
        message += f"; “{stray}” stands in neither"
    return Finding("V-014", where, message, remedy=f"write {_choice(kind, partner)}")


# ---- text


def _text(fault: Fault, name: str) -> Finding:
    element = fault.element
    if local(element) == "choice":
        return _half_choice(element, ("sic", "orig"), at(name, element))
    line = element.sourceline or 1
    if not (element.text or "").strip():
        line = next((child.sourceline or line for child in element if (child.tail or "").strip()), line)
    said = fault.name if len(fault.name) <= 20 else f"{fault.name[:20]}…"
    message = f"the text “{said}” stands directly in {tag(element)}"
    blocks = f'put it into a {_tags(_LINE_OF_TEXT)}; if it is a remark, into <note type="editorial"> inside one'
    remedy = (
        blocks
        if local(element) in ("div", "body", "figure")
        else f"<{local(element)}> holds no text: take it away or move it"
    )
    return Finding("V-013", f"{name}:{line}", message, remedy=remedy)


def _content(fault: Fault, name: str) -> Finding:
    element = fault.element
    message = (
        f"{tag(element)} holds “{fault.name[:40]}”, which it may not"
        if fault.name.strip()
        else f"{tag(element)} is empty"
    )
    return Finding(
        "V-010", at(name, element), message, remedy="copy it from the file that the program wrote (dist/tei)"
    )


_TOLD = {
    "unknown": _unknown,
    "namespace": _namespace,
    "misplaced": _misplaced,
    "missing": _missing,
    "text": _text,
    "content": _content,
    "attribute": _attribute,
    "value": _value,
    "absent": _absent,
}
