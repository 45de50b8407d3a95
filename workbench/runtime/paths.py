"""Where the program keeps its settings, its window layout and its crash reports."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from platformdirs import PlatformDirs

PROGRAM = "case-study-workbench"


@dataclass(frozen=True, slots=True)
class Paths:
    """The folders of one person on one machine; nothing of a case is ever kept in them."""

    settings: Path
    window_state: Path
    crash_reports: Path


def program_paths() -> Paths:
    """The usual folders of this system, or all in the folder named by ``WORKBENCH_HOME``."""
    named = os.environ.get("WORKBENCH_HOME")
    if named:
        config = state = Path(named)
    else:
        folders = PlatformDirs(PROGRAM, appauthor=False)
        config, state = Path(folders.user_config_dir), Path(folders.user_state_dir)
    return Paths(config / "settings.toml", state / "window.ini", state / "crash-reports")
