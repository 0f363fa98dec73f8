"""Pages on which nothing is left to ask, as gold: the structure that `edition evaluate` compares with."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from edition.errors import SourceError
from edition.evaluate import structure
from edition.review.desk import Desk
from edition.review.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Gold:
    """One page of a folder."""

    name: str  # path of the source under the folder
    open: int  # questions that nobody has answered
    decided: int  # decisions of editors
    structure: dict[str, object]  # as `edition evaluate` reads it


def gold(folder: Path) -> Iterator[Gold]:
    """Every page of a folder. Raises SourceError for one that cannot be made."""
    desk = Desk(folder, read_only=True)
    for number in range(1, len(desk) + 1):
        try:
            name, made, asked = desk.made(number)
        except Refusal as refusal:
            raise SourceError(refusal.en, where=str(folder), remedy="mend it, or leave the page out") from None
        plain = structure.to_json(structure.from_edition(made.edition))
        yield Gold(name, sum(q.asked for q in asked), len(made.decided.entries), plain)
