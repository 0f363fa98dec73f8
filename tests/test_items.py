"""What gives texts and headlines to items: the assignment of headlines to texts, and the words of the last texts."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edition.infer.blocks import blocks
from edition.infer.owners import MANY, REACH, assign, reach_of
from edition.infer.standing import Box, beside, box, standing
from edition.infer.topics import Topics, Window
from edition.readers.plain import read

ROWS = st.lists(st.dictionaries(st.integers(0, 5), st.integers(-9, 9).map(float)), max_size=5)
CHARS = "水利工程会议代表团访问"


def _greatest(values):
    """The greatest sum of an assignment, all of them tried; None stands for a row that stays alone."""
    best = 0.0
    for columns in product(*([None, *row] for row in values)):
        taken = [column for column in columns if column is not None]
        if len(set(taken)) == len(taken):
            best = max(best, sum(row[column] for row, column in zip(values, columns) if column is not None))
    return best


@given(ROWS)
def test_no_assignment_of_headlines_is_worth_more(values):
    rows = [dict(sorted(row.items())) for row in values]
    total, pairs = assign(rows)
    assert len(set(pairs.values())) == len(pairs)
    assert total == sum(rows[row][column] for row, column in pairs.items()) == pytest.approx(_greatest(rows))


def test_a_headline_yields_the_text_that_another_needs_more():
    assert assign([{0: 5.0, 1: 4.0}, {0: 5.0}, {1: -1.0}]) == (9.0, {0: 1, 1: 0})
    assert assign([]) == (0.0, {})


def test_it_is_not_looked_as_far_on_pages_of_hundreds_of_headlines():
    assert {reach_of(REACH, groups) for groups in range(MANY + 1)} == {REACH}
    assert all(reach_of(REACH, groups) * groups <= REACH * MANY for groups in range(MANY, 5 * MANY))
    assert [reach_of(REACH, 2 * MANY), reach_of(REACH, 100 * MANY)] == [REACH // 2, REACH // 5]


@given(st.lists(st.text(CHARS, max_size=6), max_size=30), st.integers(0, 12))
def test_a_window_has_the_words_of_the_last_texts(texts, most):
    topics, window = Topics(texts), Window(most)
    for at, text in enumerate(texts):
        window.add(topics.blocks[at], len(text))
        first = at
        while first and sum(map(len, texts[first : at + 1])) <= most:
            first -= 1
        assert window.words == topics.of(range(first, at + 1)), (first, at)
    assert window.given == len(texts)


def test_the_words_that_two_texts_share_are_told_the_rarest_first():
    topics = Topics(["水利工程会议", "水利工程访问", "会议代表团", "会议"])
    assert topics.telling(topics.blocks[0], topics.blocks[1]) == ["利工", "工程", "水利"]
    assert topics.telling(topics.blocks[0], topics.blocks[2]) == ["会议"]
    assert topics.telling(topics.of([0, 2]), topics.of([1, 3])) == ["利工", "工程", "水利", "会议"]


def test_characters_that_meet_at_a_break_are_looked_for_on_the_page():
    topics = Topics(["克林顿昨天抵达", "双方会见了克林", "顿时掌声响起"])
    assert topics.meet("双方会见了克林", "顿总统说")
    assert not topics.meet("双方会见了。", "克林顿说")
    assert not topics.meet("双方会见了", "掌声响起")


def test_where_a_head_was_printed_over_beside_or_under_a_text():
    head = Box(10, 11, 20.0, 40.0)
    under, right = Box(13, 20, 20.0, 29.0), Box(9, 20, 42.0, 51.0)
    assert [*standing(head, under, Box(13, 40, 20.0, 40.0))] == ["over.close.upon", "spans.all"]
    assert [*standing(head, right, right)] == ["beside.apart", "spans.none"]
    assert [*standing(Box(50, 50, 20.0, 40.0), under, Box(13, 40, 20.0, 30.0))] == ["under.upon", "spans.part"]
    assert next(standing(head, Box(40, 44, 20.0, 29.0), under)) == "over.far.upon"


def test_a_block_takes_up_its_lines_from_edge_to_edge():
    found, _ = blocks(read("　　市里昨天召开座谈会，\n交流经验。\n".encode(), "page.txt", "UTF-8")[0])
    assert not beside(found)
    assert box(found) == Box(1, 2, 0.0, 12.0)
