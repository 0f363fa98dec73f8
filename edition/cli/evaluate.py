"""`edition evaluate`."""

import argparse
from pathlib import Path

from edition.cli import say
from edition.errors import UsageError

HELP = "Say how right a structure is: gold against predicted, in the field's metrics."
EXAMPLE = "edition evaluate gold.xml dist/tei/page1.xml"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("gold", type=Path, metavar="GOLD", help="TEI or JSON of structure, or a folder of them")
    parser.add_argument("predicted", type=Path, metavar="PREDICTED", help="the same, to be judged")
    parser.add_argument("--plot", type=Path, metavar="SVG", help="write a picture of the calibration")


def run(options: argparse.Namespace) -> int:
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
