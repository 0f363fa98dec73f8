"""The commands: parse, one call, an exit code.

0 done · 1 findings of severity error · 2 wrong usage or unusable input. Results go to standard output, progress and
errors to standard error. Only this folder prints, and only here is every exception caught (`build` does so around
one page). This is the only place that prints; `build` apart, which does so around one page, it is the only one that catches
every exception.
"""

import argparse
import os
import signal
import sys
from collections.abc import Callable, Sequence
from io import TextIOWrapper
from pathlib import Path

from edition import __version__
from edition.cli import commands, say
from edition.errors import EditionError

EXAMPLES = {
    "build": "edition build seeds --out dist",
    "normalise": "edition normalise page1.txt page2.txt --out tei",
    "validate": "edition validate dist/tei/*.xml",
    "restore": "edition restore dist/tei/page1.xml --out page1.txt",
    "render": "edition render dist/tei/*.xml --epub book.epub --pdf book.pdf",
    "explain": "edition explain J-001",
    "why": "edition why dist/tei/page1.xml B18",
    "evaluate": "edition evaluate gold.xml dist/tei/page1.xml",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; gives the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a file name may hold what the terminal cannot show
            stream.reconfigure(errors="backslashreplace")
    options = _parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
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

    def command(name: str, run: Callable[[argparse.Namespace], int], help_: str) -> argparse.ArgumentParser:
        sub = subparsers.add_parser(name, help=help_, description=help_, epilog=f"example: {EXAMPLES[name]}")
        sub.add_argument("--json", action="store_true", help="print the result as JSON")
        sub.set_defaults(run=run, verbose=False)
        return sub

    sub = command("build", commands.build, "Make TEI, EPUB and PDF of the edition in a folder.")
    sub.add_argument("source", nargs="?", type=Path, default=Path("seeds"), help="folder of texts (default: seeds)")
    sub.add_argument("--out", type=Path, default=Path("dist"), help="folder for the results (default: dist)")
    sub.add_argument("--only", type=_kinds, default=("tei", "epub", "pdf"), metavar="KINDS", help="of tei,epub,pdf")
    sub.add_argument("--force", action="store_true", help="build even if nothing changed")
    sub.add_argument("--verbose", action="store_true", help="print every finding")
    sub = command("normalise", commands.normalise, "Make the TEI of single text files.")
    sub.add_argument("files", nargs="+", type=Path, metavar="FILE")
    sub.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the TEI files")
    sub.add_argument("--verbose", action="store_true", help="print every finding")
    sub = command("validate", commands.validate, "Check TEI files: schema, rules, and that the source can be rebuilt.")
    sub.add_argument("files", nargs="+", type=Path, metavar="XML")
    sub = command("restore", commands.restore, "Rebuild the source file of a TEI file, byte for byte.")
    sub.add_argument("file", type=Path, metavar="XML")
    sub.add_argument("--out", type=Path, metavar="FILE", help="where to write it (default: standard output)")
    sub = command("render", commands.render, "Make EPUB and PDF from TEI files alone.")
    sub.add_argument("files", nargs="+", type=Path, metavar="XML")
    sub.add_argument("--epub", type=Path, metavar="FILE")
    sub.add_argument("--pdf", type=Path, metavar="FILE")
    sub.add_argument("--config", type=Path, metavar="TOML", help="an edition.toml, for [fonts] and [pdf]")
    sub = command("explain", commands.explain, "Say what the code of a finding means.")
    sub.add_argument("code", metavar="CODE")
    sub = command("why", commands.why, "Say why the program decided so: at a head, an item, a break or a line.")
    sub.add_argument("file", type=Path, metavar="XML")
    sub.add_argument("id", metavar="ID", help="an xml:id of the file, such as H3, L7, B18, or a line: 18, 18.14")
    sub = command(
        "evaluate", commands.evaluate, "Say how right a structure is: gold against predicted, in the field's metrics."
    )
    sub.add_argument("gold", type=Path, metavar="GOLD", help="TEI or JSON of structure, or a folder of them")
    sub.add_argument("predicted", type=Path, metavar="PREDICTED", help="the same, to be judged")
    sub.add_argument("--plot", type=Path, metavar="SVG", help="write a picture of the calibration")
    return parser


def _kinds(text: str) -> tuple[str, ...]:
    kinds = tuple(part.strip() for part in text.split(","))
    known = ("tei", "epub", "pdf")
    if any(kind not in known for kind in kinds):
        raise argparse.ArgumentTypeError(f"{text!r}: write some of {','.join(known)}")
    return kinds
