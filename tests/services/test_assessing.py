"""Assessments are kept only with what they rest on; what might be cited is suggested; readers are compared."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from workbench.domain.analysis import Assessment, Rating, SecondReading
from workbench.domain.change import Action
from workbench.domain.document import Document
from workbench.domain.errors import Refused
from workbench.domain.excerpt import Excerpt, Stance
from workbench.domain.frame import Institution, ScopeParagraph
from workbench.domain.ids import AnyId, new_id
from workbench.domain.progress import Ticket
from workbench.domain.standing import Reach
from workbench.services.applying import apply_json
from workbench.services.assessing import (
    AGAINST,
    FOR,
    AssessmentFacts,
    add_assessment,
    add_evidence,
    agreement_figures,
    assessment_rows,
    delete_assessment,
    edit_assessment,
    record_reading,
    remove_evidence,
    suggest_evidence,
    suggest_standards,
)
from workbench.services.negative_evidence import NegativeFacts, record_search
from workbench.services.standards import StandardFacts, add_standard
from workbench.store.case_file import CaseFile

LINKED = [
    {"to": "institution", "name": "Northmere"},
    {"to": "scope", "name": "2.3", "stance": "undermines"},
]
GATHERED: dict[str, Any] = {
    "institutions": [{"name": "Northmere"}],
    "excerpts": [
        {"document": "INQ000001", "page": 1, "quote": "answered within 24 hours", "links": LINKED[:1]},
        {"document": "INQ000001", "page": 2, "quote": "the median answer took nine days", "links": LINKED},
        {"document": "INQ000002", "page": 1, "quote": "The board noted the guidance.", "links": LINKED},
    ],
    "standards": [{"ref": "rule", "title": "Answers within 24 hours", "from": "2011-03", "kind": "guidance"}],
}


@pytest.fixture
def gathered(case: CaseFile) -> CaseFile:
    apply_json(case, GATHERED)
    return case


def quoted(case: CaseFile, words: str) -> AnyId:
    return AnyId(next(item.id for item in case.all(Excerpt) if words in item.quote))


def facts_of(case: CaseFile, **more: Any) -> AssessmentFacts:
    scope = next(item.id for item in case.all(ScopeParagraph) if item.number == "2.3")
    return AssessmentFacts(institution=case.all(Institution)[0].id, scope=scope, period="2013/2014", **more)


def rated(case: CaseFile, **more: Any) -> AssessmentFacts:
    _, rule = add_standard(case, StandardFacts(title="Own rule", from_on="2012"))
    facts = facts_of(case, rating=Rating.INADEQUATE, standards=(rule,), reasoning="Nine days.", author="Ann", **more)
    cited = {"evidence_for": (quoted(case, "24 hours"),), "evidence_against": (quoted(case, "nine days"),)}
    return replace(facts, **cited)


def test_a_rating_that_rests_on_nothing_is_refused_everywhere(gathered: CaseFile) -> None:
    case, facts = gathered, facts_of(gathered, rating=Rating.ADEQUATE)
    with pytest.raises(Refused, match="rests on too little: a standard and evidence is missing"):
        add_assessment(case, facts)
    _, kept = add_assessment(case, replace(facts, rating=Rating.NOT_YET_ASSESSED))
    with pytest.raises(Refused, match="rests on too little"):
        edit_assessment(case, kept, facts)
    _, whole = add_assessment(case, rated(case))
    cited = [*case.get(Assessment, whole).evidence_for, *case.get(Assessment, whole).evidence_against]
    with pytest.raises(Refused, match="evidence is missing"):
        remove_evidence(case, whole, cited)
    remove_evidence(case, whole, cited[:1])
    assert case.get(Assessment, whole).evidence_for == ()
    row = {"institution": "Northmere", "scope": "2.3", "rating": "adequate"}
    applied = {"assessments": [{**row, "gaps": ["No log."]}, {**row, "period": "2015"}]}
    with pytest.raises(Refused, match=r"assessments\[2\]: The rating “adequate” rests on too little"):
        apply_json(case, applied)
    assert case.count(Assessment) == 2
    circular = {**row, "ref": "a", "gaps": ["No log."], "for": ["a"]}
    with pytest.raises(Refused, match=r"assessments\[1\]: .*no evidence"):
        apply_json(case, {"assessments": [circular]})


def test_a_row_says_what_an_assessment_rests_on_and_lacks(gathered: CaseFile) -> None:
    case = gathered
    _, identifier = add_assessment(case, rated(case, gaps=("No log of 2012. ", "")))
    (row,) = assessment_rows(case)
    assert (row.institution, row.scope, row.faults) == ("Northmere", "2.3", ())
    assert [named.name for named in row.evidence_for + row.evidence_against] == ["INQ000001_001", "INQ000001_002"]
    assert row.assessment.gaps == ("No log of 2012.",) and row.assessment.assessed_on
    withdrawn = case.get(Excerpt, row.evidence_against[0].id)
    with case.change(Action.EDIT_EXCERPT) as step:
        step.put(replace(withdrawn, withdrawn="misread"))
    (row,) = assessment_rows(case)
    assert row.faults == ("INQ000001_002: the excerpt was withdrawn (misread).",)
    assert row.evidence_against[0].faults and not row.evidence_for[0].faults
    delete_assessment(case, identifier)
    assert not assessment_rows(case)


def test_evidence_stands_on_one_side(gathered: CaseFile) -> None:
    case = gathered
    _, identifier = add_assessment(case, rated(case))
    more = quoted(case, "The board noted")
    add_evidence(case, identifier, [more, more], FOR)
    assert case.get(Assessment, identifier).evidence_for == (quoted(case, "24 hours"), more)
    add_evidence(case, identifier, [more], AGAINST)
    assert case.get(Assessment, identifier).evidence_for == (quoted(case, "24 hours"),)
    assert case.get(Assessment, identifier).evidence_against[-1] == more
    _, search = record_search(case, NegativeFacts(sought="a reminder", query="reminder"), Ticket())
    add_evidence(case, identifier, [AnyId(search)], AGAINST)
    assert not assessment_rows(case)[0].faults
    case.undo()
    assert search not in case.get(Assessment, identifier).evidence_against


def test_what_speaks_of_both_and_is_not_used_is_suggested(gathered: CaseFile) -> None:
    case, facts = gathered, facts_of(gathered)
    found = suggest_evidence(case, facts.institution, facts.scope)
    assert [(item.name, item.side) for item in found] == [("INQ000001_002", AGAINST), ("INQ000002_001", AGAINST)]
    used = [AnyId(found[0].excerpt.id)]
    assert [item.name for item in suggest_evidence(case, facts.institution, facts.scope, used)] == ["INQ000002_001"]
    with case.change(Action.EDIT_EXCERPT) as step:
        step.put(replace(found[1].excerpt, withdrawn="misread"))
    assert not suggest_evidence(case, facts.institution, facts.scope, used)


def test_an_excerpt_linked_more_than_once_shows_both_its_sides(gathered: CaseFile) -> None:
    case, facts = gathered, facts_of(gathered)
    apply_json(
        case,
        {
            "excerpts": [
                {
                    "document": "INQ000001",
                    "page": 2,
                    "quote": "the median answer took nine days",
                    "links": [{"to": "scope", "name": "2.3", "stance": Stance.SUPPORTS.value}],
                }
            ]
        },
    )
    assert suggest_evidence(case, facts.institution, facts.scope)[0].side == ""


def test_standards_of_the_period_are_suggested(gathered: CaseFile) -> None:
    case, facts = gathered, facts_of(gathered)
    add_standard(case, StandardFacts(title="Hindsight", from_on="2019"))
    add_standard(case, StandardFacts(title="Elsewhere", from_on="2000", institutions=(new_institution(case),)))
    add_standard(case, StandardFacts(title="Late", from_on="2014-06-01"))
    found = suggest_standards(case, facts.institution, facts.period)
    assert [(item.title, reach) for item, reach in found] == [
        ("Answers within 24 hours", Reach.THROUGHOUT),
        ("Late", Reach.IN_PART),
    ]


def new_institution(case: CaseFile) -> Any:
    record = Institution(id=new_id("ins"), name="Southmere")
    with case.change(Action.EDIT_FRAME) as step:
        step.put(record)
    return record.id


def test_a_second_reading_is_somebody_elses_and_one_a_reader(gathered: CaseFile) -> None:
    case = gathered
    _, identifier = add_assessment(case, rated(case))
    with pytest.raises(Refused, match="somebody else's"):
        record_reading(case, identifier, Rating.INADEQUATE, reader="ann")
    record_reading(case, identifier, Rating.PARTLY_ADEQUATE, reader="Bob", reasoning="Some were on time.")
    record_reading(case, identifier, Rating.INADEQUATE, reader="Bob")
    record_reading(case, identifier, Rating.ADEQUATE)
    assert [(item.reader, item.rating) for item in case.all(SecondReading)] == [
        ("Bob", Rating.INADEQUATE),
        ("tester", Rating.ADEQUATE),
    ]
    assert assessment_rows(case)[0].is_contested
    every, bob, own = agreement_figures(case)
    assert (every.n, bob.second, bob.agreed, own.agreed) == (2, "Bob", 1, 0)
    delete_assessment(case, identifier)
    assert case.count(SecondReading) == 0
    case.undo()
    assert case.count(SecondReading) == 2


def test_documents_that_left_and_people_stay_out(gathered: CaseFile) -> None:
    case = gathered
    _, identifier = add_assessment(case, rated(case))
    letter = case.first(Document, urn="INQ000001")
    assert letter is not None
    with case.change(Action.EDIT_DOCUMENT) as step:
        step.put(replace(letter, withdrawn_on="2026-02-01"))
    told = assessment_rows(case)[0].faults
    assert len(told) == 2 and all("was withdrawn on 1 February 2026" in fault for fault in told)
    assert case.get(Assessment, identifier).rating is Rating.INADEQUATE, "told, never altered"
