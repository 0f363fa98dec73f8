"""What is seen of a page as a whole: its signatures, its short lines of one form, and where its texts end. Looks in."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from edition.infer.cues import has_contact, is_notice
from edition.infer.evidence import numbered
from edition.infer.forms import furniture_kind
from edition.infer.looks import Look

ALIKE = 0.66  # of the longer one, from which two short lines are about as wide
OFTEN = 2  # times as many, from which signatures stand in one place
FEW = 3  # paragraphs that tell nothing of a page's indents
MANY = 3  # credits from which a page is full of them
SAME = 4  # characters: shorter texts are the same by chance
VERSE = 16.0  # em: no line of verse or of a list is longer
_PLACES = ("first", "second", "inner")
_TURN = re.compile("([^，。；：！？:]{1,8})[：:]")
_COMMA = re.compile("[，,]")
_NO_KIND = re.compile("[^，,、：:；;■●◆▲]+")


def _is_sign(seen: Look) -> bool:
    return seen.form in ("byline", "credit") or seen.signed is not None


def since_signature(looks: Sequence[Look]) -> Iterator[int]:
    """For each block how many short unended texts stand between it and the last signature (or the page's start).

    Those that follow each other count once.
    """
    count, before = 0, False
    for seen in looks:
        yield count
        if _is_sign(seen):
            count, before = 0, False
        elif not seen.block.markup:
            here = (
                seen.head
                and not seen.ended
                and seen.end not in ("pause", "colon")
                and seen.wide <= 40
                and not seen.form
            )
            count += here and not before
            before = here


def signedness(looks: Sequence[Look]) -> str:
    """How many of the page's texts are signed: none, some or many."""
    signs = sum(_is_sign(seen) for seen in looks)
    long = sum(len(seen.text) for seen in looks)
    share = 700 * signs / long if long else 0.0
    return "none" if not signs else "some" if share < 0.8 else "many"


def signing(looks: Sequence[Look]) -> str:
    """Where the page's signatures stand: `over` its texts, right under the headline, `under` them, `both` or `none`."""
    texts = [seen for seen in looks if not seen.block.markup]
    under = sum(seen.signed is not None for seen in texts)
    over = 0
    for before, here in pairwise(texts):
        if here.form == "byline" or here.could == "name":
            over += before.displayed
            under += not before.displayed and here.form == "byline"
    if not over + under:
        return "none"
    return "over" if over >= OFTEN * under else "under" if under >= OFTEN * over else "both"


def indenting(looks: Sequence[Look]) -> str:
    """Whether paragraphs begin with an indent, be it lost: `lost` if their first lines fall short of the column, `flush` if
    they fill it, `mixed`, or `none` where too few are seen. Only what follows the short last line of a sentence is asked."""
    begun = [
        here.first
        for before, here in pairwise(seen for seen in looks if not seen.block.markup)
        if before.ended and not before.head and before.last in ("short", "scrap") and not here.head
    ]
    lost, full = begun.count("indent"), begun.count("full")
    if lost + full < FEW:
        return "none"
    return "lost" if lost >= OFTEN * full else "flush" if full >= OFTEN * lost else "mixed"


def crediting(looks: Sequence[Look]) -> str:
    """How many pictures of the page are credited to somebody who made them: `none`, `some` or `many`."""
    signers = [seen.signer for seen in looks if seen.signed is not None or seen.form == "credit"]
    count = signers.count("pictures")
    return "none" if not count else "some" if count < MANY else "many"


def twice(looks: Sequence[Look]) -> dict[int, str]:
    """The blocks whose text stands on the page again: whether it is the `first` or a `later` one."""
    places: dict[str, list[int]] = {}
    for at, seen in enumerate(looks):
        if not seen.block.markup and len(seen.text) >= SAME:
            places.setdefault(seen.text, []).append(at)
    return {at: "first" if at == same[0] else "later" for same in places.values() if len(same) > 1 for at in same}


def turns(looks: Sequence[Look]) -> set[int]:
    """The blocks that begin with a speaker or a label, and a colon, as another block of the page does."""
    begun: dict[str, list[int]] = {}
    for at, seen in enumerate(looks):
        if found := _TURN.match(seen.text):
            begun.setdefault(found[1], []).append(at)
    return {at for same in begun.values() if len(same) > 1 for at in same}


def noticed(looks: Sequence[Look]) -> set[int]:
    """The blocks under the title of a notice that say how somebody is reached: there that is part of a text."""
    out, under = set(), False
    for at, seen in enumerate(looks):
        if seen.displayed and not seen.block.markup:
            under = is_notice(seen.text)
        elif under and (furniture_kind(seen.form) or has_contact(seen.text)):
            out.add(at)
    return out


def tail(looks: Sequence[Look]) -> int:
    """From which block on nothing but short unended texts follows."""
    at = len(looks)
    while at and (looks[at - 1].block.markup or looks[at - 1].form or looks[at - 1].displayed):
        at -= 1
    return at


def even(looks: Sequence[Look]) -> set[int]:
    """The short unended lines of two clauses whose first clause is as long as that of another such line."""
    first: dict[int, list[int]] = {}
    for at, seen in enumerate(looks):
        clauses = _COMMA.split(seen.text) if seen.head and not seen.ended and seen.wide <= 30 else []
        if len(clauses) == 2 and len(clauses[0]) >= 3 and clauses[1]:
            first.setdefault(len(clauses[0]), []).append(at)
    return {at for same in first.values() if len(same) > 1 for at in same}


def rhythm(looks: Sequence[Look]) -> dict[int, tuple[str, str]]:
    """For the blocks in a run of four or more short lines, as of verse or of a list: how long the run is (`4` to `7`
    lines, `8` to `15`, or `16` and more), and whether its lines are about as wide (`even`) or not (`any`); the same with
    whether the block is its `first`, its `second` or an `inner` one."""
    out: dict[int, tuple[str, str]] = {}
    texts = [at for at, seen in enumerate(looks) if not seen.block.markup]
    for short, group in groupby(texts, key=lambda at: _is_short(looks[at])):
        run = list(group)
        if short and len(run) >= 4:
            widths = sorted(looks[at].wide for at in run)
            alike = widths[len(widths) // 4] >= ALIKE * widths[-1 - len(widths) // 4]
            size = 4 if len(run) < 8 else 8 if len(run) < 16 else 16
            shape = f"{size}.{'even' if alike else 'any'}"
            out |= {at: (shape, f"at.{_PLACES[min(place, 2)]}.{shape}") for place, at in enumerate(run)}
    return out


def _is_short(seen: Look) -> bool:
    """Whether a block could be a line of verse."""
    return seen.head and not seen.form and seen.wide <= VERSE and len(seen.block.rows) == 1


def series(looks: Sequence[Look]) -> dict[int, int]:
    """How many other short unended lines of the page have the marks and about the width of a block."""
    forms: dict[str, list[tuple[float, int]]] = {}
    for at, seen in enumerate(looks):
        if seen.head and not seen.ended and not seen.form and seen.wide <= 30:
            kinds = _NO_KIND.sub("", seen.text) or ("一" if numbered(seen.text) else "")
            if kinds:
                forms.setdefault(kinds, []).append((seen.wide, at))
    out = {}
    for same in forms.values():
        widths = sorted(wide for wide, _ in same)
        for wide, at in same:
            out[at] = bisect_right(widths, wide / ALIKE) - bisect_left(widths, ALIKE * wide) - 1
    return out
