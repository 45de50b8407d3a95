"""Standards, assessments, agreement and negative searches on the command line, as lines and as JSON."""

from __future__ import annotations

import json

from tests.cli.test_commands import Terminal, filled, terminal  # noqa: F401 - fixtures
from tests.services.conftest import make_pdf

APPLIED = {
    "institutions": [{"name": "Northmere"}],
    "excerpts": [
        {"ref": "fast", "document": "Letter.pdf", "page": 1, "quote": "answered within 24 hours"},
        {"ref": "slow", "document": "Letter.pdf", "page": 2, "quote": "nine days"},
    ],
    "standards": [
        {"ref": "one", "title": "Answers", "version": "1", "from": "2011-03", "excerpt": "fast", "kind": "guidance"},
        {"ref": "two", "title": "Answers", "version": "2", "from": "2014-06-01", "replaces": "one"},
    ],
    "assessments": [
        {
            "institution": "Northmere",
            "scope": "2.3",
            "period": "2012/2013",
            "rating": "inadequate",
            "standards": ["one"],
            "for": ["fast"],
            "against": ["slow"],
            "reasoning": "Nine days instead of one.",
            "author": "Ann",
            "second_readings": [{"reader": "Bob", "rating": "partly adequate"}],
        }
    ],
}


def prepared(terminal: Terminal, **changes: object) -> Terminal:  # noqa: F811
    file = terminal.folder / "apply.json"
    file.write_text(json.dumps(APPLIED | changes), encoding="utf-8")
    terminal.run("apply", terminal.case, str(file))
    return terminal


def test_standards_are_listed_and_asked_for_a_day(filled: Terminal) -> None:  # noqa: F811
    prepared(filled)
    listed = filled.json("standards", filled.case)["standards"]
    assert [(item["version"], item["stood"], item["standing"]) for item in listed] == [
        ("1", "from March 2011 until replaced by “Answers, version 2” (1 June 2014)", None),
        ("2", "from 1 June 2014, still in force", None),
    ]
    assert listed[0]["source"].endswith("_001") and listed[1]["replaces"] == "Answers, version 1"
    stood = filled.json("standards", filled.case, "--on", "2014-06", "--institution", "northmere")["standards"]
    assert [(item["version"], item["standing"]) for item in stood] == [("2", "certainly")]
    shown = filled.run("standards", filled.case, "--on", "2014").stdout.splitlines()
    assert [line.split()[0] for line in shown] == ["possibly", "possibly"]
    assert "No standard on record stood: 2009" in filled.run("standards", filled.case, "--on", "2009").stderr
    assert "Give --on too" in filled.run("standards", filled.case, "--institution", "Northmere", exits=2).stderr


def test_assessments_tell_what_is_wrong_by_their_exit_code(filled: Terminal) -> None:  # noqa: F811
    prepared(filled)
    (row,) = filled.json("assessments", filled.case)["assessments"]
    assert (row["rating"], row["contested"], row["faults"], row["author"]) == ("inadequate", True, [], "Ann")
    row = {**APPLIED["assessments"][0], "period": "2016"}  # type: ignore[dict-item]
    prepared(filled, assessments=[row])
    told = filled.run("assessments", filled.case, exits=1)
    assert "! “Answers, version 1” no longer stood in the period (2016)" in told.stdout
    assert "2 assessments, 1 with something wrong." in told.stderr
    found = filled.json("assessments", filled.case, "--agreement")["agreement"]
    assert [(item["first"], item["second"], item["n"], item["per_cent"]) for item in found] == [("Ann", "Bob", 2, 0.0)]
    assert found[0]["table"] == [["inadequate", "partly adequate", 2]] and "Only 2 compared" in found[0]["said"][0]
    assert "Ann and Bob: agree 0 % (0 of 2), kappa 0.00" in filled.run("assessments", filled.case, "--agreement").stdout


def test_a_search_that_finds_nothing_is_recorded(filled: Terminal) -> None:  # noqa: F811
    facts = ["--sought", "a log of answer times", "--among", "all letters", "--period", "2013"]
    told = filled.run("search-record", filled.case, *facts, "--query", "log")
    assert told.stdout.startswith(
        "Looked for a log of answer times in all letters for the period 2013 by the query “log”"
    )
    assert "1 refused file could not be searched" in told.stdout and "not searched: refused file Broken" in told.stderr
    found = filled.json("search-record", filled.case, *facts, "--query", "logbook")
    assert (found["hits"], found["documents"], found["pages"]) == (0, 2, 3) and len(found["history_head"]) == 64
    assert "finds 2 pages" in filled.run("search-record", filled.case, *facts, "--query", "guidance", exits=2).stderr
    entries = filled.json("history", filled.case)["entries"]
    assert sum(entry["action"] == "record a search" for entry in entries) == 2


def test_recorded_searches_are_made_again_and_told_when_out_of_date(filled: Terminal) -> None:  # noqa: F811
    filled.run("search-record", filled.case, "--sought", "a zebra", "--query", "zebra")
    assert "1 search made again, 0 out of date." in filled.run("search-record", filled.case, "--again").stderr
    (filled.folder / "Late.pdf").write_bytes(make_pdf(["A zebra crossed."]))
    filled.run("import", filled.case, str(filled.folder / "Late.pdf"))
    (told,) = filled.json("search-record", filled.case, "--again", exits=1)["searches"]
    assert (told["hits"], told["hits_now"]) == (0, 1)
    assert told["changed"][0] == "The query gives 1 page now; it gave 0 then."
    assert told["changed"][1].startswith("1 document came since: ")
    assert "Say in words what was looked for" in filled.run("search-record", filled.case, exits=2).stderr
