"""Columns printed line by line by turns: given back to their columns, and never seen where lines go on in the next one."""

from itertools import zip_longest
from pathlib import Path

import pytest
from hypothesis import given, settings
from strategies import texts

from edition import words
from edition.infer.ties import Ties, edge, measure_told
from edition.infer.turns import by_turns

CASES = Path(__file__).parent / "cases" / "structure"
SEEDS = Path(__file__).parents[1] / "seeds"
TURNS = CASES / "columns-line-by-line-by-turns" / "in.txt"
PAGES = [*sorted(SEEDS.glob("*.txt")), *(p / "in.txt" for p in sorted(CASES.iterdir()) if p != TURNS.parent)]
LINES = [line for line in TURNS.read_text().split("\n") if line]


def columns(count):
    """The lines of the case without the headline, column by column."""
    return [LINES[1:][at::3] for at in range(count)]


def by_lines(cols):
    return [row for turn in zip_longest(*cols) for line in turn if line for row in (line, "")]


def read(lines):
    return [lines[part.line] for part in by_turns(lines, words.load()) or ()]


def test_each_line_is_given_to_its_column():
    cols = columns(3)
    assert read(by_lines(cols)) == [line for column in cols for line in column]


def test_a_line_of_another_column_between_breaks_no_turn():
    cols = columns(3)
    lines = by_lines(cols)
    lines[8:8] = ["外事简讯", ""]
    assert [line for line in read(lines) if line != "外事简讯"] == [line for column in cols for line in column]


def test_lines_that_go_on_in_the_next_one_are_left_as_they_stand():
    assert by_turns([row for column in columns(3) for line in column for row in (line, "")], words.load()) is None


@pytest.mark.parametrize("row", ["窗含西岭千秋雪", "张三", "第一百二十三条", "The quick brown fox"])
def test_verse_names_and_lists_are_no_columns(row):
    assert by_turns([row, ""] * 60, words.load()) is None


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}-{path.stem}"[:40])
def test_other_pages_are_not_touched(path):
    lines = path.read_text().split("\n")
    assert by_turns(lines, words.load()) is None
    assert by_turns([row for line in lines for row in (line, "")], words.load()) is None


@settings(max_examples=40, deadline=None)
@given(texts)
def test_every_line_with_text_is_read_once(text):
    lines = [*text.split("\n"), "", *by_lines(columns(3))]
    found = by_turns(lines, words.load())
    if found is not None:
        assert sorted(part.line for part in found) == [at for at, line in enumerate(lines) if line.strip()]
        assert all(part.start == 0 and part.end == len(lines[part.line]) for part in found)


def test_a_word_over_the_seam_ties_and_a_dateline_does_not():
    ties = Ties([], words.load())
    left = edge("由于年久失修，坝体多处出现渗漏的水")
    assert ties.text(left, edge("库已经加固，沿岸群众都很高兴。")) > ties.text(left, edge("新华社北京三日电 记者周正"))


def test_a_paragraph_begins_two_em_narrower_behind_a_full_stop():
    full, narrow = edge("一" * 13), edge("一" * 11)
    ended = edge("一" * 8 + "。")
    assert measure_told(ended, narrow, 13, 5) > measure_told(ended, full, 13, 5)
    assert measure_told(full, full, 13, 5) > measure_told(full, narrow, 13, 5)


def test_how_often_a_word_occurs_is_told():
    assert words.load().often("水库") > words.load().often("渗漏") > 0
    assert words.load().often("库渗") == 0


def test_a_headline_printed_behind_the_first_line_of_a_column_comes_before_it():
    lines = by_lines(columns(3))
    lines[2:2] = ["水库通过验收", ""]
    assert read(lines)[0] == "水库通过验收"
