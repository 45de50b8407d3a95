"""A sheet of fields that keeps what was typed through a service and says in place what is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import QFormLayout, QLabel, QLayout, QLineEdit, QVBoxLayout, QWidget

from workbench.domain.progress import Ticket
from workbench.gui.errors import sentence_of
from workbench.gui.sheets.popover import Popover
from workbench.gui.widgets.form import Complaint
from workbench.gui.workspace import Workspace
from workbench.store.case_file import CaseFile


class FormSheet(Popover):
    """Children add fields with ``add``; Enter in a line saves."""

    def __init__(self, name: str, workspace: Workspace, home: QWidget, *, cancel: str, width: int = 440) -> None:
        super().__init__(name, home)
        self.workspace = workspace
        self.heading = QLabel()
        self.heading.setProperty("role", "heading")
        self.heading.setWordWrap(True)
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.form = QFormLayout()
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.complaint = Complaint()
        self.foot, self.save_button = self.buttons(cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 14)
        column.setSpacing(8)
        column.addWidget(self.heading)
        column.addLayout(self._body())
        column.addWidget(self.complaint)
        column.addLayout(self.foot)
        self.setFixedWidth(width)

    def _body(self) -> QLayout:
        """What stands between heading and buttons: the fields; children may put something beside them."""
        return self.form

    def add(self, label: str, field: QWidget) -> None:
        """Add a field; its name is the label's."""
        self.form.addRow(label, field)
        field.setAccessibleName(label.replace("&", ""))
        if isinstance(field, QLineEdit):
            field.returnPressed.connect(self.save)

    def keep(
        self,
        name: str,
        work: Callable[[CaseFile, Ticket], Any],
        then: Callable[[Any], None] | None = None,
        *,
        shown: bool = False,
    ) -> None:
        """Change the case and close; a refusal is said in the sheet, which stays open."""
        self.complaint.say("")
        self.save_button.setEnabled(False)

        def done(result: Any) -> None:
            self.close_sheet()
            if then is not None:
                then(result)

        job = self.workspace.write(name, work, done, shown=shown)
        job.failed.connect(lambda error: self._refuse(sentence_of(error) or ""))
        job.ended.connect(lambda: self.save_button.setEnabled(True))

    def _refuse(self, sentence: str) -> None:
        self.complaint.say(sentence)
        self.fit()

    def sizeHint(self) -> QSize:
        """As wide as was settled, and as high as the fields then need."""
        width = self.minimumWidth()
        return QSize(width, max(super().sizeHint().height(), self.heightForWidth(width)))

    def open_beside(self) -> None:
        """Show the sheet at the left of its home, so that what is edited can still be seen."""
        self.open_near(QPoint(-self.minimumWidth() - 24, 110))

    def fit(self) -> None:
        """Be as high as the fields need, wholly inside the window."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
        self.resize(self.sizeHint())
        below = self.window().height() - 12
        if self.geometry().bottom() > below:
            self.move(self.x(), max(below - self.height(), 0))
