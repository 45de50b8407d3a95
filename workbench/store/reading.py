"""Reads records: by id, by the value of a field, all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from sqlite_utils import Database

from workbench.domain.errors import NotFound
from workbench.store.references import citing
from workbench.store.rows import from_row
from workbench.store.tables import TABLES, Record, single_references, table_named, table_of

R = TypeVar("R")


class Reading:
    """Read access shared by an open case (what is committed) and a step (what is being written)."""

    def __init__(self, database: Callable[[], Database]) -> None:
        self._database = database

    def get(self, record: type[R], identifier: str) -> R:
        """The record with this id; raises ``NotFound``."""
        found = self.first(record, id=identifier)
        if found is None:
            name = table_of(record).name.replace("_", " ")
            raise NotFound(f"There is no {name} {identifier} in this case. It may have been removed; refresh the list.")
        return found

    def first(self, record: type[R], **equal: Any) -> R | None:
        """The first record whose fields equal the given values, or None."""
        return next(self._select(record, "id", equal, limit=1), None)

    def all(self, record: type[R], order_by: str = "id", **equal: Any) -> list[R]:
        """All records whose fields equal the given values, in the order of ``order_by``."""
        return list(self._select(record, order_by, equal, limit=-1))

    def count(self, record: type[Record], **equal: Any) -> int:
        """How many records have fields equal to the given values."""
        where, values = _where(equal)
        sql = f"SELECT count(*) FROM {table_of(record).name}{where}"
        return int(self._database().execute(sql, values).fetchone()[0])

    def pointing_at(self, identifier: str) -> list[Record]:
        """Every record that names this id in one of its fields."""
        found: dict[str, Record] = {}
        for table in TABLES:
            for field in single_references(table.name):
                for record in self.all(table.record, **{field: identifier}):
                    found[record.id] = record
        for table_name, row_id in citing(self._database(), identifier):
            found[row_id] = self.get(table_named(table_name).record, row_id)
        return list(found.values())

    def _select(self, record: type[R], order_by: str, equal: dict[str, Any], *, limit: int) -> Iterator[R]:
        where, values = _where(equal)
        order = ", ".join(f'"{name.strip()}"' for name in order_by.split(","))
        sql = f"SELECT * FROM {table_of(record).name}{where} ORDER BY {order} LIMIT {limit}"
        cursor = self._database().execute(sql, values)
        names = [column[0] for column in cursor.description]
        for row in cursor.fetchall():
            yield from_row(record, dict(zip(names, row, strict=True)))


def _where(equal: dict[str, Any]) -> tuple[str, list[Any]]:
    if not equal:
        return "", []
    tests = " AND ".join(f'"{name}" IS ?' for name in equal)
    return f" WHERE {tests}", list(equal.values())
