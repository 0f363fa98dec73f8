"""Names in headlines, paragraphs and captions, and the editor's word on all names.

What the editor confirmed is marked wherever it stands, with the editor's `resp` and no probability; what the editor
refused is marked nowhere; for the rest the program marks what is likely enough. A role beside a person (党组书记、主席)
is marked with the person. It runs after the editor's corrections, so that names are looked for in the right text.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from edition.findings import Finding
from edition.gazetteer import Gazetteer
from edition.model.document import Edition
from edition.model.inline import Content, Decision, Inline, Name, NameKind, content
from edition.model.readings import printed
from edition.model.walk import inline_nodes, rewritten, standing
from edition.names import lists, spans
from edition.names.spans import Span
from edition.passes.entities import KINDS
from edition.passes.given import Given
from edition.passes.mentions import Linear, linear, marked, without_blanks
from edition.words import simplified

_RUNNING = {"rubric", "kicker", "headline", "subtitle", "subhead", "paragraph", "caption"}
_TAGS: dict[str, NameKind] = {"person": "persName", "org": "orgName", "place": "placeName", "date": "date"}
_Mark = tuple[int, int, Name]  # start, end, the name without its content


def mark(edition: Edition, given: Given) -> tuple[Edition, tuple[Finding, ...]]:
    """The edition with its names marked. There are no findings."""
    if given.gazetteer.confirmed or given.gazetteer.refused:
        edition = replace(edition, body=rewritten(edition.body, lambda nodes: _revised(nodes, given)))
    wanted = [stands.content for stands in standing(edition) if stands.role in _RUNNING]
    lines = [linear(nodes) for nodes in wanted]
    lines = [without_blanks(line) for line in lines] if edition.header.regime.spaced else lines
    found = spans.find([_simple(line.text) for line in lines], given.dictionary, given.layers, _known(edition, given))
    made = {
        id(nodes): marked(nodes, line, [*_confirmed(line, given), *_named(line, one, given)])
        for nodes, line, one in zip(wanted, lines, found)
    }
    return replace(edition, body=rewritten(edition.body, lambda nodes: made.get(id(nodes), nodes))), ()


def _simple(text: str) -> str:
    """The text in simplified characters, one for one, for looking up only."""
    return text.translate(simplified())


def _known(edition: Edition, given: Given) -> set[str]:
    """The persons that bylines name, and those an editor confirmed."""
    signed = (stands.content for stands in standing(edition) if stands.role == "byline")
    names = (node for nodes in signed for node in inline_nodes(nodes) if isinstance(node, Name))
    confirmed = {form for one in given.gazetteer.confirmed if one.kind == "person" for form in one.forms}
    return confirmed | {_said(node) for node in names if node.kind == "persName"}


def _said(node: Name) -> str:
    return "".join(printed(node.content, "as-source").split())


# ---- the program's


def _named(line: Linear, found: Sequence[Span], given: Given) -> Iterator[_Mark]:
    refused = _refused(given.gazetteer)
    done = 0  # where the span before ends
    for span in found:
        text = _solid(line.text[span.start : span.end])
        if not {(text, span.kind), (text, None)} & refused:
            by = Decision(given.resp, span.cert)
            yield span.start, span.end, Name(_TAGS[span.kind], (), by, when=span.when)
            if span.kind == "person":
                yield from ((start, end, Name("roleName", (), by)) for start, end in _roles(line.text, span, done))
        done = span.end


def _solid(text: str) -> str:
    return "".join(text.split())


def _refused(gazetteer: Gazetteer) -> set[tuple[str, str | None]]:
    return {(one.name, one.kind) for one in gazetteer.refused}


def _roles(text: str, span: Span, done: int) -> Iterator[tuple[int, int]]:
    """The roles that stand right before and behind a person, the one before not over what ends at `done`."""
    words = lists.load()
    begin = max(done, span.start - 24)
    before = words.roles_before.search(_simple(text[begin : span.start]))
    if before:
        yield begin + before.start(1), begin + before.end(1)
    for size in (3, 2):
        behind = _simple(text[span.end : span.end + size])
        if behind in words.roles_behind:
            yield span.end, span.end + len(behind)  # at a text's end there may be less
            return


# ---- the editor's


def _confirmed(line: Linear, given: Given) -> Iterator[_Mark]:
    """Every form of every confirmed name, the longest first, where no longer one covers it."""
    forms = sorted(
        ((form, one) for one in given.gazetteer.confirmed for form in one.forms), key=lambda two: -len(two[0])
    )
    taken: set[int] = set()
    for form, one in forms:
        for found in re.finditer(r"[ \u3000]?".join(map(re.escape, form)), line.text):
            if not taken.intersection(range(*found.span())):
                taken.update(range(*found.span()))
                yield (*found.span(), Name(_TAGS[one.kind], (), Decision(given.editors[one.who])))


def _revised(nodes: Content, given: Given) -> Content:
    """The content with the editor's word on the names that it has already, such as those of bylines."""
    if not any(isinstance(node, Name) for node in nodes):
        return nodes
    return content(part for node in nodes for part in _judged(node, given))


def _judged(node: Inline, given: Given) -> Iterable[Inline]:
    if not isinstance(node, Name) or node.kind not in KINDS or not node.decision or node.decision.resp != given.resp:
        return (node,)
    text, kind = _said(node), KINDS[node.kind]
    if {(text, kind), (text, None)} & _refused(given.gazetteer):
        return node.content
    for one in given.gazetteer.confirmed:
        if one.kind == kind and text in one.forms:
            return (replace(node, decision=Decision(given.editors[one.who])),)
    return (node,)
