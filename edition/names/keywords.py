"""Keywords by TF-IDF (Salton and Buckley 1988): how often a word stands in a text, times how rare it is elsewhere.

The words come from a segmenter that is given, the rarities are those of jieba (its idf.txt, a word that is not there
counts as the median). Words of one character, of a stop list, of digits or Latin letters are none.
"""

import re
from collections import Counter
from collections.abc import Sequence

from edition.words import Rarity

MOST = 6  # keywords of an item
TWICE = 2  # a keyword stands so often at least, or in a headline
_HAN = "[\u3400-\u9fff]{2,}"


def keywords(words: Sequence[str], titled: Sequence[str], rarity: Rarity, stop: frozenset[str]) -> tuple[str, ...]:
    """Up to six words of a text, the weightiest first; `titled` are the words of its headlines."""
    heads = set(titled)
    counts = Counter(word for word in [*words, *titled] if re.fullmatch(_HAN, word) and word not in stop)
    weights = {
        word: count * rarity.of.get(word, rarity.usual)
        for word, count in counts.items()
        if count >= TWICE or word in heads
    }
    return tuple(sorted(weights, key=lambda word: (-weights[word], word))[:MOST])
