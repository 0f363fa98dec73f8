"""The left half: the bytes of one source page to its TEI, with the laws checked. Pure.

read bytes -> infer structure -> passes -> write TEI -> check laws and schema
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from pathlib import PurePosixPath

from edition import __version__, decisions, files, words
from edition.config import Config, PageConfig
from edition.errors import ConfigError, LawError, SourceError
from edition.files import Clock
from edition.findings import Finding
from edition.gazetteer import Gazetteer
from edition.infer.lists import weights_version
from edition.infer.structure import infer
from edition.model.document import Edition
from edition.model.header import Application, Change, Header, Issue, Responsibility, Source
from edition.model.source import Transcript
from edition.model.walk import items
from edition.names.weights import version as names_version
from edition.passes import CHECKS, NAMING, PASSES, editor
from edition.passes.given import Given
from edition.readers import plain
from edition.tei import parse, read, restore, validate, write
from edition.words import Dictionary

PROGRAM = "program"


@dataclass(frozen=True, slots=True)
class Normalised:
    """One page's TEI, what was doubtful, and the edition that the TEI says, where it was just made."""

    tei: bytes
    findings: tuple[Finding, ...]
    edition: Edition | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Witness:
    """What lies in the source folder for one page, as bytes; nothing else is read for it."""

    name: str  # path of the text under the edition's folder, with forward slashes
    text: bytes
    decided: bytes | None = None  # NAME.decisions.toml
    own: bytes | None = None  # NAME.xml, the editor's TEI: it replaces what the machine would make


def make(witness: Witness, page: PageConfig, config: Config, clock: Clock, dictionary: Dictionary) -> Normalised:
    """The TEI of one page, from the editor's own TEI or else from the text; findings name the page by its path.

    Raises an EditionError (SourceError, ConfigError, TeiError, LawError) if the page cannot be made.
    """
    if witness.own is not None:
        return corrected(witness.own, _beside(witness.name, ".xml"), witness.text)
    if witness.decided is not None:
        decided = decisions.parse(witness.decided, _beside(witness.name, decisions.SUFFIX))
        page = replace(page, decisions=decided)
    name = PurePosixPath(witness.name).name
    made = normalise(witness.text, name, page, config, clock, dictionary)
    told = (
        replace(f, where=witness.name + f.where.removeprefix(name)) if f.where.startswith(name) else f
        for f in made.findings
    )
    return replace(made, findings=tuple(told))


def _beside(name: str, suffix: str) -> str:
    return PurePosixPath(name).with_suffix(suffix).as_posix()


def normalise(
    data: bytes, name: str, page: PageConfig, config: Config, clock: Clock, dictionary: Dictionary
) -> Normalised:
    """The TEI of one source file. `name` is its file name; `page.order` must be known.

    Raises SourceError for a file that cannot be used, LawError if the program broke a law of its own.
    """
    transcript, found = plain.read(data, name, page.encoding)
    decided, stale = decisions.fitting(page.decisions, transcript)
    structure = infer(transcript, dictionary, PROGRAM, decided)
    header = _header(transcript, page, config, clock, dictionary)
    header = replace(editor.signed(header, decided), accuracy=decisions.accuracy(decided, transcript))
    header = replace(header, responsibilities=_responsible(header, config.names))
    edition = Edition(header, structure.body, structure.annotations)
    _named(edition, name)
    findings = [*found, *stale, *structure.findings]
    for apply in PASSES:
        edition, more = apply(edition, PROGRAM)
        findings += more
    edition, more = editor.sign(edition, decided)
    findings += more
    given = _given(edition.header, page, config, dictionary)
    for name_ in NAMING:
        edition, more = name_(edition, given)
        findings += more
    findings = decisions.rested(findings, decided, name)
    tei = write.write(edition)
    _check_laws(edition, tei, data, name)
    return Normalised(tei, tuple(findings), edition)


def _responsible(header: Header, names: Gazetteer) -> tuple[Responsibility, ...]:
    """Who had a part in the page, and who knows names and had none yet."""
    made = list(header.responsibilities)
    for who in names.people:
        if who not in [one.name for one in made]:
            number = sum(one.id.startswith("editor") for one in made) + 1
            made.append(Responsibility(f"editor{number}", "编者确认的人名、机构名和地名", who))
    return tuple(made)


def _given(header: Header, page: PageConfig, config: Config, dictionary: Dictionary) -> Given:
    editors = {one.name: one.id for one in header.responsibilities if not one.software}
    segment = words.segmenter(config.engine) if config.layers.keywords else None
    return Given(PROGRAM, dictionary, config.layers, config.names.of_page(page.file), editors, segment)


def _header(transcript: Transcript, page: PageConfig, config: Config, clock: Clock, dictionary: Dictionary) -> Header:
    source = Source(
        transcript.name, transcript.sha256, transcript.size, transcript.line_feeds,
        transcript.encoding, transcript.bom, transcript.line_end,
    )  # fmt: skip
    issue = Issue(
        page.newspaper, page.issn, page.cn, page.date, page.printed_date, page.issue, page.page, page.section, page.scan
    )
    return Header(
        edition_id=config.id,
        edition_title=config.title,
        order=page.order or 1,
        language=config.language,
        modified=clock.iso,
        source=source,
        width_policy=config.widths,
        publisher=config.publisher,
        rights=config.rights,
        item_rights=tuple(
            one for name, one in config.item_rights if name == PurePosixPath(page.file).with_suffix("").as_posix()
        ),
        issue=issue,
        responsibilities=(Responsibility(PROGRAM, "分篇、分段、接行与角色的判断", "edition", software=True),),
        applications=(
            Application("edition", __version__, "程序 edition"),
            Application("edition-weights", weights_version(), "判断用的权重"),
            Application(dictionary.ident, dictionary.version, "词典 jieba"),
            *_name_applications(config),
        ),
        changes=(Change(clock.iso, PROGRAM, "由文字识别（OCR）文本生成"),),
    )


def _named(edition: Edition, name: str) -> None:
    """Raise ConfigError where rights are stated for an item that the page does not have."""
    there = {item.id for item in items(edition)}
    for one in edition.header.item_rights:
        if one.item not in there:
            raise ConfigError(
                f"[[rights.item]] names {one.item}, which this page does not have",
                where=name,
                remedy=f"its items are: {', '.join(sorted(there))}",
            )


def _name_applications(config: Config) -> Iterator[Application]:
    """The lists and weights that names were told by, and what cut the text for keywords."""
    yield Application(
        "edition-names", names_version(), f"人名、地名、机构名的词表与权重，标出把握在 {config.layers.least} 以上的"
    )
    if config.layers.keywords:
        yield Application(config.engine, words.version(config.engine), f"关键词的分词 {config.engine}")


def _check_laws(edition: Edition, tei: bytes, data: bytes, name: str) -> None:
    """Law 1, nothing lost; law 2, faithful spelling; and the grammar."""
    root = parse.parse(tei, name)
    restored = restore.restore(root, name)
    if restored.data != data:
        raise LawError("the source cannot be rebuilt from its TEI (law 1)", where=name, remedy=_REPORT)
    if read.from_tree(root, name) != edition:
        raise LawError("the TEI does not read back as what was written (law 2)", where=name, remedy=_REPORT)
    wrong = validate.rules(root, name, files.schema())
    if wrong:
        raise LawError(f"the TEI breaks its own rules: {wrong[0]}", where=name, remedy=_REPORT)


_REPORT = "this is a defect of the program: please report it with the file; nothing was written for this page"


def corrected(tei: bytes, tei_name: str, source: bytes) -> Normalised:
    """An editor's TEI, checked against the source beside it, and what is doubtful in its characters.

    Raises SourceError with the first finding if it is unsound, or made from another text than the one beside it.
    """
    findings = validate.validate(tei, tei_name, files.schema(), source)
    if findings:
        rest = f" (and {len(findings) - 1} more; run `edition validate`)" if len(findings) > 1 else ""
        raise SourceError(
            f"the corrected TEI cannot be used: {findings[0].message}{rest}",
            where=findings[0].where,
            remedy=f"{findings[0].hint}; or take the file away to have the page made from the text again",
        )
    root = parse.parse(tei, tei_name)
    restored = restore.restore(root, tei_name)
    if restored.data != source:
        raise SourceError(
            f"the text beside it is not the one that it was made from: {_first_difference(restored.data, source)}",
            where=tei_name,
            remedy="put the text back as it was, or take the TEI away to have the page made from the new text",
        )
    edition = read.from_tree(root, tei_name)
    findings = tuple(finding for check in CHECKS for finding in check(edition, PROGRAM)[1])
    return Normalised(tei, findings, edition)


def _first_difference(restored: bytes, source: bytes) -> str:
    """The first line at which the bytes rebuilt differ from the source, in words."""
    rows = zip_longest(restored.split(b"\n"), source.split(b"\n"))
    for number, (there, here) in enumerate(rows, 1):
        if there != here:
            shown = ["(nothing)" if row is None else repr(row.decode("utf-8", "replace")[:40]) for row in (here, there)]
            return f"line {number} of the text is {shown[0]}, in the TEI {shown[1]}"
    return "they differ in nothing but the encoding"
