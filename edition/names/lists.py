"""The word lists, read once: data/names.toml, and the places of China in data/places.txt."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from edition.model.widths import HAN


@dataclass(frozen=True, slots=True)
class Lists:
    """What the finders look up."""

    surnames: frozenset[str]  # of one character
    compound: frozenset[str]  # of two
    begins: re.Pattern[str]  # what either begins with
    titles: frozenset[str]
    title_ends: frozenset[str]  # their last characters
    honorifics: frozenset[str]
    speech: frozenset[str]
    bodies: frozenset[str]
    known: frozenset[str]
    full: frozenset[str]  # places of China with 省, 市, 县, 区, 镇 …
    bare: frozenset[str]  # the same without
    world: frozenset[str]
    places: frozenset[str]  # all of these
    heads: frozenset[str]  # the first two characters of every place and known body
    known_sizes: Mapping[str, tuple[int, ...]]  # by two characters, how long known bodies are
    lasts: frozenset[str]  # the last two characters of every body's last word
    joined: tuple[str, ...]  # bodies with 和 in their names
    verbs: frozenset[str]  # of two characters, which end what could be a body's name
    zones: re.Pattern[str]  # what makes a place of a place: 经济开发区
    terms: frozenset[str]  # words with a place's name in them that name no place
    breaks: frozenset[str]  # characters that are in no body's name
    dotted: re.Pattern[str]
    spaced: re.Pattern[str]
    roles_before: re.Pattern[str]
    roles_behind: frozenset[str]
    stop: frozenset[str]  # words that are no keywords


@lru_cache(maxsize=1)
def load() -> Lists:
    """The lists, once per process."""
    table = tomllib.loads(_text("names.toml"))
    full, bare = (frozenset(part.split()) for part in _text("places.txt").split("\n\n")[1:])
    world, known = frozenset(table["world"].split()), frozenset(table["known"])
    places = full | bare | world
    return Lists(
        surnames=frozenset(table["surnames"] + table["traditional"]),
        compound=frozenset(table["compound"]),
        begins=re.compile(
            f"[{table['surnames']}{table['traditional']}{''.join(name[0] for name in table['compound'])}]"
        ),
        titles=frozenset(table["titles"]),
        title_ends=frozenset(title[-1] for title in table["titles"]),
        honorifics=frozenset(table["honorifics"]),
        speech=frozenset(table["speech"]),
        bodies=frozenset(table["bodies"]),
        known=known,
        full=full,
        bare=bare,
        world=world,
        lasts=frozenset(body[-2:] for body in table["bodies"]),
        joined=tuple(body for body in table["bodies"] if "和" in body),
        verbs=frozenset(table["verbs"]),
        zones=re.compile(rf"[{HAN}]{{0,8}}?(?:{'|'.join(table['zones'])})"),
        terms=frozenset(table["terms"]),
        breaks=frozenset(table["breaks"]),
        dotted=_dotted(table),
        spaced=_spaced(table),
        roles_before=_roles(table),
        roles_behind=frozenset(table["behind"]),
        stop=frozenset(table["stop"].split()),
        places=places,
        heads=frozenset(name[:2] for names in (places, known) for name in names),
        known_sizes=_sizes(known),
    )


def _sizes(names: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """For the first two characters of names how long those are, in characters, the longest first."""
    found: dict[str, set[int]] = {}
    for name in names:
        found.setdefault(name[:2], set()).add(len(name))
    return {head: tuple(sorted(sizes, reverse=True)) for head, sizes in found.items()}


def _dotted(table: dict[str, str]) -> re.Pattern[str]:
    """A name with dots: every part in characters that transcribe foreign sounds, after something else."""
    sound = f"[{table['sounds']}]"
    return re.compile(rf"(?<![{table['sounds']}·])({sound}{{1,6}}(?:·{sound}{{1,7}})+)(?![·])")


def _spaced(table: dict[str, list[str]]) -> re.Pattern[str]:
    surnames = f"[{table['surnames']}{table['traditional']}]"
    return re.compile(
        rf"(?:{'|'.join(table['roles'])})[ \u3000]*({surnames}[ \u3000]{{1,2}}[{HAN}])(?=[）)，。、\s]|摄|$)"
    )


def _roles(table: dict[str, list[str]]) -> re.Pattern[str]:
    """One role or several up to the name: 党组书记、主席."""
    role = f"(?:{'|'.join(table['of_what'])}){{0,3}}(?:{'|'.join(sorted(set(table['titles']) - set(table['kin']), key=len, reverse=True))})"
    return re.compile(rf"({role}(?:、{role})*)[ \u3000]*$")


def _text(name: str) -> str:
    return resources.files("edition.data").joinpath(name).read_text(encoding="utf-8")
