"""`edition sample`."""

import argparse
from dataclasses import asdict
from pathlib import Path

from edition.cli import say

HELP = "Draw lines of each page by lot, to be compared with the printed page at the desk."
EXAMPLE = "edition sample seeds --lines 20 --seed 1956"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("source", nargs="?", type=Path, default=Path("seeds"), help="folder of texts (default: seeds)")
    parser.add_argument("--lines", type=_number, default=20, help="of each page (default: 20)")
    parser.add_argument("--seed", type=_number, default=1, help="another number draws other lines (default: 1)")


def run(options: argparse.Namespace) -> int:
    """`edition sample`; gives the exit code."""
    from edition.decisions import Draw
    from edition.model.accuracy import in_english
    from edition.review.sampling import sample

    rows = list(sample(options.source, Draw(options.seed, options.lines)))
    if options.json:
        say.as_json({"ok": True, "pages": [{**asdict(row), "says": in_english(row.accuracy)} for row in rows]})
        return 0
    for row in rows:
        drawn = "drawn" if row.fresh else f"drawn before (seed {row.draw.seed}, {row.draw.lines} lines)"
        print(f"{row.name}: lines {', '.join(map(str, row.lines))} {drawn}\n  {in_english(row.accuracy)}")
    print(f"compare them with the page: edition review {options.source}")
    return 0


def _number(text: str) -> int:
    if not text.isdigit() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r}: write a number from 1")
    return int(text)
