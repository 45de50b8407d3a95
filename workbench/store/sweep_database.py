"""Reads a database of an export for the leak sweep, in a child process: rows, search words, and pages thrown away."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

from workbench.domain.file_kinds import kind_of
from workbench.domain.leak_search import APART, LeakSearch, Matchers, shown

Tell = Callable[[dict[str, Any]], None]
_BATCH = 200
#: Where the header says that changes wait in a second file; in memory there is none.
_WAL_BYTES = slice(18, 20)
_ORDER = "sweep_words_in_order"
_BETWEEN_CELLS, _SHORT_CELL = ", ", 60


def make_task() -> Callable[[dict[str, Any], list[bytes], Tell], tuple[dict[str, Any], list[bytes]]]:
    """The sandbox task ``workbench.store.sweep_database:make_task``: ``{"file", "names"}`` with a database."""
    matchers = Matchers()

    def sweep(request: dict[str, Any], blobs: list[bytes], tell: Tell) -> tuple[dict[str, Any], list[bytes]]:
        search = matchers.search(request)
        sweep_database(search, blobs[0], tell)
        return search.facts(), [content for _, content in search.inner]

    return sweep


def sweep_database(search: LeakSearch, content: bytes, tell: Tell) -> None:
    """Every row of every table, the words of full-text indexes, and the raw pages with what was deleted."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(content[: _WAL_BYTES.start] + b"\x01\x01" + content[_WAL_BYTES.stop :])
        connection.text_factory = lambda text: text.decode("utf-8", "replace")
        _schema(search, connection)
        for table in _tables(connection):
            tell({"table": table})
            _rows(search, connection, table, tell)
            if _is_index(connection, table):
                _words(search, connection, table.removesuffix("_data"))
            elif table.endswith("_segdir"):
                _older_words(search, connection, table.removesuffix("_segdir"))
    except sqlite3.Error as error:
        search.skip(f"The database “{search.file}” cannot be read to its end ({error}); it was not swept.")
    finally:
        connection.close()
    tell({"table": ""})
    _raw_pages(search, content, tell)


def _schema(search: LeakSearch, connection: sqlite3.Connection) -> None:
    for name, sql in connection.execute("SELECT name, sql FROM sqlite_master").fetchall():
        search.look(f"{name}\n{sql or ''}", f"the definition of “{name}” in the database", is_address=True)


def _tables(connection: sqlite3.Connection) -> list[str]:
    sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
    return [str(name) for (name,) in connection.execute(sql).fetchall()]


def _is_index(connection: sqlite3.Connection, table: str) -> bool:
    """True for the table in which an FTS5 index keeps its words."""
    quoted = table.replace('"', '""')
    columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{quoted}")').fetchall()]
    return table.endswith("_data") and columns == ["id", "block"]


def _rows(search: LeakSearch, connection: sqlite3.Connection, table: str, tell: Tell) -> None:
    quoted = table.replace('"', '""')
    cursor = connection.execute(f'SELECT * FROM "{quoted}"')
    columns = [column[0] for column in cursor.description]
    place = f"the table “{table}” of the database"
    number, is_index = 0, _is_index(connection, table)
    while rows := cursor.fetchmany(_BATCH):
        tell({"row": number})
        texts: list[tuple[str, str]] = []
        for row in rows:
            number += 1
            for column, value in zip(columns, row, strict=True):
                if isinstance(value, str) and value:
                    texts.append((value, f"{place}, row {number}, “{column}”"))
                elif isinstance(value, bytes) and value and not is_index:
                    _blob(search, value, f"{place}, row {number}, “{column}”")
            short = [value for value in row if isinstance(value, str) and 0 < len(value) <= _SHORT_CELL]
            if len(short) > 1:  # first name and surname in two columns
                texts.append((_BETWEEN_CELLS.join(short), f"{place}, row {number}"))
        search.look_at_many(texts)


def _blob(search: LeakSearch, value: bytes, place: str) -> None:
    search.look_at_bytes(value, place)
    if kind_of(value) != "other":
        search.inner.append((shown(place), value))


def _words(search: LeakSearch, connection: sqlite3.Connection, index: str) -> None:
    """The words of a full-text index: as they lie in its pages, and where they are still found, in their order."""
    place = f"the search index “{index}” of the database"
    quoted = index.replace('"', '""')
    words: set[str] = set()
    for (block,) in connection.execute(f'SELECT block FROM "{quoted}_data"').fetchall():
        if isinstance(block, bytes):
            words.update(_leaf_words(block))
    listed = sorted(words)
    for start in range(0, len(listed), _BATCH):
        search.look(APART.join(listed[start : start + _BATCH]), place)
    for text in _texts_in_order(connection, index):
        search.look(text, f"{place}, put together again")


def _older_words(search: LeakSearch, connection: sqlite3.Connection, index: str) -> None:
    """The words of a full-text index of the kinds before FTS5."""
    quoted = index.replace('"', '""')
    try:
        connection.execute(f'CREATE VIRTUAL TABLE temp.{_ORDER} USING fts4aux(main, "{quoted}")')
        words = [str(term) for (term,) in connection.execute(f"SELECT DISTINCT term FROM temp.{_ORDER}")]
        connection.execute(f"DROP TABLE temp.{_ORDER}")
    except sqlite3.Error:
        return  # no such index, or SQLite was built without them; its pages are looked at in any case
    place = f"the search index “{index}” of the database"
    for start in range(0, len(words), _BATCH):
        search.look(APART.join(words[start : start + _BATCH]), place)


def _leaf_words(block: bytes) -> Iterator[str]:
    """The terms of one page of an FTS5 index; each but the first leaves out what it shares with the one before."""
    size = int.from_bytes(block[2:4], "big")
    if len(block) < 8 or not 4 <= size < len(block):
        return
    at, place, term = size, 0, b""
    while at < len(block):
        step, at = _number(block, at)
        place += step
        if place >= size:
            return
        is_first = step == place
        kept, start = (0, place) if is_first else _number(block, place)
        length, start = _number(block, start)
        term = term[:kept] + block[start : start + length]
        yield term[1:].decode("utf-8", "replace")


def _number(block: bytes, at: int) -> tuple[int, int]:
    """A SQLite variable-length number, and where it ends."""
    value = 0
    for count in range(9):
        byte = block[at] if at < len(block) else 0
        at += 1
        if count == 8:
            return value << 8 | byte, at
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            break
    return value, at


def _texts_in_order(connection: sqlite3.Connection, index: str) -> Iterator[str]:
    """The texts of a full-text index that keeps places, even where the texts themselves are not kept."""
    quoted, name = index.replace("'", "''"), _ORDER
    try:
        connection.execute(f"CREATE VIRTUAL TABLE temp.{name} USING fts5vocab('main', '{quoted}', 'instance')")
        rows = connection.execute(f'SELECT doc, col, term FROM temp.{name} ORDER BY doc, col, "offset"')
    except sqlite3.Error:
        return  # a tokeniser that is not known here, or no FTS5 index; its words were read from its pages
    of, words = None, list[str]()
    for doc, column, term in rows:
        if (doc, column) != of and words:
            yield " ".join(words)
            words = []
        of = (doc, column)
        words.append(str(term))
    yield " ".join(words)
    connection.execute(f"DROP TABLE temp.{name}")


def _raw_pages(search: LeakSearch, content: bytes, tell: Tell) -> None:
    size = int.from_bytes(content[16:18], "big")
    size = 65536 if size == 1 else size if size >= 512 else 4096
    many = max(1, (1 << 18) // size)
    for page in range(0, len(content) // size + 1, many):
        if page % (many * 20) == 0:
            tell({"page": page})
        piece = content[page * size : (page + many) * size + 200]
        search.look_at_bytes(piece, f"the raw pages of the database from page {page + 1}")
