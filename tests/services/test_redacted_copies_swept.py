"""Redacted copies of single documents go through the same gate as everything else that leaves the team."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from workbench.domain.bundle import Build
from workbench.domain.document import Document
from workbench.domain.errors import Refused
from workbench.services.applying import apply_json
from workbench.services.redacted_export import WrittenCopy, export_redacted
from workbench.services.releasing import LeaksFound
from workbench.store.case_file import CaseFile

MARK = {"document": "INQ000001", "page": 1, "quote": "Reports were", "reason": "other"}
PERSON = {"cipher": "IN-B2", "class": "witness", "names": ["Heddlu Dŵr Llŷn"]}


def _export(case: CaseFile, folder: Path, **options: Any) -> WrittenCopy:
    documents = case.all(Document, urn="INQ000001")
    return export_redacted(case, documents, folder, audience="public", **options)[0]


def test_a_name_that_nobody_marked_stops_the_copy(case: CaseFile, tmp_path: Path) -> None:
    apply_json(case, {"redactions": [MARK], "people": [PERSON]})
    with pytest.raises(LeaksFound, match="IN-B2"):
        _export(case, tmp_path / "out")
    assert not (tmp_path / "out").exists() and case.count(Build) == 0
    _export(case, tmp_path / "out", override="It is the force's own name")
    (build,) = case.all(Build)
    assert build.audience == "public" and "the force's own name" in build.overrides[0]
    assert any(line.startswith("INQ000001.redacted.pdf ") for line in build.files)


def test_a_withheld_document_is_not_copied(case: CaseFile, tmp_path: Path) -> None:
    apply_json(case, {"redactions": [MARK], "restrictions": [{"kind": "order", "targets": ["INQ000001"]}]})
    with pytest.raises(Refused, match="INQ000001 was left out"):
        _export(case, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_withheld_pages_and_areas_are_blacked_out(case: CaseFile, tmp_path: Path) -> None:
    targets = ["INQ000001_001@60,60,560,140", "INQ000001_002"]
    apply_json(case, {"restrictions": [{"kind": "order", "targets": targets}]})
    read = ["pdftotext", _export(case, tmp_path).path, "-"]
    words = subprocess.run(read, capture_output=True, text=True, check=True).stdout
    assert "median answer" not in words and "guidance" not in words and "WITHHELD" not in words.split()
