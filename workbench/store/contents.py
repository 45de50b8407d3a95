"""Original bytes and working copies, kept in chunks under their SHA-256 and never altered."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from sqlite_utils import Database

from workbench.domain.errors import NotFound

CHUNK_BYTES = 1 << 20


def keep(db: Database, content: bytes) -> str:
    """Store bytes unless they are there already; the SHA-256 that names them."""
    sha256 = hashlib.sha256(content).hexdigest()
    if db.execute("SELECT 1 FROM content WHERE sha256 = ?", [sha256]).fetchone():
        return sha256
    view = memoryview(content)
    chunks = [view[start : start + CHUNK_BYTES] for start in range(0, len(content), CHUNK_BYTES)]
    db.execute("INSERT INTO content VALUES (?, ?, ?)", [sha256, len(content), len(chunks)])
    db.conn.executemany(
        "INSERT INTO content_chunk VALUES (?, ?, ?)",
        ((sha256, position, chunk) for position, chunk in enumerate(chunks)),
    )
    return sha256


def keep_working_copy(db: Database, sha256: str, copy: bytes) -> str:
    """Store the PDF working copy of an original; the copy's SHA-256. The first copy made stays."""
    known = copy_of(db, sha256)
    if known:
        return known
    copy_sha256 = keep(db, copy)
    db.execute("INSERT INTO working_copy VALUES (?, ?)", [sha256, copy_sha256])
    return copy_sha256


def copy_of(db: Database, sha256: str) -> str:
    """The SHA-256 of the working copy of an original, "" when it has none."""
    row = db.execute("SELECT copy_sha256 FROM working_copy WHERE sha256 = ?", [sha256]).fetchone()
    return row[0] if row else ""


def chunks_of(db: Database, sha256: str) -> Iterator[bytes]:
    """The stored bytes, piece by piece."""
    cursor = db.execute("SELECT bytes FROM content_chunk WHERE sha256 = ? ORDER BY position", [sha256])
    for (chunk,) in cursor:
        yield chunk


def read(db: Database, sha256: str) -> bytes:
    """All stored bytes; raises ``NotFound`` when the case does not hold them."""
    if not db.execute("SELECT 1 FROM content WHERE sha256 = ?", [sha256]).fetchone():
        raise NotFound(f"The case holds no original with the checksum {sha256[:12]}…. Import the file again.")
    return b"".join(chunks_of(db, sha256))
