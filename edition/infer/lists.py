"""The word lists and weights of `edition/data`, read once."""

import json
import math
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from struct import Struct
from typing import Any, NamedTuple


class Reason(NamedTuple):
    """One ground for or against a decision."""

    name: str  # as in data/weights.toml or data/features.toml
    value: float  # log-odds
    detail: str = ""  # what was seen, such as the word across a seam


_ROLES = 10  # weights in a row
_FIELD = 32  # bits for each; sums of weights stay far under half of what they hold
_FIELDS = Struct(f"<{_ROLES}I")
_ZERO = 1 << _FIELD - 1  # added to each, for sums may be negative
_ZEROS = sum(_ZERO << _FIELD * at for at in range(_ROLES))


@dataclass(frozen=True, slots=True)
class Model:
    """The fitted weights of one kind of page, in whole hundredths of log-odds: their sums are exact in any order."""

    roles: Mapping[str, tuple[int, ...]]  # for each feature one weight a role, in the order of the lattice's roles
    packed: Mapping[str, int]  # the same, each row one whole number, so that rows are added up at once
    step: Mapping[str, int]  # one role after another
    join: Mapping[str, int]
    temper: float  # by which all are divided for probabilities


@cache
def model(kind: str) -> Model:
    """The weights for one kind of page: `loose`, `wrapped`, `runs` or `bare`."""
    table = _fitted()[kind]
    roles = {name: tuple(round(100 * weight) for weight in row) for name, row in table["role"].items()}
    step, join = ({name: round(100 * weight) for name, weight in table[part].items()} for part in ("step", "join"))
    packed = {name: sum(weight << _FIELD * at for at, weight in enumerate(row)) for name, row in roles.items()}
    return Model(roles, packed, step, join, table["temper"])


def unpacked(rows: int) -> list[int]:
    """The sums of the weights of each role, of packed rows that were added up."""
    return [field - _ZERO for field in _FIELDS.unpack((rows + _ZEROS).to_bytes(_FIELDS.size, "little"))]


UNSURE = 0.89  # the most that is said of what is not sure


def calibrated(kind: str, chance: float) -> float:
    """The probability that is stated of a decision (`joins`, `owners` or a role) which the model thinks this likely.

    Logistic calibration (Platt 1999), fitted on pages of texts that no weight was fitted on, for each kind by itself.
    Nothing is called surer than UNSURE that is less likely than what proved right in 99 % there.
    """
    slope, shift, least = _fitted()["calibration"].get(kind, (1.0, 0.0, -math.inf))
    odds = math.log(max(chance, 1e-9) / max(1.0 - chance, 1e-9))
    told = 1.0 / (1.0 + math.exp(-(slope * odds + shift)))
    return told if odds >= least else min(told, UNSURE)


def owner_weight(name: str) -> float:
    """The fitted weight of what is seen of a group of heads and a text, in log-odds against standing alone."""
    return float(_fitted()["owners"].get(name, 0.0))


def asked_weight(name: str) -> float:
    """The fitted weight of what is seen where a text could belong to more than one item, in log-odds."""
    return float(_fitted()["items"].get(name, 0.0))


@lru_cache(maxsize=1)
def weights() -> dict[str, tuple[float, str]]:
    """For each name of data/weights.toml the weight in log-odds and the words for a reader, in Chinese and English."""
    return {
        f"{group}.{name}": (float(entry["weight"]), f"{entry['text']} {entry['en']}")
        for group, entries in _weights_file().items()
        if isinstance(entries, dict)
        for name, entry in entries.items()
    }


def weights_version() -> str:
    """The version of the weights, for the header."""
    return str(_weights_file()["version"])


@lru_cache(maxsize=1)
def _weights_file() -> dict[str, object]:
    return tomllib.loads(_data("weights.toml"))


@lru_cache(maxsize=1)
def _fitted() -> dict[str, dict[str, Any]]:
    table: dict[str, dict[str, Any]] = json.loads(_data("fitted.json"))
    return table


@lru_cache(maxsize=1)
def words() -> dict[str, tuple[str, ...]]:
    """The word lists by name."""
    return {name: tuple(entries) for name, entries in tomllib.loads(_data("lists.toml")).items()}


def alternatives(name: str) -> str:
    """A word list as a regular expression, longest first; words of one character are a class, which is quicker."""
    long = sorted((word for word in words()[name] if len(word) > 1), key=len, reverse=True)
    single = "".join(re.escape(word) for word in words()[name] if len(word) == 1)
    return "|".join([*map(re.escape, long), *([f"[{single}]"] if single else ())])


def holding(name: str) -> str:
    """Whether a word of a list could stand farther on, for its last character does: to look ahead for that is quicker than
    to try all words at every place, and most texts have none."""
    last = "".join(sorted({re.escape(word[-1]) for word in words()[name]}))
    return f"(?=[^{last}]*+[{last}])"


def full_name(character: str) -> str:
    """A common surname and one or two characters, as a regular expression; that of a character is given."""
    return rf"(?:{alternatives('surnames')}){character}{{1,2}}"


@cache
def _any_of(name: str) -> re.Pattern[str]:
    return re.compile(alternatives(name))


def told(name: str, text: str) -> int:
    """How many words of a list a text has."""
    return sum([word in text for word in words()[name]]) if _any_of(name).search(text) else 0  # most have none


def reason(name: str, times: float = 1, detail: str = "") -> Reason:
    """The named reason, its weight taken `times`."""
    return Reason(name, weights()[name][0] * times, detail)


def total(reasons: tuple[Reason, ...]) -> float:
    """The sum of log-odds."""
    return sum(item.value for item in reasons)


def against(reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """The same grounds as they bear on the opposite answer."""
    return tuple(item._replace(value=-item.value) for item in reasons)


def in_words(reasons: tuple[Reason, ...], most: int = 8) -> str:
    """The strongest reasons for a reader: `词跨断口 a word spans the break（无锡市） +4.0；…`. `edition why` reads them.

    Features that are told in the same words are one reason.
    """
    sums: dict[str, float] = {}
    for item in reasons:
        words_ = f"{meaning(item.name)}{f'（{item.detail}）' if item.detail else ''}"
        sums[words_] = sums.get(words_, 0.0) + item.value
    strongest = sorted((entry for entry in sums.items() if abs(entry[1]) >= 0.05), key=lambda entry: -abs(entry[1]))
    return "；".join(f"{words_} {value:+.1f}" for words_, value in strongest[:most])


@cache
def meaning(name: str) -> str:
    """What the name of a reason means, in Chinese and English; that of its longest beginning which is explained."""
    if name in weights():
        return weights()[name][1]
    explained = _features()
    parts = name.split(".")
    known = (".".join(parts[:end]) for end in range(len(parts), 0, -1))
    return next((" ".join(explained[begin]) for begin in known if begin in explained), name)


@lru_cache(maxsize=1)
def _features() -> dict[str, list[str]]:
    return {name: words for group in tomllib.loads(_data("features.toml")).values() for name, words in group.items()}


def _data(name: str) -> str:
    return resources.files("edition.data").joinpath(name).read_text(encoding="utf-8")
