"""The commands: parse, one call, an exit code.

0 done · 1 findings of severity error · 2 wrong usage or unusable input. Results go to standard output, progress and
errors to standard error. This is the only place that prints; `build` apart, which does so around one page, it is the only one that catches
every exception.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from io import TextIOWrapper
from pathlib import Path

from edition import __version__
from edition.errors import EditionError, UsageError
from edition.findings import CATALOGUE, Finding

EXAMPLES = {
    "build": "edition build seeds --out dist",
    "normalise": "edition normalise page1.txt page2.txt --out tei",
    "validate": "edition validate dist/tei/*.xml",
    "restore": "edition restore dist/tei/page1.xml --out page1.txt",
    "render": "edition render dist/tei/*.xml --epub book.epub --pdf book.pdf",
    "explain": "edition explain J-001",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; gives the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a file name may hold what the terminal cannot show
            stream.reconfigure(errors="backslashreplace")
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except EditionError as error:
        return _fail(options, str(error), error.exit_code)
    except BrokenPipeError:
        sys.stderr.close()
        return 2
    except KeyboardInterrupt:
        return _fail(options, "stopped; nothing half-written is left", 130)
    except MemoryError:
        return _fail(options, "out of memory: build fewer pages at a time", 2)
    except Exception as error:  # the last resort: a defect, said plainly
        where = _innermost(error)
        return _fail(
            options, f"a defect of the program: {type(error).__name__}: {error} (in {where})\n  → please report it", 1
        )


def _innermost(error: Exception) -> str:
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "?"


def _fail(options: argparse.Namespace, message: str, code: int) -> int:
    if options.json:
        print(json.dumps({"ok": False, "error": message}, ensure_ascii=False))
    else:
        print(f"edition: {message}", file=sys.stderr)
    return code


# ---- commands


def _build(options: argparse.Namespace) -> int:
    from edition import build

    built = build.build(options.source, options.out, options.only, force=options.force, report=_progress(options))
    failed = any(finding.severity == "error" for finding in built.findings)
    if options.json:
        rows = [finding.as_json() for finding in built.findings]
        _json(
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
    _summary(built.findings, options)
    return int(failed)


def _normalise(options: argparse.Namespace) -> int:
    from edition import build, files, words
    from edition.config import PageConfig

    targets = _targets(options.files, options.out)
    dictionary, report = words.load(), _progress(options)
    findings: list[Finding] = []
    done: list[str] = []
    failed: list[EditionError] = []
    for number, (source, target) in enumerate(targets.items(), 1):
        report(f"[{number}/{len(targets)}] {source}")
        try:
            config = build.load(source.parent)
            found = [(p, n) for n, p in enumerate(config.pages, 1) if p.file == source.name]
            page, place = found[0] if found else (PageConfig(source.name), number)
            page = replace(page, order=page.order or place)
            clock = files.clock(config.modified)
            result = build.normalise(files.read(source), source.name, page, config, clock, dictionary)
            files.write(target, result.tei)
        except EditionError as error:
            failed.append(error)
            continue
        findings += result.findings
        done.append(str(target))
    if options.json:
        _json(
            {
                "ok": not failed,
                "files": done,
                "findings": [f.as_json() for f in findings],
                "errors": [str(e) for e in failed],
            }
        )
    else:
        print("\n".join(done))
        _summary(findings, options)
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
        targets[source] = target
    return targets


def _validate(options: argparse.Namespace) -> int:
    from edition import files
    from edition.tei.validate import validate

    schema = files.schema()
    findings = [finding for path in options.files for finding in validate(files.read(path), str(path), schema)]
    failed = any(finding.severity == "error" for finding in findings)
    if options.json:
        _json({"ok": not failed, "files": len(options.files), "findings": [f.as_json() for f in findings]})
    else:
        for finding in findings:
            print(finding)
            print(f"  → {finding.as_json()['hint']}")
        if not findings:
            print(f"{len(options.files)} file(s): valid, and every source can be rebuilt")
    return int(failed)


def _restore(options: argparse.Namespace) -> int:
    from edition import files
    from edition.tei.parse import parse
    from edition.tei.restore import restore

    restored = restore(parse(files.read(options.file), str(options.file)), str(options.file))
    if options.out:
        files.write(options.out, restored.data)
    elif not options.json:
        sys.stdout.buffer.write(restored.data)
        sys.stdout.buffer.flush()
    if options.json:
        _json(
            {"ok": restored.is_faithful, "name": restored.name, "bytes": len(restored.data), "sha256": restored.sha256}
        )
    if not restored.is_faithful:
        print(
            f"edition: {options.file}: the bytes rebuilt do not have the sha256 of {restored.name} in the header\n"
            "  → a character of the source was changed or lost; put changes into <choice>, additions into <supplied>",
            file=sys.stderr,
        )
    return int(not restored.is_faithful)


def _render(options: argparse.Namespace) -> int:
    from edition import build, config, files

    if not options.epub and not options.pdf:
        raise UsageError("nothing to make", remedy="name an output with --epub FILE, --pdf FILE or both")
    report = _progress(options)
    settings = config.default("")
    if options.config:
        settings = config.parse(files.read(options.config), str(options.config))
    book = build.gather((str(path), files.read(path)) for path in options.files)
    used = build.faces(settings)
    made = {}
    if options.epub:
        report("EPUB")
        made[options.epub] = build.epub(book, used)
    if options.pdf:
        report("PDF")
        made[options.pdf] = build.pdf(book, settings)
    for path, data in made.items():
        files.write(path, data)
    if options.json:
        _json({"ok": True, "files": [str(path) for path in made]})
    else:
        print("\n".join(str(path) for path in made))
    return 0


def _explain(options: argparse.Namespace) -> int:
    entry = CATALOGUE.get(options.code.upper())
    if entry is None:
        raise UsageError(
            f"no finding has the code {options.code!r}", remedy=f"the codes are: {', '.join(sorted(CATALOGUE))}"
        )
    if options.json:
        _json({"code": options.code.upper(), "severity": entry.severity, "title": entry.title, "hint": entry.hint})
    else:
        print(f"{options.code.upper()} ({entry.severity}): {entry.title}\n  → {entry.hint}")
    return 0


# ---- saying


def _progress(options: argparse.Namespace) -> Callable[[str], None]:
    show = sys.stderr.isatty() and not options.json

    def report(line: str) -> None:
        if show:
            print(f"  {line}", file=sys.stderr)

    return report


def _summary(findings: Sequence[Finding], options: argparse.Namespace) -> None:
    for finding in findings:
        if finding.severity == "error" or options.verbose:
            print(finding, file=sys.stderr)
    counts = {kind: sum(f.severity == kind for f in findings) for kind in ("error", "warning", "info")}
    told = ", ".join(f"{number} {kind}" for kind, number in counts.items() if number)
    if told and not options.verbose:
        print(f"findings: {told} (in findings.json, or with --verbose)", file=sys.stderr)


def _json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1))


# ---- parsing


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="edition", description="OCR text of Chinese newspaper pages to TEI, EPUB and PDF."
    )
    parser.add_argument("--version", action="version", version=f"edition {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], int], help_: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=help_, description=help_, epilog=f"example: {EXAMPLES[name]}")
        sub.add_argument("--json", action="store_true", help="print the result as JSON")
        sub.set_defaults(run=run, verbose=False)
        return sub

    sub = command("build", _build, "Make TEI, EPUB and PDF of the edition in a folder.")
    sub.add_argument("source", nargs="?", type=Path, default=Path("seeds"), help="folder of texts (default: seeds)")
    sub.add_argument("--out", type=Path, default=Path("dist"), help="folder for the results (default: dist)")
    sub.add_argument("--only", type=_kinds, default=("tei", "epub", "pdf"), metavar="KINDS", help="of tei,epub,pdf")
    sub.add_argument("--force", action="store_true", help="build even if nothing changed")
    sub.add_argument("--verbose", action="store_true", help="print every finding")
    sub = command("normalise", _normalise, "Make the TEI of single text files.")
    sub.add_argument("files", nargs="+", type=Path, metavar="FILE")
    sub.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the TEI files")
    sub.add_argument("--verbose", action="store_true", help="print every finding")
    sub = command("validate", _validate, "Check TEI files: schema, rules, and that the source can be rebuilt.")
    sub.add_argument("files", nargs="+", type=Path, metavar="XML")
    sub = command("restore", _restore, "Rebuild the source file of a TEI file, byte for byte.")
    sub.add_argument("file", type=Path, metavar="XML")
    sub.add_argument("--out", type=Path, metavar="FILE", help="where to write it (default: standard output)")
    sub = command("render", _render, "Make EPUB and PDF from TEI files alone.")
    sub.add_argument("files", nargs="+", type=Path, metavar="XML")
    sub.add_argument("--epub", type=Path, metavar="FILE")
    sub.add_argument("--pdf", type=Path, metavar="FILE")
    sub.add_argument("--config", type=Path, metavar="TOML", help="an edition.toml, for [fonts] and [pdf]")
    sub = command("explain", _explain, "Say what the code of a finding means.")
    sub.add_argument("code", metavar="CODE")
    return parser


def _kinds(text: str) -> tuple[str, ...]:
    kinds = tuple(part.strip() for part in text.split(","))
    known = ("tei", "epub", "pdf")
    if any(kind not in known for kind in kinds):
        raise argparse.ArgumentTypeError(f"{text!r}: write some of {','.join(known)}")
    return kinds
