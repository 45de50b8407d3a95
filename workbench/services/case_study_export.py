"""Exports a case study as a folder that opens and searches itself in any browser, and as a ZIP of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from workbench.domain.change import Action, Change
from workbench.domain.errors import WorkbenchError
from workbench.domain.geometry import Box
from workbench.domain.ids import CaseStudyId
from workbench.domain.progress import Ticket
from workbench.exporters.case_study import BundledDocument, CaseStudyBundle, write_case_study
from workbench.runtime.sandbox import Limits, Sandbox
from workbench.services.bundling import file_stem
from workbench.services.case_study_content import CaseStudyContent, gather
from workbench.store.case_file import CaseFile
from workbench.store.search_database import search_database, searchable_pages, stems_of

_LIMITS = Limits(memory_bytes=2 << 30, seconds_per_step=60.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedFolder:
    """The folder that was written, the ZIP beside it, and excerpts that could not be marked."""

    folder: Path
    archive: Path
    moved: tuple[str, ...]


def export_case_study(
    case: CaseFile, case_study_id: CaseStudyId, folder: Path, ticket: Ticket | None = None
) -> ExportedFolder:
    """Write the bundle of one case study into ``folder``; the same case gives the same bytes."""
    ticket = ticket or Ticket()
    content = gather(case, case_study_id)
    documents, moved = _marked(case, content, ticket)
    state = _newest_evidence_change(case)
    bundle = CaseStudyBundle(
        title=content.case_study.title,
        tables=content.tables,
        documents=tuple(documents),
        database=_database(case, content),
        history_head=state.digest,
        made_at=state.at,
        left_out=content.left_out,
        moved=tuple(moved),
    )
    target = folder / file_stem(content.case_study.title)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        archive = write_case_study(bundle, target)
    except OSError as error:
        raise WorkbenchError(
            f"The case-study bundle was not written to “{folder}”: {error.strerror}. Check the disk and its room."
        ) from error
    with case.change(Action.EXPORT, f"case study: {content.case_study.title}"):
        pass
    return ExportedFolder(folder=target, archive=archive, moved=tuple(moved))


def _newest_evidence_change(case: CaseFile) -> Change:
    """What the export stands for: the newest entry that is no hand-over itself, so that exporting changes nothing."""
    entries = case.history(newest_first=True)
    return next(entry for entry in entries if entry.action not in (Action.EXPORT, Action.BUILD))


def _marked(case: CaseFile, content: CaseStudyContent, ticket: Ticket) -> tuple[list[BundledDocument], list[str]]:
    """The cited documents with their excerpts highlighted, made in a child process."""
    made, moved = [], []
    with Sandbox("workbench.pdf.highlight:make_task", limits=_LIMITS) as child:
        for done, document in enumerate(content.documents):
            ticket.tick(done, len(content.documents), document.urn)
            excerpts = [
                {
                    "ref": content.refs[item.id],
                    "page_index": item.page_index,
                    "start": item.start,
                    "area": _sides(item.boxes[0]) if item.is_area else None,
                    "end": item.end,
                    "text_digest": item.text_digest,
                    "note": f"{content.refs[item.id]} {item.note}".strip(),
                }
                for item in content.excerpts
                if item.document == document.id
            ]
            answer = child.call({"excerpts": excerpts}, [case.reading_copy(document.sha256)])
            made.append(BundledDocument(urn=document.urn, content=answer.blobs[0]))
            moved += [str(ref) for ref in answer.facts["moved"]]
    return made, moved


def _database(case: CaseFile, content: CaseStudyContent) -> bytes:
    reader = case.reader()
    pages = [page for document in content.documents for page in searchable_pages(reader, document.urn, document.sha256)]
    return search_database(pages, stems_of(reader))


def _sides(box: Box) -> list[float]:
    return [box.x0, box.y0, box.x1, box.y1]
