"""Which group of heads belongs to which body: one optimal assignment for the page.

The value of a pair is a sum of weighted reasons: where the two stand, and how many of the heads' words the body has,
words that are rare on this page counting more (inverse document frequency over the page's bodies, Spärck Jones 1972).
The assignment maximises the sum over the page (Kuhn 1955; the shortest-augmenting-path form of Jonker and Volgenant
1987). How sure a pair is: what the page loses if just this pair is forbidden, through the logistic function. Pairing
heads and bodies as one matching follows Gao and others (2012), who did it for scanned newspapers with their geometry.
"""

import math
from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from edition.infer.events import Body, Group, Picture, body_of
from edition.infer.lists import Reason, reason, weights
from edition.infer.rulings import NO_RULINGS, Rulings, decided_owners
from edition.infer.stories import probability
from edition.words import Dictionary

LEAD = 160  # characters
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
    groups: Sequence[Group], bodies: Sequence[Body], dictionary: Dictionary, ruled: Rulings = NO_RULINGS
) -> dict[int, Owner]:
    """For each group (by index) its owner; a group that fits nowhere is left out. `ruled` is the editor's word."""
    page = _Page(groups, bodies, dictionary)
    values = [page.values(group) for group in range(len(groups))]
    heads = [[head.block for head in group.heads] for group in groups]
    said = decided_owners(heads, ruled, lambda block: body_of(block, bodies))  # editor
    for group, row in enumerate(values) if said else ():
        row[:] = [NEVER if group in said or at in said.values() else value for at, value in enumerate(row)]
    rows = [group for group, row in enumerate(values) if max(row, default=NEVER) >= 0.0]  # the others stay alone
    pairs = {rows[row]: body for row, body in assign([values[group] for group in rows])[1].items()}
    out = {group: _owner(group, pairs, values, page.reasons(group, body)) for group, body in pairs.items()}
    certain = (reason("editor.said"),)
    return out | {group: Owner(body, 1.0, certain, None, None) for group, body in said.items() if body is not None}


def _owner(
    group: int, pairs: Mapping[int, int], values: Sequence[Sequence[float]], reasons: tuple[Reason, ...]
) -> Owner:
    """How sure one pair is: what its neighbourhood loses if the pair is forbidden.

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
    cert = probability(best - other)
    second = columns[other_pairs[row]] if row in other_pairs else None
    return Owner(body, cert, reasons, second, None if second is None else 1 - cert)


def _near_columns(body: int, count: int) -> set[int]:
    return set(range(max(0, body - NEAR), min(count, body + NEAR + 1)))


class _Page:
    """What is asked of groups and bodies again and again, worked out once."""

    def __init__(self, groups: Sequence[Group], bodies: Sequence[Body], dictionary: Dictionary) -> None:
        self.groups = groups
        self.bodies = bodies
        self.texts = [body.text for body in bodies]
        self.firsts = [body.first for body in bodies]  # rising
        self.weight = {name: known[0] for name, known in weights().items()}
        self.leads = [text[:LEAD] for text in self.texts]
        self.pictures = [all(isinstance(part, Picture) for part in body.parts) for body in bodies]
        words = [sorted(dictionary.words_in(group.text)) for group in groups]
        rarity = {
            word: math.log((len(bodies) + 1) / (0.5 + sum(word in text for text in self.texts)))
            for word in set().union(*words)
        }
        self.words = [[(word, rarity[word]) for word in own] for own in words]  # with their rarity
        self.whole = [sum(rarity[word] for word in own) or 1.0 for own in words]

    def values(self, at: int) -> list[float]:
        """What each body is worth to a group; NEVER for those that stand too far apart to be asked about."""
        place = bisect(self.firsts, self.groups[at].place)
        return [
            sum([self.weight[name] * times for name, times in self._grounds(at, index, abs(index - place))])
            if abs(index - place) <= REACH
            else NEVER
            for index in range(len(self.bodies))
        ]

    def reasons(self, at: int, index: int) -> tuple[Reason, ...]:
        """The grounds for one pair, with the rarest and longest of the shared words for a reader."""
        distance = abs(index - bisect(self.firsts, self.groups[at].place))
        shared = [entry for entry in self.words[at] if entry[0] in self.texts[index]]
        shared.sort(key=lambda entry: (-entry[1] * len(entry[0]), entry[0]))
        shown = {"owner.words": "、".join(word for word, _ in shared[:3])}
        return tuple(reason(name, times, shown.get(name, "")) for name, times in self._grounds(at, index, distance))

    def _grounds(self, at: int, index: int, distance: int) -> list[tuple[str, float]]:
        """For each ground its name and how many times it counts."""
        text, lead, words, whole = self.texts[index], self.leads[index], self.words[at], self.whole[at]
        out = [
            self._place(self.groups[at], self.bodies[index], distance),
            ("owner.words", sum([rarity for word, rarity in words if word in text]) / whole),
            ("owner.lead", sum([rarity for word, rarity in words if word in lead]) / whole),
        ]
        return [*out, ("owner.picture", 1)] if self.pictures[index] else out

    def _place(self, group: Group, body: Body, distance: int) -> tuple[str, float]:
        if group.place + 1 == body.first or (body.lead and group.place + 2 == body.first):
            return "owner.before", 1
        if group.place == body.last + 1:
            return "owner.after", 1
        return "owner.far", min(4, 1 + distance)


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
