"""The edition's life: given out with errata, an item kept back from everything public, a place cited."""

import io
import json
import re
import shutil
import tomllib
import zipfile
from pathlib import Path

import pypdf
import pytest
from conftest import SEEDS
from test_cli import TEXT, TOML, files_under, folder, run, said

from edition import build, cli, files
from edition.errors import LawError, UsageError
from edition.history import cite, release, withhold
from edition.life import errata, places, redact
from edition.life.withheld import places as places_of
from edition.life.withheld import written
from edition.model.readings import WITHHELD_MARK
from edition.model.walk import items
from edition.tei.read import read
from edition.verify import verify

PAGE = "002_2026e5480a0cc509"
ITEM = "L30"
REASON = "应当事人要求"


def quiet(line):
    pass


def built(source, out, *only):
    return build.build(source, out, only or ("tei",), force=False, report=quiet)


@pytest.fixture
def small(tmp_path):
    return folder(tmp_path, a=TEXT, b=TEXT.replace("图书馆", "博物馆"))


@pytest.fixture(scope="module")
def edited(tmp_path_factory):
    """The sample pages, given out as 1.0, corrected in one line, given out as 1.1; then an item is kept back."""
    source = tmp_path_factory.mktemp("life") / "seeds"
    shutil.copytree(SEEDS, source)
    release(source, "1.0", report=quiet)
    decisions = 'who = "李编辑"\n[[correction]]\nline = 9\nwrong = "我市"\nright = "本市"\n'
    (source / f"{PAGE}.decisions.toml").write_text(decisions)
    given = release(source, "1.1", report=quiet)
    whole = read(build.pages(build.job_of(source), [], quiet)[2][1], PAGE)
    withhold(source, f"{PAGE}#{ITEM}", REASON, who="王馆长", lift=False, report=quiet)
    return source, given, whole


@pytest.fixture(scope="module")
def out(edited, tmp_path_factory):
    """Everything public, and the sealed bag in a folder of its own."""
    place = tmp_path_factory.mktemp("public")
    built(edited[0], place, *build.KINDS)
    build.seal(edited[0], place / "vault", report=quiet)
    return place


# ---- given out


def test_a_release_freezes_hashes_and_configuration(edited):
    source, given, _ = edited
    listed = tomllib.loads((source / "releases.toml").read_text())["release"]
    assert [(one["version"], one.get("replaces")) for one in listed] == [("1.0", None), ("1.1", "1.0")]
    assert listed[1]["date"].isoformat() == "2026-11-21" and listed[1]["engines"]["weasyprint"]
    for page in listed[1]["page"]:
        frozen = source / "releases" / "1.1" / Path(page["file"]).with_suffix(".xml").name
        assert files.sha256_file(frozen) == page["frozen"]
        assert files.sha256_file(source / page["file"]) == page["source"]
    assert listed[1]["configuration"] == files.sha256_file(source / "releases" / "1.1" / "edition.toml")
    assert given.given.version == "1.1"


def test_the_errata_name_the_line_and_stand_in_tei_epub_pdf_and_bag(edited, out):
    _, given, _ = edited
    [erratum] = [e for found in given.errata.values() for e in found]
    assert (erratum.line, erratum.item) == (9, "L7")
    assert (erratum.before, erratum.after) == ("近年来，我市把产业", "近年来，本市把产业")
    release_ = read((out / "tei" / f"{PAGE}.xml").read_bytes(), PAGE).header.release
    assert (release_.version, release_.replaces, release_.errata) == ("1.1", "1.0", (erratum,))
    table = (out / "wuxi-gonghui.bag" / "data" / "metadata" / "errata.tsv").read_text().splitlines()
    assert table[1:] == [f"{PAGE}#L7:9\t近年来，我市把产业\t近年来，本市把产业"]
    assert "Edition-Version: 1.1\n" in (out / "wuxi-gonghui.bag" / "bag-info.txt").read_text()
    colophon = zipfile.ZipFile(out / "wuxi-gonghui.epub").read("EPUB/text/colophon.xhtml").decode()
    assert "勘误表" in colophon and "<td>近年来，我市把产业</td><td>近年来，本市把产业</td>" in colophon
    printed = "".join("".join(page.extract_text().split()) for page in pypdf.PdfReader(out / "wuxi-gonghui.pdf").pages)
    assert "勘误表" in printed and "近年来，我市把产业" in printed and "代替第1.0版" in printed


def test_what_is_built_is_what_was_given_out_until_something_changes(small, tmp_path):
    release(small, "1.0", report=quiet)
    first = built(small, tmp_path / "out")
    assert (tmp_path / "out/tei/a.xml").read_bytes() == (small / "releases/1.0/a.xml").read_bytes()
    assert [f.code for f in first.findings if f.code.startswith("B")] == []
    (small / "b.txt").write_text(TEXT.replace("图书馆", "科技馆"))
    later = built(small, tmp_path / "out")
    assert [f.message for f in later.findings if f.code == "B-002"] == ["not release 1.0 any more: b.xml"]
    assert read((tmp_path / "out/tei/a.xml").read_bytes(), "a").header.release is None


def test_a_page_adopted_from_a_release_is_that_release_until_it_is_edited(small, tmp_path):
    release(small, "1.0", report=quiet)
    shutil.copy(small / "releases/1.0/a.xml", small / "a.xml")
    assert [f.code for f in built(small, tmp_path / "out").findings if f.code == "B-002"] == []
    assert (tmp_path / "out/tei/a.xml").read_bytes() == (small / "releases/1.0/a.xml").read_bytes()
    tei = (small / "a.xml").read_text()
    (small / "a.xml").write_text(
        tei.replace("三十", '<choice><sic>三十</sic><corr resp="#program">四十</corr></choice>', 1)
    )
    assert [f.message for f in built(small, tmp_path / "out").findings if f.code == "B-002"]
    assert read((tmp_path / "out/tei/a.xml").read_bytes(), "a").header.release is None
    assert [(e.line, e.after[4:6]) for e in release(small, "1.1", report=quiet).errata["a.txt"]] == [(3, "四十")]


def test_the_errata_of_a_replaced_source_are_by_its_own_lines(small):
    release(small, "1.0", report=quiet)
    (small / "a.txt").write_text("某日报\n\n" + TEXT.replace("三十万", "四十万"))
    told = release(small, "1.1", report=quiet).errata["a.txt"]
    assert [(e.line, e.before, e.after) for e in told] == [
        (1, "", "某日报"),
        (5, "放，藏书三十万册，", "放，藏书四十万册，"),
    ]


def test_two_states_that_read_the_same_have_no_errata(teis):
    page = read(teis[PAGE], PAGE)
    assert errata.errata(page, page) == ()


def test_what_cannot_be_given_out(small, capsys):
    def told(*arguments):
        assert cli.main(["release", *arguments, str(small)]) == 2
        return capsys.readouterr().err

    assert "is no version" in told("one")
    assert cli.main(["release", "1.0", str(small), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["version"] == "1.0"
    assert "was given out already" in told("1.0")
    assert "nothing changed since release 1.0" in told("1.1")
    (small / "edition.toml").write_text(TOML.replace("modified = 2026-11-21T00:00:00Z\n", ""))
    assert "a release needs a date" in told("1.1")
    (small / "edition.toml").write_text(TOML)
    (small / "releases/1.0/a.xml").write_text("touched")
    assert cli.main(["build", str(small), "--out", str(small.parent / "o"), "--only", "tei"]) == 2
    assert "not what was given out as release 1.0" in capsys.readouterr().err
    (small / "b.xml").write_text("<TEI/>")
    assert "a page cannot be made" in told("2.0")
    assert files_under(small / "releases") == ["1.0/a.xml", "1.0/b.xml", "1.0/edition.toml"]


def test_pages_that_lack_a_required_pass_are_not_given_out(small, capsys):
    signed = 'who = "李编辑"\n[[pass]]\nstage = "{}"\nwhen = 2026-11-26\n'

    def told(version="1.0"):
        code = cli.main(["release", version, str(small)])
        said = capsys.readouterr()
        assert (code == 2) == (not (small / "releases.toml").exists())
        return said.err

    (small / "edition.toml").write_text(TOML + '[release]\nrequires = ["终审", "一校"]\n')
    assert "passes that nobody signed: 终审、一校 of a.txt, b.txt" in told()
    (small / "a.decisions.toml").write_text(signed.format("一校"))
    assert "终审 of a.txt; 终审、一校 of b.txt" in told()
    (small / "a.decisions.toml").write_text(signed.format("一校") + signed.format("终审").partition("\n")[2])
    assert "→ have them signed" in told() and "终审、一校 of b.txt" in told() and "a.txt" not in told()
    built(small, small.parent / "o")
    own = (small.parent / "o/tei/b.xml").read_text()
    done = "".join(f'<change when="2026-11-26" who="#program">{stage}</change>' for stage in ("一校", "终审"))
    (small / "b.xml").write_text(own.replace("</revisionDesc>", done + "</revisionDesc>"))
    assert told() == ""
    assert "一校" in (small / "releases/1.0/b.xml").read_text()


def test_a_pass_that_does_not_exist_cannot_be_required(small, capsys):
    (small / "edition.toml").write_text(TOML + '[release]\nrequires = ["四校"]\n')
    assert cli.main(["release", "1.0", str(small)]) == 2
    assert "`requires` must be a list of some of 初审、复审" in capsys.readouterr().err


# ---- kept back


def texts(path, name=""):
    """Every text in a file, those of files inside it included: (where, text)."""
    data = path.read_bytes() if isinstance(path, Path) else path
    name = name or str(path)
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for inside in archive.namelist():
                yield from texts(archive.read(inside), f"{name}!{inside}")
    elif data[:4] == b"%PDF":
        reader = pypdf.PdfReader(io.BytesIO(data))
        told = "\n".join(strings(reader))
        assert "版本说明" in told and "pdfaid" in told  # bookmarks and XMP were read
        yield f"{name}!text", "".join(page.extract_text() for page in reader.pages)
        yield f"{name}!info", json.dumps({k: str(v) for k, v in (reader.metadata or {}).items()}, ensure_ascii=False)
        yield f"{name}!strings", told
        for inside, found in reader.attachments.items():
            for one in found:
                yield from texts(one, f"{name}!{inside}")
    else:
        yield name, data.decode("utf-8", "replace")


def strings(reader):
    """Every string of a PDF and every stream of text: titles, alternatives, bookmarks, XMP."""
    for number in range(1, len(reader.xref[0]) + len(reader.xref_objStm) + 1):
        thing = reader.get_object(number)
        if isinstance(thing, pypdf.generic.StreamObject) and thing.get("/Subtype") in ("/XML", "/text#2Fxml"):
            yield thing.get_data().decode("utf-8", "replace")
        stack = [thing]
        while stack:
            match stack.pop():
                case pypdf.generic.DictionaryObject() as inside:
                    stack += inside.values()
                case pypdf.generic.ArrayObject() as inside:
                    stack += inside
                case str() as text if not text.startswith("/"):
                    yield str(text)


def secret_of(whole):
    """Runs of six characters that stand in the item kept back and nowhere else on the pages."""
    [item] = [item for item in items(whole) if item.id == ITEM]
    source = (SEEDS / f"{PAGE}.txt").read_text().split("\n")
    lines = {line for line, _ in redact.pieces(redact.item_contents(item))}
    own = [source[line - 1] for line in sorted(lines)]
    others = [line for number, line in enumerate(source, 1) if number not in lines]
    others += [path.read_text() for path in SEEDS.glob("*.txt") if path.stem != PAGE]
    known = "".join("".join(others).split())
    grams = {line[at : at + 6] for line in map(squeezed, own) for at in range(len(line) - 5)}
    return {gram for gram in grams if gram not in known}


def squeezed(text):
    return "".join(text.split())


def test_no_public_file_holds_a_word_of_it(edited, out):
    secret = secret_of(edited[2])
    assert len(secret) > 200
    seen = set()
    for path in sorted(out.rglob("*")):
        if path.is_file() and "vault" not in path.parts:
            for name, text in texts(path):
                seen.add(re.sub(r".*!", "!", name))
                plain = squeezed(re.sub("<[^>]*>", "", text)) + squeezed(text)
                assert not any(gram in plain for gram in secret), name
                assert "庄婷" not in plain, name
    assert {"!text", "!strings", "!page-0003.xml", "!EPUB/source/page-0003.xml", "!EPUB/nav.xhtml"} <= seen
    vault = "".join(text for path in out.joinpath("vault").rglob("*.xml") for _, text in texts(path))
    assert any(gram in vault for gram in secret)  # the search does find it where it stands


def test_the_public_page_says_what_is_kept_back_and_the_sealed_one_is_whole(edited, out):
    page = read((out / "tei" / f"{PAGE}.xml").read_bytes(), PAGE)
    [one] = page.header.withheld
    assert (one.item, one.lines, one.reason, one.is_here) == (ITEM, "28 30 32 32.156", REASON, False)
    assert "王馆长" in [who.name for who in page.header.responsibilities if who.id == one.who]
    assert page.header.issue.scan is None
    sealed = out / "vault" / "wuxi-gonghui.sealed.bag"
    assert read((sealed / f"data/tei/{PAGE}.xml").read_bytes(), PAGE).body == edited[2].body
    assert verify(sealed).findings == () and verify(sealed).pages == 5
    assert (sealed / f"data/source/{PAGE}.txt").is_file() and "SEALED" in (sealed / "README.txt").read_text()
    public = out / "wuxi-gonghui.bag"
    assert [f.code for f in verify(public).findings] == ["A-010"] and verify(public).pages == 4
    assert not list(public.rglob(f"{PAGE}.txt")) and not list(public.rglob("*.decisions.toml"))
    assert ITEM in (public / "README.txt").read_text() and WITHHELD_MARK in (out / "wuxi-gonghui.txt").read_text()


def test_commands_say_that_a_public_copy_is_not_whole(out, capsysbinary):
    tei = str(out / "tei" / f"{PAGE}.xml")
    assert cli.main(["restore", tei]) == 1
    assert b"this is a public copy" in capsysbinary.readouterr().err
    assert cli.main(["validate", tei]) == 0
    assert b"A-010" in capsysbinary.readouterr().out
    assert cli.main(["verify", str(out / "wuxi-gonghui.bag")]) == 0


def test_rendering_the_public_tei_gives_the_public_epub(out, tmp_path):
    teis = sorted((out / "tei").glob("*.xml"))
    result = run("render", *teis, "--epub", tmp_path / "a.epub")
    assert result.returncode == 0, said(result)
    assert (tmp_path / "a.epub").read_bytes() == (out / "wuxi-gonghui.epub").read_bytes()


def test_what_was_built_before_goes_and_lifting_brings_it_back(small, tmp_path):
    out = tmp_path / "out"
    built(small, out, "tei", "text", "bag")
    before = (out / "tei/a.xml").read_bytes()
    assert run("withhold", "a#L3", small, "--reason", REASON).returncode == 0
    built(small, out, "tei")
    assert files_under(out) == ["findings.json", "manifest.json", "tei/a.xml", "tei/b.xml"]
    assert "藏书".encode() not in (out / "tei/a.xml").read_bytes()
    assert run("withhold", "a#L3", small, "--reason", "已获同意", "--lift", "--json").returncode == 0
    built(small, out, "tei")
    assert (out / "tei/a.xml").read_bytes() == before
    acts = tomllib.loads((small / "withheld.toml").read_text())["act"]
    assert [(act["do"], act["item"]) for act in acts] == [("withhold", "L3"), ("lift", "L3")]


def test_a_corpus_keeps_back_too(small, tmp_path):
    withhold(small, "a#L3", REASON, who="王", lift=False, report=quiet)
    (tmp_path / "corpus").mkdir()
    small.rename(tmp_path / "corpus" / "one")
    result = run("build", tmp_path / "corpus", "--out", tmp_path / "out", "--only", "tei,jsonl")
    assert result.returncode == 0, said(result)
    made = [path for path in (tmp_path / "out").rglob("*") if path.is_file() and ".edition" not in path.parts]
    assert {path.name for path in made} >= {"a.xml", "b.xml", "x.jsonl"}
    assert not any("县图书馆昨日" in path.read_text("utf-8", "replace") for path in made)
    assert any("县博物馆昨日" in path.read_text("utf-8", "replace") for path in made)


def test_nothing_comes_out_where_the_item_is_not_what_it_was(small, tmp_path):
    withhold(small, "a#L3", REASON, who="王", lift=False, report=quiet)
    (small / "a.txt").write_text("新的一行。\n" + TEXT)
    made = built(small, tmp_path / "out")
    [finding] = [f for f in made.findings if f.code == "P-001"]
    assert "the source file was changed since" in finding.message
    assert files_under(tmp_path / "out") == ["findings.json", "manifest.json", "tei/b.xml"]
    (small / "a.txt").write_text(TEXT)
    text = (small / "withheld.toml").read_text()
    (small / "withheld.toml").write_text(text.replace('lines = "1', 'lines = "1 99'))
    [finding] = [f for f in built(small, tmp_path / "out").findings if f.code == "P-001"]
    assert "line 99 of it stands in another item now" in finding.message


def test_what_cannot_be_withheld(small, capsys):
    def told(*arguments):
        assert cli.main(["withhold", *arguments]) == 2
        return capsys.readouterr().err

    assert "may be any of a#L3, b#L3" in told("L3", str(small), "--reason", "x")
    assert "no page is named 'c'" in told("c#L3", str(small), "--reason", "x")
    assert "there is no L9" in told("a#L9", str(small), "--reason", "x")
    assert "names no place" in told("a#x", str(small), "--reason", "x")
    assert "whole items are withheld" in told("a#L3:3", str(small), "--reason", "x")
    assert "not withheld" in told("a#L3", str(small), "--reason", "x", "--lift")
    assert "it quotes the item" in told("a#L3", str(small), "--reason", "因为县图书馆昨日开放一事")
    assert "a reason is needed" in told("a#L3", str(small), "--reason", " ")
    assert not (small / "withheld.toml").exists()
    assert cli.main(["deposit", str(small), "--sealed", "--out", str(small.parent / "o")]) == 2
    assert "nothing is withheld" in capsys.readouterr().err


def test_text_that_would_slip_out_stops_everything(small, tmp_path):
    """An editor's own words may repeat what is withheld: here the title of the edition."""
    (small / "edition.toml").write_text(TOML.replace("某报", "县图书馆昨日开放,藏书三十万册"))
    withhold(small, "a#L3", REASON, who="王", lift=False, report=quiet)
    with pytest.raises(LawError, match="which is withheld"):
        built(small, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_an_editors_comment_does_not_carry_it_into_the_bag(small, tmp_path):
    with open(small / "edition.toml", "a") as toml:
        toml.write("# 县图书馆昨日开放,藏书三十万册\n")
    withhold(small, "a#L3", REASON, who="王", lift=False, report=quiet)
    built(small, tmp_path / "out", "tei")
    with pytest.raises(LawError, match="which is withheld"):
        built(small, tmp_path / "out", "bag")
    assert not (tmp_path / "out" / "x.bag").exists()


def test_lines_are_written_and_read_back():
    for found in ([(7, 0), (8, 0), (9, 0), (15, 0)], [(1, 0), (3, 4), (3, 0)], [(2, 5)]):
        assert sorted(places_of(written(sorted(found)))) == sorted(found)


# ---- cited


def test_a_citation_holds_what_is_known_and_no_more(tmp_path):
    pages = '[[page]]\nfile = "a.txt"\nnewspaper = "某日报"\ndate = 1956-05-01\npage = "2"\nissn = "1234-5678"\n'
    more = TEXT.replace("(", "\n\n新馆还设有报刊阅览室,每天开放到晚上九点,星期一闭馆整理。(记者 ")
    source = folder(
        tmp_path, toml='id = "x"\ntitle = "某报 & 某刊"\nmodified = 2026-11-21\npublisher = "某馆"\n' + pages, a=more
    )
    told = cite(source, "L3", report=quiet)
    assert told.id == "a#L3"
    assert told.gbt7714 == "陈明远. 县图书馆开放[N]. 某日报, 1956-05-01(2). 某报 & 某刊, 某馆, 2026: a#L3."
    assert told.bibtex == (
        "@article{x-a-L3,\n  author = {{陈明远}},\n  title = {{县图书馆开放}},\n  journal = {某日报},\n  year = {1956},\n"
        "  month = {5},\n  day = {1},\n  pages = {2},\n  issn = {1234-5678},\n"
        "  note = {某报 \\& 某刊, 2026-11-21, a\\#L3}\n}"
    )
    assert cite(source, "a#:5", report=quiet).id == "a#L3:5"
    release(source, "1.0", report=quiet)
    assert "某报 & 某刊, 1.0 版, 某馆, 2026" in cite(source, "L3:3", report=quiet).gbt7714


def test_a_citation_where_nothing_is_known(capsys):
    assert cli.main(["cite", f"{PAGE}.txt#L48", str(SEEDS), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["gbt7714"] == f"[无题, 版面三][N]//无锡工会新闻选（五个版面）. 2026: {PAGE}#L48."
    assert "author" not in told["bibtex"] and "year" not in told["bibtex"]


def test_every_item_and_line_of_the_pages_can_be_cited(teis):
    pages = {name: read(tei, name) for name, tei in teis.items()}
    for stem, page in pages.items():
        for item in items(page):
            assert places.find(f"{stem}#{item.id}", pages).item == item
            for line, _ in redact.pieces(redact.item_contents(item)):
                assert places.find(f"{stem}#{item.id}:{line}", pages).line == line
    with pytest.raises(UsageError, match="may be any of"):
        places.find("L7", pages)
