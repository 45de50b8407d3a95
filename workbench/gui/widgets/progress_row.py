"""A line at the foot of the window for each piece of long work, with a button that stops it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from workbench.domain.progress import Progress
from workbench.gui.jobs import Job
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import speech as _


class ProgressRow(QWidget):
    """Follows one job until it ends."""

    def __init__(self, job: Job, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job = job
        self._what = QLabel(job.name)
        self._what.setTextFormat(Qt.TextFormat.PlainText)
        self._what.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._count = QLabel()
        self._count.setProperty("role", "muted")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        self._bar.setFixedWidth(180)
        self._bar.setAccessibleName(job.name)
        self._stop = QPushButton(_("Cancel"))
        self._stop.setAccessibleName(_("Cancel: {what}").format(what=job.name))
        self._stop.clicked.connect(self._cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 4, 10, 4)
        row.setSpacing(10)
        row.addWidget(self._what, 1)
        row.addWidget(self._count)
        row.addWidget(self._bar)
        row.addWidget(self._stop)
        job.progressed.connect(self._show)

    @Slot(object)
    def _show(self, progress: Progress) -> None:
        self._what.setText(f"{self._job.name}  ·  {progress.what}" if progress.what else self._job.name)
        if progress.total:
            self._bar.setRange(0, progress.total)
            self._bar.setValue(progress.done)
            self._count.setText(_("{done} of {total}").format(done=f"{progress.done:,}", total=f"{progress.total:,}"))

    @Slot()
    def _cancel(self) -> None:
        self._stop.setEnabled(False)
        self._stop.setText(_("Stopping…"))
        self._job.cancel()


class ProgressRows(QWidget):
    """All long work that is going on."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[Job, ProgressRow] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        workspace.jobs.started.connect(self._add)
        self.hide()

    @Slot(object)
    def _add(self, job: Job) -> None:
        if job.shown:
            self._rows[job] = ProgressRow(job, self)
            self._column.addWidget(self._rows[job])
            job.ended.connect(self._remove_ended)
            self.show()

    @Slot()
    def _remove_ended(self) -> None:
        row = self._rows.pop(self.sender(), None)  # type: ignore[call-overload]
        if row is not None:
            self._column.removeWidget(row)
            row.deleteLater()
        self.setVisible(bool(self._rows))
