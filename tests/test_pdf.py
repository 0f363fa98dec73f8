"""What validators, extraction tools and a PDF library find in the PDF."""

import io
import re
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

import measure
import pypdf
import pytest
import weasyprint
from test_pictures import PICTURES, alike

from edition import build, config
from edition.errors import MissingTool
from edition.model.readings import printed
from edition.model.walk import items, standing
from edition.render import engine, frugal
from edition.render.format import Format, frame
from edition.tei.read import read

VERA = Path(__file__).with_name("vera.py")
ID = "wuxi-gonghui"


@pytest.fixture(scope="module")
def pdf(dist):
    return dist / f"{ID}.pdf"


@pytest.fixture(scope="module")
def newspaper(dist, tmp_path_factory):
    """The same pages in the other layout, on A4, without attachments."""
    path = tmp_path_factory.mktemp("newspaper") / "newspaper.pdf"
    wish = Format(layout="newspaper", size="A4", attach=False)
    path.write_bytes(build.pdf(book(dist), replace(config.default("x"), pdf=wish)))
    return path


def book(dist):
    return build.gather((path.name, path.read_bytes()) for path in sorted((dist / "tei").glob("*.xml")))


def squeezed(text):
    return "".join(text.split())


def pages_of_text(pdf):
    """The numbers of the pages that hold the newspaper's pages, by the bookmarks."""
    reader = pypdf.PdfReader(pdf)
    marks = [entry for entry in reader.outline if not isinstance(entry, list)]
    numbers = {entry.title: reader.get_destination_page_number(entry) + 1 for entry in marks}
    first = numbers["版面一"]
    return range(first, min(n for title, n in numbers.items() if n > first and not title.startswith("版面")))


def vera(flavours, *files):
    return subprocess.run([sys.executable, VERA, flavours, *files], capture_output=True, text=True)


def damaged(pdf, path):
    """The same file without its structure tree and its output intent."""
    writer = pypdf.PdfWriter(clone_from=pdf)
    del writer.root_object["/StructTreeRoot"], writer.root_object["/OutputIntents"]
    writer.write(path)
    return path


def verdicts(run):
    return [line.split()[0] for line in run.stdout.splitlines() if line.startswith(("PASS", "FAIL"))]


def test_one_file_is_pdf_a_3a_and_pdf_ua_1(pdf, tmp_path):
    """By veraPDF; a damaged copy fails, so the check can."""
    run = vera("3a,ua1", pdf, damaged(pdf, tmp_path / "damaged.pdf"))
    assert verdicts(run) == ["PASS", "PASS", "FAIL", "FAIL"], run.stdout + run.stderr


def test_without_attachments_it_is_pdf_a_2a_and_pdf_ua_1(newspaper):
    run = vera("2a,ua1", newspaper)
    assert verdicts(run) == ["PASS", "PASS"], run.stdout + run.stderr
    assert "/AF" not in pypdf.PdfReader(newspaper).trailer["/Root"]


def test_qpdf_finds_nothing(pdf):
    run = subprocess.run(["qpdf", "--check", pdf], capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_tei_of_every_page_is_attached_as_the_source(pdf, teis):
    root = pypdf.PdfReader(pdf).trailer["/Root"]
    files = [entry.get_object() for entry in root["/AF"]]
    assert [file["/AFRelationship"] for file in files] == ["/Source"] * 5
    assert [file["/EF"]["/F"].get_data() for file in files] == list(teis.values())
    assert [file["/UF"] for file in files] == [f"page-{number:04d}.xml" for number in range(1, 6)]


def test_links_are_described_in_words(pdf):
    notes = [note.get_object() for note in pypdf.PdfReader(pdf).pages[1]["/Annots"]]
    assert "又有一批爱心母婴休息室通过验收" in [note["/Contents"] for note in notes]


def test_what_the_file_says_of_itself(pdf):
    reader = pypdf.PdfReader(pdf)
    xmp = reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert 'pdfaid:part="3"' in xmp and 'pdfaid:conformance="A"' in xmp and 'pdfuaid:part="1"' in xmp
    assert "<rdf:li>zh-Hans</rdf:li>" in xmp and reader.metadata.title == "无锡工会新闻选（五个版面）"
    document = reader.trailer["/Root"]["/StructTreeRoot"]["/K"][0].get_object()
    assert document["/Lang"] == "zh-Hans"


# ---- the text


@pytest.mark.parametrize("which", ["pdf", "newspaper"])
def test_what_is_extracted_is_the_reading_text(which, teis, request):
    """Paragraph by paragraph and in order, white space and running heads (above 50 pt) apart."""
    path = request.getfixturevalue(which)
    pages = pages_of_text(path)
    crop = ["-r", "72", "-x", "0", "-y", "50", "-W", "900", "-H", "900"]
    command = ["pdftotext", "-raw", *crop, "-f", str(pages[0]), "-l", str(pages[-1]), path, "-"]
    rest = squeezed(subprocess.run(command, capture_output=True, check=True).stdout.decode())
    for number, (name, tei) in enumerate(teis.items()):
        for wanted in ["版面" + "一二三四五"[number], *reading_text(read(tei, name))]:
            assert rest.startswith(wanted), f"{name}: {wanted[:40]} is not what follows: {rest[:40]}"
            rest = rest[len(wanted) :]
    assert not rest


def reading_text(edition):
    furniture = []
    for one in standing(edition):
        body = one.role in ("paragraph", "caption")
        text = squeezed(printed(one.content, edition.header.width_policy, edition.header.regime, body=body))
        if one.role in ("header", "footer", "pageNum"):
            furniture.append(text)
        elif one.role != "markup":
            yield text
    yield from furniture


def test_fonts_are_embedded_with_a_real_bold(pdf):
    table = subprocess.run(["pdffonts", pdf], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    names = [row.split()[0] for row in table]
    assert all(re.match(r"[A-Z]{6}\+", name) for name in names)
    assert all(" yes yes yes " in row for row in table)
    assert any("Serif-CJK-SC-Bold" in name for name in names) and any("Sans-CJK-SC-Bold" in name for name in names)


def test_bookmarks_lead_to_every_item(pdf, teis):
    outline = pypdf.PdfReader(pdf).outline

    def flat(entries):
        for entry in entries:
            if isinstance(entry, list):
                yield from flat(entry)
            else:
                yield entry.title

    titles = list(flat(outline))
    assert titles.count("版面三") == 1
    assert sum(1 for name, tei in teis.items() for _ in items(read(tei, name))) == 25
    assert "无锡新增4家市级劳模创新工作室" in titles and "版本说明" in titles
    assert len(titles) == 1 + 5 + 25 + 3 + 2  # contents, pages, items, subsections, index and colophon


def test_contents_have_page_numbers(pdf):
    text = subprocess.run(
        ["pdftotext", "-layout", "-l", "3", pdf, "-"], capture_output=True, check=True
    ).stdout.decode()
    first = pages_of_text(pdf)[0]
    assert re.search(rf"又有一批爱心母婴休息室通过验收[·.\s]*{first}\s", text)


def test_a_page_of_the_newspaper(newspaper, tmp_path, update_golden):
    """The picture in the README."""
    subprocess.run(["pdftoppm", "-r", "72", "-f", "3", "-l", "3", "-png", newspaper, tmp_path / "p"], check=True)
    alike(next(tmp_path.glob("*.png")), PICTURES / "pdf-newspaper.png", update_golden)


def test_no_page_is_blank(pdf):
    for number, page in enumerate(pypdf.PdfReader(pdf).pages, 1):
        assert len(squeezed(page.extract_text())) > 60 or number == 1, f"page {number}"


@pytest.mark.parametrize("which", ["pdf", "newspaper"])
def test_a_page_of_the_newspaper_follows_where_half_a_page_is_free(which, request):
    """No page but the last is left with a few lines; with `page` each begins on its own."""
    path = request.getfixturevalue(which)
    reader = pypdf.PdfReader(path)
    ends = {number: max(char.y for char in found) for number, found in measure.chars(path)}
    height = float(reader.pages[0].mediabox.height)
    inner = pages_of_text(path)
    assert all(ends[number] > height / 3 for number in inner[:-1])
    assert sum("版面" in line.text and line.size > 9 and line.y > height / 4 for line in measure.lines(path)) > 0


@pytest.mark.parametrize("layout", ["book", "newspaper"])
def test_what_follows_lines_of_furniture_keeps_the_grid(tmp_path, layout):
    """Short pages, each under the furniture of the one before."""
    rows = ""
    for number in range(1, 4):
        furniture = ["责编 王芳", "版式 赵六"] if number == 2 else ["第4版 综合新闻"]
        (tmp_path / f"{number}.txt").write_text("\n".join([*furniture, "", *PAGE.split("\n")[:3]]))
        roles = [
            f'[[role]]\nline = {line}\nrole = "footer"\ntext = "{text}"\n' for line, text in enumerate(furniture, 1)
        ]
        (tmp_path / f"{number}.decisions.toml").write_text('who = "李编辑"\n' + "".join(roles))
        rows += f'[[page]]\nfile = "{number}.txt"\n'
    (tmp_path / "edition.toml").write_text(TOML.partition("[[page]]")[0] + rows)
    build.build(tmp_path, tmp_path / "dist", ("tei",), force=True, report=lambda line: None)
    wish = Format(layout=layout, attach=False)
    path = tmp_path / "made.pdf"
    path.write_bytes(build.pdf(book(tmp_path / "dist"), replace(config.default("x"), pdf=wish)))
    seen = measure.measured(path, frame(wish), pages_of_text(path))
    labels = [line for line in measure.lines(path) if re.fullmatch("版面[一二三]", line.text) and line.page > 2]
    assert len({line.page for line in labels}) < 3 and "赵六" in extracted(path)
    assert seen.justified and not seen.off_grid and not seen.ragged and not seen.forbidden and not seen.runts


def test_each_page_of_the_newspaper_on_its_own(dist, tmp_path):
    made = replace(config.default("x"), pdf=Format(opening="page", attach=False))
    (tmp_path / "own.pdf").write_bytes(build.pdf(book(dist), made))
    labels = [line for line in measure.lines(tmp_path / "own.pdf") if re.fullmatch("版面[一二三四五]", line.text)]
    assert len({line.page for line in labels if line.page > 2}) == 5
    assert len({round(line.y) for line in labels if line.page > 2}) == 1


def test_short_items_share_the_columns_of_a_newspaper(newspaper):
    """Three headlines side by side, each in a column."""
    page = frame(Format(layout="newspaper", size="A4"))
    lines = [line for line in measure.lines(newspaper) if "Bold" in line.chars[0].font and 12 < line.size < 16]
    rows = {}
    for line in lines:
        rows.setdefault((line.page, round(line.y)), []).append(line)
    beside = [
        row for row in rows.values() if len({int(line.x / ((page.measure + page.gap) * page.em)) for line in row}) > 1
    ]
    assert beside


def test_an_entry_of_the_index_names_a_page_once(pdf, newspaper):
    for path in (pdf, newspaper):
        text = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, check=True).stdout.decode()
        rows = re.findall(r"^\S+ ((?:\d+、)*\d+)$", text[text.index("按音序。") :], re.MULTILINE)
        assert len(rows) > 20
        assert all(len(row.split("、")) == len({*row.split("、")}) for row in rows)


def test_bylines_stand_in_the_index_with_their_pages(pdf):
    text = squeezed(subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, check=True).stdout.decode())
    listed = text[text.index("按音序。") :]
    assert re.search(r"潘凡(\d+)、(\d+)、(\d+)", listed)


# ---- other editions: one small page


PAGE = """市民王𠀕讲述老街往事

　　今年八十岁的王𠀕家住老街，他的名字里有一个少见的字，许多机器都打不出来，办事常常不便。
　　他的邻居姓\U00031234，这个字更加少见，报社只好用铅字临时刻了一个，才把消息登了出来。
　　昨天，街道工作人员专门上门，帮助两位老人办好了证件，老人们连声道谢，说这下放心了。
（本报记者 李明）
"""
TOML = 'id = "small"\ntitle = "小报"\nmodified = 2026-11-21T00:00:00Z\n[[page]]\nfile = "a.txt"\n'


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """An edition of one page with a character of extension B, and one of extension G that no font has."""
    folder = tmp_path_factory.mktemp("small")
    (folder / "a.txt").write_text(PAGE)
    (folder / "edition.toml").write_text(TOML)
    (folder / "a.decisions.toml").write_text(
        'who = "李编辑"\n[[correction]]\nline = 3\nwrong = "家住"\nright = "居住"\nwhy = "例"\n'
    )
    built = build.build(folder, folder / "dist", ("tei", "pdf"), force=True, report=lambda line: None)
    return folder / "dist", built


def extracted(path):
    return squeezed(subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, check=True).stdout.decode())


def test_lines_with_rare_characters_marks_and_notes_keep_the_grid(small):
    seen = measure.measured(small[0] / "small.pdf", frame(Format()), pages_of_text(small[0] / "small.pdf"))
    assert seen.justified and not seen.off_grid


def test_rare_characters_are_set_or_marked_and_told(small):
    dist, built = small
    told = {finding.code: finding.message for finding in built.findings if finding.code.startswith("F-")}
    assert "U+20015 𠀕" in told["F-002"] and "HanaMinB" in told["F-002"]
    assert "U+31234" in told["F-003"]
    text = extracted(dist / "small.pdf")
    assert "今年八十岁的王𠀕" in text and "他的邻居姓〓U+31234，这个字" in text
    fonts = subprocess.run(["pdffonts", dist / "small.pdf"], capture_output=True, text=True).stdout
    assert "HanaMinB" in fonts


def test_what_an_editor_did_is_listed_with_its_page(small):
    text = extracted(small[0] / "small.pdf")
    assert re.search(r"改正“家住”→“居住”（李编辑）第\d+页", text)


def small_pdf(dist, path, **wish):
    made = replace(config.default("x"), pdf=replace(Format(), **wish))
    path.write_bytes(build.pdf(book(dist), made))
    return pypdf.PdfReader(path)


def test_for_the_press_it_is_black_ink_alone(small, tmp_path):
    """PDF/X-4 (ISO 15930-7) as far as it can be read off the file: no validator for it is free."""
    profile = Path("/usr/share/color/icc/ghostscript/default_cmyk.icc").read_bytes()
    made = small_pdf(small[0], tmp_path / "press.pdf", press=profile)
    root = made.trailer["/Root"]
    intent = root["/OutputIntents"][0]
    assert intent["/S"] == "/GTS_PDFX" and intent["/DestOutputProfile"].get_data() == profile
    assert b"PDF/X-4" in root["/Metadata"].get_data() and "/AF" not in root and "/ID" in made.trailer
    for page in made.pages:
        drawn = page.get_contents().get_data()
        assert set(re.findall(rb"[\d. ]+ (?:scn?|SCN?|rg|RG|g|G|k|K)\b", drawn)) <= {
            b"0 0 0 1 scn", b"0 0 0 0.8 scn", b"0 0 0 0.45 scn", b"0 0 0 0.04 scn",
            b"0 0 0 1 SCN", b"0 0 0 0.8 SCN", b"0 0 0 0.45 SCN",
        }  # fmt: skip
        assert not re.search(rb"[\d.]\s+(rg|RG|g|G|k|K)\b", drawn)
        assert "/Annots" not in page
        trim, bleed = page.trimbox, page.bleedbox
        assert float(trim.width) == pytest.approx(184 * 72 / 25.4, abs=0.01)
        assert float(trim.left) - float(bleed.left) == pytest.approx(3 * 72 / 25.4, abs=0.01)
    first = (tmp_path / "press.pdf").read_bytes()
    small_pdf(small[0], tmp_path / "again.pdf", press=profile)
    assert (tmp_path / "again.pdf").read_bytes() == first


def test_a_proof_numbers_the_lines_of_the_source(small, tmp_path):
    small_pdf(small[0], tmp_path / "proof.pdf", proof=True)
    found = next(chars for page, chars in measure.chars(tmp_path / "proof.pdf") if page == 3)
    assert "".join(char.text for char in found if abs(char.size - 5.5) < 0.1) == "13456"
    assert all(char.x < 62 for char in found if abs(char.size - 5.5) < 0.1)


def test_pages_are_mirrored_with_a_gutter_and_openings_on_the_right(small, tmp_path):
    made = small_pdf(small[0], tmp_path / "bound.pdf", binding=5.0, opening="recto")
    page = frame(Format(binding=5.0))
    assert page.inner == pytest.approx((22 + 5) * 72 / 25.4)
    marks = {
        mark.title: made.get_destination_page_number(mark) + 1 for mark in made.outline if not isinstance(mark, list)
    }
    assert marks["版面一"] % 2 == 1
    left = {line.page: line.x for line in measure.lines(tmp_path / "bound.pdf") if line.text.startswith("的字，")}
    for number, x in left.items():
        assert x == pytest.approx(page.inner if number % 2 else page.outer, abs=0.1)


def test_an_imprint_says_what_was_given_and_no_more(small, tmp_path):
    small_pdf(small[0], tmp_path / "imprint.pdf", imprint=(("publisher", "某某出版社"), ("isbn", "978-7-0000-0000-0")))
    text = extracted(tmp_path / "imprint.pdf")
    assert text.endswith("小报出版某某出版社ISBN978-7-0000-0000-0")
    assert "定价" not in text and "ISBN" not in extracted(small[0] / "small.pdf")


def test_an_editor_s_own_rules_come_last(small, tmp_path):
    small_pdf(small[0], tmp_path / "own.pdf", css="h2.headline { display: none }")
    assert "讲述老街往事今年" not in extracted(tmp_path / "own.pdf")


def test_volumes_are_files_of_their_own(tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(PAGE.replace("老街往事", f"老街往事{name}"))
    (tmp_path / "edition.toml").write_text(
        TOML + 'date = 1956-05-01\n[[page]]\nfile = "b.txt"\ndate = 1956-06-01\n[pdf]\nsplit = "month"\n'
    )
    built = build.build(tmp_path, tmp_path / "dist", ("tei", "pdf"), force=True, report=lambda line: None)
    assert [name for name in built.files if name.endswith(".pdf")] == [
        "small-1956-05.pdf",
        "small-1956-06.pdf",
        "small-index.pdf",
    ]
    may, june = (extracted(tmp_path / "dist" / f"small-1956-0{month}.pdf") for month in (5, 6))
    assert "老街往事a" in may and "老街往事b" not in may and "1956年6月" in june
    again = tmp_path / "alone.pdf"
    command = [
        sys.executable,
        "-m",
        "edition",
        "render",
        tmp_path / "dist" / "tei" / "a.xml",
        tmp_path / "dist" / "tei" / "b.xml",
    ]
    subprocess.run([*command, "--config", tmp_path / "edition.toml", "--pdf", again], check=True, capture_output=True)
    assert (tmp_path / "alone-1956-06.pdf").read_bytes() == (tmp_path / "dist" / "small-1956-06.pdf").read_bytes()


@pytest.fixture
def months(tmp_path):
    """An edition of three months in volumes; one reporter in each, one in the second alone."""
    rows = ""
    for month, name in ((5, "李明"), (6, "王芳"), (7, "李明")):
        text = PAGE.replace("老街往事", f"老街往事{month}").replace("李明", "李明 王芳" if month == 6 else name)
        (tmp_path / f"{month}.txt").write_text(text)
        rows += f'[[page]]\nfile = "{month}.txt"\ndate = 1956-0{month}-01\n'
    head = TOML.partition("[[page]]")[0]
    (tmp_path / "edition.toml").write_text(f'{head}{rows}[pdf]\nsplit = "month"\n')
    return tmp_path


def built_months(folder, **options):
    return build.build(folder, folder / "dist", ("tei", "pdf"), force=True, report=lambda line: None, **options)


def test_one_index_leads_to_volume_and_page(months):
    built_months(months)
    reader = pypdf.PdfReader(months / "dist" / "small-index.pdf")
    text = squeezed("".join(page.extract_text() for page in reader.pages))
    stands = {}
    for month in (5, 6, 7):
        for number, page in enumerate(pypdf.PdfReader(months / "dist" / f"small-1956-0{month}.pdf").pages, 1):
            if "本报记者" in page.extract_text():
                stands[month] = number
    assert f"李明1956年5月，第{stands[5]}页；1956年6月，第{stands[6]}页；1956年7月，第{stands[7]}页" in text
    assert f"王芳1956年6月，第{stands[6]}页" in text and "小报" in text
    run = vera("2a,ua1", months / "dist" / "small-index.pdf")
    assert verdicts(run) == ["PASS", "PASS"], run.stdout + run.stderr


def test_volumes_of_which_nothing_changed_are_not_set_again(months, monkeypatch):
    built_months(months)
    before = {path.name: path.read_bytes() for path in (months / "dist").glob("*.pdf")}
    made = []
    monkeypatch.setattr(
        ProcessPoolExecutor, "map", lambda self, do, parts, *rest: made.extend(parts) or map(do, made, *rest)
    )
    built_months(months)
    assert not made and {path.name: path.read_bytes() for path in (months / "dist").glob("*.pdf")} == before
    text = (months / "6.txt").read_text()
    (months / "6.txt").write_text(text.replace("李明 王芳", "赵六 王芳"))
    built_months(months)
    assert [part.volume.key for part in made] == ["1956-06"]
    after = {path.name: path.read_bytes() for path in (months / "dist").glob("*.pdf")}
    assert {name for name in after if after[name] != before[name]} == {"small-1956-06.pdf", "small-index.pdf"}
    index = squeezed(
        "".join(page.extract_text() for page in pypdf.PdfReader(months / "dist" / "small-index.pdf").pages)
    )
    assert re.search(r"李明1956年5月，第\d+页；1956年7月，第\d+页", index) and "赵六1956年6月" in index


@pytest.mark.parametrize("harm", ["file", "wish", "key"])
def test_a_volume_that_is_not_the_same_any_more_is_set_again(months, monkeypatch, harm):
    built_months(months)
    path = months / "dist" / "small-1956-05.pdf"
    whole = path.read_bytes()
    if harm == "file":
        path.write_bytes(whole + b"%")
    elif harm == "wish":
        (months / "edition.toml").write_text((months / "edition.toml").read_text() + 'size = "A4"\n')
    else:
        manifest = months / "dist" / "manifest.json"
        manifest.write_text(manifest.read_text().replace('"from": "', '"from": "0'))
    made = []
    monkeypatch.setattr(
        ProcessPoolExecutor, "map", lambda self, do, parts, *rest: made.extend(parts) or map(do, made, *rest)
    )
    built_months(months)
    assert [part.volume.key for part in made] == {"file": ["1956-05"]}.get(harm, ["1956-05", "1956-06", "1956-07"])
    assert (path.read_bytes() == whole) == (harm != "wish")


@pytest.mark.parametrize(("size", "layout"), [("A4", "book"), ("A3", "newspaper"), ("16k", "newspaper")])
def test_every_format_is_set_by_the_rules(dist, tmp_path, size, layout):
    wish = Format(size=size, layout=layout, attach=False)
    path = tmp_path / "made.pdf"
    path.write_bytes(build.pdf(book(dist), replace(config.default("x"), pdf=wish)))
    seen = measure.measured(path, frame(wish), pages_of_text(path))
    assert not seen.forbidden and not seen.runts and not seen.off_grid
    assert len(seen.ragged) <= 0.005 * seen.justified and len(seen.loose) <= 0.01 * seen.justified


# ---- the setting, measured on the page


@pytest.mark.parametrize(("which", "wish"), [("pdf", Format()), ("newspaper", Format(layout="newspaper", size="A4"))])
def test_lines_are_set_by_the_rules(which, wish, request):
    path = request.getfixturevalue(which)
    seen = measure.measured(path, frame(wish), pages_of_text(path))
    assert seen.justified > 250
    assert not seen.forbidden and not seen.runts and not seen.off_grid
    assert len(seen.ragged) <= 0.005 * seen.justified, seen.ragged
    assert len(seen.loose) <= 0.01 * seen.justified, seen.loose


def test_the_measuring_sees_a_fault(pdf):
    """On another frame the same page is neither flush nor on the grid."""
    wrong = replace(frame(Format()), measure=37, grid=17.0)
    seen = measure.measured(pdf, wrong, pages_of_text(pdf))
    assert seen.ragged and seen.off_grid


def test_another_version_of_weasyprint_is_refused(monkeypatch):
    monkeypatch.setattr(weasyprint, "__version__", "71.0")
    with pytest.raises(MissingTool, match="70"):
        engine.install()


# ---- what is spared


def test_each_page_s_boxes_are_let_go_when_it_is_drawn(small, monkeypatch):
    """And the tags are there all the same: as many marks as the pages have."""
    drawn = []
    usual = frugal.paint
    monkeypatch.setattr(frugal, "paint", lambda page, *rest: (usual(page, *rest), drawn.append(page))[0])
    made = build.pdf(book(small[0]), config.default("x"))
    assert drawn and all(page._page_box is None for page in drawn)
    reader = pypdf.PdfReader(io.BytesIO(made))
    numbers = reader.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    marks = [len(re.findall(rb"/MCID \d+", page.get_contents().get_data())) for page in reader.pages]
    assert [len(numbers[2 * number + 1]) for number in range(len(marks))] == marks and min(marks) > 0


def test_styles_that_are_shared_are_told_apart_where_a_sheet_counts_pages(small, tmp_path):
    small_pdf(small[0], tmp_path / "own.pdf", css="@page :nth(2) { @bottom-center { content: '第二' } }")
    found = {page: "".join(char.text for char in chars) for page, chars in measure.chars(tmp_path / "own.pdf")}
    assert [page for page, text in found.items() if "第二" in text] == [2]
