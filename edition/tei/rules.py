"""The rules that no grammar can state: pointers that point somewhere, each piece of the source once and where it says,
and law 1, the source rebuilt. `schema/edition.sch` states those of them that XPath can, for other tools.

Comes in: a parsed file, and the source's bytes where somebody has them. Goes out: findings.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from itertools import zip_longest

from lxml import etree

from edition.errors import TeiError
from edition.findings import Finding
from edition.tei import history
from edition.tei.diagnosis import at, tag
from edition.tei.names import ID
from edition.tei.restore import Facts, Piece, facts_of, joined, pieces

POINTERS = frozenset({"resp", "target", "who", "facs", "next", "prev", "ref", "corresp", "scheme"})
_MOST = 5  # differing lines told for one file
_NEAR = 3  # lines above a lost one in which its text is looked for
_EFFORT = 300_000_000  # bytes hashed at most to find a lost <lb/>


def pointers(root: etree._Element, name: str) -> Iterator[Finding]:
    """A finding for each pointer into this file that has no target."""
    ids: set[str] = set()
    pointing: list[tuple[etree._Element, str, str]] = []
    for element in root.iter("{*}*"):
        for attribute, value in element.items():
            if attribute in POINTERS:
                pointing.append((element, attribute, value))
            elif attribute == ID:
                ids.add(value)
    for element, attribute, value in pointing:
        for pointer in value.split():
            if pointer.startswith("#") and pointer[1:] not in ids:
                yield _dead(element, attribute, pointer, ids, name)


def _dead(element: etree._Element, attribute: str, pointer: str, ids: set[str], name: str) -> Finding:
    message = f'{attribute}="{pointer}" of {tag(element)} points at nothing in this file'
    close = get_close_matches(pointer[1:], sorted(ids), 1, 0.7)
    remedy = (
        f"did you mean #{close[0]}? Otherwise give its target that xml:id, or take the pointer away" if close else ""
    )
    return Finding("V-003", at(name, element), message, remedy=remedy)


def source(root: etree._Element, name: str, data: bytes | None = None) -> list[Finding]:
    """What keeps the source from being rebuilt; `data` is the source, so that the very place can be told."""
    try:
        facts = facts_of(root, name)
        found = pieces(root, name)
        wrong = [*_twice(found, name), *_beyond(found, facts, name)]
        if not wrong and (lines := history.kept_back(root)):  # a public copy, of which no more can be asked
            message = f"lines {', '.join(lines)} of {facts.name} are kept back here, as the header says"
            return [Finding("A-010", name, message)]
        wrong = wrong or [*_offsets(found, name)]
        return wrong or [*_rebuilt(found, facts, name, data)]
    except TeiError as error:
        return [Finding("V-005", error.where or name, error.message, remedy=error.remedy)]
    except (ValueError, OverflowError, LookupError, RecursionError) as error:
        return [Finding("V-005", name, f"a value cannot be read: {error}")]


def _twice(found: Iterable[Piece], name: str) -> Iterator[Finding]:
    seen: dict[tuple[int, int], Piece] = {}
    for piece in found:
        first = seen.setdefault((piece.line, piece.offset), piece)
        if first is not piece:
            message = (
                f"{tag(piece.element)}: this piece of the source stands at line {first.element.sourceline} already"
            )
            yield Finding("V-002", at(name, piece.element), message)


def _beyond(found: Iterable[Piece], facts: Facts, name: str) -> Iterator[Finding]:
    last = facts.line_feeds + 1
    for piece in found:
        if not 1 <= piece.line <= last:
            message = f"{tag(piece.element)} names line {piece.line}, but {facts.name} has {last} lines"
            yield Finding("V-016", at(name, piece.element), message)


def _offsets(found: Iterable[Piece], name: str) -> Iterator[Finding]:
    """A finding for each piece before which its line has more or fewer characters than it says."""
    lines: dict[int, list[Piece]] = defaultdict(list)
    for piece in found:
        lines[piece.line].append(piece)
    for line in lines.values():
        if len(line) == 1 and not line[0].offset:
            continue
        before = 0
        for piece in sorted(line, key=lambda one: one.offset):
            if piece.offset != before:
                message = (
                    f"{tag(piece.element)} says that {piece.offset} characters of line {piece.line} stand before it, "
                    f"and the file has {before} of them"
                )
                yield Finding("V-018", at(name, piece.element), message, remedy=_mended(piece, before))
                break
            before += piece.length


def _mended(piece: Piece, before: int) -> str:
    right = f'<lb n="{piece.line}"/>' if not before else f'<milestone unit="chars" n="{piece.line}.{before}"/>'
    return f"if no character was lost or added there, write {right}; else put the line back as it was"


# ---- law 1


def _rebuilt(found: Sequence[Piece], facts: Facts, name: str, data: bytes | None) -> Iterator[Finding]:
    rebuilt = joined(found, facts, name)
    if hashlib.sha256(rebuilt).hexdigest() == facts.sha256:
        return
    if data is not None and hashlib.sha256(data).hexdigest() == facts.sha256:
        yield from _differences(rebuilt, data, found, facts, name)
    else:
        yield _lost_line(found, facts, name, rebuilt) or _changed(rebuilt, facts, name, _size(found))


def _size(found: Sequence[Piece]) -> etree._Element:
    return found[0].element.getroottree().getroot()


def _changed(rebuilt: bytes, facts: Facts, name: str, root: etree._Element) -> Finding:
    """Bytes that are not the source's, and nobody can say where."""
    stated = next(int(one.get("quantity", 0)) for one in root.iter("{*}measure") if one.get("unit") == "bytes")
    more = len(rebuilt) - stated
    many = "1 byte" if abs(more) == 1 else f"{abs(more)} bytes"
    longer = "longer" if more > 0 else "shorter"
    how = f"is {many} {longer}" if more else "has other characters or another order"
    message = f"the source cannot be rebuilt: what the file gives for {facts.name} {how}"
    remedy = (
        "put changes of characters into <choice>, additions into <supplied> or <note>, and keep every <lb/>; "
        f"to see the line, put {facts.name} beside this file or name it with --source"
    )
    return Finding("V-005", name, message, remedy=remedy)


def _lost_line(found: Sequence[Piece], facts: Facts, name: str, rebuilt: bytes) -> Finding | None:
    """The finding for one lost <lb/>: tried out, for only the right place gives the source's sha256."""
    lines = {piece.line for piece in found}
    gone = [number for number in range(2, facts.line_feeds + 2) if number not in lines]
    effort = _EFFORT
    for number in gone:
        for piece in found:
            if not number - _NEAR <= piece.line < number or len(piece.parts) > 40:
                continue
            for one, cut in ((one, cut) for one, part in enumerate(piece.parts) for cut in range(len(part))):
                effort -= len(rebuilt)
                if effort < 0:
                    return None
                if _is_right(found, facts, name, piece, _cut(piece, number, one, cut)):
                    return _lost(piece, number, str(piece.parts[one])[cut:], name)
    return None


def _cut(piece: Piece, number: int, one: int, cut: int) -> list[Piece]:
    """The piece in two, the second being line `number`."""
    part = piece.parts[one]
    first = Piece(piece.line, piece.offset, piece.element, [*piece.parts[:one], part[:cut]])
    return [first, Piece(number, 0, piece.element, [part[cut:], *piece.parts[one + 1 :]])]


def _is_right(found: Sequence[Piece], facts: Facts, name: str, piece: Piece, two: list[Piece]) -> bool:
    tried = [*(other for other in found if other is not piece), *two]
    return hashlib.sha256(joined(tried, facts, name)).hexdigest() == facts.sha256


def _lost(piece: Piece, number: int, text: str, name: str) -> Finding:
    message = f'line {number} of the source has lost its <lb n="{number}"/>: it begins at “{text[:12]}”'
    remedy = f'put <lb n="{number}" break="no"/> before “{text[:12]}” (at the start of a block without break)'
    return Finding("V-017", at(name, piece.element), message, remedy=remedy)


def _differences(rebuilt: bytes, data: bytes, found: Sequence[Piece], facts: Facts, name: str) -> Iterator[Finding]:
    """Every line that differs, up to a few."""
    first = {piece.line: piece for piece in reversed(found)}
    there, here = (_lines(text, facts.encoding) for text in (rebuilt, data))
    rows = zip_longest(there, here, fillvalue="")
    differ = [(number, *pair) for number, pair in enumerate(rows, 1) if pair[0] != pair[1]]
    for number, has, had in differ[:_MOST]:
        near = first.get(number) or first.get(number - 1) or found[0]
        if not has and number not in first:
            remedy = f'put <lb n="{number}" break="no"/> before “{had[:12]}” (at the start of a block without break)'
            message = f'line {number} of the source has lost its <lb n="{number}"/>: it is “{_short(had)}”'
            yield Finding("V-017", at(name, near.element), message, remedy=remedy)
        else:
            message = f"line {number} of {facts.name} is “{_short(had, has)}”, and this file has “{_short(has, had)}”"
            yield Finding("V-005", at(name, near.element), message)


def _lines(data: bytes, encoding: str) -> list[str]:
    return [line.rstrip("\r") for line in data.decode(encoding, "replace").split("\n")]


def _short(text: str, other: str = "") -> str:
    """The text around its first difference from the other."""
    place = next((at for at, (a, b) in enumerate(zip_longest(text, other)) if a != b), 0) if other else 0
    start = max(0, place - 8)
    return ("…" if start else "") + text[start : start + 24] + ("…" if len(text) > start + 24 else "")
