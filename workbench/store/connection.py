"""Opens the database inside a case file: one connection that writes, others that only read."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import sqlcipher3.dbapi2 as sqlcipher
from sqlite_utils import Database

from workbench.domain.errors import CaseDamaged, CaseMissing, WrongPassphrase
from workbench.store.keys import SALT_BYTES, CaseKey, derive_key

PAGE_BYTES = 16384
#: Marks the file as a case of this program ("CSWB"), so that no other database is taken for one.
_APPLICATION_ID = 0x43535742
#: Begins every unencrypted SQLite file; an encrypted case begins with its salt instead.
_PLAIN_HEADER = b"SQLite format 3\x00"

DatabaseError = sqlcipher.DatabaseError
IntegrityError = sqlcipher.IntegrityError


def _head_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            head = file.read(SALT_BYTES)
    except FileNotFoundError:
        raise CaseMissing(f"There is no case file at “{path}”. Check the path, or create the case first.") from None
    except OSError as error:
        raise CaseDamaged(f"“{path.name}” cannot be read ({error.strerror}). Check the disk and your rights.") from None
    if len(head) < SALT_BYTES or path.stat().st_size % PAGE_BYTES:
        raise CaseDamaged(
            f"“{path.name}” is not a case file, or a part of it is missing. Choose another file, or restore a backup."
        )
    return head


def is_encrypted(path: Path) -> bool:
    """True when the case needs a passphrase; raises when there is no file or it is far too short."""
    return _head_of(path) != _PLAIN_HEADER


def key_for(path: Path, passphrase: str | None) -> CaseKey | None:
    """The key that opens the existing case at ``path``, or None when it is not encrypted."""
    head = _head_of(path)
    if head == _PLAIN_HEADER:
        return None
    if passphrase is None:
        raise WrongPassphrase(f"“{path.name}” is encrypted. Give its passphrase to open it.")
    return derive_key(passphrase, head)


def _connect(path: Path, key: CaseKey | None, *, mode: str) -> Database:
    uri = f"file:{quote(str(path.absolute()))}?mode={mode}"
    connection = sqlcipher.connect(uri, uri=True, isolation_level=None, check_same_thread=False, timeout=30)
    connection.execute("PRAGMA cipher_log_level = NONE")
    if key is not None:
        connection.execute(key.pragma)
        connection.execute(f"PRAGMA cipher_page_size = {PAGE_BYTES}")
    return Database(connection, execute_plugins=False)


def _prove_readable(database: Database, path: Path, *, is_keyed: bool) -> None:
    try:
        database.conn.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except DatabaseError as error:
        database.conn.close()
        if "locked" in str(error) or "busy" in str(error):
            raise CaseDamaged(f"“{path.name}” is locked by another program. Close it there first.") from None
        if is_keyed:
            raise WrongPassphrase(
                f"“{path.name}” does not open with this passphrase. Check the keyboard layout and capitals; "
                "if the passphrase is right, the file is damaged or is not a case file: restore it from a backup."
            ) from None
        raise CaseDamaged(f"“{path.name}” is damaged ({error}). Restore it from a backup.") from None


def _prove_ours(database: Database, path: Path) -> None:
    if database.conn.execute("PRAGMA application_id").fetchone()[0] != _APPLICATION_ID:
        database.conn.close()
        raise CaseDamaged(f"“{path.name}” is a database, but not a case of this program. Choose a case file.")


def open_writer(path: Path, key: CaseKey | None, *, create: bool = False) -> Database:
    """The one connection that writes; raises ``WrongPassphrase`` or ``CaseDamaged``."""
    database = _connect(path, key, mode="rwc" if create else "rw")
    if create:
        database.conn.execute(f"PRAGMA page_size = {PAGE_BYTES}")
        database.conn.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
    _prove_readable(database, path, is_keyed=key is not None)
    _prove_ours(database, path)
    return database


def prepare_for_writing(database: Database) -> None:
    """Write-ahead log, keys and erasing on; from here on the file is changed."""
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "secure_delete = ON",
        "temp_store = MEMORY",
        "cache_size = -65536",
        "recursive_triggers = ON",
    ):
        database.conn.execute(f"PRAGMA {pragma}")


def open_reader(path: Path, key: CaseKey | None) -> Database:
    """A connection that sees what was committed and can change nothing."""
    database = _connect(path, key, mode="ro")
    _prove_readable(database, path, is_keyed=key is not None)
    for pragma in ("query_only = ON", "temp_store = MEMORY", "cache_size = -32768"):
        database.conn.execute(f"PRAGMA {pragma}")
    return database


def fold_into_one_file(database: Database) -> None:
    """Write everything back into the case file itself, so that nothing lies beside it once closed."""
    database.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.conn.execute("PRAGMA journal_mode = DELETE")
