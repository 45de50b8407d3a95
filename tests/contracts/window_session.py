"""A sitting at the window in a process of its own: open a case, drop files, read, search, export, wait, close.

Run as: python -m tests.contracts.window_session FOLDER_OF_FILES SECONDS
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer
from PySide6.QtWidgets import QApplication

from tests.event_loop import until
from workbench.domain.document import Document
from workbench.gui.main_window import MainWindow
from workbench.gui.workspace import Place, Workspace
from workbench.runtime.paths import Paths
from workbench.runtime.settings import Settings
from workbench.services.session import create_case


def sit(home: Path, material: Path, seconds: float) -> None:
    """Work through the whole window, for as many seconds at least."""
    sat_long_enough = QDeadlineTimer(int(seconds * 1000))
    workspace = Workspace(Settings(appearance="dark"), Paths(home / "s.toml", home / "w.ini", home / "crash"))
    window = MainWindow(workspace)
    window.show()
    workspace.adopt(create_case(home / "Sitting.casefile", title="Sitting", passphrase="evening"))
    window.case_actions.receive([material])
    until(lambda: not workspace.jobs.running)
    workspace.go_to(Place(document=workspace.case.all(Document, "urn")[0].id))
    until(lambda: window.reader.document is not None and window.reader.view.page_count > 0)
    window.panels["search"].query.setText("policy OR letter")
    window.panels["search"].search()
    until(lambda: not workspace.jobs.running)
    bundles = window.panels["bundles"]
    bundles.add_bundle("All")
    bundles.add_case_study("Study")
    until(lambda: bundles.bundles.current_id is not None and bundles.case_studies.current_id is not None)
    bundles.build_into(str(home))
    until(lambda: not workspace.jobs.running)
    until(sat_long_enough.hasExpired)
    window.close()
    made = [path for path in home.rglob("*.pdf") if not path.name.endswith(".certificate.pdf")]
    sys.stdout.write(f"{len(made)} bundle\n")


if __name__ == "__main__":
    application = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        sit(Path(folder), Path(sys.argv[1]), float(sys.argv[2]))
    application.processEvents()
