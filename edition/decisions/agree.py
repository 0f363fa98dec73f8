"""Decisions that cannot both hold: what each entry says, as questions and answers."""

from collections.abc import Iterator, Sequence

from edition.decisions.entries import (
    HEADS,
    Checked,
    Correction,
    Doubtful,
    Entry,
    Join,
    KindOf,
    Membership,
    Missing,
    Order,
    Remark,
    Rest,
    RoleOf,
    Split,
)
from edition.errors import ConfigError


def agree(entries: Sequence[Entry], where: str) -> None:
    """Raise ConfigError for the first two entries of which one denies what the other says."""
    said: dict[tuple[str, ...], tuple[str, Entry]] = {}
    for entry in entries:
        for *about, answer in claims(entry):
            other, earlier = said.setdefault(tuple(about), (answer, entry))
            if other != answer:
                raise ConfigError(
                    f"contradicts line {earlier.ground.row} of this file: {about[0].format(*about[1:])} {answer!r} here, "
                    f"{other!r} there",
                    where=f"{where}:{entry.ground.row}",
                    remedy="keep the one that is right",
                )


def claims(entry: Entry) -> Iterator[tuple[str, ...]]:
    """(sentence, its words, answer) for each thing that an entry says."""
    at = str(entry.ground.at)
    match entry:
        case Join(onto=onto, joined=joined):
            yield "whether line {} goes on line {} is", at, str(onto), "yes" if joined else "no"
            if joined:
                yield "what line {} goes on is line", at, str(onto)
                yield "what goes on line {} is line", str(onto), at
                yield from ((("the role of line {} is"), place, "paragraph") for place in (at, str(onto)))
        case Split():
            yield "what line {} goes on is line", at, "none"
        case RoleOf(role=role):
            yield "the role of line {} is", at, role
            yield "whether line {} is a head is", at, "yes" if role in HEADS else "no"
        case Membership(item=item, owner=owner):
            yield "the item of line {} is", at, str(item)
            if owner:
                yield "whether line {} is a head is", at, "yes"
            if item == "new":
                yield "what line {} goes on is line", at, "none"
        case KindOf(kind=kind):
            yield "the kind of the item of line {} is", at, kind
        case Correction(wrong=wrong, right=right):
            yield "the correction of {} in line {} is", wrong, at, right
        case Missing(supplied=supplied, chars=chars, after=after):
            yield (
                "what is missing {} line {} is",
                "behind" if after else "before",
                at,
                supplied or f"{chars} characters",
            )
        case Order(before=before):
            yield "what line {} is read before is line", at, str(before)
        case Checked(errors=errors):
            yield "the number of errors in line {} is", at, str(errors)
        case Doubtful() | Remark() | Rest():
            pass
