"""Each character of one text found in another that may be ordered otherwise.

Two structures of one page hold the same characters in different orders and with different cuts. Long runs that occur
once in both are found first and extended as far as they agree, then shorter ones, and what is left is matched one by
one near its neighbours. The idea of anchors that are unique in both texts is that of patience sorting in text
comparison (Cohen 2003), here without the demand that anchors keep their order.
"""

from collections.abc import Sequence

ANCHORS = (16, 10, 6, 4)  # characters


def match(gold: str, predicted: str) -> list[int | None]:
    """For each character of `predicted` its place in `gold`, or None; no place is given twice."""
    if gold == predicted:
        return list(range(len(predicted)))
    found: list[int | None] = [None] * len(predicted)
    free = [True] * len(gold)
    for size in ANCHORS:
        _anchors(gold, predicted, size, found, free)
    _rest(gold, predicted, found, free)
    return found


def _anchors(gold: str, predicted: str, size: int, found: list[int | None], free: list[bool]) -> None:
    there = _unique(gold, size, [not each for each in free])
    here = _unique(predicted, size, [place is not None for place in found])
    for gram, at in here.items():
        place = there.get(gram)
        if place is None or found[at] is not None or not free[place]:
            continue
        low = 0
        while at - low > 0 and place - low > 0 and _same(gold, predicted, place - low - 1, at - low - 1, found, free):
            low += 1
        high = 0
        while (
            at + high < len(predicted)
            and place + high < len(gold)
            and _same(gold, predicted, place + high, at + high, found, free)
        ):
            high += 1
        for step in range(-low, high):
            found[at + step] = place + step
            free[place + step] = False


def _same(gold: str, predicted: str, place: int, at: int, found: Sequence[int | None], free: Sequence[bool]) -> bool:
    return free[place] and found[at] is None and gold[place] == predicted[at]


def _unique(text: str, size: int, taken: Sequence[bool]) -> dict[str, int]:
    """The runs of `size` characters that occur once among those not taken, and where."""
    seen: dict[str, int] = {}
    for at in range(len(text) - size + 1):
        if not any(taken[at : at + size]):
            gram = text[at : at + size]
            seen[gram] = -1 if gram in seen else at
    return {gram: at for gram, at in seen.items() if at >= 0}


def _rest(gold: str, predicted: str, found: list[int | None], free: list[bool]) -> None:
    """Match what is left to the nearest free equal character after the one before it."""
    places: dict[str, list[int]] = {}
    for place, char in enumerate(gold):
        if free[place]:
            places.setdefault(char, []).append(place)
    expected = 0
    for at, char in enumerate(predicted):
        if (known := found[at]) is not None:
            expected = known + 1
        elif rows := places.get(char):
            nearest = min(rows, key=lambda place: (abs(place - expected), place))
            rows.remove(nearest)
            found[at], free[nearest] = nearest, False
            expected = nearest + 1
