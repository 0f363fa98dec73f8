"""Which kinds of names are marked, and from which probability on."""

from dataclasses import dataclass

LEAST = 0.8  # what is less likely is not marked


@dataclass(frozen=True, slots=True)
class Layers:
    """The switches of edition.toml; names in bylines, which form alone tells, are marked always."""

    persons: bool = True
    organisations: bool = True
    places: bool = True
    dates: bool = True
    keywords: bool = False  # no gold says how good they are, and jieba has to be loaded
    least: float = LEAST


USUAL = Layers()
