"""Builds hearing bundles: plans them for their audience, writes them, proves them, and keeps account of them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from workbench.domain.audience import checked_audience
from workbench.domain.bundle import Build, Bundle
from workbench.domain.certificate import Certificate, Override
from workbench.domain.change import Action
from workbench.domain.checks import CheckReport
from workbench.domain.concordance import ConcordanceRow, Fate, concordance
from workbench.domain.document import Document
from workbench.domain.errors import Refused
from workbench.domain.ids import BundleId, new_id
from workbench.domain.numbering import Late
from workbench.domain.page_map import BundlePlan, MapRow, PageMap
from workbench.domain.profile import Profile
from workbench.domain.progress import Ticket
from workbench.domain.protection import MarkState
from workbench.exporters.atomic import whole_files
from workbench.exporters.bundle_pdf import concordance_csv, page_map_csv, page_map_json
from workbench.exporters.certificate import certificate_json, certificate_pdf
from workbench.services.builds import (
    BuildAccount,
    PageRead,
    account_of,
    build_named,
    builds_of,
    file_lines,
    newest_account,
    read_file_line,
)
from workbench.services.bundle_planning import Planned, keep_numbers, plan_bundle
from workbench.services.bundle_proving import Prover, Volume
from workbench.services.bundle_sources import BundleSources
from workbench.services.bundle_volumes import VolumeWriter
from workbench.services.certifying import CertificateFacts, draw_up, final_reports
from workbench.services.clearing import Clearing, Withheld
from workbench.services.handing_over import telling_of_disk
from workbench.services.profiles import load_profile
from workbench.services.releasing import Released, marked_words_override, release
from workbench.services.session import investigation_of
from workbench.store.case_file import CaseFile


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltBundle:
    """A bundle that was handed over: where it lies, what lies beside it, and the checks it passed.

    ``path`` is the first volume, ``paths`` every PDF of the bundle; reports and page maps are in their order.
    ``leftovers`` are files of earlier builds that still lie in the folder.
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
    leftovers: tuple[str, ...]
    withheld: tuple[Withheld, ...]
    moved: int
    certificate: Certificate


@dataclass(slots=True)
class _Job:
    """One build on its way."""

    case: CaseFile
    bundle: Bundle
    folder: Path
    rules: Profile
    audience: str
    late: Late
    override: str
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
    numbers_of: str = "",
    override: str = "",
    built_at: datetime | None = None,
    ticket: Ticket | None = None,
) -> BuiltBundle:
    """Build, check and hand over a bundle; nothing is left in ``folder`` when a check that matters fails.

    ``late`` says what becomes of the numbers that an earlier build gave: the newest, or ``numbers_of`` (an identifier
    or a name such as ``Day 1 #2``). ``override`` is a reason to hand the
    bundle over although protected names were found; it is recorded and stands in the certificate. Raises
    ``CheckFailed`` (``LeaksFound`` for names) when it may not be handed over.
    """
    bundle = case.get(Bundle, bundle_id)
    job = _Job(
        case=case,
        bundle=bundle,
        folder=folder,
        rules=load_profile(profile or bundle.profile, case),
        audience=checked_audience(audience or bundle.audience),
        late=late,
        override=override,
        built_at=built_at or datetime.now(UTC),
        ticket=ticket or Ticket(),
    )
    clearing = Clearing(case, job.audience, job.built_at.date())
    clearing.refuse_unreadable()
    earlier = _earlier(case, bundle, numbers_of)
    with BundleSources(case, clearing, job.ticket) as sources:
        planned = plan_bundle(case, bundle, job.rules, job.built_at, clearing=clearing, marked=sources.marked_pages)
        overrides = marked_words_override(
            case, clearing, f"The bundle “{bundle.name}”", _titles(planned.plan), override
        )
        writer, plan = _writer(job, planned, sources, earlier)
        volumes = writer.write(plan, job.ticket)
        made = _Made(
            planned=planned,
            writer=writer,
            volumes=volumes,
            clearing=clearing,
            sources=sources,
            changes=_changes(earlier.rows, _rows(volumes), clearing) if earlier else [],
            overrides=overrides,
        )
        return _finish(job, made)


def _titles(plan: BundlePlan) -> list[tuple[str, str]]:
    """(where, text) of the titles that a bundle prints."""
    titles = [("the bundle's title", plan.title), ("the investigation's title", plan.subtitle)]
    titles += [("the title of a section", title) for title in plan.sections]
    return titles + [(f"the title of {entry.urn}", entry.title) for entry in plan.entries]


def _changes(old: Sequence[MapRow], new: Sequence[MapRow], clearing: Clearing) -> list[ConcordanceRow]:
    """What became of every number; beyond the team without the titles of what is not in this build."""
    rows = concordance(old, new)
    if clearing.is_open:
        return rows
    return [replace(row, title="") if row.fate is Fate.GONE else row for row in rows]


def _earlier(case: CaseFile, bundle: Bundle, numbers_of: str) -> BuildAccount | None:
    """The build whose numbers are kept or told apart from the new ones."""
    if not numbers_of:
        newest = newest_account(case, bundle.id)
        return newest[1] if newest else None
    build = build_named(case, numbers_of)
    if build.bundle != bundle.id:
        raise Refused(f"“{numbers_of}” is a build of another bundle. Name a build of “{bundle.name}”.")
    return account_of(case, build)


def _writer(
    job: _Job, planned: Planned, sources: BundleSources, earlier: BuildAccount | None
) -> tuple[VolumeWriter, BundlePlan]:
    """What writes the volumes, and the plan with its documents where given numbers can stay."""
    plan, given = planned.plan, dict[str, str]()
    if job.late is not Late.RENUMBER:
        if earlier is None:
            raise Refused(
                f"The bundle “{job.bundle.name}” was not built before, so there are no numbers to keep. "
                "Build it with new numbers."
            )
        plan = keep_numbers(plan, job.rules, job.late, earlier)
        given = {row.key: row.label for row in earlier.rows}
    writer = VolumeWriter(
        prover=Prover(case=job.case, rules=job.rules, sources=sources),
        marks_references=job.bundle.marks_references,
        stem=job.stem,
        most_pages=job.bundle.volume_pages or job.rules.max_pages,
        most_bytes=job.bundle.volume_bytes or job.rules.max_bytes,
        given=given,
        letters=planned.letters,
    )
    return writer, plan


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """The finished volumes with everything that is said about them."""

    planned: Planned
    writer: VolumeWriter
    volumes: Sequence[Volume]
    clearing: Clearing
    sources: BundleSources
    changes: Sequence[ConcordanceRow]
    overrides: tuple[Override, ...] = ()

    @property
    def notices(self) -> tuple[str, ...]:
        """What was done to the documents, and what is odd about them."""
        return (*(note for volume in self.volumes for note in volume.written.notices), *self.sources.notices)


def _rows(volumes: Sequence[Volume]) -> list[MapRow]:
    return [row for volume in volumes for row in volume.page_map.rows]


def _finish(job: _Job, made: _Made) -> BuiltBundle:
    """Sweep, certify, hand over and record."""
    volumes, rows = made.volumes, _rows(made.volumes)
    pdfs, maps, beside = _contents(job, made)
    files = {**pdfs, **maps, **beside}
    released = None
    if not made.clearing.is_open:
        released = release(
            job.case, made.clearing, f"The bundle “{job.bundle.name}”", files, job.ticket, override=job.override
        )
    reports = final_reports(volumes, made.writer.prover, released)
    certificate = _certificate(job, made, reports, files, released)
    papers = {
        f"{job.stem}.certificate.json": certificate_json(certificate).encode(),
        f"{job.stem}.certificate.pdf": certificate_pdf(certificate, job.ticket),
    }
    if not made.clearing.is_open:
        release(job.case, made.clearing, "The certificate", papers, job.ticket, override=job.override)
    beside = {**beside, **papers}
    leftovers = _leftovers(job, {**beside, **maps, **pdfs})
    paths = _hand_over(
        job, {**beside, **maps, **pdfs}, lambda: _record(job, {**pdfs, **maps, **beside}, made, certificate)
    )
    return BuiltBundle(
        path=paths[next(iter(pdfs))],
        paths=tuple(paths[name] for name in pdfs),
        page_map_paths=tuple(paths[name] for name in maps),
        beside=tuple(paths[name] for name in beside),
        report=reports[0],
        reports=tuple(reports),
        page_map=volumes[0].page_map,
        page_maps=tuple(volume.page_map for volume in volumes),
        page_count=len(rows),
        sha256=hashlib.sha256(volumes[0].written.content).hexdigest(),
        notices=made.notices,
        leftovers=leftovers,
        withheld=made.planned.withheld,
        moved=sum(change.fate in (Fate.MOVED, Fate.GONE) for change in made.changes),
        certificate=certificate,
    )


def _certificate(
    job: _Job, made: _Made, reports: Sequence[CheckReport], files: Mapping[str, bytes], released: Released | None
) -> Certificate:
    facts = _certificate_facts(job, made)
    drawn = draw_up(facts, made.volumes, reports, files, proofs=made.sources.proofs, released=released)
    return replace(drawn, overrides=(*made.overrides, *drawn.overrides))


def _certificate_facts(job: _Job, made: _Made) -> CertificateFacts:
    entries = [entry for volume in made.volumes for entry in volume.plan.entries]
    burnt = made.sources.burnt_places(entries)
    shown = {entry.sha256 for entry in entries}
    documents = [document for document in job.case.all(Document, "urn") if document.sha256 in shown]
    return CertificateFacts(
        title=job.bundle.name,
        profile=job.rules,
        audience=job.audience,
        build_number=job.case.count(Build, bundle=job.bundle.id) + 1,
        history_head=job.case.history_head,
        built_at=job.built_at,
        left_out=tuple(item.sentence for item in made.planned.withheld),
        undecided=tuple(made.clearing.without_decision(documents)),
        redactions=len(burnt),
        unapproved=sum(mark.state == MarkState.PROPOSED for _, mark in burnt),
        treated=made.notices,
    )


def _contents(job: _Job, made: _Made) -> tuple[dict[str, bytes], dict[str, bytes], dict[str, bytes]]:
    """What is written, by file name: the PDFs, their page maps, and what lies beside them."""
    pdfs: dict[str, bytes] = {}
    maps: dict[str, bytes] = {}
    for volume in made.volumes:
        stem = made.writer.stem_of(volume.plan)
        pdfs[f"{stem}.pdf"] = volume.written.content
        maps[f"{stem}.page-map.json"] = page_map_json(volume.plan, volume.page_map).encode()
        maps[f"{stem}.page-map.csv"] = page_map_csv(volume.page_map).encode()
    beside = {f"{job.stem}.concordance.csv": concordance_csv(made.changes).encode()} if made.changes else {}
    return pdfs, maps, beside


def _hand_over(job: _Job, files: Mapping[str, bytes], record: Callable[[], None]) -> dict[str, Path]:
    """Move every file to its place, the PDFs last, and put the build on record: all of it, or nothing."""
    with telling_of_disk("The bundle was", job.folder), whole_files(job.folder, files) as paths:
        record()
    return dict(zip(files, paths, strict=True))


def _leftovers(job: _Job, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Files of earlier builds of this bundle that lie in the folder and are no part of this one."""
    known = {read_file_line(line)[0] for build in builds_of(job.case, job.bundle.id) for line in build.files}
    return tuple(name for name in sorted(known - files.keys()) if (job.folder / name).is_file())


def file_stem(title: str) -> str:
    """A file name for a title that every system accepts."""
    stem = re.sub(r"[^\w .()-]+", " ", title).strip(" .")
    return " ".join(stem.split())[:80].strip() or "bundle"


def _record(job: _Job, files: Mapping[str, bytes], made: _Made, certificate: Certificate) -> None:
    case, bundle, head, rows = job.case, job.bundle, job.case.history_head, _rows(made.volumes)
    first = next(iter(files))
    pages = [page for volume in made.volumes for page in volume.facts.pages]
    account = BuildAccount(
        rows=tuple(rows), pages=tuple(PageRead(text=page.text, picture=page.picture_digest) for page in pages)
    )
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
                files=file_lines(files),
                account_sha256=step.keep(account.packed()),
                overrides=tuple(f"{item.what} Reason: {item.reason}" for item in certificate.overrides),
                late=job.late.value,
            )
        )
