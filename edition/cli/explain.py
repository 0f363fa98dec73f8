"""`edition explain`."""

import argparse

from edition.cli import say
from edition.errors import UsageError
from edition.findings import CATALOGUE

HELP = "Say what the code of a finding means."
EXAMPLE = "edition explain J-001"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("code", metavar="CODE")


def run(options: argparse.Namespace) -> int:
    """`edition explain`; gives the exit code."""
    entry = CATALOGUE.get(options.code.upper())
    if entry is None:
        raise UsageError(
            f"no finding has the code {options.code!r}", remedy=f"the codes are: {', '.join(sorted(CATALOGUE))}"
        )
    if options.json:
        say.as_json(
            {"code": options.code.upper(), "severity": entry.severity, "title": entry.title, "hint": entry.hint}
        )
    else:
        print(f"{options.code.upper()} ({entry.severity}): {entry.title}\n  → {entry.hint}")
    return 0
