"""The likeliest sequence of roles and joins of a page, and the probability of each decision.

A log-linear chain over blocks, whose states are those of the lattice. The best path is found by the Viterbi algorithm,
the probabilities by forward and backward sums over the same edges (Rabiner 1989, "A Tutorial on Hidden Markov Models";
Lafferty et al. 2001 for the log-linear form). Work grows linearly with the number of blocks.
"""

import heapq
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from typing import TypeAlias

from edition.infer.blocks import Block
from edition.infer.features import Places
from edition.infer.lattice import BODY, CLOSED, HEADS, PLACE, START, Lattice, Open, Role, State, Step, step_names
from edition.infer.lists import Model, Reason, calibrated, model, unpacked

HOPELESS = 900  # hundredths of log-odds under the best role of a block
UNTOLD = 0.8  # the highest probability of a join or break on a page without punctuation
MOST = 16  # states kept at a block; with 32 the scores of 120 typeset pages were the same to four digits
# States kept on a whole page, as long as FEW at a block are no more: from 625 blocks on fewer than MOST, so that no page
# takes long. The longest of 66 typeset pages, the blind and the sample pages has 211 blocks.
ALL = 10_000
FEW = 4
NEVER = -(10**9)
BEAM = 650  # hundredths of log-odds under the best way to a block


Reasons: TypeAlias = Callable[[], tuple[Reason, ...]]  # worked out when they are asked for


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided of one block."""

    block: Block
    role: Role
    chance: float  # what the model thinks of the role; of being body text for a paragraph
    cert: float  # what is stated of that
    continues: int | None  # index of the block whose paragraph goes on here
    join_cert: float | None  # probability that it goes on there; None where nothing was open
    join_reasons: Reasons  # for and against going on
    role_reasons: Reasons  # for the role, against the next best


_MORE = PLACE[Role.MORE]
_RATES = ("always", "join")  # how often things are so at all: no evidence, so no reason for a reader


def decode(lattice: Lattice) -> tuple[Decision, ...]:
    """A decision for each block, in the order of the source."""
    if not lattice.looks:
        return ()
    return _Decoding(lattice, model(lattice.page.kind)).decisions()


_Steps: TypeAlias = tuple[tuple[int, ...], ...]  # at the PLACE of a role the weights of those that come after it


@cache
def _steps(kind: str, step: Step) -> _Steps:
    """What is seen of a step, added up by the weights."""
    table = model(kind).step
    return tuple(
        tuple([sum([table.get(name, 0) for name in step_names(before, role, step)]) for role in PLACE])
        for before in PLACE
    )


class _Weighed:
    """What is seen of a page's blocks and seams, added up by the weights; worked out when it is first asked for."""

    def __init__(self, places: Places, weights: Model) -> None:
        self.places = places
        self.weights = weights
        blocks = range(len(places.looks))
        self.seen = [places.role(at) for at in blocks]
        self.sums = [self._sums(names) for names in self.seen]  # in the order of ROLES
        self.feet = [self._weight(places.foot(at)) for at in blocks]
        self.tops = [self._weight(places.top(at)) for at in blocks]
        self.joins: dict[tuple[int, int], int] = {}

    def _sums(self, names: Iterable[str]) -> list[int]:
        table = self.weights.packed
        return unpacked(sum([table.get(name, 0) for name in names]))

    def _weight(self, names: Iterable[str]) -> int:
        """Of what is seen of a seam."""
        table = self.weights.join
        return sum([table.get(name, 0) for name in names])

    def join(self, left: int, right: int) -> int:
        """The weight of going on."""
        known = self.joins.get((left, right))
        if known is None:
            both = self._weight(self.places.seam(left, right))
            known = self.joins[left, right] = self.feet[left] + self.tops[right] + both
        return known


@lru_cache(maxsize=2)
def _weighed(places: Places, kind: str) -> _Weighed:
    """No editor's word changes it, so at the desk a page is weighed once."""
    return _Weighed(places, model(kind))


class _Node:
    """A state at one block with the ways that lead to it."""

    __slots__ = ("backward", "best", "edges", "forward", "state")

    def __init__(self, state: State, best: int) -> None:
        self.state = state
        self.best = best  # the weight of the best way to it
        self.forward = 0.0  # odds of all ways to it, counted from the likeliest node of its block
        self.backward = 0.0  # of all ways on from it
        self.edges: list[tuple[_Node, int, int, float]] = []  # before, weight, the block that goes on, odds

    def way(self) -> tuple["_Node", int]:
        """The node before it on the best way, and the block that goes on here (or CLOSED)."""
        before, _, joined, _ = max(self.edges, key=lambda edge: edge[0].best + edge[1])
        return before, joined

    def share(self, left: int) -> float:
        """How much of all ways to it has the paragraph of one block go on."""
        ways = [before.forward * odds for before, _, _, odds in self.edges]
        return sum([way for way, edge in zip(ways, self.edges) if edge[2] == left]) / sum(ways)


_More: TypeAlias = tuple[_Steps, int]  # of a continuation its steps and its weight
_Ways: TypeAlias = tuple[list[int], list[int], _Steps, list[_More]]  # states after, blocks that go on; to weigh them
_Fan: TypeAlias = tuple[list[int], list[int], list[int]]  # of each way on from a node: state after, joined, weight


class _Decoding:
    """One page being decoded.

    Weights are whole hundredths of log-odds, so that sums are exact in any order. For probabilities they are divided by
    the model's temper, so that what is called 0.9 is right nine times in ten on typeset pages of texts that the weights
    were not fitted on (temperature scaling, Guo and others 2017). Odds are scaled at every block, so that nothing
    overflows on long pages (Rabiner 1989, section V.A).
    """

    def __init__(self, lattice: Lattice, weights: Model) -> None:
        self.lattice = lattice
        self.kind = lattice.page.kind
        self.weights = weights
        self.weighed = _weighed(lattice.places, self.kind)
        self.scores = [self._roles(at) for at in range(len(lattice.looks))]
        count = len(self.scores)
        self.most = min(MOST, max(FEW, ALL // max(1, count)))

    def decisions(self) -> tuple[Decision, ...]:
        layers = self._layers()
        _look_back(layers)
        out = []
        node, _ = layers[-1][0].way()
        for at in reversed(range(len(self.scores))):
            before, joined = node.way()
            left = joined if joined != CLOSED else before.state[1][0]
            out.append(self._decision(at, node, left, layers[at + 1], continues=joined != CLOSED))
            node = before
        return tuple(reversed(out))

    def _roles(self, at: int) -> dict[Role, int]:
        """The weight of each role that is not hopeless; the others would not change a probability visibly."""
        roles = self.lattice.roles(at)
        if len(roles) == 1:
            return {roles[0]: 0}
        sums = self.weighed.sums[at]
        scores = {role: sums[PLACE[role]] for role in roles}
        best = max(scores.values())
        kept = {role: score for role, score in scores.items() if score > best - HOPELESS}
        return kept if Role.MORE not in kept else {Role.START: scores[Role.START], **kept}  # nothing may be open

    def _layers(self) -> list[list[_Node]]:
        """For each block the nodes that are kept, between the start and the end of the page."""
        layers = [[_Node(START, 0)]]
        layers[0][0].forward = 1.0
        for at in range(len(self.scores)):
            layers.append(self._layer(at, layers[-1]))
        last = layers[-1]
        fans: list[_Fan] = [([0], [CLOSED], [self._leave(node.state)]) for node in last]
        layers.append(self._lead(last, fans, [_Node(START, _bests(last, fans, 1)[0])], [0]))
        return layers

    def _layer(self, at: int, before: Sequence[_Node]) -> list[_Node]:
        """The nodes that are kept at a block, with the edges that lead to them and the odds of all ways to each.

        Which ways there are depends on what is open, so that is worked out once for all roles before.
        """
        scores = self.scores[at]
        usual = [(PLACE[role], role, weight) for role, weight in scores.items() if role != "continued"]
        bylines = Role.BYLINE in scores
        numbers: dict[State, int] = {}  # of the states after, as they are met
        known: dict[tuple[Open, bool], _Ways] = {}
        fans: list[_Fan] = []
        for node in before:
            role, open_ = node.state
            case = open_, bylines and role in HEADS
            ways = known.get(case)
            if ways is None:
                over = self.lattice.over(open_, at)
                states = [(after, over[place]) for place, after, _ in usual]
                if case[1]:
                    under = Role.BYLINE, self.lattice.under(open_, at)
                    states = [under if state[0] == "byline" else state for state in states]
                ways = known[case] = self._ways(at, open_, states, numbers)
            after, joins, steps, more = ways
            place = PLACE[role]
            row = steps[place]
            weights = [weight + row[to] for to, _, weight in usual]
            if more:
                weights += [weight + steps[place][_MORE] for steps, weight in more]
            fans.append((after, joins, weights))
        bests = _bests(before, fans, len(numbers))
        states = list(numbers)
        nodes: list[_Node | None] = [None] * len(states)
        kept = _kept(bests, self.most)
        for number in kept:
            nodes[number] = _Node(states[number], bests[number])
        return self._lead(before, fans, nodes, kept)

    def _ways(self, at: int, open_: Open, states: list[State], numbers: dict[State, int]) -> _Ways:
        """The ways to a block from what is open before it: to these states, and on from open paragraphs."""
        lattice = self.lattice
        joined = [CLOSED] * len(states)
        more: list[_More] = []
        weight = self.scores[at].get(Role.MORE)
        if weight is not None:
            for left in lattice.joins(open_, at):
                joined.append(left)
                states.append((Role.MORE, lattice.resumed(open_, left, at)))
                more.append((_steps(self.kind, lattice.step(open_, left, at)), weight + self.weighed.join(left, at)))
        after = [numbers.setdefault(state, len(numbers)) for state in states]
        return after, joined, _steps(self.kind, lattice.step(open_, CLOSED, at)), more

    def _lead(
        self, before: Sequence[_Node], fans: Sequence[_Fan], nodes: Sequence[_Node | None], kept: Sequence[int]
    ) -> list[_Node]:
        """Lead the ways on from the nodes of one block to those that are kept at the next."""
        level = max([node.best for node in nodes if node]) - max([node.best for node in before])
        scale, exp = 0.01 / self.weights.temper, math.exp
        for earlier, (after, joins, weights) in zip(before, fans):
            forward = earlier.forward
            for number, joined, weight in zip(after, joins, weights):
                node = nodes[number]
                if node:
                    odds = exp((weight - level) * scale)
                    node.edges.append((earlier, weight, joined, odds))
                    node.forward += forward * odds
        out = [node for number in kept if (node := nodes[number])]
        top = max([node.forward for node in out])
        for node in out:
            node.forward /= top
        return out

    def _leave(self, state: State) -> int:
        return sum([self.weights.step.get(name, 0) for name in self.lattice.leave(state)])

    def _decision(self, at: int, node: _Node, left: int, layer: Sequence[_Node], *, continues: bool) -> Decision:
        role = node.state[0]
        chances = [(other, other.forward * other.backward) for other in layer]
        whole = sum([chance for _, chance in chances])
        alike = BODY if role in BODY else (role,)
        asked = role in BODY and left != CLOSED
        more = [(other, chance) for other, chance in chances if other.state[0] is Role.MORE] if asked else []
        own = sum([chance for other, chance in chances if other.state[0] in alike]) / whole
        return Decision(
            block=self.lattice.looks[at].block,
            role=role,
            chance=own,
            cert=calibrated(role, own),
            continues=left if continues else None,
            join_cert=self._sure(sum([chance * other.share(left) for other, chance in more]) / whole)
            if asked
            else None,
            join_reasons=partial(self._join_reasons, left, at) if asked else tuple,
            role_reasons=partial(self._role_reasons, at, role) if role in HEADS or role is Role.CROSS else tuple,
        )

    def _sure(self, chance: float) -> float:
        """A probability of going on; without punctuation neither it nor its opposite is ever called sure."""
        most = 1.0 if self.lattice.page.punctuated else UNTOLD
        told = calibrated("joins", chance) if chance >= 0.5 else 1.0 - calibrated("joins", 1.0 - chance)
        return min(most, max(1.0 - most, told))

    def _role_reasons(self, at: int, role: Role) -> tuple[Reason, ...]:
        """What speaks for a role of a block against the next likeliest by itself."""
        others = {other: score for other, score in self.scores[at].items() if other is not role}
        if not others:
            return ()
        own, second = PLACE[role], PLACE[max(others, key=lambda other: others[other])]
        rows = ((name, self.weights.roles.get(name)) for name in self.weighed.seen[at])
        return tuple(Reason(name, (row[own] - row[second]) / 100) for name, row in rows if row and name not in _RATES)

    def _join_reasons(self, left: int, right: int) -> tuple[Reason, ...]:
        weights, places = self.weights.join, self.lattice.places
        names = [name for name in places.join(left, right) if name in weights and name not in _RATES]
        return tuple(Reason(name, weights[name] / 100, places.detail(name, left, right)) for name in names)


def _bests(before: Sequence[_Node], fans: Sequence[_Fan], count: int) -> list[int]:
    """The weight of the best way to each of so many states."""
    bests = [NEVER] * count
    for node, (after, _, weights) in zip(before, fans):
        best = node.best
        for number, weight in zip(after, weights):
            if best + weight > bests[number]:  # noqa: PLR1730 -- max() would take most of the time
                bests[number] = best + weight
    return bests


def _kept(bests: Sequence[int], most: int) -> list[int]:
    """The numbers of the states that are not too far from the best one, `most` at most."""
    least = max(bests) - BEAM
    kept = [number for number, best in enumerate(bests) if best > least]
    return heapq.nlargest(most, kept, key=bests.__getitem__) if len(kept) > most else kept


def _look_back(layers: Sequence[Sequence[_Node]]) -> None:
    """Find the odds of all ways on from each node, from the last block to the first."""
    layers[-1][0].backward = 1.0
    for layer in reversed(layers):
        top = max([node.backward for node in layer])
        for node in layer:
            node.backward /= top
            backward = node.backward
            for before, _, _, odds in node.edges:
                before.backward += odds * backward
