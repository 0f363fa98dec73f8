"""A RELAX NG grammar as patterns that can be asked what may come next, so that a fault can be told in words.

libxml2 judges (fast, and the reference), but its messages point beside the fault. This is the method of James Clark's
"An algorithm for RELAX NG validation" (derivatives of patterns) over the parts of RELAX NG that our schema uses: no
interleave, no name classes. Patterns are interned: equal patterns are one object.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from lxml import etree

RNG = "{http://relaxng.org/ns/structure/1.0}"
Kind = Literal["empty", "never", "text", "data", "attribute", "element", "group", "choice", "more"]


@dataclass(frozen=True, eq=False, slots=True)
class Pattern:
    """What may stand somewhere. `name` is that of an attribute or element, `rng` the place in the schema."""

    kind: Kind
    parts: tuple["Pattern", ...] = ()
    name: str = ""
    rng: etree._Element | None = None


EMPTY, NEVER, TEXT = Pattern("empty"), Pattern("never"), Pattern("text")
Step = tuple[Pattern, Pattern]  # an element pattern that fits, and what may follow it


@cache
def group(first: Pattern, then: Pattern) -> Pattern:
    """One after the other."""
    if NEVER in (first, then):
        return NEVER
    if EMPTY in (first, then):
        return then if first is EMPTY else first
    return Pattern("group", (first, then))


@cache
def choice(one: Pattern, other: Pattern) -> Pattern:
    """Either."""
    if one is other or other is NEVER or (one.kind == "choice" and other in one.parts):
        return one
    if one is NEVER:
        return other
    return Pattern("choice", (one, other))


@cache
def more(one: Pattern) -> Pattern:
    """Once or more often."""
    return one if one in (EMPTY, NEVER) else Pattern("more", (one,))


class Grammar:
    """A schema in XML syntax."""

    def __init__(self, schema: bytes) -> None:
        self.root = etree.fromstring(schema, etree.XMLParser(remove_comments=True, remove_blank_text=True))
        self.defined = {one.get("name", ""): one for one in self.root.iter(f"{RNG}define")}
        self.names = {one.get("name", "") for one in self.root.iter(f"{RNG}element")}
        self.leaves: dict[etree._Element, Pattern] = {}
        self.bodies: dict[Pattern, Pattern] = {}
        start = self.root.find(f"{RNG}start")
        self.start = self.together(start if start is not None else self.root)

    def together(self, parent: etree._Element) -> Pattern:
        """The parts of a place in the schema, one after the other."""
        out = EMPTY
        for part in reversed(parent):
            out = group(self.pattern(part), out)
        return out

    def pattern(self, rng: etree._Element) -> Pattern:
        """The pattern of one place in the schema; the insides of elements wait until they are asked for."""
        match str(rng.tag).removeprefix(RNG):
            case "ref":
                return self.together(self.defined[rng.get("name", "")])
            case "choice":
                out = NEVER
                for part in rng:
                    out = choice(out, self.pattern(part))
                return out
            case "optional":
                return choice(self.together(rng), EMPTY)
            case "oneOrMore":
                return more(self.together(rng))
            case "zeroOrMore":
                return choice(more(self.together(rng)), EMPTY)
            case "text":
                return TEXT
            case "empty":
                return EMPTY
            case "element" | "attribute" as kind:
                return self.leaf(rng, kind)
            case "data" | "value" | "list":
                return self.leaf(rng, "data")
        return self.together(rng)

    def leaf(self, rng: etree._Element, kind: Literal["element", "attribute", "data"]) -> Pattern:
        """The one pattern of an element, attribute or value."""
        return self.leaves.setdefault(rng, Pattern(kind, (), rng.get("name", ""), rng))

    def body(self, element: Pattern) -> Pattern:
        """What an element pattern has inside, attributes included."""
        if element not in self.bodies and element.rng is not None:
            self.bodies[element] = self.together(element.rng)
        return self.bodies[element]

    def shown(self, elements: tuple[Pattern, ...]) -> tuple[str, ...]:
        """The names of elements, each once, with their type or unit where it can only be one."""
        out = []
        for element in elements:
            named = [leaf for leaf in leaves(self.body(element), "attribute") if leaf.name in ("type", "unit")]
            only = [f' {leaf.name}="{self.values(leaf)[0]}"' for leaf in named if len(self.values(leaf)) == 1]
            out.append(element.name + "".join(only[:1] if len(named) == 1 else []))
        return tuple(dict.fromkeys(out))

    def values(self, leaf: Pattern) -> tuple[str, ...]:
        """The values that an attribute may have, if it is one of a few words; else nothing."""
        nodes = [] if leaf.rng is None else list(self.followed(leaf.rng))
        if any(str(node.tag).removeprefix(RNG) in ("data", "list", "text") for node in nodes):
            return ()
        return tuple(node.text or "" for node in nodes if node.tag == f"{RNG}value")

    def followed(self, rng: etree._Element) -> Iterator[etree._Element]:
        """The places below one in the schema, references followed."""
        for part in rng:
            if part.tag == f"{RNG}ref":
                yield from self.followed(self.defined[part.get("name", "")])
            else:
                yield part
                yield from self.followed(part)

    @cache  # noqa: B019 - the schema is one, and lives as long as the program
    def judge(self, leaf: Pattern) -> etree.RelaxNG:
        """A schema for `<x>value</x>`, so that libxml2 judges the value of an attribute or element."""
        grammar = etree.Element(f"{RNG}grammar", datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes")
        element = etree.SubElement(etree.SubElement(grammar, f"{RNG}start"), f"{RNG}element", name="x")
        rng = leaf.rng if leaf.rng is not None else element
        for part in rng if leaf.kind == "attribute" else [rng]:
            element.append(_copy(part))
        for one in self.defined.values():
            grammar.append(_copy(one))
        return etree.RelaxNG(grammar)

    def fits(self, leaf: Pattern, value: str) -> bool:
        """Whether an attribute or an element's text may have the value."""
        if leaf.kind == "attribute" and leaf.rng is not None and not len(leaf.rng):
            return True
        element = etree.Element("x")
        element.text = value
        return self.judge(leaf).validate(element)


def _copy(element: etree._Element) -> etree._Element:
    return etree.fromstring(etree.tostring(element, with_tail=False))


# ---- asking a pattern


@cache
def nullable(one: Pattern) -> bool:
    """Whether nothing more need come."""
    match one.kind:
        case "empty" | "text":
            return True
        case "group":
            return all(map(nullable, one.parts))
        case "choice":
            return any(map(nullable, one.parts))
        case "more":
            return nullable(one.parts[0])
    return False


@cache
def steps(one: Pattern, name: str, skipping: bool = False) -> tuple[Step, ...]:
    """The ways in which an element of that name may come now; with `skipping`, even where something else must come first."""
    match one.kind:
        case "element":
            return ((one, EMPTY),) if one.name == name else ()
        case "group":
            first, then = one.parts
            found = tuple((element, group(rest, then)) for element, rest in steps(first, name, skipping))
            return found + (steps(then, name, skipping) if skipping or nullable(first) else ())
        case "choice":
            return tuple(step for part in one.parts for step in steps(part, name, skipping))
        case "more":
            again = choice(one, EMPTY)
            return tuple((element, group(rest, again)) for element, rest in steps(one.parts[0], name, skipping))
    return ()


@cache
def possible(one: Pattern) -> tuple[Pattern, ...]:
    """The elements that may come now, in the schema's order."""
    match one.kind:
        case "element":
            return (one,)
        case "group":
            first, then = one.parts
            return _once(possible(first) + (possible(then) if nullable(first) else ()))
        case "choice" | "more":
            return _once(tuple(found for part in one.parts for found in possible(part)))
    return ()


@cache
def needed(one: Pattern) -> tuple[Pattern, ...]:
    """The elements of which one must come now; none where nothing must."""
    if nullable(one):
        return ()
    if one.kind == "group" and nullable(one.parts[0]):
        return needed(one.parts[1])
    return needed(one.parts[0]) if one.kind == "group" else possible(one)


def _once(found: tuple[Pattern, ...]) -> tuple[Pattern, ...]:
    return tuple(dict.fromkeys(found))


@cache
def leaves(one: Pattern, kind: Kind) -> tuple[Pattern, ...]:
    """The attributes, texts or values that the pattern mentions, not those inside its elements."""
    if one.kind == kind:
        return (one,)
    return tuple(dict.fromkeys(leaf for part in one.parts for leaf in leaves(part, kind)))


def given(one: Pattern, attribute: Pattern) -> Pattern:
    """What is left once that attribute is there."""
    match one.kind:
        case "attribute":
            return EMPTY if one is attribute else NEVER
        case "group":
            first, then = one.parts
            return choice(group(given(first, attribute), then), group(first, given(then, attribute)))
        case "choice":
            return choice(*(given(part, attribute) for part in one.parts))
        case "more":
            return group(given(one.parts[0], attribute), choice(one, EMPTY))
    return NEVER


def closed(one: Pattern, *, forgiving: bool = False) -> Pattern:
    """What is left once no more attributes come; never anything where one is still needed, unless forgiving."""
    match one.kind:
        case "attribute":
            return EMPTY if forgiving else NEVER
        case "group":
            return group(*(closed(part, forgiving=forgiving) for part in one.parts))
        case "choice":
            return choice(*(closed(part, forgiving=forgiving) for part in one.parts))
        case "more":
            return more(closed(one.parts[0], forgiving=forgiving))
    return one


def wanting(one: Pattern) -> tuple[Pattern, ...]:
    """The attributes that are still needed: those of the alternative that needs fewest."""
    match one.kind:
        case "attribute":
            return (one,)
        case "group":
            return tuple(leaf for part in one.parts for leaf in wanting(part))
        case "choice":
            return min((wanting(part) for part in one.parts), key=len)
        case "more":
            return wanting(one.parts[0])
    return ()
