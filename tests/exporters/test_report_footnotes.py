"""Every footnote of a report, in all three formats, leads to the words on the page that it rests on."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import lxml.html
import mammoth
import pikepdf
import pymupdf
import pypdfium2
import pytest

from tests.footnotes import every_way, folded, words_at
from tests.report_samples import long_report, sample_report
from workbench.domain.report import Labels, Report, Target, footnotes_of
from workbench.exporters.report_docx import report_docx
from workbench.exporters.report_html import report_html
from workbench.exporters.report_pdf import report_pdf
from workbench.runtime.resources import resource_path

FONT = str(resource_path("fonts/LiberationSans-Regular.ttf"))


def _lay_down(folder: Path, report: Report) -> list[tuple[int, Target]]:
    """The files that the footnotes lead to, and what they rest on by number."""
    rests = [(number, target) for number, note in enumerate(footnotes_of(report), 1) for target in note.targets]
    files: dict[str, dict[int, list[Target]]] = {}
    for _, target in rests:
        files.setdefault(target.file, {}).setdefault(target.page_index, []).append(target)
    for name, pages in files.items():
        document = pymupdf.open()
        for index in range(max(pages) + 1):
            page = document.new_page()
            quotes = dict.fromkeys(target.quote for target in pages.get(index, []))
            page.insert_textbox(
                (60, 60, 540, 700), "\n".join([f"Page {index + 1} of {name}", *quotes]), fontname="L", fontfile=FONT
            )
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        document.save(path)
        document.close()
        _name_places(path, [target for held in pages.values() for target in held])
    return rests


def _name_places(path: Path, targets: list[Target]) -> None:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        tree = pikepdf.NameTree.new(pdf)
        for target in targets:
            if target.destination:
                tree[target.destination] = pikepdf.Array([pdf.pages[target.page_index].obj, pikepdf.Name.Fit])
        pdf.Root.Names = pikepdf.Dictionary(Dests=tree.obj)
        pdf.save(path)


@pytest.mark.parametrize("report", [sample_report(), long_report(parts=1, paragraphs=12)], ids=["short", "long"])
def test_each_is_followed_to_the_words(report, tmp_path):
    rests = _lay_down(tmp_path, report)
    assert rests
    for way, led in every_way(report_docx(report), report_html(report), report_pdf(report)):
        assert [item.note for item in led] == [number for number, _ in rests], way
        for item, (_, target) in zip(led, rests, strict=True):
            assert folded(target.quote) in words_at(tmp_path, item), (way, item)


def test_the_words_of_the_writers_are_in_the_language_of_the_report():
    labels = Labels(
        part="Rhan", annex="Atodiad", table="Tabl", contents="Cynnwys", footnotes="Troednodiadau",
        page="Tudalen {number} o {total}",
    )  # fmt: skip
    report = replace(sample_report(), language="cy", labels=labels)
    page = lxml.html.fromstring(report_html(report).decode())
    with pypdfium2.PdfDocument(report_pdf(report)) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    word = mammoth.convert_to_html(io.BytesIO(report_docx(report))).value
    with zipfile.ZipFile(io.BytesIO(report_docx(report))) as package:
        numbers, footer = package.read("word/numbering.xml").decode(), package.read("word/footer1.xml").decode()
    assert page.get("lang") == "cy" and page.xpath("//nav/h2")[0].text_content() == "Cynnwys"
    for text in ("Rhan 1: The institutions", "Atodiad A: Requests", "Tabl 1: Dates of reports"):
        assert text in page.text_content() and text in "".join(pages) and text in word
    assert "Tudalen 7 o 7" in pages[-1]
    assert 'w:val="Rhan %1:"' in numbers and "Tudalen " in footer and " NUMPAGES " in footer
    assert not [name for name in ("Part 1", "Annex A", "Table 1", "Contents") if name in "".join(pages[1:3])]


def test_a_third_reader_finds_the_footnotes_of_the_word_document():
    read = mammoth.convert_to_html(io.BytesIO(report_docx(sample_report())))
    page = lxml.html.fromstring(read.value)
    notes = page.xpath("//li[starts-with(@id, 'footnote-')]")
    assert [re.sub(r"\s+", " ", note.text_content()).strip(" ↑") for note in notes] == [
        "INQ000101_002 (A12).",
        "INQ000102_001, see also .",
        "INQ000101_002 (A12).",
        "INQ000101_002 (A12).",
    ]
    assert not [message for message in read.messages if message.type == "error"]
