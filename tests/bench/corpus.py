"""A corpus of generated pages through `edition build --only tei`: pages a CPU second and the parent's memory as it grows.

usage: corpus.py [short] [PAGES …]      (default 1000 10000)

The pages are typeset in all styles from the texts of the test part, 200 different ones; a corpus repeats them under
different names, a hundred to a volume. With `short` they are the 200 shortest of 1,000. CPU seconds are those of all
processes; memory is the peak of the parent alone.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pages

A_VOLUME = 100
DIFFERENT = 200


def main():
    """Build each corpus once, and print a row for it."""
    short = sys.argv[1:2] == ["short"]
    sizes = [int(size) for size in sys.argv[1 + short :]] or [1000, 10_000]
    texts = sorted(different(5 * DIFFERENT), key=len)[:DIFFERENT] if short else different()
    print(f"{'pages':>9} {'MB of text':>11} {'CPU s':>9} {'pages/CPU s':>12} {'parent MiB':>11} {'failed':>7}")
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="edition-corpus-") as holder:
            row(size, texts, Path(holder))


def different(count=DIFFERENT):
    """So many pages, of every typeset style in turns."""
    per_style = -(-count // len(pages.TYPESET))
    by_style = [list(pages.of(style, per_style, "test")) for style in pages.TYPESET]
    return [page.text.encode() for turn in zip(*by_style) for page in turn][:count]


def row(size, texts, folder):
    """Lay out a corpus, build it, print its figures."""
    lay_out(size, texts, folder / "in")
    command = [sys.executable, "-m", "edition", "build", folder / "in", "--out", folder / "out", "--only", "tei"]
    before = os.times()
    parent = subprocess.Popen(["/usr/bin/env", *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    most = 0
    while parent.poll() is None:
        most = max(most, peak(parent.pid))
        try:
            parent.wait(0.5)
        except subprocess.TimeoutExpired:
            continue
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    report = json.loads((folder / "out" / "report.json").read_bytes())
    wrong = report["failed"] + report["quarantined"]
    megabytes = report["text_bytes"] / 1e6
    print(f"{size:>9,} {megabytes:>11.1f} {cpu:>9.1f} {size / cpu:>12.1f} {most:>11.0f} {wrong:>7}", flush=True)
    shutil.rmtree(folder / "out")


def lay_out(size, texts, folder):
    """Volumes of a hundred pages."""
    for number in range(size):
        volume = folder / f"{number // (A_VOLUME * 100):03}" / f"{number // A_VOLUME:05}"
        if number % A_VOLUME == 0:
            volume.mkdir(parents=True)
            toml = (
                f'id = "v{number // A_VOLUME}"\ntitle = "第{number // A_VOLUME}辑"\nmodified = 2026-11-21T00:00:00Z\n'
            )
            (volume / "edition.toml").write_text(toml)
        (volume / f"{number % A_VOLUME:03}.txt").write_bytes(texts[number % len(texts)])


def peak(pid):
    """MiB of memory that a process had at most so far (Linux)."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0)


if __name__ == "__main__":
    main()
