"""Numbers follow the profile, stay when documents come late, and run on through volumes; read by outside libraries."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from tests.services.conftest import put_pdf
from workbench.domain.bundle import Build, Bundle, Entry, Section
from workbench.domain.document import Document
from workbench.domain.errors import Refused
from workbench.domain.numbering import Late
from workbench.services.applying import apply_json
from workbench.services.builds import account_of, newest_account
from workbench.services.bundle_editing import BundleEdit, add_entries, edit_bundle, move_entries, section_named
from workbench.services.bundling import BuiltBundle, build_bundle
from workbench.store.case_file import CaseFile

BUILT_AT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


@pytest.fixture
def bundle(case: CaseFile) -> Bundle:
    sections = [
        {"title": "Letters", "entries": [{"document": "INQ000001"}]},
        {"title": "Minutes", "entries": [{"document": "INQ000002"}]},
    ]
    apply_json(case, {"bundles": [{"name": "Day 1", "sections": sections}]})
    return case.all(Bundle)[0]


def _build(case: CaseFile, bundle: Bundle, folder: Path, **options: object) -> BuiltBundle:
    return build_bundle(case, bundle.id, folder, built_at=BUILT_AT, **options)  # type: ignore[arg-type]


def _late(case: CaseFile, bundle: Bundle, section: str, position: int) -> None:
    """Three pages that arrive in the morning, put into a section."""
    put_pdf(case, "INQ000009", "Late letter", ["One late page.", "Two late pages.", "Three late pages."])
    late = next(document for document in case.all(Document) if document.urn == "INQ000009")
    add_entries(case, section_named(case, bundle.id, section).id, [late.id], position=position)


def _read(path: Path) -> tuple[list[str], list[str]]:
    """(labels, last word of each page), by two libraries that know nothing of the page map."""
    with pikepdf.open(path) as pdf:
        labels = [str(page.label) for page in pdf.pages]
    reader = pypdfium2.PdfDocument(path)
    words = [page.get_textpage().get_text_range().split()[-1] for page in reader]
    reader.close()
    return labels, words


def test_letters_per_section_with_roman_front_pages(case: CaseFile, bundle: Bundle, tmp_path: Path) -> None:
    built = _build(case, bundle, tmp_path, profile="fpr-27a-2026-bates")
    labels, words = _read(built.path)
    assert labels == words == ["i", "ii", "A1", "A2", "B1"]
    with pikepdf.open(built.path) as pdf, pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == ["Index, p. ii", "Letters, p. A1", "Minutes, p. B1"]


@pytest.mark.parametrize(
    ("profile", "late", "expected"),
    [
        ("ctj-2021", Late.DECIMAL, "1 2 3 4 4.1 4.2 4.3 5"),
        ("ctj-2021", Late.APPEND, "1 2 3 4 5 6 7 8"),
        ("fpr-27a-2026-bates", Late.APPEND, "i ii A1 A2 A3 A4 A5 B1"),
        ("ctj-2021", Late.RENUMBER, "1 2 3 4 5 6 7 8"),
    ],
)
def test_late_pages_leave_given_numbers_alone(
    case: CaseFile, bundle: Bundle, tmp_path: Path, profile: str, late: Late, expected: str
) -> None:
    first = _build(case, bundle, tmp_path / "1", profile=profile)
    before = {row.key: row.label for row in first.page_map.rows}
    _late(case, bundle, "Letters", 1)
    second = _build(case, bundle, tmp_path / "2", profile=profile, late=late)
    labels, words = _read(second.path)
    assert labels == words == expected.split()
    after = {row.key: row.label for row in second.page_map.rows}
    is_kept = all(after[key] == label for key, label in before.items())
    assert is_kept == (late is not Late.RENUMBER)
    assert second.moved == (0 if late is not Late.RENUMBER else 1)
    warned = [check.severity.value for check in second.report.failed if check.id == "B06"]
    assert warned == (["W"] if late is Late.DECIMAL else []), "that the file's own numbers differ is told"
    titles = [row.title for row in second.page_map.rows]
    assert titles.index("Late letter") == (5 if late is Late.APPEND and profile == "ctj-2021" else 4)


def test_the_concordance_tells_old_from_new(case: CaseFile, bundle: Bundle, tmp_path: Path) -> None:
    assert not any("concordance" in path.name for path in _build(case, bundle, tmp_path / "1").beside)
    _late(case, bundle, "Letters", 0)
    built = _build(case, bundle, tmp_path / "2")
    (path,) = [item for item in built.beside if "concordance" in item.name]
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    told = [(row["urn"], row["source_page"], row["old_number"], row["new_number"], row["change"]) for row in rows]
    assert told == [
        ("INQ000001", "1", "3", "6", "moved"),
        ("INQ000001", "2", "4", "7", "moved"),
        ("INQ000002", "1", "5", "8", "moved"),
        ("INQ000009", "1", "", "3", "added"),
        ("INQ000009", "2", "", "4", "added"),
        ("INQ000009", "3", "", "5", "added"),
    ]


def test_a_full_index_goes_on_before_the_late_documents(case: CaseFile, tmp_path: Path) -> None:
    documents = [put_pdf(case, f"INQ0001{n:02}", f"Paper {n}", [f"Paper number {n}."]) for n in range(60)]
    entries = [{"document": item.urn} for item in documents]
    apply_json(case, {"bundles": [{"name": "Many", "sections": [{"title": "Papers", "entries": entries[:28]}]}]})
    many = case.all(Bundle)[0]
    _build(case, many, tmp_path / "1")
    section = case.all(Section)[0]
    add_entries(case, section.id, [item.id for item in documents[28:]])
    built = _build(case, many, tmp_path / "2", late=Late.APPEND)
    kinds = [row.kind.value for row in built.page_map.rows]
    assert kinds[:3] == ["cover", "index", "document"] or kinds[:4] == ["cover", "index", "index", "document"]
    late = kinds.index("late index")
    assert set(kinds[late:]) == {"late index", "document"} and kinds[late + 1 :].count("document") == 32
    labels, words = _read(built.path)
    assert labels == words == [str(n + 1) for n in range(len(labels))]
    text = " ".join(pypdfium2.PdfDocument(built.path)[1].get_textpage().get_text_range().split())
    assert f"the index goes on at page {late + 1}" in text


def test_numbers_that_cannot_stay_are_refused_with_the_page(case: CaseFile, bundle: Bundle, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="not built before"):
        _build(case, bundle, tmp_path, late=Late.APPEND)
    _build(case, bundle, tmp_path)
    letters = section_named(case, bundle.id, "Letters")
    moved = case.all(Entry, section=section_named(case, bundle.id, "Minutes").id)[0]
    move_entries(case, [moved.id], letters.id, 0)
    with pytest.raises(Refused, match=r"INQ000001 stands in another order"):
        _build(case, bundle, tmp_path, late=Late.DECIMAL)


def test_volumes_have_their_own_index_and_one_series_of_numbers(case: CaseFile, tmp_path: Path) -> None:
    pages = [[f"Paper {n} page {page}." for page in range(3)] for n in range(9)]
    documents = [put_pdf(case, f"INQ0002{n:02}", f"Paper {n}", own) for n, own in enumerate(pages)]
    entries = [{"document": item.urn} for item in documents]
    sections = [{"title": "First", "entries": entries[:5]}, {"title": "Second", "entries": entries[5:]}]
    apply_json(case, {"bundles": [{"name": "Thick", "sections": sections}]})
    thick = case.all(Bundle)[0]
    edit_bundle(case, thick.id, BundleEdit(volume_pages=12))
    built = _build(case, thick, tmp_path)
    assert [path.name for path in built.paths] == [f"Thick volume {n}.pdf" for n in (1, 2, 3)]
    labels: list[str] = []
    for path, page_map in zip(built.paths, built.page_maps, strict=True):
        own, words = _read(path)
        assert own == words and len(own) <= 12
        assert [row.kind.value for row in page_map.rows][:2] == ["cover", "index"]
        counts = [sum(row.urn == urn for row in page_map.rows) for urn in {row.urn for row in page_map.rows if row.urn}]
        assert set(counts) == {3}, "a document was split"
        labels += own
    assert labels == [str(n + 1) for n in range(len(labels))]
    index = " ".join(pypdfium2.PdfDocument(built.paths[1])[1].get_textpage().get_text_range().split())
    assert "Volume 1" in index and "Thick volume 3.pdf" in index and "pages 1 to" in index


def test_volumes_stay_under_a_size_in_bytes(case: CaseFile, tmp_path: Path) -> None:
    documents = [put_pdf(case, f"INQ0003{n:02}", f"Paper {n}", [f"Paper {n}."]) for n in range(6)]
    entries = [{"document": document.urn} for document in documents]
    apply_json(case, {"bundles": [{"name": "Heavy", "sections": [{"title": "S", "entries": entries}]}]})
    heavy = case.all(Bundle)[0]
    whole = _build(case, heavy, tmp_path / "whole").path.stat().st_size
    limit = whole * 2 // 3
    edit_bundle(case, heavy.id, BundleEdit(volume_bytes=limit))
    built = _build(case, heavy, tmp_path / "parts")
    assert len(built.paths) > 1
    assert all(path.stat().st_size <= limit for path in built.paths)


def test_the_account_of_a_build_is_kept_in_the_case(case: CaseFile, bundle: Bundle, tmp_path: Path) -> None:
    built = _build(case, bundle, tmp_path)
    (record,) = case.all(Build)
    assert record.files[0].split(" ")[-2] == built.sha256
    assert account_of(case, record).rows == built.page_map.rows
    known = newest_account(case, bundle.id)
    assert known is not None and known[0].number == 1


def test_sheets_switched_on_later_do_not_come_between_given_numbers(
    case: CaseFile, bundle: Bundle, tmp_path: Path
) -> None:
    _build(case, bundle, tmp_path / "1")
    edit_bundle(case, bundle.id, BundleEdit(is_divided=True))
    _late(case, bundle, "Letters", 1)
    labels, words = _read(_build(case, bundle, tmp_path / "2", late=Late.APPEND).path)
    assert labels == words == ["1", "2", "3", "4", "5", "6", "7", "8"]
    fresh = _build(case, bundle, tmp_path / "3")
    assert [row.kind.value for row in fresh.page_map.rows].count("divider") == 2
    labels, words = _read(fresh.path)
    assert labels == words == [str(number) for number in range(1, 11)]
