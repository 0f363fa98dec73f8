"""What a run tells: `catalogue.jsonl` and `index.html` of everything there is, `report.json` and `quarantine.jsonl` of the run.

The catalogue depends on the sources alone (the same bytes after a run that was killed and continued); times and rates
stand only in `report.json` and on the index page.
"""

import heapq
import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree
from lxml.html.builder import BODY, CAPTION, H1, H2, HEAD, HTML, META, TABLE, TBODY, TD, TH, THEAD, TITLE, TR, A, P
from lxml.html.builder import STYLE as STYLE_

from edition import __version__, files
from edition.batch.chunk import FAILED, LOST, SAME
from edition.batch.ledger import Ledger, Row
from edition.batch.tasks import BINS

SHOWN = 20  # rows of the lists of slowest and most doubtful pages
STYLE = """body{font:16px/1.6 "Noto Sans CJK SC",sans-serif;max-width:60em;margin:2em auto;padding:0 1em}
h1,h2{font-weight:700;line-height:1.3}h2{margin-top:2em}table{border-collapse:collapse;width:100%;margin:1em 0}
caption{text-align:start;font-weight:700;padding:.3em 0}th,td{text-align:start;padding:.25em .8em .25em 0;
border-bottom:1px solid #8886;vertical-align:top}td.n,th.n{text-align:end;font-variant-numeric:tabular-nums}
svg{width:100%;height:10em;display:block}.bar{fill:currentColor;opacity:.65}.tick{font-size:3px;fill:currentColor}
@media(prefers-color-scheme:dark){body{background:#141414;color:#e8e8e8}a{color:#9cf}}"""


@dataclass(slots=True)
class Figures:
    """The sums of a run."""

    volumes: int = 0
    pages: int = 0
    made: int = 0
    same: int = 0
    failed: int = 0
    lost: int = 0
    items: int = 0
    text_bytes: int = 0
    seconds: float = 0.0  # wall time
    failed_volumes: int = 0
    doubts: list[int] = field(default_factory=lambda: [0] * BINS)
    findings: Counter[str] = field(default_factory=Counter)
    slowest: list[tuple[float, str]] = field(default_factory=list)
    doubtful: list[tuple[float, str]] = field(default_factory=list)  # expected wrong decisions

    def add(self, row: Row) -> None:
        """Count a page."""
        self.pages += 1
        self.made += row.state not in (SAME, FAILED, LOST)
        self.same += row.state == SAME
        self.failed += row.state == FAILED
        self.lost += row.state == LOST
        self.items += row.items
        self.text_bytes += row.text_bytes
        self.doubts = [a + b for a, b in zip(self.doubts, row.doubts or (0,) * BINS, strict=True)]
        self.findings.update(finding.code for finding in row.findings)
        _keep(self.slowest, (row.seconds, _path(row.volume, row.text)))
        _keep(self.doubtful, (row.errors, _path(row.volume, row.text)))

    def as_json(self) -> dict[str, object]:
        """For machines."""
        return {
            "program": f"edition {__version__}",
            "volumes": self.volumes,
            "failed_volumes": self.failed_volumes,
            "pages": self.pages,
            "made": self.made,
            "unchanged": self.same,
            "failed": self.failed,
            "quarantined": self.lost,
            "items": self.items,
            "text_bytes": self.text_bytes,
            "seconds": round(self.seconds, 1),
            "decisions_by_probability": {f"{n / BINS:.1f}": count for n, count in enumerate(self.doubts)},
            "findings": dict(sorted(self.findings.items())),
            "slowest": [{"page": page, "seconds": seconds} for seconds, page in _sorted(self.slowest)],
            "most_doubtful": [{"page": page, "expected_errors": n} for n, page in _sorted(self.doubtful)],
        }


def write(out: Path, ledger: Ledger, address: str, seconds: float) -> Figures:
    """Write catalogue, index, report and quarantine under `out`; gives the sums. Raises OutputError."""
    figures = Figures(seconds=seconds)
    _stream(out / "catalogue.jsonl", _catalogue(ledger, figures))
    volumes: list[tuple[str, str, tuple[str, ...]]] = []
    for path, title, state, outputs, findings in ledger.all_volumes():
        figures.volumes += 1
        figures.failed_volumes += state in (FAILED, LOST)
        figures.findings.update(finding.code for finding in findings)
        if len(volumes) < 10_000:  # a page that a browser can open
            volumes.append((path, title, outputs))
    _stream(out / "quarantine.jsonl", _quarantine(ledger))
    files.write(out / "report.json", (json.dumps(figures.as_json(), ensure_ascii=False, indent=1) + "\n").encode())
    files.write(out / "index.html", _index(figures, volumes, address))
    return figures


def _catalogue(ledger: Ledger, figures: Figures) -> Iterator[dict[str, object]]:
    for row in ledger.all_pages():
        figures.add(row)
        if row.tei_sha256:
            yield {
                "volume": row.volume, "text": row.text, "order": row.order, "tei_sha256": row.tei_sha256,
                "tei_bytes": row.tei_bytes, "text_bytes": row.text_bytes, "items": row.items,
                "decisions_by_probability": row.doubts, "expected_errors": row.errors, "findings": dict(sorted(Counter(f.code for f in row.findings).items())),
            }  # fmt: skip


def _quarantine(ledger: Ledger) -> Iterator[dict[str, object]]:
    for row in ledger.all_pages():
        if row.state in (FAILED, LOST):
            for finding in row.findings:
                yield {"volume": row.volume, "text": row.text, "state": row.state, **finding.as_json()}
    for path, _, state, _, findings in ledger.all_volumes():
        if state in (FAILED, LOST):
            for finding in findings:
                yield {"volume": path, "state": state, **finding.as_json()}


def _stream(path: Path, rows: Iterable[dict[str, object]]) -> None:
    """JSON Lines, written row by row to a temporary name and moved: memory does not grow with the rows."""
    with tempfile.TemporaryFile("w+b") as whole:
        for row in rows:
            whole.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
        whole.seek(0)
        files.write(path, whole)


def _path(volume: str, text: str) -> str:
    return f"{volume}/{text}" if volume else text


def _keep(heap: list[tuple[float, str]], row: tuple[float, str]) -> None:
    heapq.heappush(heap, row)
    if len(heap) > SHOWN:
        heapq.heappop(heap)


def _sorted(heap: list[tuple[float, str]]) -> list[tuple[float, str]]:
    return [row for row in sorted(heap, key=lambda row: (-row[0], row[1])) if row[0] > 0]


def _index(figures: Figures, volumes: list[tuple[str, str, tuple[str, ...]]], address: str) -> bytes:
    """The page for a person: what there is, how sure, and where to look first."""
    sums = (
        ("volumes", figures.volumes), ("pages", figures.pages), ("items", figures.items),
        ("unchanged since the run before", figures.same), ("could not be made", figures.failed),
        ("in quarantine", figures.lost), ("volumes without books", figures.failed_volumes),
    )  # fmt: skip
    rate = figures.pages / figures.seconds if figures.seconds else 0
    head = HEAD(META(charset="utf-8"), META(name="viewport", content="width=device-width"), TITLE("edition: catalogue"))
    head.append(STYLE_(STYLE))
    body = BODY(
        H1("Catalogue"),
        P(f"{address}: {figures.pages:,} pages in {figures.seconds:,.0f} s, {rate:,.1f} pages a second."),
        _table("Sums", ("what", "how many"), ((name, f"{count:,}") for name, count in sums)),
        H2("How sure the program was"),
        P("Decisions of the program by their probability, in tenths."),
        _bars(figures.doubts),
        _table("Findings", ("code", "how many"), sorted((c, f"{n:,}") for c, n in figures.findings.items())),
        H2("Where to look first"),
        P("Open a volume with ", etree.fromstring("<code>edition review FOLDER</code>"), ", the most doubtful pages first."),
        _table("Most doubtful pages", ("page", "expected wrong decisions"), ((p, f"{n}") for n, p in _sorted(figures.doubtful))),
        _table("Slowest pages", ("page", "seconds"), ((p, f"{n:.2f}") for n, p in _sorted(figures.slowest))),
        H2("Volumes"),
        _volumes(volumes),
    )  # fmt: skip
    return b"<!DOCTYPE html>\n" + etree.tostring(HTML(head, body, lang="en"), method="html", encoding="utf-8") + b"\n"


def _table(title: str, heads: tuple[str, str], rows: Iterable[tuple[str, str]]) -> etree._Element:
    cells = [TR(TD(left), TD(right, {"class": "n"})) for left, right in rows]
    top = THEAD(TR(TH(heads[0], scope="col"), TH(heads[1], {"class": "n", "scope": "col"})))
    return TABLE(CAPTION(title), top, TBODY(*(cells or [TR(TD("none"), TD())])))


def _bars(counts: list[int]) -> etree._Element:
    """A column chart of counts, each column a tenth."""
    most = max(1, *counts)
    told = ", ".join(f"{n / BINS:.1f} to {(n + 1) / BINS:.1f}: {count:,}" for n, count in enumerate(counts))
    plot = etree.Element(
        "svg", {"viewBox": "0 0 100 34", "preserveAspectRatio": "none", "role": "img", "aria-label": told}
    )
    for n, count in enumerate(counts):
        height = 28 * count / most
        place = {
            "x": f"{n * 10 + 1}",
            "y": f"{28 - height:.2f}",
            "width": "8",
            "height": f"{height:.2f}",
            "class": "bar",
        }
        etree.SubElement(plot, "rect", place)
        etree.SubElement(plot, "text", {"x": f"{n * 10 + 1}", "y": "32", "class": "tick"}).text = f"{n / BINS:.1f}"
    return plot


def _volumes(volumes: list[tuple[str, str, tuple[str, ...]]]) -> etree._Element:
    rows = []
    for path, title, outputs in volumes:
        books = [name for name in outputs if name.endswith((".epub", ".pdf", ".txt", ".jsonl"))]
        links = [A(name, href=f"{path}/{name}" if path else name) for name in books]
        cell = TD()
        for link in links:
            link.tail = " "
            cell.append(link)
        rows.append(TR(TD(path or "."), TD(title), cell))
    heads = TR(*(TH(name, scope="col") for name in ("folder", "title", "books")))
    return TABLE(CAPTION("Volumes"), THEAD(heads), TBODY(*rows))
