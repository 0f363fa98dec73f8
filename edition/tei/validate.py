"""What is wrong with a TEI file, as findings in a reader's words.

The grammar (RELAX NG) says where elements and attributes may stand; libxml2 judges, and where it refuses, `faults` and
`diagnosis` say what, where and how to mend it. The rules of `rules` say what no grammar can.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from lxml import etree

from edition.errors import TeiError
from edition.findings import Finding
from edition.tei import rules as beyond
from edition.tei.diagnosis import told
from edition.tei.faults import faults
from edition.tei.parse import examined
from edition.tei.patterns import Grammar
from edition.tei.pieces import pieces
from edition.tei.read import from_tree

_MOST = 20  # faults of grammar told for one file


def validate(data: bytes, name: str, schema: bytes, source: bytes | None = None) -> tuple[Finding, ...]:
    """Every finding of one TEI file; none means that it is sound.

    `data` are the file's bytes, `name` is used in messages, `schema` is the RELAX NG in XML syntax; `source` are the
    bytes of the text file, if somebody has them, so that a line that differs can be named.
    """
    root = examined(data, name)
    if isinstance(root, Finding):
        return (root,)
    found = rules(root, name, schema)
    places = {finding.where for finding in found}
    lost = beyond.source(root, name, source)  # where something else is wrong, only what has a line of its own
    found += [finding for finding in lost if not found or (finding.where not in {*places, name})]
    if all(finding.severity == "info" for finding in found):  # what the grammar allows must also be readable
        try:
            from_tree(root, name)
        except TeiError as error:
            found.append(Finding("V-001", error.where or name, error.message, remedy=error.remedy))
        except (ValueError, OverflowError, LookupError, RecursionError) as error:
            found.append(Finding("V-001", name, f"a value cannot be read: {error}"))
    return tuple(found)


def rules(root: etree._Element, name: str, schema: bytes) -> list[Finding]:
    """What grammar and pointers say of a parsed file, law 1 left to the caller."""
    return [*grammar(root, name, schema), *beyond.pointers(root, name)]


def grammar(root: etree._Element, name: str, schema: bytes) -> Iterator[Finding]:
    """Where the file departs from the schema."""
    judge = _judge(schema)
    if judge.validate(pieces(root)) or judge.validate(root):
        return
    try:
        found = list(islice(told(faults(root, _grammar(schema)), name), _MOST))
    except RecursionError:
        found = [Finding("V-001", name, "elements are nested too deeply to be judged one by one")]
    entry = judge.error_log[0]
    yield from found or [Finding("V-001", f"{name}:{entry.line}", entry.message)]


@lru_cache(maxsize=1)
def _judge(schema: bytes) -> etree.RelaxNG:
    return etree.RelaxNG(etree.fromstring(schema))


@lru_cache(maxsize=1)
def _grammar(schema: bytes) -> Grammar:
    return Grammar(schema)
