"""When a red finding stops an export: which sentence rests on what, and a reason to hand it over all the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLineEdit, QListWidget, QWidget

from workbench.gui.sheets.form_sheet import FormSheet
from workbench.gui.widgets.form import small
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import speech as _

_LINES = 7


class RedSheet(FormSheet):
    """Lists what is red; nothing goes out without a reason that is kept with the export."""

    def __init__(self, workspace: Workspace, home: QWidget) -> None:
        super().__init__(_("Red findings"), workspace, home, cancel=_("Cancel the export"), width=560)
        self._then: Callable[[str], None] | None = None
        self.reasons, self.reason = QListWidget(), QLineEdit()
        self.reasons.setAccessibleName(_("What is red"))
        self.reasons.setWordWrap(True)
        self.reasons.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.reasons.setFixedHeight((self.fontMetrics().lineSpacing() + 13) * _LINES)
        self.reason.setPlaceholderText(_("it is recorded with the export and your name"))
        self.save_button.setText(_("Hand over all the same"))
        self.save_button.setProperty("primary", False)
        self.form.addRow(
            small(_("Nothing was written. Mend or withdraw these in the Findings panel, then export again."))
        )
        self.form.addRow(self.reasons)
        self.add(_("&Reason"), self.reason)

    def begin(self, name: str, reasons: Sequence[str], then: Callable[[str], None]) -> None:
        """Show what is red; ``then`` is called with the reason."""
        self._then = then
        count = _.count("{n} conclusion is red", "{n} conclusions are red", len(reasons))
        self.heading.setText(_("“{name}” was not handed over: {count}").format(name=name, count=count))
        self.reasons.clear()
        self.reasons.addItems(list(reasons))
        self.reason.clear()
        self.complaint.say("")
        self.open_near()
        self.reasons.setFocus()

    @Slot()
    def save(self) -> None:
        """Hand the reason over; refused while there is none."""
        then, reason = self._then, self.reason.text().strip()
        if then is None or not self.is_open:
            return
        if not reason:
            self._refuse(_("Give a reason. It is recorded with the export and your name."))
            return
        self.close_sheet()
        then(reason)
