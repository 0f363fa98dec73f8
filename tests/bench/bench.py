"""The measurements: CPU seconds and peak memory of whole processes, median of several runs, beside a peer each.

Absolute times mean little on a shared machine; the peers ran between ours, on the same files. Run by `make bench`.
Cold means a program that has been started before, as an installed one has: its bytecode lies beside it. Warm means that
everything is loaded, but that no text was met before.

    normalise, cold      one page to TEI            beside jieba loading its dictionary the usual way
    inference, warm      MB of raw text a second    beside the 15-line rule on the same pages
    normalise, warm      the same, with everything
    conversion           one page                   beside calibre's ebook-convert with heuristics
    build                five pages, TEI EPUB PDF   beside pandoc making an EPUB of the same files
    build, unchanged     nothing to do
    build, 500 pages     TEI only                   (no peer does this)
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import pages as pages_of

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"
RUNS = 5
EDITION = [sys.executable, "-m", "edition"]


def measure(command):
    """(CPU seconds, peak MiB) of one process and its children."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=kept)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"failed: {' '.join(map(str, command))}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def row(name, make, runs=RUNS):
    """Print the medians of a command that `make` gives for each run."""
    figures = [measure(make(run)) for run in range(runs)]
    seconds, memory = (sorted(column) for column in zip(*figures))
    print(
        f"{name:<44} {statistics.median(seconds):7.2f} s CPU  (min {seconds[0]:.2f}, max {seconds[-1]:.2f})"
        f"  {statistics.median(memory):6.0f} MiB  n={runs}",
        flush=True,
    )


WARM = """
import sys, time
sys.path.insert(0, {here!r})
import structure
from edition import build, files, words
from edition.config import PageConfig, default
from edition.infer import cues, forms, signatures
from edition.infer.structure import infer
from edition.names import spans
from edition.readers.plain import read
files.collect_seldom()
pages = [open(name, "rb").read() for name in sys.argv[2:]]
dictionary = words.load()
kinds = {{
    "inference": lambda data: infer(read(data, "page.txt")[0], dictionary, "program"),
    "normalise": lambda data: build.normalise(data, "page.txt", PageConfig("page.txt", order=1), default("b"), structure.CLOCK, dictionary),
    "rule": lambda data: structure.rule(data.decode("utf-8", "replace")),
}}
def run(data):
    for known in (forms.special_form, signatures.signature, cues.signs, spans._told):
        known.cache_clear()
    kinds[sys.argv[1]](data)
for data in pages[:5]:
    run(data)
start = time.process_time()
for data in pages:
    run(data)
print(sum(map(len, pages)) / (time.process_time() - start) / 1e6)
"""


def warm(name, kind, files, runs=RUNS):
    """Print MB of raw text a CPU second, once everything is loaded, and the peak memory of the process."""
    speeds, memory = [], []
    for _ in range(runs):
        command = [sys.executable, "-c", WARM.format(here=str(Path(__file__).parent)), kind, *files]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        speeds.append(float(process.stdout.read()))
        _, _, usage = os.wait4(process.pid, 0)
        memory.append(usage.ru_maxrss / 1024)
    print(
        f"{name:<44} {statistics.median(speeds):7.2f} MB/s CPU  (min {min(speeds):.2f}, max {max(speeds):.2f})"
        f"  {statistics.median(memory):6.0f} MiB  n={runs}",
        flush=True,
    )


def main():
    work = Path(tempfile.mkdtemp())
    pages = sorted(SEEDS.glob("*.txt"))
    jieba = "import jieba, sys; list(jieba.cut(open(sys.argv[1]).read()))"
    row("edition normalise, one page, cold", lambda run: [*EDITION, "normalise", pages[0], "--out", work / "n"])
    row("  peer: jieba loads and segments that page", lambda run: [sys.executable, "-c", jieba, pages[0]])
    typeset = work / "typeset"
    typeset.mkdir()
    for style in pages_of.TYPESET:
        for number, page in enumerate(pages_of.of(style, 10, "test")):
            (typeset / f"{style}-{number}.txt").write_text(page.text, encoding="utf-8")
    for label, files in (("5 sample pages", [*pages] * 8), ("110 typeset pages", sorted(typeset.iterdir()))):
        for kind, who in (
            ("inference", "edition infer"),
            ("normalise", "edition normalise"),
            ("rule", "  peer: 15-line rule"),
        ):
            warm(f"{who}, warm, {label}", kind, files, 3)
    row("edition normalise, 5 pages", lambda run: [*EDITION, "normalise", *pages, "--out", work / f"n{run}"])
    if shutil.which("ebook-convert"):
        row(
            "  peer: ebook-convert --enable-heuristics, one",
            lambda run: ["ebook-convert", pages[0], work / "c.epub", "--enable-heuristics"],
        )
    else:
        print("  peer: calibre is not installed")
    row("edition build, 5 pages, TEI+EPUB+PDF", lambda run: [*EDITION, "build", SEEDS, "--out", work / f"b{run}"])
    row(
        "edition build, 5 pages, TEI",
        lambda run: [*EDITION, "build", SEEDS, "--only", "tei", "--out", work / f"t{run}"],
    )
    row(
        "edition build, 5 pages, TEI+EPUB",
        lambda run: [*EDITION, "build", SEEDS, "--only", "tei,epub", "--out", work / f"e{run}"],
    )
    if shutil.which("pandoc"):
        row(
            "  peer: pandoc, the same files to EPUB",
            lambda run: ["pandoc", "-f", "markdown", *pages, "-o", work / "p.epub"],
        )
    else:
        print("  peer: pandoc is not installed")
    row("edition build, 5 pages, unchanged", lambda run: [*EDITION, "build", SEEDS, "--out", work / "b0"])
    many = work / "many"
    many.mkdir()
    (many / "edition.toml").write_text('id = "many"\ntitle = "many"\nmodified = 2026-11-21T00:00:00Z\n')
    for number in range(500):
        shutil.copy(pages[number % 5], many / f"{number:04d}.txt")
    row(
        "edition build, 500 pages, TEI",
        lambda run: [*EDITION, "build", many, "--only", "tei", "--out", work / f"m{run}"],
        3,
    )
    shutil.rmtree(work)


if __name__ == "__main__":
    main()
