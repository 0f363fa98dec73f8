"""What commands say: results to standard output, progress and errors to standard error."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence

from edition.errors import EditionError
from edition.findings import Finding


def progress(options: argparse.Namespace) -> Callable[[str], None]:
    """A function that shows a line of progress, on a terminal only."""
    show = sys.stderr.isatty() and not options.json

    def report(line: str) -> None:
        if show:
            print(f"  {line}", file=sys.stderr)

    return report


def summary(
    findings: Sequence[Finding], options: argparse.Namespace, where: str = "in findings.json, or with --verbose"
) -> None:
    """Errors (or, with --verbose, all findings), then how many of each kind there are."""
    for finding in findings:
        if finding.severity == "error" or options.verbose:
            print(finding, file=sys.stderr)
    counts = {kind: sum(f.severity == kind for f in findings) for kind in ("error", "warning", "info")}
    told = ", ".join(f"{number} {kind}" for kind, number in counts.items() if number)
    if told and not options.verbose:
        print(f"findings: {told} ({where})", file=sys.stderr)


def as_json(value: object) -> None:
    """A value as JSON on standard output."""
    print(json.dumps(value, ensure_ascii=False, indent=1))


def failure(options: argparse.Namespace, error: EditionError | str, code: int) -> int:
    """An error that ends the command; gives its exit code."""
    if options.json and sys.stdout:
        as_json({"ok": False, "error": str(error)})
    else:
        print(f"edition: {error}", file=sys.stderr)
    return code
