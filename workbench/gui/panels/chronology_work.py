"""What is done with events beyond editing one: count days, record orders, import a chronology, export it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from workbench.domain.event import EventStatus
from workbench.gui.dialogs.chronology_import import ChronologyImport
from workbench.gui.panels.timeline_foot import TimelineFoot
from workbench.gui.sheets.chronology_sheet import ChronologyExportSheet
from workbench.gui.sheets.order_sheet import OrderSheet, OrdersSheet
from workbench.gui.timeline.canvas import TimelineCanvas
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import speech as _
from workbench.services.chronology import Chronology, between_in
from workbench.services.chronology_import import ChronologyPreview, Decision, ImportedChronology, preview
from workbench.services.timeline import EventRow


class _Events(Protocol):
    """What the timeline panel tells of what is chosen in it."""

    canvas: TimelineCanvas
    foot: TimelineFoot
    made: Chronology | None

    @property
    def current(self) -> EventRow | None: ...

    @property
    def pair(self) -> tuple[EventRow, EventRow] | None: ...

    def set_anchor(self, event: str) -> None: ...


class ChronologyWork(QObject):
    """Belongs to the timeline panel; its methods are the actions."""

    def __init__(self, workspace: Workspace, panel: QWidget) -> None:
        super().__init__(panel)
        self._workspace, self._home = workspace, panel
        self._panel: _Events = panel  # type: ignore[assignment]
        self.order_sheet = OrderSheet(workspace, panel)
        self.orders = OrdersSheet(workspace, panel)
        self.orders.event_chosen.connect(self._panel.canvas.choose)
        self.export_sheet = ChronologyExportSheet(workspace, panel)
        self.dialog: ChronologyImport | None = None

    def clear(self) -> None:
        """The case was closed."""
        self._panel.foot.say("")
        self._panel.foot.warn(())
        self.orders.show_orders((), ())
        self._close_dialog()

    def follow(self, made: Chronology) -> None:
        """Show the orders and contradictions of a chronology that was read."""
        self._panel.foot.warn(made.contradictions)
        self.orders.show_orders(made.orders, made.contradictions)
        self.count_days()

    # Days between

    @Slot()
    def count_days(self) -> None:
        """Say the days between two chosen events, else what recorded orders add to the chosen one."""
        pair, current, made = self._panel.pair, self._panel.current, self._panel.made
        if pair is not None and made is not None:
            self._panel.foot.say(between_in(made, pair[0].event.id, pair[1].event.id).sentence)
        elif current is not None and current.id == self._panel.canvas.anchor:
            text = _("Days are counted from “{title}”. Choose another event.").format(title=current.event.title)
            self._panel.foot.say(text)
        else:
            self._panel.foot.say(current.inferred if current is not None else "")

    def count_from_here(self) -> None:
        """Count days from the chosen event on; once more to stop."""
        current = self._panel.current
        if current is None:
            self._workspace.say(_("Choose an event on the timeline first."))
            return
        self._panel.set_anchor("" if self._panel.canvas.anchor == current.id else current.id)

    # Orders

    def record_order(self) -> None:
        """Ask which of two chosen events came first."""
        pair = self._panel.pair
        if pair is None:
            self._workspace.say(
                _("Choose two events first: two rows of the table, or count days from one and choose the other.")
            )
            return
        self.order_sheet.begin(*pair)

    @Slot()
    def show_orders(self) -> None:
        """List every recorded order and every contradiction."""
        self.orders.begin()

    # Import

    def choose_file(self) -> None:
        """Ask which chronology to import."""
        chooser = QFileDialog(self._home, _("Import a chronology"))
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.setNameFilters(
            [_("Chronologies") + " (*.xlsx *.xlsm *.docx *.docm *.csv *.tsv *.txt)", _("All files (*)")]
        )
        chooser.fileSelected.connect(lambda name: self.preview(Path(name)))
        chooser.open()

    def preview(
        self,
        path: Path,
        *,
        is_day_first: bool = False,
        status: EventStatus = EventStatus.AGREED,
        decisions: Mapping[str, Decision] | None = None,
    ) -> None:
        """Read a chronology and show what it would add; ``decisions`` are those of an earlier reading."""

        def show(found: ChronologyPreview) -> None:
            self._close_dialog()
            dialog = self.dialog = ChronologyImport(
                self._workspace,
                found,
                is_day_first=is_day_first,
                status=status,
                decisions=decisions,
                parent=self._home.window(),
            )
            dialog.read_again.connect(
                lambda first, kind: self.preview(path, is_day_first=first, status=kind, decisions=dialog.decisions)
            )
            dialog.imported.connect(self._imported)
            dialog.show()

        self._workspace.read(
            _("Read the chronology"),
            lambda case, ticket: preview(case, path, ticket, is_day_first=is_day_first, status=status),
            show,
        )

    def _close_dialog(self) -> None:
        if self.dialog is not None:
            self.dialog.close()
            self.dialog.deleteLater()
            self.dialog = None

    @Slot(object)
    def _imported(self, made: ImportedChronology) -> None:
        self._close_dialog()
        text = _.count("{n} event was imported.", "{n} events were imported.", len(made.events))
        if made.left:
            text += " " + _.count("{n} row was left out.", "{n} rows were left out.", len(made.left))
        self._workspace.say(text, "warning" if made.left else "success")

    # Export

    def export(self) -> None:
        """Ask for whom, of what and in which order the chronology is written."""
        self.export_sheet.begin()
