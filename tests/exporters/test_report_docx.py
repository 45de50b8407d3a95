"""The report as a Word document, read back by python-docx, by its own XML and by LibreOffice."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from itertools import pairwise

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from lxml import etree

from tests.report_samples import HOSTILE, hostile_report, sample_report, wide_report
from workbench.domain.report import Heading, Paragraph, Report, blocks_of, clean_text, footnotes_of, text_of
from workbench.domain.report_numbers import prepared
from workbench.exporters.docx_package import DocxPackage
from workbench.exporters.report_docx import report_docx

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
#: From the schema of ECMA-376: Word calls a document damaged when children come in another order.
ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs bidi spacing ind jc outlineLvl "
    "sectPr",
    "rPr": "rStyle rFonts b bCs i iCs color sz szCs vertAlign rtl lang",
    "tblPr": "tblStyle tblW tblInd tblBorders tblLayout tblCellMar tblLook tblCaption",
    "tcPr": "tcW tcBorders shd",
    "trPr": "cantSplit tblHeader",
    "numPr": "ilvl numId",
    "pBdr": "top left bottom right",
    "tblBorders": "top bottom insideH",
    "tblCellMar": "top left bottom right",
    "sectPr": "headerReference footerReference pgSz pgMar cols titlePg",
    "style": "name basedOn next uiPriority semiHidden qFormat pPr rPr tblPr tblStylePr",
    "lvl": "start numFmt pStyle suff lvlText lvlJc pPr",
    "abstractNum": "multiLevelType lvl",
    "num": "abstractNumId lvlOverride",
    "lvlOverride": "startOverride lvl",
    "settings": "zoom defaultTabStop characterSpacingControl footnotePr compat decimalSymbol listSeparator",
    "numbering": "abstractNum num",
    "styles": "docDefaults style",
    "tbl": "tblPr tblGrid tr",
    "tr": "trPr tc",
    "tc": "tcPr p",
    "p": None,
    "r": None,
}


def _everything() -> Report:
    """The sample, all hostile texts and turned paper in one report."""
    sample, hostile, wide = sample_report(), hostile_report(), wide_report()
    return replace(sample, parts=(*sample.parts, *hostile.parts, *wide.parts))


@pytest.fixture(scope="module")
def content() -> bytes:
    return report_docx(_everything())


@pytest.fixture(scope="module")
def trees(content) -> dict[str, etree._Element]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: etree.fromstring(package.read(name)) for name in package.namelist()}


def test_another_reader_finds_the_words_and_the_styles():
    document = docx.Document(io.BytesIO(report_docx(sample_report())))
    styles = {paragraph.text: paragraph.style.name for paragraph in document.paragraphs}
    assert styles["The institutions"] == "Heading 1"
    assert styles["Requests"] == "Annex Heading"
    assert styles["a register;"] == "List Number"
    assert styles["The Board"] == "Numbered Heading 2"
    assert document.core_properties.title == "Report on the Aldermoor Board"
    assert document.core_properties.author == ""
    assert [field.text for field in document.tables[0].rows[0].cells] == ["Audience", "Core participants"]
    assert document.tables[1].rows[1].cells[1].text == "Report no. 1 was received"
    assert document.tables[1].rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_every_footnote_is_a_real_one_and_leads_to_its_page(trees):
    marks = [mark.get(W + "id") for mark in trees["word/document.xml"].iter(W + "footnoteReference")]
    held = {note.get(W + "id"): note for note in trees["word/footnotes.xml"] if note.get(W + "type") is None}
    notes = list(footnotes_of(_everything()))
    assert marks == list(held) == [str(number) for number in range(1, len(notes) + 1)]
    targets = {row.get("Id"): row.get("Target") for row in trees["word/_rels/footnotes.xml.rels"]}
    for mark, footnote in zip(marks, footnotes_of(prepared(_everything()).report), strict=True):
        links = [targets[link.get(R + "id")] for link in held[mark].iter(W + "hyperlink")]
        assert links == [target.href for target in footnote.targets]
        assert held[mark].find(f".//{W}footnoteRef") is not None
    kinds = {note.get(W + "id"): note.get(W + "type") for note in trees["word/footnotes.xml"]}
    assert (kinds["-1"], kinds["0"]) == ("separator", "continuationSeparator")
    told = {note.get(W + "id") for note in trees["word/settings.xml"].iter(W + "footnote")}
    assert told == {"-1", "0"}


def test_children_stand_in_the_order_of_the_schema(trees):
    seen = set()
    for name, root in trees.items():
        for element in root.iter(etree.Element):
            kind = etree.QName(element).localname
            order = ORDERS.get(kind)
            if not str(element.tag).startswith(W) or order is None:
                continue
            names = order.split()
            places = [names.index(etree.QName(child).localname) for child in element]
            assert all(before <= after for before, after in pairwise(places)), (name, etree.tostring(element)[:300])
            seen.add(kind)
    assert seen >= {"pPr", "rPr", "tblPr", "tcPr", "trPr", "sectPr", "style", "lvl", "num", "settings"}
    for holder in ("p", "r"):
        for element in trees["word/document.xml"].iter(W + holder):
            assert all(child.tag != W + f"{holder}Pr" for child in list(element)[1:])


def test_only_what_is_known_is_named(trees):
    styles = {style.get(W + "styleId") for style in trees["word/styles.xml"].iter(W + "style")}
    numbers = {number.get(W + "numId") for number in trees["word/numbering.xml"].iter(W + "num")} | {"0"}
    for name, root in trees.items():
        for kind in ("pStyle", "rStyle", "tblStyle", "basedOn", "next"):
            assert {element.get(W + "val") for element in root.iter(W + kind)} <= styles, (name, kind)
        assert {element.get(W + "val") for element in root.iter(W + "numId")} <= numbers
    body = trees["word/document.xml"]
    bookmarks = [mark.get(W + "name") for mark in body.iter(W + "bookmarkStart")]
    assert len(bookmarks) == len(set(bookmarks))
    assert all(re.fullmatch(r"[A-Za-z_]\w{0,39}", name, re.ASCII) for name in bookmarks)
    asked = {link.get(W + "anchor") for root in trees.values() for link in root.iter(W + "hyperlink")} - {None}
    fields = " ".join(code.text for code in body.iter(W + "instrText"))
    assert asked | set(re.findall(r"REF (\S+)", fields)) <= set(bookmarks)
    assert [element.tag for element in body.iter(W + "b", W + "i", W + "sz", W + "color")] == []


def test_parts_are_linked_to_those_that_are_there(trees):
    for name, root in trees.items():
        if not name.endswith(".rels"):
            continue
        folder = name.removesuffix(".rels").rpartition("_rels/")[0]
        for row in root:
            if row.get("TargetMode") == "External":
                assert row.get("Target").startswith("documents/"), row.get("Target")
            else:
                assert folder + row.get("Target") in trees
    assert "creator" not in etree.tostring(trees["docProps/core.xml"]).decode().replace("<dc:creator/>", "")


def test_words_read_from_the_right_say_so(trees):
    body = trees["word/document.xml"]
    turned = [run for run in body.iter(W + "r") if run.find(f"{W}rPr/{W}rtl") is not None]
    assert any("שלום" in "".join(run.itertext()) for run in turned)
    assert not any("Hebrew" in "".join(run.itertext()) for run in turned)
    paragraph = next(p for p in body.iter(W + "p") if "".join(p.itertext()).startswith("דוח הוועדה התקבל"))
    assert paragraph.find(f"{W}pPr/{W}bidi") is not None


def test_a_wide_part_turns_its_paper():
    document = docx.Document(io.BytesIO(report_docx(wide_report())))
    assert [section.orientation for section in document.sections] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
        WD_ORIENT.PORTRAIT,
    ]
    assert [section.different_first_page_header_footer for section in document.sections] == [True, False, False]
    (table,) = document.tables
    assert sum(cell.width.mm for cell in table.rows[0].cells) == pytest.approx(297 - 2 * 25.4, abs=0.5)


def test_the_program_itself_can_link_the_references_of_a_report_that_came_back():
    package = DocxPackage(report_docx(sample_report()))
    assert [kind for _, kind in package.stories()] == ["body", "header", "header", "footer", "footer", "footnotes"]
    assert len(list(package.xml("word/footnotes.xml").iter(W + "footnote"))) == 2 + 4


def test_equal_reports_are_equal_bytes():
    assert report_docx(sample_report()) == report_docx(sample_report())


@pytest.fixture(scope="module")
def printed(content, tmp_path_factory) -> str:
    """What a word processor makes of it on paper."""
    if shutil.which("soffice") is None or shutil.which("pdftotext") is None:
        pytest.skip("no word processor on this machine")
    folder = tmp_path_factory.mktemp("printed")
    (folder / "report.docx").write_bytes(content)
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", folder, folder / "report.docx"], check=True, capture_output=True, timeout=180)
    read = subprocess.run(["pdftotext", "-layout", folder / "report.pdf", "-"], check=True, capture_output=True)
    return read.stdout.decode("utf-8")


def test_a_word_processor_counts_as_we_do(printed):
    lines = [re.sub(r"\s+", " ", line).strip() for line in printed.split("\n")]
    counted = 0
    for _, block in blocks_of(prepared(sample_report()).report):
        if not isinstance(block, Heading | Paragraph) or not block.number:
            continue
        words = block.text if isinstance(block, Heading) else text_of(block.runs)
        if words.isascii():
            assert any(line.startswith(f"{block.number} {words[:29]}") for line in lines), (block.number, words)
            counted += 1
    assert counted == 8
    assert "in paragraph 1.3 and" in printed and "see table 1." in printed


def test_a_word_processor_prints_the_footnotes_and_the_contents(printed):
    assert "INQ000101_002 (A12)." in printed
    assert re.search(r"Part 1: The institutions[ .]*¶ 1.1–1.3", printed)
    assert re.search(r"Page 3 of \d+", printed)
    assert "Table 1: Dates of reports" in printed
    assert "OFFICIAL – DRAFT" in printed
    plain = re.sub(r"\s+", " ", printed)
    for text in (HOSTILE[0], HOSTILE[1], HOSTILE[9]):
        assert re.sub(r"\s+", " ", clean_text(text)[0]) in plain
