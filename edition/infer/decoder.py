"""The likeliest sequence of roles and joins of a page, and the probability of each decision.

A log-linear chain over blocks. The state after a block is its role and which body block is still open, so that a
paragraph may go on after captions, credits, headlines and pictures. The best path is found by the Viterbi algorithm,
the probabilities by forward and backward sums over the same lattice (Rabiner 1989, "A Tutorial on Hidden Markov
Models"; Lafferty et al. 2001 for the log-linear form). Work grows linearly with the number of blocks.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from edition.infer.blocks import Block
from edition.infer.evidence import begins_closed, begins_continued, ends_sentence, signature, special_form
from edition.infer.lists import Reason, total, weights
from edition.infer.measure import Profile
from edition.infer.rulings import NO_RULINGS, Rulings
from edition.infer.scores import MANY_GAPS, Neighbours, Role, join_reasons, role_reasons, series_form
from edition.words import Dictionary

REACH = 8  # blocks over which a paragraph may stay open
CLOSED = -1
HOPELESS = 14.0  # log-odds under the best role of a block


class State(NamedTuple):
    """The role of a block, and the body block that a later one could continue (or CLOSED)."""

    role: Role
    open: int


class Edge(NamedTuple):
    """A way from one state to the next, with the log-odds of taking it."""

    before: State
    after: State
    score: float


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided of one block."""

    block: Block
    role: Role
    cert: float  # probability of the role; of role and join for a continuation
    continues: int | None  # index of the block whose paragraph goes on here
    join_cert: float | None  # probability that it goes on; None where nothing was open
    join_reasons: tuple[Reason, ...]  # for and against going on


_START = State(Role.MARKUP, CLOSED)


def decode(
    blocks: Sequence[Block], page: Profile, dictionary: Dictionary, ruled: Rulings = NO_RULINGS
) -> tuple[Decision, ...]:
    """A decision for each block, in the order of the source; `ruled` is the editor's word."""
    if not blocks:
        return ()
    scores = [role_reasons(block, page, _around(blocks, at)) for at, block in enumerate(blocks)]
    scores = [ruled.roles(block, reasons) for block, reasons in zip(blocks, scores)]  # editor

    @cache
    def joins(left: int, right: int) -> tuple[Reason, ...]:
        passed = sum(not block.markup for block in blocks[left + 1 : right])
        return join_reasons(blocks[left], blocks[right], page, dictionary, passed)

    lattice = _lattice(blocks, scores, joins, ruled)
    path = _best_path(lattice)
    chance = _probabilities(lattice)
    return tuple(_decision(blocks, at, path, chance[at], joins, ruled) for at in range(len(blocks)))


def _around(blocks: Sequence[Block], at: int) -> Neighbours:
    after = blocks[at + 1] if at + 1 < len(blocks) else None
    form = series_form(blocks[at])
    return Neighbours(
        credit_follows=after is not None and after.gap <= 1 and special_form(after.text) == "credit",
        gap_beside=blocks[at].gap >= MANY_GAPS or (after is not None and after.gap >= MANY_GAPS),
        goes_on_after=after is not None and (begins_continued(after.text) or begins_closed(after.text)),
        in_series=form is not None and any(_alike(blocks[at], b) for b in blocks if b is not blocks[at]),
    )


def _alike(one: Block, other: Block) -> bool:
    """Whether two short lines have the same marks and about the same width."""
    widths = sorted((sum(one.widths), sum(other.widths)))
    return series_form(one) == series_form(other) and widths[0] >= 0.66 * widths[1]


Scores = Sequence[dict[Role, tuple[Reason, ...]]]
Joins = Callable[[int, int], tuple[Reason, ...]]


def _lattice(blocks: Sequence[Block], scores: Scores, joins: Joins, ruled: Rulings) -> list[list[Edge]]:
    """For each block the edges that lead to it, with the score of its role in them."""
    lattice: list[list[Edge]] = []
    states = [_START]
    waits = [_unfinished(block) and not ruled.awaited(block.index) for block in blocks]  # editor
    for at in range(len(blocks)):
        own = _possible({role: total(reasons) for role, reasons in scores[at].items()})
        edges = []
        for before in states:
            for role, score in own.items():
                left = ruled.goes_on(at, before.open)  # editor
                if role is Role.MORE and (left == CLOSED or not ruled.may_join(left, at)):
                    continue
                state = State(role, _open_after(role, before.open, at))
                step = _step(before, role, at, waiting=before.open != CLOSED and waits[before.open])
                if role is Role.MORE:
                    step += total(joins(left, at))
                edges.append(Edge(before, state, score + step))
        lattice.append(edges)
        states = list(dict.fromkeys(edge.after for edge in edges))
    last = len(blocks) - 1
    lattice.append([Edge(state, _START, _leave(waits, state, last)) for state in states])
    return lattice


def _possible(scores: dict[Role, float]) -> dict[Role, float]:
    """The roles that are not hopeless: the others would not change a probability in its sixth place."""
    best = max(scores.values())
    return {role: score for role, score in scores.items() if score > best - HOPELESS}


def _open_after(role: Role, was_open: int, at: int) -> int:
    if role in (Role.START, Role.MORE):
        return at
    if role is Role.BYLINE or at - was_open > REACH:
        return CLOSED
    return was_open


def _unfinished(block: Block) -> bool:
    return not ends_sentence(block.text) and signature(block.text) is None


def _step(before: State, role: Role, at: int, *, waiting: bool) -> float:
    """The log-odds of one role after another, and of leaving a paragraph unfinished."""
    weigh, score = weights(), 0.0
    match before.role, role:
        case (Role.HEAD, Role.START):
            score += weigh["sequence.headbody"][0]
        case (Role.HEAD, Role.HEAD):
            score += weigh["sequence.headhead"][0]
        case (Role.CAPTION, Role.CREDIT):
            score += weigh["sequence.captioncredit"][0]
        case (_, Role.CREDIT):
            score += weigh["sequence.creditalone"][0]
    if at == 0 and role is Role.BYLINE:
        score += weigh["sequence.bylinefirst"][0]
    if waiting and role is Role.HEAD and before.role is not Role.HEAD:
        score += weigh["sequence.headopen"][0]
    if waiting and role is Role.CAPTION:
        score += weigh["sequence.captionopen"][0]
    if waiting and (role in (Role.START, Role.BYLINE) or (role is not Role.MORE and at - before.open > REACH)):
        score += weigh["sequence.unfinished"][0]
    return score


def _leave(waits: Sequence[bool], state: State, last: int) -> float:
    """The log-odds of the page ending here."""
    waiting = state.open != CLOSED and waits[state.open]
    score = weights()["sequence.unfinished"][0] if waiting else 0.0
    return score + (weights()["sequence.headlast"][0] if state.role is Role.HEAD and last else 0.0)


def _best_path(lattice: Sequence[Sequence[Edge]]) -> list[Edge]:
    best: dict[State, float] = {_START: 0.0}
    came: list[dict[State, Edge]] = []
    for edges in lattice:
        here: dict[State, float] = {}
        by: dict[State, Edge] = {}
        for edge in edges:
            score = best[edge.before] + edge.score
            if edge.after not in here or score > here[edge.after]:
                here[edge.after], by[edge.after] = score, edge
        best = here
        came.append(by)
    path, state = [], _START
    for by in reversed(came):
        path.append(by[state])
        state = by[state].before
    return path[::-1][:-1]


def _probabilities(lattice: Sequence[Sequence[Edge]]) -> list[dict[tuple[State, int], float]]:
    """For each block the probability of (state, block that was open before it)."""
    forward: list[dict[State, float]] = [{_START: 0.0}]
    for edges in lattice:
        forward.append(_sums((edge.after, forward[-1][edge.before] + edge.score) for edge in edges))
    backward: dict[State, float] = {_START: 0.0}
    whole = forward[-1][_START]
    out: list[dict[tuple[State, int], float]] = []
    for at in range(len(lattice) - 1, -1, -1):
        here: dict[tuple[State, int], float] = {}
        for edge in lattice[at]:
            log = forward[at][edge.before] + edge.score + backward[edge.after] - whole
            key = (edge.after, edge.before.open)
            here[key] = here.get(key, 0.0) + math.exp(min(0.0, log))
        out.append(here)
        backward = _sums((edge.before, edge.score + backward[edge.after]) for edge in lattice[at])
    return out[::-1][:-1]


def _sums(terms: Iterable[tuple[State, float]]) -> dict[State, float]:
    """log of the sum of exponentials for each state."""
    groups: dict[State, list[float]] = {}
    for state, log in terms:
        groups.setdefault(state, []).append(log)
    return {state: _log_sum(logs) for state, logs in groups.items()}


def _log_sum(logs: Sequence[float]) -> float:
    top = max(logs)
    return top + math.log(sum(math.exp(log - top) for log in logs))


def _decision(
    blocks: Sequence[Block],
    at: int,
    path: Sequence[Edge],
    chance: dict[tuple[State, int], float],
    joins: Joins,
    ruled: Rulings,
) -> Decision:
    edge = path[at]
    role, was_open = edge.after.role, ruled.goes_on(at, edge.before.open)  # editor
    same = sum(p for (state, _), p in chance.items() if state.role is role)
    body = sum(p for (state, _), p in chance.items() if state.role in (Role.START, Role.MORE))
    goes_on = sum(
        p for (state, opened), p in chance.items() if state.role is Role.MORE and ruled.goes_on(at, opened) == was_open
    )
    is_body = role in (Role.START, Role.MORE)
    return Decision(
        block=blocks[at],
        role=role,
        cert=min(1.0, body if is_body else same),
        continues=was_open if role is Role.MORE else None,
        join_cert=min(1.0, goes_on) if is_body and was_open != CLOSED else None,
        join_reasons=joins(was_open, at) if is_body and was_open != CLOSED else (),
    )
