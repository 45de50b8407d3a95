"""One measurement beside its peer, and the table that `make bench` prints."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line: ``ours`` and ``theirs`` are in ``unit``; ``target`` is a bound of ``ratio`` (or of ``ours``)."""

    work: str
    compared_with: str
    ours: float | None = None
    theirs: float | None = None
    unit: str = "s"
    target: float = 0.0
    is_least: bool = False
    remark: str = ""

    @property
    def ratio(self) -> float | None:
        """Ours to theirs; for speeds as well as for times. None where nothing was measured."""
        if self.ours is None or not self.theirs:
            return None
        return self.ours / self.theirs

    @property
    def met(self) -> str:
        """``yes``, ``no`` or ``-``."""
        figure = self.ours if self.theirs is None else self.ratio
        if figure is None:
            return "-"
        return "yes" if (figure >= self.target if self.is_least else figure <= self.target) else "no"

    def cells(self) -> list[str]:
        bound = (
            f"{'>=' if self.is_least else '<='} {self.target:g}{' x' if self.theirs is not None else ' ' + self.unit}"
        )
        figures = ["" if value is None else f"{value:.3g} {self.unit}" for value in (self.ours, self.theirs)]
        ratio = "" if self.ratio is None else f"{self.ratio:.2f} x"
        return [self.work, self.compared_with, *figures, ratio, bound, self.met, self.remark]


HEAD = ["work", "compared with", "ours", "theirs", "ratio", "target", "met", "remark"]


def written(rows: Sequence[Row]) -> str:
    """The rows as aligned text."""
    cells = [HEAD, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(HEAD))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in cells]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds on the clock and on the processors, children that ended included."""

    wall: float
    cpu: float


def spent(work: Callable[[], object]) -> Spent:
    """What some work takes."""
    before, began = os.times(), time.perf_counter()
    work()
    wall, after = time.perf_counter() - began, os.times()
    return Spent(wall, sum(after[:4]) - sum(before[:4]))


def best_pair(
    ours: Callable[[int], Callable[[], object]], theirs: Callable[[int], Callable[[], object]], rounds: int
) -> tuple[Spent, Spent]:
    """The best of several rounds of each, taken in turns, because other work may run beside."""
    pairs = [(spent(ours(n)), spent(theirs(n))) for n in range(rounds)]
    return tuple(Spent(min(p[k].wall for p in pairs), min(p[k].cpu for p in pairs)) for k in (0, 1))  # type: ignore[return-value]


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which this share of the values lies."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]
