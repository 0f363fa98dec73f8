"""names.toml: what an editor says of names, as a person writes it and as the desk does."""

import shutil

import pytest
from conftest import SEEDS

from edition import build, gazetteer
from edition.errors import ConfigError
from edition.gazetteer import Confirmed, parse, with_entry
from edition.model.inline import Name
from edition.model.walk import contents, inline_nodes
from edition.tei.read import read

FILE = """\
who = "李编辑"

# 本版记者
[[person]]
name = "张 三"
also = ["老张"]

[[organisation]]
name = "红星机械厂"
who = "王编辑"

# 不是人名
[[refused]]
name = "高兴"
kind = "person"
page = "a.txt"
""".encode()


def test_entries_are_read():
    said = parse(FILE)
    assert said.confirmed == (
        Confirmed("person", "张三", ("老张",), None, "李编辑", None, 4),
        Confirmed("org", "红星机械厂", (), None, "王编辑", None, 8),
    )
    assert said.people == ("李编辑", "王编辑")
    assert (said.refused[0].name, said.refused[0].kind) == ("高兴", "person")
    assert said.of_page("a.txt").refused == said.refused
    assert said.of_page("b.txt").refused == ()


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('who = "a"\n[[person]]\nname = "张三"\nnme = "x"\n', 4, "unknown key `nme` in [person]"),
        ('who = "a"\n[[persons]]\nname = "张三"\n', 2, "unknown key `persons`"),
        ('[[person]]\nname = "张三"\n', 1, "a [[person]] without `who`"),
        ('who = "a"\n[[place]]\nwhy = "x"\n', 2, "a [[place]] without `name`"),
        ('who = "a"\n[[person]]\nname = "张三"\nalso = "老张"\n', 4, "`also` must be a list of texts"),
        ('who = "a"\n[[refused]]\nname = "x"\nkind = "body"\n', 4, "`kind` must be"),
        ('who = "a"\n[[person]]\nname = "张三"\n\n[[refused]]\nname = "张三"\n', 5, "something else at line 2"),
        ('who = "a"\n[[person]]\nname = "张三"\n[[place]]\nname = "张三"\n', 4, "something else at line 2"),
        ("who = \n", 1, "not TOML"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text, line, message):
    with pytest.raises(ConfigError) as caught:
        parse(text.encode(), "names.toml")
    assert message in caught.value.message
    assert caught.value.where == f"names.toml:{line}"


def test_a_confirmation_takes_the_refusal_out_and_leaves_the_rest_as_it_was():
    made = with_entry(FILE, "person", "高兴", "李编辑", page="a.txt").decode()
    assert made.startswith(FILE.decode()[: FILE.decode().index("# 不是人名")])
    assert "# 不是人名" in made  # a remark is a person's
    assert made.endswith('[[person]]\nname = "高兴"\npage = "a.txt"\nwho = "李编辑"\n')
    assert parse(made.encode()).refused == ()


def test_a_refusal_takes_the_confirmation_out():
    made = with_entry(FILE, "refused", "张三", "李编辑", kind="person")
    assert [one.name for one in parse(made).confirmed] == ["红星机械厂"]
    assert with_entry(made, "refused", "张三", "李编辑", kind="person") == made
    assert [one.name for one in parse(with_entry(made, "person", "张三", "李编辑")).confirmed] == ["红星机械厂", "张三"]


def test_the_desk_can_begin_a_file():
    made = with_entry(b"", "place", '引"号\\地', "李编辑")
    assert parse(made).confirmed[0].name == '引"号\\地'


def test_many_entries_one_after_another():
    data = b""
    for number in range(40):
        data = with_entry(data, "person" if number % 2 else "refused", f"某{number % 7}", "李")
    said = parse(data)
    assert len(said.confirmed) + len(said.refused) == 7


# ---- what becomes of it


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The sample pages with a names.toml, and where they were built."""
    source = tmp_path_factory.mktemp("named") / "seeds"
    shutil.copytree(SEEDS, source)
    (source / gazetteer.NAME).write_bytes(
        'who = "李编辑"\n[[person]]\nname = "潘凡"\n[[person]]\nname = "王飏"\n[[organisation]]\nname = "华润微电子工会"\n'
        'also = ["华润微电子"]\n[[refused]]\nname = "无锡"\n[[refused]]\nname = "刘时荣"\nkind = "place"\n'.encode()
    )
    out = tmp_path_factory.mktemp("named-dist")
    build.build(source, out, ("tei",), force=True, report=lambda line: None)
    return {path.stem[:3]: read(path.read_bytes(), path.name) for path in sorted((out / "tei").glob("*.xml"))}


def names(edition):
    nodes = (node for content in contents(edition) for node in inline_nodes(content) if isinstance(node, Name))
    return [(node, "".join(getattr(part, "text", "") for part in node.content)) for node in nodes]


def test_what_is_confirmed_carries_the_editor_and_no_probability(made):
    page = made["001"]
    (node,) = [node for node, text in names(page) if text == "王飏"]
    person = {one.id: one.name for one in page.header.responsibilities}
    assert person[node.decision.resp] == "李编辑"
    assert node.decision.cert is None
    assert next(one for one in page.entities if one.id == node.ref).decision == node.decision


def test_a_byline_can_be_confirmed(made):
    assert [node.decision.cert for node, text in names(made["002"]) if text == "潘凡"] == [None]


def test_other_forms_are_one_entity(made):
    found = {(text, node.ref) for node, text in names(made["003"]) if text.startswith("华润微电子")}
    assert {text for text, _ in found} == {"华润微电子工会", "华润微电子"}
    assert len({ref for _, ref in found}) == 1


def test_what_is_refused_is_marked_nowhere(made):
    for page in made.values():
        assert "无锡" not in [text for _, text in names(page)]
    assert "刘时荣" in [text for _, text in names(made["000"])]  # it was refused as a place only
