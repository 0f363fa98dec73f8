"""What is wrong with a TEI file, as findings in a reader's words.

The grammar (RELAX NG) says where elements and attributes may stand; the rules here say what no grammar can: each
piece of the source once, pointers that point somewhere, a name beside every confidence, and law 1: the source can be
rebuilt from the file alone.
"""

from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

from edition.errors import TeiError
from edition.findings import Finding
from edition.tei.names import ID, T
from edition.tei.parse import local, parse
from edition.tei.read import read
from edition.tei.restore import restore

_MOST = 20  # grammar errors reported for one file


def validate(data: bytes, name: str, schema: bytes) -> tuple[Finding, ...]:
    """Every finding of one TEI file; none means that it is sound.

    `data` are the file's bytes, `name` is used in messages, `schema` is the RELAX NG in XML syntax.
    """
    try:
        root = parse(data, name)
    except TeiError as error:
        return (Finding("V-001", error.where or name, error.message),)
    found = [*rules(root, name, schema), *_source(root, name)]
    if not found:  # what the grammar allows must also be readable
        try:
            read(data, name)
        except TeiError as error:
            found.append(Finding("V-001", error.where or name, error.message))
    return tuple(found)


def rules(root: etree._Element, name: str, schema: bytes) -> list[Finding]:
    """What grammar and rules find in a parsed file, law 1 left to the caller."""
    return [*_confidences(root, name), *_grammar(root, name, schema), *_pieces(root, name), *_pointers(root, name)]


@lru_cache(maxsize=1)
def _compiled(schema: bytes) -> etree.RelaxNG:
    return etree.RelaxNG(etree.fromstring(schema))


def _grammar(root: etree._Element, name: str, schema: bytes) -> Iterator[Finding]:
    grammar = _compiled(schema)
    if grammar.validate(root):
        return
    seen: set[tuple[int, str]] = set()
    for entry in grammar.error_log:
        message = (entry.line, entry.message)
        if message not in seen and len(seen) < _MOST:
            seen.add(message)
            yield Finding("V-001", f"{name}:{entry.line}", entry.message)


def _confidences(root: etree._Element, name: str) -> Iterator[Finding]:
    for element in root.iter("{*}*"):
        if element.get("cert") is not None and element.get("resp") is None:
            yield Finding("V-004", f"{name}:{_line(element)}", f"<{local(element)}> has cert but no resp")


def _pieces(root: etree._Element, name: str) -> Iterator[Finding]:
    seen: dict[str, int] = {}
    for element in root.iter(f"{T}lb", f"{T}milestone"):
        n = element.get("n", "")
        if n in seen:
            yield Finding("V-002", f"{name}:{_line(element)}", f"source {n} is named at line {seen[n]} already")
        seen.setdefault(n, _line(element))


def _pointers(root: etree._Element, name: str) -> Iterator[Finding]:
    ids = {element.get(ID) for element in root.iter("{*}*")}
    for element in root.iter("{*}*"):
        for attribute in ("resp", "target", "who", "facs", "next", "prev", "ref", "corresp", "scheme"):
            for pointer in element.get(attribute, "").split():
                if pointer.startswith("#") and pointer[1:] not in ids:
                    message = f"{attribute}={pointer!r} of <{local(element)}> points at nothing in this file"
                    yield Finding("V-003", f"{name}:{_line(element)}", message)


def _source(root: etree._Element, name: str) -> Iterator[Finding]:
    try:
        restored = restore(root, name)
    except TeiError as error:
        yield Finding("V-005", error.where or name, error.message)
        return
    if not restored.is_faithful:
        size = len(restored.data)
        message = f"the {size} bytes rebuilt for {restored.name} do not have the sha256 that the header states"
        yield Finding("V-005", name, message)


def _line(element: etree._Element) -> int:
    return int(element.sourceline or 0)
