"""The EPUB in real readers: what foliate-js, epub.js and DAISY Ace make of it."""

import browsing
import pytest

from edition.model.readings import running
from edition.model.walk import items
from edition.tei.read import read

BOOK = "wuxi-gonghui.epub"
ENGINES = ("foliate", "epubjs")


def squeezed(text):
    return "".join(text.split())


def headlines(teis):
    for name, tei in teis.items():
        for item in items(read(tei, name)):
            yield from (running(head.content, "han-fullwidth-2") for head in item.heads if head.kind == "main")


def test_ace_finds_nothing(dist, tmp_path):
    failed, _ = browsing.ace(dist / BOOK, tmp_path / "ace")
    assert failed == []


@pytest.fixture(scope="module", params=ENGINES)
def reading(request, dist, teis, tmp_path_factory):
    """The sample pages read in an engine: every entry of the contents, and a search for every headline."""
    folder = tmp_path_factory.mktemp(request.param)
    shots = [{"href": "text/page-0003.xhtml", "file": folder / "opening.png"}]
    return browsing.run(
        "reading.mjs", book=dist / BOOK, engine=request.param, search=list(headlines(teis)), shots=shots
    ) | {"shot": folder / "opening.png"}


def test_every_entry_of_the_contents_is_reached(reading):
    entries = reading["entries"]
    assert reading["errors"] == [] and len(entries) >= 35
    assert [entry["label"] for entry in entries if not entry["reached"]] == []
    for entry in entries[1:]:  # a title page does not call itself one
        label = squeezed(entry["label"].removeprefix("（图片）").removesuffix("……"))
        assert label in squeezed(entry["text"]), entry["label"]


def test_every_source_page_is_reached(reading):
    pages = reading["pages"]
    assert [page["reached"] for page in pages] == [True] * 5
    assert [page["text"] for page in pages] == ["版面一", "版面二", "版面三", "版面四", "版面五"]


def test_every_headline_is_found(reading, teis):
    assert len(reading["searches"]) == len(set(headlines(teis))) >= 20
    assert all(reading["searches"].values()), reading["searches"]


def test_the_opening_is_on_the_screen(reading):
    assert 3 < browsing.ink(reading["shot"]) < 15
