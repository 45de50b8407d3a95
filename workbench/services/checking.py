"""Checks finished PDF bundles, our own against their plan and those made elsewhere by themselves."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from workbench.domain.bundle_facts import Expected, ExpectedEntry
from workbench.domain.checks import Check, CheckReport, Severity
from workbench.domain.errors import ChildFailed, FileRefused, NotFound
from workbench.domain.page_map import BundlePlan, PageMap
from workbench.domain.profile import Profile
from workbench.domain.progress import Ticket
from workbench.runtime.sandbox import Limits, Sandbox
from workbench.services.profiles import load_profile

_LIMITS = Limits(memory_bytes=6 << 30, seconds_per_step=120.0)


def check_pdf(path: Path, profile: str = "ctj-2021", ticket: Ticket | None = None) -> CheckReport:
    """Check any PDF against a profile; one that does not open fails rule B01."""
    rules = load_profile(profile)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise NotFound(f"“{path.name}” cannot be read: {error.strerror}. Check the path.") from None
    return _check(content, path.name, rules, None, ticket or Ticket())


def check_written(
    content: bytes, plan: BundlePlan, page_map: PageMap, rules: Profile, ticket: Ticket | None = None
) -> CheckReport:
    """Check a bundle of our own against the plan and page map it was made from."""
    return _check(content, plan.title, rules, expected_from(plan, page_map), ticket or Ticket())


def expected_from(plan: BundlePlan, page_map: PageMap) -> Expected:
    """What the checks compare with."""
    letters = {
        (entry.number, index): count
        for entry in plan.entries
        for index, count in zip(entry.page_indices, entry.letters, strict=False)
    }
    firsts = [(entry, page_map.first_of(entry.number)) for entry in plan.entries]
    return Expected(
        title=plan.title,
        labels=page_map.labels,
        letters=tuple(letters.get((row.entry, row.source_page_index), 0) for row in page_map.rows),
        index_pages=tuple(row.physical_index for row in page_map.index_pages()),
        entries=tuple(
            ExpectedEntry(title=entry.title, section=entry.section, target=row.physical_index, label=row.label)
            for entry, row in firsts
        ),
    )


def _check(content: bytes, name: str, rules: Profile, expected: Expected | None, ticket: Ticket) -> CheckReport:
    request = {"expected": None if expected is None else asdict(expected)}
    try:
        with Sandbox("workbench.pdf.check:make_task", limits=_LIMITS) as child:
            answer = child.call(request, [content], on_step=lambda step: ticket.tick(int(step["page"]), 0, name))
        checks = tuple(_read(check) for check in answer.facts["checks"])
    except (FileRefused, ChildFailed) as error:
        checks = (Check(id="B01", title="Opens as a sound PDF", ok=False, severity=Severity.ERROR, detail=str(error)),)
    return CheckReport(file=name, profile=rules.id, wording=rules.wording, checks=checks)


def _read(check: dict[str, Any]) -> Check:
    return Check(**{**check, "severity": Severity(check["severity"]), "pages": tuple(check["pages"])})
