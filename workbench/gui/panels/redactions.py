"""The redaction marks of the case: where each stands and why, reviewed one by one or many at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QWidget,
)

from workbench.domain.change import Change
from workbench.domain.ids import RedactionId
from workbench.domain.protection import MarkState
from workbench.gui.columns import RECORD_ROLE
from workbench.gui.delegates.redaction import RedactionCard, spoken_mark
from workbench.gui.icons import icon
from workbench.gui.models.record_list import RecordList
from workbench.gui.panels.base import Panel
from workbench.gui.panels.listed import head_bar, set_out
from workbench.gui.theme import Theme
from workbench.gui.widgets.empty_state import EmptyState
from workbench.gui.wording import STATE_TITLES
from workbench.gui.workspace import Place, Workspace
from workbench.runtime.i18n import mark
from workbench.runtime.i18n import speech as _
from workbench.services.redacting import review
from workbench.services.redaction_changes import remove_marks
from workbench.services.redaction_list import MarkRow, counted_states, mark_rows

_COUNTS = (
    (MarkState.PROPOSED, mark("{n} proposed")),
    (MarkState.APPROVED, mark("{n} approved")),
    (MarkState.REJECTED, mark("{n} rejected")),
)
_NONE, _LIST, _NOTHING = range(3)


class RedactionsPanel(Panel):
    """A list with filters; words stay veiled until somebody asks for them."""

    shows = ("redaction", "restriction", "document")
    current_changed = Signal(str)
    edit_asked = Signal(object)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self._rows: list[MarkRow] = []
        self._document = ""
        self._lifted = False
        self._wanted = ""
        self.model = RecordList(lambda row: spoken_mark(row, shows_words=self.shows_words), self)
        self.view = self._make_view()
        self.card = RedactionCard(workspace.theme, self.view, lambda: self.shows_words)
        self.view.setItemDelegate(self.card)
        self.state, self.reach, self.reason = QComboBox(), QComboBox(), QComboBox()
        self._fill_filters()
        self.counts = QLabel()
        self.counts.setProperty("role", "muted")
        self.veil = QToolButton()
        self.veil.setCheckable(True)
        self.veil.setAccessibleName(_("Show the marked words"))
        self.veil.setToolTip(_("Show the marked words"))
        self.veil.clicked.connect(self.toggle_words)
        self._stack = QStackedWidget()
        self._stack.addWidget(
            EmptyState(
                _("Nothing is marked yet"),
                _("Select words on a page and press R. A mark hides nothing here; it is burnt into what is built."),
            )
        )
        self._stack.addWidget(self.view)
        self._stack.addWidget(EmptyState(_("Nothing matches"), _("No mark fits this choice.")))
        self._lay_out()
        workspace.document_shown.connect(self._turn_to)
        workspace.settings_changed.connect(self._reveil)
        self.recolour(workspace.theme)

    def _make_view(self) -> QListView:
        view = QListView()
        view.setModel(self.model)
        view.setAccessibleName(_("Redaction marks"))
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setUniformItemSizes(True)
        view.setMouseTracking(True)
        view.clicked.connect(self._go)
        view.activated.connect(self._go)
        return view

    def _fill_filters(self) -> None:
        self.state.addItem(_("Any state"), None)
        for state in MarkState:
            self.state.addItem(_(STATE_TITLES[state]), state)
        self.reach.addItems([_("All documents"), _("This document")])
        self.reason.addItem(_("Any reason"), "")
        names = (_("State of the marks"), _("Marks of"), _("Reason of the marks"))
        for box, name in zip((self.state, self.reach, self.reason), names, strict=True):
            box.setAccessibleName(name)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(6)
            box.currentIndexChanged.connect(self._arrange)

    def _lay_out(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.state, 1)
        first.addWidget(self.reach, 1)
        second.addWidget(self.reason, 1)
        second.addWidget(self.veil)
        foot = QFrame()
        foot.setProperty("role", "bar")
        row = QHBoxLayout(foot)
        row.setContentsMargins(8, 6, 8, 6)
        does = (
            (_("Approve"), self.approve, True),
            (_("Reject"), self.reject, False),
            (_("Edit…"), self.edit, False),
            (_("Remove"), self.remove, False),
        )
        for text, act, is_primary in does:
            button = QPushButton(text)
            button.setProperty("primary", is_primary)
            button.setStyleSheet("padding: 5px 9px;")
            button.clicked.connect(lambda _checked=False, act=act: act())
            row.addWidget(button)
        set_out(self, head_bar(first, second, self.counts), self._stack, foot)

    # The veil

    @property
    def shows_words(self) -> bool:
        """Words are veiled as pictures are: unless the settings say otherwise, or somebody asked for them."""
        return self._lifted or not self.workspace.settings.veil_pictures

    def toggle_words(self) -> None:
        """Show the marked words, or veil them again."""
        self._lifted = not self._lifted
        self._reveil()

    @Slot()
    def _reveil(self) -> None:
        self.veil.setChecked(self.shows_words)
        self.card.set_theme(self.workspace.theme)

    # Filling

    @Slot()
    def reload(self) -> None:
        self.workspace.read(_("List redactions"), lambda case, _ticket: mark_rows(case), self._show)

    def refresh(self, change: Change) -> None:
        """A document matters only where it is marked."""
        marked = {row.mark.document for row in self._rows}
        if any(row.table != "document" or row.row_id in marked for row in change.rows if row.table in self.shows):
            self.reload()

    @Slot()
    def clear(self) -> None:
        self._lifted = False
        self._document = self._wanted = ""
        self._show([])
        self._reveil()

    @Slot(object)
    def recolour(self, theme: Theme) -> None:
        self.card.set_theme(theme)
        self.veil.setIcon(icon("eye", theme.text))

    def _show(self, rows: list[MarkRow]) -> None:
        self._rows = rows
        kept = str(self.reason.currentData() or "")
        reasons = sorted({(row.reason, row.mark.reason) for row in rows if row.mark.reason})
        self.reason.blockSignals(True)
        self.reason.clear()
        self.reason.addItem(_("Any reason"), "")
        for title, code in reasons:
            self.reason.addItem(title, code)
        self.reason.setCurrentIndex(max(self.reason.findData(kept), 0))
        self.reason.blockSignals(False)
        self._arrange()

    @Slot(str)
    def _turn_to(self, document: str) -> None:
        self._document = document
        if self.reach.currentIndex() == 1:
            self._arrange()

    @Slot()
    def _arrange(self) -> None:
        state, reason = self.state.currentData(), self.reason.currentData()
        here = self._document if self.reach.currentIndex() == 1 else ""
        rows = [
            row
            for row in self._rows
            if (state is None or row.mark.state == state)
            and (not reason or row.mark.reason == reason)
            and (not here or row.mark.document == here)
        ]
        kept = [self._wanted] if self._wanted else [row.id for row in self.selected_rows]
        at = self.view.currentIndex().row()
        self.model.show(rows)
        counts = counted_states(rows)
        self.counts.setText("  ·  ".join(_(text).format(n=f"{counts[state]:,}") for state, text in _COUNTS))
        self._stack.setCurrentIndex(_LIST if rows else _NOTHING if self._rows else _NONE)
        self._choose(kept, min(max(at, 0), len(rows) - 1))

    def _choose(self, ids: Sequence[str], otherwise: int = -1) -> None:
        """Choose these marks; where none of them is listed any more, the row that took their place."""
        selection, flags = self.view.selectionModel(), self.view.selectionModel().SelectionFlag
        wanted = set(ids)
        rows = [at for at, row in enumerate(self.model.records) if row.id in wanted]
        if rows:
            self._wanted = ""
        elif ids and otherwise >= 0:
            rows = [otherwise]
        chosen = QItemSelection()
        for at in rows:
            chosen.select(self.model.index(at), self.model.index(at))
        selection.select(chosen, flags.Select)
        if rows:
            selection.setCurrentIndex(self.model.index(rows[0]), flags.Select)
            self.view.scrollTo(self.model.index(rows[0]))

    @Slot(str)
    def point_out(self, identifier: str) -> None:
        """Choose a mark in the list; one that is not listed yet is chosen when it comes."""
        self._wanted = identifier
        self.view.clearSelection()
        self._choose([identifier])

    @property
    def selected_rows(self) -> list[MarkRow]:
        """The chosen marks, in the order of the list."""
        indexes = sorted(self.view.selectionModel().selectedIndexes(), key=lambda index: index.row())
        return [index.data(RECORD_ROLE) for index in indexes]

    # Going there

    @Slot()
    def _go(self) -> None:
        row = self.view.currentIndex().data(RECORD_ROLE)
        if isinstance(row, MarkRow) and len(self.selected_rows) <= 1:
            record = row.mark
            self.workspace.go_to(
                Place(document=record.document, page_index=record.page_index, boxes=record.boxes, redaction=record.id)
            )
            self.current_changed.emit(record.id)

    def step(self, which: str) -> None:
        """Go to the ``next`` or the ``previous`` mark of the list."""
        count = self.model.rowCount()
        if count:
            now = self.view.currentIndex().row() if self.selected_rows else -1
            to = (now + (1 if which == "next" else -1)) % count if now >= 0 else 0
            flags = self.view.selectionModel().SelectionFlag
            self.view.selectionModel().setCurrentIndex(self.model.index(to), flags.ClearAndSelect)
            self._go()

    # Deciding

    def approve(self) -> None:
        """Approve the chosen marks."""
        self._decide(MarkState.APPROVED)

    def reject(self) -> None:
        """Reject the chosen marks: they are kept on record and hide nothing."""
        self._decide(MarkState.REJECTED)

    def _decide(self, decision: MarkState) -> None:
        ids = self._chosen_ids()
        if not ids:
            return
        row = self.view.currentIndex().row()

        def go_on(_change: object) -> None:
            if len(ids) == 1 and self.state.currentData() is None and row + 1 < self.model.rowCount():
                self.point_out(self.model.records[row + 1].id)
                self._go()

        self.workspace.write(_("Review redactions"), lambda case, _ticket: review(case, ids, decision), go_on)

    def edit(self) -> None:
        """Give the chosen mark another reason, basis, restriction or label."""
        if self._chosen_ids():
            self.edit_asked.emit(self.selected_rows)

    def remove(self) -> None:
        """Remove the chosen marks; the history keeps them, and undo brings them back."""
        ids = self._chosen_ids()
        if ids:
            self.workspace.write(_("Remove redaction marks"), lambda case, _ticket: remove_marks(case, ids))

    def _chosen_ids(self) -> list[RedactionId]:
        ids = [row.mark.id for row in self.selected_rows]
        if not ids:
            self.workspace.say(_("Choose one or more marks in the list first."))
        return ids

    def take_focus(self) -> None:
        (self.view if self._stack.currentIndex() == _LIST else self.state).setFocus()
