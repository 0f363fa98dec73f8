"""The laws, on generated editions and generated sources."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from edition import build, files
from edition.config import PageConfig, default
from edition.errors import SourceError
from edition.files import Clock
from edition.model.readings import diplomatic, printed
from edition.model.walk import contents
from edition.passes import PASSES
from edition.readers.plain import read as read_source
from edition.tei.parse import parse
from edition.tei.read import read
from edition.tei.restore import restore
from edition.tei.write import write

from strategies import editions, sources, texts

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
@given(texts)
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
@given(texts)
def test_reading_text_keeps_every_letter(dictionary, text):
    """Han, Latin and digits of the source are printed, those of marks and furniture kept: none appears, none is gone."""
    try:
        edition = read(page(text.encode(), dictionary).tei, "x")
    except SourceError:
        return
    kept = "".join(diplomatic(contents(edition)).values())
    shown = "".join(printed(content, "as-source") for content in contents(edition))
    assert sorted(c for c in shown if c.isalnum()) <= sorted(c for c in kept if c.isalnum())
    for char in set(shown):
        assert char == " " or shown.count(char) <= kept.count(char)


@SLOW
@given(editions())
def test_a_pass_applied_twice_changes_nothing_more(edition):
    for apply in PASSES:
        once, _ = apply(edition, "program")
        assert apply(once, "program")[0] == once
        assert dict(diplomatic(contents(once))) == dict(diplomatic(contents(edition)))


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
    """The contract read by somebody who knows nothing of this program: xpath and string handling only."""
    root = etree.fromstring(tei)
    ns = {"t": "http://www.tei-c.org/ns/1.0"}
    bibl = root.xpath("//t:bibl[@type='digitalSource']", namespaces=ns)[0]
    note = {n.get("type"): n.text for n in bibl.xpath("t:note", namespaces=ns)}
    feeds = int(bibl.xpath("string(t:extent/t:measure[@unit='lineFeeds']/@quantity)", namespaces=ns))
    editors = "t:reg|t:corr|t:supplied|t:note|t:figDesc|t:desc"
    for element in root.xpath("//t:text", namespaces=ns)[0].iter():
        if element.xpath(f"self::*[{'|'.join('self::' + e for e in editors.split('|'))}]", namespaces=ns):
            element.text, element[:] = None, []
    pieces, at = {}, None
    for node in root.xpath(
        "//t:text//t:lb|//t:text//t:milestone|//t:text//t:space|//t:text//t:g|//t:text//text()", namespaces=ns
    ):
        if isinstance(node, str):
            if at and not node.getparent().tag.endswith("}g") or (at and node.is_tail):
                kept = (
                    "".join(part.strip(" \t") if n else part for n, part in enumerate(node.split("\n")))
                    if "\n" not in node
                    else ""
                )
                pieces[at].append((kept or ("" if "\n" in node else node)).encode(note["encoding"]))
        elif node.tag.endswith("}lb"):
            pieces[at := (int(node.get("n")), 0)] = []
        elif node.tag.endswith("}milestone"):
            pieces[at := tuple(map(int, node.get("n").split(".")))] = []
        elif node.tag.endswith("}space"):
            pieces[at].append(
                (chr(int(node.get("n", "U+0020")[2:], 16)) * int(node.get("quantity"))).encode(note["encoding"])
            )
        else:
            pieces[at].append(bytes.fromhex(node.get("n")))
    lines = [b""] * (feeds + 1)
    for (number, _), parts in sorted(pieces.items()):
        lines[number - 1] += b"".join(parts)
    end = {"LF": "\n", "CRLF": "\r\n"}[note["lineEnd"]].encode(note["encoding"])
    return (b"" if note["bom"] == "none" else bytes.fromhex(note["bom"])) + end.join(lines)
