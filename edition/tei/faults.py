"""Where a TEI file departs from the grammar: each fault once, at the element that is to be mended.

Comes in: a parsed file and the schema. Goes out: faults as values; `words` says them. Used only once libxml2 has refused
a file. After a fault the walk goes on as if it had been mended, so that one mistake is one fault.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from edition.tei import patterns
from edition.tei.names import TEI, XML, local
from edition.tei.patterns import NEVER, Grammar, Pattern, Step, closed, given, leaves, steps, wanting

What = Literal[
    "unknown",  # an element that the schema does not have
    "namespace",  # an element of no namespace, or another
    "misplaced",  # an element that may not stand here
    "missing",  # an element that should stand here and does not
    "text",  # text where only elements may stand
    "content",  # an element whose text is not what it may be
    "attribute",  # an attribute that the element may not have
    "value",  # an attribute whose value is not what it may be
    "absent",  # an attribute that is needed
]


@dataclass(frozen=True, slots=True)
class Fault:
    """One departure. `element` is what is to be mended: for `missing` and `text` the element it should stand in."""

    what: What
    element: etree._Element
    name: str = ""  # of the attribute; the text or value found
    expected: tuple[str, ...] = ()  # names of elements or attributes, or values
    before: etree._Element | None = None  # what the missing element should precede


def faults(root: etree._Element, grammar: Grammar) -> Iterator[Fault]:
    """The faults of a file in document order."""
    found = steps(grammar.start, local(root))
    if found:
        yield from _Walk(grammar).enter(root, found)[1]


@dataclass(frozen=True, slots=True)
class _Try:
    """An element read as one of the schema's elements of that name."""

    faults: tuple[Fault, ...]
    content: Pattern
    rest: Pattern


class _Walk:
    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar

    def is_one_of(self, element: etree._Element, found: Sequence[Step]) -> bool:
        """Whether the element can be read so without a fault in its attributes."""
        return any(not self.attributes(element, *step).faults for step in found)

    def enter(self, element: etree._Element, found: Sequence[Step]) -> tuple[Pattern, Iterator[Fault]]:
        """What may follow the element, and the faults in it; it is read as what it departs from least."""
        best = min((self.attributes(element, *step) for step in found), key=lambda one: len(one.faults))
        return best.rest, self.inside(element, best, tuple(step[0] for step in found))

    def inside(self, element: etree._Element, best: _Try, read_as: tuple[Pattern, ...]) -> Iterator[Fault]:
        found = [self.widened(fault, read_as) for fault in best.faults]
        another = [fault for fault in found if fault.what == "value" and fault.name == "type"]
        if another and len(found) > 1:  # it is something else altogether: its inside cannot be judged
            yield another[0]
            return
        yield from found
        yield from self.children(element, best.content)

    def widened(self, fault: Fault, read_as: tuple[Pattern, ...]) -> Fault:
        """A fault of an attribute with the values that any element of this name might have here."""
        if fault.what not in ("value", "absent") or not fault.expected:
            return fault
        every = [leaf for one in read_as for leaf in leaves(self.grammar.body(one), "attribute")]
        values = [value for leaf in every if leaf.name == fault.name for value in self.grammar.values(leaf)]
        return Fault(fault.what, fault.element, fault.name, tuple(dict.fromkeys([*fault.expected, *values])))

    def attributes(self, element: etree._Element, read_as: Pattern, rest: Pattern) -> _Try:
        found: list[Fault] = []
        left = self.grammar.body(read_as)
        for key, value in element.attrib.items():
            left, fault = self.attribute(element, left, _shown(str(key)), str(value))
            found += [fault] if fault else []
        content = closed(left)
        if content is NEVER:
            found += [Fault("absent", element, leaf.name, self.grammar.values(leaf)) for leaf in wanting(left)]
            content = closed(left, forgiving=True)
        return _Try(tuple(found), content, rest)

    def attribute(self, element: etree._Element, left: Pattern, name: str, value: str) -> tuple[Pattern, Fault | None]:
        """What is left after an attribute, and its fault."""
        named = [leaf for leaf in leaves(left, "attribute") if leaf.name == name]
        fitting = [leaf for leaf in named if self.grammar.fits(leaf, value)]
        if not named:
            allowed = tuple(dict.fromkeys(leaf.name for leaf in leaves(left, "attribute")))
            return left, Fault("attribute", element, name, allowed)
        rest = NEVER
        for leaf in fitting or named:
            rest = patterns.choice(rest, given(left, leaf))
        if fitting:
            return rest, None
        values = tuple(dict.fromkeys(word for leaf in named for word in self.grammar.values(leaf)))
        return rest, Fault("value", element, name, values)

    def children(self, element: etree._Element, content: Pattern) -> Iterator[Fault]:
        inside = [child for child in element if isinstance(child.tag, str)]
        if not leaves(content, "text"):
            yield from self.text(element, content, alone=not inside)
        state = content
        for child in inside:
            state, found = self.child(child, state)
            yield from found
        if (wanted := patterns.needed(state)) and not leaves(state, "data"):
            yield Fault("missing", element, expected=self.grammar.shown(wanted))

    def text(self, element: etree._Element, content: Pattern, *, alone: bool) -> Iterator[Fault]:
        """Text where none may stand, or which is not what it may be."""
        said = "".join([element.text or "", *(child.tail or "" for child in element)])
        values = leaves(content, "data")
        if values and alone:
            if not any(self.grammar.fits(leaf, said) for leaf in values) and not (
                patterns.nullable(content) and not said.strip()
            ):
                yield Fault("content", element, said)
        elif said.strip():
            yield Fault("text", element, said.strip())

    def child(self, child: etree._Element, state: Pattern) -> tuple[Pattern, Iterator[Fault]]:
        name = local(child)
        if etree.QName(child).namespace != TEI:
            return state, iter([Fault("namespace", child)])
        found, later = steps(state, name), steps(state, name, True)
        if found and (self.is_one_of(child, found) or not self.is_one_of(child, later)):
            return self.enter(child, found)
        if later:
            rest, inside = self.enter(child, [step for step in later if self.is_one_of(child, (step,))] or later)
            wanted = self.grammar.shown(patterns.needed(state))
            missing = Fault("missing", _parent(child), expected=wanted, before=child)
            return rest, iter([missing, *inside])
        what: What = "misplaced" if name in self.grammar.names else "unknown"
        return state, iter([Fault(what, child, expected=self.grammar.shown(patterns.possible(state)))])


def _parent(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    return element if parent is None else parent


def _shown(key: str) -> str:
    return key.replace(f"{{{XML}}}", "xml:")
