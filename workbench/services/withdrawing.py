"""Withdraws excerpts and documents with a reason, says that a document was superseded, and takes it back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from workbench.domain.change import Action, Change
from workbench.domain.dates import parse_edtf
from workbench.domain.document import Document
from workbench.domain.errors import Refused
from workbench.domain.excerpt import Excerpt
from workbench.domain.ids import DocumentId, ExcerptId
from workbench.services.excerpting import parts_of
from workbench.store.case_file import CaseFile
from workbench.store.tables import Record, table_of


def withdraw_excerpts(case: CaseFile, excerpts: Sequence[ExcerptId], reason: str) -> Change:
    """Say that these are no longer relied on, and why; they stay, and what cites them is shown red."""
    if not reason.strip():
        raise Refused("Say why the excerpt is withdrawn; the reason is kept and shown with what cites it.")
    return _mark(case, excerpts, reason.strip(), "withdraw")


def reinstate_excerpts(case: CaseFile, excerpts: Sequence[ExcerptId]) -> Change:
    """Rely on withdrawn excerpts again."""
    return _mark(case, excerpts, "", "reinstate")


def _mark(case: CaseFile, excerpts: Sequence[ExcerptId], reason: str, what: str) -> Change:
    if not excerpts:
        raise Refused("Choose an excerpt first.")
    counted = "an excerpt" if len(excerpts) == 1 else f"{len(excerpts)} excerpts"
    with case.change(Action.EDIT_EXCERPT, f"{what} {counted}") as step:
        for excerpt in excerpts:
            step.put_all([replace(part, withdrawn=reason) for part in parts_of(step, excerpt)])
    return step.change


def withdraw_document(case: CaseFile, document: DocumentId, reason: str, on: str = "") -> Change:
    """Say that a document was withdrawn by who supplied it, why and when (today when no day is given)."""
    record = case.get(Document, document)
    if not reason.strip():
        raise Refused(f"Say why {record.urn} was withdrawn; the reason is kept and shown with what cites it.")
    day = parse_edtf(on).text if on.strip() else datetime.now(UTC).date().isoformat()
    with case.change(Action.EDIT_DOCUMENT, f"withdraw {record.urn}") as step:
        step.put(replace(record, withdrawn_on=day, withdrawn_reason=reason.strip()))
    return step.change


def reinstate_document(case: CaseFile, document: DocumentId) -> Change:
    """Take back that a document was withdrawn or superseded."""
    record = case.get(Document, document)
    with case.change(Action.EDIT_DOCUMENT, f"reinstate {record.urn}") as step:
        step.put(replace(record, withdrawn_on="", withdrawn_reason="", superseded_by=None))
    return step.change


def supersede_document(case: CaseFile, document: DocumentId, by: DocumentId) -> Change:
    """Say which later document replaces one; what cites the earlier is flagged from then on."""
    record, later = case.get(Document, document), case.get(Document, by)
    seen: Document | None = later
    while seen is not None:
        if seen.id == document:
            raise Refused(f"{record.urn} cannot be superseded by {later.urn}, which it supersedes itself.")
        seen = case.get(Document, seen.superseded_by) if seen.superseded_by is not None else None
    with case.change(Action.EDIT_DOCUMENT, f"{record.urn} superseded by {later.urn}") as step:
        step.put(replace(record, superseded_by=by))
    return step.change


def uses_of_excerpts(case: CaseFile, excerpts: Iterable[ExcerptId]) -> str:
    """What rests on these excerpts, in words (``2 sentences and 1 event``); "" when nothing does."""
    found = {item.id: item for excerpt in excerpts for item in case.pointing_at(excerpt)}
    return told_uses([item for item in found.values() if table_of(type(item)).name not in ("link", "excerpt")])


def uses_of_document(case: CaseFile, document: DocumentId) -> str:
    """What rests on the excerpts of a document, in words; "" when nothing does."""
    return uses_of_excerpts(case, [item.id for item in case.all(Excerpt, document=document)])


def told_uses(records: Sequence[Record]) -> str:
    """Records counted by kind, in words: ``2 sentences and 1 event``."""
    counts = Counter(table_of(type(record)).name.replace("_", " ") for record in records)
    parts = [f"{count} {name}{'s' if count > 1 else ''}" for name, count in sorted(counts.items())]
    return " and ".join(part for part in (", ".join(parts[:-1]), parts[-1] if parts else "") if part)
