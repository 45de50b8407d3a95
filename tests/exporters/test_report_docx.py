"""The report as a Word document, read back by python-docx and by its own XML."""

from __future__ import annotations

import io
import zipfile

import docx
from lxml import etree

from tests.report_samples import sample_report
from workbench.domain.report import footnotes_of
from workbench.exporters.report_docx import report_docx

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def test_another_reader_finds_the_words_and_the_styles():
    document = docx.Document(io.BytesIO(report_docx(sample_report())))
    styles = {paragraph.text: paragraph.style.name for paragraph in document.paragraphs}
    assert styles["The institutions"] == "Heading 1"
    assert styles["Requests"] == "Annex Heading"
    assert styles["a register;"] == "List Number"
    assert document.core_properties.title == "Report on the Aldermoor Board"
    assert document.core_properties.author == ""


def test_every_footnote_is_a_real_one_and_leads_to_its_page():
    report = sample_report()
    with zipfile.ZipFile(io.BytesIO(report_docx(report))) as package:
        body = etree.fromstring(package.read("word/document.xml"))
        notes = etree.fromstring(package.read("word/footnotes.xml"))
        relations = etree.fromstring(package.read("word/_rels/footnotes.xml.rels"))
    marks = [mark.get(W + "id") for mark in body.iter(W + "footnoteReference")]
    held = {note.get(W + "id"): note for note in notes if note.get(W + "type") is None}
    assert marks == list(held) == [str(number) for number in range(1, 5)]
    targets = {row.get("Id"): row.get("Target") for row in relations}
    for mark, footnote in zip(marks, footnotes_of(report), strict=True):
        links = [targets[link.get(R + "id")] for link in held[mark].iter(W + "hyperlink")]
        assert links == [target.href for target in footnote.targets]


def test_equal_reports_are_equal_bytes():
    assert report_docx(sample_report()) == report_docx(sample_report())
