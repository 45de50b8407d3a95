"""What came of the last build: where it lies, which checks warned, what was left out, which numbers changed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QListWidget, QPushButton, QVBoxLayout, QWidget

from workbench.domain.checks import CheckReport
from workbench.runtime.i18n import speech as _
from workbench.services.bundling import BuiltBundle

_LINES = 6


class BuildResult(QFrame):
    """Stands below the tree until it is closed or another build is done."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self.path: Path | None = None
        self.certificate: Path | None = None
        self.heading = QLabel()
        self.heading.setProperty("role", "heading")
        self.heading.setWordWrap(True)
        self.lines = QListWidget()
        self.lines.setAccessibleName(_("What came of the build"))
        self.lines.setWordWrap(True)
        self.lines.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.folder_button = QPushButton(_("Show in folder"))
        self.certificate_button = QPushButton(_("Certificate"))
        self.certificate_button.setAccessibleName(_("Open the certificate"))
        close = QPushButton(_("Close"))
        close.setAccessibleName(_("Close what came of the build"))
        self.folder_button.clicked.connect(self.show_in_folder)
        self.certificate_button.clicked.connect(self.open_certificate)
        close.clicked.connect(self.hide)
        row = QHBoxLayout()
        row.addWidget(self.folder_button)
        row.addWidget(self.certificate_button)
        row.addStretch(1)
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 10, 8)
        column.setSpacing(6)
        column.addWidget(self.heading)
        column.addWidget(self.lines)
        column.addLayout(row)
        self.hide()

    def show_built(self, built: BuiltBundle | None, certificate: Path | None = None) -> None:
        """Show a finished build; None shows nothing."""
        self.path = built.path if built is not None else None
        self.certificate = certificate
        self.lines.clear()
        self.setVisible(built is not None)
        if built is None:
            return
        self.heading.setText(_("Built: {name}").format(name=built.path.name))
        self.heading.setToolTip(str(built.path))
        self.lines.addItems(result_lines(built))
        self.lines.setFixedHeight((self.fontMetrics().lineSpacing() + 13) * min(self.lines.count(), _LINES) + 6)
        self.certificate_button.setVisible(certificate is not None)

    @Slot()
    def show_in_folder(self) -> None:
        """Open the folder with the system's own program."""
        if self.path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.path.parent)))

    @Slot()
    def open_certificate(self) -> None:
        """Open the certificate with the system's own program."""
        if self.certificate is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.certificate)))


def result_lines(built: BuiltBundle) -> list[str]:
    """What a person should know of a build, most important first."""
    pages = _.count("{n} page", "{n} pages", built.page_count)
    volumes = _.count("in {n} file", "in {n} files", len(built.paths))
    lines = [_("{pages} {volumes}, in {folder}").format(pages=pages, volumes=volumes, folder=built.path.parent)]
    if len(built.paths) > 1:
        lines.append(", ".join(path.name for path in built.paths))
    lines.append(checks_line(built.reports))
    failed = [check for report in built.reports for check in report.failed]
    found = [f"{check.id} {check.title}: {check.detail}" for check in failed if check.detail]
    lines += [f"⚠ {line}" for line in dict.fromkeys(found)]
    if built.moved:
        lines.append(
            _.count(
                "{n} page has another number than before; the concordance lies beside the bundle.",
                "{n} pages have other numbers than before; the concordance lies beside the bundle.",
                built.moved,
            )
        )
    lines += [item.sentence for item in built.withheld]
    left = _("“{name}” of an earlier build lies in the folder too and is no part of this one: take it away.")
    lines += [left.format(name=name) for name in built.leftovers]
    lines += built.notices
    return lines


def checks_line(reports: tuple[CheckReport, ...]) -> str:
    """``61 checks: all held``, or how many did not."""
    checks = [check for report in reports for check in report.checks]
    stopped = sum(not check.ok and check.severity.value == "E" for check in checks)
    warned = sum(not check.ok and check.severity.value == "W" for check in checks)
    told = [_.count("{n} failed", "{n} failed", stopped)] if stopped else []
    told += [_.count("{n} warned", "{n} warned", warned)] if warned else []
    counted = _.count("{n} check", "{n} checks", len(checks))
    return f"{counted}: {', '.join(told) or _('all held')}"
