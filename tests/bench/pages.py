"""The pages of the benchmark by style and part: those typeset in no time, and those that went through a PDF or a picture."""

import json
import random
from collections.abc import Iterator
from pathlib import Path

import articles
import kinds
import manners
import press
import typeset
import usages

TYPESET = typeset.STYLES
REAL = press.MODES
BLIND = {  # pages written by hand in the manner of many papers, before the program was tried on them
    "blind": "[0-9]*.json",  # eleven, looked at while working
    "blind-2": "b-*.json",  # twenty-four of later, longer, in more and harder forms
}
EVERY = (*TYPESET, *REAL, *BLIND)
SLOW = 24  # pages at most where a picture is read: Tesseract needs up to half a minute for one


def of(style: str, count: int, part: str) -> Iterator[typeset.Page]:
    """`count` pages of one style, from the texts of one part (`train`, `tune` or `test`)."""
    if style in BLIND:
        for gold in sorted((Path(__file__).parent / "blind").glob(BLIND[style])):
            yield typeset.Page(
                gold.with_suffix(".txt").read_text(encoding="utf-8"), json.loads(gold.read_text("utf-8"))
            )
        return
    if style in REAL:
        yield from press.pages(style, min(count, SLOW) if style.startswith("ocr") else count, part)
        return
    texts = articles.pool(part)
    rnd = random.Random(f"{style} {part}")
    for number in range(count):
        signed = rnd.choice([0.0, 0.5, 0.9, 1.0])
        chosen = rnd.sample(texts, rnd.randint(2, 6))
        others = [text for text in texts if not any(text is own for own in chosen)]
        items = [articles.dressed(article, rnd, signed=signed) for article in chosen]
        manners.dress(items, rnd)
        named = random.Random(f"named {style} {part} {number}").random() < 0.15
        for _ in range(rnd.choices([0, 1, 2], [0.5, 0.35, 0.15])[0] if style != "unmarked" else 0):
            items.insert(rnd.randrange(len(items) + 1), manners.picture(rnd.choice(others), rnd, named=named))
        if rnd.random() < 0.1 and style != "interleaved":
            items = kinds.whole(texts, rnd)
        if rnd.random() < 0.12:
            at = rnd.randrange(len(items) + 1)
            items[at:at] = articles.briefs(rnd.sample(others, rnd.randint(2, 4)), rnd)
        for _ in range(rnd.choices([0, 1, 2, 4], [0.68, 0.22, 0.07, 0.03])[0]):
            at = rnd.randrange(len(items) + 1)
            items[at:at] = kinds.some(others, rnd)
        if style != "unmarked":
            usages.add(items, random.Random(f"usages {style} {part} {number}"))
        yield typeset.Typesetter(style, rnd).page(items, f"{style}-{part}-{number}")
