"""Criticism waits for every body it criticises, and no letter is ever in an export."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest

from tests.services.letters_case import criticised
from workbench.domain.analysis import Finding, Sentence
from workbench.domain.audience import AUDIENCES
from workbench.domain.bundle import Build
from workbench.domain.change import Action
from workbench.domain.errors import CheckFailed, Refused
from workbench.domain.frame import CaseStudy, Institution
from workbench.domain.ids import FindingId
from workbench.services.applying import apply_json
from workbench.services.breach import breach_drill
from workbench.services.clearing import Clearing
from workbench.services.exporting import EXPORT_FORMATS, export_case
from workbench.services.letter_export import letter_to, write_letter
from workbench.services.letters import LetterFacts, draft_letter, letters_of, record_letter
from workbench.services.protecting import DisclosureFacts, record_disclosure
from workbench.services.releasing import LeaksFound, WarnedCriticism, refuse_unwarned_criticism
from workbench.store.case_file import CaseFile

TODAY = date(2026, 11, 25)
OVER = {"sent_on": "2026-05-01", "due_on": "2026-06-01"}
PHRASE = "Heliotrope quillwork"


def gate(case: CaseFile, finding: FindingId, audience: str = "core participants") -> WarnedCriticism:
    return refuse_unwarned_criticism(case, Clearing(case, audience, TODAY), [case.get(Finding, finding)])


def test_every_criticised_body_needs_its_own_letter(case: CaseFile) -> None:
    finding = criticised(case)
    with pytest.raises(
        Refused, match=r"letter to Office for Online Standards about finding 1 \(“Late answers”\) is miss"
    ) as told:
        gate(case, finding.id)
    assert "1 more like it" in str(told.value) and "Answers came late" not in str(told.value)
    record_letter(case, finding.id, LetterFacts(addressee="OOS", **OVER))
    with pytest.raises(Refused, match="letter to Northmere Board about finding 1"):
        gate(case, finding.id)
    record_letter(case, finding.id, LetterFacts(addressee="Somebody else", **OVER))
    with pytest.raises(Refused, match="letter to Northmere Board"):
        gate(case, finding.id)
    record_letter(case, finding.id, LetterFacts(addressee="Northmere Board", **OVER))
    assert gate(case, finding.id) == WarnedCriticism()
    assert gate(case, finding.id, "team") == WarnedCriticism()


@pytest.mark.parametrize(
    ("letter", "says"),
    [
        ({}, "was not sent yet"),
        ({"sent_on": "2026-05-01"}, "without a day by which to answer"),
        ({"sent_on": "2026-05-01", "due_on": "2026-11"}, "runs until 2026-11-30"),
        ({"sent_on": "2026-12-01", "due_on": "2026-12-20"}, "was not sent yet"),
    ],
)
def test_the_refusal_says_what_is_missing(case: CaseFile, letter: dict[str, Any], says: str) -> None:
    finding = criticised(case)
    record_letter(case, finding.id, LetterFacts(addressee="OOS", **letter))
    with pytest.raises(Refused, match=says):
        gate(case, finding.id)


def test_a_waiver_is_an_override_and_keeps_its_reason_to_itself(case: CaseFile) -> None:
    finding = criticised(case)
    for body in ("OOS", "Northmere Board"):
        record_letter(case, finding.id, LetterFacts(addressee=body, is_waived=True, reason=f"{PHRASE}."))
    overrides = [item.what for item in gate(case, finding.id).overrides]
    assert overrides == [
        f"The warning letter to {body} about finding 1 (“Late answers”) was expressly dispensed with."
        for body in ("Office for Online Standards", "Northmere Board")
    ]
    rows = [{"finding": "f", "addressee": "Northmere Board", "is_waived": True}]
    again = {
        "ref": "f",
        "kind": "criticism",
        "criticised": ["Northmere Board"],
        "sentences": [{"text": "It was late."}],
    }
    apply_json(case, {"findings": [again], "warning_letters": rows})
    second = letters_of(case)[-1].record.finding
    with pytest.raises(Refused, match="nobody said why"):
        gate(case, second)


def test_what_should_be_known_of_a_letter_is_told_and_holds_nothing_back(case: CaseFile, tmp_path: Path) -> None:
    finding = criticised(case)
    for body in ("OOS", "Northmere Board"):
        record_letter(case, finding.id, replace(draft_letter(case, finding.id, body), **OVER))
    letter = letters_of(case, finding.id)[0].record
    facts = replace(draft_letter(case, finding.id, "OOS"), **OVER, answered_on="2026-05-20")
    record_letter(case, finding.id, facts, identifier=letter.id)
    sentence = case.all(Sentence, "position", finding=finding.id)[0]
    with case.change(Action.EDIT_ANALYSIS) as step:
        step.put(replace(sentence, text="Answers came very late."))
    told: list[str] = []
    export_case(case, "case-study", tmp_path, audience="panel", tell=told.append)
    assert "has no outcome yet: was it considered?" in told[0]
    assert sum("no longer states the criticism as it stands" in sentence for sentence in told) == 2


def every_file(folder: Path) -> bytes:
    """Everything in the files of a folder, packed or not."""
    found = [f"{path}".encode() for path in folder.rglob("*")]
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            found.append(content)
            if path.suffix == ".pdf":
                found += [page.get_textpage().get_text_range().encode() for page in pypdfium2.PdfDocument(content)]
            if zipfile.is_zipfile(io.BytesIO(content)):
                with zipfile.ZipFile(io.BytesIO(content)) as packed:
                    found += [packed.read(name) for name in packed.namelist()]
    return b"\n".join(found)


def test_no_export_but_the_whole_case_says_what_a_letter_says(case: CaseFile, tmp_path: Path) -> None:
    finding = criticised(case)
    words = dict.fromkeys(("criticism", "facts", "response", "reason", "note"), f"{PHRASE} indeed.")
    for body in case.all(Institution):
        facts = LetterFacts(addressee=f"{PHRASE}, {body.name}", body=body.id, **words, **OVER)
        record_letter(case, finding.id, replace(facts, outcome="unchanged", answered_on="2026-05-20"))
    study = case.all(CaseStudy)[0].id
    made = []
    for format_name in EXPORT_FORMATS:
        # What takes long is made for the narrowest and the widest; those between get what one of them gets.
        for audience in AUDIENCES if format_name not in ("report", "case-study") else (AUDIENCES[0], AUDIENCES[-1]):
            folder = tmp_path / f"{format_name} {audience}"
            try:
                export_case(case, format_name, folder, case_study=study, audience=audience)
            except Refused:
                continue
            made.append(format_name)
            holds = PHRASE.encode() in every_file(folder)
            assert holds == (format_name == "json"), folder.name
    assert set(made) == set(EXPORT_FORMATS)
    assert PHRASE not in json.dumps([build.overrides for build in case.all(Build)])
    assert PHRASE not in "".join(f"{entry.summary}" for entry in case.history())


def test_a_letter_is_written_swept_and_recorded_without_its_words(case: CaseFile, tmp_path: Path) -> None:
    finding = criticised(case)
    letter, is_new = letter_to(case, finding.id, "OOS")
    assert is_new and letter_to(case, finding.id, "Office for Online Standards") == (letter, False)
    written = write_letter(case, letter, tmp_path)
    assert "names no day by which to answer" in written.notices[0]
    page = docx.Document(str(written.path))
    text = "\n".join(paragraph.text for paragraph in page.paragraphs)
    for part in ("Answers came late.", "March 2014: The board asks for figures.", "The proposed criticism"):
        assert part in text
    rows = [[cell.text for cell in row.cells] for row in page.tables[0].rows]
    assert rows[1] == ["1", "INQ000001_001\nLetter", "“Reports were to be answered within 24 hours.”", "1.1"]
    assert rows[2][3] == "1.1, 1.2"
    build = case.all(Build)[-1]
    assert (build.kind, build.filename, build.audience) == ("letter", "warning letter 1-1.docx", "core participants")
    with pytest.raises(Refused, match="confidential"):
        record_disclosure(case, build.id, DisclosureFacts(recipient="OOS"))
    first = written.path.read_bytes()
    assert write_letter(case, letter_to(case, finding.id, "OOS")[0], tmp_path / "again").path.read_bytes() == first
    record = letters_of(case, finding.id)[0].record
    named = replace(draft_letter(case, finding.id, "OOS"), facts="Quentin Placeholder signed.")
    record_letter(case, finding.id, named, identifier=record.id)
    with pytest.raises(LeaksFound, match="IN-A1"):
        write_letter(case, letter_to(case, finding.id, "OOS")[0], tmp_path / "leak")
    assert not (tmp_path / "leak").exists()
    write_letter(case, letter_to(case, finding.id, "OOS")[0], tmp_path / "leak", override="It is to them.")
    assert [place.what for place in breach_drill(case, "IN-A1").places] == ["warning letter"]


def test_words_that_the_addressee_may_not_see_are_not_repeated(case: CaseFile, tmp_path: Path) -> None:
    finding = criticised(case)
    order = {"kind": "order", "made_by": "The Chair", "targets": ["INQ000002"]}
    mark = {"document": "INQ000001", "page": 2, "quote": "median answer took nine days", "reason": "other"}
    apply_json(case, {"restrictions": [order], "redactions": [mark]})
    written = write_letter(case, letter_to(case, finding.id, "OOS")[0], tmp_path / "out")
    held = every_file(tmp_path / "out")
    assert b"nine days" not in held and b"asked for figures" not in held and b"24 hours" in held
    assert sum("restricted" in notice for notice in written.notices) == 2
    record = letters_of(case, finding.id)[0].record
    told = replace(draft_letter(case, finding.id, "OOS"), facts="The median answer took nine days.")
    record_letter(case, finding.id, told, identifier=record.id)
    with pytest.raises(CheckFailed, match="the facts"):
        write_letter(case, letter_to(case, finding.id, "OOS")[0], tmp_path / "marked")


def test_without_anybody_named_one_letter_is_enough(case: CaseFile) -> None:
    finding = criticised(case)
    withdrawn = replace(finding, criticised=())
    with case.change(Action.EDIT_ANALYSIS) as step:
        step.put(withdrawn)
    record_letter(case, finding.id, LetterFacts(addressee="Whoever it was", **OVER))
    assert gate(case, finding.id) == WarnedCriticism()
