"""The reading of a text under a policy: how its characters are printed. What is kept, the TEI, is never changed.

`han-fullwidth-2`, in Chinese context only (see `marks` for what that is):

- `, : ; ! ?` and, as a pair, `( )` are printed full width; `.` as `。` where the page's regime is half-width;
- straight quotation marks are curled where they are balanced in their paragraph;
- `...` `。。。` and a single `…` are `……`, two hyphens `——`, a dot between two Han `·` (U+00B7);
- radicals beside Han are the characters they look like; compatibility ideographs stay, for they may be in names;
- single blanks between Chinese are left out: everywhere on a page that parts its characters throughout, elsewhere in
  body text outside quotation marks and brackets, if they part neither short phrases nor a role from a name.

Never inside URLs, addresses, numbers, times and Latin runs. `as-source` prints what the source has.
"""

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import pairwise
from typing import Literal, TypeAlias, get_args

from edition.model.marks import CHINESE, Found, between_han, chinese_marks
from edition.model.pairs import CLOSING, OPENING, curled
from edition.model.radicals import RADICALS, UNIFIED
from edition.model.regime import UNKNOWN, Regime
from edition.model.widths import HAN

WidthPolicy: TypeAlias = Literal["han-fullwidth-2", "as-source"]
WIDTH_POLICIES: tuple[str, ...] = get_args(WidthPolicy)
HAN_FULLWIDTH = "han-fullwidth-2"
NAME_DOT = "\u00b7"
OTHER_DOTS = "\u30fb\u2022\uff65\u2027\u2219"
SHORT = 4  # characters; two phrases up to this length are parted on purpose: 多方联动 广搭平台, 王五 李四
_ADDRESS = re.compile(
    r"(?:(?:https?|ftp)://|www\.)[!#$%&*+,\-./0-9:;=?@A-Z_a-z~]*[0-9A-Za-z/#=&_-]"
    r"|[0-9A-Za-z._%+-]{1,64}@[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)+"
)
_DOTS = re.compile(f"[{OTHER_DOTS}]")
_RADICAL = re.compile(f"[{RADICALS}]")
_LETTER = f"{HAN}{RADICALS}"
_BESIDE_HAN = f"(?:(?<=[{_LETTER}])|(?<=[{_LETTER}] ))[{RADICALS}]|[{RADICALS}](?= ?[{_LETTER}])"  # compiled where a page needs it, like those below
_SERIES = f"[{_LETTER}]+(?: [{_LETTER}]+)+"
_ROLE_OR_NAME = re.compile(
    "(?:记者|通讯员|实习生|撰稿人|评论员|作者|编辑|校对|主编|摄影|讯|电) | (?:记者|通讯员|摄|文|图|摄影|供图|报道)$"
)
_MARK, _PAIR = "\u3001", "\u3008"  # what stands for a Chinese mark or bracket while blanks are looked for
_BESIDE_MARK = f"(?<=[{_MARK}。]) (?=[{_LETTER}{OPENING}])|(?<=[{_LETTER}{CLOSING}]) (?=[{_MARK}。])"
_PARTED = f"(?<=[{CHINESE}0-9]) (?=[{CHINESE}。])|(?<=[{CHINESE}。]) (?=[{CHINESE}0-9])"


def regularised_text(text: str, policy: str, regime: Regime = UNKNOWN, *, body: bool = True) -> str:
    """The text as printed; `body` is False for headlines and bylines, where blanks have a meaning."""
    return text if policy == "as-source" else "".join(regularise(text, policy, regime, body=body))


@lru_cache(maxsize=1024)  # a text is printed several times: in contents and body, and at the desk after every act
def regularise(text: str, policy: str, regime: Regime = UNKNOWN, *, body: bool = True) -> tuple[str, ...]:
    """For each character of the text, what is printed for it: itself, another, several or nothing."""
    printed = list(text)
    if policy == "as-source":
        return tuple(printed)
    masked = _without_addresses(text)
    shape = curled(masked)
    if shape != masked:
        _copy_quotes(masked, shape, printed)
    found = chinese_marks(shape, regime)
    for at, by in found.printed.items():
        printed[at] = by
    for dot in _DOTS.finditer(shape):
        if between_han(shape, dot.start()):
            printed[dot.start()] = NAME_DOT
    for radical in re.finditer(_BESIDE_HAN, shape) if _RADICAL.search(shape) else ():
        printed[radical.start()] = UNIFIED.get(radical[0], radical[0])
    if " " in shape and (regime.spaced or body):
        for at in _stray_blanks(shape, found, regime):
            printed[at] = ""
    return tuple(printed)


def _without_addresses(text: str) -> str:
    """The text with an `x` for each character of a URL or e-mail address."""
    if "@" in text or "//" in text or "www" in text:
        return _ADDRESS.sub(lambda found: "x" * len(found[0]), text)
    return text


def _copy_quotes(masked: str, shape: str, printed: list[str]) -> None:
    for at, (old, new) in enumerate(zip(masked, shape)):
        if old != new:
            printed[at] = new


def _stray_blanks(shape: str, found: Found, regime: Regime) -> list[int]:
    """The places of the single blanks that are not printed."""
    chars = list(shape)
    for at in found.chinese:
        if chars[at] not in OPENING + CLOSING:
            chars[at] = _MARK
        elif regime.spaced:
            chars[at] = _PAIR
    marked = "".join(chars)
    if regime.spaced:
        return [blank.start() for blank in re.finditer(_PARTED, marked)]
    inside = _covered(found.spans)
    out = [blank.start() for blank in re.finditer(_BESIDE_MARK, marked)]
    for series in re.finditer(_SERIES, marked):
        if _is_stray(series[0]):
            out += [series.start() + at for at, char in enumerate(series[0]) if char == " "]
    return [at for at in out if not _within(at, inside)]


def _is_stray(series: str) -> bool:
    """Whether the blanks of a series of Han stand there by chance: all of them or none."""
    lengths = [len(phrase) for phrase in series.split(" ")]
    return not _ROLE_OR_NAME.search(series) and not any(max(a, b) <= SHORT for a, b in pairwise(lengths))


def _covered(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The outermost of nested spans, in order."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if not out or start > out[-1][1]:
            out.append((start, end))
        elif end > out[-1][1]:
            out[-1] = (out[-1][0], end)
    return out


def _within(at: int, spans: list[tuple[int, int]]) -> bool:
    place = bisect_right(spans, (at, at)) - 1
    return place >= 0 and at < spans[place][1]
