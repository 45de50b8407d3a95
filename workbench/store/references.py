"""Keeps one row for everything a record points at, so that nothing cited can vanish."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlite_utils import Database

from workbench.domain.errors import Refused
from workbench.store.migrations import LATER_REFERENCE_TARGETS, REFERENCE_TARGETS
from workbench.store.tables import many_references, table_of_id

#: The columns of the table ``reference`` that point at something.
TARGETS = (*REFERENCE_TARGETS, *LATER_REFERENCE_TARGETS)


def sync_references(db: Database, table: str, row_id: str, row: Mapping[str, Any] | None) -> None:
    """Make the references of one row equal to what the row says; ``None`` for a removed row."""
    names = many_references(table)
    if not names:
        return
    db.execute("DELETE FROM reference WHERE owner_id = ?", [row_id])
    if row is None:
        return
    for name in names:
        value = row[name]
        targets = json.loads(value) if value.startswith("[") else [value]
        for position, target in enumerate(targets):
            _insert(db, (row_id, table, name, position), target)


def _insert(db: Database, owner: tuple[str, str, str, int], target: str) -> None:
    target_table = table_of_id(target)
    if target_table is None or target_table.name not in TARGETS:
        raise Refused(f"“{target}” is nothing that a {owner[1].replace('_', ' ')} can point at.")
    db.execute(
        f"INSERT INTO reference (owner_id, owner_table, field, position, {target_table.name}) VALUES (?, ?, ?, ?, ?)",
        [*owner, target],
    )


def citing(db: Database, target: str) -> list[tuple[str, str]]:
    """(table, id) of every row that points at ``target`` through a list or a link."""
    table = table_of_id(target)
    if table is None or table.name not in TARGETS:
        return []
    sql = f"SELECT DISTINCT owner_table, owner_id FROM reference WHERE {table.name} = ? ORDER BY owner_table, owner_id"
    return [(owner_table, owner_id) for owner_table, owner_id in db.execute(sql, [target]).fetchall()]
