"""Tables and lists keep Qt's rules while they are filled, filtered and sorted."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from workbench.gui.columns import RECORD_ROLE, Column
from workbench.gui.models.record_list import RecordList
from workbench.gui.models.record_table import RecordTable


@dataclass(frozen=True)
class Row:
    id: str
    name: str
    pages: int


COLUMNS = (
    Column(id="name", title="Name", text=lambda r: r.name, sort_key=lambda r: r.name.casefold()),
    Column(id="pages", title="Pages", text=lambda r: str(r.pages), sort_key=lambda r: r.pages, is_number=True),
)
ROWS = {
    f"doc_{n}": Row(f"doc_{n}", name, n * 7 % 10) for n, name in enumerate(["Policy", "minutes", "Letter", "Report"])
}


@pytest.fixture
def table(qapp):
    model = RecordTable(COLUMNS)
    model.tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show(ROWS)
    return model


def names(model) -> list[str]:
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_sorting_ignores_capitals_and_counts_numbers(table):
    table.sort(0)
    assert names(table) == ["Letter", "minutes", "Policy", "Report"]
    table.sort(1, Qt.SortOrder.DescendingOrder)
    assert names(table) == ["minutes", "Letter", "Report", "Policy"]


def test_sorting_keeps_the_chosen_row(table):
    index = QPersistentModelIndex(table.index(1, 0))
    table.sort(0, Qt.SortOrder.DescendingOrder)
    assert index.data() == "minutes"


def test_filter_wants_every_word(table):
    table.set_filter("LET 4")
    assert names(table) == ["Letter"]
    table.set_filter("let policy")
    assert names(table) == []
    assert table.total == 4


def test_update_changes_adds_and_removes(table):
    table.update({"doc_0": Row("doc_0", "Revised policy", 3)})
    assert names(table)[0] == "Revised policy"
    table.update({"doc_1": None, "doc_9": Row("doc_9", "Annex", 1)})
    assert names(table) == ["Revised policy", "Letter", "Report", "Annex"]
    assert table.row_of("doc_1") == -1


def test_list_speaks_its_records(qapp):
    model = RecordList(lambda row: f"{row.name}, {row.pages} pages")
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show(list(ROWS.values()))
    assert model.index(0).data() == "Policy, 0 pages"
    assert model.index(0).data(RECORD_ROLE) is ROWS["doc_0"]
    assert tester.model() is model
