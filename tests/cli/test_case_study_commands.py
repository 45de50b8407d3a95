"""Case studies and links on the command line: what is cited and left out, the bundle, and what an item is tied to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.services.conftest import fill
from tests.services.test_applying import FULL
from workbench.cli.main import main
from workbench.services.applying import apply_json
from workbench.services.session import create_case


@pytest.fixture
def path(tmp_path: Path) -> Path:
    target = tmp_path / "Test.casefile"
    with create_case(target, title="Test", passphrase=None, who="tester") as case:
        apply_json(fill(case), FULL)
    return target


def _run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_a_case_study_is_described_and_its_bundle_made(path: Path) -> None:
    made = _run("case-study", path, "response times", "--json", "--make-bundle", "Study", "--page-context", 0)
    assert made.exit_code == 0, made.output
    told = json.loads(made.stdout)
    assert told["numbers"]["documents_cited"] == 1 and told["institutions"] == ["Office for Online Standards"]
    (letter,) = told["documents"]
    assert letter["urn"] == "INQ000001" and letter["cited_pages"] == [1, 2]
    assert "finding 1, sentence 2" in letter["why"]
    assert next((item["urn"], item["reason"]) for item in told["left_out"])[0] == "INQ000002"
    bundles = json.loads(_run("bundles", path, "--json").stdout)["bundles"]
    study = next(item for item in bundles if item["name"] == "Study")
    assert (study["profile"], study["documents"]) == ("inquiry-hearing", 1)
    plain = _run("case-study", path, "Response times")
    assert "chosen because: Two sources differ." in plain.output and "left out" in plain.output


def test_links_are_listed_with_their_counts(path: Path) -> None:
    told = json.loads(_run("links", path, "OOS", "--json").stdout)
    assert told["centre"]["name"] == "Office for Online Standards"
    words = {(tie["one"], tie["other"]): tie["words"] for tie in told["ties"]}
    letter = next(item for item in told["items"] if item["name"] == "INQ000001")
    assert words[told["centre"]["id"], letter["id"]] == "1 excerpt: supports"
    assert {item["kind"] for item in told["items"]} >= {"institution", "event", "document", "scope", "assessment"}
    people = [item["name"] for item in told["items"] if item["kind"] == "person"]
    assert people == ["IN-A1"] and "Quentin" not in json.dumps(told)
    assert "IN-A1" not in _run("links", path, "OOS", "--kinds", "document").output
    deep = json.loads(_run("links", path, "IN-A1", "--depth", 2, "--most", 2, "--json").stdout)
    assert {item["ring"] for item in deep["items"]} == {1, 2} and deep["more"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("links", "Nowhere"), "Nothing in this case is called"),
        (("links", "Guidance issued"), "can mean 2 items"),
        (("case-study", "Nowhere"), "There is no case study"),
    ],
)
def test_what_is_not_there_is_said(path: Path, arguments: tuple[str, str], sentence: str) -> None:
    command, name = arguments
    refused = _run(command, path, name)
    assert refused.exit_code == 2 and sentence in refused.output
