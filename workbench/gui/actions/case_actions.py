"""Creating, opening and closing a case, and bringing files into it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from workbench.domain.importing import ImportReport
from workbench.gui.dialogs.create_case import CreateCase
from workbench.gui.dialogs.import_report import ImportReportWindow, counted
from workbench.gui.dialogs.open_case import OpenCase
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import speech as _
from workbench.services.import_log import ImportLogRow, import_log, paths_to_retry, still_refused
from workbench.services.importing import import_files
from workbench.services.session import SUFFIX


class CaseActions(QObject):
    """What the Case menu does."""

    def __init__(self, workspace: Workspace, window: QWidget) -> None:
        super().__init__(window)
        self._workspace = workspace
        self._window = window
        self.dialog: CreateCase | OpenCase | None = None
        self.report_window: ImportReportWindow | None = None
        self._gone = ""
        workspace.case_closed.connect(self._forget)

    def create(self) -> None:
        """Ask for a new case."""
        dialog = CreateCase(self._workspace.jobs, self._window)
        dialog.created.connect(self._workspace.adopt)
        self._show(dialog)

    def open(self) -> None:
        """Ask for a case to open."""
        self.open_path(None)

    def open_path(self, path: Path | None) -> None:
        """Ask for the passphrase of a case; one without is opened at once."""
        dialog = OpenCase(self._workspace.jobs, path, self._window)
        dialog.opened.connect(self._workspace.adopt)
        self._show(dialog)
        if path is not None and not dialog.passphrase.isEnabled():
            dialog.answer()

    def _show(self, dialog: CreateCase | OpenCase) -> None:
        if self.dialog is not None:
            self.dialog.close()
            self.dialog.deleteLater()
        self.dialog = dialog
        dialog.show()

    def close(self) -> None:
        """Close the case; all work on it ends first."""
        self._workspace.close_case()

    # Import

    def choose_files(self) -> None:
        """Ask which files to import."""
        chooser = QFileDialog(self._window, _("Import files"))
        chooser.setFileMode(QFileDialog.FileMode.ExistingFiles)
        chooser.filesSelected.connect(self._import_chosen)
        chooser.open()

    def choose_folder(self) -> None:
        """Ask which folder to import."""
        chooser = QFileDialog(self._window, _("Import a folder"))
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.filesSelected.connect(self._import_chosen)
        chooser.open()

    @Slot(list)
    def _import_chosen(self, paths: list[str]) -> None:
        self.receive([Path(path) for path in paths])

    def receive(self, paths: Sequence[Path]) -> None:
        """Take what was dropped or chosen: a case file is opened, anything else is imported."""
        if len(paths) == 1 and paths[0].suffix == SUFFIX:
            self.open_path(paths[0])
        elif not self._workspace.has_case:
            self._workspace.say(_("Open or create a case first; then drop the files again."), "warning")
        elif paths:
            self._import(list(paths))

    def _import(self, paths: list[Path]) -> None:
        workers = self._workspace.settings.import_workers
        job = self._workspace.write(
            _("Import"),
            lambda case, ticket: import_files(case, paths, workers=workers, ticket=ticket),
            self._imported,
            shown=True,
        )
        job.cancelled.connect(self._stopped)

    def _imported(self, report: ImportReport) -> None:
        refused = any(outcome.status == "refused" for outcome in report.files)
        text = " ".join((_("Import finished: {counts}.").format(counts=counted(report.files)), self._gone)).strip()
        refused, self._gone = refused or bool(self._gone), ""
        self._workspace.say(text, "warning" if refused else "success", do=(_("Show report"), self.show_report))

    @Slot()
    def _stopped(self) -> None:
        self._workspace.say(
            _("The import was stopped. What was imported before stays; import the same files again to go on.")
        )

    def show_report(self) -> None:
        """What became of every file that ever arrived."""
        self._workspace.read(_("Read the import log"), lambda case, _ticket: import_log(case), self._show_log)

    def _show_log(self, rows: list[ImportLogRow]) -> None:
        if not rows:
            self._workspace.say(_("Nothing was imported into this case yet. Drop files or folders on the window."))
            return
        if self.report_window is not None:
            self.report_window.close()
        self.report_window = ImportReportWindow(rows, self._window)
        self.report_window.retry_requested.connect(self.retry)
        self.report_window.show()

    @Slot(object)
    def retry(self, paths: Sequence[str]) -> None:
        """Import refused files once more; those that are gone are named."""
        found, gone = paths_to_retry(paths)
        self._gone = ""
        if gone:
            names = ", ".join(Path(path).name for path in gone[:3]) + (" …" if len(gone) > 3 else "")
            self._gone = _("{n} files are gone from where they were: {names}. Put them back and try again.").format(
                n=len(gone), names=names
            )
        if found:
            self._import(found)
        elif gone:
            self._workspace.say(self._gone, "warning")

    def retry_refused(self) -> None:
        """Import everything once more that was ever refused and never arrived since."""
        self._workspace.read(
            _("Read the import log"),
            lambda case, _ticket: still_refused(import_log(case)),
            self._retry_all,
        )

    def _retry_all(self, paths: list[str]) -> None:
        if paths:
            self.retry(paths)
        else:
            self._workspace.say(_("No file was refused in this case."))

    @Slot()
    def _forget(self) -> None:
        if self.report_window is not None:
            self.report_window.close()
