"""The tables hold what the case holds, for whom it may be told, and nothing in them runs."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.report_case import STORY, STUDY, tell_story
from workbench.domain.bundle import Build
from workbench.domain.errors import CheckFailed
from workbench.services.exporting import export_case
from workbench.services.tables_export import TablesOrder, export_tables
from workbench.store.case_file import CaseFile

Rows = list[dict[str, str]]


def tables(case: CaseFile, folder: Path, **asked: Any) -> dict[str, Rows]:
    """Every CSV file by its name, as another program reads it."""
    paths, _ = export_tables(case, folder, TablesOrder(**asked))
    return {
        path.stem: list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"))))
        for path in paths
        if path.suffix == ".csv"
    }


def test_the_ledger_shows_each_sentence_with_what_carries_it(case: CaseFile, tmp_path: Path) -> None:
    rows = tables(case, tmp_path, study=tell_story(case))["findings-ledger"]
    assert [(row["Finding"], row["Sentence no."]) for row in rows] == [("F1", f"{n}") for n in (1, 2, 3, 4)] + [
        ("F2", "1")
    ]
    assert rows[1]["Rests on"] == "INQ000001_002; A1" and rows[2]["Rests on"] == (
        "INQ000003_001 and INQ000003_002; event 2"
    )
    assert rows[2]["Words it rests on"] == "every answer is entered in the register of answers."


def test_issues_say_what_bears_on_them_and_what_is_open(case: CaseFile, tmp_path: Path) -> None:
    links = [{"to": "issue", "name": "2.2.1", "stance": "supports"}]
    excerpts = [item | {"links": links} if item["ref"] == "within" else item for item in STORY["excerpts"]]
    study = tell_story(case, excerpts=excerpts, assessments=[STORY["assessments"][0] | {"issues": ["2.2.1"]}])
    (row,) = tables(case, tmp_path, study=study)["issues"]
    assert (row["Excerpts"], row["Assessments"], row["Findings"]) == ("INQ000001_001", "A1", "F1")
    assert row["What is open"] == "not answered"


def test_reading_lists_for_the_case_study_and_the_witness(case: CaseFile, tmp_path: Path) -> None:
    rows = tables(case, tmp_path, study=tell_story(case))["reading-list"]
    study = [row for row in rows if row["For"] == f"case study: {STUDY}"]
    assert [row["Reference"] for row in study] == ["INQ000003", "INQ000002", "INQ000001", "INQ000004"]
    assert "finding 1, sentence 2" in study[2]["Why"] and study[2]["Pages to read"] == "1-2"
    assert [row["Reference"] for row in rows if row["For"] == "witness IN-A1"] == ["INQ000004"]


def test_published_evidence_is_what_is_cleared_for_the_public(case: CaseFile, tmp_path: Path) -> None:
    clearances = [{"document": "INQ000003", "audience": "public", "decision": "cleared", "by": "Counsel", "on": "2020"}]
    study = tell_story(case, clearances=clearances)
    paths, _ = export_tables(case, tmp_path, TablesOrder(study=study))
    sheet = openpyxl.load_workbook(paths[0])["Evidence to publish"]
    told = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert "Cited, but not cleared for the public: INQ000001, INQ000002, INQ000004." in told[1]
    assert [row[0] for row in told[3:]] == ["INQ000003"]


def test_without_a_case_study_the_tables_are_of_the_whole_case(case: CaseFile, tmp_path: Path) -> None:
    tell_story(case)
    told: list[str] = []
    paths = export_case(case, "tables", tmp_path, tell=told.append)
    book = openpyxl.load_workbook(paths[0])
    assert [sheet.title for sheet in book][:3] == ["Documents", "Excerpts", "Links of excerpts"] and not told
    assert case.all(Build)[0].kind == "tables"


def test_a_wider_audience_gets_no_notes_and_no_readers(case: CaseFile, tmp_path: Path) -> None:
    study = tell_story(case)
    team, public = tables(case, tmp_path / "team", study=study), tables(case, tmp_path, study=study, audience="public")
    for name, column in (("excerpts", "Note"), ("assessments", "Author"), ("documents", "Supplier")):
        assert column in team[name][0] and column not in public[name][0]


def test_marked_words_in_a_table_stop_it(case: CaseFile, tmp_path: Path) -> None:
    mark = {"document": "INQ000004", "page": 1, "quote": "I kept the register of answers", "reason": "other"}
    event = STORY["events"][1] | {"dispute": "They say: I kept the register of answers."}
    study = tell_story(case, redactions=[mark], events=[STORY["events"][0], event])
    with pytest.raises(CheckFailed, match="the table “Chronology”"):
        tables(case, tmp_path, study=study, audience="panel")
