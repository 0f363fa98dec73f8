"""`edition render`."""

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from edition.cli import say
from edition.errors import TeiError, UsageError

HELP = "Make EPUB and PDF from TEI files alone."
PROFILE = Path("/usr/share/color/icc/ghostscript/default_cmyk.icc")  # Debian's libgs-common
EXAMPLE = "edition render dist/tei/*.xml --epub book.epub --pdf book.pdf"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("files", nargs="+", type=Path, metavar="XML")
    parser.add_argument("--epub", type=Path, metavar="FILE")
    parser.add_argument("--pdf", type=Path, metavar="FILE")
    parser.add_argument(
        "--print", dest="press", nargs="?", type=Path, const=PROFILE, metavar="ICC",
        help="the PDF for the press: PDF/X-4, in black ink alone, with the press's CMYK profile",
    )  # fmt: skip
    parser.add_argument("--proof", action="store_true", help="the PDF with the source's line numbers in the margin")
    parser.add_argument("--config", type=Path, metavar="TOML", help="an edition.toml, for [fonts], [epub] and [pdf]")


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
        settings = config.with_css(settings, options.config.parent)
    if (options.press or options.proof) and not options.pdf:
        raise UsageError("--print and --proof are about the PDF", remedy="name it with --pdf FILE")
    settings = replace(settings, pdf=replace(settings.pdf, press=_profile(options.press), proof=options.proof))
    teis = [(str(path), files.read(path)) for path in options.files]
    book = builder.gather(teis)
    schema = files.schema()
    findings = [finding for name, tei in teis for finding in validate_tei(tei, name, schema)]
    if any(finding.severity == "error" for finding in findings):
        for finding in findings:
            print(finding, file=sys.stderr)
        raise TeiError("nothing was rendered: the TEI is not sound", remedy="mend it; `edition validate` says how")
    used = builder.faces(settings, needed=bool(options.pdf))
    for finding in (*used.findings, *builder.doubts(book)):
        print(finding, file=sys.stderr)
    made: dict[Path, bytes] = {}
    if options.epub:
        report("EPUB")
        volumes = builder.epubs(book, settings, used)
        made |= {_named(options.epub, end): data for end, data in volumes.items()}
    if options.pdf:
        report("PDF")
        made |= {_named(options.pdf, end): data for end, data in builder.pdfs(book, settings).files.items()}
    for path, data in made.items():
        files.write(path, data)
    if options.json:
        say.as_json({"ok": True, "files": [str(path) for path in made]})
    else:
        print("\n".join(str(path) for path in made))
    return 0


def _profile(path: Path | None) -> bytes:
    """The ICC profile of a press. Raises UsageError if it is none for CMYK."""
    from edition import files

    if path is None:
        return b""
    if path == PROFILE and not path.is_file():
        raise UsageError(
            "no ICC profile was given, and Debian's is not installed",
            remedy="ask the press for its CMYK profile and name it: --print press.icc; or apt-get install -y libgs-common",
        )
    data = files.read(path)
    if data[16:20] != b"CMYK" or data[36:40] != b"acsp":
        raise UsageError("not an ICC profile for CMYK", where=str(path), remedy="ask the press for the right one")
    return data


def _named(path: Path, end: str) -> Path:
    """The path itself, or with a volume's name in it: `book.epub` and `-1956-05.epub` make `book-1956-05.epub`."""
    volume = end.rpartition(".")[0]
    return path.with_name(f"{path.stem}{volume}{path.suffix}") if volume else path
