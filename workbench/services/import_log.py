"""Every arrival of a file ever: what became of it, and why it was refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePath

from workbench.domain.document import Document, Receipt, Refusal
from workbench.store.case_file import CaseFile


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportLogRow:
    """One arrival; ``status`` is imported, duplicate or refused, ``reason`` says why it was refused."""

    id: str
    at: datetime
    path: str
    status: str
    urn: str = ""
    reason: str = ""
    supplier: str = ""
    request: str = ""

    @property
    def filename(self) -> str:
        return PurePath(self.path).name


def import_log(case: CaseFile) -> list[ImportLogRow]:
    """All arrivals, the newest first; the first receipt of a document is its import, later ones are duplicates."""
    urns = {item.id: item.urn for item in case.all(Document)}
    seen: set[str] = set()
    rows: list[ImportLogRow] = []
    for receipt in case.all(Receipt, "received_at, id"):
        status = "duplicate" if receipt.document in seen else "imported"
        seen.add(receipt.document)
        rows.append(
            ImportLogRow(
                id=receipt.id,
                at=receipt.received_at,
                path=receipt.path,
                status=status,
                urn=urns.get(receipt.document, ""),
                supplier=receipt.supplier,
                request=receipt.request,
            )
        )
    rows += [
        ImportLogRow(
            id=item.id,
            at=item.refused_at,
            path=item.path,
            status="refused",
            reason=item.reason,
            supplier=item.supplier,
            request=item.request,
        )
        for item in case.all(Refusal)
    ]
    return sorted(rows, key=lambda row: (row.at, row.id), reverse=True)


def paths_to_retry(paths: Sequence[str]) -> tuple[list[Path], list[str]]:
    """The files to import again, and the paths whose file is gone; what came out of an archive means the archive."""
    found: dict[Path, None] = {}
    gone: list[str] = []
    for path in paths:
        place = Path(path)
        while not place.exists() and place != place.parent:
            place = place.parent
        if place.is_file():
            found[place] = None
        else:
            gone.append(path)
    return list(found), gone


def still_refused(rows: Sequence[ImportLogRow]) -> list[str]:
    """The paths that were refused and have not been imported from the same place since."""
    arrived = {row.path for row in rows if row.status != "refused"}
    return list(dict.fromkeys(row.path for row in rows if row.status == "refused" and row.path not in arrived))
