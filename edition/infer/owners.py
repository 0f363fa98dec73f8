"""Which group of heads belongs to which body: one optimal assignment for the page.

The value of a pair is a sum of fitted weights (tests/bench/fit_items.py): where the two stand, and how many of the heads'
words the body and its lead have, words that are rare on this page counting more.
The assignment maximises the sum over the page (Kuhn 1955; the shortest-augmenting-path form of Jonker and Volgenant
1987). How sure a pair is: what the page loses if just this pair is forbidden, through the logistic function. Pairing
heads and bodies as one matching follows Gao and others (2012), who did it for scanned newspapers with their geometry.
"""

import math
from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from edition.infer.cues import cues
from edition.infer.events import Body, Group, Picture, body_of, decisions_of
from edition.infer.evidence import begins_dateline, opens_story
from edition.infer.lists import Reason, calibrated, owner_weight, reason
from edition.infer.rulings import NO_RULINGS, Rulings, decided_owners
from edition.infer.stories import probability
from edition.infer.topics import Topics, step

LEAD = 3  # blocks
SHARES = (0.02, 0.1, 0.22, 0.36, 0.5, 0.7)  # steps of what a text has of a head's words
TITLES = ("title.box", "title.notice", "title.serial", "title.bracketed", "begins.bullet")
NEVER = -1e6
REACH = 40  # bodies: a headline farther from its text than that is not looked for
NEAR = 6  # groups and bodies on either side that an exchange may touch


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
    values = [[page.value(group, body) for body in range(len(bodies))] for group in range(len(groups))]
    heads = [[head.block for head in group.heads] for group in groups]
    said = decided_owners(heads, ruled, lambda block: body_of(block, bodies))  # editor
    for group, row in enumerate(values):
        row[:] = [NEVER if group in said or at in said.values() else value for at, value in enumerate(row)]
    _, pairs = assign(values)
    out = {group: _owner(group, pairs, values, page.reasons(group, body), most) for group, body in pairs.items()}
    certain = (reason("editor.said"),)
    return out | {group: Owner(body, 1.0, certain, None, None) for group, body in said.items() if body is not None}


def _owner(
    group: int, pairs: Mapping[int, int], values: Sequence[Sequence[float]], reasons: tuple[Reason, ...], most: float
) -> Owner:
    """How sure one pair is, `most` at most: what its neighbourhood loses if the pair is forbidden.

    The neighbourhood is the groups and bodies near it in the order of the page; beyond that an exchange changes nothing
    worth the time, which would grow with the fourth power of the page.
    """
    body = pairs[group]
    rows = list(range(max(0, group - NEAR), min(len(values), group + NEAR + 1)))
    columns = sorted({pairs[row] for row in rows if row in pairs} | _near_columns(body, len(values[0])))
    local = [[values[row][column] for column in columns] for row in rows]
    best, _ = assign(local)
    row, column = rows.index(group), columns.index(body)
    local[row][column] = NEVER
    other, other_pairs = assign(local)
    cert = calibrated("owners", probability(best - other))
    second = columns[other_pairs[row]] if row in other_pairs else None
    return Owner(body, min(cert, most), reasons, second, None if second is None else 1 - cert)


def _near_columns(body: int, count: int) -> set[int]:
    return set(range(max(0, body - NEAR), min(count, body + NEAR + 1)))


class Page:
    """What is asked of groups and bodies again and again, worked out once."""

    def __init__(self, groups: Sequence[Group], bodies: Sequence[Body], topics: Topics) -> None:
        self.groups = groups
        self.bodies = bodies
        self.topics = topics
        self.firsts = [body.first for body in bodies]  # rising
        self.words = [topics.of(head.block.index for head in group.heads) for group in groups]
        self.texts = [topics.of(_held(body)) for body in bodies]
        self.leads = [topics.of(_held(body)[:LEAD]) for body in bodies]
        places = {group.place for group in groups}
        self.headed = [not places.isdisjoint((body.first - 1, body.first - 1 - len(body.lead))) for body in bodies]
        self.shares = [self._shares(at) for at in range(len(groups))]
        self.bests = [max(shares.values(), default=0.0) for shares in self.shares]
        self.most = [0.0] * len(bodies)  # for each body the greatest share that it has of any group's words
        for shares in self.shares:
            for body, share in shares.items():
                self.most[body] = max(self.most[body], share)
        self.titles = [
            next((cue for head in group.heads for cue in cues(head.block.text) if cue in TITLES), "")
            for group in groups
        ]
        self.opens = [_opening(body) for body in bodies]

    def _shares(self, at: int) -> dict[int, float]:
        """How much of a group's words each body has that it could belong to."""
        near = bisect(self.firsts, self.groups[at].place)
        reach = range(max(0, near - REACH), min(len(self.bodies), near + REACH + 1))
        return {body: self.topics.share(self.words[at], self.texts[body]) for body in reach}

    def value(self, at: int, index: int) -> float:
        """The log-odds of one pair; hopeless where they stand too far apart to be asked about."""
        if index not in self.shares[at]:
            return NEVER
        return sum([owner_weight(name) for name in self.seen(at, index)])

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
        if self.titles[at]:
            yield f"{where}.{self.titles[at]}"
        yield f"{where}.{self.opens[index]}"
        yield f"owner.words.{step(shares[index], SHARES)}"
        yield f"owner.lead.{step(self.topics.share(self.words[at], self.leads[index]), SHARES)}"
        own, best = shares[index], self.bests[at]
        yield f"owner.best.{'none' if not best else 'yes' if own == best else 'no'}"
        yield f"owner.sought.{'none' if not own else 'yes' if own == self.most[index] else 'no'}"
        if all(isinstance(part, Picture) for part in body.parts):
            yield "owner.picture"

    def _place(self, at: int, index: int) -> str:
        """Where a group stands to a body; what stands between is headed by its own if it can be."""
        group, body = self.groups[at], self.bodies[index]
        own = "headed" if self.headed[index] else "bare"
        if group.place in (body.first - 1, body.first - 1 - len(body.lead)):
            above = next((other for other, each in enumerate(self.bodies) if each.last == group.place - 1), None)
            rival = "first" if above is None else "headed" if self.headed[above] else "bare"
            return f"owner.before.{rival}"
        if group.place == body.last + 1:
            return f"owner.after.{own}"
        return f"owner.far.{min(4, 1 + abs(index - bisect(self.firsts, group.place)))}.{own}"


def _opening(body: Body) -> str:
    """How a text begins: with a dateline, with other words that stories begin with, or not so."""
    text = body.paragraphs[0].text if body.paragraphs else ""
    return "dateline" if begins_dateline(text) else "opener" if opens_story(text) else "plain" if text else "caption"


def _held(body: Body) -> list[int]:
    """The blocks of a body's text."""
    return [decision.block.index for part in body.parts for decision in decisions_of(part)]


def assign(values: Sequence[Sequence[float]]) -> tuple[float, dict[int, int]]:
    """The assignment of rows to columns with the greatest sum: (sum, row -> column). A row may stay alone for 0.

    Every row gets a column of its own beside the real ones, worth nothing, so that staying alone is an answer.
    """
    rows = len(values)
    if not rows:
        return 0.0, {}
    real = len(values[0])
    costs = [
        [-value for value in row] + [0.0 if at == own else -NEVER for at in range(rows)]
        for own, row in enumerate(values)
    ]
    columns = _cheapest(costs)
    pairs = {row: column for row, column in enumerate(columns) if column < real}
    return sum(values[row][column] for row, column in pairs.items()), pairs


def _cheapest(costs: Sequence[Sequence[float]]) -> list[int]:
    """The column of each row in a cheapest perfect assignment of rows (not more rows than columns)."""
    width = len(costs[0])
    row_price, column_price = [0.0] * (len(costs) + 1), [0.0] * (width + 1)
    taken_by, way = [0] * (width + 1), [0] * (width + 1)
    for row in range(1, len(costs) + 1):
        taken_by[0] = row
        column, cheapest, used = 0, [math.inf] * (width + 1), [False] * (width + 1)
        while taken_by[column]:
            used[column] = True
            here, step, nearest = taken_by[column], math.inf, 0
            for other in range(1, width + 1):
                if used[other]:
                    continue
                cost = costs[here - 1][other - 1] - row_price[here] - column_price[other]
                if cost < cheapest[other]:
                    cheapest[other], way[other] = cost, column
                if cheapest[other] < step:
                    step, nearest = cheapest[other], other
            for other in range(width + 1):
                if used[other]:
                    row_price[taken_by[other]] += step
                    column_price[other] -= step
                else:
                    cheapest[other] -= step
            column = nearest
        while column:
            taken_by[column], column = taken_by[way[column]], way[column]
    out = [0] * len(costs)
    for column in range(1, width + 1):
        if taken_by[column]:
            out[taken_by[column] - 1] = column - 1
    return out
