"""Lines drawn by lot to be compared with the page, and what was found on them.

The lot: lines with text in the order of the SHA-256 of seed, number and text. So it is the same everywhere, nobody can
choose, and a change of one line draws no other ones anew.
"""

from edition.decisions.entries import Checked, Decisions
from edition.files import sha256
from edition.model.accuracy import Accuracy
from edition.model.source import Line, Transcript


def drawn(decisions: Decisions, transcript: Transcript) -> tuple[int, ...]:
    """The numbers of the lines that the lot of a page draws, in the order of the source."""
    draw = decisions.draw
    if draw is None:
        return ()

    def lot(line: Line) -> str:
        return sha256(f"{draw.seed}\n{line.number}\n{line.text}".encode())

    lines = sorted((line for line in transcript.lines if _chars(line)), key=lot)
    return tuple(sorted(line.number for line in lines[: draw.lines]))


def accuracy(decisions: Decisions, transcript: Transcript) -> Accuracy | None:
    """What was found on the lines that were drawn; None before the first of them is checked."""
    lines = drawn(decisions, transcript)
    found = {e.ground.at.line: e.errors for e in decisions.entries if isinstance(e, Checked)}
    checked = [line for line in lines if line in found]
    chars = {line: _chars(transcript.lines[line - 1]) for line in checked}
    if not checked:
        return None
    errors = sum(min(found[line], chars[line]) for line in checked)
    return Accuracy(len(lines), len(checked), sum(chars.values()), errors)


def _chars(line: Line) -> int:
    """How many characters a line has, blanks excepted."""
    return len("".join(line.text.split()))
