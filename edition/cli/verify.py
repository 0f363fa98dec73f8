"""`edition verify`."""

import argparse
from pathlib import Path

from edition.cli import say

HELP = "Check a deposit: files lost, added or changed, and each source against its TEI."
EXAMPLE = "edition verify dist/wuxi-gonghui.bag"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("bag", type=Path, metavar="BAG", help="the folder of a bag")


def run(options: argparse.Namespace) -> int:
    """`edition verify`; gives the exit code."""
    from edition.verify import verify

    told = verify(options.bag)
    failed = any(finding.severity == "error" for finding in told.findings)
    if options.json:
        say.as_json(
            {
                "ok": not failed,
                "bag": str(options.bag),
                "files": told.files,
                "bytes": told.size,
                "digests": told.algorithms,
                "sources_rebuilt": told.pages,
                "findings": [finding.as_json() for finding in told.findings],
            }
        )
        return int(failed)
    for finding in told.findings:
        print(finding)
        print(f"  → {finding.as_json()['hint']}")
    if not failed:
        print(
            f"{options.bag}: whole: {told.files} files, {told.size} bytes, {' and '.join(told.algorithms)} agree; "
            f"{told.pages} source(s) rebuilt from the TEI"
        )
    return int(failed)
