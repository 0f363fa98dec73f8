"""Which texts of a page speak of the same thing: pairs of characters that they share, rarer ones on the page counting more.

Chinese words are mostly of two characters, so neighbouring pairs stand for words without any segmenter, names included;
how much a pair tells is its inverse document frequency over the blocks of the page (Spärck Jones 1972). Likeness is the
cosine of two texts (Salton and McGill 1983), each pair counted once. Where it falls, the subject changes (Hearst 1997).

Most pairs stand in one block alone. No other text can share them, so of these only the number is kept. What pairs tell
is counted in whole thousandths: sums are then the same in any order.
"""

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain
from operator import add

from edition.model.widths import HAN

_HAN = re.compile(f"[{HAN}]+")
CHARACTERS = 500  # of a block that are looked at, half from either end
UNIT = 1000  # of what a pair tells, in natural logarithms


class Words:
    """The pairs of a text, which may be several blocks; its length is their number."""

    __slots__ = ("_length", "blocks", "shared", "whole")

    def __init__(self, blocks: frozenset[int], shared: frozenset[str], alone: int, whole: int) -> None:
        self.blocks = blocks
        self.shared = shared  # those that another block of the page has too
        self.whole = whole  # what all of them tell together
        self._length = len(shared) + alone

    def __len__(self) -> int:
        return self._length


class Topics:
    """The pairs of each block of a page, and how much each tells there."""

    def __init__(self, texts: Sequence[str]) -> None:
        own = [pairs(text) for text in texts]
        counts = Counter(chain.from_iterable(own))
        page = math.log(len(texts) + 1)
        worth = {count: round(UNIT * (page - math.log(count))) for count in set(counts.values())}
        self.tells = {pair: worth[count] for pair, count in counts.items() if count > 1}
        self._shared = [frozenset(filter(self.tells.__contains__, each)) for each in own]
        self._alone = [len(each) - len(shared) for each, shared in zip(own, self._shared)]
        self._rare = round(UNIT * page)  # what a pair tells that one block alone has
        self._known: dict[frozenset[int], Words] = {}

    def of(self, blocks: Iterable[int]) -> Words:
        """All pairs of some blocks, named by their indexes."""
        wanted = frozenset(blocks)
        known = self._known.get(wanted)
        if known is None:
            shared: frozenset[str] = frozenset().union(*[self._shared[at] for at in wanted])
            alone = sum([self._alone[at] for at in wanted])
            whole = self._rare * alone + self._sum(shared)
            known = self._known[wanted] = Words(wanted, shared, alone, whole)
        return known

    def both(self, one: Words, other: Words) -> Words:
        """The pairs of two texts together."""
        return self.of(one.blocks | other.blocks)

    def likeness(self, one: Words, other: Words) -> float:
        """How alike two texts are, from 0 to 1."""
        told = self._told(one, other)
        return told * told / max(UNIT * UNIT, one.whole * other.whole)

    def share(self, own: Words, of: Words) -> float:
        """How much of what a text tells the other has, from 0 to 1."""
        return self._told(own, of) / own.whole if own.whole else 0.0

    def telling(self, one: Words, other: Words) -> list[str]:
        """The pairs that two texts share, those that tell most first."""
        return sorted(one.shared & other.shared, key=lambda pair: (-self.tells[pair], pair))

    def _told(self, one: Words, other: Words) -> int:
        """What the pairs tell that two texts share."""
        return self._sum(one.shared & other.shared)

    def _sum(self, shared: Iterable[str]) -> int:
        return sum(map(self.tells.__getitem__, shared))


def pairs(text: str) -> set[str]:
    """The pairs of neighbouring Chinese characters of a text; of a long one those at its two ends."""
    if len(text) > CHARACTERS:
        text = f"{text[: CHARACTERS // 2]}，{text[-CHARACTERS // 2 :]}"
    return set(chain.from_iterable(map(add, run, run[1:]) for run in _HAN.findall(text)))


def step(value: float, steps: Sequence[float]) -> int:
    """How many of the steps, which rise, a value exceeds."""
    return bisect_left(steps, value)
