"""What a person chose for the whole program: appearance, language, how pages are shown."""

from __future__ import annotations

import json
import os
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from workbench.domain.errors import WorkbenchError


def _setting(default: str | bool | int, label: str, *choices: str) -> Any:
    return field(default=default, metadata={"label": label, "choices": choices})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings; field metadata holds the label ("" for what is set elsewhere) and, where limited, the choices."""

    appearance: str = _setting("system", "Appearance", "system", "light", "dark", "contrast")
    language: str = _setting("en", "Language", "en", "cy")
    dim_pages_in_dark: bool = _setting(True, "Dim pages in the dark appearance")
    veil_pictures: bool = _setting(True, "Veil photographs and scanned pages until asked for")
    colour_excerpts_by: str = _setting("stance", "Colour excerpts by", "stance", "theme")
    pause_reminder_minutes: int = _setting(45, "Remind me to pause after minutes of reading (0: never)")
    lock_after_minutes: int = _setting(15, "Lock the case after minutes without use (0: never)")
    document_columns: str = _setting("", "")
    import_workers: int = _setting(2, "Files read at the same time")


def load_settings(path: Path) -> Settings:
    """The settings in the file; what is missing, unknown or of the wrong kind falls back to the default."""
    found = _read(path)
    return Settings(**{f.name: found[f.name] for f in fields(Settings) if _fits(found.get(f.name), f)})


def _fits(value: object, setting: Any) -> bool:
    choices = setting.metadata["choices"]
    return type(value) is type(setting.default) and (not choices or value in choices)


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def save_settings(path: Path, settings: Settings) -> None:
    """Write the settings; keys of another version of the program that are plain values stay as they were."""
    values = _read(path) | {f.name: getattr(settings, f.name) for f in fields(Settings)}
    lines = [f"{name} = {json.dumps(value)}" for name, value in values.items() if isinstance(value, str | bool | int)]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(".part")
        beside.write_text("\n".join(lines) + "\n", encoding="utf-8")
        os.replace(beside, path)
    except OSError as error:
        raise WorkbenchError(
            f"The settings could not be saved in “{path.parent}” ({error.strerror}). Check that the folder is writable."
        ) from error
