"""A corpus build killed at random moments and continued: the results must be those of a run that nobody disturbed.

usage: kills.py [TIMES]      (default 10; of each kind: a worker, the parent, a Dask worker)
"""

import contextlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from test_batch import HARM, TEXT, children, cluster, corpus, results


def main():
    """Print how many of the continued runs gave the same."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    rnd = random.Random("kills")
    with tempfile.TemporaryDirectory(prefix="edition-kills-") as holder:
        folder = Path(holder)
        source = corpus(folder / "in", volumes=3, pages=6, text=TEXT + "SLOW")
        begun = time.monotonic()
        build(source, folder / "calm").wait()
        lasts, calm = time.monotonic() - begun, results(folder / "calm")
        for victim in ("worker", "parent"):
            same = [trial(source, folder / f"{victim}{n}", victim, rnd.uniform(0.05, 1) * lasts) for n in range(times)]
            report(victim, [results(out) == calm for out in same])
        with cluster(HARM) as (address, workers):
            more = ("--engine", "dask", "--scheduler", address)
            outs = []
            for n in range(times):
                outs.append(folder / f"dask{n}")
                trial(source, outs[-1], workers[n % 2].pid, rnd.uniform(0.05, 1) * lasts, *more)
            report("Dask worker", [results(out) == calm for out in outs])


def report(victim, same):
    """One row."""
    print(f"kill -9 of a {victim}, then continued: {sum(same)} of {len(same)} the same bytes", flush=True)


def trial(source, out, victim, after, *more):
    """Start a build, kill one process after some seconds, wait, start it again; gives the folder of results."""
    parent = build(source, out, *more)
    time.sleep(after)
    whose = {"worker": parent.pid, "parent": None}.get(victim, victim)
    below = children(whose) if whose and parent.poll() is None else [parent.pid]
    for pid in below[:1]:
        with contextlib.suppress(ProcessLookupError):  # it was done already
            os.kill(pid, signal.SIGKILL)
    parent.wait()
    assert build(source, out, *more).wait() == 0
    return out


def build(source, out, *more):
    """A build in the background."""
    command = [sys.executable, "-m", "edition", "build", source, "--out", out, "--only", "tei", *more]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(command, env={**os.environ, **HARM}, **quiet)


if __name__ == "__main__":
    main()
