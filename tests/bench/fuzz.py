"""Mutated pages: none may crash the program, lose a byte, or take longer than two seconds.

usage: fuzz.py [PAGES] [SEED]. Pages of every typeset style and the sample pages are cut, shuffled, doubled, mixed with random
characters and stretched to extreme lengths; law 1 (the source comes back byte for byte) and the grammar are checked on each.
"""

import random
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

import pages

from edition import build, files, words
from edition.config import PageConfig, default
from edition.errors import SourceError
from edition.files import Clock

CLOCK = Clock("2026-11-21T00:00:00Z", True)
SEEDS = Path(__file__).parents[2] / "seeds"
SLOWEST = 2.0  # CPU seconds
PARTS = 40  # each with a seed of its own, so that a fault can be met again
ODD = (
    *"\u0000\u0007\t\u3000\u200b\ufeff\ufffd\ue000\uf900\u2f00\u202e\U0001f600\U00020000。，“”（）《》#*-_![]<>&|\r\x0c\u00ad",
    *(
        "**",
        "__",
        "\n# ",
        "\n> ",
        "\n| ",
        " | ",
        "|\n|---|---|\n",
        "<br>",
        "<td>",
        "</td><td>",
        "</tr><tr>",
        "<b>",
        "</b>",
        "<p>",
        "</h2>",
    ),
    *(
        "<h2 align=center>",
        "<img src=a>",
        "![图](a.png)",
        "&nbsp;",
        "&amp;",
        "\\*",
        "\\",
        "$20\\%$",
        "<!--",
        "-->",
        "\n```\n",
        "\n---\n",
    ),
)


def mutated(text, rnd):
    """The text after one to four mutations."""
    for _ in range(rnd.randint(1, 4)):
        lines = text.split("\n")
        at, end = sorted(rnd.randrange(len(lines) + 1) for _ in range(2))
        kind = rnd.randrange(10)
        if kind == 0:
            lines = lines[at:end] or lines
        elif kind == 1:
            part = lines[at:end]
            rnd.shuffle(part)
            lines[at:end] = part
        elif kind == 2:
            lines[at:at] = lines[at:end][:60] * rnd.choice([1, 2])
        elif kind == 3:
            lines = [line[: rnd.randrange(len(line) + 1)] if rnd.random() < 0.2 else line for line in lines]
        elif kind == 4:
            lines = ["".join(line.split()) for line in lines if line.strip() or rnd.random() < 0.5]
        elif kind == 5:
            lines[at:end] = ["".join(lines[at:end])]
        elif kind == 6:
            lines = [a + rnd.choice([" ", "   ", "　"]) + b for a, b in zip(lines[::2], lines[1::2])] or lines
        elif kind == 9:
            size = rnd.randint(3, 12)
            text = rnd.choice(["\n", "\n\n"]).join(
                line[a : a + size] for line in lines for a in range(0, len(line), size)
            )
            continue
        elif kind == 7:
            spots = [rnd.randrange(len(text) + 1) for _ in range(rnd.randint(1, 60))]
            for spot in spots:
                text = text[:spot] + rnd.choice(ODD) * rnd.choice([1, 1, 1, 40]) + text[spot:]
            continue
        else:
            text = text + rnd.choice(["（", "“", "、", "中国", "1", " ", "\n\n", "记者 "]) * rnd.choice(
                [10, 1000, 6000]
            )
            continue
        text = "\n".join(lines)
    return text[:40_000]


@cache
def whole_pages():
    """The texts that are mutated."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    return texts + [page.text for style in pages.TYPESET for page in pages.of(style, 4, "tune")]


def checked(work):
    """What went wrong with the pages of one worker, and its slowest page in CPU seconds."""
    seed, count = work
    files.collect_seldom()  # as the program does
    rnd, dictionary, texts = random.Random(seed), words.load(), whole_pages()
    wrong, slowest, refused = [], 0.0, 0
    for number in range(count):
        data = mutated(rnd.choice(texts), rnd).encode(
            rnd.choice(["utf-8", "utf-8", "utf-8", "gb18030", "utf-16"]), "replace"
        )
        start = time.process_time()
        try:
            build.normalise(data, "page.txt", PageConfig("page.txt", order=1), default("fuzz"), CLOCK, dictionary)
        except SourceError:
            refused += 1
        except Exception as error:  # that is what is looked for
            wrong.append((seed, number, repr(error)))
        taken = time.process_time() - start
        slowest = max(slowest, taken)
        if taken > SLOWEST:
            wrong.append((seed, number, f"{taken:.1f} s for {len(data)} bytes"))
    return wrong, slowest, refused


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    wrong, slowest, refused = 0, 0.0, 0
    with ProcessPoolExecutor(2) as pool:
        parts = pool.map(checked, [(seed * 1000 + part, -(-count // PARTS)) for part in range(PARTS)])
        for entries, slow, unread in parts:
            for entry in entries:
                print(*entry, flush=True)
            wrong, slowest, refused = wrong + len(entries), max(slowest, slow), refused + unread
    print(f"{count} mutated pages, {wrong} went wrong, {refused} refused in words; slowest {slowest:.2f} s CPU")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
