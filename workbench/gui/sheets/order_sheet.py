"""Recording that one event came before another, in whose words, and the list of all such orders."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from workbench.domain.change import Change
from workbench.domain.ids import EventId, EventOrderId
from workbench.domain.progress import Ticket
from workbench.gui.columns import Column, shown_date
from workbench.gui.models.record_table import RecordTable
from workbench.gui.sheets.event_sheet import Source
from workbench.gui.sheets.form_sheet import FormSheet
from workbench.gui.sheets.popover import Popover
from workbench.gui.widgets.form import small
from workbench.gui.widgets.record_view import RecordView
from workbench.gui.wording import shortened
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import mark
from workbench.runtime.i18n import speech as _
from workbench.services.chronology import OrderRow, add_order, remove_orders
from workbench.services.timeline import EventRow
from workbench.store.case_file import CaseFile


class OrderSheet(FormSheet):
    """Two events; which came first is chosen from both ways round."""

    def __init__(self, workspace: Workspace, home: QWidget) -> None:
        super().__init__(_("Which came first"), workspace, home, cancel=_("Cancel the order"), width=460)
        self._events: tuple[EventId, EventId] | None = None
        self._source: Source | None = None
        self.chosen_sources: Callable[[], Sequence[Source]] = tuple
        self.way, self.words, self.rests = QComboBox(), QLineEdit(), QCheckBox()
        self.events = QLabel()
        self.events.setWordWrap(True)
        self.way.addItems([_("A came before B"), _("B came before A")])
        self.words.setPlaceholderText(_("before the meeting of the group"))
        self.form.addRow(self.events)
        self.add(_("&Order"), self.way)
        self.add(_("In the &witness's words"), self.words)
        self.form.addRow("", self.rests)
        self.form.addRow("", small(_("The dates stay as they are; what follows from the order is shown as inferred.")))

    def begin(self, one: EventRow, other: EventRow) -> None:
        """Ask about two events."""
        self._events = (one.event.id, other.event.id)
        self.heading.setText(_("Which of the two came first?"))
        named = [
            _("{letter}: {title} ({date})").format(
                letter=letter, title=shortened(row.event.title, 110), date=shown_date(row.event.on)
            )
            for letter, row in zip("AB", (one, other), strict=True)
        ]
        self.events.setText("\n".join(named))
        self.events.setAccessibleName(self.events.text())
        self.words.clear()
        self._source = next(iter(self.chosen_sources()), None)
        self.rests.setChecked(False)
        self.rests.setHidden(self._source is None)
        if self._source is not None:
            self.rests.setText(_("It is said in the chosen excerpt ({page})").format(page=self._source.reference))
        self.complaint.say("")
        self.open_near()
        self.fit()
        self.way.setCurrentIndex(0)
        self.way.setFocus()

    @Slot()
    def save(self) -> None:
        """Record it, as one undoable step."""
        if self._events is None or not self.is_open:
            return
        earlier, later = self._events if self.way.currentIndex() == 0 else reversed(self._events)
        words = self.words.text()
        source = self._source.excerpt if self._source is not None and self.rests.isChecked() else None

        def work(case: CaseFile, _ticket: Ticket) -> Change:
            return add_order(case, earlier, later, words, source)[0]

        self.keep(_("Record the order"), work)


ORDER_COLUMNS: tuple[Column, ...] = (
    Column(
        id="state",
        title=mark("State"),
        text=lambda r: _("contradicted") if r.is_contradicted else _("fits"),
        sort_key=lambda r: not r.is_contradicted,
        width=11,
    ),
    Column(
        id="earlier",
        title=mark("Came first"),
        text=lambda r: r.earlier,
        sort_key=lambda r: r.earlier.casefold(),
        width=22,
    ),
    Column(
        id="later",
        title=mark("Came later"),
        text=lambda r: r.later,
        sort_key=lambda r: r.later.casefold(),
        width=22,
        stretches=True,
    ),
    Column(
        id="words",
        title=mark("Words"),
        text=lambda r: r.order.words,
        sort_key=lambda r: r.order.words,
        width=20,
        rank=1,
    ),
    Column(
        id="source", title=mark("Source"), text=lambda r: r.source or "–", sort_key=lambda r: r.source, width=14, rank=2
    ),
)


class OrdersSheet(Popover):
    """Every recorded order, what contradicts what, and a way to take orders back."""

    event_chosen = Signal(str)

    def __init__(self, workspace: Workspace, home: QWidget) -> None:
        super().__init__(_("Recorded orders"), home)
        self._workspace = workspace
        heading = QLabel(_("Which event came before which"))
        heading.setProperty("role", "heading")
        self.told = small("")
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.model = RecordTable(ORDER_COLUMNS, self)
        self.view = RecordView(ORDER_COLUMNS, _("Recorded orders"))
        self.view.setModel(self.model)
        self.view.sort_by(0)
        self.view.row_opened.connect(
            lambda row: self.event_chosen.emit(self.model.record(self.model.id_at(row)).order.later)
        )
        self.remove = QPushButton(_("Remove the order"))
        self.remove.clicked.connect(self.remove_chosen)
        done = QPushButton(_("Close"))
        done.setAccessibleName(_("Close the recorded orders"))
        done.clicked.connect(self.close_sheet)
        buttons = QHBoxLayout()
        buttons.addWidget(self.remove)
        buttons.addStretch(1)
        buttons.addWidget(done)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 14)
        column.setSpacing(8)
        column.addWidget(heading)
        column.addWidget(self.told)
        column.addWidget(self.view, 1)
        column.addLayout(buttons)
        self.setFixedWidth(680)
        self.setMinimumHeight(360)

    def begin(self) -> None:
        """Open the list."""
        self.open_near()
        self.view.selectRow(0)
        self.view.setFocus()

    def show_orders(self, orders: Sequence[OrderRow], contradictions: Sequence[str]) -> None:
        """Replace what is listed."""
        self.model.show({row.id: row for row in orders})
        self.view.fit_columns()
        shown = [f"{number}. {sentence}" for number, sentence in enumerate(contradictions[:5], 1)]
        if len(contradictions) > 5:
            shown.append(_("… and {n} more.").format(n=len(contradictions) - 5))
        none = _("No order contradicts another or a date.") if orders else _("No order is recorded yet.")
        self.told.setText("\n".join(shown) or none)
        self.told.setAccessibleName(self.told.text())
        self.remove.setEnabled(bool(orders))

    @Slot()
    def remove_chosen(self) -> None:
        """Take the chosen order back; it can be undone."""
        index = self.view.currentIndex()
        if not index.isValid():
            return
        order = EventOrderId(self.model.id_at(index.row()))
        self._workspace.write(_("Remove the order"), lambda case, _ticket: remove_orders(case, [order]))
