"""The counts. Each is defined over characters or blocks of one page; `total` adds pages up.

Joins       links between neighbouring characters of one block that stand in different source lines, precision and recall
            apart for lines of one run (in-block), over empty lines (boundary) and over other text (non-local)
Articles    B-cubed over characters (Bagga and Baldwin 1998); exact articles; splits and merges
Headlines   the article that got a headline group is the one that has most of its text
Roles       blocks whose characters mostly have the same role on the other side, F1 for each role
Order       inversions among the blocks, as a share of all pairs (Kendall's tau distance)
Confidence  decisions with their probability: calibration error, and how many can be kept at 99 % right; of the joins
            those at block boundaries, where the line before is empty
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from edition.errors import UsageError
from edition.evaluate.align import match
from edition.evaluate.structure import HEADLINE, ROLES, Block, Structure

JOIN_CLASSES = ("in-block", "boundary", "non-local")
DECISIONS = ("joins", "roles", "owners")
SAME_PAGE = 0.5  # share of characters that may be missing before two structures are not of one page
SMALL = 0.05  # share of an article's characters that may lie elsewhere before it counts as split or merged


@dataclass(slots=True)
class Tally:
    """True positives, and how many there are on each side."""

    right: int = 0  # of gold
    right_predicted: int = 0  # of predicted; the same where they are the same things
    predicted: int = 0
    gold: int = 0

    def scores(self) -> tuple[float | None, float | None, float | None]:
        """Precision, recall and F1; None where there is nothing to divide by."""
        precision = self.right_predicted / self.predicted if self.predicted else None
        recall = self.right / self.gold if self.gold else None
        f1 = 2 * (precision or 0) * (recall or 0) / ((precision or 0) + (recall or 0)) if precision or recall else None
        if f1 is None and self.predicted + self.gold:
            f1 = 0.0
        return precision, recall, f1

    def add(self, other: "Tally") -> None:
        """Add another page's counts."""
        self.right += other.right
        self.right_predicted += other.right_predicted
        self.predicted += other.predicted
        self.gold += other.gold


@dataclass(slots=True)
class Result:
    """The counts of one page or of several."""

    pages: int = 0
    characters: int = 0
    lost: int = 0
    added: int = 0
    joins: dict[str, Tally] = field(default_factory=lambda: {name: Tally() for name in JOIN_CLASSES})
    paragraphs: Tally = field(default_factory=Tally)
    roles: dict[str, Tally] = field(default_factory=lambda: {role: Tally() for role in ROLES})
    b3_precision: float = 0.0  # sum over characters
    b3_recall: float = 0.0
    b3_characters: int = 0
    exact: Tally = field(default_factory=Tally)  # articles
    splits: int = 0
    merges: int = 0
    headlines_right: int = 0
    headlines: int = 0
    inversions: int = 0
    pairs: int = 0
    decisions: dict[str, list[tuple[float, bool]]] = field(default_factory=lambda: {name: [] for name in DECISIONS})
    sure_of: dict[str, list[tuple[float, bool]]] = field(default_factory=lambda: {role: [] for role in ROLES})

    def add(self, other: "Result") -> None:
        """Add another page's counts."""
        for name in ("pages", "characters", "lost", "added", "b3_precision", "b3_recall", "b3_characters", "splits",
                     "merges", "headlines_right", "headlines", "inversions", "pairs"):  # fmt: skip
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.paragraphs.add(other.paragraphs)
        self.exact.add(other.exact)
        for mine, theirs in ((self.joins, other.joins), (self.roles, other.roles)):
            for name, tally in theirs.items():
                mine[name].add(tally)
        for mine_, theirs_ in ((self.decisions, other.decisions), (self.sure_of, other.sure_of)):
            for name, rows in theirs_.items():
                mine_[name] += rows


class _Char(NamedTuple):
    """One character on one side: where it stands."""

    block: int
    article: str
    role: str
    line: int  # of the source; 0 if unknown


class _Side:
    """One structure, laid out as characters."""

    def __init__(self, structure: Structure) -> None:
        self.structure = structure
        self.blocks: list[tuple[str, Block]] = list(structure.blocks)
        self.text = "".join(block.text for _, block in self.blocks)
        self.chars: list[_Char] = []
        self.starts: list[int] = []
        for index, (article, block) in enumerate(self.blocks):
            self.starts.append(len(self.chars))
            lines = block.lines or (0,) * len(block.text)
            self.chars += [_Char(index, article, block.role, line) for line in lines]

    def span(self, index: int) -> range:
        """The characters of a block."""
        return range(self.starts[index], self.starts[index] + len(self.blocks[index][1].text))


def compare(gold: Structure, predicted: Structure) -> Result:
    """The counts of one page."""
    mine, theirs = _Side(gold), _Side(predicted)
    to_gold = match(mine.text, theirs.text)
    to_predicted: list[int | None] = [None] * len(mine.text)
    for at, place in enumerate(to_gold):
        if place is not None:
            to_predicted[place] = at
    result = Result(pages=1, characters=len(mine.text))
    result.lost = sum(place is None for place in to_predicted)
    result.added = sum(place is None for place in to_gold)
    if result.lost > SAME_PAGE * result.characters:
        raise UsageError(
            f"{result.lost} of {result.characters} characters of the gold page are not in the predicted one",
            where=predicted.page, remedy="compare two structures of the same page",
        )  # fmt: skip
    lines = _lines(mine, theirs, to_predicted)
    _joins(result, mine, theirs, to_gold, lines)
    _roles(result, mine, theirs, to_gold, to_predicted)
    _articles(result, mine, theirs, to_gold, to_predicted)
    right = _headlines(result, mine, theirs, to_predicted)
    _order(result, mine, to_predicted)
    _confidence(result, mine, theirs, to_gold, right)
    return result


def _lines(mine: _Side, theirs: _Side, to_predicted: Sequence[int | None]) -> list[int]:
    """The source line of each gold character, from whichever side knows it; 0 if neither does."""
    out = []
    for place, char in enumerate(mine.chars):
        other = to_predicted[place]
        out.append(char.line or (theirs.chars[other].line if other is not None else 0))
    return out


def _links(side: _Side, place_of: Sequence[int | None] | None) -> set[tuple[int, int]]:
    """Pairs of gold places that follow each other in one block of this side."""
    out = set()
    for index in range(len(side.blocks)):
        span = side.span(index)
        for at in span[:-1]:
            a, b = (at, at + 1) if place_of is None else (place_of[at], place_of[at + 1])
            if a is not None and b is not None:
                out.add((a, b))
    return out


def _joins(result: Result, mine: _Side, theirs: _Side, to_gold: Sequence[int | None], lines: Sequence[int]) -> None:
    gold, predicted = _links(mine, None), _links(theirs, to_gold)
    empty = _empty_between(lines)
    for links, counts in ((gold & predicted, "right"), (gold, "gold"), (predicted, "predicted")):
        for a, b in links:
            if lines[a] and lines[b] and lines[a] != lines[b]:
                tally = result.joins[_join_class(lines[a], lines[b], empty)]
                setattr(tally, counts, getattr(tally, counts) + 1)
    for tally in result.joins.values():
        tally.right_predicted = tally.right


def _empty_between(lines: Iterable[int]) -> dict[int, int]:
    """For each line with text the next line with text."""
    known = sorted({line for line in lines if line})
    return dict(pairwise(known))


def _join_class(a: int, b: int, following: dict[int, int]) -> str:
    if b == a + 1:
        return "in-block"
    return "boundary" if following.get(a) == b else "non-local"


def _majority(values: Iterable[object]) -> object:
    counts = Counter(value for value in values if value is not None)
    return counts.most_common(1)[0][0] if counts else None


def _roles(
    result: Result, mine: _Side, theirs: _Side, to_gold: Sequence[int | None], to_predicted: Sequence[int | None]
) -> None:
    exact = {
        tuple(theirs_places(theirs, index, to_gold)) for index, (_, b) in enumerate(theirs.blocks) if b.role == "p"
    }
    for index, (_, block) in enumerate(mine.blocks):
        role = _majority(theirs.chars[at].role for place in mine.span(index) if (at := to_predicted[place]) is not None)
        counted = result.roles[str(role) if block.accepts(role) else block.role]  # as right as its own, so one of those
        counted.gold += 1
        counted.right += block.accepts(role)
        if block.role == "p":
            result.paragraphs.gold += 1
            result.paragraphs.right += tuple(mine.span(index)) in exact
    result.paragraphs.right_predicted = result.paragraphs.right
    for index, (_, block) in enumerate(theirs.blocks):
        result.roles[block.role].predicted += 1
        other = _majority(mine.chars[place].block for at in theirs.span(index) if (place := to_gold[at]) is not None)
        result.roles[block.role].right_predicted += _accepted(mine, other, block.role)
        result.paragraphs.predicted += block.role == "p"


def _accepted(gold: _Side, index: object, role: str) -> bool:
    """Whether a role is right for a block of the gold side; no block accepts any."""
    return isinstance(index, int) and gold.blocks[index][1].accepts(role)


def theirs_places(side: _Side, index: int, place_of: Sequence[int | None]) -> list[int | None]:
    """The gold places of a predicted block's characters."""
    return [place_of[at] for at in side.span(index)]


def _articles(
    result: Result, mine: _Side, theirs: _Side, to_gold: Sequence[int | None], to_predicted: Sequence[int | None]
) -> None:
    both: Counter[tuple[str, str]] = Counter()
    for place, char in enumerate(mine.chars):
        at = to_predicted[place]
        if char.article and at is not None:
            both[char.article, theirs.chars[at].article] += 1
    gold = Counter(char.article for char in mine.chars if char.article)
    predicted = Counter(char.article for char in theirs.chars)
    for (a, b), shared in both.items():
        result.b3_precision += shared * shared / predicted[b]
        result.b3_recall += shared * shared / gold[a]
    result.b3_characters += sum(gold.values())
    result.exact.gold += len(gold)
    result.exact.predicted += sum(1 for name in predicted if name)
    result.exact.right = sum(shared == gold[a] == predicted[b] for (a, b), shared in both.items())
    result.exact.right_predicted = result.exact.right
    result.splits += sum(max(0, _large(both, 0, name, size) - 1) for name, size in gold.items())
    result.merges += sum(max(0, _large(both, 1, name, size) - 1) for name, size in predicted.items() if name)


def _large(both: Counter[tuple[str, str]], side: int, name: str, size: int) -> int:
    """Into how many parts worth counting an article of one side falls on the other."""
    return sum(shared > SMALL * size for pair, shared in both.items() if pair[side] == name)


def _headlines(result: Result, mine: _Side, theirs: _Side, to_predicted: Sequence[int | None]) -> dict[str, bool]:
    """Whether each gold article's headline stands with its text; by the id of the predicted article that has it."""
    right: dict[str, bool] = {}
    for article in mine.structure.articles:
        heads, text = [], []
        for index, (name, block) in enumerate(mine.blocks):
            if name == article.id:
                there = [theirs.chars[at] for place in mine.span(index) if (at := to_predicted[place]) is not None]
                if block.role in HEADLINE:
                    heads += [char.article if char.role in HEADLINE else None for char in there]
                elif block.role in ("p", "caption"):
                    text += [char.article for char in there]
        if not heads or not text:
            continue
        result.headlines += 1
        owner = _majority(heads)
        good = owner is not None and owner == _majority(text)
        result.headlines_right += good
        if owner is not None:
            right[str(owner)] = bool(good) and right.get(str(owner), True)
    return right


def _order(result: Result, mine: _Side, to_predicted: Sequence[int | None]) -> None:
    places = []
    for index, (article, _) in enumerate(mine.blocks):
        found = [at for place in mine.span(index) if (at := to_predicted[place]) is not None]
        if article and found:
            places.append(sum(found) / len(found))
    for at, here in enumerate(places):
        result.inversions += sum(there < here for there in places[at + 1 :])
        result.pairs += len(places) - at - 1


def _confidence(
    result: Result, mine: _Side, theirs: _Side, to_gold: Sequence[int | None], right: dict[str, bool]
) -> None:
    gold_links = _links(mine, None)
    with_text = {char.line for char in theirs.chars}
    for index, (_, block) in enumerate(theirs.blocks):
        span = theirs.span(index)
        other = _majority(mine.chars[place].block for at in span if (place := to_gold[at]) is not None)
        if block.cert is not None and other is not None:
            told = block.cert, _accepted(mine, other, block.role)
            result.decisions["roles"].append(told)
            result.sure_of[block.role].append(told)
        for seam in block.seams:
            at = span.start + seam.at
            if at >= len(to_gold) or (seam.joined and seam.at == 0) or theirs.chars[at].line - 1 in with_text:
                continue
            place = to_gold[at]
            if seam.joined:
                before = to_gold[at - 1]
                good = (before, place) in gold_links
            else:
                good = place is not None and place in mine.starts
            result.decisions["joins"].append((seam.cert, good))
    for name, cert in theirs.structure.owners.items():
        if name in right:
            result.decisions["owners"].append((cert, right[name]))
