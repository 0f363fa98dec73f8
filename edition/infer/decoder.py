"""The likeliest sequence of roles and joins of a page, and the probability of each decision.

A log-linear chain over blocks. The state after a block is its role and which body blocks are still open: the last
one, and one that was left unfinished when another paragraph began. So a paragraph may go on after captions, credits,
headlines, pictures and the column of another article. The best path is found by the Viterbi algorithm, the
probabilities by forward and backward sums over the same lattice (Rabiner 1989, "A Tutorial on Hidden Markov Models";
Lafferty et al. 2001 for the log-linear form). Work grows linearly with the number of blocks.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from edition.infer.blocks import Block
from edition.infer.features import Places, Seen
from edition.infer.lists import Model, Reason, model
from edition.infer.looks import Look, look
from edition.infer.measure import Profile
from edition.words import Dictionary

REACH = 14  # blocks over which a paragraph may stay open
CLOSED = -1
HOPELESS = 12.0  # log-odds under the best role of a block
BEAM = 12.0  # log-odds under the best way to a block
FORMED = 30.0  # em: nothing longer is a byline or credit
SPAN = 330.0  # em: nothing longer is a caption


class Role(Enum):
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


class Edge(NamedTuple):
    """A way from one state to the next, with the log-odds of taking it."""

    before: State
    after: State
    score: float
    joined: int = CLOSED  # the block that goes on


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


class Lattice:
    """The states that a page can go through: what is possible, without any weight.

    A paragraph is held open beside another one only if what stands of it is surely no head.
    """

    def __init__(self, blocks: Sequence[Block], page: Profile, dictionary: Dictionary) -> None:
        self.looks = [look(block, punctuated=page.punctuated) for block in blocks]
        self.places = Places(self.looks, page, dictionary)
        self.page = page
        self.waits = [not seen.ended and not seen.block.markup for seen in self.looks]
        self.holds = [waits and not seen.head for waits, seen in zip(self.waits, self.looks)]

    def roles(self, at: int) -> tuple[Role, ...]:
        """The roles that a block could have."""
        return possible(self.looks[at])

    def step(self, before: State, role: Role, joined: int, at: int) -> list[str]:
        """The names of what is seen of one role after another."""
        gap = "" if not self.page.spaced else ".gap" if self.looks[at].block.gap else ".run"
        out = [f"{before.role.value}>{role.value}", f"{before.role.value}>{role.value}{gap}" if gap else ""]
        if before.open != CLOSED and self.waits[before.open] and joined != before.open:
            out.append(f"waiting>{role.value}")
        if joined != CLOSED and joined == before.held:
            out.append("resumed")
        return [name for name in out if name]

    def leave(self, state: State) -> list[str]:
        """The names of what is seen where the page ends."""
        waiting = state.open != CLOSED and self.waits[state.open]
        return [f"{state.role.value}>end", *(["waiting>end"] if waiting else [])]

    def after(self, before: State, role: Role, joined: int, at: int) -> State:
        """The state after a block."""
        held = before.held if at - before.held <= 2 * REACH else CLOSED
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
        return tuple(dict.fromkeys(at for at in (before.open, before.held) if at != CLOSED))


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
        short=seen.form is not None or (seen.wide <= FORMED and not seen.commas and seen.end not in ("stop", "pause")),
        caption=seen.wide <= SPAN and seen.wide > 4,
        form=seen.form is not None,
    )


def decode(lattice: Lattice) -> tuple[Decision, ...]:
    """A decision for each block, in the order of the source."""
    if not lattice.looks:
        return ()
    return _Decoding(lattice, model(wrapped=lattice.page.wrapped)).decisions()


class _Decoding:
    """One page being decoded."""

    def __init__(self, lattice: Lattice, weights: Model) -> None:
        self.lattice = lattice
        self.weights = weights
        self.seen = [lattice.places.role(at) for at in range(len(lattice.looks))]
        self.unary = [self._roles(at) for at in range(len(lattice.looks))]
        self.joins: dict[tuple[int, int], tuple[list[Seen], float]] = {}
        self.edges = self._edges()

    def decisions(self) -> tuple[Decision, ...]:
        path, chance = _best_path(self.edges), _probabilities(self.edges)
        return tuple(self._decision(at, path[at], chance[at]) for at in range(len(self.seen)))

    def _roles(self, at: int) -> dict[Role, float]:
        """The log-odds of each role that is not hopeless; the others would not change a probability visibly."""
        table = self.weights.roles
        roles = self.lattice.roles(at)
        if len(roles) == 1:
            return {roles[0]: 0.0}
        sums = [0.0] * len(ROLES)
        for name in self.seen[at]:
            if row := table.get(name):
                sums = [a + b for a, b in zip(sums, row)]
        scores = {role: sums[_PLACE[role]] for role in roles}
        best = max(scores.values())
        kept = {role: score for role, score in scores.items() if score > best - HOPELESS}
        return kept if Role.MORE not in kept else {Role.START: scores[Role.START], **kept}  # nothing may be open

    def _edges(self) -> list[list[Edge]]:
        """For each block the edges that lead to it, and at the end those that leave the page."""
        lattice, out = self.lattice, []
        states = {_START: 0.0}
        for at, roles in enumerate(self.unary):
            edges = []
            reached: dict[State, float] = {}
            for before, sofar in states.items():
                for role, score in roles.items():
                    for joined in lattice.joins(before, role, at):
                        after = lattice.after(before, role, joined, at)
                        step = score + self._step(before, role, joined, at)
                        edges.append(Edge(before, after, step, joined))
                        if after not in reached or sofar + step > reached[after]:
                            reached[after] = sofar + step
            least = max(reached.values()) - BEAM
            states = {after: score for after, score in reached.items() if score > least}
            out.append([edge for edge in edges if edge.after in states])
        out.append([Edge(state, _START, self._leave(state)) for state in states])
        return out

    def _step(self, before: State, role: Role, joined: int, at: int) -> float:
        step = self.weights.step
        score = sum(step.get(name, 0.0) for name in self.lattice.step(before, role, joined, at))
        return score + (self._join(joined, at)[1] if joined != CLOSED else 0.0)

    def _leave(self, state: State) -> float:
        return sum(self.weights.step.get(name, 0.0) for name in self.lattice.leave(state))

    def _join(self, left: int, right: int) -> tuple[list[Seen], float]:
        known = self.joins.get((left, right))
        if known is None:
            seen = self.lattice.places.join(left, right)
            known = seen, sum(self.weights.join.get(item.name, 0.0) for item in seen)
            self.joins[left, right] = known
        return known

    def _decision(self, at: int, edge: Edge, chance: dict[tuple[State, int, int], float]) -> Decision:
        role, was_open = edge.after.role, edge.before.open
        same = sum(p for (state, _, _), p in chance.items() if state.role is role)
        body = sum(p for (state, _, _), p in chance.items() if state.role in BODY)
        left = edge.joined if edge.joined != CLOSED else was_open
        goes_on = sum(p for (_, _, joined), p in chance.items() if joined != CLOSED and joined == left)
        asked = role in BODY and left != CLOSED
        return Decision(
            block=self.lattice.looks[at].block,
            role=role,
            cert=min(1.0, body if role in BODY else same),
            continues=edge.joined if role is Role.MORE else None,
            join_cert=min(1.0, goes_on) if asked else None,
            join_reasons=self._join_reasons(left, at) if asked else (),
            role_reasons=self._role_reasons(at, role) if role in HEADS or role is Role.CROSS else (),
        )

    def _role_reasons(self, at: int, role: Role) -> tuple[Reason, ...]:
        """What speaks for a role of a block against the next likeliest by itself."""
        others = {other: score for other, score in self.unary[at].items() if other is not role}
        if not others:
            return ()
        own, second = _PLACE[role], _PLACE[max(others, key=lambda other: others[other])]
        rows = ((name, self.weights.roles.get(name)) for name in self.seen[at])
        return tuple(Reason(name, row[own] - row[second]) for name, row in rows if row)

    def _join_reasons(self, left: int, right: int) -> tuple[Reason, ...]:
        seen, _ = self._join(left, right)
        return tuple(Reason(s.name, self.weights.join[s.name], s.detail) for s in seen if s.name in self.weights.join)


_PLACE: dict[Role, int] = {role: at for at, role in enumerate(ROLES)}


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
    path = [came[-1][_START]]
    for by in reversed(came[:-1]):
        path.append(by[path[-1].before])
    return path[::-1][:-1]


def _probabilities(lattice: Sequence[Sequence[Edge]]) -> list[dict[tuple[State, int, int], float]]:
    """For each block the probability of (state, block that was open before it, block that it continues)."""
    forward: list[dict[State, float]] = [{_START: 0.0}]
    for edges in lattice:
        forward.append(_sums((edge.after, forward[-1][edge.before] + edge.score) for edge in edges))
    backward: dict[State, float] = {_START: 0.0}
    whole = forward[-1][_START]
    out: list[dict[tuple[State, int, int], float]] = []
    for at in range(len(lattice) - 1, -1, -1):
        here: dict[tuple[State, int, int], float] = {}
        for edge in lattice[at]:
            if edge.after not in backward:  # pruned farther on
                continue
            log = forward[at][edge.before] + edge.score + backward[edge.after] - whole
            key = (edge.after, edge.before.open, edge.joined)
            here[key] = here.get(key, 0.0) + math.exp(min(0.0, log))
        out.append(here)
        backward = _sums(
            (edge.before, edge.score + backward[edge.after]) for edge in lattice[at] if edge.after in backward
        )
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
