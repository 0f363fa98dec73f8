"""The metrics, on structures small enough to count by hand."""

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_cli import run, said

from edition.errors import UsageError
from edition.evaluate import metrics, report
from edition.evaluate.align import match
from edition.evaluate.structure import from_edition, load, to_json
from edition.tei.read import read

A = "县图书馆新馆昨日开放,藏书三十万册,读者凭身份证借阅。"
B = "东河清淤工程昨日开工,全长四公里,计划明年四月完成。"
HEAD_A, HEAD_B = "县图书馆新馆开放", "东河清淤开工"


def page(*articles, furniture=()):
    rows = [
        {"id": name, "blocks": [{"role": role, "text": text} for role, text in blocks]} for name, blocks in articles
    ]
    whole = {"page": "x", "articles": rows, "furniture": [{"role": "furniture", "text": text} for text in furniture]}
    return load(json.dumps(whole).encode(), "x.json")


GOLD = page(
    ("a", [("headline", HEAD_A), ("p", A), ("byline", "(陈明远)")]),
    ("b", [("headline", HEAD_B), ("p", B), ("byline", "(林秀芳)")]),
    furniture=["A03"],
)


def figures(predicted, gold=GOLD):
    return report.as_json(metrics.compare(gold, predicted))


def test_a_structure_is_like_itself():
    same = figures(GOLD)
    assert same["characters"] == {"gold": len(HEAD_A + A + HEAD_B + B) + 2 * 5 + 3, "lost": 0, "added": 0}
    assert same["articles"]["b3"]["f1"] == same["paragraphs"]["f1"] == same["roles"]["macro_f1"] == 1
    assert same["headlines"] == {"attached": 1.0, "count": 2}
    assert same["order_distance"] == 0 and same["articles"]["splits"] == same["articles"]["merges"] == 0


def test_two_articles_in_one():
    merged = page(
        (
            "a",
            [
                ("headline", HEAD_A),
                ("p", A),
                ("byline", "(陈明远)"),
                ("headline", HEAD_B),
                ("p", B),
                ("byline", "(林秀芳)"),
            ],
        ),
        furniture=["A03"],
    )
    found = figures(merged)
    assert found["articles"]["merges"] == 1 and found["articles"]["splits"] == 0
    assert (
        found["articles"]["exact"]["right"]
        if "right" in found["articles"]["exact"]
        else found["articles"]["exact"]["f1"] == 0
    )
    sizes = len(HEAD_A + A + "(陈明远)"), len(HEAD_B + B + "(林秀芳)")
    assert found["articles"]["b3"]["precision"] == pytest.approx(sum(n * n for n in sizes) / sum(sizes) ** 2)
    assert found["articles"]["b3"]["recall"] == 1


def test_an_article_in_two():
    split = page(
        ("a", [("headline", HEAD_A)]),
        ("a2", [("p", A), ("byline", "(陈明远)")]),
        ("b", [("headline", HEAD_B), ("p", B), ("byline", "(林秀芳)")]),
        furniture=["A03"],
    )
    found = figures(split)
    assert found["articles"]["splits"] == 1 and found["headlines"]["attached"] == 0.5


def test_headlines_exchanged():
    crossed = page(
        ("a", [("headline", HEAD_B), ("p", A), ("byline", "(陈明远)")]),
        ("b", [("headline", HEAD_A), ("p", B), ("byline", "(林秀芳)")]),
        furniture=["A03"],
    )
    assert figures(crossed)["headlines"]["attached"] == 0


def test_roles_are_counted_by_block():
    wrong = page(
        ("a", [("headline", HEAD_A), ("p", A), ("p", "(陈明远)")]),
        ("b", [("headline", HEAD_B), ("caption", B), ("byline", "(林秀芳)")]),
        furniture=["A03"],
    )
    roles = figures(wrong)["roles"]
    assert roles["byline"] == {"precision": 1.0, "recall": 0.5, "f1": pytest.approx(2 / 3), "gold": 2, "predicted": 1}
    assert roles["p"]["recall"] == 0.5 and roles["caption"]["precision"] == 0


def test_a_role_that_nobody_can_tell_is_right_either_way():
    plain = {"role": "kicker", "also": ["headline"], "text": HEAD_B}
    rows = [{"id": "a", "blocks": [plain, {"role": "headline", "text": HEAD_A}, {"role": "p", "text": A}]}]
    gold = load(json.dumps({"page": "x", "articles": rows, "furniture": []}).encode(), "x.json")
    for role, right in (("kicker", 1.0), ("headline", 1.0), ("p", None)):
        found = figures(page(("a", [(role, HEAD_B), ("headline", HEAD_A), ("p", A)])), gold)
        assert (found["roles"]["macro_f1"] == 1.0) is (right is not None)
    assert to_json(gold)["articles"][0]["blocks"][0] == plain
    with pytest.raises(UsageError):
        load(
            json.dumps({"page": "x", "articles": [{"id": "a", "blocks": [plain | {"also": ["title"]}]}]}).encode(), "x"
        )


def test_lost_and_added_characters():
    damaged = page(
        ("a", [("headline", HEAD_A), ("p", A.replace("三十万册", "册") + "新")]),
        ("b", [("headline", HEAD_B), ("p", B), ("byline", "(林秀芳)")]),
        furniture=["A03"],
    )
    found = figures(damaged)["characters"]
    assert found["lost"] == 3 + len("(陈明远)") and found["added"] == 1


def test_pages_that_are_not_the_same():
    with pytest.raises(UsageError, match="are not in the predicted one"):
        figures(page(("a", [("p", "另一个版面，说的是别的事。")])))


def test_no_share_exceeds_one():
    """One predicted block that holds two gold ones is right once, not twice."""
    glued = page(
        ("a", [("headline", HEAD_A), ("p", A), ("p", B)]),
        furniture=["A03"],
    )
    gold = page(("a", [("headline", HEAD_A), ("p", A[:10]), ("p", A[10:]), ("p", B)]), furniture=["A03"])
    assert figures(glued, gold)["roles"]["p"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "gold": 3, "predicted": 2}


def test_order():
    turned = page(
        ("b", [("headline", HEAD_B), ("p", B), ("byline", "(林秀芳)")]),
        ("a", [("headline", HEAD_A), ("p", A), ("byline", "(陈明远)")]),
        furniture=["A03"],
    )
    assert figures(turned)["order_distance"] == 9 / 15


def test_joins_know_their_kind(teis):
    """Undo one join of each kind in a page's TEI: recall falls by just that."""
    tei = teis["002_2026e5480a0cc509"].decode()
    gold = from_edition(read(tei.encode(), "x"))
    opened = tei.replace('带领数百<lb n="18" break="no"', '带领数百</p><p><lb n="18"').replace(
        '建设紫砂陶<cb type="inferred" break="no"/><lb n="22" break="no"', '建设紫砂陶</p><p><lb n="22"'
    )
    found = report.as_json(metrics.compare(gold, from_edition(read(opened.encode(), "x"))))["joins"]
    assert (found["non-local"]["recall"], found["boundary"]["recall"], found["in-block"]["gold"]) == (0, 0, 0)
    assert found["all"]["predicted"] == 0 and found["all"]["gold"] == 2


def test_confidence_is_judged(teis):
    tei = teis["002_2026e5480a0cc509"]
    gold = from_edition(read(tei, "x"))
    sure = metrics.compare(gold, gold).decisions
    assert all(right for rows in sure.values() for _, right in rows)
    assert len(sure["owners"]) == 4 and len(sure["joins"]) > 5 and len(sure["roles"]) > 10


@pytest.mark.parametrize(
    ("rows", "error", "coverage"),
    [
        ([(1.0, True)] * 4, 0.0, 1.0),
        ([(0.5, True), (0.5, False)], 0.0, 0.0),
        ([(0.9, True), (0.9, True), (0.6, False)], (2 * 0.1 + 0.6) / 3, 2 / 3),
        ([], None, None),
    ],
)
def test_calibration(rows, error, coverage):
    found = report.calibration_error(rows)
    assert found == (None if error is None else pytest.approx(error))
    assert report.coverage(rows, 0.99) == coverage


@given(
    st.lists(st.text("甲乙丙丁戊己庚", min_size=1, max_size=30), min_size=1, max_size=6),
    st.randoms(use_true_random=False),
)
def test_shuffled_text_is_found_whole(parts, rnd):
    shuffled = list(parts)
    rnd.shuffle(shuffled)
    gold, predicted = "".join(parts), "".join(shuffled)
    places = match(gold, predicted)
    assert sorted(places) == list(range(len(gold)))
    assert all(gold[place] == predicted[at] for at, place in enumerate(places))


def test_long_moved_runs_keep_together():
    random.seed(1)
    parts = ["".join(chr(0x4E00 + random.randrange(3000)) for _ in range(60)) for _ in range(5)]
    gold, predicted = "".join(parts), "".join(parts[::-1])
    places = match(gold, predicted)
    assert [places[60 * n] for n in range(5)] == [240, 180, 120, 60, 0]


def test_json_goes_round(teis):
    structure = from_edition(read(teis["000_30f3aed06ed4d00f"], "x"))
    again = load(json.dumps(to_json(structure)).encode(), "x.json")
    assert to_json(again) == to_json(structure)
    assert report.as_json(metrics.compare(structure, again))["characters"]["lost"] == 0


def test_the_command(dist, tmp_path):
    result = run("evaluate", dist / "tei", dist / "tei", "--json", "--plot", tmp_path / "c.svg")
    assert result.returncode == 0 and json.loads(result.stdout)["joins"]["all"]["f1"] == 1
    assert b"<svg" in (tmp_path / "c.svg").read_bytes()
    assert b"joins.boundary.f1" in run("evaluate", dist / "tei", dist / "tei").stdout
    (tmp_path / "bad.json").write_text('{"articles": 3}')
    bad = run("evaluate", tmp_path / "bad.json", tmp_path / "bad.json")
    assert bad.returncode == 2 and "JSON of structure" in said(bad)
    assert run("evaluate", dist / "tei", tmp_path).returncode == 2
