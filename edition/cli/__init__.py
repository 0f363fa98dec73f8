"""The commands: parse, one call, an exit code.

One file a command: `HELP`, an `EXAMPLE`, `arguments` (what it takes) and `run` (one call, the result said, an exit
code), named in `COMMANDS` here. Engines are imported inside `run`, so that `--help` is quick.

0 done · 1 findings of severity error · 2 wrong usage or unusable input. Results go to standard output, progress and
errors to standard error. Only this folder prints; only here, and in `build` around one page, is every exception caught.
"""

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path

from edition import __version__, files
from edition.cli import (
    adopt,
    build,
    cite,
    deposit,
    diff,
    evaluate,
    explain,
    gold,
    new,
    normalise,
    release,
    render,
    restore,
    review,
    sample,
    say,
    validate,
    verify,
    why,
    withhold,
)
from edition.errors import EditionError

COMMANDS = {
    "new": new,
    "build": build,
    "normalise": normalise,
    "validate": validate,
    "restore": restore,
    "render": render,
    "deposit": deposit,
    "verify": verify,
    "review": review,
    "sample": sample,
    "release": release,
    "cite": cite,
    "withhold": withhold,
    "adopt": adopt,
    "diff": diff,
    "gold": gold,
    "evaluate": evaluate,
    "explain": explain,
    "why": why,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; gives the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a file name may hold what the terminal cannot show
            stream.reconfigure(errors="backslashreplace")
    options = _parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, _stop)
    files.collect_seldom()
    try:
        code = int(options.run(options))
        if sys.stdout:
            sys.stdout.flush()
        return code
    except EditionError as error:
        return say.failure(options, str(error), error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # so that closing it says nothing more
        return 2
    except OSError as error:
        if sys.stdout:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return say.failure(options, f"cannot write the result: {error}", 2)
    except KeyboardInterrupt:
        return say.failure(options, "stopped; files already written are whole, the rest is not there", 130)
    except MemoryError:
        return say.failure(options, "out of memory: build fewer pages at a time", 2)
    except Exception as error:  # the last resort: a defect, said plainly
        where = _innermost(error)
        return say.failure(
            options, f"a defect of the program: {type(error).__name__}: {error} (in {where})\n  → please report it", 1
        )


def _stop(*_: object) -> None:
    """SIGTERM stops as Ctrl-C does, also in the background, where SIGINT itself is ignored."""
    raise KeyboardInterrupt


def _innermost(error: Exception) -> str:
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "?"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="edition", description="OCR text of Chinese newspaper pages to TEI, EPUB and PDF."
    )
    parser.add_argument("--version", action="version", version=f"edition {__version__}")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, command in COMMANDS.items():
        epilog = f"example: {command.EXAMPLE}"
        sub = subparsers.add_parser(name, help=command.HELP, description=command.HELP, epilog=epilog)
        sub.add_argument("--json", action="store_true", help="print the result as JSON")
        sub.set_defaults(run=command.run, verbose=False)
        command.arguments(sub)
    return parser
