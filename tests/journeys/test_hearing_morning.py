"""The morning of a hearing on real documents: numbers agree on every page, late pages go in, references still hold.

2,400 pages with WORKBENCH_WHOLE_CORPUS=1, otherwise some 240.
"""

from __future__ import annotations

import io
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import docx
import pikepdf
import pypdfium2
import pytest

from tests.services.conftest import put_pdf
from tests.submissions import links_of
from workbench.domain.bundle import Bundle
from workbench.domain.document import Document
from workbench.domain.numbering import Late
from workbench.domain.progress import Ticket
from workbench.services.applying import apply_json
from workbench.services.built_maps import built_map_of
from workbench.services.bundle_editing import BundleEdit, add_entries, edit_bundle, section_named
from workbench.services.bundling import BuiltBundle, build_bundle
from workbench.services.checking import check_pdf
from workbench.services.importing import import_files
from workbench.services.session import create_case
from workbench.services.submissions import resolve_submission
from workbench.store.case_file import CaseFile

PAGES = 2400 if os.environ.get("WORKBENCH_WHOLE_CORPUS") else 240
REFERENCES = 300
A_SECTION = 10


@pytest.fixture
def bundle(tmp_path: Path, corpus: Path) -> Iterator[tuple[CaseFile, Bundle]]:
    """A case with real PDFs and a bundle of so many of their pages."""
    with create_case(tmp_path / "Morning.casefile", title="Morning", passphrase="a long passphrase") as case:
        folders = [corpus / "01_public_sector_pdf", corpus / "03_pdf_features"]
        paths = sorted(path for folder in folders if folder.is_dir() for path in folder.rglob("*.pdf"))
        import_files(case, paths if PAGES > 1000 else paths[::6], ticket=Ticket())
        chosen: list[Document] = []
        for document in case.all(Document, "urn"):
            room = PAGES - sum(item.page_count for item in chosen)
            if document.media_type == "application/pdf" and document.page_count <= min(room, 200):
                chosen.append(document)
        groups = [chosen[start : start + A_SECTION] for start in range(0, len(chosen), A_SECTION)]
        sections = [
            {"title": f"Section {number}", "entries": [{"document": item.urn} for item in group]}
            for number, group in enumerate(groups, 1)
        ]
        apply_json(case, {"bundles": [{"name": "Morning", "sections": sections}]})
        yield case, case.all(Bundle)[0]


def _agree(built: BuiltBundle) -> dict[str, tuple[str, int]]:
    """Stamp, label, bookmark, index row and link say the same of every page; label -> (URN, source page)."""
    rows = built.page_map.rows
    reader = pypdfium2.PdfDocument(built.path)
    with pikepdf.open(built.path) as pdf:
        labels = [str(page.label) for page in pdf.pages]
        assert labels == [row.label for row in rows]
        stamps = [reader[n].get_textpage().get_text_range().split()[-1] for n in range(len(reader))]
        assert stamps == labels
        places = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        firsts = {row.entry: row for row in reversed(rows) if row.entry}
        with pdf.open_outline() as outline:
            marks = [
                (item.title.rpartition(", p. ")[2], places[item.destination[0].objgen])
                for section in outline.root
                for item in section.children
            ]
        assert marks == [(firsts[entry].label, firsts[entry].physical_index) for entry in sorted(firsts)]
        linked = []
        for row in rows:
            if "index" in row.kind.value:
                text = reader[row.physical_index].get_textpage()
                for link in pdf.pages[row.physical_index].obj.get("/Annots", []):
                    left, bottom, right, top = (float(side) for side in link.Rect)
                    words = text.get_text_bounded(left, bottom, right, top).split()
                    target = places[link.Dest[0].objgen]
                    assert words[-1] == labels[target], (row.label, words)
                    linked.append(target)
        assert set(linked) >= {first.physical_index for first in firsts.values()}
    reader.close()
    return {row.label: (row.urn, row.source_page_number) for row in rows if row.urn}


def _submission(rows: dict[str, tuple[str, int]]) -> bytes:
    """A submission with 300 references by document and page, all over the bundle."""
    document, places = docx.Document(), list(rows.values())
    for number in range(REFERENCES):
        urn, page = places[number * len(places) // REFERENCES]
        document.add_paragraph(f"Point {number + 1} rests on {urn}_{page:03d} and nothing else.")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _resolved(case: CaseFile, bundle: Bundle, content: bytes, rows: dict[str, tuple[str, int]]) -> bytes:
    """Every reference is linked, with the number under which the same page of the same document stands now."""
    resolved = resolve_submission(built_map_of(case, bundle.id), content, mark="HB")
    assert len(resolved.report) == REFERENCES
    assert resolved.not_found == ()
    links = links_of(resolved.content)
    assert len(links) == REFERENCES
    for link in links:
        urn, page = rows[link.text.removeprefix("HB ")]
        assert f"{urn}_{page:03d}" in link.tooltip
    return resolved.content


def test_late_pages_and_references_on_the_morning(
    bundle: tuple[CaseFile, Bundle], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case, morning = bundle
    began = time.monotonic()
    built = build_bundle(case, morning.id, tmp_path / "first")
    took = [time.monotonic() - began]
    given = {row.key: row.label for row in built.page_map.rows if row.urn}
    rows = _agree(built)
    submission = _resolved(case, morning, _submission(rows), rows)
    late = put_pdf(case, "LATE000001", "A late letter", ["First late page.", "Second late page.", "Third late page."])
    add_entries(case, section_named(case, morning.id, "Section 2").id, [late.id], position=3)
    for mode in (Late.APPEND, Late.DECIMAL):
        began = time.monotonic()
        again = build_bundle(case, morning.id, tmp_path / mode.value, late=mode, numbers_of="Morning #1")
        took.append(time.monotonic() - began)
        rows = _agree(again)
        assert {key: label for key, label in _labels(again).items() if key in given} == given
        assert sorted(page for urn, page in rows.values() if urn == "LATE000001") == [1, 2, 3]
        assert any("." in label for label in rows) == (mode is Late.DECIMAL)
        submission = _resolved(case, morning, submission, rows)
    report = check_pdf(tmp_path / Late.APPEND.value / "Morning.pdf")
    # Real documents have black boxes over words that can be read (R01), and words that nobody can see (B43).
    assert [check for check in report.failed if check.severity == "E" and check.id not in ("R01", "B43")] == []
    with capsys.disabled():
        said = ", ".join(f"{seconds:.1f}" for seconds in took)
        sys.stdout.write(f"\n{built.page_count} pages: built, appended to, given decimals in {said} s\n")


def _labels(built: BuiltBundle) -> dict[str, str]:
    return {row.key: row.label for row in built.page_map.rows if row.urn}


def test_volumes_of_real_documents_stay_under_pages_and_bytes(bundle: tuple[CaseFile, Bundle], tmp_path: Path) -> None:
    case, morning = bundle
    pages = 350 if PAGES > 1000 else 90
    edit_bundle(case, morning.id, BundleEdit(profile="fpr-27a-2026-fr", volume_pages=pages))
    thick = build_bundle(case, morning.id, tmp_path / "pages")
    assert len(thick.paths) > 2
    _prove_volumes(thick, most_pages=pages)
    most = 36_000_000 if PAGES > 1000 else 3_000_000
    edit_bundle(case, morning.id, BundleEdit(profile="email-justice", volume_pages=0, volume_bytes=most))
    heavy = build_bundle(case, morning.id, tmp_path / "bytes")
    _prove_volumes(heavy, most_bytes=most)


def _prove_volumes(built: BuiltBundle, *, most_pages: int = 10**9, most_bytes: int = 10**12) -> None:
    """Each under the limit, unless one document alone is over it; none cut; one series of numbers; an index in each."""
    labels: list[str] = []
    documents: list[set[str]] = []
    for path, page_map in zip(built.paths, built.page_maps, strict=True):
        entries = {row.entry for row in page_map.rows if row.entry}
        if len(entries) > 1:
            assert path.stat().st_size <= most_bytes
            assert len(page_map.rows) <= most_pages
        with pikepdf.open(path) as pdf:
            labels += [str(page.label) for page in pdf.pages]
            links = [link for page in pdf.pages[1:6] for link in page.obj.get("/Annots", [])]
            assert len(links) >= len(entries)
        documents.append({row.urn for row in page_map.rows if row.urn})
    assert labels == [str(number) for number in range(1, len(labels) + 1)]
    assert sum(map(len, documents)) == len(set().union(*documents)), "a document stands in two volumes"
