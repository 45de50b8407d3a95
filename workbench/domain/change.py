"""One recorded step: who did what and when, and every row before and after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Action(StrEnum):
    """The closed list of verbs that the history knows."""

    CREATE_CASE = "create case"
    IMPORT = "import documents"
    EDIT_DOCUMENT = "edit document"
    MAKE_EXCERPT = "make excerpt"
    EDIT_EXCERPT = "edit excerpt"
    DELETE_EXCERPT = "delete excerpt"
    LINK = "link excerpt"
    UNLINK = "remove link"
    EDIT_FRAME = "edit institutions, scope and people"
    EDIT_EVENT = "edit timeline"
    EDIT_ANALYSIS = "edit analysis"
    EDIT_LETTER = "edit warning letters"
    EDIT_INQUIRY = "edit requests, hearings and parties"
    SEARCHED = "record a search"
    EDIT_VIEW = "edit saved view"
    EDIT_BUNDLE = "edit bundle"
    EDIT_PROTECTION = "edit restrictions and clearances"
    REDACT = "mark redactions"
    DISCLOSE = "record a disclosure"
    SEAL = "seal protected names"
    APPLY = "apply file"
    BUILD = "build bundle"
    EXPORT = "export"
    UNDO = "undo"
    REDO = "redo"


#: Entries that tell of files handed over, or that took names out of sight: they are never undone.
NOT_UNDOABLE = frozenset({Action.CREATE_CASE, Action.BUILD, Action.EXPORT, Action.SEAL})


@dataclass(frozen=True, slots=True, kw_only=True)
class RowChange:
    """One row of one table; ``before`` or ``after`` is None for a new or a removed row (JSON text)."""

    table: str
    row_id: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A finished entry of the history, handed to everyone who shows things."""

    number: int
    at: datetime
    who: str
    action: Action
    summary: str
    run: str = ""
    reverts: tuple[int, ...] = ()
    digest: str
    rows: tuple[RowChange, ...] = ()

    def touches(self, table: str) -> bool:
        """True when a row of ``table`` (``"document"``, ``"excerpt"``...) was changed."""
        return any(row.table == table for row in self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyCheck:
    """One line of ``verify``: what was checked, whether it held, and what was found."""

    name: str
    ok: bool
    detail: str
