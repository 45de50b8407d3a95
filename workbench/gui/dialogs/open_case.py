"""Asks for the passphrase of a case and opens it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton, QWidget

from workbench.domain.errors import WorkbenchError
from workbench.gui.dialogs.base import Question
from workbench.gui.jobs import Job, JobRunner
from workbench.runtime.i18n import speech as _
from workbench.services.session import SUFFIX, needs_passphrase, open_case
from workbench.store.case_file import CaseFile


class OpenCase(Question):
    """Opens a case beside the window; whatever is wrong is said in place."""

    opened = Signal(object)

    def __init__(self, jobs: JobRunner, path: Path | None = None, parent: QWidget | None = None) -> None:
        super().__init__(_("Open a case"), _("Open"), parent)
        self._jobs = jobs
        self.path = QLineEdit(str(path) if path else "")
        self.path.setAccessibleName(_("Case file"))
        self.path.setPlaceholderText(f"…{SUFFIX}")
        browse = QPushButton(_("Browse…"))
        browse.setAutoDefault(False)
        browse.setAccessibleName(_("Browse for the case file"))
        browse.clicked.connect(self._browse)
        self.passphrase = QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.setAccessibleName(_("Passphrase"))
        self.add_field(_("Case &file"), self.path, browse)
        self.form.addRow(_("&Passphrase"), self.passphrase)
        self.path.textChanged.connect(self._look)
        self._look()
        (self.passphrase if path else self.path).setFocus()

    @Slot()
    def _look(self) -> None:
        self.complain("")
        path = Path(self.path.text().strip())
        is_open = path.is_file() and _is_public(path)
        self.passphrase.setEnabled(not is_open)
        self.passphrase.setPlaceholderText(_("None needed: this case is not encrypted") if is_open else "")

    @Slot()
    def _browse(self) -> None:
        chooser = QFileDialog(self, _("Open a case"), str(Path(self.path.text()).parent))
        chooser.setNameFilter(_("Case files") + f" (*{SUFFIX})")
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.fileSelected.connect(self.path.setText)
        chooser.open()

    @Slot()
    def answer(self) -> None:
        """Open the case on another thread."""
        path, passphrase = Path(self.path.text().strip()), self.passphrase.text()
        if not self.path.text().strip():
            self.complain(_("Choose the case file to open."))
            return
        self.complain("")
        self.set_busy(True, _("Opening…"))
        job = Job(_("Open a case"), lambda _ticket: open_case(path, passphrase=passphrase or None))
        job.succeeded.connect(self._succeed)
        job.failed.connect(self._fail)
        self._jobs.start(job)

    @Slot(object)
    def _succeed(self, case: CaseFile) -> None:
        self.passphrase.clear()
        self.opened.emit(case)
        self.accept()

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        self.set_busy(False, _("Open"))
        if not isinstance(error, WorkbenchError):
            raise error
        self.complain(str(error))
        self.passphrase.selectAll()
        self.passphrase.setFocus()


def _is_public(path: Path) -> bool:
    try:
        return not needs_passphrase(path)
    except WorkbenchError:
        return False
