"""Tables as a workbook, read back by openpyxl and by a spreadsheet program."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import zipfile
from datetime import date

import openpyxl
import pytest

from workbench.domain.errors import Refused
from workbench.exporters.tables_xlsx import MOST_LETTERS, Day, SheetTable, tables_xlsx

HOSTILE = [
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    '=HYPERLINK("http://x.example","y")',
    "#REF!",
    "TRUE",
    "00123",
]


def _read(*tables: SheetTable) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(tables_xlsx(tables).content))


def _values(sheet) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_texts_stay_texts_and_numbers_numbers():
    rows = tuple((text, place, place / 4) for place, text in enumerate(HOSTILE))
    sheet = _read(SheetTable(title="T", columns=("What", "=No", "Share"), rows=rows))["T"]
    assert [row[0].data_type for row in sheet.iter_rows(min_row=2)] == ["s"] * (len(HOSTILE) + 1)
    assert [row[0].value for row in sheet.iter_rows(min_row=3)] == HOSTILE
    assert [row[1].value for row in sheet.iter_rows(min_row=3)] == list(range(len(HOSTILE)))
    assert sheet["B2"].data_type == "s"
    assert sheet.freeze_panes == "B3"
    assert sheet.auto_filter.ref == f"A2:C{len(HOSTILE) + 2}"


def test_days_are_told_in_words_with_a_column_to_sort_by():
    rows = ((Day(on="1978-03-12"), "x"), (Day(on="1975/1979"), "y"), (date(2004, 5, 1), "z"), (None, ""))
    sheet = _read(SheetTable(title="T", columns=("On", "What"), rows=rows))["T"]
    assert _values(sheet)[1:4] == [
        ["On", "On (ISO)", "What"],
        ["12 March 1978", "1978-03-12", "x"],
        [sheet["A4"].value, "1975/1979", "y"],
    ]
    assert sheet["B5"].value == "2004-05-01" and sheet["B5"].data_type == "s"


def test_what_is_no_day_and_no_exact_number_is_kept_as_it_was_written():
    rows = ((Day(on="2004-02-31"), 12345678901234567890, float("inf")),)
    sheet = _read(SheetTable(title="T", columns=("On", "Big", "Endless"), rows=rows))["T"]
    assert _values(sheet)[2] == ["2004-02-31", "2004-02-31", "12345678901234567890", "inf"]


def test_long_texts_go_on_below_and_are_told():
    text = "word and another " * 5_000 + "\U0001f4c4" * 40_000
    written = tables_xlsx([SheetTable(title="T", columns=("A", "B"), rows=((text, 7), ("next", 8)))])
    sheet = openpyxl.load_workbook(io.BytesIO(written.content))["T"]
    pieces = [row[0].value for row in sheet.iter_rows(min_row=3) if row[0].value != "next"]
    assert "".join(piece.removesuffix(" […]") for piece in pieces) == text
    assert all(len(piece.encode("utf-16-le")) // 2 <= MOST_LETTERS for piece in pieces)
    assert [row[1].value for row in sheet.iter_rows(min_row=3)] == [7, *[None] * (len(pieces) - 1), 8]
    assert any("goes on in the rows below" in note for note in written.notes)


def test_what_cannot_be_seen_is_shown_and_told():
    written = tables_xlsx(
        [SheetTable(title="a\x07b/c:*", columns=("H",), rows=(("x\x00y\u202ez\ud800",), ("\u05d0\u05d1",)))]
    )
    sheet = openpyxl.load_workbook(io.BytesIO(written.content)).active
    assert sheet["A3"].value == "x\ufffdy\ufffdz\ufffd"
    assert sheet["A4"].alignment.readingOrder == 2
    assert len(written.notes) == 4


def test_rows_are_as_high_as_their_words_need():
    rows = (("short", 1), ("word " * 100, 2), ("a\nb\nc\nd", 3))
    sheet = _read(SheetTable(title="T", columns=("A", "B"), rows=rows))["T"]
    one, many, four = (sheet.row_dimensions[row].height for row in (3, 4, 5))
    assert one < 20 < four < many <= 409
    assert sheet["A3"].alignment.wrap_text and sheet["B2"].alignment.horizontal == "right"


def test_sheets_of_one_name_are_told_apart_and_the_bytes_are_the_same_again():
    tables = [SheetTable(title="x" * 40, columns=("A",), rows=()), SheetTable(title="X" * 40, columns=("A",), rows=())]
    assert _read(*tables).sheetnames == ["x" * 31, "X" * 27 + " (2)"]
    assert tables_xlsx(tables).content == tables_xlsx(tables).content
    assert b"openpyxl" not in zipfile.ZipFile(io.BytesIO(tables_xlsx(tables).content)).read("docProps/core.xml")


def test_more_columns_than_a_spreadsheet_holds_are_refused():
    with pytest.raises(Refused, match="16,385 columns"):
        tables_xlsx([SheetTable(title="T", columns=("c",) * 16_385, rows=())])


@pytest.mark.skipif(shutil.which("soffice") is None, reason="no spreadsheet program on this machine")
def test_a_spreadsheet_program_runs_nothing(tmp_path):
    table = SheetTable(title="T", columns=("What", "No"), rows=tuple((text, n) for n, text in enumerate(HOSTILE)))
    (tmp_path / "t.xlsx").write_bytes(tables_xlsx([table]).content)
    command = [
        "soffice",
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "csv",
    ]
    subprocess.run([*command, "--outdir", tmp_path, tmp_path / "t.xlsx"], check=True, capture_output=True, timeout=120)
    rows = list(csv.reader(io.StringIO((tmp_path / "t.csv").read_text(encoding="utf-8"))))
    assert [row[0] for row in rows[2:]] == HOSTILE
    assert [row[1] for row in rows[2:]] == [str(number) for number in range(len(HOSTILE))]
