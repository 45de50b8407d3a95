"""Asks what a new case is called, where it is kept and how it is protected."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QLineEdit, QPushButton, QWidget

from workbench.domain.errors import WorkbenchError
from workbench.gui.dialogs.base import Question
from workbench.gui.jobs import Job, JobRunner
from workbench.gui.widgets.form import small
from workbench.runtime.i18n import speech as _
from workbench.runtime.resources import resource_names
from workbench.services.scopes import load_scope
from workbench.services.session import SUFFIX, create_case
from workbench.store.case_file import CaseFile


class CreateCase(Question):
    """Creates a case beside the window; whatever is wrong is said in place."""

    created = Signal(object)

    def __init__(self, jobs: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(_("Create a case"), _("Create"), parent)
        self._jobs = jobs
        self.name = QLineEdit()
        self.name.setAccessibleName(_("Title"))
        self.path = QLineEdit()
        self.path.setAccessibleName(_("Case file"))
        self.scope = QComboBox()
        self.scope.setAccessibleName(_("Definition of scope"))
        for name in resource_names("scopes", ".toml"):
            self.scope.addItem(load_scope(name)[0], name)
        self.scope.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.passphrase, self.again = _secret(_("Passphrase")), _secret(_("Passphrase again"))
        self.is_public = QCheckBox(_("No passphrase: this case holds public material only"))
        self.form.addRow(_("&Title"), self.name)
        self.add_field(_("Case &file"), self.path, self._browse_button())
        self.form.addRow(_("Definition of &scope"), self.scope)
        self.form.addRow(_("&Passphrase"), self.passphrase)
        self.form.addRow(_("Passphrase &again"), self.again)
        self.form.addRow("", self.is_public)
        self.form.addRow("", small(_("The passphrase cannot be recovered. Without it nobody can read the case.")))
        self.is_public.toggled.connect(self._change_protection)
        self.name.setFocus()

    def _browse_button(self) -> QPushButton:
        browse = QPushButton(_("Browse…"))
        browse.setAutoDefault(False)
        browse.setAccessibleName(_("Choose where to keep the case file"))
        browse.clicked.connect(self._browse)
        return browse

    @Slot(bool)
    def _change_protection(self, is_public: bool) -> None:
        for field in (self.passphrase, self.again):
            field.setEnabled(not is_public)
            field.clear()

    @Slot()
    def _browse(self) -> None:
        chooser = QFileDialog(self, _("Create a case"))
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setNameFilter(_("Case files") + f" (*{SUFFIX})")
        chooser.setDefaultSuffix(SUFFIX.removeprefix("."))
        chooser.fileSelected.connect(self.path.setText)
        chooser.open()

    def _wrong(self) -> str:
        if not self.path.text().strip():
            return _("Choose where to keep the case file.")
        if self.is_public.isChecked():
            return ""
        if not self.passphrase.text():
            return _("Type a passphrase, or say that the case holds public material only.")
        if self.passphrase.text() != self.again.text():
            return _("The two passphrases differ. Type the same passphrase twice.")
        return ""

    @Slot()
    def answer(self) -> None:
        """Create the case on another thread."""
        wrong = self._wrong()
        self.complain(wrong)
        if wrong:
            return
        path = Path(self.path.text().strip())
        path = path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)
        passphrase = None if self.is_public.isChecked() else self.passphrase.text()
        title, scope = self.name.text().strip(), str(self.scope.currentData())
        self.set_busy(True, _("Creating…"))
        job = Job(
            _("Create a case"), lambda _ticket: create_case(path, title=title, scope=scope, passphrase=passphrase)
        )
        job.succeeded.connect(self._succeed)
        job.failed.connect(self._fail)
        self._jobs.start(job)

    @Slot(object)
    def _succeed(self, case: CaseFile) -> None:
        self.passphrase.clear()
        self.again.clear()
        self.created.emit(case)
        self.accept()

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        self.set_busy(False, _("Create"))
        if not isinstance(error, WorkbenchError):
            raise error
        self.complain(str(error))


def _secret(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setAccessibleName(name)
    return field
