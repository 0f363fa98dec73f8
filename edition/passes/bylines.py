"""Roles and names inside bylines and credits: `（晚报记者 潘凡）` is a role and a person.

A byline is the one place of a page where form alone tells a person's name: after a role word, or alone in brackets.
Where the form leaves a doubt (`市总工会供图` names a body) nothing is marked.
"""

import re
from dataclasses import replace
from functools import cache

from edition.findings import Finding
from edition.model.document import Block, Byline, Edition, Figure, Furniture, Item, Section, Subsection
from edition.model.inline import Content, Decision, Inline, Name, Text, content
from edition.model.widths import HAN, ONLY_HAN

CERT = 0.95  # rules of this form were right in every case that was read; the rest is caution


def _person(of: str) -> str:
    """A person, as a regular expression; 张 三 is set as wide as three. Given is what in a class is a Chinese character."""
    return rf"(?:[{of}][ \u3000]{{1,2}}[{of}](?<![摄文图])(?![{of}])|[{of}·]{{2,4}})"


_PERSON = _person(r"\w")
_ONLY_HAN = re.compile(ONLY_HAN)
_ALONE = re.compile(
    rf"{ONLY_HAN}[（(]\s*(?P<names>{_PERSON}(?:[ \t\u3000、，,]+{_PERSON})*)\s*(?:\s(?:摄|文|图|摄影|文/图))?\s*[）)]"
)
_ONE = re.compile(_PERSON)


def mark_names(edition: Edition, resp: str) -> tuple[Edition, tuple[Finding, ...]]:
    """The edition with roles and persons marked in its bylines; `resp` signs them. There are no findings."""
    decision = Decision(resp, CERT)
    return replace(edition, body=tuple(_body_node(node, decision) for node in edition.body)), ()


def _body_node(node: Item | Section | Furniture, decision: Decision) -> Item | Section | Furniture:
    match node:
        case Item():
            return _item(node, decision)
        case Section(items=children):
            inside = tuple(_item(child, decision) if isinstance(child, Item) else child for child in children)
            return replace(node, items=inside)
        case Furniture():
            return node


def _item(item: Item, decision: Decision) -> Item:
    return replace(item, blocks=tuple(_block(block, decision) for block in item.blocks))


def _block(block: Block, decision: Decision) -> Block:
    match block:
        case Byline():
            return _byline(block, decision)
        case Figure(bylines=bylines):
            return replace(block, bylines=tuple(_byline(byline, decision) for byline in bylines))
        case Subsection(blocks=inside):
            return replace(block, blocks=tuple(_block(child, decision) for child in inside))
        case _:
            return block


def _byline(byline: Byline, decision: Decision) -> Byline:
    if any(isinstance(node, Name) for node in byline.content):
        return byline
    nodes: list[Inline] = []
    for node in byline.content:
        nodes += _marked(node.text, decision) if isinstance(node, Text) else [node]
    return replace(byline, content=content(nodes))


def _marked(text: str, decision: Decision) -> Content:
    spans: list[tuple[int, int, Name]] = []
    for found in _signed(r"\w" if _ONLY_HAN.match(text) else HAN).finditer(text):
        spans.append((*found.span("role"), _name("roleName", found["role"], decision)))
        spans += _persons(text, *found.span("names"), decision)
    if not spans and (alone := _ALONE.fullmatch(text.strip())):
        start = len(text) - len(text.lstrip())
        spans += _persons(text, start + alone.start("names"), start + alone.end("names"), decision)
    return _cut(text, spans)


@cache
def _signed(of: str) -> re.Pattern[str]:
    """A role and the persons after it; given is what in a class is a Chinese character."""
    person, role = _person(of), rf"[{of}]{{0,8}}(?:记者|通讯员|实习生|撰稿人|评论员|作者)"
    return re.compile(
        rf"(?P<role>{role})(?P<sep>[ \t\u3000:：]+)(?P<names>{person}(?:[ \t\u3000、，,]+(?!{role}){person})*)"
    )


def _persons(text: str, start: int, end: int, decision: Decision) -> list[tuple[int, int, Name]]:
    return [(*found.span(), _name("persName", found[0], decision)) for found in _ONE.finditer(text, start, end)]


def _name(kind: str, text: str, decision: Decision) -> Name:
    return Name("roleName" if kind == "roleName" else "persName", (Text(text),), decision)


def _cut(text: str, spans: list[tuple[int, int, Name]]) -> Content:
    nodes: list[Inline] = []
    at = 0
    for start, end, name in spans:
        nodes += [Text(text[at:start]), name]
        at = end
    return content([*nodes, Text(text[at:])])
