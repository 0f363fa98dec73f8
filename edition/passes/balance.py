"""Quotation marks and brackets that have no partner in their paragraph. Nothing is changed: a finding proposes.

It looks after the lines are joined, so that a pair over a column break is a pair. A quotation of several paragraphs
opens anew in each and closes in the last (GB/T 15834-2011, 4.8.3): that is no trouble.
"""

from collections.abc import Iterator, Sequence

from edition.findings import Finding
from edition.model.document import Edition
from edition.model.pairs import Lone, lone_marks
from edition.model.walk import item_contents, items
from edition.passes.places import Placed, placed

_TURNED = dict(zip("“‘”’", "”’“‘"))


def check(edition: Edition, resp: str) -> tuple[Edition, tuple[Finding, ...]]:
    """The edition as it is, and a finding for every mark without its partner."""
    name = edition.header.source.name
    found: list[Finding] = []
    for item in items(edition):
        blocks = [placed(content) for content in item_contents(item)]
        found += _in_item(blocks, name)
    return edition, tuple(found)


def _in_item(blocks: Sequence[Placed], name: str) -> Iterator[Finding]:
    lone = [lone_marks(block.text) for block in blocks]
    for at, (block, here) in enumerate(zip(blocks, lone)):
        after = blocks[at + 1] if at + 1 < len(blocks) else None
        for one in here:
            if not (one.trouble == "unclosed" and after and after.text.startswith(one.mark)):
                yield _finding(block, one, name)


def _finding(block: Placed, one: Lone, name: str) -> Finding:
    where, around = f"{name}:{block.line(one.at)}", block.around(one.at)
    if one.trouble in ("closes", "opens"):
        message = f"{one.mark} {one.trouble} what nothing else does in {around!r}: read {_TURNED[one.mark]}?"
        return Finding("C-002", where, message)
    return Finding("C-001", where, f"{one.mark} in {around!r} is {one.trouble} in its paragraph")
