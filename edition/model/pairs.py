"""Quotation marks and brackets that belong together, within one text. All in one walk, whatever the nesting."""

import re
from dataclasses import dataclass
from typing import Literal

from edition.model.radicals import RADICALS
from edition.model.widths import HAN

Trouble = Literal["unclosed", "unopened", "closes", "opens"]  # the last two: it faces the wrong way
OPENING = "“‘(（[［{｛《〈「『【〔〖"
CLOSING = "”’)）]］}｝》〉」』】〕〗"
_KIND = {mark: at for row in (OPENING, CLOSING) for at, mark in enumerate(row)}
_KIND |= {"（": _KIND["("], "）": _KIND["("], "［": _KIND["["], "］": _KIND["["], "｛": _KIND["{"], "｝": _KIND["{"]}
_MARK = re.compile(f"[{re.escape(OPENING + CLOSING)}]")
_APOSTROPHE = re.compile(r"(?<=[0-9A-Za-z\u00c0-\u024f])['’](?=[0-9A-Za-z\u00c0-\u024f])")
_YEAR = re.compile("’(?=[0-9０-９]{2})")  # ’99世界园艺博览会
_ITEM = re.compile(r"(?:^|[\n。；;，,：: \u3000])[0-9A-Za-z一二三四五六七八九十①-⑳]{1,3}(?=[)）])")
_QUOTE = re.compile("[\"'“”‘’]")
_NOT_AFTER_OPENING = re.compile(r"$|[\n,，;；:：!！?？、)）》”’]|\.(?!\.)|。(?!。。)")  # an ellipsis may
_NOT_BEFORE_CLOSING = "(（《“‘:："
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_CHINESE = f"[{HAN}{RADICALS}]"


@dataclass(frozen=True, slots=True)
class Lone:
    """A mark without its partner."""

    at: int  # character of the text
    mark: str
    trouble: Trouble


def lone_marks(text: str) -> list[Lone]:
    """Every quotation mark and bracket of the text that has no partner, in order.

    Of two that open, `“改革“试点`, the second is taken for one that should close, and likewise of two that close.
    """
    passed = {found.end() for found in _ITEM.finditer(text)}
    passed |= {found.start() for pattern in (_APOSTROPHE, _YEAR) for found in pattern.finditer(text)}
    opened: list[int] = []
    unopened: list[int] = []
    unclosed: list[int] = []
    waiting = [0] * len(OPENING)  # open marks of each kind
    for found in _MARK.finditer(text):
        at, kind = found.start(), _KIND[found[0]]
        if found[0] in OPENING:
            opened.append(at)
            waiting[kind] += 1
        elif not waiting[kind]:
            unopened += [] if at in passed else [at]
        else:
            while _KIND[text[last := opened.pop()]] != kind:
                unclosed.append(last)
                waiting[_KIND[text[last]]] -= 1
            waiting[kind] -= 1
    lone = [*_facing(text, sorted(unclosed + opened), "unclosed"), *_facing(text, unopened, "unopened")]
    return sorted(lone + _straight(text), key=lambda one: one.at)


def _facing(text: str, places: list[int], trouble: Literal["unclosed", "unopened"]) -> list[Lone]:
    """Lone marks of one direction; two of the same quotation mark in a row are one pair with a mark turned round."""
    out: list[Lone] = []
    at = 0
    while at < len(places):
        here = places[at]
        both = places[at : at + 2]
        if len(both) == 2 and text[here] in "“‘”’" and text[both[0]] == text[both[1]]:
            out.append(
                Lone(both[1], text[here], "closes") if trouble == "unclosed" else Lone(here, text[here], "opens")
            )
            at += 2
        else:
            out.append(Lone(here, text[here], trouble))
            at += 1
    return out


def _straight(text: str) -> list[Lone]:
    """The last straight double quotation mark, where their number is odd."""
    if text.count('"') % 2 == 0 or re.search('[0-9]"', text):
        return []
    return [Lone(text.rfind('"'), '"', "unclosed")]


def curled(text: str) -> str:
    """The text with its straight quotation marks curled, if it is Chinese and they are balanced; else as it is.

    `"` in `5"` or `'` in `it's` leave the text as it is or are passed over: nothing is guessed. Where a mark would open
    before a comma, as where the first of `好",他说"走"` was lost, they count as unbalanced.
    """
    if '"' not in text and "'" not in text:
        return text
    if len(re.findall(_CHINESE, text)) <= len(_LATIN.findall(text)):
        return text
    apostrophes = {found.start() for found in _APOSTROPHE.finditer(text)}
    chars = list(text)
    opened: list[str] = []
    for found in _QUOTE.finditer(text):
        at = found.start()
        if at in apostrophes:
            continue
        if not _turn(chars, at, opened) or (text[at] in "\"'" and not _fits(text, at, chars[at])):
            return text
    return text if opened else "".join(chars)


def _turn(chars: list[str], at: int, opened: list[str]) -> bool:
    """Curl the mark, and keep count of what is open; False where it does not fit."""
    mark = chars[at]
    kind = '"' if mark in '"“”' else "'"
    closes = mark in "”’" or (mark in "\"'" and bool(opened) and opened[-1] == kind)
    if closes:
        if not opened or opened.pop() != kind:
            return False
    else:
        if kind in opened:
            return False
        opened.append(kind)
    chars[at] = ("”" if kind == '"' else "’") if closes else ("“" if kind == '"' else "‘")
    return True


def _fits(text: str, at: int, mark: str) -> bool:
    """Whether a straight mark that is to be curled to `mark` can stand there."""
    if mark in OPENING:
        return text[at + 1 : at + 2] != text[at] and not _NOT_AFTER_OPENING.match(text, at + 1)
    return at > 0 and text[at - 1] not in _NOT_BEFORE_CLOSING
