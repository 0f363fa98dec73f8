"""How right the characters of a source are: lines drawn by lot and compared with the printed page.

The interval is that of Clopper and Pearson (1934, "The use of confidence or fiducial limits illustrated in the case of
the binomial", Biometrika 26), 95 %: it never promises more than it holds. It takes each character for itself; errors
that come in runs make the truth wider than it.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

PER = 10_000  # characters
_TAIL = 0.025
_STEPS = 60  # halvings: far below what is printed


@dataclass(frozen=True, slots=True)
class Accuracy:
    """What a check of drawn lines found."""

    drawn: int  # lines
    checked: int  # of these
    chars: int  # of the lines checked, blanks excepted
    errors: int  # characters wrong, missing or too many; at most `chars`

    @property
    def rate(self) -> float:
        """Errors per 10,000 characters."""
        return PER * self.errors / self.chars

    @property
    def interval(self) -> tuple[float, float]:
        """Between which two rates the truth lies, with 95 % confidence."""
        low = 0.0 if not self.errors else _where(lambda p: 1 - _at_most(self.errors - 1, self.chars, p) < _TAIL)
        high = 1.0 if self.errors == self.chars else _where(lambda p: _at_most(self.errors, self.chars, p) > _TAIL)
        return PER * low, PER * high


def together(parts: Sequence[Accuracy]) -> Accuracy | None:
    """Several checks as one; None of none."""
    if not parts:
        return None
    return Accuracy(*(sum(getattr(one, name) for one in parts) for name in ("drawn", "checked", "chars", "errors")))


def in_chinese(accuracy: Accuracy | None) -> str:
    """For a header or colophon."""
    if accuracy is None:
        return "文字从未与原版核对。"
    low, high = accuracy.interval
    return (
        f"随机抽取 {accuracy.drawn} 行，已与原版核对 {accuracy.checked} 行 {accuracy.chars} 字，误 {accuracy.errors} 字："
        f"每万字 {accuracy.rate:.1f} 处（95% 置信区间 {low:.1f} 至 {high:.1f}，Clopper–Pearson；改正之前）。"
    )


def in_english(accuracy: Accuracy | None) -> str:
    """The same."""
    if accuracy is None:
        return "The characters were never checked against the page."
    low, high = accuracy.interval
    return (
        f"Of {accuracy.drawn} lines drawn by lot {accuracy.checked} were compared with the page: {accuracy.errors} errors in "
        f"{accuracy.chars} characters, {accuracy.rate:.1f} per 10,000 (95 % confidence interval {low:.1f} to {high:.1f}, "
        "Clopper-Pearson; before correction)."
    )


def _at_most(count: int, trials: int, p: float) -> float:
    """The chance of at most `count` errors in so many characters."""
    if p <= 0 or p >= 1:
        return 1.0 if p <= 0 or count >= trials else 0.0
    logs = (
        math.lgamma(trials + 1) - math.lgamma(k + 1) - math.lgamma(trials - k + 1) + k * math.log(p)
        + (trials - k) * math.log1p(-p)
        for k in range(count + 1)
    )  # fmt: skip
    return min(1.0, math.fsum(math.exp(one) for one in logs))


def _where(below: Callable[[float], bool]) -> float:
    """Where a condition that holds for small probabilities ceases to."""
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if below(middle) else (low, middle)
    return (low + high) / 2
