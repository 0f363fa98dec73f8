"""ONE edition from source to outputs: the stages in order, and the laws checked at every run.

    read bytes -> infer structure -> passes -> write TEI -> check laws and schema -> read TEI -> EPUB, PDF -> manifest

The functions at the top are pure (bytes and values in and out); `build` at the end opens files.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from importlib import metadata
from itertools import zip_longest
from pathlib import Path

from edition import __version__, decisions, files, fonts, words
from edition import config as configuration
from edition.archive import dist, manifest
from edition.config import PAGE_SIZES, Config, PageConfig
from edition.decisions import NONE, Decisions
from edition.errors import ConfigError, EditionError, LawError, SourceError, UsageError
from edition.files import Clock
from edition.findings import Finding
from edition.fonts import Face
from edition.infer.lists import weights_version
from edition.infer.structure import infer
from edition.model.document import Edition
from edition.model.header import Application, Change, Header, Issue, Responsibility, Source
from edition.model.readings import printed
from edition.model.source import Transcript
from edition.model.walk import contents
from edition.passes import PASSES, editor
from edition.readers import plain
from edition.render import book as books
from edition.tei import parse, read, restore, validate, write
from edition.words import Dictionary

KINDS = ("tei", "epub", "pdf")
PROGRAM = "program"
_ENGINES = ("lxml", "jieba", "charset-normalizer", "weasyprint", "pydyf", "fonttools", "tinycss2", "ebooklib", "pillow")
Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Normalised:
    """One page's TEI and what was doubtful."""

    tei: bytes
    findings: tuple[Finding, ...]


# ---- the left half: a source file to TEI


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
    header = replace(header, responsibilities=(*header.responsibilities, *editor.responsibilities(decided)))
    edition = Edition(header, structure.body, structure.annotations)
    findings = [*found, *stale, *structure.findings]
    for apply in PASSES:
        edition, more = apply(edition, PROGRAM)
        findings += more
    edition, more = editor.sign(edition, decided)
    findings += more
    tei = write.write(edition)
    _check_laws(edition, tei, data, name)
    return Normalised(tei, tuple(findings))


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
        issue=issue,
        responsibilities=(Responsibility(PROGRAM, "分篇、分段、接行与角色的判断", "edition", software=True),),
        applications=(
            Application("edition", __version__, "程序 edition"),
            Application("edition-weights", weights_version(), "判断用的权重"),
            Application(dictionary.ident, dictionary.version, "词典 jieba"),
        ),
        changes=(Change(clock.iso, PROGRAM, "由文字识别（OCR）文本生成"),),
    )


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
    """An editor's TEI, checked against the source beside it. Raises SourceError with the findings if it is unsound."""
    restored = restore.restore(parse.parse(tei, tei_name), tei_name)
    if restored.data != source:
        raise SourceError(
            f"the corrected TEI no longer gives the source back: {_first_difference(restored.data, source)}",
            where=tei_name,
            remedy="put changes of characters into <choice>, additions into <supplied> or <note>, and keep every <lb/>",
        )
    findings = validate.validate(tei, tei_name, files.schema())
    if findings:
        rest = f" (and {len(findings) - 1} more; run `edition validate`)" if len(findings) > 1 else ""
        raise SourceError(
            f"the corrected TEI cannot be used: {findings[0].message}{rest}",
            where=findings[0].where,
            remedy="mend it, or take it away to have the page made from the text again",
        )
    return Normalised(tei, ())


def _first_difference(restored: bytes, source: bytes) -> str:
    """The first line at which the bytes rebuilt differ from the source, in words."""
    rows = zip_longest(restored.split(b"\n"), source.split(b"\n"))
    for number, (there, here) in enumerate(rows, 1):
        if there != here:
            shown = ["(nothing)" if row is None else repr(row.decode("utf-8", "replace")[:40]) for row in (here, there)]
            return f"line {number} of the text is {shown[0]}, in the TEI {shown[1]}"
    return "they differ in nothing but the encoding"


# ---- the right half: TEI to books


def faces(config: Config) -> tuple[Face, ...]:
    """The font files of an edition. Raises MissingTool."""
    families = config.fonts
    wanted = ((families.serif, "regular"), (families.serif, "bold"), (families.sans, "bold"), (families.kai, "regular"))
    return tuple(fonts.face(family, weight) for family, weight in wanted)


def gather(teis: Iterable[tuple[str, bytes]]) -> books.Book:
    """A book of TEI files, given as (name, bytes). Raises TeiError."""
    return books.gather([(read.read(tei, name), tei) for name, tei in teis])


def epub(book: books.Book, used: Sequence[Face]) -> bytes:
    """The EPUB of a book."""
    from edition.render import cover
    from edition.render import epub as renderer

    regular, bold = used[0], used[1]
    picture = cover.draw(book, cover.FontFile(bold.file, bold.index), cover.FontFile(regular.file, regular.index))
    return renderer.render(book, picture)


def pdf(book: books.Book, config: Config) -> bytes:
    """The PDF of a book."""
    from edition.render import pdf as renderer

    families = config.fonts
    return renderer.render(
        book, page_size=PAGE_SIZES[config.page_size], serif=families.serif, sans=families.sans, kai=families.kai
    )


# ---- the whole way, with files


@dataclass(slots=True)
class Built:
    """What a build did."""

    out: Path
    files: list[str] = field(default_factory=list)  # paths under `out`
    findings: list[Finding] = field(default_factory=list)
    up_to_date: bool = False


@dataclass(frozen=True, slots=True)
class _Work:
    """One page to do."""

    source: Path
    relative: Path  # of the source under the folder
    page: PageConfig  # its order is known


def load(folder: Path) -> Config:
    """The configuration of the edition in a folder; without an edition.toml, one that knows nothing."""
    path = folder / configuration.NAME
    if path.is_file():
        return configuration.parse(files.read(path), str(path))
    return configuration.default(folder.resolve().name)


def build(folder: Path, out: Path, only: Sequence[str], *, force: bool, report: Report) -> Built:
    """Build the edition in `folder` into `out`; `only` names the kinds of output, `report` gets a line of progress.

    A page that cannot be made is a finding of severity error and stops nothing else. Raises an EditionError where
    nothing can be made at all.
    """
    config = load(folder)
    clock = files.clock(config.modified)
    work = _work(folder, config)
    used = faces(config) if {"epub", "pdf"} & set(only) else ()
    key = _key(folder, work, only, used, clock)
    if not force and clock.fixed and (old := dist.up_to_date(out, key)):
        return Built(out, sorted(old.files), _old_findings(out), up_to_date=True)
    built = Built(out)
    if not clock.fixed:
        built.findings.append(Finding("B-001", configuration.NAME, "neither `modified` nor SOURCE_DATE_EPOCH is given"))
    built.findings += [*fonts.unproofed(used), *_unread(folder, work)]
    teis = _pages(work, config, clock, built, report)
    if not teis:
        raise SourceError(
            "not one page could be made: " + _first_error(built), where=str(folder), remedy="mend the sources"
        )
    outputs = {f"tei/{path}": tei for path, tei in teis} if "tei" in only else {}
    outputs |= _books(teis, config, used, only, built, report)
    outputs["findings.json"] = _findings_json(built.findings)
    kept = dist.kept(out, outputs, only, config.id)
    outputs["manifest.json"] = manifest.write(key, outputs | kept, used, engines())
    dist.move_in(out, outputs, kept)
    built.files = sorted(outputs)
    return built


def _first_error(built: Built) -> str:
    return next((str(finding) for finding in built.findings if finding.severity == "error"), "no reason is known")


def _work(folder: Path, config: Config) -> list[_Work]:
    """The pages of a folder in the order of the edition."""
    if not folder.is_dir():
        raise UsageError(
            "no such folder", where=str(folder), remedy="name the folder that holds edition.toml and the texts"
        )
    found = [
        path
        for path in sorted(folder.rglob("*.txt"))
        if path.is_file()
        if not any(p.startswith(".") for p in path.relative_to(folder).parts)
    ]
    if not found:
        raise UsageError(
            "the folder holds no .txt files", where=str(folder), remedy="put one text file for each page into it"
        )
    relative = {path.relative_to(folder).as_posix(): path for path in found}
    for page in config.pages:
        if sum(other.file == page.file for other in config.pages) > 1:
            raise ConfigError(
                f"two [[page]] name {page.file!r}", where=str(folder / configuration.NAME), remedy="keep one of them"
            )
        if page.file not in relative:
            raise ConfigError(
                f"[[page]] names {page.file!r}, which is not in the folder",
                where=str(folder / configuration.NAME),
                remedy="correct `file`, or add the text",
            )
    named = {page.file: replace(page, order=page.order or number) for number, page in enumerate(config.pages, 1)}
    last = max([page.order or 0 for page in named.values()], default=0)
    rest = [name for name in relative if name not in named]
    named |= {name: PageConfig(name, order=last + number) for number, name in enumerate(rest, 1)}
    work = [_Work(relative[name], Path(name), page) for name, page in named.items()]
    return sorted(work, key=lambda one: (one.page.order, one.relative.as_posix()))


def _pages(
    work: Sequence[_Work], config: Config, clock: Clock, built: Built, report: Report
) -> list[tuple[str, bytes]]:
    """(path of the TEI under dist/tei, its bytes) for each page that could be made."""
    dictionary = words.load()
    teis = []
    for number, one in enumerate(work, 1):
        report(f"[{number}/{len(work)}] {one.relative}")
        try:
            page = _page(one, config, clock, dictionary)
        except EditionError as error:
            message = f"{error.message} → {error.remedy}" if error.remedy else error.message
            built.findings.append(Finding("P-001", error.where or str(one.relative), message))
            continue
        except Exception as error:  # a defect met on one page must not cost the others
            message = f"a defect of the program: {type(error).__name__}: {error}; please report it with the file"
            built.findings.append(Finding("P-001", str(one.relative), message))
            continue
        name, path = one.source.name, str(one.relative)
        built.findings += [
            replace(f, where=path + f.where.removeprefix(name)) if f.where.startswith(name) else f
            for f in page.findings
        ]
        teis.append((one.relative.with_suffix(".xml").as_posix(), page.tei))
    return teis


def _page(one: _Work, config: Config, clock: Clock, dictionary: Dictionary) -> Normalised:
    data = files.read(one.source)
    own = one.source.with_suffix(".xml")
    if own.is_file():
        return corrected(files.read(own), str(one.relative.with_suffix(".xml")), data)
    decided = decisions_of(one.source, str(one.relative.with_suffix(decisions.SUFFIX)))
    return normalise(data, one.source.name, replace(one.page, decisions=decided), config, clock, dictionary)


def decisions_of(source: Path, where: str) -> Decisions:
    """What an editor decided about a source file; `where` names the file in messages. Raises ConfigError."""
    path = source.with_suffix(decisions.SUFFIX)
    return decisions.parse(files.read(path), where) if path.is_file() else NONE


def _unread(folder: Path, work: Sequence[_Work]) -> list[Finding]:
    """A finding for each file of decisions that no page is made with."""
    own = {one.source.with_suffix(decisions.SUFFIX): one.source.with_suffix(".xml") for one in work}
    out = []
    for path in _decision_files(folder):
        where = path.relative_to(folder).as_posix()
        if path not in own:
            out.append(Finding("E-003", where, f"there is no {path.name.removesuffix(decisions.SUFFIX)}.txt beside it"))
        elif own[path].is_file():
            out.append(Finding("E-003", where, f"{own[path].name} beside it is the page"))
    return out


def _decision_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob(f"*{decisions.SUFFIX}") if path.is_file())


def _books(
    teis: Sequence[tuple[str, bytes]],
    config: Config,
    used: Sequence[Face],
    only: Sequence[str],
    built: Built,
    report: Report,
) -> dict[str, bytes]:
    outputs: dict[str, bytes] = {}
    if not {"epub", "pdf"} & set(only):
        return outputs
    book = gather(teis)
    text = "".join(
        printed(c, page.header.width_policy, page.header.regime) for page in book.pages for c in contents(page.edition)
    )
    built.findings += fonts.missing(used[0], text)
    if "epub" in only:
        report("EPUB")
        outputs[f"{config.id}.epub"] = epub(book, used)
    if "pdf" in only:
        report("PDF")
        outputs[f"{config.id}.pdf"] = pdf(book, config)
    return outputs


def engines() -> dict[str, str]:
    """The versions of what had a part in the bytes."""
    return {"edition": __version__, **{name: metadata.version(name) for name in _ENGINES}}


def _key(folder: Path, work: Sequence[_Work], only: Sequence[str], used: Sequence[Face], clock: Clock) -> str:
    """The sha256 of everything that the outputs depend on."""
    total = hashlib.sha256(json.dumps([sorted(only), clock.iso, engines(), files.code_hash()], sort_keys=True).encode())
    names = [folder / configuration.NAME, *_decision_files(folder)]
    names += [path for one in work for path in (one.source, one.source.with_suffix(".xml"))]
    for path in names:
        total.update(os.fsencode(path.relative_to(folder)) + b"\0")
        total.update(files.sha256_file(path).encode() if path.is_file() else b"-")
    for each in used:
        total.update(each.sha256.encode())
    return total.hexdigest()


def _findings_json(findings: Sequence[Finding]) -> bytes:
    return (json.dumps([finding.as_json() for finding in findings], ensure_ascii=False, indent=1) + "\n").encode()


def _old_findings(out: Path) -> list[Finding]:
    rows = json.loads((out / "findings.json").read_bytes())
    return [Finding(row["code"], row["where"], row["message"], row.get("cert")) for row in rows]
