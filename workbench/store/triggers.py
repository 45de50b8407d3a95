"""The locks inside the case file: originals and history can be added to, never altered."""

from __future__ import annotations

from sqlite_utils import Database

_NEVER = "SELECT RAISE(ABORT, '{what} cannot be altered');"

#: name -> (when, on which table, what a person would call it)
_FROZEN = {
    "content_no_update": ("UPDATE", "content", "an original"),
    "content_no_delete": ("DELETE", "content", "an original"),
    "content_chunk_no_update": ("UPDATE", "content_chunk", "an original"),
    "content_chunk_no_delete": ("DELETE", "content_chunk", "an original"),
    "working_copy_no_update": ("UPDATE", "working_copy", "a working copy"),
    "working_copy_no_delete": ("DELETE", "working_copy", "a working copy"),
    "history_no_update": ("UPDATE", "history", "the history"),
    "history_no_delete": ("DELETE", "history", "the history"),
    "history_row_no_delete": ("DELETE", "history_row", "the history"),
}

# A lawful erasure may blank the images of a row; their digests stay, so that the chain still proves.
_ERASURE_ONLY = """
CREATE TRIGGER history_row_erasure_only BEFORE UPDATE ON history_row
WHEN NEW.entry IS NOT OLD.entry OR NEW.position IS NOT OLD.position OR NEW.table_name IS NOT OLD.table_name
  OR NEW.row_id IS NOT OLD.row_id OR NEW.before_digest IS NOT OLD.before_digest
  OR NEW.after_digest IS NOT OLD.after_digest
  OR (NEW.before IS NOT NULL AND NEW.before IS NOT OLD.before)
  OR (NEW.after IS NOT NULL AND NEW.after IS NOT OLD.after)
BEGIN SELECT RAISE(ABORT, 'the history cannot be altered'); END
"""

TRIGGERS = frozenset(_FROZEN) | {"history_row_erasure_only"}


def missing_triggers(db: Database) -> set[str]:
    """The names of locks that are not in place."""
    present = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()}
    return set(TRIGGERS - present)


def create_triggers(db: Database) -> None:
    """Put every missing lock in place."""
    missing = missing_triggers(db)
    for name, (when, table, what) in _FROZEN.items():
        if name in missing:
            db.execute(f"CREATE TRIGGER {name} BEFORE {when} ON {table} BEGIN {_NEVER.format(what=what)} END")
    if "history_row_erasure_only" in missing:
        db.execute(_ERASURE_ONLY)
