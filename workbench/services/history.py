"""The history for reading: what one change did, the record of one item, and going back to a point."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from workbench.domain.change import Change, RowChange
from workbench.domain.errors import Refused
from workbench.domain.progress import Ticket
from workbench.store.case_file import CaseFile

#: Rows whose values identify people are never shown in a list.
_SEALED = frozenset({"protected_term"})
_MOST_SHOWN = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One value of one row before and after; "" where there was none or is none any more."""

    table: str
    row_id: str
    field: str
    before: str
    after: str


def changes_of(case: CaseFile, number: int) -> list[FieldChange]:
    """What one entry changed, value by value, at most forty; protected names only as a number of rows."""
    found: list[FieldChange] = []
    for row in case.changed_rows(number):
        if row.table in _SEALED:
            found.append(FieldChange(table=row.table, row_id=row.row_id, field="", before="", after=""))
        else:
            found += _fields_of(row)
        if len(found) >= _MOST_SHOWN:
            break
    return found[:_MOST_SHOWN]


def _fields_of(row: RowChange) -> list[FieldChange]:
    before: dict[str, Any] = json.loads(row.before) if row.before is not None else {}
    after: dict[str, Any] = json.loads(row.after) if row.after is not None else {}
    return [
        FieldChange(
            table=row.table,
            row_id=row.row_id,
            field=name,
            before=_shown(before.get(name)),
            after=_shown(after.get(name)),
        )
        for name in (after or before)
        if name != "id" and before.get(name) != after.get(name) and (before.get(name) or after.get(name))
    ]


def _shown(value: object) -> str:
    text = "" if value is None else str(value)
    flat = " ".join(text.split())
    return flat if len(flat) <= 160 else flat[:159] + "…"


def undo_to(case: CaseFile, number: int, ticket: Ticket) -> int:
    """Take back every change made after this entry, the newest first; how many were taken back.

    Each is an entry of its own, so nothing is lost and redo brings all back. Raises ``Refused`` when a file was
    handed over since: what left cannot be taken back.
    """
    undone = 0
    while (newest := case.newest_undoable) is not None and newest > number:
        ticket.check()
        case.undo()
        undone += 1
        ticket.tick(undone, 0, "")
    if not undone:
        raise Refused("Nothing was changed after this entry that could be taken back.")
    return undone


def record_of(case: CaseFile, identifier: str) -> list[Change]:
    """Every entry that touched one item, newest first."""
    return list(reversed(case.record_of(identifier)))
