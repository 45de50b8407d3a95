"""The report as PDF, read back with libraries and programs that did not make it."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
import pytest

from tests.report_samples import sample_report
from workbench.domain.report import footnotes_of
from workbench.exporters.report_pdf import report_pdf


@pytest.fixture(scope="module")
def content() -> bytes:
    return report_pdf(sample_report())


def test_every_footnote_stands_at_the_foot_of_the_page_of_its_mark(content):
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for number, footnote in enumerate(footnotes_of(sample_report()), 1):
            page = next(page for page in pdf.pages if f"Footnote {number}" in _contents(page))
            back = next(link for link in page.Annots if str(link.Contents) == f"Back to the text of footnote {number}")
            mark = next(link for link in page.Annots if str(link.Contents) == f"Footnote {number}")
            assert float(back.Rect[1]) < float(mark.Rect[1])
            files = [str(link.A.F.UF) for link in page.Annots if "/A" in link and _same_line(link, back)]
            assert files == [target.file for target in footnote.targets]


def _contents(page: pikepdf.Page) -> list[str]:
    return [str(link.Contents) for link in page.obj.get("/Annots", [])]


def _same_line(link: pikepdf.Object, other: pikepdf.Object) -> bool:
    return abs(float(link.Rect[1]) - float(other.Rect[1])) < 6


def test_another_reader_finds_the_words(content):
    document = pypdfium2.PdfDocument(content)
    words = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    for text in ("reporting policy", "(ii)", "Table 1: Dates of reports", "ŵ and ŷ are Welsh", "Page 7 of 7"):
        assert text in words


def test_equal_reports_are_equal_bytes(content):
    assert report_pdf(sample_report()) == content
