"""Exports a case study as a folder that opens and searches itself in any browser, and as a ZIP of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from workbench.domain.audience import TEAM, checked_audience
from workbench.domain.change import Action, Change
from workbench.domain.excerpt import Excerpt
from workbench.domain.ids import CaseStudyId
from workbench.domain.progress import Ticket
from workbench.exporters.case_study import BundledDocument, CaseStudyBundle, written_case_study
from workbench.services.builds import ExportRecord, record_export
from workbench.services.bundling import file_stem
from workbench.services.case_study_clearing import CaseStudyClearing, written_words
from workbench.services.case_study_content import CaseStudyContent, gather, left_out_rows
from workbench.services.clearing import Clearing
from workbench.services.handing_over import telling_of_disk
from workbench.services.highlighted_documents import highlighted_documents
from workbench.services.releasing import marked_words_override, refuse_unsupported, refuse_unwarned_criticism, release
from workbench.store.case_file import CaseFile
from workbench.store.search_database import SearchablePage, search_database, stems_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedFolder:
    """The folder that was written, the ZIP beside it, and excerpts that could not be marked.

    ``left_out_records`` counts events, assessments and sentences that rest on nothing the audience may see;
    ``notices`` tell of warning letters that want attention.
    """

    folder: Path
    archive: Path
    moved: tuple[str, ...]
    left_out_records: int = 0
    notices: tuple[str, ...] = ()


def export_case_study(
    case: CaseFile,
    case_study_id: CaseStudyId,
    folder: Path,
    ticket: Ticket | None = None,
    *,
    audience: str = TEAM,
    override: str = "",
    override_findings: str = "",
) -> ExportedFolder:
    """Write the bundle of one case study into ``folder``; the same case gives the same bytes.

    Beyond the team it holds only what is cleared, and raises ``LeaksFound`` when a protected name stands in it.
    For anybody it raises ``UnsupportedFindings`` when a finding is red in the claim ledger. ``override`` is a reason
    to hand it over in spite of names, ``override_findings`` in spite of findings: one never stands for the other.
    """
    ticket, today = ticket or Ticket(), datetime.now(UTC).date()
    clearing = Clearing(case, checked_audience(audience), today)
    clearing.refuse_unreadable()
    gate = _Gate(case, clearing, ticket, override, override_findings)
    bundle, pages = _content(gate, case_study_id)
    target = folder / file_stem(bundle.title)
    with telling_of_disk("The case-study bundle was", folder):
        folder.mkdir(parents=True, exist_ok=True)
        with written_case_study(bundle, target, gate.approve) as (archive, packed):
            record_export(
                case,
                ExportRecord(
                    kind="case-study",
                    title=f"case study: {bundle.title}",
                    audience=clearing.audience,
                    files={**gate.files, archive.name: packed},
                    case_study=case_study_id,
                    overrides=gate.overrides,
                    pdf_words=_words(pages, target.name),
                ),
            )
    return ExportedFolder(
        folder=target,
        archive=archive,
        moved=bundle.moved,
        left_out_records=bundle.left_out_records,
        notices=gate.notices,
    )


def _words(pages: Sequence[SearchablePage], folder: str) -> dict[str, str]:
    """The words of every document in the folder, for a breach drill."""
    words: dict[str, list[str]] = {}
    for page in pages:
        words.setdefault(f"{folder}/data/documents/{page.urn}.pdf", []).append(page.text)
    return {name: "\n".join(texts) for name, texts in words.items()}


def _content(gate: _Gate, case_study_id: CaseStudyId) -> tuple[CaseStudyBundle, list[SearchablePage]]:
    """Everything that the audience may see of the case study; raises ``Refused`` for criticism without its letter."""
    case, clearing, ticket = gate.case, gate.clearing, gate.ticket
    cleared = CaseStudyClearing(case, clearing, ticket)
    try:
        content = gather(case, case_study_id, cleared.shown, cleared.is_seen)
        gate.look_for_unwarned_criticism(content)
        gate.look_at_the_ledger(content)
        gate.look_for_marked_words(content)
        documents, moved, pages = _documents(case, content, cleared, ticket)
    finally:
        cleared.close()
    state = newest_evidence_change(case)
    bundle = CaseStudyBundle(
        title=content.case_study.title,
        tables={**content.tables, "left_out": left_out_rows(case, content) if clearing.is_open else []},
        documents=tuple(documents),
        database=search_database(pages, stems_of(case.reader())),
        history_head=state.digest,
        made_at=state.at,
        left_out=content.left_out,
        moved=tuple(moved),
        audience=clearing.audience,
        left_out_records=content.left_out_records,
    )
    return bundle, pages


class _Gate:
    """Sweeps the finished folder before it is moved to its place, and remembers what it held."""

    def __init__(
        self, case: CaseFile, clearing: Clearing, ticket: Ticket, override: str, override_findings: str
    ) -> None:
        self.case, self.clearing, self.ticket = case, clearing, ticket
        self._override, self._override_findings = override, override_findings
        self.files: dict[str, bytes] = {}
        self.overrides: tuple[str, ...] = ()
        self.notices: tuple[str, ...] = ()

    def look_for_unwarned_criticism(self, content: CaseStudyContent) -> None:
        """Raise ``Refused`` for criticism without its warning letters."""
        warned = refuse_unwarned_criticism(self.case, self.clearing, content.findings)
        self.overrides += tuple(f"{item.what} {item.reason}" for item in warned.overrides)
        self.notices = warned.notices

    def look_at_the_ledger(self, content: CaseStudyContent) -> None:
        """Raise ``UnsupportedFindings`` for findings that are not carried, unless there is a reason."""
        found = refuse_unsupported(self.case, content.findings, self._override_findings)
        self.overrides += tuple(f"{item.what} Reason: {item.reason}" for item in found)

    def look_for_marked_words(self, content: CaseStudyContent) -> None:
        """Raise ``CheckFailed`` for marked words in what people wrote, unless there is a reason to hand them over."""
        written = written_words(content.tables)
        found = marked_words_override(self.case, self.clearing, "The case study", written, self._override)
        self.overrides += tuple(f"{item.what} Reason: {item.reason}" for item in found)

    def approve(self, files: Mapping[str, bytes]) -> None:
        """Raise ``LeaksFound`` to stop the export."""
        self.files = dict(files)
        if self.clearing.is_open:
            return
        what = "The case-study bundle"
        released = release(self.case, self.clearing, what, files, self.ticket, override=self._override)
        self.overrides += tuple(f"{item.what} Reason: {item.reason}" for item in released.overrides)


def newest_evidence_change(case: CaseFile) -> Change:
    """What the export stands for: the newest entry that is no hand-over itself, so that exporting changes nothing."""
    entries = case.history(newest_first=True)
    return next(entry for entry in entries if entry.action not in (Action.EXPORT, Action.BUILD))


def _documents(
    case: CaseFile, content: CaseStudyContent, cleared: CaseStudyClearing, ticket: Ticket
) -> tuple[list[BundledDocument], list[str], list[SearchablePage]]:
    """The cited documents with their excerpts highlighted, refs that could not be, and the pages to search."""
    made, moved, pages = [], list[str](), list[SearchablePage]()

    def labels(item: Excerpt) -> tuple[str, str]:
        ref = content.refs[item.id]
        return ref, f"{ref} {item.note}".strip()

    for shown in highlighted_documents(content.documents, content.excerpts, labels, cleared, ticket):
        made.append(BundledDocument(urn=shown.document.urn, content=shown.content))
        moved += shown.moved
        pages += shown.pages(case)
    return made, moved, pages
