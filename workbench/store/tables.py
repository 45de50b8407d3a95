"""Which record lives in which table; every table here is recorded in the history."""

from __future__ import annotations

import typing
from dataclasses import dataclass
from functools import cache
from typing import Any

from workbench.domain import analysis, bundle, document, event, excerpt, frame, ids, inquiry, protection, saved_view

#: Any frozen dataclass listed in ``TABLES``.
Record = Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A record type with its table name and the prefix of its identifiers."""

    record: type[Record]
    name: str
    prefix: str


TABLES: tuple[Table, ...] = (
    Table(record=frame.Investigation, name="investigation", prefix="inv"),
    Table(record=frame.ScopeParagraph, name="scope_paragraph", prefix="scp"),
    Table(record=frame.Institution, name="institution", prefix="ins"),
    Table(record=frame.Person, name="person", prefix="per"),
    Table(record=frame.ProtectedTerm, name="protected_term", prefix="trm"),
    Table(record=frame.CaseStudy, name="case_study", prefix="cst"),
    Table(record=frame.Theme, name="theme", prefix="thm"),
    Table(record=document.Document, name="document", prefix="doc"),
    Table(record=document.Receipt, name="receipt", prefix="rcp"),
    Table(record=document.Refusal, name="refusal", prefix="rfs"),
    Table(record=excerpt.Excerpt, name="excerpt", prefix="exc"),
    Table(record=excerpt.Link, name="link", prefix="lnk"),
    Table(record=event.Event, name="event", prefix="evt"),
    Table(record=analysis.Standard, name="standard", prefix="std"),
    Table(record=analysis.Assessment, name="assessment", prefix="asm"),
    Table(record=analysis.Finding, name="finding", prefix="fnd"),
    Table(record=analysis.Sentence, name="sentence", prefix="sen"),
    Table(record=analysis.Lesson, name="lesson", prefix="lsn"),
    Table(record=analysis.Recommendation, name="recommendation", prefix="rec"),
    Table(record=protection.Restriction, name="restriction", prefix="rst"),
    Table(record=protection.Redaction, name="redaction", prefix="red"),
    Table(record=bundle.Bundle, name="bundle", prefix="bun"),
    Table(record=bundle.Section, name="section", prefix="sec"),
    Table(record=bundle.Entry, name="entry", prefix="ent"),
    Table(record=bundle.Build, name="build", prefix="bld"),
    Table(record=saved_view.SavedView, name="saved_view", prefix="viw"),
    Table(record=protection.Clearance, name="clearance", prefix="clr"),
    Table(record=protection.Disclosure, name="disclosure", prefix="dis"),
    Table(record=protection.WarningLetter, name="warning_letter", prefix="wrn"),
    Table(record=bundle.OwnProfile, name="own_profile", prefix="pro"),
    Table(record=analysis.NegativeSearch, name="negative_search", prefix="neg"),
    Table(record=analysis.ScopeExclusion, name="scope_exclusion", prefix="sxc"),
    Table(record=analysis.SecondReading, name="second_reading", prefix="snd"),
    Table(record=analysis.Response, name="response", prefix="rsp"),
    Table(record=event.EventOrder, name="event_order", prefix="ord"),
    Table(record=inquiry.Issue, name="issue", prefix="iss"),
    Table(record=inquiry.EvidenceRequest, name="evidence_request", prefix="req"),
    Table(record=inquiry.Hearing, name="hearing", prefix="hrg"),
    Table(record=inquiry.Party, name="party", prefix="pty"),
)

_BY_RECORD = {table.record: table for table in TABLES}
_BY_NAME = {table.name: table for table in TABLES}
_BY_PREFIX = {table.prefix: table for table in TABLES}


def table_of(record: type[Record]) -> Table:
    """The table of a record type."""
    return _BY_RECORD[record]


def table_named(name: str) -> Table:
    """The table with this name."""
    return _BY_NAME[name]


def table_of_id(identifier: str) -> Table | None:
    """The table an identifier belongs to, by its prefix; None when no table has it."""
    return _BY_PREFIX.get(ids.prefix_of(identifier))


@cache
def hints_of(table_name: str) -> dict[str, Any]:
    """The field types of the records of a table, resolved."""
    return typing.get_type_hints(table_named(table_name).record)


@cache
def many_references(table_name: str) -> tuple[str, ...]:
    """Fields whose rows may point anywhere: tuples of identifiers, and identifiers of any kind."""
    return tuple(name for name, hint in hints_of(table_name).items() if _is_many_reference(hint))


@cache
def single_references(table_name: str) -> tuple[str, ...]:
    """Fields that hold one identifier of another record."""
    return tuple(name for name, hint in hints_of(table_name).items() if name != "id" and _is_single_reference(hint))


def _is_single_reference(hint: Any) -> bool:
    if is_optional(hint):
        hint = next(arg for arg in typing.get_args(hint) if arg is not type(None))
    return _is_identifier(hint) and hint is not ids.AnyId


def _is_identifier(hint: Any) -> bool:
    return isinstance(hint, typing.NewType) and hint.__supertype__ is str


def _is_many_reference(hint: Any) -> bool:
    if hint is ids.AnyId:
        return True
    return typing.get_origin(hint) is tuple and _is_identifier(typing.get_args(hint)[0])


def is_optional(hint: Any) -> bool:
    """True for ``X | None``."""
    return type(None) in typing.get_args(hint)
