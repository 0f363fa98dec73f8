"""What was counted, as a table for people, as JSON for machines, as a picture of calibration."""

from collections.abc import Sequence

from edition.evaluate.metrics import DECISIONS, JOIN_CLASSES, Result, Tally
from edition.evaluate.structure import ROLES

BINS = 10
TARGET = 0.99  # share of right decisions at which coverage is given
Number = float | int | None


def as_json(result: Result) -> dict[str, object]:
    """Every figure; a figure that has nothing to be computed from is null."""
    joins = {name: _prf(result.joins[name]) for name in JOIN_CLASSES}
    whole = Tally()
    for tally in result.joins.values():
        whole.add(tally)
    roles = {role: _prf(result.roles[role]) for role in ROLES}
    present = [figures["f1"] for role, figures in roles.items() if result.roles[role].gold]
    precision = _share(result.b3_precision, result.b3_characters)
    recall = _share(result.b3_recall, result.b3_characters)
    return {
        "pages": result.pages,
        "characters": {"gold": result.characters, "lost": result.lost, "added": result.added},
        "joins": {"all": _prf(whole), **joins},
        "paragraphs": _prf(result.paragraphs),
        "articles": {
            "b3": {"precision": precision, "recall": recall, "f1": _f1(precision, recall)},
            "exact": _prf(result.exact),
            "splits": result.splits,
            "merges": result.merges,
        },
        "headlines": {"attached": _share(result.headlines_right, result.headlines), "count": result.headlines},
        "roles": {**roles, "macro_f1": _share(sum(f1 or 0.0 for f1 in present), len(present))},
        "order_distance": _share(result.inversions, result.pairs),
        "confidence": {name: _confidence(result.decisions[name]) for name in DECISIONS},
    }


def _prf(tally: Tally) -> dict[str, Number]:
    precision, recall, f1 = tally.scores()
    return {"precision": precision, "recall": recall, "f1": f1, "gold": tally.gold, "predicted": tally.predicted}


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _f1(precision: float | None, recall: float | None) -> float | None:
    if not precision or not recall:
        return 0.0 if precision == 0 or recall == 0 else None
    return 2 * precision * recall / (precision + recall)


def _confidence(rows: Sequence[tuple[float, bool]]) -> dict[str, Number]:
    """Calibration error (expected, ten bins), share right, and coverage at 99 % right."""
    return {
        "decisions": len(rows),
        "right": _share(sum(right for _, right in rows), len(rows)),
        "calibration_error": calibration_error(rows),
        "coverage_at_99": coverage(rows, TARGET),
        "right_at_0.9": _share(sum(right for cert, right in rows if cert >= 0.9), sum(cert >= 0.9 for cert, _ in rows)),
        "coverage_at_0.9": _share(sum(cert >= 0.9 for cert, _ in rows), len(rows)),
    }


def bins(rows: Sequence[tuple[float, bool]]) -> list[tuple[float, float, int]]:
    """(mean probability stated, share right, count) for each tenth that has decisions."""
    out = []
    for number in range(BINS):
        low, high = number / BINS, (number + 1) / BINS
        here = [row for row in rows if low <= row[0] < high or (number == BINS - 1 and row[0] == 1.0)]
        if here:
            out.append(
                (sum(cert for cert, _ in here) / len(here), sum(right for _, right in here) / len(here), len(here))
            )
    return out


def calibration_error(rows: Sequence[tuple[float, bool]]) -> float | None:
    """Expected calibration error (Naeini and others 2015): mean gap of probability and share right, by count."""
    if not rows:
        return None
    return sum(abs(stated - right) * count for stated, right, count in bins(rows)) / len(rows)


def coverage(rows: Sequence[tuple[float, bool]], target: float) -> float | None:
    """The largest share of decisions, surest first, of which at least `target` are right."""
    if not rows:
        return None
    best = good = 0
    ordered = sorted(rows, key=lambda row: -row[0])
    for number, (_, right) in enumerate(ordered, 1):
        good += right
        last_of_its_cert = number == len(ordered) or ordered[number][0] < ordered[number - 1][0]
        if last_of_its_cert and good >= target * number:
            best = number
    return best / len(rows)


def table(figures: dict[str, object], prefix: str = "") -> list[str]:
    """The figures as lines of `name  value`, nested names joined by dots."""
    out = []
    for name, value in figures.items():
        full = f"{prefix}.{name}" if prefix else name
        if isinstance(value, dict):
            out += table(value, full)
        elif isinstance(value, float):
            out.append(f"{full:<44}{value:8.4f}")
        else:
            out.append(f"{full:<44}{'–' if value is None else value:>8}")
    return out


def plot(result: Result) -> bytes:
    """Calibration as SVG: probability stated against share right, one line for each kind of decision."""
    size, edge = 360, 40
    colours = {"joins": "#8c1c13", "roles": "#1d4e89", "owners": "#2e7d32"}
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size + 2 * edge} {size + 2 * edge}" font-family="sans-serif" font-size="12">',
        f'<rect x="{edge}" y="{edge}" width="{size}" height="{size}" fill="none" stroke="#888"/>',
        f'<line x1="{edge}" y1="{edge + size}" x2="{edge + size}" y2="{edge}" stroke="#bbb" stroke-dasharray="4"/>',
        f'<text x="{edge + size / 2}" y="{size + 2 * edge - 8}" text-anchor="middle">probability stated</text>',
        f'<text x="12" y="{edge + size / 2}" text-anchor="middle" transform="rotate(-90 12 {edge + size / 2})">share right</text>',
    ]
    for number, (name, colour) in enumerate(colours.items()):
        points = [
            (edge + size * stated, edge + size * (1 - right), count)
            for stated, right, count in bins(result.decisions[name])
        ]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}"/>')
        parts += [
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{2 + min(6, count**0.3):.1f}" fill="{colour}"/>'
            for x, y, count in points
        ]
        parts.append(
            f'<text x="{edge + 8}" y="{edge + 18 + 16 * number}" fill="{colour}">{name} ({len(result.decisions[name])})</text>'
        )
    return ("\n".join([*parts, "</svg>"]) + "\n").encode()
