"""One change, in words and with its place."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "header", "joined", "split", "divided", "role", "moved", "item", "break", "correction", "supplied", "gap", "note",
    "unclear", "dots", "ruby", "name", "space", "surplus", "description", "link",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """What changed at one place of the source."""

    kind: Kind
    line: int  # of the source, from 1; 0 for the header
    offset: int  # characters from the start of the line
    text: str  # in words
