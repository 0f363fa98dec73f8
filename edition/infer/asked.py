"""What is asked where a text could belong to more than one item, as names of what is seen; their weights are fitted.

Questions, of which each is a logistic regression over these names (tests/bench/fit_items.py fits them):

    story    does a paragraph without a head of its own begin a new story?
    figure   does a picture belong to the story around it?
    back     does a paragraph go on with an earlier story, whose column was interrupted?
    cut      which of the heads between two texts belong to the one before, which has none of its own? (a choice)

Decoded parts of the page in, names out; nothing is decided here.
"""

from collections.abc import Iterable, Iterator, Sequence

from edition.infer.cues import beginnings, scenes
from edition.infer.decoder import Decision
from edition.infer.events import Body, Event, Group, Para, Picture, Resumed, decisions_of
from edition.infer.evidence import begins_dateline, ends_sentence, opens_story, unclosed
from edition.infer.lists import asked_weight
from edition.infer.topics import Topics, Window, Words, step

STEPS = (0.00003, 0.0001, 0.0003, 0.0008, 0.002, 0.006, 0.02)  # steps of likeness of two texts
SHARES = (0.02, 0.08, 0.18, 0.3, 0.5)  # steps of what a text has of another's words
ENOUGH = 24  # pairs of characters from which it tells that two texts share none
CONTEXT = 400  # characters of a story that are looked at
LONG = (30, 60, 100, 160)  # characters
LEANINGS = (-0.3, -0.12, -0.03, 0.03, 0.12, 0.3)  # steps of how much more one text has of a head's words than another
ALIKE = 0.8  # of the longer one, from which two lines are about as wide


class Asked:
    """The events of a page and what is seen of them."""

    def __init__(self, events: Sequence[Event], topics: Topics, signed: str) -> None:
        self.events = events
        self.topics = topics
        self.signed = signed  # how many texts of the page are: none, some or many
        self._ends: dict[int, Window] = {}  # of bodies, by the place of their first event
        self._aheads = self._runs()

    def story(self, para: Para, current: Body, heads: Group | None, place: int) -> list[str]:
        """What is seen where a paragraph follows the text of a body."""
        text = para.text
        own, ahead = self._words(current), self._aheads[place]
        out = ["story", f"story.kin.{self._kin(own, ahead)}", f"story.{self.signed}"]
        if begins_dateline(text):
            out.append("story.dateline")
        elif opens_story(text):
            out.append("story.opener")
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
        return out

    def figure(self, picture: Picture, current: Body, heads: Group | None, place: int) -> list[str]:
        """What is seen where a picture follows the text of a body that is not signed."""
        held = decisions_of(picture)
        text = "".join(piece.block.text for caption in picture.captions for piece in caption)
        own = self.topics.of(decision.block.index for decision in held)
        about = self._words(current)
        if heads is not None:
            about |= self.topics.of(head.block.index for head in heads.heads)
        following = self.events[place + 1] if place + 1 < len(self.events) else None
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
        if begins_dateline(para.text):
            out.append("back.dateline")
        elif opens_story(para.text):
            out.append("back.opener")
        if not ends_sentence(other.end):
            out.append("back.open")
        return out

    def cuts(self, heads: Sequence[Decision], before: Body, place: int) -> list[list[str]]:
        """What is seen of each way to divide heads between the text before and the one after: first that of not
        dividing them, then those after one head, two heads and so on."""
        own = self.topics.of(decision.block.index for part in before.parts for decision in decisions_of(part))
        after = self.topics.of(self._following(place))
        leanings = [self._leaning(heads[:at], own, after) for at in range(1, len(heads) + 1)]
        whole = ["cut.whole", f"cut.whole.{step(abs(leanings[-1]), LEANINGS)}", f"cut.heads.{min(4, len(heads))}"]
        whole.append(f"cut.whole.{'signed' if before.signs else 'unsigned'}.{'end' if not after else 'text'}")
        return [whole, *(self._cut(heads, at, (own, after)) for at in range(1, len(heads)))]

    def _cut(self, heads: Sequence[Decision], at: int, texts: tuple[Words, Words]) -> list[str]:
        """What is seen of one place between two heads."""
        above, below = heads[at - 1].block, heads[at].block
        out = ["cut", f"cut.roles.{heads[at - 1].role}.{heads[at].role}"]
        gaps = any(head.block.gap for head in heads[1:])
        gap = f"gap.{min(2, below.gap) if gaps else 'none'}"
        out += [f"cut.{gap}", f"cut.roles.{heads[at - 1].role}.{heads[at].role}.{gap}"]
        sides = [step(self._leaning(part, *texts), LEANINGS) for part in (heads[:at], heads[at:])]
        out += [f"cut.above.{sides[0]}", f"cut.below.{sides[1]}"]
        out.append(
            f"cut.sides.{'.'.join('before' if side > 3 else 'after' if side < 3 else 'neither' for side in sides)}"
        )
        wide, narrow = sorted((sum(above.widths), sum(below.widths)), reverse=True)
        out.append(f"cut.{'alike' if narrow >= ALIKE * wide else 'unlike'}.{gap}")
        seam = above.text[-1:] + below.text[:1]
        if self.topics.has(texts[0] | texts[1], seam):
            out.append("cut.word")
        if unclosed("".join(head.block.text for head in heads[:at])):
            out.append("cut.open")
        return out

    def _leaning(self, heads: Sequence[Decision], before: Words, after: Words) -> float:
        """How much more of the heads' words the text before has than the text after."""
        own = self.topics.of(head.block.index for head in heads)
        return self.topics.share(own, before) - self.topics.share(own, after)

    def _following(self, place: int) -> Iterator[int]:
        """The blocks of the text from a place to the next head."""
        for event in self.events[place + 1 :]:
            if isinstance(event, Group):
                return
            yield from (decision.block.index for decision in decisions_of(event))

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
