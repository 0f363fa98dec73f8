"""`edition diff`."""

import argparse
from dataclasses import asdict
from pathlib import Path

from edition.cli import say

HELP = "Say what an editor changed between two TEI files of one page, in words: reading text and structure."
EXAMPLE = "edition diff dist/tei/page1.xml seeds/page1.xml"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("old", type=Path, metavar="A.xml", help="the file before")
    parser.add_argument("new", type=Path, metavar="B.xml", help="the file after")


def run(options: argparse.Namespace) -> int:
    """`edition diff`; 0 whether something changed or not."""
    from edition import diff, files
    from edition.errors import UsageError
    from edition.tei.parse import parse
    from edition.tei.read import read
    from edition.tei.restore import lines_of

    datas = [files.read(path) for path in (options.old, options.new)]
    old, new = (read(data, str(path)) for data, path in zip(datas, (options.old, options.new)))
    if old.header.source.sha256 != new.header.source.sha256:
        raise UsageError(
            f"the two were not made from one text: {old.header.source.name} and {new.header.source.name} differ",
            where=str(options.new),
            remedy="compare two files of one page, such as dist/tei/NAME.xml and the NAME.xml beside NAME.txt",
        )
    at = [lines_of(parse(data, str(path)), str(path)) for data, path in zip(datas, (options.old, options.new))]
    changes = diff.compare(old, new)
    if options.json:
        rows = [asdict(one) | {"old": at[0].get(one.line), "new": at[1].get(one.line)} for one in changes]
        say.as_json({"ok": True, "same": not changes, "changes": rows})
        return 0
    for one in changes:
        place = f"{options.old.name}:{at[0].get(one.line, 1)} → {options.new.name}:{at[1].get(one.line, 1)}"
        print(f"{one.text}  [{place}]" if one.line else one.text)
    if not changes:
        print("nothing changed but, perhaps, who decided and how sure")
    return 0
