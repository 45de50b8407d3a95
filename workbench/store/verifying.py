"""Proves that a case is as its history says: chain, originals, rows, pages, index, keys."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sqlite_utils import Database

from workbench.domain.change import VerifyCheck
from workbench.domain.document import document_text_digest, page_text_digest
from workbench.domain.progress import Ticket
from workbench.store import connection, contents, page_index
from workbench.store.history import chain_digest
from workbench.store.references import TARGETS
from workbench.store.rows import digest_of, image_of
from workbench.store.tables import TABLES, many_references
from workbench.store.triggers import missing_triggers

_SHOWN = 5
#: A check yields one sentence per fault and ends with how much it looked at.
Faults = Iterator[str]
_Check = Callable[[Database, Ticket], Faults]


def verify(db: Database, ticket: Ticket) -> list[VerifyCheck]:
    """All checks, in order; a check that cannot read the file fails and says so, the others still run."""
    checks = []
    for number, (name, check, held) in enumerate(_CHECKS):
        ticket.tick(number, len(_CHECKS), name)
        try:
            faults = list(check(db, ticket))
        except connection.DatabaseError as error:
            faults = [f"the file cannot be read here: {error}"]
        detail = _listed(faults) if faults else held
        checks.append(VerifyCheck(name=name, ok=not faults, detail=detail))
    return checks


def _listed(faults: list[str]) -> str:
    rest = f"; and {len(faults) - _SHOWN} more" if len(faults) > _SHOWN else ""
    return "; ".join(faults[:_SHOWN]) + rest


def _file(db: Database, _: Ticket) -> Faults:
    yield from (str(row[0]) for row in db.execute("PRAGMA cipher_integrity_check").fetchall())
    yield from (str(row[0]) for row in db.execute("PRAGMA quick_check").fetchall() if row[0] != "ok")


def _locks(db: Database, _: Ticket) -> Faults:
    for name in sorted(missing_triggers(db)):
        yield f"the lock “{name}” is missing"


def _chain(db: Database, ticket: Ticket) -> Faults:
    previous, expected = "", 1
    columns = "number, at, who, action, summary, run, reverts, previous, digest"
    for row in db.execute(f"SELECT {columns} FROM history ORDER BY number").fetchall():
        ticket.check()
        entry = dict(zip(columns.split(", "), row, strict=True))
        number, digest = entry["number"], entry.pop("digest")
        if number != expected:
            yield f"entry {expected} is missing"
        if entry["previous"] != previous:
            yield f"entry {number} does not follow the one before it"
        rows = db.execute(
            "SELECT table_name, row_id, before_digest, after_digest, before, after FROM history_row "
            "WHERE entry = ? ORDER BY position",
            [number],
        ).fetchall()
        if chain_digest(entry, [row[:4] for row in rows]) != digest:
            yield f"entry {number} was altered"
        yield from _altered_images(number, rows)
        previous, expected = digest, number + 1


def _altered_images(number: int, rows: Iterable[tuple[str, ...]]) -> Faults:
    for table, row_id, before_digest, after_digest, before, after in rows:
        for image, digest in ((before, before_digest), (after, after_digest)):
            # An image blanked by a lawful erasure is None while its digest stays.
            if image is not None and digest_of(image) != digest:
                yield f"entry {number}: the recorded {table} {row_id} was altered"


def _originals(db: Database, ticket: Ticket) -> Faults:
    names = {
        sha256: f"{urn} ({filename})"
        for urn, filename, sha256 in db.execute("SELECT urn, filename, sha256 FROM document")
    }
    for sha256, size in db.execute("SELECT sha256, bytes FROM content ORDER BY sha256").fetchall():
        ticket.check()
        digest, length = hashlib.sha256(), 0
        for chunk in contents.chunks_of(db, sha256):
            digest.update(chunk)
            length += len(chunk)
        if digest.hexdigest() != sha256 or length != size:
            yield f"the original of {names.get(sha256, sha256[:12] + '…')} was altered"


def _working_copies(db: Database, _: Ticket) -> Faults:
    sql = (
        "SELECT d.urn FROM document d LEFT JOIN working_copy w ON w.sha256 = d.sha256 "
        "WHERE coalesce(w.copy_sha256, '') != d.copy_sha256"
    )
    for (urn,) in db.execute(sql).fetchall():
        yield f"{urn} has another working copy than the one recorded"


def _rows(db: Database, ticket: Ticket) -> Faults:
    last = {
        row_id: (table, digest)
        for table, row_id, digest in db.execute(
            "SELECT table_name, row_id, after_digest FROM history_row ORDER BY entry, position"
        )
    }
    for table in TABLES:
        ticket.check()
        cursor = db.execute(f"SELECT * FROM {table.name}")
        names = [column[0] for column in cursor.description]
        for values in cursor.fetchall():
            row = dict(zip(names, values, strict=True))
            recorded = last.pop(row["id"], None)
            if recorded is None:
                yield f"{table.name} {row['id']} is not in the history"
            elif recorded[1] != digest_of(image_of(table.name, row)):
                yield f"{table.name} {row['id']} was altered"
    for row_id, (name, digest) in last.items():
        if digest:
            yield f"{name} {row_id} is missing"


def _pages(db: Database, ticket: Ticket) -> Faults:
    for urn, sha256, count, digest in db.execute(
        "SELECT urn, sha256, page_count, text_digest FROM document ORDER BY urn"
    ).fetchall():
        ticket.check()
        pages = db.execute(
            "SELECT page_index, text, text_digest FROM page WHERE sha256 = ? ORDER BY page_index", [sha256]
        ).fetchall()
        for index, text, page_digest in pages:
            if page_text_digest(text) != page_digest:
                yield f"the text of {urn} page {index + 1} was altered"
        if len(pages) != count or document_text_digest(page[2] for page in pages) != digest:
            yield f"the pages of {urn} are not the ones recorded"


def _index(db: Database, _: Ticket) -> Faults:
    yield from page_index.check_index(db)


def _keys(db: Database, _: Ticket) -> Faults:
    for table, rowid, target, _index_of_key in db.execute("PRAGMA foreign_key_check").fetchall():
        yield f"row {rowid} of {table} points at a {target} that is not there"


def _references(db: Database, _: Ticket) -> Faults:
    stored = {
        tuple(row[:4]): next((value for value in row[4:] if value is not None), None)
        for row in db.execute(
            f"SELECT owner_table, owner_id, field, position, {', '.join(TARGETS)} FROM reference"
        )
    }
    for key, target in _expected_references(db):
        if stored.pop(key, None) != target:
            yield f"{key[0]} {key[1]} points at {target}, but its reference is not kept"
    for table, row_id, field, _position in stored:
        yield f"{table} {row_id} has a reference in “{field}” that it does not hold"


def _expected_references(db: Database) -> Iterator[tuple[tuple[Any, ...], str]]:
    for table in TABLES:
        for field in many_references(table.name):
            for row_id, value in db.execute(f"SELECT id, {field} FROM {table.name}").fetchall():
                targets = json.loads(value) if value.startswith("[") else [value]
                for position, target in enumerate(targets):
                    yield (table.name, row_id, field, position), target


_CHECKS: tuple[tuple[str, _Check, str], ...] = (
    ("file", _file, "every page of the file reads as it was written"),
    ("locks", _locks, "originals and history are locked against alteration"),
    ("history", _chain, "every entry follows from the one before it"),
    ("originals", _originals, "every original and working copy has its recorded SHA-256"),
    ("working copies", _working_copies, "every document has the working copy that was recorded"),
    ("rows", _rows, "every row equals its last recorded image"),
    ("pages", _pages, "every page's text has its recorded digest"),
    ("text index", _index, "the index holds exactly the pages' text"),
    ("foreign keys", _keys, "nothing points at something that is not there"),
    ("references", _references, "everything cited is kept as cited"),
)
