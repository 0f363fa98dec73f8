"""Decoded blocks to the events of a page, in the order of the source: paragraphs, pictures, groups of heads, bylines.

A paragraph is one event, wherever its pieces stand; where it goes on after another article's text, that is an event too.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Literal, TypeAlias

from edition.infer.blocks import Block
from edition.infer.decoder import Decision, Reasons
from edition.infer.lattice import HEADS, Role
from edition.infer.rulings import Rulings
from edition.infer.signatures import Signature, signature


@dataclass(slots=True)
class Para:
    """The blocks of one paragraph, in reading order."""

    parts: list[Decision]
    _signature: Signature | Literal["unasked"] | None = field(default="unasked", init=False)

    @property
    def text(self) -> str:
        """The text as far as it is known."""
        return "".join([part.block.text for part in self.parts])

    @property
    def signature(self) -> Signature | None:
        """Where in its text a byline or credit begins that is stuck to its end, and which of them it is; asked when all
        its parts are there."""
        if self._signature == "unasked":
            self._signature = signature(self.text)
        return self._signature


@dataclass(slots=True)
class Picture:
    """Captions (each of one or more blocks) and credits that stand together."""

    captions: list[list[Decision]]
    credits: list[Decision] = field(default_factory=list)


@dataclass(slots=True)
class Group:
    """Heads that stand together."""

    heads: list[Decision]
    place: int  # index among the events of the page
    inside: bool = False  # a 小标题, part of the body around it
    sure: float = 1.0  # probability of what was decided of it after its blocks were
    reasons: Reasons | None = None  # for that

    @property
    def text(self) -> str:
        """All its lines."""
        return "".join(head.block.text for head in self.heads)


@dataclass(slots=True)
class Sign:
    """A byline or credit on its own line."""

    decision: Decision


@dataclass(slots=True)
class Resumed:
    """A paragraph goes on here after another article's text."""

    para: Para


@dataclass(slots=True)
class Body:
    """What one item has besides its heads."""

    first: int  # place of its first event
    last: int
    parts: list["Para | Picture | Group"] = field(default_factory=list)
    lead: list[Decision] = field(default_factory=list)  # bylines before the text
    signs: list[Decision] = field(default_factory=list)  # bylines after it
    cert: float = 1.0  # that it begins where it does
    signed: bool = False  # whether a paragraph of it ends in a byline or credit

    @property
    def paragraphs(self) -> list[Para]:
        """Its paragraphs."""
        return [part for part in self.parts if isinstance(part, Para)]

    @property
    def lone(self) -> "Para | None":
        """The signed paragraph or caption that is all there is of it, as a paragraph."""
        only = self.parts[0] if len(self.parts) == 1 else None
        if isinstance(only, Picture):
            para = Para(only.captions[0]) if len(only.captions) == 1 else None
        else:
            para = only if isinstance(only, Para) else None
        return para if para and (self.signed_by or para.signature) else None

    @property
    def signed_by(self) -> list[Decision]:
        """The bylines after it, or the credits of the picture that it is."""
        credits_ = self.parts[0].credits if len(self.parts) == 1 and isinstance(self.parts[0], Picture) else []
        return [*credits_, *self.signs]

    def begun(self, most: int) -> int:
        """How many paragraphs it has, `most` at most."""
        return sum(1 for _ in islice((part for part in self.parts if isinstance(part, Para)), most))

    @property
    def text(self) -> str:
        """Its whole text, captions included."""
        return "".join([piece.block.text for part in self.parts for piece in _read(part)])

    @property
    def end(self) -> str:
        """The last three characters of its text, captions included."""
        end = ""
        for part in reversed(self.parts):
            for piece in reversed(_read(part)):
                end = piece.block.text[-3:] + end
                if len(end) >= 3:
                    return end[-3:]
        return end


Event: TypeAlias = Para | Picture | Group | Sign | Resumed


def events_of(decisions: Sequence[Decision], ruled: Rulings) -> list[Event]:
    """The events of a page; `ruled` is what the editor said."""
    events: list[Event] = []
    owners: dict[int, Para] = {}
    tail = _tail(decisions)
    reading: Para | None = None
    for decision in decisions:
        last = events[-1] if events else None
        match decision.role:
            case Role.KICKER | Role.HEAD | Role.SUB | Role.CROSS:
                if isinstance(last, Group) and _same_group(
                    last.heads[-1], decision, ruled, tail=decision.block.index >= tail
                ):
                    last.heads.append(decision)
                else:
                    events.append(Group([decision], len(events), decision.role is Role.CROSS))
            case Role.START:
                owners[decision.block.index] = reading = Para([decision])
                events.append(reading)
            case Role.MORE:
                para = owners[decision.continues if decision.continues is not None else -1]
                para.parts.append(decision)
                owners[decision.block.index] = para
                if para is not reading:
                    events.append(Resumed(para))
                reading = para
            case Role.CAPTION:
                _caption(events, decision, ruled)
            case Role.CREDIT if isinstance(last, Picture):
                last.credits.append(decision)
            case Role.BYLINE | Role.CREDIT:
                events.append(Sign(decision))
            case _:
                pass
    return events


def _tail(decisions: Sequence[Decision]) -> int:
    """The index of the block from which on no text follows, where headlines without their texts are collected."""
    texts = [d.block.index for d in decisions if d.role in (Role.START, Role.MORE, Role.CAPTION)]
    return max(texts, default=-1) + 1


def _same_group(above: Decision, here: Decision, ruled: Rulings, *, tail: bool) -> bool:
    """Whether a head goes with the one above it: kickers come before headlines, subtitles after them.

    Where no text follows (`tail`), headlines of several articles may stand together, an empty line between them.
    """
    if ruled.apart(above.block, here.block):
        return False
    if tail and here.block.gap and above.role is not Role.KICKER and here.role is not Role.SUB:
        return False
    if Role.CROSS in (above.role, here.role):
        return above.role is here.role and here.block.gap == 0
    return HEADS.index(here.role) >= HEADS.index(above.role)


def _caption(events: list[Event], decision: Decision, ruled: Rulings) -> None:
    """A caption begins a picture, goes on from the line above it, or is the picture's next."""
    last = events[-1] if events else None
    if not isinstance(last, Picture) or last.credits or ruled.begins_item(decision.block):
        events.append(Picture([[decision]]))
    elif _same_caption(last.captions[-1][-1].block, decision.block, ruled):
        last.captions[-1].append(decision)
    else:
        last.captions.append([decision])


def _same_caption(above: Block, here: Block, ruled: Rulings) -> bool:
    return here.gap == 0 and here.index == above.index + 1 and not ruled.begins(here, above)


def decisions_of(event: Event) -> list[Decision]:
    """The decisions of which an event is made, in order."""
    match event:
        case Para(parts=parts) | Resumed(para=Para(parts=parts)):
            return parts
        case Picture(captions=captions, credits=credits_):
            return [*(piece for caption in captions for piece in caption), *credits_]
        case Group(heads=heads):
            return heads
        case Sign(decision=decision):
            return [decision]


def event_at(events: Sequence[Event], place: int) -> Event | None:
    """The event at a place; None before the first and behind the last."""
    return events[place] if 0 <= place < len(events) else None


def is_sign(event: Event) -> bool:
    """Whether a byline or credit stands here, alone or stuck to a paragraph."""
    return isinstance(event, Sign) or (isinstance(event, Para) and event.signature is not None)


def _read(part: Para | Picture | Group) -> list[Decision]:
    """The decisions of a part of a body, credits of pictures left out."""
    if isinstance(part, Picture):
        return [piece for caption in part.captions for piece in caption]
    return decisions_of(part)


def body_of(block: int, bodies: Sequence[Body]) -> int | None:
    """The index of the body that holds a block, named by its index; None if none does."""
    for at, body in enumerate(bodies):
        held = [decision for part in body.parts for decision in decisions_of(part)]
        if any(decision.block.index == block for decision in (*held, *body.lead, *body.signs)):
            return at
    return None
