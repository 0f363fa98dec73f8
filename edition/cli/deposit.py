"""`edition deposit`."""

import argparse
from pathlib import Path

from edition.cli import build, say

HELP = "Make the archive package of an edition: a BagIt bag with TEI, sources, schema, books and metadata."
EXAMPLE = "edition deposit seeds --out dist"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("source", nargs="?", type=Path, default=Path("seeds"), help="folder of texts (default: seeds)")
    parser.add_argument("--out", type=Path, default=Path("dist"), help="folder for the bag (default: dist)")
    help_ = "mets: a METS file with PREMIS for each issue too (default: as edition.toml says)"
    parser.add_argument("--profile", choices=("crate", "mets"), help=help_)
    parser.add_argument("--force", action="store_true", help="make it even if nothing changed")
    parser.add_argument("--verbose", action="store_true", help="print every finding")
    help_ = "the archive's whole copy where items are withheld, as SLUG.sealed.bag; not for the public"
    parser.add_argument("--sealed", action="store_true", help=help_)


def run(options: argparse.Namespace) -> int:
    """`edition deposit`; gives the exit code. Nothing is uploaded."""
    from edition import build as builder

    report = say.progress(options)
    if options.sealed:
        built = builder.seal(options.source, options.out, report=report, profile=options.profile)
    else:
        built = builder.build(
            options.source, options.out, ("bag",), force=options.force, report=report, profile=options.profile
        )
    return build.told(built, options)
