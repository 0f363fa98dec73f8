"""Golden cases: a folder each, `in.txt` as an OCR tool leaves it and `expected.txt` as a marked-up galley.

A new case is a folder with `in.txt`; run `pytest --update-golden` once, then read what it wrote. The sample pages have
their galleys under `cases/pages`.
"""

import json
from pathlib import Path

import pytest
from galley import galley

from edition import build
from edition.config import PageConfig, default
from edition.decisions import NONE
from edition.evaluate.structure import from_edition
from edition.files import Clock
from edition.model.regime import Regime
from edition.model.regular import regularised_text
from edition.tei.read import read

CASES = Path(__file__).parent / "cases"
SEEDS = Path(__file__).parents[1] / "seeds"
CLOCK = Clock("2026-11-21T00:00:00Z", True)


def compare(path, text, update):
    if update:
        path.write_text(text, encoding="utf-8")
    assert path.is_file(), f"{path} is missing: run pytest --update-golden, then read it"
    assert text == path.read_text(encoding="utf-8")


def made(data, dictionary, decided=NONE):
    page = PageConfig("in.txt", order=1, decisions=decided)
    return build.normalise(data, "in.txt", page, default("case"), CLOCK, dictionary)


@pytest.mark.parametrize("case", sorted((CASES / "structure").iterdir()), ids=lambda path: path.name)
def test_structure(case, dictionary, update_golden):
    page = made((case / "in.txt").read_bytes(), dictionary)
    compare(case / "expected.txt", galley(read(page.tei, "in.xml")), update_golden)


@pytest.mark.parametrize("case", ["layout-boxes-side-by-side", "layout-two-articles-in-columns"])
def test_nothing_is_called_sure_of_what_goes_on_between_guessed_columns(case, dictionary):
    page = read(made((CASES / "structure" / case / "in.txt").read_bytes(), dictionary).tei, "in.xml")
    certs = [seam.cert for _, block in from_edition(page).blocks for seam in block.seams]
    assert certs
    assert max(certs) < 0.9


@pytest.mark.parametrize("case", sorted((CASES / "findings").iterdir()), ids=lambda path: path.name)
def test_finding(case, dictionary):
    """The folder's name is a code; its text, with the decisions beside it, provokes that finding."""
    decided = build.decisions_of(case / "in.txt", "in.decisions.toml")
    found = made((case / "in.txt").read_bytes(), dictionary, decided).findings
    assert case.name in {finding.code for finding in found}


@pytest.mark.parametrize("name", sorted(path.stem for path in SEEDS.glob("*.txt")))
def test_sample_page(name, teis, update_golden):
    compare(CASES / "pages" / f"{name}.txt", galley(read(teis[name], name), whole=False), update_golden)


@pytest.mark.parametrize("row", json.loads((CASES / "widths.json").read_text()), ids=lambda row: row[0])
def test_widths(row):
    source, wanted, *more = row
    regime = Regime(**more[0]) if more else Regime()
    body = not (len(more) > 1 and more[1] == "head")
    for text in (source, wanted):
        assert regularised_text(text, "han-fullwidth-2", regime, body=body) == wanted
    assert regularised_text(source, "as-source", regime, body=body) == source
