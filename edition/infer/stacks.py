"""Cells to stacks: what stands in one column without a break.

Full lines of one width that begin at one place below each other are a stack of running text; the short and indented
lines between, above and below them go with it.
"""

import re
import statistics
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from edition.infer.cells import AWAY, LEAST, Cell
from edition.infer.evidence import ends_sentence
from edition.infer.forms import special_form
from edition.infer.signatures import signature

MARK = re.compile("[，。、；：！？,;:]")
FULL = 1.3  # em by which full lines of one column may differ
NEXT = 1.6  # lines by which lines of one column follow each other at most
NEXT_TOP = 2.1  # the same of an indented line and the next
NEXT_SHORT = 1.25  # the same of a line that does not fill it
NEXT_HEAD = 3.6  # the same of headlines
NOTE = 3  # lines that are more than a headline
RUNNING = 3  # pieces in a page's first line that are its running head
RISES = 6.0  # lines by which a last column may rise above the one before
LEVEL = 3  # lines of one width beside each other that are columns
LEVEL_GAP = 12  # characters between columns at most
BAND_GAP = 18  # the same of a text in single lines beside each other, which ends there
RESUMED = 8.0  # lines that a gap in a column may be high
INDENT = (1.2, 3.4)  # em of a first line's indent


Placed = tuple[Cell, float]  # a cell and its height, in lines from the top of the page


@dataclass(slots=True, eq=False)
class Stack:
    """Lines below each other in one column."""

    cells: list[Cell]
    heights: list[float]  # of each cell, in lines from the top of the page
    body: bool  # running text
    left: int = 0  # characters
    measure: float = 0.0  # em

    @property
    def top(self) -> float:
        """The height of its first line."""
        return self.heights[0]

    @property
    def foot(self) -> float:
        """The height of its last line."""
        return self.heights[-1]

    @property
    def right(self) -> float:
        """Characters from the start of the line to its end, as far as is known."""
        if self.body:
            return self.left + self.measure
        return max(cell.right for cell in self.cells)

    @property
    def goes_on(self) -> bool:
        """Whether the text goes on after the last line."""
        return self.body and self.is_full(self.cells[-1]) and not closed(self.cells[-1].text)

    @property
    def signed(self) -> bool:
        """Whether a signature ends it, as it ends an article."""
        return special_form(self.cells[-1].text) in ("byline", "credit") or signature(self.cells[-1].text) is not None

    @property
    def begins(self) -> bool:
        """Whether the first line begins a paragraph."""
        first = self.cells[0]
        if self.indent(first) >= INDENT[0]:
            return True
        flows = first.blanks == 1 and first.start > 0
        return flows and not (self.is_full(first) or closed(first.text))

    def take(self, other: "Stack") -> None:
        """Take in the lines of another stack, from the top of the page down and from left to right."""
        both = [*zip(self.heights, self.cells), *zip(other.heights, other.cells)]
        both.sort(key=lambda line: (line[0], line[1].place))
        self.heights, self.cells = [y for y, _ in both], [cell for _, cell in both]
        self.measured()

    def measured(self) -> None:
        """Take its place and width from its full lines."""
        if not self.body:
            self.left = min(cell.place for cell in self.cells)
            self.measure = max(cell.width for cell in self.cells)
            return
        widest = statistics.median_high(sorted(cell.width for cell in self.cells)[len(self.cells) // 2 :])
        full = [cell for cell in self.cells if abs(cell.width - widest) <= FULL]
        self.left = round(statistics.median(cell.place for cell in full))
        self.measure = statistics.median(cell.width for cell in full)

    def indent(self, cell: Cell) -> float:
        """Characters by which a line begins to the right of the column; a single blank before it hides an indent,
        which its width then tells."""
        shift = cell.place - self.left
        missing = self.measure - cell.width
        if self.body and shift < INDENT[0] and cell.blanks == 1 and INDENT[0] < missing <= INDENT[1]:
            return 0.0 if ends_sentence(cell.text) else 2.0
        return float(max(0, shift))

    def is_full(self, cell: Cell) -> bool:
        """Whether a line fills the column, an indent aside."""
        missing = self.measure - cell.width
        return abs(missing) <= FULL or (INDENT[0] < missing <= INDENT[1] and self.indent(cell) >= INDENT[0])


def closed(text: str) -> bool:
    """Whether a text is at its end: of a sentence, or a signature."""
    return ends_sentence(text) or special_form(text) is not None or signature(text) is not None


def placed(rows: Sequence[Sequence[Cell]], high: Sequence[float]) -> list[Placed]:
    """All cells of a page whose rows stand at these heights."""
    return [(cell, y) for row, y in zip(rows, high) for cell in row]


def columns(rows: Sequence[Sequence[Cell]], high: Sequence[float]) -> tuple[list[Stack], list[Placed]]:
    """The columns of running text in a page whose rows stand at these heights, and the cells that are in none."""
    cells = placed(rows, high)
    found = [chain for chain in _chains(cells) if len(chain.cells) > 1 and _prose(chain.cells)]
    for stack in found:
        stack.measured()
    taken = {id(cell) for stack in found for cell in stack.cells}
    rest = _grown(found, [(cell, y) for cell, y in cells if id(cell) not in taken])
    for alone in (_level, _bands, _tails, _singles):
        single = alone(rest, found)
        found += single
        taken = {id(cell) for stack in single for cell in stack.cells}
        rest = _grown(found, [(cell, y) for cell, y in rest if id(cell) not in taken])
    return found, rest


def _level(rest: Sequence[Placed], found: Sequence[Stack]) -> list[Stack]:
    """Lines of one width beside each other: columns of a single line."""
    out: list[Stack] = []
    for y, row in groupby(rest, key=lambda each: each[1]):
        wide = [cell for cell, _ in row if cell.width >= LEAST]
        alike = [[other for other in wide if abs(other.width - cell.width) <= 0.6] for cell in wide]
        best = max(alike, key=len, default=[])
        if len(best) >= LEVEL and _prose(best):
            out += [Stack([cell], [y], True, cell.place, cell.width) for cell in best]
    return out


def _bands(rest: Sequence[Placed], found: Sequence[Stack]) -> list[Stack]:
    """A text that runs through single lines beside each other and comes to its end: columns of a line each."""
    out: list[Stack] = []
    for y, row in groupby(rest, key=lambda each: each[1]):
        line = [cell for cell, _ in row] if y > 0 else []
        at = 0
        while at < len(line):
            end = _band_end(line, at)
            if end > at + 1:
                measure = max(cell.width for cell in line[at:end])
                out += [Stack([cell], [y], True, cell.place, measure) for cell in line[at:end]]
            at = end
    return out


def _band_end(line: Sequence[Cell], at: int) -> int:
    """Behind which cell a text ends that begins with one; right behind that if no other goes on with it."""
    for end in range(at + 1, len(line)):
        before, cell = line[end - 1], line[end]
        if closed(before.text) or cell.place - before.right > BAND_GAP:
            break
        if ends_sentence(cell.text) and _is_band(line[at : end + 1]):
            return end + 1
    return at + 1


def _is_band(cells: Sequence[Cell]) -> bool:
    """Whether lines beside each other are one text: full but for an indent and its end."""
    measure = max(cell.width for cell in cells[:-1])
    first, *inner, last = cells
    missing = measure - first.width
    starts = missing <= FULL or INDENT[0] <= missing <= INDENT[1]
    wider = last.width - measure  # than the first, where there is no other, by its indent
    full = all(measure - cell.width <= FULL for cell in inner) and wider <= (FULL if inner else INDENT[1])
    return measure >= LEAST and starts and full


def _tails(rest: Sequence[Placed], found: Sequence[Stack]) -> list[Stack]:
    """The ends of texts: a line in the last column, level with the column before or risen beside a headline."""
    out: list[Stack] = []
    taken: set[int] = set()
    for stack in found:
        if not stack.goes_on or any(_is_next(stack, each) for each in found):
            continue
        ends = [
            (cell, y)
            for cell, y in rest
            if id(cell) not in taken
            and -1 <= cell.place - stack.right <= LEVEL_GAP
            and -RISES <= y - stack.top <= 1.2
            and cell.width <= stack.measure + FULL
            and ends_sentence(cell.text)
        ]
        if ends:
            cell, y = min(ends, key=lambda each: abs(each[1] - stack.top))
            out.append(Stack([cell], [y], True, cell.place, stack.measure))
            taken.add(id(cell))
    return out


def _is_next(stack: Stack, other: Stack) -> bool:
    """Whether a column stands right of another, at its height or risen above it."""
    beside = -AWAY <= other.left - stack.right <= LEVEL_GAP
    return beside and other.top <= stack.foot and other.foot >= stack.top - RISES


def _chains(cells: Sequence[Placed]) -> Iterator[Stack]:
    """Full lines of one width below each other, two at least."""
    open_: list[Stack] = []
    for cell, y in cells:
        if cell.width < LEAST - 1:
            continue
        for chain in [chain for chain in open_ if y - chain.foot > NEXT]:
            open_.remove(chain)
            yield chain
        fitting = [chain for chain in open_ if _chained(chain, cell, y)]
        if fitting:
            best = min(fitting, key=lambda chain: abs(chain.cells[-1].place - cell.place) + y - chain.foot)
            best.cells.append(cell)
            best.heights.append(y)
        else:
            open_.append(Stack([cell], [y], True))
    yield from open_


def _chained(chain: Stack, cell: Cell, y: float) -> bool:
    """Whether a line is as full as the last of some lines above it, or they are a paragraph's first two."""
    last = chain.cells[-1]
    alike = abs(last.place - cell.place) <= 1 and abs(last.width - cell.width) <= FULL
    return chain.foot < y and (alike or (len(chain.cells) == 1 and _indented(last, cell)))


def _indented(first: Cell, second: Cell) -> bool:
    """Whether two lines are the first of a paragraph."""
    shift, missing = first.place - second.place, second.width - first.width
    return INDENT[0] <= shift <= INDENT[1] and INDENT[0] <= missing <= INDENT[1] and second.width >= LEAST


def _prose(cells: Sequence[Cell]) -> bool:
    """Whether some full lines are running text: in a few there is a mark, at the end of most there is none."""
    if len(cells) == 2 and ends_sentence(cells[0].text):
        return False  # the end of one paragraph and the beginning of the next are no measure
    marked = sum(bool(MARK.search(cell.text)) for cell in cells)
    return marked * 6 >= len(cells) if len(cells) > 2 else marked > 0


def _grown(found: Sequence[Stack], rest: list[Placed]) -> list[Placed]:
    """Give the short and indented lines to the stacks; returns what is left."""
    while True:
        left = []
        near = _near(found)
        for cell, y in rest:
            here = near.get(int(y), ())
            stack = next((s for s in here if _tops(s, cell, y)), None) or next(
                (s for s in here if _takes(s, cell, y)), None
            )
            if stack is None:
                left.append((cell, y))
            else:
                at = sum(height < y for height in stack.heights)
                stack.cells.insert(at, cell)
                stack.heights.insert(at, y)
        if len(left) == len(rest):
            return left
        rest = left


def _near(found: Sequence[Stack]) -> dict[int, list[Stack]]:
    """The stacks that stand at a height in lines, or close above or below it."""
    out: dict[int, list[Stack]] = {}
    for stack in found:
        for y in range(int(stack.top - NEXT_TOP) - 1, int(stack.foot + NEXT_TOP) + 2):
            out.setdefault(y, []).append(stack)
    return out


def _tops(stack: Stack, cell: Cell, y: float) -> bool:
    """Whether a line is the first of a column: a full or indented one, or the end of a paragraph above another."""
    shift = cell.place - stack.left
    missing = stack.measure - cell.width
    if not 0 < stack.top - y <= NEXT_TOP or shift < -AWAY or shift - missing > FULL + 0.5:
        return False
    indented = INDENT[0] <= missing <= INDENT[1] and (INDENT[0] <= shift <= INDENT[1] + 1 or cell.blanks == 1)
    if stack.begins:
        return stack.top - y <= NEXT and abs(shift) <= 1 and ends_sentence(cell.text)
    return indented or (stack.top - y <= NEXT and stack.is_full(cell))


def _takes(stack: Stack, cell: Cell, y: float) -> bool:
    """Whether a line stands in a column, right below or between its lines."""
    shift = cell.place - stack.left
    signed = 0 <= shift < stack.measure and special_form(cell.text) in ("byline", "credit")
    if shift < -AWAY or (shift + cell.width > stack.measure + FULL + 0.5 and not signed):
        return False
    at = bisect_left(stack.heights, y)
    if y <= stack.top or (at < len(stack.heights) and stack.heights[at] == y):
        return False
    if at == len(stack.heights) and _stops_short(stack, cell):
        return False
    away = min(abs(height - y) for height in stack.heights[at - 1 : at + 1])
    return away <= (NEXT if stack.is_full(cell) or closed(cell.text) else NEXT_SHORT)


def _stops_short(stack: Stack, cell: Cell) -> bool:
    """Whether the text would stop in mid-sentence with a short line, as none does: then the line is a headline."""
    if stack.measure - cell.width <= INDENT[1] or closed(cell.text):
        return False
    return stack.goes_on


def _singles(rest: Sequence[Placed], found: Sequence[Stack]) -> list[Stack]:
    """Full lines that stand alone where a column stands above, below or beside them."""
    out: list[Stack] = []
    for cell, y in rest:
        alike = [s for s in found if abs(s.measure - cell.width) <= FULL and _reaches(s, cell, y)]
        if alike and not _over(cell, y, found):
            near = min(alike, key=lambda s: max(s.top - y, y - s.foot))
            out.append(Stack([cell], [y], True, cell.place, near.measure))
    return out


def _over(cell: Cell, y: float, found: Sequence[Stack]) -> bool:
    """Whether a line without a mark stands over the beginning of a paragraph, as a headline does."""
    if closed(cell.text):
        return False
    far = NEXT if MARK.search(cell.text) else NEXT_HEAD
    right = cell.place + cell.width - AWAY
    return any(s.begins and 0 < s.top - y <= far and s.left < right and s.right > cell.place + AWAY for s in found)


def _reaches(stack: Stack, cell: Cell, y: float) -> bool:
    """Whether a column stands above or below a line, or beside it."""
    away = max(stack.top - y, y - stack.foot)
    if abs(stack.left - cell.place) <= 1:
        return away <= RESUMED
    return away <= 0.6 and (abs(stack.left - cell.place) <= stack.measure + LEVEL_GAP)
