"""A file is applied whole or not at all, and what is exported can be applied again."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from tests.services.conftest import fill
from workbench.domain.analysis import Assessment, Finding, Rating, Sentence
from workbench.domain.bundle import Entry
from workbench.domain.errors import Refused
from workbench.domain.event import Event
from workbench.domain.excerpt import Excerpt, Link, Stance
from workbench.domain.frame import CaseStudy, Institution, Theme
from workbench.services.applying import ApplyRefused, apply_json, read_apply_file
from workbench.services.exporting_json import export_json
from workbench.services.session import create_case
from workbench.services.verifying import verify_case
from workbench.store.case_file import CaseFile

FULL: dict[str, Any] = {
    "institutions": [
        {"name": "Office for Online Standards", "kind": "regulator", "aliases": ["OOS"]},
        {"name": "Heddlu Dŵr Llŷn", "kind": "police force", "name_cy": "Heddlu Dŵr Llŷn", "parent": "OOS"},
    ],
    "people": [{"cipher": "IN-A1", "class": "witness", "names": ["Quentin Placeholder", "1 Sample Street"]}],
    "excerpts": [
        {
            "ref": "guidance",
            "document": "INQ000001",
            "page": 1,
            "quote": "issued guidance in March 2011",
            "note": "first guidance",
            "themes": ["guidance", "timeliness"],
            "links": [
                {"to": "institution", "name": "OOS", "stance": "supports"},
                {"to": "scope", "name": "2.2", "stance": "supports"},
                {"to": "event", "name": "Guidance issued"},
                {"to": "case_study", "name": "Response times"},
                {"to": "person", "name": "IN-A1", "stance": "silent"},
            ],
        },
        {"ref": "delay", "document": "Letter.pdf", "page": 2, "quote": "median answer took nine days"},
        {
            "ref": "board",
            "document": "INQ000002",
            "page": 1,
            "quote": "The board noted",
            "suffix": " the delay",
        },
    ],
    "events": [
        {
            "title": "Guidance issued",
            "on": "2011-03",
            "words": "in March 2011",
            "kind": "policy",
            "status": "agreed",
            "institutions": ["OOS"],
            "scope": ["2.2"],
            "sources": ["guidance"],
        },
        {"ref": "second", "title": "Guidance issued", "on": "2014?", "status": "disputed"},
    ],
    "case_studies": [
        {
            "title": "Response times",
            "scope": ["2.2", "2.3"],
            "institutions": ["Office for Online Standards"],
            "period": "2011/2014",
            "reason": "Two sources differ.",
        }
    ],
    "standards": [{"ref": "std", "title": "Answer within 24 hours", "excerpt": "guidance", "from": "2011-03"}],
    "assessments": [
        {
            "ref": "asm",
            "institution": "OOS",
            "scope": "2.2",
            "period": "2011/2014",
            "rating": "partly adequate",
            "standards": ["std"],
            "for": ["guidance"],
            "against": ["delay"],
            "gaps": ["no figures for 2012"],
            "confidence": "medium",
            "reasoning": "Guidance existed; practice lagged.",
        }
    ],
    "findings": [
        {
            "ref": "f1",
            "kind": "systemic",
            "case_study": "Response times",
            "sentences": [
                {"text": "Guidance was issued in March 2011.", "evidence": ["guidance", "Guidance issued"]},
                {"text": "Answers took longer than it asked.", "evidence": ["delay", "asm"]},
            ],
        }
    ],
    "lessons": [{"ref": "l1", "text": "Guidance needs figures.", "findings": ["f1"]}],
    "recommendations": [
        {
            "ref": "r1",
            "text": "Publish answer times.",
            "addressee": "OOS",
            "deadline": "six months",
            "lessons": ["l1"],
            "findings": ["f1"],
        }
    ],
    "restrictions": [{"ref": "ro", "kind": "order", "made_by": "Chair", "on": "2019-05-20", "targets": ["IN-A1"]}],
    "redactions": [
        {"document": "INQ000001", "page": 2, "quote": "IN-A1", "reason": "cipher", "restriction": "ro"},
        {"document": "INQ000001", "page": 1, "box": [10, 20, 30, 40], "reason": "personal"},
    ],
    "bundles": [
        {
            "name": "Hearing 1",
            "kind": "hearing",
            "profile": "ctj-2021",
            "audience": "team",
            "case_study": "Response times",
            "sections": [
                {
                    "title": "Guidance",
                    "entries": [
                        {"document": "INQ000001", "pages": "1-2", "title": "Llythyr Dŵr", "on": "2011-03"},
                        {"document": "INQ000002"},
                    ],
                }
            ],
        }
    ],
}
# The first event is named by its title, which two events share: give it a ref where it is meant.
FULL["events"][0]["ref"] = "first"
FULL["excerpts"][0]["links"][2]["name"] = "first"
FULL["findings"][0]["sentences"][0]["evidence"][1] = "first"


def test_everything_lands_as_one_change(case: CaseFile) -> None:
    before = len(case.history())
    report = apply_json(case, FULL)
    assert len(case.history()) == before + 1
    assert report.counts["excerpts"] == 3
    guidance = next(e for e in case.all(Excerpt) if e.quote == "issued guidance in March 2011")
    assert guidance.boxes and guidance.boxes[0].x1 > guidance.boxes[0].x0
    names = {i.id: i.name for i in case.all(Institution)}
    links = {(names.get(link.target, link.target), link.stance) for link in case.all(Link, excerpt=guidance.id)}
    assert ("Office for Online Standards", Stance.SUPPORTS) in links
    assert len(links) == 5
    assert [theme.name for theme in case.all(Theme)] == ["guidance", "timeliness"]
    event = case.first(Event, on="2011-03")
    assert event is not None
    assert (event.on_earliest, event.on_latest) == ("2011-03-01", "2011-03-31")
    board = next(e for e in case.all(Excerpt) if e.quote == "The board noted")
    assert board.suffix.startswith(" the delay")
    assert case.all(Assessment)[0].rating is Rating.PARTLY_ADEQUATE
    assert len(case.all(Sentence, "position")[1].evidence) == 2
    assert case.all(Entry, "position")[0].pages == "1-2"
    assert all(check.ok for check in verify_case(case))
    case.undo()
    assert (case.count(Excerpt), case.count(Institution), case.count(Finding)) == (0, 0, 0)
    case.redo()
    assert case.count(Excerpt) == 3
    assert all(check.ok for check in verify_case(case))


def test_an_export_applied_to_an_empty_case_gives_the_same_case(case: CaseFile, tmp_path: Path) -> None:
    apply_json(case, FULL)
    exported = export_json(case)
    with create_case(tmp_path / "Second.casefile", passphrase=None) as second:
        fill(second)
        apply_json(second, json.loads(json.dumps(exported)))
        assert export_json(second) == exported


def test_applying_a_file_again_doubles_nothing(case: CaseFile) -> None:
    apply_json(case, FULL)
    exported = export_json(case)
    apply_json(case, FULL)
    assert export_json(case) == exported


def _broken(path: list[Any], value: Any) -> dict[str, Any]:
    content = copy.deepcopy(FULL)
    place: Any = content
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return content


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (_broken(["excerpts", 1, "quote"], "never written"), "excerpts[2]: “never written” is not on page 2 of"),
        (_broken(["excerpts", 2, "suffix"], ""), "excerpts[3]: “The board noted” is on page 1 of INQ000002 2 times"),
        (_broken(["excerpts", 0, "page"], 9), "excerpts[1]: INQ000001 has 2 pages, no page 9"),
        (_broken(["excerpts", 0, "page"], "1"), "excerpts[1].page is not a page number"),
        (_broken(["excerpts", 0, "document"], "INQ999999"), "the document “INQ999999”, which is not in the case"),
        (_broken(["excerpts", 0, "stanse"], "x"), "excerpts[1] has an unknown field “stanse”"),
        (_broken(["excerpts", 0, "links", 0, "stance"], "agrees"), "excerpts[1].links[1].stance is “agrees”"),
        (_broken(["excerpts", 0, "links", 0, "to"], "theme"), "excerpts[1].links[1].to is “theme”"),
        (_broken(["excerpts", 0, "links", 0, "name"], "Nobody"), "the institution “Nobody”, which is not in the file"),
        (_broken(["excerpts", 0, "links", 2, "name"], "Guidance issued"), "several are called so"),
        (_broken(["excerpts", 0, "quote"], "half \ud800"), "half a surrogate pair"),
        (_broken(["events", 0, "on"], "12/03/1978"), "events[1].on:"),
        (_broken(["events", 0, "title"], ""), "events[1] lacks its “title”"),
        (_broken(["assessments", 0, "rating"], "good"), "assessments[1].rating is “good”"),
        (_broken(["assessments", 0, "scope"], "9.9"), "the scope paragraph “9.9”"),
        (_broken(["findings", 0, "sentences", 1, "evidence"], ["nothing"]), "rests on “nothing”"),
        (_broken(["findings", 0, "kind"], "opinion"), "findings[1].kind is “opinion”"),
        (_broken(["redactions", 1, "box"], [30, 20, 10, 40]), "redactions[2].box is empty"),
        (_broken(["redactions", 0, "page"], 7), "redactions[1]: INQ000001 has 2 pages"),
        (_broken(["bundles", 0, "sections", 0, "entries", 0, "document"], "x"), "entries[1] names the document “x”"),
        (_broken(["institutions"], {}), "“institutions” is not a list"),
        (_broken(["sentences"], []), "“sentences” is no list that can be applied"),
        ([], "holds no JSON object"),
    ],
)
def test_one_wrong_row_and_nothing_is_applied(case: CaseFile, content: Any, sentence: str) -> None:
    head = case.history_head
    with pytest.raises(ApplyRefused) as refused:
        apply_json(case, content)
    assert sentence in str(refused.value)
    assert case.history_head == head
    assert (case.count(Excerpt), case.count(Institution), case.count(CaseStudy)) == (0, 0, 0)


def test_every_wrong_row_is_named_at_once(case: CaseFile) -> None:
    content = _broken(["excerpts", 1, "quote"], "never written")
    content["excerpts"][0]["page"] = 9
    with pytest.raises(ApplyRefused) as refused:
        apply_json(case, content)
    assert len(refused.value.problems) == 2


def test_a_file_that_is_not_json_says_where_it_breaks(tmp_path: Path) -> None:
    path = tmp_path / "apply.json"
    path.write_text('{"institutions": [\n{"name" "x"}]}')
    with pytest.raises(Refused, match="line 2"):
        read_apply_file(path)
    path.write_bytes(b"\xff\xfe{")
    with pytest.raises(Refused, match="UTF-8"):
        read_apply_file(path)
