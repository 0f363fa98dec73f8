"""The commands as a person meets them: results, exit codes, and a clear sentence for what cannot be done."""

import json
import os
import re
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import ROOT, SEEDS

from edition import build, cli
from edition.findings import CATALOGUE
from edition.tei import read as tei_read

TOML = 'id = "x"\ntitle = "某报"\nmodified = 2026-11-21T00:00:00Z\n'
TEXT = "县图书馆开放\n\n县图书馆昨日开放,藏书三十万册,读者凭身份证借阅。(陈明远)\n"


def run(*arguments, cwd=None, env=None, **kwargs):
    command = [sys.executable, "-m", "edition", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, cwd=cwd, env={**os.environ, **(env or {})}, **kwargs)


def said(result):
    """What a person reads; never a traceback."""
    text = result.stderr.decode()
    assert "Traceback" not in text and "a defect of the program" not in text
    return text


def folder(tmp_path, toml=TOML, **texts):
    source = tmp_path / "in"
    source.mkdir()
    if toml is not None:
        (source / "edition.toml").write_text(toml)
    for name, data in (texts or {"a": TEXT}).items():
        (source / f"{name}.txt").write_bytes(data if isinstance(data, bytes) else data.encode())
    return source


def files_under(path):
    return sorted(p.relative_to(path).as_posix() for p in path.rglob("*") if p.is_file()) if path.exists() else []


# ---- what works


def test_build_only_tei(tmp_path):
    source, out = folder(tmp_path), tmp_path / "out"
    result = run("build", source, "--out", out, "--only", "tei")
    assert result.returncode == 0, said(result)
    assert files_under(out) == ["findings.json", "manifest.json", "tei/a.xml"]
    again = run("build", source, "--out", out, "--only", "tei")
    assert b"up to date" in again.stdout


def test_a_changed_source_or_a_damaged_result_builds_anew(tmp_path):
    source, out = folder(tmp_path), tmp_path / "out"
    run("build", source, "--out", out, "--only", "tei")
    (out / "tei" / "a.xml").write_text("damaged")
    assert b"up to date" not in run("build", source, "--out", out, "--only", "tei").stdout
    before = (out / "tei" / "a.xml").read_bytes()
    (source / "a.txt").write_text(TEXT + "\n新的一段。\n")
    assert b"up to date" not in run("build", source, "--out", out, "--only", "tei").stdout
    assert (out / "tei" / "a.xml").read_bytes() != before


def test_what_a_page_no_longer_makes_is_taken_away(tmp_path):
    source, out = folder(tmp_path, a=TEXT, b=TEXT), tmp_path / "out"
    run("build", source, "--out", out, "--only", "tei")
    (source / "b.txt").unlink()
    run("build", source, "--out", out, "--only", "tei")
    assert files_under(out) == ["findings.json", "manifest.json", "tei/a.xml"]


def test_build_json(tmp_path):
    result = run("build", folder(tmp_path), "--out", tmp_path / "out", "--only", "tei", "--json")
    told = json.loads(result.stdout)
    assert told["ok"] and "tei/a.xml" in told["files"] and isinstance(told["findings"], list)


def test_folders_are_mirrored(tmp_path):
    source = folder(tmp_path)
    (source / "1956").mkdir()
    (source / "1956" / "b.txt").write_text(TEXT)
    run("build", source, "--out", tmp_path / "out", "--only", "tei")
    assert "tei/1956/b.xml" in files_under(tmp_path / "out")


def test_normalise_validate_restore(tmp_path):
    source = folder(tmp_path)
    result = run("normalise", source / "a.txt", "--out", tmp_path / "tei")
    assert result.returncode == 0, said(result)
    xml = tmp_path / "tei" / "a.xml"
    assert run("validate", xml).returncode == 0
    back = run("restore", xml)
    assert (back.returncode, back.stdout) == (0, TEXT.encode())
    run("restore", xml, "--out", tmp_path / "back.txt")
    assert (tmp_path / "back.txt").read_bytes() == TEXT.encode()
    assert json.loads(run("restore", xml, "--json").stdout)["ok"]


def test_normalise_gives_what_build_gives(tmp_path):
    source = folder(tmp_path)
    run("build", source, "--out", tmp_path / "out", "--only", "tei")
    run("normalise", source / "a.txt", "--out", tmp_path / "tei")
    assert (tmp_path / "tei" / "a.xml").read_bytes() == (tmp_path / "out" / "tei" / "a.xml").read_bytes()


def test_restore_of_changed_text_fails(tmp_path, teis):
    xml = tmp_path / "a.xml"
    xml.write_bytes(teis["002_2026e5480a0cc509"].replace("目前".encode(), "当前".encode(), 1))
    result = run("restore", xml)
    assert result.returncode == 1 and "sha256" in said(result)
    assert run("validate", xml).returncode == 1


def test_explain_every_code():
    for code in CATALOGUE:
        result = run("explain", code.lower()) if code == "J-001" else None
        assert result is None or (result.returncode == 0 and code in result.stdout.decode())
    assert all(entry.title and entry.hint for entry in CATALOGUE.values())
    assert run("explain", "X-999").returncode == 2


def test_an_editor_s_own_tei_replaces_the_machine_s(tmp_path, capsys):
    source, out = folder(tmp_path), tmp_path / "out"
    run("build", source, "--out", out, "--only", "tei")
    own = (
        (out / "tei" / "a.xml")
        .read_text()
        .replace("昨日开放", '<choice><sic>昨日</sic><corr resp="#program">昨天</corr></choice>开放', 1)
    )
    (source / "a.xml").write_text(own)
    assert run("build", source, "--out", out, "--only", "tei").returncode == 0
    assert (out / "tei" / "a.xml").read_text() == own
    (source / "a.xml").write_text(own.replace('type="main"', 'type="title"', 1))
    assert "cannot be used" in said(run("build", source, "--out", out, "--only", "tei"))
    (source / "a.xml").write_text(own.replace("藏书", "书", 1))
    failed = run("build", source, "--out", out, "--only", "tei")
    assert failed.returncode == 2 and "line 3 of a.txt is" in said(failed)
    (source / "a.xml").write_text(own)
    (source / "a.txt").write_text((source / "a.txt").read_text().replace("昨日", "今日", 1))
    assert "not the one that it was made from: line 3" in said(run("build", source, "--out", out, "--only", "tei"))


def test_the_command_and_its_help():
    assert cli.main.__doc__
    shown = run("--help").stdout.decode()
    for command, module in cli.COMMANDS.items():
        assert command in shown
        help_ = re.sub(r"\s+", " ", run(command, "--help").stdout.decode())
        assert module.EXAMPLE in help_ and "--json" in help_


def test_the_readme_lists_the_commands_as_they_are():
    readme = (ROOT / "README.md").read_text()
    for command, module in cli.COMMANDS.items():
        assert f"`edition {command}" in readme
        assert module.EXAMPLE in readme or command == "build"


def test_the_readme_s_example_is_what_the_program_writes(teis):
    readme, tei = (ROOT / "README.md").read_text(), teis["002_2026e5480a0cc509"].decode()
    shown = readme.split("```xml")[1].split("```")[0]
    tags = re.findall(r"<(?:div|head|lb|figure|byline) [^>]*>", re.sub(r"\s+", " ", shown))
    assert len(tags) >= 8 and all(re.sub(" />", "/>", tag) in tei for tag in tags)


def test_help_is_fast_because_engines_sleep():
    code = "import sys, edition.cli, edition.build; print([m for m in ('weasyprint', 'jieba', 'ebooklib', 'PIL') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"


# ---- what cannot be done


CONFIGS = {
    "unknown key": (TOML + "colour = 1\n", "edition.toml:4", "unknown key `colour`"),
    "wrong type": ('id = "x"\ntitle = 3\n', "edition.toml:2", "`title` must be"),
    "no id": ('title = "t"\n', "edition.toml:1", "`id` is missing"),
    "bad id": ('id = "A B"\ntitle = "t"\n', "edition.toml:1", "`id` must be"),
    "not TOML": ('id = "x\n', "edition.toml:1", "not TOML"),
    "key of a page": (
        TOML + '\n[[page]]\nfile = "a.txt"\n\n[[page]]\nfile = "b.txt"\npaper = "某报"\n',
        "edition.toml:10",
        "unknown key `paper`",
    ),
    "missing page": (TOML + '[[page]]\nfile = "z.txt"\n', "edition.toml", "not in the folder"),
    "page without file": (TOML + "[[page]]\norder = 1\n", "edition.toml:4", "without `file`"),
    "order": (TOML + '[[page]]\nfile = "a.txt"\norder = "one"\n', "edition.toml:6", "`order` must be"),
    "date": (TOML + '[[page]]\nfile = "a.txt"\ndate = "1956年"\n', "edition.toml:6", "`date` must be"),
    "encoding": (TOML + '[[page]]\nfile = "a.txt"\nencoding = "EBCDIC"\n', "edition.toml:6", "`encoding` must be"),
    "modified": ('id = "x"\ntitle = "t"\nmodified = "today"\n', "edition.toml:3", "`modified` must be"),
    "size": (TOML + '[pdf]\nsize = "B9"\n', "edition.toml:5", "`size` must be"),
    "fonts": (TOML + "[fonts]\nserif = 3\n", "edition.toml:5", "`serif` must be"),
    "blank in a page number": (
        TOML + '[[page]]\nfile = "a.txt"\npage = "第 7 版"\n',
        "edition.toml:6",
        "`page` must be",
    ),
    "rights": (TOML + '[rights.text]\nuri = "free"\n', "edition.toml:5", "`uri` must be"),
    "not UTF-8": (b'id = "\xff"\n', "edition.toml:1", "not UTF-8"),
}


@pytest.mark.parametrize("name", CONFIGS)
def test_an_edition_toml_that_is_wrong(tmp_path, name):
    toml, place, words = CONFIGS[name]
    source = folder(tmp_path, toml=None, a=TEXT)
    (source / "edition.toml").write_bytes(toml if isinstance(toml, bytes) else toml.encode())
    result = run("build", source, "--out", tmp_path / "out")
    assert result.returncode == 2
    assert place in said(result) and words in said(result) and "→" in said(result)
    assert not (tmp_path / "out").exists()


BAD_PAGES = {
    "empty": (b"", "the file is empty"),
    "white": ("　 \n\n".encode(), "white space"),
    "binary": (bytes(range(256)) * 20, "this is no text"),
    "nul": (b"\x00" * 500, "this is no text"),
}


@pytest.mark.parametrize("name", BAD_PAGES)
def test_one_bad_page_does_not_stop_the_others(tmp_path, name):
    data, words = BAD_PAGES[name]
    source, out = folder(tmp_path, a=TEXT, b=data, c=TEXT), tmp_path / "out"
    result = run("build", source, "--out", out, "--only", "tei")
    assert result.returncode == 1
    assert "b.txt" in said(result) and words in said(result)
    assert files_under(out) == ["findings.json", "manifest.json", "tei/a.xml", "tei/c.xml"]
    assert "P-001" in (out / "findings.json").read_text()


@pytest.mark.parametrize("name", BAD_PAGES)
def test_normalise_of_a_bad_file(tmp_path, name):
    source = folder(tmp_path, a=TEXT, b=BAD_PAGES[name][0])
    result = run("normalise", source / "a.txt", source / "b.txt", "--out", tmp_path / "tei")
    assert result.returncode == 2 and BAD_PAGES[name][1] in said(result)
    assert files_under(tmp_path / "tei") == ["a.xml"]


def test_missing_things(tmp_path):
    for arguments in (
        ["build", tmp_path / "none"],
        ["normalise", tmp_path / "none.txt", "--out", tmp_path],
        ["validate", tmp_path / "none.xml"],
        ["restore", tmp_path / "none.xml"],
        ["render", tmp_path / "none.xml", "--epub", tmp_path / "x.epub"],
        ["render", tmp_path / "none.xml"],
        ["frobnicate"],
        ["build", tmp_path, "--only", "paper"],
        [],
    ):
        result = run(*arguments, cwd=tmp_path)
        assert result.returncode == 2, arguments
        assert said(result)
    assert files_under(tmp_path) == []


def test_a_folder_without_texts(tmp_path):
    (tmp_path / "in").mkdir()
    result = run("build", tmp_path / "in", "--out", tmp_path / "out")
    assert result.returncode == 2 and "no .txt files" in said(result)


def test_two_inputs_with_one_stem(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text(TEXT)
    result = run("normalise", tmp_path / "one" / "a.txt", tmp_path / "two" / "a.txt", "--out", tmp_path / "tei")
    assert result.returncode == 2 and "two inputs" in said(result)
    assert not (tmp_path / "tei").exists()


def test_bad_bytes_and_characters_are_kept_and_told(tmp_path):
    data = TEXT.encode() * 20 + b"\x00\xff\x0c" + "\ufffe".encode() + "结束。\n".encode()
    source = folder(tmp_path, a=data)
    result = run("build", source, "--out", tmp_path / "out", "--only", "tei", "--verbose")
    assert result.returncode == 0 and "D-002" in said(result) and "00 FF 0C EFBFBE" in said(result)
    assert run("restore", tmp_path / "out" / "tei" / "a.xml").stdout == data


def test_a_single_line_of_twenty_megabytes(tmp_path):
    data = ("市总工会召开会议,交流经验。" * 520_000).encode()
    assert len(data) > 20_000_000
    source = folder(tmp_path, a=data)
    result = run("normalise", source / "a.txt", "--out", tmp_path / "tei")
    assert result.returncode == 0, said(result)
    assert run("restore", tmp_path / "tei" / "a.xml").stdout == data


@pytest.mark.parametrize("name", [b"\xff\xfe.txt", b"\x01.txt"])
def test_a_file_name_that_xml_cannot_hold(tmp_path, name):
    source = folder(tmp_path)
    Path(os.fsdecode(os.path.join(os.fsencode(source), name))).write_text(TEXT)
    result = run("build", source, "--out", tmp_path / "out", "--only", "tei")
    assert result.returncode == 1 and "rename the file" in said(result)
    assert "tei/a.xml" in files_under(tmp_path / "out")


@pytest.mark.parametrize("name", ["有 空格 的.txt", "-dash.txt", "quote'\"&<.txt"])
def test_odd_file_names(tmp_path, name):
    source = folder(tmp_path)
    (source / "a.txt").rename(source / name)
    assert run("build", source, "--out", tmp_path / "out", "--only", "tei").returncode == 0
    made = next((tmp_path / "out" / "tei").glob("*.xml"))
    assert run("restore", made).stdout == TEXT.encode()


def test_the_pdf_does_not_depend_on_the_locale(tmp_path, dist):
    """Fontconfig would name a Chinese font otherwise in a Chinese locale, and the name stands in the file."""
    pages = sorted((dist / "tei").glob("*.xml"))[:1]
    made = []
    for locale in ("C.UTF-8", "zh_CN.UTF-8", "zh_CN.GB18030"):
        out = tmp_path / f"{locale}.pdf"
        result = run("render", *pages, "--pdf", out, env={"LC_ALL": locale, "LANG": locale})
        assert result.returncode == 0, said(result)
        made.append(out.read_bytes())
    assert made[0] == made[1] == made[2]


def test_a_character_that_the_font_lacks_is_told(tmp_path):
    source = folder(tmp_path, a=TEXT + "\n藏文བོད也在此页。\n")
    result = run("build", source, "--out", tmp_path / "out", "--only", "pdf", "--verbose")
    assert result.returncode == 0 and "F-003: U+0F56" in said(result)


def test_build_takes_away_nothing_that_it_did_not_write(tmp_path):
    source, out = folder(tmp_path), tmp_path / "out"
    (out / "Photos").mkdir(parents=True)
    precious = tmp_path / "precious"
    precious.write_text("mine")
    run("build", source, "--out", out, "--only", "tei")
    manifest = json.loads((out / "manifest.json").read_text())
    manifest["files"].append({"path": "../precious", "bytes": 1, "sha256": "0"})
    (out / "manifest.json").write_text(json.dumps(manifest))
    run("build", source, "--out", out, "--only", "tei", "--force")
    assert (out / "Photos").is_dir() and precious.read_text() == "mine"


def test_render_refuses_tei_that_lost_text(tmp_path, teis):
    (tmp_path / "x.xml").write_bytes(teis["002_2026e5480a0cc509"].replace("目前,".encode(), b"", 1))
    result = run("render", tmp_path / "x.xml", "--epub", tmp_path / "x.epub")
    assert result.returncode == 2 and "V-005" in said(result)
    assert files_under(tmp_path) == ["x.xml"]


HOSTILE_VALUES = [
    (b'quantity="51"', b'quantity="99999999996"'),
    (b">UTF-8<", b">rot13<"),
    (b'<biblScope unit="order">3', b'<biblScope unit="order">one'),
    (b'type="bom">none', b'type="bom">xyz'),
]


@pytest.mark.parametrize("change", HOSTILE_VALUES, ids=lambda change: change[1].decode())
def test_values_that_would_crash_or_hang(tmp_path, teis, change):
    tei = teis["002_2026e5480a0cc509"]
    assert change[0] in tei
    (tmp_path / "x.xml").write_bytes(tei.replace(*change, 1))
    result = run("validate", tmp_path / "x.xml", timeout=60)
    assert result.returncode == 1 and not result.stderr
    for arguments in (["restore", "x.xml"], ["render", "x.xml", "--pdf", "x.pdf"]):
        result = run(*arguments, cwd=tmp_path, timeout=60)
        assert result.returncode in (0, 2) if arguments[0] == "restore" else result.returncode == 2
        said(result)


def test_a_comment_in_a_correction_costs_no_text(teis):
    tei = (
        teis["002_2026e5480a0cc509"]
        .decode()
        .replace("目前,", "<choice><sic>目前,</sic><corr>当<!-- checked -->前，</corr></choice>", 1)
    )
    from edition.model.readings import printed
    from edition.model.walk import contents

    edition = tei_read.read(tei.encode(), "x")
    assert any(printed(c, "as-source").startswith("当前，无锡") for c in contents(edition))


def test_only_leaves_the_other_kinds_alone(tmp_path):
    source, out = folder(tmp_path), tmp_path / "out"
    run("build", source, "--out", out, "--only", "tei")
    run("build", source, "--out", out, "--only", "epub")
    assert files_under(out) == ["findings.json", "manifest.json", "tei/a.xml", "x.epub"]
    listed = {row["path"] for row in json.loads((out / "manifest.json").read_text())["files"]}
    assert listed == {"findings.json", "tei/a.xml", "x.epub"}


def test_normalise_does_not_write_beside_the_text(tmp_path):
    source = folder(tmp_path)
    result = run("normalise", source / "a.txt", "--out", source)
    assert result.returncode == 2 and "correction by hand" in said(result)
    assert not (source / "a.xml").exists()


def test_a_correction_that_lost_a_character_names_the_line(tmp_path):
    source, out = folder(tmp_path, a=TEXT, b=TEXT), tmp_path / "out"
    run("build", source, "--out", out, "--only", "tei")
    (source / "a.xml").write_text((out / "tei" / "a.xml").read_text().replace("藏书三十", "书三十", 1))
    result = run("build", source, "--out", out, "--only", "tei")
    assert result.returncode == 1 and "line 3 of a.txt is" in said(result)


def test_two_page_tables_for_one_file(tmp_path):
    source = folder(tmp_path, toml=TOML + '[[page]]\nfile = "a.txt"\n[[page]]\nfile = "a.txt"\n')
    result = run("build", source, "--out", tmp_path / "out")
    assert result.returncode == 2 and "two [[page]]" in said(result)


def test_the_same_page_twice(tmp_path, dist):
    xml = next((dist / "tei").glob("*.xml"))
    result = run("render", xml, xml, "--epub", tmp_path / "x.epub")
    assert result.returncode == 2 and "given twice" in said(result)


NOT_OURS = {
    "html": b"<html/>",
    "entities": b'<!DOCTYPE TEI [<!ENTITY a "b">]>\n<TEI xmlns="http://www.tei-c.org/ns/1.0">&a;</TEI>',
    "external": b'<!DOCTYPE TEI SYSTEM "http://127.0.0.1:9/tei.dtd">\n<TEI xmlns="http://www.tei-c.org/ns/1.0"/>',
    "other tei": b'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body><p>x</p></body></text></TEI>',
    "no xml": "一段文字".encode(),
}


@pytest.mark.parametrize("name", NOT_OURS)
def test_tei_that_is_not_ours(tmp_path, name):
    xml = tmp_path / "x.xml"
    xml.write_bytes(NOT_OURS[name])
    assert run("validate", xml).returncode == 1
    for arguments in (["restore", xml], ["render", xml, "--epub", tmp_path / "x.epub", "--pdf", tmp_path / "x.pdf"]):
        result = run(*arguments)
        assert result.returncode == 2
        assert "x.xml" in said(result)
    assert files_under(tmp_path) == ["x.xml"]


def test_pages_of_two_editions(tmp_path, teis):
    (tmp_path / "a.xml").write_bytes(teis["000_30f3aed06ed4d00f"])
    other = teis["001_800d7f6a987cfa3a"].replace(b"wuxi-gonghui", b"another")
    (tmp_path / "b.xml").write_bytes(other)
    result = run("render", tmp_path / "a.xml", tmp_path / "b.xml", "--epub", tmp_path / "x.epub")
    assert result.returncode == 2 and "gives the edition the id" in said(result)


def test_the_output_folder_is_a_file(tmp_path):
    source = folder(tmp_path)
    (tmp_path / "out").write_text("")
    result = run("build", source, "--out", tmp_path / "out", "--only", "tei")
    assert result.returncode == 2 and "cannot be written" in said(result)


def test_a_full_disk_leaves_nothing_half_written(tmp_path):
    """A limit on the size of a file stands for the full disk: the write fails in the middle."""
    source, out = folder(tmp_path, a=TEXT * 50), tmp_path / "out"
    command = [sys.executable, "-m", "edition", "build", str(source), "--out", str(out), "--only", "tei"]
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))  # noqa: E731
    ignore = "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)"
    command[1:3] = ["-c", f"{ignore}; import sys; from edition.cli import main; sys.exit(main(sys.argv[1:]))"]
    result = subprocess.run(command, capture_output=True, preexec_fn=limit)
    assert result.returncode == 2 and "cannot be written" in said(result)
    assert [name for name in files_under(out) if not name.endswith(".json")] == []


def test_an_output_folder_that_may_not_be_written(tmp_path):
    """Under /proc not even root may make a folder."""
    result = run("build", folder(tmp_path), "--out", "/proc/edition", "--only", "tei")
    assert result.returncode == 2 and "cannot be written" in said(result) and "--out" in said(result)


def test_a_font_that_is_not_installed(tmp_path):
    source = folder(tmp_path, toml=TOML + '[fonts]\nserif = "No Such Font"\n')
    result = run("build", source, "--out", tmp_path / "out")
    assert result.returncode == 2 and "No Such Font" in said(result) and "apt-get install" in said(result)
    assert not (tmp_path / "out").exists()


def test_without_a_date_the_build_says_that_it_is_not_reproducible(tmp_path):
    source = folder(tmp_path, toml='id = "x"\ntitle = "t"\n')
    result = run("build", source, "--out", tmp_path / "out", "--only", "tei", "--verbose")
    assert result.returncode == 0 and "B-001" in said(result)
    fixed = run(
        "build", source, "--out", tmp_path / "out", "--only", "tei", "--verbose", env={"SOURCE_DATE_EPOCH": "0"}
    )
    assert "B-001" not in said(fixed)
    assert b'when="1970-01-01T00:00:00Z"' in (tmp_path / "out" / "tei" / "a.xml").read_bytes()
    assert (
        run("build", source, "--out", tmp_path / "o2", "--only", "tei", env={"SOURCE_DATE_EPOCH": "soon"}).returncode
        == 2
    )


def test_what_edition_toml_states_stands_in_the_header(tmp_path):
    toml = TOML + (
        'publisher = "某某图书馆"\n[rights.text]\nholder = "某报社"\n'
        '[[page]]\nfile = "a.txt"\nnewspaper = "某日报"\ncn = "32-0055"\ndate = 1956-05-01\nissue = "88"\npage = "A07"\nsection = "要闻"\nscan = "scans/a.jpg"\n'
    )
    source = folder(tmp_path, toml=toml)
    result = run("build", source, "--out", tmp_path / "out", "--only", "tei")
    assert result.returncode == 0, said(result)
    header = tei_read.read((tmp_path / "out" / "tei" / "a.xml").read_bytes(), "a").header
    assert (header.publisher, header.rights[0].holder, header.issue.newspaper) == ("某某图书馆", "某报社", "某日报")
    assert (header.issue.date, header.issue.page, header.issue.scan) == ("1956-05-01", "A07", "scans/a.jpg")


# ---- the package


def test_the_wheel_works_outside_the_checkout(tmp_path, teis):
    """Built, unpacked elsewhere and run from there, the schema and the word lists come along."""
    wheel = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(tmp_path), str(ROOT)]
    subprocess.run(wheel, check=True, capture_output=True)
    place = tmp_path / "site"
    shutil.unpack_archive(next(tmp_path.glob("*.whl")), place, "zip")
    (tmp_path / "a.xml").write_bytes(teis["000_30f3aed06ed4d00f"])
    shutil.copy(SEEDS / "000_30f3aed06ed4d00f.txt", tmp_path / "a.txt")
    env = {**os.environ, "PYTHONPATH": str(place)}
    where = subprocess.run(
        [sys.executable, "-c", "import edition; print(edition.__file__)"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=env,
    )
    assert Path(where.stdout.strip()).is_relative_to(place)
    shipped = {path.name for path in (place / "edition" / "schema").iterdir()}
    assert shipped == {f"edition.{ending}" for ending in ("rnc", "rng", "sch", "odd", "html")}
    assert (place / "edition" / "py.typed").is_file()
    for arguments in (
        ["validate", "a.xml"],
        ["normalise", "a.txt", "--out", "tei"],
        ["render", "a.xml", "--epub", "a.epub"],
    ):
        result = subprocess.run(
            [sys.executable, "-m", "edition", *arguments], capture_output=True, cwd=tmp_path, env=env
        )
        assert result.returncode == 0, result.stderr.decode()


def test_build_reports_every_page(tmp_path):
    lines = []
    build.build(folder(tmp_path, a=TEXT, b=TEXT), tmp_path / "out", ("tei",), force=False, report=lines.append)
    assert lines == ["[1/2] a.txt", "[2/2] b.txt"]


def test_results_among_the_sources_are_refused(tmp_path):
    source = folder(tmp_path)
    there = files_under(source)
    for out, only in ((source, "tei"), (source / "out", "text")):
        result = run("build", source, "--out", out, "--only", only)
        assert result.returncode == 2 and "choose a folder outside" in said(result)
    assert files_under(source) == there


def test_a_page_alone_has_the_order_that_it_has_in_its_edition(tmp_path):
    source = folder(tmp_path, a=TEXT, b=TEXT)
    run("build", source, "--out", tmp_path / "out", "--only", "tei")
    run("normalise", source / "b.txt", "--out", tmp_path / "tei")
    assert (tmp_path / "tei" / "b.xml").read_bytes() == (tmp_path / "out" / "tei" / "b.xml").read_bytes()


def test_nothing_half_written_is_left_when_the_program_is_stopped(tmp_path):
    """The signal comes wherever it may while files are written."""
    endless = (
        "import pathlib, signal, sys\nfrom edition import files\nfrom edition.cli import _stop\n"
        "signal.signal(signal.SIGTERM, _stop)\n"
        "here = pathlib.Path(sys.argv[1])\nprint(flush=True)\n"
        "while True:\n files.write(here / 'a', bytes(9)); files.write_folder(here / 'b', {'c/d': bytes(9)})"
    )
    for wait in range(8):
        process = subprocess.Popen(
            [sys.executable, "-c", endless, tmp_path], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        process.stdout.readline()
        time.sleep(wait / 200)
        process.terminate()
        process.communicate(timeout=60)
        assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []


def test_a_new_edition_can_be_built_at_once(tmp_path):
    made = run("new", tmp_path / "某报-1956", "--title", '某"报')
    assert made.returncode == 0 and made.stdout.decode().strip().endswith("edition.toml"), said(made)
    (tmp_path / "某报-1956" / "page1.txt").write_text(TEXT)
    assert run("build", tmp_path / "某报-1956", "--out", tmp_path / "out", "--only", "tei").returncode == 0
    assert '某"报' in (tmp_path / "out" / "tei" / "page1.xml").read_text()
    assert run("new", tmp_path / "某报-1956").returncode == 2
