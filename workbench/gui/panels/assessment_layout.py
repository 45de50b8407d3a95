"""How the panel of assessments is set out: the list, what is known of a line, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QWidget,
)

from workbench.gui.panels.assessment_details import AssessmentDetails
from workbench.gui.panels.listed import foot_bar, head_bar, set_out
from workbench.gui.widgets.day_field import DayField
from workbench.runtime.i18n import speech as _

#: A button with the lists it belongs to.
Buttons = dict[str, tuple[QPushButton, tuple[str, ...]]]


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
    bar = head_bar(parts.kind, parts.filter, parts.day, parts.day.understood)
    foot, made = foot_bar(tuple((_(text), act) for _name, text, act, _kinds in does))
    split = QSplitter(Qt.Orientation.Vertical)
    split.setChildrenCollapsible(False)
    split.addWidget(parts.tables)
    split.addWidget(parts.details)
    split.setStretchFactor(0, 3)
    split.setStretchFactor(1, 2)
    set_out(panel, bar, split, foot)
    return {name: (button, kinds) for (name, _text, _act, kinds), button in zip(does, made, strict=True)}
