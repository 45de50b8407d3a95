"""Checks on a finished bundle and their results."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """E stops a bundle from being handed over, W warns, I informs."""

    ERROR = "E"
    WARNING = "W"
    INFORMATION = "I"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One rule and what was found; ``pages`` are physical page numbers from 1."""

    id: str
    title: str
    ok: bool
    severity: Severity
    detail: str
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """All checks of one file against one profile."""

    file: str
    profile: str
    wording: str
    checks: tuple[Check, ...]

    @property
    def ok(self) -> bool:
        """True when nothing that stops a bundle was found."""
        return all(check.ok or check.severity is not Severity.ERROR for check in self.checks)

    @property
    def failed(self) -> tuple[Check, ...]:
        return tuple(check for check in self.checks if not check.ok)

    def as_json(self) -> dict[str, Any]:
        """The agreed shape of ``workbench check --json``."""
        return {
            "file": self.file,
            "profile": self.profile,
            "ok": self.ok,
            "checks": [
                {
                    "id": check.id,
                    "ok": check.ok,
                    "severity": check.severity.value,
                    "title": check.title,
                    "detail": check.detail,
                    "pages": list(check.pages),
                }
                for check in self.checks
            ],
        }
