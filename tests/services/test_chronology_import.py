"""A chronology made elsewhere is previewed row by row, nothing lost and nothing guessed, and imported as one step."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from openpyxl.comments import Comment

from tests.services.conftest import put_pdf
from workbench.domain.bundle import Bundle
from workbench.domain.change import Action
from workbench.domain.errors import NotFound, Refused
from workbench.domain.event import Event, EventStatus
from workbench.domain.excerpt import Excerpt
from workbench.domain.frame import Person
from workbench.domain.ids import new_id
from workbench.services.applying import apply_json
from workbench.services.bundling import build_bundle
from workbench.services.chronology_import import (
    Decision,
    RowState,
    import_rows,
    preview,
)
from workbench.services.excerpting import add_institution, make_excerpt
from workbench.services.exporting import export_case
from workbench.services.timeline import EventFacts, add_event, timeline_rows
from workbench.store.case_file import CaseFile

HEAD = ["Date", "Event", "Source"]


def workbook(path: Path, *rows: list[Any], change: Any = lambda sheet: None) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    change(book.active)
    book.save(path)
    return path


def csv_file(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def test_a_workbook_is_previewed_and_imported_as_one_step(case: CaseFile, tmp_path: Path) -> None:
    add_institution(case, "Heddlu Dŵr Llŷn")
    with case.change(Action.EDIT_FRAME) as step:
        step.put(Person(id=new_id("per"), cipher="IN-A1"))
    path = workbook(
        tmp_path / "firm.xlsx",
        ["Chronology of the firm"],
        ["Date of event", "What happened", "Doc ref", "Organisation", "Status", "Person", "Colour",
         "In the witness's words"],
        ["March 2011", "Guidance issued", "INQ000001_001", "heddlu dŵr llŷn; Northmere", "Not disputed", "in-a1", "red",
         "“issued guidance in March 2011”"],
        ["c. 2014", "Answers slow", "INQ000002 p 9", "", "In dispute", "", "", ""],
        ["sometime later", "Review", "the minutes", "", "maybe", "", "", ""],
    )  # fmt: skip
    before = case.count(Event)
    shown = preview(case, path)
    assert case.count(Event) == before and case.count(Excerpt) == 0
    first, second, third = shown.rows
    assert (first.on, first.date_words, first.state, first.status) == (
        "2011-03", "March 2011", RowState.READY, EventStatus.AGREED,
    )  # fmt: skip
    assert [place.reference for place in first.sources] == ["INQ000001_001"] and first.sources[0].end
    assert first.remarks == ("Not in the case: institution “Northmere”. It is kept in the note.",)
    assert (second.on, second.status) == ("2014~", EventStatus.DISPUTED)
    assert second.remarks == ("“INQ000002 p 9” was not found: INQ000002 has 1 pages.",)
    assert third.state is RowState.UNDECIDED and third.questions == ("It cannot be read as a date.",)
    assert "The status “maybe” is not known" in third.remarks[0]
    assert any("“Colour” are not known" in notice for notice in shown.notices)
    assert any("row 1 stands above the headings" in notice for notice in shown.notices)
    made = import_rows(case, shown)
    assert (len(made.events), [row.title for row in made.left]) == (2, ["Review"])
    assert made.change.action is Action.EDIT_EVENT
    event = case.get(Event, made.events[0])
    source = case.get(Excerpt, event.sources[0])
    assert source.quote == "issued guidance in March 2011" and source.boxes
    assert event.words == source.quote and len(event.people) == len(event.institutions) == 1
    assert event.note == ("From “firm.xlsx”, Sheet “Sheet”, row 3.\nInstitution as written: “Northmere”.\nColour: red")
    slow = case.get(Event, made.events[1])
    assert "Date as written: “c. 2014”." in slow.note and "Source as written: “INQ000002 p 9”." in slow.note
    case.undo()
    assert case.count(Event) == case.count(Excerpt) == 0


def test_what_is_there_already_or_twice_in_the_file_is_told(case: CaseFile, tmp_path: Path) -> None:
    add_event(case, EventFacts(title="Guidance issued.", on="2011-03-01"))
    rows = (
        HEAD,
        ["1 March 2011", "The guidance was issued", ""],
        ["1 March 2011", "guidance  issued", ""],
        ["2 March 2011", "Report 1 sent", ""],
        ["2 March 2011", "Report 2 sent", ""],
        ["2 March 2011", "Report 2 sent", ""],
    )
    shown = preview(case, workbook(tmp_path / "a.xlsx", *rows))
    assert [row.state.value for row in shown.rows] == ["ready", "already there", "ready", "ready", "already there"]
    assert shown.rows[1].remarks == ("It looks like the event “Guidance issued.”, of the same date.",)
    assert shown.rows[4].remarks == ("It looks like Sheet “Sheet”, row 5, of the same date.",)
    made = import_rows(case, shown, {shown.rows[1].key: Decision(is_wanted=True)})
    assert len(made.events) == 4 and len(made.left) == 1
    with pytest.raises(Refused, match=r"No row of “a.xlsx” can be imported: 0 are to decide, 5 are there already"):
        import_rows(case, shown)


def test_decisions_date_leave_out_and_are_proved(case: CaseFile, tmp_path: Path) -> None:
    text = "Date;Event\n03/04/2014;Call\n31 June 2014;Visit\nn.d.;Note\n;Same day\n12 March;Talk\n"
    shown = preview(case, csv_file(tmp_path / "a.csv", text))
    assert [row.questions[0] for row in shown.rows] == [
        "The day or the month may stand first, and no other date in the column tells which.",
        "There is no such day as 2014-06-31.",
        "“n.d.” is no date.",
        "No date is given; the last row with one has “n.d.”.",
        "The year is missing.",
    ]
    assert shown.rows[0].proposals == ("2014-04-03", "2014-03-04")
    with pytest.raises(Refused, match=r"No row of “a.csv” can be imported: 5 are to decide"):
        import_rows(case, shown)
    with pytest.raises(Refused, match=r"The table, row 3: “2014-06-31” is no day of any calendar"):
        import_rows(case, shown, {"1": Decision(on="2014-06-31")})
    made = import_rows(case, shown, {"0": Decision(on="2014-04-03"), "2": Decision(on="2014", is_left_out=True)})
    assert [case.get(Event, event).on for event in made.events] == ["2014-04-03"] and len(made.left) == 4
    assert "Date as written: “03/04/2014”." in case.all(Event)[0].note


def test_one_date_shows_how_a_column_is_written(case: CaseFile, tmp_path: Path) -> None:
    text = "Date,Event\n03/04/2014,Call\n25/12/2014,Letter\n"
    shown = preview(case, csv_file(tmp_path / "a.csv", text))
    assert [row.on for row in shown.rows] == ["2014-04-03", "2014-12-25"]
    assert shown.rows[0].remarks == ("Read day first, as “25/12/2014” in the same column shows.",)
    assert shown.rows[1].remarks == ()
    american = preview(case, csv_file(tmp_path / "b.csv", text.replace("25/12", "12/25")))
    assert [row.state for row in american.rows] == [RowState.UNDECIDED] * 2
    told = preview(case, csv_file(tmp_path / "c.csv", text.replace("25/12", "12/11")), is_day_first=True)
    assert [row.on for row in told.rows] == ["2014-04-03", "2014-11-12"]


def test_formulas_links_merged_and_hidden_cells_are_told(case: CaseFile, tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        sheet.merge_cells("A2:A3")
        sheet.merge_cells("A4:C4")
        sheet["C2"].hyperlink = "https://example.test/secret"
        sheet["B2"].comment = Comment("Check this", "somebody")
        sheet.row_dimensions[3].hidden = True

    rows = (
        ["Date", "Event", "Source"],
        ["9 October 2014", "Meeting", "INQ000002_001"],
        [None, "Minutes agreed", '=HYPERLINK("https://example.test","INQ000001")'],
        ["2015"],
        ["12 March", "Talk", ""],
        ["=TODAY()", "Today", ""],
    )
    shown = preview(case, workbook(tmp_path / "a.xlsx", *rows, change=change))
    meeting, minutes, talk, today = shown.rows
    assert minutes.on == "2014-10-09" and minutes.where == "Sheet “Sheet”, row 3"
    assert any("a link to https://example.test/secret; it is kept as text" in remark for remark in meeting.remarks)
    assert "Comment: Check this" in meeting.note
    assert any("a formula without a stored result" in remark for remark in minutes.remarks)
    assert talk.proposals == ("2015-03-12",) and "the row stands under 2015" in talk.questions[0]
    assert today.state is RowState.UNDECIDED and today.date_words == "=TODAY()"
    notices = " ".join(shown.notices)
    for told in ("row 4 is a heading", "hidden rows are read too: 3", "2 cells are formulas", "1 cells are merged"):
        assert told in notices
    import_rows(case, shown)
    assert not any(event.title.startswith("=") for event in case.all(Event))


def test_cached_results_and_dates_no_finer_than_shown(case: CaseFile, tmp_path: Path) -> None:
    from_office = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(HEAD)
    for number_format in ("dd/mm/yyyy", "mmm yyyy", "yyyy", "mmm-yy", '"on" d mmm'):
        sheet.append([datetime(2014, 3, 1), f"Shown as {number_format}", ""])
        sheet.cell(sheet.max_row, 1).number_format = number_format
    sheet.append([41710, "A number", ""])
    book.save(from_office)
    shown = preview(case, from_office)
    assert [row.on for row in shown.rows] == ["2014-03-01", "2014-03", "2014", "2014-03", "2014-03-01", ""]
    assert shown.rows[-1].proposals == ("2014-03-12",)


def test_the_tables_of_a_word_document(case: CaseFile, tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(rows=4, cols=3)
    for at, row in enumerate((HEAD, ["2014", "", ""], ["9 October", "Meeting", "INQ000002_001"], ["", "Minutes", ""])):
        for cell, text in zip(table.rows[at].cells, row, strict=True):
            cell.text = text
    table.rows[1].cells[0].merge(table.rows[1].cells[2])
    table.rows[2].cells[0].merge(table.rows[3].cells[0])
    other = document.add_table(rows=1, cols=2)
    other.rows[0].cells[0].text, other.rows[0].cells[1].text = "Name", "Role"
    third = document.add_table(rows=1, cols=3)
    for cell, text in zip(third.rows[0].cells, ["12 March 2015", "Carried on", "INQ000001_002"], strict=True):
        cell.text = text
    path = tmp_path / "a.docx"
    document.save(path)
    shown = preview(case, path)
    assert [(row.title, row.on, row.proposals) for row in shown.rows] == [
        ("Meeting", "", ("2014-10-09",)),
        ("Minutes", "", ("2014-10-09",)),
        ("Carried on", "2015-03-12", ()),
    ]
    notices = " ".join(shown.notices)
    assert "Table 2 is no chronology" in notices and "“Name”, “Role”" in notices
    assert "Table 3 has no headings; its columns are taken as date, event, source." in notices


def test_footnotes_changes_and_boxes_of_a_word_document(case: CaseFile, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(word_with_footnote())
    (row,) = preview(case, path).rows
    assert (row.on, row.title) == ("2014-10-09", "Meeting of the new group")
    assert [place.reference for place in row.sources] == ["INQ000002_001"]
    assert "INQ000002_001, paragraph 3" in row.note and "old" not in row.title


def word_with_footnote() -> bytes:
    """A table whose event has a footnote, a tracked change and a fallback picture text; made by hand."""
    document = docx.Document()
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table.rows[0].cells, ["Dyddiad", "Digwyddiad"], strict=True):
        cell.text = text
    table.rows[1].cells[0].text = "9 Hydref 2014"
    buffer = io.BytesIO()
    document.save(buffer)
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    made = io.BytesIO()
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                text = content.decode()
                at = text.rindex("<w:p/>") if "<w:p/>" in text else text.rindex("<w:p>")
                end = text.index("/>", at) + 2 if text[at:].startswith("<w:p/>") else text.index("</w:p>", at) + 6
                words = (
                    "<w:p><w:r><w:t xml:space='preserve'>Meeting of the </w:t></w:r>"
                    "<w:del><w:r><w:delText>old</w:delText></w:r></w:del>"
                    "<w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom>"
                    "<w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:r><w:t xml:space='preserve'> group</w:t></w:r>"
                    "<w:r><w:footnoteReference w:id='2'/></w:r></w:p>"
                )
                content = (text[:at] + words + text[end:]).encode()
            target.writestr(name, content)
        note = f"<w:footnotes {space}><w:footnote w:id='2'><w:p><w:r><w:t>INQ000002_001, paragraph 3</w:t></w:r></w:p>"
        target.writestr("word/footnotes.xml", note + "</w:footnote></w:footnotes>")
    return made.getvalue()


def test_sources_are_found_by_page_words_title_and_bundle(case: CaseFile, tmp_path: Path) -> None:
    put_pdf(case, "INQ000103", "Note of the call", ["One.", "Two words here.", "Three."])
    entries = [{"document": "INQ000103"}, {"document": "INQ000002"}]
    apply_json(
        case,
        {"bundles": [{"name": "Hearing bundle", "kind": "hearing", "sections": [{"title": "A", "entries": entries}]}]},
    )
    build_bundle(case, case.all(Bundle)[0].id, tmp_path / "bundle")
    page_map = (tmp_path / "bundle" / "Hearing bundle.page-map.csv").read_text(encoding="utf-8-sig")
    rows = csv.DictReader(io.StringIO(page_map))
    label = next(row["label"] for row in rows if (row["urn"], row["source_page"]) == ("INQ000103", "2"))
    sources = {
        "INQ000103_002": ["INQ000103_002"],
        "INQ000103 p 2": ["INQ000103_002"],
        "INQ000103, pp. 2-3; INQ000002": ["INQ000103_002", "INQ000103_003", "INQ000002_001"],
        "Minutes": ["INQ000002_001"],
        "Note of the call": [],
        "INQ000777_001": [],
    }
    text = "\n".join(f'2014-01-{at:02},Event {at},"{source}"' for at, source in enumerate(sources, 1))
    shown = preview(case, csv_file(tmp_path / "a.csv", f"Date,Event,Source\n{text}\n"))
    assert [[place.reference for place in row.sources] for row in shown.rows] == list(sources.values())
    assert "no page is named, and INQ000103 has 3" in shown.rows[4].remarks[0]
    assert shown.rows[5].remarks[0].startswith("“INQ000777_001” was not found")
    by_bundle = preview(case, csv_file(tmp_path / "b.csv", f"Date,Event,Source\n2014,By bundle,HB {label}\n"))
    assert [place.reference for place in by_bundle.rows[0].sources] == ["INQ000103_002"]
    none = preview(case, csv_file(tmp_path / "c.csv", "Date,Event,Source\n2014,By bundle,HB 99\n"))
    assert "“HB 99” was not found: no bundle that was built has it." in none.rows[0].remarks
    made = import_rows(case, shown)
    listed = {row.event.title: row.sources for row in timeline_rows(case)}
    assert listed["Event 1"] == listed["Event 2"] == ("INQ000103_002",)
    whole = case.get(Excerpt, case.get(Event, made.events[0]).sources[0])
    assert whole.is_area and case.get(Event, made.events[1]).sources == (whole.id,)


def test_an_excerpt_of_the_same_words_is_used_again(case: CaseFile, tmp_path: Path) -> None:
    document = put_pdf(case, "INQ000103", "Note", ["One.", "Two words here."])
    start = case.page(document.sha256, 1).text.index("Two")
    make_excerpt(case, document=document.id, page_index=1, start=start, end=start + len("Two words here"))
    known = case.all(Excerpt)[0]
    path = csv_file(tmp_path / "a.csv", 'Date,Event,Ref,Quote\n2014,Call,INQ000103,"Two  words here"\n')
    made = import_rows(case, preview(case, path))
    assert case.get(Event, made.events[0]).sources == (known.id,) and case.count(Excerpt) == 1


def test_strange_texts_arrive_whole(case: CaseFile, tmp_path: Path) -> None:
    long = "word " * 9_000 + "end"
    text = f'Date,Event,Notes\n2014,"bell \x07 and \x00 nul","=cmd|run"\n2015,"عربي then English",\n2016,"{long}",\n'
    shown = preview(case, csv_file(tmp_path / "a.csv", text))
    made = import_rows(case, shown)
    first, arabic, whole = (case.get(Event, event) for event in made.events)
    assert first.title == "bell ␇ and ␀ nul" and first.note.endswith("=cmd|run")
    assert arabic.title == "عربي then English"
    assert len(whole.title) <= 1_010 and long in whole.note
    assert "45,003 characters" in " ".join(shown.rows[2].remarks)
    latin = preview(case, csv_file(tmp_path / "b.csv", "Date,Event\n2017,Café – “quoted”\n", "cp1252"))
    assert latin.rows[0].title == "Café – “quoted”"


@pytest.mark.parametrize("name", ["chronology.xlsx", "chronology.csv", "chronology.docx"])
def test_our_own_export_is_read_back(case: CaseFile, tmp_path: Path, name: str) -> None:
    excerpt = {"ref": "e1", "document": "INQ000001", "page": 1, "quote": "issued guidance in March 2011"}
    events = [
        {"title": "=1+1 on the board", "on": "2011-03~", "sources": ["e1"], "words": "issued guidance in March 2011"},
        {"title": "Replies slow", "on": "2012/2014", "status": "disputed", "dispute": "The firm says 2015."},
        {"title": "Review", "on": "../2016", "status": "inferred"},
    ]
    apply_json(case, {"excerpts": [excerpt], "events": events})
    export_case(case, "chronology", tmp_path)
    shown = preview(case, tmp_path / name)
    assert [row.on for row in shown.rows] == ["2011-03~", "2012/2014", "../2016"]
    assert [row.status.value for row in shown.rows] == ["agreed", "disputed", "inferred"]
    assert [place.reference for place in shown.rows[0].sources] == ["INQ000001_001"]
    if name != "chronology.docx":  # there the quoted words stand in one cell with the event
        assert {row.state for row in shown.rows} == {RowState.DUPLICATE}
        assert shown.rows[0].sources[0].end and shown.rows[0].title == "=1+1 on the board"
        assert shown.rows[1].dispute == "The firm says 2015."
    assert ", no. T3" in shown.rows[2].where and not any("not found" in r for r in shown.rows[2].remarks)


def test_sheets_without_an_end_are_refused_at_once(case: CaseFile, tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        sheet["XFD1048576"] = "far"

    path = workbook(tmp_path / "far.xlsx", HEAD, ["2014", "Near", ""], change=change)
    with pytest.raises(Refused, match="reaches over 1,048,576 rows and 16,384 columns"):
        preview(case, path)
    merged = tmp_path / "merged.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(merged, "w") as target:
        for name in source.namelist():
            ends = b'</sheetData><mergeCells count="1"><mergeCell ref="A2:A1048576"/></mergeCells>'
            target.writestr(name, source.read(name).replace(b"</sheetData>", ends))
    with pytest.raises(Refused, match="merges the cells A2:A1048576"):
        preview(case, merged)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.xlsx", b"PK\x03\x04 xl/workbook.xml and nothing", "damaged"),
        ("a.docx", b"PK\x03\x04 word/document.xml and nothing", "damaged"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "locked with a password"),
        ("a.pdf", b"%PDF-1.7", "no table that the workbench can read"),
        ("a.csv", b"", "empty"),
        ("a.csv", b"Name,Role\nOne,Two\n", "holds no chronology. The table is no chronology"),
        ("a.csv", b"Date,Event\n", "holds no chronology"),
    ],
)
def test_what_is_no_chronology_is_refused_in_one_sentence(
    case: CaseFile, tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(Refused, match=sentence) as refused:
        preview(case, tmp_path / name)
    assert name in str(refused.value)
    with pytest.raises(NotFound, match="cannot be read"):
        preview(case, tmp_path / "gone.csv")
