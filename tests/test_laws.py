"""The laws, on generated editions and generated sources."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from strategies import editions, layouts, regimes, sources, texts, tricky

from edition import build, files, gazetteer
from edition.config import PageConfig, default
from edition.errors import SourceError
from edition.files import Clock
from edition.model.inline import Surplus, Text
from edition.model.radicals import UNIFIED
from edition.model.readings import diplomatic, printed, regularised
from edition.model.regular import regularise, regularised_text
from edition.model.walk import contents, inline_nodes
from edition.passes import NAMING, PASSES
from edition.passes.given import Given
from edition.readers.plain import read as read_source
from edition.tei.parse import parse
from edition.tei.read import read
from edition.tei.restore import restore
from edition.tei.write import write

SCHEMA = etree.RelaxNG(etree.fromstring(files.schema()))
SLOW = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
CLOCK = Clock("2026-11-21T00:00:00Z", True)


def page(data, dictionary, name="page.txt"):
    return build.normalise(data, name, PageConfig(name, order=1), default("x"), CLOCK, dictionary)


@SLOW
@given(editions())
def test_tei_is_a_faithful_spelling_of_the_model(edition):
    assert read(write(edition), "x.xml") == edition


@SLOW
@given(editions())
def test_what_is_written_follows_the_schema(edition):
    root = parse(write(edition), "x.xml")
    assert SCHEMA.validate(root), f"{SCHEMA.error_log}\n{write(edition).decode()}"


@settings(SLOW, max_examples=200)
@given(sources())
def test_nothing_is_lost_whatever_the_source(dictionary, data):
    try:
        made = page(data, dictionary)
    except SourceError:
        return
    assert restore(parse(made.tei, "x"), "x").data == data


@SLOW
@given(layouts())
def test_columns_side_by_side_are_given_back_and_every_id_stands_once(dictionary, text):
    made = page(text.encode(), dictionary)
    root = parse(made.tei, "x")
    assert restore(root, "x").data == text.encode() == stranger(made.tei)
    assert SCHEMA.validate(root), SCHEMA.error_log
    ids = root.xpath("//@xml:id")
    assert len(ids) == len(set(ids))


@SLOW
@given(texts | layouts())
def test_every_character_stands_in_the_model_once(dictionary, text):
    try:
        transcript, _ = read_source(text.encode(), "page.txt")
        edition = read(page(text.encode(), dictionary).tei, "x")
    except SourceError:
        return
    lines = {}
    for (line, offset), part in sorted(diplomatic(contents(edition)).items()):
        assert len(lines.get(line, "")) == offset
        lines[line] = lines.get(line, "") + part
    assert lines == {line.number: line.text for line in transcript.lines if line.text}


@SLOW
@given(texts | layouts())
def test_reading_text_keeps_every_letter(dictionary, text):
    """Han, Latin and digits of the source are printed, or stand in the marks of a tool: none appears, none is gone."""
    try:
        edition = read(page(text.encode(), dictionary).tei, "x")
    except SourceError:
        return
    kept = "".join(diplomatic(contents(edition)).values())
    shown = "".join(printed(content, "as-source") for content in contents(edition))
    marks = "".join(text for content in contents(edition) for text in in_marks(content))
    assert sorted(filter(str.isalnum, shown + marks)) == sorted(filter(str.isalnum, kept))
    for char in set(shown):
        assert char == " " or shown.count(char) <= kept.count(char)


def in_marks(content):
    """The text that a content says is not read."""
    for node in inline_nodes(content):
        if isinstance(node, Surplus):
            yield from (leaf.text for leaf in node.content if isinstance(leaf, Text))


@SLOW
@given(editions())
def test_a_pass_applied_twice_changes_nothing_more(dictionary, edition):
    said = gazetteer.parse('who = "ed"\n[[person]]\nname = "张三"\nalso = ["甲乙"]\n[[refused]]\nname = "丙"'.encode())
    given = Given("program", dictionary, gazetteer=said, editors={"ed": "ed"}, segment=list)
    for apply, what in [*((one, "program") for one in PASSES), *((one, given) for one in NAMING)]:
        once, _ = apply(edition, what)
        assert apply(once, what)[0] == once
        assert dict(diplomatic(contents(once))) == dict(diplomatic(contents(edition)))
        assert read(write(once), "x.xml") == once


@settings(SLOW, max_examples=1500)
@given(tricky, regimes, st.booleans())
def test_a_reading_read_again_is_the_same(text, regime, body):
    once = regularised_text(text, "han-fullwidth-2", regime, body=body)
    assert regularised_text(once, "han-fullwidth-2", regime, body=body) == once
    assert len(regularise(text, "han-fullwidth-2", regime, body=body)) == len(text)
    letters, shown = ("".join(filter(str.isalnum, (UNIFIED.get(c, c) for c in t))) for t in (text, once))
    assert shown == letters
    assert regularised_text(text, "as-source", regime, body=body) == text


@SLOW
@given(editions())
def test_a_reading_leaves_the_source_alone(edition):
    for nodes in contents(edition):
        shown = regularised(nodes, "han-fullwidth-2", edition.header.regime)
        assert [type(node) for node in shown] == [type(node) for node in nodes]
        assert "".join(printed(nodes, "han-fullwidth-2", edition.header.regime).split()) == "".join(
            printed(shown, "as-source").split()
        )


def test_the_same_source_gives_the_same_bytes(dictionary):
    data = (Path(__file__).parents[1] / "seeds").glob("*.txt").__next__().read_bytes()
    assert page(data, dictionary).tei == page(data, dictionary).tei


@pytest.mark.parametrize(
    "data",
    [
        "第一行\n第二行".encode(),
        "第一行\r\n第二行\r\n".encode(),
        "第一行\r\n第二行\n第三行\r\n".encode(),
        b"\xef\xbb\xbf" + "有标记。\n".encode(),
        "国标码的文章，内容是关于工会工作的。\n".encode("gb18030"),
        "大五碼的文章，內容是關於報紙與圖書館的。\n".encode("big5"),
        "大五碼重複字。報紙與圖書館。".encode("big5") + b"\xa2\xcc",
        "第一页。\n\x0c第二页。\n".encode(),
        "坏字节".encode() * 40 + b"\xff\xfe" + "在此。".encode(),
        "没有换行结尾".encode(),
        "空\x00字符和\x01控制字符。".encode() * 3 + "正常文字".encode() * 30,
        "十六位编码。\n".encode("utf-16"),
        "三个\u2028分隔\x85符\ufeff。\n".encode(),
    ],
    ids=["no-final-newline", "crlf", "mixed-ends", "bom", "gb18030", "big5", "big5-duplicate", "form-feed", "bad-bytes",
         "one-line", "controls", "utf-16", "separators"],
)  # fmt: skip
def test_restore_gives_every_byte_back(dictionary, data):
    made = page(data, dictionary)
    assert restore(parse(made.tei, "x"), "x").data == data
    assert stranger(made.tei) == data


def stranger(tei):
    """The contract read by somebody who knows nothing of this program: one pass over the XML's events."""
    root = etree.fromstring(tei)
    t = "{http://www.tei-c.org/ns/1.0}"
    bibl = next(b for b in root.iter(f"{t}bibl") if b.get("type") == "digitalSource")
    note = {n.get("type"): n.text for n in bibl.iter(f"{t}note")}
    encoding, pieces, at = note["encoding"], {}, None
    for element in list(
        root.find(f"{t}text").iter(*(t + e for e in ("reg", "corr", "supplied", "note", "rt", "figDesc")))
    ):
        element.text, element[:] = None, []
    for event, element in etree.iterwalk(root.find(f"{t}text"), events=("start", "end")):
        kind = element.tag.removeprefix(t)
        if event == "start":
            if kind in ("lb", "milestone"):
                line, _, offset = element.get("n").partition(".")
                at = (int(line), int(offset or 0))
                pieces[at] = b""
            elif kind == "space":
                char = chr(int(element.get("n", "U+0020")[2:], 16))
                pieces[at] += (char * int(element.get("quantity"))).encode(encoding)
            elif kind == "g":
                pieces[at] += bytes.fromhex(element.get("n"))
        text = element.text if event == "start" and kind != "g" else element.tail if event == "end" else None
        if text and "\n" not in text and at:
            pieces[at] += text.encode(encoding)
    feeds = next(int(m.get("quantity")) for m in bibl.iter(f"{t}measure") if m.get("unit") == "lineFeeds")
    lines = [b""] * (feeds + 1)
    for (number, _), part in sorted(pieces.items()):
        lines[number - 1] += part
    end = {"LF": "\n", "CRLF": "\r\n"}[note["lineEnd"]].encode(encoding)
    return (b"" if note["bom"] == "none" else bytes.fromhex(note["bom"])) + end.join(lines)
