"""The claim ledger and the register of recommendations on the command line, and an export that red findings stop."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.services.conftest import fill
from tests.services.test_applying import FULL
from workbench.cli.main import main
from workbench.domain.analysis import Finding
from workbench.domain.bundle import Build
from workbench.services.applying import apply_json
from workbench.services.findings import FindingFacts, add_finding, set_status
from workbench.services.recommending import RecommendationFacts, add_recommendation
from workbench.services.session import create_case, open_case


@pytest.fixture
def path(tmp_path: Path) -> Path:
    target = tmp_path / "Test.casefile"
    with create_case(target, title="Test", passphrase=None, who="tester") as case:
        apply_json(fill(case), FULL)
    return target


def _run(*arguments: object, exits: int = 0) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exit_code == exits, result.output
    return result


def test_findings_are_listed_with_what_carries_each_sentence(path: Path) -> None:
    told = json.loads(_run("findings", path, "--json").stdout)
    (finding,) = told["findings"]
    assert (told["red"], finding["light"], finding["state"], finding["faults"]) == (0, "green", "supported", [])
    assert finding["case_study"] == "Response times"
    assert [sentence["pages"] for sentence in finding["sentences"]] == [
        ["INQ000001_001"],
        ["INQ000001_002", "INQ000001_001"],
    ]
    assert {item["kind"] for item in finding["sentences"][1]["evidence"]} == {"excerpt", "assessment"}
    assert "GREEN supported" in _run("findings", path, "--case-study", "response times").output


def test_a_red_finding_ends_with_one_and_stops_the_export(path: Path, tmp_path: Path) -> None:
    with open_case(path, passphrase=None) as case:
        study = case.all(Finding)[0].case_study
        add_finding(case, FindingFacts(title="Staffing", case_study=study), ["Posts stayed vacant."])
    listed = _run("findings", path, exits=1)
    assert "unsupported: sentence 1 rests on nothing" in listed.output and "2 findings, 1 of them red" in listed.output
    told = json.loads(_run("findings", path, "--json", exits=1).stdout)
    assert (told["red"], told["findings"][1]["is_red"]) == (1, True)
    out = tmp_path / "out"
    stopped = _run("export", path, "case-study", "--out", out, exits=1)
    assert "“Staffing” is not exported: sentence 1 rests on nothing" in stopped.output and not out.exists()
    _run("export", path, "case-study", "--out", out, "--override-leaks", "not a reason for this", exits=1)
    _run("export", path, "case-study", "--out", out, "--override-findings", "For the meeting only")
    with open_case(path, passphrase=None) as case:
        assert "sentence 1 rests on nothing" in case.all(Build)[0].overrides[0]


def test_recommendations_are_listed_with_what_is_missing(path: Path) -> None:
    told = json.loads(_run("recommendations", path, "--json", "--on", "2026-03").stdout)
    (row,) = told["recommendations"]
    assert (told["day"], row["addressee"], row["answer"], row["overdue"]) == ("2026-03-31", "OOS", "no reply", "")
    assert row["lessons"] == ["Guidance needs figures."] and row["findings"] == ["Guidance was issued in March 2011."]
    assert told["orphans"] == told["alike"] == []
    with open_case(path, passphrase=None) as case:
        add_recommendation(case, RecommendationFacts(text="Publish the answer times.", due_on="2026-02"))
    told = json.loads(_run("recommendations", path, "--json", "--on", "2026-03", exits=1).stdout)
    assert told["recommendations"][1]["overdue"] == "due by February 2026: no reply"
    assert told["orphans"][0]["why"] == "comes from no finding and no lesson" and told["alike"][0]["share"] == 1
    assert told["alike_from"] == 0.5
    plain = _run("recommendations", path, exits=1).output
    assert "OVERDUE" in plain and "ORPHAN the recommendation" in plain and "ALIKE (100%, shown from 50% on)" in plain


def test_a_recommendation_whose_finding_was_withdrawn_ends_with_one(path: Path) -> None:
    with open_case(path, passphrase=None) as case:
        set_status(case, case.all(Finding)[0].id, FindingFacts().status.WITHDRAWN)
    told = json.loads(_run("recommendations", path, "--json", exits=1).stdout)
    assert {row["kind"] for row in told["orphans"]} == {"lesson", "recommendation"}
