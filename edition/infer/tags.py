"""Marks inside a line that say by themselves what they are: tags of HTML, links, entities, LaTeX, escapes.

One line in; its marks, what they tell of the characters between them, and what is still open at the line's end out.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from edition.infer.evidence import begins_caption
from edition.infer.forms import special_form
from edition.infer.signatures import signature
from edition.model.widths import HAN

Kind = Literal["", "blank", "cell", "line", "paragraph", "picture"]  # what a mark parts, or the place of a picture

_TAGS = (
    "h[1-6]|p|div|center|br|hr|table|thead|tbody|tfoot|tr|td|th|caption|colgroup|col|ul|ol|li|dl|dt|dd|blockquote|figure|figcaption"
    "|img|image|b|strong|i|em|u|s|del|ins|sub|sup|small|big|font|span|a|code|pre|mark|html|body|head|section|article|header|footer"
    "|page|page_number|column"
)
_TOKEN = (  # compiled where a line has such a mark
    rf"(?P<comment><!--.*?-->)|<(?P<close>/?)(?P<tag>(?i:{_TAGS}))(?=[\s/>])(?P<said>[^<>]*)>"
    r"|(?P<special><\|det\|>[^<>]*<\|/det\|>|<\|ref\|>[A-Za-z_ ]+<\|/ref\|>|<\|/?[A-Za-z_]{1,30}\|>)"
    r"|(?P<image>!\[(?P<alt>[^\[\]]*)\]\((?:[^()]|\([^()]*\))*\))"
    r"|\[(?P<linked>[^\[\]]+)\](?P<link>\((?:https?:|www\.|mailto:|#|\.{0,2}/)[^()\s]*\))"
    r"|(?P<blank>&(?:amp;)?(?:nbsp|ensp|emsp|thinsp|#160|#xA0|#x3000|#12288);)|(?P<nothing>&(?:shy|#173|#8203);)|&(?P<amp>amp;)"
    rf"|(?P<math>\$\$?(?=[^\s$])[^$\n{HAN}]*[^$\s\\{HAN}]\$\$?(?![0-9$])|\\\([^{HAN}]*?\\\)|\\\[[^{HAN}]*?\\\])"
    r"|\\(?P<command>title|(?:sub)*section\*?|caption|author|textbf)\{(?P<inside>[^{}]*)\}"
    r"|(?P<escape>\\)[!-/:-@\[-`{-~]"
)
_FORMATTING = re.compile(
    r"\\(?:mathrm|mathbf|mathit|mathsf|textbf|textrm|text|boldsymbol|operatorname|rm|bf)(?![A-Za-z])\s*"
    r"|\\[()\[\]]|\\(?=[%#&_$])|\\[,;: ]|(?<!\\)[{}^_$]|\s+"
)
_PLAIN = re.compile(r"[0-9A-Za-z.,%+\-=()/:*'&#_$]+")
_NUMBER = re.compile(r"[0-9.,%+\-]+|[A-Z]{1,2}")
_LATEX = re.compile(r"[\\^_{]")
_PARTING: dict[str, Kind] = {
    "br": "line", "tr": "line", "td": "cell", "th": "cell", "img": "picture", "image": "picture",
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "center", "hr", "table", "caption"), "paragraph"),
    **dict.fromkeys(("ul", "ol", "li", "dl", "dt", "dd", "blockquote", "figure", "figcaption"), "paragraph"),
    **dict.fromkeys(("section", "article", "header", "footer", "page", "page_number", "column"), "paragraph"),
}  # fmt: skip
_TOLD = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "center": "centred", "blockquote": "quote", "li": "li"} | {
    "caption": "caption", "figcaption": "caption", "title": "h1", "textbf": "bold"
}  # fmt: skip
_CREDITED = re.compile("(?:摄|摄影|供图)[）)]?$")
_CENTRED = re.compile(r"center", re.IGNORECASE)
_VOID = ("br", "hr", "img", "image", "col")


class Mark(NamedTuple):
    """A run of one line that is no reading text."""

    start: int  # characters from the start of the line
    end: int
    kind: Kind = ""


class Told(NamedTuple):
    """What marks tell of the characters between two offsets of a line."""

    start: int
    end: int
    cue: str  # bold, italic, centred, quote, caption, li, or h1 to h6


@dataclass(slots=True)
class Tagged:
    """What was found in one line."""

    marks: list[Mark] = field(default_factory=list)  # rising
    told: list[Told] = field(default_factory=list)
    kept: set[int] = field(default_factory=set)  # offsets of characters that were escaped: they are no marks
    open: dict[str, str] = field(default_factory=dict)  # tags without an end in the line -> what they tell


def tagged(text: str, open_: Mapping[str, str]) -> Tagged:
    """The marks of a line; `open_` are the tags that stand open before it."""
    out = Tagged()
    begun = {name: (0, cue) for name, cue in open_.items()}
    for found in re.finditer(_TOKEN, text):
        if found["tag"]:
            _tag(found, begun, out)
        elif found["escape"]:
            out.marks.append(Mark(found.start(), found.start() + 1))
            out.kept.add(found.start() + 1)
        else:
            out.marks += _marks(found, out)
    out.told += [Told(at, len(text), cue) for at, cue in begun.values()]
    out.open = {name: cue for name, (_, cue) in begun.items()}
    return out


def _tag(found: re.Match[str], begun: dict[str, tuple[int, str]], out: Tagged) -> None:
    name, said = found["tag"].lower(), found["said"]
    out.marks.append(Mark(found.start(), found.end(), _PARTING.get(name, "")))
    if found["close"]:
        if name in begun:
            at, cue = begun.pop(name)
            out.told.append(Told(at, found.start(), cue))
    elif name not in _VOID and not said.endswith("/"):
        cue = _TOLD.get(name) or (name if re.fullmatch("h[1-6]", name) else "")
        cue = cue or ("centred" if name in ("p", "div") and _CENTRED.search(said) else "")
        if cue:
            begun[name] = (found.end(), cue)


def _marks(found: re.Match[str], out: Tagged) -> Iterator[Mark]:
    start, end = found.span()
    if found["image"]:
        yield from _image(found, out)
    elif found["link"]:
        yield Mark(start, start + 1)
        yield Mark(found.end("linked"), end)
    elif found["amp"]:
        yield Mark(start + 1, end)
    elif found["math"]:
        yield from _math(found["math"], start)
    elif found["command"]:
        command = found["command"].rstrip("*")
        cue = _TOLD.get(command) or (f"h{2 + command.count('sub')}" if "section" in command else "")
        if cue:
            out.told.append(Told(*found.span("inside"), cue))
        kind: Kind = "" if command == "textbf" else "paragraph"
        yield Mark(start, found.start("inside"), kind)
        yield Mark(found.end("inside"), end, kind)
    else:
        yield Mark(start, end, "blank" if found["blank"] else "")


def _image(found: re.Match[str], out: Tagged) -> Iterator[Mark]:
    """A picture's place; what is said in it is read only if it is a caption or credit by its form, for models make up
    descriptions there."""
    start, end = found.span()
    alt = found["alt"].strip()
    if begins_caption(alt) or (_CREDITED.search(alt) and (special_form(alt) or signature(alt))):
        out.told.append(Told(*found.span("alt"), "caption"))
        yield Mark(start, found.start("alt"), "picture")
        yield Mark(found.end("alt"), end, "paragraph")
    else:
        yield Mark(start, end, "picture")


def _math(text: str, start: int) -> Iterator[Mark]:
    """The marks of a formula that is but a number or a word set as one; of another none, for nothing could replace them."""
    inside = text.strip("$")
    plain = _FORMATTING.sub("", text)
    if not _PLAIN.fullmatch(plain) or not (_LATEX.search(inside) or _NUMBER.fullmatch(inside)):
        return
    for found in _FORMATTING.finditer(text):
        yield Mark(start + found.start(), start + found.end())
