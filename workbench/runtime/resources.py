"""Finds what ships with the program - profiles, samples, icons - by name, wherever it is installed."""

from __future__ import annotations

import sys
from pathlib import Path

import workbench
from workbench.domain.errors import NotFound


def _roots() -> tuple[Path, ...]:
    package = Path(workbench.__file__).parent
    frozen = getattr(sys, "_MEIPASS", None)
    roots = (package / "resources", package.parent / "resources")
    return (Path(frozen) / "resources", *roots) if frozen else roots


def resource_path(name: str) -> Path:
    """The path of ``"profiles/ctj-2021.toml"``; raises ``NotFound`` when the program is incomplete."""
    for root in _roots():
        path = root / name
        if path.exists():
            return path
    raise NotFound(f"The program is incomplete: its resource “{name}” is missing. Install it again.")


def resource_text(name: str) -> str:
    """The text of a resource, read as UTF-8."""
    return resource_path(name).read_text(encoding="utf-8")


def resource_names(folder: str, suffix: str) -> list[str]:
    """The names (without suffix) of the resources in ``folder`` that end in ``suffix``, sorted."""
    return sorted(path.name.removesuffix(suffix) for path in resource_path(folder).glob(f"*{suffix}"))
