"""The five sample pages: the gold that was made by reading them, apart from what the program says."""

import pytest

from edition.model.document import Byline, Figure, Item, Paragraph, Subsection
from edition.model.inline import PieceStart
from edition.model.labels import item_label
from edition.model.readings import printed, running
from edition.model.walk import flat_blocks, inline_nodes, items
from edition.tei.read import read

PAGES = [
    "000_30f3aed06ed4d00f",
    "001_800d7f6a987cfa3a",
    "002_2026e5480a0cc509",
    "003_df97c3d9cefb5b8b",
    "004_a05a775954c4f4be",
]
# line at which the rest of a paragraph begins, by page: every join across a blank line or a picture, and no other
JOINS = {
    "000": {12, 19, 36, 132, 165},
    "001": {15, 21, 25, 43, 49, 55},
    "002": {18, 22},
    "003": {11, 15, 25, 27, 35, 39, 55, 57},
    "004": {13, 27, 31},
}
# first line of the body -> lines of its heads with their kinds ("open" where two readings are honest)
HEADS = {
    "000": {1: {217: "main"}, 57: {54: "main"}, 78: {75: "main"}, 99: {198: "kicker", 201: "main"}, 204: {}, 219: {238: "main"}},
    "001": {7: {3: "main", 5: "sub"}, 33: {31: "main"}, 39: {37: "main"}},
    "002": {7: {3: "open", 5: "open"}, 30: {28: "main"}, 36: {34: "main"}, 42: {40: "main"}, 48: {}},
    "003": {5: {3: "main"}, 45: {43: "main"}, 65: {63: "main"}, 71: {69: "main"}, 79: {77: "main"}},
    "004": {7: {3: "open", 5: "open"}, 19: {}, 23: {21: "main"}, 39: {37: "main"}, 45: {43: "main"}, 51: {49: "main"}},
}  # fmt: skip
CROSSHEADS = {"003": {5: [7, 19, 31]}}
BYLINES = {
    "000": {1: "（仲和）", 57: "（缪珏婷）", 78: "（安世者）", 99: "（晚报记者 潘凡）", 204: "（还月亮 摄）", 219: "（李达）"},
    "001": {7: "(曹仪婕)", 33: "(丁佳莉)", 39: "(吴锡工)"},
    "002": {7: "(市总工会供图)(晚报记者 潘凡)", 30: "(庄婷)", 36: "(杨岑)", 42: "(丁松林)", 48: "(潘建国)"},
    "003": {5: "(晚报记者 潘凡)", 45: "(宋闽军)", 65: "(杨珍)", 71: "(庞徐洁)", 79: "(董思承)"},
    "004": {7: "(刘国伟)", 19: "(刘晓丹)", 23: "(陈煜蕾)", 39: "(劳经)", 45: "(赵月佳)", 51: "(诸葛泽颖)"},
}  # fmt: skip
PICTURES = {"000": {204}, "002": {48}, "004": {19}}  # items that are picture stories; 001 L33 may be either
PARAGRAPHS = {  # paragraphs of running text of each item
    "000": {1: 4, 57: 2, 78: 2, 99: 6, 204: 0, 219: 2},
    "001": {7: 7, 39: 7},
    "002": {7: 5, 30: 2, 36: 2, 42: 2, 48: 0},
    "003": {5: 9, 45: 5, 65: 2, 71: 3, 79: 1},
    "004": {7: 4, 19: 0, 23: 4, 39: 2, 45: 2, 51: 2},
}


@pytest.fixture(scope="module")
def pages(teis):
    return {name[:3]: read(teis[name], name) for name in PAGES}


def first_line(item):
    return int(item.id[1:])


def starts(edition):
    for item in items(edition):
        for block in flat_blocks(item.blocks):
            for content in [block.content] if isinstance(block, Paragraph) else []:
                yield from (node for node in inline_nodes(content) if isinstance(node, PieceStart))


def test_twenty_five_items(pages):
    assert sum(1 for edition in pages.values() for _ in items(edition)) == 25


@pytest.mark.parametrize("page", JOINS)
def test_all_joins_across_gaps_and_no_other(pages, page):
    with_text = {node.line for node in starts(pages[page])}
    found = {node.line for node in starts(pages[page]) if node.join and node.line - 1 not in with_text}
    assert found == JOINS[page]


@pytest.mark.parametrize("page", HEADS)
def test_every_headline_with_its_own_body(pages, page):
    for item in items(pages[page]):
        wanted = HEADS[page][first_line(item)]
        found = {int(head.id[1:]): head.kind for head in item.heads}
        assert found.keys() == wanted.keys()
        assert all(kind in (wanted[line], "kicker", "main", "sub") for line, kind in found.items())
        assert [kind for kind in found.values() if kind == "main"] == ["main"] * bool(found)
        assert {line: kind for line, kind in found.items() if wanted[line] != "open"} == {
            line: kind for line, kind in wanted.items() if kind != "open"
        }


@pytest.mark.parametrize("page", HEADS)
def test_crossheads(pages, page):
    for item in items(pages[page]):
        sections = [block for block in item.blocks if isinstance(block, Subsection)]
        lines = [int(head.id[1:]) for section in sections for head in section.heads]
        assert lines == CROSSHEADS.get(page, {}).get(first_line(item), [])


@pytest.mark.parametrize("page", BYLINES)
def test_every_byline_and_credit(pages, page):
    for item in items(pages[page]):
        found = ""
        for block in flat_blocks(item.blocks):
            signs = block.bylines if isinstance(block, Figure) else [block] if isinstance(block, Byline) else []
            found += "".join(printed(sign.content, "as-source") for sign in signs)
        assert found == BYLINES[page][first_line(item)]


@pytest.mark.parametrize("page", PARAGRAPHS)
def test_paragraphs_and_pictures(pages, page):
    for item in items(pages[page]):
        line = first_line(item)
        if line in PARAGRAPHS[page]:
            assert sum(isinstance(b, Paragraph) for b in flat_blocks(item.blocks)) == PARAGRAPHS[page][line]
            assert (item.kind == "picture") == (line in PICTURES.get(page, ()))


def test_no_caption_inside_a_paragraph(pages):
    item = next(items(pages["002"]))
    figure = next(block for block in item.blocks if isinstance(block, Figure))
    assert printed(figure.captions[0].content, "as-source").startswith("在推动“产改”工作过程中,技能竞赛")
    joined = [b for b in item.blocks if isinstance(b, Paragraph)][2]
    assert "研究院团队带领数百家物联网领域企业" in printed(joined.content, "as-source")


def test_headlines_in_one_line(pages):
    labels = [item_label(item, "han-fullwidth-2") for edition in pages.values() for item in items(edition)]
    assert ("无锡新增4家市级劳模创新工作室", True) in labels
    assert ("宜兴市总工会开展企业劳动用工监督评估专项服务", True) in labels
    assert sum(printed_ for _, printed_ in labels) == 22


def test_a_kicker_that_ends_its_line_in_a_comma_flows_on(pages):
    item = next(item for item in items(pages["000"]) if first_line(item) == 99)
    assert "改革全面试点地区，工会作为牵头单位" in running(item.heads[0].content, "as-source")


def test_widths_never_change_what_is_kept(pages, teis):
    text = " ".join(
        printed(b.content, "han-fullwidth-2")
        for e in pages.values()
        for i in items(e)
        for b in flat_blocks(i.blocks)
        if isinstance(b, Paragraph)
    )
    for kept in ("2.85万人", "CTF(Capture The Flag)夺旗赛", "G60科创走廊", "142.85万元", "2.0版", "1-2个"):
        assert kept in text
    assert "," not in text and "5月11日，《工人日报》" in text
    assert "5月11日</date>,《" in teis[PAGES[1]].decode()


def test_every_item_is_an_item(pages):
    assert all(
        isinstance(item, Item) and item.kind in ("article", "picture") for e in pages.values() for item in items(e)
    )
