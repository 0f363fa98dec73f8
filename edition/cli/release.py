"""`edition release`."""

import argparse
from pathlib import Path

from edition.cli import say

HELP = "Give the edition out under a number: freeze its TEI and configuration, with errata against the release before."
EXAMPLE = "edition release 1.1 seeds"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("version", metavar="VERSION", help="a new number, such as 1.0 or 1.1")
    parser.add_argument("source", nargs="?", type=Path, default=Path("seeds"), help="folder of texts (default: seeds)")
    parser.add_argument("--verbose", action="store_true", help="print every finding")


def run(options: argparse.Namespace) -> int:
    """`edition release`; gives the exit code."""
    from edition.history import release

    told = release(options.source, options.version, report=say.progress(options))
    if options.json:
        errata = [
            {"file": file, "line": e.line, "item": e.item, "before": e.before, "now": e.after}
            for file, found in told.errata.items()
            for e in found
        ]
        given = told.given
        say.as_json(
            {"ok": True, "version": given.version, "date": given.date, "replaces": given.replaces, "errata": errata}
        )
        return 0
    before = f", in place of {told.given.replaces}" if told.given.replaces else ""
    print(
        f"release {told.given.version} of {told.given.date}{before}: {len(told.given.pages)} page(s) frozen in {told.folder}"
    )
    for file, found in told.errata.items():
        for e in found:
            print(f"  {file}:{e.line}: {e.before or '（无）'} → {e.after or '（无）'}")
    print("now `edition build` writes it into TEI, EPUB and PDF, and `edition deposit` into the bag")
    return 0
