"""An editor's page: taken over, corrected by hand, compared with what it was, and told of like any other."""

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from strategies import editions

from edition import files
from edition.cli import main
from edition.diff import compare
from edition.diff.blocks import blocks
from edition.tei.read import read
from edition.tei.validate import validate

CASES = Path(__file__).parent / "cases" / "diagnosis"
GOOD = (CASES / "good.xml").read_text(encoding="utf-8")
SECOND = '<p><lb n="12"/>改造前'
FIRST_END = "二十家企业入驻。</p>\n        <p>"
CHANGES = {
    "a paragraph joined": (
        [(FIRST_END + '<lb n="12"/>', '二十家企业入驻。<lb n="12" break="no"/>')],
        ["paragraph lines 8–10 and paragraph lines 12–13 are one paragraph now: 「昨日，记者从市商务局获悉，位…」"],
    ),
    "a paragraph split": (
        [('，<lb n="9" break="no"/>', '，</p>\n<p><lb n="9"/>')],
        ["lines 8–10 「昨日，记者从市商务局获悉，位…」: one paragraph became paragraph line 8 and paragraph lines 9–10"],
    ),
    "a head of another type": (
        [('<head type="kicker" xml:id="H1"', '<head type="sub" xml:id="H1"')],
        ["line 1 「产业升级正当时」: kicker (引题) became subtitle (副题)"],
    ),
    "an item of another type": ([('type="article" xml:id="L28"', 'type="notice" xml:id="L28"')], ["item L28: article became notice"]),
    "a character corrected": (
        [("二十家企业", '二十家<choice><sic>企业</sic><corr resp="#program">商户</corr></choice>')],
        ["line 10: the correction of “企业” to “商户” was added"],
    ),
    "a correction that became another": (
        [(">很少</corr>", ">极少</corr>")],
        ["line 13: the correction of “少” to “很少” became the correction of “少” to “极少”"],
    ),
    "a correction taken back": (
        [('<choice><sic>少</sic><corr resp="#program">很少</corr></choice>', "少")],
        ["line 13: the correction of “少” to “很少” was taken away"],
    ),
    "a note, an addition and a gap": (
        [
            ("墙面<lb", '墙面<note type="editorial">见第4版</note><lb'),
            ("用旧砖", '<supplied reason="omitted">皆</supplied>用旧砖'),
            ("修补", '修<gap reason="illegible" unit="chars" quantity="2"/>补'),
        ],
        [
            "line 20: the note “见第4版” was added",
            "line 21: the addition “皆” was added",
            "line 21: a gap (illegible, 2 characters) was added",
        ],
    ),
    "a paragraph moved": (
        [
            ('        <p><lb n="25"/>园区的路灯改用太阳能。</p>\n', ""),
            ('        <p><lb n="28"/>', '        <p><lb n="25"/>园区的路灯改用太阳能。</p>\n        <p><lb n="28"/>'),
        ],
        ["line 25 「园区的路灯改用太阳能。」: moved from item L8 to item L28"],
    ),
    "heads in another order": (
        [
            ('        <head type="sub" resp="#program" cert="0.9"><lb n="4"/>三年投入两千万</head>\n', ""),
            ('<head type="kicker"', '<head type="sub"><lb n="4"/>三年投入两千万</head>\n        <head type="kicker"'),
        ],
        ["line 4 「三年投入两千万」: stands first on the page now"],
    ),
    "an item split": (
        [
            (
                '        <div type="subsection">\n          <head type="crosshead"><lb n="23"/>看点二</head>',
                '      </div>\n      <div type="article" xml:id="L25">\n          <head type="main"><lb n="23"/>看点二</head>',
            ),
            ("太阳能。</p>\n        </div>\n", "太阳能。</p>\n"),
        ],
        [
            "line 23 「看点二」: crosshead (小标题) became headline (标题)",
            "line 23 「看点二」: moved from item L8 to item L25",
            "a new item begins: L25",
            "line 25 「园区的路灯改用太阳能。」: moved from item L8 to item L25",
        ],
    ),
    "a line of its own": (
        [('<lb n="21" break="no"/>', '<lb n="21" break="yes"/>')],
        ["line 21: joined to the line before became a line of its own"],
    ),
    "a name": ([("（陈立<space", "（<persName>陈立</persName><space")], ["line 16: the persName “陈立” was added"]),
    "a description": (
        [("摄）</byline>\n        </figure>", "摄）</byline>\n          <figDesc>码头外景</figDesc>\n        </figure>")],
        ["line 15: the description “码头外景” was added"],
    ),
    "the header": ([('status="draft"', 'status="checked"')], ["header: status “draft” became “checked”"]),
}  # fmt: skip


def changed(name):
    page = GOOD
    for old, new in CHANGES[name][0]:
        assert page.count(old) == 1, old
        page = page.replace(old, new)
    return page


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_told_in_words(name):
    page = changed(name).encode()
    assert validate(page, "new.xml", files.schema(), (CASES / "good.txt").read_bytes()) == ()  # law 1 holds for it
    old, new = read(GOOD.encode(), "old.xml"), read(page, "new.xml")
    assert [change.text for change in compare(old, new)] == CHANGES[name][1]
    assert compare(old, old) == [] == compare(new, new)


def test_the_command_says_where(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("a.xml").write_text(GOOD, encoding="utf-8")
    Path("b.xml").write_text(changed("a character corrected"), encoding="utf-8")
    assert main(["diff", "a.xml", "b.xml"]) == 0
    at = GOOD.partition('<lb n="10"')[0].count("\n") + 1
    told = f"line 10: the correction of “企业” to “商户” was added  [a.xml:{at} → b.xml:{at}]\n"
    assert capsys.readouterr().out == told
    assert main(["diff", "a.xml", "b.xml", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["ok"], told["same"]) == (True, False)
    (row,) = told["changes"]
    assert (row["kind"], row["line"], row["old"], row["new"]) == ("correction", 10, at, at)
    assert main(["diff", "a.xml", "a.xml"]) == 0
    assert "nothing changed" in capsys.readouterr().out


def test_pages_of_two_texts_are_not_compared(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("a.xml").write_text(GOOD, encoding="utf-8")
    sha = GOOD.partition('<idno type="sha256">')[2].partition("<")[0]
    Path("b.xml").write_text(GOOD.replace(sha, "0" * 64), encoding="utf-8")
    assert main(["diff", "a.xml", "b.xml"]) == 2
    assert "not made from one text" in capsys.readouterr().err


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(editions())
def test_an_edition_does_not_differ_from_itself(edition):
    assert compare(edition, edition) == []
    places = [place for block in blocks(edition) for place in block.places]
    assert len(places) == len(set(places))


# ---- adopting


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder of one page whose results stand in dist."""
    monkeypatch.chdir(tmp_path)
    Path("seeds").mkdir()
    shutil.copy(CASES / "good.txt", "seeds/good.txt")
    Path("seeds/edition.toml").write_text('id = "x"\ntitle = "页"\nmodified = 2026-11-21T00:00:00Z\n', encoding="utf-8")
    assert main(["build", "--only", "tei"]) == 0
    return tmp_path


def test_adopt_copies_and_says_what_next(place, capsys):
    capsys.readouterr()
    assert main(["adopt", "good"]) == 0
    said = capsys.readouterr().out
    assert Path("seeds/good.xml").read_bytes() == Path("dist/tei/good.xml").read_bytes()
    assert said.startswith("seeds/good.xml\n")
    for command in (
        "edition validate seeds/good.xml",
        "edition diff dist/tei/good.xml seeds/good.xml",
        "edition build",
    ):
        assert command in said
    assert main(["adopt", "good"]) == 2
    assert "never overwritten" in capsys.readouterr().err
    assert main(["build", "--only", "tei", "--force"]) == 0


def test_an_editor_may_be_named(place, capsys):
    assert main(["adopt", "good", "--who", "李编辑"]) == 0
    assert 'resp="#editor1"' in capsys.readouterr().out
    page = Path("seeds/good.xml").read_text(encoding="utf-8")
    assert '<respStmt xml:id="editor1">' in page and "<persName>李编辑</persName>" in page
    signed = page.replace("二十家企业", '二十家<choice><sic>企业</sic><corr resp="#editor1">商户</corr></choice>')
    Path("seeds/good.xml").write_text(signed, encoding="utf-8")
    assert main(["validate", "seeds/good.xml"]) == 0
    capsys.readouterr()
    assert main(["diff", "dist/tei/good.xml", "seeds/good.xml"]) == 0
    said = capsys.readouterr().out
    assert "header: responsibilities" in said and "“李编辑”" in said and "“企业” to “商户”" in said
    assert main(["build", "--only", "tei", "--force"]) == 0


@pytest.mark.parametrize("name", ["good.txt", "good.xml", "dist/tei/good.xml", "seeds/good.txt", "go"])
def test_a_page_may_be_named_in_several_ways(place, name, capsys):
    capsys.readouterr()
    assert main(["adopt", name, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["to"] == "seeds/good.xml"


def test_what_cannot_be_adopted(place, capsys):
    assert main(["adopt", "other"]) == 2
    assert "its pages are: good" in capsys.readouterr().err
    Path("seeds/good.decisions.toml").write_text('who = "李编辑"\n', encoding="utf-8")
    text = Path("seeds/good.txt").read_text(encoding="utf-8")
    Path("seeds/good.txt").write_text(text + "多一行。\n", encoding="utf-8")
    assert main(["adopt", "good"]) == 2
    assert "made from another text" in capsys.readouterr().err and not Path("seeds/good.xml").exists()
    Path("seeds/good.txt").write_text(text, encoding="utf-8")
    assert main(["adopt", "good"]) == 0
    assert "is not read any more (E-003)" in capsys.readouterr().out
    Path("seeds/good.xml").unlink()
    shutil.rmtree("dist")
    assert main(["adopt", "good"]) == 2
    assert "edition build seeds --out dist" in capsys.readouterr().err


def test_a_corrected_page_has_its_findings_told(place, capsys):
    """What is doubtful in the characters is told of an editor's page as of any other, and rests once it is corrected."""
    text = Path("seeds/good.txt").read_text(encoding="utf-8").replace("墙面", "⼯面")
    Path("seeds/good.txt").write_text(text, encoding="utf-8")
    assert main(["build", "--only", "tei", "--force"]) == 0
    assert main(["adopt", "good"]) == 0
    assert main(["build", "--only", "tei", "--force"]) == 0
    told = [row["code"] for row in json.loads(Path("dist/findings.json").read_bytes())]
    assert "C-005" in told
    page = Path("seeds/good.xml").read_text(encoding="utf-8")
    page = page.replace("⼯面", '<choice><sic>⼯</sic><corr resp="#program">工</corr></choice>面')
    Path("seeds/good.xml").write_text(page, encoding="utf-8")
    assert main(["build", "--only", "tei", "--force"]) == 0
    assert json.loads(Path("dist/findings.json").read_bytes()) == []
