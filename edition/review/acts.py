"""What an editor does on the desk, to entries of NAME.decisions.toml.

The browser names places and answers; the characters that stand there are taken from the source, so that an act can say
nothing that the source does not bear. An act that says something else than an earlier one of the desk takes its place;
one against what was written into the file by hand is refused.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import NoReturn, get_args

from edition.decisions import Decisions, Entry, Order, Place, Remark, Rest, Textual
from edition.decisions.agree import claims
from edition.gazetteer import Section
from edition.model.source import Transcript
from edition.review.ledger import Value
from edition.review.refusal import Refusal

_PLACE = re.compile(r"[1-9]\d{0,8}(\.\d{1,8})?")
_SHOWN = 8  # characters of the source that an entry states
_LONGEST = 2000  # characters of anything that is typed
_STRUCTURAL: dict[str, tuple[str, ...]] = {  # kind -> the keys that say what was decided
    "join": ("onto", "joined"),
    "split": (),
    "role": ("role", "to"),
    "item": ("item",),
    "owner": ("item",),
    "order": ("before",),
    "kind": (),
    "finding": ("code",),
    "checked": ("errors",),
}
_TEXTUAL: dict[str, tuple[str, ...]] = {
    "correction": ("wrong", "right"),
    "unclear": (),
    "missing": ("after", "supplied", "chars"),
    "note": ("note",),
}
_SECTIONS: tuple[Section, ...] = get_args(Section)
Asked = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Act:
    """An entry to be written."""

    kind: str  # of the table
    values: Mapping[str, Value]


def act(asked: Asked, transcript: Transcript, who: str, when: str) -> Act:
    """The entry that an act asks for. `asked` has `kind`, `at` and the keys of the kind; for `confirm` also `what`.

    Raises Refusal for one that cannot be read or whose place does not exist.
    """
    kind = asked.get("kind")
    if kind == "pass":
        return Act("pass", {"stage": _text(asked, "stage"), "who": who, "when": when})
    what = asked.get("what") if kind == "confirm" else kind
    place = _place(asked, "at")
    values: dict[str, Value] = {"line": _written(place)}
    if isinstance(what, str) and what in _STRUCTURAL:
        values["text"] = _standing(transcript, place)
        values |= {"what": what} if kind == "confirm" else {}
        values |= {"kind": _text(asked, "as")} if what == "kind" else _keys(asked, _STRUCTURAL[what])
    elif isinstance(kind, str) and kind in _TEXTUAL:
        values["line"] = f"{place.line}.{place.offset}"  # exact, though the offset be 0
        values |= {} if kind == "correction" else {"text": _text(asked, "text")}
        values |= _keys(asked, _TEXTUAL[kind])
    else:
        raise Refusal("没有这种操作", f"there is no act {what!r}", 400)
    if asked.get("why"):
        values["why"] = _text(asked, "why")
    return Act(str(kind), values | {"who": who, "when": when})


def _keys(asked: Asked, keys: tuple[str, ...]) -> dict[str, Value]:
    return {key: _answer(asked, key) for key in keys if asked.get(key) not in (None, "")} | (
        {"right": ""} if "right" in keys and asked.get("right") == "" else {}
    )


def _answer(asked: Asked, key: str) -> Value:
    value = asked[key]
    if key in ("onto", "before", "item") and _PLACE.fullmatch(str(value)):
        return _written(_place(asked, key))
    if isinstance(value, bool | int):
        return value
    return _text(asked, key)


def _text(asked: Asked, key: str) -> str:
    value = asked.get(key)
    if not isinstance(value, str) or not value.strip() or len(value) > _LONGEST:
        _unreadable(key)
    if re.search("[\\x00-\\x1f\\x7f\\ud800-\\udfff\\ufffe\\uffff]", value):
        raise Refusal(f"{key} 里有不能写入的控制字符", f"{key} has characters that cannot be written", 422)
    return value


def _unreadable(key: str) -> NoReturn:
    raise Refusal(f"{key} 没有给出或无法识别", f"{key} is missing or cannot be read", 400)


def _place(asked: Asked, key: str) -> Place:
    value = str(asked.get(key, ""))
    if not _PLACE.fullmatch(value):
        _unreadable(key)
    line, _, offset = value.partition(".")
    return Place(int(line), int(offset or 0))


def _written(place: Place) -> int | str:
    return str(place) if place.offset else place.line


def _standing(transcript: Transcript, place: Place) -> str:
    """The first characters that stand at a place of the source."""
    lines = transcript.lines
    text = lines[place.line - 1].text[place.offset :].strip() if place.line <= len(lines) else ""
    text = "".join(takewhile(str.isprintable, text[:_SHOWN])).strip()
    if not text:
        raise Refusal(f"原文第 {place} 处没有文字", f"nothing stands at line {place} of the source")
    return text


# ---- names, which hold for the whole edition


def named(asked: Asked) -> tuple[Section, str]:
    """The table of names.toml that an act about a name writes, and the name. Raises Refusal."""
    for section in _SECTIONS:
        if asked.get("section") == section:
            return section, _text(asked, "name")
    _unreadable("section")


def kind_of(asked: Asked) -> str | None:
    """As what a name is refused; None for whatever it is."""
    return _text(asked, "as") if asked.get("section") == "refused" and asked.get("as") else None


# ---- an act and what was decided before


def replaced(new: Decisions, before: Decisions) -> list[int]:
    """The rows of the earlier entries that a new one takes the place of. Raises Refusal if one was written by hand."""
    signed = [(one.stage, one.who) for one in new.passes]
    rows = [old.row for old in before.passes if (old.stage, old.who) in signed and _of_the_desk(old.when)]
    for entry in before.entries:
        if not any(_meets(one, entry) for one in new.entries):
            continue
        if not _of_the_desk(entry.ground.when):
            raise Refusal(
                f"与决定文件第 {entry.ground.row} 行手写的决定矛盾；请先撤回那一条",
                f"line {entry.ground.row} of the decisions, written by hand, says otherwise; take that back first",
            )
        rows.append(entry.ground.row)
    return rows


def _of_the_desk(when: str | None) -> bool:
    """Whether a time is as the desk writes it: by hand one writes a day, or nothing."""
    return when is not None and "T" in when


def rows(decisions: Decisions) -> list[int]:
    """The row of every entry."""
    return [*(entry.ground.row for entry in decisions.entries), *(one.row for one in decisions.passes)]


def _meets(new: Entry, old: Entry) -> bool:
    """Whether two entries answer one question: otherwise, or in the same way once more."""
    if isinstance(new, Remark | Rest) or isinstance(old, Remark | Rest):
        return False
    if isinstance(new, Textual) and isinstance(old, Textual):
        return type(new) is type(old) and new.ground.at == old.ground.at
    if isinstance(new, Order) and isinstance(old, Order):
        return new.ground.at == old.ground.at
    if type(new) is type(old) and _bare(new) == _bare(old):
        return True
    there = _said(old)
    return any(about in there and there[about] != answer for about, answer in _said(new).items())


def _said(entry: Entry) -> dict[tuple[str, ...], str]:
    return {claim[:-1]: claim[-1] for claim in claims(entry)}


def _bare(entry: Entry) -> Entry:
    """An entry without who said it, when and where."""
    ground = replace(entry.ground, text="", who="", why=None, row=0, when=None, confirmed=False)
    return replace(entry, ground=ground)
