"""References inside the documents of a bundle become links in the margin, or are named with the reason why not."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pymupdf
import pypdfium2
import pytest
from pikepdf import Array, Name

from tests.services.conftest import put_pdf
from workbench.domain.bundle import Bundle
from workbench.domain.page_map import BundlePlan, PageMap
from workbench.pdf.margin_links import MarginLinks
from workbench.pdf.stamp import frame_of
from workbench.runtime.resources import resource_path
from workbench.services.applying import apply_json
from workbench.services.bundle_planning import plan_bundle
from workbench.services.bundling import build_bundle
from workbench.services.margin_references import ReferenceMarks, reference_marks
from workbench.services.profiles import load_profile
from workbench.store.case_file import CaseFile

BUILT_AT = datetime(2026, 1, 2, tzinfo=UTC)
STATEMENT = [
    "INQ000010_001\nThe letter (INQ000001_002) answers what the minutes say at {A/3/1}.\nSee also INQ000001_009.",
    "INQ000010_002\nAs I say at INQ000010_001, INQ000999 was not shown to me, nor was [2021] EWHC 2167 (Comm).",
]


@pytest.fixture
def bundle(case: CaseFile) -> Bundle:
    put_pdf(case, "INQ000010", "Statement", STATEMENT)
    entries = [{"document": urn} for urn in ("INQ000010", "INQ000001", "INQ000002")]
    sections = [{"title": "Statements", "entries": entries}]
    apply_json(case, {"bundles": [{"name": "Hearing bundle", "sections": sections}]})
    return case.all(Bundle)[0]


def marks_of(case: CaseFile, bundle: Bundle, page_map: PageMap, **options: object) -> ReferenceMarks:
    plan: BundlePlan = plan_bundle(case, bundle, load_profile("ctj-2021"), BUILT_AT).plan
    return reference_marks(case, plan, page_map, **options)  # type: ignore[arg-type]


def test_a_link_in_the_margin_leads_to_the_page_with_that_number(
    case: CaseFile, bundle: Bundle, tmp_path: Path
) -> None:
    built = build_bundle(case, bundle.id, tmp_path / "out", built_at=BUILT_AT)
    found = marks_of(case, bundle, built.page_map)
    assert found.count == 2
    with pikepdf.open(built.path) as pdf:
        bold = resource_path("fonts/LiberationSans-Bold.ttf").read_bytes()
        links = MarginLinks(pdf, bold, lambda index: Array([pdf.pages[index].obj, Name.XYZ, 0, 842, None]))
        for index, marks in found.marks.items():
            page = pdf.pages[index]
            assert links.fits(frame_of(page), *found.sizes[index])
            page.contents_add(links.operators(page, marks, frame_of(page)))
            links.link(page, marks, frame_of(page))
        buffer = io.BytesIO()
        pdf.save(buffer)
    page = pymupdf.open(stream=buffer.getvalue(), filetype="pdf")[2]
    stamps = [text.get_textpage().get_text_range().split()[-1] for text in pypdfium2.PdfDocument(built.path)]
    led = {}
    for link in page.get_links():
        words = page.get_textbox(link["from"]).split()
        led.setdefault(link["page"], []).append(" ".join(words))
    assert sorted(led) == [5, 6]
    assert [stamps[number] for number in sorted(led)] == ["6", "7"]
    assert any("HB 6" in words for words in led[5]) and any("INQ000001_002" in words for words in led[5])
    assert any("HB 7" in words for words in led[6]) and any("{A/3/1}" in words for words in led[6])


def test_every_reference_has_a_mark_or_is_listed(case: CaseFile, bundle: Bundle, tmp_path: Path) -> None:
    page_map = build_bundle(case, bundle.id, tmp_path / "out", built_at=BUILT_AT).page_map
    found = marks_of(case, bundle, page_map)
    assert [(one.label, one.urn, one.text, one.reason) for one in found.unresolved] == [
        ("3", "INQ000010", "INQ000001_009", "Page 9 of INQ000001: not in this bundle."),
        ("4", "INQ000010", "INQ000999", "INQ000999 is not in this bundle."),
        (
            "4",
            "INQ000010",
            "[2021] EWHC 2167 (Comm)",
            "The bundle has no document with “[2021] EWHC 2167 (Comm)” in the title.",
        ),
    ]


def test_words_under_a_redaction_are_not_looked_at(case: CaseFile, bundle: Bundle, tmp_path: Path) -> None:
    page_map = build_bundle(case, bundle.id, tmp_path / "out", built_at=BUILT_AT).page_map
    text = case.pages(page_map.rows[2].sha256)[0].text
    hidden = text.index("INQ000001_002")
    asked: list[tuple[str, int]] = []

    def hides(urn: str, index: int, start: int, end: int) -> bool:
        asked.append((urn, index))
        return (index, start) == (0, hidden) and text[start:end] == "INQ000001_002"

    found = marks_of(case, bundle, page_map, hides=hides)
    assert [mark.text for marks in found.marks.values() for mark in marks] == ["HB 7"]
    assert "INQ000001_002" not in {one.text for one in found.unresolved}
    assert ("INQ000010", 1) in asked
