"""What is seen of one block by itself, worked out once and asked for many times."""

import re
from dataclasses import dataclass, field
from typing import Literal

from edition.infer.blocks import INDENT, Block
from edition.infer.cues import cues, signs
from edition.infer.evidence import (
    begins_caption,
    begins_closed,
    begins_continued,
    begins_dateline,
    dangles,
    ends_in_dash,
    ends_in_pause,
    ends_sentence,
    han_blanks,
    holds_sentence,
    numbered,
    opens_story,
    unclosed,
    unopened,
)
from edition.infer.forms import Form, special_form
from edition.infer.signatures import Signature, Signer, signature, signer, unbracketed

End = Literal["stop", "cry", "pause", "colon", "closer", "bare", "untold"]
Fill = Literal["over", "full", "near", "indent", "short", "scrap", ""]

HEADLIKE = 60.0  # em: nothing longer is a head, unless it is wider than its column
SET_NARROW = 0.86  # of the measure, up to which lines of one width are set narrower
NARROW = 0.7  # of the page's measure, under which no article is set
DISPLAYED = 45.0  # em: nothing longer is taken for display type beside another block
FORMED = 60.0  # em: nothing longer has the form of a byline, credit or furniture
_COMMAS, _BLANKS = re.compile("[，,；;]"), re.compile(r"[ \u3000]+")
_ANY_MARK, _DIGIT = re.compile("[，。、；：！？,;:!?]"), re.compile(r"\d")
_LENGTHS = (3, 5, 8, 12, 18, 26, 40, 60, 110, 200)  # em


@dataclass(slots=True)
class Look:
    """One block and what can be seen of it."""

    block: Block
    text: str
    wide: float  # em, all its lines
    length: int  # class of width, from 0
    end: End  # the mark at its end
    form: Form | None
    signed: Signature | None  # where a byline or credit stuck to its end begins
    sentence: bool  # a sentence ends inside
    commas: int
    opened: str  # marks that it opens and does not close
    closes: bool  # closes a mark that it did not open
    first: Fill  # how its first line fills the column; empty where there is no column
    last: Fill
    head: bool  # short and without inner sentences: it could be a head
    ended: bool  # ends as finished text does
    opener: bool  # begins as first sentences do
    dateline: bool  # begins with a dateline
    closed: bool  # begins with a mark that nothing begins with
    continued: bool  # begins with a word that begins no sentence
    dangling: bool  # ends in a word that ends no phrase
    narrow: bool  # set narrower than the column around it
    could: str  # a signature that it could be though it has not the form of one: name, office or day
    signer: Signer | None = field(init=False)  # whom it names, where it is a signature or one is stuck to its end
    named: str = field(init=False)  # what a byline that is just a name could be: name, office, day or other
    displayed: bool = field(init=False)  # short and unended, as display type is
    ending: str = field(init=False)  # how it ends, as far as that tells of the block after it
    beginning: str = field(init=False)  # what it is, as far as that tells of the block before it

    def __post_init__(self) -> None:
        named = self.text if self.form in ("byline", "credit") else self.text[self.signed[0] :] if self.signed else ""
        self.signer = signer(named) if named else None
        bare = self.form == "byline" and self.signer == "name"
        self.named = (signs(unbracketed(self.text)) or "other") if bare else ""
        self.displayed = self.head and not self.form and not self.ended and self.wide <= DISPLAYED
        self.ending = _ending(self)
        self.beginning = _beginning(self)


def look(block: Block, *, punctuated: bool) -> Look:
    """What is seen of a block; where a page has no punctuation, that a text lacks it tells nothing."""
    text, wide = block.text, sum(block.widths)
    form = special_form(text) if len(block.rows) <= 2 and wide - text.count(" ") / 2 <= FORMED else None
    inner = holds_sentence(text)
    marks = [_fill(width, block.measure) for width in (block.widths[0], block.widths[-1])]
    signed = None if form or block.vertical else signature(text)
    end = _end(text) if punctuated else "untold"
    very_wide = block.measure is not None and min(block.widths) > 1.3 * block.measure
    return Look(
        block=block,
        text=text,
        wide=wide,
        length=next((at for at, most in enumerate(_LENGTHS) if wide <= most), len(_LENGTHS)),
        end=end,
        form=form,
        signed=signed,
        sentence=inner,
        commas=len(_COMMAS.findall(text)),
        opened=unclosed(text),
        closes=unopened(text),
        first=marks[0],
        last=marks[1],
        head=(wide <= HEADLIKE or very_wide) and (block.vertical or (len(block.rows) <= 4 and not inner)),
        ended=end in ("stop", "cry") or signed is not None,
        opener=opens_story(text),
        dateline=begins_dateline(text),
        closed=begins_closed(text),
        continued=begins_continued(text),
        dangling=dangles(text),
        narrow=block.measure is not None and max(block.widths) <= SET_NARROW * block.measure,
        could="" if form in ("byline", "credit") or wide > 2 * FORMED else signs(text),
    )


def _ending(seen: Look) -> str:
    if seen.form:
        return _form(seen)
    if seen.could:
        return seen.could
    if seen.signed:
        return f"signed.{seen.signed[1]}"
    if seen.end in ("bare", "closer") and seen.head:
        return "dash" if ends_in_dash(seen.text) else "head"
    return seen.end


def _form(seen: Look) -> str:
    """The form; a byline that is just a name is told from those that say who that is."""
    return "name" if seen.form == "byline" and seen.signer == "name" else seen.form or ""


def _beginning(seen: Look) -> str:
    if seen.form:
        return _form(seen)
    if seen.could:
        return seen.could
    if seen.text.startswith("——"):
        return "dash"
    if seen.closed or seen.continued or seen.closes:
        return "goes_on"
    if seen.opener:
        return "opener"
    if seen.head and not seen.ended and seen.end not in ("pause", "colon"):
        return "head"
    return "text"


def _end(text: str) -> End:
    bare = text.rstrip()
    if ends_in_pause(bare):
        return "colon" if bare[-1] in "：:" else "pause"
    if ends_sentence(bare):
        return "stop" if bare.rstrip("”’」』）)》〉】］")[-1:] == "。" else "cry"
    return "closer" if bare[-1:] in tuple("”’」』）)》〉】") else "bare"


def _fill(width: float, measure: float | None) -> Fill:
    """How a line fills a column, both in em: a lost indent of two em makes a first line that much shorter."""
    if measure is None:
        return ""
    missing = measure - width
    steps: tuple[tuple[float, Fill], ...] = ((-1.3, "over"), (0.8, "full"), (1.3, "near"), (3.05, "indent"))
    found = next((name for most, name in steps if missing <= most), None)
    return found or ("short" if width > 0.4 * measure else "scrap")


def own_features(seen: Look, page: float | None) -> list[str]:
    """The names of what is seen of a block by itself; `page` is the page's measure in em."""
    block = seen.block
    out = [f"length.{seen.length}", f"end.{seen.end}", f"length.{seen.length}.{'ended' if seen.ended else seen.end}"]
    if seen.form:
        out.append(f"form.{seen.form}")
        if seen.signer:
            out.append(f"signer.{seen.signer}")
    if seen.signed:
        out += [f"signed.{seen.signed[1]}", f"signed.{seen.signed[1]}.{seen.signer}"]
    if seen.sentence:
        out.append("inside.sentence")
    out.append(f"commas.{min(3, seen.commas)}")
    if block.level:
        out.append(f"mark.{min(3, block.level)}")
    out += [f"told.{cue}" for cue in block.rows[0].told]
    if block.rows[0].indent >= INDENT:
        out.append("indent.kept")
    if seen.opened or seen.closes:
        out.append("unbalanced")
    if seen.closes:
        out.append("closes")
    if block.vertical:
        out.append("vertical")
    out += _words(seen)
    out += cues(seen.text)
    if seen.head:
        out += _headlike(seen)
    if seen.first:
        out += _filled(seen, page)
    return out


def _words(seen: Look) -> list[str]:
    """What the words and marks at the edges of a text tell."""
    out, text = [], seen.text
    if seen.dateline:
        out.append("begins.dateline")
    elif seen.opener:
        out.append("begins.opener")
    if begins_caption(text):
        out.append("begins.caption")
    if seen.closed:
        out.append("begins.closed")
    elif seen.continued:
        out.append("begins.continued")
    elif text[:1] in "“「《":
        out.append("begins.quote")
    elif text[:2] in ("——", "—-", "--"):
        out.append("begins.dash")
    if numbered(text):
        out.append("begins.number")
    if seen.dangling:
        out.append("ends.dangling")
    if ends_in_dash(text):
        out.append("ends.dash")
    elif text[-1:] in ("？", "?"):
        out.append("ends.asking")
    elif text[-1:] in ("）", ")"):
        out.append("ends.bracket")
    return out


def _headlike(seen: Look) -> list[str]:
    """What tells among short texts."""
    text = seen.text
    out = []
    if blanks := han_blanks(text):
        parts = [len(part) for part in _BLANKS.split(text.strip())]
        parallel = len(set(parts)) == 1 and parts[0] <= 6
        out.append("blanks.parallel" if parallel else "blanks.one" if blanks == 1 else "blanks.more")
    if not _ANY_MARK.search(text):
        out.append("unmarked")
    if "：" in text or ":" in text:
        out.append("colon")
    if "、" in text:
        out.append("listing")
    if _DIGIT.search(text):
        out.append("digits")
    return out


def _filled(seen: Look, page: float | None) -> list[str]:
    """How the lines fill the column, and how wide that is beside the page's usual one (`page`, em)."""
    out = [f"first.{seen.first}", f"last.{seen.last}", f"lines.{min(4, len(seen.block.rows))}"]
    if len(seen.block.rows) == 1:
        out += [f"only.{seen.first}", f"only.{seen.first}.{'ended' if seen.ended else seen.end}"]
    measure = seen.block.measure
    if measure and min(seen.block.widths) > 1.3 * measure:
        out.append("wide")
    if measure and page and abs(measure - page) > 0.12 * page:
        share = measure / page
        out.append(f"column.{'narrow' if share < NARROW else 'narrower' if share < 1 else 'wider'}")
    return out


def ranked(level: int, other: int) -> str:
    """How a level of heading stands to another: `deeper`, `higher` or the `same`."""
    return "deeper" if level > other else "higher" if level < other else "same"


def longer(one: Look, other: Look) -> str:
    """Whether one block is wider than another: `more`, `less` or the `same`."""
    return "more" if one.wide > 1.25 * other.wide else "less" if other.wide > 1.25 * one.wide else "same"
