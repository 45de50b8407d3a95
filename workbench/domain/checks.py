"""Checks on a finished bundle and their results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

#: How the detail of a rule begins that could not be answered; such a rule neither holds nor fails.
NOT_CHECKED = "not checked"


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

    @property
    def is_checked(self) -> bool:
        """False when the rule needs something that was not there."""
        return not self.detail.startswith(NOT_CHECKED)


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


def merged(checks_by_file: Mapping[str, tuple[Check, ...]]) -> tuple[Check, ...]:
    """One list for a bundle of several files: a rule holds when it holds in each; the detail names the file."""
    if len(checks_by_file) == 1:
        return next(iter(checks_by_file.values()))
    by_rule: dict[str, list[tuple[str, Check]]] = {}
    for name, checks in checks_by_file.items():
        for check in checks:
            by_rule.setdefault(check.id, []).append((name, check))
    return tuple(_merged(rule, found) for rule, found in by_rule.items())


def _merged(rule: str, found: list[tuple[str, Check]]) -> Check:
    failed = [(name, check) for name, check in found if not check.ok]
    checked = [(name, check) for name, check in found if check.is_checked]
    told = failed or checked or found
    details = dict.fromkeys(check.detail for _, check in told)
    if failed or (len(details) > 1 and checked):
        detail = "; ".join(f"{name}: {check.detail}{_places(check)}" for name, check in told)
    else:
        detail = next(iter(details))
    worst = min((check.severity for _, check in told), key=list(Severity).index)
    return Check(id=rule, title=found[0][1].title, ok=not failed, severity=worst, detail=detail)


def _places(check: Check) -> str:
    return f" (pages {', '.join(map(str, check.pages[:10]))})" if check.pages else ""
