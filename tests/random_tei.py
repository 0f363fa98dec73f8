"""Random documents that a RELAX NG grammar allows, whatever they mean. For the proof that our schema is a subset of TEI.

Every element, attribute and value of the grammar comes up sooner or later. A budget of nodes keeps documents small: once
it is spent, the cheapest way to an end is taken, so that no grammar, however recursive, grows without end.
"""

import random

from lxml import etree

RNG = "{http://relaxng.org/ns/structure/1.0}"
XML = "http://www.w3.org/XML/1998/namespace"
SAMPLES = {  # by pattern, else by type of XML Schema
    r"[^\p{C}\p{Z}]+": ["ocr", "a-b", "甲", "x1"],
    r"#\S+": ["#x"],
    r"\S+": ["https://example.org/甲", "#x", "002.xml#L3"],
    r"[\s\S]*\S[\s\S]*": ["字", "x y"],
    r"[1-9][0-9]*\.[1-9][0-9]*": ["3.4"],
    r"U\+[0-9A-F]{4,6}": ["U+3000", "U+0009"],
    r"([0-9A-F]{2})+": ["0C", "A2CC"],
    r"[1-9][0-9.]*(-[1-9][0-9.]*)?( [1-9][0-9.]*(-[1-9][0-9.]*)?)*": ["7", "1-50 52.4-60"],
    r"[0-9a-f]{64}": ["0" * 64],
    r"[\d]+[a-z]*[\d]*(\.[\d]+[a-z]*[\d]*){0,3}": ["0.1", "1.2.3", "5", "2.0b1"],
    "anyURI": ["#x", "a.png"],
    "language": ["zh-Hans", "en"],
    "positiveInteger": ["3"],
    "nonNegativeInteger": ["0", "17"],
    "double": ["0", "0.25", "1", "1.0"],
    "date": ["2021-09-22"],
    "gYear": ["2021"],
    "gYearMonth": ["2021-09"],
    "dateTime": ["2021-09-22T01:02:03Z"],
    "Name": ["edition"],
    "NCName": ["lb"],
    "token": ["t"],
    "string": ["s", ""],
    "decimal": ["1.5"],
}


class Grammar:
    """A grammar in XML syntax, its definitions by name, and the fewest elements that each makes."""

    def __init__(self, rng):
        parser = etree.XMLParser(remove_comments=True, remove_blank_text=True)
        root = etree.fromstring(rng, parser)
        self.start = list(root.find(f"{RNG}start"))
        self.defined = {one.get("name"): list(one) for one in root.iter(f"{RNG}define")}
        self.costs = dict.fromkeys(self.defined, 10**6)
        for _ in self.defined:  # settles long before
            self.costs = {name: sum(map(self.cost, body)) for name, body in self.defined.items()}

    def cost(self, pattern):
        match pattern.tag.removeprefix(RNG):
            case "ref":
                return self.costs[pattern.get("name")]
            case "choice":
                return min(map(self.cost, pattern))
            case "optional" | "zeroOrMore":
                return 0
            case "element":
                return 1 + sum(map(self.cost, pattern))
        return sum(map(self.cost, pattern))


class Document:
    """One document; `budget` is the number of elements after which it hurries to its end."""

    def __init__(self, grammar, seed, budget=150):
        self.grammar, self.random, self.budget = grammar, random.Random(seed), budget
        self.ids = self.nodes = 0
        holder = etree.Element("holder")
        for pattern in grammar.start:
            self.make(pattern, holder)
        self.root = holder[0]

    @property
    def spent(self):
        return self.nodes > self.budget

    def times(self, pattern):
        least, most = {"optional": (0, 1), "zeroOrMore": (0, 3), "oneOrMore": (1, 3)}[pattern.tag.removeprefix(RNG)]
        return least if self.spent else self.random.randint(least, most)

    def one_of(self, pattern):
        if not self.spent:
            return self.random.choice(list(pattern))
        least = min(map(self.grammar.cost, pattern))
        return self.random.choice([child for child in pattern if self.grammar.cost(child) == least])

    def make(self, pattern, parent):
        match pattern.tag.removeprefix(RNG):
            case "element":
                self.nodes += 1
                child = etree.SubElement(parent, f"{{http://www.tei-c.org/ns/1.0}}{pattern.get('name')}")
                for part in pattern:
                    self.make(part, child)
            case "attribute":
                name = pattern.get("name")
                value = "".join(map(self.value, pattern)) if len(pattern) else "v"
                parent.set(f"{{{XML}}}{name[4:]}" if name.startswith("xml:") else name, value)
            case "text" | "data" | "value":
                append(parent, self.value(pattern))
            case "ref":
                for part in self.grammar.defined[pattern.get("name")]:
                    self.make(part, parent)
            case "choice":
                self.make(self.one_of(pattern), parent)
            case "optional" | "zeroOrMore" | "oneOrMore":
                for _ in range(self.times(pattern)):
                    for part in pattern:
                        self.make(part, parent)
            case "group" | "interleave" | "mixed":
                for part in pattern:
                    self.make(part, parent)

    def value(self, pattern):
        match pattern.tag.removeprefix(RNG):
            case "value":
                return pattern.text or ""
            case "text":
                return self.random.choice(["字", "", "x y", "市总工会"])
            case "choice":
                return self.value(self.one_of(pattern))
            case "ref":
                return "".join(map(self.value, self.grammar.defined[pattern.get("name")]))
            case "optional" | "zeroOrMore" | "oneOrMore":
                return " ".join(self.value(part) for _ in range(self.times(pattern)) for part in pattern)
            case "list" | "group":
                return " ".join(filter(None, map(self.value, pattern)))
            case "data":
                return self.data(pattern)
        return ""

    def data(self, pattern):
        if pattern.get("type") == "ID":
            self.ids += 1
            return f"i{self.ids}"
        told = {param.get("name"): param.text for param in pattern}.get("pattern", pattern.get("type"))
        return self.random.choice(SAMPLES[told])


def append(parent, text):
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


# ---- mutants


def copy_of(element):
    return etree.fromstring(etree.tostring(element, with_tail=False))


def mutant(root, rnd):
    """A copy with one thing changed as a careless hand changes it."""
    copy = copy_of(root)
    inside = [element for element in copy.iter("{*}*") if element.getparent() is not None]
    element, other = rnd.choice(inside), rnd.choice(inside)
    parent = element.getparent()
    match rnd.randrange(9):
        case 0:
            parent.remove(element)
        case 1:
            element.tag = other.tag
        case 2 if element.attrib:
            del element.attrib[rnd.choice(sorted(element.attrib))]
        case 3 if element.attrib:
            element.set(rnd.choice(sorted(element.attrib)), rnd.choice(["", "x", "1", "main", "2.0", "article"]))
        case 4:
            element.set(rnd.choice(["type", "n", "cert", "resp", "rend", "when"]), rnd.choice(["main", "0.5", "#x"]))
        case 5:
            parent.insert(rnd.randrange(len(parent) + 1), copy_of(other))
        case 6 if len(parent) > 1:
            parent.insert(0, parent[-1])
        case 7:
            element.text = (element.text or "") + "字"
        case _ if element is not other and other not in element.iterancestors():
            element.append(other)
    return copy
