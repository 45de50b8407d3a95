"""A list that is read anew keeps what was chosen in it, and says so when nothing is left."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractItemView

from workbench.gui.columns import Column
from workbench.gui.models.record_table import RecordTable
from workbench.gui.panels.listed import ListedPage
from workbench.gui.widgets.empty_state import EmptyState
from workbench.gui.widgets.record_view import RecordView

ONE, MANY = QAbstractItemView.SelectionMode.SingleSelection, QAbstractItemView.SelectionMode.ExtendedSelection
COLUMNS = (Column(id="name", title="Name", text=str, sort_key=str),)


@pytest.fixture
def page(qtbot):
    model, view = RecordTable(COLUMNS), RecordView(COLUMNS, "Rows")
    model.setParent(view)
    view.setModel(model)
    page = ListedPage(model, view, EmptyState("None yet", "They come later."))
    qtbot.addWidget(page)
    page.fill({"a": "Alder", "b": "Birch", "c": "Cedar"})
    return page


def test_the_chosen_row_stays_chosen_wherever_it_moves(page):
    page.view.selectRow(1)
    page.fill({"0": "Acacia", "a": "Alder", "c": "Cedar", "b": "Birch"})
    assert page.chosen_ids == ["b"] and page.current == "Birch"
    assert [index.row() for index in page.view.selectionModel().selectedRows(0)] == [3]


def test_the_wanted_row_is_chosen_before_the_one_that_was(page):
    page.view.selectRow(1)
    page.fill({"a": "Alder", "b": "Birch", "d": "Dogwood"}, "d")
    assert page.current == "Dogwood"
    page.fill({"a": "Alder", "d": "Dogwood"}, "not listed")
    assert page.current == "Dogwood"


def test_several_chosen_rows_stay_chosen(page):
    page.view.setSelectionMode(MANY)
    page.view.selectAll()
    page.fill({"c": "Cedar", "d": "Dogwood", "a": "Alder"})
    assert page.chosen_ids == ["c", "a"]
    page.view.clearSelection()
    page.fill({"a": "Alder"})
    assert page.chosen_ids == []


def test_an_empty_list_says_so(page):
    page.view.selectRow(0)
    page.fill({})
    assert page.currentIndex() == 0 and page.current is None and page.chosen_ids == []
    page.fill({"a": "Alder"})
    assert page.currentIndex() == 1
