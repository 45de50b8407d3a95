"""A case study beyond the team holds none of the words that its audience may not see, wherever they were written."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.services.test_applying import FULL
from workbench.domain.bundle import Build
from workbench.domain.document import Document
from workbench.domain.errors import CheckFailed
from workbench.domain.frame import CaseStudy
from workbench.services.applying import apply_json
from workbench.services.case_studies import add_context, edit_case_study, facts_of
from workbench.services.case_study_export import export_case_study
from workbench.services.exporting import export_case
from workbench.store.case_file import CaseFile

MARK = {"document": "INQ000001", "page": 1, "quote": "answered within 24 hours", "reason": "personal detail"}


def _marked(case: CaseFile, *marks: dict[str, Any], **more: Any) -> None:
    apply_json(case, {**FULL, "redactions": list(marks), **more})


def _export(case: CaseFile, folder: Path, **options: Any) -> dict[str, bytes]:
    exported = export_case_study(case, case.all(CaseStudy)[0].id, folder, audience="public", **options)
    with zipfile.ZipFile(exported.archive) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _tables(files: dict[str, bytes]) -> str:
    ends = (".json", ".csv", ".html", ".txt", "case.js")
    return "\n".join(content.decode() for name, content in files.items() if name.endswith(ends))


def test_marked_words_around_an_excerpt_do_not_go_out_with_it(case: CaseFile, tmp_path: Path) -> None:
    _marked(case, {**MARK, "quote": "Reports were"})
    told = _tables(_export(case, tmp_path))
    assert "issued guidance in March 2011" in told
    assert "Reports were" not in told


def test_every_place_of_a_marked_quote_hides_the_excerpts_on_it(case: CaseFile, tmp_path: Path) -> None:
    excerpt = {"ref": "third", "document": "INQ000002", "page": 1, "quote": "The board noted the delay"}
    excerpt["links"] = [{"to": "case_study", "name": "Response times"}]  # type: ignore[assignment]
    mark = {"document": "INQ000002", "page": 1, "quote": "board noted", "reason": "other"}
    _marked(case, mark, excerpts=[*FULL["excerpts"], excerpt])
    assert "noted the delay" not in _tables(_export(case, tmp_path))


def test_what_rests_only_on_withheld_words_is_left_out(case: CaseFile, tmp_path: Path) -> None:
    mark = {"document": "INQ000001", "page": 1, "quote": "guidance in March 2011", "reason": "other"}
    _marked(case, mark)
    files = _export(case, tmp_path)
    said: list[str] = []
    export_case(case, "case-study", tmp_path / "again", audience="public", tell=said.append)
    assert "2 events, assessments and sentences were left out" in " ".join(said)
    told = _tables(files)
    assert "Guidance issued" not in told and "was issued in March" not in told
    assert "Answers took longer than it asked" in told
    read_me = next(content for name, content in files.items() if name.endswith("FIRST.txt")).decode()
    assert "left out, because what they rest on may not be shown" in " ".join(read_me.split())


@pytest.mark.parametrize(
    "where",
    [
        {"case_studies": [{**FULL["case_studies"][0], "reason": "Somebody wrote: answered  within 24 hours."}]},
        {"excerpts": [{**item, "note": "compare “Answered within 24 hours”"} for item in FULL["excerpts"]]},
        {"events": [{**FULL["events"][0], "words": "to be answered within 24 hours"}, FULL["events"][1]]},
        {"lessons": [{**FULL["lessons"][0], "text": "Post is answered within 24 hours."}]},
    ],
)
def test_marked_words_in_what_people_wrote_stop_the_export(
    case: CaseFile, tmp_path: Path, where: dict[str, Any]
) -> None:
    _marked(case, MARK, **where)
    with pytest.raises(CheckFailed, match="words that are marked for redaction") as stopped:
        _export(case, tmp_path / "out")
    assert "24 hours" not in str(stopped.value)
    assert not (tmp_path / "out").exists() and case.count(Build) == 0


def test_marked_words_in_what_people_wrote_go_out_with_a_reason(case: CaseFile, tmp_path: Path) -> None:
    _marked(case, MARK, lessons=[{**FULL["lessons"][0], "text": "Post is answered within 24 hours."}])
    _export(case, tmp_path, override="The term is in the Act itself")
    assert "The term is in the Act itself" in case.all(Build)[0].overrides[0]


def test_what_is_left_out_is_named_to_the_team_only(case: CaseFile, tmp_path: Path) -> None:
    _marked(case)
    public = _export(case, tmp_path / "public")
    assert not any(name.endswith("left_out.csv") for name in public)
    assert "Minutes" not in _tables(public) and "INQ000002" not in _tables(public)
    exported = export_case_study(case, case.all(CaseStudy)[0].id, tmp_path / "team")
    told = (exported.folder / "data" / "tables" / "left_out.csv").read_text(encoding="utf-8-sig")
    assert 'INQ000002,Minutes,"nothing cites it' in told


def test_a_context_document_that_is_withheld_stays_out(case: CaseFile, tmp_path: Path) -> None:
    order = {"ref": "r9", "kind": "order", "made_by": "Chair", "targets": ["INQ000002"]}
    _marked(case, restrictions=[*FULL["restrictions"], order])
    minutes = case.first(Document, urn="INQ000002")
    assert minutes is not None
    add_context(case, case.all(CaseStudy)[0].id, [minutes.id])
    assert "INQ000002" not in "".join(_export(case, tmp_path / "public"))
    team = export_case_study(case, case.all(CaseStudy)[0].id, tmp_path / "team")
    assert (team.folder / "data" / "documents" / "INQ000002.pdf").is_file()


def test_marked_words_in_alternatives_stop_the_export(case: CaseFile, tmp_path: Path) -> None:
    _marked(case, MARK)
    study = case.all(CaseStudy)[0]
    edit_case_study(case, study.id, replace(facts_of(study), alternatives=("One that answered within 24 hours",)))
    with pytest.raises(CheckFailed, match="alternatives of the case study"):
        _export(case, tmp_path / "out")
