"""Builds hearing bundles: plans them from the case, writes them, proves them by reading them back."""

from __future__ import annotations

import hashlib
import re
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from workbench.domain.bundle import Build, Bundle, Entry, Section
from workbench.domain.change import Action
from workbench.domain.checks import Check, CheckReport
from workbench.domain.document import Document
from workbench.domain.errors import CheckFailed, Refused, WorkbenchError
from workbench.domain.ids import BundleId, new_id
from workbench.domain.page_map import BundlePlan, PageMap, PlannedEntry
from workbench.domain.page_ranges import parse_page_range
from workbench.domain.profile import Profile
from workbench.domain.progress import Ticket
from workbench.exporters.atomic import whole_file
from workbench.exporters.bundle_pdf import BundleWriter, WrittenBundle, page_map_csv, page_map_json
from workbench.services.checking import check_written
from workbench.services.profiles import load_profile
from workbench.services.session import investigation_of
from workbench.store.case_file import CaseFile

#: Pages whose own drawing may have swallowed the stamp: they are wrapped and built once more.
_STAMP_RULES = frozenset({"B05", "B06", "B11"})
#: So many pages are named when a check fails.
_NAMED_PAGES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltBundle:
    """A bundle that was handed over: where it lies, its page map beside it, and the checks it passed."""

    path: Path
    page_map_paths: tuple[Path, ...]
    report: CheckReport
    page_map: PageMap
    page_count: int
    sha256: str
    notices: tuple[str, ...]


def plan_bundle(case: CaseFile, bundle: Bundle, profile: Profile, built_at: datetime) -> BundlePlan:
    """What the bundle will hold, in order; raises ``Refused`` for an empty bundle or an impossible page range."""
    entries: list[PlannedEntry] = []
    sections = case.all(Section, "position", bundle=bundle.id)
    for section in sections:
        for entry in case.all(Entry, "position", section=section.id):
            entries.append(_planned(case, entry, section.title, len(entries) + 1))
    if not entries:
        raise Refused(f"The bundle “{bundle.name}” has no documents. Add entries to it first.")
    return BundlePlan(
        title=bundle.name,
        subtitle=investigation_of(case).title,
        profile=profile.id,
        sections=tuple(section.title for section in sections),
        entries=tuple(entries),
        built_on=built_at.date().isoformat(),
    )


def _planned(case: CaseFile, entry: Entry, section: str, number: int) -> PlannedEntry:
    document = case.get(Document, entry.document)
    indices = parse_page_range(entry.pages, document.page_count, where=document.urn)
    letters = case.page_letter_counts(document.sha256)
    return PlannedEntry(
        number=number,
        section=section,
        title=" ".join((entry.title or document.title or document.filename).split()),
        on=entry.on or document.on,
        urn=document.urn,
        sha256=document.sha256,
        source_page_count=document.page_count,
        page_indices=indices,
        letters=tuple(letters[index] for index in indices),
    )


def build_bundle(
    case: CaseFile,
    bundle_id: BundleId,
    folder: Path,
    *,
    profile: str = "",
    built_at: datetime | None = None,
    ticket: Ticket | None = None,
) -> BuiltBundle:
    """Build, check and hand over a bundle; nothing is left in ``folder`` when a check that matters fails."""
    ticket, bundle = ticket or Ticket(), case.get(Bundle, bundle_id)
    if bundle.audience != "team":
        raise Refused(
            f"The bundle “{bundle.name}” is for “{bundle.audience}”. Bundles beyond the team wait for the leak sweep, "
            "which this version does not have yet. Nothing was built."
        )
    rules = load_profile(profile or bundle.profile)
    plan = plan_bundle(case, bundle, rules, built_at or datetime.now(UTC))
    with BundleWriter() as writer:
        page_map = writer.settle(plan, rules.numbering())
        written, report = _write_proved(case, writer, plan, page_map, rules, ticket)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        paths = _hand_over(plan, written, folder)
    except OSError as error:
        raise WorkbenchError(
            f"The bundle was not written to “{folder}”: {error.strerror}. Check the disk and its room."
        ) from error
    sha256 = hashlib.sha256(written.content).hexdigest()
    _record(case, bundle, rules, paths[0], len(page_map.rows), sha256)
    return BuiltBundle(
        path=paths[0],
        page_map_paths=paths[1:],
        report=report,
        page_map=page_map,
        page_count=len(page_map.rows),
        sha256=sha256,
        notices=written.notices,
    )


def _write_proved(
    case: CaseFile, writer: BundleWriter, plan: BundlePlan, page_map: PageMap, rules: Profile, ticket: Ticket
) -> tuple[WrittenBundle, CheckReport]:
    """Write and check; once more with the pages wrapped whose stamp could not be read back."""
    written = writer.write(plan, page_map, wording=rules.wording, read=case.reading_copy, ticket=ticket)
    report = check_written(written.content, plan, page_map, rules, ticket)
    stamps = {page - 1 for check in report.failed if check.id in _STAMP_RULES for page in check.pages}
    if stamps:
        written = writer.isolate(written, stamps)
        report = check_written(written.content, plan, page_map, rules, ticket)
    if report.ok:
        return written, report
    failed = "; ".join(_failure(check, page_map) for check in report.failed if check.severity == "E")
    raise CheckFailed(f"The bundle “{plan.title}” was not handed over, because it failed its own checks: {failed}")


def _failure(check: Check, page_map: PageMap) -> str:
    """``B05 no number on these pages: page 9 (INQ000004 page 2)``; the documents are where help is needed."""
    rows = [page_map.rows[page - 1] for page in check.pages[:_NAMED_PAGES] if 0 < page <= len(page_map.rows)]
    places = [f"page {row.label}" + (f" ({row.urn} page {row.source_page_number})" if row.urn else "") for row in rows]
    more = len(check.pages) - len(places)
    return f"{check.id} {check.detail}: {', '.join(places)}{f' and {more} more' if more > 0 else ''}"


def _hand_over(plan: BundlePlan, written: WrittenBundle, folder: Path) -> tuple[Path, ...]:
    stem = file_stem(plan.title)
    contents = {
        folder / f"{stem}.page-map.json": page_map_json(plan, written.page_map).encode(),
        folder / f"{stem}.page-map.csv": page_map_csv(written.page_map).encode(),
        folder / f"{stem}.pdf": written.content,
    }
    with ExitStack() as all_or_none:
        for path, content in contents.items():
            all_or_none.enter_context(whole_file(path)).write_bytes(content)
    maps = tuple(path for path in contents if path.suffix != ".pdf")
    return (folder / f"{stem}.pdf", *maps)


def file_stem(title: str) -> str:
    """A file name for a title that every system accepts."""
    stem = re.sub(r"[^\w .()-]+", " ", title).strip(" .")
    return " ".join(stem.split())[:80].strip() or "bundle"


def _record(case: CaseFile, bundle: Bundle, rules: Profile, path: Path, page_count: int, sha256: str) -> None:
    head = case.history_head
    with case.change(Action.BUILD, f"{bundle.name}: {page_count} pages") as step:
        step.put(
            Build(
                id=new_id("bld"),
                bundle=bundle.id,
                number=step.count(Build, bundle=bundle.id) + 1,
                profile=rules.id,
                page_count=page_count,
                sha256=sha256,
                filename=path.name,
                history_head=head,
                built_at=datetime.now(UTC),
            )
        )
