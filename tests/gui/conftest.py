"""A window, and a small case with three documents that were really imported."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.gui.steps import TITLES, write_pdf
from workbench.domain.progress import Ticket
from workbench.gui.main_window import MainWindow
from workbench.gui.workspace import Workspace
from workbench.runtime.paths import Paths
from workbench.runtime.settings import Settings
from workbench.services.importing import import_files
from workbench.services.session import create_case, open_case


@pytest.fixture(scope="session")
def documents_folder(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("received")
    for at, title in enumerate(TITLES, start=1):
        write_pdf(folder / f"INQ00000{at} {title}.pdf", title, pages=at * 2)
    return folder


@pytest.fixture(scope="session")
def ready_case(tmp_path_factory, documents_folder) -> Path:
    path = tmp_path_factory.mktemp("ready") / "ready.casefile"
    with create_case(path, title="Ready", passphrase=None, who="tester") as case:
        report = import_files(case, [documents_folder], supplier="Harbour Platform", ticket=Ticket())
        assert report.count("imported") == 3
    return path


@pytest.fixture
def case_path(ready_case, tmp_path) -> Path:
    return Path(shutil.copy(ready_case, tmp_path / "copy.casefile"))


@pytest.fixture
def workspace(qapp, tmp_path):
    home = tmp_path / "home"
    made = Workspace(Settings(appearance="light"), Paths(home / "settings.toml", home / "window.ini", home / "crash"))
    yield made
    made.close_case()
    made.jobs.finish()


@pytest.fixture
def empty_window(qtbot, workspace):
    window = MainWindow(workspace)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    yield window
    window.close()


@pytest.fixture
def window(qtbot, empty_window, case_path):
    empty_window.workspace.adopt(open_case(case_path, passphrase=None, who="tester"))
    qtbot.waitUntil(lambda: empty_window.panels["documents"].model.rowCount() == 3)
    return empty_window
