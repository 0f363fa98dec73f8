"""Inside a run of hard-wrapped lines: where do blocks begin? One chain over the lines decides for all of them.

A line is the first, an inner or the last line of a column paragraph of one of the page's measures, a paragraph of one
line, or display type. A first line is two em short (the lost indent), inner lines are full, a last line is any width
and ends a sentence, display type ignores the measure. The cheapest sequence is found by dynamic programming, so that a
single odd line does not tear a paragraph apart. Costs stand in data/weights.toml under [rows]; they are negative
log-odds. Measures are found from neighbouring lines of one width, so that a caption set beside its picture has its own.
"""

from collections import Counter
from collections.abc import Sequence
from enum import Enum
from itertools import pairwise
from typing import NamedTuple

from edition.infer.evidence import ends_in_pause, ends_sentence, signature, special_form
from edition.infer.lists import weights
from edition.model.widths import em_width

FULL = 1.2  # em by which a full line may differ from its measure
INDENT = (1.2, 3.2)  # em by which a lost or kept indent shortens a first line
KEPT = 1.0  # em of white space from which an indent is kept; two ASCII blanks are one
ALIKE = 0.5  # em between neighbouring lines of one measure
MEASURES = 4  # at most, for one run


class Kind(Enum):
    """What a line is within its block."""

    FIRST = "first"
    INNER = "inner"
    LAST = "last"
    ONLY = "only"
    DISPLAY = "display"


class State(NamedTuple):
    """A kind of line in a column of one measure (0 for display type)."""

    kind: Kind
    measure: float
    usual: bool = True  # whether it is the page's measure


class Seen(NamedTuple):
    """What is seen of a line."""

    width: float  # em
    indent: float  # em of white space kept at its start
    terminal: bool  # ends a sentence
    pause: bool  # ends in a comma
    special: bool  # a byline, credit or furniture by its form, or marked as a heading


_OPEN = (Kind.FIRST, Kind.INNER)


def seen(text: str, indent: float, marked: bool) -> Seen:
    """What is seen of a line of reading text."""
    ended = ends_sentence(text) or signature(text) is not None
    return Seen(em_width(text), indent, ended, ends_in_pause(text), marked or special_form(text) is not None)


def beginnings(rows: Sequence[Seen], measure: float, usual: float, *, indents_kept: bool) -> set[int]:
    """The indices of the rows at which blocks begin. `measure` is that of the run, `usual`
    that of the page, both in em."""
    measures = _measures([row.width for row in rows], measure)
    states = [
        State(kind, m, abs(m - usual) <= FULL)
        for m in measures
        for kind in (Kind.FIRST, Kind.INNER, Kind.LAST, Kind.ONLY)
    ]
    states.append(State(Kind.DISPLAY, 0.0))
    best = {state: _enter(state) for state in states if state.kind is not Kind.LAST}
    best = {state: cost + _cost(rows[0], state, indents_kept) for state, cost in best.items()}
    back: list[dict[State, State]] = []
    for row in rows[1:]:
        closed = min(best, key=lambda state: best[state] + (0 if state.kind not in _OPEN else _weight("unended")))
        here: dict[State, float] = {}
        came: dict[State, State] = {}
        for state in states:
            options = [
                (
                    best[closed] + (0 if closed.kind not in _OPEN else _weight("unended")) + _enter(state),
                    closed,
                )
            ]
            if state.kind in (Kind.INNER, Kind.LAST):
                options = [
                    (best[before], before)
                    for before in best
                    if before.kind in _OPEN and before.measure == state.measure
                ]
                if state.kind is Kind.INNER:  # a column that goes on from another
                    options.append((best[closed] + _enter(state) + _weight("resumed"), closed))
            cost, before = min(options, key=lambda option: option[0])
            here[state], came[state] = cost + _cost(row, state, indents_kept), before
        best = here
        back.append(came)
    path = [min(best, key=lambda state: best[state])]
    for came in reversed(back):
        path.append(came[path[-1]])
    path.reverse()
    return {at for at, state in enumerate(path) if at == 0 or _begins(path[at - 1], state, rows[at - 1], rows[at])}


def _begins(before: State, here: State, above: Seen, row: Seen) -> bool:
    """Whether a block begins at a line."""
    if above.special or row.special:
        return True
    if here.kind is Kind.DISPLAY:
        return before.kind is not Kind.DISPLAY
    return here.kind in (Kind.FIRST, Kind.ONLY) or before.kind not in _OPEN or before.measure != here.measure


def _weight(name: str) -> float:
    return weights()[f"rows.{name}"][0]


def _enter(state: State) -> float:
    """The cost of beginning a block in another measure than the page's."""
    return 0.0 if state.usual else _weight("other_measure")


def _measures(widths: Sequence[float], measure: float) -> list[float]:
    """The page's measure and those that neighbouring lines agree on, the commonest first."""
    pairs = Counter(round(max(a, b) * 2) / 2 for a, b in pairwise(widths) if abs(a - b) <= ALIKE and a >= 5)
    out = [measure]
    for value, _ in pairs.most_common():
        if all(abs(value - known) > 2 * FULL for known in out) and len(out) < MEASURES:
            out.append(value)
    return out


def _cost(row: Seen, state: State, indents_kept: bool) -> float:
    if row.special:
        return 0.0 if state.kind is Kind.DISPLAY else _weight("special")
    if state.kind is Kind.DISPLAY:
        return _display_cost(row)
    missing = state.measure - row.width - (row.indent if indents_kept else 0.0)
    full = abs(missing) <= FULL
    indent = _indent_cost(row, state, indents_kept)
    match state.kind:
        case Kind.FIRST:
            short = indents_kept and row.indent >= KEPT and full
            lost = not indents_kept and INDENT[0] <= missing <= INDENT[1]
            return indent + (0.0 if short or lost else _weight("first_full") if full else _weight("misfit"))
        case Kind.INNER:
            return indent + (0.0 if full else _weight("misfit"))
        case Kind.LAST:
            return indent + _end_cost(row, missing, full=full, usual=state.usual)
        case Kind.ONLY:
            return indent + _weight("only") + _end_cost(row, missing, full=full, usual=state.usual)
    raise AssertionError(state)


def _display_cost(row: Seen) -> float:
    cost = _weight("display")
    if row.terminal:
        cost += _weight("display_terminal")
    if row.pause:
        cost += _weight("display_pause")
    return cost


def _end_cost(row: Seen, missing: float, *, full: bool, usual: bool) -> float:
    """The cost of ending a paragraph with this line; captions, which have measures of their own, often end so."""
    if missing < -FULL:
        return _weight("misfit")
    if row.terminal:
        return 0.0
    return _weight("cut_full") if full else _weight("cut_short" if usual else "caption_end")


def _indent_cost(row: Seen, state: State, indents_kept: bool) -> float:
    """The cost of an indent where none belongs, and of none where one is kept."""
    has = row.indent >= KEPT
    if state.kind in (Kind.FIRST, Kind.ONLY):
        return _weight("no_indent") if indents_kept and not has else 0.0
    return _weight("stray_indent") if has else 0.0
