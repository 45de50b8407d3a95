"""The coverage matrix by keyboard: cells and their evidence, what is missing, ruling out, table, picture."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QFileDialog

from workbench.domain.analysis import Assessment, Rating, ScopeExclusion
from workbench.domain.change import Action
from workbench.domain.coverage import CellState, Side
from workbench.domain.excerpt import Excerpt, Link, Stance
from workbench.domain.frame import CaseStudy, Institution, ScopeParagraph
from workbench.domain.ids import AnyId, new_id
from workbench.gui.coverage.legend import sample_places
from workbench.gui.coverage.wording import spoken_cell
from workbench.services.applying import apply_json
from workbench.services.coverage import coverage_of

QUOTES = {
    "register of notices": Stance.SUPPORTS,
    "twice a year": Stance.UNDERMINES,
    "twenty-four hours": Stance.CONTEXT,
}


@pytest.fixture
def panel(qtbot, window):
    case = window.workspace.case
    scope = {item.number: item.id for item in case.all(ScopeParagraph)}
    northmere, harbour = (Institution(id=new_id("ins"), name=name) for name in ("Northmere", "Harbour"))
    rows = [{"document": "INQ000001", "page": 1, "quote": quote} for quote in QUOTES]
    apply_json(case, {"excerpts": rows})
    excerpts = {item.quote: item for item in case.all(Excerpt)}
    with case.change(Action.EDIT_ANALYSIS, "story") as step:
        step.put_all([northmere, harbour])
        for quote, stance in QUOTES.items():
            for target in (northmere.id, scope["2.2"]):
                step.put(Link(id=new_id("lnk"), excerpt=excerpts[quote].id, target=AnyId(target), stance=stance))
        step.put(
            Assessment(
                id=new_id("asm"), institution=harbour.id, scope=scope["2.4"], rating=Rating.INADEQUATE, period="2014",
                gaps=("No figures.",),
            )
        )  # fmt: skip
        step.put(CaseStudy(id=new_id("cst"), title="Study", institutions=(harbour.id,), period="2013/2014"))
    window.book.actions["show_coverage"].trigger()
    found = window.panels["coverage"]
    qtbot.waitUntil(lambda: found.cells.matrix.grid.rowCount() == 2, timeout=15000)
    return found


def choose(panel, row: int, column: int) -> None:
    panel.cells.matrix.setCurrentIndex(panel.cells.matrix.grid.index(row, column))


def words_of(panel) -> list[str]:
    model = panel.details.model
    return [model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())]


def test_the_matrix_is_the_case(qtbot, window, panel):
    grid = panel.cells.matrix.grid
    QAbstractItemModelTester(grid, QAbstractItemModelTester.FailureReportingMode.Warning)
    assert [grid.institution(row).name for row in range(2)] == ["Harbour", "Northmere"]
    matrix = coverage_of(window.workspace.case)
    for row, institution in enumerate(matrix.institutions):
        for column, paragraph in enumerate(matrix.paragraphs):
            assert grid.cell(row, column) == matrix.cell(institution.id, paragraph.id)
    assert panel.bar.tally.text() == "1 of 10 rated · 9 missing · 1 contested"
    assert "2.2" in grid.headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)


def test_arrows_go_from_cell_to_cell_and_enter_to_the_words_on_the_page(qtbot, window, panel):
    view = panel.cells.matrix
    choose(panel, 0, 0)
    view.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right):
        qtbot.keyClick(view, key)
    assert panel.current.count(Side.FOR) == 1 and panel.current.state is CellState.CONTESTED
    qtbot.waitUntil(lambda: panel.details.model.rowCount() == 4)
    told = words_of(panel)
    assert told[1].startswith("For (1) · ") and told[2].startswith("Against (1) · ") and "Context (1)" in told[3]
    assert "1 for, 1 against, 1 context" in told[0]
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is panel.details.view
    window.reader.clear()
    qtbot.keyClick(panel.details.view, Qt.Key.Key_Down)
    qtbot.keyClick(panel.details.view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.reader.document is not None, timeout=15000)
    excerpt = next(item for item in window.workspace.case.all(Excerpt) if item.quote == "twice a year")
    qtbot.waitUntil(lambda: window.excerpts.current_id == excerpt.id or window.reader.view.current_page == 0)

    choose(panel, 0, 0)
    place = view.visualRect(view.grid.index(1, 1)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: panel.details.model.rowCount() == 4)
    assert panel.details.place.text().startswith("Northmere · 2.2 ")
    window.book.actions["coverage_evidence"].trigger()
    assert QApplication.focusWidget() is panel.details.view


def test_the_next_missing_and_contested_cells(qtbot, window, panel):
    choose(panel, 0, 3)
    assert panel.current.rated
    window.book.actions["next_missing"].trigger()
    assert (panel.cells.matrix.currentIndex().row(), panel.cells.matrix.currentIndex().column()) == (0, 4)
    window.book.actions["next_contested"].trigger()
    assert (panel.cells.matrix.currentIndex().row(), panel.cells.matrix.currentIndex().column()) == (1, 1)
    window.book.actions["next_contested"].trigger()
    assert panel.cells.matrix.currentIndex().row() == 1
    assert QApplication.focusWidget() is panel.cells.matrix


def test_several_cells_are_ruled_out_at_once_and_taken_back(qtbot, window, panel):
    case, view = window.workspace.case, panel.cells.matrix
    choose(panel, 0, 0)
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    window.book.actions["rule_out"].trigger()
    assert panel.sheet.is_open and panel.sheet.heading.text() == "2 cells out of scope"
    panel.sheet.save()
    qtbot.waitUntil(lambda: "Say why" in panel.sheet.complaint.text())
    panel.sheet.reason.setPlainText("Founded in 2015.")
    panel.sheet.save()
    qtbot.waitUntil(lambda: case.count(ScopeExclusion) == 2)
    qtbot.waitUntil(lambda: view.grid.cell(0, 1).state is CellState.OUT_OF_SCOPE, timeout=15000)
    choose(panel, 0, 1)
    qtbot.waitUntil(lambda: "Founded in 2015." in panel.details.words.text())
    assert not panel.details.back.isHidden() and panel.details.out.isHidden()
    window.book.actions["rule_in"].trigger()
    qtbot.waitUntil(lambda: case.count(ScopeExclusion) == 1)
    window.book.actions["undo"].trigger()
    qtbot.waitUntil(lambda: case.count(ScopeExclusion) == 2)


def test_a_change_elsewhere_is_counted_and_the_chosen_cell_stays(qtbot, window, panel):
    case = window.workspace.case
    choose(panel, 1, 1)
    kept = panel.current
    with case.change(Action.UNLINK, "one") as step:
        link = next(item for item in case.all(Link) if item.stance is Stance.UNDERMINES)
        step.delete(Link, link.id)
    qtbot.waitUntil(lambda: panel.current.count(Side.AGAINST) == 0, timeout=15000)
    assert (panel.current.institution, panel.current.paragraph) == (kept.institution, kept.paragraph)


def test_case_study_and_period_narrow_what_is_counted(qtbot, window, panel):
    panel.bar.study.setCurrentIndex(1)
    grid = panel.cells.matrix.grid
    qtbot.waitUntil(lambda: grid.rowCount() == 1)
    assert panel.bar.period.placeholderText() == "2013/2014" and grid.matrix.period == "2013/2014"
    assert grid.cell(0, 3).unrated == ("2013",)
    qtbot.keyClicks(panel.bar.period, "2014-02-30")
    qtbot.keyClick(panel.bar.period, Qt.Key.Key_Return)
    assert "no day of any calendar" in panel.bar.complaint.text()
    panel.bar.period.setText("2014")
    qtbot.keyClick(panel.bar.period, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: grid.matrix.period == "2014")
    assert grid.cell(0, 3).unrated == () and panel.bar.complaint.isHidden()
    panel.bar.every.setChecked(True)
    qtbot.waitUntil(lambda: grid.columnCount() == 10)


def test_the_table_is_read_row_by_row(qtbot, window, panel):
    choose(panel, 1, 1)
    window.book.actions["coverage_table"].trigger()
    assert panel.cells.is_table and panel.current.state is CellState.CONTESTED
    assert panel.cells.table_model.rowCount() == 10
    panel.bar.states.setCurrentIndex(panel.bar.states.findText("Contested"))
    assert panel.cells.table_model.rowCount() == 1
    panel.bar.states.setCurrentIndex(panel.bar.states.findText("Missing"))
    assert panel.cells.table_model.rowCount() == 9
    panel.bar.filter.setText("harb")
    assert panel.cells.table_model.rowCount() == 4 and panel.cells.matrix.grid.rowCount() == 1
    window.book.actions["coverage_table"].trigger()
    assert not panel.cells.is_table

    view = panel.cells.matrix
    interface = QAccessible.queryAccessibleInterface(view)
    assert interface.text(QAccessible.Text.Name) == "Coverage matrix"
    cell = interface.child(1 * 6 + 1 + 3)  # beside the headings of rows and columns
    heard = cell.text(QAccessible.Text.Name)
    assert heard == "Harbour, 2.4: Inadequate (2014). No evidence. Gap: No figures."
    assert heard == spoken_cell(view.grid.institution(0), view.grid.paragraph(3), view.grid.cell(0, 3))

    apply_json(
        window.workspace.case, {"excerpts": [{"document": "INQ000001", "page": 2, "quote": "compliance office"}]}
    )
    choose(panel, 1, 1)
    window.book.actions["coverage_excerpts"].trigger()
    qtbot.waitUntil(lambda: window.excerpts.model.rowCount() == 3)


def test_the_picture_holds_numbers_words_and_legend(qtbot, window, panel, tmp_path):
    panel.write_picture(tmp_path / "cover.svg")
    content = (tmp_path / "cover.svg").read_text(encoding="utf-8")
    texts = [node.text or "" for node in ElementTree.fromstring(content).iter()]
    whole = " ".join(texts)
    for wanted in ("Northmere", "Inadequate", "1 of 10 rated", "Out of scope", "The response of law enforcement."):
        assert wanted in whole, wanted
    panel.write_picture(tmp_path / "cover.png")
    image = QImage(str(tmp_path / "cover.png"))
    assert image.width() >= 900 and not list(tmp_path.glob("*.part"))
    assert "was written" in window.message_bar.text


def test_cells_grow_small_and_the_matrix_wide(qtbot, window, panel):
    view = panel.cells.matrix
    height = view.rowHeight(0)
    window.book.actions["coverage_dense"].trigger()
    assert view.rowHeight(0) < height / 2
    view.grab()
    window.book.actions["coverage_dense"].trigger()
    assert view.rowHeight(0) == height
    before = panel.width()
    window.book.actions["coverage_wide"].trigger()
    qtbot.waitUntil(lambda: panel.width() > before)
    window.book.actions["coverage_wide"].trigger()
    qtbot.waitUntil(lambda: abs(panel.width() - before) <= 2)

    # In shades of grey no two of the samples of the legend are the same picture.
    legend = panel.details._legend
    panel.bar.legend.setChecked(True)
    assert legend.isVisible()
    image = legend.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    places = sample_places(legend.width() - 16, legend._cells)
    samples = {bytes(image.copy(round(x) + 8, round(y) + 8, 72, 42).constBits()) for x, y in places}
    assert len(samples) == len(places)


def test_a_cell_is_assessed_and_exported_from_where_it_stands(qtbot, window, panel, tmp_path):
    choose(panel, 1, 1)
    window.book.actions["assess_cell"].trigger()
    sheet = window.panels["assessments"].sheet
    qtbot.waitUntil(lambda: sheet.is_open and sheet.scope.chosen_id is not None)
    assert sheet.institution.currentText() == "Northmere" and sheet.scope.currentText().startswith("2.2")
    sheet.close_sheet()
    window.book.actions["coverage_export"].trigger()
    (chooser,) = (found for found in panel.findChildren(QFileDialog) if found.isVisible())
    chooser.reject()
    panel.export_into(tmp_path / "out")
    qtbot.waitUntil(lambda: "coverage.xlsx" in window.message_bar.text, timeout=15000)
    assert {path.suffix for path in (tmp_path / "out").iterdir()} == {".xlsx", ".csv", ".json"}


def test_without_a_cell_it_says_what_to_do(qtbot, window):
    window.show_panel("coverage")
    for identifier in ("coverage_excerpts", "rule_out", "coverage_evidence", "assess_cell"):
        window.message_bar.dismiss()
        window.book.actions[identifier].trigger()
        assert "Choose a cell" in window.message_bar.text, identifier
    assert window.book.actions["coverage_picture"].isEnabled()
    qtbot.waitUntil(lambda: window.panels["coverage"].cells.currentIndex() == 0)
