"""Identifiers made offline: prefix, time and chance, so that they sort by age and never clash."""

from __future__ import annotations

import secrets
import time
from typing import Any, NewType

InvestigationId = NewType("InvestigationId", str)
ScopeParagraphId = NewType("ScopeParagraphId", str)
CaseStudyId = NewType("CaseStudyId", str)
InstitutionId = NewType("InstitutionId", str)
PersonId = NewType("PersonId", str)
ProtectedTermId = NewType("ProtectedTermId", str)
DocumentId = NewType("DocumentId", str)
ReceiptId = NewType("ReceiptId", str)
RefusalId = NewType("RefusalId", str)
ThemeId = NewType("ThemeId", str)
ExcerptId = NewType("ExcerptId", str)
LinkId = NewType("LinkId", str)
EventId = NewType("EventId", str)
StandardId = NewType("StandardId", str)
AssessmentId = NewType("AssessmentId", str)
FindingId = NewType("FindingId", str)
SentenceId = NewType("SentenceId", str)
LessonId = NewType("LessonId", str)
RecommendationId = NewType("RecommendationId", str)
RestrictionId = NewType("RestrictionId", str)
RedactionId = NewType("RedactionId", str)
BundleId = NewType("BundleId", str)
SectionId = NewType("SectionId", str)
EntryId = NewType("EntryId", str)
BuildId = NewType("BuildId", str)
SavedViewId = NewType("SavedViewId", str)
ClearanceId = NewType("ClearanceId", str)
DisclosureId = NewType("DisclosureId", str)
WarningLetterId = NewType("WarningLetterId", str)
OwnProfileId = NewType("OwnProfileId", str)
NegativeSearchId = NewType("NegativeSearchId", str)
ScopeExclusionId = NewType("ScopeExclusionId", str)
SecondReadingId = NewType("SecondReadingId", str)
ResponseId = NewType("ResponseId", str)
EventOrderId = NewType("EventOrderId", str)
IssueId = NewType("IssueId", str)
EvidenceRequestId = NewType("EvidenceRequestId", str)
HearingId = NewType("HearingId", str)
PartyId = NewType("PartyId", str)
#: What a link or a sentence may point at; the prefix says which table.
AnyId = NewType("AnyId", str)

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: no i, l, o, u


def _base32(number: int, length: int) -> str:
    digits = []
    for _ in range(length):
        number, digit = divmod(number, 32)
        digits.append(_ALPHABET[digit])
    return "".join(reversed(digits))


def new_id(prefix: str) -> Any:
    """A fresh identifier such as ``doc_01k3...``: 60 bits of microseconds, 30 random bits.

    Typed ``Any`` because the prefix, not the checker, says which kind of identifier it is.
    """
    return f"{prefix}_{_base32(time.time_ns() // 1_000, 12)}{_base32(secrets.randbits(30), 6)}"


def prefix_of(identifier: str) -> str:
    """``"doc"`` for ``"doc_01k3..."``."""
    return identifier.partition("_")[0]
