"""Builds hearing bundles: plans them for their audience, writes them, proves them, and keeps account of them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from workbench.domain.audience import checked_audience, is_beyond_team
from workbench.domain.bundle import Build, Bundle
from workbench.domain.change import Action
from workbench.domain.checks import CheckReport
from workbench.domain.concordance import ConcordanceRow, Fate, concordance
from workbench.domain.errors import Refused, WorkbenchError
from workbench.domain.ids import BundleId, new_id
from workbench.domain.numbering import Late
from workbench.domain.page_map import MapRow, PageMap
from workbench.domain.profile import Profile
from workbench.domain.progress import Ticket
from workbench.exporters.atomic import whole_file
from workbench.exporters.bundle_pdf import concordance_csv, page_map_csv, page_map_json
from workbench.services.builds import BuildAccount, newest_account
from workbench.services.bundle_planning import Planned, keep_numbers, plan_bundle
from workbench.services.bundle_volumes import Volume, VolumeWriter
from workbench.services.clearing import Clearing, Withheld
from workbench.services.profiles import load_profile
from workbench.services.session import investigation_of
from workbench.store.case_file import CaseFile


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltBundle:
    """A bundle that was handed over: where it lies, what lies beside it, and the checks it passed.

    ``path`` is the first volume, ``paths`` every PDF of the bundle; reports and page maps are in their order.
    """

    path: Path
    paths: tuple[Path, ...]
    page_map_paths: tuple[Path, ...]
    beside: tuple[Path, ...]
    report: CheckReport
    reports: tuple[CheckReport, ...]
    page_map: PageMap
    page_maps: tuple[PageMap, ...]
    page_count: int
    sha256: str
    notices: tuple[str, ...]
    withheld: tuple[Withheld, ...] = ()
    moved: int = 0


@dataclass(slots=True)
class _Job:
    """One build on its way."""

    case: CaseFile
    bundle: Bundle
    folder: Path
    rules: Profile
    audience: str
    late: Late
    built_at: datetime
    ticket: Ticket

    @property
    def stem(self) -> str:
        """The name of the files, by the profile's pattern."""
        names = {
            "bundle": self.bundle.name,
            "short_name": investigation_of(self.case).title,
            "reference": investigation_of(self.case).urn_prefix,
            "date": self.built_at.date().isoformat(),
        }
        return file_stem(re.sub(r"\{(\w+)\}", lambda key: names.get(key[1], ""), self.rules.filename))


def build_bundle(
    case: CaseFile,
    bundle_id: BundleId,
    folder: Path,
    *,
    profile: str = "",
    audience: str = "",
    late: Late = Late.RENUMBER,
    built_at: datetime | None = None,
    ticket: Ticket | None = None,
) -> BuiltBundle:
    """Build, check and hand over a bundle; nothing is left in ``folder`` when a check that matters fails.

    ``late`` says what becomes of the numbers that the newest earlier build gave.
    """
    bundle = case.get(Bundle, bundle_id)
    job = _Job(
        case=case,
        bundle=bundle,
        folder=folder,
        rules=load_profile(profile or bundle.profile, case),
        audience=checked_audience(audience or bundle.audience),
        late=late,
        built_at=built_at or datetime.now(UTC),
        ticket=ticket or Ticket(),
    )
    if is_beyond_team(job.audience):
        raise Refused(
            f"The bundle “{bundle.name}” is for “{job.audience}”. Bundles beyond the team wait for the leak sweep, "
            "which this version does not have yet. Nothing was built."
        )
    clearing = Clearing(case, job.audience, job.built_at.date())
    planned = plan_bundle(case, bundle, job.rules, job.built_at, clearing=clearing)
    earlier = newest_account(case, bundle.id)
    volumes = _write(job, planned, earlier[1] if earlier else None)
    return _finish(job, planned, volumes, earlier[1] if earlier else None)


def _write(job: _Job, planned: Planned, earlier: BuildAccount | None) -> list[Volume]:
    plan, given = planned.plan, {}
    if job.late is not Late.RENUMBER:
        if earlier is None:
            raise Refused(
                f"The bundle “{job.bundle.name}” was not built before, so there are no numbers to keep. "
                "Build it with new numbers."
            )
        plan = keep_numbers(plan, job.rules, job.late, earlier)
        given = {row.key: row.label for row in earlier.rows}
    writer = VolumeWriter(
        rules=job.rules,
        stem=job.stem,
        read=lambda entry: job.case.reading_copy(entry.sha256),
        most_pages=job.bundle.volume_pages or job.rules.max_pages,
        most_bytes=job.bundle.volume_bytes or job.rules.max_bytes,
        given=given,
        letters=planned.letters,
    )
    return writer.write(plan, job.ticket)


def _finish(job: _Job, planned: Planned, volumes: Sequence[Volume], earlier: BuildAccount | None) -> BuiltBundle:
    rows = [row for volume in volumes for row in volume.page_map.rows]
    changes = concordance(earlier.rows, rows) if earlier is not None else []
    pdfs, maps, beside = _contents(job, volumes, changes)
    paths = _hand_over({**beside, **maps, **pdfs}, job)
    places = dict(zip([*beside, *maps, *pdfs], paths, strict=True))
    _record(job, {**pdfs, **maps, **beside}, rows)
    first = volumes[0]
    return BuiltBundle(
        path=places[next(iter(pdfs))],
        paths=tuple(places[name] for name in pdfs),
        page_map_paths=tuple(places[name] for name in maps),
        beside=tuple(places[name] for name in beside),
        report=first.report,
        reports=tuple(volume.report for volume in volumes),
        page_map=first.page_map,
        page_maps=tuple(volume.page_map for volume in volumes),
        page_count=len(rows),
        sha256=hashlib.sha256(first.written.content).hexdigest(),
        notices=tuple(notice for volume in volumes for notice in volume.written.notices),
        withheld=planned.withheld,
        moved=sum(change.fate in (Fate.MOVED, Fate.GONE) for change in changes),
    )


def _contents(
    job: _Job, volumes: Sequence[Volume], changes: Sequence[ConcordanceRow]
) -> tuple[dict[str, bytes], dict[str, bytes], dict[str, bytes]]:
    """What is written, by file name: the PDFs, their page maps, and what lies beside them."""
    pdfs: dict[str, bytes] = {}
    maps: dict[str, bytes] = {}
    for volume in volumes:
        stem = f"{job.stem} volume {volume.plan.volume}" if volume.plan.volume else job.stem
        pdfs[f"{stem}.pdf"] = volume.written.content
        maps[f"{stem}.page-map.json"] = page_map_json(volume.plan, volume.page_map).encode()
        maps[f"{stem}.page-map.csv"] = page_map_csv(volume.page_map).encode()
    beside = {f"{job.stem}.concordance.csv": concordance_csv(changes).encode()} if changes else {}
    return pdfs, maps, beside


def _hand_over(files: Mapping[str, bytes], job: _Job) -> list[Path]:
    """Write every file beside its place and move it there, the PDFs last; their places in order."""
    folder = job.folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            with whole_file(folder / name) as temporary:
                temporary.write_bytes(content)
    except OSError as error:
        raise WorkbenchError(
            f"The bundle was not written to “{folder}”: {error.strerror}. Check the disk and its room."
        ) from error
    return [folder / name for name in files]


def file_stem(title: str) -> str:
    """A file name for a title that every system accepts."""
    stem = re.sub(r"[^\w .()-]+", " ", title).strip(" .")
    return " ".join(stem.split())[:80].strip() or "bundle"


def _record(job: _Job, files: Mapping[str, bytes], rows: Sequence[MapRow]) -> None:
    case, bundle, head = job.case, job.bundle, job.case.history_head
    lines = tuple(f"{name} {hashlib.sha256(content).hexdigest()} {len(content)}" for name, content in files.items())
    first = next(iter(files))
    with case.change(Action.BUILD, f"{bundle.name}: {len(rows)} pages for {job.audience}") as step:
        step.put(
            Build(
                id=new_id("bld"),
                bundle=bundle.id,
                number=step.count(Build, bundle=bundle.id) + 1,
                profile=job.rules.id,
                page_count=len(rows),
                sha256=hashlib.sha256(files[first]).hexdigest(),
                filename=first,
                history_head=head,
                built_at=datetime.now(UTC),
                audience=job.audience,
                files=lines,
                account_sha256=step.keep(BuildAccount(rows=tuple(rows)).packed()),
                late=job.late.value,
            )
        )
