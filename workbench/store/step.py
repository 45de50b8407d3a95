"""One change in the making: what it writes, and the images of every row before and after."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from sqlite_utils import Database

from workbench.domain.change import Change, RowChange
from workbench.domain.errors import NotFound
from workbench.domain.received import PageText
from workbench.store import contents, page_index
from workbench.store.reading import Reading
from workbench.store.references import sync_references
from workbench.store.rows import Row, image_of, row_of, to_row
from workbench.store.tables import Record, table_of

R = TypeVar("R")


class Step(Reading):
    """Handed out by ``CaseFile.change``; everything written through it is one entry of the history."""

    def __init__(self, db: Database, summary: str) -> None:
        super().__init__(lambda: db)
        self._db = db
        self.summary = summary
        self._images: dict[tuple[str, str], tuple[str | None, str | None]] = {}
        self._change: Change | None = None

    def put(self, record: Record) -> None:
        """Insert the record, or replace the one with its id."""
        table = table_of(type(record)).name
        self.write_image(table, record.id, image_of(table, to_row(record)))

    def put_all(self, records: Sequence[Record]) -> None:
        """Put several records, in order."""
        for record in records:
            self.put(record)

    def delete(self, record: type[Record], identifier: str) -> None:
        """Remove a record; the history keeps its last image."""
        table = table_of(record).name
        if self._stored(table, identifier) is None:
            raise NotFound(f"There is no {table.replace('_', ' ')} {identifier} to remove.")
        self.write_image(table, identifier, None)

    def write_image(self, table: str, row_id: str, image: str | None) -> None:
        """Make one row equal to a recorded image; used by ``put``, ``delete`` and undo alike."""
        current = self._stored(table, row_id)
        if current == image:
            return
        before = self._images.get((table, row_id), (current, None))[0]
        row: Row | None = None if image is None else row_of(table, image)
        if row is None:
            self._db.execute(f"DELETE FROM {table} WHERE id = ?", [row_id])
        else:
            columns = ", ".join(f'"{name}"' for name in row)
            updates = ", ".join(f'"{name}" = excluded."{name}"' for name in row if name != "id")
            self._db.execute(
                f"INSERT INTO {table} ({columns}) VALUES ({', '.join('?' * len(row))}) "
                f"ON CONFLICT(id) DO UPDATE SET {updates}",
                list(row.values()),
            )
        sync_references(self._db, table, row_id, row)
        self._images[table, row_id] = (before, image)

    def _stored(self, table: str, row_id: str) -> str | None:
        return stored_image(self._db, table, row_id)

    def keep(self, content: bytes) -> str:
        """Store original bytes; their SHA-256."""
        return contents.keep(self._db, content)

    def keep_working_copy(self, sha256: str, copy: bytes) -> str:
        """Store the PDF made from an original; the copy's SHA-256."""
        return contents.keep_working_copy(self._db, sha256, copy)

    def add_pages(self, sha256: str, pages: Sequence[PageText]) -> None:
        """Store and index the pages of an original, unless they are there already."""
        if not self._db.execute("SELECT 1 FROM page WHERE sha256 = ? LIMIT 1", [sha256]).fetchone():
            page_index.add_pages(self._db, sha256, pages)

    def tidy_index(self) -> None:
        """Merge the page index after much was added."""
        page_index.tidy(self._db)

    def row_changes(self) -> tuple[RowChange, ...]:
        """What was changed so far; rows that ended as they began are left out."""
        return tuple(
            RowChange(table=table, row_id=row_id, before=before, after=after)
            for (table, row_id), (before, after) in self._images.items()
            if before != after
        )

    def finish(self, change: Change) -> None:
        """Called once the entry is written."""
        self._change = change

    @property
    def change(self) -> Change:
        """The finished entry; there once the ``with`` block has ended."""
        if self._change is None:
            raise RuntimeError("the change is not finished: read step.change after the with block")
        return self._change


def stored_image(db: Database, table: str, row_id: str) -> str | None:
    """The canonical image of one row as it stands; None when there is none."""
    cursor = db.execute(f"SELECT * FROM {table} WHERE id = ?", [row_id])
    values: Any = cursor.fetchone()
    if values is None:
        return None
    return image_of(table, dict(zip((column[0] for column in cursor.description), values, strict=True)))
