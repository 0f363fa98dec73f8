"""The lot for every page of a folder, written into its NAME.decisions.toml, and how far each has been compared."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from edition import decisions, files
from edition.build import decisions_of, load
from edition.build.folder import work_of
from edition.decisions import Draw
from edition.model.accuracy import Accuracy
from edition.readers import plain


@dataclass(frozen=True, slots=True)
class Sampled:
    """One page."""

    name: str  # path of the source under the folder
    draw: Draw
    lines: tuple[int, ...]  # that were drawn
    fresh: bool  # whether they were drawn just now
    accuracy: Accuracy | None


def sample(folder: Path, draw: Draw) -> Iterator[Sampled]:
    """Draw lines of every page that has no lot yet. Raises an EditionError for a file that cannot be used.

    A lot that was drawn stays: whoever could draw again could choose.
    """
    for work in work_of(folder, load(folder)):
        path = work.source.with_suffix(decisions.SUFFIX)
        said = decisions_of(work.source, str(path))
        transcript, _ = plain.read(files.read(work.source), work.source.name, work.page.encoding)
        fresh = said.draw is None
        if fresh:
            text = files.read(path).decode("utf-8").rstrip() + "\n\n" if path.is_file() else ""
            text += f"[draw]  # lines to be compared with the page\nseed = {draw.seed}\nlines = {draw.lines}\n"
            said = decisions.parse(text.encode(), str(path))
            files.write(path, text.encode())
        fits, _ = decisions.fitting(said, transcript)
        lines, found = decisions.drawn(fits, transcript), decisions.accuracy(fits, transcript)
        yield Sampled(work.relative.as_posix(), said.draw or draw, lines, fresh, found)
