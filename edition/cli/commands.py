"""One function for each command: options in, one call, the result said, an exit code out. Engines are imported late."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

from edition.cli import say
from edition.errors import EditionError, TeiError, UsageError
from edition.findings import CATALOGUE, Finding


def build(options: argparse.Namespace) -> int:
    """`edition build`; gives the exit code."""
    from edition import build as builder

    built = builder.build(options.source, options.out, options.only, force=options.force, report=say.progress(options))
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


def normalise(options: argparse.Namespace) -> int:
    """`edition normalise`; gives the exit code."""
    from edition import build as builder
    from edition import decisions, files, words
    from edition.config import PageConfig

    targets = _targets(options.files, options.out)
    dictionary, report = words.load(), say.progress(options)
    findings: list[Finding] = []
    done: list[str] = []
    failed: list[EditionError] = []
    for number, (source, target) in enumerate(targets.items(), 1):
        report(f"[{number}/{len(targets)}] {source}")
        try:
            config = builder.load(source.parent)
            found = [(p, n) for n, p in enumerate(config.pages, 1) if p.file == source.name]
            page, place = found[0] if found else (PageConfig(source.name), number)
            clock = files.clock(config.modified)
            decided = builder.decisions_of(source, str(source.with_suffix(decisions.SUFFIX)))
            page = replace(page, order=page.order or place, decisions=decided)
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


def validate(options: argparse.Namespace) -> int:
    """`edition validate`; gives the exit code."""
    from edition import files
    from edition.tei.validate import validate

    schema = files.schema()
    findings = [finding for path in options.files for finding in validate(files.read(path), str(path), schema)]
    failed = any(finding.severity == "error" for finding in findings)
    if options.json:
        say.as_json({"ok": not failed, "files": len(options.files), "findings": [f.as_json() for f in findings]})
    else:
        for finding in findings:
            print(finding)
            print(f"  → {finding.as_json()['hint']}")
        if not findings:
            print(f"{len(options.files)} file(s): valid, and every source can be rebuilt")
    return int(failed)


def restore(options: argparse.Namespace) -> int:
    """`edition restore`; gives the exit code."""
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
        say.as_json(
            {"ok": restored.is_faithful, "name": restored.name, "bytes": len(restored.data), "sha256": restored.sha256}
        )
    if not restored.is_faithful:
        print(
            f"edition: {options.file}: the bytes rebuilt do not have the sha256 of {restored.name} in the header\n"
            "  → a character of the source was changed or lost; put changes into <choice>, additions into <supplied>",
            file=sys.stderr,
        )
    return int(not restored.is_faithful)


def render(options: argparse.Namespace) -> int:
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
    if findings:
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


def explain(options: argparse.Namespace) -> int:
    """`edition explain`; gives the exit code."""
    entry = CATALOGUE.get(options.code.upper())
    if entry is None:
        raise UsageError(
            f"no finding has the code {options.code!r}", remedy=f"the codes are: {', '.join(sorted(CATALOGUE))}"
        )
    if options.json:
        say.as_json(
            {"code": options.code.upper(), "severity": entry.severity, "title": entry.title, "hint": entry.hint}
        )
    else:
        print(f"{options.code.upper()} ({entry.severity}): {entry.title}\n  → {entry.hint}")
    return 0


def why(options: argparse.Namespace) -> int:
    """`edition why`; gives the exit code."""
    from edition import files
    from edition.tei.read import read
    from edition.why import why as ask

    told = ask(read(files.read(options.file), str(options.file)), options.id, str(options.file))
    if options.json:
        say.as_json(asdict(told))
    else:
        print(f"{told.id}  {told.shows}")
        for answer in told.answers:
            say.answer(answer)
    return 0


def evaluate(options: argparse.Namespace) -> int:
    """`edition evaluate`; gives the exit code."""
    from edition import files
    from edition.evaluate import metrics, report, structure

    result = metrics.Result()
    for gold, predicted in _pairs(options.gold, options.predicted):
        sides = [structure.load(files.read(path), str(path)) for path in (gold, predicted)]
        result.add(metrics.compare(*sides))
    if options.plot:
        files.write(options.plot, report.plot(result))
    figures = report.as_json(result)
    if options.json:
        say.as_json(figures)
    else:
        print("\n".join(report.table(figures)))
    return 0


def _pairs(gold: Path, predicted: Path) -> list[tuple[Path, Path]]:
    """Two files, or the files of two folders that have the same stem; a gold file without a partner is an error."""
    if not gold.is_dir():
        return [(gold, predicted)]
    judged = {path.stem: path for path in sorted(predicted.glob("*")) if path.suffix in (".xml", ".json")}
    golds = [path for path in sorted(gold.glob("*")) if path.suffix in (".xml", ".json")]
    for path in golds:
        if path.stem not in judged:
            raise UsageError(
                f"nothing in {predicted} has the stem of {path.name}", where=str(gold), remedy="predict every gold page"
            )
    if not golds:
        raise UsageError(
            "the folder holds no .xml or .json", where=str(gold), remedy="name a folder of TEI or JSON files"
        )
    return [(path, judged[path.stem]) for path in golds]
