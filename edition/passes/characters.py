"""Characters that are not what they look like. Nothing is changed: a finding for each line and kind proposes.

What the reading regularises anyway (radicals, dots) is told too, for the TEI keeps the source's characters.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from edition.findings import Finding
from edition.model.document import Edition
from edition.model.radicals import RADICALS, unified_form
from edition.model.regime import Regime
from edition.model.regular import OTHER_DOTS
from edition.model.walk import contents
from edition.model.widths import HAN
from edition.passes.places import Placed, placed

MOST = 8  # characters named in one message
_NUMERAL = "一二三四五六七八九十百千万亿零〇两第"
_ONE = "唯惟统逐划单专同归合如"  # before 一 these make a word: 唯一一个
_EACH = (
    "对列举介说道回解核作数落细询清点检查验兑登赘阐分识辨罗记呈展交给予为向加进做握个"  # 一一 before these is no dash
)
# code, one of which the text must have for it ("" where any may do), and the pattern, compiled where a page needs it
_KINDS: tuple[tuple[str, Sequence[str], str], ...] = (
    ("C-003", OTHER_DOTS, f"(?<=[{HAN}])[{OTHER_DOTS}](?=[{HAN}])"),
    ("C-004", ("—", "一一"), f"(?<=[{HAN}])—(?=[{HAN}])|(?<![{_NUMERAL}{_ONE}])一一(?![{_NUMERAL}{_EACH}])"),
    ("C-004", ("..", "。。"), rf"(?<=[{HAN}])(?:\.\.|。。)(?![.。])"),
    ("C-005", ("",), f"[{RADICALS}]"),
    ("C-006", ("",), "[\uf900-\ufaff\U0002f800-\U0002fa1f]"),
    ("C-007", ("",), "[\ue000-\uf8ff\U000f0000-\U0010ffff]"),
    ("C-008", ("\ufffd",), "\ufffd"),
)
_FULL_STOP_DOT = ("C-003", ".．", rf"(?<=[{HAN}])[.．](?=[{HAN}])")
_ANY = re.compile(
    f"[{OTHER_DOTS}—{RADICALS}\uf900-\ufaff\U0002f800-\U0002fa1f\ue000-\uf8ff\U000f0000-\U0010ffff\ufffd.．]|一一|。。"
)


def check(edition: Edition, resp: str) -> tuple[Edition, tuple[Finding, ...]]:
    """The edition as it is, and what stands in it that may be meant otherwise."""
    name, regime = edition.header.source.name, edition.header.regime
    return edition, tuple(
        finding for content in contents(edition) for finding in _in_block(placed(content), name, regime)
    )


def _in_block(block: Placed, name: str, regime: Regime) -> Iterator[Finding]:
    if not _ANY.search(block.text):
        return
    for code, marks, pattern in _KINDS if regime.dots else (*_KINDS, _FULL_STOP_DOT):
        if any(mark in block.text for mark in marks):
            yield from _of_kind(block, name, code, pattern)


def _of_kind(block: Placed, name: str, code: str, pattern: str) -> Iterator[Finding]:
    lines: dict[int, list[str]] = {}
    for found in re.finditer(pattern, block.text):
        told = _MESSAGES.get(code, _seen)(found[0], block.around(found.start()))
        if told:
            lines.setdefault(block.line(found.start()), []).append(told)
    for line, told_there in lines.items():
        more = f" and {len(told_there) - MOST} more" if len(told_there) > MOST else ""
        yield Finding(code, f"{name}:{line}", "; ".join(told_there[:MOST]) + more)


def _seen(mark: str, around: str) -> str:
    return f"{mark!r} in {around!r}"


def _dot(mark: str, around: str) -> str:
    return f"U+{ord(mark):04X} in {around!r}: a name's dot is · (U+00B7)"


def _looks_like(char: str, around: str) -> str:
    """What a radical or compatibility ideograph looks like; nothing for the twelve that are unified characters."""
    other = unified_form(char)
    if other is None:
        return _code_point(char, around) if "\u2e80" <= char <= "\u2fd5" else ""
    return f"U+{ord(char):04X} in {around!r} looks like {other} (U+{ord(other):04X})"


def _code_point(char: str, around: str) -> str:
    return f"U+{ord(char):04X} in {around!r}"


_MESSAGES: dict[str, Callable[[str, str], str]] = {
    "C-003": _dot,
    "C-005": _looks_like,
    "C-006": _looks_like,
    "C-007": _code_point,
    "C-008": _code_point,
}
