"""Fits what decides over items: to which a text belongs (edition.infer.asked), and which text a headline (owners).

usage: fit_items.py [PAGES A STYLE] [FITTED.json] [sure]. Run after fit.py, whose weights read the pages; the tables are
written into the same file. With `sure` it fits instead how sure decisions are called, by the weights that are installed. Each question is a logistic regression with a Gaussian prior over the names of what is
seen, its gold answer known from the article that most characters of a text belong to; owners are a multinomial one over
the bodies that a headline could belong to, and none. While pages are told, the gold answers are given, so that one
error does not hide what comes after it. Only texts of the `train` part are read.
"""

import json
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import fit
import numpy as np
import pages
import structure as bench
from scipy.optimize import minimize

from edition import words
from edition.evaluate import metrics, structure
from edition.infer import lists, owners, stories
from edition.infer.blocks import blocks
from edition.infer.decoder import decode
from edition.infer.events import decisions_of, events_of
from edition.infer.lattice import HEADS, Lattice, Role
from edition.infer.rulings import NO_RULINGS
from edition.infer.topics import Topics
from edition.readers.plain import read

SURE = 2.197  # log-odds of 0.9
WANTED = 0.991  # share of what is called 0.9 or more that is to be right
ENOUGH = 0.2  # share of decisions that must be left with 0.9 or more
SOME = 16  # printed pages
UNSURE = ("unmarked", "pdf-layout", "ocr-boxes")  # where nothing is called sure anyway; slow to make
SPREAD = 1.5  # standard deviation of the weights
STATED = {"subhead": "crosshead", "p": "paragraph"}  # roles of the benchmark that the program calls otherwise
HEADED = (*HEADS, Role.CROSS)
QUESTIONS = ("story", "figure", "back", "part", "cross", "title", "lone")


class Telling(stories.Teller):
    """Tells a page with the gold answers, and keeps what was asked."""

    def __init__(self, events, topics, articles, roles):
        self.articles = articles  # of each block
        self.roles = roles  # of each block
        self.kept = []
        super().__init__(events, topics, NO_RULINGS)

    def odds(self, names, place, body):
        of = self.of(decisions_of(self.events[place]))
        there = self.of([each for part in body.parts[-3:] for each in decisions_of(part)])
        if of is None or there is None:
            return super().odds(names, place, body)
        same = of == there
        answer = (not same) if names[0] == "story" else same
        self.kept.append((list(names), answer))
        return 1.0 if answer else -1.0

    def parted(self, names, group, at):
        above, below = (self.articles[head.block.index] for head in group.heads[at - 1 : at + 1])
        self.kept.append((list(names), above != below))
        return above != below

    def crossing(self, names, group):
        role = self.roles[group.heads[0].block.index]
        if role not in HEADED:
            return super().crossing(names, group)
        self.kept.append((list(names), role is Role.CROSS))
        return 1.0 if role is Role.CROSS else -1.0

    def titled(self, names, first):
        role = self.roles[first.block.index]
        if role not in (Role.CAPTION, *HEADS):
            return super().titled(names, first)
        self.kept.append((list(names), role in HEADS))
        return 1.0 if role in HEADS else -1.0

    def see_alone(self, usual_gap):
        """Keep what is seen of each lone signed paragraph that is a text or a caption, under the heads it is given."""
        given = owners.owners(self.groups, self.bodies, self.topics)
        over = {owner.body: self.groups[at] for at, owner in sorted(given.items(), reverse=True)}
        for at, body in enumerate(self.bodies):
            para = body.lone
            role = self.roles[para.parts[0].block.index] if para else None
            if role in (Role.START, Role.CAPTION):
                self.kept.append((self.asked.lone(para, body, over.get(at), usual_gap), role is Role.CAPTION))

    def of(self, decisions):
        """The article that most of some blocks' characters belong to."""
        votes = Counter()
        for decision in decisions:
            votes[self.articles[decision.block.index]] += len(decision.block.text)
        return votes.most_common(1)[0][0] if votes else None


def asked(text, gold):
    """(what was asked with the gold answers; for each group its rows of names and which of them are right)."""
    parts, page = blocks(read(text.encode(), "page.txt", "UTF-8")[0])
    known = structure.load(json.dumps(gold).encode(), "gold")
    every = [name for name, _ in known.blocks]
    roles, places = zip(*fit._labels(parts, known))
    labels = [None if at is None else every[at] for at in places]
    decided = decode(Lattice(parts, page, words.load()))
    telling = Telling(events_of(decided, NO_RULINGS), Topics([part.text for part in parts]), labels, roles)
    for place in range(len(telling.events)):
        telling.tell(place)
    telling.see_alone(page.usual_gap)
    seen = owners.Page(telling.groups, telling.bodies, telling.topics)
    found = []
    for at, group in enumerate(telling.groups):
        own = telling.of(group.heads)
        rows = [(index, list(seen.seen(at, index))) for index in seen.shares[at]]
        right = [telling.of([d for part in telling.bodies[index].parts for d in decisions_of(part)]) == own for index, _ in rows]  # fmt: skip
        found.append(([names for _, names in rows], right))
    return telling.kept, found


def _asked(work):
    style, count = work
    return [asked(page.text, page.gold) for page in pages.of(style, count, "train")]


def logistic(rows):
    """The weights of one question."""
    names = sorted({name for row, _ in rows for name in row})
    places = {name: at for at, name in enumerate(names)}
    table = np.zeros((len(rows), len(names)))
    for at, (row, _) in enumerate(rows):
        table[at, [places[name] for name in row]] = 1.0
    sign = np.array([1.0 if answer else -1.0 for _, answer in rows])

    def loss(weights):
        margin = sign * (table @ weights)
        gradient = -(sign / (1 + np.exp(np.clip(margin, -30, 30)))) @ table
        return np.logaddexp(0, -margin).sum() + (weights**2).sum() / (2 * SPREAD**2), gradient + weights / SPREAD**2

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B")
    right = np.mean(sign * (table @ found.x) > 0)
    print(f"{len(rows)} asked, {np.mean(sign > 0):.1%} yes, {right:.2%} told", file=sys.stderr)
    return {name: round(float(weight), 2) for name, weight in zip(names, found.x)}


def multinomial(groups):
    """The weights of a choice of one of some rows, or of none of them."""
    names = sorted({name for rows, _ in groups for row in rows for name in row})
    places = {name: at for at, name in enumerate(names)}
    tables = []
    for rows, right in groups:
        table = np.zeros((len(rows) + 1, len(names)))  # the last row is none
        for at, row in enumerate(rows):
            table[at, [places[name] for name in row]] = 1.0
        tables.append((table, np.array([*right, not any(right)])))

    def loss(weights):
        total, gradient = (weights**2).sum() / (2 * SPREAD**2), weights / SPREAD**2
        for table, right in tables:
            values = table @ weights
            odds = np.exp(values - values.max())
            chance, own = odds / odds.sum(), odds * right
            total -= np.log(own.sum() / odds.sum())
            gradient = gradient + (chance - own / own.sum()) @ table
        return total, gradient

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B")
    right = np.mean([own[np.argmax(table @ found.x)] for table, own in tables])
    print(f"{len(groups)} groups, {right:.2%} told each by itself", file=sys.stderr)
    return {name: round(float(weight), 2) for name, weight in zip(names, found.x)}


# ---- how sure


def calibration(kind, rows):
    """(slope, shift, least log-odds that are called sure) of what is stated of one kind of decision.

    Slope and shift are the likeliest ones. What is called 0.9 and more begins where that is right as often as wanted,
    with enough left that is; if nowhere, where it is right most often.
    """
    odds = np.array([np.log(max(c, 1e-4) / max(1 - c, 1e-4)) for c, _ in rows])
    right = np.array([good for _, good in rows], float)

    def loss(at):
        told = at[0] * odds + at[1]
        return np.logaddexp(0, -told).sum() - ((right - 1) * told).sum() + 0.5 * ((at - [1, 0]) ** 2).sum()

    slope, shift = minimize(loss, np.array([1.0, 0.0]), method="Nelder-Mead").x
    least, sure = -99.0, slope * odds + shift >= SURE
    if kind == "joins":  # those in doubt tell whether a page's columns are mixed up (S-005): all are called less sure
        while sure.any() and right[sure].mean() < WANTED:
            shift -= 0.05
            sure = slope * odds + shift >= SURE
    shares = {
        place: right[sure & (odds >= place)].mean()
        for place in np.arange(odds[sure].min(initial=0.0), odds.max(), 0.02)
        if (sure & (odds >= place)).mean() >= ENOUGH
    }
    if shares:
        least = next((place for place, share in shares.items() if share >= WANTED), max(shares, key=shares.get))
    sure &= odds >= least
    print(
        f"{kind}: {len(rows)} told, slope {slope:.2f}, shift {shift:.2f}, {sure.mean():.1%} sure, {right[sure].mean():.2%} of them right",
        file=sys.stderr,
    )
    return round(float(slope), 3), round(float(shift), 3), round(float(least), 3)


def _told(work):
    style, count = work
    lists._fitted()["calibration"] = {}  # what the model itself thinks
    dictionary, out = words.load(), metrics.Result()
    for page in pages.of(style, count, "tune"):
        gold = structure.load(json.dumps(page.gold).encode(), "gold")
        out.add(metrics.compare(gold, bench.ours(page.text, dictionary)))
    return {"joins": out.decisions["joins"], "owners": out.decisions["owners"]} | {
        STATED.get(role, role): rows for role, rows in out.sure_of.items()
    }


def calibrate(out, count):
    """Write what is stated of each kind of decision into the weights, from pages of the `tune` part."""
    fitted = json.loads(out.read_text(encoding="utf-8"))
    styles = [style for style in fit.STYLES if style not in UNSURE]
    with ProcessPoolExecutor(fit.WORKERS) as pool:
        told = list(pool.map(_told, [(style, min(count, SOME) if style in pages.REAL else count) for style in styles]))
    rows = {kind: [row for page in told for row in page[kind]] for kind in told[0]}
    fitted["calibration"] = {kind: calibration(kind, found) for kind, found in rows.items() if found}
    for kind in ("kicker", "headline", "subtitle"):  # where no reader could tell two of them, both count as right
        slope, shift, least = fitted["calibration"][kind]
        fitted["calibration"][kind] = slope, min(0.0, shift), least  # so nothing is called surer for it
    fit.write(fitted, out)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    out = Path(sys.argv[2] if len(sys.argv) > 2 else "fitted.json")
    if sys.argv[3:] == ["sure"]:
        calibrate(out, count)
        return
    work = [(style, fit._share(style, count)) for style in fit.STYLES]
    with ProcessPoolExecutor(fit.WORKERS) as pool:
        kept = [page for group in pool.map(_asked, work) for page in group]
    rows = [row for page, _ in kept for row in page]
    fitted = json.loads(out.read_text(encoding="utf-8"))
    fitted["items"] = {}
    for question in QUESTIONS:
        print(question, end=": ", file=sys.stderr)
        fitted["items"] |= logistic([row for row in rows if row[0][0] == question])
    fitted["owners"] = multinomial([group for _, groups in kept for group in groups])
    fit.write(fitted, out)


if __name__ == "__main__":
    main()
