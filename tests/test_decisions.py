"""NAME.decisions.toml: the editor's word wins, is signed, and is found out when it no longer fits."""

import json
import re

import pytest
from conftest import ROOT, SEEDS
from galley import galley
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import layouts, texts
from test_cli import files_under, folder, run, said

from edition import build
from edition.config import PageConfig, default
from edition.decisions import KINDS as ITEMS
from edition.decisions import ROLES, fitting, parse
from edition.errors import ConfigError, SourceError
from edition.files import Clock
from edition.passes import editor
from edition.readers.plain import read as read_source
from edition.tei.read import read

CLOCK = Clock("2026-11-21T00:00:00Z", True)
WHO = 'who = "李编辑"\n'
TEXT = """县图书馆新馆月底开放

县图书馆新馆建设工程近日完工,经有关部门验收合格,将于本月底向读者开放。新馆藏书三十万册。

馆内设有少儿阅览室、盲文阅览室和报刊阅览室,读者凭身份证

即可办理借书手续。(陈明远)

晚稻开镰农机手忙收割

十月的稻田一片金黄。连日来,全镇三千多亩晚稻陆续开镰。

镇农技站组织技术员下田指导,推广低损收割技术。

收割机开进稻田
"""


def desk(tmp_path, decisions, text=TEXT):
    """The page built with decisions: its edition, its galley, its TEI, and what was said."""
    source, out = folder(tmp_path, a=text), tmp_path / "out"
    (source / "a.decisions.toml").write_text(decisions)
    result = run("build", source, "--out", out, "--only", "tei", "--verbose")
    assert result.returncode == 0, said(result)
    tei = (out / "tei" / "a.xml").read_bytes()
    assert run("validate", out / "tei" / "a.xml").returncode == 0
    assert run("restore", out / "tei" / "a.xml").stdout == text.encode()
    edition = read(tei, "a.xml")
    return edition, galley(edition), tei.decode(), said(result)


def entry(kind, text, line, /, **keys):
    keys = {"line": line, "text": text, **keys}
    shown = (f"{k} = {json.dumps(v, ensure_ascii=False)}" for k, v in keys.items())
    return f"[[{kind}]]\n" + "\n".join(shown) + "\n"


def plain(tmp_path):
    return desk(tmp_path, WHO)[1]


def test_what_the_program_makes_of_the_page_alone(tmp_path):
    assert "p 7 " in plain(tmp_path)


# ---- one of each kind


def test_a_join(tmp_path):
    edition, shown, tei, _ = desk(tmp_path, WHO + entry("join", "镇农技站", 13, onto=11, why="意思相连"))
    assert re.search(r"p 13 +十月的稻田.*陆续开镰。镇农技站", shown)
    assert '<lb n="13" break="no" xml:id="B13" resp="#editor1"/>' in tei
    assert [note.reasons for note in edition.annotations if note.targets == ("B13",)] == ["意思相连"]


def test_no_join(tmp_path):
    _, shown, tei, _ = desk(tmp_path, WHO + entry("join", "即可办理", 7, onto=5, joined=False))
    assert "身份证即可" not in shown and re.search(r"(p|byline|credit) +即可办理", shown)
    assert 'n="7" xml:id="B7" resp="#editor1"/>' in tei


def test_lines_that_run_on(tmp_path):
    """A join of neighbouring lines makes one block of them."""
    text = "县图书馆开放\n\n新馆藏书三十万册,将于本月底开放。\n馆内设有少儿阅览室。\n馆外有花园。\n"
    _, shown, tei, _ = desk(tmp_path, WHO + entry("join", "馆内", 4, onto=3), text)
    assert "本月底开放。馆内设有少儿阅览室。" in shown
    assert '<lb n="4" break="no" xml:id="B4" resp="#editor1"/>' in tei


def test_a_split_inside_a_line(tmp_path):
    _, shown, tei, _ = desk(tmp_path, WHO + entry("split", "新馆藏书", f"3.{TEXT.splitlines()[2].index('新馆藏书')}"))
    assert re.search(r"p +新馆藏书三十万册。\n", shown)
    assert '<milestone unit="chars" n="3.36" xml:id="B3.36" resp="#editor1"/>新馆藏书' in tei


@pytest.mark.parametrize("role", ROLES)
def test_a_role(tmp_path, role):
    _, shown, tei, told = desk(tmp_path, WHO + entry("role", "收割机", 15, role=role))
    names = {
        "headline": "main",
        "subtitle": "sub",
        "subhead": "crosshead",
        "paragraph": "p",
        "credit": "(byline|credit)",
    }
    assert re.search(rf"{names.get(role, role)} +收割机开进稻田", shown), shown
    assert "E-002" not in told and re.search(r'resp="#editor1">(<lb n="15"[^>]*>)?|<lb n="15"[^>]*resp="#editor1"', tei)


def test_roles_inside_a_line(tmp_path):
    text = TEXT.replace("晚稻开镰农机手忙收割", "晚稻开镰 农机手忙收割")
    decisions = WHO + entry("role", "晚稻开镰", 9, role="kicker") + entry("role", "农机手", "9.4", role="headline")
    _, shown, _, _ = desk(tmp_path, decisions, text)
    assert "kicker    晚稻开镰\nmain      农机手忙收割\n" in shown


def test_an_item_begins_under_what_looked_like_a_lead(tmp_path):
    text = (ROOT / "tests" / "cases" / "structure" / "byline-under-the-lead" / "in.txt").read_text()
    line = text.splitlines().index("三百多把钥匙的信任") + 1
    _, shown, _, _ = desk(tmp_path, WHO + entry("item", "三百多把钥匙的信任", line, item="new"), text)
    assert f"= article L{line + 2}\nmain      三百多把钥匙的信任\n" in shown


def test_an_item_begins(tmp_path):
    _, shown, tei, _ = desk(tmp_path, WHO + entry("item", "镇农技站", 13, item="new"))
    assert re.search(r"= \w+ L13\n(main .*\n)?p +镇农技站", shown)
    assert re.search(r'xml:id="L13" resp="#editor1"', tei)


def test_a_paragraph_belongs_to_an_item(tmp_path):
    edition, shown, _, told = desk(tmp_path, WHO + entry("item", "镇农技站", 13, item=3))
    before, after = shown.split("= article L11") if "= article L11" in shown else shown.split("= picture L11")
    assert "镇农技站" in before and "镇农技站" not in after
    assert ("B13", "L3") in [note.targets for note in edition.annotations] and "E-00" not in told


@pytest.mark.parametrize("kind", ["owner", "item"])
def test_a_headline_has_an_owner(tmp_path, kind):
    edition, shown, _, told = desk(tmp_path, WHO + entry(kind, "晚稻", 9, item=3, why="排在一起"))
    assert "= article L3\nmain      晚稻开镰农机手忙收割\n" in shown and "E-00" not in told
    linked = [note for note in edition.annotations if "H9" in note.targets]
    assert [(note.targets, note.reasons, note.decision.resp) for note in linked] == [
        (("H9", "L3"), "排在一起", "editor1")
    ]


def test_a_headline_has_no_text_here(tmp_path):
    _, shown, tei, told = desk(tmp_path, WHO + entry("owner", "晚稻", 9, item="none"))
    assert "= unassigned L9\nmain      晚稻开镰农机手忙收割\n" in shown
    assert 'xml:id="L9" resp="#editor1"' in tei and "S-002" not in told


@pytest.mark.parametrize("kind", ITEMS)
def test_an_item_is_of_a_kind(tmp_path, kind):
    edition, shown, tei, told = desk(tmp_path, WHO + entry("kind", "镇农技站", 13, kind=kind, why="版面如此"))
    assert f"= {kind} L11\nmain      晚稻开镰农机手忙收割\n" in shown and "E-00" not in told
    assert f'<div type="{kind}" xml:id="L11" resp="#editor1">' in tei
    assert [note.reasons for note in edition.annotations if note.targets == ("L11",)] == ["版面如此"]
    assert "taken for" not in re.sub("a.txt:15.*", "", told)


def test_an_item_with_crossheads_is_no_picture_story(tmp_path):
    decisions = entry("role", "镇农技站", 13, role="subhead") + entry("kind", "十月", 11, kind="picture")
    _, shown, _, told = desk(tmp_path, WHO + decisions)
    assert "the kind picture at line 11 does not hold in the result" in told and "= picture L11" not in shown


def test_two_kinds_of_one_item_are_told(tmp_path):
    decisions = entry("kind", "十月", 11, kind="notice") + entry("kind", "镇农技站", 13, kind="serial")
    _, shown, _, told = desk(tmp_path, WHO + decisions)
    assert "a.decisions.toml:6: warning E-002" in told and "= notice L11" in shown


def test_a_correction(tmp_path):
    edition, shown, tei, _ = desk(
        tmp_path,
        WHO
        + '[[correction]]\nline = 11\nwrong = "一片金黄"\nright = "一派金黄"\nwhy = "原报如此"\n'
        + '[[correction]]\nline = 7\nwrong = "陈明远"\nright = "陈明达"\nwho = "王某"\n',
    )
    assert '<choice><sic>一片金黄</sic><corr resp="#editor1">一派金黄</corr></choice>' in tei
    assert '<choice><sic>陈明远</sic><corr resp="#editor2">陈明达</corr></choice>' in tei
    assert "一派金黄" in shown and "一片" not in shown and "陈明达" in shown
    assert [(who.id, who.name) for who in edition.header.responsibilities[1:]] == [
        ("editor1", "李编辑"),
        ("editor2", "王某"),
    ]


def test_a_doubtful_reading_something_missing_and_a_note(tmp_path):
    decisions = (
        WHO
        + entry("unclear", "三十万", 3)
        + entry("missing", "有关部门", 3, supplied="昨日", why="见原报")
        + entry("missing", "合格", 3, chars=2, after=True)
        + entry("missing", "手续", 7)
        + entry("note", "陈明远", 7, note="时任记者。")
    )
    edition, _, tei, told = desk(tmp_path, decisions)
    assert '新馆藏书<unclear resp="#editor1">三十万</unclear>册' in tei and "E-00" not in told
    assert '<supplied reason="omitted" resp="#editor1">昨日</supplied>有关部门' in tei
    assert '合格<gap reason="illegible" unit="chars" quantity="2" resp="#editor1"/>,' in tei
    assert '借书<gap reason="illegible" resp="#editor1"/>手续' in tei
    assert '陈明远<note type="editorial" resp="#editor1">时任记者。</note>' in tei
    assert [note.reasons for note in edition.annotations if "见原报" in note.reasons] == ["有关部门：见原报"]


def test_items_and_paragraphs_are_reordered(tmp_path):
    decisions = WHO + entry("order", "十月", 11, before=3) + entry("order", "镇农技站", 13, before=11)
    edition, shown, _, told = desk(tmp_path, decisions)
    places = [shown.index(word) for word in ("镇农技站", "十月的稻田", "县图书馆新馆建设")]
    assert places == sorted(places) and "E-00" not in told
    said = [note.reasons for note in edition.annotations if note.reasons.startswith("先于")]
    assert len(said) == 2 and "先于L3读 read before L3" in said


@pytest.mark.parametrize(
    "order",
    [entry("order", "馆内", 5, before=1), entry("order", "(陈明远)", "7.9", before=3)],
    ids=["before a head", "a byline"],
)
def test_an_order_that_cannot_be_is_told(tmp_path, order):
    """Heads stay on top of their item, bylines at its edges."""
    assert "E-002" in desk(tmp_path, WHO + order)[3]


def test_orders_in_a_circle_are_told(tmp_path):
    decisions = WHO + entry("order", "十月", 11, before=3) + entry("order", "县图书馆", 3, before=11)
    assert desk(tmp_path, decisions)[3].count("E-002") == 1


def test_what_was_looked_at_and_right_is_signed_and_rests(tmp_path):
    before, out = plain(tmp_path), tmp_path / "confirmed"
    out.mkdir()
    decisions = (
        WHO
        + entry("confirm", "县图书馆", 1, what="role", role="headline")
        + entry("confirm", "晚稻", 9, what="owner", item=11)
        + entry("confirm", "即可", 7, what="join", onto=5)
        + entry("confirm", "十月", 11, what="split")
    )
    edition, shown, tei, told = desk(out, decisions)
    assert shown == before and "E-00" not in told
    assert re.search('<head type="main" xml:id="H1" resp="#editor1">', tei)
    assert 'n="7" break="no" xml:id="B7" resp="#editor1"' in tei
    assert {note.reasons for note in edition.annotations if note.decision.resp == "editor1"} == {editor.CONFIRMED}
    assert "S-003" not in re.sub("a.txt:15.*", "", told)


def test_a_finding_that_was_looked_at_rests(tmp_path):
    text = TEXT.replace("向读者开放", "向读者“开放")
    assert "a.txt:3: warning C-001" in desk(tmp_path, WHO, text)[3]
    decisions = WHO + entry("confirm", "县图书馆", 3, what="finding", code="C-001")
    (tmp_path / "rests").mkdir()
    assert "C-001" not in desk(tmp_path / "rests", decisions, text)[3]
    (tmp_path / "idle").mkdir()
    assert "no finding C-001 is told at a.txt:3" in desk(tmp_path / "idle", decisions)[3]


def test_the_readme_s_example_is_applied(tmp_path, dist):
    """The example of the README stands on a sample page."""
    readme = (ROOT / "README.md").read_text()
    example = next(part for part in readme.split("```toml")[1:] if "[[join]]" in part).split("```")[0]
    text = (SEEDS / "002_2026e5480a0cc509.txt").read_text()
    edition, _, tei, told = desk(tmp_path, example, text)
    assert "E-00" not in told
    assert len([a for a in edition.annotations if a.decision.resp == "editor1"]) >= 5
    assert tei.count("<corr ") == tei.count("<unclear ") == tei.count('<note type="editorial"') == 1
    assert tei.count("<supplied ") == 1


# ---- what does not fit, and what cannot be


def test_a_decision_that_no_longer_fits_is_told_and_left_aside(tmp_path):
    _, shown, tei, told = desk(tmp_path, WHO + entry("role", "别的文字", 15, role="headline"))
    assert "a.decisions.toml:2: warning E-001" in told and "收割机开进稻" in told
    assert "editor1" not in tei
    assert galley(read(tei.encode(), "a")) == shown
    moved = WHO + entry("role", "收割机", 14, role="headline")
    (tmp_path / "moved").mkdir()
    assert "E-001" in (told := desk(tmp_path / "moved", moved)[3]) and "nothing stands at line 14" in told
    (tmp_path / "other").mkdir()
    assert "(which stands at 15 now)" in desk(tmp_path / "other", moved.replace("14", "13"))[3]


@pytest.mark.parametrize(
    "decisions",
    [
        '[[correction]]\nline = 11\nwrong = "不在此处"\nright = "x"\n',
        '[[correction]]\nline = 13\nwrong = "农"\nright = "x"\n',
        entry("split", "县图书馆", 99),
        entry("join", "镇农技站", 13, onto=2),
    ],
    ids=["not there", "twice there", "beyond the end", "onto nothing"],
)
def test_places_that_do_not_exist(tmp_path, decisions):
    if "农" in decisions:
        decisions = decisions.replace("line = 13", "line = 9").replace('"农"', '"开"')
    text = TEXT.replace("晚稻开镰", "晚稻开开镰")
    assert "E-001" in desk(tmp_path, WHO + decisions, text)[3]


def test_a_decision_that_cannot_be_carried_out(tmp_path):
    _, _, _, told = desk(tmp_path, WHO + entry("role", "县图书馆", 1, role="subhead"))
    assert "a.decisions.toml:2: warning E-002" in told


BAD = {
    "no who": (entry("split", "x", 3), 1, "without `who`"),
    "no text": (WHO + "[[split]]\nline = 3\n", 2, "without `text`"),
    "no line": (WHO + '[[split]]\ntext = "x"\n', 2, "`line` must be"),
    "a float": (WHO + '[[split]]\nline = 3.10\ntext = "x"\n', 3, "in quotation marks"),
    "role": (WHO + entry("role", "x", 3, role="title"), 5, "`role` must be one of"),
    "unknown table": (WHO + "[[merge]]\nline = 3\n", 2, "unknown key `merge`"),
    "unknown key": (WHO + entry("split", "x", 3, onto=2), 5, "unknown key `onto`"),
    "item": (WHO + entry("item", "x", 3, item="none"), 5, "`item` must be"),
    "owner": (WHO + entry("owner", "x", 3, item="new"), 5, "`item` must be"),
    "joined": (WHO + entry("join", "x", 3, onto=1, joined="no"), 6, "`joined` must be"),
    "backward": (WHO + entry("join", "x", 3, onto=5), 2, "does not stand before it"),
    "nothing corrected": (WHO + '[[correction]]\nline = 1\nwrong = "x"\nright = "x"\n', 5, "`right` must be"),
    "two roles": (
        WHO + entry("role", "x", 3, role="kicker") + entry("role", "x", 3, role="caption"),
        6,
        "contradicts line 2",
    ),
    "join and split": (WHO + entry("join", "x", 3, onto=1) + entry("split", "x", 3), 6, "contradicts line 2"),
    "join and role": (
        WHO + entry("join", "x", 3, onto=1) + entry("role", "x", 1, role="caption"),
        6,
        "contradicts line 2",
    ),
    "two go on one": (WHO + entry("join", "x", 3, onto=1) + entry("join", "x", 5, onto=1), 6, "contradicts line 2"),
    "yes and no": (
        WHO + entry("join", "x", 3, onto=1) + entry("join", "x", 3, onto=1, joined=False),
        6,
        "contradicts line 2",
    ),
    "when": (WHO + entry("split", "x", 3, when="yesterday"), 5, "`when` must be a date"),
    "what": (WHO + entry("confirm", "x", 3, what="all"), 5, "`what` must be one of"),
    "an error cannot rest": (WHO + entry("confirm", "x", 3, what="finding", code="V-001"), 6, "errors"),
    "no code": (WHO + entry("confirm", "x", 3, what="finding", code="Z-1"), 6, "the code of a finding"),
    "supplied and counted": (WHO + entry("missing", "x", 3, supplied="y", chars=1), 6, "left out"),
    "missing two things": (
        WHO + entry("missing", "x", 3, supplied="y") + entry("missing", "x", 3, chars=1),
        6,
        "contradicts line 2",
    ),
    "an empty note": (WHO + entry("note", "x", 3), 2, "`note` must be"),
    "kind": (WHO + entry("kind", "x", 3, kind="brief"), 5, "`kind` must be one of article, picture"),
    "two kinds": (
        WHO + entry("kind", "x", 3, kind="notice") + entry("kind", "x", 3, kind="serial"),
        6,
        "contradicts line 2",
    ),
    "errors of a line": (WHO + entry("checked", "x", 3), 2, "`errors` must be"),
    "two numbers of errors": (
        WHO + entry("checked", "x", 3, errors=1) + entry("checked", "x", 3, errors=2),
        6,
        "contradicts line 2",
    ),
    "half a lot": (WHO + "[draw]\nseed = 1\n", 2, "`lines` must be"),
    "a pass": (WHO + '[[pass]]\nstage = "四校"\nwhen = 2026-11-26\n', 3, "`stage` must be one of"),
    "a pass without a day": (WHO + '[[pass]]\nstage = "一校"\n', 2, "`when` must be"),
    "owner of a paragraph": (
        WHO + entry("role", "x", 3, role="paragraph") + entry("owner", "x", 3, item=1),
        6,
        "contradicts line 2",
    ),
    "not TOML": ("who = \n", 1, "not TOML"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_decisions_file_that_is_wrong(tmp_path, name):
    decisions, line, words = BAD[name]
    source = folder(tmp_path, a=TEXT)
    (source / "a.decisions.toml").write_text(decisions)
    for command in (["build", source, "--only", "tei"], ["normalise", source / "a.txt"]):
        result = run(*command, "--out", tmp_path / "out")
        assert result.returncode == 2
        assert f"a.decisions.toml:{line}" in said(result) and words in said(result) and "→" in said(result)
        assert files_under(tmp_path / "out") == []


def test_a_wrong_file_stops_its_own_page_only(tmp_path):
    source, out = folder(tmp_path, a=TEXT, b=TEXT), tmp_path / "out"
    (source / "a.decisions.toml").write_text("[[split]]\n")
    result = run("build", source, "--out", out, "--only", "tei")
    assert result.returncode == 1 and "a.decisions.toml:1" in said(result)
    assert "tei/b.xml" in files_under(out) and "tei/a.xml" not in files_under(out)


# ---- the build


def test_changed_decisions_build_anew_and_twice_is_the_same(tmp_path):
    source, out = folder(tmp_path, a=TEXT), tmp_path / "out"
    build_ = ("build", source, "--out", out, "--only", "tei")
    run(*build_)
    alone = (out / "tei" / "a.xml").read_bytes()
    (source / "a.decisions.toml").write_text(WHO + entry("role", "收割机", 15, role="caption"))
    assert b"up to date" not in run(*build_).stdout
    decided = (out / "tei" / "a.xml").read_bytes()
    assert decided != alone and b"up to date" in run(*build_).stdout
    run(*build_, "--force")
    assert (out / "tei" / "a.xml").read_bytes() == decided
    run("normalise", source / "a.txt", "--out", tmp_path / "tei")
    assert (tmp_path / "tei" / "a.xml").read_bytes() == decided
    (source / "a.decisions.toml").unlink()
    run(*build_)
    assert (out / "tei" / "a.xml").read_bytes() == alone


def test_decisions_that_are_not_read_are_told(tmp_path):
    source, out = folder(tmp_path, a=TEXT), tmp_path / "out"
    run("build", source, "--out", out, "--only", "tei")
    (source / "a.xml").write_bytes((out / "tei" / "a.xml").read_bytes())
    (source / "a.decisions.toml").write_text(WHO)
    (source / "b.decisions.toml").write_text(WHO)
    result = run("build", source, "--out", out, "--only", "tei", "--verbose")
    assert "a.decisions.toml: warning E-003" in said(result) and "b.decisions.toml: warning E-003" in said(result)


# ---- the laws, whatever is decided

CONFIRMED = ["join", "split", "role", "item", "owner", "kind"]
KINDS = [*CONFIRMED, "order", "correction", "unclear", "missing", "note"]


@st.composite
def decided(draw):
    """A source, and decisions about its lines that fit it, as many as do not contradict each other."""
    text = draw(texts | layouts())
    lines = [(n, line) for n, line in enumerate(re.split("\r?\n", text), 1) if line.strip() and line.isprintable()]
    entries = []
    for _ in range(draw(st.integers(1, 5))) if lines else ():
        number, line = draw(st.sampled_from(lines))
        offset = draw(st.integers(0, max(0, len(line.rstrip()) - 1))) if draw(st.booleans()) else 0
        keys = {"line": f"{number}.{offset}" if offset else number, "text": line[offset:][:4]}
        other = draw(st.sampled_from(lines))[0]
        kind = draw(st.sampled_from(KINDS))
        what = {"what": kind} if kind in CONFIRMED and draw(st.booleans()) else {}
        match kind:
            case "join":
                keys |= {"onto": other, "joined": draw(st.booleans())}
            case "role":
                keys |= {"role": draw(st.sampled_from(ROLES))}
            case "item":
                keys |= {"item": draw(st.sampled_from(["new", other]))}
            case "owner":
                keys |= {"item": draw(st.sampled_from(["none", other]))}
            case "kind":
                keys |= {"kind": draw(st.sampled_from(ITEMS))}
            case "correction":
                keys |= {"line": f"{number}.{offset}", "wrong": line[offset:][:2], "right": "订正"}
            case "order":
                keys |= {"before": other}
            case "note":
                keys |= {"note": "按"}
            case "missing":
                more = draw(st.sampled_from([{}, {"supplied": "补"}, {"chars": 2}]))
                keys |= {"after": draw(st.booleans())} | more
        if not keys["text"].strip():
            continue
        shown = "\n".join(f"{k} = {json.dumps(v, ensure_ascii=False)}" for k, v in (keys | what).items())
        more = [*entries, f"[[{'confirm' if what else kind}]]\n{shown}\n"]
        try:
            parse((WHO + "".join(more)).encode(), "d")
        except ConfigError:
            continue
        entries = more
    return text.encode(), (WHO + "".join(entries)).encode()


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(decided())
def test_the_laws_hold_whatever_is_decided(dictionary, case):
    data, toml = case
    page = PageConfig("page.txt", order=1, decisions=parse(toml, "d"))
    try:
        made = build.normalise(data, "page.txt", page, default("x"), CLOCK, dictionary)
    except SourceError:
        return
    again = build.normalise(data, "page.txt", page, default("x"), CLOCK, dictionary)
    assert made == again
    edition, fits = read(made.tei, "x"), fitting(page.decisions, read_source(data, "page.txt")[0])[0]
    assert editor.sign(edition, fits)[0] == edition


def test_an_image_line_may_be_called_the_beginning_of_a_paragraph(dictionary):
    page = PageConfig("page.txt", order=1, decisions=parse((WHO + entry("split", "![图]", 1)).encode(), "d"))
    text = "![图](a.png)\n\n市总工会日前召开座谈会，交流经验。"
    assert build.normalise(text.encode(), "page.txt", page, default("x"), CLOCK, dictionary).tei


def test_why_tells_an_editor_s_decisions(tmp_path):
    decisions = WHO + entry("join", "镇农技站", 13, onto=11, why="意思相连") + entry("owner", "晚稻", 9, item=11)
    desk(tmp_path, decisions + '[[correction]]\nline = 13\nwrong = "低损"\nright = "减损"\nwhy = "原报如此"\n')
    xml = tmp_path / "out" / "tei" / "a.xml"
    told = run("why", xml, "B13").stdout.decode()
    assert "joined to line 11: by 李编辑 (editor)\n  意思相连\n" in told
    assert "'低损' corrected to '减损': by 李编辑 (editor)" in told and "原报如此" in told
    assert "H9 belongs to L11" in run("why", xml, "H9").stdout.decode()
    assert json.loads(run("why", xml, "9", "--json").stdout)["answers"][1]["editor"] is True


COLUMNS = """晚稻开镰农机手收割忙
十月的稻田一片金黄，连日来全镇三千  组织技术员下田指导，推广低损收割技
多亩晚稻陆续开镰，农机手们早出晚归  术，每亩少损失稻谷十多公斤，得到农
抢收抢晒，镇里的农技站趁着晴好天气  户的好评，收割机手也受到了一次教育
把今年的收割任务排到了每一户的田头  有关部门还准备好了烘干机二十多台，
同时安排好转运和烘干，还从各村抽人  确保颗粒归仓，今年的收成又好于往年
"""


def test_decisions_about_columns_side_by_side(tmp_path):
    """A place is a part of a line, an editor's cut goes through a part, and text may go on further up to the right."""
    line = COLUMNS.splitlines()[1]
    right, inside = f"2.{line.index('组织')}", f"2.{line.index('推广')}"
    no = WHO + entry("join", "组织", right, onto=6, joined=False)
    _, shown, tei, told = desk(tmp_path, no, COLUMNS)
    assert re.search(r"\n\w+ +组织技术员", shown) and f'n="{right}"' in tei and "E-00" not in told
    (tmp_path / "cut").mkdir()
    yes = WHO + entry("join", "组织", right, onto=6) + entry("split", "推广", inside)
    _, shown, tei, told = desk(tmp_path / "cut", yes, COLUMNS)
    assert "还从各村抽人组织技术员下田指导，\n" in shown and re.search(r"p +推广低损收割技术，", shown)
    assert f'xml:id="B{right}" resp="#editor1"' in tei and f'xml:id="B{inside}" resp="#editor1"' in tei
    assert "E-00" not in told
    (tmp_path / "role").mkdir()
    role = WHO + entry("role", "组织", right, role="caption", to=3)
    _, shown, _, told = desk(tmp_path / "role", role, COLUMNS)
    assert re.search(r"caption +组织技术员下田指导，推广低损收割技术，每亩少损失稻谷十多公斤，得到农\n", shown)
    assert "E-00" not in told


def test_what_was_decided_is_never_pruned(tmp_path):
    """However unlikely: a paragraph that goes on over headlines, and every line of a page with a role that it has not."""
    _, shown, _, told = desk(tmp_path, WHO + entry("join", "收割机", 15, onto=3), TEXT)
    assert "读者开放。新馆藏书三十万册。收割机开进稻田" in shown and "E-00" not in told
    (tmp_path / "all").mkdir()
    lines = [(at, line) for at, line in enumerate(TEXT.splitlines(), 1) if line]
    captions = "".join(entry("role", line[:4], at, role="caption") for at, line in lines)
    _, shown, _, told = desk(tmp_path / "all", WHO + captions, TEXT)
    assert shown.count("caption") == len(lines) and "E-00" not in told


WRAPPED = (ROOT / "tests" / "cases" / "structure" / "headline-before-and-after" / "in.txt").read_text()


def test_a_role_up_to_a_line_inside_a_column(tmp_path):
    """Hard-wrapped lines run on; `to` says where the thing ends, and the paragraph goes on behind it."""
    decisions = WHO + entry("role", "全镇", 14, role="caption", to=14) + entry("join", "手们", 15, onto=13)
    _, shown, tei, told = desk(tmp_path, decisions, WRAPPED)
    assert "caption   全镇三千多亩晚稻陆续开镰，农机\n" in shown and "连日来，手们早出晚归" in shown
    assert '<figure type="photo" resp="#editor1">' in tei and "E-00" not in told


def test_a_split_inside_a_hard_wrapped_line_leaves_the_other_lines_alone(tmp_path):
    before = desk(tmp_path, WHO, WRAPPED)[1]
    (tmp_path / "split").mkdir()
    _, shown, _, told = desk(tmp_path / "split", WHO + entry("split", "新馆藏书", "6.8"), WRAPPED)
    assert shown == before.replace("向读者开放。新馆", "向读者开放。\np         新馆") and "E-00" not in told
