"""What findings, lessons, recommendations, assessments and searches are called: one number each, everywhere."""

from __future__ import annotations

from typing import Any

from workbench.domain.analysis import Assessment, Finding, Lesson, NegativeSearch, Recommendation
from workbench.store.reading import Reading

_LETTERS: tuple[tuple[str, type[Any]], ...] = (
    ("F", Finding),
    ("L", Lesson),
    ("R", Recommendation),
    ("A", Assessment),
    ("N", NegativeSearch),
)


def case_numbers(case: Reading) -> dict[str, str]:
    """``F3`` for the third finding of the case, ``R1`` for its first recommendation..., by id.

    They are counted in the order they were made, over the whole case: a letter, a ledger, a case study and a report
    that speak of finding 3 mean the same one. What is cited cannot be deleted, so a number that was used stays.
    """
    return {item.id: f"{letter}{n}" for letter, kind in _LETTERS for n, item in enumerate(case.all(kind), 1)}


def finding_numbers(case: Reading) -> dict[str, int]:
    """3 for the finding F3, by id."""
    return {item.id: n for n, item in enumerate(case.all(Finding), 1)}
