"""Generated editions and sources. Everything that the model allows may come, in any nesting that the schema allows."""

from dataclasses import replace

from hypothesis import strategies as st

from edition.model.accuracy import Accuracy
from edition.model.document import (
    Annotation,
    Byline,
    Edition,
    Entity,
    Figure,
    Furniture,
    Head,
    Item,
    Paragraph,
    Section,
    Subsection,
)
from edition.model.header import (
    Application,
    Change,
    Erratum,
    Header,
    Issue,
    ItemRight,
    Keywords,
    Release,
    Responsibility,
    Right,
    Source,
    Withheld,
)
from edition.model.inline import (
    Choice,
    Decision,
    Dotted,
    Gap,
    Markup,
    Name,
    Note,
    PieceStart,
    RawBytes,
    Ruby,
    Space,
    Supplied,
    Surplus,
    Text,
    Unclear,
    content,
)
from edition.model.regime import MARKS, Regime

chars = st.characters(
    codec="utf-8", exclude_characters="\r\n\x7f￾￿", exclude_categories=("Cc", "Cs")
) | st.sampled_from("市总工会，。“”（）,:()<>&'\" \t　\U00020000\ue000")
regimes = st.builds(Regime, st.sampled_from(MARKS), st.booleans(), st.booleans())
word = st.text(chars, min_size=1, max_size=8)
plain_word = st.text(st.sampled_from("甲乙丙丁ABC12"), min_size=1, max_size=5)
certs = st.none() | st.integers(0, 1000).map(lambda n: n / 1000)
decisions = st.builds(Decision, st.just("program"), certs)
perhaps_decided = st.none() | decisions


ENTITIES = (
    Entity("person", "P1", "张三", Decision("ed")),
    Entity("person", "P2", "买买提·艾力", Decision("program", 0.97)),
    Entity("org", "O1", "某某市总工会", Decision("program", 0.96)),
    Entity("place", "G1", "某某市"),
)


class Lines:
    """Hands out line numbers, each once."""

    def __init__(self):
        self.last = 0

    def next(self):
        self.last += 1
        return self.last


named = st.sampled_from(
    [
        "北京市总工会",
        "党组书记、主席李建国表示",
        "山东",
        "总工",
        "会主席",
        "建国",
        "2020年9月22日",
        "买买提·艾力",
        "记者 张 三",
        "王",
        "張學良",
    ]
)
source_leaf = st.one_of(
    word.map(Text),
    named.map(Text),
    st.builds(Space, st.sampled_from(" \t　\xa0"), st.integers(1, 3), st.booleans()),
    st.builds(RawBytes, st.binary(min_size=1, max_size=2), st.sampled_from(["", "十"])),
)


@st.composite
def source_run(draw, lines):
    """Source nodes, perhaps over several lines."""
    nodes = []
    for _ in range(draw(st.integers(1, 3))):
        if draw(st.integers(0, 4)) == 0:
            nodes.append(piece_start(draw, lines, join=draw(st.sampled_from(["no", "yes", "maybe"]))))
        elif draw(st.integers(0, 4)) == 0:
            nodes.append(Surplus("markup", content([draw(word.map(Text))])))
        nodes.append(draw(source_leaf))
    return content(nodes)


def piece_start(draw, lines, join=None):
    column = join is not None and draw(st.booleans())
    line = lines.next()
    id_ = f"B{line}" if draw(st.integers(0, 3)) == 0 else None
    return PieceStart(line, draw(st.sampled_from([0, 0, 4])), join, column, id_, draw(perhaps_decided))


@st.composite
def names(draw, lines):
    """Names and dates: split over lines, with blanks and doubtful or corrected characters in them."""
    kind = draw(st.sampled_from(["persName", "roleName", "orgName", "placeName", "date"]))
    inside = [*draw(source_run(lines))]
    if draw(st.integers(0, 4)) == 0:
        inside.append(Choice("corr", draw(source_run(lines)), draw(word), draw(perhaps_decided)))
    ref = id_ = when = None
    if kind == "date":
        when = draw(st.none() | st.sampled_from(["1998-01-31", "1998-01", "1998"]))
    elif kind != "roleName":
        ref = draw(st.none() | st.sampled_from([entity.id for entity in ENTITIES]))
        id_ = draw(st.none() | st.just(f"N{lines.next()}"))
    return Name(kind, content(inside), draw(perhaps_decided), ref, id_, when)


@st.composite
def runs(draw, lines):
    nodes = [piece_start(draw, lines)]
    for _ in range(draw(st.integers(1, 4))):
        match draw(st.integers(0, 9)):
            case 0:
                kind = draw(st.sampled_from(["corr", "reg"]))
                nodes.append(Choice(kind, draw(source_run(lines)), draw(word | st.just("")), draw(perhaps_decided)))
            case 1:
                nodes.append(Unclear(draw(source_run(lines)), draw(st.none() | plain_word), draw(perhaps_decided)))
            case 2:
                nodes.append(Supplied(draw(word), draw(plain_word), draw(perhaps_decided)))
            case 3:
                nodes.append(Gap(draw(plain_word), draw(st.none() | st.integers(1, 9)), draw(perhaps_decided)))
            case 4:
                nodes.append(Note(draw(word), draw(perhaps_decided)))
            case 5:
                nodes.append(draw(names(lines)))
            case 7:
                inside, decided = draw(source_run(lines)), draw(perhaps_decided)
                sound = draw(st.none() | plain_word)
                nodes.append(Ruby(inside, sound, decided) if sound else Dotted(inside, decided))
            case 6:
                nodes.append(Markup(draw(source_run(lines)), draw(perhaps_decided)))
            case _:
                nodes += draw(source_run(lines))
    return content(nodes)


def paragraphs(lines):
    return st.builds(Paragraph, runs(lines))


def bylines(lines):
    return st.builds(Byline, runs(lines), perhaps_decided)


def furniture(lines):
    kinds = st.sampled_from(["header", "footer", "pageNum", "markup"])
    # fw of any kind holds whatever a line may hold
    return st.builds(Furniture, kinds, runs(lines), perhaps_decided)


def figures(lines):
    return st.builds(
        Figure,
        st.lists(paragraphs(lines), max_size=2).map(tuple),
        st.lists(bylines(lines), max_size=2).map(tuple),
        st.none() | word,
        perhaps_decided,
    )


@st.composite
def heads(draw, lines, kinds, least=0):
    out = []
    for _ in range(draw(st.integers(least, 2))):
        head_id = f"H{lines.next()}" if draw(st.booleans()) else None
        out.append(Head(draw(st.sampled_from(kinds)), draw(runs(lines)), head_id, draw(perhaps_decided)))
    return tuple(out)


@st.composite
def items(draw, lines):
    kind = draw(st.sampled_from(["article", "picture", "advertisement", "notice", "serial", "unassigned"]))
    item_id = f"L{lines.next()}"
    own_heads = draw(heads(lines, ["kicker", "main", "sub"]))
    blocks = draw(st.lists(bylines(lines), max_size=1))
    blocks += draw(st.lists(paragraphs(lines) | figures(lines) | furniture(lines), max_size=3))
    while blocks and isinstance(blocks[0], Furniture):  # a figure or paragraph first
        blocks.pop(0)
    has_text = any(isinstance(block, Paragraph | Figure) for block in blocks)
    for _ in range(draw(st.integers(0, 1))):
        inside = draw(st.lists(paragraphs(lines) | figures(lines) | furniture(lines), max_size=2))
        blocks.append(Subsection(draw(heads(lines, ["crosshead"], least=1)), tuple(inside)))
    if has_text:
        blocks += draw(st.lists(bylines(lines), max_size=1))
    links = draw(
        st.sampled_from([(None, None)] * 3 + [("002.xml#L3", None), (None, f"#{item_id}"), ("#L1", "000.xml#L9")])
    )
    return Item(kind, item_id, own_heads, tuple(blocks), draw(perhaps_decided), *links)


@st.composite
def sections(draw, lines):
    children = [draw(items(lines)), *draw(st.lists(furniture(lines), max_size=1))]
    return Section(draw(heads(lines, ["rubric"], least=1)), tuple(children))


errata = st.builds(Erratum, st.integers(1, 99), word | st.just(""), word | st.just(""), st.none() | st.just("L1"))
releases = st.builds(
    Release, st.sampled_from(["1", "1.1", "2.0b1"]), st.sampled_from(["2026-11-26", "2026"]),
    st.none() | st.just("1.0"), st.lists(errata, max_size=2).map(tuple),
)  # fmt: skip
lines_kept_back = st.sampled_from(["7", "7-12 15", "7.40-12 30.2"])
kept_back = st.builds(
    Withheld, st.just("L1"), lines_kept_back, st.just("2026-11-26"), st.just("ed"), plain_word, st.booleans()
)


@st.composite
def headers(draw):
    text = plain_word
    dates = st.none() | st.sampled_from(["1956-05-01", "1956-05", "1956"])
    issue = Issue(*(draw(st.none() | text) for _ in range(3)), draw(dates), *(draw(st.none() | text) for _ in range(5)))
    source = Source(
        draw(word.map(lambda w: "a" + w.strip())), "0" * 64, draw(st.integers(0, 9)), 1, "UTF-8",
        draw(st.sampled_from([b"", b"\xef\xbb\xbf"])), draw(st.sampled_from(["LF", "CRLF"])),
    )  # fmt: skip
    rights = tuple(Right(s, draw(st.none() | st.just("urn:x")), draw(st.none() | text)) for s in ("text", "pictures"))
    return Header(
        draw(text), draw(text), draw(st.integers(1, 99)), "zh-Hans", "2026-11-21T00:00:00Z", source,
        draw(st.sampled_from(["han-fullwidth-2", "as-source"])), draw(st.none() | text),
        draw(st.sampled_from([(), rights])), issue,
        (Responsibility("program", "判断", "edition", True), Responsibility("ed", "校订", "李某")),
        (Application("edition", "0.1.0", "程序"),), draw(st.sampled_from(["draft", "checked"])),
        (Change("2026-11-21T00:00:00Z", "program", "x"),),
        draw(regimes),
        item_rights=draw(st.sampled_from([(), tuple(ItemRight("L1", right) for right in rights)])),
        release=draw(st.none() | releases), withheld=draw(st.lists(kept_back, max_size=2).map(tuple)),
        accuracy=draw(st.sampled_from([None, Accuracy(20, 18, 700, 3)])),
    )  # fmt: skip


@st.composite
def editions(draw):
    lines = Lines()
    body = draw(st.lists(furniture(lines), max_size=1))
    for _ in range(draw(st.integers(1, 3))):
        body.append(draw(items(lines) | sections(lines)))
        body += draw(st.lists(furniture(lines), max_size=1))
    first = next(
        node.id if isinstance(node, Item) else node.items[0].id for node in body if not isinstance(node, Furniture)
    )
    notes = [
        Annotation(f"A{n}", "linking", (first,), "理由", draw(decisions), draw(st.none() | st.just(first)), None)
        for n in range(draw(st.integers(0, 2)))
    ]
    header = draw(headers())
    if draw(st.booleans()):
        header = replace(header, keywords=(Keywords(first, ("职工", "<a&b>"), "program"),))
    return Edition(header, tuple(body), tuple(notes), ENTITIES)


# ---- sources: text as OCR tools leave it, and worse

fragments = st.sampled_from(
    [
        "市总工会日前召开座谈会，交流经验。", "（记者 张三）", "(李四)", "# 标题在此", "**粗体标题**", "![图](a.png)", "---",
        "近日，", "代表参加了活动", "“我们的工作", "还不够。”他说。", "（王五 摄）", "第3版", "2021年9月22日 星期三",
        "责任编辑：赵六", "图为活动现场", "一、加强领导", "　　本报讯", "锡 山 区", "Capture The Flag", "A, B", "　", "   ", "\t",
        "\x0c", "\x00", "\r", "﻿", "<b>&amp;", "]]>", "\x85", "\u2028", "𠀀", "一二三四五六七八九十一二三四",
        "（下转第2版）", "。", "，", "”", "", "", "", "* 一项", "新闻热线：0510-12345678",
        "| 名次 | 队 |", "|---|---|", "|", "<br>", "<td>甲</td>", "</tr><tr>", "<p>", "</p>", '<h2 align="center">', "</h2>", "<img src=a>",
        "&nbsp;", "&amp;", "\\*", "\\", "$20\\%$", "\\(5\\)", "**", "*", "__", "> ", "```", "\u00ad", "\u200d", "[链](http://a.cn)", "<!-- image -->",
        "<|det|>[[1, 2]]<|/det|>", "\\section*{", "}", "- 3 -", "以下是识别结果：",
    ]
)  # fmt: skip
line = st.lists(fragments | st.text(max_size=3), max_size=4).map("".join)
texts = st.lists(line, min_size=1, max_size=12).flatmap(
    lambda parts: st.sampled_from(["\n", "\r\n", "\n\n"]).map(lambda end: end.join(parts))
)


@st.composite
def sources(draw):
    """Bytes that are text: in any encoding, with or without a mark, damaged here and there."""
    encoding = draw(st.sampled_from(["utf-8", "utf-8", "gb18030", "big5", "utf-16-le"]))
    text = "市总工会召开会议，交流经验。" * 4 + draw(texts)
    data = text.encode(encoding, "ignore")
    if encoding == "utf-16-le":
        data = b"\xff\xfe" + data
    elif encoding == "utf-8" and draw(st.booleans()):
        data = b"\xef\xbb\xbf" + data
    if draw(st.integers(0, 3)) == 0:
        at = draw(st.integers(0, len(data)))
        data = data[:at] + draw(st.sampled_from([b"\xff", b"\xa2\xcc", b"\x80", b"\r"])) + data[at:]
    return data


# ---- texts that are hard to regularise

tricky = st.lists(
    st.sampled_from(
        [*list("市工会A1,，.:：;!?。…—-－·•\"'“”‘’()（）《》 \u3000\n、@⼯⻓％/"), "www.a.cn", "记者 王五", "...", "--"]
    ),
    max_size=14,
).map("".join)
# ---- pages with columns side by side


@st.composite
def layouts(draw):
    """A page as `pdftotext -layout` leaves it: headlines over bands of columns, drifting, with other fragments thrown in."""
    measure = draw(st.integers(9, 15))
    prose = "市总工会日前召开座谈会，交流经验。会议指出，要继续加强1997年以来的工作，努力服务职工，推动事业发展。" * 40
    lines, at = [], 0
    for _ in range(draw(st.integers(1, 3))):
        lines += draw(st.lists(line, max_size=2))
        gutters = draw(st.lists(st.sampled_from([" ", "  ", "　", "    "]), min_size=1, max_size=3))
        for _ in range(draw(st.integers(3, 9))):
            row = ""
            for gutter in [*gutters, ""]:
                cell = prose[at : at + measure + draw(st.integers(-1, 1))]
                at += len(cell)
                row += draw(st.sampled_from([cell] * 5 + ["  " + cell[2:], cell[:4].ljust(measure), ""])) + gutter
            lines.append(row)
        lines += [""] * draw(st.integers(0, 2)) + draw(st.lists(fragments, max_size=1))
    return "\n".join(lines)
