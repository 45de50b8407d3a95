"""Hostile titles, notes and quotes reach every format whole, and nothing in any of them runs or turns a line."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import zipfile
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import docx
import openpyxl
import pytest

from tests.report_case import STORY, tell_story
from tests.services.conftest import fill
from workbench.domain.change import Action
from workbench.domain.frame import CaseStudy
from workbench.services.report_export import ExportedReport, ReportOrder, export_report
from workbench.services.session import create_case
from workbench.services.tables_export import TablesOrder, export_tables
from workbench.store.case_file import CaseFile

LINK = '=HYPERLINK("http://example.invalid/","Open")'
BELL = "a bell \x07 and an escape \x1b"
TURNED = "turned \u202etxt.exe\u202c around"
MARKUP = "<script>alert(1)</script> & <b>bold</b> ]]> {requests}"
HEBREW = "שלום לכם"
LONG = "many words " * 4000


def hostile() -> dict[str, Any]:
    """The story with something hostile in every text that a person writes."""
    study = STORY["case_studies"][0] | {"reason": f"{LINK}\n{MARKUP}", "alternatives": [TURNED, "-1+1", LONG]}
    event = STORY["events"][0] | {"title": LINK, "words": BELL}
    disputed = STORY["events"][1] | {"dispute": MARKUP, "note": LONG}
    standard = STORY["standards"][0] | {"title": "@SUM(A1)", "version": HEBREW}
    assessment = STORY["assessments"][0] | {"reasoning": LONG + LINK, "gaps": [MARKUP, BELL], "question": "+1"}
    first, second = STORY["findings"]
    sentences = [{"text": f"{MARKUP} was issued.", "evidence": ["guidance"]}, *first["sentences"][1:]]
    recommendation = STORY["recommendations"][0] | {"text": LINK, "addressee": HEBREW, "measure": TURNED}
    return {
        "case_studies": [study],
        "events": [event, disputed],
        "standards": [standard, STORY["standards"][1]],
        "assessments": [assessment],
        "findings": [first | {"title": LINK, "sentences": sentences}, second | {"title": BELL}],
        "lessons": [{"ref": "l1", "text": MARKUP, "findings": ["f1", "f2"]}, STORY["lessons"][1] | {"text": LONG}],
        "recommendations": [recommendation],
        "documents": [*STORY["documents"][1:], STORY["documents"][0] | {"title": LINK}],
    }


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> ExportedReport:
    folder = tmp_path_factory.mktemp("hostile")
    with create_case(folder / "Hostile.casefile", title=LINK, passphrase=None, who="tester") as case:
        return export_report(case, tell_story(fill(case), **hostile()), folder, ReportOrder(with_documents=True))


def of(exported: ExportedReport, ending: str) -> Path:
    return next(path for path in exported.paths if path.suffix == ending)


def test_what_was_replaced_is_told(exported: ExportedReport) -> None:
    told = " ".join(exported.told)
    assert "U+0007" in told and "U+202E" in told and "replaced" in told


def test_word_opens_it_and_every_word_is_there(exported: ExportedReport) -> None:
    path = of(exported, ".docx")
    document = docx.Document(str(path))
    told = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for words in (LINK, MARKUP, HEBREW, LONG.strip()):
        assert words in told
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if name.endswith(".xml"):
                text = package.read(name).decode()
                ElementTree.fromstring(text)
                assert not set("\x07\x1b\u202e") & set(text)
        body = package.read("word/document.xml").decode()
    assert not re.findall(r"<w:instrText[^>]*>[^<]*HYPERLINK +&quot;http", body)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags, self.text, self.addresses = set[str](), "", set[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.addresses |= {value or "" for name, value in attrs if name in ("href", "src")}

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_holds_no_script_and_no_address_elsewhere(exported: ExportedReport) -> None:
    page = _Tags()
    page.feed(of(exported, ".html").read_text(encoding="utf-8"))
    assert "script" not in page.tags and MARKUP in page.text and LINK in page.text and LONG.strip() in page.text
    assert {address.partition("/")[0] for address in page.addresses if not address.startswith("#")} == {"documents"}


def test_the_pdf_holds_the_words(exported: ExportedReport) -> None:
    read = subprocess.run(
        ["pdftotext", str(of(exported, ".pdf")), "-"], capture_output=True, check=True
    ).stdout.decode()
    told = "".join(read.split())
    assert "".join(MARKUP.split()) in told and "".join(LINK.split()) in told
    assert told.count("many") >= 3 * 4000


def _live(path: Path) -> list[str]:
    book = openpyxl.load_workbook(path)
    return [cell.coordinate for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_no_cell_of_a_workbook_is_live_and_none_is_cut(exported: ExportedReport) -> None:
    path = of(exported, ".xlsx")
    assert _live(path) == []
    texts = [str(cell.value) for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows() for cell in row]
    assert LINK in texts and all(len(text) <= 32_767 for text in texts)
    assert sum(text.count("many") for text in texts) >= 3 * 4000
    assert any("goes on in the rows below" in sentence for sentence in exported.told)


def test_no_cell_of_a_csv_file_begins_as_a_formula(case: CaseFile, tmp_path: Path) -> None:
    paths, _ = export_tables(case, tmp_path, TablesOrder(study=tell_story(case, **hostile())))
    for path in paths[1:]:
        for row in csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"))):
            assert not [cell for cell in row if cell[:1] in ("=", "+", "-", "@")]
            assert not set("\x07\x1b\u202e") & set("".join(row))
    assert any(LONG.strip() in path.read_text(encoding="utf-8-sig") for path in paths[1:])


def test_a_title_that_no_folder_may_have_still_gives_one(case: CaseFile, tmp_path: Path) -> None:
    study = tell_story(case)
    title = "../../=cmd|' /C calc'!A0 \u202egpj" + "x" * 300
    with case.change(Action.EDIT_FRAME, "") as step:
        step.put(replace(step.get(CaseStudy, study), title=title))
    exported = export_report(case, study, tmp_path / "out", ReportOrder())
    assert exported.folder.parent == tmp_path / "out" and len(exported.folder.name) < 100
    assert [path for path in tmp_path.rglob("*.docx")] == [of(exported, ".docx")]
