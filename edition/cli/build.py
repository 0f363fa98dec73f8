"""`edition build`."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from edition.cli import corpus, say

if TYPE_CHECKING:
    from edition.build import Built

HELP = "Make TEI, EPUB and PDF of the edition in a folder, and more on request; or of all editions under it."
EXAMPLE = "edition build seeds --out dist"
KINDS = ("tei", "epub", "pdf", "text", "jsonl", "bag")
USUAL = ("tei", "epub", "pdf")


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument(
        "source", nargs="?", default="seeds",
        help="folder of texts (default: seeds); or a corpus: a folder of editions, or any address such as zip://…",
    )  # fmt: skip
    parser.add_argument("--out", type=Path, default=Path("dist"), help="folder for the results (default: dist)")
    parser.add_argument(
        "--only", type=_kinds, default=USUAL, metavar="KINDS", help=f"of {','.join(KINDS)} (default: {','.join(USUAL)})"
    )
    parser.add_argument("--force", action="store_true", help="build even if nothing changed")
    parser.add_argument("--verbose", action="store_true", help="print every finding")
    corpus.arguments(parser.add_argument_group("for a corpus"))


def run(options: argparse.Namespace) -> int:
    """`edition build`; gives the exit code."""
    from edition import build as builder
    from edition.batch.corpus import is_corpus

    if options.scheduler or is_corpus(options.source):
        return corpus.run(options)
    built = builder.build(
        Path(options.source),
        options.out,
        options.only,
        force=options.force,
        report=say.progress(options),
    )
    return told(built, options)


def told(built: "Built", options: argparse.Namespace) -> int:
    """Say what a build did; gives the exit code."""
    failed = any(finding.severity == "error" for finding in built.findings)
    if options.json:
        rows = [finding.as_json() for finding in built.findings]
        say.as_json(
            {
                "ok": not failed,
                "out": str(built.out),
                "up_to_date": built.up_to_date,
                "files": built.files,
                "findings": rows,
            }
        )
        return int(failed)
    if built.up_to_date:
        print(f"{built.out}: up to date")
    for name in [] if built.up_to_date else built.files:
        print(built.out / name)
    say.summary(built.findings, options)
    return int(failed)


def _kinds(text: str) -> tuple[str, ...]:
    kinds = tuple(part.strip() for part in text.split(","))
    if any(kind not in KINDS for kind in kinds):
        raise argparse.ArgumentTypeError(f"{text!r}: write some of {','.join(KINDS)}")
    return kinds
