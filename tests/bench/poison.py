"""One page in a thousand that crashes, hangs or fills memory: 999 are built, one is in quarantine, on both engines.

usage: poison.py [PAGES]      (default 1000)
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from test_batch import HARM, cluster, corpus

A_VOLUME = 20
KINDS = ("CRASH", "HANG", "MEMORY")
LIMITS = ("--time-limit", "10", "--memory-limit", "600")


def main():
    """A row for each kind and engine."""
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory(prefix="edition-poison-") as holder, cluster(HARM) as (address, _):
        source = corpus(Path(holder) / "in", volumes=pages // A_VOLUME, pages=A_VOLUME)
        for engine in ((), ("--engine", "dask", "--scheduler", address)):
            for kind in KINDS:
                row(source, Path(holder) / "out", kind, engine)


def row(source, out, kind, engine):
    """Put the poison into one page, build, say what became of the others, and take it out again."""
    page = source / "1956" / "05-07" / "5.txt"
    innocent = page.read_text()
    page.write_text(innocent + f"POISON-{kind}")
    command = [sys.executable, "-m", "edition", "build", source, "--out", out, "--only", "tei", *LIMITS, *engine]
    code = subprocess.run(command, env={**os.environ, **HARM}, capture_output=True, check=False).returncode
    page.write_text(innocent)
    told = [json.loads(line) for line in (out / "quarantine.jsonl").read_text().splitlines()]
    built = sum(1 for _ in out.glob("1956/*/tei/*.xml"))
    reasons = "; ".join(entry["message"] for entry in told)
    print(f"{'Dask' if engine else 'processes'}, {kind.lower()}: {built} built, {len(told)} in quarantine, exit code {code}: {reasons}", flush=True)  # fmt: skip
    shutil.rmtree(out)


if __name__ == "__main__":
    main()
