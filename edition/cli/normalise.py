"""`edition normalise`."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from edition.cli import say
from edition.errors import EditionError, UsageError
from edition.findings import Finding

if TYPE_CHECKING:
    from edition.config import PageConfig

HELP = "Make the TEI of single text files."
EXAMPLE = "edition normalise page1.txt page2.txt --out tei"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the TEI files")
    parser.add_argument("--verbose", action="store_true", help="print every finding")


def run(options: argparse.Namespace) -> int:
    """`edition normalise`; gives the exit code."""
    from edition import build as builder
    from edition import decisions, files, words

    targets = _targets(options.files, options.out)
    dictionary, report = words.load(), say.progress(options)
    folders: dict[Path, dict[str, PageConfig]] = {}
    findings: list[Finding] = []
    done: list[str] = []
    failed: list[EditionError] = []
    for number, (source, target) in enumerate(targets.items(), 1):
        report(f"[{number}/{len(targets)}] {source}")
        try:
            config = builder.load(source.parent)
            if source.parent not in folders:
                together = [each.name for each in targets if each.parent == source.parent]
                folders[source.parent] = builder.pages_of(source.parent, together, config)
            clock = files.clock(config.modified)
            decided = builder.decisions_of(source, str(source.with_suffix(decisions.SUFFIX)))
            page = replace(folders[source.parent][source.name], decisions=decided)
            result = builder.normalise(files.read(source), source.name, page, config, clock, dictionary)
            files.write(target, result.tei)
        except EditionError as error:
            failed.append(error)
            continue
        findings += result.findings
        done.append(str(target))
    if options.json:
        say.as_json(
            {
                "ok": not failed,
                "files": done,
                "findings": [f.as_json() for f in findings],
                "errors": [str(e) for e in failed],
            }
        )
    else:
        for name in done:
            print(name)
        say.summary(findings, options, "use --verbose to see them")
        for each in failed:
            print(f"edition: {each}", file=sys.stderr)
    return max((each.exit_code for each in failed), default=0)


def _targets(sources: Sequence[Path], out: Path) -> dict[Path, Path]:
    """Where each file goes; two files with one stem are refused before anything is written."""
    targets: dict[Path, Path] = {}
    for source in sources:
        target = out / f"{source.stem}.xml"
        if target in targets.values():
            raise UsageError(
                f"two inputs would both be written to {target}",
                where=str(source),
                remedy="rename one, or use two folders",
            )
        if target.with_suffix(".txt").exists() and out.resolve() == source.parent.resolve():
            raise UsageError(
                f"{target.name} beside {source.name} would count as a correction by hand",
                where=str(out), remedy="choose another folder with --out",
            )  # fmt: skip
        targets[source] = target
    return targets
