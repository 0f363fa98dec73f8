"""What is seen of blocks in their places, as names of features: for the role of a block, and for the join of two.

The decoder adds up the fitted weights of these names (data/fitted.json). A name says what was seen, never what it
means: that a line of eight em without an end mark is a head or a cut-off line is for the weights to say.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from edition.infer.blocks import INDENT
from edition.infer.evidence import begins_caption, is_quotation, numbered, repeats_prefix, reports_speech
from edition.infer.looks import Look, longer, own_features, ranked
from edition.infer.measure import Profile
from edition.infer.topics import Topics, Words, step
from edition.infer.whole import (
    crediting,
    even,
    indenting,
    noticed,
    rhythm,
    series,
    signedness,
    signing,
    since_signature,
    tail,
    turns,
    twice,
)
from edition.words import Dictionary

FAR = 30  # blocks on either side in which they are looked for
TITLE = 30.0  # em: what could be a head and is longer is read with the text around a head
CONTEXT = 400  # characters on either side in which a head's words are looked for
LEAD = 2  # text blocks after a head that are its lead
COHESION = (0.00005, 0.0002, 0.0006, 0.0015, 0.004, 0.012)  # steps of likeness of two texts
SHARES = (0.05, 0.2, 0.4, 0.65)  # steps of what a text has of a head's words
OTHER = 1.5  # em by which the measures of two columns differ that are not the same
MANY_GAPS = 3  # empty lines from which a gap is unusual
EDGE = 3  # blocks from the top or bottom of a page, where its furniture stands
TINY = 5  # characters: a line that says hardly more than a name
_MARKED = re.compile("[，。、；,;]")


class Places:
    """The blocks of a page in their places."""

    def __init__(self, looks: Sequence[Look], page: Profile, dictionary: Dictionary) -> None:
        self.looks = looks
        self.page = page
        self.dictionary = dictionary
        self.text = [at for at, seen in enumerate(looks) if not seen.block.markup]
        self.order = {at: place for place, at in enumerate(self.text)}
        near = [looks[at] for at in self.text]
        self.telling = [  # places of text that is no display type
            at for at, seen in enumerate(near) if not seen.head or seen.ended or seen.wide > TITLE
        ]
        self._lengths = [0, *accumulate([len(near[place].text) for place in self.telling])]  # of these texts, summed up
        self.texts_before = [0, *accumulate(int(not seen.block.markup) for seen in looks)]
        self.since = list(since_signature(looks))
        self.signedness = signedness(looks)
        self.signing = signing(looks)
        self.series = series(looks)
        self.even = even(looks)
        self.rhythm = rhythm(looks)
        self.turns = turns(looks)
        self.twice = twice(looks)
        self.noticed = noticed(looks)
        self.crediting = crediting(looks)
        self.indenting = indenting(looks)
        self.topics = Topics([seen.text for seen in looks])
        self._windows: dict[tuple[int, int], Words] = {}
        self._leads: dict[tuple[int, int], float] = {}
        self._words: dict[tuple[int, int], str | None] = {}  # that span two blocks
        self.tail = tail(looks)
        self.levels = sorted({seen.block.level for seen in looks if seen.block.level})

    def role(self, at: int) -> list[str]:
        """What is seen of a block and around it."""
        seen, page = self.looks[at], self.page
        if seen.block.markup:
            return []
        before, after = self._neighbour(at, -1), self._neighbour(at, 1)
        out = [
            "always",
            *own_features(seen, page.measure),
            f"before.{before.ending if before else 'none'}",
            f"after.{after.beginning if after else 'none'}",
        ]
        if seen.named:
            out.append(f"signer.name.{seen.named}.{before.ending if before else 'none'}")
        if after and after.dateline:
            out.append("after.dateline")
        if page.spaced:
            out += [f"gap.{min(2, seen.block.gap)}", f"gap.after.{min(2, after.block.gap) if after else 'end'}"]
            if seen.head and not seen.ended and not seen.form:
                out.append(f"stands.{min(1, seen.block.gap)}{min(1, after.block.gap) if after else 1}.{seen.end}")
            if seen.block.gap >= MANY_GAPS or (after and after.block.gap >= MANY_GAPS):
                out.append("gap.many")
        if before and before.last:
            out.append(f"before.last.{before.last}")
        if after and after.first:
            out.append(f"after.first.{after.first}")
            if seen.head and not seen.ended and not after.block.gap:
                out.append(f"leads.{after.first}.{'ended' if after.ended else 'open'}")
        if page.beside:
            out += self._beside(seen)
        if self._narrow(seen, before, after):
            out.append("narrow")
        elif before and not seen.block.gap and self._narrow(before, self._neighbour(at, -2), seen):
            out.append("under.narrow")
        if seen.first:
            out.append(f"first.{seen.first}.{self.indenting}")
        out += self._pictured(at)
        out += self._placed(at)
        if seen.block.level:
            out += [self._marked(at), self._rank(at)]
        if seen.head:
            out += self._head(at, before, after)
        return out

    def _marked(self, at: int) -> str:
        """Whether the OCR tool marked a block as a deeper heading than the last one."""
        level = self.looks[at].block.level
        before = next((self.looks[x].block.level for x in reversed(range(at)) if self.looks[x].block.level), None)
        return f"mark.{'first' if before is None else ranked(level, before)}"

    def _rank(self, at: int) -> str:
        """Which of the page's levels of headings a block has, from the top; there may be but one."""
        return f"mark.rank.{self.levels.index(self.looks[at].block.level)}" if len(self.levels) > 1 else "mark.flat"

    def _neighbour(self, at: int, step: int) -> Look | None:
        """The block before or after, marks of the OCR tool left out."""
        place = self.order.get(at, -9) + step
        return self.looks[self.text[place]] if 0 <= place < len(self.text) else None

    def _pictured(self, at: int) -> Iterator[str]:
        """Whether the place of a picture, a rule or the end of a page is marked beside the block."""
        for side, way in (("before", -1), ("after", 1)):
            place = at + way
            while 0 <= place < len(self.looks) and self.looks[place].block.whole in ("tool", "words"):
                place += way
            what = self.looks[place].block.whole if 0 <= place < len(self.looks) else ""
            if what:
                yield f"{what}.{side}"
            if what == "picture" and side == "before" and self.page.spaced and not self.looks[at].block.gap:
                yield "picture.close"

    def _placed(self, at: int) -> Iterator[str]:
        """Whether the block stands near an edge of the page or in a run of short lines."""
        place = self.order[at]
        if place < EDGE:
            yield f"top.{place}"
        if len(self.text) - place <= EDGE:
            yield f"bottom.{len(self.text) - 1 - place}"
        yield from (f"rhythm.{told}" for told in self.rhythm.get(at, ()))
        if at in self.turns:
            yield "turn"
        if again := self.twice.get(at):
            yield f"twice.{again}"
        seen = self.looks[at]
        if at in self.noticed:
            yield "under.notice"
        if seen.signed:
            yield f"crediting.{self.crediting}.{seen.signer}"
        elif not seen.head:
            yield f"crediting.{self.crediting}"

    def _beside(self, seen: Look) -> Iterator[str]:
        """Where a block stands on a page whose columns stand side by side in one line: in one of them, or over, beside or
        between them."""
        place = "display" if seen.block.rows[0].display else "column"
        yield f"beside.{place}"
        yield f"beside.{place}.{'ended' if seen.ended else seen.end}"

    def _narrow(self, seen: Look, before: Look | None, after: Look | None) -> bool:
        """Whether the block is set in a narrower measure, together with a line beside it or by itself."""
        if not seen.narrow:
            return False
        widths = seen.block.widths
        beside = [w for b in (before, after) if b for w in (b.block.widths[0], b.block.widths[-1])]
        return any(abs(w - max(widths)) <= 0.8 for w in beside) or len(widths) > 2

    def _head(self, at: int, before: Look | None, after: Look | None) -> Iterator[str]:
        """What tells heads from heads."""
        above, below = before.ending if before else "none", after.beginning if after else "none"
        if not self.looks[at].ended and not self.looks[at].form:
            if len(self.looks[at].text) <= TINY:
                yield f"tiny.{len(self.looks[at].text)}.{above}.{below}"
            yield from self._broken(self.looks[at], before, after)
            yield f"between.{above}.{after.first if after and after.first and not after.displayed else below}"
        yield from self._torn(at, before, after)
        yield f"since.{min(3, self.since[at])}.{self.signedness}"
        yield f"signing.{self.signing}.{below}.{above}"
        if alike := self.series.get(at, 0):
            yield f"series.{min(2, alike)}"
        if at in self.even:
            yield "series.even"
        if at >= self.tail:
            yield "tail"
        yield from self._told_around(at)
        first, count = self._run(at)
        yield f"run.{min(3, first)}.{min(4, count)}"
        yield f"lead.{self._lead(at, first, count)}"
        for side, other in (("before", before), ("after", after)):
            if other and other.displayed:
                yield f"longer.{side}.{longer(self.looks[at], other)}"
                if len(other.text) == len(self.looks[at].text):
                    yield f"longer.{side}.even"

    def _broken(self, seen: Look, before: Look | None, after: Look | None) -> Iterator[str]:
        """The parts of speech on both sides of the break between display lines: a phrase goes on, or it is done."""
        kinds = self.dictionary
        if after and after.displayed:
            yield f"breaks.after.{kinds.last_kind(seen.text)}.{kinds.first_kind(after.text)}"
        if before and before.displayed:
            yield f"breaks.before.{kinds.last_kind(before.text)}.{kinds.first_kind(seen.text)}"

    def _torn(self, at: int, before: Look | None, after: Look | None) -> Iterator[str]:
        """Whether a word spans a block and a neighbour, and whether that has marks, as text has; whether the characters
        that meet there stand together elsewhere."""
        for side, left, right in (("before", before, self.looks[at]), ("after", self.looks[at], after)):
            if left is None or right is None:
                continue
            if self._spanning(left.block.index, right.block.index):
                marked = _MARKED.search((left if side == "before" else right).text)
                yield f"torn.{side}.{'text' if marked else 'plain'}"
            if self.topics.meet(left.text, right.text):
                yield f"met.{side}"

    def _spanning(self, left: int, right: int) -> str | None:
        """The word that spans two blocks."""
        if (left, right) not in self._words:
            self._words[left, right] = self.dictionary.spanning(self.looks[left].text, self.looks[right].text)
        return self._words[left, right]

    def _run(self, at: int) -> tuple[int, int]:
        """Of the short unended blocks that follow each other here, which one this is (from 0), and how many they are."""
        place = first = last = self.order[at]
        while first > 0 and place - first < 4 and self.looks[self.text[first - 1]].displayed:
            first -= 1
        while last + 1 < len(self.text) and last - place < 4 and self.looks[self.text[last + 1]].displayed:
            last += 1
        return place - first, last - first + 1

    def _told_around(self, at: int) -> Iterator[str]:
        """How much of a head's words the text on either side has, and how alike the two are: little where a new article
        begins."""
        topics, own = self.topics, self.topics.blocks[at]
        before, after = self._window(at, -1), self._window(at, 1)
        yield f"ahead.{step(topics.share(own, after), SHARES)}"
        yield f"behind.{step(topics.share(own, before), SHARES)}"
        yield f"cohere.{step(topics.likeness(before, after), COHESION) if before and after else 'none'}"

    def _lead(self, at: int, first: int, count: int) -> str:
        """How much of a line's words the beginning of the text has after the display lines it stands among, and whether
        another of them has more."""
        start = self.order[at] - first
        run, end = self.text[start : start + count], start + count
        own, others = self._led(at, end), [self._led(line, end) for line in run if line != at]
        rank = "" if not others else ".most" if own > max(others) else ".less" if own < max(others) else ".even"
        return f"{step(own, SHARES)}{rank}"

    def _led(self, at: int, place: int) -> float:
        """How much of a line's words the beginning of the text from a place on has."""
        known = self._leads.get((at, place))
        if known is None:
            lead = self.topics.of(self.text[place : place + LEAD])
            known = self._leads[at, place] = self.topics.share(self.topics.blocks[at], lead)
        return known

    def _window(self, at: int, step: int) -> Words:
        """The words of the text on one side of a block, heads left out."""
        start, sums = self.texts_before[at], self._lengths  # an editor may have called a mark a text
        first = last = bisect_left(self.telling, start + max(0, step))
        if step > 0:
            last = min(
                bisect_left(sums, sums[first] + CONTEXT, first), bisect_left(self.telling, start + FAR), len(sums) - 1
            )
        else:
            first = max(bisect_right(sums, sums[last] - CONTEXT) - 1, bisect_left(self.telling, start - FAR + 1))
        known = self._windows.get((first, last))
        if known is None:
            texts = [self.text[place] for place in self.telling[first:last]]
            known = self._windows[first, last] = self.topics.of(texts)
        return known

    # ---- joins

    def join(self, left: int, right: int) -> list[str]:
        """What is seen of the seam between two blocks."""
        return [*self.foot(left), *self.top(right), *self.seam(left, right)]

    def foot(self, at: int) -> list[str]:
        """What the end of a block tells of whether its text goes on."""
        seen = self.looks[at]
        out = ["join", f"seam.{'signed' if seen.signed else seen.end}"]
        if seen.dangling and not self.series.get(at):  # lines of a series may end as they like
            out.append("seam.dangling")
        if seen.last:
            out += [f"seam.last.{seen.last}", f"seam.last.{seen.last}.{'ended' if seen.ended else seen.end}"]
        return out

    def top(self, at: int) -> list[str]:
        """What the beginning of a block tells of whether its text goes on from another."""
        seen, block = self.looks[at], self.looks[at].block
        out = []
        if seen.closed:
            out.append("seam.nostart")
        if seen.continued:
            out.append("seam.continued")
        if seen.opener:
            out.append("seam.opener")
        if block.level:
            out.append("seam.mark")
        if at in self.turns:
            out.append("seam.turn")
        if numbered(seen.text):
            out.append("seam.number")
        if begins_caption(seen.text):
            out.append("seam.caption")
        if block.rows[0].indent >= INDENT:
            out.append("seam.indent" if self.page.indents_kept else "seam.blank")
        elif self.page.indents_kept:
            out.append("seam.flush")
        if seen.first:
            out += [f"seam.first.{seen.first}", f"seam.first.{seen.first}.{self.indenting}"]
            if len(block.rows) == 1 and seen.ended:
                out.append(f"seam.only.{seen.first}")
        return out

    def seam(self, left: int, right: int) -> list[str]:
        """What only both blocks together tell."""
        a, b = self.looks[left], self.looks[right]
        out = _marks(a, b)
        if self.page.beside and a.block.rows[-1].display != b.block.rows[0].display:
            out.append("seam.displayed")
        if word := self._spanning(left, right):
            out.append("seam.word" if len(word) > 2 else "seam.word2")
        if self.topics.meet(a.text, b.text):
            out.append(f"seam.met.{'word' if word else 'plain'}")
        if repeats_prefix(a.text, b.text):
            out.append("seam.parallel")
        if left in self.rhythm and right in self.rhythm:
            out.append("seam.verse")
        passed = self.texts_before[right] - self.texts_before[left + 1]
        if passed:
            out.append(f"passed.{min(3, passed)}")
        elif self.page.spaced:
            out.append(f"seam.gap.{min(3, b.block.gap)}")
        if (passed or b.block.gap) and (a.ended or not a.head):  # a head has the words of its text
            out.append(f"seam.kin.{self._kin(left, right)}")
        if a.last:
            out.append(f"seam.fills.{a.last}.{b.first}")
            if a.block.measure and b.block.measure and abs(a.block.measure - b.block.measure) > OTHER:
                out.append("seam.measures")
        return out

    def _kin(self, left: int, right: int) -> int:
        """How alike the texts on the two sides of a seam are."""
        before = self._window(left, -1) | self.topics.blocks[left]
        after = self._window(right, 1) | self.topics.blocks[right]
        return step(self.topics.likeness(before, after), COHESION)

    def detail(self, name: str, left: int, right: int) -> str:
        """Where it helps a reader, what was seen under the name of a feature of a seam."""
        a, b = self.looks[left], self.looks[right]
        match name.removeprefix("seam."):
            case "word" | "word2":
                return self._spanning(left, right) or ""
            case "continued" | "nostart":
                return b.text[:1]
            case "opener":
                return b.text[:2]
            case "speech":
                return b.text[:8]
            case "open" | "crossed" | "closed":
                return a.opened[-1:]
            case "first.indent":
                return f"{(b.block.measure or 0.0) - b.block.widths[0]:g}字"
            case "dangling" | "signed" | "stop" | "cry" | "pause" | "colon" | "closer" | "bare" | "untold":
                return a.text[-1:]
        return ""


def _marks(a: Look, b: Look) -> list[str]:
    out = []
    if a.opened:
        opposite = b.text[:1] in "“《「" and a.opened[-1] == b.text[:1]
        out.append("seam.crossed" if opposite else "seam.open")
        if b.closes:
            out.append("seam.closed")
    elif b.closes:
        out.append("seam.closes")
    if is_quotation(a.text) and reports_speech(b.text):
        out.append("seam.speech")
    if a.head and not a.ended:
        out.append(f"seam.stub.{b.beginning}")
    return out
