"""What OCR models and converters put around the text that they read: marks of Markdown, HTML and LaTeX, places of
pictures, seams between pages, words of their own.

Lines in, marks out. A mark is no reading text but stays in the source, and what it tells (a heading and its level, bold
type, a picture's place) is kept. What could be printed so stays text: an asterisk in place of a name's character, an
arrow, a topic between hashes, a bar between the parts of a running head.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from edition.infer.emphasis import across, emphases
from edition.infer.lists import alternatives
from edition.infer.tables import bars, tables
from edition.infer.tags import Mark, Tagged, Told, tagged
from edition.model.source import ZERO_WIDTH
from edition.model.widths import HAN

Whole = Literal["", "picture", "rule", "page", "tool", "words"]  # what a line without reading text is

LONGEST_MATTER = 30  # lines that a page's front matter may have
REACH = 6  # lines over which a tag may stand open
EDGE = 3  # lines with text at a page's ends where a model speaks for itself
LONGEST_WORDS = 160  # characters in which it does so
_SUSPECT = re.compile(r"[*_<>|`\\&$\[\]{}#~=!+\u00ad\u200b-\u200f\u2060\ufeff]|^[\s\u3000]*[-—─━–（【(]")
_BLANK = re.compile(r"[\s\u3000]*")
_START = re.compile(
    r"(?P<mark>#{1,6}|[*+-])[ \t\u3000]+(?=\S)|(?P<close>#{1,6})(?=[^#\s\d])(?![^#]*[^#\s]#)|(?P<quote>>(?: >)*)[ \t]+(?=[^\s>])"
)
_NUMBERED_PAGE = re.compile(r"([-+*])[ \t\u3000]*\d{1,3}[ \t\u3000]*\1(?=[\s·|｜]|$)")
_CLOSED = re.compile(r"[ \t]+#+$")
_PICTURE = (
    "图片?|圖片?|照片|插图|插圖|配图|图像|图略|图片略|此处为图片?|此处有图片?|(?i:image|img|figure|picture|photo)"
)
_WHOLE: tuple[tuple[Whole, re.Pattern[str]], ...] = (
    ("rule", re.compile(r"(?:[-*_=]\s*){3,}|[—─━–]{4,}")),
    ("tool", re.compile(r"(?:```|~~~)[\w+-]*|\[MISSING_PAGE[^\]]*\]|\\(?:begin|end)\{[a-z*]+\}(?:[\[{].*[\]}])?|(?:<!--(?:(?!-->).)*-->\s*)+|</?[a-zA-Z][^>]*>(?:\s*</?[a-zA-Z][^>]*>)*")),
    ("page", re.compile(
        r"(?:[-=—*]{2,}\s*|\[)(?i:page)\s*[:#]?\s*\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?(?:\s*[-=—*]{2,}|\])"
        r"|[-=—*]{3,}\s*第\s*\d{1,4}\s*[页頁]\s*[-=—*]{3,}|\{\d{1,4}\}[-=]{3,}"
    )),
    ("picture", re.compile(
        rf"[\[【(（<](?:{_PICTURE})(?:[ _]?\d{{1,3}})?[\]】)）>]|[\[【](?:{_PICTURE})[:：][^\[\]【】]*[\]】]|\\includegraphics(?:\[[^\]]*\])?\{{[^{{}}]*\}}"
    )),
)  # fmt: skip
_IMAGE_TAG = re.compile(r"<!--\s*(?:image|picture|figure)\b|<(?:img|image)\b", re.IGNORECASE)
_MATTER = re.compile(r"[A-Za-z][\w .-]{0,40}:(?:\s.*)?|\s*-\s.*|")
_HIDDEN = f"(?<=[{HAN}])[{ZERO_WIDTH}]+|[{ZERO_WIDTH}]+(?=[{HAN}])|[\u00ad\u200b\u200e\u200f\u2060\ufeff]+"
_MARKDOWN = re.compile(r"[\s\u3000]*(?:#{1,6}[ \t]|\*\*|[*+-] |```|!\[|<[a-z]|\|[ -])")


@dataclass(slots=True)
class Marked:
    """The marks of one line, and what they tell."""

    marks: list[Mark] = field(default_factory=list)  # rising, none inside another
    told: list[Told] = field(default_factory=list)
    start: str = ""  # the mark of a heading (`##`) or of a list at its start
    whole: Whole = ""  # what the line is if nothing of it is read


def marked(lines: Sequence[str]) -> list[Marked]:
    """The marks of a page's lines."""
    whole, barred = _whole_lines(lines), tables(lines)
    whole |= {at: "tool" for at, rule in barred.items() if rule}
    out = [Marked(whole=whole.get(at, "")) for at in range(len(lines))]
    markdown = any(_MARKDOWN.match(text) for text in lines)
    begins: dict[int, int] = {}  # where a line's text begins
    open_: dict[str, str] = {}
    since = 0
    for at, text in enumerate(lines):
        if not (open_ or _SUSPECT.search(text)):
            continue
        since = since if open_ else at
        found = tagged(text, open_ if at - since <= REACH else {})
        open_ = found.open
        if not out[at].whole:
            begins[at] = _fill(out[at], text, found, barred=at in barred, markdown=markdown)
    for first, last in across(lines, begins):
        _bold(out, lines, first, last, begins)
    for line, text in zip(out, lines):
        if line.marks:
            _settle(line, text)
    return out


def _fill(line: Marked, text: str, found: Tagged, *, barred: bool, markdown: bool) -> int:
    """Write down the marks of a line; where its text begins."""
    line.marks = found.marks + [Mark(*hidden.span()) for hidden in re.finditer(_HIDDEN, text)]
    line.marks += bars(text) if barred else ()
    line.told = found.told
    begin = _begin(line, text, found)
    if line.start.startswith("#") and (closed := _CLOSED.search(text.rstrip())):
        line.marks.append(Mark(*closed.span()))
    for each in emphases(text, begin, found.kept, line.marks, marked=markdown):
        size = 3 if text[each.end : each.end + 3] in ("***", "___") else 1 if each.cue == "italic" else 2
        line.marks += [Mark(each.start - size, each.start), Mark(each.end, each.end + size)]
        line.told.append(each)
    return begin


def _begin(line: Marked, text: str, found: Tagged) -> int:
    """Where the text of a line begins, behind the marks of headings, lists and quotations, which are written down."""
    ends = {mark.start: mark.end for mark in line.marks}
    at = 0
    while True:
        begin = at
        while (after := ends.get(at := _blank_end(text, at), at)) != at:
            at = after
        start = None if at in found.kept else _START.match(text, at)
        if start is None or _NUMBERED_PAGE.match(text, at) or (line.start and not start["quote"]):
            return at
        if start["quote"]:
            line.told.append(Told(start.end(), len(text), "quote"))
        else:
            line.start = start["mark"] or start["close"]
        line.marks.append(Mark(at, start.end()))
        at = start.end()
        if at == begin:
            return at


def _blank_end(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at


def _bold(out: Sequence[Marked], lines: Sequence[str], first: int, last: int, begins: Mapping[int, int]) -> None:
    """Write down two asterisks before one line and behind another, and that all between them is bold."""
    end = len(lines[last].rstrip())
    out[first].marks.append(Mark(begins[first], begins[first] + 2))
    out[last].marks.append(Mark(end - 2, end))
    for at in range(first, last + 1):
        out[at].told.append(Told(0, len(lines[at]), "bold"))


def _settle(line: Marked, text: str) -> None:
    """Put the marks in order; say what the line is if nothing else stands in it."""
    line.marks.sort(key=lambda mark: (mark.start, -mark.end))
    kept: list[Mark] = []
    for mark in line.marks:
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    line.marks = kept
    if not line.whole and not _rest(text, kept).strip():
        line.whole = "picture" if any(mark.kind == "picture" for mark in kept) else "tool"


def _rest(text: str, marks: Sequence[Mark]) -> str:
    """What is left without the marks."""
    at, out = 0, ""
    for mark in marks:
        out += text[at : mark.start]
        at = mark.end
    return out + text[at:]


# ---- lines without any reading text


def _whole_lines(lines: Sequence[str]) -> dict[int, Whole]:
    """What the lines are that are no reading text from end to end."""
    out: dict[int, Whole] = {}
    for at, text in enumerate(lines):
        bare = text.strip() if _SUSPECT.search(text) else ""
        if bare and (what := next((what for what, pattern in _WHOLE if pattern.fullmatch(bare)), None)):
            out[at] = "picture" if what == "tool" and _IMAGE_TAG.search(bare) else what
    written = [at for at, text in enumerate(lines) if text.strip()]
    out |= dict.fromkeys(_matter(lines, written), "tool")
    spoken = [at for at in written if at not in out]
    for at in {*spoken[:EDGE], *spoken[-EDGE:]}:
        if len(lines[at]) <= LONGEST_WORDS and _spoken().fullmatch(lines[at].strip()):
            out[at] = "words"
    return out


def _matter(lines: Sequence[str], written: Sequence[int]) -> Sequence[int]:
    """The lines of the front matter between two rules, in which a tool says what it thinks of the page."""
    first = written[0] if written else 0
    if not written or lines[first].strip() != "---":
        return ()
    for at in range(first + 1, min(first + LONGEST_MATTER, len(lines))):
        if lines[at].strip() == "---":
            return range(first, at + 1) if at > first + 1 else ()
        if not _MATTER.fullmatch(lines[at].strip()):
            return ()
    return ()


@lru_cache(maxsize=1)
def _spoken() -> re.Pattern[str]:
    """What a model says of its own work, before or behind the text of the page."""
    before, of, after = alternatives("spoken_begins"), alternatives("spoken_of"), alternatives("spoken_ends")
    return re.compile(
        rf"(?i:[*_>\s（(]*(?:{before}).{{0,60}}(?:{of}).{{0,40}}[:：。.！!~）)*_\s]+|[*_>\s（(]*(?:{after}).{{0,120}})"
    )
