"""The certificate of a build: what was checked against which rules, with what result, and what was not checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workbench.domain.checks import Check, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class CertifiedFile:
    """A file that was handed over, known by its checksum."""

    name: str
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """A finding that a person decided to hand the bundle over with."""

    what: str
    reason: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CertifiedProfile:
    """The rules as they were when the bundle was checked; ``digest`` names that very version of them."""

    id: str
    title: str
    issued: str
    reviewed: str
    source: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CertifiedCounts:
    """How much the bundle holds."""

    documents: int
    pages: int
    sections: int = 0
    volumes: int = 1
    redactions: int = 0
    excluded: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """Everything that the certificate says; ``labels`` are the page labels by which evidence names pages.

    It states what a file was checked against, never that it complies: nobody can promise that.
    """

    title: str
    files: tuple[CertifiedFile, ...]
    profile: CertifiedProfile
    audience: str
    build_number: int
    history_head: str
    built_at: datetime
    checks: tuple[Check, ...]
    counts: CertifiedCounts
    overrides: tuple[Override, ...] = ()
    not_checked: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    treated: tuple[str, ...] = ()
    direction: str = ""
    labels: tuple[str, ...] = ()
    program: str = ""

    @property
    def wording(self) -> str:
        """The heading."""
        return f"Checked against {self.profile.title}"

    @property
    def failed(self) -> tuple[Check, ...]:
        """Rules that stop a bundle and did not hold."""
        return tuple(check for check in self.checks if not check.ok and check.severity is Severity.ERROR)

    @property
    def warned(self) -> tuple[Check, ...]:
        """Other rules that did not hold."""
        return tuple(check for check in self.checks if not check.ok and check.severity is not Severity.ERROR)

    @property
    def held(self) -> tuple[Check, ...]:
        return tuple(check for check in self.checks if check.ok and check.is_checked)

    @property
    def unanswered(self) -> tuple[Check, ...]:
        """Rules that need something that was not there."""
        return tuple(check for check in self.checks if check.ok and not check.is_checked)

    def labels_of(self, check: Check) -> tuple[str, ...]:
        """The pages that a check names, by label; by physical number where there is none."""
        return tuple(self.labels[page - 1] if 0 < page <= len(self.labels) else str(page) for page in check.pages)


def result_of(check: Check) -> str:
    """A result in a word or two."""
    if not check.is_checked:
        return "not checked"
    if check.ok:
        return "held"
    return {Severity.ERROR: "failed", Severity.WARNING: "warning", Severity.INFORMATION: "noted"}[check.severity]


def certificate_record(certificate: Certificate) -> dict[str, Any]:
    """The certificate as plain values, in the order of the paper."""
    profile, counts = certificate.profile, certificate.counts
    return {
        "wording": certificate.wording,
        "title": certificate.title,
        "build": certificate.build_number,
        "built_at": certificate.built_at.isoformat(),
        "audience": certificate.audience,
        "profile": {name: getattr(profile, name) for name in ("id", "title", "issued", "reviewed", "source", "digest")},
        "direction": certificate.direction,
        "history_head": certificate.history_head,
        "program": certificate.program,
        "counts": {
            name: getattr(counts, name)
            for name in ("documents", "pages", "sections", "volumes", "redactions", "excluded")
        },
        "checks": [
            {
                "id": check.id,
                "title": check.title,
                "severity": check.severity.value,
                "result": result_of(check),
                "ok": check.ok,
                "detail": check.detail,
                "pages": list(check.pages),
                "labels": list(certificate.labels_of(check)),
            }
            for check in certificate.checks
        ],
        "overrides": [
            {"what": item.what, "reason": item.reason, "who": item.who, "at": item.at.isoformat()}
            for item in certificate.overrides
        ],
        "not_checked": list(certificate.not_checked),
        "left_out": list(certificate.left_out),
        "treated": list(certificate.treated),
        "files": [{"name": file.name, "sha256": file.sha256, "bytes": file.bytes} for file in certificate.files],
    }
