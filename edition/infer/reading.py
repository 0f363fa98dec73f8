"""The reading order of stacks: the page cut in two again and again, where no stack is cut and least text is torn.

A cut from top to bottom parts columns or boxes, one from side to side parts bands (the tree of cuts is an X-Y tree,
Nagy and Seth 1984). What is on one side is read before what is on the other. So of all the cuts that go through, that
one is made which tears apart least of what looks like going on: from the foot of an unfinished column to the next one
that begins without an indent, from a headline to the text below it.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from edition.infer.cells import AWAY
from edition.infer.downwards import is_downwards
from edition.infer.stacks import FULL, NOTE, RUNNING, Stack

OVERLAP = 1.5  # characters by which columns may seem to overlap
BESIDE = 30  # characters from one column to the next at most
NEXT_COLUMN = 24  # the same to the left, from the column over which a headline stands to that in which its text begins
ABOVE = 3.1  # lines by which a column may end above the line from which the text goes on to it
LEVEL = 1.3  # lines by which the columns of one band may begin apart
PICTURE = 25.0  # lines from a headline to its text at most, if a picture is between
KNOTTED = 60  # stacks that are too many to be taken out one by one
FARTHEST = 6.0  # cost of the next column up to which it is one
LEFT_COLUMNS = 3  # columns at most between a headline set downwards and its text's first one, on the left
BESIDE_TOP = 3.0  # lines by which a text may begin above or below a headline that is set downwards
UNDER = 5.2  # lines from a headline to its text at most
# What it costs to tear text that goes on, text that may, a headline from its text; to cut where no headline stands.
GOES_ON, FOLLOWS, HEADS, PLAIN = 2.0, 1.0, 1.0, 0.7
HEADED = 0.1  # what a headline at the top of the second part saves

Region = tuple[int, ...]
Flows = dict[tuple[int, int], float]  # what looks like going on from one stack to another, and how much it weighs


class Cut(NamedTuple):
    """Two parts of a region, the one that is read first first."""

    cost: float
    upright: bool
    first: Region
    second: Region


def order(found: Sequence[Stack]) -> list[Stack]:
    """The stacks in reading order; those of one headline are one."""
    found = list(_whole(found))
    flows = dict(_flows(found))
    out = _read(tuple(range(len(found))), found, flows)
    return [found[at] for at in _lifted(_tied(out, found, flows), found, flows)]


def _whole(found: Sequence[Stack]) -> list[Stack]:
    """The stacks, lines beside each other over one text put together: they are parts of a headline in large type."""
    over: dict[int, Stack] = {}
    parts = set()
    heads = [(found[at], text) for (at, text), _ in _flows(found) if not found[at].body]
    for stack, text in sorted(heads, key=lambda head: (head[0].top, head[0].left)):
        other = over.setdefault(text, stack)
        if other is not stack and other.top <= stack.foot and stack.top <= other.foot:
            other.take(stack)
            parts.add(id(stack))
    return [stack for stack in found if id(stack) not in parts]


def _tied(out: list[int], found: Sequence[Stack], flows: Flows) -> list[int]:
    """Where no cut was right: a column that goes on nowhere and one that comes from nowhere put together, with what
    follows that."""
    for (a, b), weight in sorted(flows.items(), key=lambda flow: found[flow[0][0]].top):
        if weight < GOES_ON:
            continue
        here, there = out.index(a), out.index(b)
        if _joins(found, out[here:], +1) or _joins(found, out[there::-1], -1):
            continue
        end = there + 1
        while end < len(out) and found[out[end]].body and not found[out[end]].begins and out[end] != a:
            end += 1
        run = out[there:end]
        if a not in run:
            out = [each for each in out if each not in run]
            here = out.index(a) + 1
            out[here:here] = run
    return out


def _joins(found: Sequence[Stack], row: Sequence[int], step: int) -> bool:
    """Whether the first column of a row joins the next one in it."""
    other = next((at for at in row[1:] if found[at].body), None)
    if other is None:
        return False
    a, b = (found[row[0]], found[other])[::step]
    return a.goes_on and not b.begins and abs(a.measure - b.measure) <= FULL


def _lifted(out: list[int], found: Sequence[Stack], flows: Flows) -> list[int]:
    """Headlines put right before the text they stand over, where its first column rises beside them or others came
    between."""
    texts = {a: b for a, b in flows if not found[a].body and (found[b].begins or is_downwards(found[a].cells))}
    for at in sorted(texts, key=lambda each: found[each].top):
        place = out.index(texts[at])
        between = out[out.index(at) + 1 : place]
        if out.index(at) > place or any(texts.get(other) != texts[at] for other in between):
            out.remove(at)
            out.insert(out.index(texts[at]), at)
    return out


def _read(region: Region, found: Sequence[Stack], flows: Flows) -> list[int]:
    out: list[int] = []
    left = [region]
    while left:
        region = left.pop()
        cuts = [*_level(region, found, flows), *_upright(region, found, flows)]
        if len(region) == 1:
            out += region
        elif cuts:
            best = min(cuts, key=lambda cut: cut.cost)
            left += [best.second, best.first]
        else:
            out += _stuck(region, found, flows)
    return out


def _torn(first: Region, second: Region, found: Sequence[Stack], flows: Flows, *, upright: bool) -> float:
    """What is torn apart if all of the first part is read before the second: all that goes from one to the other but
    one link from the last stack of the first part to the first of the second."""
    inside, outside = set(first), set(second)
    torn, kept = 0.0, 0.0
    for (a, b), weight in flows.items():
        if a in inside and b in outside:
            torn += weight
            if weight > kept and _last(found[a], first, found, upright) and _first(found[b], second, found, upright):
                kept = weight
        elif a in outside and b in inside:
            torn += weight
    return torn - kept


def _last(stack: Stack, region: Region, found: Sequence[Stack], upright: bool) -> bool:
    """Whether nothing stands below a stack, or to the right of it."""
    if upright:
        return not any(found[at].top > stack.foot for at in region)
    return not any(found[at].left > stack.right - OVERLAP for at in region)


def _first(stack: Stack, region: Region, found: Sequence[Stack], upright: bool) -> bool:
    """Whether nothing stands above a stack, or to the left of it."""
    if upright:
        return not any(found[at].foot < stack.top for at in region)
    return not any(found[at].right < stack.left + OVERLAP for at in region)


def _upright(region: Region, found: Sequence[Stack], flows: Flows) -> Iterator[Cut]:
    rows = sorted(region, key=lambda at: found[at].left)
    reach = 0.0
    for n in range(1, len(rows)):
        reach = max(reach, found[rows[n - 1]].right)
        if found[rows[n]].left > reach - OVERLAP:
            first, second = tuple(rows[:n]), tuple(rows[n:])
            top = min(second, key=lambda at: (found[at].top, found[at].left))
            torn = _torn(first, second, found, flows, upright=True)
            headed = not found[top].body and _overlap(found[top], found[rows[n]])
            yield Cut(torn - HEADED if torn and headed else torn, True, first, second)


def _level(region: Region, found: Sequence[Stack], flows: Flows) -> Iterator[Cut]:
    rows = sorted(region, key=lambda at: found[at].top)
    reach = -1.0
    for n in range(1, len(rows)):
        reach = max(reach, found[rows[n - 1]].foot)
        if found[rows[n]].top > reach:
            first, second = tuple(rows[:n]), tuple(rows[n:])
            top = found[rows[n]].top
            plain = all(found[at].body for at in rows[n:] if found[at].top < top + 1) and any(
                found[at].body for at in first
            )
            yield Cut(
                _torn(first, second, found, flows, upright=False) + (PLAIN if plain else 0.0), False, first, second
            )


def _stuck(region: Region, found: Sequence[Stack], flows: Flows) -> list[int]:
    """No cut goes through: what stands across the others is taken out, and put in where it tears least."""
    free = [at for at in region if not found[at].body] or list(region)
    if len(region) == 2 or len(region) > KNOTTED:
        return sorted(region, key=lambda at: (found[at].top, found[at].left))
    at = max(free, key=lambda each: found[each].right - found[each].left)
    out = _read(tuple(each for each in region if each != at), found, flows)
    above = [n for n, each in enumerate(out) if found[each].foot < found[at].top and _overlap(found[each], found[at])]
    out.insert(above[-1] + 1 if above else 0, at)
    return out


def _overlap(a: Stack, b: Stack, least: float = OVERLAP) -> bool:
    return a.left < b.right - least and b.left < a.right - least


# ---- what looks like going on


def _flows(found: Sequence[Stack]) -> Iterator[tuple[tuple[int, int], float]]:
    running = sum(not stack.body and stack.top == 0 for stack in found) >= RUNNING
    beside = {_text_beside(stack, found) for stack in found if is_downwards(stack.cells)}
    for a, stack in enumerate(found):
        if stack.body and not stack.signed:
            after = _next(stack, found)
            if after is not None:
                yield (a, after), GOES_ON if stack.goes_on else FOLLOWS
        elif not stack.body and (stack.top > 0 or not running):
            text = _text_below(stack, found)
            if text is not None and (text not in beside or is_downwards(stack.cells)):
                yield (a, text), HEADS


def _next(stack: Stack, found: Sequence[Stack]) -> int | None:
    """Where the text of an unfinished column goes on: the nearest column to the right that begins without an indent,
    or what stands below."""
    best, least = None, FARTHEST
    for at, other in enumerate(found):
        if (
            not other.body
            or other is stack
            or other.begins == stack.goes_on
            or abs(other.measure - stack.measure) > FULL
        ):
            continue
        away = other.left - stack.right
        if -OVERLAP <= away <= BESIDE and other.top < stack.foot and other.foot >= stack.top - ABOVE:
            cost = 0.1 * away + 0.2 * abs(other.top - stack.top)
        elif abs(other.left - stack.left) <= 2 and other.top > stack.foot:
            cost = 1.0 + 0.3 * (other.top - stack.foot)
        else:
            continue
        if cost < least:
            best, least = at, cost
    return best


def _text_below(head: Stack, found: Sequence[Stack]) -> int | None:
    """The column in which the text of a headline begins: the first of those that begin level below it, or of those
    that rise beside it on the left; no column below another headline. That of one set downwards begins beside it."""
    if is_downwards(head.cells):
        return _text_beside(head, found)
    below = [other for other in found if other.body and 0 < other.top - head.foot <= UNDER and _overlap(head, other)]
    first = min(below, key=lambda other: (other.top, other.left)) if below else None
    others = [
        each for each in found if not each.body and each is not head and each.top <= head.foot and each.foot >= head.top
    ]
    if first is not None and _headed(head, first, found):
        return None
    if first is None:
        first = _far_below(head, found) if _told(head) else _rising(head, found, others) or _far_below(head, found)
    while first is not None and not (
        _flush(head, first) and (first.begins or (others and not _flowed_into(first, found)))
    ):
        free = [other for other in found if not any(_overlap(each, other) for each in others)]
        left = [
            other
            for other in free
            if _left_of(other, first) and (abs(other.top - first.top) <= LEVEL or not first.begins)
        ]
        if not left:
            break
        first = max(left, key=lambda other: other.left)
    return next((at for at, other in enumerate(found) if other is first), None)


def _text_beside(head: Stack, found: Sequence[Stack]) -> int | None:
    """The column in which the text of a headline begins that is set downwards: under it, or level with its top the next
    one on its right, or the first of those on its left."""
    below = [(other.top, at) for at, other in enumerate(found) if _begins_under(other, head, found)]
    if below:
        return min(below)[1]
    level = [
        (at, other)
        for at, other in enumerate(found)
        if other.body and other.begins and abs(other.top - head.top) <= BESIDE_TOP and not _has_head(other, head, found)
    ]
    right = [(other.left, at) for at, other in level if -OVERLAP <= other.left - head.right <= BESIDE]
    left = [
        (-other.left, at)
        for at, other in level
        if -OVERLAP <= head.left - other.right <= BESIDE + LEFT_COLUMNS * other.measure
    ]
    nearest = [min(side)[1] for side in (right, left) if side]
    return min(nearest, key=lambda at: abs(found[at].top - head.top), default=None)


def _begins_under(text: Stack, head: Stack, found: Sequence[Stack]) -> bool:
    """Whether a column begins under a headline: with an indent, or under lines between the two."""
    if not text.body or not 0 < text.top - head.foot <= UNDER or not _overlap(text, head, 0.0):
        return False
    return text.begins or any(
        not each.body and head.foot < each.top < text.top and _overlap(each, text) for each in found
    )


def _has_head(text: Stack, head: Stack, found: Sequence[Stack]) -> bool:
    """Whether another headline stands right over a column."""
    return any(
        not each.body and each is not head and 0 < text.top - each.foot <= UNDER and _overlap(each, text)
        for each in found
    )


def _flush(head: Stack, first: Stack) -> bool:
    """Whether lines over a column begin where it begins, not only the widest of some in the middle of a text."""
    flush = sum(abs(cell.place - first.left) <= AWAY for cell in head.cells)
    return abs(head.left - first.left) <= AWAY and 2 * flush >= len(head.cells)


def _flowed_into(stack: Stack, found: Sequence[Stack]) -> bool:
    """Whether a column is where the text of another one goes on; where none begins with an indent, that is not told."""
    alike = [other for other in found if other.body and abs(other.measure - stack.measure) <= FULL]
    ends = [other for other in alike if other.goes_on and _left_of(other, stack)]
    after = [_next(other, found) for other in ends] if any(other.begins for other in alike) else []
    return any(at is not None and found[at] is stack for at in after)


def _told(head: Stack) -> bool:
    """Whether some short lines say something in sentences, as notes do and headlines do not."""
    return len(head.cells) >= NOTE and any(cell.text.rstrip("”’》）").endswith("。") for cell in head.cells)


def _headed(head: Stack, first: Stack, found: Sequence[Stack]) -> bool:
    """Whether some short lines are more than a headline, and a column below them has one of its own."""
    return len(head.cells) >= NOTE and any(
        not each.body and head.foot < each.top < first.top and _overlap(each, first) for each in found
    )


def _far_below(head: Stack, found: Sequence[Stack]) -> Stack | None:
    """The text below a picture that stands under a headline."""
    below = [other for other in found if 0 < other.top - head.foot <= PICTURE and _overlap(head, other)]
    first = min(below, key=lambda other: (other.top, other.left), default=None)
    return first if first is not None and first.body and first.begins else None


def _rising(head: Stack, found: Sequence[Stack], others: Sequence[Stack]) -> Stack | None:
    """The nearest column on the left of a headline that begins beside it."""
    left = [
        other
        for other in found
        if other.body
        and other.begins
        and -OVERLAP <= head.left - other.right <= BESIDE
        and head.top - LEVEL <= other.top <= head.foot + LEVEL
        and not any(_overlap(each, other) for each in others)
    ]
    return max(left, key=lambda other: other.left, default=None)


def _left_of(stack: Stack, first: Stack) -> bool:
    """Whether a column of the same measure stands to the left of another, at its height."""
    return (
        stack.body
        and stack.left < first.left
        and -OVERLAP <= first.left - stack.right <= NEXT_COLUMN
        and stack.top <= first.top + LEVEL
        and stack.foot > first.top
        and abs(stack.measure - first.measure) <= FULL
    )
