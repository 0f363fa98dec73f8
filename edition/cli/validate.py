"""`edition validate`."""

import argparse
from pathlib import Path

from edition.cli import say

HELP = "Check TEI files: schema, rules, and that the source can be rebuilt."
EXAMPLE = "edition validate dist/tei/*.xml"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("files", nargs="+", type=Path, metavar="XML")
    parser.add_argument(
        "--source",
        type=Path,
        metavar="DIR",
        help="folder of the text files, so that a line that differs can be named (default: beside each XML)",
    )


def run(options: argparse.Namespace) -> int:
    """`edition validate`; gives the exit code."""
    from edition import files
    from edition.tei.validate import validate

    schema = files.schema()
    findings = [
        finding
        for path in options.files
        for finding in validate(files.read(path), str(path), schema, _source(path, options.source))
    ]
    failed = any(finding.severity == "error" for finding in findings)
    if options.json:
        say.as_json({"ok": not failed, "files": len(options.files), "findings": [f.as_json() for f in findings]})
    else:
        for finding in findings:
            print(finding)
            print(f"  → {finding.hint}")
        if not findings:
            print(f"{len(options.files)} file(s): valid, and every source can be rebuilt")
    return int(failed)


def _source(xml: Path, folder: Path | None) -> bytes | None:
    """The text file that the page was made from, if it is at hand."""
    path = (folder or xml.parent) / f"{xml.stem}.txt"
    return path.read_bytes() if path.is_file() else None
