"""When something in what is to be handed over does not hold: what it is, and a reason to hand it over all the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLineEdit, QListWidget, QWidget

from workbench.gui.sheets.form_sheet import FormSheet
from workbench.gui.widgets.form import small
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import speech as _

_LINES = 7


class StoppedSheet(FormSheet):
    """Lists findings and footnotes that cannot be relied on; nothing goes out without a reason that is kept."""

    def __init__(self, workspace: Workspace, home: QWidget) -> None:
        super().__init__(_("What does not hold"), workspace, home, cancel=_("Cancel handing over"), width=560)
        self._then: Callable[[str], None] | None = None
        self.reasons, self.reason = QListWidget(), QLineEdit()
        self.reasons.setAccessibleName(_("What does not hold"))
        self.reasons.setWordWrap(True)
        self.reasons.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.reasons.setFixedHeight((self.fontMetrics().lineSpacing() + 13) * _LINES)
        self.reason.setPlaceholderText(_("it stands on record with your name"))
        self.save_button.setText(_("Hand over all the same"))
        self.save_button.setProperty("primary", False)
        self.form.addRow(small(_("Nothing was written. Mend these, and export it again.")))
        self.form.addRow(self.reasons)
        self.add(_("&Reason"), self.reason)

    def begin(self, name: str, reasons: Sequence[str], then: Callable[[str], None]) -> None:
        """Show what does not hold; ``then`` is called with the reason."""
        self._then = then
        self.heading.setText(
            _("“{name}” was not handed over: {count}").format(
                name=name,
                count=_.count("{n} thing in it does not hold", "{n} things in it do not hold", len(reasons)),
            )
        )
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
            self.complaint.say(_("Give a reason. It stands on record with your name."))
            self.fit()
            return
        self.close_sheet()
        then(reason)
