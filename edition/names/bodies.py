"""Bodies: those known by their bare names (国务院), and a place with what follows up to a body's last word
(某市总工会, 某县红星机械厂有限公司).

Between the two only nouns are expected: no particle, no punctuation, not too long. A body without a place in its name
is marked where a bracketed place is inside (希望国际科技(某地)有限公司) or not at all.
"""

from collections.abc import Iterable, Iterator, Sequence, Set

from edition.names.lists import Lists

LONGEST = 14  # characters between the place and the body's last word
KNOWN = 0.98  # measured, see tests/bench/names.py
CHUNK = 0.96
_LAST = 12  # characters of the longest last word
Found = tuple[int, int, float]


def find(text: str, places: Sequence[Found], heads: Iterable[int], lists: Lists, dictionary: Set[str]) -> list[Found]:
    """(start, end, probability) of every body; `places` are those that the text holds, `heads` where names may begin."""
    found = [*_known(text, heads, lists, dictionary)]
    done = 0
    for start, end, _ in places:
        if start < done:
            continue
        stop = _end(text, end, lists, dictionary) or _known_at(text, end, lists, dictionary) or _team(text, end)
        if stop:
            found.append((_begin(start, end, stop, places), stop, CHUNK))
            done = stop
    chunks = [one for one in found if one[2] == CHUNK]
    return sorted(chunks + [one for one in found if one[2] == KNOWN and not any(c[0] <= one[0] < c[1] for c in chunks)])


def _begin(start: int, end: int, stop: int, places: Sequence[Found]) -> int:
    """Where the body begins: at its place, or at the last place inside it that does not go on the one before."""
    for begin, close, _ in places:
        if end < begin < stop and close < stop:
            start = begin
        if begin in (end, start) or end < begin < stop:
            end = max(end, close)
    return start


def _known(text: str, heads: Iterable[int], lists: Lists, dictionary: Set[str]) -> Iterator[Found]:
    done = 0
    for start in heads:
        end = _known_at(text, start, lists, dictionary) if start >= done else 0
        if end:
            yield start, end, KNOWN
            done = end


def _known_at(text: str, start: int, lists: Lists, dictionary: Set[str]) -> int:
    """The end of the known body that begins there, the longest; 0 if there is none."""
    for size in lists.known_sizes.get(text[start : start + 2], ()):
        end = start + size
        if end <= len(text) and text[start:end] in lists.known and not _goes_on(text, end, dictionary):
            return end
    return 0


def _end(text: str, begin: int, lists: Lists, dictionary: Set[str]) -> int:
    """Where the body ends whose place ends at `begin`; 0 if there is none."""
    best = 0
    for end in range(begin + 1, min(len(text), begin + LONGEST + 4) + 1):
        if text[end - 1] in lists.breaks and not _joins(text, begin, end, lists):
            break
        if text[end - 2 : end] in lists.verbs and end > begin + 1 and text[end - 2 : end + 1] not in dictionary:
            break
        if (
            end > begin + 1
            and text[end - 2 : end] in lists.lasts
            and _is_last(text, begin, end, lists)
            and not _goes_on(text, end, dictionary)
        ):
            best = end
    return best


def _joins(text: str, begin: int, end: int, lists: Lists) -> bool:
    """Whether a 和 or 有 is part of a body's last word (人力资源和社会保障局, 有限公司)."""
    if text[end - 1] == "有":
        return text[end : end + 1] == "限"
    return text[end - 1] == "和" and any(
        text.startswith(body, end - 1 - body.index("和")) and end - 1 - body.index("和") >= begin
        for body in lists.joined
    )


def _team(text: str, begin: int) -> int:
    """The end of a sports team: the place and 队."""
    return begin + 1 if text[begin : begin + 1] == "队" and text[begin + 1 : begin + 2] not in "伍员长友列旗部" else 0


def _is_last(text: str, begin: int, end: int, lists: Lists) -> bool:
    if any(text.count(one, begin, end) != text.count(other, begin, end) for one, other in ("（）", "()")):
        return False
    return any(text[end - size : end] in lists.bodies for size in range(2, min(_LAST, end - begin) + 1))


def _goes_on(text: str, end: int, dictionary: Set[str]) -> bool:
    """Whether a word goes over the end: 大学生, 银行业."""
    return any(text[end - back : end + 1] in dictionary for back in (2, 3)) if end < len(text) else False
