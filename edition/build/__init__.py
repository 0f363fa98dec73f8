"""ONE edition from source to outputs: the stages in order, and the laws checked at every run.

    folder -> page (read, infer, passes, write TEI, check laws) -> books (read TEI, EPUB, PDF, text) -> deposit -> manifest

`page` and `books` are pure (bytes and values in and out); `folder` reads what lies in the source folder; `deposit`
packs the bag; `build` here puts them together and writes. Nothing else composes the stages.
"""

import hashlib
import json
import os
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from pathlib import Path

from edition import __version__, files, fonts, gazetteer, words
from edition import config as configuration
from edition.archive import dist, manifest
from edition.build import life
from edition.build.books import Faces, all_text, doubts, epub, epubs, faces, gather, jsonl, pdf, text
from edition.build.deposit import FORMS, Made, deposit, kind_of
from edition.build.folder import (
    Work,
    decision_files,
    decisions_of,
    editors_files,
    history_files,
    load,
    order,
    pages_of,
    refuse_own,
    scans,
    unread,
    witness_of,
    work_of,
)
from edition.build.life import Teis
from edition.build.page import PROGRAM, Normalised, Witness, corrected, make, normalise
from edition.build.volumes import pdfs
from edition.config import Config
from edition.errors import EditionError, SourceError, UsageError
from edition.files import Clock
from edition.findings import Finding
from edition.fonts import Face

__all__ = [
    "FORMS",
    "KINDS",
    "PROGRAM",
    "Built",
    "Faces",
    "Job",
    "Normalised",
    "Witness",
    "Work",
    "as_made",
    "build",
    "carry_out",
    "corrected",
    "decisions_of",
    "doubts",
    "engines",
    "epub",
    "epubs",
    "faces",
    "failure",
    "gather",
    "job_of",
    "jsonl",
    "load",
    "make",
    "normalise",
    "order",
    "pages",
    "pages_of",
    "pdf",
    "pdfs",
    "seal",
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
    volumes: Mapping[str, Mapping[str, object]] = field(default_factory=dict)  # what the manifest keeps of PDF volumes


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be built."""

    folder: Path
    config: Config
    clock: Clock
    work: Sequence[Work]
    maker: Callable[[Work], Normalised] | None = None  # who has the pages already (a batch); else they are made here


def job_of(folder: Path, profile: str | None = None, maker: Callable[[Work], Normalised] | None = None) -> Job:
    """What a folder asks for; `profile` is a name of config.DEPOSITS, in place of the configuration's."""
    config = load(folder)
    config = replace(config, deposit=profile or config.deposit)
    return Job(folder, config, files.clock(config.modified), work_of(folder, config), maker)


def _here(job: Job) -> Callable[[Work], Normalised]:
    """Makes a page from what lies in the folder."""
    dictionary = words.load()
    return lambda one: make(witness_of(one), one.page, job.config, job.clock, dictionary)


def build(
    folder: Path, out: Path, only: Sequence[str], *, force: bool, report: Report, profile: str | None = None
) -> Built:
    """Build the edition in `folder` into `out`: `carry_out` of its job; `profile` as in `job_of`."""
    return carry_out(job_of(folder, profile), out, only, force=force, report=report)


def carry_out(job: Job, out: Path, only: Sequence[str], *, force: bool, report: Report) -> Built:
    """Build an edition into `out`; `only` names the kinds of output, `report` gets a line of progress.

    Items that are withheld are left out. A page that cannot be made is a finding of severity error and stops nothing
    else but the bag. Raises an EditionError where nothing can be made at all.
    """
    refuse_own(job.folder, out, set(only))
    config, forms = job.config, set(FORMS) if "bag" in only else set(FORMS) & set(only)
    faces_used = faces(config, needed="pdf" in forms) if {"epub", "pdf"} & forms else Faces({})
    used = tuple(faces_used.found.values())
    key = _key(job, (*only, config.deposit, config.pdf.css), used)
    if not force and job.clock.fixed and (old := dist.up_to_date(out, key)):
        return Built(out, sorted(old.files), _old_findings(out), up_to_date=True)
    built = Built(out, findings=[*faces_used.findings, *fonts.unproofed(used)])
    public = _publish(job, pages(job, built.findings, report), built)
    forms_made = _books(public.teis, config, faces_used, forms, built, report)
    outputs = {f"tei/{path}": tei for path, tei in public.teis} if "tei" in only else {}
    outputs |= {f"{config.id}{end}": data for end, data in forms_made.items() if kind_of(end) in only}
    sources = _sources(job, public) if "bag" in only else []
    bag = (
        _bag(Made(job.folder, config, job.clock, public.teis, sources, forms_made), built, out) if "bag" in only else {}
    )
    outputs["findings.json"] = _findings_json(built.findings)
    withheld = life.withheld_hash(job.folder)
    kept = dist.kept(out, outputs, only, config.id, withheld) | bag
    told = dist.told(out, kept) | {f"{config.id}{end}": what for end, what in built.volumes.items()}
    outputs["manifest.json"] = manifest.write(key, outputs | kept, used, engines(), withheld, told)
    dist.move_in(out, outputs, kept)
    built.files = sorted((*outputs, *bag))
    return built


def seal(folder: Path, out: Path, *, report: Report, profile: str | None = None) -> Built:
    """Write the archive's bag of an edition from which items are withheld: `ID.sealed.bag`, whole, not for the public.

    Raises UsageError where nothing is withheld, and as `build` does.
    """
    job = job_of(folder, profile)
    if not life.in_force(folder, job.work):
        raise UsageError(
            "nothing is withheld, so there is nothing to seal",
            where=str(folder),
            remedy="make the bag without --sealed: it is whole",
        )
    built = Built(out)
    used = faces(job.config)
    whole = life.archived(job.work, life.acts(folder), pages(job, built.findings, report))
    built.findings += whole.findings
    forms_made = _books(whole.teis, job.config, used, set(FORMS), built, report)
    sources = editors_files(folder, job.work)
    bag = _bag(Made(folder, job.config, job.clock, whole.teis, sources, forms_made, is_sealed=True), built, out)
    built.files = sorted(bag)
    return built


def pages(job: Job, findings: list[Finding], report: Report) -> Teis:
    """(path of the TEI under tei/, its bytes) of the pages, whole, as they were released if nothing changed since.

    What is doubtful is added to `findings`. Raises SourceError if not one page could be made.
    """
    released, more = life.as_released(job.folder, as_made(job, findings, report))
    findings += more
    return released


def as_made(job: Job, findings: list[Finding], report: Report) -> Teis:
    """The same, whatever was released."""
    if not job.clock.fixed:
        findings.append(Finding("B-001", configuration.NAME, "neither `modified` nor SOURCE_DATE_EPOCH is given"))
    findings += unread(job.folder, job.work)
    teis = _pages(job, findings, report)
    if not teis:
        raise SourceError(
            "not one page could be made: " + _first_error(findings), where=str(job.folder), remedy="mend the sources"
        )
    return [(path, life.unstamped(path, tei)) for path, tei in teis]


def _publish(job: Job, teis: Teis, built: Built) -> life.Public:
    """The pages without what is withheld, and the findings without what tells of it."""
    public = life.public(job.work, life.acts(job.folder), teis)
    built.findings = life.without_hints([*built.findings, *public.findings], public)
    return public


def _sources(job: Job, public: life.Public) -> list[str]:
    """What of the editor's goes into a public bag. Raises LawError where an editor's words quote what is withheld."""
    names = public.publishable(editors_files(job.folder, job.work))
    for name in names:
        if name.endswith(".toml"):
            life.discreet(public.kept, name, files.read(job.folder / name))
    return names


def _bag(made: Made, built: Built, out: Path) -> dict[str, bytes]:
    """Write the bag; gives what stands beside its payload, by path under `out`. Not made where a page is missing."""
    name = f"{made.config.id}{'.sealed' if made.is_sealed else ''}{dist.BAG}"
    if any(finding.severity == "error" for finding in built.findings):
        built.findings.append(Finding("A-009", name, _first_error(built.findings)))
        return {}
    packed = deposit(replace(made, findings=_findings_json(built.findings)))
    built.findings += packed.findings
    beside = dist.put_bag(out / name, packed.files, made.config.id)
    return {f"{name}/{path}": data for path, data in beside.items()}


def _first_error(findings: Sequence[Finding]) -> str:
    return next((str(finding) for finding in findings if finding.severity == "error"), "no reason is known")


def failure(error: Exception, where: str) -> Finding:
    """Why a page could not be made: what the program said of it, or that it met a defect of its own."""
    if isinstance(error, EditionError):
        message = f"{error.message} → {error.remedy}" if error.remedy else error.message
        return Finding("P-001", error.where or where, message)
    message = f"a defect of the program: {type(error).__name__}: {error}; please report it with the file"
    return Finding("P-001", where, message)


def _pages(job: Job, findings: list[Finding], report: Report) -> list[tuple[str, bytes]]:
    """(path of the TEI under tei/, its bytes) for each page that could be made."""
    maker = job.maker or _here(job)
    teis = []
    for number, one in enumerate(job.work, 1):
        report(f"[{number}/{len(job.work)}] {one.relative}")
        try:
            page = maker(one)
        except Exception as error:  # a page that cannot be made, or a defect met on it, must not cost the others
            findings.append(failure(error, str(one.relative)))
            continue
        findings += page.findings
        teis.append((one.relative.with_suffix(".xml").as_posix(), page.tei))
    return teis


def _books(
    teis: Sequence[tuple[str, bytes]],
    config: Config,
    used: Faces,
    forms: Set[str],
    built: Built,
    report: Report,
) -> dict[str, bytes]:
    """What is made of the TEI, by how the names end: `.epub`, or a volume's `-1956-05.epub`."""
    made: dict[str, bytes] = {}
    if not forms:
        return made
    book = gather(teis)
    built.findings += doubts(book)
    if "serif" in used.found:
        built.findings += fonts.missing(used.found["serif"], config.pdf.fonts.rare, all_text(book))
    if "epub" in forms:
        report("EPUB")
        made |= epubs(book, config, used)
        if len(made) > 1:
            built.findings.append(Finding("B-004", configuration.NAME, f"its EPUB is {len(made)} volumes"))
    if "pdf" in forms:
        report("PDF")
        program = json.dumps([engines(), files.code_hash()], sort_keys=True)
        printed = pdfs(book, config, program, dist.earlier(built.out, config.id))
        made |= printed.files
        built.volumes = printed.told
    for kind, write in (("text", text), ("jsonl", jsonl)):
        if kind in forms:
            made[FORMS[kind]] = write(teis)
    return made


def engines() -> dict[str, str]:
    """The versions of what had a part in the bytes."""
    from importlib import metadata

    return {"edition": __version__, **{name: metadata.version(name) for name in _ENGINES}}


def _key(job: Job, only: Sequence[str], used: Sequence[Face]) -> str:
    """The sha256 of everything that the outputs depend on."""
    folder, work, clock = job.folder, job.work, job.clock
    total = hashlib.sha256(json.dumps([sorted(only), clock.iso, engines(), files.code_hash()], sort_keys=True).encode())
    names = [folder / configuration.NAME, folder / gazetteer.NAME, *decision_files(folder)]
    names += [path for one in work for path in (one.source, one.source.with_suffix(".xml"))]
    names += [*history_files(folder), *(scans(folder, work) if "bag" in only else [])]
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
