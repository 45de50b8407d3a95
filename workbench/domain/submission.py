"""What became of each reference in a submission: linked, not found, or left alone, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Fate(StrEnum):
    """What happened to a reference."""

    LINKED = "linked"
    NOT_FOUND = "not found"
    LEFT = "left alone"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceOutcome:
    """One reference of a submission: as it stood, as it stands now, what it cites, and where it is.

    ``label`` and ``target`` are the page it leads to; ``note`` asks for a look where words after it may belong to it.
    """

    fate: Fate
    text: str
    written: str = ""
    stable: str = ""
    label: str = ""
    target: str = ""
    reason: str = ""
    note: str = ""
    where: str
    paragraph: int
    page: int = 0
    context: str = ""


def summary_of(outcomes: Sequence[ReferenceOutcome]) -> str:
    """``312 references: 309 linked, 3 not found``."""
    counts = {fate: sum(outcome.fate is fate for outcome in outcomes) for fate in Fate}
    parts = [f"{counts[Fate.LINKED]} linked", f"{counts[Fate.NOT_FOUND]} not found"]
    if counts[Fate.LEFT]:
        parts.append(f"{counts[Fate.LEFT]} left alone")
    total = len(outcomes)
    return f"{total} reference{'' if total == 1 else 's'}: {', '.join(parts)}"
