"""A volume of generated pages to TEI and EPUB, beside pandoc and calibre on the same text: pages a CPU second, and ratios.

usage: peers.py [PAGES] [RUNS]      (default 100 3)

The peers get all pages in one file, so that their start is paid once; calibre with its heuristics, which join lines.
"""

import statistics
import sys
import tempfile
from pathlib import Path

import bench
import corpus


def main():
    """Print a row for each program."""
    count, runs = (int(sys.argv[at]) if len(sys.argv) > at else usual for at, usual in ((1, 100), (2, 3)))
    texts = corpus.different()
    with tempfile.TemporaryDirectory(prefix="edition-peers-") as holder:
        folder = Path(holder)
        corpus.lay_out(count, texts, folder / "in")
        joined = folder / "all.txt"
        joined.write_bytes(b"\n\n".join(path.read_bytes() for path in sorted((folder / "in").rglob("*.txt"))))
        build = [*bench.EDITION, "build", folder / "in", "--only"]
        commands = {
            "edition, TEI": lambda run: [*build, "tei", "--out", folder / f"t{run}"],
            "edition, TEI and EPUB": lambda run: [*build, "tei,epub", "--out", folder / f"e{run}"],
            "pandoc, EPUB": lambda run: ["pandoc", "-f", "markdown", joined, "-o", folder / "p.epub"],
            "calibre, EPUB with heuristics": lambda run: ["ebook-convert", joined, folder / "c.epub", "--enable-heuristics"],
        }  # fmt: skip
        seconds = {name: [] for name in commands}
        for run in range(runs):  # in turns, so that all meet the same neighbours
            for name, command in commands.items():
                seconds[name].append(bench.measure(command(run))[0])
        ours = statistics.median(seconds["edition, TEI and EPUB"])
        print(f"{count} pages, {joined.stat().st_size / 1e6:.1f} MB, median of {runs}")
        for name, each in seconds.items():
            own = statistics.median(each)
            print(
                f"{name:<32} {own:7.2f} s CPU  {count / own:7.1f} pages/CPU s  {ours / own:5.2f} times ours (TEI and EPUB)"
            )


if __name__ == "__main__":
    main()
