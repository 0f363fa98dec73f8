"""The pages of a build as they go out: as they were released, and without what may not be published.

    TEI as made -> frozen TEI, if nothing changed since the last release -> archive's copy | public copy

An item that may not be published never comes out by accident: where the page no longer is what it was when someone
decided so, the page is not made, and every public page is searched for what was kept back before it is handed on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from edition import config as configuration
from edition import decisions, files, gazetteer
from edition.build.folder import Work
from edition.errors import ConfigError, EditionError, LawError
from edition.findings import Finding
from edition.life import redact, releases, withheld
from edition.life.redact import Kept
from edition.life.releases import Given
from edition.life.withheld import Act
from edition.model.document import Edition
from edition.model.readings import diplomatic
from edition.model.walk import contents, item_contents
from edition.tei import parse, read, validate, write

Teis = Sequence[tuple[str, bytes]]  # path under tei/ -> its bytes, in the edition's order
NOTHING = Kept(frozenset(), frozenset())


def given(folder: Path) -> tuple[Given, ...]:
    """The releases of the edition in a folder, oldest first. Raises ConfigError."""
    path = folder / releases.NAME
    return releases.parse(files.read(path), str(path)) if path.is_file() else ()


def acts(folder: Path) -> tuple[Act, ...]:
    """What was withheld and lifted, oldest first. Raises ConfigError."""
    path = folder / withheld.NAME
    return withheld.parse(files.read(path), str(path)) if path.is_file() else ()


def tei_path(file: str) -> str:
    """Where the TEI of a source lies under tei/."""
    return PurePosixPath(file).with_suffix(".xml").as_posix()


# ---- released


def unstamped(path: str, tei: bytes) -> bytes:
    """The TEI as it is made: an editor's own may be a copy of one that was given out, and still say so."""
    if b"<editionStmt" not in tei and b'type="sealed"' not in tei:
        return tei
    edition = read.read(tei, path)
    return write.write(replace(edition, header=replace(edition.header, release=None, withheld=())))


def as_released(folder: Path, teis: Teis) -> tuple[Teis, list[Finding]]:
    """The pages as they were given out, if they are all what they were then; else as they are, and a finding."""
    last = next(reversed(given(folder)), None)
    if last is None:
        return teis, []
    changed = changes(folder, last, teis)
    if changed:
        message = f"not release {last.version} any more: {', '.join(changed[:5])}{' …' if changed[5:] else ''}"
        return teis, [Finding("B-002", releases.NAME, message)]
    return [(path, frozen(folder, last, path)) for path, _ in teis], []


def changes(folder: Path, last: Given, teis: Teis) -> list[str]:
    """The files that differ from those of a release: pages changed, new and gone; the configuration."""
    then = {tei_path(page.file): page.tei for page in last.pages}
    now = {path: files.sha256(tei) for path, tei in teis}
    pages = sorted(path for path in {*then, *now} if then.get(path) != now.get(path))
    return pages + ([configuration.NAME] if last.configuration != configuration_hash(folder) else [])


def configuration_hash(folder: Path) -> str:
    """The sha256 of edition.toml, of nothing where there is none."""
    path = folder / configuration.NAME
    return files.sha256(files.read(path) if path.is_file() else b"")


def frozen(folder: Path, release: Given, path: str) -> bytes:
    """The TEI of a page as it was given out. Raises ConfigError if it is not that any more."""
    page = next(page for page in release.pages if tei_path(page.file) == path)
    place = folder / releases.FOLDER / release.version / path
    data = files.read(place)
    if files.sha256(data) != page.frozen:
        raise ConfigError(
            f"this is not what was given out as release {release.version}",
            where=str(place),
            remedy="take the file from your version control; a release is never changed",
        )
    return data


# ---- public


@dataclass(slots=True)
class Public:
    """What may be published."""

    teis: list[tuple[str, bytes]]
    kept: Kept = NOTHING
    pages: set[str] = field(default_factory=set)  # paths under tei/ of those from which something is kept back
    lines: Mapping[str, set[int]] = field(default_factory=dict)  # file -> lines kept back of it
    findings: list[Finding] = field(default_factory=list)  # what is kept back, and pages that cannot be made

    def publishable(self, names: Sequence[str]) -> list[str]:
        """Of the editor's files, those that tell nothing of what is kept back."""
        if not self.pages:
            return list(names)
        history = (withheld.NAME, gazetteer.NAME, f"{releases.FOLDER}/")
        spoiled = {name.removesuffix(".xml") for name in self.pages}
        return [name for name in names if not name.startswith(history) and _stem(name) not in spoiled]


def _stem(name: str) -> str:
    return name.removesuffix(decisions.SUFFIX) if name.endswith(decisions.SUFFIX) else name.rpartition(".")[0]


def in_force(folder: Path, work: Sequence[Work]) -> list[Act]:
    """Everything that is withheld of the pages in a folder."""
    decided = acts(folder)
    return [act for one in work for act in withheld.in_force(decided, one.relative.as_posix())]


def withheld_hash(folder: Path) -> str:
    """The sha256 of withheld.toml, empty where there is none: results made under another may tell too much."""
    path = folder / withheld.NAME
    return files.sha256(files.read(path)) if path.is_file() else ""


def public(work: Sequence[Work], decided: Sequence[Act], teis: Teis) -> Public:
    """The pages with everything that is withheld taken out. Raises LawError if any of it were still there."""
    if not decided:
        return Public(list(teis))
    fits, findings, gone = _fits(work, decided, teis)
    findings += [Finding("A-010", path, f"{item.id} is kept back") for path, some in fits.items() for _, item in some]
    whole = {path: read.read(tei, path) for path, tei in teis if path not in gone}
    bare = [redact.without(page, fits[path]) if path in fits else page for path, page in whole.items()]
    kept = redact.kept([item for some in fits.values() for _, item in some], bare)
    out = [(path, tei) for path, tei in teis if path not in gone]
    out = [(path, _public_page(path, whole[path], fits[path], kept) if path in fits else tei) for path, tei in out]
    for path, tei in out:
        discreet(kept, path, tei)
    return Public(out, kept, set(fits), _lines(fits), findings)


def _lines(fits: Mapping[str, redact.Fits]) -> dict[str, set[int]]:
    """The lines that are kept back, by source file."""
    lines: dict[str, set[int]] = {}
    for some in fits.values():
        for act, item in some:
            lines.setdefault(act.file, set()).update(n for n, _ in withheld.pieces(item_contents(item)))
    return lines


def _fits(
    work: Sequence[Work], decided: Sequence[Act], teis: Teis
) -> tuple[dict[str, redact.Fits], list[Finding], set[str]]:
    """The items to keep back of each page; a finding for each page of which that cannot be told, and its path."""
    fits: dict[str, redact.Fits] = {}
    findings, gone = [], set()
    made = dict(teis)
    for one in work:
        file, path = one.relative.as_posix(), tei_path(one.relative.as_posix())
        here = withheld.in_force(decided, file)
        if here and path in made:
            try:
                fits[path] = withheld.fitting(read.read(made[path], path), here)
            except EditionError as error:
                findings.append(Finding("P-001", file, f"{error.message} → {error.remedy}"))
                gone.add(path)
    return fits, findings, gone


def _public_page(path: str, whole: Edition, fits: redact.Fits, kept: Kept) -> bytes:
    """A public page, with the laws checked: it reads back, follows the schema, and is the source where it is public."""
    edition = redact.public(whole, fits, kept)
    tei = write.write(edition)
    root = parse.parse(tei, path)
    wrong = validate.rules(root, path, files.schema())
    if read.from_tree(root, path) != edition or wrong:
        raise LawError(
            f"the public copy does not read back{f': {wrong[0]}' if wrong else ''}", where=path, remedy=_REPORT
        )
    hidden = {place for _, item in fits for place in withheld.pieces(item_contents(item))}
    left = {place: text for place, text in diplomatic(contents(whole)).items() if place not in hidden}
    shown = {place: text for place, text in diplomatic(contents(edition)).items() if place not in hidden}
    if shown != left:
        raise LawError("the public copy is not the source where it is public", where=path, remedy=_REPORT)
    return tei


_REPORT = "this is a defect of the program: please report it; nothing was written"


def discreet(kept: Kept, name: str, data: bytes) -> None:
    """Raise LawError if text that is about to be published quotes what is kept back."""
    quoted = kept.quoted(data.decode("utf-8", "replace"))
    if quoted:
        raise LawError(
            f"{quoted!r}, which is withheld, would stand in it; nothing was written",
            where=name,
            remedy="look for it in edition.toml, decisions and notes; if it is in none of them, please report it",
        )


def without_hints(findings: Sequence[Finding], out: Public) -> list[Finding]:
    """The findings that tell nothing of what is kept back."""
    return [f for f in findings if not _is_of(f, out.lines) and not out.kept.hinted(f.message)]


def _is_of(finding: Finding, lines: Mapping[str, set[int]]) -> bool:
    """Whether a finding is about a line that is kept back."""
    file, _, at = finding.where.rpartition(":")
    return file in lines and at.partition(".")[0].isdigit() and int(at.partition(".")[0]) in lines[file]


def archived(work: Sequence[Work], decided: Sequence[Act], teis: Teis) -> Public:
    """The pages whole, each saying what of it may not be published."""
    fits, findings, gone = _fits(work, decided, teis)
    out = [(path, _sealed(path, tei, fits.get(path, ()))) for path, tei in teis if path not in gone]
    return Public(out, findings=findings)


def _sealed(path: str, tei: bytes, fits: redact.Fits) -> bytes:
    return write.write(redact.signed(read.read(tei, path), fits, is_here=True)) if fits else tei
