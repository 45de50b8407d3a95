"""The right half of an assessment: the standards it is judged by, evidence on both sides, and what could be added."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout
from PySide6.QtWidgets import QWidget as Widget

from workbench.domain.ids import AnyId, ExcerptId, StandardId
from workbench.gui.ledger.evidence_list import EvidenceList
from workbench.gui.sheets.target_finder import Offer, TargetFinder
from workbench.gui.theme import Theme
from workbench.gui.widgets.chips import ChipRow
from workbench.gui.widgets.form import ChoiceBox
from workbench.gui.wording import as_tooltip, shortened
from workbench.runtime.i18n import speech as _
from workbench.services.assessing import AGAINST, FOR, Named, Suggestion
from workbench.services.linking import Target

_RECORD = Qt.ItemDataRole.UserRole


class SuggestionList(QListWidget):
    """Excerpts not used yet: + puts one on the side for, - against, Enter where its link says."""

    taken = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Linked to both and not used yet"))
        self.setAccessibleDescription(_("+ adds to the evidence for, - against"))
        self.setToolTip(_("+ adds to the evidence for, - against"))
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight((self.fontMetrics().height() + 10) * 2 + 6)
        self.itemActivated.connect(lambda item: self._take(""))

    def show_suggestions(self, found: Sequence[Suggestion]) -> None:
        """Replace all lines."""
        self.clear()
        signs = {FOR: "+", AGAINST: "−"}
        for suggestion in found:
            words = " ".join(suggestion.excerpt.quote.split()) or _("A marked area")
            item = QListWidgetItem(f"{signs.get(suggestion.side, '·')}  {suggestion.name}  “{shortened(words, 90)}”")
            item.setData(_RECORD, suggestion)
            item.setToolTip(as_tooltip(f"{suggestion.name}\n{words}"))
            self.addItem(item)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() in ("+", "-"):
            self._take(FOR if event.text() == "+" else AGAINST)
        else:
            super().keyPressEvent(event)

    def _take(self, side: str) -> None:
        item = self.currentItem()
        if item is not None:
            suggestion: Suggestion = item.data(_RECORD)
            self.taken.emit(suggestion, side or suggestion.side or FOR)


class EvidenceHalf(Widget):
    """Holds what is cited until the sheet is saved; ``changed`` after every change."""

    changed = Signal()
    opened = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._standards: dict[str, str] = {}
        self._known: dict[str, str] = {}
        self._cited: dict[str, list[Named]] = {FOR: [], AGAINST: []}
        self.chosen_excerpts: Callable[[], Sequence[Named]] = tuple
        self.names_of: Callable[[Sequence[ExcerptId]], list[Named]] = lambda _ids: []
        self.standards = ChipRow(_("Standards it is judged by"), most_letters=90)
        self.standards.removed.connect(self._drop_standard)
        self.finder = TargetFinder(_("Add a standard"), _("Type to find a standard"), rows=3)
        self.finder.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.finder.taken.connect(self._take_standard)
        self.lists = {FOR: EvidenceList(_("Evidence for"), theme), AGAINST: EvidenceList(_("Evidence against"), theme)}
        self.suggestions = SuggestionList()
        self.suggestions.taken.connect(self._take)
        self.other = ChoiceBox(_("An event or a search"), hint=_("An event or a search; empty: the chosen excerpts"))
        self.buttons = {FOR: QPushButton(_("+ For")), AGAINST: QPushButton(_("− Against"))}
        for side, evidence in self.lists.items():
            evidence.dropped.connect(lambda found, side=side: self.add(self.names_of(found), side))
            evidence.removed.connect(self.remove)
            evidence.opened.connect(self.opened)
            self.buttons[side].clicked.connect(lambda _checked=False, side=side: self.add_chosen(side))
        self._lay_out()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(6)
        for at, (side, title) in enumerate(((FOR, _("Evidence for")), (AGAINST, _("Evidence against")))):
            grid.addWidget(_heading(title), 0, at)
            grid.addWidget(self.lists[side], 1, at)
        adding = QHBoxLayout()
        adding.addWidget(self.other, 1)
        for button in self.buttons.values():
            adding.addWidget(button)
        self.buttons[FOR].setAccessibleName(_("Add to the evidence for"))
        self.buttons[AGAINST].setAccessibleName(_("Add to the evidence against"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(_heading(_("Standards in force")))
        column.addWidget(self.standards)
        column.addWidget(self.finder)
        column.addLayout(grid, 3)
        column.addLayout(adding)
        column.addWidget(_heading(_("Linked to both and not used yet")))
        column.addWidget(self.suggestions, 2)

    # What is cited

    def show_cited(self, standards: Sequence[Named], evidence_for: Sequence[Named], against: Sequence[Named]) -> None:
        """Begin with what an assessment rests on."""
        self._standards = {item.id: item.name for item in standards}
        self._cited = {FOR: list(evidence_for), AGAINST: list(against)}
        self.finder.field.clear()
        self.other.reset()
        self._list()

    @property
    def standard_ids(self) -> tuple[StandardId, ...]:
        """The standards chosen."""
        return tuple(StandardId(identifier) for identifier in self._standards)

    def cited(self, side: str) -> tuple[AnyId, ...]:
        """What stands on a side."""
        return tuple(item.id for item in self._cited[side])

    def _list(self) -> None:
        self.standards.show_chips([(name, identifier) for identifier, name in self._standards.items()])
        for side, evidence in self.lists.items():
            evidence.show_items(self._cited[side])
        self.changed.emit()

    def add(self, items: Sequence[Named], side: str) -> None:
        """Put evidence on a side; it leaves the other."""
        new = {item.id: item for item in items}
        for name in (FOR, AGAINST):
            self._cited[name] = [item for item in self._cited[name] if item.id not in new or name == side]
        known = {item.id for item in self._cited[side]}
        self._cited[side] += [item for item in new.values() if item.id not in known]
        self._list()

    def add_chosen(self, side: str) -> bool:
        """Put the event or search that is named, else the excerpts chosen in the list, on a side; False when none."""
        chosen = self.other.chosen_id
        if chosen is not None:
            self.add([Named(id=AnyId(chosen), name=self.other.currentText().strip())], side)
            self.other.reset()
            return True
        items = list(self.chosen_excerpts())
        if items:
            self.add(items, side)
        return bool(items)

    @Slot(str)
    def remove(self, identifier: str) -> None:
        """Take evidence away."""
        for side, items in self._cited.items():
            self._cited[side] = [item for item in items if item.id != identifier]
        self._list()

    @Slot(object, str)
    def _take(self, found: Suggestion, side: str) -> None:
        words = " ".join(found.excerpt.quote.split())
        self.add([Named(id=AnyId(found.excerpt.id), name=found.name, words=words)], side)

    @Slot(object)
    def _take_standard(self, offer: Offer) -> None:
        if offer.id is not None:
            self._standards[offer.id] = self._known.get(offer.id, offer.name)
            self._list()

    @Slot(str)
    def _drop_standard(self, identifier: str) -> None:
        self._standards.pop(identifier, None)
        self._list()

    def offer_standards(self, targets: Sequence[Target], names: Mapping[str, str]) -> None:
        """The standards there are, those that stood in the period first; ``names`` are theirs alone."""
        self._known = dict(names)
        self.finder.offer(targets)


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "heading")
    return label
