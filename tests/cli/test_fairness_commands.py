"""Letters and the inquiry's registers from the command line: states and figures, never the words of a letter."""

from __future__ import annotations

import json

import docx

from tests.cli.test_commands import Terminal, filled, terminal  # noqa: F401 - fixtures


def test_letters_are_listed_and_written(filled: Terminal) -> None:  # noqa: F811
    rows = {
        "institutions": [{"name": "Northmere Board"}],
        "findings": [
            {
                "ref": "f",
                "kind": "criticism",
                "title": "Late",
                "criticised": ["Northmere Board"],
                "sentences": [{"text": "It was late."}],
            }
        ],
        "warning_letters": [{"finding": "f", "addressee": "The chair of Northmere Board", "criticism": "Umber."}],
        "requests": [{"reference": "R9-001", "sent_on": "2020-01-01", "due_on": "2020-02-01"}],
        "hearings": [{"on": "2026-11-03", "day": 1, "witnesses": ["Chief Officer"]}],
        "parties": [{"name": "Northmere Board", "institution": "Northmere Board"}],
    }
    file = filled.folder / "rows.json"
    file.write_text(json.dumps(rows), encoding="utf-8")
    filled.run("apply", filled.case, str(file))
    listed = filled.json("letters", filled.case, exits=1)
    assert listed["held_back"] == 1
    (row,) = listed["letters"]
    assert (row["finding"], row["body"], row["state"]) == (1, "Northmere Board", "draft")
    assert row["wants"] == ["the facts", "the evidence"]
    told = filled.run("letters", filled.case, exits=1)
    assert "Umber" not in json.dumps(listed) + told.output
    out = filled.folder / "out"
    written = filled.run("letter", filled.case, "late", "--to", "Northmere Board", "--out", str(out), exits=1)
    assert "names no day by which to answer" in written.stderr
    text = "\n".join(paragraph.text for paragraph in docx.Document(str(out / "warning letter 1-1.docx")).paragraphs)
    assert "Umber." in text and "The chair of Northmere Board" in text
    missing = filled.run("letter", filled.case, "7", "--to", "Northmere Board", "--out", str(out), exits=2)
    assert "There is no such finding" in missing.stderr


def test_the_inquirys_registers_are_listed(filled: Terminal) -> None:  # noqa: F811
    rows = {"requests": [{"reference": "R9-001", "sent_on": "2020-01-01", "due_on": "2020-02-01"}]}
    file = filled.folder / "rows.json"
    file.write_text(json.dumps(rows), encoding="utf-8")
    filled.run("apply", filled.case, str(file))
    lists = filled.json("inquiry", filled.case, exits=1)
    assert lists["requests"][0]["state"] == "overdue"
    assert lists["totals"]["documents_without_request"] == 2
    assert "overdue by" in filled.run("inquiry", filled.case, exits=1).output
