"""The events of a page to bodies and groups of heads.

A body is what one article or picture story has besides its heads. It begins with the first paragraph after an end and
ends with a byline (alone on a line or stuck to the last paragraph) or where a head opens something new. A paragraph
that goes on after the column of another article leads back to its own body.
"""

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

from edition.infer.asked import Asked, odds, reasons
from edition.infer.decoder import Decision
from edition.infer.events import (
    Body,
    Event,
    Group,
    Para,
    Picture,
    Resumed,
    Sign,
    body_of,
    decisions_of,
    event_at,
    events_of,
    is_sign,
)
from edition.infer.evidence import ends_sentence, unclosed
from edition.infer.lattice import Role
from edition.infer.lists import calibrated
from edition.infer.rulings import NO_RULINGS, Rulings
from edition.infer.topics import Topics

TITLE = 26.0  # em: no headline of a picture is longer
EARLIER = 3  # bodies to which a paragraph may go back


@dataclass(frozen=True, slots=True)
class Stories:
    """What a page tells, before heads are given to bodies."""

    bodies: tuple[Body, ...]
    groups: tuple[Group, ...]  # crossheads are not among them
    orphans: tuple[Decision, ...]  # bylines without a text
    furniture: tuple[Decision, ...]
    topics: Topics
    asked: Asked


def stories(decisions: Sequence[Decision], topics: Topics, ruled: Rulings = NO_RULINGS) -> Stories:
    """The bodies and head groups of a page, in the order of the source; `ruled` is the editor's word."""
    events = events_of(decisions, ruled)
    teller = Teller(events, topics, ruled)
    for place in range(len(teller.events)):
        teller.tell(place)
    teller.give_up_waiting()
    teller.move()
    furniture = tuple(d for d in decisions if d.role in (Role.FURNITURE, Role.MARKUP))
    return Stories(tuple(teller.bodies), tuple(teller.groups), tuple(teller.orphans), furniture, topics, teller.asked)


class Teller:
    """Goes through the events once; `current` is the body that is still open."""

    def __init__(self, events: Sequence[Event], topics: Topics, ruled: Rulings) -> None:
        self.topics = topics
        self.ruled = ruled
        self.asked = Asked(events, topics, _signedness(events))
        self.events = self._with_titles(events)
        if self.events is not events:
            self.asked = Asked(self.events, topics, _signedness(self.events))
        self.moved: list[tuple[int, Event]] = []  # (a block of its item, what the editor put there)
        self.bodies: list[Body] = []
        self.homes: dict[int, Body] = {}  # of paragraphs, by their ids
        self.groups: list[Group] = []  # their places rise
        self.orphans: list[Decision] = []
        self.waiting: list[Decision] = []  # bylines between a head and its text
        self.current: Body | None = None
        self.heads: Group | None = None  # the heads over the open body
        self.lead: Body | None = None  # a signed paragraph under heads, which may be the lead of a longer text

    def _with_titles(self, events: Sequence[Event]) -> Sequence[Event]:
        """The events with the headlines of pictures as heads of their own, which were read as captions."""
        found = {}
        for place, event in enumerate(events):
            if isinstance(event, Picture) and self._could_be_titled(event):
                seen = self.asked.title(event, place)
                if (answer := self.titled(seen, event.captions[0][0])) > 0:
                    found[place] = calibrated(Role.HEAD, probability(answer)), partial(reasons, seen, yes=True)
        out: list[Event] = []
        for place, event in enumerate(events):
            if place in found and isinstance(event, Picture):
                first = event.captions[0].pop(0)
                event.captions = [caption for caption in event.captions if caption]
                head = replace(first, role=Role.HEAD, cert=found[place][0], role_reasons=found[place][1])
                out.append(Group([head], len(out)))
            if isinstance(event, Group):
                event.place = len(out)
            out.append(event)
        return out if found else events

    def _could_be_titled(self, picture: Picture) -> bool:
        """Whether a picture's caption begins with a short block without an end, more of it after that."""
        first = picture.captions[0][0].block
        more = len(picture.captions) > 1 or len(picture.captions[0]) > 1
        return more and sum(first.widths) <= TITLE and not ends_sentence(first.text) and not self.ruled.role(first)

    def titled(self, names: Sequence[str], first: Decision) -> float:
        """The log-odds that a picture's caption begins with its headline."""
        return odds(names)

    def odds(self, names: Sequence[str], place: int, body: Body) -> float:
        """The log-odds of the answer yes to what is asked at a place about a body."""
        return odds(names)

    def tell(self, place: int) -> None:
        """Hear one event."""
        event = self.events[place]
        if self._told_by_editor(event):
            return
        match event:
            case Para():
                self._para(event, place)
            case Picture():
                self._picture(event, place)
            case Group():
                self._group(event, place)
            case Sign(decision=decision):
                self._sign(decision, place)
            case Resumed(para=para):
                self._resume(para, place)

    def _para(self, para: Para, place: int) -> None:
        """A paragraph goes on with the open body or an earlier one, or begins a new story."""
        cert = 1.0
        if not self.ruled.begins_item(para.parts[0].block):
            self.current = self._led(place) or self._left_open(para, place) or self.current
            if self.current is not None and self.current.begun(1) and not _quotes_on(self.current, para):
                new = self.odds(self.asked.story(para, self.current, self.heads, place), place, self.current)
                self.current = None if new > 0 else self.current
                cert = probability(new) if new > 0 else 1.0
        body = self._body(place)
        body.parts.append(para)
        self.homes[id(para)] = body
        body.cert = min(body.cert, cert)
        if para.signature is not None:
            body.signed = True
            self.current = None

    def _told_by_editor(self, event: Event) -> bool:
        """Hear the editor's word on the item of an event; whether there is nothing left to decide about it."""
        held = [decision.block for decision in decisions_of(event)]
        if self.ruled.begins_item(held[0]):
            self.current = self.lead = None
        item = next((item for block in held if (item := self.ruled.item(block)) is not None), None)
        if item is None or (isinstance(event, Group) and not event.inside):
            return False
        if not isinstance(event, Resumed):
            self.moved.append((item, event))
        return True

    def move(self) -> None:
        """Put what the editor gave to items into them, in the order of the source."""
        for item, event in self.moved:
            at = body_of(item, self.bodies)
            if isinstance(event, Sign):
                (self.orphans if at is None else self.bodies[at].signs).append(event.decision)
            elif not isinstance(event, Resumed):
                self.current = None
                body = self._body(len(self.events)) if at is None else self.bodies[at]
                body.parts.append(event)
                body.parts.sort(key=lambda part: decisions_of(part)[0].block.index)

    def give_up_waiting(self) -> None:
        """Bylines between heads that no text follows belong to nothing."""
        self.orphans += self.waiting
        self.waiting = []

    def _led(self, place: int) -> Body | None:
        """The signed paragraph under heads that stands right before a place: more of its item may follow."""
        return self.lead if self.lead is not None and self.lead.last == place - 1 else None

    def _left_open(self, para: Para, place: int) -> Body | None:
        """The unsigned body before this one that a paragraph goes with by its words: its column was interrupted.

        A paragraph under a head or a byline of its own begins something new.
        """
        before = event_at(self.events, place - 1)
        if self.waiting or isinstance(before, Group) or not para.parts[0].block.gap:
            return None
        others = [
            body for body in self.bodies[-EARLIER:] if body is not self.current and not (body.signs or body.signed)
        ]
        found = [
            (self.odds(self.asked.back(para, other, self.current, place), place, other), other) for other in others
        ]
        best, body = max(found, key=lambda entry: entry[0], default=(0.0, None))
        return body if best > 0 else None

    def _body(self, place: int) -> Body:
        if self.current is None:
            above = event_at(self.events, place - 1 - len(self.waiting))
            self.heads = above if isinstance(above, Group) else None
            self.current = Body(place, place, lead=self.waiting)
            self.bodies.append(self.current)
            self.waiting = []
        self.current.last = place
        return self.current

    def _resume(self, para: Para, place: int) -> None:
        self.current = self.homes[id(para)]
        self.current.last = place
        if para.signature is not None:
            self.current = None

    def _picture(self, picture: Picture, place: int) -> None:
        before = event_at(self.events, place - 1)
        after = event_at(self.events, place + 1)
        opens_article = isinstance(before, Group) and isinstance(after, Para)
        if self.current is not None and not self._inside(picture, self.current) and not self._goes_on(place):
            apart = self.odds(self.asked.figure(picture, self.current, self.heads, place), place, self.current) < 0
            self.current = None if apart else self.current
        alone = self.current is None and not opens_article
        self._body(place).parts.append(picture)
        if alone:
            self.current = None

    def _goes_on(self, place: int) -> bool:
        """Whether the open body goes on after what stands at a place: then a picture there is among its text."""
        after = event_at(self.events, place + 1)
        if not isinstance(after, Para) or self.current is None or self.ruled.begins_item(after.parts[0].block):
            return False
        return self.odds(self.asked.story(after, self.current, self.heads, place + 1), place + 1, self.current) <= 0

    def _inside(self, picture: Picture, current: Body) -> bool:
        """Whether a picture interrupts a paragraph of the open body, or its editor says what it belongs to."""
        block = picture.captions[0][0].block
        read = next((part for part in reversed(current.parts) if isinstance(part, Para)), None)
        last = -1 if read is None else read.parts[-1].block.index
        return last > block.index or self.ruled.begins_item(block)

    def _group(self, group: Group, place: int) -> None:
        if self.bodies and self.ruled.role(group.heads[0].block) == "subhead" and not self._opens(place):  # editor
            self.current = self.current or self.bodies[-1]
        body = self.current or self._led(place)
        if body is not None and body.begun(1) and not self._told_role(group):
            seen = self.asked.cross(group, body, self.heads, place)
            answer = self.crossing(seen, group)
            group.inside = answer > 0
            role = Role.CROSS if group.inside else Role.HEAD
            group.sure, group.reasons = (
                calibrated(role, probability(abs(answer))),
                partial(reasons, seen, yes=group.inside),
            )
        if group.inside and (body is not None or self._opens(place)):
            self.current = body
            self._body(place).parts.append(group)
            return
        group.inside = False
        self.current = None
        self.give_up_waiting()
        above = self._above(place)
        seams = range(1, len(group.heads))
        ends = [at for at in seams if self.parted(self.asked.part(group.heads, at, place, above), group, at)]
        edges = [0, *ends, len(group.heads)]
        self.groups += [Group(group.heads[first:end], place) for first, end in pairwise(edges)]

    def _opens(self, place: int) -> bool:
        """Whether a text begins at a place whose headline stands right above, with its bylines or without."""
        above = event_at(self.events, place - 1 - len(self.waiting))
        return isinstance(above, Group) and not above.inside and isinstance(event_at(self.events, place + 1), Para)

    def _above(self, place: int) -> str:
        """Whether the text right before a place is `headed` by a group, is `bare` or is `none`."""
        last = self.bodies[-1] if self.bodies else None
        if last is None or last.last != place - 1:
            return "none"
        over = last.first - 1 - bool(last.lead)
        at = bisect_left(self.groups, over, key=lambda other: other.place)
        return "headed" if at < len(self.groups) and self.groups[at].place == over else "bare"

    def _told_role(self, group: Group) -> bool:
        """Whether the editor said what a head of the group is."""
        return any(self.ruled.role(head.block) for head in group.heads)

    def crossing(self, names: Sequence[str], group: Group) -> float:
        """The log-odds that heads stand over a part of the open item."""
        return odds(names)

    def parted(self, names: Sequence[str], group: Group, at: int) -> bool:
        """Whether what is seen of a seam in a group speaks for its end."""
        return odds(names) > 0

    def _sign(self, decision: Decision, place: int) -> None:
        before = event_at(self.events, place - 1)
        if self.current is not None:
            self.current.signs.append(decision)
            self.current.last = place
            if decision.role is Role.BYLINE or len(self.current.parts) == 1:
                headed = self.heads is not None and not self.current.lead
                self.lead = self.current if headed and self.current.begun(2) == 1 else None
                self.current = None
        elif isinstance(before, Group):
            self.waiting.append(decision)
        elif self.bodies and isinstance(before, Para | Picture | Sign | Resumed):
            self.bodies[-1].signs.append(decision)
            self.bodies[-1].last = place
        else:
            self.orphans.append(decision)


def _quotes_on(body: Body, para: Para) -> bool:
    """Whether a quotation goes on from a body's last paragraph to the next, where its mark is opened again."""
    last = next(part for part in reversed(body.parts) if isinstance(part, Para))
    return para.text[:1] in "“「『" and unclosed(last.text).endswith(para.text[:1])


def _signedness(events: Sequence[Event]) -> str:
    """How many of the texts are signed: none, some or many."""
    signs, heads = sum(map(is_sign, events)), sum(isinstance(event, Group) and not event.inside for event in events)
    return "none" if not signs else "some" if signs < 0.7 * max(1, heads) else "many"


def probability(log_odds: float) -> float:
    """The logistic function."""
    return 1 / (1 + math.exp(-log_odds))
