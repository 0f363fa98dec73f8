"""`edition restore`."""

import argparse
import sys
from pathlib import Path

from edition.cli import say

HELP = "Rebuild the source file of a TEI file, byte for byte."
EXAMPLE = "edition restore dist/tei/page1.xml --out page1.txt"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("file", type=Path, metavar="XML")
    parser.add_argument("--out", type=Path, metavar="FILE", help="where to write it (default: standard output)")


def run(options: argparse.Namespace) -> int:
    """`edition restore`; gives the exit code."""
    from edition import files
    from edition.tei.parse import parse
    from edition.tei.restore import restore

    restored = restore(parse(files.read(options.file), str(options.file)), str(options.file))
    if options.out:
        files.write(options.out, restored.data)
    elif not options.json:
        sys.stdout.buffer.write(restored.data)
        sys.stdout.buffer.flush()
    if options.json:
        say.as_json(
            {
                "ok": restored.is_faithful,
                "name": restored.name,
                "bytes": len(restored.data),
                "sha256": restored.sha256,
                "withheld": restored.withheld,
            }
        )
    if restored.withheld and not restored.is_faithful:
        print(
            f"edition: {options.file}: this is a public copy, so what was rebuilt of {restored.name} is not whole: lines "
            f"{', '.join(restored.withheld)} are kept back\n  → the archive's copy holds the whole text",
            file=sys.stderr,
        )
    elif not restored.is_faithful:
        print(
            f"edition: {options.file}: the bytes rebuilt do not have the sha256 of {restored.name} in the header\n"
            "  → a character of the source was changed or lost; put changes into <choice>, additions into <supplied>",
            file=sys.stderr,
        )
    return int(not restored.is_faithful)
