"""How the panel of assessments is set out: the list, what is known of a line, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from workbench.gui.models.record_table import RecordTable
from workbench.gui.panels.assessment_details import AssessmentDetails
from workbench.gui.widgets.day_field import DayField
from workbench.gui.widgets.record_view import RecordView
from workbench.runtime.i18n import speech as _

#: A button with the lists it belongs to.
Buttons = dict[str, tuple[QPushButton, tuple[str, ...]]]


@dataclass(slots=True)
class Page:
    """One kind: its table, its view, and what shows it or says that it is empty."""

    model: RecordTable
    view: RecordView
    stack: QStackedWidget


class _Parts(Protocol):
    """What a panel of assessments has to set out."""

    kind: QComboBox
    filter: QLineEdit
    day: DayField
    tables: QStackedWidget
    details: AssessmentDetails


def lay_out(
    panel: QWidget, parts: _Parts, does: tuple[tuple[str, str, Callable[[], None], tuple[str, ...]], ...]
) -> Buttons:
    """Set the parts out in the panel; the buttons by their names."""
    bar = QFrame()
    bar.setProperty("role", "bar")
    head = QVBoxLayout(bar)
    head.setContentsMargins(8, 8, 10, 8)
    head.setSpacing(6)
    for widget in (parts.kind, parts.filter, parts.day, parts.day.understood):
        head.addWidget(widget)
    foot = QFrame()
    foot.setProperty("role", "bar")
    row = QHBoxLayout(foot)
    row.setContentsMargins(8, 6, 8, 6)
    buttons: Buttons = {}
    for name, text, act, kinds in does:
        button = QPushButton(_(text))
        button.clicked.connect(lambda _checked=False, act=act: act())
        row.addWidget(button)
        buttons[name] = (button, kinds)
    row.addStretch(1)
    split = QSplitter(Qt.Orientation.Vertical)
    split.setChildrenCollapsible(False)
    split.addWidget(parts.tables)
    split.addWidget(parts.details)
    split.setStretchFactor(0, 3)
    split.setStretchFactor(1, 2)
    column = QVBoxLayout(panel)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(bar)
    column.addWidget(split, 1)
    column.addWidget(foot)
    return buttons
