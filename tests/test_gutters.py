"""Columns side by side in one line: found, read one after another, and never seen where there are none."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import layouts, texts

from edition.infer.blocks import blocks
from edition.infer.cells import Cell, cells_of
from edition.infer.displays import running_text, stacks
from edition.infer.grids import Grid, grid_of
from edition.infer.gutters import parts
from edition.infer.heights import heights
from edition.infer.squeezed import divided
from edition.infer.stacks import Stack
from edition.readers import plain

CASES = Path(__file__).parent / "cases" / "structure"
SEEDS = Path(__file__).parents[1] / "seeds"
PAGES = [*sorted(SEEDS.glob("*.txt")), *(p / "in.txt" for p in sorted(CASES.iterdir()) if p.name[:6] != "layout")]
PROSE = "水库除险加固工程昨日通过验收，工程历时两年，投资三千万元。水库灌溉农田两万亩，加固以后可抵御洪水，附近居民都很高兴。"


def column(measure, lines, start=0):
    text = (PROSE * 9)[start:]
    rows = [text[at * measure : (at + 1) * measure] for at in range(lines)]
    return ["的" + row[1:] if row[0] in "，。" else row for row in rows]  # no line begins with a mark


def side_by_side(columns_, gutter):
    rows = []
    for cells in zip(*columns_):
        line = ""
        for at, cell in enumerate(cells):
            line += cell if at + 1 == len(cells) else cell.ljust(len(cells[0])) + gutter
        rows.append(line)
    return rows


def read(lines):
    return ["".join(lines[part.line][part.start : part.end].split()) for part in parts(lines)]


@pytest.mark.parametrize("gutter", [" ", "  ", "      "])
@pytest.mark.parametrize("count", [2, 3, 5])
def test_columns_are_read_from_top_to_bottom(gutter, count):
    wanted = [column(13, 6, at * 7) for at in range(count)]
    assert read(side_by_side(wanted, gutter)) == [line for one in wanted for line in one]


def test_a_headline_comes_before_the_columns_below_it():
    body = side_by_side([column(13, 6), column(13, 6, 5)], "   ")
    lines = ["水库除险加固工程全面完工附近居民拍手称快", *body]
    assert read(lines) == [lines[0], *column(13, 6), *column(13, 6, 5)]


def test_headlines_beside_each_other_have_columns_of_their_own():
    body = [column(13, 7, at) for at in (0, 4, 9, 14)]
    lines = ["水库除险加固".ljust(32) + "夏粮丰收在望", *side_by_side(body, "   ")]
    heads = lines[0].split()
    assert read(lines) == [heads[0], *body[0], *body[1], heads[1], *body[2], *body[3]]


def test_a_band_ends_where_the_next_headline_stands():
    upper = [column(13, 5), [*column(13, 4, 3), "工程完工。".ljust(13)]]
    lower = [column(13, 5, 6), column(13, 5, 8)]
    lines = [*side_by_side(upper, "  "), "夏粮丰收在望", *side_by_side(lower, "  ")]
    wanted = [*upper[0], *upper[1], "夏粮丰收在望", *lower[0], *lower[1]]
    assert read(lines) == [line.strip() for line in wanted]


def test_a_column_that_rises_beside_a_headline_comes_after_it():
    first = ["  " + column(11, 1)[0], *column(13, 8, 2)]
    rest = [column(13, 7, 4), column(13, 7, 6)]
    body = side_by_side([first[2:], *rest], "    ")
    lines = [
        "水库新闻".ljust(20) + "第3版".ljust(20) + "王平",
        "",
        "",
        first[0],
        first[1] + "          夏粮丰收在望",
        *body,
    ]
    found = read(lines)
    assert found[3:6] == ["夏粮丰收在望", first[0].strip(), first[1]]
    assert found[6:] == [*first[2:], *rest[0], *rest[1]]


def test_digits_push_what_follows_and_the_column_is_still_found():
    left = column(13, 6)
    left[2] = "1997年11月，工程投资3000万元"
    lines = side_by_side([left, column(13, 6, 5)], " ")
    assert read(lines) == [*left, *column(13, 6, 5)]


def test_an_indent_is_kept_and_one_that_a_single_blank_hides_is_told_from_the_width():
    right = [*column(13, 3, 5), "  " + column(11, 1, 9)[0], *column(13, 3, 2)]
    wide = parts(side_by_side([column(13, 7), right], "   "))
    assert [part.indent for part in wide[7:]] == [0, 0, 0, 2, 0, 0, 0]
    right[3] = right[3].strip()
    hidden = parts([" ".join(row) for row in zip(column(13, 7), right)])
    assert [part.indent for part in hidden[7:]] == [0, 0, 0, 2, 0, 0, 0]


def test_a_signature_set_to_the_right_stays_in_its_column():
    left = [*column(13, 5), "      （周正 王平）".ljust(13)]
    lines = side_by_side([left, column(13, 6, 5)], "  ")
    assert "（周正王平）" in read(lines)[:6]


def for_the_eye(columns_, measure, quotes=2):
    """Columns set so that they stand below each other where a full-width character takes two places."""
    sizes = dict.fromkeys("“”", quotes) | dict.fromkeys("0123456789 ", 1)
    rows = []
    for cells in zip(*columns_):
        line, size = "", 0
        for at, cell in enumerate(cells):
            line += " " * (at * (2 * measure + 3) - size) + cell
            size = sum(sizes.get(char, 2) for char in line)
        rows.append(line)
    return rows


NOTES = [
    "天气",
    "  “今日多云，有小雨，",
    "东风4到5级，夜里转北风",
    "7级。”",
    "  电话：",
    "  13600000000。",
    "  欢迎来信",
]


@pytest.mark.parametrize("quotes", [1, 2])
def test_columns_set_for_the_eye_keep_their_first_lines_and_what_follows_together(quotes):
    left = ["  1997年11月，“工程”投资", *column(13, 6)]
    middle = [*column(13, 3, 5), "也“很”高兴。", "水库除险，", "1200人", "都很高兴。"]
    lines = for_the_eye([left, middle, NOTES], 13, quotes)
    assert grid_of(lines) is (Grid.WIDE, Grid.WIDE_AND_AMBIGUOUS)[quotes - 1]
    assert read(lines) == ["".join(line.split()) for line in (*left, *middle, *NOTES)]
    assert [part.indent for part in parts(lines)[-6:]] == [1, 0, 0, 1, 1, 1]


def test_a_centred_line_with_blanks_is_no_columns():
    lines = [
        " " * 27 + "夏粮收购工作顺利结束",
        " " * 24 + "记者 周正 通讯员 王平 李四 赵六",
        *for_the_eye(
            [["  今年11月，除险", *column(13, 6)], column(13, 7, 5), ["12日水库除险加固", *column(13, 6, 9)]], 13
        ),
    ]
    assert read(lines)[:2] == ["夏粮收购工作顺利结束", "记者周正通讯员王平李四赵六"]


def test_notes_end_where_the_page_leaves_more_room_and_the_next_headline_keeps_its_text():
    notes = [*NOTES, "", ""]
    text = [*column(13, 6), "都很高兴。", "", ""]
    band = for_the_eye([text, text, notes], 13)
    heads = for_the_eye([["夏粮收购"], ["春耕备耕"], ["编者的话"]], 13)
    texts = [column(13, 6, at) for at in (3, 8, 12)]
    found = read([*band, *heads, *for_the_eye(texts, 13)])
    assert found[14:21] == ["".join(line.split()) for line in NOTES]
    assert found[-7:] == ["编者的话", *texts[2]]


def headed(lines):
    """The texts of the stacks that are no running text."""
    rows = cells_of(lines)
    return ["".join(cell.text for cell in stack.cells) for stack in stacks(rows, heights(rows)) if not stack.body]


HEAD = "附近居民昨日都拍手称快了啊"  # as wide as a column


def test_blanks_that_fill_a_column_are_not_looked_at():
    left = column(13, 6)
    left[2] = " ".join(left[2][:7])
    lines = side_by_side([left, column(13, 6, 5)], "   ")
    found, page = blocks(plain.read("\n".join(lines).encode(), "page.txt")[0])
    assert page.beside
    assert left[2].replace(" ", "") in "".join(block.text for block in found)


def test_a_headline_as_wide_as_its_column_is_none_of_its_lines():
    text = [column(13, 6, at) for at in (0, 4, 9)]
    level = side_by_side([["", *text[0]], [HEAD, *text[1]], ["", *text[2]]], "   ")
    level[0] = " " * 16 + HEAD
    assert headed(level) == [HEAD]
    indented = ["  " + text[1][0][:11], *text[1][1:]]
    assert headed([" " * 16 + HEAD, *side_by_side([text[0], indented], "   ")]) == [HEAD]


def test_a_headline_below_the_end_of_a_text_is_none_of_its_lines():
    left = [*column(13, 5), "都很高兴。", HEAD[:11]]
    assert headed(side_by_side([left, [*column(13, 6, 5), ""]], "   ")) == [HEAD[:11]]


def test_a_column_that_is_a_line_taller_keeps_its_first_line():
    tall = ["水库除险加固工程昨日通过了", *column(13, 6, 5)]
    assert headed([" " * 16 + tall[0], *side_by_side([column(13, 6), tall[1:]], "   ")]) == []


def test_a_headline_that_no_words_push_is_not_drawn_into_a_column_that_it_only_overlaps():
    head = " " * 25 + "夏粮收购工作昨日顺利结束"
    lines = [head, "", "", *side_by_side([column(13, 6), column(13, 6, 5)], "   ")]
    rows = cells_of(lines)
    found = stacks(rows, heights(rows))
    (cell,) = divided(lines, rows, heights(rows), found)[0]
    assert cell.place == 25


def first_indented(lines):
    return ["  " + lines[0][:-2], *lines[1:]]


def test_a_headline_set_downwards_is_read_at_once_before_the_text_beside_it():
    text = [first_indented(column(13, 13)), column(13, 13, 5)]
    rows = side_by_side(text, "   ")
    large = dict(zip(range(0, 13, 3), "水库除险（"))
    lines = [large.get(at, " ").ljust(6, " ") + row for at, row in enumerate(rows)]
    found = read(lines)
    assert found[:5] == list("水库除险（")
    assert found[5:] == [line.strip() for line in (*text[0], *text[1])]


def test_parts_of_a_headline_in_one_line_over_one_text_are_read_together():
    text = [first_indented(column(13, 7)), column(13, 7, 4), column(13, 7, 9)]
    lines = [" " * 15 + "水库除险".ljust(10) + "加固工程完工", *side_by_side(text, "   ")]
    assert read(lines)[:3] == ["水库除险", "加固工程完工", text[0][0].strip()]


def test_a_headline_as_wide_as_its_column_is_none_of_the_text_above():
    left, right = column(13, 9), column(13, 9, 5)
    left[4:] = ["投资三千万元都由附近居民筹。", "附近居民拍手称快夏粮丰收了", *first_indented(column(13, 2, 3))]
    lines = side_by_side([left[:8], [*right[:5], "", *right[5:7]]], "   ")
    assert read(lines).index(left[5]) > read(lines).index(left[4])
    rows = cells_of(lines)
    heads = [[cell.text for cell in stack.cells] for stack in stacks(rows, heights(rows)) if not stack.body]
    assert [left[5]] in heads


def body(lines):
    """The texts of the stacks that are running text, each from top to bottom."""
    rows = cells_of(lines)
    return [[cell.text for cell in stack.cells] for stack in stacks(rows, heights(rows)) if stack.body]


def test_lines_of_a_column_stand_a_line_apart_where_a_headline_beside_parts_them():
    left, right = column(13, 9), column(13, 9, 5)
    lines = ["第3版".ljust(40) + "要闻", "", "", *side_by_side([left[:5], right[:5]], "      ")]
    lines += ["", "", "夏粮收购", " " * 19 + right[5], *side_by_side([left[6:], right[6:]], "      ")]
    rows = cells_of(lines)
    high = [y for row, y in zip(rows, heights(rows)) if any(cell.place == 19 for cell in row)]
    assert [round(b - a, 2) for a, b in pairwise(high)] == [1.0] * 8
    assert heights([]) == []


def test_lines_of_other_boxes_between_move_no_line_of_a_column():
    left, right = column(13, 8), column(13, 6, 5)
    lines = [*side_by_side([left[:3], right[:3]], "      "), " " * 19 + right[3]]
    lines += [
        " " * 50 + "夏粮收购",
        " " * 70 + "早稻插秧",
        "水库新闻".ljust(19) + right[4],
        left[5].ljust(19) + right[5],
    ]
    rows = cells_of(lines)
    high = [y for row, y in zip(rows, heights(rows)) if any(cell.place == 19 for cell in row)]
    assert [round(b - a, 2) for a, b in pairwise(high)] == [1.0] * 5


def test_a_column_goes_on_below_the_room_that_the_page_leaves():
    lines = side_by_side([column(13, 6), column(13, 6, 5)], "   ")
    lines[3:3] = ["", "", "", ""]
    rows = cells_of(lines)
    assert [b - a for a, b in pairwise(heights(rows))] == [1, 1, 5, 1, 1]


PAGE = [*side_by_side([column(13, 6), column(13, 6, 5)], "      "), "", "", "", ""]


def test_a_text_of_a_single_line_in_columns_is_running_text():
    line = ["  夏粮收购，昨日顺利", "结束了全市都在增加投入。"]
    lines = [*PAGE, "夏粮收购", "", "      ".join(line)]
    assert [line[0].strip()] in body(lines)
    assert [line[1]] in body(lines)


@pytest.mark.parametrize("line", ["记者王平      摄影周正", "夏粮收购昨日顺利结束了      全市都在增加投入没有"])
def test_words_beside_each_other_without_the_marks_of_a_sentence_are_none(line):
    assert not any(text in line for stack in body([*PAGE, "夏粮收购", "", line]) for text in stack)


def test_the_end_of_a_text_in_a_column_that_rises_beside_the_headline_is_part_of_it():
    left = ["  " + column(11, 1)[0], *column(13, 7, 2)]
    lines = [*PAGE, "夏粮收购".ljust(19) + "都很高兴。", "", "", *left]
    assert ["都很高兴。"] in body(lines)
    assert read(lines)[-9:] == ["夏粮收购", *(line.strip() for line in left), "都很高兴。"][-9:]


@pytest.mark.parametrize(("blanks", "begins"), [(6, False), (1, True)])
def test_a_short_line_begins_a_paragraph_only_where_its_place_may_hide_an_indent(blanks, begins):
    cells = [Cell(at, 20, 33, text, float(len(text)), 20, 13, blanks) for at, text in enumerate(column(13, 4))]
    cells[0].text, cells[0].width = "年增加一点，达到了", 9.0
    assert Stack(cells, [0.0, 1.0, 2.0, 3.0], True, 20, 13.0).begins == begins


def test_a_page_with_much_that_is_no_running_text_is_read_in_columns_all_the_same():
    text = side_by_side([column(13, 6), column(13, 6, 5)], "      ")
    heads = [
        f"{a}      {b}"
        for a, b in zip(["水库新闻", "夏粮收购", "春耕备耕"] * 4, ["编者的话", "今日天气", "读者来信"] * 4)
    ]
    assert read([*text, *heads])[:6] == column(13, 6)


def test_columns_count_by_characters_unless_another_grid_is_clearly_better():
    assert grid_of(side_by_side([column(13, 6), column(13, 6, 5)], "   ")) is Grid.CHARACTERS
    assert grid_of([]) is Grid.CHARACTERS


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}-{path.stem}"[:40])
def test_ordinary_pages_have_no_columns_side_by_side(path):
    lines = path.read_text().split("\n")
    assert parts(lines) is None
    assert parts([" ".join(line) for line in lines]) is None  # as Tesseract parts characters


VERSE = ["两个黄鹂鸣翠柳", "一行白鹭上青天", "窗含西岭千秋雪", "门泊东吴万里船"]


@pytest.mark.parametrize(
    "lines",
    [
        [f"{a}  {b}" for a, b in zip(VERSE * 3, VERSE[::-1] * 3)],
        [f"{a}，{b}。 {a}，{b}。" for a, b in zip(VERSE * 3, VERSE * 3)],
        ["张三  李四  王五  赵六"] * 9,
        ["上午8:00     市政府一号会议室     工作会议"] * 9,
        ["多方联动 广搭平台", "凝聚多方力量 服务城乡居民", "办实事 求实效 解难题"] * 3,
        ["The quick brown fox jumps over the lazy dog and runs."] * 9,
        ["　　" + line for line in column(13, 12)],
        [line + "  " for line in column(13, 12)],
        column(13, 12),
        [PROSE * 3] * 5,
        ["（本报记者 张三 通讯员 李四 王五 摄影报道）"] * 6,
    ],
    ids=["verse", "long-verse", "names", "table", "headlines", "latin", "indents", "trailing", "one-column", "unbroken",
         "bylines"],
)  # fmt: skip
def test_other_blanks_are_no_gutters(lines):
    assert parts(lines) is None


@settings(max_examples=150, deadline=None)
@given(texts | layouts())
def test_the_parts_cover_every_line_once(text):
    lines = text.split("\n")
    found = parts(lines)
    covered = {}
    for part in sorted(found or (), key=lambda part: (part.line, part.start)):
        assert part.start == covered.get(part.line, 0) < part.end
        covered[part.line] = part.end
    assert found is None or covered == {at: len(line) for at, line in enumerate(lines) if line.strip()}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.text("甲乙丙丁，。 ", max_size=20), max_size=6).map("  ".join), min_size=1, max_size=12))
def test_a_line_is_divided_into_cells_without_loss(lines):
    lines = [*side_by_side([column(13, 6), column(13, 6, 5)], "  "), *lines]
    rows = cells_of(lines)
    for row in divided(lines, rows, heights(rows), running_text(rows, heights(rows))[0]):
        assert "".join("".join(cell.text.split()) for cell in row) == "".join(lines[row[0].line].split())
