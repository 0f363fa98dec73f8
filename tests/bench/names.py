"""Names: the weights fitted, and precision and recall measured, on real tags.

The People's Daily of January 1998 with the tags nr, ns and nt (see `articles`). Weights are fitted on the first 60 %
of the month, thresholds looked at on the next 7 %, the figures told are of the last third. A surname and the given
name behind it, which the corpus parts, are one name.

usage: names.py fit      writes edition/data/names.json
       names.py [wrong]  prints the figures, and with `wrong` every mark that the tags do not bear out
"""

import json
import sys
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import articles

from edition import words
from edition.names import features, lists, persons, places, spans
from edition.names.spans import Span

ROOT = Path(__file__).parents[2]
KINDS = {"nr": "person", "ns": "place", "nt": "org"}
PAGE = 25  # paragraphs that are looked at together


@dataclass
class Paragraph:
    text: str
    gold: dict = field(default_factory=dict)  # (start, end) -> kind
    tokens: list = field(default_factory=list)  # (start, end, tag)


def corpus(part):
    first, last = articles.PARTS[part]
    lines = articles.fetch(articles.CACHE)
    return [paragraph(line) for line in lines[round(first * len(lines)) : round(last * len(lines))] if line.strip()]


def paragraph(line):
    made, at, parts = Paragraph(""), 0, []
    surnames, compound = lists.load().surnames, lists.load().compound
    for token in line.split():
        word, _, tag = token.rpartition("/")
        word = word.translate(articles.DIGITS)
        parts.append(word)
        made.tokens.append((at, at + len(word), tag))
        at += len(word)
    made.text = "".join(parts)
    skip = False
    for one, after in zip(made.tokens, [*made.tokens[1:], (0, 0, "")]):
        if skip:
            skip = False
            continue
        word, given = made.text[one[0] : one[1]], made.text[after[0] : after[1]]
        if one[2] == "nr" and after[2] == "nr" and (word in surnames or word in compound) and len(given) <= 2:
            made.gold[one[0], after[1]] = "person"
            skip = True
        elif one[2] in KINDS:
            made.gold[one[0], one[1]] = KINDS[one[2]]
    return made


def candidates(part, kind):
    """(features, right) of every candidate of a part."""
    known, dictionary = lists.load(), words.load()

    def spots(text, known):
        return places.candidates(text, known, places.heads(text, known))

    make = {"person": persons.candidates, "place": spots}[kind]
    tell = {"person": features.person, "place": features.place}[kind]
    for one in corpus(part):
        for start, end in make(one.text, known):
            if kind == "place" and any(s <= start and end <= e and k == "org" for (s, e), k in one.gold.items()):
                continue
            right = one.gold.get((start, end)) == kind
            if kind == "place" and not right:
                right = whole(one, start, end)
            noted = []
            tell(one.text, start, end, known, dictionary, lambda key, noted=noted: noted.append(key) or 0.0)
            yield noted[1:], right


def whole(one, start, end):
    """Whether a span is several place words of the corpus in a row, or one with its 省, 市, 县 or 镇 parted."""
    inside = [t for t in one.tokens if t[0] >= start and t[1] <= end]
    return (
        bool(inside)
        and inside[0][0] == start
        and inside[-1][1] == end
        and inside[0][2] == "ns"
        and all(
            t[2] == "ns" or one.text[t[0] : t[1]] in ("省", "市", "县", "区", "镇", "乡", "州", "街道", "地区")
            for t in inside
        )
    )


NOUNS = set(["n", "ns", "nt", "nz", "j", "vn", "b", "an", "m", "q", "f", "s", "k", "nr", "Ng", "nx", "l", "c"])


def is_right(one, span):
    """Whether the corpus bears a mark out.

    It tags only simple bodies (国务院); a compound (北京市总工会) is right if it begins at a place, body or other proper
    noun, ends with a noun, and holds nothing but nouns and their like; so is a body of our list that is two words there.
    """
    start, end = span.start, span.end
    if one.gold.get((start, end)) == span.kind:
        return True
    inside = [token for token in one.tokens if token[0] >= start and token[1] <= end]
    if not inside or inside[0][0] != start or inside[-1][1] != end:
        return False
    tags = [tag for *_, tag in inside]
    match span.kind:
        case "place":
            return whole(one, start, end)
        case "date":
            return all(tag == "t" for tag in tags)
        case "org":
            alone = not any(token[1] == start and token[2] == "ns" for token in one.tokens)
            listed = one.text[start:end] in lists.load().known and alone
            return tags[-1] in ("n", "nt", "j", "nz") and (
                listed or (tags[0] in ("ns", "nt", "nz", "j") and NOUNS.issuperset(tags))
            )
    return False


def measured(part, find):
    """Counts of (what, kind): marked and right, there and found in the tags, there but part of a marked body."""
    counts, wrong = Counter(), defaultdict(list)
    paragraphs = corpus(part)
    for at in range(0, len(paragraphs), PAGE):
        page = paragraphs[at : at + PAGE]
        for one, found in zip(page, find([each.text for each in page])):
            for span in found:
                ok = is_right(one, span)
                counts["marked", span.kind] += 1
                counts["right", span.kind] += ok
                if not ok:
                    wrong[span.kind].append(f"{one.text[max(0, span.start - 5) : span.start]}[{one.text[span.start : span.end]}]{one.text[span.end : span.end + 5]}")  # fmt: skip
            spans_ = {(span.start, span.end, span.kind) for span in found}
            bodies = [span for span in found if span.kind == "org"]
            for (start, end), kind in one.gold.items():
                counts["there", kind] += 1
                counts["found", kind] += (start, end, kind) in spans_
                counts["inside", kind] += (start, end, kind) not in spans_ and any(
                    body.start <= start and end <= body.end for body in bodies
                )
    return counts, wrong


def show(title, counts):
    """One line a kind: precision of what is marked, share of the tags found."""
    print(title)
    for kind in ("person", "org", "place", "date"):
        marked, right = counts["marked", kind], counts["right", kind]
        line = f"  {kind:<7} marked {marked:6}  P {right / max(1, marked):.3f}"
        if there := counts["there", kind]:
            line += f"   in the tags {there:6}  R {counts['found', kind] / there:.3f}"
            line += f"  (and inside a marked body {counts['inside', kind] / there:.3f})"
        print(line, flush=True)


def tagger(texts):
    """The peer: what jieba's own tagger calls nr, ns and nt."""
    from jieba import posseg

    for text in texts:
        at, found = 0, []
        for word, flag in posseg.cut(text):
            kind = KINDS.get(flag[:2])
            if kind and len(word) > 1:
                found.append(Span(at, at + len(word), kind, 0.5))
            at += len(word)
        yield found


def main():
    if sys.argv[1:] == ["fit"]:
        made = {kind: fitted(kind) for kind in ("person", "place")}
        target = ROOT / "edition" / "data" / "names.json"
        target.write_text(json.dumps(made, ensure_ascii=False, separators=(",", ":"), sort_keys=True), encoding="utf-8")
        return
    dictionary = words.load()
    for part in ("tune", "test"):
        begin = time.process_time()
        counts, wrong = measured(part, lambda texts: spans.find(texts, dictionary))
        size = sum(len(one.text.encode()) for one in corpus(part)) / 1e6
        show(f"{part}, {size:.1f} MB, {time.process_time() - begin:.1f} s CPU with reading the tags", counts)
        if "wrong" in sys.argv:
            print(json.dumps(wrong, ensure_ascii=False, indent=0))
    counts, _ = measured("tune", tagger)
    show("peer: jieba's tagger on the tune part", counts)


def fitted(kind, l2=1.0, least=3):
    """Feature weights by logistic regression."""
    import numpy as np
    from scipy.optimize import minimize
    from scipy.sparse import csr_matrix

    counts, rows, right = {}, [], []
    for found, ok in candidates("train", kind):
        rows.append(found)
        right.append(ok)
        for key in found:
            counts[key] = counts.get(key, 0) + 1
    ids = {key: at for at, key in enumerate(sorted(key for key, n in counts.items() if n >= least))}
    indices, indptr = [], [0]
    for row in rows:
        indices += sorted({ids[key] for key in row if key in ids})
        indptr.append(len(indices))
    x = csr_matrix((np.ones(len(indices)), indices, indptr), shape=(len(rows), len(ids)))
    y = np.array(right, dtype=float)
    print(kind, "candidates", len(rows), "right", int(y.sum()), "features", len(ids), file=sys.stderr)

    def loss(w):
        z = x @ w[1:] + w[0]
        value = np.logaddexp(0, z).sum() - (y * z).sum() + 0.5 * l2 * (w[1:] ** 2).sum()
        slope = 1 / (1 + np.exp(-z)) - y
        return value, np.concatenate([[slope.sum()], x.T @ slope + l2 * w[1:]])

    best = minimize(loss, np.zeros(len(ids) + 1), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    weights = {key: round(float(best.x[1 + at]), 2) for key, at in ids.items()}
    return {"": round(float(best.x[0]), 2), **{key: w for key, w in weights.items() if abs(w) >= 0.1}}


if __name__ == "__main__":
    main()
