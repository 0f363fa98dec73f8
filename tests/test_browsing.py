"""The browser that other tests look through sees what there is to see."""

import browsing
from PIL import Image

GOOD = '<!DOCTYPE html><html lang="zh"><head><title>好</title></head><body><main><h1>标题</h1><p>正文</p></main></body></html>'
BAD = GOOD.replace("<p>正文</p>", '<img src="x.png">')


def looked_at(folder, html, **more):
    (folder / "page.html").write_text(html)
    return browsing.run("look.mjs", url=(folder / "page.html").as_uri(), shot=folder / "shot.png", axe=True, **more)


def test_a_page_without_faults(tmp_path):
    seen = looked_at(tmp_path, GOOD)
    assert (seen["title"], seen["text"], seen["violations"], seen["errors"]) == ("好", "标题\n\n正文", [], [])
    assert 0.05 < browsing.ink(tmp_path / "shot.png") < 5


def test_faults_are_seen(tmp_path):
    seen = looked_at(tmp_path, BAD)
    assert [one["id"] for one in seen["violations"]] == ["image-alt"] and seen["errors"]


def test_an_empty_picture_has_no_ink(tmp_path):
    Image.new("L", (60, 80), 18).save(tmp_path / "night.png")
    assert browsing.ink(tmp_path / "night.png") == 0
