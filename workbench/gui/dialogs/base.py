"""A small window with a question: fields, a place for what is wrong, two buttons. It blocks nothing else."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from workbench.gui.widgets.form import Complaint
from workbench.runtime.i18n import speech as _


class Question(QDialog):
    """Children add rows to ``form`` and say in ``answer`` what the chief button does."""

    def __init__(self, title: str, chief: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setModal(False)
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        self.setMinimumWidth(460)
        heading = QLabel(title)
        heading.setProperty("role", "title")
        self.form = QFormLayout()
        self.form.setVerticalSpacing(10)
        self.form.setHorizontalSpacing(14)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.complaint = Complaint()
        self.chief = QPushButton(chief)
        self.chief.setProperty("primary", True)
        self.chief.setDefault(True)
        self.chief.clicked.connect(self.answer)
        cancel = QPushButton(_("Cancel"))
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.chief)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(14)
        column.addWidget(heading)
        column.addLayout(self.form)
        column.addWidget(self.complaint)
        column.addStretch(1)
        column.addLayout(buttons)

    def complain(self, sentence: str) -> None:
        """Say in place what is wrong; an empty sentence takes it back."""
        self.complaint.say(sentence)
        self._fit()

    def add_field(self, name: str, field: QLineEdit, button: QPushButton) -> None:
        """A row with a field and a button beside it."""
        label = QLabel(name)
        label.setBuddy(field)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(field, 1)
        row.addWidget(button)
        self.form.addRow(label, row)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Wrapped text does not count in the height that Qt gives a dialog by itself."""
        layout = self.layout()
        if layout is not None:
            self.resize(self.width(), max(layout.totalHeightForWidth(self.width()), 120))

    def answer(self) -> None:
        """What the chief button does."""
        self.accept()

    def set_busy(self, busy: bool, text: str) -> None:
        """Show that the answer is being worked on."""
        self.chief.setEnabled(not busy)
        self.chief.setText(text)
