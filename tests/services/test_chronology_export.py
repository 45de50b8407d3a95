"""The chronology leaves in its stated order, each line with its sources, and never with what may not leave."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import docx
import pytest

from workbench.domain.bundle import Build, Bundle
from workbench.domain.change import Action
from workbench.domain.errors import CheckFailed, Refused
from workbench.domain.event import Event
from workbench.domain.event_order import SortBy
from workbench.domain.excerpt import Excerpt
from workbench.domain.frame import CaseStudy, Institution, ScopeParagraph
from workbench.services.applying import apply_json
from workbench.services.bundling import build_bundle
from workbench.services.chronology import add_order, event_named
from workbench.services.chronology_export import export_chronology
from workbench.services.chronology_sheet import ChronologyAsked
from workbench.services.exporting import export_case
from workbench.services.releasing import LeaksFound
from workbench.services.timeline import EventFacts, add_event
from workbench.store.case_file import CaseFile

NAME = "Aderyn Beresford-Quill"
EVENTS: list[dict[str, Any]] = [
    {"title": "Guidance issued", "on": "2011-03", "sources": ["e1"], "words": "issued in the spring"},
    {"title": "Answers slow", "on": "2014", "sources": ["e2"], "status": "disputed", "dispute": "The firm says 2015."},
    {"title": "=SUM(A1:A9)", "on": "2014-10-09", "status": "inferred"},
]
CASE = {
    "institutions": [{"name": "Northmere"}],
    "case_studies": [{"title": "Answers", "scope": ["2.3"], "institutions": ["Northmere"]}],
    "excerpts": [
        {"ref": "e1", "document": "INQ000001", "page": 1, "quote": "issued guidance in March 2011"},
        {"ref": "e2", "document": "INQ000001", "page": 2, "quote": "the median answer took nine days"},
    ],
    "events": [EVENTS[0] | {"institutions": ["Northmere"]}, *EVENTS[1:]],
}


def rows_of(folder: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((folder / "chronology.csv").read_text(encoding="utf-8-sig"))))


def export(case: CaseFile, folder: Path, audience: str = "team", **asked: Any) -> list[str]:
    _, told = export_chronology(case, folder, ChronologyAsked(**asked), audience=audience)
    return told


def sheets_of(content: bytes) -> dict[str, list[list[str]]]:
    """The texts of every sheet by the bare XML, and proof that there is no formula and no link among them."""
    space = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    found = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [
            sheet.get("name", "")
            for sheet in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter()
            if sheet.tag.endswith("}sheet")
        ]
        shared: list[str] = []
        if "xl/sharedStrings.xml" in archive.namelist():
            root = ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))
            shared = ["".join(part.itertext()) for part in root.iterfind("m:si", space)]
        for at, name in enumerate(names, 1):
            root = ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{at}.xml"))
            assert root.find(".//m:f", space) is None and root.find(".//m:hyperlink", space) is None
            found[name] = [
                [
                    shared[int(cell.findtext("m:v", "0", space))] if cell.get("t") == "s" else "".join(cell.itertext())
                    for cell in row.iterfind("m:c", space)
                ]
                for row in root.iterfind(".//m:row", space)
            ]
    return found


def test_every_line_has_its_sources_status_and_words(case: CaseFile, tmp_path: Path) -> None:
    apply_json(case, CASE)
    told = export(case, tmp_path)
    first, second, third = rows_of(tmp_path)
    assert (first["No."], first["Date"], first["Event"], first["Sources"]) == (
        "T1",
        "March 2011",
        "Guidance issued",
        "INQ000001_001",
    )
    assert first["In the witness's words"] == "“issued in the spring”" and first["Status"] == "Agreed"
    assert (second["Status"], second["Latest day"]) == ("Disputed: The firm says 2015.", "2014-12-31")
    assert third["Event"] == "'=SUM(A1:A9)" and third["Notes"] == "No source is recorded for this event."
    assert told == ["1 event rests on no recorded source; the notes say which."]
    sheets = sheets_of((tmp_path / "chronology.xlsx").read_bytes())
    assert sheets["Chronology"][3][2] == "=SUM(A1:A9)"
    about = " ".join(line for (line,) in sheets["About"])
    assert "Sorted by the earliest possible day." in about and "No bundle was built" in about
    assert case.first(Build, kind="chronology") is not None
    written = docx.Document(str(tmp_path / "chronology.docx"))
    table = next(table for table in written.tables if table.rows[0].cells[0].text == "No.")
    cells = [cell.text for cell in table.rows[2].cells]
    assert cells[:5] == ["T2", "2014", "Answers slow", "Disputed", "INQ000001_002"]
    assert cells[5] == "The firm says 2015." and len(table.rows) == 4
    page = (tmp_path / "chronology.html").read_text(encoding="utf-8")
    assert "Sorted by the earliest possible day." in page and "=SUM(A1:A9)" in page and "<script" not in page


def test_orders_narrow_sort_and_contradict_in_print(case: CaseFile, tmp_path: Path) -> None:
    apply_json(case, CASE)
    slow, sums, guidance = (event_named(case, title).id for title in ("Answers slow", "=SUM", "Guidance"))
    add_order(case, slow, sums, "before the meeting")
    export(case, tmp_path, sort=SortBy.LATEST)
    rows = rows_of(tmp_path)
    assert [row["Event"] for row in rows] == ["Guidance issued", "Answers slow", "'=SUM(A1:A9)"]
    assert "Inferred: not after 9 October 2014: before “=SUM(A1:A9)” (“before the meeting”)." in rows[1]["Notes"]
    add_order(case, sums, guidance)
    told = export(case, tmp_path)
    assert rows_of(tmp_path)[0]["Notes"] == "See contradiction 1."
    assert any(sentence.startswith("Contradiction: By the recorded orders") for sentence in told)
    sheets = sheets_of((tmp_path / "chronology.xlsx").read_bytes())
    assert len(sheets["Recorded orders"]) == 2 and len(sheets["Contradictions"]) == 1


def test_the_pages_of_the_newest_build_stand_beside_the_references(case: CaseFile, tmp_path: Path) -> None:
    entries = [{"document": "INQ000002"}, {"document": "INQ000001"}]
    bundles = [{"name": "Hearing bundle", "kind": "hearing", "sections": [{"title": "All", "entries": entries}]}]
    apply_json(case, CASE | {"bundles": bundles})
    build_bundle(case, case.all(Bundle)[0].id, tmp_path / "bundle")
    export(case, tmp_path)
    pages = [row["Bundle pages"] for row in rows_of(tmp_path)]
    written = (tmp_path / "bundle" / "Hearing bundle.page-map.csv").read_text(encoding="utf-8-sig")
    page_map = csv.DictReader(io.StringIO(written))
    labels = {(row["urn"], row["source_page"]): row["label"] for row in page_map}
    assert pages == [f"HB {labels['INQ000001', '1']}", f"HB {labels['INQ000001', '2']}", ""]


def test_limits_choose_the_events(case: CaseFile, tmp_path: Path) -> None:
    apply_json(case, CASE)
    export_case(case, "chronology", tmp_path, case_study=case.all(CaseStudy)[0].id)
    assert [row["Event"] for row in rows_of(tmp_path)] == ["Guidance issued"]
    export(case, tmp_path, institutions=(case.all(Institution)[0].id,))
    assert len(rows_of(tmp_path)) == 1
    about = sheets_of((tmp_path / "chronology.xlsx").read_bytes())["About"]
    assert ["Events of Northmere."] in about
    with pytest.raises(Refused, match="no event to export"):
        export(case, tmp_path, scope=(case.all(ScopeParagraph)[0].id,))


def test_an_event_that_rests_on_withheld_words_stays_behind_with_its_orders(case: CaseFile, tmp_path: Path) -> None:
    order = {
        "restrictions": [{"ref": "r", "kind": "order", "made_by": "Chair", "on": "2026", "targets": ["INQ000001_002"]}]
    }
    apply_json(case, CASE | order)
    add_order(case, event_named(case, "Answers slow").id, event_named(case, "=SUM").id, "before the meeting")
    told = export(case, tmp_path, "public")
    text = (tmp_path / "chronology.csv").read_text(encoding="utf-8-sig")
    assert "Answers slow" not in text and "before the meeting" not in text and "Guidance issued" in text
    assert told[0].startswith("1 events were left out, because what they rest on may not be shown")
    export(case, tmp_path, "team")
    assert len(rows_of(tmp_path)) == 3


def test_an_order_that_rests_on_withheld_words_narrows_nothing_beyond_the_team(case: CaseFile, tmp_path: Path) -> None:
    order = {"kind": "order", "made_by": "Chair", "on": "2026", "targets": ["INQ000001_002"]}
    events = [
        {"title": "Call", "on": "2014", "sources": ["e1"]},
        {"title": "Visit", "on": "2014-06", "sources": ["e1"]},
    ]
    apply_json(case, {"excerpts": CASE["excerpts"], "events": events, "restrictions": [{"ref": "r", **order}]})
    (withheld,) = (item for item in case.all(Excerpt) if item.page_index == 1)
    add_order(case, event_named(case, "Call").id, event_named(case, "Visit").id, "just before", withheld.id)
    for audience, is_told in (("team", True), ("public", False)):
        export(case, tmp_path, audience)
        text = (tmp_path / "chronology.csv").read_text(encoding="utf-8-sig")
        assert ("just before" in text) is is_told and ("Inferred" in text) is is_told and "Visit" in text


def test_a_source_that_was_withdrawn_is_flagged_for_the_team(case: CaseFile, tmp_path: Path) -> None:
    apply_json(case, CASE)
    source = case.all(Excerpt)[0]
    with case.change(Action.EDIT_EXCERPT) as step:
        step.put(replace(source, withdrawn="misread"))
    export(case, tmp_path)
    assert "(withdrawn: misread)" in (tmp_path / "chronology.csv").read_text(encoding="utf-8-sig")


def test_a_protected_name_and_marked_words_stop_it(case: CaseFile, tmp_path: Path) -> None:
    apply_json(case, CASE | {"people": [{"cipher": "IN-A1", "names": [NAME]}]})
    add_event(case, EventFacts(title=f"Note by {NAME}", on="2015", note="For us alone."))
    with pytest.raises(LeaksFound):
        export(case, tmp_path, "core participants")
    assert not (tmp_path / "chronology.csv").exists()
    export_chronology(case, tmp_path, ChronologyAsked(), audience="core participants", override="He agreed.")
    assert "For us alone" not in (tmp_path / "chronology.csv").read_text(encoding="utf-8")
    export(case, tmp_path)
    assert "For us alone" in (tmp_path / "chronology.csv").read_text(encoding="utf-8")
    marks = [{"document": "INQ000002", "page": 1, "quote": "The board noted the delay", "reason": "other"}]
    apply_json(case, {"redactions": marks, "events": [{"title": "The board noted the delay twice", "on": "2016"}]})
    with pytest.raises(CheckFailed, match="marked for redaction stand in the event T5"):
        export(case, tmp_path, "public")


def test_long_strange_and_foreign_texts_arrive_whole(case: CaseFile, tmp_path: Path) -> None:
    long = "word " * 9_000 + "end"
    add_event(case, EventFacts(title="عربي then English\x07", on="2014", note=long))
    export(case, tmp_path / "a")
    export(case, tmp_path / "b")
    assert (tmp_path / "a" / "chronology.xlsx").read_bytes() == (tmp_path / "b" / "chronology.xlsx").read_bytes()
    rows = sheets_of((tmp_path / "a" / "chronology.xlsx").read_bytes())["Chronology"]
    assert rows[1][2] == "عربي then English␇" and rows[2][0] == "T1 (2 of 2)"
    assert rows[1][9] + rows[2][9] == f"No source is recorded for this event.\n{long}"
    assert all(len(cell) <= 32_767 for row in rows for cell in row)
    assert case.count(Event) == 1
