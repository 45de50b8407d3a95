"""Whatever a person can say in the analysis survives ``export json`` and ``apply`` into another case."""

from __future__ import annotations

import copy
import json
from dataclasses import MISSING, asdict, fields
from pathlib import Path
from typing import Any

import pytest

from tests.services.conftest import fill
from tests.services.test_applying import FULL
from workbench.domain import analysis, event, frame, inquiry, protection
from workbench.domain.document import Document
from workbench.domain.excerpt import Excerpt
from workbench.services.applying import ApplyRefused, apply_json
from workbench.services.exporting_json import export_json
from workbench.services.letters import letters_of
from workbench.services.session import create_case
from workbench.services.verifying import verify_case
from workbench.store.case_file import CaseFile

RECORDS: tuple[type[Any], ...] = (
    frame.CaseStudy,
    event.Event,
    event.EventOrder,
    analysis.Standard,
    analysis.NegativeSearch,
    analysis.Assessment,
    analysis.SecondReading,
    analysis.ScopeExclusion,
    analysis.Finding,
    analysis.Sentence,
    analysis.Lesson,
    analysis.Recommendation,
    analysis.Response,
    inquiry.Issue,
    inquiry.EvidenceRequest,
    inquiry.Hearing,
    inquiry.Party,
    protection.WarningLetter,
)


#: Written as it was by older programs; now what a letter says stands sealed.
_NO_LONGER_WRITTEN = {(protection.WarningLetter, "addressee"), (protection.WarningLetter, "note")}


def everything() -> dict[str, Any]:
    """An apply file in which every field of every such record says something that is not its default."""
    content = copy.deepcopy(FULL)
    content["documents"] = [
        {
            "document": "INQ000001",
            "withdrawn_on": "2019-05",
            "withdrawn_reason": "Supplied in error.",
            "superseded_by": "INQ000002",
        }
    ]
    content["issues"] = [{"number": "2.2(a)", "scope": "2.2", "text": "Who kept figures?", "status": "answered"}]
    content["case_studies"][0] |= {
        "status": "selected",
        "alternatives": ["Referrals: the papers end in 2012."],
        "context": ["INQ000002"],
    }
    content["excerpts"][2] |= {"withdrawn": "Read wrongly.", "links": [{"to": "issue", "name": "2.2(a)"}]}
    content["events"][1] |= {"people": ["IN-A1"], "dispute": "The board says 2015.", "note": "Compare the minutes."}
    content["event_orders"] = [
        {"earlier": "first", "later": "second", "words": "after the guidance", "source": "delay"}
    ]
    content["standards"].append(
        {
            "ref": "std-2",
            "title": "Answer within 12 hours",
            "excerpt": "delay",
            "from": "2014",
            "until": "2016",
            "kind": "guidance",
            "institutions": ["OOS"],
            "version": "2",
            "replaces": "std",
            "note": "Second edition.",
        }
    )
    content["negative_searches"] = [
        {
            "ref": "none",
            "sought": "a reply by the board",
            "query": "board reply",
            "among": "the minutes",
            "period": "2014/2015",
            "understood_as": "board AND reply",
            "hits": 2,
            "documents": 3,
            "pages": 9,
            "not_searchable": ["INQ000002 page 1"],
            "conclusion": "Both are about another letter.",
            "searched_by": "A. Reader",
            "searched_at": "2019-05-03T10:00:00+00:00",
            "history_head": "abc",
        }
    ]
    content["assessments"][0] |= {
        "question": "Did the Office ask for figures?",
        "dimensions": ["timeliness"],
        "issues": ["2.2(a)"],
        "author": "A. Reader",
        "assessed_on": "2019-05-04",
        "second_readings": [
            {
                "reader": "B. Reader",
                "rating": "inadequate",
                "confidence": "low",
                "reasoning": "It asked late.",
                "read_on": "2019-05-05",
            }
        ],
    }
    content["assessments"][0]["against"].append("none")
    content["scope_exclusions"] = [
        {"institution": "Heddlu Dŵr Llŷn", "scope": "2.2", "period": "2011/2014", "reason": "It regulates nobody."}
    ]
    content["findings"].append(
        {
            "ref": "f2",
            "kind": "criticism",
            "case_study": "Response times",
            "title": "Silence",
            "status": "settled",
            "criticised": ["OOS", "IN-A1"],
            "proof": "balance of probabilities",
            "sentences": [
                {"text": "The Office did not ask again.", "evidence": ["delay"]},
                {"text": "No reply was found.", "evidence": ["none", "std-2"]},
            ],
        }
    )
    content["lessons"].append({"ref": "l2", "text": "Ask again.", "findings": ["f2"], "builds_on": ["l1"]})
    content["recommendations"][0] |= {
        "due_on": "2020-01",
        "measure": "Figures are published.",
        "is_final": True,
        "earlier": ["Review of 2009, recommendation 4"],
        "responses": [
            {
                "by": "OOS",
                "on": "2019-12",
                "answer": "accepted in part",
                "text": "Yearly.",
                "state": "under way",
                "evidence": ["board"],
            }
        ],
    }
    content["requests"] = [
        {
            "reference": "R9-001",
            "kind": "section 21",
            "addressee": "The registrar",
            "institution": "OOS",
            "sent_on": "2018-01-02",
            "due_on": "2018-02",
            "answered_on": "2018-03",
            "about": "Figures of 2012.",
            "scope": ["2.2"],
            "note": "Extended once.",
        }
    ]
    content["hearings"] = [
        {
            "on": "2019-05-13",
            "day": 1,
            "title": "Opening",
            "kind": "closed",
            "venue": "Room 4",
            "witnesses": ["IN-A1"],
            "note": "Transcript reviewed.",
        }
    ]
    content["parties"] = [
        {
            "name": "The Office",
            "institution": "OOS",
            "person": "IN-A1",
            "role": "interested party",
            "from": "2017",
            "until": "2020",
            "representative": "A. Counsel",
        }
    ]
    content["warning_letters"] = [
        {
            "finding": "f2",
            "addressee": "The Office",
            "sent_on": "2019-06-01",
            "due_on": "2019-07-01",
            "answered_on": "2019-06-20",
            "note": "By hand.",
            "criticism": "It did not ask again.",
            "facts": "One letter was sent.",
            "response": "It asked by telephone.",
            "reason": "No note of a call was found.",
            "evidence": ["delay"],
            "answer": ["board"],
            "outcome": "unchanged",
            "is_waived": True,
        }
    ]
    return content


def test_every_field_is_said_and_kept(case: CaseFile, tmp_path: Path) -> None:
    apply_json(case, everything())
    for record in RECORDS:
        held = case.all(record)
        assert held, record.__name__
        for field in fields(record):
            if field.default is not MISSING and (record, field.name) not in _NO_LONGER_WRITTEN:
                said = [getattr(item, field.name) for item in held]
                assert any(value != field.default for value in said), f"{record.__name__}.{field.name}"
    words = asdict(letters_of(case)[0].words)
    assert all(words[said] == text for said, text in everything()["warning_letters"][0].items() if said in words)
    assert case.first(Document, urn="INQ000001").withdrawn_reason  # type: ignore[union-attr]
    assert any(item.withdrawn for item in case.all(Excerpt))
    exported = export_json(case)
    with create_case(tmp_path / "Second.casefile", passphrase=None) as second:
        fill(second)
        apply_json(second, json.loads(json.dumps(exported)))
        assert export_json(second) == exported
        apply_json(second, json.loads(json.dumps(exported)))
        assert export_json(second) == exported
        assert all(check.ok for check in verify_case(second))


def test_undo_takes_everything_back(case: CaseFile) -> None:
    before = export_json(case)
    apply_json(case, everything())
    case.undo()
    assert export_json(case) == before
    case.redo()
    assert all(check.ok for check in verify_case(case))


@pytest.mark.parametrize(
    ("kind", "rows", "sentence"),
    [
        (
            "lessons",
            [{"ref": "a", "text": "A", "builds_on": ["b"]}, {"ref": "b", "text": "B", "builds_on": ["a"]}],
            "circle",
        ),
        ("standards", [{"ref": "s", "title": "S", "replaces": "s"}], "circle"),
        ("event_orders", [{"earlier": "first", "later": "first"}], "before itself"),
        ("negative_searches", [{"sought": "x", "query": "y", "searched_at": "yesterday"}], "no moment"),
        ("hearings", [{"on": "2019-02-30"}], "no day of any calendar"),
        ("requests", [{"reference": "R", "kind": "letter"}], "can be one of"),
        ("findings", [{"kind": "fact", "criticised": ["Nobody"]}], "Nobody"),
        ("events", [{"title": "T", "on": "2014-13"}], "calendar"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(case: CaseFile, kind: str, rows: Any, sentence: str) -> None:
    content = everything()
    content[kind] = [*content.get(kind, []), *rows]
    before = export_json(case)
    with pytest.raises(ApplyRefused, match=sentence):
        apply_json(case, content)
    assert export_json(case) == before
