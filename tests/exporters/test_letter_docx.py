"""A letter opens in other programs whatever was typed into it, and nothing of it is lost."""

from __future__ import annotations

import io
import shutil
import subprocess
import tomllib
from pathlib import Path

import docx
import pypdfium2
import pytest

from workbench.exporters.letter_docx import EvidenceLine, LetterPage, letter_docx
from workbench.runtime.resources import resource_text

LONG = "The register was not kept. " * 1500
HARD = ("=HYPERLINK(1)", "a bell \x07 rings", "שלום עולם", "<b>&amp;</b>", "Heddlu Dŵr Llŷn", LONG.strip())
PAGE = LetterPage(
    inquiry="Investigation into answer times",
    reference="Reference: 1-1",
    addressee="The Chair\nNorthmere Board",
    dated="25 November 2026",
    criticism=HARD,
    facts=(),
    evidence=tuple(EvidenceLine(reference=f"INQ{n:06}_001", document="", words=text) for n, text in enumerate(HARD)),
    due="16 December 2026",
    standing=tomllib.loads(resource_text("letters/rule-15.toml")),
)


def test_what_was_typed_stands_in_the_document_as_text() -> None:
    made = docx.Document(io.BytesIO(letter_docx(PAGE)))
    paragraphs = [item.text for item in made.paragraphs]
    for text in HARD:
        assert text.replace("\x07", "\ufffd") in paragraphs
    assert [row.cells[2].text for row in made.tables[0].rows][1:] == [text.replace("\x07", "\ufffd") for text in HARD]
    assert any("by 16 December 2026" in text for text in paragraphs)
    numbered = [item for item in made.paragraphs if item.style.name == "Numbered Paragraph"]
    assert len(numbered) >= len(HARD) + 1
    assert "python-docx" not in made.core_properties.comments + made.core_properties.author
    assert letter_docx(PAGE) == letter_docx(PAGE)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="no word processor on this machine")
def test_a_word_processor_numbers_its_paragraphs(tmp_path: Path) -> None:
    (tmp_path / "letter.docx").write_bytes(letter_docx(PAGE))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    ask = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), "letter.docx"]
    subprocess.run(ask, cwd=tmp_path, check=True, capture_output=True)
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(tmp_path / "letter.pdf")]
    words = " ".join(" ".join(pages).split())
    for expected in ("1. The proposed criticism", "1.1 =HYPERLINK(1)", "2.1 The facts are those", "Heddlu Dŵr Llŷn"):
        assert expected in words
    assert all("TO BE OPENED BY ADDRESSEE ONLY" in page and "Reference: 1-1" in page for page in pages)
