"""How a line is composed: each case is a text, the room in em, and the line that is right."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edition.render.setting import Font, compose, may_break


def width(token):
    """Of a font like those of newspapers: Chinese and its marks an em, letters and digits half of one."""
    return sum(0.5 if char < "\u0100" else 1.0 for char in token)


FONT = Font(1.0, width)


def lines(text, room):
    out = []
    while text:
        line = compose(text, FONT, room)
        out.append(line.text)
        if line.resume is None:
            break
        text = text[line.resume :]
    return out


@pytest.mark.parametrize(
    ("text", "room", "wanted"),
    [
        ("甲乙丙丁戊己庚辛", 4, ["甲乙丙丁", "戊己庚辛"]),
        ("甲乙丙丁，戊己庚辛", 4, ["甲乙丙", "丁，戊己", "庚辛"]),  # no pause begins a line
        ("甲乙丙（丁戊）己庚", 4, ["甲乙丙", "（丁戊）", "己庚"]),  # no opening mark ends one
        ("甲乙丙“丁戊”己庚", 3, ["甲乙丙", "“丁戊”", "己庚"]),  # at both edges a mark counts half
        ("甲乙——丙丁", 3, ["甲乙", "——", "丙丁"]),  # never parted
        ("甲乙丙……丁戊己", 4, ["甲乙", "丙……丁", "戊己"]),  # nor is …… at the start of a line
        ("甲乙2019年丙丁", 4, ["甲乙", "2019年", "丙丁"]),  # a number and its unit
        ("甲乙3.93万丙丁", 4, ["甲乙", "3.93万", "丙丁"]),
        ("甲第12号丙丁戊己", 3, ["甲", "第12号", "丙丁", "戊己"]),
        ("甲乙，“丙丁”，戊己", 6, ["甲乙，“丙", "丁”，戊己"]),
        ("甲，乙，丙丁，戊己庚辛", 6, ["甲，乙，丙丁，", "戊己庚辛"]),  # pushed in: the commas before give way
        ("甲乙丙丁戊", 4, ["甲乙丙", "丁戊"]),  # two characters at least in the last line
        ("甲乙丙丁戊。", 4, ["甲乙丙", "丁戊。"]),
        ("甲 乙丙丁", 2, ["甲", "乙", "丙丁"]),
        ("甲AB乙丙丁", 3, ["甲AB", "乙丙丁"]),  # a quarter of an em on both sides of AB
        ("ABCDEFGHIJ", 3, ["ABCDEF", "GHIJ"]),  # a word without end is cut
    ],
)
def test_where_lines_end(text, room, wanted):
    assert lines(text, room) == wanted


@pytest.mark.parametrize(
    ("text", "wide"),
    [
        ("甲，“乙", 3.5),  # side by side, one of two marks counts half
        ("甲”，乙", 3.5),
        ("《“甲", 2.0),  # the first begins the line, the second stands beside it
        ("甲（乙", 3.0),
        ("甲2乙", 3.0),  # a quarter before and after
        ("甲2，乙", 3.75),  # none beside a mark
        ("甲 2 乙", 3.5),  # none beside a blank
    ],
)
def test_how_wide_marks_and_gaps_are(text, wide):
    assert compose(text, FONT, 99).width == pytest.approx(wide)


def test_a_narrow_mark_is_not_halved():
    narrow = Font(1.0, lambda token: 0.4 if token in "“”" else width(token))
    assert compose("甲”，乙", narrow, 99).width == pytest.approx(3.4)


@settings(deadline=None)
@given(st.text("甲乙丙丁，。“”（）—…·12年A b\u00a0\u200b", max_size=60), st.floats(0, 12), st.booleans())
def test_nothing_is_lost_and_lines_end_where_they_may(text, room, at_start):
    got, rest = [], text
    while rest:
        line = compose(rest, FONT, room, at_start=at_start or bool(got))
        assert line.text or line.resume or not rest.strip(" "), "a line makes progress"
        got.append(rest[: line.resume])
        assert len(line.after) == len(line.text) and all(p < len(line.text) - 1 for p in line.places)
        if line.resume is None:
            break
        rest = rest[line.resume :]
    assert "".join(got) == text


@settings(deadline=None)
@given(st.text("甲乙丙丁，。“”（）", min_size=30, max_size=60))
def test_no_line_begins_or_ends_with_a_mark_that_may_not(text):
    rest = "甲乙" + "甲".join(text)  # so that there is always another place
    while rest:
        line = compose(rest, FONT, 12)
        if line.resume is None:
            break
        assert may_break(line.text[-1], rest[line.resume])
        assert line.width <= 12.01
        rest = rest[line.resume :]


def test_a_line_may_end_at_the_blank_with_which_a_text_goes_on():
    """As after the number of a note, where no character of the text fits into what is left of the line."""
    line = compose(" 某市", FONT, 0.5, at_start=False)
    assert (line.resume, line.text) == (1, "")
