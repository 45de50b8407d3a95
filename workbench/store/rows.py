"""Turns records into rows and rows into records, by the types of their fields."""

from __future__ import annotations

import hashlib
import json
import typing
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

from workbench.domain.geometry import Box
from workbench.store.tables import Record, hints_of, is_optional, table_of

R = TypeVar("R")
#: What SQLite holds for a row, by column.
Row = dict[str, str | int | float | None]


def canonical_json(value: object) -> str:
    """One spelling for equal values, so that digests over them agree."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(text: str) -> str:
    """The SHA-256 of a text, in hex."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


#: Columns that came after the first release, with what older rows hold in them. While a column holds just that, it
#: is left out of a row's image, so that rows recorded before keep the digests they were recorded with.
LATER_COLUMNS: dict[str, Row] = {
    "excerpt": {"continues": None, "withdrawn": ""},
    "document": {"withdrawn_on": "", "withdrawn_reason": "", "superseded_by": None},
    "event": {"people": "[]", "dispute": "", "note": ""},
    "case_study": {"status": "proposed", "alternatives": "[]", "context": "[]"},
    "standard": {"kind": "other", "institutions": "[]", "version": "", "replaces": None, "note": ""},
    "assessment": {"question": "", "dimensions": "[]", "issues": "[]", "author": "", "assessed_on": ""},
    "finding": {"title": "", "status": "draft", "criticised": "[]", "proof": ""},
    "lesson": {"builds_on": "[]"},
    "recommendation": {"due_on": "", "measure": "", "is_final": 0, "earlier": "[]"},
    "warning_letter": {"sealed": "", "evidence": "[]", "answer": "[]", "outcome": "", "is_waived": 0},
    "protected_term": {"kind": "name"},
    "bundle": {"main": None, "is_divided": 0, "marks_references": 0, "volume_pages": 0, "volume_bytes": 0},
    "section": {"letter": ""},
    "build": {"kind": "bundle", "audience": "team", "files": "[]", "account_sha256": "", "overrides": "[]", "late": ""},
    "restriction": {"allows": "[]", "revoked_on": "", "note": ""},
    "redaction": {
        "start": 0,
        "end": 0,
        "state": "proposed",
        "basis": "",
        "label": "",
        "proposed_by": "",
        "proposed_at": None,
        "decided_by": "",
        "decided_at": None,
    },
}
_ABSENT = object()


def image_of(table: str, row: Mapping[str, Any]) -> str:
    """The canonical image of a row, as the history keeps it."""
    later = LATER_COLUMNS.get(table, {})
    return canonical_json({name: value for name, value in row.items() if value != later.get(name, _ABSENT)})


def row_of(table: str, image: str) -> Row:
    """The row of an image, with the columns that its image leaves out."""
    row = dict(LATER_COLUMNS.get(table, {}))
    row.update(json.loads(image))
    return row


def _column_value(value: object) -> str | int | float | None:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return canonical_json([[i.x0, i.y0, i.x1, i.y1] if isinstance(i, Box) else i for i in value])
    if isinstance(value, StrEnum):
        return value.value
    if value is None or isinstance(value, str | int | float):
        return value
    raise TypeError(f"no column holds a {type(value).__name__}")


def to_row(record: Record) -> Row:
    """The row of a record."""
    return {field.name: _column_value(getattr(record, field.name)) for field in fields(record)}


def _reader_of(hint: Any) -> Callable[[Any], Any]:
    if is_optional(hint):
        inner = _reader_of(next(arg for arg in typing.get_args(hint) if arg is not type(None)))
        return lambda value: None if value is None else inner(value)
    if typing.get_origin(hint) is tuple:
        if typing.get_args(hint)[0] is Box:
            return lambda value: tuple(Box(*box) for box in json.loads(value))
        return lambda value: tuple(json.loads(value))
    if hint is datetime:
        return datetime.fromisoformat
    if hint is bool:
        return bool
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint
    return lambda value: value


@cache
def _readers(table_name: str) -> dict[str, Callable[[Any], Any]]:
    return {name: _reader_of(hint) for name, hint in hints_of(table_name).items()}


def from_row(record: type[R], row: Mapping[str, Any]) -> R:
    """The record of a row; columns it does not know are left out."""
    return record(**{name: read(row[name]) for name, read in _readers(table_of(record).name).items()})
