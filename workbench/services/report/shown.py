"""Everything that a part of a report can show, by the name that a template calls it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from workbench.domain.report import Block
from workbench.services.report import analysis_parts, annex_parts, coverage_parts, findings_parts, frame_parts
from workbench.services.report.writing import Writing

Show = Callable[[Writing], list[Block]]

SHOWS: Mapping[str, Show] = {
    "scope": frame_parts.scope,
    "reason": frame_parts.reason,
    "alternatives": frame_parts.alternatives,
    "institutions": frame_parts.institutions,
    "people": frame_parts.people,
    "received": frame_parts.received,
    "ratings": frame_parts.ratings,
    "second_readings": frame_parts.second_readings,
    "negative_searches": frame_parts.negative_searches,
    "chronology": analysis_parts.chronology,
    "ratings_table": coverage_parts.ratings_table,
    "analysis": analysis_parts.analysis,
    "findings": findings_parts.findings,
    "lessons": findings_parts.lessons,
    "recommendations": findings_parts.recommendations,
    "requests": annex_parts.requests,
    "evidence_received": annex_parts.evidence_received,
    "disclosures": annex_parts.disclosures,
    "hearings": annex_parts.hearings,
    "participants": annex_parts.participants,
    "restrictions": annex_parts.restrictions,
    "redactions": annex_parts.redactions,
    "ciphers": annex_parts.ciphers,
    "outstanding": coverage_parts.outstanding_cells,
    "out_of_scope": coverage_parts.out_of_scope,
    "contested": coverage_parts.contested,
    "left_out": coverage_parts.left_out,
    "cited_documents": frame_parts.cited_documents,
}

#: What is set out in numbered places that other parts lead to, and by which kind of record.
PLACES: Mapping[str, str] = {
    "findings": "fnd",
    "lessons": "lsn",
    "recommendations": "rec",
    "analysis": "asm",
    "negative_searches": "neg",
    "chronology": "evt",
}
