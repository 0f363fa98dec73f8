"""`edition withhold`."""

import argparse
from pathlib import Path

from edition.cli import say

HELP = "Keep an item out of everything public, or let it in again; the archive's sealed copy stays whole."
EXAMPLE = 'edition withhold "002_2026e5480a0cc509#L30" seeds --reason "家属要求"'


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("id", metavar="ID", help="NAME#L7; NAME# may be left out where one page has it")
    parser.add_argument("source", nargs="?", type=Path, default=Path("seeds"), help="folder of texts (default: seeds)")
    parser.add_argument("--reason", required=True, metavar="TEXT", help="why; it is told in public")
    parser.add_argument("--who", metavar="NAME", help="who decides (default: the name of this account)")
    parser.add_argument("--lift", action="store_true", help="let the item in again")


def run(options: argparse.Namespace) -> int:
    """`edition withhold`; gives the exit code."""
    from edition.history import withhold

    report = say.progress(options)
    act = withhold(options.source, options.id, options.reason, who=options.who, lift=options.lift, report=report)
    if options.json:
        say.as_json(
            {"ok": True, "do": act.do, "file": act.file, "item": act.item, "lines": act.lines, "when": act.when}
        )
        return 0
    done = "may be published again" if act.do == "lift" else "is withheld from now on"
    print(f"{act.file}, {act.item} (lines {act.lines}): {done}")
    print("run `edition build` and `edition deposit` anew; what was given out before is not recalled by this")
    return 0
