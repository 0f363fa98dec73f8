"""The fitted weights: data/names.json, made by `tests/bench/names.py fit` on tagged text of another newspaper."""

import json
from functools import lru_cache
from importlib import resources
from math import exp

from edition.names.features import Weigh


class _Table(dict[str, float]):
    def __missing__(self, key: str) -> float:
        return 0.0


def likely(odds: float) -> float:
    """Log-odds as a probability, two digits; never certain, for a program is not."""
    return min(0.99, round(1 / (1 + exp(-odds)), 2)) if odds > -9 else 0.0


@lru_cache(maxsize=1)
def load() -> dict[str, Weigh]:
    """What each feature weighs, for persons and for places; 0 for one that was not met in fitting."""
    tables = json.loads(resources.files("edition.data").joinpath("names.json").read_text(encoding="utf-8"))
    return {kind: _Table(tables[kind]).__getitem__ for kind in ("person", "place")}


def version() -> str:
    """The version of the weights, for the header."""
    return "1"
