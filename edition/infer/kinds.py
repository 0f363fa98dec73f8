"""What kind of item a text with its heads is, where it is no news: a notice, an advertisement, a part of a serial.

Heads and body in, a kind with its log-odds out; None where an article is likelier than all of them.
"""

import re
from collections.abc import Sequence

from edition.infer.cues import cues, has_contact, signs
from edition.infer.events import Body
from edition.infer.evidence import begins_dateline
from edition.infer.lattice import Role
from edition.infer.lists import Reason, reason, total, words
from edition.model.document import ItemKind

LONG = 500  # characters: longer texts are seldom notices or advertisements
MOST = 3  # words of one kind that are counted


def special_kind(heads: Sequence[str], body: Body) -> tuple[ItemKind, float] | None:
    """(kind, log-odds against an article) of the likeliest other kind, if it is likelier."""
    text = body.text
    found: list[tuple[ItemKind, tuple[Reason, ...]]] = [
        ("notice", tuple(_notice(heads, body, text))),
        ("advertisement", tuple(_advertisement(body, text))),
        ("serial", tuple(_serial(heads, text))),
    ]
    kind, reasons = max(found, key=lambda entry: total(entry[1]))
    return (kind, total(reasons)) if total(reasons) > 0 else None


def _said(names: str, text: str) -> int:
    return min(MOST, sum([word in text for word in words()[names]]))


def _notice(heads: Sequence[str], body: Body, text: str) -> list[Reason]:
    out = [reason("notice.base")]
    if any(cue == "title.notice" for head in heads for cue in cues(head)):
        out.append(reason("notice.title"))
    if said := _said("notice_words", text):
        out.append(reason("notice.words", said))
    if any(signs(sign.block.text) in ("office", "day") for sign in body.signs):
        out.append(reason("notice.signed"))
    return [*out, reason("notice.long")] if len(text) > LONG else out


def _advertisement(body: Body, text: str) -> list[Reason]:
    out = [reason("advertisement.base")]
    if said := _said("advertisement_words", text):
        out.append(reason("advertisement.words", said))
    if has_contact(text[-70:]):
        out.append(reason("advertisement.contact"))
    if begins_dateline(text) or any(sign.role is Role.BYLINE for sign in (*body.signs, *body.lead)):
        out.append(reason("advertisement.signed"))
    return [*out, reason("advertisement.long")] if len(text) > LONG else out


def _serial(heads: Sequence[str], text: str) -> list[Reason]:
    out = [reason("serial.base")]
    if re.search("连载", "".join(heads)) or re.search("[（(](?:未完)?待续[）)]$", text):
        out.append(reason("serial.said"))
    return out
