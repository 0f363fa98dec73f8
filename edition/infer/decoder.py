"""The likeliest sequence of roles and joins of a page, and the probability of each decision.

A log-linear chain over blocks. The state after a block is its role and which body blocks are still open: the last
one, and one that was left unfinished when another paragraph began. So a paragraph may go on after captions, credits,
headlines, pictures and the column of another article. The best path is found by the Viterbi algorithm, the
probabilities by forward and backward sums over the same lattice (Rabiner 1989, "A Tutorial on Hidden Markov Models";
Lafferty et al. 2001 for the log-linear form). Work grows linearly with the number of blocks.
"""

import heapq
import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from edition.infer.blocks import Block
from edition.infer.features import Places, Seen
from edition.infer.lists import Model, Reason, model
from edition.infer.looks import Look, look
from edition.infer.measure import Profile
from edition.words import Dictionary

REACH = 14  # blocks over which a paragraph may stay open
HOLD = 60  # blocks over which one may be held open beside another
CLOSED = -1
HOPELESS = 9.0  # log-odds under the best role of a block
UNTOLD = 0.8  # the highest probability of a join or break on a page without punctuation
MOST = 32  # states kept at a block; the sample pages never reach more
BEAM = 6.5  # log-odds under the best way to a block
UNFORMED = 30.0  # em: nothing longer is a byline or credit without having the form of one
SPAN = 330.0  # em: nothing longer is a caption


class Role(StrEnum):
    """What a block can be."""

    KICKER = "kicker"
    HEAD = "headline"
    SUB = "subtitle"
    CROSS = "crosshead"
    START = "paragraph"
    MORE = "continued"
    CAPTION = "caption"
    BYLINE = "byline"
    CREDIT = "credit"
    FURNITURE = "furniture"
    MARKUP = "markup"


HEADS = (Role.KICKER, Role.HEAD, Role.SUB)
BODY = (Role.START, Role.MORE)
ROLES: tuple[Role, ...] = tuple(role for role in Role if role is not Role.MARKUP)  # in the order of the weights


class State(NamedTuple):
    """The role of a block, and the body blocks that a later one could continue (or CLOSED)."""

    role: Role
    open: int
    held: int = CLOSED


_StepKey: TypeAlias = tuple[Role, str, bool, bool, bool]  # role before, gap, waiting, holding, resumed
Edge: TypeAlias = tuple[State, State, float, int]  # before, after, log-odds of taking it, the block that goes on


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided of one block."""

    block: Block
    role: Role
    cert: float  # probability of the role; of being body text for a paragraph
    continues: int | None  # index of the block whose paragraph goes on here
    join_cert: float | None  # probability that it goes on there; None where nothing was open
    join_reasons: tuple[Reason, ...]  # for and against going on
    role_reasons: tuple[Reason, ...] = ()  # for the role, against the next best


_START = State(Role.MARKUP, CLOSED)
_RATES = ("always", "join")  # how often things are so at all: no evidence, so no reason for a reader


class Lattice:
    """The states that a page can go through: what is possible, without any weight.

    A paragraph is held open beside another one only if what stands of it is surely no head, or ends a column.
    """

    def __init__(self, blocks: Sequence[Block], page: Profile, dictionary: Dictionary) -> None:
        self.looks = [look(block, punctuated=page.punctuated) for block in blocks]
        self.places = Places(self.looks, page, dictionary)
        self.page = page
        self.waits = [not seen.ended and not seen.block.markup for seen in self.looks]
        last = [not after or after.block.gap > 0 for after in (*self.looks[1:], None)]
        self.holds = [
            waits and (not seen.head or (end and seen.last in ("full", "near", "indent")))
            for waits, seen, end in zip(self.waits, self.looks, last)
        ]

    def roles(self, at: int) -> tuple[Role, ...]:
        """The roles that a block could have."""
        return possible(self.looks[at])

    def step(self, before: State, role: Role, joined: int, at: int) -> list[str]:
        """The names of what is seen of one role after another."""
        return _steps(before.role, role, self.gap(at), *self.left(before, joined))

    def left(self, before: State, joined: int) -> tuple[bool, bool, bool]:
        """Whether a step leaves an unfinished paragraph waiting, whether one is held open, and whether that is resumed."""
        waiting = before.open != CLOSED and self.waits[before.open] and joined != before.open
        holding = before.held != CLOSED
        return waiting, holding, holding and joined == before.held

    def gap(self, at: int) -> str:
        """Whether an empty line stands before a block, where that tells anything."""
        return "" if not self.page.spaced else ".gap" if self.looks[at].block.gap else ".run"

    def leave(self, state: State) -> list[str]:
        """The names of what is seen where the page ends."""
        waiting = state.open != CLOSED and self.waits[state.open]
        return [f"{state.role}>end", *(["waiting>end"] if waiting else [])]

    def after(self, before: State, role: Role, joined: int, at: int) -> State:
        """The state after a block."""
        held = before.held if at - before.held <= HOLD else CLOSED
        if role is Role.START:
            return State(role, at, before.open if before.open != CLOSED and self.holds[before.open] else held)
        if role is Role.MORE:
            if joined != before.held:
                return State(role, at, held)
            return State(role, at, before.open if before.open != CLOSED and self.holds[before.open] else CLOSED)
        return State(role, before.open if self._stays_open(before.open, role, at) else CLOSED, held)

    def _stays_open(self, left: int, role: Role, at: int) -> bool:
        """Whether a paragraph may go on after a block of another role: over heads only if it is surely no head."""
        if left == CLOSED or role is Role.BYLINE or at - left > REACH:
            return False
        return self.holds[left] if role in HEADS or role is Role.CROSS else self.waits[left]

    def joins(self, before: State, role: Role, at: int) -> tuple[int, ...]:
        """The blocks that a block of a role could continue; CLOSED for none."""
        if role is not Role.MORE:
            return (CLOSED,)
        if before.held in (CLOSED, before.open):
            return () if before.open == CLOSED else (before.open,)
        return (before.held,) if before.open == CLOSED else (before.open, before.held)


def _steps(
    before: Role, role: Role, gap: str, waiting: bool, holding: bool, resumed: bool
) -> list[str]:  # positional for the cache's sake
    out = [f"{before}>{role}"]
    if gap:
        out.append(f"{before}>{role}{gap}")
    if waiting:
        out.append(f"waiting>{role}")
    if holding:
        out.append("resumed" if resumed else f"holding>{role}")
    return out


@lru_cache(maxsize=64)
def _roles(*, markup: bool, head: bool, short: bool, caption: bool, form: bool) -> tuple[Role, ...]:
    if markup:
        return (Role.MARKUP,)
    ruled = {Role.BYLINE: short, Role.CREDIT: short, Role.FURNITURE: short or form, Role.CAPTION: caption}
    ruled |= dict.fromkeys((*HEADS, Role.CROSS), head)
    return tuple(role for role in ROLES if ruled.get(role, True))


def possible(seen: Look) -> tuple[Role, ...]:
    """The roles that a block could have by its length and form."""
    return _roles(
        markup=seen.block.markup,
        head=seen.head and seen.signed is None and seen.end != "stop",
        short=seen.form is not None
        or (seen.wide <= UNFORMED and not seen.commas and seen.end not in ("stop", "pause", "colon")),
        caption=seen.wide <= SPAN and seen.wide > 4,
        form=seen.form is not None,
    )


def decode(lattice: Lattice) -> tuple[Decision, ...]:
    """A decision for each block, in the order of the source."""
    if not lattice.looks:
        return ()
    return _Decoding(lattice, model(lattice.page.kind)).decisions()


class _Decoding:
    """One page being decoded."""

    def __init__(self, lattice: Lattice, weights: Model) -> None:
        self.lattice = lattice
        self.weights = weights
        self.seen = [lattice.places.role(at) for at in range(len(lattice.looks))]
        self.unary = [self._roles(at) for at in range(len(lattice.looks))]
        self.joins: dict[tuple[int, int], tuple[list[Seen], float]] = {}
        self.steps: dict[_StepKey, dict[Role, float]] = {}
        self.edges = self._edges()

    def decisions(self) -> tuple[Decision, ...]:
        path, chance = _best_path(self.edges), _probabilities(self.edges, self.weights.temper)
        return tuple(self._decision(at, path[at], chance[at]) for at in range(len(self.seen)))

    def _roles(self, at: int) -> dict[Role, float]:
        """The log-odds of each role that is not hopeless; the others would not change a probability visibly."""
        table = self.weights.roles
        roles = self.lattice.roles(at)
        if len(roles) == 1:
            return {roles[0]: 0.0}
        rows = [row for name in self.seen[at] if (row := table.get(name))]
        sums = [math.fsum(column) for column in zip(*rows)] or [0.0] * len(ROLES)
        scores = {role: sums[_PLACE[role]] for role in roles}
        best = max(scores.values())
        kept = {role: score for role, score in scores.items() if score > best - HOPELESS}
        return kept if Role.MORE not in kept else {Role.START: scores[Role.START], **kept}  # nothing may be open

    def _edges(self) -> list[list[Edge]]:
        """For each block the edges that lead to it, and at the end those that leave the page."""
        out = []
        states = {_START: 0.0}
        for at in range(len(self.unary)):
            edges, reached = self._edges_to(at, states)
            least = max(reached.values()) - BEAM
            kept = [entry for entry in reached.items() if entry[1] > least]
            states = dict(heapq.nlargest(MOST, kept, key=itemgetter(1)) if len(kept) > MOST else kept)
            out.append([edge for edge in edges if edge[1] in states])
        out.append([(state, _START, self._leave(state), CLOSED) for state in states])
        return out

    def _edges_to(self, at: int, states: dict[State, float]) -> tuple[list[Edge], dict[State, float]]:
        """The edges to a block, and the score of the best way to each state there."""
        lattice, gap = self.lattice, self.lattice.gap(at)
        edges: list[Edge] = []
        reached: dict[State, float] = {}
        for before, sofar in states.items():
            usual = self._step(before.role, gap, *lattice.left(before, CLOSED))
            for role, score in self.unary[at].items():
                if role is Role.MORE:
                    continue
                after, total = lattice.after(before, role, CLOSED, at), score + usual[role]
                edges.append((before, after, total, CLOSED))
                if sofar + total > reached.get(after, -math.inf):
                    reached[after] = sofar + total
            for joined in lattice.joins(before, Role.MORE, at) if Role.MORE in self.unary[at] else ():
                steps = self._step(before.role, gap, *lattice.left(before, joined))
                total = self.unary[at][Role.MORE] + steps[Role.MORE] + self._join(joined, at)[1]
                after = lattice.after(before, Role.MORE, joined, at)
                edges.append((before, after, total, joined))
                if sofar + total > reached.get(after, -math.inf):
                    reached[after] = sofar + total
        return edges, reached

    def _step(self, *key: *_StepKey) -> dict[Role, float]:
        """For each role the log-odds of coming after another one, as `_steps` names it."""
        known = self.steps.get(key)
        if known is None:
            before, gap, waiting, holding, resumed = key
            names = {role: _steps(before, role, gap, waiting, holding, resumed) for role in Role}
            known = {role: sum(self.weights.step.get(n, 0.0) for n in own) for role, own in names.items()}
            self.steps[key] = known
        return known

    def _leave(self, state: State) -> float:
        return sum(self.weights.step.get(name, 0.0) for name in self.lattice.leave(state))

    def _join(self, left: int, right: int) -> tuple[list[Seen], float]:
        known = self.joins.get((left, right))
        if known is None:
            seen = self.lattice.places.join(left, right)
            known = seen, sum(self.weights.join.get(item.name, 0.0) for item in seen)
            self.joins[left, right] = known
        return known

    def _decision(self, at: int, edge: Edge, chance: list[tuple[Edge, float]]) -> Decision:
        before, after, _, joined = edge
        role = after.role
        left = joined if joined != CLOSED else before.open
        same = sum(p for (_, state, _, _), p in chance if state.role is role)
        body = sum(p for (_, state, _, _), p in chance if state.role in BODY)
        goes_on = sum(p for (_, _, _, on), p in chance if on != CLOSED and on == left)
        asked = role in BODY and left != CLOSED
        return Decision(
            block=self.lattice.looks[at].block,
            role=role,
            cert=min(1.0, body if role in BODY else same),
            continues=joined if role is Role.MORE else None,
            join_cert=self._sure(goes_on) if asked else None,
            join_reasons=self._join_reasons(left, at) if asked else (),
            role_reasons=self._role_reasons(at, role) if role in HEADS or role is Role.CROSS else (),
        )

    def _sure(self, chance: float) -> float:
        """A probability of going on; without punctuation neither it nor its opposite is ever called sure."""
        most = 1.0 if self.lattice.page.punctuated else UNTOLD
        return min(most, max(1.0 - most, chance))

    def _role_reasons(self, at: int, role: Role) -> tuple[Reason, ...]:
        """What speaks for a role of a block against the next likeliest by itself."""
        others = {other: score for other, score in self.unary[at].items() if other is not role}
        if not others:
            return ()
        own, second = _PLACE[role], _PLACE[max(others, key=lambda other: others[other])]
        rows = ((name, self.weights.roles.get(name)) for name in self.seen[at])
        return tuple(Reason(name, row[own] - row[second]) for name, row in rows if row and name not in _RATES)

    def _join_reasons(self, left: int, right: int) -> tuple[Reason, ...]:
        seen, _ = self._join(left, right)
        named = (s for s in seen if s.name in self.weights.join and s.name not in _RATES)
        return tuple(Reason(s.name, self.weights.join[s.name], s.detail) for s in named)


_PLACE: dict[Role, int] = {role: at for at, role in enumerate(ROLES)}


def _best_path(lattice: Sequence[Sequence[Edge]]) -> list[Edge]:
    best: dict[State, float] = {_START: 0.0}
    came: list[dict[State, Edge]] = []
    for edges in lattice:
        here: dict[State, float] = {}
        by: dict[State, Edge] = {}
        for edge in edges:
            before, after, step, _ = edge
            score = best[before] + step
            if after not in here or score > here[after]:
                here[after], by[after] = score, edge
        best = here
        came.append(by)
    path = [came[-1][_START]]
    for by in reversed(came[:-1]):
        path.append(by[path[-1][0]])
    return path[::-1][:-1]


def _probabilities(lattice: Sequence[Sequence[Edge]], temper: float) -> list[list[tuple[Edge, float]]]:
    """For each block the probability of each edge that leads to it.

    All log-odds are divided by `temper`, so that what is called 0.9 is right nine times in ten on typeset pages of
    texts that the weights were not fitted on (temperature scaling, Guo and others 2017). Sums are scaled at every block, so that
    nothing overflows on long pages (Rabiner 1989, section V.A).
    """
    forward: list[dict[State, float]] = [{_START: 1.0}]
    odds: list[list[float]] = []
    for edges in lattice:
        top = max(step for _, _, step, _ in edges)
        here: dict[State, float] = {}
        odds.append([math.exp((step - top) / temper) for _, _, step, _ in edges])
        last = forward[-1]
        for (before, after, _, _), odd in zip(edges, odds[-1]):
            here[after] = here.get(after, 0.0) + last[before] * odd
        forward.append(_scaled(here))
    backward: dict[State, float] = {_START: 1.0}
    out: list[list[tuple[Edge, float]]] = []
    for at in range(len(lattice) - 1, -1, -1):
        last = forward[at]
        earlier: dict[State, float] = {}
        weighed: list[tuple[Edge, float]] = []
        for edge, odd in zip(lattice[at], odds[at]):
            later = odd * backward.get(edge[1], 0.0)  # 0 where all ways on were given up
            weighed.append((edge, last[edge[0]] * later))
            earlier[edge[0]] = earlier.get(edge[0], 0.0) + later
        whole = sum(weight for _, weight in weighed) or 1.0
        out.append([(edge, weight / whole) for edge, weight in weighed])
        backward = _scaled(earlier)
    return out[::-1][:-1]


def _scaled(sums: dict[State, float]) -> dict[State, float]:
    """The same with the largest 1."""
    top = max(sums.values()) or 1.0
    return {state: value / top for state, value in sums.items()}
