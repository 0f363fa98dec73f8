"""Evidence to weighted reasons: how well a block fits each role, and how well two blocks join.

Every function takes blocks and gives reasons; the numbers stand in data/weights.toml. A role's reasons are grounds
for that role by themselves: the decoder adds them up along a whole page.
"""

import re
from dataclasses import dataclass
from enum import Enum

from edition.infer.blocks import Block
from edition.infer.evidence import (
    begins_caption,
    begins_closed,
    begins_continued,
    begins_dateline,
    dangles,
    ends_in_pause,
    ends_sentence,
    furniture_kind,
    han_blanks,
    holds_sentence,
    is_quotation,
    numbered,
    opens_story,
    repeats_prefix,
    reports_speech,
    signature,
    special_form,
    unclosed,
    unopened,
)
from edition.infer.lists import Reason, reason
from edition.infer.measure import AGREE, Profile
from edition.words import Dictionary, spanning

WIDE = 1.3  # times the measure from which a line is display type
NARROW = 0.8  # times the measure up to which a block is set narrower
INDENT = (1.2, 3.2)  # em by which a lost two-em indent shortens a first line
SCRAP = 24.0  # em: under two lines of a usual column
MANY_GAPS = 3  # empty lines from which a gap is unusual


class Role(Enum):
    """What a block can be."""

    HEAD = "head"
    START = "paragraph"
    MORE = "continued"
    CAPTION = "caption"
    BYLINE = "byline"
    CREDIT = "credit"
    FURNITURE = "furniture"
    MARKUP = "markup"


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What stands around a block, as far as its role depends on it."""

    credit_follows: bool = False
    gap_beside: bool = False  # many empty lines before or after
    goes_on_after: bool = False  # the next block begins in mid-phrase
    in_series: bool = False  # other short lines of the page have the same form


def role_reasons(block: Block, page: Profile, around: Neighbours) -> dict[Role, tuple[Reason, ...]]:
    """The grounds for each role that the block could have; a block of markup has no other."""
    if block.markup:
        return {Role.MARKUP: ()}
    form = special_form(block.text) if len(block.rows) <= 2 else None
    formed = (reason("other.form"),) if form else ()
    body = (*_body(block, page), *formed)
    return {
        Role.HEAD: (*_display(block, page), *_display_neighbours(around), *formed),
        Role.START: body,
        Role.MORE: body,
        Role.CAPTION: (*_caption(block, page, around), *formed),
        Role.BYLINE: (reason("byline.form" if form == "byline" else "byline.none"),),
        Role.CREDIT: (reason("credit.form" if form == "credit" else "credit.none"),),
        Role.FURNITURE: (reason("furniture.form" if furniture_kind(form) else "furniture.none"),),
    }


def series_form(block: Block) -> str | None:
    """The punctuation of a short unended line, by which crossheads of one series are alike; None for other blocks."""
    if block.markup or len(block.rows) > 1 or sum(block.widths) > 1.25 * SCRAP or ends_sentence(block.text):
        return None
    return "".join(re.findall("[，,、：:；;]", block.text)) or None


def _commas(text: str) -> int:
    return len(re.findall("[，,；;]", text))


def _body(block: Block, page: Profile) -> list[Reason]:
    text, out = block.text, []
    if _ends(text):
        out.append(reason("body.cry" if _cries(block) else "body.terminal"))
    elif sum(block.widths) < 40 and not ends_in_pause(text):
        out.append(reason("body.unended"))
        if sum(block.widths) < SCRAP and not block.level and len(block.rows) == 1:
            out.append(reason("body.scrap"))
    if holds_sentence(text):
        out.append(reason("body.sentence"))
    if sum(block.widths) > 60:
        out.append(reason("body.long"))
    out.append(reason("body.comma", min(4, _commas(text))))
    if block.level:
        out.append(reason("body.mark"))
    if dangles(text) or begins_continued(text) or begins_closed(text) or unclosed(text) or unopened(text):
        out.append(reason("body.unfinished_edge"))
    fit = _fit(block, page)
    if fit is not None:
        out.append(reason("body.full" if fit else "body.unmeasured"))
    elif _first_line(block, page):
        out.append(reason("body.firstline"))
    return out


def _cries(block: Block) -> bool:
    """Whether a short block ends in its only sentence mark, and that is not a full stop: headlines may."""
    return sum(block.widths) < SCRAP and block.text[-1:] in tuple("？！?!…") and not holds_sentence(block.text)


def _ends(text: str) -> bool:
    """Whether the text ends as finished text does, a signature at its end aside."""
    return ends_sentence(text) or signature(text) is not None


def _fit(block: Block, page: Profile) -> bool | None:
    """Whether the block's lines fill the page's measure; None where that cannot be told."""
    if page.measure is None:
        return None
    full = [w for w in block.widths[:-1] or block.widths if abs(w - page.measure) <= AGREE + 0.5]
    if len(block.widths) == 1:
        missing = page.measure - block.widths[0]
        fits = abs(missing) <= AGREE or INDENT[0] <= missing <= INDENT[0] + AGREE
        return None if fits or missing > 0 else False
    return len(full) >= 0.5 * max(1, len(block.widths) - 1)


def _first_line(block: Block, page: Profile) -> bool:
    """Whether a single line is as wide as a paragraph's first line, cut off by the column's end, would be."""
    if page.measure is None or len(block.widths) > 1 or ends_sentence(block.text):
        return False
    return INDENT[0] <= page.measure - block.widths[0] <= INDENT[0] + AGREE


def _display(block: Block, page: Profile) -> list[Reason]:
    text, wide, out = block.text, sum(block.widths), [reason("display.base")]
    if block.level:
        out.append(reason("display.mark"))
    if re.search("。[”’」』）)]*$", text) or signature(text):
        out.append(reason("display.terminal"))
    elif ends_sentence(text) and not _cries(block):
        out.append(reason("display.exclaim"))
    if holds_sentence(text):
        out.append(reason("display.sentence"))
    very_wide = page.measure is not None and min(block.widths) > WIDE * page.measure
    if wide > 60 and not very_wide:
        out.append(reason("display.long"))
    elif wide > 36 and not very_wide:
        out.append(reason("display.middling"))
    out.append(reason("display.comma", min(3, _commas(text))))
    out.append(reason("display.pause", min(3, len(re.findall("[、：:]", text)))))
    if wide < 48:
        out.append(reason("display.blank", min(2, han_blanks(text))))
    if not re.search("[，。、；：！？,;:!?]", text):
        out.append(reason("display.bare"))
    if numbered(text) and wide < SCRAP:
        out.append(reason("display.numbered"))
    if begins_dateline(text):
        out.append(reason("display.dateline"))
    elif opens_story(text):
        out.append(reason("display.opener"))
    if dangles(text) and not numbered(text):
        out.append(reason("display.dangling"))
    if unclosed(text) or unopened(text):
        out.append(reason("display.unbalanced"))
    if len(block.rows) > 3:
        out.append(reason("display.manylines"))
    return out + _display_measure(block, page, very_wide)


def _display_neighbours(around: Neighbours) -> list[Reason]:
    out = [reason("display.series")] if around.in_series else []
    return [*out, reason("display.goes_on")] if around.goes_on_after else out


def _display_measure(block: Block, page: Profile, very_wide: bool) -> list[Reason]:
    if page.measure is None:
        return []
    if very_wide:
        return [reason("display.wide")]
    off = [w for w in block.widths if abs(w - page.measure) > 2]
    if len(off) == len(block.widths):
        return [reason("display.offmeasure")]
    return [reason("display.full")] if _fit(block, page) else []


def _caption(block: Block, page: Profile, around: Neighbours) -> list[Reason]:
    text, wide, out = block.text, sum(block.widths), [reason("caption.base")]
    if around.credit_follows:
        out.append(reason("caption.credit"))
    if (stuck := signature(text)) and stuck[1] == "credit":
        out.append(reason("caption.owncredit"))
    if page.measure and block.measure and block.measure <= NARROW * page.measure:
        out.append(reason("caption.narrow"))
    if begins_caption(text):
        out.append(reason("caption.begins"))
    if around.gap_beside:
        out.append(reason("caption.gap"))
    if not ends_sentence(text) and not block.level and wide > 20 and _commas(text):
        out.append(reason("caption.unended"))
    if wide > 160:
        out.append(reason("caption.long"))
    if wide < 12:
        out.append(reason("caption.short"))
    return out


def join_reasons(left: Block, right: Block, page: Profile, dictionary: Dictionary, passed: int) -> tuple[Reason, ...]:
    """The grounds for and against `right` going on where `left` stops.

    `passed` is the number of blocks between.
    """
    a, b = left.text, right.text
    out = [reason("join.base"), *_join_marks(a, b), *_join_words(a, b, dictionary)]
    out += _join_geometry(left, right, page)
    if passed:
        out.append(reason("join.distance", passed))
    return tuple(out)


def _join_marks(a: str, b: str) -> list[Reason]:
    out = []
    if signature(a):
        out.append(reason("join.signed"))
    if ends_sentence(a):
        out.append(reason("join.terminal"))
    elif ends_in_pause(a):
        out.append(reason("join.comma", detail=a[-1]))
    else:
        out.append(reason("join.open"))
    if still_open := unclosed(a):
        opposite = b[:1] in "“《「" and still_open[-1] == b[:1]
        out.append(reason("join.crossquote" if opposite else "join.quote", detail=still_open[-1]))
    if is_quotation(a) and reports_speech(b):
        out.append(reason("join.speech", detail=b[:8]))
    if begins_closed(b):
        out.append(reason("join.nostart", detail=b[0]))
    return out


def _join_words(a: str, b: str, dictionary: Dictionary) -> list[Reason]:
    out = []
    if word := spanning(a[-5:], b[:5], dictionary):
        out.append(reason("join.word", 1 if len(word) > 2 else 0.75, word))
    if begins_continued(b):
        out.append(reason("join.begins", detail=b[0]))
    if dangles(a):
        out.append(reason("join.dangling", detail=a[-1]))
    if opens_story(b):
        out.append(reason("join.opener", detail=b[:2]))
    if repeats_prefix(a, b):
        out.append(reason("join.parallel"))
    return out


def _join_geometry(left: Block, right: Block, page: Profile) -> list[Reason]:
    out = []
    if page.indents_kept and right.rows[0].indent >= INDENT[0]:
        out.append(reason("join.keptindent"))
    measure = right.measure or page.measure
    if page.wrapped and measure and len(right.rows) > 1:
        missing = measure - right.widths[0]
        if INDENT[0] <= missing <= INDENT[1]:
            out.append(reason("join.indent", detail=f"{missing:g}字"))
        elif missing < INDENT[0]:
            out.append(reason("join.noindent"))
    measure = left.measure or page.measure
    if page.wrapped and measure:
        short = left.widths[-1] < measure - 1.5
        out.append(reason("join.shortlast" if short else "join.fulllast"))
    return out
