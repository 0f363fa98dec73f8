"""The pages of one edition on the desk: opened, changed, undone. The only file of the room that reads and writes.

Everything is read anew from the folder each time, so that what another program, another tab or an editor's own hand
changed is seen; what was computed of unchanged files is kept. A change names the version that it was made on, and is
refused on any other. It is tried first, on the whole page with all its laws; then the decisions file is written, to a
temporary name and moved: a server that dies leaves the old file or the new one.
"""

import fcntl
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from edition import build, decisions, files, gazetteer, words
from edition import config as configuration
from edition.build.folder import Work, work_of
from edition.decisions import NONE, Decisions
from edition.errors import EditionError
from edition.model.source import Transcript
from edition.readers import plain
from edition.review import acts, ledger, view
from edition.review.acts import Asked
from edition.review.queue import Question
from edition.review.refusal import Refusal
from edition.review.view import Json, Made
from edition.tei.read import read as read_tei

_PICTURES = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".gif": "image/gif",
}
_IN_CHINESE = {  # a finding's code, or how an error begins
    "E-001": "与原文不符：那里没有这些字",
    "E-002": "做不到：版面的形式或另一条决定不允许",
    "contradicts": "与决定文件里的另一条决定矛盾",
    "line ": "段落只能接在前面的行之后",
    "not TOML": "决定文件写错了，请先改正",
    "unknown key": "决定文件写错了，请先改正",
    "a [[": "决定文件写错了，请先改正",
    "`": "决定的写法不对",
}
_KEPT = 24  # pages of which the computed form is kept
_UNDONE = 200  # steps back that are kept of a page


@dataclass(frozen=True, slots=True)
class _Opened:
    """The files of one page as they are now."""

    work: Work
    source: bytes
    decided: bytes | None  # NAME.decisions.toml
    own: bytes | None  # NAME.xml, the editor's TEI, which then is the page
    settings: bytes | None  # edition.toml
    names: bytes | None  # names.toml, of the whole edition

    @property
    def version(self) -> str:
        """Another one as soon as any of the files changes."""
        parts = (self.source, self.decided, self.own, self.settings, self.names)
        return files.sha256(b"".join(b"-" if p is None else f"{len(p)}:".encode() + p for p in parts))[:20]


class _Step(NamedTuple):
    """A change of one file."""

    path: Path
    before: bytes | None
    after: bytes | None


@dataclass(slots=True)
class _History:
    """The steps that were taken on one page."""

    done: list[_Step] = field(default_factory=list)
    undone: list[_Step] = field(default_factory=list)


class Desk:
    """The desk of the edition in one folder; its methods may be called from several threads."""

    def __init__(self, folder: Path, *, read_only: bool = False, who: str = "") -> None:
        self.folder = folder.resolve()
        self.read_only = read_only
        self.who = who  # who decides, unless the browser says otherwise
        self._dictionary = words.load()
        self._lock = threading.Lock()
        self._kept: dict[str, tuple[Made, Json]] = {}  # by version: the page and how it is shown
        self._progress: dict[str, object] = {}  # by the name of the source
        self._histories: dict[str, _History] = {}
        self._names = self.folder / gazetteer.NAME
        self._works()

    def __len__(self) -> int:
        return len(self._works())

    # ---- reading

    def made(self, number: int) -> tuple[str, Made, list[Question]]:
        """The name of a page's source, the page, and what there is to ask about it. Raises Refusal."""
        with self._lock:
            opened = self._open(number)
            made, _ = self._known(number, opened)
        return opened.work.relative.as_posix(), made, view.asked(made)

    def overview(self) -> Json:
        """The edition and its pages; how far each is, if it has been opened since the desk was."""
        config = build.load(self.folder)
        pages = [
            {"number": n, "name": work.relative.as_posix(), "progress": self._progress.get(work.relative.as_posix())}
            for n, work in enumerate(self._works(), 1)
        ]
        return {"title": config.title, "id": config.id, "pages": pages, "readOnly": self.read_only, "who": self.who}

    def page(self, number: int) -> Json:
        """All that the browser shows of a page. Raises Refusal."""
        with self._lock:
            return self._shown(number, self._open(number))

    def scan(self, number: int) -> tuple[bytes, str]:
        """The picture of a page, and its media type. Raises Refusal where there is none in the folder."""
        path = self._scan(self._work(number))
        if path is None:
            raise Refusal("这一版没有扫描图", "this page has no scan in the folder", 404)
        return files.read(path), _PICTURES[path.suffix.lower()]

    def _works(self) -> list[Work]:
        return [work for work in work_of(self.folder, build.load(self.folder)) if self._inside(work.source)]

    def _work(self, number: int) -> Work:
        works = self._works()
        if not 0 < number <= len(works):
            raise Refusal("没有这一版", "there is no such page", 404)
        return works[number - 1]

    def _inside(self, path: Path) -> bool:
        return path.resolve().is_relative_to(self.folder)

    def _open(self, number: int) -> _Opened:
        work = self._work(number)
        paths = [work.source.with_suffix(suffix) for suffix in (decisions.SUFFIX, ".xml")]
        data = [self._read(path) for path in (*paths, self.folder / configuration.NAME, self._names)]
        return _Opened(work, files.read(work.source), *data)

    def _read(self, path: Path) -> bytes | None:
        return files.read(path) if path.is_file() and self._inside(path) else None

    def _scan(self, work: Work) -> Path | None:
        name = work.page.scan
        path = self.folder / name if name and "://" not in name else None
        usable = path is not None and path.suffix.lower() in _PICTURES and self._inside(path) and path.is_file()
        return path if usable else None

    # ---- computing

    def _make(self, opened: _Opened) -> Made:
        """The page with what its files say. Raises Refusal where it cannot be made so."""
        work, config, decided = opened.work, build.load(self.folder), opened.decided
        where = work.relative.with_suffix(decisions.SUFFIX).as_posix()
        try:
            config = replace(config, names=gazetteer.parse(opened.names or b""))
            transcript, _ = plain.read(opened.source, work.source.name, work.page.encoding)
            if opened.own is not None:
                made = build.corrected(opened.own, f"{work.source.stem}.xml", opened.source)
                return _made(made, transcript, NONE)
            said = decisions.parse(decided, where) if decided else NONE
            page, clock = replace(work.page, decisions=said), files.clock(config.modified)
            made = build.normalise(opened.source, work.source.name, page, config, clock, self._dictionary)
        except EditionError as error:
            raise _impossible(error) from None
        return _made(made, transcript, said)

    def _known(self, number: int, opened: _Opened, made: Made | None = None) -> tuple[Made, Json]:
        """The page and how it is shown; computed once for each version."""
        version = opened.version
        if version not in self._kept:
            made = made or self._make(opened)
            self._kept[version] = made, view.page(made, number)
            if len(self._kept) > _KEPT:
                del self._kept[next(iter(self._kept))]
        return self._kept[version]

    def _shown(self, number: int, opened: _Opened, made: Made | None = None) -> Json:
        name = opened.work.relative.as_posix()
        _, row = self._known(number, opened, made)
        self._progress[name] = row["progress"]
        history = self._histories.get(name, _History())
        return {
            **row,
            "number": number,
            "name": name,
            "version": opened.version,
            "scan": self._scan(opened.work) is not None,
            "own": opened.own is not None,
            "undo": len(history.done) or len(ledger.done(_decoded(opened.decided))),
            "redo": len(history.undone),
        }

    # ---- changing

    def act(self, number: int, version: str, asked: Sequence[Asked], who: str) -> Json:
        """The page after some acts, which are one step to undo. Raises Refusal, and then nothing was changed."""
        with self._lock, self._changing(number, version) as opened:
            before, _ = self._known(number, opened)
            text = _decoded(opened.decided)
            when = _moment(text)
            for one in asked:
                text = self._with(text, one, before.transcript, (who, when))
            path = opened.work.source.with_suffix(decisions.SUFFIX)
            return self._taken(number, opened, _Step(path, opened.decided, text.encode() or None), before)

    def name(self, number: int, version: str, asked: Sequence[Asked], who: str) -> Json:
        """The page after names were confirmed or refused, for the whole edition. Raises Refusal, nothing changed."""
        with self._lock, self._changing(number, version) as opened:
            before, _ = self._known(number, opened)
            data = opened.names or b""
            try:
                for one in asked:
                    data = gazetteer.with_entry(data, *acts.named(one), who, kind=acts.kind_of(one))
            except EditionError as error:
                raise _impossible(error) from None
            return self._taken(number, opened, _Step(self._names, opened.names, data), before)

    def _taken(self, number: int, opened: _Opened, step: _Step, before: Made) -> Json:
        """The page after a step that was tried first, and is then written."""
        after = self._with_file(opened, step.path, step.after)
        made = self._make(after)
        _all_hold(before, made)
        _put(step.path, step.after)
        history = self._history(opened)
        history.undone.clear()
        history.done.append(step)
        del history.done[:-_UNDONE]
        return self._shown(number, after, made)

    def undo(self, number: int, version: str, who: str = "", *, again: bool = False) -> Json:
        """The page as it was before the last step, or with `again` as it was before that was undone. Raises Refusal.

        Where this desk took no step, or the file was changed since, it is the last act of `who` that stands in the file.
        """
        with self._lock, self._changing(number, version) as opened:
            history = self._history(opened)
            left, right = (history.undone, history.done) if again else (history.done, history.undone)
            stands = bool(left) and self._read(left[-1].path) == (left[-1].before if again else left[-1].after)
            if left and not stands and (again or left[-1].path == self._names):
                raise Refusal("文件已另行改动，不能撤销", "the file was changed since; not undone", 409)
            if not again and not stands:
                left[:] = _written(opened, who)
            if not left:
                raise Refusal("没有可撤销的步骤", "there is nothing to undo", 409)
            path, before, after = left[-1]
            there = after if again else before
            now = self._with_file(opened, path, there)
            self._known(number, now)  # which raises, before anything is written, if the page cannot be made so
            _put(path, there)
            right.append(left.pop())
            return self._shown(number, now)

    def _with_file(self, opened: _Opened, path: Path, data: bytes | None) -> _Opened:
        return replace(opened, names=data) if path == self._names else replace(opened, decided=data)

    @contextmanager
    def _changing(self, number: int, version: str) -> Iterator[_Opened]:
        """The page's files, while no other desk may change them."""
        if self.read_only:
            raise Refusal("这张编辑台是只读的", "this desk is read-only", 403)
        with open(self._work(number).source, "rb") as source:
            fcntl.flock(source, fcntl.LOCK_EX)
            opened = self._open(number)
            if opened.version != version:
                raise Refusal(
                    "这一版已在别处改动；已载入新的状态，请再看一遍",
                    "the page was changed elsewhere; look at it again",
                    409,
                )
            if opened.own is not None:
                raise Refusal(
                    f"旁边的 {opened.work.source.stem}.xml 就是这一版；请改那个文件",
                    f"{opened.work.source.stem}.xml beside the text is the page; edit that file",
                    409,
                )
            yield opened

    def _with(self, text: str, asked: Asked, transcript: Transcript, by: tuple[str, str]) -> str:
        """The text of the decisions with one act more; `by` is who and when."""
        try:
            earlier = decisions.parse(text.encode(), "decisions")
            if asked.get("kind") == "withdraw":
                return _withdrawn(text, earlier, asked.get("row"))
            new = acts.act(asked, transcript, *by)
            said = decisions.parse(ledger.with_entry("", new.kind, new.values).encode(), "decisions")
            return ledger.with_entry(text, new.kind, new.values, acts.replaced(said, earlier))
        except EditionError as error:
            raise _impossible(error) from None

    def _history(self, opened: _Opened) -> _History:
        return self._histories.setdefault(opened.work.relative.as_posix(), _History())


def _made(page: build.Normalised, transcript: Transcript, said: Decisions) -> Made:
    return Made(page.tei, page.edition or read_tei(page.tei, transcript.name), transcript, said, page.findings)


def _put(path: Path, data: bytes | None) -> None:
    """Write a file whole, or take it away."""
    if data is None:
        path.unlink(missing_ok=True)
    else:
        files.write(path, data)


def _decoded(decided: bytes | None) -> str:
    return (decided or b"").decode("utf-8")


def _moment(text: str) -> str:
    """Now, and later than every act of the desk that the text has."""
    now = datetime.now(UTC)
    last = datetime.fromisoformat(acts_[-1].when) if (acts_ := ledger.done(text)) else now
    return max(now, last + timedelta(milliseconds=1)).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _written(opened: _Opened, who: str) -> list[_Step]:
    """The step that the last act in a page's decisions was, of what the desk wrote there. Raises Refusal if another's."""
    text = _decoded(opened.decided)
    for act in ledger.done(text)[-1:]:
        if act.who != who:
            raise Refusal(
                f"最后一步是{act.who}的；要撤回请用“已作决定”",
                f"the last act is {act.who}'s; take it back in the list of decisions",
                409,
            )
        path = opened.work.source.with_suffix(decisions.SUFFIX)
        return [_Step(path, ledger.without_act(text, act).encode() or None, opened.decided)]
    return []


def _withdrawn(text: str, earlier: Decisions, row: object) -> str:
    """The text without the entry of a row; nothing else may be different then."""
    rows = [one for one in acts.rows(earlier) if one == row]
    if len(rows) != 1:
        raise Refusal("没有这条决定", "there is no such decision", 409)
    out = ledger.without(text, rows)
    left = decisions.parse(out.encode(), "decisions")
    if len(acts.rows(left)) != len(acts.rows(earlier)) - 1:
        raise Refusal("这条决定须在文件里手工撤回", "this decision must be taken out of the file by hand", 409)
    return out


def _all_hold(before: Made, after: Made) -> None:
    """Raises Refusal where a decision does not hold that is new, or that held before."""
    earlier, now = (
        Counter((f.code, f.message) for f in made.findings if f.code in ("E-001", "E-002")) for made in (before, after)
    )
    for code, message in now - earlier:
        raise Refusal(
            f"{_IN_CHINESE[code]}（{message}）", f"the source or another decision stands against it: {message}"
        )


def _impossible(error: EditionError) -> Refusal:
    """A program's error as the desk tells it: what kind it is in Chinese, the whole in English."""
    told = next((zh for start, zh in _IN_CHINESE.items() if error.message.startswith(start)), "这样不行")
    return Refusal(f"{told}（{error.message}）", str(error))
