"""`edition cite`."""

import argparse
from pathlib import Path

from edition.cli import say

HELP = "Print the citation of an item or a line: GB/T 7714-2015 and BibTeX."
EXAMPLE = 'edition cite "002_2026e5480a0cc509#L7" seeds'


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument(
        "id",
        metavar="ID",
        help="NAME#L7 an item, NAME#L7:12 a line in it, NAME#:12 a line; NAME# may be left out where one page has it",
    )
    parser.add_argument("source", nargs="?", type=Path, default=Path("seeds"), help="folder of texts (default: seeds)")


def run(options: argparse.Namespace) -> int:
    """`edition cite`; gives the exit code."""
    from edition.history import cite

    told = cite(options.source, options.id, report=say.progress(options))
    if options.json:
        say.as_json({"ok": True, "id": told.id, "gbt7714": told.gbt7714, "bibtex": told.bibtex})
    else:
        print(f"{told.gbt7714}\n\n{told.bibtex}")
    return 0
