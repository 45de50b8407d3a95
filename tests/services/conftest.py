"""A case with two small PDF documents about invented institutions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pymupdf
import pytest

from tests.documents import put_document
from workbench.domain.document import Document
from workbench.domain.terms import reference_terms
from workbench.pdf.text import read_page_text
from workbench.services.session import create_case
from workbench.store.case_file import CaseFile

LETTER = [
    "The Office for Online Standards issued guidance in March 2011.\nReports were to be answered within 24 hours.",
    "In 2014 the median answer took nine days.\nHeddlu Dŵr Llŷn agreed with IN-A1 under section 19(2)(b).",
]
MINUTES = ["The board noted the guidance.\nThe board noted the delay.\nThe board asked for figures."]


def make_pdf(pages: list[str]) -> bytes:
    document = pymupdf.open()
    for text in pages:
        page = document.new_page()
        page.insert_htmlbox(pymupdf.Rect(72, 72, 520, 700), "<br>".join(text.split("\n")))
    content: bytes = document.tobytes(garbage=1, deflate=True, no_new_id=True)
    return content


def put_pdf(case: CaseFile, urn: str, title: str, pages: list[str]) -> Document:
    content = make_pdf(pages)
    read = [read_page_text(page) for page in pymupdf.open(stream=content, filetype="pdf")]
    texts = [replace(page, terms=reference_terms(page.text)) for page in read]
    return put_document(case, urn, texts, content=content, title=title, filename=f"{title}.pdf")


def fill(case: CaseFile) -> CaseFile:
    put_pdf(case, "INQ000001", "Letter", LETTER)
    put_pdf(case, "INQ000002", "Minutes", MINUTES)
    return case


@pytest.fixture
def case(tmp_path: Path) -> Iterator[CaseFile]:
    with create_case(tmp_path / "Test.casefile", title="Test", passphrase=None, who="tester") as opened:
        yield fill(opened)
