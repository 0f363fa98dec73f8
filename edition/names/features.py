"""What speaks for and against a name: the sum of the weights of a candidate's features, in log-odds.

A feature is a short key of the fitted table. The functions ask `weigh` for each in turn, so that finding (where it
looks the weight up) and fitting (where it notes the key and answers 0) cannot differ. A few characters on either side
are looked at, and those that rule a candidate out are asked first.
"""

from collections.abc import Callable, Set

from edition.names.lists import Lists

Weigh = Callable[[str], float]
HOPELESS = -8.0  # log-odds from which nothing that is left to ask could still make a name
BOUND = frozenset("，。、；：！？“”‘’《》（）()—…\n,:;!?·　 ")


def person(text: str, start: int, end: int, lists: Lists, dictionary: Set[str], weigh: Weigh) -> float:
    """The log-odds of `text[start:end]` as a Chinese person's name."""
    size = end - start
    cut = start + (2 if size == 4 or (size == 3 and text[start : start + 2] in lists.compound) else 1)
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    total = weigh("") + weigh("s" + text[start:cut]) + weigh(f"n{size}")
    total += weigh("g" + text[cut]) if end - cut == 1 else weigh("a" + text[cut]) + weigh("b" + text[cut + 1])
    total += weigh("L" + before.strip()) + weigh("R" + after.strip())
    if before and before + text[start] in dictionary:
        total += weigh("xl")
    if size == 3 and text[start : start + 2] in dictionary:
        total += weigh("w:2")
    if after and text[start : end + 1] in dictionary:
        total += weigh("xx")
    if after and text[end - 1 : end + 1] in dictionary:
        total += weigh("xr")
    return total + _rest(text, start, end, lists, dictionary, weigh) if total > HOPELESS else total


def _rest(text: str, start: int, end: int, lists: Lists, dictionary: Set[str], weigh: Weigh) -> float:
    total = weigh("T1" if _titled(text, start, lists) else "T0")
    if text[start:end] in dictionary:
        total += weigh(f"w{end - start}")
    if end - start == 3 and text[start + 1 : end] in dictionary:
        total += weigh("w:g")
    after = text[end : end + 2]
    if after in dictionary:
        total += weigh("r2")
    if after in lists.honorifics or text[end : end + 3] in lists.honorifics:
        return total + weigh("H1")
    return total + weigh("S" + after) if after in lists.speech else total


def _titled(text: str, start: int, lists: Lists) -> bool:
    """Whether a title ends where the name begins."""
    if text[start - 1 : start] not in lists.title_ends:
        return False
    return any(text[max(0, start - size) : start] in lists.titles for size in (2, 3, 4, 5))


def place(text: str, start: int, end: int, lists: Lists, dictionary: Set[str], weigh: Weigh) -> float:
    """The log-odds of `text[start:end]` as a place, one of the lists."""
    name = text[start:end]
    kind = "world" if name in lists.world else "full" if name in lists.full else "bare"
    before, after = text[start - 1 : start] if start else "", text[end : end + 2]
    total = weigh("") + weigh("p" + kind) + weigh(f"p{kind}{end - start}") + weigh("q" + name)
    total += weigh("l" + before.strip()) + weigh("r" + after[:1].strip()) + weigh("R" + after.strip())
    return total + sum(weigh(key) for key in _crossing(text, start, end, dictionary))


def _crossing(text: str, start: int, end: int, dictionary: Set[str]) -> list[str]:
    """Words that hold an edge of the name, and longer words that hold all of it."""
    found = set()
    for size in (2, 3, 4):
        for at in range(max(0, start - size + 1), min(end, len(text) - size + 1)):
            stop = at + size
            if (start <= at and stop <= end) or text[at:stop] not in dictionary:
                continue
            if at <= start and end <= stop:
                found.add("cc<" if at < start else "cc>")
            else:
                found.add("cl" if at < start else "cr")
    return sorted(found)
