"""References inside the documents of a bundle become links in the margin, or are named with the reason why not."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pymupdf
import pypdfium2
import pytest

from tests.services.conftest import put_pdf
from workbench.domain.bundle import Bundle
from workbench.domain.change import Action
from workbench.domain.geometry import Box
from workbench.domain.margin_marks import PageMarks
from workbench.domain.page_map import BundlePlan, PageMap, PlannedEntry, map_pages
from workbench.domain.progress import Ticket
from workbench.exporters.bundle_pdf import BundleWriter, WrittenBundle
from workbench.services.applying import apply_json
from workbench.services.bundle_planning import plan_bundle
from workbench.services.bundling import build_bundle
from workbench.services.margin_references import ReferenceMarks, reference_marks
from workbench.services.page_words import PageReader
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


@pytest.fixture
def writer() -> Iterator[BundleWriter]:
    with BundleWriter() as opened:
        yield opened


@pytest.fixture
def plan(case: CaseFile, bundle: Bundle) -> BundlePlan:
    return plan_bundle(case, bundle, load_profile("ctj-2021"), BUILT_AT).plan


@pytest.fixture
def page_map(writer: BundleWriter, plan: BundlePlan) -> PageMap:
    return map_pages(plan, writer.measure(plan), load_profile("ctj-2021").numbering)


@pytest.fixture
def found(case: CaseFile, plan: BundlePlan, page_map: PageMap) -> ReferenceMarks:
    return reference_marks(case, plan, page_map)


def written(
    writer: BundleWriter, case: CaseFile, plan: BundlePlan, page_map: PageMap, pages: Mapping[int, PageMarks]
) -> WrittenBundle:
    """The bundle with these marks; pages of the statement leave a scale behind that nothing is readable in."""

    def read(entry: PlannedEntry) -> bytes:
        pdf = pikepdf.open(io.BytesIO(case.reading_copy(entry.sha256)))
        if entry.urn == "INQ000010":
            pdf.pages[0].contents_add(pdf.make_stream(b"q 0.001 0 0 0.001 0 0 cm q"), prepend=False)
        buffer = io.BytesIO()
        pdf.save(buffer)
        return buffer.getvalue()

    made = writer.write(plan, page_map, wording="", read=read, ticket=Ticket(), marks=pages)
    return writer.isolate(made, [2])


def test_a_link_in_the_margin_leads_to_the_page_with_that_number(
    writer: BundleWriter, case: CaseFile, plan: BundlePlan, page_map: PageMap, found: ReferenceMarks
) -> None:
    assert found.links == ((2, 5), (2, 6))
    content = written(writer, case, plan, page_map, found.pages).content
    stamps = [text.get_textpage().get_text_range().split()[-1] for text in pypdfium2.PdfDocument(content)]
    assert stamps == [str(number) for number in range(1, 8)]
    page = pymupdf.open(stream=content, filetype="pdf")[2]
    led: dict[int, list[str]] = {}
    for link in page.get_links():
        led.setdefault(link["page"], []).append(" ".join(page.get_textbox(link["from"]).split()))
    assert sorted(led) == [5, 6]
    for number, mark, reference in ((5, "HB 6", "INQ000001_002"), (6, "HB 7", "{A/3/1}")):
        assert mark in led[number] and any(reference in words for words in led[number])
        assert stamps[number] == mark.removeprefix("HB ")


def test_a_page_that_changed_its_size_gets_no_marks_and_says_so(
    writer: BundleWriter, case: CaseFile, plan: BundlePlan, page_map: PageMap, found: ReferenceMarks
) -> None:
    pages = {index: replace(page, width_pt=300) for index, page in found.pages.items()}
    made = written(writer, case, plan, page_map, pages)
    assert "page 3: it changed its size, so it has no margin links" in made.notices
    assert pymupdf.open(stream=made.content, filetype="pdf")[2].get_links() == []


def test_every_reference_has_a_mark_or_is_listed(found: ReferenceMarks) -> None:
    judgment = "[2021] EWHC 2167 (Comm)"
    assert found.not_found == (
        "page 3 (INQ000010): “INQ000001_009”: Page 9 of INQ000001: not in this bundle.",
        "page 4 (INQ000010): “INQ000999”: INQ000999 is not in this bundle.",
        f"page 4 (INQ000010): “{judgment}”: The bundle has no document with “{judgment}” in the title.",
    )


def test_words_under_a_redaction_get_no_mark_and_are_not_named(
    case: CaseFile, plan: BundlePlan, page_map: PageMap
) -> None:
    row = page_map.rows[2]
    text = case.pages(row.sha256)[0].text
    with PageReader() as reader:
        words = reader.words(case, row.sha256, 0)
    hidden = [
        word.box for word in words if text[word.start : word.end].strip("().") in ("INQ000001_002", "INQ000001_009")
    ]
    assert len(hidden) == 2

    def burnt(sha256: str, page_index: int) -> list[Box]:
        return hidden if (sha256, page_index) == (row.sha256, 0) else []

    found = reference_marks(case, plan, page_map, burnt=burnt)
    assert [mark.text for page in found.pages.values() for mark in page.marks] == ["HB 7"]
    assert not any("INQ000001" in line for line in found.not_found)
    assert "page 4 (INQ000010): “INQ000999”: INQ000999 is not in this bundle." in found.not_found


def test_a_bundle_with_margin_links_passes_its_checks(case: CaseFile, bundle: Bundle, tmp_path: Path) -> None:
    with case.change(Action.EDIT_BUNDLE, bundle.name) as step:
        step.put(replace(bundle, marks_references=True))
    built = build_bundle(case, bundle.id, tmp_path / "out", built_at=BUILT_AT)
    (check,) = (check for check in built.report.checks if check.id == "B39")
    assert (check.ok, check.detail) == (True, "2 references linked, 3 listed as not found")
    assert next(check for check in built.report.checks if check.id == "B04").ok
    pages = pypdfium2.PdfDocument(built.path)
    assert [text for text in ("HB 6", "HB 7") if text in pages[2].get_textpage().get_text_range()] == ["HB 6", "HB 7"]
