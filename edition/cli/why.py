"""`edition why`."""

import argparse
from dataclasses import asdict
from pathlib import Path

from edition.cli import say

HELP = "Say why the program decided so: at a head, an item, a break or a line."
EXAMPLE = "edition why dist/tei/page1.xml B18"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("file", type=Path, metavar="XML")
    parser.add_argument("id", metavar="ID", help="an xml:id of the file, such as H3, L7, B18, or a line: 18, 18.14")


def run(options: argparse.Namespace) -> int:
    """`edition why`; gives the exit code."""
    from edition import files
    from edition.tei.read import read
    from edition.why import why as ask

    told = ask(read(files.read(options.file), str(options.file)), options.id, str(options.file))
    if options.json:
        say.as_json(asdict(told))
    else:
        print(f"{told.id}  {told.shows}")
        for answer in told.answers:
            say.answer(answer)
    return 0
