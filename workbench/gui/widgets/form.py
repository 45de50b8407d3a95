"""Small pieces of forms: choosing by typing, and a place for what is wrong."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QLabel,
    QLineEdit,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QToolButton,
    QWidget,
)

from workbench.runtime.i18n import speech as _


class ChoiceBox(QComboBox):
    """Type to find one of the choices; what is typed may also be new where that is allowed."""

    def __init__(self, name: str, *, hint: str, may_be_new: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.may_be_new = may_be_new
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)
        line = self.lineEdit()
        if line is not None:
            line.setPlaceholderText(hint)
            line.setAccessibleName(name)
            make_clearable(line)
            line.editingFinished.connect(self._show_beginning)

    def _show_beginning(self) -> None:
        """Long texts are read from their beginning; the field may be gone while the window closes."""
        line = self.lineEdit()
        if line is not None:
            line.setCursorPosition(0)

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        """(text, id) to choose from; what stands in the field stays."""
        typed = self.currentText()
        self.clear()
        for text, identifier in choices:
            self.addItem(text, identifier)
        self.setCurrentIndex(-1)
        self.setEditText(typed)

    @property
    def chosen_id(self) -> str | None:
        """The id of the choice that stands in the field; None when it is empty or new."""
        at = self.findText(self.currentText().strip(), Qt.MatchFlag.MatchFixedString)
        return None if at < 0 or not self.currentText().strip() else str(self.itemData(at))

    @property
    def new_name(self) -> str:
        """What was typed that is not among the choices."""
        return self.currentText().strip() if self.chosen_id is None else ""

    def reset(self) -> None:
        """Choose nothing."""
        self.setCurrentIndex(-1)
        self.setEditText("")


class FittedBox(QComboBox):
    """A choice among long texts that takes the room it is given, and cuts what stands in it with dots."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        field = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self)
        # The style sheet's own cut leaves half a letter.
        room = field.width() - 4
        option.currentText = self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)


def make_clearable(field: QLineEdit) -> None:
    """Give a field the small button that empties it, with a name for those who cannot see it."""
    field.setClearButtonEnabled(True)
    for button in field.findChildren(QToolButton):
        button.setAccessibleName(_("Clear"))


class Complaint(QLabel):
    """Says in place what is wrong; takes no room while nothing is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "failure")
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.hide()

    def say(self, sentence: str) -> None:
        """Show the sentence; an empty one hides the label."""
        self.setText(sentence)
        self.setAccessibleName(sentence)
        self.setVisible(bool(sentence))


def small(text: str, parent: QWidget | None = None) -> QLabel:
    """A quiet line of explanation."""
    label = QLabel(text, parent)
    label.setProperty("role", "muted")
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
