"""The ways out: what a reader sees stands in them once, no more and no less."""

import json
from collections import Counter

from conftest import SEEDS
from hypothesis import HealthCheck, given, settings
from strategies import editions
from test_cli import TEXT, files_under, folder, run, said

from edition.archive import exports
from edition.model.readings import printed
from edition.model.walk import standing
from edition.tei.read import read

FIELDS = ("kicker", "title", "subtitle", "byline", "text", "caption")


def seen(edition):
    """The printed characters of the TEI, blanks excepted, block by block through the model's own walk."""
    header = edition.header
    chars = Counter()
    for one in standing(edition):
        if one.role != "markup":
            body = one.role in ("paragraph", "caption")
            chars.update("".join(printed(one.content, header.width_policy, header.regime, body=body).split()))
    return chars


def of_text(data):
    lines = data.decode().splitlines()
    return Counter("".join("".join(line for line in lines if not line.startswith(exports.RULE)).split()))


def of_jsonl(data):
    rows = [json.loads(line) for line in data.decode().split("\n") if line]
    return Counter("".join("".join(row.get(name, "") for row in rows for name in FIELDS).split()))


def test_every_character_of_the_sample_pages_stands_once(dist, teis):
    pages = [read(tei, name) for name, tei in teis.items()]
    wanted = sum((seen(page) for page in pages), Counter())
    assert sum(wanted.values()) > 10_000
    assert of_text((dist / "wuxi-gonghui.txt").read_bytes()) == wanted
    assert of_jsonl((dist / "wuxi-gonghui.jsonl").read_bytes()) == wanted


@given(editions())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_character_of_a_generated_page_stands_once(edition):
    page = exports.Leaf("p", edition)
    assert of_jsonl(exports.jsonl([page])) == seen(edition)
    label, rest = exports.text([page]).decode().split(f" {exports.RULE}\n", 1) if seen(edition) else ("", "")
    assert label.startswith(exports.RULE) or not seen(edition)
    assert Counter("".join(rest.split())) == seen(edition)


def test_a_record_says_what_is_known_and_no_more(tmp_path):
    toml = (
        'id = "x"\ntitle = "某报"\nmodified = 2026-11-21\n[[page]]\nfile = "a.txt"\nnewspaper = "某日报"\npage = "2"\n'
    )
    source = folder(
        tmp_path, toml=toml, a=TEXT.replace("(", "\n\n新馆还设有报刊阅览室,每天开放到晚上九点,星期一闭馆整理。(")
    )
    result = run("build", source, "--out", tmp_path / "out", "--only", "text,jsonl")
    assert result.returncode == 0, said(result)
    assert files_under(tmp_path / "out") == ["findings.json", "manifest.json", "x.jsonl", "x.txt"]
    [row] = [json.loads(line) for line in (tmp_path / "out" / "x.jsonl").read_text().splitlines()]
    assert row == {
        "id": "a#L3",
        "kind": "article",
        "title": "县图书馆开放",
        "byline": "（陈明远）",
        "text": "县图书馆昨日开放，藏书三十万册，读者凭身份证借阅。\n新馆还设有报刊阅览室，每天开放到晚上九点，星期一闭馆整理。",
        "lines": "1 3 5",
        "page": "某日报 2版",
        "file": "a",
        "order": 1,
        "newspaper": "某日报",
        "pageNumber": "2",
        "edition": "x",
        "language": "zh-Hans",
        "modified": "2026-11-21T00:00:00Z",
    }
    text = (tmp_path / "out" / "x.txt").read_text()
    assert text.startswith("==== 某日报 2版 (a) ====\n\n\n县图书馆开放\n\n县图书馆昨日开放，")


def test_every_record_has_its_own_id(dist):
    rows = [json.loads(line) for line in (dist / "wuxi-gonghui.jsonl").read_text().splitlines()]
    assert len({row["id"] for row in rows}) == len(rows) == 25
    assert {row["file"] for row in rows} == {path.stem for path in SEEDS.glob("*.txt")}
