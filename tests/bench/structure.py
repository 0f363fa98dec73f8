"""The structure benchmark: pages of known structure in every style, the program beside two simple rivals.

usage: structure.py [PAGES PER STYLE] [train|tune|test] [STYLE …]
"""

import json
import re
import sys

import pages

from edition import build, words
from edition.config import PageConfig, default
from edition.evaluate import metrics, report, structure
from edition.files import Clock
from edition.tei.read import read

CLOCK = Clock("2026-11-21T00:00:00Z", True)


def ours(text, dictionary):
    """The structure that the program finds."""
    made = build.normalise(
        text.encode(), "page.txt", PageConfig("page.txt", order=1), default("bench"), CLOCK, dictionary
    )
    return structure.from_edition(read(made.tei, "page.xml"))


def rule(text, _=None):
    """The rival: a line joins the one before unless that ends a sentence, or is short; a byline ends an article."""
    found, blocks = [], []
    for row in filter(None, (line.strip().lstrip("# ") for line in text.splitlines())):
        last = blocks[-1] if blocks else None
        if re.fullmatch("[（(].{2,20}[）)]", row):
            blocks.append(["byline", row])
            found.append(blocks)
            blocks = []
        elif last and last[0] == "p" and not re.search("[。！？][”）)]?$", last[1]):
            last[1] += row
        else:
            blocks.append(["headline" if len(row) <= 25 and not re.search("[。！？，,]", row) else "p", row])
    found.append(blocks)
    return _structure(found)


def majority(text, _=None):
    """The other rival: every empty line ends a paragraph, everything is one article."""
    parts = [re.sub(r"\s+", "", part) for part in re.split(r"\n\s*\n", text)]
    return _structure([[["p", part] for part in parts if part]])


def _structure(found):
    rows = [
        {"id": f"r{n}", "blocks": [{"role": role, "text": text} for role, text in blocks]}
        for n, blocks in enumerate(found)
        if blocks
    ]
    return structure.load(json.dumps({"page": "x", "articles": rows, "furniture": []}).encode(), "rival")


def measure(style, count, part, find, dictionary):
    """The figures of one program on one style."""
    result = metrics.Result()
    for page in pages.of(style, count, part):
        gold = structure.load(json.dumps(page.gold).encode(), page.gold["page"])
        result.add(metrics.compare(gold, find(page.text, dictionary)))
    return result


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    part = sys.argv[2] if len(sys.argv) > 2 else "test"
    dictionary = words.load()
    print(f"{part}, {count} pages a style; joins of the rivals cannot be told apart by kind (they name no lines)")
    heads = (
        "paragraphs F1",
        "joins F1",
        "boundary F1",
        "B3 F1",
        "headlines",
        "roles F1",
        "lost+added",
        "sure",
        "right",
    )
    print(f"{'':24}" + "".join(f"{head:>14}" for head in heads))
    for style in sys.argv[3:] or pages.EVERY:
        for name, find in (("edition", ours), ("  15-line rule", rule), ("  majority", majority)):
            figures = report.as_json(measure(style, count, part, find, dictionary))
            sure = figures["confidence"]["joins"]
            cells = (
                figures["paragraphs"]["f1"], figures["joins"]["all"]["f1"], figures["joins"]["boundary"]["f1"],
                figures["articles"]["b3"]["f1"], figures["headlines"]["attached"], figures["roles"]["macro_f1"],
                figures["characters"]["lost"] + figures["characters"]["added"], sure["coverage_at_0.9"], sure["right_at_0.9"],
            )  # fmt: skip
            shown = "".join(
                f"{'–' if c is None else f'{c:.3f}' if isinstance(c, float) else str(c):>14}" for c in cells
            )
            print(f"{style + ' ' + name if name == 'edition' else name:24}{shown}", flush=True)


if __name__ == "__main__":
    main()
