"""Exports the report of a case study as a Word document, a web page, a PDF and tables, proved and recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from workbench.domain.audience import TEAM, checked_audience
from workbench.domain.certificate import Override
from workbench.domain.errors import Refused, WorkbenchError
from workbench.domain.excerpt import Excerpt
from workbench.domain.ids import CaseStudyId
from workbench.domain.progress import Ticket
from workbench.domain.report import Quote, Report, blocks_of, runs_of, text_of
from workbench.domain.report_numbers import prepared
from workbench.domain.urn import page_form
from workbench.exporters.report_docx import report_docx
from workbench.exporters.report_folder import written_folder
from workbench.exporters.report_html import report_html
from workbench.exporters.report_pdf import report_pdf
from workbench.exporters.tables_xlsx import tables_xlsx
from workbench.services.builds import ExportRecord, record_export
from workbench.services.bundling import file_stem
from workbench.services.case_study_clearing import CaseStudyClearing
from workbench.services.case_study_export import newest_evidence_change
from workbench.services.clearing import Clearing
from workbench.services.highlighted_documents import highlighted_documents
from workbench.services.releasing import (
    marked_words_override,
    refuse_unfounded,
    refuse_unsupported,
    refuse_unwarned_criticism,
    release,
)
from workbench.services.report.assembling import Assembled, Setting, assembled
from workbench.services.report.bundle_pages import bundle_pages
from workbench.services.report.footnotes import FollowedFootnote, UnreliableFootnotes, followed_footnotes
from workbench.services.report.source import ReportSource, source_of
from workbench.services.report.templates import load_template
from workbench.services.report.work_products import sheets, words_of, work_products, written_in
from workbench.store.case_file import CaseFile

#: What a report is written as, in the order in which it is handed over.
FORMATS = ("docx", "html", "pdf", "xlsx")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportOrder:
    """What is asked for: template (a name or a file), build whose pages are cited, documents beside, formats, for whom.

    ``override`` is a reason to hand it over although names or marked words were found in it, ``override_findings`` one
    to do so although a finding is red in the ledger or a footnote cannot be relied on.
    """

    audience: str = TEAM
    template: str = ""
    build: str = ""
    with_documents: bool = False
    formats: tuple[str, ...] = FORMATS
    override: str = ""
    override_findings: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedReport:
    """The folder that was written, its files with the one to open first at the front, and what has to be said."""

    folder: Path
    paths: tuple[Path, ...]
    told: tuple[str, ...]


def export_report(
    case: CaseFile, study: CaseStudyId, folder: Path, order: ReportOrder, ticket: Ticket | None = None
) -> ExportedReport:
    """Write the report of a case study into a folder of its own below ``folder``; the same case gives the same bytes.

    Raises ``Refused`` for criticism without its letter, and ``CheckFailed`` for a footnote that leads nowhere, marked
    words or protected names, unless the order gives a reason.
    """
    return _Exporting(case, order, ticket or Ticket()).run(study, folder)


@dataclass(slots=True)
class _Exporting:
    case: CaseFile
    order: ReportOrder
    ticket: Ticket
    overrides: list[Override] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    words: dict[str, str] = field(default_factory=dict)

    def run(self, study: CaseStudyId, folder: Path) -> ExportedReport:
        clearing = Clearing(self.case, checked_audience(self.order.audience), datetime.now(UTC).date())
        clearing.refuse_unreadable()
        if not {*self.order.formats} & {*FORMATS}:
            raise Refused("No format is chosen for the report. Choose at least one of: Word, web page, PDF, tables.")
        cleared = CaseStudyClearing(self.case, clearing, self.ticket)
        try:
            source = source_of(self.case, study, clearing, cleared.shown)
            made = self._assembled(source)
            self._look_through(source, made)
            target = folder / f"{file_stem(source.study.title)} report"
            files = self._files(source, made, target.name, cleared)
        finally:
            cleared.close()
        recorded = {f"{target.name}/{name}": content for name, content in files.items()}
        if not clearing.is_open:
            released = release(self.case, clearing, "The report", recorded, self.ticket, override=self.order.override)
            self.overrides += released.overrides
        self._write(source, target, files, recorded)
        return ExportedReport(folder=target, paths=tuple(target / name for name in files), told=tuple(self.told))

    def _assembled(self, source: ReportSource) -> Assembled:
        state = newest_evidence_change(self.case)
        return assembled(
            source,
            Setting(
                template=load_template(self.order.template),
                pages=bundle_pages(self.case, source.study.id, source.audience, self.order.build),
                made_on=state.at.date().isoformat(),
                history_head=state.digest,
                documents_beside=self.order.with_documents,
            ),
        )

    def _look_through(self, source: ReportSource, made: Assembled) -> None:
        """Everything that stops a report before it is written; what stops it with a reason given is recorded."""
        clearing, override = source.clearing, self.order.override
        warned = refuse_unwarned_criticism(self.case, clearing, source.findings)
        self.overrides += warned.overrides
        self.told += warned.notices
        self.overrides += refuse_unsupported(self.case, source.findings, self.order.override_findings)
        self.overrides += refuse_unfounded(self.case, source.recommendations, self.order.override_findings)
        report = prepared(made.report)
        self.told += report.notes
        self._refuse_footnotes(report.report, made)
        written = _written(source, report.report)
        self.overrides += marked_words_override(self.case, clearing, "The report", written, override)
        cited = {item.document for item in made.citer.cited.values()}
        self.told += source.to_be_told([item for item in source.documents.values() if item.id in cited])

    def _refuse_footnotes(self, report: Report, made: Assembled) -> None:
        """Raise ``CheckFailed`` when a footnote does not lead to the words it rests on, unless a reason is given."""
        followed = followed_footnotes(self.case, report, made.citer.cited.values())
        faults = list(dict.fromkeys(item.sentence for item in followed if item.fault))
        self.told += _about_bundle(made, followed)
        if not faults:
            return
        reason, now = self.order.override_findings.strip(), datetime.now(UTC)
        if not reason:
            raise UnreliableFootnotes(faults)
        self.overrides += [Override(what=what, reason=reason, who=self.case.who, at=now) for what in faults]

    def _files(
        self, source: ReportSource, made: Assembled, folder: str, cleared: CaseStudyClearing
    ) -> dict[str, bytes]:
        stem = f"{file_stem(source.study.title)} report"
        every: Mapping[str, Callable[[Report], bytes]] = {
            "docx": report_docx,
            "html": report_html,
            "pdf": lambda report: report_pdf(report, self.ticket),
        }
        writers = {f".{name}": write for name, write in every.items() if name in self.order.formats}
        files: dict[str, bytes] = {}
        words = "\n".join(_all_words(made.report))
        for number, (ending, write) in enumerate(writers.items()):
            self.ticket.tick(number, len(writers), f"{stem}{ending}")
            files[f"{stem}{ending}"] = write(made.report)
            self.words[f"{folder}/{stem}{ending}"] = words
        if "xlsx" in self.order.formats:
            files[f"{stem} tables.xlsx"] = self._tables(source, made, f"{folder}/{stem} tables.xlsx")
        if self.order.with_documents:
            files |= self._documents(source, made, folder, cleared)
        return files

    def _tables(self, source: ReportSource, made: Assembled, name: str) -> bytes:
        """The workbook with the tables of the case study, and every footnote of the report."""
        tables = work_products(source, made.citer.pages, made.report)
        workbook = tables_xlsx(sheets(tables))
        self.words[name] = words_of(tables)
        self.told += workbook.notes
        found = marked_words_override(self.case, source.clearing, "The report", written_in(tables), self.order.override)
        self.overrides += found
        return workbook.content

    def _documents(
        self, source: ReportSource, made: Assembled, folder: str, cleared: CaseStudyClearing
    ) -> dict[str, bytes]:
        """The documents cited, as the audience may see them, with the cited words marked."""
        cited = list(made.citer.cited.values())
        documents = [item for item in source.documents.values() if any(e.document == item.id for e in cited)]
        files, moved = {}, list[str]()

        def labels(item: Excerpt) -> tuple[str, str]:
            return page_form(source.documents[item.document].urn, item.page_number), ""

        for shown in highlighted_documents(documents, cited, labels, cleared, self.ticket):
            name = f"documents/{shown.document.urn}.pdf"
            files[name] = shown.content
            self.words[f"{folder}/{name}"] = "\n".join(page.text for page in shown.pages(self.case))
            moved += shown.moved
        if moved:
            listed = ", ".join(dict.fromkeys(moved))
            self.told.append(f"Words are not marked on {listed}, because these pages hold redactions or have changed.")
        return files

    def _write(
        self, source: ReportSource, target: Path, files: Mapping[str, bytes], recorded: Mapping[str, bytes]
    ) -> None:
        record = ExportRecord(
            kind="report",
            title=f"report: {source.study.title}",
            audience=source.audience,
            files=recorded,
            case_study=source.study.id,
            overrides=tuple(f"{item.what} Reason: {item.reason}" for item in self.overrides),
            pdf_words=self.words,
        )
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with written_folder(target, files):
                record_export(self.case, record)
        except OSError as error:
            raise WorkbenchError(
                f"The report was not written to “{target.parent}”: {error.strerror}. "
                "Close its files if they are open, and check the disk."
            ) from error


def _written(source: ReportSource, report: Report) -> Iterator[tuple[str, str]]:
    """(where, text) of everything in a report that a person wrote; what is quoted stands in quotes and footnotes."""
    cited: set[str] = {
        item for sentences in source.sentences.values() for sentence in sentences for item in sentence.evidence
    }
    for standard in source.standards.values():
        if standard.id in cited:
            yield "the title of a standard", f"{standard.title} {standard.version}"
    yield "the title page", "\n".join([report.title, report.subtitle, *(value for _, value in report.details)])
    for part, block in blocks_of(report):
        if not isinstance(block, Quote):
            yield f"“{part.title}”", text_of(tuple(runs_of(block)))


def _about_bundle(made: Assembled, followed: list[FollowedFootnote]) -> Iterator[str]:
    """What a reader will not find in the bundle: pages that are not in it, words that cannot be read there."""
    pages, source = made.citer.pages, made.citer.source
    if not pages.is_known:
        return
    elsewhere = dict.fromkeys(item.reference for item in followed if not item.target.bundle_label)
    if elsewhere:
        yield f"Not in the bundle {pages.name}: {', '.join(elsewhere)}."
    sums = {item.urn: item.sha256 for item in source.documents.values()}
    hidden = dict.fromkeys(
        item.reference
        for item in followed
        if not pages.shows(sums[item.target.urn], item.target.page_index, item.target.quote)
    )
    if hidden:
        yield f"The words cited cannot be read on their pages of the bundle {pages.name}: {', '.join(hidden)}."


def _all_words(report: Report) -> Iterator[str]:
    for _, block in blocks_of(report):
        yield text_of(tuple(runs_of(block)))
