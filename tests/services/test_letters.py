"""Letters are drafted from the finding, sealed, and say when the finding has moved on."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.services.conftest import fill
from tests.services.letters_case import CRITICISED, criticised
from workbench.domain.analysis import Finding, Sentence
from workbench.domain.change import Action
from workbench.domain.errors import Refused
from workbench.domain.excerpt import Excerpt
from workbench.domain.fairness import LetterState
from workbench.domain.frame import Institution
from workbench.domain.protection import WarningLetter
from workbench.services.applying import apply_json
from workbench.services.exporting_json import export_json
from workbench.services.framing import merge_in_frame
from workbench.services.letter_list import STALE, letter_rows
from workbench.services.letters import (
    LetterFacts,
    draft_letter,
    facts_of,
    letters_of,
    link_answer,
    open_letter,
    record_letter,
    remove_letter,
)
from workbench.services.session import create_case, open_case
from workbench.services.verifying import verify_case
from workbench.store.case_file import CaseFile

TODAY = date(2026, 11, 25)
SENT = {"sent_on": "2026-10-01", "due_on": "2026-12-01"}


def everything_in(case: CaseFile) -> str:
    names = [row[0] for row in case.reader().execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return "\n".join(str(case.reader().execute(f'SELECT * FROM "{name}"').fetchall()) for name in names)


def states(case: CaseFile) -> dict[str, str]:
    return {row.body_name: row.state.value for row in letter_rows(case, TODAY)}


def test_a_letter_is_drafted_from_the_finding_in_three_parts(case: CaseFile) -> None:
    finding = criticised(case)
    draft = draft_letter(case, finding.id, "Office for Online Standards")
    assert draft.criticism.splitlines() == ["Answers came late.", "Nobody looked at the figures in time."]
    facts = draft.facts.splitlines()
    assert facts[0] == "What ought to have happened: Answer within 24 hours (in force from March 2011)."
    assert facts[1].startswith("The response of Office for Online Standards under paragraph 2.2 of the scope for 2014")
    assert facts[1].endswith("inadequate. Answers took nine times as long as was promised.")
    assert facts[2] == "March 2014: The board asks for figures."
    quotes = [case.get(Excerpt, item).quote for item in draft.evidence]
    assert quotes == [
        "Reports were to be answered within 24 hours.",
        "the median answer took nine days",
        "The board asked for figures.",
    ]
    assert case.count(WarningLetter) == 0


def test_no_table_and_no_history_says_what_a_letter_says_or_to_whom(case: CaseFile) -> None:
    finding = criticised(case)
    facts = LetterFacts(
        addressee="Chief Officer Zebedee", criticism="Cobalt words", note="Umber", reason="Ochre", **SENT
    )
    _change, letter = record_letter(case, finding.id, facts)
    record_letter(case, finding.id, replace(facts, response="Viridian", answered_on="2026-11-01"), identifier=letter)
    words = open_letter(case, case.get(WarningLetter, letter))
    assert (words.addressee, words.criticism, words.response) == ("Chief Officer Zebedee", "Cobalt words", "Viridian")
    held = everything_in(case)
    for secret in ("Zebedee", "Cobalt", "Umber", "Ochre", "Viridian"):
        assert secret not in held
    assert [entry.summary for entry in case.history()][-2:] == ["sent", "answered"]
    assert [check.name for check in verify_case(case) if not check.ok] == []


def test_every_criticised_body_is_listed_with_its_letter(case: CaseFile) -> None:
    finding = criticised(case)
    assert states(case) == {"Office for Online Standards": "no letter", "Northmere Board": "no letter"}
    board = next(item for item in case.all(Institution) if item.name == "Northmere Board")
    record_letter(case, finding.id, draft_letter(case, finding.id, "oos"))
    _, letter = record_letter(case, finding.id, LetterFacts(addressee="The Chair", body=board.id, **SENT))
    rows = {row.body_name: row for row in letter_rows(case, TODAY)}
    assert rows["Office for Online Standards"].state is LetterState.DRAFT
    assert (rows["Northmere Board"].state, rows["Northmere Board"].days_left) == (LetterState.SENT, 6)
    assert rows["Northmere Board"].wants == ("the criticism", "the facts", "the evidence")
    facts = facts_of(case, case.get(WarningLetter, letter))
    record_letter(case, finding.id, replace(facts, due_on="2026-11-24"), identifier=letter)
    assert states(case)["Northmere Board"] == "overdue"
    link_answer(case, letter, [case.all(Excerpt)[0].id])
    facts = facts_of(case, case.get(WarningLetter, letter))
    assert facts.answer == (case.all(Excerpt)[0].id,)
    record_letter(case, finding.id, replace(facts, answered_on="2026-11-20"), identifier=letter)
    assert states(case)["Northmere Board"] == "answered"
    considered = replace(facts, answered_on="2026-11-20", outcome="changed", reason="The date was wrong.")
    record_letter(case, finding.id, considered, identifier=letter)
    assert states(case)["Northmere Board"] == "considered"


def test_a_letter_tells_when_the_finding_has_changed_since(case: CaseFile) -> None:
    finding = criticised(case)
    draft = draft_letter(case, finding.id, "Northmere Board")
    record_letter(case, finding.id, replace(draft, **SENT))
    assert not letters_of(case)[0].is_stale
    sentence = case.all(Sentence, "position", finding=finding.id)[0]
    for changed in (replace(sentence, text="Answers came very late."), replace(sentence, evidence=())):
        with case.change(Action.EDIT_ANALYSIS) as step:
            step.put(changed)
        assert letters_of(case)[0].is_stale
        assert STALE in next(row for row in letter_rows(case, TODAY) if row.letter).wants
        case.undo()
        assert not letters_of(case)[0].is_stale
    behind = next(item for item in case.all(Excerpt) if "nine days" in item.quote)
    with case.change(Action.EDIT_EXCERPT) as step:
        step.put(replace(behind, withdrawn="Not the right year."))
    assert letters_of(case)[0].is_stale


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"addressee": " "}, "to whom"),
        ({"sent_on": "2026-05-01", "due_on": "2026-04-01"}, "due before"),
        ({"answered_on": "2026-04-01"}, "was sent"),
        ({"sent_on": "2026-05-01", "answered_on": "2026-04"}, "answered before"),
        ({"sent_on": "next week"}, "The day of sending"),
        ({"is_waived": True}, "Say why the letter was dispensed with"),
        ({"outcome": "unchanged", "sent_on": "2026-05-01"}, "Say why the criticism was unchanged"),
        ({"outcome": "unchanged", "reason": "So."}, "no outcome before"),
        ({"outcome": "perhaps"}, "is no outcome"),
        ({"addressee": "Office for Online Standards"}, "already"),
        ({"addressee": "The regulator", "body": "oos"}, "already"),
    ],
)
def test_what_cannot_be_is_refused(case: CaseFile, more: dict[str, object], sentence: str) -> None:
    finding = criticised(case)
    record_letter(case, finding.id, LetterFacts(addressee="OOS"))
    if "body" in more:
        more = {**more, "body": next(item.id for item in case.all(Institution) if "OOS" in item.aliases)}
    with pytest.raises(Refused, match=sentence):
        record_letter(case, finding.id, LetterFacts(**{"addressee": "Northmere Board", **more}))  # type: ignore[arg-type]
    assert case.count(WarningLetter) == 1


def test_only_criticism_takes_a_letter_and_one_that_was_sent_stays(case: CaseFile) -> None:
    finding = criticised(case)
    other = next(item for item in case.all(Finding) if item.id != finding.id)
    with pytest.raises(Refused, match="Only criticism"):
        record_letter(case, other.id, LetterFacts(addressee="OOS"))
    _, letter = record_letter(case, finding.id, LetterFacts(addressee="OOS"))
    remove_letter(case, letter)
    _, letter = record_letter(case, finding.id, LetterFacts(addressee="OOS", **SENT))
    with pytest.raises(Refused, match="stays on record"):
        remove_letter(case, letter)


def test_a_letter_follows_its_body_when_institutions_are_merged(case: CaseFile) -> None:
    finding = criticised(case)
    regulator, board = case.all(Institution)
    record_letter(case, finding.id, LetterFacts(addressee="The Chair", body=board.id, **SENT))
    merge_in_frame(case, regulator.id, [board.id])
    assert [(row.body, row.state.value) for row in letter_rows(case, TODAY)] == [(regulator.id, "sent")]


def test_letters_survive_the_way_through_json(case: CaseFile, tmp_path: Path) -> None:
    finding = criticised(case)
    draft = draft_letter(case, finding.id, "The Chair", case.all(Institution)[1].id)
    answer = (case.all(Excerpt)[1].id,)
    full = replace(
        draft, response="R", reason="Q", note="N", answered_on="2026-11-01", outcome="changed", answer=answer
    )
    record_letter(case, finding.id, replace(full, **SENT))
    record_letter(case, finding.id, LetterFacts(addressee="OOS", is_waived=True, reason="They wrote first."))
    exported = export_json(case)
    first = exported["warning_letters"][0]
    assert first["body"] == "Northmere Board"
    assert {"criticism", "facts", "response", "reason", "note", "evidence", "answer"} <= set(first)
    with fill(create_case(tmp_path / "Copy.casefile", title="Test", passphrase=None, who="tester")) as copy:
        apply_json(copy, json.loads(json.dumps(exported)))
        assert export_json(copy) == exported
        assert not any(letter.is_stale for letter in letters_of(copy))
        apply_json(copy, exported)
        assert copy.count(WarningLetter) == 2
        assert states(copy) == {"Northmere Board": "considered", "Office for Online Standards": "waived"}
    assert "warning_letters" in exported and export_json(case, names_people=False)["warning_letters"] == []


def test_a_row_about_a_letter_leaves_the_rest_of_it_alone(case: CaseFile) -> None:
    finding = criticised(case)
    record_letter(case, finding.id, draft_letter(case, finding.id, "OOS"))
    again = next(row for row in export_json(case)["findings"] if row["kind"] == "criticism")
    row = {"finding": again["ref"], "addressee": "OOS", "sent_on": "2026-10-01", "due_on": "2026-11-01"}
    apply_json(case, {**_named(case), "findings": [again], "warning_letters": [row]})
    (letter,) = letters_of(case, finding.id)
    assert letter.words.criticism.startswith("Answers came late.") and len(letter.record.evidence) == 3
    assert (letter.record.sent_on, letter.is_stale) == ("2026-10-01", False)


def _named(case: CaseFile) -> dict[str, Any]:
    """What the findings of a case rest on, as a file names it."""
    kept = ("excerpts", "events", "standards", "assessments")
    return {name: rows for name, rows in export_json(case).items() if name in kept}


def test_letters_of_an_older_case_are_sealed_when_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "Old.casefile"
    with fill(create_case(path, title="Test", passphrase=None, who="tester")) as case:
        apply_json(case, CRITICISED)
        finding = case.all(Finding)[0].id
        with case.change(Action.EDIT_PROTECTION) as step:
            step.put(
                WarningLetter(id="wrn_1", finding=finding, addressee="OOS", note="Umber note", sent_on="2026-05-01")
            )
    assert b"Umber note" in path.read_bytes()
    with open_case(path) as case:
        assert "Umber" not in everything_in(case)
        letter = letters_of(case)[0]
        assert (letter.words.addressee, letter.words.note, letter.record.sent_on) == ("OOS", "Umber note", "2026-05-01")
        assert states(case)["Office for Online Standards"] == "sent"
        assert [check.name for check in verify_case(case) if not check.ok] == []
    assert b"Umber note" not in path.read_bytes()
