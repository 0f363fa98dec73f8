"""What commands say: results to standard output, progress and errors to standard error."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from edition.errors import EditionError
from edition.findings import Finding

if TYPE_CHECKING:
    from edition.why import Answer


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


def answer(told: "Answer") -> None:
    """What was decided on one question, how sure, and on what grounds."""
    sure = [str(told.cert)] if told.cert is not None else []
    by = [f"by {told.by}{' (editor)' if told.editor else ''}"] if told.by else []
    print(": ".join(part for part in (told.answer, ", ".join(sure + by)) if part))
    if told.runner_up:
        second = f", {told.runner_up_cert}" if told.runner_up_cert is not None else ""
        print(f"  second best: {told.runner_up}{second}")
    if told.grounds:
        print("  because (weights in log-odds; +3 is twenty times likelier):")
    for ground in told.grounds:
        print(f"  {ground.weight:+5.1f}  {ground.en or ground.zh}{f'（{ground.seen}）' if ground.seen else ''}")
    if not told.grounds:
        print(f"  {told.note or 'no reasons are kept for this decision'}")


def as_json(value: object) -> None:
    """A value as JSON on standard output."""
    print(json.dumps(value, ensure_ascii=False, indent=1))


def as_line(value: object) -> None:
    """A value as one line of JSON on standard output, at once."""
    print(json.dumps(value, ensure_ascii=False), flush=True)


def failure(options: argparse.Namespace, error: EditionError | str, code: int) -> int:
    """An error that ends the command; gives its exit code."""
    if options.json and sys.stdout:
        as_json({"ok": False, "error": str(error)})
    else:
        print(f"edition: {error}", file=sys.stderr)
    return code
