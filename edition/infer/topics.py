"""Which texts of a page speak of the same thing: pairs of characters that they share, rarer ones on the page counting more.

Chinese words are mostly of two characters, so neighbouring pairs stand for words without any segmenter, names included;
how much a pair tells is its inverse document frequency over the blocks of the page (Spärck Jones 1972). Likeness is the
cosine of two texts (Salton and McGill 1983), each pair counted once. Where it falls, the subject changes (Hearst 1997).
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from edition.model.widths import HAN

_HAN = re.compile(f"[{HAN}]+")
CHARACTERS = 500  # of a block that are looked at, half from either end


class Topics:
    """The pairs of each text, and how much each tells on this page."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.pairs = [pairs(text) for text in texts]
        counts = Counter(pair for own in self.pairs for pair in own)
        whole = math.log(len(texts) + 1)
        self.tells = {pair: whole - math.log(count) for pair, count in counts.items() if count > 1}
        self.alone = whole  # what a pair tells that only one text has

    def of(self, blocks: Iterable[int]) -> set[str]:
        """All pairs of some texts, named by their indexes."""
        return set().union(*(self.pairs[at] for at in blocks))

    def likeness(self, one: set[str], other: set[str]) -> float:
        """How alike two texts are, from 0 to 1."""
        shared = one & other
        if not shared:
            return 0.0
        return sum(self.tells.get(pair, 0.0) for pair in shared) ** 2 / self._squares(one, other)

    def _squares(self, one: set[str], other: set[str]) -> float:
        return max(1.0, self.weight(one) * self.weight(other))

    def weight(self, own: set[str]) -> float:
        """What all pairs of a text tell together."""
        tells = self.tells
        known = [tells[pair] for pair in own if pair in tells]
        return sum(known) + self.alone * (len(own) - len(known))

    def share(self, own: set[str], of: set[str]) -> float:
        """How much of what a text tells the other has, from 0 to 1."""
        whole = self.weight(own)
        return sum(self.tells.get(pair, 0.0) for pair in own & of) / whole if whole else 0.0


def pairs(text: str) -> set[str]:
    """The pairs of neighbouring Chinese characters of a text; of a long one those at its two ends."""
    if len(text) > CHARACTERS:
        text = f"{text[: CHARACTERS // 2]}，{text[-CHARACTERS // 2 :]}"
    return {run[at : at + 2] for run in _HAN.findall(text) for at in range(len(run) - 1)}
