"""The ODD and the reference made from it: in step with the grammar, and every example in them valid."""

import subprocess
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader

import pytest
from conftest import ROOT
from lxml import etree
from test_schema import JING, TEI_ALL

from edition.tei.patterns import RNG, Grammar, leaves
from edition.tei.tags import TAGS

SCHEMA = ROOT / "schema"
T, EG = "{http://www.tei-c.org/ns/1.0}", "{http://www.tei-c.org/ns/Examples}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ODD = etree.parse(SCHEMA / "edition.odd").getroot()
SPECS = {spec.get("ident"): spec for spec in ODD.iter(f"{T}elementSpec")}
EXAMPLES = [
    (spec.get("ident"), example) for spec in SPECS.values() for egxml in spec.iter(f"{EG}egXML") for example in egxml
]


@pytest.fixture(scope="module")
def attributes():
    """The elements of the grammar, the attributes of each, and the values of each that is one of a few words."""
    grammar = Grammar((SCHEMA / "edition.rng").read_bytes())
    out = {}
    for rng in grammar.root.iter(f"{RNG}element"):
        found = out.setdefault(rng.get("name"), {})
        for leaf in leaves(grammar.body(grammar.leaf(rng, "element")), "attribute"):
            found.setdefault(leaf.name, []).append(set(grammar.values(leaf)))
    return out


def test_the_odd_is_tei():
    run = subprocess.run(["java", "-jar", JING, TEI_ALL, SCHEMA / "edition.odd"], capture_output=True, text=True)
    assert (run.returncode, run.stdout) == (0, "")


def test_the_odd_documents_every_element_and_attribute(attributes):
    assert SPECS.keys() == attributes.keys(), "document it in schema/edition.odd, then make reference"
    for name, spec in SPECS.items():
        assert {desc.get(LANG) for desc in spec.findall(f"{T}desc") if desc.text.strip()} == {"zh", "en"}, name
        told = {one.get("ident"): one for one in spec.iter(f"{T}attDef")}
        assert told.keys() == attributes[name].keys(), f"the attributes of <{name}>"
        assert all((one.findtext(f"{T}desc") or "").strip() for one in told.values())
        for attribute, values in attributes[name].items():
            listed = {item.get("ident") for item in told[attribute].iter(f"{T}valItem")}
            if all(values) and not any("/" in value for value in set.union(*values)):  # XPaths are told in words
                assert not listed or listed == set.union(*values), f"@{attribute} of <{name}>"


def test_it_includes_the_elements_that_it_documents():
    included = [name for module in ODD.iter(f"{T}moduleRef") for name in (module.get("include") or "").split()]
    assert sorted(included) == sorted(SPECS)
    for module in ODD.iter(f"{T}moduleRef"):
        for name in (module.get("include") or "").split():
            assert SPECS[name].get("module") == module.get("key")


def test_every_element_and_attribute_has_an_example(attributes):
    used = {}
    for _, example in EXAMPLES:
        for element in example.iter(f"{EG}*"):
            keys = {key.replace("{http://www.w3.org/XML/1998/namespace}", "xml:") for key in element.attrib}
            used.setdefault(etree.QName(element).localname, set()).update(keys)
    for name, wanted in attributes.items():
        assert name in used, f"no example has <{name}>"
        assert wanted.keys() <= used[name], f"no example has {wanted.keys() - used[name]} of <{name}>"


@pytest.fixture(scope="module")
def judge():
    """A schema for any one element of the grammar."""
    grammar = etree.parse(SCHEMA / "edition.rng").getroot()
    start = grammar.find(f"{RNG}start")
    start.clear()
    anything = etree.SubElement(start, f"{RNG}choice")
    for element in list(grammar.iter(f"{RNG}element")):
        anything.append(etree.fromstring(etree.tostring(element, with_tail=False)))
    return etree.RelaxNG(grammar)


def test_every_example_is_valid(judge):
    for name, example in EXAMPLES:
        text = etree.tostring(example, with_tail=False).replace(EG.strip("{}").encode(), T.strip("{}").encode())
        assert judge.validate(etree.fromstring(text)), f"an example of <{name}>: {judge.error_log}"


def test_the_whole_page_among_the_examples_is_sound():
    from edition import files
    from edition.tei.validate import validate

    whole = next(example for name, example in EXAMPLES if name == "TEI")
    text = etree.tostring(whole, with_tail=False).replace(EG.strip("{}").encode(), T.strip("{}").encode())
    assert validate(text, "example.xml", files.schema()) == ()


def test_the_odd_and_the_header_say_the_same():
    for name, (chinese, english) in TAGS.items():
        said = {desc.get(LANG): desc.text for desc in SPECS[name].findall(f"{T}desc")}
        assert said == {"zh": chinese, "en": english}


def test_the_reference_is_in_step():
    loader = SourceFileLoader("reference", str(ROOT / ".ci" / "reference"))
    module = module_from_spec(spec_from_loader("reference", loader))
    sys.dont_write_bytecode = True
    loader.exec_module(module)
    made = module.page((SCHEMA / "edition.odd").read_bytes(), (SCHEMA / "edition.rng").read_bytes())
    assert made == (SCHEMA / "edition.html").read_bytes(), "run make reference"
    html = etree.HTML(made)
    ids = {element.get("id") for element in html.iter() if element.get("id")}
    assert SPECS.keys() == ids
    for link in html.iter("a"):
        target = link.get("href")
        assert target.lstrip("#") in ids if target.startswith("#") else (SCHEMA / target).is_file()
