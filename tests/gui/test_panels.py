"""Documents, timeline, history and bundles show what is in the case and lead on."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.gui.steps import TITLES, open_document
from workbench.domain.bundle import Build
from workbench.domain.change import Action
from workbench.domain.dates import parse_edtf
from workbench.domain.event import Event
from workbench.domain.excerpt import Excerpt
from workbench.domain.frame import CaseStudy, ScopeParagraph
from workbench.domain.ids import EventId, new_id
from workbench.gui.columns import DOCUMENT_COLUMNS
from workbench.services.documents import edit_document
from workbench.services.excerpting import make_excerpt


def shown(panel, column: str) -> list[str]:
    at = [c.id for c in panel.model.columns].index(column)
    return [panel.model.index(row, at).data() for row in range(panel.model.rowCount())]


def test_documents_show_every_fact(window):
    panel = window.panels["documents"]
    assert shown(panel, "urn") == ["INQ000001", "INQ000002", "INQ000003"]
    assert shown(panel, "title") == list(TITLES)
    assert shown(panel, "pages") == ["2", "4", "6"]
    assert shown(panel, "supplier") == ["Harbour Platform"] * 3
    assert shown(panel, "receipts") == ["1"] * 3
    assert {c.id for c in DOCUMENT_COLUMNS} >= {"kind", "date", "pages_without_text"}


def test_wider_panel_shows_more_columns(qtbot, window):
    view = window.panels["documents"].view
    hidden = sum(view.isColumnHidden(at) for at in range(len(DOCUMENT_COLUMNS)))
    view.resize(3400, 400)
    view.fit_columns()
    assert hidden > 0
    assert not any(view.isColumnHidden(at) for at in range(len(DOCUMENT_COLUMNS)))


def test_filter_sort_and_open_by_keyboard(qtbot, window):
    panel = window.panels["documents"]
    panel.model.sort(4, Qt.SortOrder.DescendingOrder)
    assert shown(panel, "urn") == ["INQ000003", "INQ000002", "INQ000001"]
    panel.filter.setText("liaison")
    assert shown(panel, "urn") == ["INQ000002"]
    panel.view.selectRow(0)
    qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.reader.document is not None and window.reader.document.urn == "INQ000002")


def test_filter_that_matches_nothing_says_so(qtbot, window):
    panel = window.panels["documents"]
    panel.filter.setText("zebra")
    assert panel._stack.currentIndex() == 2


def test_changed_title_is_shown_at_once(qtbot, window):
    document = open_document(qtbot, window)
    window.workspace.write("Edit", lambda case, _t: edit_document(case, document.id, title="Register policy, revised"))
    qtbot.waitUntil(lambda: shown(window.panels["documents"], "title")[0] == "Register policy, revised")
    assert "revised" in window.reader.bar._title.toolTip()


def an_event(title: str, on: str, source: Excerpt) -> Event:
    date = parse_edtf(on)
    return Event(
        id=EventId(new_id("evt")),
        title=title,
        on=on,
        on_earliest=date.earliest,
        on_latest=date.latest,
        sources=(source.id,),
    )


def test_timeline_is_by_date_and_leads_to_the_source(qtbot, window):
    case = window.workspace.case
    document = open_document(qtbot, window, at=1)
    text = case.page(document.sha256, 2).text
    start = text.index("figures")
    make_excerpt(case, document=document.id, page_index=2, start=start, end=start + 7)
    source = case.all(Excerpt)[0]
    with case.change(Action.EDIT_EVENT, "events") as step:
        step.put(an_event("Figures asked for", "2018-03-12", source))
        step.put(an_event("Register opened", "2014", source))
    panel = window.panels["timeline"]
    qtbot.waitUntil(lambda: panel.model.rowCount() == 2)
    assert shown(panel, "on") == ["2014", "12 March 2018"]
    window.show_panel("timeline")
    panel.view.selectRow(0)
    qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.reader.view.current_page == 2)


def test_history_tells_who_and_what_newest_first(qtbot, window):
    document = open_document(qtbot, window)
    window.workspace.write("Edit", lambda case, _t: edit_document(case, document.id, kind="policy"))
    model = window.panels["history"].model
    qtbot.waitUntil(lambda: model.index(0).data().startswith("Edit document: INQ000001"))
    assert model.records[0].who == "tester"
    assert model.records[-1].action is Action.CREATE_CASE
    assert [entry.number for entry in model.records] == list(range(len(window.workspace.case.history()), 0, -1))


def test_case_study_is_set_up_over_the_whole_scope(qtbot, window):
    panel = window.panels["bundles"]
    panel.add_case_study("Harbour Platform")
    qtbot.waitUntil(lambda: panel.case_studies.current_id is not None)
    case = window.workspace.case
    assert len(case.all(CaseStudy)[0].scope) == case.count(ScopeParagraph)


def test_case_study_is_exported_for_an_audience(qtbot, window, tmp_path):
    panel, case = window.panels["bundles"], window.workspace.case
    panel.add_case_study("Harbour Platform")
    qtbot.waitUntil(lambda: panel.case_studies.current_id is not None)
    panel.audience.setCurrentIndex(panel.audience.findData("panel"))
    panel.export_into(str(tmp_path / "out"))
    qtbot.waitUntil(lambda: panel.finished.path is not None, timeout=60000)
    assert (panel.finished.path / "index.html").is_file() and case.all(Build)[0].audience == "panel"
    qtbot.waitUntil(lambda: panel.log.current is not None, timeout=15000)
    assert "for panel" in panel.log.view.topLevelItem(0).text(0)


def test_building_without_a_bundle_says_what_to_do(window):
    window.book.actions["build_bundle"].trigger()
    assert "no hearing bundle yet" in window.message_bar.text
    window.book.actions["export_case_study"].trigger()
    assert "no case study yet" in window.message_bar.text
