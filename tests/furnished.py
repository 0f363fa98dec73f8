"""Pages with everything that a book can hold: known issue, editor's corrections, doubts, a rubric, a rare character, an
item without text, notes, a credit, a serial part. Made from the sample pages' own words, written as TEI."""

from dataclasses import replace

from edition.model.document import Figure, Furniture, Head, Item, Paragraph, Section, Subsection
from edition.model.header import Issue, Responsibility, Right
from edition.model.inline import (
    Choice,
    Decision,
    Dotted,
    Gap,
    Name,
    Note,
    PieceStart,
    Ruby,
    Supplied,
    Text,
    Unclear,
)
from edition.tei.read import read
from edition.tei.write import write

EDITOR = Decision("zhang")
RARE = "\U00020bb7"  # 𠮷, in Extension B
PROGRAM = Decision("program", 0.61)
CC = "https://creativecommons.org/licenses/by/4.0/"
LONG_TITLE = "晚报选" + "长" * 494 + "（下）"


def teis(sample, *, title="江南晚报工会版 1956—1957", language="zh-Hans", date="1956-05-{:02}"):
    """(name, TEI) of three pages; `sample` is one TEI of the sample edition, for its header."""
    header = replace(
        read(sample, "sample").header,
        edition_id="furnished",
        edition_title=title,
        language=language,
        publisher="《江南》资料室",
        rights=(Right("text", CC, "江南晚报社"), Right("markup", CC)),
        responsibilities=(
            Responsibility("program", "判断", "edition", software=True),
            Responsibility("zhang", "校订", "张校"),
        ),
    )
    pages = []
    for number, body in enumerate((_first(), _second(), _third()), 1):
        issue = Issue(
            "江南晚报", "1000-0001", None, date.format(number), None, str(120 + number), f"A0{number}", "工会"
        )
        page = replace(
            read(sample, "sample"),
            body=body,
            annotations=(),
            entities=(),
            header=replace(header, order=number, issue=issue, keywords=()),
        )
        pages.append((f"{number}.xml", write(page)))
    return pages


def at(line, *nodes, join=None, decision=None):
    return (PieceStart(line, 0, join, decision=decision), *nodes)


def _first():
    opening = at(
        4, Text("市总工会"), Choice("corr", (Text("己经"),), "已经", EDITOR), Text("召开座谈会，“产改”工作"),
        Unclear((Text("推进"),), "字迹模糊", EDITOR), Text("，"), Supplied("代表", "脱字", EDITOR), Text("们发言"),
        Gap("illegible", 2, EDITOR), Text("，"), Choice("reg", (Text("甚么"),), "什么", EDITOR), Text("都谈。"), Note("座谈会在五月二日。", EDITOR),
    )  # fmt: skip
    second = (
        *at(5, Text(f"姓名中有生僻字的{RARE}野，是"), Name("persName", (Text("王五"),), Decision("zhang"), id="N1")),
        *at(
            6,
            Text("的同事，住"),
            Ruby((Text("甪"),), "lù", EDITOR),
            Text("直镇，"),
            Dotted((Text("从不迟到"),), EDITOR),
            Text("，1956年5月2日到会，占50%，GDP是2.85亿，They're here。"),
            join="no",
            decision=PROGRAM,
        ),
        *at(7, Text("又说“‘好’字当头”。"), join="maybe"),
    )
    picture = Figure((Paragraph(at(9, Text("代表们在会场。"))),), (), "会场里坐满了人", PROGRAM)
    below = Subsection(
        (Head("crosshead", at(10, Text("会后参观")), "H10"),), (Paragraph(at(11, Text("会后参观工厂。"))),)
    )
    heads = (
        Head("kicker", at(1, Text("认真总结经验")), "H1"), Head("main", at(2, Text("座谈会"), PieceStart(3, 0, "yes"), Text("昨日召开")), "H2", PROGRAM),
        Head("sub", at(8, Text("代表五十人出席")), "H8"),
    )  # fmt: skip
    item = Item("article", "L4", heads, (Paragraph(opening), Paragraph(second), picture, below), PROGRAM)
    return (Furniture("header", at(12, Text("责任编辑：赵六"))), item)


def _second():
    one = Item(
        "article", "L3", (Head("main", at(2, Text("第一篇")), "H2"),), (Paragraph(at(3, Text("第一篇的正文。"))),)
    )
    only_heads = Item("notice", "L4", (Head("main", at(4, Text("只有标题的启事")), "H4"),), ())
    serial = Item("serial", "L6", (), (Paragraph(at(6, Text("连载的一段，没有标题，也没有署名，是上一期的继续。"))),))
    return (Section((Head("rubric", at(1, Text("读者来信")), "H1"),), (one, only_heads)), serial)


def _third():
    caption = (
        Paragraph(
            at(1, Text("工人们在厂门口合影。")),
        ),
        Paragraph(at(2, Text("右二为老师傅。"))),
    )
    picture = Item("picture", "L1", (), (Figure(caption, (), None, None),))
    return (picture, Item("unassigned", "L4", (), (Paragraph(at(4, Text("放不进任何一篇的字"))),)))
