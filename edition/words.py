"""The dictionary: is this a word, and which words hold this seam?

The word list is jieba's (MIT licence). Only its file is read here: 350,000 words in a fifth of a second, where
loading the segmenter takes a second and more. Methods take plain strings; `Dictionary` is the protocol that tests
fulfil with ten words.
"""

from functools import lru_cache
from importlib import metadata, util
from pathlib import Path
from typing import Protocol

from edition.errors import MissingTool

LONGEST = 6  # characters of a word that are looked up


class Dictionary(Protocol):
    """What the stages ask of a word list."""

    ident: str
    version: str

    def __contains__(self, word: str) -> bool:
        """Whether the word is listed."""


class JiebaDictionary:
    """jieba's dictionary as a set of words."""

    ident = "jieba"

    def __init__(self, words: frozenset[str], version: str) -> None:
        self._words = words
        self.version = version

    def __contains__(self, word: str) -> bool:
        return word in self._words


@lru_cache(maxsize=1)
def load() -> JiebaDictionary:
    """jieba's dictionary, read once per process. Raises MissingTool if jieba is not installed."""
    spec = util.find_spec("jieba")
    folder = Path(spec.origin).parent if spec and spec.origin else None
    if folder is None:
        raise MissingTool("the Python package jieba is not installed", remedy="pip install jieba==0.42.1")
    with open(folder / "dict.txt", encoding="utf-8") as file:
        words = frozenset(row.partition(" ")[0] for row in file)
    return JiebaDictionary(words, metadata.version("jieba"))


def words_in(text: str, dictionary: Dictionary) -> set[str]:
    """Every listed word of two characters and more that the text holds, overlapping ones included."""
    found = set()
    for start in range(len(text) - 1):
        for end in range(start + 2, min(start + LONGEST, len(text)) + 1):
            if text[start:end] in dictionary:
                found.add(text[start:end])
    return found


def spanning(left: str, right: str, dictionary: Dictionary) -> str | None:
    """The longest listed word that holds the seam between the two texts, or None.

    A word of two characters counts only if both of its halves do not end and begin longer words of their own side.
    """
    best: str | None = None
    for before in range(1, min(LONGEST - 1, len(left)) + 1):
        for after in range(1, min(LONGEST - before, len(right)) + 1):
            word = left[-before:] + right[:after]
            if word in dictionary and (best is None or len(word) > len(best)):
                best = word
    if best and len(best) == 2 and _own_words(left, right, dictionary):
        return None
    return best


def _own_words(left: str, right: str, dictionary: Dictionary) -> bool:
    """Whether the last two characters before the seam and the first two after it are words by themselves."""
    return left[-2:] in dictionary and right[:2] in dictionary and len(left) > 1 and len(right) > 1
