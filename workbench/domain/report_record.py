"""Turns a report into plain lists and numbers and back, so that it can be handed to another process."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

from workbench.domain.report import (
    Cell,
    Column,
    CrossReference,
    Footnote,
    Heading,
    Labels,
    Link,
    ListItem,
    Note,
    PageBreak,
    Paragraph,
    Part,
    Quote,
    Report,
    Table,
    Target,
    Text,
)

_KINDS: dict[str, Any] = {
    kind.__name__: kind
    for kind in (
        Report, Labels, Part, Heading, Paragraph, Quote, ListItem, Table, Column, Cell, PageBreak, Note, Text, Link,
        CrossReference, Footnote, Target,
    )
}  # fmt: skip
_NAMES = {kind: tuple(field.name for field in fields(kind)) for kind in _KINDS.values()}


def report_record(value: Any) -> Any:
    """The report, or any piece of one, as JSON can hold it."""
    if is_dataclass(value):
        kind = type(value)
        return {"is": kind.__name__, **{name: report_record(getattr(value, name)) for name in _NAMES[kind]}}
    if isinstance(value, tuple):
        return [report_record(item) for item in value]
    return value


def report_from(record: Any) -> Any:
    """What ``report_record`` was given."""
    if isinstance(record, list):
        return tuple(report_from(item) for item in record)
    if isinstance(record, dict):
        kind = _KINDS[record["is"]]
        return kind(**{name: report_from(record[name]) for name in _NAMES[kind]})
    return record
