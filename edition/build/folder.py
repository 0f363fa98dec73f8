"""A folder of sources: its configuration, its pages in order, and what an editor laid beside them."""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path

from edition import config as configuration
from edition import decisions, files, gazetteer
from edition.archive.holdings import media_type
from edition.build.page import Witness
from edition.config import Config, PageConfig
from edition.decisions import NONE, Decisions
from edition.errors import ConfigError, UsageError
from edition.findings import Finding
from edition.gazetteer import Gazetteer
from edition.life import releases, withheld


@dataclass(frozen=True, slots=True)
class Work:
    """One page to do."""

    source: Path
    relative: Path  # of the source under the folder
    page: PageConfig  # its order is known


def load(folder: Path) -> Config:
    """The configuration of the edition in a folder; without an edition.toml, one that knows nothing."""
    path = folder / configuration.NAME
    names = names_of(folder)
    if not path.is_file():
        return replace(configuration.default(folder.resolve().name), names=names)
    found = configuration.parse(files.read(path), str(path))
    return replace(configuration.with_css(found, folder), names=names)


def work_of(folder: Path, config: Config) -> list[Work]:
    """The pages of a folder in the order of the edition."""
    if not folder.is_dir():
        raise UsageError(
            "no such folder", where=str(folder), remedy="name the folder that holds edition.toml and the texts"
        )
    found = _texts(folder)
    if not found:
        raise UsageError(
            "the folder holds no .txt files", where=str(folder), remedy="put one text file for each page into it"
        )
    pages = order(found, config, str(folder / configuration.NAME))
    return [Work(folder / page.file, Path(page.file), page) for page in pages]


def pages_of(folder: Path, names: Sequence[str], config: Config) -> dict[str, PageConfig]:
    """Each file of a folder by its name there: the texts and `names`, with the order that they have in the edition."""
    every = sorted({*_texts(folder), *names})
    return {page.file: page for page in order(every, config, str(folder / configuration.NAME))}


def _texts(folder: Path) -> list[str]:
    """The texts of a folder and of those in it, as paths under it, sorted; what is hidden is left out."""
    paths = [path.relative_to(folder) for path in folder.rglob("*.txt") if path.is_file()]
    return sorted(path.as_posix() for path in paths if not any(part.startswith(".") for part in path.parts))


def refuse_own(folder: Path, out: Path, kinds: Set[str]) -> None:
    """Raise UsageError where results would be taken for sources by the next build: texts, or anything in the folder itself."""
    same = out.resolve() == folder.resolve()
    if same or (kinds & {"text", "bag"} and out.resolve().is_relative_to(folder.resolve())):
        raise UsageError(
            "the results would lie among the sources and be taken for them",
            where=str(out),
            remedy="choose a folder outside with --out",
        )


def order(names: Sequence[str], config: Config, where: str) -> list[PageConfig]:
    """The pages of an edition in their order, each with `order` known; `names` are the texts that lie in its folder.

    What [[page]] names comes in that order (or its own `order`), the rest after it by name. `where` names the
    edition.toml in messages. Raises ConfigError if it names a page twice or one that is not there.
    """
    there, named = set(names), {}
    for number, page in enumerate(config.pages, 1):
        if page.file in named:
            raise ConfigError(f"two [[page]] name {page.file!r}", where=where, remedy="keep one of them")
        if page.file not in there:
            raise ConfigError(
                f"[[page]] names {page.file!r}, which is not in the folder",
                where=where,
                remedy="correct `file`, or add the text",
            )
        named[page.file] = replace(page, order=page.order or number)
    for name, one in config.item_rights:
        if f"{name}.txt" not in there:
            raise ConfigError(
                f"[[rights.item]] names {f'{name}#{one.item}'!r}, and {name}.txt is not in the folder",
                where=where,
                remedy='write the path of the text without .txt, # and the item: id = "page1#L7"',
            )
    last = max([page.order or 0 for page in named.values()], default=0)
    rest = [name for name in names if name not in named]
    named |= {name: PageConfig(name, order=last + number) for number, name in enumerate(rest, 1)}
    return sorted(named.values(), key=lambda page: (page.order or 0, page.file))


def witness_of(one: Work) -> Witness:
    """The bytes that lie beside each other for one page. Raises UsageError if the text cannot be read."""
    decided, own = one.source.with_suffix(decisions.SUFFIX), one.source.with_suffix(".xml")
    return Witness(
        one.relative.as_posix(),
        files.read(one.source),
        files.read(decided) if decided.is_file() else None,
        files.read(own) if own.is_file() else None,
    )


def decisions_of(source: Path, where: str) -> Decisions:
    """What an editor decided about a source file; `where` names the file in messages. Raises ConfigError."""
    path = source.with_suffix(decisions.SUFFIX)
    return decisions.parse(files.read(path), where) if path.is_file() else NONE


def names_of(folder: Path) -> Gazetteer:
    """What an editor says about names in the whole folder. Raises ConfigError."""
    path = folder / gazetteer.NAME
    return gazetteer.parse(files.read(path), str(path)) if path.is_file() else gazetteer.NONE


def unread(folder: Path, work: Sequence[Work]) -> list[Finding]:
    """A finding for each file of decisions that no page is made with."""
    own = {one.source.with_suffix(decisions.SUFFIX): one.source.with_suffix(".xml") for one in work}
    out = []
    for path in decision_files(folder):
        where = path.relative_to(folder).as_posix()
        if path not in own:
            out.append(Finding("E-003", where, f"there is no {path.name.removesuffix(decisions.SUFFIX)}.txt beside it"))
        elif own[path].is_file():
            out.append(Finding("E-003", where, f"{own[path].name} beside it is the page"))
    return out


def decision_files(folder: Path) -> list[Path]:
    """Every file of decisions in a folder, sorted."""
    return sorted(path for path in folder.rglob(f"*{decisions.SUFFIX}") if path.is_file())


def editors_files(folder: Path, work: Sequence[Work]) -> list[str]:
    """Everything of the editor's that a deposit keeps, as paths under the folder: texts, decisions, what was given out."""
    texts = [path for one in work for path in (one.source, one.source.with_suffix(".xml"))]
    wanted = [
        folder / configuration.NAME,
        folder / gazetteer.NAME,
        *decision_files(folder),
        *history_files(folder),
        *texts,
    ]
    return sorted(path.relative_to(folder).as_posix() for path in wanted if path.is_file())


def scans(folder: Path, work: Sequence[Work]) -> list[Path]:
    """The pictures that a deposit may take in: those that edition.toml names, and all that lie in the folder."""
    named = [folder / one.page.scan for one in work if one.page.scan and "://" not in one.page.scan]
    return sorted({*named, *(path for path in folder.rglob("*") if media_type(path.name).startswith("image/"))})


def history_files(folder: Path) -> list[Path]:
    """What was released and what is withheld."""
    frozen = [path for path in sorted((folder / releases.FOLDER).rglob("*")) if path.is_file()]
    return [folder / releases.NAME, folder / withheld.NAME, *frozen]
