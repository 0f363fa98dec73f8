"""Which marks of a text are Chinese: found in one walk over its tokens, from left to right.

A decision rests on letters alone, never on another mark: left of the mark is the nearest letter before it in its line
(a pair of brackets or quotation marks counts as one, as Chinese as what it holds or follows; a percentage as none), right of it a letter
that touches it or is parted by opening marks only. Regularising changes no letter, so that it is settled at once.
The rule of neighbours is that of the Requirements for Chinese Text Layout (W3C CLREQ, punctuation in mixed text), the
forms of dash and ellipsis are those of GB/T 15834-2011.
"""

import re
from dataclasses import dataclass, field

from edition.model.pairs import CLOSING, OPENING
from edition.model.radicals import RADICALS
from edition.model.regime import Regime
from edition.model.widths import HAN

CHINESE = f"{HAN}{RADICALS}\u3001\u3005\u3006\u3008-\u3011\u3014-\u3017\u3040-\u30fa\u30fc-\u312f"  # never changed
ROUND, CURLY, OWN = "(（)）", "“‘”’", "《〈「『【〔〖》〉」』】〕〗"
_PARTNER = dict(zip(CLOSING, OPENING)) | {"）": "(", "］": "[", "｝": "{"}
_WIDE = {",": "，", ":": "：", ";": "；", "!": "！", "?": "？", "(": "（", ")": "）"}
_OPEN, _CLOSE = re.escape(OPENING), re.escape(CLOSING)
_TOKEN = re.compile(
    rf"(?P<open>[{_OPEN}])|(?P<close>[{_CLOSE}])|(?P<chinese>[{CHINESE}]+(?: [{CHINESE}]+)*)|(?P<mark>[,:;!?，：；！？]+)"
    r"|(?P<line>\n)|(?P<blank>[ \t\u00a0\u3000]+)|(?P<ellipsis>(?:\.{2,}|。{3,}|…)+)|(?P<stop>\.)|(?P<dash>-{2,}|－{2,}|–{2,})"
    r"|(?P<skip>[\"'。—·・•･‧∙]+|[0-9０-９.．]{1,16}[%％‰℃])"
    rf"|[^{_OPEN}{_CLOSE}{CHINESE},:;!?，：；！？\n \t\u00a0\u3000.…\-－–\"'。—·・•･‧∙]+|."
)
_RIGHT = rf"[{_OPEN}]*[{CHINESE}]"  # compiled where a page needs it, like those below
_RIGHT_SPACED = rf" ?(?:[{_OPEN}] ?)*[{CHINESE}]"
_END = re.compile(rf"[{_CLOSE}\"']*(?:\n|$)")
_NEXT = rf"[{_CLOSE}\"']*(?: ?[{_OPEN}])* ?[{CHINESE}]"
_HAN_BEFORE = rf"[{HAN}{RADICALS}] ?\Z"
_HAN = rf"[{HAN}{RADICALS}]"
_WORD = re.compile("[0-9A-Za-z]")


@dataclass(slots=True)
class Found:
    """What the walk decided."""

    printed: dict[int, str] = field(default_factory=dict)  # character of the text -> what is printed for it
    chinese: set[int] = field(default_factory=set)  # marks that belong to Chinese text, changed or not
    spans: list[tuple[int, int]] = field(default_factory=list)  # pairs of brackets and quotation marks


@dataclass(slots=True)
class _Open:
    at: int
    left: bool | None  # whether what stands before it is Chinese
    seen: int  # tokens of Chinese so far


def chinese_marks(text: str, regime: Regime) -> Found:
    """The marks of a text that belong to Chinese, and what is printed for them."""
    return _Walk(text, regime).found


class _Walk:
    def __init__(self, text: str, regime: Regime) -> None:
        self.text = text
        self.regime = regime
        self.right = re.compile(_RIGHT_SPACED if regime.spaced else _RIGHT)
        self.found = Found()
        self.left: bool | None = None  # whether the nearest letter before is Chinese; None where the line begins
        self.seen = 0
        self.open: dict[str, list[_Open]] = {}
        for token in _TOKEN.finditer(text):
            self.token(token.lastgroup, token.start(), token.end())

    def token(self, kind: str | None, start: int, end: int) -> None:
        match kind:
            case "chinese":
                self.left = True
                self.seen += 1
            case "mark":
                if self.left or self.right.match(self.text, end):
                    self.widen(start, end)
            case "open":
                stack = self.open.setdefault(_opening(self.text[start]), [])
                stack.append(_Open(start, self.left, self.seen))
            case "close":
                self.close(start)
            case "line":
                self.left = None
            case "stop":
                self.stop(start)
            case "ellipsis":
                self.ellipsis(start, end)
            case "dash":
                self.dash(start, end)
            case None:
                self.left = False

    def widen(self, start: int, end: int) -> None:
        for at in range(start, end):
            self.found.chinese.add(at)
            if wide := _WIDE.get(self.text[at]):
                self.found.printed[at] = wide

    def close(self, end: int) -> None:
        mark = self.text[end]
        stack = self.open.get(_PARTNER[mark])
        if not stack:
            self.left = self.left or mark in OWN
            return
        opened = stack.pop()
        self.found.spans.append((opened.at, end))
        both_wide = mark in ROUND and not {self.text[opened.at], mark} <= {"(", ")"}
        begins = opened.left is None and self.right.match(self.text, end + 1)  # (1)加强领导
        if mark in OWN or both_wide or opened.left or begins or self.seen > opened.seen:
            self.left = True
            self.found.chinese |= {opened.at, end}
            if mark in ROUND:
                self.found.printed[opened.at], self.found.printed[end] = "（", "）"

    def stop(self, at: int) -> None:
        """`.` is a full stop after Han at the end of a text, and before Han where the page has no other full stop."""
        before = self.text[max(0, at - 2 if self.regime.spaced else at - 1) : at]
        if self.regime.marks != "halfwidth" or not re.search(_HAN_BEFORE, before):
            return
        if _END.match(self.text, at + 1) or (self.regime.dots and re.compile(_NEXT).match(self.text, at + 1)):
            self.found.chinese.add(at)
            self.found.printed[at] = "。"

    def ellipsis(self, start: int, end: int) -> None:
        """`...`, `。。。` and a single `…` are `……`; those of a whole paragraph, of nine dots and more, `…………`."""
        run = self.text[start:end]
        if run == ".." or not (self.left or self.right.match(self.text, end)):
            return
        self.found.chinese |= set(range(start, end))
        if run == "…" or run.strip("…"):
            self.replace(start, end, "…………" if len(run) >= 9 and "…" not in run else "……")

    def dash(self, start: int, end: int) -> None:
        """Two hyphens are `——` beside Chinese, but not `使用--help`."""
        if end - start != 2 or _WORD.match(self.text, end) or _WORD.match(self.text[start - 1 : start]):
            return
        if self.left or self.right.match(self.text, end):
            self.found.chinese |= set(range(start, end))
            self.replace(start, end, "——")

    def replace(self, start: int, end: int, by: str) -> None:
        self.found.printed[start] = by
        self.found.printed |= dict.fromkeys(range(start + 1, end), "")


def _opening(mark: str) -> str:
    return {"（": "(", "［": "[", "｛": "{"}.get(mark, mark)


def between_han(text: str, at: int) -> bool:
    """Whether the character stands directly between two Chinese characters."""
    return bool(at and re.match(_HAN, text[at - 1]) and re.match(_HAN, text[at + 1 : at + 2]))
