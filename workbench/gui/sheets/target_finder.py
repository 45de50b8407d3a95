"""Typing to find something an excerpt can be linked to, or to make it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QListView, QVBoxLayout, QWidget

from workbench.gui.columns import RECORD_ROLE
from workbench.gui.models.record_list import RecordList
from workbench.gui.sheets.choosing import is_plain_enter, moves_through
from workbench.gui.widgets.form import make_clearable
from workbench.runtime.i18n import speech as _
from workbench.services.linking import Target

MOST_OFFERED = 60


@dataclass(frozen=True, slots=True)
class Offer:
    """One line of the list: a target that is there, or one to be made (``id`` None)."""

    kind: str
    name: str
    id: str | None = None


class TargetFinder(QWidget):
    """A field with its list; Enter takes the chosen line, Up and Down move through it."""

    taken = Signal(object)
    confirmed_empty = Signal()

    def __init__(
        self, name: str, hint: str, *, creates: Callable[[str], Sequence[str]] = lambda _text: (), rows: int = 7
    ) -> None:
        super().__init__()
        self._creates = creates
        self._targets: list[Target] = []
        self.field = QLineEdit()
        self.field.setPlaceholderText(hint)
        self.field.setAccessibleName(name)
        make_clearable(self.field)
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._narrow)
        self.model = RecordList(_spoken, self)
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setAccessibleName(_("Suggestions"))
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.view.setUniformItemSizes(True)
        self.view.setFixedHeight((self.fontMetrics().height() + 9) * rows + 6)
        self.view.clicked.connect(lambda index: self._take(index.data(RECORD_ROLE)))
        self.view.activated.connect(lambda index: self._take(index.data(RECORD_ROLE)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addWidget(self.field)
        column.addWidget(self.view)

    def offer(self, targets: Sequence[Target]) -> None:
        """What can be chosen, most wanted first."""
        self._targets = list(targets)
        self._narrow(self.field.text())

    @property
    def bare_text(self) -> str:
        """What was typed, without a sign for the stance before it."""
        return self.field.text().lstrip("+-.~").strip()

    @Slot(str)
    def _narrow(self, _text: str) -> None:
        words = self.bare_text.casefold().split()
        offers = [
            Offer(target.kind, target.name, target.id)
            for target in self._targets
            if all(word in f"{target.name} {target.also} {_(target.kind)}".casefold() for word in words)
        ][:MOST_OFFERED]
        typed = self.bare_text
        if typed and not any(offer.name.casefold() == typed.casefold() for offer in offers):
            offers += [Offer(kind, typed) for kind in self._creates(typed)]
        self.model.show(offers)
        if offers:
            self.view.setCurrentIndex(self.model.index(0))

    def _take(self, offer: Offer | None) -> None:
        if offer is not None:
            self.taken.emit(offer)
            self.field.clear()
            self.field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and moves_through(event, self.view):
            return True
        if watched is self.field and is_plain_enter(event):
            if self.bare_text:
                self._take(self.view.currentIndex().data(RECORD_ROLE))
            else:
                self.confirmed_empty.emit()
            return True
        return super().eventFilter(watched, event)


def _spoken(offer: Offer) -> str:
    kind = _(offer.kind)
    if offer.id is None:
        return _("New {kind}: {name}").format(kind=kind, name=offer.name)
    return f"{offer.name}   ·   {kind}"
