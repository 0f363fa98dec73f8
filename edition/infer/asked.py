"""What is asked where a text could belong to more than one item, as names of what is seen; their weights are fitted.

Questions, of which each is a logistic regression over these names (tests/bench/fit_items.py fits them):

    story    does a paragraph without a head of its own begin a new story?
    figure   does a picture belong to the story around it?
    back     does a paragraph go on with an earlier story, whose column was interrupted?
    part     does a group of heads end before one of its heads, and another begin?
    cross    does a short line among an item's text stand over a part of it, and begin no item of its own?
    title    is the first block of a picture's caption its headline?
    lone     does a signed paragraph that is all there is of an item say what a picture shows?

Decoded parts of the page in, names out; nothing is decided here.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from edition.infer.cues import beginnings, scenes, titles
from edition.infer.decoder import Decision
from edition.infer.events import Body, Event, Group, Para, Picture, Resumed, decisions_of, event_at, is_sign
from edition.infer.evidence import begins_caption, ends_sentence, numbered, opening, opens_story, unclosed
from edition.infer.features import MANY_GAPS
from edition.infer.lists import Reason, asked_weight
from edition.infer.looks import ranked
from edition.infer.signatures import signer
from edition.infer.topics import Topics, Window, Words, step

STEPS = (0.00003, 0.0001, 0.0003, 0.0008, 0.002, 0.006, 0.02)  # steps of likeness of two texts
SHARES = (0.02, 0.08, 0.18, 0.3, 0.5)  # steps of what a text has of another's words
ENOUGH = 24  # pairs of characters from which it tells that two texts share none
CONTEXT = 400  # characters of a story that are looked at
LONG = (30, 60, 100, 160)  # characters
AROUND = 3  # stretches of text on either side of a group that are looked at
LEANINGS = (-0.3, -0.12, -0.03, 0.03, 0.12, 0.3)  # steps of how much more one text has of a head's words than another
TOLD = (0.6, 0.7, 0.8, 0.9, 0.96, 0.99)  # steps of how likely the decoder finds what it took a block for
SOME = 2  # places with many empty lines that a page has, if only pictures leave them
NEAR = 0.8  # em by which two lines differ that are about as wide
LINES = (3, 5, 8, 12, 16, 22)  # characters
SCENE = 60  # characters at a text's end in which it says what a picture shows
ALIKE = 0.8  # of the longer one, from which two lines are about as wide


class Asked:
    """The events of a page and what is seen of them."""

    def __init__(self, events: Sequence[Event], topics: Topics, signed: str) -> None:
        self.events = events
        self.topics = topics
        self.signed = signed  # how many texts of the page are: none, some or many
        self._ends: dict[int, Window] = {}  # of bodies, by the place of their first event
        self._aheads = self._runs()
        self._pictures = sum(isinstance(event, Picture) for event in events)
        self._gaps = sorted(decisions_of(event)[0].block.gap for event in events)
        self._stretches, self._stretch = self._between()

    def story(self, para: Para, current: Body, heads: Group | None, place: int) -> list[str]:
        """What is seen where a paragraph follows the text of a body, which may be a lead with its byline below."""
        text = para.text
        own, ahead = self._words(current), self._aheads[place]
        kin, shared = self._kin(own, ahead), 0.0
        out = ["story", f"story.kin.{kin}", f"story.{self.signed}"]
        if (begun := opening(text)) != "plain":
            out.append(f"story.{begun}")
        out.append(f"story.gap.{min(3, para.parts[0].block.gap)}")
        out.append(f"story.after.{_kind(self.events[place - 1])}")
        out.append(f"story.long.{current.begun(4)}")
        if heads is None:
            out.append("story.headless")
        else:
            shared = self.topics.share(self.topics.of(h.block.index for h in heads.heads), ahead)
            out.append(f"story.ahead.{step(shared, SHARES)}")
        out += [f"story.{cue}" for cue in beginnings(text[:120])]
        if not ends_sentence(current.end):
            out.append("story.open")
        if current.signs:
            out += [f"story.led{name}" for name in self._led(current, kin, shared, place - 1)]
            out.append(f"story.led.{begun}")
        return out

    def figure(self, picture: Picture, current: Body, heads: Group | None, place: int) -> list[str]:
        """What is seen where a picture follows the text of a body that is not signed."""
        held = decisions_of(picture)
        text = "".join(piece.block.text for caption in picture.captions for piece in caption)
        own = self.topics.of(decision.block.index for decision in held)
        about = self._words(current)
        if heads is not None:
            about |= self.topics.of(head.block.index for head in heads.heads)
        following = event_at(self.events, place + 1)
        out = ["figure", f"figure.kin.{step(self.topics.share(own, about), SHARES)}", f"figure.{self.signed}"]
        out.append(f"figure.size.{step(len(text), LONG)}")
        out.append(f"figure.next.{_kind(following)}")
        out.append(f"figure.credit.{bool(picture.credits)}")
        if isinstance(following, Para):
            after = self._aheads[place + 1]
            out.append(f"figure.around.{step(self.topics.likeness(about, after), STEPS)}")
            out.append(f"figure.ahead.{step(self.topics.share(own, after), SHARES)}")
        if not ends_sentence(current.end):
            out.append("figure.open")
        if opens_story(text):
            out.append("figure.opener")
        out += [f"figure.{cue}" for cue in scenes(text)]
        return out

    def back(self, para: Para, other: Body, current: Body | None, place: int) -> list[str]:
        """What is seen where a paragraph could go on with an earlier body."""
        ahead = self._aheads[place]
        out = [
            "back",
            f"back.kin.{step(self.topics.likeness(self._words(other), ahead), STEPS)}",
            f"back.{self.signed}",
        ]
        own = "none" if current is None else str(step(self.topics.likeness(self._words(current), ahead), STEPS))
        out.append(f"back.own.{own}")
        if (begun := opening(para.text)) != "plain":
            out.append(f"back.{begun}")
        if not ends_sentence(other.end):
            out.append("back.open")
        return out

    def part(self, heads: Sequence[Decision], at: int, place: int, above: str) -> list[str]:
        """What is seen of the seam before the head `at` of a group; `above` says whether the text before the group is
        `headed` by other heads, is `bare` or is `none`."""
        out = [*self._seam(heads, at), *self._sides(heads, at, place, above)]
        out.append(f"part.{above}.{'text' if self._following(place) else 'end'}")
        seam = heads[at - 1].block.text[-1:] + heads[at].block.text[:1]
        if self.topics.has(self._before(place) | self._following(place), seam):
            out.append("part.word")
        return out

    def cross(self, group: Group, current: Body, heads: Group | None, place: int) -> list[str]:
        """What is seen of a group of heads after the text of an item that is not signed; `heads` are those of the item."""
        text, role = group.text, group.heads[0].role
        after = event_at(self.events, place + 1)
        ahead = self._aheads[place + 1] if after else 0
        before, own = self._words(current), self.topics.of(head.block.index for head in group.heads)
        out = ["cross", f"cross.{role}.{min(3, len(group.heads))}", f"cross.{role}.{step(group.heads[0].chance, TOLD)}"]
        out.append(f"cross.next.{_kind(after)}")
        if isinstance(after, Para):
            out.append(f"cross.begins.{_begins(after.text)}")
        kin, shared = self._kin(before, ahead), 0.0
        out.append(f"cross.kin.{kin}")
        shares = [self.topics.share(own, words) for words in (before, ahead)]
        out += [f"cross.behind.{step(shares[0], SHARES)}", f"cross.ahead.{step(shares[1], SHARES)}"]
        out.append(f"cross.leaning.{step(shares[0] - shares[1], LEANINGS)}")
        if heads is None:
            out.append("cross.bare")
        else:
            shared = self.topics.share(self.topics.of(h.block.index for h in heads.heads), ahead)
            out.append(f"cross.over.{step(shared, SHARES)}")
            out.append(f"cross.level.{_level(group.heads[0].block.level, heads.heads[-1].block.level)}")
        out.append(f"cross.long.{current.begun(4)}")
        others = [*islice((part for part in reversed(current.parts) if isinstance(part, Group)), 2)]
        out.append(f"cross.others.{len(others)}")
        if others:
            out.append(f"cross.like.{_form(others[0].text) == _form(text)}.{_alike(others[0].text, text)}")
        out.append(f"cross.size.{step(len(text), LINES)}")
        out.append(f"cross.form.{_form(text)}")
        out += [f"cross.{cue}" for cue in titles(text)]
        out.append(f"cross.{self.signed}.{'signed' if self._signs_ahead(place) else 'open'}")
        out.append(
            f"cross.gap.{min(2, group.heads[0].block.gap)}.{min(2, decisions_of(after)[0].block.gap) if after else 0}"
        )
        if not ends_sentence(current.end):
            out.append("cross.torn")
        if current.signs:
            out += [f"cross.led{name}" for name in self._led(current, kin, shared, place)]
            out.append(f"cross.led.{role}.{step(group.heads[0].chance, TOLD)}")
            out.append(f"cross.led.next.{_kind(after)}")
        return out

    def _led(self, lead: Body, kin: str, shared: float, place: int) -> Iterator[str]:
        """What tells whether a signed paragraph under a headline is all of its item or a lead: whose signature it is, how
        long it is, how alike what follows a place is (`kin`), what that has of the headline (`shared`), if it is signed."""
        yield ""
        yield f".signer.{signer(lead.signs[-1].block.text)}"
        yield f".size.{step(len(lead.text), LONG)}"
        yield f".kin.{kin}"
        yield f".over.{step(shared, SHARES)}"
        yield f".{self.signed}.{'signed' if self._signs_ahead(place) else 'open'}"

    def _signs_ahead(self, place: int) -> bool:
        """Whether the text after a place, up to the next heads, is signed."""
        for at in range(place + 1, len(self.events)):
            event = self.events[at]
            if isinstance(event, Group):
                return False
            if is_sign(event):
                return True
        return False

    def title(self, picture: Picture, place: int) -> list[str]:
        """What is seen of the first block of a caption that has more, where it could be a head."""
        first, *rest = [piece for caption in picture.captions for piece in caption]
        text, said = first.block.text, "".join(piece.block.text for piece in rest)
        words = self.topics.of(piece.block.index for piece in rest)
        out = ["title", f"title.size.{step(len(text), LINES)}", f"title.said.{step(len(said), LONG)}"]
        out.append(f"title.told.{step(first.chance, TOLD)}")
        out.append(f"title.gap.{min(2, first.block.gap)}.{min(1, rest[0].block.gap)}")
        out.append(f"title.begins.{_begins(said)}")
        out.append(f"title.words.{step(self.topics.share(self.topics.blocks[first.block.index], words), SHARES)}")
        wide, under = sum(first.block.widths), rest[0].block.widths[0]
        out.append(f"title.{'same' if abs(wide - under) <= NEAR else 'wider' if wide > under else 'narrower'}")
        if first.block.measure:
            out.append(f"title.{'full' if wide >= first.block.measure - NEAR else 'short'}")
        if self.topics.has(words | self._around(place), text[-1:] + said[:1]):
            out.append("title.torn")
        if begins_caption(text):
            out.append("title.caption")
        out += [f"title.{cue}" for cue in scenes(text)]
        out += [f"title.then.{cue}" for cue in scenes(said)]
        out += [f"title.is.{cue}" for cue in first.block.rows[0].told]
        out.append(f"title.after.{_kind(event_at(self.events, place - 1))}")
        out.append(f"title.next.{_kind(event_at(self.events, place + 1))}")
        out.append(f"title.credit.{bool(picture.credits)}.{_form(text)}")
        return out

    def _around(self, place: int) -> Words:
        """The words of what stands right before and after a place."""
        beside = (event_at(self.events, at) for at in (place - 1, place + 1))
        return self.topics.of(held.block.index for event in beside if event for held in decisions_of(event))

    def lone(self, para: Para, body: Body, over: Group | None, usual_gap: int) -> list[str]:
        """What is seen of a signed paragraph that is all there is of an item; `over` is the group of heads it has."""
        end = len(para.text) if para.signature is None else para.signature[0]
        text, sign = para.text[:end], para.text[end:] or body.signed_by[0].block.text
        state = "bare" if over is None else "headed"
        whom = f"{signer(sign)}.{'line' if para.signature is None else 'stuck'}"
        out = ["lone", f"lone.{state}", f"lone.{whom}", f"lone.{whom}.{state}", f"lone.{self.signed}"]
        out.append(f"lone.size.{step(len(text), LONG)}.{state}")
        out.append(f"lone.{opening(text)}")
        out.append(f"lone.blocks.{min(3, len(para.parts))}")
        out += [f"lone.{cue}" for cue in (*beginnings(text), *scenes(text), *scenes(text[-SCENE:]))]
        first = (para.parts if over is None or over.place > body.first else over.heads)[0].block
        far = max(MANY_GAPS, usual_gap + 2)
        if first.gap >= far and first.index:
            places = len(self._gaps) - bisect_left(self._gaps, far)
            out += ["lone.far", f"lone.far.{'many' if places > SOME else 'few'}.{state}"]
        out.append(
            f"lone.told.{'caption' if para.parts[0].role == 'caption' else 'text'}.{step(para.parts[0].chance, TOLD)}"
        )
        before, after = body.first - 1 - bool(over and over.place < body.first), body.last + 1
        out.append(f"lone.after.{_kind(event_at(self.events, before))}")
        out.append(f"lone.next.{_kind(event_at(self.events, after))}")
        out.append(f"lone.pictures.{min(2, self._pictures - (para.parts[0].role == 'caption'))}")
        return out

    def _seam(self, heads: Sequence[Decision], at: int) -> Iterator[str]:
        """What the two heads at a seam tell of it by themselves."""
        above, below = heads[at - 1], heads[at]
        gaps = any(head.block.gap for head in heads[1:])
        gap = f"gap.{min(2, below.block.gap) if gaps else 'none'}"
        yield "part"
        yield f"part.{gap}"
        yield f"part.roles.{above.role}.{below.role}"
        yield f"part.roles.{above.role}.{below.role}.{gap}"
        yield f"part.heads.{min(4, at)}.{min(4, len(heads) - at)}"
        wide, narrow = sorted((sum(above.block.widths), sum(below.block.widths)), reverse=True)
        yield f"part.{'alike' if narrow >= ALIKE * wide else 'unlike'}.{gap}"
        if (level := _level(below.block.level, above.block.level)) != "none":
            yield f"part.level.{level}"
        yield from (f"part.upon.{cue}" for cue in titles(below.block.text))
        yield from (f"part.under.{cue}" for cue in titles(above.block.text))
        if unclosed("".join(head.block.text for head in heads[:at])):
            yield "part.open"

    def _sides(self, heads: Sequence[Decision], at: int, place: int, state: str) -> Iterator[str]:
        """What the words of the heads on both sides of a seam tell."""
        before, after = self._before(place), self._following(place)
        upper, lower = heads[:at], heads[at:]
        sides = [step(self._leaning(part, before, after), LEANINGS) for part in (upper, lower)]
        yield f"part.above.{sides[0]}"
        yield f"part.below.{sides[1]}"
        sided = ".".join("before" if side > 3 else "after" if side < 3 else "neither" for side in sides)
        yield f"part.sides.{sided}"
        yield f"part.sides.{sided}.{state}"
        yield f"part.best.{self._best(upper[-1:], place)}.{self._best(lower[:1], place)}"
        words = [self.topics.of(head.block.index for head in part) for part in (upper, lower)]
        yield f"part.like.{step(self.topics.share(*words), SHARES)}"

    def _best(self, heads: Sequence[Decision], place: int) -> str:
        """Which of the stretches of text around a group has most of the words of some heads."""
        here = self._stretch[place]
        own = self.topics.of(head.block.index for head in heads)
        near = range(max(0, here - AROUND), min(len(self._stretches), here + AROUND + 2))
        best = max(near, key=lambda at: (self.topics.share(own, self._stretches[at]), -abs(2 * (at - here) - 1)))
        if not self.topics.share(own, self._stretches[best]):
            return "none"
        return {here: "before", here + 1: "after"}.get(best, "far")

    def _before(self, place: int) -> Words:
        """The words of the text between a group of heads and the one before."""
        return self._stretches[self._stretch[place]]

    def _following(self, place: int) -> Words:
        """The words of the text between a group of heads and the next one."""
        return self._stretches[self._stretch[place] + 1]

    def _between(self) -> tuple[list[Words], dict[int, int]]:
        """The words of each stretch of text between groups of heads; for each place of a group the stretch before it.

        A crosshead parts nothing, unless what stands before it shows that it is none.
        """
        texts: list[Words] = [0]
        places: dict[int, int] = {}
        before: Event | None = None
        for place, event in enumerate(self.events):
            if isinstance(event, Group):
                places[place] = len(texts) - 1
                if not event.inside or not isinstance(before, Para | Picture | Resumed):
                    texts.append(0)
            else:
                texts[-1] |= self._told(event)[0]
            before = event
        return [*texts, 0], places

    def _leaning(self, heads: Sequence[Decision], before: Words, after: Words) -> float:
        """How much more of the heads' words the text before has than the text after."""
        own = self.topics.of(head.block.index for head in heads)
        return self.topics.share(own, before) - self.topics.share(own, after)

    def _kin(self, one: Words, other: Words) -> str:
        """How alike two texts are; short ones need share nothing, whatever they speak of."""
        if min(one.bit_count(), other.bit_count()) < ENOUGH:
            return "none"
        return str(step(self.topics.likeness(one, other), STEPS))

    def _words(self, body: Body) -> Words:
        """The words of the end of a body, as far as it is told."""
        end = self._ends.setdefault(body.first, Window(CONTEXT))
        for part in body.parts[end.given :]:
            end.add(*self._told(part))
        return end.words

    def _runs(self) -> list[Words]:
        """For each place the words of the paragraphs from there on, to where something else stands."""
        out: list[Words] = [0] * len(self.events)
        run = Window(CONTEXT)
        for place, event in reversed([*enumerate(self.events)]):
            if not isinstance(event, Para) or event.signature is not None:
                run = Window(CONTEXT)
            if isinstance(event, Para):
                run.add(*self._told(event))
                out[place] = run.words
        return out

    def _told(self, event: Event) -> tuple[Words, int]:
        """The words of an event, and how many characters it has."""
        held = [decision.block for decision in decisions_of(event)]
        return self.topics.of([block.index for block in held]), sum([len(block.text) for block in held])


def odds(names: Iterable[str]) -> float:
    """The sum of the fitted weights, in log-odds."""
    return sum(asked_weight(name) for name in names)


def _begins(text: str) -> str:
    """How a text begins: with a dateline, as stories do otherwise, with a speaker, a label or a mark, or plainly."""
    begun = opening(text)
    return next(beginnings(text[:120]), begun) if begun == "plain" else begun


def _level(own: int, over: int) -> str:
    """How a line's level of heading stands to that of the heads over the text; levels count from 1, none is 0."""
    return ranked(own, over) if own or over else "none"


def _form(text: str) -> str:
    """The form that lines over the parts of a text have together."""
    if numbered(text):
        return "number"
    return (
        "ask" if text[-1:] in "？?" else "comma" if "，" in text or "," in text else "quote" if "“" in text else "plain"
    )


def _alike(one: str, other: str) -> bool:
    """Whether two lines are about as long."""
    return min(len(one), len(other)) >= ALIKE * max(len(one), len(other))


def reasons(names: Iterable[str], *, yes: bool) -> tuple[Reason, ...]:
    """What is seen for an answer and against it, the common rate of it left out."""
    return tuple(Reason(name, asked_weight(name) * (1 if yes else -1)) for name in names if "." in name)


def _kind(event: Event | None) -> str:
    match event:
        case None:
            return "end"
        case Group(inside=inside):
            return "crosshead" if inside else "head"
        case Para() | Resumed():
            return "text"
        case Picture():
            return "picture"
        case _:
            return "sign"
