"""A case study's bundle is made from exactly what it cites and its context, and says what it leaves out, and why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.services.conftest import put_pdf
from tests.services.test_applying import FULL
from workbench.domain.analysis import Finding, FindingStatus, Sentence
from workbench.domain.bundle import Bundle, Entry, Section
from workbench.domain.change import Action
from workbench.domain.document import Document
from workbench.domain.errors import Refused
from workbench.domain.excerpt import Excerpt
from workbench.domain.frame import CaseStudy, CaseStudyStatus, Institution
from workbench.domain.ids import InstitutionId
from workbench.services.applying import apply_json
from workbench.services.bundle_outline import outline_of
from workbench.services.case_studies import (
    CaseStudyFacts,
    add_case_study,
    add_context,
    edit_case_study,
    facts_of,
    numbers_of,
)
from workbench.services.case_study_bundle import NOTHING_CITES_IT, propose
from workbench.services.case_study_composing import differences, make_bundle, refresh_bundle
from workbench.services.framing import merge_in_frame
from workbench.store.case_file import CaseFile


@pytest.fixture
def study(case: CaseFile) -> CaseStudy:
    """Cites the letter; the minutes are about its institution, and the leaflet about nothing."""
    put_pdf(case, "INQ000003", "Leaflet", ["Opening hours of the reading room."])
    minutes = {"ref": "about", "document": "INQ000002", "page": 1, "quote": "asked for figures"}
    minutes["links"] = [{"to": "institution", "name": "OOS"}]  # type: ignore[assignment]
    apply_json(case, {**FULL, "excerpts": [*FULL["excerpts"], minutes]})
    return case.all(CaseStudy)[0]


def _document(case: CaseFile, urn: str) -> Document:
    found = case.first(Document, urn=urn)
    assert found is not None
    return found


def _put(case: CaseFile, *records: object) -> None:
    with case.change(Action.EDIT_DOCUMENT) as step:
        for record in records:
            step.put(record)  # type: ignore[arg-type]


def test_what_is_cited_goes_in_with_everything_that_cites_it(case: CaseFile, study: CaseStudy) -> None:
    (letter,) = propose(case, study.id).documents
    assert letter.document.urn == "INQ000001" and letter.cited_pages == (0, 1)
    assert "finding 1, sentence 1" in letter.why
    assert "finding 1, sentence 1, through the event “Guidance issued” (March 2011)" in letter.why
    assert (
        "finding 1, sentence 2, through the assessment of Office for Online Standards against 2.2 (against)"
        in letter.why
    )
    assert any("the standard “Answer within 24 hours”" in why for why in letter.why)
    assert "linked to the case study" in letter.why


def test_what_is_left_out_is_told_with_its_reason(case: CaseFile, study: CaseStudy) -> None:
    proposal = propose(case, study.id)
    reasons = {item.document.urn: (item.reason, item.is_about) for item in proposal.left_out}
    assert reasons["INQ000002"] == (NOTHING_CITES_IT, True)
    assert reasons["INQ000003"][1] is False
    assert [item.document.urn for item in proposal.left_out_about] == ["INQ000002"]
    assert len(proposal.documents) + len(proposal.left_out) == case.count(Document)


def test_context_goes_in_although_nothing_cites_it(case: CaseFile, study: CaseStudy) -> None:
    add_context(case, study.id, [_document(case, "INQ000003").id])
    proposal = propose(case, study.id)
    assert [item.document.urn for item in proposal.context] == ["INQ000003"]
    assert [item.document.urn for item in proposal.cited] == ["INQ000001"]


def test_only_cited_pages_with_pages_around_them(case: CaseFile, study: CaseStudy) -> None:
    long = put_pdf(case, "INQ000004", "Report", [f"Page {number} of the report." for number in range(1, 10)])
    excerpt = {"document": long.urn, "page": 5, "quote": "Page 5", "links": [{"to": "case_study", "name": study.title}]}
    apply_json(case, {"excerpts": [excerpt]})
    pages = {item.document.urn: item.pages for item in propose(case, study.id, page_context=1).documents}
    assert pages == {"INQ000001": "", "INQ000004": "4-6"}
    assert {i.document.urn: i.pages for i in propose(case, study.id, page_context=0).documents}["INQ000004"] == "5"
    assert {i.document.urn: i.pages for i in propose(case, study.id).documents}["INQ000004"] == ""


def test_a_withdrawn_document_is_left_out_and_says_what_rests_on_it(case: CaseFile, study: CaseStudy) -> None:
    _put(case, replace(_document(case, "INQ000001"), withdrawn_on="2026-02", withdrawn_reason="wrong version"))
    proposal = propose(case, study.id)
    assert proposal.documents == ()
    (gone,) = (item for item in proposal.left_out if item.is_cited)
    assert "withdrawn by its supplier (February 2026: wrong version)" in gone.reason
    assert "finding 1, sentence 1" in gone.reason


def test_withdrawn_excerpts_and_findings_cite_nothing(case: CaseFile, study: CaseStudy) -> None:
    _put(case, *(replace(item, withdrawn="misread") for item in case.all(Excerpt)))
    proposal = propose(case, study.id)
    assert proposal.documents == ()
    assert (
        "every excerpt of it that was cited is withdrawn"
        in {item.document.urn: item.reason for item in proposal.left_out}["INQ000001"]
    )
    _put(case, replace(case.all(Finding)[0], status=FindingStatus.WITHDRAWN))
    numbers = numbers_of(case, study.id)
    assert (numbers.findings, numbers.findings_withdrawn, numbers.documents_cited) == (0, 1, 0)


def test_what_the_audience_may_not_see_is_left_out_and_named(case: CaseFile, study: CaseStudy) -> None:
    apply_json(case, {"restrictions": [{"ref": "r2", "kind": "order", "made_by": "Chair", "targets": ["INQ000001"]}]})
    assert [item.document.urn for item in propose(case, study.id, "team").documents] == ["INQ000001"]
    public = propose(case, study.id, "public")
    assert public.documents == ()
    reason = next(item.reason for item in public.left_out if item.document.urn == "INQ000001")
    assert reason.startswith("restricted under order by Chair") and "cited by" in reason


def test_the_bundle_is_one_step_in_sections_and_order_of_date(case: CaseFile, study: CaseStudy) -> None:
    office = next(item for item in case.all(Institution) if item.name == "Office for Online Standards")
    _put(case, replace(_document(case, "INQ000001"), author=InstitutionId(office.id)))
    add_context(case, study.id, [_document(case, "INQ000003").id])
    before = case.history_head
    change = make_bundle(case, study.id, "Study bundle", page_context=0)
    bundle = next(item for item in case.all(Bundle) if item.name == "Study bundle")
    assert (bundle.case_study, bundle.profile, bundle.kind) == (study.id, "inquiry-hearing", "hearing")
    outline = outline_of(case, bundle.id)
    assert [part.section.title for part in outline.sections] == ["Office for Online Standards", "Context"]
    assert [line.document.urn for part in outline.sections for line in part.entries] == ["INQ000001", "INQ000003"]
    assert differences(case, bundle.id).is_exact
    assert change.action is Action.EDIT_BUNDLE
    case.undo()
    assert case.first(Bundle, name="Study bundle") is None and before != case.history_head


def test_differences_are_told_and_taken_away(case: CaseFile, study: CaseStudy) -> None:
    make_bundle(case, study.id, "Study bundle", page_context=0)
    bundle = next(item for item in case.all(Bundle) if item.name == "Study bundle")
    finding = case.all(Finding)[0]
    minutes = next(item for item in case.all(Excerpt) if item.quote == "asked for figures")
    sentence = Sentence(
        id="sen_extra",
        finding=finding.id,
        position=9,
        text="Figures were asked for.",
        evidence=(minutes.id,),  # type: ignore[arg-type]
    )
    _put(case, sentence)
    found = differences(case, bundle.id)
    assert [(item.document.urn, item.why) for item in found.missing] == [("INQ000002", ("finding 1, sentence 3",))]
    refresh_bundle(case, bundle.id)
    assert differences(case, bundle.id).is_exact
    with case.change(Action.EDIT_ANALYSIS) as step:
        step.delete(Sentence, "sen_extra")
    (surplus,) = differences(case, bundle.id).surplus
    assert (surplus.document.urn, surplus.reason) == ("INQ000002", NOTHING_CITES_IT)
    refresh_bundle(case, bundle.id)
    assert differences(case, bundle.id).is_exact and refresh_bundle(case, bundle.id) is None
    sections = {item.id for item in case.all(Section, bundle=bundle.id)}
    assert [e.document for e in case.all(Entry) if e.section in sections] == [_document(case, "INQ000001").id]


def test_pages_cited_later_are_added_to_their_entry(case: CaseFile, study: CaseStudy) -> None:
    long = put_pdf(case, "INQ000004", "Report", [f"Page {number} of the report." for number in range(1, 10)])
    link = [{"to": "case_study", "name": study.title}]
    apply_json(case, {"excerpts": [{"document": long.urn, "page": 5, "quote": "Page 5", "links": link}]})
    make_bundle(case, study.id, "Study bundle", page_context=0)
    bundle = next(item for item in case.all(Bundle) if item.name == "Study bundle")
    apply_json(case, {"excerpts": [{"document": long.urn, "page": 8, "quote": "Page 8", "links": link}]})
    (missing,) = differences(case, bundle.id).missing
    assert (missing.document.urn, missing.pages) == ("INQ000004", "8")
    refresh_bundle(case, bundle.id)
    assert [item.pages for item in case.all(Entry, document=long.id)] == ["5, 8"]


def test_nothing_cited_makes_no_bundle(case: CaseFile) -> None:
    _, identifier = add_case_study(case, CaseStudyFacts(title="Nothing yet"))
    with pytest.raises(Refused, match="cites no document"):
        make_bundle(case, identifier, "Empty")


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (CaseStudyFacts(title=" "), "no title"),
        (CaseStudyFacts(title="response TIMES"), "already a case study"),
        (CaseStudyFacts(title="Other", status=CaseStudyStatus.SELECTED), "without the reason"),
        (CaseStudyFacts(title="Other", status=CaseStudyStatus.NOT_PURSUED), "why the case study is not pursued"),
        (CaseStudyFacts(title="Other", period="2014-13"), "no day of any calendar"),
        (CaseStudyFacts(title="Other", period="2014/2011"), "ends before it begins"),
        (CaseStudyFacts(title="Other", scope=("scp_none",)), "scope paragraph named here is not in this case"),  # type: ignore[arg-type]
        (CaseStudyFacts(title="Other", context=("doc_none",)), "document named here is not in this case"),  # type: ignore[arg-type]
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    case: CaseFile, study: CaseStudy, facts: CaseStudyFacts, sentence: str
) -> None:
    entries = len(case.history())
    with pytest.raises(Refused, match=sentence):
        add_case_study(case, facts)
    assert len(case.history()) == entries


def test_a_case_study_is_said_anew_in_one_step(case: CaseFile, study: CaseStudy) -> None:
    facts = replace(
        facts_of(study),
        status=CaseStudyStatus.SELECTED,
        alternatives=("A second regulator: its files were destroyed", " "),
        period="2010/2015",
    )
    entries = len(case.history())
    edit_case_study(case, study.id, facts)
    assert len(case.history()) == entries + 1
    said = case.get(CaseStudy, study.id)
    assert said.alternatives == ("A second regulator: its files were destroyed",)
    assert (said.status, said.period, said.reason) == (CaseStudyStatus.SELECTED, "2010/2015", "Two sources differ.")
    case.undo()
    assert case.get(CaseStudy, study.id) == study


def test_a_case_study_in_numbers(case: CaseFile, study: CaseStudy) -> None:
    numbers = numbers_of(case, study.id)
    assert (numbers.documents_cited, numbers.excerpts, numbers.events, numbers.findings) == (1, 2, 1, 1)
    assert (numbers.cells_rated, numbers.cells_outstanding) == (1, 1)  # 2.2 is rated, 2.3 is not


def test_case_studies_made_into_one_keep_what_both_said(case: CaseFile, study: CaseStudy) -> None:
    facts = CaseStudyFacts(
        title="Answers",
        reason="Both look at answers.",
        alternatives=("Neither",),
        context=(_document(case, "INQ000003").id,),
    )
    _, other = add_case_study(case, facts)
    merge_in_frame(case, study.id, [other])
    (kept,) = case.all(CaseStudy)
    assert kept.reason == "Two sources differ.\nBoth look at answers."
    assert (kept.alternatives, kept.context) == (facts.alternatives, facts.context)
