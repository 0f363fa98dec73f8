"""`edition why`: what a TEI file says about one place, for a person and for a machine."""

import json
import re
import tomllib

import pytest
from conftest import ROOT, SEEDS
from test_cli import run, said

from edition.infer.blocks import blocks
from edition.infer.lattice import Lattice
from edition.infer.lists import Reason, in_words, meaning, weights
from edition.readers.plain import read
from edition.why import grounds

FEATURES = {
    name: words
    for group in tomllib.loads((ROOT / "edition" / "data" / "features.toml").read_text()).values()
    for name, words in group.items()
}


@pytest.fixture(scope="module")
def page(tmp_path_factory, teis):
    xml = tmp_path_factory.mktemp("why") / "p.xml"
    xml.write_bytes(teis["002_2026e5480a0cc509"])
    return xml


def why(page, id_, *options):
    result = run("why", page, id_, *options)
    assert result.returncode == 0, said(result)
    return result.stdout.decode()


def test_why_a_column_goes_on(page):
    told = why(page, "B18")
    assert told.startswith("B18  家物联网领域企业")
    assert re.search(r"joined to line 11: (0\.9\d*|1\.0), by edition", told)
    assert re.search(r"\+\d\.\d  a word spans the break（数百家）", told)
    assert why(page, "18").split("\n")[1:] == told.split("\n")[1:]


def test_why_a_headline_is_one_and_whose(page):
    told = why(page, "H3")
    assert re.search(r"a (?:headline|kicker): 0\.\d+, by edition", told) and "H3 and H5 belong to L7" in told
    assert "the text follows at once" in told


def test_why_an_item_and_a_line_of_it(page):
    (cert,) = re.findall('xml:id="L7" resp="#program" cert="([^"]+)"', page.read_text())
    told = why(page, "L7")
    assert float(cert) > 0.9 and f"an article: {cert}, by edition" in told and "H3 and H5 belong to L7" in told
    assert "a caption of L7" in why(page, "15") and "no reasons are kept" in why(page, "15")
    assert "begins a paragraph of L7" in why(page, "7")


def test_why_for_machines(page):
    told = json.loads(why(page, "B18", "--json"))
    join = told["answers"][0]
    assert (join["question"], join["by"], join["editor"]) == ("join", "edition", False)
    spans = next(ground for ground in join["grounds"] if ground["seen"] == "数百家")
    assert (spans["zh"], spans["en"]) == ("词跨断口", "a word spans the break") and spans["weight"] > 1


@pytest.mark.parametrize(
    "wanted, near", [("H4", "H3, H5"), ("B19", "B18"), ("L8", "L7"), ("19", "18, 20"), ("什么", "3")]
)
def test_an_unknown_id_names_those_near_it(page, wanted, near):
    result = run("why", page, wanted)
    assert result.returncode == 2 and "p.xml" in said(result) and f"near it are: {near}" in said(result)
    assert run("why", page, wanted, "--json").returncode == 2


def test_why_of_no_file_of_ours(tmp_path):
    (tmp_path / "x.xml").write_text("<x/>")
    for name in ("x.xml", "none.xml"):
        result = run("why", tmp_path / name, "H1")
        assert result.returncode == 2 and name in said(result)


def test_every_reason_has_words_in_both_languages():
    table = tomllib.loads((ROOT / "edition" / "data" / "weights.toml").read_text())
    for group, entries in table.items():
        for name, entry in entries.items() if isinstance(entries, dict) else ():
            assert " " not in entry["text"] and entry["en"].isascii(), f"{group}.{name}"
    for name, (zh, en) in FEATURES.items():
        assert " " not in zh and en.isascii(), name


def test_everything_that_is_seen_has_words(dictionary):
    """A reason that is shown is never a bare name."""
    parts, page = blocks(read((SEEDS / "002_2026e5480a0cc509.txt").read_bytes(), "x")[0])
    places = Lattice(parts, page, dictionary).places
    names = {name for at in range(len(parts)) for name in places.role(at)}
    names |= {name for at in range(1, len(parts)) for name in places.join(at - 1, at)}
    assert [name for name in names if meaning(name) == name] == []


def test_every_question_that_is_explained_has_words_for_what_was_seen():
    """The answers that make heads and crossheads state their reasons in the TEI."""
    items = json.loads((ROOT / "edition" / "data" / "fitted.json").read_text(encoding="utf-8"))["items"]
    asked_ = [name for name in items if name.startswith(("cross.", "title."))]
    assert len(asked_) > 50
    assert [name for name in asked_ if meaning(name) in (name, meaning("cross"), meaning("title"))] == []


def test_reasons_that_were_written_are_read_back():
    """Whatever was seen, marks that part reasons included."""
    for name in [*weights(), *FEATURES]:
        for seen in ("", "无锡市", "；", "）", "（", "3字"):
            other = "owner.far" if name != "owner.far" else "owner.words"
            told = grounds(in_words((Reason(name, 1.0, seen), Reason(other, -1.0), Reason(name, 0.5, seen))))
            assert [(g.seen, g.weight) for g in told] == [(seen, 1.5), ("", -1.0)], (name, seen)
            assert all(g.en for g in told)
