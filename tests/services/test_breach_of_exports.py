"""A breach drill finds words in every file that left, not only in those that are plain text."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from tests.services.test_applying import FULL
from workbench.domain.analysis import Finding
from workbench.domain.bundle import Bundle
from workbench.domain.document import Document
from workbench.domain.errors import Refused
from workbench.domain.frame import CaseStudy
from workbench.services.applying import apply_json
from workbench.services.breach import breach_drill
from workbench.services.bundling import build_bundle
from workbench.services.case_study_export import export_case_study
from workbench.services.clearing import Clearing
from workbench.services.redacted_export import export_redacted
from workbench.services.releasing import refuse_unwarned_criticism
from workbench.store.case_file import CaseFile

MARK = {"document": "INQ000001", "page": 2, "quote": "nine days", "reason": "other"}


def test_words_in_documents_that_left_are_found(case: CaseFile, tmp_path: Path) -> None:
    apply_json(case, {**FULL, "redactions": [MARK]})
    export_case_study(case, case.all(CaseStudy)[0].id, tmp_path)
    export_redacted(case, case.all(Document, urn="INQ000001"), tmp_path, audience="public")
    files = {item.build.kind: item.files for item in breach_drill(case, "answered within 24 hours").builds}
    assert "Response times/data/documents/INQ000001.pdf" in files["case-study"]
    assert files["redacted"] == ("INQ000001.redacted.pdf",)
    (team,) = breach_drill(case, "nine days").builds
    assert team.build.kind == "case-study"  # the copy has it burnt out


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        ({"case_studies": [{"title": "Other", "scope": ["2.2"], "reason": "Zeppelins were kept."}]}, "case study"),
        ({"institutions": [{"name": "Zeppelins Board"}]}, "name of a theme or institution"),
        ({"bundles": [{"name": "Zeppelins", "sections": []}]}, "name of a bundle"),
        ({"standards": [{"title": "On Zeppelins"}]}, "standard"),
    ],
)
def test_what_people_wrote_is_looked_through(case: CaseFile, rows: dict[str, Any], what: str) -> None:
    apply_json(case, rows)
    assert what in [place.what for place in breach_drill(case, "Zeppelins").places]


@pytest.mark.parametrize(
    ("letter", "is_done"),
    [
        ({"sent_on": "2026-05-01", "due_on": "2026-06-01"}, True),
        ({"sent_on": "2026-05-01", "due_on": "2026-11"}, False),
        ({"sent_on": "2026-12-01", "answered_on": "2026-12-20"}, False),
        ({"sent_on": "2026-05-01", "due_on": "2027-01", "answered_on": "2026-06-01"}, True),
    ],
)
def test_a_warning_letter_counts_when_its_time_is_over(case: CaseFile, letter: dict[str, str], is_done: bool) -> None:
    finding = {**FULL["findings"][0], "kind": "criticism"}
    apply_json(
        case, {**FULL, "findings": [finding], "warning_letters": [{"finding": "f1", "addressee": "OOS", **letter}]}
    )
    clearing = Clearing(case, "public", date(2026, 11, 25))
    if is_done:
        refuse_unwarned_criticism(case, clearing, case.all(Finding))
    else:
        with pytest.raises(Refused, match="warning letter"):
            refuse_unwarned_criticism(case, clearing, case.all(Finding))


def test_a_core_bundle_names_the_numbers_that_its_audience_has(case: CaseFile, tmp_path: Path) -> None:
    def bundle(name: str, *urns: str, **more: str) -> dict[str, Any]:
        return {"name": name, "sections": [{"title": "All", "entries": [{"document": urn} for urn in urns]}], **more}

    kept = {"kind": "order", "targets": ["INQ000001"]}
    apply_json(case, {"bundles": [bundle("Main", "INQ000001", "INQ000002")], "restrictions": [kept]})
    apply_json(case, {"bundles": [bundle("Core", "INQ000002", kind="core", main="Main")]})
    main, core = (next(item for item in case.all(Bundle) if item.name == name) for name in ("Main", "Core"))
    public = build_bundle(case, main.id, tmp_path, audience="public")
    build_bundle(case, main.id, tmp_path / "team", audience="team")
    label = next(row.label for row in public.page_map.rows if row.urn)
    built = build_bundle(case, core.id, tmp_path, audience="public")
    assert f"Main, p. {label}" in " ".join(_index(built.path).split())


def _index(path: Path) -> str:
    return str(pypdfium2.PdfDocument(path)[1].get_textpage().get_text_range())
