"""A case with one criticism of two bodies, resting on an excerpt, an event and an assessment."""

from __future__ import annotations

from typing import Any

from workbench.domain.analysis import Finding, FindingKind
from workbench.services.applying import apply_json
from workbench.store.case_file import CaseFile

STUDY = "Register of answers"
CRITICISED: dict[str, Any] = {
    "institutions": [
        {"name": "Office for Online Standards", "kind": "regulator", "aliases": ["OOS"]},
        {"name": "Northmere Board", "kind": "other"},
    ],
    "people": [{"cipher": "IN-A1", "class": "witness", "names": ["Quentin Placeholder"]}],
    "case_studies": [{"title": STUDY, "scope": ["2.2"], "institutions": ["OOS"], "period": "2011/2014"}],
    "excerpts": [
        {"ref": "delay", "document": "INQ000001", "page": 2, "quote": "the median answer took nine days"},
        {"ref": "asked", "document": "INQ000002", "page": 1, "quote": "The board asked for figures."},
        {"ref": "rule", "document": "INQ000001", "page": 1, "quote": "Reports were to be answered within 24 hours."},
    ],
    "events": [
        {
            "ref": "figures",
            "title": "The board asks for figures",
            "on": "2014-03",
            "institutions": ["OOS"],
            "scope": ["2.2"],
            "sources": ["asked"],
        }
    ],
    "standards": [{"ref": "day", "title": "Answer within 24 hours", "from": "2011-03", "excerpt": "rule"}],
    "assessments": [
        {
            "ref": "slow",
            "institution": "OOS",
            "scope": "2.2",
            "period": "2014",
            "rating": "inadequate",
            "standards": ["day"],
            "against": ["delay"],
            "reasoning": "Answers took nine times as long as was promised.",
        }
    ],
    "findings": [
        {
            "ref": "late",
            "kind": "criticism",
            "title": "Late answers",
            "case_study": STUDY,
            "criticised": ["OOS", "Northmere Board"],
            "sentences": [
                {"text": "Answers came late.", "evidence": ["slow"]},
                {"text": "Nobody looked at the figures in time.", "evidence": ["figures", "delay"]},
            ],
        },
        {
            "ref": "fact",
            "kind": "fact",
            "title": "Guidance",
            "sentences": [{"text": "It was issued.", "evidence": ["rule"]}],
        },
    ],
}


def criticised(case: CaseFile) -> Finding:
    """Fill the case; its criticism."""
    apply_json(case, CRITICISED)
    return case.all(Finding, kind=FindingKind.CRITICISM)[0]
