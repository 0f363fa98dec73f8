"""The pages of the benchmark by style and part: typeset ones here, those that went through a PDF or a picture in press.py.

Texts of the first twenty days serve for fitting and tuning (`train`), those of the rest for the figures that are told
(`test`); names, cuts and styles are drawn from different seeds.
"""

import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

import articles
import typeset as setting

CACHE = Path(tempfile.gettempdir()) / "edition-bench"
EVERY = setting.STYLES


def pool(part: str) -> list[articles.Article]:
    """The articles of one part."""
    CACHE.mkdir(exist_ok=True)
    lines = articles.fetch(CACHE)
    cut = len(lines) * 2 // 3
    return articles.found(lines[:cut] if part == "train" else lines[cut:])


def typeset(style: str, count: int, part: str) -> Iterator[setting.Page]:
    """`count` pages of one style, from the texts of one part."""
    texts = pool(part)
    rnd = random.Random(f"{style} {part}")
    for number in range(count):
        signed = rnd.choice([0.0, 0.5, 0.9, 1.0])
        items = [articles.dressed(article, rnd, signed=signed) for article in rnd.sample(texts, rnd.randint(2, 6))]
        for _ in range(rnd.choices([0, 1, 2], [0.5, 0.35, 0.15])[0]):
            items.insert(rnd.randrange(len(items) + 1), articles.picture(rnd.choice(texts), rnd))
        yield setting.Typesetter(style, rnd).page(items, f"{style}-{part}-{number}")
