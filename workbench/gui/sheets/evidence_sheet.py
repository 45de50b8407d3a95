"""Choosing events, assessments, standards and searches without result that carry a sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from workbench.domain.ids import AnyId
from workbench.gui.sheets.form_sheet import FormSheet
from workbench.gui.sheets.target_finder import Offer, TargetFinder
from workbench.gui.widgets.chips import ChipRow
from workbench.gui.widgets.form import small
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import speech as _
from workbench.services.citable import citable_things


class EvidenceSheet(FormSheet):
    """Enter takes the chosen line; Save hands over all that were taken."""

    def __init__(self, workspace: Workspace, home: QWidget) -> None:
        super().__init__(_("Evidence"), workspace, home, cancel=_("Cancel the evidence"), width=520)
        self._then: Callable[[Sequence[AnyId]], None] | None = None
        self._chosen: list[Offer] = []
        self.finder = TargetFinder(_("What carries it"), _("Type to find an event, assessment, standard or search"))
        self.finder.taken.connect(self._add)
        self.finder.confirmed_empty.connect(self.save)
        self.chosen = ChipRow(_("Chosen evidence"))
        self.chosen.removed.connect(self._remove)
        self.form.addRow(small(_("Excerpts are dragged from their list, or added by key while they are chosen there.")))
        self.form.addRow(self.finder)
        self.form.addRow(self.chosen)

    def begin(self, heading: str, then: Callable[[Sequence[AnyId]], None]) -> None:
        """Ask; ``then`` is given what was chosen."""
        self._then, self._chosen = then, []
        self.heading.setText(heading)
        self.complaint.say("")
        self.finder.field.clear()
        self._list()
        self.workspace.read(_("List evidence"), lambda case, _ticket: citable_things(case), self.finder.offer)
        self.open_near()
        self.finder.field.setFocus()

    def _list(self) -> None:
        self.chosen.show_chips([(offer.name, str(offer.id)) for offer in self._chosen])
        self.fit()

    @Slot(object)
    def _add(self, offer: Offer) -> None:
        if offer.id not in [known.id for known in self._chosen]:
            self._chosen.append(offer)
        self._list()

    @Slot(str)
    def _remove(self, key: str) -> None:
        self._chosen = [offer for offer in self._chosen if offer.id != key]
        self._list()

    @Slot()
    def save(self) -> None:
        """Hand over what was chosen."""
        then = self._then
        if not self._chosen or then is None:
            self._refuse(_("Choose at least one thing: type some of its words and press Enter."))
            return
        self.close_sheet()
        then([AnyId(str(offer.id)) for offer in self._chosen])
