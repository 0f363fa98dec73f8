"""One entry for each person, body and place of a page, and a pointer to it from every mention.

Equal names of one kind are taken for one entity: a machine cannot tell two people of one name apart. Whoever can gives
a mention another `ref` in a corrected TEI; what already points somewhere is left alone, so that applied twice this
changes nothing more.
"""

from collections.abc import Iterator
from dataclasses import replace

from edition.findings import Finding
from edition.model.document import Edition, Entity, EntityKind
from edition.model.inline import (
    Content,
    Decision,
    Inline,
    Name,
    NameKind,
    PieceStart,
)
from edition.model.readings import place_after, printed
from edition.model.walk import contents, rewritten
from edition.passes.given import Given

KINDS: dict[NameKind, EntityKind] = {"persName": "person", "orgName": "org", "placeName": "place"}
_LETTERS: dict[EntityKind, str] = {"person": "P", "org": "O", "place": "G"}
_Key = tuple[EntityKind, str]


def gather(edition: Edition, given: Given) -> tuple[Edition, tuple[Finding, ...]]:
    """The edition with its entities, each as sure as its surest mention; an editor's other forms are one with the name."""
    also = {(one.kind, form): (one.kind, one.name) for one in given.gazetteer.confirmed for form in one.also}
    found = _found(edition, also)
    if not found:
        return edition, ()
    table = {(entity.kind, entity.name): entity.id for entity in edition.entities}
    made = []
    for kind, letter in _LETTERS.items():
        taken = {entity.id for entity in edition.entities}
        free = (
            f"{letter}{number}" for number in range(1, len(taken) + len(found) + 2) if f"{letter}{number}" not in taken
        )
        for key, decision in found.items():
            if key[0] == kind and key not in table:
                table[key] = next(free)
                made.append(Entity(kind, table[key], key[1], decision))
    table |= {form: table[name] for form, name in also.items() if name in table}
    entities = sorted((*edition.entities, *made), key=lambda entity: list(_LETTERS).index(entity.kind))
    body = rewritten(edition.body, lambda content: _pointing(content, table))
    return replace(edition, body=body, entities=tuple(entities)), ()


def _found(edition: Edition, also: dict[_Key, _Key]) -> dict[_Key, Decision | None]:
    """What is named without a pointer, each with its surest decision, in the order of the page."""
    found: dict[_Key, Decision | None] = {}
    for content in contents(edition):
        for node in content:
            if isinstance(node, Name) and (key := _key(node)):
                key = also.get(key, key)
                found[key] = _surer(found[key], node.decision) if key in found else node.decision
    return found


def _key(node: Name) -> _Key | None:
    if node.ref or node.kind not in KINDS:
        return None
    text = "".join(printed(node.content, "as-source").split())
    return (KINDS[node.kind], text) if text else None


def _surer(one: Decision | None, other: Decision | None) -> Decision | None:
    """The surer decision; an editor's has no probability and is the surest."""
    return max(one, other, key=lambda by: 2.0 if by is None or by.cert is None else by.cert)


def _pointing(content: Content, table: dict[_Key, str]) -> Content:
    if not any(isinstance(node, Name) for node in content):
        return content
    return tuple(_pointed(content, table))


def _pointed(content: Content, table: dict[_Key, str]) -> Iterator[Inline]:
    line, offset = 0, 0
    for node in content:
        if isinstance(node, PieceStart):
            line, offset = node.line, node.offset
        if isinstance(node, Name):
            inside = node.content[0] if node.content else None
            at = (inside.line, inside.offset) if isinstance(inside, PieceStart) else (line, offset)
            key = _key(node)
            yield replace(node, ref=table[key], id=node.id or _id(*at)) if key else node
            line, offset = place_after(node.content, (line, offset))
        else:
            yield node
            line, offset = place_after((node,), (line, offset))


def _id(line: int, offset: int) -> str:
    return f"N{line}.{offset}" if offset else f"N{line}"
