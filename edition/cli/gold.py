"""`edition gold`."""

import argparse
import json
from pathlib import Path

from edition.cli import say

HELP = "Export the pages that an editor has checked as gold for `edition evaluate`."
EXAMPLE = "edition gold seeds --out gold"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("source", nargs="?", type=Path, default=Path("seeds"), help="folder of texts (default: seeds)")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for one JSON file a page")
    parser.add_argument("--all", action="store_true", help="also pages with open questions")


def run(options: argparse.Namespace) -> int:
    """`edition gold`; gives the exit code: 1 if no page was checked."""
    from edition import files
    from edition.review.gold import gold

    rows = list(gold(options.source))
    done = [row for row in rows if options.all or not row.open]
    for row in done:
        target = options.out / Path(row.name).with_suffix(".json")
        files.write(target, (json.dumps(row.structure, ensure_ascii=False, indent=1) + "\n").encode())
    if options.json:
        pages = [{"page": r.name, "open": r.open, "decided": r.decided, "written": r in done} for r in rows]
        say.as_json({"ok": bool(done), "pages": pages})
        return int(not done)
    for row in rows:
        told = str(options.out / Path(row.name).with_suffix(".json")) if row in done else "left out"
        print(f"{told}: {row.name}, {row.decided} decisions, {row.open} questions open")
    if not done:
        print(f"nothing was checked yet → edition review {options.source}")
    return int(not done)
