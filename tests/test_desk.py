"""The editor's desk in a real browser: each act once, kept, built, found in TEI, EPUB and PDF; and what must be refused."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import tomllib
import zipfile
from contextlib import contextmanager

import browsing
import pytest
from conftest import ROOT
from galley import galley
from PIL import Image, ImageDraw
from test_cli import TOML, folder, run, said
from test_decisions import TEXT, WRAPPED, entry

from edition.decisions import STAGES
from edition.review.desk import Desk
from edition.review.refusal import Refusal
from edition.tei.read import read

WHO = "李编辑"


@contextmanager
def desk(source, *options):
    """The desk of a folder, as a person starts it: its address, and the process."""
    command = [sys.executable, "-m", "edition", "review", source, "--no-browser", "--json", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        rows = [process.stdout.readline() for _ in range(4)]
        yield json.loads("".join(rows))["address"], process
    finally:
        process.terminate()
        process.communicate(timeout=20)


def decisions(source, name="a"):
    path = source / f"{name}.decisions.toml"
    return tomllib.loads(path.read_text()) if path.exists() else {}


def at_the_desk(source, *steps, options=(), **task):
    """What was seen while someone took these steps; the browser asked no other host and complained of nothing."""
    with desk(source, *options) as (address, process):
        found = browsing.run("desk.mjs", url=address, steps=steps, who=task.pop("who", WHO), **task)
        process.terminate()
        assert process.wait(20) == 0
    assert found["foreign"] == []
    return found


PAGE = """县图书馆新馆月底开放

县图书馆新馆建设工程近日完工,经有关部门验收合格,将于本月底向读者开放。新馆藏书三十万册。

馆内设有少儿阅览室、盲文阅览室和报刊阅览室,读者凭身份证

即可办理借书手续。(陈明远)

晚稻开镰农机手忙收割

十月的稻田一片金黄。连日来,全镇三千多亩晚稻陆续开镰。

镇农技站组织技术员下田指导,推广低损收割技术。

收割机开进稻田

新桥村修通便民路

新桥村日前修通了一条两公里长的便民路,村民出行不再绕道。

路边还栽上了香樟树。(周晓光)
"""


def test_each_act_is_kept_and_found_in_all_three(tmp_path):
    source = folder(tmp_path, a=PAGE)
    own = '# 手写的注\nwho = "王主编"\n\n[[role]]  # 手写\nline = 1\ntext = "县图书馆"\nrole = "headline"\n'
    (source / "a.decisions.toml").write_text(own)
    found = at_the_desk(
        source,
        ("read", "#progress"),
        ("at", "15"), ("press", "6"),  # a role
        ("at", "13"), ("press", "j"),  # a join
        ("at", "3"), ("press", "ArrowRight", "ArrowRight", "ArrowRight", "s"),  # a split
        ("at", "21"), ("press", "m", "1"),  # another item
        ("at", "17"), ("press", "o", "1"),  # the owner of a headline
        ("at", "5"), ("press", "e"), ("fill", "#words-text", "馆内设有少儿阅览室、盲文阅览室和报刊阅览厅,读者凭身份证"), ("press", "Enter"),
        ("at", "11"), ("press", "e"), ("mark", "#words-text", 0, 2), ("click", "#words-unclear"),
        ("at", "19"), ("press", "e"), ("mark", "#words-text", 3, 3), ("click", "#words-gap"),
        ("at", "19"), ("press", "e"), ("mark", "#words-text", 0, 3), ("fill", "#words-note", "今属新桥镇。"), ("mark", "#words-text", 0, 3), ("click", "#words-remark"),
        ("at", "9"), ("press", "Alt+ArrowUp"),  # the order
        ("at", "19"), ("press", "k", "4"),  # a kind
        ("press", "n", "Enter"),  # found right
        ("all", "#blocks .body"),
        ("read", "#message"),
        ("reload",),
        ("all", "#blocks .body"),
        ("read", "#progress"),
        ("evaluate", "document.querySelector('#paper').shadowRoot.textContent"),
    )  # fmt: skip
    before, shown, message, again, after, paper = found["seen"]
    assert (
        found["errors"] == []
        and shown == again
        and message == "已记下"
        and before.startswith("已核 1 /")
        and before != after
    )
    assert (source / "a.decisions.toml").read_text().startswith(own)
    kept = decisions(source)
    assert {key: len(rows) for key, rows in kept.items() if key != "who"}.keys() >= {
        "join", "split", "role", "item", "owner", "kind", "correction", "unclear", "missing", "note", "order", "confirm",
    }  # fmt: skip
    rows = [row for rows in kept.values() if isinstance(rows, list) for row in rows]
    assert all(row["who"] == WHO and row["when"] for row in rows if row.get("who"))
    result = run("build", source, "--out", tmp_path / "out", "--verbose")
    assert result.returncode == 0 and "E-00" not in said(result)
    tei = (tmp_path / "out" / "tei" / "a.xml").read_text()
    assert f"<persName>{WHO}</persName>" in tei and "<persName>王主编</persName>" in tei
    assert '<corr resp="#editor2">厅</corr>' in tei and '<unclear resp="#editor2">十月</unclear>' in tei
    assert re.search(r'<gap [^>]*resp="#editor2"/>日前修通', tei) and "今属新桥镇。</note>" in tei
    assert 'n="13" break="no" xml:id="B13" resp="#editor2"' in tei
    assert re.search('<div type="notice" xml:id="L[0-9]+" resp="#editor2">', tei)
    book = epub_text(tmp_path / "out" / "x.epub")
    pdf = subprocess.run(["pdftotext", tmp_path / "out" / "x.pdf", "-"], capture_output=True, text=True).stdout
    for text in ("报刊阅览", "今属新桥镇。"):
        assert text in book and text in pdf.replace("\n", "") and text in paper
    assert ">厅<" in book and "□" in paper


def test_the_queue_by_keys_alone(tmp_path):
    """The most doubtful first; Enter says right, U takes it back, and when nothing is left the desk says so."""
    source = folder(tmp_path, a=TEXT)
    found = at_the_desk(
        source,
        ("read", "#asked"), ("press", "Enter"), ("read", "#progress"), ("press", "u"), ("read", "#progress"), ("read", "#asked"),
        ("press", "U"), ("press", *["Enter"] * 9), ("read", "#asked"), ("read", "#progress"), ("focus",),
    )  # fmt: skip
    first, one, undone, back, done, progress, focus = found["seen"]
    assert found["errors"] == [] and first == back
    assert one.startswith("已核 1 /") and undone.startswith("已核 0 /")
    assert "没有存疑的决定" in done and "· 预计余错 0." in progress and focus
    assert {row["what"] for row in decisions(source)["confirm"]} <= {"join", "split", "role", "owner", "item"}
    assert "E-00" not in said(run("build", source, "--out", tmp_path / "out", "--only", "tei", "--verbose"))


def test_u_takes_back_what_an_earlier_desk_wrote(tmp_path):
    source = folder(tmp_path, a=PAGE)
    at_the_desk(source, ("at", "15"), ("press", "6"), ("at", "13"), ("press", "j"))
    found = at_the_desk(source, ("press", "u"), ("tab", 1), ("press", "u"), ("read", "#progress"))
    assert found["errors"] == [] and found["seen"][0].startswith("已核 0 /")
    assert not (source / "a.decisions.toml").exists()


def test_ten_errors_take_two_keystrokes_each(tmp_path):
    """An editor who knows the page puts right what is asked, points at what else is wrong, and says with A of what is in
    view that it is right. Every key and click counts, those on what is right already too; moving the mouse does not."""
    case = ROOT / "tests" / "cases" / "desk"
    text = (case / "in.txt").read_text()
    source, gold = folder(tmp_path, a=text), tmp_path / "gold"
    gold.mkdir()
    (gold / "a.txt").write_text(text)
    (gold / "a.decisions.toml").write_text((case / "gold.decisions.toml").read_text())
    right = Desk(gold).page(1)
    assert right["idle"] == []
    (seen,) = at_the_desk(source, ("correct", {"nodes": right["nodes"]}))["seen"]
    assert seen["left"] == [] and seen["errors"] >= 10, seen
    assert seen["keys"] + seen["clicks"] <= 2 * seen["errors"], seen
    assert seen["progress"]["open"] == 0
    run("build", source, "--out", tmp_path / "out", "--only", "tei")
    run("build", gold, "--out", tmp_path / "gold-out", "--only", "tei")
    shown = [galley(read((tmp_path / out / "tei" / "a.xml").read_bytes(), "a")) for out in ("out", "gold-out")]
    assert shown[0] == shown[1]


def test_a_says_nothing_of_what_is_out_of_view(tmp_path):
    """What A signs was marked ? and wholly inside the pane; the rest of the page stays open."""
    source = folder(tmp_path, a=(ROOT / "tests" / "cases" / "desk" / "in.txt").read_text())
    view = """(() => { const frame = document.querySelector('#structure').getBoundingClientRect();
        return [...document.querySelectorAll('#blocks .block .role, #blocks [data-cut]')].filter(one => {
            const box = one.getBoundingClientRect(); return box.top >= frame.top && box.bottom <= frame.bottom })
            .map(one => parseInt(one.dataset.cut ?? one.closest('.block').dataset.at)) })()"""
    found = at_the_desk(
        source, ("viewport", 1200, 640), ("press", "n", "p"), ("evaluate", view), ("all", "#blocks .mark.checked"),
        ("read", "#answers"), ("press", "a"), ("all", "#blocks .mark.checked"),
    )  # fmt: skip
    lines, before, offered, after = found["seen"]
    signed = decisions(source)["confirm"]
    assert found["errors"] == [] and before == [] and after and f"屏上 {len(signed)} 处" in offered
    ends = {row.get("onto", row["line"]) for row in signed} | {row["line"] for row in signed}
    assert {int(str(at).split(".")[0]) for at in ends} <= set(lines)
    assert 1 < len(signed) < 15 and len({row["when"] for row in signed}) == 1


def test_two_tabs_lose_nothing(tmp_path):
    """The second tab's act on an old state is refused; it gets the new state, and then its act is taken."""
    source = folder(tmp_path, a=PAGE)
    found = at_the_desk(
        source,
        ("tab", 1), ("tab", 0), ("at", "15"), ("press", "6"),
        ("tab", 1), ("at", "13"), ("press", "j"), ("read", "#message"), ("all", "#entries li"),
        ("at", "13"), ("press", "j"), ("read", "#message"),
    )  # fmt: skip
    refused, _, taken = found["seen"]
    assert "已在别处改动" in refused and taken == "已记下"
    assert len(decisions(source)["role"]) == len(decisions(source)["join"]) == 1


def test_the_scan_stands_beside_the_source_and_the_panes_scroll_together(tmp_path):
    toml = (
        TOML
        + '[[page]]\nfile = "a.txt"\nscan = "scans/one.png"\n[[page]]\nfile = "b.txt"\nscan = "https://iiif.example/1"\n'
    )
    long = "".join(PAGE.replace("县", name) for name in ("东县", "西县", "南县", "北县", "中县"))
    source = folder(tmp_path, toml, a=long, b=TEXT)
    (source / "scans").mkdir()
    picture = Image.new("L", (900, 1300), 230)
    ImageDraw.Draw(picture).rectangle((80, 80, 820, 300), fill=60)
    picture.save(source / "scans" / "one.png")
    loaded = (
        "document.getElementById('scan-image').decode().then(() => document.getElementById('scan-image').naturalWidth)"
    )
    together = """(async () => {
      const panes = ['source', 'structure', 'printed'].map(id => document.getElementById(id))
      panes.forEach(pane => { pane.scrollTop = 0 })
      for (let turn = 0; turn < 40 && panes.some(pane => pane.scrollTop < 200); turn += 1) {
        await new Promise(done => setTimeout(done, 300))
        panes[1].scrollTop = panes[1].scrollHeight / 2 + turn
      }
      return panes.map(pane => pane.scrollTop)
    })()"""
    found = at_the_desk(
        source,
        ("evaluate", loaded), ("axe",), ("shot", tmp_path / "scan.png"), ("evaluate", together),
        ("select", "#pages", "2"), ("evaluate", "document.getElementById('scan').hidden"),
    )  # fmt: skip
    width, axe, scrolled, hidden = found["seen"]
    assert found["errors"] == [] and axe == [] and width == 900 and hidden  # a scan elsewhere is never fetched
    assert all(top >= 200 for top in scrolled), scrolled


def test_the_first_act_asks_for_a_name(tmp_path):
    source = folder(tmp_path, a=PAGE)
    steps = [("at", "15"), ("press", "6"), ("fill", "#person-text", "赵某"), ("press", "Enter"), ("read", "#who")]
    found = at_the_desk(source, *steps, who=None)
    assert found["seen"] == ["编者：赵某"] and decisions(source)["role"][0]["who"] == "赵某"


def test_a_server_that_is_killed_leaves_the_old_file_or_the_new_one(tmp_path):
    source = folder(tmp_path, a=PAGE)
    path = source / "a.decisions.toml"
    for wait in (0.0, 0.004, 0.01, 0.02, 0.03):
        with desk(source) as (address, process):
            before = path.read_bytes() if path.exists() else b""
            page = ask(address, "api/page/1")
            role = "caption" if b"caption" not in before.rpartition(b"[[role]]")[2] else "subhead"
            post = subprocess.Popen(curl(address, "api/page/1", act(page["version"], {"kind": "role", "at": "15", "role": role})),
                                    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
            time.sleep(wait)
            os.kill(process.pid, signal.SIGKILL)
            post.wait(10)
        now = path.read_bytes() if path.exists() else b""
        assert now == before or decisions(source)["role"][0]["role"] == role
        leftovers = [one for one in source.iterdir() if one.name.endswith(".part")]
        assert len(leftovers) <= 1
        for one in leftovers:
            one.unlink()
    with desk(source) as (address, _):
        assert ask(address, "api/page/1")["lines"][0] == "县图书馆新馆月底开放"


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_every_view_is_accessible_and_looks_as_it_should(tmp_path, locale):
    """axe-core finds nothing on any view, in both languages, wide, on a tablet and at 200 %; nothing runs off sideways."""
    source = folder(tmp_path, a=PAGE, b=WRAPPED)
    shot = lambda name: ("shot", tmp_path / f"{name}.png")  # noqa: E731
    found = at_the_desk(
        source,
        ("axe",), shot("first"), ("press", "Enter", "Enter", "n"), ("axe",), shot("checked"), ("press", "?"), ("axe",), shot("help"),
        ("press", "Escape"), ("click", "#show-decisions"), ("axe",), ("press", "Escape"), ("at", "9"), ("press", "o"), ("axe",), ("press", "Escape"),
        ("press", "e"), ("axe",), shot("words"), ("press", "Escape"), ("click", "#who"), ("axe",), ("press", "Escape"),
        ("viewport", 820, 1180), ("axe",), shot("tablet"), ("wide",), ("viewport", 720, 450), ("wide",), ("click", "[data-pane=printed]"), ("axe",),
        ("click", "[data-pane=source]"), ("axe",), ("viewport", 1440, 900), ("select", "#pages", "2"), ("axe",), shot("wrapped"),
        locale=locale,
    )  # fmt: skip
    assert found["errors"] == []
    assert [seen for seen in found["seen"] if isinstance(seen, int) and seen > 0] == []
    assert [seen for seen in found["seen"] if isinstance(seen, list) and seen] == []
    assert all(
        browsing.ink(tmp_path / f"{name}.png") > 1
        for name in ("first", "checked", "help", "words", "tablet", "wrapped")
    )


# ---- over HTTP, without a browser


def curl(address, path, body=None, *more, origin=None):
    command = ["curl", "-s", "-m", "20", "-w", "\n%{http_code}", f"{address}{path}", *map(str, more)]
    if body is not None:
        origin = origin or re.match(r"http://[^/]+", address)[0]
        command += ["-H", f"Origin: {origin}", "-H", "Content-Type: application/json", "--data-binary", body]
    return command


def answer(address, path, body=None, *more, **options):
    """(status, body) of a request."""
    text = subprocess.run(curl(address, path, body, *more, **options), capture_output=True).stdout.decode()
    body, _, status = text.rpartition("\n")
    return int(status), body


def ask(address, path, *more, **options):
    status, body = answer(address, path, *more, **options)
    assert status == 200, body
    return json.loads(body)


def act(version, *acts, who=WHO):
    return json.dumps({"do": "act", "version": version, "who": who, "acts": acts})


def test_what_comes_from_elsewhere_is_refused_logged_and_changes_nothing(tmp_path):
    source = folder(tmp_path, a=PAGE)
    (tmp_path / "outside.txt").write_text("秘密")
    big = tmp_path / "big.json"
    with desk(source) as (address, process):
        page = ask(address, "api/page/1")
        good = act(page["version"], {"kind": "role", "at": "15", "role": "caption"})
        big.write_text(json.dumps({"do": "act", "acts": [{"why": "长" * (50 * 2**20 // 3)}]}))
        host = re.match(r"http://([^/]+)/([^/]+)/", address)
        wrong = address.replace(host[2], "A" * len(host[2]))
        refused = {
            "another site": answer(address, "api/page/1", good, origin="https://evil.example")[0],
            "no origin": answer(address, "api/page/1", None, "-X", "POST", "-H", "Content-Type: application/json", "-d", good)[0],
            "sent by another site": answer(address, "api/page/1", None, "-H", "Sec-Fetch-Site: cross-site")[0],
            "a name bound to this machine": answer(address, "api/page/1", None, "-H", "Host: evil.example")[0],
            "no host": answer(address, "api/page/1", None, "-H", "Host;")[0],
            "a wrong token": answer(wrong, "api/page/1", good)[0],
            "no token": answer(f"http://{host[1]}/", "api/page/1")[0],
            "a form": answer(address, "api/page/1", good, "-H", "Content-Type: text/plain")[0],
            "50 MB": answer(address, "api/page/1", f"@{big}")[0],
            "50 MB in pieces": answer(address, "api/page/1", f"@{big}", "-H", "Transfer-Encoding: chunked")[0],
            "another method": answer(address, "api/page/1", None, "-X", "DELETE")[0],
            "up the tree": answer(address, "site/../../../../etc/passwd", None, "--path-as-is")[0],
            "up the tree, written otherwise": answer(address, "site/..%2f..%2f..%2fdesk.py", None, "--path-as-is")[0],
            "no such page": answer(address, "api/page/99")[0],
            "a page with a path": answer(address, "api/page/..%2foutside", None, "--path-as-is")[0],
            "no JSON": answer(address, "api/page/1", "{")[0],
            "deep JSON": answer(address, "api/page/1", "[" * 30000)[0],
        }  # fmt: skip
        assert {
            name: status for name, status in refused.items() if status not in (0, 400, 403, 404, 405, 413, 415, 421)
        } == {}
        assert refused["50 MB"] in (0, 413) and refused["another site"] == refused["no origin"] == 403
        assert decisions(source) == {} and ask(address, "api/page/1")["version"] == page["version"]
        ask(address, "api/page/1", good)
        process.terminate()
        log = process.stderr.read()
    assert "a request from another site" in log and "a foreign Host" in log and "too large" in log
    assert "no token" in log and host[2] not in log and "Traceback" not in log
    assert decisions(source)["role"][0]["role"] == "caption"


def test_headers_let_no_foreign_thing_in(tmp_path):
    with desk(folder(tmp_path, a=PAGE)) as (address, _):
        head = answer(address, "", None, "-i")[1].lower()
        assert "content-security-policy: default-src 'none'; script-src 'self'; style-src 'self'" in head
        assert "unsafe" not in head and "referrer-policy: no-referrer" in head and "nosniff" in head
        assert "access-control" not in head and "set-cookie" not in head
        page = answer(address, "")[1]
        assert "http" not in re.sub(r'xmlns="[^"]+"', "", page) and "<script>" not in page and " style=" not in page


def test_nothing_outside_the_folder_is_read_or_written(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("秘密的一段文字。\n")
    (tmp_path / "secret.decisions.toml").write_text("untouched")
    (tmp_path / "picture.png").write_bytes(b"secret")
    toml = TOML + '[[page]]\nfile = "a.txt"\nscan = "../picture.png"\n'
    source = folder(tmp_path, toml, a=PAGE)
    (source / "link.txt").symlink_to(secret)
    (source / "a.decisions.toml").symlink_to(tmp_path / "secret.decisions.toml")
    here = Desk(source)
    assert [page["name"] for page in here.overview()["pages"]] == ["a.txt"]
    with pytest.raises(Refusal):
        here.scan(1)
    page = here.page(1)
    here.act(1, page["version"], [{"kind": "role", "at": "15", "role": "caption"}], WHO)
    assert (tmp_path / "secret.decisions.toml").read_text() == "untouched"
    assert not (source / "a.decisions.toml").is_symlink() and decisions(source)["role"]


def test_script_in_source_text_or_title_stays_text(tmp_path):
    evil = "<script>document.title='x'</script><img src=x onerror=alert(1)>"
    toml = TOML.replace("某报", evil.replace("'", ""))
    source = folder(tmp_path, toml, a=f"{evil}开放\n\n{PAGE}\n\n\"'><svg onload=alert(1)>一段文字。\n")
    found = at_the_desk(
        source,
        ("read", "#title"), ("read", "#lines li"), ("evaluate", "[...document.querySelectorAll('#panes script, #panes svg, #panes img[src=x]')].length"),
        ("evaluate", "document.querySelector('#paper').shadowRoot.querySelectorAll('script, svg, img').length"),
        ("at", "5"), ("press", "e"), ("fill", "#words-note", evil), ("mark", "#words-text", 0, 2), ("click", "#words-remark"),
        ("read", "#blocks"), ("evaluate", "document.title"),
    )  # fmt: skip
    title, line, scripts, printed, blocks, name = found["seen"]
    assert found["errors"] == [] and "<script>" in title and evil in line and scripts == printed == 0
    assert f"［{evil}］" in blocks and name != "x"


@pytest.mark.parametrize(
    ("acts", "status", "words"),
    [
        ([{"kind": "role", "at": "99", "role": "caption"}], 422, "没有文字"),
        ([{"kind": "role", "at": "2", "role": "caption"}], 422, "没有文字"),
        ([{"kind": "role", "at": "15", "role": "king"}], 422, "role"),
        ([{"kind": "join", "at": "3", "onto": "13"}], 422, "只能接在前面"),
        ([{"kind": "correction", "at": "3", "wrong": "不在此", "right": "x"}], 422, "那里没有这些字"),
        ([{"kind": "unclear", "at": "3.2", "text": "不在此"}], 422, "那里没有这些字"),
        ([{"kind": "note", "at": "3", "text": "县", "note": "a\u0000b"}], 422, "控制字符"),
        ([{"kind": "note", "at": "3", "text": "县", "note": "长" * 3000}], 400, "note"),
        ([{"kind": "role", "at": "../a", "role": "caption"}], 400, "at"),
        ([{"kind": "nothing", "at": "3"}], 400, "没有这种操作"),
        ([{"kind": "withdraw", "row": 77}], 409, "没有这条"),
        ([{"kind": "role", "at": "1", "role": "caption"}], 422, "手写"),
        ([{"kind": "order", "at": "5", "before": "1"}], 422, "做不到"),
        ([{"kind": "kind", "at": "3", "as": "<script>"}], 422, "决定的写法不对"),
        ([{"kind": "kind", "at": "3"}], 400, "as"),
        ([{"kind": "kind", "at": "3", "as": "notice"}, {"kind": "kind", "at": "5", "as": "serial"}], 422, "做不到"),
    ],
)  # fmt: skip
def test_an_act_against_the_source_is_refused_with_the_reason(tmp_path, acts, status, words):
    source = folder(tmp_path, a=PAGE)
    own = f'who = "{WHO}"\n' + entry("role", "县图书馆", 1, role="headline")
    (source / "a.decisions.toml").write_text(own)
    here = Desk(source)
    version = here.page(1)["version"]
    with pytest.raises(Refusal) as refused:
        here.act(1, version, acts, WHO)
    assert refused.value.status == status and words in refused.value.zh
    assert (source / "a.decisions.toml").read_text() == own and here.page(1)["version"] == version


def test_undo_redo_and_taking_back(tmp_path):
    source = folder(tmp_path, a=PAGE)
    here, path = Desk(source), source / "a.decisions.toml"
    first = here.page(1)
    with pytest.raises(Refusal):
        here.undo(1, first["version"])
    page = here.act(1, first["version"], [{"kind": "role", "at": "15", "role": "caption"}], WHO)
    page = here.act(1, page["version"], [{"kind": "role", "at": "15", "role": "subhead"}], WHO)
    assert [row["role"] for row in decisions(source)["role"]] == ["subhead"]  # the newer word of the desk
    page = here.undo(1, page["version"])
    assert [row["role"] for row in decisions(source)["role"]] == ["caption"] and (page["undo"], page["redo"]) == (1, 1)
    page = here.undo(1, here.undo(1, page["version"], again=True)["version"])
    page = here.undo(1, page["version"])
    assert not path.exists() and page["version"] == first["version"]
    page = here.act(
        1, page["version"], [{"kind": "split", "at": "3.36"}, {"kind": "role", "at": "15", "role": "caption"}], WHO
    )
    page = here.act(1, page["version"], [{"kind": "withdraw", "row": page["decisions"][0]["row"]}], WHO)
    assert [one["kind"] for one in page["decisions"]] == ["RoleOf"]
    path.write_text(path.read_text() + "# 手写\n")
    page = here.undo(1, here.page(1)["version"], WHO)  # what the desk wrote there, and nothing else
    assert page["decisions"] == [] and path.read_text() == "# 手写\n"


def test_undo_goes_on_after_the_desk_was_closed(tmp_path):
    """What the desk wrote is taken back act by act, what an act replaced comes back, what was written by hand stays."""
    source, path = folder(tmp_path, a=PAGE), tmp_path / "in" / "a.decisions.toml"
    own = '# 手写\nwho = "王主编"\n\n[[role]]  # 手写\nline = 1\ntext = "县图书馆"\nrole = "headline"\nwhen = 2026-11-20\n'
    path.write_text(own)
    role = lambda name: [{"kind": "role", "at": "15", "role": name}]  # noqa: E731
    acts = [
        role("caption"),
        role("subhead"),
        [{"kind": "split", "at": "3.36"}, {"kind": "pass", "stage": "一校"}],
        role("kicker"),
    ]
    states = [own]
    for number, asked in enumerate(acts):
        here = Desk(source)
        page = here.act(1, here.page(1)["version"], asked, WHO)
        assert page["undo"] == 1
        states.append(path.read_text())
        if number == 1:
            path.write_text(path.read_text() + "\n# 也是手写\n")
    assert '#< role = "subhead"\n' in states[-1] and '#< #< role = "caption"\n' in states[-1]
    with pytest.raises(Refusal) as refused:
        Desk(source).undo(1, Desk(source).page(1)["version"], "别人")
    assert refused.value.status == 409 and WHO in refused.value.zh
    seen = []
    for _ in acts:
        here = Desk(source)
        page = here.undo(1, here.page(1)["version"], WHO)
        seen.append([(row["kind"], row.get("role")) for row in page["decisions"] if row["who"] == WHO])
        assert path.read_text().startswith(own.rstrip()) and "# 也是手写" in path.read_text()
    assert seen == [[("Split", None), ("RoleOf", "subhead")], [("RoleOf", "subhead")], [("RoleOf", "caption")], []]
    assert page["undo"] == 0 and page["passes"] == []
    page = here.undo(1, page["version"], WHO, again=True)
    assert "caption" in [row.get("role") for row in page["decisions"]]
    with pytest.raises(Refusal):
        here.undo(
            1, Desk(source).act(1, page["version"], [{"kind": "role", "at": "1", "role": "kicker"}], WHO)["version"]
        )


def test_drawn_lines_are_compared_and_the_book_says_how_right_it_is(tmp_path):
    """`edition sample` draws, the desk asks, header and colophon say what came out; then 三审三校."""
    source, out = folder(tmp_path, a=PAGE), tmp_path / "out"
    run("build", source, "--out", out, "--only", "epub,tei")
    assert "从未与原版核对" in (out / "tei" / "a.xml").read_text() and "从未与原版核对" in epub_text(out / "x.epub")
    first = run("sample", source, "--lines", 3, "--seed", 7)
    assert first.returncode == 0 and "never checked" in first.stdout.decode()
    again = json.loads(run("sample", source, "--lines", 9, "--json").stdout)["pages"][0]
    assert len(again["lines"]) == 3 and not again["fresh"] and again["draw"] == {"seed": 7, "lines": 3}
    found = at_the_desk(
        source,
        ("press", "Shift+A", "Shift+A", "Shift+Enter"), ("read", "#asked"), ("shot", tmp_path / "sample.png"), ("axe",), ("press", "Enter", "2"), ("press", "u"), ("press", "2", "Enter"),
        ("click", "#passes-open"), ("axe",), ("shot", tmp_path / "passes.png"), ("read", "#accuracy"), ("click", "#stages li:nth-child(4) button"),
        ("click", "#passes-open"), ("all", "#stages li"),
    )  # fmt: skip
    asked, axe, axe2, says, stages = found["seen"]
    assert found["errors"] == [] and axe == axe2 == [] and "抽查" in asked
    assert "误 2 字" in says and "95% 置信区间" in says and WHO in stages[3] and "未做" in stages[0]
    kept = decisions(source)
    assert sorted(row["errors"] for row in kept["checked"]) == [0, 0, 2] and kept["pass"][0]["stage"] == "一校"
    run("build", source, "--out", out, "--only", "epub,tei,pdf")
    tei = (out / "tei" / "a.xml").read_text()
    assert '<measure unit="checkedLines" quantity="3"/>' in tei and '<measure unit="errors" quantity="2"/>' in tei
    assert says in tei and says in epub_text(out / "x.epub") and '<revisionDesc status="draft">' in tei
    assert re.search(r'<change when="[^"]+" who="#editor1">一校</change>', tei)
    with open(source / "a.decisions.toml", "a") as file:
        file.writelines(f'\n[[pass]]\nstage = "{stage}"\nwho = "王主编"\nwhen = 2026-11-26\n' for stage in STAGES)
    run("build", source, "--out", out, "--only", "tei")
    assert '<revisionDesc status="checked">' in (out / "tei" / "a.xml").read_text()
    assert run("validate", out / "tei" / "a.xml").returncode == 0


def test_names_are_confirmed_and_refused_in_bulk(tmp_path):
    """From the list of the page into names.toml, for the whole edition; undone like any other act."""
    source = folder(tmp_path, a=PAGE)
    (source / "names.toml").write_text('# 手写\nwho = "王主编"\n\n[[place]]\nname = "新桥村"\n')
    names = [one["name"] for one in Desk(source).page(1)["names"]]
    assert "陈明远" in names and "周晓光" in names
    tick = f"#named li:nth-child({names.index('陈明远') + 1}) input"
    found = at_the_desk(
        source,
        ("click", "#names-open"), ("axe",), ("shot", tmp_path / "names.png"), ("click", tick), ("click", "#names-no"), ("read", "#message"),
        ("press", "u"), ("evaluate", "fetch('api/page/1').then(r => r.json()).then(page => page.names.map(one => one.name))"),
        ("click", "#names-open"), ("click", "#names-all"), ("click", "#names-yes"), ("click", "#names-open"), ("all", "#named li"),
    )  # fmt: skip
    axe, said_, undone, listed = found["seen"]
    assert found["errors"] == [] and axe == [] and said_ == "已记下" and "陈明远" in undone
    assert all("编者已定" in row for row in listed) and listed
    kept = (source / "names.toml").read_text()
    assert kept.startswith('# 手写\nwho = "王主编"') and '[[person]]\nname = "陈明远"' in kept and "refused" not in kept
    run("build", source, "--out", tmp_path / "out", "--only", "tei")
    assert re.search(
        r'<persName [^>]*resp="#editor\d"[^>]*>周晓光</persName>', (tmp_path / "out" / "tei" / "a.xml").read_text()
    )
    here = Desk(source)
    for wrong in (
        {"section": "king", "name": "x"},
        {"section": "person", "name": ""},
        {"section": "person", "name": "a\nb"},
    ):
        with pytest.raises(Refusal):
            here.name(1, here.page(1)["version"], [wrong], WHO)
    assert (source / "names.toml").read_text() == kept


def test_a_checked_page_is_gold(tmp_path):
    source, out = folder(tmp_path, a=PAGE, b=TEXT), tmp_path / "gold"
    none = run("gold", source, "--out", out)
    assert none.returncode == 1 and not out.exists() and b"questions open" in none.stdout
    here = Desk(source)
    page = here.page(1)
    page = here.act(1, page["version"], [{"kind": "role", "at": "15", "role": "caption"}], WHO)
    while todo := [one for one in page["queue"] if one["asked"]]:
        kind, at, answer = todo[0]["kind"], todo[0]["at"], todo[0]["answer"]
        keys = {
            "join": {"onto": answer},
            "begin": {},
            "role": {"role": answer},
            "owner": {"item": answer},
            "item": {"item": "new"},
        }[kind]
        act_ = {"kind": "confirm", "what": "split" if kind == "begin" else kind, "at": at, **keys}
        page = here.act(1, page["version"], [act_], WHO)
    assert run("gold", source, "--out", out).returncode == 0 and [path.name for path in out.iterdir()] == ["a.json"]
    kept = json.loads((out / "a.json").read_text())
    assert {"role": "caption", "text": "收割机开进稻田"} in [b for a in kept["articles"] for b in a["blocks"]]
    run("build", source, "--out", tmp_path / "dist", "--only", "tei")
    judged = run("evaluate", out / "a.json", tmp_path / "dist" / "tei" / "a.xml", "--json")
    assert judged.returncode == 0 and '"f1": 1.0' in judged.stdout.decode()
    assert run("gold", source, "--out", out, "--all").returncode == 0 and (out / "b.json").exists()


def epub_text(path):
    book = zipfile.ZipFile(path)
    return "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xhtml"))


def test_a_read_only_desk_and_a_page_with_its_own_tei(tmp_path):
    source = folder(tmp_path, a=PAGE, b=TEXT)
    found = at_the_desk(
        source, ("all", "#answers button"), ("press", "Enter"), ("read", "#who"), options=["--read-only"]
    )
    assert found["seen"] == [[], "只读"] and decisions(source) == {}
    run("build", source, "--out", tmp_path / "out", "--only", "tei")
    (source / "b.xml").write_bytes((tmp_path / "out" / "tei" / "b.xml").read_bytes())
    here = Desk(source)
    page = here.page(2)
    assert page["own"]
    with pytest.raises(Refusal) as refused:
        here.act(2, page["version"], [{"kind": "role", "at": "15", "role": "caption"}], WHO)
    assert "b.xml" in refused.value.en


def test_a_page_that_cannot_be_made_says_why(tmp_path):
    source = folder(tmp_path, a=PAGE, b=b"\x00\x01\x02")
    (source / "a.decisions.toml").write_text("[[split]]\n")
    for number in (1, 2):
        with pytest.raises(Refusal):
            Desk(source).page(number)
    (source / "b.txt").write_text(TEXT)
    steps = [
        ("read", "#message"),
        ("axe",),
        ("select", "#pages", "2"),
        ("read", "#message"),
        ("all", "#blocks .block.headline"),
    ]
    told, axe, silent, heads = at_the_desk(source, *steps)["seen"]
    assert "决定的写法不对" in told and axe == [] and silent == "" and heads
    assert run("review", tmp_path / "nowhere", "--no-browser").returncode == 2
    assert run("review", source, "--port", "x").returncode == 2
