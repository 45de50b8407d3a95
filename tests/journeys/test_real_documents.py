"""Real documents: all of them end somewhere, and 200 of them make a bundle whose numbers an outside reader confirms.

The whole corpus is imported with WORKBENCH_WHOLE_CORPUS=1; otherwise every sixth file of it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from workbench.domain.bundle import Bundle
from workbench.domain.document import Document
from workbench.domain.progress import Ticket
from workbench.services.applying import apply_json
from workbench.services.bundling import BuiltBundle, build_bundle
from workbench.services.checking import check_pdf
from workbench.services.importing import import_files
from workbench.services.session import create_case
from workbench.services.verifying import verify_case
from workbench.store.case_file import CaseFile

EVERY = 1 if os.environ.get("WORKBENCH_WHOLE_CORPUS") else 6
DOCUMENTS, SECTION = 200, 50
#: What real documents bring themselves: black boxes over words that can be read, and words that nobody can see.
BROUGHT = {"R01", "B43"}
#: One of these means that nobody foresaw what is wrong with the file.
UNFORESEEN = "stopped the reader ("


@pytest.fixture
def case(tmp_path: Path) -> Iterator[CaseFile]:
    with create_case(tmp_path / "Real.casefile", title="Real", passphrase=None, who="tester") as opened:
        yield opened


def test_every_file_ends_imported_known_or_refused_with_a_reason(case: CaseFile, corpus: Path):
    sample = sorted(path for path in corpus.rglob("*") if path.is_file())[::EVERY]
    report = import_files(case, sample, ticket=Ticket())
    for path in sample:
        named = [outcome for outcome in report.files if outcome.path == str(path)]
        inside = [outcome for outcome in report.files if outcome.path.startswith(f"{path}/")]
        assert len(named) == 1 or inside, path
    assert report.count("imported") > len(sample) // 2
    for outcome in report.files:
        if outcome.status == "refused":
            assert outcome.reason.endswith("."), outcome
            assert UNFORESEEN not in outcome.reason or "memory" in outcome.reason, outcome
        else:
            assert outcome.urn and outcome.pages, outcome
    assert [check for check in verify_case(case) if not check.ok] == []


def _two_hundred(case: CaseFile, corpus: Path) -> Bundle:
    real = [corpus / "01_public_sector_pdf", corpus / "03_pdf_features"]
    import_files(case, [folder for folder in real if folder.is_dir()], ticket=Ticket())
    documents = [document for document in case.all(Document, "urn") if document.media_type == "application/pdf"]
    if len(documents) < DOCUMENTS:
        pytest.skip(f"the corpus here holds only {len(documents)} PDF documents")
    # The shortest ones unless the whole corpus is asked for: as many documents, a fifth of the pages.
    shortest = documents if EVERY == 1 else sorted(documents, key=lambda document: (document.page_count, document.urn))
    chosen = sorted(shortest[:DOCUMENTS], key=lambda document: document.urn)
    sections = [
        {
            "title": f"Section {number}",
            "entries": [{"document": document.urn} for document in chosen[number * SECTION : (number + 1) * SECTION]],
        }
        for number in range(DOCUMENTS // SECTION)
    ]
    apply_json(case, {"bundles": [{"name": "Real documents", "sections": sections}]})
    return case.all(Bundle)[0]


def test_an_outside_reader_agrees_on_every_page_of_200_real_documents(case: CaseFile, corpus: Path, tmp_path: Path):
    built = build_bundle(case, _two_hundred(case, corpus).id, tmp_path / "out")
    report = check_pdf(built.path)
    assert [check for check in report.failed if check.severity == "E" and check.id not in BROUGHT] == []
    _prove_page_map(case, built)
    _prove_stamps(case, built)


def _prove_page_map(case: CaseFile, built: BuiltBundle) -> None:
    """Labels, bookmarks and the written map agree, and the documents follow each other with all their pages."""
    rows = json.loads(built.page_map_paths[0].read_text(encoding="utf-8"))["pages"]
    with pikepdf.open(built.path) as pdf:
        assert [page.label for page in pdf.pages] == [row["label"] for row in rows]
        places = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        with pdf.open_outline() as outline:
            marks = [
                (item.title, places[item.destination[0].objgen])
                for section in outline.root
                for item in section.children
                if section.title.startswith("Section")
            ]
    assert len(marks) == DOCUMENTS
    assert all(title.endswith(f", p. {place}") for title, place in marks)
    starts = [row["physical_page"] for row in rows if row["kind"] == "document" and row["source_page"] == 1]
    assert [place for _, place in marks] == starts
    page_counts = {document.urn: document.page_count for document in case.all(Document)}
    for start in starts:
        row = rows[start - 1]
        run = rows[start - 1 : start - 1 + page_counts[row["urn"]]]
        assert [page["source_page"] for page in run] == list(range(1, page_counts[row["urn"]] + 1))
        assert {page["urn"] for page in run} == {row["urn"]}


def _prove_stamps(case: CaseFile, built: BuiltBundle) -> None:
    """The last thing printed on each page is its number, and what the case reads on the page stands before it."""
    rows = json.loads(built.page_map_paths[0].read_text(encoding="utf-8"))["pages"]
    sources = {document.urn: document.sha256 for document in case.all(Document)}
    reader = pypdfium2.PdfDocument(built.path)
    wrong_number, lost_text = [], []
    for number, row in enumerate(rows, 1):
        words = reader[number - 1].get_textpage().get_text_range().split()
        if words[-1:] != [str(number)]:
            wrong_number.append((number, words[-1:]))
        if row["urn"]:
            text = case.page(sources[row["urn"]], row["source_page"] - 1).text
            # Libraries spell and order other scripts, and letters without a meaning, each in its own way.
            wanted = {word for word in text.split() if word.isascii()}
            shown = "".join(words)  # libraries part words differently
            kept = sum(word in shown for word in wanted)
            if len(wanted) >= 5 and kept < len(wanted) / 2:
                lost_text.append((number, row["urn"], row["source_page"], len(wanted), kept))
    reader.close()
    assert wrong_number == []
    assert lost_text == []
