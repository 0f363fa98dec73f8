"""What a run remembers: one row a page and a volume, in a database beside the results that only the parent writes.

A killed run leaves it at the last chunk that was finished; what was worked on since is found again by its bytes.
Source of the format: SQLite, in its write-ahead mode.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from edition.batch.chunk import SAME, BooksOutcome, PageOutcome
from edition.findings import Finding

_TABLES = """
CREATE TABLE IF NOT EXISTS page (
  volume TEXT, text TEXT, ord INTEGER, state TEXT, key TEXT, tei_sha256 TEXT, tei_bytes INTEGER,
  text_bytes INTEGER, items INTEGER, doubts TEXT, errors REAL, seconds REAL, findings TEXT, run INTEGER, PRIMARY KEY (volume, text)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS volume (
  volume TEXT PRIMARY KEY, title TEXT, state TEXT, outputs TEXT, seconds REAL, findings TEXT, run INTEGER
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS run (number INTEGER PRIMARY KEY);
"""
_PAGE = "volume, text, ord, state, key, tei_sha256, tei_bytes, text_bytes, items, doubts, errors, seconds, findings"


@dataclass(frozen=True, slots=True)
class Row:
    """One page as it is remembered."""

    volume: str
    text: str
    order: int
    state: str
    tei_sha256: str
    tei_bytes: int
    text_bytes: int
    items: int
    doubts: tuple[int, ...]
    errors: float
    seconds: float
    findings: tuple[Finding, ...]


class Ledger:
    """An open database. Close it."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._base = sqlite3.connect(path)
        self._base.execute("PRAGMA journal_mode=WAL")
        self._base.execute("PRAGMA synchronous=NORMAL")
        self._base.executescript(_TABLES)
        (last,) = self._base.execute("SELECT coalesce(max(number), 0) FROM run").fetchone()
        self.run: int = last + 1
        self._base.execute("INSERT INTO run VALUES (?)", (self.run,))
        self._base.commit()

    def close(self) -> None:
        """Write what is left, and let go."""
        self._base.commit()
        self._base.close()

    def remembered(self, volume: str) -> dict[str, tuple[str, str]]:
        """text -> (key, sha256 of the TEI) of a volume's pages that were made."""
        rows = self._base.execute("SELECT text, key, tei_sha256 FROM page WHERE volume=? AND tei_sha256<>''", (volume,))
        return {text: (key, digest) for text, key, digest in rows}

    def pages(self, outcomes: Iterable[PageOutcome]) -> None:
        """Remember what became of pages. Of one that stayed the same, the figures of its making are kept."""
        for one in outcomes:
            if one.state == SAME:
                self._base.execute(
                    "UPDATE page SET state=?, run=?, seconds=0 WHERE volume=? AND text=?",
                    (SAME, self.run, one.volume, one.text),
                )
                continue
            values = (
                one.volume, one.text, one.order, one.state, one.key, one.tei_sha256,
                one.tei_bytes, one.text_bytes, one.items, json.dumps(one.doubts), one.errors, one.seconds, _dump(one.findings),
                self.run,
            )  # fmt: skip
            marks = ",".join("?" * len(values))
            self._base.execute(f"INSERT OR REPLACE INTO page ({_PAGE}, run) VALUES ({marks})", values)
        self._base.commit()

    def books(self, title: str, one: BooksOutcome) -> None:
        """Remember what became of a volume."""
        values = (one.volume, title, one.state, json.dumps(one.outputs), one.seconds, _dump(one.findings), self.run)
        self._base.execute("INSERT OR REPLACE INTO volume VALUES (?,?,?,?,?,?,?)", values)
        self._base.commit()

    def of_volume(self, volume: str) -> list[Row]:
        """The pages of a volume that this run has seen, in the order of the edition."""
        query = f"SELECT {_PAGE} FROM page WHERE volume=? AND run=? ORDER BY ord, text"
        return [_row(row) for row in self._base.execute(query, (volume, self.run))]

    def all_pages(self) -> Iterator[Row]:
        """Every page that this run has seen, by volume and order."""
        query = f"SELECT {_PAGE} FROM page WHERE run=? ORDER BY volume, ord, text"
        for row in self._base.execute(query, (self.run,)):
            yield _row(row)

    def all_volumes(self) -> Iterator[tuple[str, str, str, tuple[str, ...], tuple[Finding, ...]]]:
        """(path, title, state, outputs, findings) of every volume that this run has seen, by path."""
        query = "SELECT volume, title, state, outputs, findings FROM volume WHERE run=? ORDER BY volume"
        for volume, title, state, outputs, findings in self._base.execute(query, (self.run,)):
            yield volume, title, state, tuple(json.loads(outputs)), _load(findings)

    def gone(self) -> list[tuple[str, str]]:
        """(volume, text) of pages that an earlier run made and this one did not find; they are forgotten."""
        rows = self._base.execute("SELECT volume, text FROM page WHERE run<>?", (self.run,)).fetchall()
        self._base.execute("DELETE FROM page WHERE run<>?", (self.run,))
        self._base.execute("DELETE FROM volume WHERE run<>?", (self.run,))
        self._base.commit()
        return rows


def _row(row: tuple[str, ...]) -> Row:
    volume, text, order, state, _, digest, tei, size, items, doubts, errors, seconds, findings = row
    return Row(
        volume, text, int(order), state, digest, int(tei), int(size), int(items), tuple(json.loads(doubts)),
        float(errors), float(seconds), _load(findings),
    )  # fmt: skip


def _dump(findings: Iterable[Finding]) -> str:
    return json.dumps([asdict(finding) for finding in findings], ensure_ascii=False)


def _load(text: str) -> tuple[Finding, ...]:
    return tuple(Finding(**row) for row in json.loads(text))
