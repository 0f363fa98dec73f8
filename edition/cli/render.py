"""`edition render`."""

import argparse
import sys
from pathlib import Path

from edition.cli import say
from edition.errors import TeiError, UsageError

HELP = "Make EPUB and PDF from TEI files alone."
EXAMPLE = "edition render dist/tei/*.xml --epub book.epub --pdf book.pdf"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("files", nargs="+", type=Path, metavar="XML")
    parser.add_argument("--epub", type=Path, metavar="FILE")
    parser.add_argument("--pdf", type=Path, metavar="FILE")
    parser.add_argument("--config", type=Path, metavar="TOML", help="an edition.toml, for [fonts] and [pdf]")


def run(options: argparse.Namespace) -> int:
    """`edition render`; gives the exit code."""
    from edition import build as builder
    from edition import config, files
    from edition.tei.validate import validate as validate_tei

    if not options.epub and not options.pdf:
        raise UsageError("nothing to make", remedy="name an output with --epub FILE, --pdf FILE or both")
    report = say.progress(options)
    settings = config.default("")
    if options.config:
        settings = config.parse(files.read(options.config), str(options.config))
    teis = [(str(path), files.read(path)) for path in options.files]
    book = builder.gather(teis)
    schema = files.schema()
    findings = [finding for name, tei in teis for finding in validate_tei(tei, name, schema)]
    if any(finding.severity == "error" for finding in findings):
        for finding in findings:
            print(finding, file=sys.stderr)
        raise TeiError("nothing was rendered: the TEI is not sound", remedy="mend it; `edition validate` says how")
    used = builder.faces(settings)
    made = {}
    if options.epub:
        report("EPUB")
        made[options.epub] = builder.epub(book, used)
    if options.pdf:
        report("PDF")
        made[options.pdf] = builder.pdf(book, settings)
    for path, data in made.items():
        files.write(path, data)
    if options.json:
        say.as_json({"ok": True, "files": [str(path) for path in made]})
    else:
        print("\n".join(str(path) for path in made))
    return 0
