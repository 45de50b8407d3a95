"""Checks finished PDF bundles, our own against their plan and those made elsewhere by themselves."""

from __future__ import annotations

from pathlib import Path

from workbench.domain.audience import is_beyond_team
from workbench.domain.bundle_expected import Expected, ExpectedEntry, ExpectedVolume
from workbench.domain.bundle_facts import BundleFacts
from workbench.domain.bundle_rules import judge
from workbench.domain.checks import Check, CheckReport, Severity
from workbench.domain.errors import ChildFailed, FileRefused, NotFound, Refused
from workbench.domain.page_map import BundlePlan, MapRow, PageKind, PageMap, PlannedEntry
from workbench.domain.profile import Profile
from workbench.domain.progress import Ticket
from workbench.domain.rules_asked import A4, RulesAsked, sheet
from workbench.services.profiles import load_profile
from workbench.services.reading_back import Reading, Sources, read_back


def check_pdf(path: Path, profile: str = "ctj-2021", ticket: Ticket | None = None) -> CheckReport:
    """Check any PDF against a profile; one that does not open fails rule B01."""
    rules = load_profile(profile)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise NotFound(f"“{path.name}” cannot be read: {error.strerror}. Check the path.") from None
    return _check(content, path.name, rules, None, Reading(filename=path.name, texts=True), ticket)


def check_written(
    content: bytes,
    plan: BundlePlan,
    page_map: PageMap,
    rules: Profile,
    ticket: Ticket | None = None,
    *,
    sources: Sources | None = None,
) -> CheckReport:
    """Check a bundle of our own against the plan and page map it was made from; drawn beside ``sources`` when given."""
    return _check(content, plan.title, rules, expected_from(plan, page_map), Reading(sources=sources), ticket)


def expected_from(plan: BundlePlan, page_map: PageMap) -> Expected:
    """What the checks compare with."""
    letters = {
        (entry.number, index): count
        for entry in plan.entries
        for index, count in zip(entry.page_indices, entry.letters, strict=False)
    }
    firsts, index_pages = page_map.firsts(), tuple(row.physical_index for row in page_map.index_pages())
    opening = page_map.labels[0]
    return Expected(
        title=plan.full_title,
        labels=page_map.labels,
        letters=tuple(letters.get((row.entry, row.source_page_index), 0) for row in page_map.rows),
        index_pages=index_pages,
        entries=tuple(_expected_entry(entry, firsts[entry.number]) for entry in plan.entries),
        kind=plan.kind,
        is_beyond_team=is_beyond_team(plan.audience),
        pages_before=int(opening) - 1 if plan.volume > 1 and opening.isdigit() else 0,
        front_pages=sum(row.kind is not PageKind.DOCUMENT for row in page_map.rows),
        section_starts=_section_starts(page_map),
        volume=ExpectedVolume(number=plan.volume, of=plan.volumes) if plan.volume else None,
    )


def _expected_entry(entry: PlannedEntry, first: MapRow) -> ExpectedEntry:
    return ExpectedEntry(
        title=entry.title,
        section=entry.section,
        target=first.physical_index,
        label=first.label,
        pages=len(entry.page_indices),
        sha256=entry.sha256,
        selection=entry.page_indices,
        on=entry.on,
        kind=entry.kind,
        main_label=entry.elsewhere,
    )


def _section_starts(page_map: PageMap) -> tuple[tuple[str, int, str], ...]:
    """Where each section begins: its divider, else its first page."""
    starts: dict[str, MapRow] = {}
    for row in page_map.rows:
        if row.section:
            starts.setdefault(row.section, row)
    return tuple((section, row.physical_index, row.label) for section, row in starts.items())


def _check(
    content: bytes,
    name: str,
    rules: Profile,
    expected: Expected | None,
    reading: Reading,
    ticket: Ticket | None,
) -> CheckReport:
    try:
        facts = read_back(content, expected, reading, ticket)
    except (FileRefused, ChildFailed) as error:
        return unreadable(name, rules, str(error))
    return report_on(facts, name, rules, expected)


def report_on(facts: BundleFacts, name: str, rules: Profile, expected: Expected | None = None) -> CheckReport:
    """Every rule applied to what was read back."""
    checks = tuple(judge(facts, expected, rules_asked(rules)))
    return CheckReport(file=name, profile=rules.id, wording=rules.wording, checks=checks)


def unreadable(name: str, rules: Profile, sentence: str) -> CheckReport:
    """The report on a file that did not open: B01 failed, nothing else could be asked."""
    check = Check(id="B01", title="Opens as a sound PDF", ok=False, severity=Severity.ERROR, detail=sentence)
    return CheckReport(file=name, profile=rules.id, wording=rules.wording, checks=(check,))


def rules_asked(rules: Profile) -> RulesAsked:
    """What a profile asks, as the checks need it."""
    page_size = sheet(rules.page_size) or A4
    allowed = [size for name in rules.allowed_sizes if (size := sheet(name)) is not None]
    return RulesAsked(
        requires_plain_numbers=rules.requires_plain_numbers,
        first_number=rules.numbering.start,
        zoom_percent=rules.zoom_percent,
        max_dpi=rules.max_dpi or None,
        page_size=page_size,
        allowed_sizes=(page_size[::-1], *allowed),
        tolerance_pt=rules.tolerance_pt,
        max_pages=rules.max_pages or None,
        max_bytes=rules.max_bytes or None,
        document_limits=rules.document_limits,
        filename_pattern=rules.filename_pattern,
        severities={rule: _severity(rules, rule, severity) for rule, severity in rules.severities.items()},
    )


def _severity(rules: Profile, rule: str, severity: str) -> Severity:
    try:
        return Severity(severity)
    except ValueError:
        raise Refused(
            f"The profile “{rules.id}” gives {rule} the severity “{severity}”. Use E, W or I there."
        ) from None
