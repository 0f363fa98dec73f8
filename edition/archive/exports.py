"""Ways out for search engines and corpora: a plain-text reading version, and JSON Lines, one record an item.

Both hold what a reader sees, under the policy that the TEI names, and hold it once: every printed character of the
TEI stands in exactly one place of the text, and in exactly one field of one record. Marks of the OCR tool are no text.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from edition.model.document import Block, Byline, Edition, Figure, Furniture, Head, Item, Paragraph, Section, Subsection
from edition.model.header import Header
from edition.model.inline import Content
from edition.model.labels import page_label
from edition.model.readings import located, printed, running
from edition.model.walk import HEAD_ROLES, flat_blocks

RULE = "===="  # begins and ends the only lines of the text that no page prints: the names of pages
_FIELDS = {"headline": "title", "subhead": "text", "paragraph": "text", "credit": "caption"}


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page with the name that its places are cited by."""

    stem: str  # of its source file, with the folders above it
    edition: Edition


@dataclass(frozen=True, slots=True)
class _Shown:
    """A block as a reader sees it."""

    role: str  # a value of HEAD_ROLES, or paragraph byline caption credit furniture
    text: str
    content: Content
    item: Item | None


def text(pages: Sequence[Leaf]) -> bytes:
    """The reading text: pages under their names, items apart by two empty lines, blocks by one."""
    return "\n\n\n".join(_page_text(page) for page in pages).encode() + b"\n"


def _page_text(page: Leaf) -> str:
    parts = [f"{RULE} {page_label(page.edition.header)} ({page.stem}) {RULE}"]
    for _, group in groupby(_shown(page.edition), key=lambda one: one.item and one.item.id):
        parts.append("\n\n".join(one.text for one in group))
    return "\n\n\n".join(parts)


def jsonl(pages: Sequence[Leaf]) -> bytes:
    """One JSON object a line: each item, then what a page prints outside its items (kinds `rubric`, `furniture`)."""
    rows = (row for page in pages for row in _records(page))
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def _records(page: Leaf) -> Iterator[dict[str, object]]:
    facts = _facts(page)
    seen = list(_shown(page.edition))
    own = [one for one in seen if one.item and one.role != "furniture"]
    for _, group in groupby(own, key=lambda one: one.item and one.item.id):
        blocks = list(group)
        if item := blocks[0].item:
            named = {"id": f"{page.stem}#{item.id}", "kind": item.kind}
            yield {**named, **_fields(blocks), **_rights(page.edition.header, item), **facts}
    for one in seen:
        if not one.item or one.role == "furniture":
            told = {"kind": one.role, "text": one.text, "lines": _lines([one.content])}
            yield {"id": f"{page.stem}#:{min(_numbers([one.content]))}", **told, **facts}


def _fields(blocks: Sequence[_Shown]) -> dict[str, object]:
    """The text of one item by its parts; a part that it does not have is left out."""
    told: dict[str, list[str]] = {}
    for name in ("kicker", "title", "subtitle", "byline", "text", "caption"):
        parts = [one.text for one in blocks if _FIELDS.get(one.role, one.role) == name]
        if parts:
            told[name] = parts
    joined = {name: "\n".join(parts) for name, parts in told.items()}
    return {**joined, "lines": _lines(one.content for one in blocks)}


def _rights(header: Header, item: Item) -> dict[str, object]:
    """The rights stated for the item alone; those of the edition stand in its metadata."""
    own = [one.right for one in header.item_rights if one.item == item.id]
    rows = [{"kind": right.subject, "holder": right.holder, "uri": right.uri} for right in own]
    return {"rights": [{k: v for k, v in row.items() if v} for row in rows]} if rows else {}


def _facts(page: Leaf) -> dict[str, object]:
    """What is known of the page, the same for all its records; what is not known is left out."""
    header = page.edition.header
    issue = header.issue
    known = {
        "page": page_label(header),
        "file": page.stem,
        "order": header.order,
        "newspaper": issue.newspaper,
        "date": issue.date or issue.printed_date,
        "issue": issue.issue,
        "pageNumber": issue.page,
        "section": issue.section,
        "edition": header.edition_id,
        "language": header.language,
        "modified": header.modified,
    }
    return {name: value for name, value in known.items() if value is not None}


def _numbers(contents: Iterable[Content]) -> list[int]:
    return sorted({line for nodes in contents for text, line in located(nodes) if text.strip()})


def _lines(contents: Iterable[Content]) -> str:
    """The lines of the source that the contents come from: `3 7-12 15`."""
    runs: list[list[int]] = []
    for line in _numbers(contents):
        if runs and runs[-1][1] == line - 1:
            runs[-1][1] = line
        else:
            runs.append([line, line])
    return " ".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)


# ---- what a reader sees, in order


def _shown(edition: Edition) -> Iterator[_Shown]:
    for node in edition.body:
        yield from _node(node, edition.header)


def _node(node: Item | Section | Furniture, header: Header) -> Iterator[_Shown]:
    match node:
        case Furniture():
            yield from _furniture(node, None, header)
        case Section(heads=heads, items=inside):
            yield from _heads(heads, None, header)
            for child in inside:
                yield from _node(child, header)
        case Item(heads=heads, blocks=blocks):
            yield from _heads(heads, node, header)
            for block in flat_blocks(blocks):
                yield from _block(block, node, header)


def _block(block: Block, item: Item, header: Header) -> Iterator[_Shown]:
    match block:
        case Paragraph(content=inside):
            yield from _body("paragraph", inside, item, header)
        case Byline(content=inside):
            yield from _line("byline", inside, item, header)
        case Figure(captions=captions, bylines=bylines):
            for caption in captions:
                yield from _body("caption", caption.content, item, header)
            for byline in bylines:
                yield from _line("credit", byline.content, item, header)
        case Subsection(heads=heads):
            yield from _heads(heads, item, header)
        case Furniture():
            yield from _furniture(block, item, header)


def _heads(heads: Iterable[Head], item: Item | None, header: Header) -> Iterator[_Shown]:
    for head in heads:
        if shown := running(head.content, header.width_policy, header.regime):
            yield _Shown(HEAD_ROLES[head.kind], shown, head.content, item)


def _furniture(node: Furniture, item: Item | None, header: Header) -> Iterator[_Shown]:
    if node.kind != "markup":
        yield from _line("furniture", node.content, item, header)


def _body(role: str, nodes: Content, item: Item | None, header: Header) -> Iterator[_Shown]:
    if shown := printed(nodes, header.width_policy, header.regime):
        yield _Shown(role, shown, nodes, item)


def _line(role: str, nodes: Content, item: Item | None, header: Header) -> Iterator[_Shown]:
    if shown := printed(nodes, header.width_policy, header.regime, body=False):
        yield _Shown(role, shown, nodes, item)
