"""What a profile asks of a finished bundle, as the checks need it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from workbench.domain.checks import Severity

A4 = (595.28, 841.89)
_SHEETS = {
    "A3": (841.89, 1190.55),
    "A4": A4,
    "A5": (419.53, 595.28),
    "Letter": (612.0, 792.0),
    "Legal": (612.0, 1008.0),
}


def sheet(name: str) -> tuple[float, float] | None:
    """Width and height in points of ``A4`` or ``A3-landscape``; None for a name nobody knows."""
    size, _, turn = name.partition("-")
    known = {key.lower(): value for key, value in _SHEETS.items()}.get(size.strip().lower())
    return (known[1], known[0]) if known and turn == "landscape" else known


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesAsked:
    """The figures and choices of one profile; None where it sets no limit.

    ``requires_plain_numbers``: a page's label is its number in the file. ``severities`` raise or lower single rules.
    """

    requires_plain_numbers: bool = False
    first_number: int = 1
    zoom_percent: int = 100
    max_dpi: int | None = 300
    page_size: tuple[float, float] = A4
    allowed_sizes: tuple[tuple[float, float], ...] = (A4[::-1], _SHEETS["A3"][::-1])
    tolerance_pt: float = 3.0
    max_pages: int | None = None
    max_bytes: int | None = None
    max_authorities: int | None = None
    document_limits: Mapping[str, int] = field(default_factory=dict)
    filename_pattern: str = ""
    least_number_pt: float = 10.0
    least_letters: int = 20
    severities: Mapping[str, Severity] = field(default_factory=dict)
