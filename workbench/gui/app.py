"""Starts the desktop program."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QApplication

from workbench.gui.errors import catch_faults
from workbench.gui.main_window import MainWindow
from workbench.gui.theme import load_fonts
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import speech
from workbench.runtime.paths import program_paths
from workbench.runtime.settings import load_settings

#: Qt platforms that offer the window to other machines.
_LISTENING_PLATFORMS = ("vnc", "webgl")


def refused_platform() -> str:
    """Why the program must not start on the chosen Qt platform, "" when it may."""
    platform = os.environ.get("QT_QPA_PLATFORM", "").split(":")[0]
    if platform in _LISTENING_PLATFORMS:
        return (
            f"QT_QPA_PLATFORM={platform} would let other machines see the evidence over a network. "
            "Unset it and start the program again."
        )
    return ""


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window, with the case at ``CASE`` when one is named; the exit code."""
    parser = argparse.ArgumentParser(prog="workbench", description="The case-study workbench.")
    parser.add_argument("case", nargs="?", metavar="CASE", type=Path, help="a case file to open")
    wanted = parser.parse_args(sys.argv[1:] if argv is None else argv)
    refusal = refused_platform()
    if refusal:
        sys.stderr.write(refusal + "\n")
        return 2
    application = QApplication(sys.argv[:1])
    application.setApplicationName("case-study-workbench")
    application.setDesktopFileName("case-study-workbench")
    load_fonts(application)
    paths = program_paths()
    settings = load_settings(paths.settings)
    speech.use(settings.language)
    workspace = Workspace(settings, paths)
    window = MainWindow(workspace)
    catch_faults(paths.crash_reports, lambda sentence: workspace.say(sentence, "failure"))
    window.restore()
    window.show()
    if wanted.case is not None:
        window.case_actions.open_path(wanted.case)
    return application.exec()
