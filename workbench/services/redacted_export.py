"""Writes redacted copies of documents into a folder, each with the checks it passed, and records the hand-over."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from workbench.domain.audience import checked_audience
from workbench.domain.change import Action
from workbench.domain.document import Document
from workbench.domain.errors import Refused, WorkbenchError
from workbench.domain.progress import Ticket
from workbench.exporters.atomic import whole_file
from workbench.services.redacting import RedactedCopy, Redactor, marks_for
from workbench.store.case_file import CaseFile


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenCopy:
    """A redacted copy on the disk, and what was left out of it."""

    urn: str
    path: Path
    notices: tuple[str, ...]


def export_redacted(
    case: CaseFile, documents: Sequence[Document], folder: Path, *, audience: str, ticket: Ticket | None = None
) -> tuple[WrittenCopy, ...]:
    """Write ``URN.redacted.pdf`` and its checks as JSON for each document; nothing when one of them fails.

    Raises ``Refused`` for documents without a mark for the audience, ``CheckFailed`` when a copy is not proven.
    """
    audience = checked_audience(audience)
    marks = {document.id: marks_for(case, document.id, audience) for document in documents}
    bare = ", ".join(document.urn for document in documents if not marks[document.id])
    if bare:
        raise Refused(f"{bare} has no mark to burn in for the audience “{audience}”. Nothing was written.")
    with Redactor(case) as redactor:
        copies = [(document, redactor.copy(document, marks[document.id], ticket)) for document in documents]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        written = tuple(_write(folder, document, audience, copy) for document, copy in copies)
    except OSError as error:
        raise WorkbenchError(
            f"Redacted copies were not written to “{folder}”: {error.strerror}. Check the disk and its room."
        ) from error
    with case.change(Action.EXPORT, f"redacted for {audience}: {', '.join(document.urn for document in documents)}"):
        pass
    return written


def _write(folder: Path, document: Document, audience: str, copy: RedactedCopy) -> WrittenCopy:
    path = folder / f"{document.urn}.redacted.pdf"
    with whole_file(path) as file:
        file.write_bytes(copy.content)
    with whole_file(folder / f"{document.urn}.redacted.json") as file:
        text = json.dumps(_proof(document, audience, copy), ensure_ascii=False, indent=2)
        file.write_text(text, encoding="utf-8", newline="\n")
    return WrittenCopy(urn=document.urn, path=path, notices=copy.notices)


def _proof(document: Document, audience: str, copy: RedactedCopy) -> dict[str, Any]:
    return {
        "document": document.urn,
        "audience": audience,
        "sha256": copy.sha256,
        "bytes": len(copy.content),
        "notices": list(copy.notices),
        "checks": [asdict(check) for check in copy.checks],
    }
