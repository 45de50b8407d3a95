"""A small case with something of everything that a report shows: invented bodies, dry matters."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.services.conftest import put_pdf
from workbench.domain.bundle import Bundle
from workbench.domain.frame import CaseStudy
from workbench.domain.ids import CaseStudyId
from workbench.services.applying import apply_json
from workbench.services.bundling import build_bundle
from workbench.store.case_file import CaseFile

STUDY = "Response times"
POLICY = [
    "Policy on answering post.\nPost is answered within 24 hours and every answer is entered in",
    "the register of answers.\nThe policy is reviewed each year by the board.",
]
STATEMENT = ["I kept the register of answers.\nIn 2013 nobody entered anything for eleven weeks."]
STORY: dict[str, Any] = {
    "documents": [
        {"document": "INQ000001", "title": "Letter of the Office", "kind": "correspondence", "on": "2014-11-03"},
        {"document": "INQ000002", "title": "Minutes of the board", "kind": "minutes", "on": "2014-05"},
        {"document": "INQ000003", "title": "Policy on answering post", "kind": "policy", "on": "2011-03-14"},
        {"document": "INQ000004", "title": "Statement of the registrar", "kind": "statement", "supplier": "Llŷn Board"},
    ],
    "institutions": [
        {"name": "Office for Online Standards", "kind": "regulator", "aliases": ["OOS"]},
        {"name": "Heddlu Dŵr Llŷn", "kind": "police-force", "name_cy": "Heddlu Dŵr Llŷn"},
    ],
    "people": [{"cipher": "IN-A1", "class": "witness", "names": ["Quentin Placeholder"]}],
    "issues": [{"number": "2.2.1", "scope": "2.2", "text": "Was there a time within which post was answered?"}],
    "case_studies": [
        {
            "title": STUDY,
            "scope": ["2.2", "2.4"],
            "institutions": ["OOS", "Heddlu Dŵr Llŷn"],
            "period": "2011/2014",
            "reason": "Two sources differ.\nBoth are records of the body itself.",
            "status": "selected",
            "alternatives": ["The years before 2011: no register was kept."],
        }
    ],
    "excerpts": [
        {"ref": "guidance", "document": "INQ000001", "page": 1, "quote": "issued guidance in March 2011"},
        {"ref": "within", "document": "INQ000001", "page": 1, "quote": "Reports were to be answered within 24 hours."},
        {"ref": "delay", "document": "INQ000001", "page": 2, "quote": "the median answer took nine days"},
        {"ref": "asked", "document": "INQ000002", "page": 1, "quote": "The board asked for figures."},
        {"ref": "noted", "document": "INQ000002", "page": 1, "quote": "The board noted the delay."},
        {"ref": "entered", "document": "INQ000003", "page": 1, "quote": "every answer is entered in"},
        {
            "ref": "entered-on",
            "document": "INQ000003",
            "page": 2,
            "quote": "the register of answers.",
            "continues": "entered",
        },
        {
            "ref": "nobody",
            "document": "INQ000004",
            "page": 1,
            "quote": "In 2013 nobody entered anything for eleven weeks.",
            "links": [{"to": "person", "name": "IN-A1", "stance": "context"}],
        },
        {"ref": "picture", "document": "INQ000004", "page": 1, "box": [60, 60, 200, 120]},
    ],
    "events": [
        {
            "ref": "issued",
            "title": "Guidance issued",
            "on": "2011-03",
            "words": "in March 2011",
            "institutions": ["OOS"],
            "scope": ["2.2"],
            "sources": ["guidance"],
        },
        {
            "ref": "stopped",
            "title": "The register stops",
            "on": "2013",
            "status": "disputed",
            "dispute": "The Office says that it was kept elsewhere.",
            "institutions": ["Heddlu Dŵr Llŷn"],
            "scope": ["2.4"],
            "sources": ["nobody"],
            "people": ["IN-A1"],
        },
    ],
    "standards": [
        {"ref": "day", "title": "Answer within 24 hours", "kind": "guidance", "from": "2011-03", "excerpt": "within"},
        {"ref": "register", "title": "Register of answers", "kind": "own rule", "from": "2011", "excerpt": "entered"},
    ],
    "negative_searches": [
        {
            "ref": "none",
            "sought": "a review of the policy",
            "query": "review AND policy",
            "among": "the minutes of the board",
            "period": "2012/2014",
            "documents": 1,
            "pages": 1,
            "not_searchable": ["INQ000009 page 3"],
            "searched_by": "Reader",
            "searched_at": "2019-05-03T10:00:00+00:00",
        }
    ],
    "assessments": [
        {
            "ref": "slow",
            "institution": "OOS",
            "scope": "2.2",
            "period": "2011/2014",
            "rating": "partly adequate",
            "standards": ["day"],
            "for": ["guidance", "issued"],
            "against": ["delay", "none"],
            "gaps": ["No figures for 2012 were produced."],
            "confidence": "medium",
            "reasoning": "Guidance existed.\nPractice lagged behind it.",
            "question": "Was post answered in the time that was promised?",
            "author": "First Reader",
            "second_readings": [{"reader": "Second Reader", "rating": "inadequate", "reasoning": "Nine is not one."}],
        }
    ],
    "scope_exclusions": [{"institution": "OOS", "scope": "2.4", "reason": "It answers no calls for help."}],
    "findings": [
        {
            "ref": "f1",
            "kind": "systemic",
            "title": "Answers were late",
            "case_study": STUDY,
            "status": "settled",
            "sentences": [
                {"text": "Guidance was issued in March 2011.", "evidence": ["guidance", "issued"]},
                {"text": "Answers took longer than it asked.", "evidence": ["delay", "slow"]},
                {"text": "What was kept is disputed: the register stops in 2013.", "evidence": ["entered", "stopped"]},
                {"text": "No review was found.", "evidence": ["none"]},
            ],
        },
        {
            "ref": "f2",
            "kind": "fact",
            "title": "The board asked",
            "case_study": STUDY,
            "status": "settled",
            "sentences": [{"text": "The board noted the delay and asked for figures.", "evidence": ["noted", "asked"]}],
        },
    ],
    "lessons": [
        {"ref": "l1", "text": "Guidance needs figures.", "findings": ["f1", "f2"]},
        {"ref": "l2", "text": "Figures need a register.", "builds_on": ["l1"]},
    ],
    "recommendations": [
        {
            "ref": "r1",
            "text": "Publish answer times every quarter.",
            "addressee": "Office for Online Standards",
            "deadline": "six months",
            "due_on": "2020-01",
            "measure": "Four quarters are published.",
            "is_final": True,
            "lessons": ["l1"],
            "findings": ["f1"],
            "responses": [
                {
                    "by": "Office for Online Standards",
                    "on": "2020-02",
                    "answer": "accepted in part",
                    "text": "Twice a year.",
                    "state": "under way",
                    "evidence": ["asked"],
                }
            ],
        }
    ],
    "requests": [
        {
            "reference": "R9-001",
            "addressee": "Office for Online Standards",
            "institution": "OOS",
            "sent_on": "2018-01-10",
            "answered_on": "2018-02-10",
            "about": "answers to post",
        },
        {"reference": "R9-002", "addressee": "Llŷn Board", "sent_on": "2018-03-01", "about": "the register"},
    ],
    "hearings": [
        {"on": "2019-05-20", "day": 1, "kind": "open", "venue": "Room 1", "witnesses": ["The registrar"]},
        {"on": "2019-05-21", "day": 2, "kind": "closed", "witnesses": ["IN-A1"]},
    ],
    "parties": [
        {"name": "Office for Online Standards", "institution": "OOS", "representative": "Counsel A"},
        {"name": "IN-A1", "person": "IN-A1"},
    ],
    "restrictions": [{"ref": "ro", "kind": "order", "made_by": "Chair", "on": "2019-05-20", "targets": ["IN-A1"]}],
    "bundles": [
        {
            "name": "Hearing 1",
            "case_study": STUDY,
            "sections": [
                {"title": "Policies", "entries": [{"document": "INQ000003"}, {"document": "INQ000001"}]},
                {"title": "Practice", "entries": [{"document": "INQ000002"}, {"document": "INQ000004"}]},
            ],
        }
    ],
}


def tell_story(case: CaseFile, **more: Any) -> CaseStudyId:
    """Put the story into a case that has the letter and the minutes; the case study."""
    put_pdf(case, "INQ000003", "Policy", POLICY)
    put_pdf(case, "INQ000004", "Statement", STATEMENT)
    apply_json(case, {**STORY, **more})
    return case.all(CaseStudy, title=STUDY)[0].id


def build(case: CaseFile, folder: Path) -> Path:
    """The bundle of the story, built; its PDF."""
    return build_bundle(case, case.all(Bundle)[0].id, folder).path
