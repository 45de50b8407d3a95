"""What the panel of assessments lists, read at once, and removing one line of it."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.domain.change import Change
from workbench.domain.ids import AssessmentId, NegativeSearchId, StandardId, prefix_of
from workbench.services.assessing import AssessmentRow, assessment_rows, delete_assessment
from workbench.services.negative_evidence import NegativeRow, delete_search, negative_rows
from workbench.services.standards import StandardRow, delete_standard, standard_rows, standing_on
from workbench.store.case_file import CaseFile


@dataclass(frozen=True, slots=True)
class Found:
    """The three lists."""

    assessments: list[AssessmentRow]
    standards: list[StandardRow]
    searches: list[NegativeRow]


def read_lists(case: CaseFile, day: str) -> Found:
    """All three; with a day only the standards that certainly or possibly stood on it."""
    standards = standing_on(case, day) if day else standard_rows(case)
    return Found(assessments=assessment_rows(case), standards=standards, searches=negative_rows(case))


def remove_row(case: CaseFile, identifier: str) -> Change:
    """Remove an assessment, a standard or a search, whichever it is."""
    match prefix_of(identifier):
        case "asm":
            return delete_assessment(case, AssessmentId(identifier))
        case "std":
            return delete_standard(case, StandardId(identifier))
        case _:
            return delete_search(case, NegativeSearchId(identifier))
