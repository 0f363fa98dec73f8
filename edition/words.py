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

USUAL = 4  # characters of a word that texts are compared by
LONGEST = 6  # characters of a word that are looked up


class Dictionary(Protocol):
    """What the stages ask of a word list."""

    ident: str
    version: str

    def __contains__(self, word: object, /) -> bool:
        """Whether the word is listed."""


class JiebaDictionary(frozenset[str]):
    """jieba's dictionary: a set of words that knows where it comes from."""

    ident = "jieba"
    version: str


@lru_cache(maxsize=1)
def load() -> JiebaDictionary:
    """jieba's dictionary, read once per process. Raises MissingTool if jieba is not installed."""
    spec = util.find_spec("jieba")
    folder = Path(spec.origin).parent if spec and spec.origin else None
    if folder is None:
        raise MissingTool("the Python package jieba is not installed", remedy="pip install jieba==0.42.1")
    with open(folder / "dict.txt", encoding="utf-8") as file:
        words = JiebaDictionary([row[: row.find(" ")] for row in file])
    words.version = metadata.version("jieba")
    return words


def words_in(text: str, dictionary: Dictionary) -> set[str]:
    """Every listed word of two to four characters that the text holds, overlapping ones included."""
    listed = dictionary.__contains__
    return {
        gram
        for size in range(2, min(USUAL, len(text)) + 1)
        for gram in {text[at : at + size] for at in range(len(text) - size + 1)}
        if listed(gram)
    }


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
