"""Which group of heads belongs to which body: one optimal assignment for the page.

The value of a pair is a sum of weighted reasons: where the two stand, and how many of the heads' words the body has,
words that are rare on this page counting more (inverse document frequency over the page's bodies, Spärck Jones 1972).
The assignment maximises the sum over the page (Kuhn 1955; the shortest-augmenting-path form of Jonker and Volgenant
1987). How sure a pair is: what the page loses if just this pair is forbidden, through the logistic function. Pairing
heads and bodies as one matching follows Gao and others (2012), who did it for scanned newspapers with their geometry.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from edition.infer.lists import Reason, reason, total
from edition.infer.stories import Body, Group, Picture, probability
from edition.words import Dictionary, words_in

LEAD = 160  # characters
NEVER = -1e6


@dataclass(frozen=True, slots=True)
class Owner:
    """The body that a group of heads was given to, and the second best answer."""

    body: int  # index of the body
    cert: float
    reasons: tuple[Reason, ...]
    runner_up: int | None  # index of the body it would go to otherwise; None if to none
    runner_up_cert: float | None


def owners(groups: Sequence[Group], bodies: Sequence[Body], dictionary: Dictionary) -> dict[int, Owner]:
    """For each group (by index) its owner; a group that fits nowhere is left out."""
    words = [words_in(group.text, dictionary) for group in groups]
    rarity = _rarity(words, bodies)
    reasons = [[_reasons(group, body, bodies, own, rarity) for body in bodies] for group, own in zip(groups, words)]
    values = [[total(cell) for cell in row] for row in reasons]
    best, pairs = assign(values)
    out = {}
    for group, body in pairs.items():
        kept = values[group][body]
        values[group][body] = NEVER
        other, other_pairs = assign(values)
        values[group][body] = kept
        cert = probability(best - other)
        second = other_pairs.get(group)
        out[group] = Owner(body, cert, reasons[group][body], second, None if second is None else 1 - cert)
    return out


def _rarity(words: Sequence[set[str]], bodies: Sequence[Body]) -> dict[str, float]:
    texts = [body.text for body in bodies]
    return {
        word: math.log((len(texts) + 1) / (0.5 + sum(word in text for text in texts))) for word in set().union(*words)
    }


def _reasons(
    group: Group, body: Body, bodies: Sequence[Body], words: set[str], rarity: dict[str, float]
) -> tuple[Reason, ...]:
    out = []
    if group.place + 1 == body.first or (body.lead and group.place + 2 == body.first):
        out.append(reason("owner.before"))
    elif group.place == body.last + 1:
        out.append(reason("owner.after"))
    else:
        out.append(reason("owner.far", min(4, _between(group, body, bodies))))
    shared = {word for word in words if word in body.text}
    weight = sum(rarity[word] for word in words) or 1.0
    shown = "、".join(sorted(shared, key=lambda word: (-rarity[word] * len(word), word))[:3])
    out.append(reason("owner.words", sum(rarity[word] for word in shared) / weight, shown))
    out.append(reason("owner.lead", sum(rarity[word] for word in words if word in body.text[:LEAD]) / weight))
    if all(isinstance(part, Picture) for part in body.parts):
        out.append(reason("owner.picture"))
    return tuple(out)


def _between(group: Group, body: Body, bodies: Sequence[Body]) -> int:
    """How many bodies lie between."""
    low, high = sorted((group.place, body.first))
    return 1 + sum(low < other.first < high for other in bodies if other is not body)


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
