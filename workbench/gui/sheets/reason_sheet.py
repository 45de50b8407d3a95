"""When something stops a hand-over: a list of what it is, and a reason to hand it over all the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLineEdit, QListWidget, QWidget

from workbench.gui.sheets.form_sheet import FormSheet
from workbench.gui.widgets.form import small
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import speech as _

_LINES = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What a sheet says: its name, the list's name, what to do instead, where the reason stands, and that it lacks."""

    title: str
    listed: str
    instead: str
    kept: str
    lacking: str


class ReasonSheet(FormSheet):
    """Lists what stops a hand-over; nothing goes out without a reason that is kept."""

    def __init__(self, wording: Wording, workspace: Workspace, home: QWidget) -> None:
        super().__init__(wording.title, workspace, home, cancel=_("Cancel handing over"), width=560)
        self._lacking = wording.lacking
        self._then: Callable[[str], None] | None = None
        self.reasons, self.reason = QListWidget(), QLineEdit()
        self.reasons.setAccessibleName(wording.listed)
        self.reasons.setWordWrap(True)
        self.reasons.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.reasons.setFixedHeight((self.fontMetrics().lineSpacing() + 13) * _LINES)
        self.reason.setPlaceholderText(wording.kept)
        self.save_button.setText(_("Hand over all the same"))
        self.save_button.setProperty("primary", False)
        self.form.addRow(small(wording.instead))
        self.form.addRow(self.reasons)
        self.add(_("&Reason"), self.reason)

    def ask(self, name: str, count: str, reasons: Sequence[str], then: Callable[[str], None]) -> None:
        """Show what stops ``name``, counted in words; ``then`` is called with the reason."""
        self._then = then
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
            self.complaint.say(self._lacking)
            self.fit()
            return
        self.close_sheet()
        then(reason)
