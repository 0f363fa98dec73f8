"""Columns printed line by line by turns, as the text layer of a PDF often gives them: the lines in reading order.

`pdftotext` parts with an empty line what it takes for blocks. Where lines stand wide apart it takes each for a block of its
own, and gives a line of the first column, one of the second, one of the third, and begins again: A1, B1, C1, A2, B2, C2.
A turn may miss a column (a picture stands there, another article is set closer), and lines that did hang together stand
together. A line that has those of two columns, a blank apart, is taken as it is.

Lines are given to columns one after the other. The columns wait for their next line in the order in which they had
their last one, so that a line that takes its turn costs nothing, one that leaves others out costs something, and so does
one that begins a column; what the words at the seam and the widths tell is added (`ties`). Of all the ways to give them
so far the best few are kept (a beam search). Nothing is done where lines go on in the next one, as they do elsewhere.
"""

from bisect import bisect, bisect_left
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple, TypeAlias

from edition.infer.gutters import Part
from edition.infer.measure import LEAST, WIDEST
from edition.infer.ties import Edge, Ties, edge, measure_told
from edition.words import Dictionary

LEAST_LINES = 24  # that stand alone, for there to be turns
MOST_RUNS = 1000  # of lines without an empty one; a page of more is no newspaper
TIED = 0.0  # log-odds from which the words at a seam tell that a line goes on
LEAST_TIED = 8  # lines that go on in another than the next
OFTENER = 2  # times as many as go on in the next
TURN = 6  # lines ahead that are looked at for that
BEGIN = 3.0  # what it costs that a column begins
ALONE = 2.0  # that a line begins one which is as wide as few others
ENDED = -2.0  # for a column to go on behind such a line
ALIKE = 0.5  # em by which lines differ that are equally wide
MANY = 8  # lines
LEFT_OUT = 1.5  # that a turn misses a column
AGAIN = 0.1  # that it misses it again
GONE = 5  # turns without a line after which a column is at its foot
LONE = 4  # of these a headline has missed
WAITING = 12  # columns
FAR = 10  # units ahead in which a column's next line may stand
KEPT = 40  # ways that are kept
ABOVE = 1.5  # units behind a column's head
MEASURED = 3  # last lines that tell a column's measure


class Unit(NamedTuple):
    """Lines that stand together."""

    parts: tuple[Part, ...]
    first: Edge
    last: Edge
    measure: float  # em, of its last lines
    usual: bool  # whether its first line is as wide as many lines of the page are
    goes_on: bool  # whether its last one is
    apart: bool  # whether an empty line stands before it


class Waiting(NamedTuple):
    """A column that may go on."""

    unit: int  # its last one
    measure: float  # em
    lines: int
    missed: int  # turns


class Way(NamedTuple):
    """One way to give the units so far to columns."""

    odds: float
    columns: tuple[Waiting, ...]  # whose turn is next first
    ties: "Tied | None"


Tied: TypeAlias = tuple[int, int, "Tied | None"]  # a unit, the one that goes on there, those before


def by_turns(lines: Sequence[str], dictionary: Dictionary) -> list[Part] | None:
    """The lines that have text in reading order, as parts; None if no columns are printed by turns."""
    runs = list(_runs(lines))
    if sum(len(run) == 1 for run in runs) < LEAST_LINES or len(runs) > MOST_RUNS:
        return None
    units = list(_units(lines, runs))
    ties = Ties(lines, dictionary)
    if not _believed(units, ties):
        return None
    return list(_ordered(units, _tied(units, ties)))


def _runs(lines: Sequence[str]) -> Iterator[list[int]]:
    """The indexes of lines that no empty line parts."""
    for full, run in groupby(range(len(lines)), key=lambda at: bool(lines[at].strip())):
        if full:
            yield list(run)


def _units(lines: Sequence[str], runs: Sequence[Sequence[int]]) -> Iterator[Unit]:
    """The lines that stand together, cut behind each that is a headline by its width and its end."""
    edges = {at: edge(lines[at].strip()) for run in runs for at in run}
    widths = sorted(each.width for each in edges.values())
    for run in runs:
        first = 0
        for end, at in enumerate(run, 1):
            if end == len(run) or (edges[at].end == "bare" and not _is_usual(edges[at].width, widths)):
                own = [edges[each] for each in run[first:end]]
                parts = tuple(Part(each, 0, len(lines[each])) for each in run[first:end])
                measure = max(each.width for each in own[-MEASURED:])
                usual = _is_usual(own[0].width, widths), _is_usual(own[-1].width, widths)
                yield Unit(parts, own[0], own[-1], measure, *usual, first == 0)
                first = end


def _is_usual(width: float, widths: Sequence[float]) -> bool:
    """Whether many lines are as wide; widths in em, in order."""
    return bisect(widths, width + ALIKE) - bisect_left(widths, width - ALIKE) >= MANY


def _believed(units: Sequence[Unit], ties: Ties) -> bool:
    """Whether many lines go on, by the words at the seam, in one that is not the next, and few in the next."""
    near = far = 0
    for at, unit in enumerate(units):
        if len(unit.parts) > 1 or unit.last.end != "bare" or not LEAST <= unit.last.width <= WIDEST:
            continue
        tied = [ties.text(unit.last, other.first) >= TIED for other in units[at + 1 : at + 1 + TURN]]
        near += tied[:1] == [True]
        far += any(tied[1:]) and not tied[0]
    return far >= LEAST_TIED and far > OFTENER * near


def _tied(units: Sequence[Unit], ties: Ties) -> dict[int, int]:
    """In which unit each goes on."""
    ways = [Way(0.0, (), None)]
    for at, unit in enumerate(units):
        best: dict[tuple[int, ...], Way] = {}
        for way in ways:
            for each in _given(way, at, unit, units, ties):
                key = tuple(column.unit for column in each.columns)
                if key not in best or best[key].odds < each.odds:
                    best[key] = each
        ways = sorted(best.values(), key=lambda way: -way.odds)[:KEPT]
    out = {}
    tied = ways[0].ties
    while tied:
        out[tied[0]] = tied[1]
        tied = tied[2]
    return out


def _given(way: Way, at: int, unit: Unit, units: Sequence[Unit], ties: Ties) -> Iterator[Way]:
    """The ways in which a unit begins a column or goes to each of those that wait."""
    columns = tuple(column for column in way.columns if at - column.unit <= FAR)[-WAITING:]
    own = Waiting(at, unit.measure, len(unit.parts), _missed(unit))
    yield Way(way.odds - (BEGIN if unit.usual else ALONE), (*columns, own), way.ties)
    missed: tuple[Waiting, ...] = ()
    odds = way.odds
    for turn, column in enumerate(columns):
        last = units[column.unit].last
        told = ties.text(last, unit.first) + measure_told(last, unit.first, column.measure, column.lines)
        told += ENDED if last.end == "bare" and not units[column.unit].goes_on else 0.0
        measure = max(column.measure, unit.measure) if len(unit.parts) < MEASURED else unit.measure
        taken = Waiting(at, measure, column.lines + len(unit.parts), _missed(unit))
        yield Way(odds + told, (*missed, *columns[turn + 1 :], taken), (column.unit, at, way.ties))
        odds -= AGAIN if column.missed else LEFT_OUT
        if column.missed + 1 < GONE:
            missed = (*missed, column._replace(missed=column.missed + 1))


def _missed(unit: Unit) -> int:
    """The turns that a column has missed when it had this: behind a headline it waits no longer than for the next ones."""
    return LONE if unit.last.end == "bare" and not unit.goes_on else 0


def _ordered(units: Sequence[Unit], tied: dict[int, int]) -> Iterator[Part]:
    """The parts: each column from its head to its foot, in the order of their heads. A line that stands alone right
    behind the head of a column by turns comes before it: headlines stand above."""
    inner = set(tied.values())
    heads = [head for head in range(len(units)) if head not in inner]
    for head in sorted(heads, key=lambda at: at + ABOVE if tied.get(at, at) > at + 1 else at):
        at: int | None = head
        while at is not None:
            for number, part in enumerate(units[at].parts):
                yield part._replace(gap=int(at == head and not number and units[at].apart))
            at = tied.get(at)
