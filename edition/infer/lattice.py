"""The states that a page can go through: what each block could be, and what could stay open after it.

The state after a block is its role and which body blocks are still open: the last one, and one that was left
unfinished when another paragraph began. So a paragraph may go on after captions, credits, headlines, pictures and the
column of another article. Nothing is weighed here: blocks in, possible states and the names of what is seen out.
"""

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from typing import TypeAlias

from edition.infer.blocks import Block
from edition.infer.cues import is_note, is_rubric
from edition.infer.evidence import begins_torn, ends_in_dash
from edition.infer.features import Places
from edition.infer.looks import Look, look
from edition.infer.measure import Profile
from edition.words import Dictionary

_SIGNLIKE = re.compile(
    "^[（(]|^[^（(]{0,6}[（(][^（(]*[）)]$|^[^（(]*[）)]$|[□■◎●◆]|记者|通讯员|评论员|作者|撰|摄|图|供稿|文$|^文|据|新华社|中新社|本报(?![一二两三四五六七八九十百千几多\\d])|本刊|整理"
)
REACH = 14  # blocks over which a paragraph may stay open
HOLD = 60  # blocks over which one may be held open beside another
LEADING = 8.0  # em: a head as long as this that ends in a dash leads over to another
CLOSED = -1
UNFORMED = 30.0  # em: nothing longer is a byline or credit without having the form of one
SPAN = 330.0  # em: nothing longer is a caption


class Role(StrEnum):
    """What a block can be."""

    KICKER = "kicker"
    HEAD = "headline"
    SUB = "subtitle"
    CROSS = "crosshead"
    START = "paragraph"
    MORE = "continued"
    CAPTION = "caption"
    BYLINE = "byline"
    CREDIT = "credit"
    FURNITURE = "furniture"
    MARKUP = "markup"


HEADS = (Role.KICKER, Role.HEAD, Role.SUB)
BODY = (Role.START, Role.MORE)
_WHOLE = (Role.HEAD, Role.SUB, Role.FURNITURE)  # what leads over to nothing
_TOLD = (*HEADS, Role.CROSS, Role.CAPTION, Role.BYLINE, Role.CREDIT)  # whose ends tell what comes after them
ROLES: tuple[Role, ...] = tuple(role for role in Role if role is not Role.MARKUP)  # in the order of the weights
PLACE: dict[Role, int] = {role: at for at, role in enumerate(Role)}  # where each stands in that order; marks come last

Open: TypeAlias = tuple[int, int]  # the blocks that can still go on: the last one, and one held open beside it
State: TypeAlias = tuple[Role, Open]  # of a block its role, and what is open after it
Step: TypeAlias = tuple[str, bool, bool, bool, str]  # gap, waiting, holding, resumed, how the block before ended
START: State = (Role.MARKUP, (CLOSED, CLOSED))  # before the first block, and after the last


class Lattice:
    """The states that a page can go through: what is possible, without any weight.

    A paragraph is held open beside another one only if what stands of it is surely no head, or ends a column.
    """

    def __init__(self, blocks: Sequence[Block], page: Profile, dictionary: Dictionary) -> None:
        self.places = _places(tuple(blocks), page, dictionary)
        self.looks = self.places.looks
        self.page = page
        self.waits = [not seen.ended and not seen.block.markup and not seen.block.cells for seen in self.looks]
        self.endless = [seen.signed is None and not seen.block.cells and not is_note(seen.text) for seen in self.looks]
        last = [not after or after.block.gap > 0 for after in (*self.looks[1:], None)]
        self.holds = [
            waits and (not seen.head or (end and seen.last in ("full", "near", "indent")))
            for waits, seen, end in zip(self.waits, self.looks, last)
        ]
        self.seams = [(self._gap(at), self._ends(at)) for at in range(len(self.looks))]

    def roles(self, at: int) -> tuple[Role, ...]:
        """The roles that a block could have; before a text that begins with 的 nothing is a head, and a line that ends in a
        dash is no whole headline: it leads over to one."""
        found = possible(self.looks[at])
        if at + 1 < len(self.looks) and begins_torn(self.looks[at + 1].text):
            found = tuple(role for role in found if role not in HEADS and role is not Role.CROSS)
        seen = self.looks[at]
        if ends_in_dash(seen.text) and not seen.form and seen.wide >= LEADING:
            found = tuple(role for role in found if role not in _WHOLE)
        return found

    def _gap(self, at: int) -> str:
        """Whether an empty line stands before a block, where that tells anything."""
        return "" if not self.page.spaced else ".gap" if self.looks[at].block.gap else ".run"

    def step(self, open_: Open, joined: int, at: int) -> Step:
        """What is seen of a step, its roles aside: whether it leaves an unfinished paragraph waiting, whether one is held
        open, and whether that is resumed. `joined` is the block that goes on, or CLOSED."""
        left, held = open_
        waiting = left != CLOSED and self.waits[left] and joined != left
        gap, ends = self.seams[at]
        return gap, waiting, held != CLOSED, held != CLOSED and joined == held, ends

    def _ends(self, at: int) -> str:
        """Whether the block before one ends a sentence, and whether both are as narrow: of heads, captions and bylines
        that tells whether the two belong together."""
        if at == 0:
            return ""
        before, here = self.looks[at - 1], self.looks[at]
        return f"{'.ended' if before.ended else '.open'}{'.narrow' if before.narrow and here.narrow else ''}"

    def leave(self, state: State) -> list[str]:
        """The names of what is seen where the page ends."""
        role, (left, _) = state
        waiting = left != CLOSED and self.waits[left]
        return [f"{role}>end", *(["waiting>end"] if waiting else [])]

    def over(self, open_: Open, at: int) -> tuple[Open, ...]:
        """What stays open after a block, for each role at its PLACE; what does after a continuation says `resumed`.

        A paragraph may go on after a block of another role, over heads only if it is surely no head.
        """
        left, held = open_
        held = held if at - held <= HOLD else CLOSED
        near = left != CLOSED and at - left <= REACH
        holds = left != CLOSED and self.holds[left]
        head = (left if near and holds else CLOSED, held)
        beside = (left if near and self.waits[left] else CLOSED, held)
        start = (at, left if holds else held)
        return head, head, head, head, start, start, beside, (CLOSED, held), beside, beside, beside

    def under(self, open_: Open, at: int) -> Open:
        """What stays open after a byline under a headline: it begins a text, and what was open before waits beside it."""
        left, held = open_
        near = left != CLOSED and at - left <= REACH and self.holds[left]
        return CLOSED, left if near else held if at - held <= HOLD else CLOSED

    def resumed(self, open_: Open, joined: int, at: int) -> Open:
        """What is open after a block that goes on another one."""
        left, held = open_
        if joined != held:
            return at, held if at - held <= HOLD else CLOSED
        return at, left if left != CLOSED and self.holds[left] else CLOSED

    def joins(self, open_: Open, at: int) -> tuple[int, ...]:
        """The blocks that a continuation could go on; what is signed is at its end, and so are a table's
        line and the label of a note."""
        left, held = open_
        found = (left,) if held == left else open_
        return tuple([block for block in found if block != CLOSED and self.endless[block]])


@lru_cache(maxsize=2)
def _places(blocks: tuple[Block, ...], page: Profile, dictionary: Dictionary) -> Places:
    """What is seen of a page's blocks. No editor's word changes that, so at the desk a page is looked at once."""
    return Places([look(block, punctuated=page.punctuated) for block in blocks], page, dictionary)


def step_names(before: Role, role: Role, step: Step) -> list[str]:
    """The names of what is seen of a step from one role to another."""
    gap, waiting, holding, resumed, ended = step
    out = [f"{before}>{role}"]
    if ended and before in _TOLD:
        out.append(f"{before}>{role}{gap}{ended}")
    if gap:
        out.append(f"{before}>{role}{gap}")
    if waiting:
        out.append(f"waiting>{role}")
    if holding:
        out.append("resumed" if resumed else f"holding>{role}")
    return out


@lru_cache(maxsize=64)
def _roles(*, head: bool, cross: bool, furniture: bool, sign: bool, caption: bool, goes_on: bool) -> tuple[Role, ...]:
    ruled = {Role.BYLINE: sign, Role.CREDIT: sign, Role.FURNITURE: furniture, Role.CAPTION: caption, Role.MORE: goes_on}
    ruled |= dict.fromkeys(HEADS, head) | {Role.CROSS: cross}
    return tuple(role for role in ROLES if ruled.get(role, True))


def signlike(seen: Look) -> bool:
    """Whether anything in a text of no form is like a byline or credit: a name, an office, a trade, a bracket, a mark."""
    return bool(seen.could or _SIGNLIKE.search(seen.text))


def possible(seen: Look) -> tuple[Role, ...]:
    """The roles that a block could have by its length and form; a table's line of cells is a paragraph, the title of a
    box heads an item, and the label of a note stands over that alone."""
    if seen.block.markup:
        return (Role.MARKUP,)
    formed = seen.form is not None
    table = seen.block.cells
    short = formed or (seen.wide <= UNFORMED and not seen.commas and seen.end not in ("stop", "pause", "colon"))
    rubric, note = is_rubric(seen.text), is_note(seen.text)
    head = seen.head and seen.signed is None and seen.end != "stop" and not table and not note
    return _roles(
        head=head,
        cross=note or (head and not rubric),
        furniture=formed or (short and not seen.block.level and not table),
        sign=formed or (short and signlike(seen) and not table and not rubric),
        caption=seen.wide <= SPAN and not table,
        goes_on=not table and not note,
    )
