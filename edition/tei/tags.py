"""What every element and attribute of facsimile, standOff and text means, for somebody who has only the XML.

The header's tagsDecl holds the entries of the elements that the file uses, and of those an editor may come to use. They
are prose and are not read back. An element that the schema lets stand there has an entry here that names its attributes
(a test compares the two); `schema/edition.odd` says the same at length, with examples.
"""

from collections.abc import Iterable

from lxml import etree

from edition.tei.names import TEI, T, local

EDITORS = {  # explained in every file, since an editor may put them in by hand
    "choice", "sic", "corr", "orig", "reg", "supplied", "gap", "unclear", "hi", "ruby", "rb", "rt", "note",
}  # fmt: skip
TAGS: dict[str, tuple[str, str]] = {
    "facsimile": ("版面图像。", "The picture of the page."),
    "surface": ("一面版面，pb/@facs 指向这里。", "One page; pb/@facs points here."),
    "graphic": ("图像文件，@url 是地址。", "The picture's file; @url is its address."),
    "standOff": ("正文以外的记录：人名、机构、地名表与判断的理由。", "Records beside the text: lists of names, and the reasons of decisions."),
    "listPerson": ("文中人物。", "The persons named."),
    "person": ("一个人物，文中 persName/@ref 指向这里。", "A person; persName/@ref in the text points here."),
    "listOrg": ("文中机构。", "The bodies named."),
    "org": ("一个机构，文中 orgName/@ref 指向这里。", "A body; orgName/@ref in the text points here."),
    "listPlace": ("文中地名。", "The places named."),
    "place": ("一个地方，文中 placeName/@ref 指向这里。", "A place; placeName/@ref in the text points here."),
    "listAnnotation": ("判断的理由。", "The reasons of decisions."),
    "annotation": (
        "一个判断的理由。@motivation：linking 标题归属，classifying 角色或跨块相连；@target 先指所判断者，再指归属之处。",
        "Why something was decided so. @motivation: linking, which item a head belongs to; classifying, what something is, or "
        "whether it goes on from the block before. @target points at what was decided, then at what it was given to.",
    ),
    "text": ("版面文字。", "The text of the page."),
    "body": ("版面正文，次序是阅读次序。", "The page, in reading order."),
    "pb": ("版面开始，@n 版次（不知则无），@facs 指向图像。", "The page begins; @n is its number (left out if unknown), @facs points at its picture."),
    "div": (
        "一篇、一个栏目或篇中的一段。@type：article 报道，picture 图片报道，advertisement 广告，notice 启事，serial 连载，unassigned 无法归属；section 是栏目，"
        "subsection 是小标题下的一段。@next @prev @part：下转、上接之处与本部分（I 首，M 中，F 末）。",
        "An item, a section over items, or a part of an item. @type: article, picture (story), advertisement, notice, serial, unassigned (text that nobody could place): an item; "
        "section: items under one rubric; subsection: the part of an item under a crosshead. @next and @prev: where the item "
        "goes on and where it began; @part: which part this is (I first, M middle, F last).",
    ),
    "head": (
        "标题一类的文字。@type：rubric 栏题，kicker 引题，main 标题，sub 副题，crosshead 小标题。",
        "Display type. @type: rubric (over several items), kicker, main (the headline), sub, crosshead (inside an item).",
    ),
    "p": ("段落；@rend 为 caption 时是图片说明。", "A paragraph; with @rend caption, the caption of a picture."),
    "byline": ("署名；在 figure 中是图片作者。", "Who wrote it, as printed; in a figure, who made the picture."),
    "fw": (
        "版面杂件，@type：header 报眉，footer 页脚，pageNum 版次，markup 识别工具的记号。",
        "What belongs to the page and not to an item. @type: header, footer, pageNum, markup (whole lines that the OCR tool added).",
    ),
    "figure": ("图片，@type 为 photo；由说明和署名得知。", "A picture (@type photo), known by its caption and credit."),
    "figDesc": ("编者对图片的描述，不是版面文字。", "An editor's description of the picture; not text of the page."),
    "lb": (
        "来源文件第 @n 行由此开始。@break：no 与前相连，maybe 未定，yes 真正换行；块首没有 @break。",
        "Line @n of the source file begins. @break: no, joined to what stands before; maybe, undecided; yes, a real break; none "
        "at the start of a block.",
    ),
    "milestone": (
        "@unit 为 chars：来源文件一行的后一部分由此开始，@n 是行号.此前字符数；@break 同 lb。",
        "@unit chars: a later part of a source line begins; @n is LINE.OFFSET, the characters of the line before it; @break as of lb.",
    ),
    "cb": ("推断的栏断（@type inferred，@break 为 no：前后相连）。", "An inferred column break (@type inferred; @break no: the text goes on)."),
    "space": (
        "来源中不属正文的空白：@quantity 个（@unit chars，@dim horizontal）字符 @n（U+ 码位，不写为 U+0020）；@rend 为 lineBreak 时代表"
        "标题换行。",
        "White space of the source that is not reading text: @quantity characters (@unit chars, @dim horizontal) of @n (a code "
        "point; U+0020 if not said); @rend lineBreak: it stands for the end of a headline's line.",
    ),
    "g": ("无字符可表示的字节，@n 为十六进制；内容是读法。", "Bytes that no character stands for, @n in hexadecimal; its content is how they read."),
    "surplus": ("来源中不读的字符，@reason 说明缘由（markup 识别工具的记号）。", "Characters of the source that are not read; @reason says why (markup: marks of the OCR tool)."),
    "choice": ("一处的两种形式：来源与编者。", "Both forms of one place: the source's and the editor's."),
    "sic": ("来源的错字。", "What the source has, by mistake."),
    "corr": ("改正。", "The correction."),
    "orig": ("来源的写法。", "What the source has."),
    "reg": ("规范的写法。", "Its regular form."),
    "supplied": ("编者增补，@reason 说明缘由。", "Characters that an editor adds; @reason says why."),
    "gap": (
        "缺失或无法辨认，@reason 说明缘由；@quantity 个字符（@unit chars）。",
        "Something missing or unreadable; @reason says why; @quantity characters (@unit chars).",
    ),
    "unclear": ("读法存疑的字符，@reason 说明缘由。", "Characters whose reading is doubtful; @reason says why."),
    "hi": ("带着重号的字符（@rend 为 emphasis-dots）。", "Characters with dots of emphasis (@rend emphasis-dots)."),
    "ruby": ("带注音的字符。", "Characters with their sound beside them."),
    "rb": ("来源中的字符。", "The characters of the source."),
    "rt": ("注音，由编者读出，不算正文。", "Their sound as an editor read it; no part of the reading text."),
    "note": (
        "@type：editorial 编者注；在 annotation 中 reasons 是理由，runnerUp 是次选（@target 指向它）。",
        "@type: editorial, an editor's note; in an annotation reasons, and runnerUp, the second best (@target points at it).",
    ),
    "persName": ("人名，@ref 指向人物表。", "A person's name; @ref points at the list of persons."),
    "roleName": ("人名旁的身份。", "The role beside a person's name."),
    "orgName": ("机构名，@ref 指向机构表。", "The name of a body; @ref points at the list of bodies."),
    "placeName": ("地名，@ref 指向地名表。", "The name of a place; @ref points at the list of places."),
    "date": ("日期，@when 是 ISO 8601 形式（文中写全时）。", "A date; @when is its ISO 8601 form, where the text says the whole of it."),
}  # fmt: skip


def declaration(used: Iterable[str]) -> etree._Element:
    """A tagsDecl with the entries of the elements used, and of those that an editor may use."""
    out = etree.Element(f"{T}tagsDecl")
    space = etree.SubElement(out, f"{T}namespace", name=TEI)
    wanted = {*used, *EDITORS}
    for name, (chinese, english) in TAGS.items():
        if name in wanted:
            etree.SubElement(space, f"{T}tagUsage", gi=name).text = f"{chinese} {english}"
    return out


def used_in(root: etree._Element) -> set[str]:
    """The elements of a document outside its header."""
    parts = [root.find(f"{T}{name}") for name in ("facsimile", "standOff", "text")]
    return {local(element) for part in parts if part is not None for element in part.iter(f"{T}*")}
