"""A block's text with the line of the source on which each character stands."""

from bisect import bisect_right
from dataclasses import dataclass

from edition.model.inline import Content
from edition.model.readings import located


@dataclass(frozen=True, slots=True)
class Placed:
    """The text as printed but for its characters, which are those of the source."""

    text: str
    starts: tuple[int, ...]  # characters of the text at which a run begins
    lines: tuple[int, ...]  # the line of each run

    def line(self, at: int) -> int:
        """The line of the source on which a character of the text stands."""
        return self.lines[bisect_right(self.starts, at) - 1]

    def around(self, at: int) -> str:
        """Up to six characters on either side, for messages."""
        return self.text[max(0, at - 6) : at + 7].replace("\n", " ")


def placed(nodes: Content) -> Placed:
    """The text of a block and its lines."""
    parts: list[str] = []
    starts: list[int] = []
    lines: list[int] = []
    length = 0
    for text, line in located(nodes):
        parts.append(text)
        starts.append(length)
        lines.append(line)
        length += len(text)
    return Placed("".join(parts), tuple(starts), tuple(lines))
