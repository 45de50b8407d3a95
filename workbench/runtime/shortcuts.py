"""The keys a person chose for actions, kept beside the settings."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path

from workbench.domain.errors import WorkbenchError


def load_shortcuts(path: Path) -> dict[str, str]:
    """Action id -> keys; empty when nothing was chosen or the file cannot be read."""
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {name: keys for name, keys in found.items() if isinstance(keys, str)}


def save_shortcuts(path: Path, shortcuts: Mapping[str, str]) -> None:
    """Write the chosen keys; raises ``WorkbenchError`` when the folder cannot be written."""
    lines = [f"{json.dumps(name)} = {json.dumps(keys)}" for name, keys in sorted(shortcuts.items())]
    beside = path.with_suffix(".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text("\n".join(lines) + "\n", encoding="utf-8")
        os.replace(beside, path)
    except OSError as error:
        raise WorkbenchError(
            f"The shortcuts could not be saved in “{path.parent}” ({error.strerror}). Check that it is writable."
        ) from error
