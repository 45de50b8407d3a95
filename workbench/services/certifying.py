"""Draws up the certificate of a build: every check of every volume, what was left out, overridden and not checked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from workbench import __version__
from workbench.domain.bundle_expected import ExpectedSweep
from workbench.domain.certificate import Certificate, CertifiedCounts, CertifiedFile, CertifiedProfile, Override
from workbench.domain.checks import Check, CheckReport, merged
from workbench.domain.profile import Profile
from workbench.services.bundle_proving import Prover, Volume
from workbench.services.checking import report_on
from workbench.services.releasing import Released


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateFacts:
    """What a certificate says beside its checks."""

    title: str
    profile: Profile
    audience: str
    build_number: int
    history_head: str
    built_at: datetime
    left_out: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()
    treated: tuple[str, ...] = ()
    redactions: int = 0
    unapproved: int = 0


def final_reports(volumes: Sequence[Volume], prover: Prover, released: Released | None) -> list[CheckReport]:
    """The checks of every volume once more, now with what the sweep found."""
    if released is None:
        return [volume.report for volume in volumes]
    sweep = _sweep(released)
    jigsaw = tuple(item.sentence for item in released.report.jigsaws)
    return [
        report_on(
            volume.facts,
            volume.report.file,
            prover.rules,
            replace(volume.expected, sweep=sweep, jigsaw=jigsaw),
        )
        for volume in volumes
    ]


def _sweep(released: Released) -> ExpectedSweep:
    leaks = released.report.leaks
    return ExpectedSweep(
        terms=len(released.names),
        files=released.report.files_swept,
        hits=tuple(leak.sentence for leak in leaks if leak.file.endswith(".pdf")),
        bookmark_hits=tuple(leak.sentence for leak in leaks if "bookmark" in leak.place),
        other_file_hits=tuple(leak.sentence for leak in leaks if not leak.file.endswith(".pdf")),
    )


def draw_up(
    facts: CertificateFacts,
    volumes: Sequence[Volume],
    reports: Sequence[CheckReport],
    files: Mapping[str, bytes],
    *,
    proofs: Mapping[str, Sequence[Check]],
    released: Released | None,
) -> Certificate:
    """The certificate of a finished build."""
    profile = facts.profile
    overrides: tuple[Override, ...] = released.overrides if released else ()
    sections = {entry.section for volume in volumes for entry in volume.plan.entries}
    return Certificate(
        title=facts.title,
        files=tuple(
            CertifiedFile(name=name, sha256=hashlib.sha256(content).hexdigest(), bytes=len(content))
            for name, content in files.items()
        ),
        profile=CertifiedProfile(
            id=profile.id,
            title=profile.title,
            issued=profile.issued,
            reviewed=profile.reviewed,
            source=profile.source,
            digest=profile.digest,
        ),
        audience=facts.audience,
        build_number=facts.build_number,
        history_head=facts.history_head,
        built_at=facts.built_at,
        checks=tuple(_with_proofs(merged({report.file: report.checks for report in reports}), proofs)),
        counts=CertifiedCounts(
            documents=sum(len(volume.plan.entries) for volume in volumes),
            pages=sum(len(volume.page_map.rows) for volume in volumes),
            sections=len(sections),
            volumes=len(volumes),
            redactions=facts.redactions,
            excluded=len(facts.left_out),
        ),
        overrides=overrides,
        not_checked=tuple(_not_checked(facts, released)),
        left_out=facts.left_out,
        treated=facts.treated,
        direction=_direction(profile),
        labels=volumes[0].page_map.labels if len(volumes) == 1 else (),
        program=f"Case-study workbench {__version__}",
    )


def _with_proofs(checks: Iterable[Check], proofs: Mapping[str, Sequence[Check]]) -> Iterable[Check]:
    """Rules that only the proof of the redacted copies can answer get its answer."""
    answers: dict[str, list[tuple[str, Check]]] = {}
    for urn, found in proofs.items():
        for check in found:
            answers.setdefault(check.id, []).append((urn, check))
    for check in checks:
        given = answers.get(check.id, [])
        if check.is_checked or not given:
            yield check
            continue
        failed = [f"{urn}: {answer.detail}" for urn, answer in given if not answer.ok]
        held = f"proved on the redacted copies of {', '.join(urn for urn, _ in given[:5])}" + (
            f" and {len(given) - 5} more" if len(given) > 5 else ""
        )
        severity = given[0][1].severity
        yield replace(check, ok=not failed, severity=severity, detail="; ".join(failed) or held)


def _not_checked(facts: CertificateFacts, released: Released | None) -> Iterable[str]:
    if facts.profile.warning:
        yield facts.profile.warning
    if released is None:
        yield "Protected names were not swept for: the team sees everything."
    elif released.report.pictures_not_read:
        yield (
            f"Words inside pictures were not read ({released.report.pictures_not_read} pages or files with pictures)."
        )
    if released is not None and released.report.possible:
        yield (
            f"{len(released.report.possible)} places may name somebody and should be read by a person: "
            + " ".join(leak.sentence for leak in released.report.possible[:10])
        )
    if facts.unapproved:
        yield f"{facts.unapproved} of the redactions burnt in were proposed and not yet approved by anybody."
    if facts.undecided:
        shown = ", ".join(facts.undecided[:20]) + (" …" if len(facts.undecided) > 20 else "")
        yield f"Nobody recorded a decision to show these documents to this audience: {shown}."
    yield "Whether the documents are the right ones, complete and rightly described, only a person can say."


def _direction(profile: Profile) -> str:
    direction = profile.direction
    return f"{direction.by}, {direction.on}: {direction.text}" if direction else ""
