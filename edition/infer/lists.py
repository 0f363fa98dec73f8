"""The word lists and weights of `edition/data`, read once."""

import re
import tomllib
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Reason:
    """One ground for or against a decision."""

    name: str  # as in data/weights.toml
    value: float  # log-odds
    detail: str = ""  # what was seen, such as the word across a seam


@lru_cache(maxsize=1)
def weights() -> dict[str, tuple[float, str]]:
    """For each name the weight in log-odds and the words for a reader, in Chinese and English."""
    table = {group: entries for group, entries in _weights_file().items() if isinstance(entries, dict)}
    return {
        f"{group}.{name}": (float(entry["weight"]), " ".join(str(entry[key]) for key in ("text", "en") if key in entry))
        for group, entries in table.items()
        for name, entry in entries.items()
    }


def weights_version() -> str:
    """The version of the weights, for the header."""
    return str(_weights_file()["version"])


@lru_cache(maxsize=1)
def _weights_file() -> dict[str, object]:
    return tomllib.loads(_data("weights.toml"))


@lru_cache(maxsize=1)
def words() -> dict[str, tuple[str, ...]]:
    """The word lists by name."""
    return {name: tuple(entries) for name, entries in tomllib.loads(_data("lists.toml")).items()}


def alternatives(name: str) -> str:
    """A word list as a regular expression, longest first."""
    return "|".join(re.escape(word) for word in sorted(words()[name], key=len, reverse=True))


def reason(name: str, times: float = 1, detail: str = "") -> Reason:
    """The named reason, its weight taken `times`."""
    return Reason(name, weights()[name][0] * times, detail)


def total(reasons: tuple[Reason, ...]) -> float:
    """The sum of log-odds."""
    return sum(item.value for item in reasons)


def against(reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """The same grounds as they bear on the opposite answer."""
    return tuple(replace(item, value=-item.value) for item in reasons)


def in_words(reasons: tuple[Reason, ...], most: int = 8) -> str:
    """The strongest reasons for a reader: `词跨断口 a word spans the break（无锡市） +4.0；…`. `edition why` reads them."""
    strongest = sorted((item for item in reasons if item.value), key=lambda item: -abs(item.value))[:most]
    return "；".join(
        f"{weights()[item.name][1]}{f'（{item.detail}）' if item.detail else ''} {item.value:+.1f}"
        for item in strongest
    )


def _data(name: str) -> str:
    return resources.files("edition.data").joinpath(name).read_text(encoding="utf-8")
