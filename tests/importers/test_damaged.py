"""What is damaged is read as far as any library can, and what is locked or empty gets a sentence."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest

from tests.services.conftest import make_pdf
from workbench.domain.errors import FileRefused
from workbench.importers.base import Incoming
from workbench.importers.registry import choose
from workbench.pdf import paginate as paginating
from workbench.pdf.paginate import paginate
from workbench.pdf.rescue import NOTICE, rescued


def read(name: str, content: bytes):
    incoming = Incoming(name=name, content=content, tell=lambda _: None)
    return choose(incoming).read(incoming)


def test_the_repaired_copy_has_the_same_pages():
    copy, reading = rescued(make_pdf(["The board noted the delay.", "It asked for figures."]), lambda _: None)
    assert [page.text for page in reading.pages] == ["The board noted the delay.", "It asked for figures."]
    assert pymupdf.open(stream=copy, filetype="pdf").page_count == 2


def test_a_real_pdf_that_one_library_cannot_follow_is_shown_from_a_repaired_copy(corpus: Path):
    """Its cross-reference table leads back to itself."""
    damaged = corpus / "04_malformed_hostile" / "pdf" / "append-xref-loop.pdf"
    if not damaged.is_file():
        pytest.skip("the corpus here does not hold this file")
    received = read("Loop.pdf", damaged.read_bytes())
    assert NOTICE in received.notices
    assert len(received.pages) == pymupdf.open(stream=received.working_copy, filetype="pdf").page_count == 30


def test_a_pdf_locked_for_a_certificate_is_not_called_damaged():
    content = make_pdf(["x"]).replace(b"trailer\n<<", b"trailer\n<</Encrypt <</Filter /Adobe.PubSec /V 9>> ")
    assert b"PubSec" in content
    with pytest.raises(FileRefused, match="certificate"):
        read("Locked.pdf", content)


@pytest.mark.parametrize("content", [b"%PDF-1.4\n", b"%PDF-1.7\nnothing follows"])
def test_what_holds_no_page_is_refused(content):
    with pytest.raises(FileRefused, match="PDF"):
        read("Empty.pdf", content)


def test_letters_in_two_halves_in_rtf_become_one():
    received = read("Gothic.rtf", rb"{\rtf1\ansi\uc0 Sign \u-10240?\u-9154? and lone \u-10240? half\par}")
    text = received.pages[0].text
    assert "Sign" in text and "half" in text and not any("\ud800" <= letter <= "\udfff" for letter in text)


def test_a_table_that_never_comes_to_its_end_is_laid_out_without_one(monkeypatch):
    """The layout engine begins some tables again for ever; a limit stands in for such a one here."""
    monkeypatch.setattr(paginating, "_most_pages", lambda body: 1 if "<table>" in body else 99)
    rows = "".join(f"<tr><td>Row {n}</td><td>figure {n}</td></tr>" for n in range(200))
    copy = paginate(["<p>before</p>", f"<table>{rows}</table>", "<p>after</p>"], lambda _: None)
    with pymupdf.open(stream=copy, filetype="pdf") as document:
        texts = [page.get_text() for page in document]
    assert "before" in texts[0] and "after" in texts[-1]
    assert [" ".join(texts).split().count(word) for word in ("before", "after", "Row")] == [1, 1, 200]


def test_a_repaired_copy_is_the_same_twice_and_proposes_no_date_of_its_own(corpus: Path):
    """pdfium alone can follow this one, and would write the moment of copying into it."""
    damaged = corpus / "04_malformed_hostile" / "pdf" / "issue9418.pdf"
    if not damaged.is_file():
        pytest.skip("the corpus here does not hold this file")
    first, second = (rescued(damaged.read_bytes(), lambda _: None) for _ in range(2))
    assert first[0] == second[0]
    assert first[1].made_on is None
