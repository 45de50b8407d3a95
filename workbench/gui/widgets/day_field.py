"""A field for a day or a period, with a line below it that says how it was understood."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from workbench.domain.dates import in_words, parse_edtf, propose_date
from workbench.domain.errors import Refused
from workbench.domain.periods import period_in_words
from workbench.gui.widgets.form import small
from workbench.runtime.i18n import speech as _


class DayField(QLineEdit):
    """Takes EDTF, and days written in words; ``understood`` is the line to lay out below it."""

    def __init__(self, hint: str = "", parent: QWidget | None = None, *, is_period: bool = False) -> None:
        super().__init__(parent)
        self._in_words = period_in_words if is_period else in_words
        self.setPlaceholderText(hint or _("12 March 2014, 2014-03, 2014?, 2010/2012, ../2010"))
        self.understood = small("")
        self.understood.hide()
        self.textChanged.connect(self._understand)

    @property
    def edtf(self) -> str:
        """The date as EDTF; a day written in words is read as the day it names."""
        typed = self.text().strip()
        proposed = propose_date(typed) if " " in typed else None
        return proposed or typed

    @property
    def is_date(self) -> bool:
        """True when something is typed that can be read."""
        try:
            parse_edtf(self.edtf)
        except Refused:
            return False
        return True

    @Slot()
    def _understand(self) -> None:
        said = ""
        if self.text().strip():
            try:
                parse_edtf(self.edtf)
                said = self._in_words(self.edtf, _.language)
            except Refused as error:
                said = str(error)
        self.understood.setText(said)
        self.understood.setVisible(bool(said))
        self.setAccessibleDescription(said)
