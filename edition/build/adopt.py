"""A page taken over by an editor: its TEI copied from the results beside its text, where it is the page from then on."""

from dataclasses import dataclass, replace
from pathlib import Path

from edition import decisions, files
from edition.errors import SourceError, UsageError
from edition.model.header import Responsibility
from edition.tei.parse import parse
from edition.tei.read import read
from edition.tei.restore import restore
from edition.tei.write import write

EDITORS_TASK = "校订"


@dataclass(frozen=True, slots=True)
class Adopted:
    """What was copied, and what the editor should know."""

    origin: Path  # under the results
    target: Path  # beside the text
    idle: Path | None  # a file of decisions that is not read any more
    resp: str | None  # the id with which the editor signs, if one was named


def adopt(name: str, folder: Path, out: Path, who: str | None = None) -> Adopted:
    """Copy the TEI of page `name` (its stem, or the path of its text or TEI) from `out` beside its text in `folder`.

    The copy is the same bytes; where `who` names an editor, the header of the copy has a respStmt for that name. Raises UsageError where there is no such page, no TEI of it, or already a corrected one, which is never overwritten;
    SourceError where the TEI was made from another text than the one that stands there now.
    """
    text = _text_of(name, folder)
    origin = out / "tei" / text.relative_to(folder).with_suffix(".xml")
    target = text.with_suffix(".xml")
    if target.exists():
        raise UsageError(
            "the page has a corrected TEI already, which is never overwritten",
            where=str(target),
            remedy=f"edit that file; to begin anew, move it away first; `edition diff {origin} {target}` says what was done",
        )
    if not origin.is_file():
        raise UsageError(
            "there is no TEI of this page yet",
            where=str(origin),
            remedy=f"run `edition build {folder} --out {out}` first",
        )
    tei = files.read(origin)
    if restore(parse(tei, str(origin)), str(origin)).data != files.read(text):
        raise SourceError(
            f"the TEI was made from another text than {text} is now",
            where=str(origin),
            remedy=f"run `edition build {folder} --out {out}` first",
        )
    resp = None
    if who:
        tei, resp = _signed(tei, str(origin), who)
    files.write(target, tei)
    idle = text.with_suffix(decisions.SUFFIX)
    return Adopted(origin, target, idle if idle.is_file() else None, resp)


def _signed(tei: bytes, name: str, who: str) -> tuple[bytes, str]:
    """The TEI with an editor among those responsible, and the editor's id; one who stands there already is found."""
    edition = read(tei, name)
    known = edition.header.responsibilities
    ids = {one.id for one in known}
    found = next((one.id for one in known if one.name == who and not one.software), None)
    resp = found or next(f"editor{number}" for number in range(1, len(ids) + 2) if f"editor{number}" not in ids)
    added = () if found else (Responsibility(resp, EDITORS_TASK, who),)
    return write(replace(edition, header=replace(edition.header, responsibilities=(*known, *added)))), resp


def _text_of(name: str, folder: Path) -> Path:
    """The text of a page that is named by its stem, or by the path of its text or TEI."""
    texts = sorted(folder.rglob("*.txt"))
    wanted = name.removesuffix(".txt").removesuffix(".xml")
    stems = {path: path.relative_to(folder).with_suffix("").as_posix() for path in texts}
    found = [path for path, stem in stems.items() if wanted in (stem, Path(stem).name)]
    found = found or [path for path, stem in stems.items() if wanted.endswith(f"/{stem}")]
    if len(found) == 1:
        return found[0]
    if found:
        several = ", ".join(stems[path] for path in found)
        raise UsageError(
            f"several pages have this name: {several}", where=str(folder), remedy="name one with its folder"
        )
    near = [stem for stem in stems.values() if Path(stem).name.startswith(Path(wanted).name)]
    if len(near) == 1:
        return next(path for path, stem in stems.items() if stem == near[0])
    known = ", ".join(sorted(stems.values())[:6]) or "none"
    raise UsageError(f"no page {name!r} in the folder", where=str(folder), remedy=f"its pages are: {known}")
