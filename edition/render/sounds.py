"""How names are read, for their alphabetical order: pinyin by pypinyin's tables, surnames by one of our own.

pypinyin keeps 47,000 phrases in 50 MB to know that 重 is chong2 in 重庆. Here its table is searched once for the phrases that
stand in the names of a book, and these alone are kept.
"""

import json
import os
import re
import tomllib
from collections.abc import Collection, Mapping
from functools import lru_cache
from importlib import resources

_KEY = re.compile(r'"([^"]+)": ')
_SPARE = "PYPINYIN_NO_PHRASES"  # a switch of pypinyin's: it does not load the table of phrases
_LONGEST = 10  # characters of a phrase in the table


def phrases(names: Collection[str]) -> dict[str, list[str]]:
    """The phrases of the table that stand in some of the names, with the reading of each character (`chóng`)."""
    wanted = {
        name[start:end]
        for name in names
        for start in range(len(name) - 1)
        for end in range(start + 2, min(start + _LONGEST, len(name)) + 1)
    }
    os.environ.setdefault(_SPARE, "1")  # before pypinyin is touched for the first time
    table = resources.files("pypinyin").joinpath("phrases_dict.json").read_text("utf-8") if wanted else ""
    decode = json.JSONDecoder().raw_decode
    found = {key[1]: decode(table, key.end())[0] for key in _KEY.finditer(table) if key[1] in wanted}
    return {phrase: [first for first, *_ in readings] for phrase, readings in found.items()}


def readings(name: str, known: Mapping[str, list[str]], *, person: bool) -> list[str]:
    """One sortable reading for each character: `zhang1`; `~` with the character where none is known."""
    first = _surname(name).split() if person else []
    read = _read(name, known)
    return [one if "a" <= one[:1] <= "z" else f"~{one}" for one in [*first, *read[len(first) :]]]


def _read(name: str, known: Mapping[str, list[str]]) -> list[str]:
    """The reading of each character, the longest phrase at each place first."""
    os.environ.setdefault(_SPARE, "1")
    from pypinyin import Style, lazy_pinyin  # its tables take a moment to load
    from pypinyin.contrib.tone_convert import to_tone3

    out: list[str] = []
    while len(out) < len(name):
        at = len(out)
        ends = range(min(len(name), at + _LONGEST), at + 1, -1)
        if phrase := next((name[at:end] for end in ends if name[at:end] in known), None):
            out += [to_tone3(one, neutral_tone_with_five=True) for one in known[phrase]]
        else:
            out += lazy_pinyin(name[at], style=Style.TONE3, neutral_tone_with_five=True, errors=_apart)  # type: ignore[arg-type]  # a list is allowed, its type is not told
    return out


def _apart(unread: str) -> list[str]:
    return [char.lower() for char in unread]


def _surname(name: str) -> str:
    listed = _surnames()
    return listed.get(name[:2]) or listed.get(name[:1]) or ""


@lru_cache(maxsize=1)
def _surnames() -> dict[str, str]:
    text = resources.files("edition.data").joinpath("readings.toml").read_text(encoding="utf-8")
    return dict(tomllib.loads(text)["surname"])
