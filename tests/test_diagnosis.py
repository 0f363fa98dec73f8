"""`edition validate` on the likeliest mistakes of somebody who edits by hand: the very text that a user sees.

A case is a folder: `mistake.txt` says what is changed in good.xml (above `--->` what stands there, below it what the
editor makes of it; several changes are parted by `====`), `expected.txt` is what the command prints. A bad.xml in the
folder is taken as it is. Where the name ends in `-beside-the-text`, the text file stands beside the page.
"""

import json
import random
from pathlib import Path

import pytest
from lxml import etree
from random_tei import mutant

from edition import files
from edition.cli import main
from edition.tei.faults import faults
from edition.tei.patterns import Grammar
from edition.tei.validate import grammar, validate

CASES = Path(__file__).parent / "cases" / "diagnosis"
NAMES = sorted(path.name for path in CASES.iterdir() if path.is_dir())


def bad(case):
    """The file with the mistake."""
    if (ready := CASES / case / "bad.xml").is_file():
        return ready.read_bytes()
    page = (CASES / "good.xml").read_text(encoding="utf-8")
    for change in (CASES / case / "mistake.txt").read_text(encoding="utf-8").removesuffix("\n").split("\n====\n"):
        old, _, new = change.partition("\n--->")
        assert page.count(old) == 1, f"{old!r} stands {page.count(old)} times in good.xml"
        page = page.replace(old, new.removeprefix("\n"))
    return page.encode()


@pytest.fixture
def told(tmp_path, monkeypatch, capsys):
    """What the command prints for a case."""

    def run(case, *options):
        monkeypatch.chdir(tmp_path)
        Path("page.xml").write_bytes(bad(case))
        if case.endswith("-beside-the-text"):
            Path("page.txt").write_bytes((CASES / "good.txt").read_bytes())
        code = main(["validate", "page.xml", *options])
        return code, capsys.readouterr().out

    return run


def test_the_good_page_is_good():
    good, source = (CASES / "good.xml").read_bytes(), (CASES / "good.txt").read_bytes()
    assert validate(good, "good.xml", files.schema()) == ()
    assert validate(good, "good.xml", files.schema(), source) == ()


@pytest.mark.parametrize("case", NAMES)
def test_a_mistake_is_told_in_words(case, told, update_golden):
    code, out = told(case)
    expected = CASES / case / "expected.txt"
    if update_golden:
        expected.write_text(out, encoding="utf-8")
    assert code == 1
    assert out == expected.read_text(encoding="utf-8")


def test_every_mistake_has_a_message_of_its_own():
    first = {case: (CASES / case / "expected.txt").read_text(encoding="utf-8").partition(": ")[2] for case in NAMES}
    assert len(set(first.values())) == len(NAMES) >= 20
    for case, text in first.items():
        assert "→" in text, f"{case} does not say how to mend it"
        for jargon in ("Did not expect", "extra content", "Invalid", "Expecting"):
            assert jargon not in text, f"{case} repeats the validator's words"


def test_json_says_the_same(told):
    code, out = told("head-type-unknown", "--json")
    (finding,) = json.loads(out)["findings"]
    assert code == 1
    line = bad("head-type-unknown").partition(b"subtitle")[0].count(b"\n") + 1
    assert (finding["code"], finding["where"]) == ("V-010", f"page.xml:{line}")
    assert "subtitle" in finding["message"] and "副题" in finding["hint"]


def test_several_mistakes_are_told_together():
    page = bad("head-type-unknown").replace(b'<lb n="12"/>', b'<lb n="13"/>', 1).replace(b'"#H1 ', b'"#H7 ', 1)
    codes = [finding.code for finding in validate(page, "page.xml", files.schema())]
    assert codes == ["V-010", "V-003", "V-002"]


def test_where_the_source_folder_is_named(tmp_path, capsys):
    (tmp_path / "good.xml").write_bytes(bad("characters-changed"))
    assert main(["validate", str(tmp_path / "good.xml"), "--source", str(CASES)]) == 1
    assert "line 10 of good.txt is “工程完工，二十家企业入驻。”" in capsys.readouterr().out


def test_whatever_is_wrong_is_told(teis):
    """On 400 mutants, some thing is told where libxml2 refuses, in our own words, and nothing where it does not."""
    judge, rnd = etree.RelaxNG(etree.fromstring(files.schema())), random.Random(11)
    good = [*(etree.fromstring(tei) for tei in teis.values()), etree.fromstring((CASES / "good.xml").read_bytes())]
    refused = 0
    for _ in range(400):
        try:
            root = etree.fromstring(etree.tostring(mutant(rnd.choice(good), rnd)))
        except etree.XMLSyntaxError:  # two of one id
            continue
        found = list(grammar(root, "x.xml", files.schema()))
        assert bool(found) != judge.validate(root)
        assert all(finding.code != "V-001" and finding.hint for finding in found)
        refused += bool(found)
    assert refused > 150


@pytest.mark.parametrize("depth", [60, 250])
def test_however_deep_it_is_nested_there_is_an_answer(depth):
    page = (CASES / "good.xml").read_bytes()
    inside = b'<div type="subsection"><head type="crosshead"/>' * depth + b"</div>" * depth
    deep = page.replace(b'<div type="subsection">', inside + b'<div type="subsection">', 1)
    found = validate(deep, "x.xml", files.schema())
    assert found and found[0].severity == "error" and found[0].hint


def test_a_sound_page_has_no_faults_in_our_own_reading_of_the_grammar(teis):
    ours = Grammar(files.schema())
    assert not any(list(faults(etree.fromstring(tei), ours)) for tei in teis.values())
