"""Errors per 10,000 characters, and how sure that is: the lot, and the interval of Clopper and Pearson."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edition.decisions import Decisions, Draw, accuracy, drawn, parse
from edition.model.accuracy import PER, Accuracy, in_chinese, in_english, together
from edition.readers.plain import read

TEXT = "".join(f"第{n}行文字，共十来个字。\n\n" for n in range(1, 41))
PAGE = read(TEXT.encode(), "a.txt")[0]


@pytest.mark.parametrize(
    ("errors", "chars", "low", "high"),
    # scipy.stats.binomtest(errors, chars).proportion_ci(0.95, "exact")
    [
        (0, 1000, 0.0, 0.0036820836),
        (3, 812, 0.0007625258, 0.0107605416),
        (1, 20, 0.0012650895, 0.2487328100),
        (10, 10, 0.6915028921, 1.0),
        (50, 10000, 0.0037135100, 0.0065862900),
    ],
)
def test_the_interval_is_that_of_clopper_and_pearson(errors, chars, low, high):
    found = Accuracy(1, 1, chars, errors).interval
    assert found == pytest.approx((PER * low, PER * high), rel=2e-3, abs=1e-6)


@settings(deadline=None)
@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_rate_lies_in_its_interval(case):
    errors, chars = case
    found = Accuracy(1, 1, chars, errors)
    low, high = found.interval
    assert 0 <= low <= found.rate + 1e-6 and found.rate - 1e-6 <= high <= PER


def test_the_lot_is_the_same_everywhere_and_another_seed_draws_others():
    one, two = (drawn(Decisions("d", (), Draw(seed, 10)), PAGE) for seed in (1, 2))
    assert len(one) == len(two) == 10 and one != two and all(line % 2 for line in (*one, *two))
    assert one == drawn(Decisions("d", (), Draw(1, 10)), PAGE) == tuple(sorted(one))
    changed = read(TEXT.replace("第1行", "第一行").encode(), "a.txt")[0]
    assert len(set(one) & set(drawn(Decisions("d", (), Draw(1, 10)), changed))) >= 9
    assert len(drawn(Decisions("d", (), Draw(1, 999)), PAGE)) == 40


def test_only_drawn_lines_count():
    lot = drawn(Decisions("d", (), Draw(1, 5)), PAGE)
    others = [line for line in range(1, 80, 2) if line not in lot]
    rows = "".join(f'[[checked]]\nline = {line}\ntext = "第"\nerrors = 2\n' for line in (lot[0], *others[:5]))
    said = parse(f'who = "李"\n{rows}[draw]\nseed = 1\nlines = 5\n'.encode(), "d")
    found = accuracy(said, PAGE)
    assert (found.drawn, found.checked, found.errors) == (5, 1, 2) and found.chars in (12, 13)
    assert accuracy(Decisions("d", said.entries), PAGE) is None


def test_pages_are_taken_together_and_said_in_both_languages():
    both = together([Accuracy(20, 20, 800, 3), Accuracy(20, 10, 400, 0)])
    assert both == Accuracy(40, 30, 1200, 3) and together([]) is None
    assert "每万字 25.0 处" in in_chinese(both) and "25.0 per 10,000" in in_english(both)
    assert "从未" in in_chinese(None) and "never checked" in in_english(None)
