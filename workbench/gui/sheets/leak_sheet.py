"""When protected names stand in what was built: where, and a reason to hand it over all the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLineEdit, QListWidget, QWidget

from workbench.gui.sheets.form_sheet import FormSheet
from workbench.gui.widgets.form import small
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import speech as _
from workbench.services.sweeping import SweepReport

_LINES = 7


class LeakSheet(FormSheet):
    """Lists places, never the names that stand there; nothing goes out without a reason that is kept."""

    def __init__(self, workspace: Workspace, home: QWidget) -> None:
        super().__init__(_("Protected names were found"), workspace, home, cancel=_("Cancel handing over"), width=560)
        self._then: Callable[[str], None] | None = None
        self.places, self.reason = QListWidget(), QLineEdit()
        self.places.setAccessibleName(_("Where protected names stand"))
        self.places.setWordWrap(True)
        self.places.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.places.setFixedHeight((self.fontMetrics().lineSpacing() + 13) * _LINES)
        self.reason.setPlaceholderText(_("it stands in the certificate and on record"))
        self.save_button.setText(_("Hand over all the same"))
        self.save_button.setProperty("primary", False)
        self.form.addRow(small(_("Nothing was written. Mark these places as redactions and build again.")))
        self.form.addRow(self.places)
        self.add(_("&Reason"), self.reason)

    def begin(self, name: str, report: SweepReport, then: Callable[[str], None]) -> None:
        """Show where names stand; ``then`` is called with the reason."""
        self._then = then
        lines = [*(leak.sentence for leak in report.leaks), *report.not_swept]
        self.heading.setText(
            _("“{name}” was not handed over: {count}").format(name=name, count=places_in_words(report))
        )
        self.places.clear()
        self.places.addItems(lines)
        self.reason.clear()
        self.complaint.say("")
        self.open_near()
        self.places.setFocus()

    @Slot()
    def save(self) -> None:
        """Hand the reason over; refused while there is none."""
        then, reason = self._then, self.reason.text().strip()
        if then is None or not self.is_open:
            return
        if not reason:
            self.complaint.say(_("Give a reason. It stands in the certificate with your name."))
            self.fit()
            return
        self.close_sheet()
        then(reason)


def places_in_words(report: SweepReport) -> str:
    """How many places name somebody, and how many could not be looked into."""
    parts: Sequence[str] = (
        _.count("{n} place names somebody", "{n} places name somebody", len(report.leaks)) if report.leaks else "",
        _.count("{n} could not be looked into", "{n} could not be looked into", len(report.not_swept))
        if report.not_swept
        else "",
    )
    return ", ".join(part for part in parts if part)
