"""How a line of Chinese is composed: where it may end, and how wide each of its characters stands.

The rules are those of CLREQ (W3C, Requirements for Chinese Text Layout) and GB/T 15834-2011, 附录 B:

- a line does not begin with a pause, a closing mark or an ellipsis, nor end with an opening mark; —— and …… are never
  parted, nor a number and its unit, nor a word of letters and digits;
- of two marks side by side the first closing, or the second opening, one counts half; a closing mark that ends a line
  counts half, as does an opening one that begins it, so that edges look flush and an indent is not doubled;
- a quarter of an em stands between Chinese and letters or digits: space, not a character;
- where a mark that may not begin a line would just not fit, the marks before it give way (推入), if they can;
- the last line of a text holds two characters at least.

Everything here is pure. Lengths are in the unit of the font's em; indexes count characters.
"""

import re
from array import array
from collections.abc import Callable
from dataclasses import dataclass

OPENING = frozenset("（《〈「『【〔［｛〖“‘")
CLOSING = frozenset("）》〉」』】〕］｝〗”’")
PAUSES = frozenset("，。、；：！？．")
MIDDLE = frozenset("·・‧")
_NO_START = CLOSING | PAUSES | MIDDLE | frozenset("…⋯～％‰℃°)]},.;:!?%")
_NO_END = OPENING | frozenset("([{$¥￥£€№")
_PAIRED = frozenset("—…⋯")
_BLANKS = frozenset(" \u00a0\u200b")
_UNITS = frozenset(
    "年月日时分秒点岁级届期号版页章节条款项名位人家个只台辆件种次场项批户座所万亿千百十元角米吨克斤度倍余多"
)
_WIDE = (
    "\u2014\u2018\u2019\u201c\u201d\u2026\u22ef\u00b7\u2027\u2e80-\u303f\u3040-\u30ff\u3100-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff01-\uffe6\U00020000-\U0003ffff"
)
_TOKEN = re.compile(rf"[ \u00a0\u200b]|——|……|[{_WIDE}]|(?:[^{_WIDE} \u00a0\u200b]|(?<=[A-Za-z])’(?=[A-Za-z]))+")
_IS_WIDE = re.compile(f"[{_WIDE}]")
_IS_HAN = re.compile("[\u2e80-\u2fdf\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_NONE = (0.0,) * 40
SLACK = 0.01  # of rounding


@dataclass(frozen=True, slots=True)
class Font:
    """A font at a size: its em, and the width of a token (one wide character, —— or ……, a blank, or a word)."""

    em: float
    width: Callable[[str], float]


@dataclass(slots=True)
class Line:
    """A composed line."""

    text: str  # of the line, blanks at its end left away
    resume: int | None  # where the next line begins; None if the text is at its end
    width: float
    after: "array[float]"  # space added after each character, less than 0 where it counts half
    left: dict[int, float]  # how much a character is drawn to the left: the empty half of an opening mark
    places: list[int]  # after which characters the line can be stretched
    trimmed: bool = False  # the mark at its end counts half


def pair(before: str, token: str, font: Font) -> tuple[float, float]:
    """(space added between two tokens, how far the second is drawn to the left)."""
    if before in CLOSING or before in PAUSES:
        if token in CLOSING or token in PAUSES or token in OPENING or token in MIDDLE:
            return _half(before, font), 0.0
    elif before in OPENING:
        if token in OPENING:
            return 0.0, _half(token, font)
    elif _IS_HAN.match(before):
        return (font.em / 4 if _is_word(token[0]) else 0.0), 0.0
    elif _is_word(before[-1]) and _IS_HAN.match(token):
        return font.em / 4, 0.0
    return 0.0, 0.0


def _is_word(char: str) -> bool:
    return char.isalnum() and not _IS_WIDE.match(char)


def _half(mark: str, font: Font) -> float:
    """What is taken from a mark that counts half; nothing where the font's own mark is narrow."""
    return -font.em / 2 if font.width(mark) > 0.9 * font.em else 0.0


def end_trim(token: str, font: Font) -> float:
    """What is taken from a token that ends a line."""
    return _half(token, font) if token in CLOSING or token in PAUSES else 0.0


def may_break(before: str, token: str) -> bool:
    """Whether a line may end between two tokens."""
    if token in _BLANKS:
        return False
    if token[0] in _NO_START or before[-1] in _NO_END or (before[-1] == token[0] and token[0] in _PAIRED):
        return False
    if before in _BLANKS:
        return before != "\u00a0"
    if before[-1].isdigit() and token in _UNITS:
        return False
    return not (before == "第" and token[0].isdigit())


def stretches(before: str, token: str) -> bool:
    """Whether a line can be stretched between two tokens."""
    if before in _BLANKS or token in _BLANKS:
        return before in " \u00a0"
    return not (before[-1] == token[0] and token[0] in _PAIRED)


def ends(text: str) -> tuple[str, str]:
    """The first and the last token of a text that is not empty."""
    tokens = _TOKEN.findall(text)
    return tokens[0], tokens[-1]


def compose(text: str, font: Font, room: float, *, at_start: bool = True) -> Line:
    """The first line of a text: what fits into the room, or at least what may not be parted.

    `at_start` says that the line begins here, not somewhere before in it.
    """
    return _Composer(text, font, room, at_start).line()


class _Composer:
    """Goes from token to token, and remembers where the line could end."""

    def __init__(self, text: str, font: Font, room: float, at_start: bool) -> None:
        self.text, self.font, self.room, self.at_start = text, font, room, at_start
        self.after: array[float] = array("d")
        self.left: dict[int, float] = {}
        self.places: list[int] = []
        self.x = 0.0
        self.solid, self.solid_x, self.solid_token = 0, 0.0, ""  # the same without blanks at the end
        self.gives: list[tuple[int, float]] = []  # (character, how far the space after it can shrink)
        self.best: tuple[int, int, float, str] | None = None  # (resume, end, width, last token) of the best that fits
        self.over: tuple[int, int, float, str] | None = None  # of the first that does not

    def line(self) -> Line:
        before = ""
        for found in _TOKEN.finditer(self.text):
            token, at = found[0], found.start()
            if before and may_break(before, token) and not self._leaves_one(at) and self._note(at):
                break
            self._add(before, token, at)
            before = token
        else:
            if self.x <= self.room + SLACK:
                return self._made(None, len(self.text), self.x, trimmed=False)
            if self._note(None):
                pass
        return self._chosen()

    def _leaves_one(self, at: int) -> bool:
        """Whether a single character would be left for the last line."""
        rest = self.text[at : at + 6]
        return len(rest) < 6 and sum(c.isalnum() for c in rest) < 2

    def _note(self, at: int | None) -> bool:
        """Note that the line could end here (None: the whole text); gives whether it is full."""
        width = self.solid_x + end_trim(self.solid_token, self.font)
        place = (len(self.text) if at is None else at, self.solid, width, self.solid_token)
        if width <= self.room + SLACK:
            self.best = place
            return False
        self.over = place
        return True

    def _add(self, before: str, token: str, at: int) -> None:
        font = self.font
        width = font.width(token)
        space, left = pair(before, token, font) if before else (0.0, self._indent(token))
        if left:
            self.left[at] = left
        if before:
            self.after[-1] += space
            if stretches(before, token):
                self.places.append(at - 1)
            self._give(before, at - 1, space)
        self.x += space + left + width
        self.after.extend(_NONE[: len(token)] if len(token) <= len(_NONE) else [0.0] * len(token))
        if token != " ":
            self.solid, self.solid_x, self.solid_token = at + len(token), self.x, token

    def _indent(self, token: str) -> float:
        return _half(token, self.font) if self.at_start and token in OPENING else 0.0

    def _give(self, before: str, at: int, space: float) -> None:
        if space > 0:
            self.gives.append((at, space / 2))
        elif not space and (before in PAUSES or before in CLOSING) and _half(before, self.font):
            self.gives.append((at, self.font.em / 4))

    def _chosen(self) -> Line:
        best, over = self.best, self.over
        if over and self._gives_way(best, over):
            return self._pushed_in(over)
        if best:
            return self._ended(best)
        if over and not self.at_start:
            return self._ended(over)
        return self._cut()

    def _gives_way(self, best: tuple[int, int, float, str] | None, over: tuple[int, int, float, str]) -> bool:
        missing = over[2] - self.room
        if best and self.room - best[2] < self.font.em / 2:
            return False
        return missing <= sum(much for at, much in self.gives if at < over[1] - 1)

    def _pushed_in(self, over: tuple[int, int, float, str]) -> Line:
        gives = [(at, much) for at, much in self.gives if at < over[1] - 1]
        part = (over[2] - self.room) / sum(much for _, much in gives)
        for at, much in gives:
            self.after[at] -= much * part
        return self._ended((over[0], over[1], self.room, over[3]))

    def _ended(self, place: tuple[int, int, float, str]) -> Line:
        resume, end, width, token = place
        trim = end_trim(token, self.font)
        line = self._made(resume if resume < len(self.text) else None, end, width, trimmed=bool(trim))
        if line.after:  # nothing but a blank may stand before the break, where the text goes on from before
            line.after[-1] = trim
        return line

    def _cut(self) -> Line:
        """Nowhere may the line end: it ends where it is full, after one character at least."""
        x, end = 0.0, 0
        for found in _TOKEN.finditer(self.text):
            for size in range(1, len(found[0]) + 1):
                if end and x + self.font.width(found[0][:size]) > self.room:
                    self.after = array("d", [0.0]) * end
                    self.places = []
                    return self._made(end, end, x + self.font.width(found[0][: size - 1]) if size > 1 else x, False)
                end = found.start() + size
            x += self.font.width(found[0])
        return self._made(None, len(self.text), self.x, False)

    def _made(self, resume: int | None, end: int, width: float, trimmed: bool) -> Line:
        after, left = self.after[:end], {at: much for at, much in self.left.items() if at < end}
        return Line(self.text[:end], resume, width, after, left, [p for p in self.places if p < end - 1], trimmed)
