"""Marks and characters: the regime of a page, pairs, and what a page of them looks like when printed."""

import pytest

from edition import build
from edition.config import PageConfig, default
from edition.files import Clock
from edition.model.inline import Choice, Name, PieceStart, RawBytes, Space, Text, content
from edition.model.pairs import curled, lone_marks
from edition.model.radicals import UNIFIED, unified_form
from edition.model.readings import diplomatic, located, printed, printed_lines, regularised
from edition.model.regime import Regime, regime_of
from edition.model.walk import contents
from edition.passes.places import placed
from edition.tei.read import read

POLICY = "han-fullwidth-2"
HALF = Regime("halfwidth")


@pytest.mark.parametrize(
    ("text", "regime"),
    [
        ("会议决定,下周开工;各区配合,", Regime("halfwidth")),
        ("会议决定，下周开工；各区配合，", Regime("fullwidth")),
        ("会议决定，下周开工,各区配合,", Regime("mixed")),
        ("A, B: C; 10:30", Regime("mixed")),
        ("", Regime("mixed")),
        ("天气很好.我们去公园,很开心.\n明天再去.", Regime("halfwidth", dots=True)),
        ("天气很好。我们去公园,很开心。\n明天再去.", Regime("halfwidth")),
        ("市 总 工 会 召 开 会 议 , 决 定 下 周 开 工", Regime("halfwidth", spaced=True)),
        ("市总工会 召开会议，决定 下周开工", Regime("fullwidth")),
    ],
)
def test_the_regime_is_told_from_the_text(text, regime):
    assert regime_of(text) == regime


@pytest.mark.parametrize(
    ("text", "lone"),
    [
        ("他说：“好（很好）。”", []),
        ("“甲‘乙“丙”丁’戊”", []),
        ("“甲", [(0, "unclosed")]),
        ("甲”乙", [(1, "unopened")]),
        ("推进“改革“试点", [(5, "closes")]),
        ("推进”改革”试点", [(2, "opens")]),
        ("“甲（乙”丙", [(2, "unclosed")]),
        ("（甲)乙", []),
        ("1)甲。2)乙；（三)丙", []),
        ("一）甲；二）乙", []),
        ("Joe’s店", []),
        ("’99世界园艺博览会", []),
        ("5\"管", []),
        ("他说\"好", [(2, "unclosed")]),
        ("《甲〈乙〉", [(0, "unclosed")]),
    ],
)  # fmt: skip
def test_marks_without_a_partner(text, lone):
    assert [(one.at, one.trouble) for one in lone_marks(text)] == lone


def test_quotation_marks_are_curled_in_pairs_or_not_at_all():
    assert curled("他说\"甲'乙'丙\"") == "他说“甲‘乙’丙”"
    for left in ("他说\"甲'乙\"丙'", '他说"甲', 'say "no" 好', '他说“甲"乙"”'):
        assert curled(left) == left


def test_radicals_have_one_character_each():
    assert len(UNIFIED) == 214 + 114
    assert (unified_form("⼯"), unified_form("⻓"), unified_form("⺀"), unified_form("工")) == ("工", "长", None, None)
    assert (unified_form("\ufa30"), unified_form("\ufa0e"), unified_form("\U0002f800")) == ("侮", None, "丽")
    assert all(unified_form(other) is None for other in UNIFIED.values())


def test_a_reading_keeps_the_nodes_and_their_lines():
    nodes = content(
        [PieceStart(3), Text("他说\"甲"), PieceStart(4, join="no"), Name("persName", (Text("乙"), PieceStart(5, join="no"))),
         Text("\"..."), Choice("corr", (PieceStart(6, join="no"), Text("x")), "丙 ,"), RawBytes(b"\xff", "丁"),
         Space(line_break=True), Text("戊--己")]
    )  # fmt: skip
    assert printed(nodes, POLICY) == "他说“甲乙”……丙 ，丁 戊——己"
    assert printed_lines(nodes, POLICY, HALF) == ["他说“甲乙”……丙 ，丁", "戊——己"]
    shown = regularised(nodes, POLICY)
    assert shown[4:6] == (Text("”……"), Choice("corr", (PieceStart(6, join="no"), Text("x")), "丙 ，"))
    assert diplomatic([shown]).keys() == diplomatic([nodes]).keys()
    assert [line for _, line in located(nodes)] == [3, 4, 5, 5, 6, 6, 6]
    place = placed(nodes)
    assert place.line(place.text.index("戊")) == 6 and place.line(0) == 3


def made(text, dictionary):
    clock = Clock("2026-11-21T00:00:00Z", True)
    return build.normalise(text.encode(), "a.txt", PageConfig("a.txt", order=1), default("x"), clock, dictionary)


PAGE = """社区食堂昨日开放,首批设有座位三百个,附近居民前来用餐.食堂每周更换菜单,并请营养师把关.

"以前常常凑合一顿,现在下楼就能吃上四菜一汤."七十八岁的周老伯说,菜价比市场 低三成,⼗分公道.

(记者 方小舟)
"""


def test_a_half_width_page_in_print(dictionary):
    page = made(PAGE, dictionary)
    edition = read(page.tei, "a.xml")
    assert edition.header.regime == Regime("halfwidth", dots=True)
    assert b'<punctuation marks="all" n="halfwidth dots">' in page.tei
    shown = "".join(printed(c, POLICY, edition.header.regime) for c in contents(edition))
    assert "用餐。食堂每周更换菜单，并请营养师把关。" in shown
    assert "“以前常常凑合一顿，现在下楼就能吃上四菜一汤。”七十八岁的周老伯说，" in shown
    assert "比市场低三成，十分公道。" in shown and "（记者 方小舟）" in shown
    assert {finding.code for finding in page.findings if finding.code.startswith("C")} == {"C-005"}
    kept = "\n".join(text for _, text in sorted(diplomatic(contents(edition)).items()))
    assert kept.split() == PAGE.split()


def test_a_quotation_of_several_paragraphs_is_no_trouble(dictionary):
    text = "周老伯说：“食堂开在家门口，下楼就能吃上四菜一汤，比以前方便得多。\n\n“菜价也公道，邻居们都来用餐，说说笑笑很热闹，日子过得有滋有味。”他笑着说。\n"
    lone = made(text, dictionary).findings
    assert "C-001" not in {finding.code for finding in lone}
    found = made(text.replace("\n\n“", "\n\n"), dictionary).findings
    assert [f.where for f in found if f.code == "C-001"] == ["a.txt:1", "a.txt:3"]
