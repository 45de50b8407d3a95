"""Gathers the whole case as if it were one case study, for tables that are not limited to one."""

from __future__ import annotations

from workbench.domain.analysis import (
    Assessment,
    Finding,
    FindingStatus,
    Lesson,
    NegativeSearch,
    Recommendation,
    Response,
    Sentence,
    Standard,
)
from workbench.domain.event import Event
from workbench.domain.excerpt import Excerpt
from workbench.domain.frame import CaseStudy, Institution, ScopeParagraph
from workbench.domain.ids import CaseStudyId
from workbench.services.case_numbers import case_numbers
from workbench.services.case_study_citing import StudyRecords, parts_of
from workbench.services.session import investigation_of
from workbench.store.case_file import CaseFile

#: The id of the case study that is none.
WHOLE = CaseStudyId("")


def whole_case(case: CaseFile) -> StudyRecords:
    """Everything of the case; a finding that was withdrawn cites nothing any more."""
    scope, institutions = case.all(ScopeParagraph, "position"), case.all(Institution, "name")
    findings = tuple(item for item in case.all(Finding) if item.status is not FindingStatus.WITHDRAWN)
    standing = {item.id for item in findings}
    excerpts = case.all(Excerpt)
    names: dict[str, str] = {item.id: item.name for item in institutions}
    names |= {item.id: item.number for item in scope}
    return StudyRecords(
        study=CaseStudy(
            id=WHOLE,
            title=investigation_of(case).title,
            scope=tuple(item.id for item in scope),
            institutions=tuple(item.id for item in institutions),
        ),
        findings=findings,
        sentences=tuple(item for item in case.all(Sentence, "position") if item.finding in standing),
        assessments=tuple(case.all(Assessment)),
        standards=tuple(case.all(Standard)),
        events=tuple(case.all(Event, "on_earliest, id")),
        lessons=tuple(case.all(Lesson)),
        recommendations=tuple(case.all(Recommendation)),
        responses=tuple(case.all(Response)),
        searches=tuple(case.all(NegativeSearch)),
        names=names,
        numbers=case_numbers(case),
        linked=tuple(item.id for item in excerpts),
        parts=parts_of(excerpts),
    )
