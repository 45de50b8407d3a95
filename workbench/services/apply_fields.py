"""Reads the fields of an apply file's rows that are more than text: dates, boxes, page ranges, choices, numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import TypeVar

from workbench.domain.dates import parse_edtf
from workbench.domain.errors import Refused
from workbench.domain.geometry import Box
from workbench.services.apply_shapes import ApplyRow

E = TypeVar("E", bound=StrEnum)


def edtf_of(row: ApplyRow, field: str) -> str:
    """A date as EDTF, "" when there is none; raises ``Refused`` naming the row."""
    value = row.text(field)
    if not value:
        return ""
    try:
        return str(parse_edtf(value).text)
    except Refused as error:
        raise Refused(f"{row.where}.{field}: {error}") from None


def choice_of(row: ApplyRow, field: str, choices: type[E], otherwise: E) -> E:
    """One of a closed list; raises ``Refused`` naming those there are."""
    value = row.text(field)
    if not value:
        return otherwise
    try:
        return choices(value)
    except ValueError:
        known = ", ".join(choice.value for choice in choices)
        raise Refused(f"{row.where}.{field} is “{value}”. It can be one of: {known}.") from None


def instant_of(row: ApplyRow, field: str) -> datetime:
    """A moment with its time zone; raises ``Refused`` naming the row."""
    try:
        instant = datetime.fromisoformat(row.text(field))
    except ValueError:
        raise Refused(f"{row.where}.{field} is no moment such as 2026-05-01T14:30:00+00:00.") from None
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def one_of(row: ApplyRow, field: str, choices: Sequence[str]) -> str:
    """One of a closed list of texts, the first when missing; raises ``Refused`` naming those there are."""
    value = row.text(field, choices[0])
    if value not in choices:
        raise Refused(f"{row.where}.{field} is “{value}”. It can be one of: {', '.join(choices)}.")
    return value


def flag_of(row: ApplyRow, field: str) -> bool:
    """true or false, false when missing."""
    value = row.fields.get(field)
    if value is None or isinstance(value, bool):
        return bool(value)
    raise Refused(f"{row.where}.{field} is neither true nor false.")


def count_of(row: ApplyRow, field: str) -> int:
    """A whole number from 0, 0 when missing."""
    value = row.fields.get(field)
    if value is None:
        return 0
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    raise Refused(f"{row.where}.{field} is not a whole number from 0.")


def boxes_of(row: ApplyRow) -> tuple[Box, ...]:
    """The box of a row, none when it has none; raises ``Refused`` for one that is empty or no box."""
    box = row.fields.get("box")
    if box is None:
        return ()
    if not (isinstance(box, list) and len(box) == 4 and all(isinstance(side, int | float) for side in box)):
        raise Refused(f"{row.where}.box is not four numbers: left, top, right, bottom in points.")
    left, top, right, bottom = (float(side) for side in box)
    if not (left < right and top < bottom):
        raise Refused(f"{row.where}.box is empty: its right must be past its left, its bottom below its top.")
    return (Box(left, top, right, bottom),)


def pages_of(row: ApplyRow) -> str:
    """The page range of an entry as typed; a list of numbers becomes one."""
    pages = row.fields.get("pages")
    if pages is None or isinstance(pages, str):
        return str(pages or "")
    if isinstance(pages, list) and all(isinstance(page, int) for page in pages):
        return ", ".join(str(page) for page in pages)
    raise Refused(f"{row.where}.pages is neither a range such as “2-5, 9” nor a list of page numbers.")
