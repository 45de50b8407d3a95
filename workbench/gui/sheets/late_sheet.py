"""Before a bundle is built again: what becomes of the numbers that were given before."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from workbench.domain.bundle import Build
from workbench.domain.numbering import Late
from workbench.gui.columns import shown_instant
from workbench.gui.sheets.form_sheet import FormSheet
from workbench.gui.widgets.form import small
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import mark
from workbench.runtime.i18n import speech as _

_CHOICES = (
    (Late.APPEND, mark("&Keep the numbers, put late documents at the end")),
    (Late.DECIMAL, mark("Keep the numbers, put late documents in &between (143.1)")),
    (Late.RENUMBER, mark("&New numbers throughout, with a concordance old to new")),
)


class LateSheet(FormSheet):
    """Three ways; the one that the profile names is chosen at first."""

    def __init__(self, workspace: Workspace, home: QWidget) -> None:
        super().__init__(_("Build again"), workspace, home, cancel=_("Cancel building"), width=470)
        self._then: Callable[[Late], None] | None = None
        self.save_button.setText(_("Choose the folder…"))
        self.earlier = small("")
        self.form.addRow(self.earlier)
        self.choices: dict[Late, QRadioButton] = {}
        group = QButtonGroup(self)
        for late, text in _CHOICES:
            button = QRadioButton(_(text))
            group.addButton(button)
            self.choices[late] = button
            self.form.addRow(button)

    def begin(self, name: str, earlier: Build, usual: Late, then: Callable[[Late], None]) -> None:
        """Ask; ``then`` is called with the choice."""
        self._then = then
        self.heading.setText(_("Build “{name}” again").format(name=name))
        self.earlier.setText(
            _("Build {number} was made on {at}: {pages} pages for {audience}.").format(
                number=earlier.number,
                at=shown_instant(earlier.built_at),
                pages=f"{earlier.page_count:,}",
                audience=_(earlier.audience),
            )
        )
        self.choices[usual].setChecked(True)
        self.complaint.say("")
        self.open_near()
        self.fit()
        self.choices[usual].setFocus()

    @property
    def chosen(self) -> Late:
        """The way that is chosen."""
        return next((late for late, button in self.choices.items() if button.isChecked()), Late.RENUMBER)

    @Slot()
    def save(self) -> None:
        """Hand the choice over."""
        then, late = self._then, self.chosen
        if then is not None and self.is_open:
            self.close_sheet()
            then(late)
