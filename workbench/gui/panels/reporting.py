"""Exporting the report and the tables from the window: what is asked for, where it goes, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from workbench.domain.frame import CaseStudy
from workbench.domain.progress import Ticket
from workbench.gui.sheets.leak_sheet import LeakSheet
from workbench.gui.sheets.report_sheet import Asked, ReportSheet
from workbench.gui.sheets.stopped_sheet import StoppedSheet
from workbench.gui.widgets.finished_file import FinishedFile
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import speech as _
from workbench.services.releasing import LeaksFound, UnsupportedFindings
from workbench.services.report.footnotes import UnreliableFootnotes
from workbench.services.report_export import export_report
from workbench.services.tables_export import TablesOrder, export_tables
from workbench.store.case_file import CaseFile

_Stopped = LeaksFound | UnsupportedFindings | UnreliableFootnotes


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """The folder that was written, and what has to be said of it."""

    folder: Path
    told: tuple[str, ...]


class Reporting(QObject):
    """The work has a progress row that can cancel it; what stops it is a question to the person."""

    def __init__(
        self, workspace: Workspace, finished: FinishedFile, chosen: Callable[[], str | None], home: QWidget
    ) -> None:
        super().__init__(home)
        self._chosen = chosen
        self._workspace, self._finished, self._home = workspace, finished, home
        self.sheet, self.tables_sheet = ReportSheet(workspace, home), ReportSheet(workspace, home, for_tables=True)
        self.leak_sheet, self.stopped_sheet = LeakSheet(workspace, home), StoppedSheet(workspace, home)

    def ask_for_report(self) -> None:
        """Ask for which case study a report is wanted, for whom and as what."""

        def ask(studies: list[CaseStudy]) -> None:
            if not studies:
                self._workspace.say(_("There is no case study yet. Name one in the Bundles panel first."), "warning")
            else:
                self.sheet.begin(studies, self._chosen(), lambda asked: self._choose_folder(asked, self.write_report))

        self._workspace.read(_("List case studies"), _studies, ask)

    def ask_for_tables(self) -> None:
        """Ask of what tables are wanted, and for whom."""

        def ask(studies: list[CaseStudy]) -> None:
            self.tables_sheet.begin(studies, None, lambda asked: self._choose_folder(asked, self.write_tables))

        self._workspace.read(_("List case studies"), _studies, ask)

    def _choose_folder(self, asked: Asked, write: Callable[[Asked, Path], None]) -> None:
        chooser = QFileDialog(self._home, _("Folder to write into"))
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.setOption(QFileDialog.Option.ShowDirsOnly, True)
        chooser.fileSelected.connect(lambda folder: write(asked, Path(folder)))
        chooser.open()

    def write_report(self, asked: Asked, folder: Path) -> None:
        """Write a report into a folder of its own below this one."""
        study = asked.study
        if study is None:
            return

        def work(case: CaseFile, ticket: Ticket) -> _Made:
            exported = export_report(case, study, folder, asked.order, ticket)
            return _Made(folder=exported.folder, told=exported.told)

        said = _("The report is written: {files}.").format(files=_written_as(asked.order.formats))
        self._run(_("Export the report"), asked, work, said, lambda again: self.write_report(again, folder))

    def write_tables(self, asked: Asked, folder: Path) -> None:
        """Write the tables into a folder of their own below this one."""
        order = TablesOrder(
            study=asked.study,
            audience=asked.order.audience,
            build=asked.order.build,
            override=asked.order.override,
            override_findings=asked.order.override_findings,
        )

        def work(case: CaseFile, ticket: Ticket) -> _Made:
            paths, told = export_tables(case, folder, order, ticket)
            return _Made(folder=paths[0].parent, told=tuple(told))

        said = _("The tables are written, as a workbook and as CSV.")
        self._run(_("Export tables"), asked, work, said, lambda again: self.write_tables(again, folder))

    def _run(
        self,
        name: str,
        asked: Asked,
        work: Callable[[CaseFile, Ticket], _Made],
        said: str,
        again: Callable[[Asked], None],
    ) -> None:
        def tried(case: CaseFile, ticket: Ticket) -> _Made | _Stopped:
            try:
                return work(case, ticket)
            except (LeaksFound, UnsupportedFindings, UnreliableFootnotes) as stopped:  # a question, no failure
                return stopped

        def done(made: _Made | _Stopped) -> None:
            if isinstance(made, _Made):
                self._written(made, said)
            elif isinstance(made, LeaksFound):
                self.leak_sheet.begin(
                    asked.title, made.report, lambda reason: again(_with(asked, reason, asked.order.override_findings))
                )
            else:
                self.stopped_sheet.begin(
                    asked.title, made.reasons, lambda reason: again(_with(asked, asked.order.override, reason))
                )

        self._workspace.write(name, tried, done, shown=True)

    def _written(self, made: _Made, said: str) -> None:
        self._finished.show_path(made.folder)
        sentence = " ".join([said, *made.told[:3]])
        more = len(made.told) - 3
        sentence += f" {_.count('And {n} more.', 'And {n} more.', more)}" if more > 0 else ""
        tone = "warning" if made.told else "success"
        self._workspace.say(sentence, tone, do=(_("Show in folder"), self._finished.show_in_folder))


def _with(asked: Asked, override: str, override_findings: str) -> Asked:
    return replace(asked, order=replace(asked.order, override=override, override_findings=override_findings))


def _studies(case: CaseFile, _ticket: Ticket) -> list[CaseStudy]:
    return case.all(CaseStudy, "title")


def _written_as(formats: Sequence[str]) -> str:
    words = {"docx": "Word", "html": _("web page"), "pdf": "PDF", "xlsx": _("tables")}
    return ", ".join(words[name] for name in formats)
