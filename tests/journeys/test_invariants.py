"""What must always hold of an inquiry's analysis: the ten invariants of its data model, on the sample case."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from workbench.domain.analysis import (
    Assessment,
    Finding,
    FindingKind,
    Rating,
    Recommendation,
    Sentence,
)
from workbench.domain.bundle import Build
from workbench.domain.change import Action
from workbench.domain.coverage import outstanding
from workbench.domain.document import Document
from workbench.domain.errors import Refused, WorkbenchError
from workbench.domain.excerpt import AnchorState, Excerpt
from workbench.domain.frame import CaseStudy
from workbench.domain.ids import DocumentId, ExcerptId, new_id
from workbench.domain.ledger import Support
from workbench.domain.protection import Clearance, Restriction
from workbench.services.applying import apply_json
from workbench.services.assessing import AssessmentFacts, add_assessment
from workbench.services.case_study_export import export_case_study
from workbench.services.coverage import coverage_of
from workbench.services.demo import make_demo
from workbench.services.excerpting import delete_excerpts
from workbench.services.exporting import EXPORT_FORMATS, export_case
from workbench.services.ledger import ledger_of
from workbench.services.letters import letters_of
from workbench.services.names import open_names
from workbench.services.releasing import refuse_unfounded
from workbench.services.session import open_case
from workbench.services.verifying import verify_case
from workbench.services.withdrawing import supersede_document, withdraw_excerpts
from workbench.store.case_file import CaseFile

_POLICE = "Referrals to the police"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_demo(tmp_path_factory.mktemp("demo")).case_path


@pytest.fixture
def case(sample: Path, tmp_path: Path) -> Iterator[CaseFile]:
    """A copy of the sample case, to be changed."""
    with open_case(Path(shutil.copy(sample, tmp_path)), who="tester") as opened:
        yield opened


def _cited(case: CaseFile, title: str) -> tuple[Finding, Excerpt]:
    """A finding and an excerpt that its first sentence cites."""
    finding = case.first(Finding, title=title)
    assert finding is not None
    sentence = case.all(Sentence, "position", finding=finding.id)[0]
    return finding, case.get(Excerpt, next(item for item in sentence.evidence if item.startswith("exc_")))


def _study(case: CaseFile, title: str = _POLICE) -> CaseStudy:
    study = case.first(CaseStudy, title=title)
    assert study is not None
    return study


@pytest.mark.parametrize("state", [AnchorState.MOVED, AnchorState.LOST])
def test_1_words_that_moved_are_never_cited_silently(case: CaseFile, tmp_path: Path, state: AnchorState) -> None:
    finding, excerpt = _cited(case, "Batches")
    with case.change(Action.EDIT_EXCERPT) as step:
        step.put(replace(excerpt, state=state))
    (support,) = ledger_of(case, [finding])
    assert support.is_red and any(fault.state is Support.CHANGED for fault in support.faults)
    with pytest.raises(WorkbenchError, match="Batches"):
        export_case_study(case, _study(case).id, tmp_path)
    assert not list(tmp_path.glob("Referrals*"))


def test_1_an_excerpt_is_pinned_to_the_text_of_its_page(case: CaseFile) -> None:
    finding, excerpt = _cited(case, "Batches")
    with case.change(Action.EDIT_EXCERPT) as step:
        step.put(replace(excerpt, text_digest="0" * 64))
    assert ledger_of(case, [finding])[0].is_red


def test_2_no_finding_without_an_excerpt_leaves(case: CaseFile, tmp_path: Path) -> None:
    rows = [{"kind": "fact", "case_study": _POLICE, "title": "Bare", "sentences": [{"text": "It was so."}]}]
    apply_json(case, {"findings": rows})
    with pytest.raises(WorkbenchError, match="Bare"):
        export_case_study(case, _study(case).id, tmp_path)
    given = export_case_study(case, _study(case).id, tmp_path, override_findings="A draft for the reader.")
    assert given.folder.is_dir()
    assert any("A draft for the reader." in line for build in case.all(Build) for line in build.overrides)


def test_3_criticism_waits_for_its_letter(case: CaseFile, tmp_path: Path) -> None:
    study = _study(case, "Answer times at Brightwell Connect")
    assert case.count(Finding, kind=FindingKind.CRITICISM, case_study=study.id) == 2
    with pytest.raises(Refused, match="Silence towards the Office"):
        export_case_study(case, study.id, tmp_path, audience="core participants")


def test_4_only_what_is_cleared_is_in_and_an_application_counts(case: CaseFile, tmp_path: Path) -> None:
    with case.change(Action.EDIT_PROTECTION) as step:
        for document in case.all(Document):
            known = step.first(Clearance, document=document.id, audience="public")
            step.put(
                Clearance(
                    id=known.id if known else new_id("clr"),
                    document=document.id,
                    audience="public",
                    decision="cleared",
                )
            )
        step.put(Restriction(id=new_id("rst"), kind="pending", made_by="The force", targets=("INQ000103",)))
    exported = export_case_study(case, _study(case).id, tmp_path, audience="public")
    held = {path.stem for path in (exported.folder / "data" / "documents").glob("*.pdf")}
    assert "INQ000102" in held and "INQ000103" not in held


def _every_export(case: CaseFile, folder: Path) -> bytes:
    """All bytes of everything that can be exported for the panel, PDFs as their text is too compressed to show."""
    found = []
    for name in EXPORT_FORMATS:
        if name != "json":
            export_case(case, name, folder / name, case_study=_study(case).id, audience="panel")
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            found.append(path.read_bytes())
    return b"\n".join(found)


def test_5_names_and_letters_share_nothing_with_exports(case: CaseFile, tmp_path: Path) -> None:
    everything = _every_export(case, tmp_path / "out").decode("utf-8", "replace").casefold()
    secrets = [item.term for item in open_names(case)]
    for letter in letters_of(case):
        secrets += [letter.words.criticism, letter.words.response, letter.words.reason]
    assert len(secrets) >= 6
    assert [secret for secret in secrets if secret.casefold() in everything] == []
    assert "sealed:" not in everything


def test_7_what_is_cited_cannot_be_deleted_only_withdrawn(case: CaseFile) -> None:
    finding, excerpt = _cited(case, "Batches")
    with pytest.raises(Refused):
        delete_excerpts(case, [excerpt.id])
    withdraw_excerpts(case, [ExcerptId(excerpt.id)], "Read wrongly.")
    assert case.get(Excerpt, excerpt.id).withdrawn == "Read wrongly."
    assert ledger_of(case, [finding])[0].is_red
    assert all(check.ok for check in verify_case(case))


@pytest.mark.parametrize(
    ("standards", "evidence", "gaps", "is_enough"),
    [(0, 0, 0, False), (1, 0, 0, False), (0, 1, 0, False), (1, 1, 0, True), (0, 0, 1, True)],
)
def test_8_no_rating_without_a_standard_and_evidence_or_a_gap(
    case: CaseFile, standards: int, evidence: int, gaps: int, is_enough: bool
) -> None:
    known = next(item for item in case.all(Assessment) if item.standards and item.evidence_for)
    facts: dict[str, Any] = {
        "institution": known.institution,
        "scope": known.scope,
        "period": "1999",
        "rating": Rating.ADEQUATE,
        "standards": known.standards[:standards],
        "evidence_for": known.evidence_for[:evidence],
        "gaps": ("No papers.",) * gaps,
    }
    before = case.count(Assessment)
    if is_enough:
        add_assessment(case, AssessmentFacts(**facts))
    else:
        with pytest.raises(Refused, match="standard"):
            add_assessment(case, AssessmentFacts(**facts))
    assert case.count(Assessment) == before + is_enough


def test_9_every_cell_is_rated_ruled_out_or_listed_as_missing(case: CaseFile) -> None:
    matrix = coverage_of(case)
    missing = {(item.cell.institution, item.cell.paragraph) for item in outstanding(matrix)}
    for institution, paragraph, cell in matrix.every_cell():
        if matrix.is_judged(paragraph.id):
            is_settled = bool(cell.rated) or bool(cell.ruled_out)
            assert is_settled != ((institution.id, paragraph.id) in missing), (institution.name, paragraph.number)


def test_10_superseded_evidence_is_flagged_wherever_it_is_cited(case: CaseFile) -> None:
    finding, excerpt = _cited(case, "Batches")
    later = case.first(Document, urn="INQ000114")
    assert later is not None
    supersede_document(case, DocumentId(excerpt.document), later.id)
    (support,) = ledger_of(case, [finding])
    assert any(fault.state is Support.SUPERSEDED for fault in support.faults)


def test_2_no_recommendation_without_a_finding_or_a_lesson(case: CaseFile) -> None:
    apply_json(case, {"recommendations": [{"text": "Do it."}]})
    bare = case.first(Recommendation, text="Do it.")
    assert bare is not None
    with pytest.raises(WorkbenchError, match="Do it"):
        refuse_unfounded(case, [bare])
    (override,) = refuse_unfounded(case, [bare], "A draft.")
    assert override.reason == "A draft."
