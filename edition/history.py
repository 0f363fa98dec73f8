"""What is done to an edition after it was made: give it out, keep an item back, cite a place. Stands on `build`.

Each function takes the source folder, writes what it decides beside the sources, and leaves the results to `build`.
"""

import getpass
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from edition import __version__, build, files
from edition import config as configuration
from edition.build import life
from edition.build.life import Teis
from edition.decisions import STAGES
from edition.errors import ConfigError, OutputError, SourceError, UsageError
from edition.findings import Finding
from edition.life import cite as citing
from edition.life import redact, releases, withheld
from edition.life.cite import Citation
from edition.life.errata import errata
from edition.life.places import Place, find
from edition.life.releases import Frozen, Given
from edition.life.withheld import Act
from edition.model.document import Edition
from edition.model.header import Erratum, Release
from edition.model.walk import item_contents
from edition.tei import read, write

NAMED = 20  # pages that one message names


@dataclass(frozen=True, slots=True)
class Released:
    """What was given out."""

    given: Given
    folder: Path
    errata: Mapping[str, tuple[Erratum, ...]]  # by source file


# ---- give out


def release(folder: Path, version: str, *, report: build.Report) -> Released:
    """Give the edition out as `version`: its TEI with release and errata into releases/, its hashes into releases.toml.

    Raises UsageError for a version that was given out or where nothing changed since, ConfigError where the edition
    states no date, SourceError where a page cannot be made or lacks a pass that [release] requires.
    """
    job = build.job_of(folder)
    if not job.clock.fixed:
        raise ConfigError(
            "a release needs a date, and the edition states none",
            where=str(folder / configuration.NAME),
            remedy="add a line: modified = 2026-11-26",
        )
    before = life.given(folder)
    replaces = releases.next_version(version, before, str(folder / releases.NAME))
    teis = _made(job, report)
    _passed(job, teis)
    last = before[-1] if before else None
    if last and not life.changes(folder, last, teis):
        raise UsageError(f"nothing changed since release {last.version}", remedy="there is nothing to give out")
    found = _errata(folder, last, job, teis)
    stamp = Release(version, job.clock.iso[:10], replaces)
    frozen = {path: _stamped(path, tei, replace(stamp, errata=found.get(path, ()))) for path, tei in teis}
    given = Given(
        version,
        stamp.date,
        replaces,
        f"edition {__version__}",
        life.configuration_hash(folder),
        _rows(job, teis, frozen),
    )
    place = _freeze(folder, given, frozen)
    by_file = {one.relative.as_posix(): found.get(life.tei_path(one.relative.as_posix()), ()) for one in job.work}
    return Released(given, place, by_file)


def _made(job: build.Job, report: build.Report) -> Teis:
    """The pages as they are made, not as they were given out. Raises SourceError if one is missing."""
    findings: list[Finding] = []
    teis = build.as_made(job, findings, report)
    wrong = next((finding for finding in findings if finding.severity == "error"), None)
    if wrong:
        raise SourceError(f"a page cannot be made: {wrong.message}", where=wrong.where, remedy="mend it first")
    return teis


def _passed(job: build.Job, teis: Teis) -> None:
    """Raise SourceError where a page's history lacks a pass that the edition requires, naming pages and passes."""
    made = dict(teis)
    lacking: dict[str, list[str]] = {}
    for file in [one.relative.as_posix() for one in job.work]:
        path = life.tei_path(file)
        done = {change.text for change in read.read(made[path], path).header.changes} & set(STAGES)
        missing = "、".join(stage for stage in job.config.requires if stage not in done)
        if missing:
            lacking.setdefault(missing, []).append(file)
    if lacking:
        told = "; ".join(f"{missing} of {_some(files_)}" for missing, files_ in lacking.items())
        raise SourceError(
            f"[release] requires passes that nobody signed: {told}",
            where=str(job.folder / configuration.NAME),
            remedy="have them signed at the desk (`edition review`, 审校), or require less; nothing was given out",
        )


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more


def _errata(folder: Path, last: Given | None, job: build.Job, teis: Teis) -> dict[str, tuple[Erratum, ...]]:
    """What reads otherwise than in the release before, by path under tei/; pages that are new have none."""
    if last is None:
        return {}
    then = {life.tei_path(page.file) for page in last.pages}
    return {
        path: errata(read.read(life.frozen(folder, last, path), path), read.read(tei, path))
        for path, tei in teis
        if path in then
    }


def _stamped(path: str, tei: bytes, release_: Release) -> bytes:
    edition = read.read(tei, path)
    return write.write(replace(edition, header=replace(edition.header, release=release_)))


def _rows(job: build.Job, teis: Teis, frozen: Mapping[str, bytes]) -> tuple[Frozen, ...]:
    made = dict(teis)
    return tuple(
        Frozen(file, files.sha256_file(one.source), files.sha256(made[path]), files.sha256(frozen[path]))
        for one in job.work
        for file in [one.relative.as_posix()]
        for path in [life.tei_path(file)]
    )


def _freeze(folder: Path, given: Given, frozen: Mapping[str, bytes]) -> Path:
    """Write the release; the list last, so that a release is listed only when it is there."""
    place, listing = folder / releases.FOLDER / given.version, folder / releases.NAME
    if place.exists():
        raise OutputError(
            "this folder is there, but releases.toml does not list it", where=str(place), remedy="move it away"
        )
    own = folder / configuration.NAME
    held = {**frozen, **({configuration.NAME: files.read(own)} if own.is_file() else {})}
    files.write_folder(place, held)
    old = files.read(listing) if listing.is_file() else b""
    files.write(listing, releases.appended(old, given, build.engines()))
    return place


# ---- keep back


def withhold(folder: Path, id_: str, reason: str, *, who: str | None, lift: bool, report: build.Report) -> Act:
    """Write into withheld.toml that an item may not be published, or may again; gives what was written.

    Raises UsageError where there is no such item, where it is so already, or where the reason tells what it keeps back.
    """
    job = build.job_of(folder)
    pages = _editions(job, report)
    place = find(id_, pages)
    if place.item is None or place.line is not None:
        raise UsageError(f"{id_!r} is a line; whole items are withheld", remedy=f"name the item: {_item_of(place)}")
    file = next(one.relative.as_posix() for one in job.work if _stem(one.relative.as_posix()) == place.stem)
    decided = life.acts(folder)
    is_held = place.item.id in (act.item for act in withheld.in_force(decided, file))
    if is_held != lift:
        raise UsageError(
            f"{place.id} is {'withheld already' if is_held else 'not withheld'}", remedy="nothing was written"
        )
    act = Act(
        do="lift" if lift else "withhold",
        file=file,
        item=place.item.id,
        lines=withheld.written(withheld.pieces(item_contents(place.item))),
        source=pages[place.stem].header.source.sha256,
        when=files.clock(None).iso[:10],
        who=who or getpass.getuser(),
        reason=" ".join(reason.split()),
    )
    _discreet(act, place, pages)
    path = folder / withheld.NAME
    files.write(path, withheld.appended(files.read(path) if path.is_file() else b"", act))
    return act


def _discreet(act: Act, place: Place, pages: Mapping[str, Edition]) -> None:
    """Raise UsageError where the reason, which is public, is empty or quotes the item."""
    if not act.reason:
        raise UsageError("a reason is needed", remedy='--reason "…"')
    others = [page for stem, page in pages.items() if stem != place.stem]
    item = place.item
    quoted = redact.kept([item] if item else [], others).quoted(act.reason)
    if quoted and act.do == "withhold":
        raise UsageError(
            f"the reason is public, and it quotes the item: {quoted!r}", remedy="say it without the item's words"
        )


def _item_of(place: Place) -> str:
    return f"{place.stem}#{place.item.id}" if place.item else "the line stands in none"


# ---- cite


def cite(folder: Path, id_: str, *, report: build.Report) -> Citation:
    """The citation of a place in what is public. Raises UsageError where the ID names none."""
    job = build.job_of(folder)
    pages = _read(life.public(job.work, life.acts(folder), build.pages(job, [], report)).teis)
    place = find(id_, pages)
    return citing.cite(place, pages[place.stem])


def _editions(job: build.Job, report: build.Report) -> dict[str, Edition]:
    return _read(_made(job, report))


def _read(teis: Sequence[tuple[str, bytes]]) -> dict[str, Edition]:
    return {_stem(path): read.read(tei, path) for path, tei in teis}


def _stem(path: str) -> str:
    return path.rpartition(".")[0]
