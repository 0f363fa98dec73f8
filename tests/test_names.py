"""Names: who is marked, what they point at, and the index that is made of them."""

from dataclasses import replace

import pytest

from edition import build
from edition.config import PageConfig, default
from edition.files import Clock
from edition.model.inline import Decision, Name, Text
from edition.model.walk import contents, inline_nodes, rewritten
from edition.render.book import gather
from edition.render.index import index, indexed
from edition.render.xhtml import page_section
from edition.tei.read import read

CLOCK = Clock("2026-11-21T00:00:00Z", True)
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
