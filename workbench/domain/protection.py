"""Restrictions and the redactions asked for under them."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.domain.geometry import Box
from workbench.domain.ids import DocumentId, RedactionId, RestrictionId


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction:
    """An order, notice, pending application, undertaking, statute or waiver, and what it covers."""

    id: RestrictionId
    kind: str
    made_by: str = ""
    on: str = ""
    targets: tuple[str, ...] = ()
    until: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Redaction:
    """A mark for words or an area that must not be shown; marked here, applied by a later room."""

    id: RedactionId
    document: DocumentId
    page_index: int
    quote: str = ""
    boxes: tuple[Box, ...] = ()
    reason: str = ""
    restriction: RestrictionId | None = None
