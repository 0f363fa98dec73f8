"""Which texts of a page speak of the same thing: pairs of characters that they share, rarer ones on the page counting more.

Chinese words are mostly of two characters, so neighbouring pairs stand for words without any segmenter, names included;
how much a pair tells is its inverse document frequency over the blocks of the page (Spärck Jones 1972). Likeness is the
cosine of two texts (Salton and McGill 1983), each pair counted once. Where it falls, the subject changes (Hearst 1997).

A text is a whole number with a bit for each of its pairs, so that what two texts share is one operation. Bits of pairs
that tell as much stand together, those that one block alone has last. What pairs tell is counted in whole thousandths:
sums are then the same in any order.
"""

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import reduce
from itertools import chain
from operator import add, or_
from typing import TypeAlias

from edition.model.widths import HAN_RUN

CHARACTERS = 500  # of a block that are looked at, half from either end
UNIT = 1000  # of what a pair tells, in natural logarithms


Words: TypeAlias = int  # the pairs of a text, which may be several blocks: a bit for each


class Topics:
    """The pairs of each block of a page, and how much each tells there."""

    def __init__(self, texts: Sequence[str]) -> None:
        own = [pairs(text) for text in texts]
        counts = Counter(chain.from_iterable(own))
        page = math.log(len(texts) + 1)
        often = Counter(counts.values())  # how many pairs stand in so many blocks
        alone, *more = sorted(often) if 1 in often else [1, *sorted(often)]
        self._rare = round(UNIT * page)  # what a pair tells that one block alone has
        self._worth = [(often[count], round(UNIT * (page - math.log(count)))) for count in more]
        self._pairs = sorted((pair for pair, count in counts.items() if count > alone), key=counts.__getitem__)
        self._bits = {pair: 1 << place for place, pair in enumerate(self._pairs)}
        self._shared = (1 << len(self._pairs)) - 1
        self._every = counts.keys()
        self.blocks: list[Words] = []
        place = len(self._pairs)
        for each in own:
            bits = [bit for bit in map(self._bits.get, each) if bit]
            single = len(each) - len(bits)
            self.blocks.append(sum(bits) | (1 << single) - 1 << place)
            place += single
        self._wholes: dict[Words, int] = {}

    def of(self, blocks: Iterable[int]) -> Words:
        """All pairs of some blocks, named by their indexes."""
        return reduce(or_, map(self.blocks.__getitem__, blocks), 0)

    def has(self, words: Words, pair: str) -> bool:
        """Whether a text has a pair that another block of the page has too."""
        return bool(words & self._bits.get(pair, 0))

    def meet(self, left: str, right: str) -> bool:
        """Whether the characters that meet where one text could go on in another stand together anywhere on the page."""
        return left[-1:] + right[:1] in self._every

    def likeness(self, one: Words, other: Words) -> float:
        """How alike two texts are, from 0 to 1."""
        told = self._told(one & self._shared & other)
        return told * told / max(UNIT * UNIT, self._whole(one) * self._whole(other))

    def share(self, own: Words, of: Words) -> float:
        """How much of what a text tells the other has, from 0 to 1."""
        told = self._told(own & self._shared & of)
        return told / self._whole(own) if told else 0.0

    def telling(self, one: Words, other: Words) -> list[str]:
        """The pairs that two texts share, those that tell most first."""
        both = one & self._shared & other
        found = []
        while both:
            lowest = both & -both
            found.append((-self._told(lowest), self._pairs[lowest.bit_length() - 1]))
            both ^= lowest
        return [pair for _, pair in sorted(found)]

    def _whole(self, words: Words) -> int:
        """What all pairs of a text tell together."""
        known = self._wholes.get(words)
        if known is None:
            rare = self._rare * (words >> len(self._pairs)).bit_count()
            known = self._wholes[words] = rare + self._told(words & self._shared)
        return known

    def _told(self, shared: Words) -> int:
        """What pairs tell that more than one block has."""
        told = 0
        for count, worth in self._worth:
            if not shared:
                break
            told += worth * (shared & (1 << count) - 1).bit_count()
            shared >>= count
        return told


class Window:
    """The words of the last of the texts that it is given, of no more texts than it takes to have over so many characters.

    Texts come and go at a cost that does not grow with their number: of the older ones it is kept what each has together
    with all that came after it, up to the one from which the newer ones are added up.
    """

    def __init__(self, characters: int) -> None:
        self.given = 0  # texts
        self._most = characters
        self._total = 0  # characters of the texts that are held
        self._older: list[tuple[Words, int]] = []  # the oldest last: what it and those after it have, its characters
        self._newer: list[tuple[Words, int]] = []  # what each has, its characters
        self._new: Words = 0  # what the newer ones have

    @property
    def words(self) -> Words:
        """What the texts that are held have."""
        return self._older[-1][0] | self._new if self._older else self._new

    def add(self, words: Words, characters: int) -> None:
        """Give it the next text; those that are not needed any more go."""
        self.given += 1
        self._newer.append((words, characters))
        self._new |= words
        self._total += characters
        while self._total - self._oldest() > self._most:
            self._total -= self._older.pop()[1]

    def _oldest(self) -> int:
        """How many characters the oldest text has, which is among the older ones then."""
        if not self._older:
            whole = 0
            for words, characters in reversed(self._newer):
                whole |= words
                self._older.append((whole, characters))
            self._newer, self._new = [], 0
        return self._older[-1][1]


def pairs(text: str) -> set[str]:
    """The pairs of neighbouring Chinese characters of a text; of a long one those at its two ends."""
    if len(text) > CHARACTERS:
        text = f"{text[: CHARACTERS // 2]}，{text[-CHARACTERS // 2 :]}"
    return set(chain.from_iterable(map(add, run, run[1:]) for run in HAN_RUN.findall(text)))


def step(value: float, steps: Sequence[float]) -> int:
    """How many of the steps, which rise, a value exceeds."""
    return bisect_left(steps, value)
