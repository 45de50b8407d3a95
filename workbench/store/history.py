"""The history: entries in a chain of digests, from which undo and redo are worked out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from workbench.domain.change import NOT_UNDOABLE, Action, Change, RowChange
from workbench.store.rows import canonical_json, digest_of

_COLUMNS = "number, at, who, action, summary, run, reverts, previous, digest"


def _image_digest(image: str | None) -> str:
    return "" if image is None else digest_of(image)


def chain_digest(entry: dict[str, Any], rows: Sequence[tuple[str, str, str, str]]) -> str:
    """The digest of an entry: over its facts, the one before, and (table, id, before, after) digests of its rows."""
    return digest_of(canonical_json({**entry, "rows": [list(row) for row in rows]}))


def head_of(db: Database) -> str:
    """The digest of the newest entry, "" when there is none."""
    row = db.execute("SELECT digest FROM history ORDER BY number DESC LIMIT 1").fetchone()
    return row[0] if row else ""


def append(
    db: Database,
    *,
    at: datetime,
    who: str,
    action: Action,
    summary: str,
    run: str,
    reverts: tuple[int, ...],
    rows: tuple[RowChange, ...],
) -> Change:
    """Write one entry with the images of its rows; called inside the transaction that wrote the rows."""
    number = db.execute("SELECT coalesce(max(number), 0) + 1 FROM history").fetchone()[0]
    digests = [(row.table, row.row_id, _image_digest(row.before), _image_digest(row.after)) for row in rows]
    entry = {
        "number": number,
        "at": at.isoformat(),
        "who": who,
        "action": action.value,
        "summary": summary,
        "run": run,
        "reverts": canonical_json(list(reverts)),
        "previous": head_of(db),
    }
    digest = chain_digest(entry, digests)
    db.execute(f"INSERT INTO history ({_COLUMNS}) VALUES ({', '.join('?' * 9)})", [*entry.values(), digest])
    db.conn.executemany(
        "INSERT INTO history_row VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (number, position, row.table, row.row_id, row.before, row.after, before, after)
            for position, (row, (_, _, before, after)) in enumerate(zip(rows, digests, strict=True))
        ],
    )
    return Change(
        number=number,
        at=at,
        who=who,
        action=action,
        summary=summary,
        run=run,
        reverts=reverts,
        digest=digest,
        rows=rows,
    )


def _change(row: tuple[Any, ...], rows: tuple[RowChange, ...] = ()) -> Change:
    number, at, who, action, summary, run, reverts, _, digest = row
    return Change(
        number=number,
        at=datetime.fromisoformat(at),
        who=who,
        action=Action(action),
        summary=summary,
        run=run,
        reverts=tuple(json.loads(reverts)),
        digest=digest,
        rows=rows,
    )


def entries(db: Database, *, newest_first: bool = False, limit: int = -1) -> Iterator[Change]:
    """The entries without their rows, oldest first unless asked otherwise."""
    order = "DESC" if newest_first else "ASC"
    for row in db.execute(f"SELECT {_COLUMNS} FROM history ORDER BY number {order} LIMIT ?", [limit]).fetchall():
        yield _change(row)


def rows_of(db: Database, number: int) -> tuple[RowChange, ...]:
    """What one entry did to each row, in order."""
    sql = "SELECT table_name, row_id, before, after FROM history_row WHERE entry = ? ORDER BY position"
    return tuple(
        RowChange(table=table, row_id=row_id, before=before, after=after)
        for table, row_id, before, after in db.execute(sql, [number]).fetchall()
    )


def is_erased(db: Database, number: int) -> bool:
    """Whether images of an entry were blanked, so that its rows cannot be written back."""
    sql = (
        "SELECT 1 FROM history_row WHERE entry = ? AND "
        "((before IS NULL AND before_digest != '') OR (after IS NULL AND after_digest != ''))"
    )
    return db.execute(sql, [number]).fetchone() is not None


def entries_about(db: Database, row_id: str) -> list[Change]:
    """The record of one item: every entry that touched it, oldest first, with only its own row."""
    sql = (
        f"SELECT {', '.join('h.' + name for name in _COLUMNS.split(', '))}, r.table_name, r.before, r.after "
        "FROM history_row r JOIN history h ON h.number = r.entry WHERE r.row_id = ? ORDER BY h.number"
    )
    return [
        _change(row[:9], (RowChange(table=row[9], row_id=row_id, before=row[10], after=row[11]),))
        for row in db.execute(sql, [row_id]).fetchall()
    ]


@dataclass(slots=True)
class UndoStacks:
    """What can be undone and redone: groups of entry numbers, newest last.

    Entries of one run (an import in several transactions) are one group.
    """

    undo: list[tuple[int, ...]] = field(default_factory=list)
    redo: list[tuple[int, ...]] = field(default_factory=list)
    _run: str = ""

    def follow(self, change: Change) -> None:
        """Take one more entry into account."""
        if change.action is Action.UNDO:
            self._move(change.reverts, self.undo, self.redo)
        elif change.action is Action.REDO:
            self._move(change.reverts, self.redo, self.undo)
        elif change.action not in NOT_UNDOABLE:
            self.redo.clear()
            if change.run and change.run == self._run and self.undo:
                self.undo[-1] += (change.number,)
            else:
                self.undo.append((change.number,))
        self._run = change.run

    @staticmethod
    def _move(group: tuple[int, ...], source: list[tuple[int, ...]], target: list[tuple[int, ...]]) -> None:
        if source and source[-1] == group:
            source.pop()
        target.append(group)


def stacks_of(db: Database) -> UndoStacks:
    """Worked out from the history itself, so that undo survives a restart."""
    stacks = UndoStacks()
    for change in entries(db):
        stacks.follow(change)
    return stacks
