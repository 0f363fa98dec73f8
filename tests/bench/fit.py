"""Fits the weights of the decoder: maximum conditional likelihood of the gold paths of typeset pages.

usage: fit.py [PAGES A STYLE] [OUT.json]. A page's lattice is the program's own (edition.infer.decoder.Lattice), so what is fitted is
what runs. The likelihood of a linear-chain conditional random field and its gradient follow Lafferty et al. 2001;
scipy's L-BFGS (BSD licence) climbs it, with a Gaussian prior on the weights. Only texts of the `train` part are read,
never the pages of `seeds/`. Ways that the weights of
the last round find hopeless are left out of the lattice, as the program does. Two models are fitted: pages whose lines are broken at column width, and those whose lines
are pieces of paragraphs.
"""

import json
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pages
from scipy.optimize import minimize

from edition import words
from edition.evaluate import structure
from edition.evaluate.align import match
from edition.infer import decoder
from edition.infer.blocks import blocks
from edition.infer.decoder import CLOSED, Lattice, Role
from edition.infer.lists import model
from edition.readers.plain import read

ROLES = {role: at for at, role in enumerate(decoder.ROLES)}
GOLD = {
    "kicker": Role.KICKER, "headline": Role.HEAD, "subtitle": Role.SUB, "subhead": Role.CROSS, "p": Role.START,
    "caption": Role.CAPTION, "byline": Role.BYLINE, "credit": Role.CREDIT, "furniture": Role.FURNITURE,
}  # fmt: skip
PRIOR = {"role": 1.2, "step": 3.0, "join": 3.0}  # standard deviation of the weights
PRUNED = 9.0  # log-odds under the best role by itself
BEAM = 14.0  # log-odds under the best way so far
DEAD = -1e9  # log of no chance at all
RARE = 4  # a feature seen on fewer blocks is left out
WORKERS = 2


@dataclass(slots=True)
class Sample:
    """One page: what is seen, by name, and the way through it that is right."""

    wrapped: bool
    unary: list[list[str]]
    joins: list[list[str]]
    steps: list[list[tuple[int, int, int, int, list[str]]]]  # before, after, role, join, names; one list for each block
    gold: list[int]  # index of the right edge
    missed: int


def sample(text, gold):
    """The sample of one page, or None where the gold cannot be followed."""
    parts, page = blocks(read(text.encode(), "page.txt", "UTF-8")[0])
    lattice = Lattice(parts, page, words.load())
    labels = _labels(parts, structure.load(json.dumps(gold).encode(), "gold"))
    out = Sample(page.wrapped, [lattice.places.role(at) for at in range(len(parts))], [], [], [], 0)
    known, states, state = {}, {decoder._START: 0.0}, decoder._START
    last = model(wrapped=page.wrapped)
    for at in range(len(parts)):
        role, joined = _right(lattice, state, at, labels, out)
        own = _hopeful(lattice.roles(at), out.unary[at], last, role)
        names, target, right = [], lattice.after(state, role, joined, at), (state, role, joined)
        reached = {}
        for before, sofar in states.items():
            for option, score in own.items():
                for left in lattice.joins(before, option, at):
                    after = lattice.after(before, option, left, at)
                    join = -1
                    if left != CLOSED:
                        join = known.setdefault((left, at), len(known))
                        if join == len(out.joins):
                            out.joins.append([seen.name for seen in lattice.places.join(left, at)])
                    step = lattice.step(before, option, left, at)
                    total = sofar + score + sum(last.step.get(name, 0.0) for name in step)
                    total += sum(last.join.get(name, 0.0) for name in out.joins[join]) if join >= 0 else 0.0
                    reached[after] = max(reached.get(after, total), total)
                    names.append((before, option, left, after, join, step))
        most = max(reached.values())
        kept = {after: total for after, total in reached.items() if after == target or total > most - BEAM}
        place, came = ({each: n for n, each in enumerate(group)} for group in (kept, states))
        names = [edge for edge in names if edge[3] in kept]
        out.gold.append([edge[:3] for edge in names].index(right))
        out.steps.append(
            [(came[a], place[after], ROLES.get(role, 0), join, step) for a, role, _, after, join, step in names]
        )
        states, state = kept, target
    states = list(states)
    out.steps.append([(at, 0, 0, -1, lattice.leave(end)) for at, end in enumerate(states)])
    out.gold.append(states.index(state))
    return out


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
    if lattice.roles(at) == (Role.MARKUP,):
        return Role.MARKUP, CLOSED
    if role is Role.BYLINE and lattice.looks[at].closes and state.open != CLOSED:
        return Role.MORE, state.open  # the end of a byline that is stuck to a paragraph
    if role is Role.START:
        for left in (state.open, state.held):
            if left != CLOSED and labels[left][1] == block:
                return Role.MORE, left
        out.missed += any(label[1] == block for label in labels[:at])
    if role is None or role not in lattice.roles(at):
        out.missed += 1
        return Role.START, CLOSED
    return role, CLOSED


# ---- the likelihood


class Fit:
    """The samples of one kind of page as numbers."""

    def __init__(self, samples):
        seen = Counter(name for s in samples for row in s.unary for name in row)
        joins = Counter(name for s in samples for row in s.joins for name in row)
        steps = Counter(name for s in samples for rows in s.steps for edge in rows for name in edge[4])
        gold = Counter(name for s in samples for rows, right in zip(s.steps, s.gold) for name in rows[right][4])
        self.role = {name: at for at, name in enumerate(sorted(n for n, c in seen.items() if c >= RARE))}
        self.join = {name: at for at, name in enumerate(sorted(n for n, c in joins.items() if c >= RARE))}
        self.step = {name: at for at, name in enumerate(sorted(n for n in steps if steps[n] >= 1))}
        self.sizes = (len(self.role) * len(ROLES), len(self.step), len(self.join))
        self.gold_steps = gold
        self.pages = [self._numbers(s) for s in samples]
        spread = [np.full(size, PRIOR[name]) for size, name in zip(self.sizes, ("role", "step", "join"))]
        self.spread = np.concatenate(spread)

    def _numbers(self, s):
        unary = [np.array([self.role[n] for n in row if n in self.role], int) for row in s.unary]
        joins = [np.array([self.join[n] for n in row if n in self.join], int) for row in s.joins]
        steps = []
        for rows in s.steps:
            order = sorted(range(len(rows)), key=lambda at: rows[at][1])
            before = np.array([rows[at][0] for at in order], np.int16)
            after = np.array([rows[at][1] for at in order], np.int16)
            wide = max(len(rows[at][4]) for at in order)
            names = np.full((len(order), wide), len(self.step), np.int16)
            for place, at in enumerate(order):
                for col, name in enumerate(rows[at][4]):
                    names[place, col] = self.step[name]
            by_before = np.argsort(before, kind="stable").astype(np.int16)
            starts = np.flatnonzero(np.r_[True, after[1:] != after[:-1]])
            sorted_before = before[by_before]
            starts_before = np.flatnonzero(np.r_[True, sorted_before[1:] != sorted_before[:-1]])
            place_of = {at: place for place, at in enumerate(order)}
            steps.append((before, after, np.array([rows[at][2] for at in order], np.int8),
                          np.array([rows[at][3] for at in order], np.int16), names, starts, by_before, starts_before, place_of))  # fmt: skip
        gold = [steps[at][8][right] for at, right in enumerate(s.gold)]
        return unary, joins, [step[:8] for step in steps], gold

    def split(self, vector):
        a, b, _ = self.sizes
        return vector[:a].reshape(-1, len(ROLES)), np.r_[vector[a : a + b], 0.0], np.r_[vector[a + b :], 0.0]


FIT: Fit | None = None


def _part(args):
    vector, first, count = args
    role, step, join = FIT.split(vector)
    grad_role, grad_step, grad_join = np.zeros_like(role), np.zeros_like(step), np.zeros_like(join)
    total = 0.0
    for page in FIT.pages[first::count]:
        total += _page(page, role, step, join, grad_role, grad_step, grad_join)
    return total, np.concatenate([grad_role.ravel(), grad_step[:-1], grad_join[:-1]])


def _page(page, role, step, join, grad_role, grad_step, grad_join):
    """The negative log-likelihood of one page; its gradient is added to the three arrays."""
    unary, joins, steps, gold = page
    own = [role[names].sum(0) if len(names) else np.zeros(role.shape[1]) for names in unary]
    own.append(np.zeros(role.shape[1]))
    seams = np.array([join[names].sum() for names in joins] + [0.0])
    scores, forward = [], [np.zeros(1)]
    for at, (before, _, roles, joined, names, starts, _, _) in enumerate(steps):
        score = own[at][roles] + step[names].sum(1) + seams[joined]
        scores.append(score)
        edge = forward[-1][before] + score
        top = np.maximum.reduceat(edge, starts)
        counts = np.diff(np.r_[starts, len(edge)])
        forward.append(top + np.log(np.add.reduceat(np.exp(edge - np.repeat(top, counts)), starts)))
    whole = forward[-1][0]
    backward = np.zeros(1)
    right = 0.0
    seam_grad = np.zeros(len(seams))
    for at in range(len(steps) - 1, -1, -1):
        before, after, roles, joined, names, _, by_before, starts_before = steps[at]
        here = scores[at] + backward[after]
        chance = np.exp(np.minimum(0.0, forward[at][before] + here - whole))
        right += scores[at][gold[at]]
        chance[gold[at]] -= 1.0
        if at < len(unary):
            grad = np.bincount(roles, chance, minlength=role.shape[1])
            if len(unary[at]):
                grad_role[unary[at]] += grad
        wide = names.shape[1]
        grad_step += np.bincount(names.ravel(), np.repeat(chance, wide), minlength=len(grad_step))
        asked = joined >= 0
        if asked.any():
            np.add.at(seam_grad, joined[asked], chance[asked])
        sorted_edge = here[by_before]
        top = np.maximum.reduceat(sorted_edge, starts_before)
        counts = np.diff(np.r_[starts_before, len(sorted_edge)])
        backward = np.full(len(forward[at]), DEAD)  # a state that no way leaves
        sums = np.add.reduceat(np.exp(sorted_edge - np.repeat(top, counts)), starts_before)
        backward[before[by_before][starts_before]] = top + np.log(sums)
    for names, grad in zip(joins, seam_grad):
        np.add.at(grad_join, names, grad)
    return whole - right


def fit(samples, iterations):
    """The weights of one kind of page."""
    global FIT
    FIT = Fit(samples)
    with ProcessPoolExecutor(WORKERS) as pool:  # forked: the workers have the samples

        def objective(vector):
            parts = list(pool.map(_part, [(vector, first, WORKERS) for first in range(WORKERS)]))
            loss = sum(part[0] for part in parts) + 0.5 * np.sum((vector / FIT.spread) ** 2)
            print(f"\r{loss:12.1f}", end="", file=sys.stderr, flush=True)
            return loss, sum(part[1] for part in parts) + vector / FIT.spread**2

        found = minimize(objective, np.zeros(sum(FIT.sizes)), jac=True, method="L-BFGS-B",
                         options={"maxiter": iterations, "maxcor": 12})  # fmt: skip
    print(file=sys.stderr)
    return _named(FIT, found.x)


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
    work = [(style, count) for style in pages.EVERY]
    with ProcessPoolExecutor(WORKERS) as pool:
        samples = [s for group in pool.map(_samples, work) for s in group]
    missed = sum(s.missed for s in samples)
    print(
        f"{len(samples)} pages, {sum(len(s.unary) for s in samples)} blocks, {missed} off the lattice", file=sys.stderr
    )
    model = {}
    for kind in (True, False):
        own = [s for s in samples if s.wrapped is kind]
        print("wrapped" if kind else "loose", len(own), file=sys.stderr)
        model["wrapped" if kind else "loose"] = fit(own, iterations)
    rows = json.dumps(model, ensure_ascii=False, sort_keys=True)
    out.write_text(rows.replace('], "', '],\n"').replace('}, "', '},\n"') + "\n", encoding="utf-8")


def _samples(work):
    style, count = work
    return [sample(page.text, page.gold) for page in pages.of(style, count, "train")]


if __name__ == "__main__":
    main()
