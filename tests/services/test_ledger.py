"""The ledger follows a case as it changes, and what is red does not leave without a reason."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.services.test_applying import FULL
from workbench.domain.analysis import Finding, FindingStatus, Recommendation, Sentence
from workbench.domain.bundle import Build
from workbench.domain.change import Action
from workbench.domain.document import Document
from workbench.domain.errors import Refused
from workbench.domain.event import Event
from workbench.domain.excerpt import Excerpt, Stance
from workbench.domain.frame import CaseStudy, Institution, ScopeParagraph
from workbench.domain.ids import AnyId, ExcerptId
from workbench.domain.ledger import FindingSupport, Support
from workbench.services.applying import apply_json
from workbench.services.case_study_content import gather
from workbench.services.case_study_export import export_case_study
from workbench.services.excerpting import delete_excerpt
from workbench.services.findings import FindingFacts, add_evidence, add_finding, edit_finding, set_status
from workbench.services.framing import merge_in_frame
from workbench.services.ledger import ledger_of
from workbench.services.linking import Wanted, annotate
from workbench.services.releasing import UnsupportedFindings, refuse_unfounded, refuse_unsupported
from workbench.services.withdrawing import (
    reinstate_document,
    reinstate_excerpts,
    supersede_document,
    uses_of_excerpts,
    withdraw_document,
    withdraw_excerpts,
)
from workbench.store.case_file import CaseFile


@pytest.fixture
def full(case: CaseFile) -> CaseFile:
    apply_json(case, FULL)
    return case


def _only(case: CaseFile) -> FindingSupport:
    (support,) = ledger_of(case)
    return support


def _excerpt(case: CaseFile, quote: str) -> ExcerptId:
    return next(item.id for item in case.all(Excerpt) if quote in item.quote)


def _document(case: CaseFile, urn: str) -> Document:
    found = case.first(Document, urn=urn)
    assert found is not None
    return found


def test_every_sentence_leads_to_its_pages(full: CaseFile) -> None:
    support = _only(full)
    assert support.state is Support.SUPPORTED and support.name == "Guidance was issued in March 2011."
    pages = [[page.reference for page in item.pages] for item in support.sentences]
    assert pages == [["INQ000001_001"], ["INQ000001_002", "INQ000001_001"]]


def test_withdrawing_an_excerpt_turns_red_and_back(full: CaseFile) -> None:
    delay = _excerpt(full, "nine days")
    assert uses_of_excerpts(full, [delay]) == "1 assessment and 1 sentence"
    with pytest.raises(Refused, match="Say why"):
        withdraw_excerpts(full, [delay], " ")
    withdraw_excerpts(full, [delay], "the figure was corrected")
    support = _only(full)
    assert support.is_red and [item.state for item in support.sentences] == [Support.SUPPORTED, Support.WITHDRAWN]
    told = [fault.spoken for fault in support.faults]
    assert told[0] == "sentence 2 cites INQ000001_002, which was withdrawn: the figure was corrected"
    assert told[1].startswith("sentence 2 rests on the assessment of Office for Online Standards under 2.2, which")
    with pytest.raises(Refused):
        delete_excerpt(full, delay)
    reinstate_excerpts(full, [delay])
    assert _only(full).state is Support.SUPPORTED


def test_withdrawing_and_superseding_a_document(full: CaseFile) -> None:
    letter, minutes = _document(full, "INQ000001"), _document(full, "INQ000002")
    supersede_document(full, letter.id, minutes.id)
    assert _only(full).state is Support.SUPERSEDED and not _only(full).is_red
    with pytest.raises(Refused, match="which it supersedes itself"):
        supersede_document(full, minutes.id, letter.id)
    withdraw_document(full, letter.id, "sent in error", "2026-03-12")
    assert _only(full).state is Support.WITHDRAWN
    assert full.get(Document, letter.id).withdrawn_on == "2026-03-12"
    full.undo()
    assert _only(full).state is Support.SUPERSEDED
    reinstate_document(full, letter.id)
    assert _only(full).state is Support.SUPPORTED


def test_text_that_is_no_longer_what_was_marked_is_seen(full: CaseFile) -> None:
    marked = full.get(Excerpt, _excerpt(full, "nine days"))
    with full.change(Action.EDIT_EXCERPT) as step:
        step.put(replace(marked, text_digest="of the page as it was read before"))
    assert [item.state for item in _only(full).sentences] == [Support.SUPPORTED, Support.CHANGED]


def test_a_merged_institution_is_still_assessed_criticised_and_spoken_against(full: CaseFile) -> None:
    office = full.first(Institution, name="Office for Online Standards")
    assert office is not None
    paragraph = next(item for item in full.all(ScopeParagraph) if item.number == "2.3")
    board = [_excerpt(full, "The board noted")]
    annotate(full, board, [Wanted(kind="institution", name="Standards Office", stance=Stance.UNDERMINES)])
    annotate(full, board, [Wanted(kind="scope", name="2.3", id=AnyId(paragraph.id), stance=Stance.UNDERMINES)])
    guidance = [_excerpt(full, "issued guidance")]
    annotate(full, guidance, [Wanted(kind="scope", name="2.3", id=AnyId(paragraph.id), stance=Stance.SUPPORTS)])
    other = full.first(Institution, name="Standards Office")
    assert other is not None
    finding = full.all(Finding)[0]
    edit_finding(full, finding.id, FindingFacts(criticised=(AnyId(office.id), AnyId(other.id))))
    assert _only(full).state is Support.SUPPORTED
    before = [[page.reference for page in item.pages] for item in _only(full).sentences]
    merge_in_frame(full, other.id, [office.id])
    support = _only(full)
    assert support.state is Support.CONTRADICTED and "while INQ000002_001 undermines" in support.faults[0].text
    assert support.finding.criticised == (other.id,)
    assert [[page.reference for page in item.pages] for item in support.sentences] == before
    assert "Standards Office under 2.2: partly adequate" in [g.title for s in support.sentences for g in s.grounds]
    full.undo()
    assert _only(full).finding.criticised == (office.id, other.id)


# The gate


def test_the_gate_names_the_sentence_and_opens_with_a_reason(full: CaseFile) -> None:
    assert refuse_unsupported(full, full.all(Finding)) == ()
    add_finding(full, FindingFacts(title="Staffing"), ["Posts stayed vacant."])
    findings = full.all(Finding)
    with pytest.raises(UnsupportedFindings, match="“Staffing” is not exported: sentence 1 rests on nothing") as stopped:
        refuse_unsupported(full, findings, "  ")
    assert len(stopped.value.reasons) == 1
    (override,) = refuse_unsupported(full, findings, "The source is on its way")
    assert (override.reason, override.who) == ("The source is on its way", "tester")
    assert override.what.startswith("The finding “Staffing” is exported although sentence 1 rests on nothing")
    set_status(full, findings[1].id, FindingStatus.WITHDRAWN)
    assert refuse_unsupported(full, full.all(Finding)) == ()


def test_a_recommendation_without_a_standing_finding_is_refused(full: CaseFile) -> None:
    asked = full.all(Recommendation)
    assert refuse_unfounded(full, asked) == ()
    set_status(full, full.all(Finding)[0].id, FindingStatus.WITHDRAWN)
    with pytest.raises(UnsupportedFindings, match=r"“Publish answer times\.” is not exported: it comes from findings"):
        refuse_unfounded(full, asked)
    assert len(refuse_unfounded(full, asked, "To be settled")) == 1


def test_a_red_finding_stops_the_case_study_for_the_team_too(full: CaseFile, tmp_path: Path) -> None:
    withdraw_excerpts(full, [_excerpt(full, "nine days")], "corrected")
    study, out = full.all(CaseStudy)[0].id, tmp_path / "out"
    for reasons in ({}, {"override": "names are harmless"}):
        with pytest.raises(UnsupportedFindings, match="sentence 2 cites INQ000001_002, which was withdrawn"):
            export_case_study(full, study, out, **reasons)
    assert not out.exists() and full.count(Build) == 0
    exported = export_case_study(full, study, out, override_findings="For the team's meeting only")
    assert exported.archive.exists()
    assert "sentence 2 cites INQ000001_002" in full.all(Build)[0].overrides[0]
    assert full.all(Build)[0].overrides[0].endswith("Reason: For the team's meeting only")


def test_a_withdrawn_finding_is_not_exported(full: CaseFile) -> None:
    study = full.all(CaseStudy)[0].id
    assert gather(full, study).tables["findings"] and gather(full, study).tables["recommendations"]
    set_status(full, full.all(Finding)[0].id, FindingStatus.WITHDRAWN)
    assert not gather(full, study).tables["findings"] and not gather(full, study).tables["recommendations"]


def test_events_without_sources_are_seen_in_the_case(full: CaseFile) -> None:
    bare = next(item for item in full.all(Event) if not item.sources)
    add_evidence(full, full.all(Sentence, "position")[0].id, [AnyId(bare.id)])
    assert _only(full).sentences[0].state is Support.UNSUPPORTED
