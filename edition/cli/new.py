"""`edition new`."""

import argparse
from pathlib import Path

from edition.cli import say
from edition.errors import UsageError

HELP = "Make a folder for a new edition, with an edition.toml to fill in."
EXAMPLE = "edition new paper-1956 --title 某某日报"
TEMPLATE = """# What this edition is. Only id and title are required; what is left out stays unknown, nothing is guessed.
# Put the texts beside this file, one for each page of the newspaper, then: edition build {folder}

id = "{id}"                # of the file names; lower-case letters, digits, hyphens
title = "{title}"
modified = {today}T00:00:00Z     # the date the edition states; the same date gives the same bytes
# publisher = "某某图书馆"

# [[page]]                          # one for each text that more is known of
# file = "page1.txt"
# newspaper = "某某日报"
# date = 1956-05-01
# page = "1"                        # 版次
# section = "要闻"                   # 版名
# scan = "scans/page1.jpg"          # or an address (IIIF)

# [release]
# requires = ["一校", "二校", "三校"]  # passes without which `edition release` gives no page out

# [rights.text]
# holder = "某某日报社"
# uri = "https://rightsstatements.org/vocab/UND/1.0/"
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="the folder to make")
    parser.add_argument("--title", default="", help="of the edition (default: the folder's name)")


def run(options: argparse.Namespace) -> int:
    """`edition new`; gives the exit code."""
    from edition import config, files

    path, name = options.folder / config.NAME, options.folder.resolve().name
    if path.exists():
        raise UsageError("an edition is here already", where=str(path), remedy="edit it, or name another folder")
    title = (options.title or name).replace("\\", "\\\\").replace('"', '\\"')
    text = TEMPLATE.format(
        id=config.default(name).id, title=title, folder=options.folder, today=files.clock(None).iso[:10]
    )
    config.parse(text.encode(), str(path))  # it is sound before it is written
    files.write(path, text.encode())
    if options.json:
        say.as_json({"ok": True, "files": [str(path)]})
    else:
        print(path)
    return 0
