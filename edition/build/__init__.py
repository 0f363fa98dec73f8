"""ONE edition from source to outputs: the stages in order, and the laws checked at every run.

    folder -> page (read, infer, passes, write TEI, check laws) -> books (read TEI, EPUB, PDF, text) -> deposit -> manifest

`page` and `books` are pure (bytes and values in and out); `folder` reads what lies in the source folder; `deposit`
packs the bag; `build` here puts them together and writes. Nothing else composes the stages.
"""

import hashlib
import json
import os
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, field, replace
from importlib import metadata
from pathlib import Path

from edition import __version__, files, fonts, words
from edition import config as configuration
from edition.archive import dist, manifest
from edition.build.books import epub, faces, gather, jsonl, pdf, text
from edition.build.deposit import FORMS, Made, deposit
from edition.build.folder import (
    Work,
    decision_files,
    decisions_of,
    editors_files,
    load,
    scans,
    unread,
    witness_of,
    work_of,
)
from edition.build.page import PROGRAM, Normalised, Witness, corrected, make, normalise
from edition.config import Config
from edition.errors import EditionError, SourceError
from edition.files import Clock
from edition.findings import Finding
from edition.fonts import Face
from edition.model.readings import printed
from edition.model.walk import contents
from edition.render.book import Book

__all__ = [
    "FORMS",
    "KINDS",
    "PROGRAM",
    "Built",
    "Normalised",
    "Witness",
    "build",
    "corrected",
    "decisions_of",
    "engines",
    "epub",
    "faces",
    "gather",
    "jsonl",
    "load",
    "make",
    "normalise",
    "pdf",
    "text",
    "witness_of",
]
KINDS = ("tei", *FORMS, "bag")
_ENGINES = (
    "lxml", "jieba", "charset-normalizer", "weasyprint", "pydyf", "fonttools", "tinycss2", "ebooklib", "pillow", "pypinyin",
)  # fmt: skip
Report = Callable[[str], None]


@dataclass(slots=True)
class Built:
    """What a build did."""

    out: Path
    files: list[str] = field(default_factory=list)  # paths under `out`
    findings: list[Finding] = field(default_factory=list)
    up_to_date: bool = False


def build(
    folder: Path, out: Path, only: Sequence[str], *, force: bool, report: Report, profile: str | None = None
) -> Built:
    """Build the edition in `folder` into `out`; `only` names the kinds of output, `report` gets a line of progress.

    `profile` is a name of config.DEPOSITS, in place of the configuration's. A page that cannot be made is a finding of
    severity error and stops nothing else but the bag. Raises an EditionError where nothing can be made at all.
    """
    config = load(folder)
    config = replace(config, deposit=profile or config.deposit)
    clock = files.clock(config.modified)
    work = work_of(folder, config)
    forms = set(FORMS) if "bag" in only else set(FORMS) & set(only)
    used = faces(config) if {"epub", "pdf"} & forms else ()
    key = _key(folder, work, (*only, config.deposit), used, clock)
    if not force and clock.fixed and (old := dist.up_to_date(out, key)):
        return Built(out, sorted(old.files), _old_findings(out), up_to_date=True)
    built = Built(out)
    if not clock.fixed:
        built.findings.append(Finding("B-001", configuration.NAME, "neither `modified` nor SOURCE_DATE_EPOCH is given"))
    built.findings += [*fonts.unproofed(used), *unread(folder, work)]
    teis = _pages(work, config, clock, built, report)
    if not teis:
        raise SourceError(
            "not one page could be made: " + _first_error(built), where=str(folder), remedy="mend the sources"
        )
    made = _books(teis, config, used, forms, built, report)
    outputs = {f"tei/{path}": tei for path, tei in teis} if "tei" in only else {}
    outputs |= {f"{config.id}{FORMS[kind]}": data for kind, data in made.items() if kind in only}
    bag = (
        _bag(Made(folder, config, clock, teis, editors_files(folder, work), made, b""), built, out)
        if "bag" in only
        else {}
    )
    outputs["findings.json"] = _findings_json(built.findings)
    kept = dist.kept(out, outputs, only, config.id) | bag
    outputs["manifest.json"] = manifest.write(key, outputs | kept, used, engines())
    dist.move_in(out, outputs, kept)
    built.files = sorted((*outputs, *bag))
    return built


def _bag(made: Made, built: Built, out: Path) -> dict[str, bytes]:
    """Write the bag; gives what stands beside its payload, by path under `out`. Not made where a page is missing."""
    name = f"{made.config.id}{dist.BAG}"
    if any(finding.severity == "error" for finding in built.findings):
        built.findings.append(Finding("A-009", name, _first_error(built)))
        return {}
    packed = deposit(replace(made, findings=_findings_json(built.findings)))
    built.findings += packed.findings
    beside = dist.put_bag(out / name, packed.files, made.config.id)
    return {f"{name}/{path}": data for path, data in beside.items()}


def _first_error(built: Built) -> str:
    return next((str(finding) for finding in built.findings if finding.severity == "error"), "no reason is known")


def _pages(work: Sequence[Work], config: Config, clock: Clock, built: Built, report: Report) -> list[tuple[str, bytes]]:
    """(path of the TEI under dist/tei, its bytes) for each page that could be made."""
    dictionary = words.load()
    teis = []
    for number, one in enumerate(work, 1):
        report(f"[{number}/{len(work)}] {one.relative}")
        try:
            page = make(witness_of(one), one.page, config, clock, dictionary)
        except EditionError as error:
            message = f"{error.message} → {error.remedy}" if error.remedy else error.message
            built.findings.append(Finding("P-001", error.where or str(one.relative), message))
            continue
        except Exception as error:  # a defect met on one page must not cost the others
            message = f"a defect of the program: {type(error).__name__}: {error}; please report it with the file"
            built.findings.append(Finding("P-001", str(one.relative), message))
            continue
        built.findings += page.findings
        teis.append((one.relative.with_suffix(".xml").as_posix(), page.tei))
    return teis


def _books(
    teis: Sequence[tuple[str, bytes]],
    config: Config,
    used: Sequence[Face],
    forms: Set[str],
    built: Built,
    report: Report,
) -> dict[str, bytes]:
    """What is made of the TEI, by kind."""
    made: dict[str, bytes] = {}
    if not forms:
        return made
    book = gather(teis)
    if used:
        built.findings += fonts.missing(used[0], _all_text(book))
    if "epub" in forms:
        report("EPUB")
        made["epub"] = epub(book, used)
    if "pdf" in forms:
        report("PDF")
        made["pdf"] = pdf(book, config)
    for kind, write in (("text", text), ("jsonl", jsonl)):
        if kind in forms:
            made[kind] = write(teis)
    return made


def _all_text(book: Book) -> str:
    """Everything that is printed."""
    return "".join(
        printed(c, page.header.width_policy, page.header.regime) for page in book.pages for c in contents(page.edition)
    )


def engines() -> dict[str, str]:
    """The versions of what had a part in the bytes."""
    return {"edition": __version__, **{name: metadata.version(name) for name in _ENGINES}}


def _key(folder: Path, work: Sequence[Work], only: Sequence[str], used: Sequence[Face], clock: Clock) -> str:
    """The sha256 of everything that the outputs depend on."""
    total = hashlib.sha256(json.dumps([sorted(only), clock.iso, engines(), files.code_hash()], sort_keys=True).encode())
    names = [folder / configuration.NAME, *decision_files(folder)]
    names += [path for one in work for path in (one.source, one.source.with_suffix(".xml"))]
    names += scans(folder, work) if "bag" in only else []
    for path in names:
        total.update(os.fsencode(os.path.relpath(path, folder)) + b"\0")
        total.update(files.sha256_file(path).encode() if path.is_file() else b"-")
    for each in used:
        total.update(each.sha256.encode())
    return total.hexdigest()


def _findings_json(findings: Sequence[Finding]) -> bytes:
    return (json.dumps([finding.as_json() for finding in findings], ensure_ascii=False, indent=1) + "\n").encode()


def _old_findings(out: Path) -> list[Finding]:
    rows = json.loads((out / "findings.json").read_bytes())
    return [Finding(row["code"], row["where"], row["message"], row.get("cert")) for row in rows]
