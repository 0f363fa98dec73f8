"""Which group of heads belongs to which body: one optimal assignment for the page.

The value of a pair is a sum of fitted weights (tests/bench/fit_items.py): where the two stand, and how many of the heads'
words the body and its lead have, words that are rare on this page counting more.
The assignment maximises the sum over the page (Kuhn 1955; the shortest-augmenting-path form of Jonker and Volgenant
1987). How sure a pair is: what the page loses if just this pair is forbidden, through the logistic function. Pairing
heads and bodies as one matching follows Gao and others (2012), who did it for scanned newspapers with their geometry.
"""

import math
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from edition.infer.blocks import Block
from edition.infer.cues import titles
from edition.infer.events import Body, Group, Picture, body_of, decisions_of
from edition.infer.evidence import opening
from edition.infer.lists import Reason, calibrated, owner_weight, reason
from edition.infer.rulings import NO_RULINGS, Rulings, decided_owners
from edition.infer.standing import beside, box, standing
from edition.infer.stories import probability
from edition.infer.topics import Topics, step

LEAD = 3  # blocks
SHARES = (0.02, 0.1, 0.22, 0.36, 0.5, 0.7)  # steps of what a text has of a head's words
REACH = 40  # bodies: a headline farther from its text than that is not looked for
NEAR = 6  # groups and bodies on either side that an exchange may touch
MANY = 150  # groups from which both are fewer, so that no page takes long; the typeset and blind pages have up to 10


@dataclass(frozen=True, slots=True)
class Owner:
    """The body that a group of heads was given to, and the second best answer."""

    body: int  # index of the body
    cert: float
    reasons: tuple[Reason, ...]
    runner_up: int | None  # index of the body it would go to otherwise; None if to none
    runner_up_cert: float | None


def owners(
    groups: Sequence[Group], bodies: Sequence[Body], topics: Topics, ruled: Rulings = NO_RULINGS, *, most: float = 1.0
) -> dict[int, Owner]:
    """For each group (by index) its owner; a group that fits nowhere is left out.

    `ruled` is the editor's word; nothing else is called surer than `most`.
    """
    page = Page(groups, bodies, topics)
    values = [page.values(group) for group in range(len(groups))]
    heads = [[head.block for head in group.heads] for group in groups]
    said = decided_owners(heads, ruled, lambda block: body_of(block, bodies))  # editor
    if said:
        taken = {*said.values()}
        values = [
            {} if group in said else {body: value for body, value in row.items() if body not in taken}
            for group, row in enumerate(values)
        ]
    _, pairs = assign(values)
    out = {group: _owner(group, pairs, values, page.reasons(group, body), most) for group, body in pairs.items()}
    certain = (reason("editor.said"),)
    return out | {group: Owner(body, 1.0, certain, None, None) for group, body in said.items() if body is not None}


def _owner(
    group: int,
    pairs: Mapping[int, int],
    values: Sequence[Mapping[int, float]],
    reasons: tuple[Reason, ...],
    most: float,
) -> Owner:
    """How sure one pair is, `most` at most: what its neighbourhood loses if the pair is forbidden.

    The neighbourhood is the groups and bodies near it in the order of the page; beyond that an exchange changes nothing
    worth the time, which would grow with the fourth power of the page.
    """
    body, near = pairs[group], reach_of(NEAR, len(values))
    rows = list(range(max(0, group - near), min(len(values), group + near + 1)))
    columns = {pairs[row] for row in rows if row in pairs} | {*range(body - near, body + near + 1)}
    local = [{column: value for column, value in values[row].items() if column in columns} for row in rows]
    best, _ = assign(local)
    row = rows.index(group)
    del local[row][body]
    other, other_pairs = assign(local)
    cert = calibrated("owners", probability(best - other))
    second = other_pairs.get(row)
    return Owner(body, min(cert, most), reasons, second, None if second is None else 1 - cert)


def reach_of(distance: int, groups: int) -> int:
    """How far it is looked on a page of so many groups: not as far where there are many, a fifth at least."""
    return max(distance // 5, min(distance, distance * MANY // max(1, groups)))


class Page:
    """What is asked of groups and bodies again and again, worked out once."""

    def __init__(self, groups: Sequence[Group], bodies: Sequence[Body], topics: Topics) -> None:
        self.groups = groups
        self.bodies = bodies
        self.topics = topics
        self.firsts = [body.first for body in bodies]  # rising
        self.ends = {body.last: at for at, body in reversed([*enumerate(bodies)])}  # the first of those that end there
        self.words = [topics.of(head.block.index for head in group.heads) for group in groups]
        held = [_held(body) for body in bodies]
        self.texts = [topics.of(block.index for block in own) for own in held]
        self.leads = [topics.of(block.index for block in own[:LEAD]) for own in held]
        places = {group.place for group in groups}
        self.last = {group.place: at for at, group in enumerate(groups)}  # of the groups at a place
        self.first = {group.place: at for at, group in reversed([*enumerate(groups)])}
        self.headed = [not places.isdisjoint((body.first - 1, body.first - 1 - len(body.lead))) for body in bodies]
        self.shares = [self._shares(at) for at in range(len(groups))]
        self.bests = [max(shares.values(), default=0.0) for shares in self.shares]
        self.most = [0.0] * len(bodies)  # for each body the greatest share that it has of any group's words
        for shares in self.shares:
            for body, share in shares.items():
                self.most[body] = max(self.most[body], share)
        self.titles = [next((cue for head in group.heads for cue in titles(head.block.text)), "") for group in groups]
        self.opens = [_opening(body) for body in bodies]
        heads = [[head.block for head in group.heads] for group in groups]
        self.over = [box(own) for own in heads] if any(map(beside, (*heads, *held))) else []  # lines read in parts
        self.under = [(box(own[:1]), box(own)) for own in held] if self.over else []

    def _shares(self, at: int) -> dict[int, float]:
        """How much of a group's words each body has that it could belong to."""
        near = bisect(self.firsts, self.groups[at].place)
        far = reach_of(REACH, len(self.groups))
        reach = range(max(0, near - far), min(len(self.bodies), near + far + 1))
        return {body: self.topics.share(self.words[at], self.texts[body]) for body in reach}

    def values(self, at: int) -> dict[int, float]:
        """The log-odds of a group with each body that does not stand too far from it."""
        return {index: sum([owner_weight(name) for name in self.seen(at, index)]) for index in self.shares[at]}

    def reasons(self, at: int, index: int) -> tuple[Reason, ...]:
        """The grounds for one pair; for the words that they share, which tell most."""
        words = "、".join(self.topics.telling(self.words[at], self.texts[index])[:3])
        return tuple(
            Reason(name, owner_weight(name), words if name.startswith("owner.words.") else "")
            for name in self.seen(at, index)
        )

    def seen(self, at: int, index: int) -> Iterator[str]:
        """What is seen of one pair: names."""
        body, shares = self.bodies[index], self.shares[at]
        yield "owner"
        place = self._place(at, index)
        yield place
        where = ".".join(place.split(".")[:2])
        if where == "owner.before" and at != self.last[self.groups[at].place]:
            yield "owner.before.beyond"
        elif where == "owner.after" and at != self.first[self.groups[at].place]:
            yield "owner.after.beyond"
        if self.titles[at]:
            yield f"{where}.{self.titles[at]}"
        yield f"{where}.{self.opens[index]}"
        yield f"owner.words.{step(shares[index], SHARES)}"
        yield f"owner.lead.{step(self.topics.share(self.words[at], self.leads[index]), SHARES)}"
        own, best = shares[index], self.bests[at]
        yield f"owner.best.{'none' if not best else 'yes' if own == best else 'no'}"
        yield f"owner.sought.{'none' if not own else 'yes' if own == self.most[index] else 'no'}"
        if self.over:
            yield from (f"owner.stands.{name}" for name in standing(self.over[at], *self.under[index]))
        if all(isinstance(part, Picture) for part in body.parts):
            yield "owner.picture"

    def _place(self, at: int, index: int) -> str:
        """Where a group stands to a body; what stands between is headed by its own if it can be."""
        group, body = self.groups[at], self.bodies[index]
        own = "headed" if self.headed[index] else "bare"
        if group.place in (body.first - 1, body.first - 1 - len(body.lead)):
            above = self.ends.get(group.place - 1)
            rival = "first" if above is None else "headed" if self.headed[above] else "bare"
            return f"owner.before.{rival}"
        if group.place == body.last + 1:
            return f"owner.after.{own}"
        return f"owner.far.{min(4, 1 + abs(index - bisect(self.firsts, group.place)))}.{own}"


def _opening(body: Body) -> str:
    """How a text begins: with a dateline, with other words that stories begin with, or not so."""
    text = body.paragraphs[0].text if body.paragraphs else ""
    return opening(text) if text else "caption"


def _held(body: Body) -> list[Block]:
    """The blocks of a body's text."""
    return [decision.block for part in body.parts for decision in decisions_of(part)]


def assign(values: Sequence[Mapping[int, float]]) -> tuple[float, dict[int, int]]:
    """The assignment of rows to columns with the greatest sum: (sum, row -> column). A row may stay alone for 0.

    Each row names the columns that it could have, in rising order, and what each is worth. It gets a column of its own
    beside them, worth nothing, so that staying alone is an answer.
    """
    alone = 1 + max((column for row in values for column in row), default=-1)  # and those after it
    costs = [{**{column: -value for column, value in row.items()}, alone + at: 0.0} for at, row in enumerate(values)]
    pairs = {row: column for row, column in enumerate(_cheapest(costs)) if column < alone}
    return sum(values[row][column] for row, column in pairs.items()), pairs


def _cheapest(costs: Sequence[Mapping[int, float]]) -> list[int]:
    """The column of each row in a cheapest assignment of all rows; each row names those that it could have."""
    row_price = [0.0] * len(costs)
    column_price: defaultdict[int, float] = defaultdict(float)
    taken_by: dict[int, int] = {}
    for row in range(len(costs)):
        here: int | None = row
        column: int | None = None
        used: set[int] = set()
        way: dict[int, int | None] = {}
        cheapest: dict[int, float] = {}  # of the columns that can be reached and are not used yet
        while here is not None:
            for other, value in costs[here].items():
                cost = value - row_price[here] - column_price[other]
                if other not in used and cost < cheapest.get(other, math.inf):
                    cheapest[other], way[other] = cost, column
            step = min(cheapest.values())
            column = min(other for other, cost in cheapest.items() if cost == step)
            row_price[row] += step
            for other in used:
                row_price[taken_by[other]] += step
                column_price[other] -= step
            cheapest = {other: cost - step for other, cost in cheapest.items() if other != column}
            used.add(column)
            here = taken_by.get(column)
        while column is not None:
            before = way[column]
            taken_by[column] = row if before is None else taken_by[before]
            column = before
    out = [0] * len(costs)
    for column, row in taken_by.items():
        out[row] = column
    return out
