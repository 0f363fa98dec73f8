"""`edition build` of a corpus: its options, how far it is, and what came of it."""

import argparse
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from edition.cli import say

if TYPE_CHECKING:
    from edition.batch.run import Event


def arguments(parser: argparse._ArgumentGroup) -> None:
    """What a corpus takes besides."""
    parser.add_argument("--engine", choices=("processes", "dask"), default="processes", help="where it is worked on")
    parser.add_argument("--workers", type=int, default=0, metavar="N", help="processes (default: one a processor)")
    parser.add_argument("--scheduler", metavar="ADDRESS", help="of a running Dask scheduler: tcp://host:8786")
    parser.add_argument("--time-limit", type=int, default=60, metavar="SECONDS", help="of one page (default: 60)")
    parser.add_argument("--memory-limit", type=int, default=2048, metavar="MIB", help="of one process (default: 2048)")


def run(options: argparse.Namespace) -> int:
    """Build a corpus; gives the exit code."""
    from edition.batch.run import Settings, run
    from edition.batch.tasks import Limits
    from edition.errors import UsageError

    if (options.engine == "dask") != bool(options.scheduler):
        raise UsageError("--engine dask and --scheduler ADDRESS go together", remedy="name both, or neither")
    limits = Limits(options.time_limit, options.memory_limit)
    settings = Settings(options.source, options.out, options.only, limits, options.workers, options.scheduler)
    figures = run(settings, _teller(options))
    failed = figures.failed + figures.lost + figures.failed_volumes
    if options.json:
        say.as_line({"event": "done", "ok": not failed, "out": str(options.out), **figures.as_json()})
        return int(bool(failed))
    if sys.stderr.isatty():
        print(file=sys.stderr)
    print(options.out / "index.html")
    print(
        f"{figures.volumes:,} volumes, {figures.pages:,} pages ({figures.same:,} unchanged), {figures.items:,} items "
        f"in {figures.seconds:,.0f} s",
        file=sys.stderr,
    )
    if failed:
        print(
            f"edition: {figures.failed} pages failed, {figures.lost} are in quarantine, {figures.failed_volumes} volumes "
            f"could not be built\n  → {options.out / 'quarantine.jsonl'} says why",
            file=sys.stderr,
        )
    return int(bool(failed))


def _teller(options: argparse.Namespace) -> Callable[["Event"], None]:
    """A bar on a terminal, a line of JSON for machines, nothing in a pipe."""

    def as_json(event: "Event") -> None:
        say.as_line(
            {
                "event": "progress", "pages": event.pages, "of": event.of, "volumes": event.volumes,
                "failed": event.failed, "rate": round(event.rate, 2), "left": round(event.left),
            }
        )  # fmt: skip

    def bar(event: "Event") -> None:
        width = 24 * event.pages // max(1, event.of)
        print(
            f"\r\033[K  [{'━' * width:<24}] {event.pages:,}/{event.of:,} pages  {event.rate:,.1f}/s  "
            f"{_time(event.left)} left  {event.failed:,} failed",
            end="", file=sys.stderr, flush=True,
        )  # fmt: skip

    if options.json:
        return as_json
    return bar if sys.stderr.isatty() else lambda event: None


def _time(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}"
