"""What became of every file that ever arrived, with the reason for every refusal."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from workbench.domain.importing import FileOutcome
from workbench.gui.columns import RECORD_ROLE, Column, shown_instant
from workbench.gui.models.record_table import RecordTable
from workbench.gui.widgets.form import small
from workbench.gui.widgets.record_view import RecordView
from workbench.runtime.i18n import mark
from workbench.runtime.i18n import speech as _
from workbench.services.import_log import ImportLogRow

REPORT_COLUMNS: tuple[Column, ...] = (
    Column(id="status", title=mark("Result"), text=lambda f: _(f.status), sort_key=lambda f: f.status, width=12),
    Column(id="path", title=mark("File"), text=lambda f: _name(f.path), sort_key=lambda f: f.path.casefold(), width=26),
    Column(id="urn", title=mark("URN"), text=lambda f: f.urn or "", sort_key=lambda f: f.urn or "", width=12, rank=1),
    Column(
        id="reason",
        title=mark("Reason"),
        text=lambda f: f.reason or "",
        sort_key=lambda f: f.reason or "",
        width=40,
        stretches=True,
    ),
    Column(id="at", title=mark("When"), text=lambda f: shown_instant(f.at), sort_key=lambda f: f.at, width=18, rank=2),
    Column(id="supplier", title=mark("Supplier"), text=lambda f: f.supplier, sort_key=lambda f: f.supplier, rank=3),
)


class ImportReportWindow(QDialog):
    """Stays open beside the work; refusals come first. ``retry_requested(paths)`` asks to import some again."""

    retry_requested = Signal(object)

    def __init__(self, outcomes: Sequence[ImportLogRow], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Import report"))
        self.resize(820, 460)
        ordered = sorted(outcomes, key=lambda outcome: outcome.status != "refused")
        self.model = RecordTable(REPORT_COLUMNS, self)
        self.model.show({str(at): outcome for at, outcome in enumerate(ordered)})
        self._outcomes = {str(at): outcome for at, outcome in enumerate(ordered)}
        self.view = RecordView(REPORT_COLUMNS, _("Import report"))
        self.view.setModel(self.model)
        self.view.sort_by(-1)
        heading = QLabel(counted(outcomes))
        heading.setProperty("role", "heading")
        self.only_refused = QCheckBox(_("Refused only"))
        self.only_refused.toggled.connect(self._arrange)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(_("Filter"))
        self.filter.setAccessibleName(_("Filter the report"))
        self.filter.textChanged.connect(self.model.set_filter)
        self.whole = small("")
        self.view.selectionModel().currentRowChanged.connect(self._tell)
        row = QHBoxLayout()
        row.addWidget(heading, 1)
        row.addWidget(self.only_refused)
        row.addWidget(self.filter)
        self.retry = QPushButton(_("Try the refused again"))
        self.retry.setEnabled(any(outcome.status == "refused" for outcome in outcomes))
        self.retry.clicked.connect(self.ask_to_retry)
        row.addWidget(self.retry)
        column = QVBoxLayout(self)
        column.addLayout(row)
        column.addWidget(self.view, 1)
        column.addWidget(self.whole)
        self.view.selectRow(0)

    @Slot(QModelIndex)
    def _tell(self, index: QModelIndex) -> None:
        """The whole path and reason of the chosen row, which the table may cut short."""
        outcome = index.data(RECORD_ROLE)
        if outcome is not None:
            self.whole.setText("\n".join(part for part in (outcome.path, outcome.reason) if part))

    @Slot()
    def ask_to_retry(self) -> None:
        """Ask to import the refused files that are shown once more."""
        shown = [self.model.record(self.model.id_at(row)) for row in range(self.model.rowCount())]
        self.retry_requested.emit([outcome.path for outcome in shown if outcome.status == "refused"])

    @Slot(bool)
    def _arrange(self, only_refused: bool) -> None:
        kept = {at: o for at, o in self._outcomes.items() if o.status == "refused" or not only_refused}
        self.model.show(kept)


def counted(outcomes: Sequence[FileOutcome | ImportLogRow]) -> str:
    """``12 imported, 1 duplicate, 2 refused``."""
    counts = {status: sum(outcome.status == status for outcome in outcomes) for status in _STATUSES}
    return ", ".join(f"{count:,} {_(status)}" for status, count in counts.items() if count) or _("nothing to import")


_STATUSES = (mark("imported"), mark("duplicate"), mark("refused"))


def _name(path: str) -> str:
    return path.replace("\\", "/").rsplit("/", 1)[-1]
