"""The dictionary: is this a word, which words does a text hold, and which hold this seam?

The word list is jieba's (MIT licence). Only its file is read here: where loading the segmenter takes a second and more,
this takes some hundredths. The rows of one first character stand together in the file, with few exceptions; they are
taken apart when a text first has that character. Methods take plain strings.
"""

import re
from collections.abc import Callable, Iterable, Set
from functools import lru_cache
from importlib import resources, util
from operator import add, itemgetter
from pathlib import Path
from statistics import median
from typing import NamedTuple

from edition.errors import MissingTool

EDGE = 4  # characters of a word whose part of speech is looked up
_ROW = 24  # characters that hold how often a word occurs, and its part of speech
LONGEST = 6  # characters of a word that are looked up
_WORD = re.compile(r"\n([^ \n]+)")
_VERSION = re.compile(rb"__version__ = '(.+?)'")
_SIDE = LONGEST - 1  # characters on either side of a seam that a word over it can have
_SPANS = itemgetter(
    *(slice(start, end) for start in reversed(range(_SIDE)) for end in range(LONGEST, start + LONGEST + 1))
)  # every stretch of the two sides that holds the seam
ENGINES = ("jieba", "rjieba")  # what cuts texts into words where that is asked for
Segment = Callable[[str], list[str]]
_CHAPTERS = re.compile(r"(?m)^(.).*\n?(?:\1.*\n?)*+")  # rows that begin with the same character


class Dictionary:
    """A word list that knows where it comes from.

    `rows` are lines of a word, how often it occurs, and its part of speech as jieba tags it, parted by blanks.
    """

    def __init__(self, rows: str, ident: str, version: str) -> None:
        self.ident = ident
        self.version = version
        self._unread: dict[str, list[str]] = {}
        for chapter in _CHAPTERS.finditer(rows):
            self._unread.setdefault(chapter[1], []).append(chapter[0])
        self._words: set[str] = set()
        self._rows: dict[str, str] = {}  # of the characters that were read
        self._kinds: dict[str, str] = {}
        self._counts: dict[str, int] = {}

    def __contains__(self, word: str) -> bool:
        """Whether the word is listed."""
        if word[:1] in self._unread:
            self._read(word[:1])
        return word in self._words

    def of(self, text: str) -> Set[str]:
        """Every listed word that begins with a character of the text, and others."""
        self._read(text)
        return self._words

    def words_in(self, text: str) -> set[str]:
        """Every listed word of two to four characters that the text holds, overlapping ones included."""
        self._read(text)
        two = list(map(add, text, text[1:]))
        three = list(map(add, two, text[2:]))
        return self._words.intersection(two + three + list(map(add, three, text[3:])))

    def spanning(self, left: str, right: str) -> str | None:
        """The longest listed word that holds the seam between the two texts, or None.

        A word of two characters counts only if both of its halves do not end and begin longer words of their own side.
        """
        if not (left[-1:].isalnum() and right[:1].isalnum()):
            return None  # no word holds a mark
        left, right = left[-_SIDE:], right[:_SIDE]
        self._read(left)
        spans = _SPANS(left.rjust(_SIDE, "\n") + right.ljust(_SIDE, "\n"))
        if self._words.isdisjoint(spans):
            return None
        best = max([span for span in spans if span in self._words], key=len)
        return best if len(best) > 2 or not self._own_words(left, right) else None

    def _own_words(self, left: str, right: str) -> bool:
        """Whether the last two characters before the seam and the first two after it are words by themselves."""
        return left[-2:] in self and right[:2] in self and len(left) > 1 and len(right) > 1

    def first_kind(self, text: str) -> str:
        """The part of speech of a text's first word: the first letter of jieba's tag (n a noun, v a verb, p a
        preposition …), `-` for what is no listed word."""
        return next((kind for end in range(EDGE, 0, -1) if (kind := self._kind(text[:end]))), "-")

    def last_kind(self, text: str) -> str:
        """The part of speech of a text's last word, as `first_kind`."""
        return next((kind for end in range(EDGE, 0, -1) if (kind := self._kind(text[-end:]))), "-")

    def _kind(self, word: str) -> str:
        known = self._kinds.get(word)
        if known is None:
            after = self._rows[word[0]].partition(f"\n{word} ")[2] if word in self else ""
            row = after[:_ROW].partition("\n")[0].split(" ")
            known = self._kinds[word] = row[1][:1] if len(row) > 1 else ""
        return known

    def often(self, word: str) -> int:
        """How often a word occurs in what the list was made from; 0 if it is not listed."""
        known = self._counts.get(word)
        if known is None:
            after = self._rows[word[0]].partition(f"\n{word} ")[2] if word in self else ""
            count = after[:_ROW].partition("\n")[0].split(" ")[0]
            known = self._counts[word] = int(count) if count else 0
        return known

    def _read(self, chars: Iterable[str]) -> None:
        """Take the rows apart that begin with any of the characters."""
        if not self._unread.keys().isdisjoint(chars):
            for char in self._unread.keys() & set(chars):
                rows = self._rows[char] = "\n" + "".join(self._unread.pop(char))
                self._words.update(_WORD.findall(rows))


@lru_cache(maxsize=1)
def load() -> Dictionary:
    """jieba's dictionary, read once per process. Raises MissingTool if jieba is not installed."""
    said = _VERSION.search((_folder() / "__init__.py").read_bytes())  # quicker than to ask importlib.metadata
    return Dictionary(
        (_folder() / "dict.txt").read_bytes().decode(), "jieba", said[1].decode() if said else version("jieba")
    )


def _folder() -> Path:
    spec = util.find_spec("jieba")
    if not spec or not spec.origin:
        raise MissingTool("the Python package jieba is not installed", remedy="pip install jieba==0.42.1")
    return Path(spec.origin).parent


@lru_cache(maxsize=1)
def simplified() -> dict[int, str]:
    """For each traditional character the simplified one, to look words up with."""
    text = resources.files("edition.data").joinpath("traditional.txt").read_text(encoding="utf-8")
    pairs = "".join(line for line in text.splitlines() if not line.startswith("#"))
    return {ord(a): b for a, b in zip(pairs[::2], pairs[1::2])} | dict(zip(map(ord, "「」『』"), "“”‘’"))


@lru_cache
def segmenter(engine: str) -> Segment:
    """What cuts a text into words: one of ENGINES. Raises MissingTool; nothing else takes its place."""
    if not util.find_spec(engine):
        remedy = "pip install 'edition[fast]'" if engine == "rjieba" else "pip install jieba==0.42.1"
        raise MissingTool(f"the Python package {engine} is not installed", remedy=remedy)
    if engine == "rjieba":
        import rjieba

        return lambda text: list(rjieba.cut(text))
    import jieba

    jieba.setLogLevel("ERROR")  # it tells on stderr that it loads its dictionary
    return lambda text: list(jieba.cut(text))


def version(engine: str) -> str:
    """The version of an installed engine."""
    from importlib import metadata

    return metadata.version(engine)


class Rarity(NamedTuple):
    """How rare words are: the logarithm of the inverse share of documents that hold them."""

    of: dict[str, float]
    usual: float  # for words that are not there


@lru_cache(maxsize=1)
def rarity() -> Rarity:
    """jieba's idf.txt, with the median for words that it does not have, as jieba does. Raises MissingTool."""
    with open(_folder() / "analyse" / "idf.txt", encoding="utf-8") as file:
        rows = (row.split(" ") for row in file)
        table = {word: float(value) for word, value in rows}
    return Rarity(table, median(table.values()))
