"""Decoded blocks to bodies and groups of heads.

A body is what one article or picture story has besides its heads. It begins with the first paragraph after an end and
ends with a byline (alone on a line or stuck to the last paragraph) or where a head opens something new. Whether a
head inside an unsigned stretch is a 小标题 or the headline of the next article is weighed and said with a probability.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from edition.infer.decoder import Decision
from edition.infer.evidence import begins_dateline, han_blanks, numbered, opens_story, signature
from edition.infer.lists import Reason, reason, total
from edition.infer.rulings import NO_RULINGS, Rulings
from edition.infer.scores import Role, series_form
from edition.words import Dictionary, words_in

AHEAD = 0.35  # of a head's words that the text after it has and the article before it has not
SPLIT_GAIN = 0.3  # of shared words, summed over both sides, by which cutting a group must be better
ECHO = 0.4  # share of a crosshead's words that its headline has


@dataclass(slots=True)
class Para:
    """The blocks of one paragraph, in reading order."""

    parts: list[Decision]

    @property
    def text(self) -> str:
        """The text as far as it is known."""
        return "".join(part.block.text for part in self.parts)

    @property
    def signed(self) -> bool:
        """Whether a byline or credit is stuck to its end."""
        return signature(self.parts[-1].block.text) is not None


@dataclass(slots=True)
class Picture:
    """Captions and credits that stand together."""

    captions: list[Decision]
    credits: list[Decision] = field(default_factory=list)


@dataclass(slots=True)
class Group:
    """Heads that stand together."""

    heads: list[Decision]
    place: int  # index among the events of the page
    crosshead: tuple[Reason, ...] | None = None  # set where the group is a 小标题

    @property
    def text(self) -> str:
        """All its lines."""
        return "".join(head.block.text for head in self.heads)


@dataclass(slots=True)
class Sign:
    """A byline or credit on its own line."""

    decision: Decision


@dataclass(slots=True)
class Body:
    """What one item has besides its heads."""

    first: int  # place of its first event
    last: int
    parts: list["Para | Picture | Group"] = field(default_factory=list)
    lead: list[Decision] = field(default_factory=list)  # bylines before the text
    signs: list[Decision] = field(default_factory=list)  # bylines after it

    @property
    def paragraphs(self) -> list[Para]:
        """Its paragraphs."""
        return [part for part in self.parts if isinstance(part, Para)]

    @property
    def text(self) -> str:
        """Its whole text, captions included."""
        texts = []
        for part in self.parts:
            match part:
                case Para():
                    texts.append(part.text)
                case Picture(captions=captions):
                    texts += [caption.block.text for caption in captions]
                case Group():
                    texts.append(part.text)
        return "".join(texts)


Event: TypeAlias = Para | Picture | Group | Sign


@dataclass(frozen=True, slots=True)
class Stories:
    """What a page tells, before heads are given to bodies."""

    bodies: tuple[Body, ...]
    groups: tuple[Group, ...]  # crossheads are not among them
    orphans: tuple[Decision, ...]  # bylines without a text
    furniture: tuple[Decision, ...]


def stories(decisions: Sequence[Decision], dictionary: Dictionary, ruled: Rulings = NO_RULINGS) -> Stories:
    """The bodies and head groups of a page, in the order of the source; `ruled` is the editor's word."""
    events = _events(decisions, ruled)
    teller = _Teller(events, dictionary, ruled)
    for place in range(len(events)):
        teller.tell(place)
    teller.give_up_waiting()
    teller.move()
    furniture = tuple(d for d in decisions if d.role in (Role.FURNITURE, Role.MARKUP))
    return Stories(tuple(teller.bodies), tuple(teller.groups), tuple(teller.orphans), furniture)


def _events(decisions: Sequence[Decision], ruled: Rulings) -> list[Event]:
    events: list[Event] = []
    owners: dict[int, Para] = {}
    for decision in decisions:
        last = events[-1] if events else None
        match decision.role:
            case Role.HEAD:
                if isinstance(last, Group) and not ruled.apart(last.heads[-1].block, decision.block):
                    last.heads.append(decision)
                else:
                    events.append(Group([decision], len(events)))
            case Role.START:
                owners[decision.block.index] = para = Para([decision])
                events.append(para)
            case Role.MORE:
                para = owners[decision.continues if decision.continues is not None else -1]
                para.parts.append(decision)
                owners[decision.block.index] = para
            case Role.CAPTION:
                if isinstance(last, Picture) and not last.credits and not ruled.begins_item(decision.block):
                    last.captions.append(decision)
                else:
                    events.append(Picture([decision]))
            case Role.CREDIT if isinstance(last, Picture):
                last.credits.append(decision)
            case Role.BYLINE | Role.CREDIT:
                events.append(Sign(decision))
            case _:
                pass
    return events


class _Teller:
    """Goes through the events once; `current` is the body that is still open."""

    def __init__(self, events: Sequence[Event], dictionary: Dictionary, ruled: Rulings) -> None:
        self.events = events
        self.ruled = ruled
        self.moved: list[tuple[int, Para | Picture | Sign]] = []  # (a block of its item, what belongs there)
        self.dictionary = dictionary
        self.bodies: list[Body] = []
        self.groups: list[Group] = []
        self.orphans: list[Decision] = []
        self.waiting: list[Decision] = []  # bylines between a head and its text
        self.current: Body | None = None
        self.signed_share = _signed_share(events)

    def tell(self, place: int) -> None:
        event = self.events[place]
        if self._told_by_editor(event):
            return
        match event:
            case Para():
                if self.current is not None and self.current.paragraphs and begins_dateline(event.text):
                    self.current = None  # 本报讯 and 新华社…电 open a story
                self._body(place).parts.append(event)
                if event.signed:
                    self.current = None
            case Picture():
                self._picture(event, place)
            case Group():
                self._group(event, place)
            case Sign(decision=decision):
                self._sign(decision, place)

    def _told_by_editor(self, event: Event) -> bool:
        """Hear the editor's word on the item of an event; whether there is nothing left to decide about it."""
        block = _blocks_of(event)[0].block
        if self.ruled.begins_item(block):
            self.current = None
        item = self.ruled.item(block)
        if item is None or isinstance(event, Group):
            return False
        self.moved.append((item, event))
        return True

    def move(self) -> None:
        """Put what the editor gave to items into them, in the order of the source."""
        for item, event in self.moved:
            at = body_of(item, self.bodies)
            if isinstance(event, Sign):
                (self.orphans if at is None else self.bodies[at].signs).append(event.decision)
            else:
                body = self._body(len(self.events)) if at is None else self.bodies[at]
                body.parts.append(event)
                body.parts.sort(key=lambda part: _blocks_of(part)[0].block.index)

    def give_up_waiting(self) -> None:
        """Bylines between heads that no text follows belong to nothing."""
        self.orphans += self.waiting
        self.waiting = []

    def _body(self, place: int) -> Body:
        if self.current is None:
            self.current = Body(place, place, lead=self.waiting)
            self.bodies.append(self.current)
            self.waiting = []
        self.current.last = place
        return self.current

    def _picture(self, picture: Picture, place: int) -> None:
        before = self.events[place - 1] if place else None
        after = self.events[place + 1] if place + 1 < len(self.events) else None
        opens_article = isinstance(before, Group) and isinstance(after, Para)
        alone = self.current is None and not opens_article
        self._body(place).parts.append(picture)
        if alone:
            self.current = None

    def _group(self, group: Group, place: int) -> None:
        if self.ruled.kind(group.heads[0].block) == "crosshead" and self.bodies:  # editor
            self.current = self.current or self.bodies[-1]
        if self.current is not None and self.current.paragraphs:
            reasons = self._crosshead(group, place)
            if total(reasons) > 0:
                group.crosshead = reasons
                self.current.parts.append(group)
                self.current.last = place
                return
        self.current = None
        self.give_up_waiting()
        cut = self._cut(group, place)
        if cut:
            self.groups.append(Group(group.heads[:cut], place))
        self.groups.append(Group(group.heads[cut:], place))

    def _cut(self, group: Group, place: int) -> int:
        """How many of the heads belong to the text before, which has none of its own; 0 if none does."""
        last = self.bodies[-1] if self.bodies else None
        if last is None or last.last != place - 1 or len(group.heads) < 2:
            return 0
        if any(other.place == last.first - 1 - bool(last.lead) for other in self.groups):
            return 0
        after = self._text_after(place)
        cuts = range(len(group.heads) + 1)
        gains = [self._share(group.heads[:cut], last.text) + self._share(group.heads[cut:], after) for cut in cuts]
        whole = max(gains[0], gains[-1])
        best = max(cuts, key=lambda cut: gains[cut])
        return best if gains[best] > whole + SPLIT_GAIN else 0

    def _text_after(self, place: int) -> str:
        """The text from a place to the next head."""
        texts = []
        for event in self.events[place + 1 :]:
            if isinstance(event, Group):
                break
            if isinstance(event, Para):
                texts.append(event.text)
        return "".join(texts)

    def _share(self, heads: Sequence[Decision], text: str) -> float:
        """The share of the heads' words that a text has."""
        words = words_in("".join(head.block.text for head in heads), self.dictionary)
        return sum(word in text for word in words) / len(words) if words else 0.0

    def _sign(self, decision: Decision, place: int) -> None:
        before = self.events[place - 1] if place else None
        if self.current is not None:
            self.current.signs.append(decision)
            self.current.last = place
            self.current = None
        elif isinstance(before, Group):
            self.waiting.append(decision)
        elif self.bodies and isinstance(before, Para | Picture | Sign):
            self.bodies[-1].signs.append(decision)
            self.bodies[-1].last = place
        else:
            self.orphans.append(decision)

    def _crosshead(self, group: Group, place: int) -> tuple[Reason, ...]:
        """The grounds for a 小标题 inside the open body."""
        out = [reason("crosshead.base")]
        signed = _signature_follows(self.events[place + 1 :])
        out.append(reason("crosshead.signed", self.signed_share) if signed else reason("crosshead.unsigned"))
        if len(group.heads) > 1 or len(group.heads[0].block.rows) > 1 or han_blanks(group.text):
            out.append(reason("crosshead.several"))
        if numbered(group.text):
            out.append(reason("crosshead.numbered"))
        if self._echoes(group):
            out.append(reason("crosshead.echo"))
        out.append(reason("crosshead.siblings", min(2, self._siblings(group))))
        if self.current and self._share(group.heads, self._text_after(place)) > AHEAD + self._share(
            group.heads, self.current.text
        ):
            out.append(reason("crosshead.ahead"))
        after = self.events[place + 1] if place + 1 < len(self.events) else None
        if isinstance(after, Para) and opens_story(after.text):
            out.append(reason("crosshead.opener"))
        level = group.heads[0].block.level
        if level and level <= min((h.block.level for g in self.groups[-1:] for h in g.heads), default=0):
            out.append(reason("crosshead.mark"))
        return (*out, *self.ruled.crosshead(group.heads[0].block))

    def _echoes(self, group: Group) -> bool:
        own = words_in(group.text, self.dictionary)
        above = {word for g in self.groups[-1:] for word in words_in(g.text, self.dictionary)}
        return bool(own) and len(own & above) >= ECHO * len(own)

    def _siblings(self, group: Group) -> int:
        """How many other heads of the page have the same form."""
        form = series_form(group.heads[0].block)
        others = [e for e in self.events if isinstance(e, Group) and e is not group and len(e.heads) == 1]
        return sum(series_form(other.heads[0].block) == form for other in others) if form else 0


def _blocks_of(event: "Event | Group") -> list[Decision]:
    """The decisions of which an event is made, in order."""
    match event:
        case Para(parts=parts):
            return parts
        case Picture(captions=captions, credits=credits_):
            return [*captions, *credits_]
        case Group(heads=heads):
            return heads
        case Sign(decision=decision):
            return [decision]


def body_of(block: int, bodies: Sequence[Body]) -> int | None:
    """The index of the body that holds a block, named by its index; None if none does."""
    for at, body in enumerate(bodies):
        held = [decision for part in body.parts for decision in _blocks_of(part)]
        if any(decision.block.index == block for decision in (*held, *body.lead, *body.signs)):
            return at
    return None


def _signed_share(events: Sequence[Event]) -> float:
    """How much a missing byline tells on this page: 1 where many texts are signed, 0 where none is."""
    signs = sum(isinstance(e, Sign) or (isinstance(e, Para) and e.signed) for e in events)
    groups = sum(isinstance(e, Group) for e in events)
    return min(1.0, 1.5 * signs / groups) if groups else 0.0


def _signature_follows(events: Sequence[Event]) -> bool:
    """Whether a byline comes before anything ends the stretch."""
    return any(isinstance(event, Sign) or (isinstance(event, Para) and event.signed) for event in events)


def probability(log_odds: float) -> float:
    """The logistic function."""
    return 1 / (1 + math.exp(-log_odds))
