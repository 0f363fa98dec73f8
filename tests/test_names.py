"""Names: who is marked, what they point at, and the index that is made of them."""

import re
import tomllib
from collections import Counter
from dataclasses import replace
from importlib import util
from pathlib import Path

import pytest

from edition import build
from edition.config import PageConfig, default, parse
from edition.errors import ConfigError, MissingTool
from edition.files import Clock
from edition.model.document import Item, Paragraph
from edition.model.inline import Choice, Decision, Name, PieceStart, Text
from edition.model.readings import diplomatic, located
from edition.model.walk import contents, inline_nodes, rewritten, standing
from edition.names import dates
from edition.names.keywords import keywords
from edition.names.layers import Layers
from edition.passes import names as naming
from edition.passes.given import Given
from edition.render import sounds
from edition.render.book import gather
from edition.render.index import index, indexed
from edition.render.xhtml import page_section
from edition.tei.read import read
from edition.words import Rarity, load, segmenter

CLOCK = Clock("2026-11-21T00:00:00Z", True)
CASES = Path(__file__).parent / "cases"
BODY = "市里召开座谈会，交流一年来的经验，代表们围绕下一步工作提出了意见和建议，会议取得了圆满成功。"


def made(text, dictionary):
    tei = build.normalise(text.encode(), "a.txt", PageConfig("a.txt", order=1), default("x"), CLOCK, dictionary).tei
    return read(tei, "a.xml")


def names(edition, kind="persName"):
    return [
        node
        for content in contents(edition)
        for node in inline_nodes(content)
        if isinstance(node, Name) and node.kind == kind
    ]


def test_every_mention_points_at_one_entry(dictionary):
    edition = made(f"会议召开\n{BODY}（记者 张三）\n\n活动举行\n{BODY}（通讯员 张三 李四）\n", dictionary)
    assert [(entity.id, entity.kind, entity.name) for entity in edition.entities] == [
        ("P1", "person", "张三"), ("P2", "person", "李四"),
    ]  # fmt: skip
    assert [node.ref for node in names(edition)] == ["P1", "P1", "P2"]
    assert len({node.id for node in names(edition)}) == 3


def test_an_id_says_where_a_name_begins(dictionary):
    edition = made(f"会议召开\n{BODY}\n（记者 张三）\n", dictionary)
    assert [node.id for node in names(edition)] == ["N3.4"]


# ---- the index


@pytest.fixture
def book(dictionary):
    lines = ["曾三", "单四", "王五", "阿里木", "长孙六", "欧阳七", "张八", "王一"]
    text = "".join(f"第{n}条消息\n{BODY}（记者 {name}）\n\n" for n, name in enumerate(lines, 1))
    return gather([(made(text, dictionary), b"")])


def test_an_index_is_in_the_order_of_readings(book):
    """曾 is zeng and 单 shan as surnames, 长孙 zhang sun; one surname stays together."""
    assert [entry.name for entry in index(book)] == [
        "阿里木",
        "欧阳七",
        "单四",
        "王五",
        "王一",
        "曾三",
        "张八",
        "长孙六",
    ]
    assert "".join(entry.letter for entry in index(book)) == "AOSWWZZZ"


def test_a_character_is_read_as_in_the_longest_phrase_it_stands_in():
    names = {"重庆银行", "重机厂", "音乐家协会"}
    known = sounds.phrases(names)
    assert sounds.readings("重庆银行", known, person=False) == ["chong2", "qing4", "yin2", "hang2"]
    assert sounds.readings("音乐家协会", known, person=False)[:2] == ["yin1", "yue4"]
    assert sounds.readings("重机厂B𠀕", known, person=False) == ["zhong4", "ji1", "chang3", "b", "~𠀕5"]
    assert all(any(phrase in name for name in names) for phrase in known)


def test_every_mention_of_the_index_has_its_anchor(book):
    page = book.pages[0]
    targets = {mention.target for entry in index(book) for mention in entry.mentions}
    assert targets == indexed(page)
    assert targets <= {element.get("id") for element in page_section(page).iter()}
    assert all(mention.item for entry in index(book) for mention in entry.mentions)


def test_what_a_machine_found_in_running_text_is_not_indexed(dictionary):
    edition = made(f"会议召开\n{BODY}\n", dictionary)

    def named(decision):
        def change(content):
            return (*content, Name("placeName", (Text("某地"),), decision, None, "N1.99"))

        return gather([(replace(edition, body=rewritten(edition.body, change)), b"")])

    assert index(named(Decision("program", 0.99))) == ()
    confirmed = index(named(Decision("editor1")))
    assert [(entry.kind, entry.name) for entry in confirmed] == [("place", "某地")]
    assert index(named(Decision("editor1")), kinds=("person",)) == ()


# ---- what is marked, beside what a reader finds


def running(edition):
    """The text of each headline, paragraph and caption, and (start, end, kind, when) of what is marked there."""
    for stands in standing(edition):
        if stands.role in ("byline", "header", "footer", "pageNum", "markup"):
            continue
        text, marks = "", []
        for node in stands.content:
            inside = node.content if isinstance(node, Name) else (node,)
            part = "".join(piece for piece, _ in located(inside))
            if isinstance(node, Name):
                marks.append((len(text), len(text) + len(part), node.kind, node.when))
            text += part
        yield text, marks


def gold_of(text, gold):
    """(start, end, kind) of the gold's strings, the longest first."""
    strings = sorted(((string, kind) for kind, all_ in gold.items() for string in all_), key=lambda two: -len(two[0]))
    kinds = dict(strings)
    for found in re.finditer("|".join(re.escape(string) for string, _ in strings), text):
        if kinds[found[0]] != "none":
            yield (*found.span(), kinds[found[0]])


TAGS = {"persName": "person", "orgName": "org", "placeName": "place", "date": "date"}


def read_gold():
    return {path.stem: tomllib.loads(path.read_text()) for path in sorted((CASES / "names").glob("*.toml"))}


def test_what_is_marked_is_right_on_the_pages_that_were_read(teis):
    """Three sample pages, read completely: of what is marked at the usual threshold, at least 95 % of each kind."""
    right, marked, there = Counter(), Counter(), Counter()
    wrong = []
    for page, gold in read_gold().items():
        tei = next(data for name, data in teis.items() if name.startswith(page))
        for text, marks in running(read(tei, page)):
            wanted = set(gold_of(text, gold))
            found = {(start, end, TAGS[kind]) for start, end, kind, _ in marks if kind in TAGS}
            there.update(kind for *_, kind in wanted)
            marked.update(kind for *_, kind in found)
            right.update(kind for *_, kind in wanted & found)
            wrong += [
                (kind, text[max(0, s - 4) : s] + "[" + text[s:e] + "]" + text[e : e + 4])
                for s, e, kind in found - wanted
            ]
    figures = {kind: f"P {right[kind]}/{marked[kind]} R {right[kind]}/{there[kind]}" for kind in there}
    print(figures, wrong)
    assert all(right[kind] >= 0.95 * marked[kind] for kind in there), (figures, wrong)
    assert all(right[kind] >= 0.6 * there[kind] for kind in there), figures


# ---- in the content


def piece(line, join=None, offset=0):
    return PieceStart(line, offset, join)


def marked_in(nodes, dictionary, **layers):
    """The names that are marked in one paragraph of these nodes, each with the nodes inside it."""
    item = Item("article", "L1", (), (Paragraph(tuple(nodes)),))
    edition = replace(made(BODY, dictionary), body=(item,))
    found, _ = naming.mark(edition, Given("program", dictionary, Layers(**layers)))
    assert dict(diplomatic(contents(found))) == dict(diplomatic(contents(edition)))
    return [node for node in found.body[0].blocks[0].content if isinstance(node, Name)]


def said(node):
    return "".join(text for text, _ in located(node.content))


def test_a_name_over_a_line_is_one(dictionary):
    nodes = [piece(1), Text("市总工会党组书记、主席李建"), piece(2, "no"), Text("国表示，要继续努力。")]
    role, person = marked_in(nodes, dictionary)
    assert (role.kind, said(role)) == ("roleName", "党组书记、主席")
    assert person.content == (Text("李建"), piece(2, "no"), Text("国"))


def test_a_corrected_character_is_part_of_a_name(dictionary):
    choice = Choice("corr", (Text("问"),), "国", Decision("ed"))
    found = marked_in([piece(1), Text("主席李建"), choice, Text("表示，要继续努力。")], dictionary)
    assert next(node for node in found if node.kind == "persName").content == (Text("李建"), choice)


def test_names_do_not_cross_what_is_marked_already(dictionary):
    there = Name("placeName", (Text("北京"),), Decision("ed"))
    assert marked_in([piece(1), there, Text("市总工会召开会议。")], dictionary) == [there]


def test_a_headline_line_break_ends_a_name(dictionary):
    assert [
        said(node) for node in marked_in([piece(1), Text("山东"), piece(2, "yes"), Text("省总工会")], dictionary)
    ] == ["山东"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("（记者 张 三）近日，山东省总工会召开会议。", ["记者", "张 三", "山东省总工会"]),
        ("国务院总理李克强在北京会见了新加坡总理。", ["国务院", "总理", "李克强", "北京", "新加坡"]),
        ("自治区主席买买提·艾力说，要做好工作。", ["主席", "买买提·艾力"]),
        ("全国總工會主席張學良表示，工作很重要。", ["全国總工會", "主席", "張學良"]),
        ("王书记、李主席和张教授一起座谈。", []),
        ("该公司、本市总工会和一些大学高度重视金融工作。", []),
        ("中国梦，劳动美。", []),
        ("北京大学生在上海南部活动，中国银行业发展很快。", ["北京", "上海", "中国"]),
        ("安徽省合肥市人力资源和社会保障局昨日发布公告。", ["安徽省合肥市人力资源和社会保障局"]),
        ("刘建国同志来到沈阳。", ["刘建国", "同志", "沈阳"]),
        ("大会表彰的是市总工会主席刘建国同志", ["主席", "刘建国", "同志"]),
    ],
)
def test_what_is_a_name_and_what_is_none(dictionary, text, names):
    assert [said(node) for node in marked_in([piece(1), Text(text)], dictionary)] == names


def test_characters_set_apart_by_a_tool(dictionary):
    text = " ".join("山东省总工会主席李建国表示要继续努力做好工作")
    edition = made(BODY, dictionary)
    header = replace(edition.header, regime=replace(edition.header.regime, spaced=True))
    body = (Item("article", "L1", (), (Paragraph((piece(1), Text(text))),)),)
    found, _ = naming.mark(replace(edition, header=header, body=body), Given("program", dictionary))
    assert [said(node) for node in names(found)] == ["李 建 国"]


def test_layers_can_be_left_out(dictionary):
    nodes = [piece(1), Text("2020年9月，主席李建国在北京说，国务院很重视。")]
    kinds = {node.kind for node in marked_in(nodes, dictionary)}
    assert kinds == {"date", "roleName", "persName", "placeName", "orgName"}
    assert {node.kind for node in marked_in(nodes, dictionary, persons=False, dates=False)} == {"placeName", "orgName"}
    assert {node.kind for node in marked_in(nodes, dictionary, places=False, organisations=False)} == kinds - {
        "placeName",
        "orgName",
    }
    assert len(marked_in(nodes, dictionary, least=0.999)) < len(marked_in(nodes, dictionary))


def test_every_mark_is_signed(teis):
    for name, tei in teis.items():
        for node in (
            node for content in contents(read(tei, name)) for node in inline_nodes(content) if isinstance(node, Name)
        ):
            assert node.decision.resp == "program" and 0.8 <= node.decision.cert < 1
            assert (node.ref is None) == (node.kind in ("roleName", "date"))


# ---- dates


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2020年9月22日开会", [("2020年9月22日", "2020-09-22")]),
        ("９月２２日开会", [("９月２２日", None)]),
        ("１９９８年１月开会", [("１９９８年１月", "1998-01")]),
        ("2020年10月份", [("2020年10月份", "2020-10")]),
        ("自2019年以来", [("2019年", "2019")]),
        ("一九九八年一月三十一日", [("一九九八年一月三十一日", "1998-01-31")]),
        ("二〇二一年十月一日和十二月二十日", [("二〇二一年十月一日", "2021-10-01"), ("十二月二十日", None)]),
        ("2021年度", [("2021年度", None)]),
        ("2023年2月29日", []),
        ("2024年2月29日", [("2024年2月29日", "2024-02-29")]),
        ("2月29日", [("2月29日", None)]),
        ("13月5日", []),
        ("有2000年历史", []),
        ("今年7月10日", [("7月10日", None)]),
        ("12020年", []),
        ("近日、日前、3年行动、6个月", []),
        ("十月革命", []),
    ],
)
def test_dates_say_what_the_text_says(text, found):
    assert [(text[start:end], when) for start, end, when in dates.find(text)] == found


# ---- keywords


def test_keywords_are_the_weighty_words_of_an_item(dictionary):
    words_ = ["母婴", "休息室", "建设", "的", "母婴", "休息室", "验收", "我们", "我们", "我们", "商场", "商场"]
    rarity = Rarity({"母婴": 9.0, "休息室": 8.0, "商场": 5.0, "我们": 1.0}, 7.0)
    assert keywords(words_, ["验收"], rarity, frozenset(["我们"])) == ("母婴", "休息室", "验收", "商场")


def test_keywords_are_asked_for(tmp_path):
    (tmp_path / "a.txt").write_text(f"母婴室验收\n{BODY}\n母婴室很好，母婴室很受欢迎。\n")
    (tmp_path / "edition.toml").write_text(
        'id = "x"\ntitle = "x"\nmodified = 2026-11-21T00:00:00Z\n[layers]\nkeywords = true\n[words]\nengine = "jieba"\n'
    )
    build.build(tmp_path, tmp_path / "out", ("tei",), force=True, report=lambda line: None)
    edition = read((tmp_path / "out" / "tei" / "a.xml").read_bytes(), "a.xml")
    (about,) = edition.header.keywords
    assert "母婴" in "".join(about.terms) and about.item == next(iter(edition.body)).id
    assert "jieba" in [app.ident for app in edition.header.applications]
    assert (
        build.normalise(
            (BODY * 3).encode(), "b.txt", PageConfig("b.txt", order=1), default("x"), CLOCK, load()
        ).tei.count(b"<keywords")
        == 0
    )


@pytest.mark.parametrize(
    ("table", "line", "message"),
    [
        ('[layers]\npersons = "yes"\n', 4, "`persons` must be true or false"),
        ("[layers]\nleast = 2\n", 4, "`least` must be a probability"),
        ("[layers]\nnames = true\n", 4, "unknown key `names` in [layers]"),
        ('[words]\nengine = "thulac"\n', 4, "`engine` must be one of jieba, rjieba"),
    ],
)
def test_a_wrong_switch_is_told_with_its_line(table, line, message):
    with pytest.raises(ConfigError) as caught:
        parse(f'id = "x"\ntitle = "x"\n{table}'.encode(), "edition.toml")
    assert message in caught.value.message and caught.value.where == f"edition.toml:{line}"


def test_an_engine_that_is_not_there_is_not_replaced():
    if util.find_spec("rjieba"):
        assert "".join(segmenter("rjieba")("市总工会开会")) == "市总工会开会"
    else:
        with pytest.raises(MissingTool):
            segmenter("rjieba")
