"""The chronology on the command line: listed with its order, counted, contradicted, imported and exported."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.services.conftest import fill
from workbench.cli.main import main
from workbench.services.session import create_case
from workbench.services.timeline import EventFacts, add_event


class Terminal:
    """Runs ``workbench chronology CASE ...`` on one case that needs no passphrase."""

    def __init__(self, case: Path) -> None:
        self.case = case

    def run(self, *arguments: str, exits: int = 0, command: str = "chronology") -> Result:
        result = CliRunner().invoke(main, [command, str(self.case), *arguments])
        assert result.exit_code == exits, (result.output, result.stderr, result.exception)
        return result

    def json(self, *arguments: str, exits: int = 0) -> Any:
        return json.loads(self.run(*arguments, "--json", exits=exits).stdout)


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    path = tmp_path / "Inquiry.casefile"
    with create_case(path, title="Inquiry", passphrase=None, who="tester") as case:
        fill(case)
        for title, on in {"Report received": "2014-03-01", "Action taken": "2015-03-26/2015-05-30"}.items():
            add_event(case, EventFacts(title=title, on=on))
        add_event(case, EventFacts(title="Review", on="2014"))
    return Terminal(path)


def test_the_chronology_is_listed_in_its_stated_order(terminal: Terminal) -> None:
    shown = terminal.run("--sort", "latest")
    assert [line.partition("  ")[2] for line in shown.stdout.splitlines()] == [
        "1 March 2014: Report received [agreed; no source]",
        "2014: Review [agreed; no source]",
        "between 26 March 2015 and 30 May 2015: Action taken [agreed; no source]",
    ]
    assert "Sorted by the latest possible day." in shown.stderr
    listed = terminal.json()
    assert [event["title"] for event in listed["events"]] == ["Review", "Report received", "Action taken"]


def test_days_between_two_events(terminal: Terminal) -> None:
    assert "390 to 455 days" in terminal.run("between", "report received", "action").stdout
    counted = terminal.json("between", "action", "T2")
    assert (counted["least"], counted["most"]) == (-455, -390)
    assert "no event “Hearing”" in terminal.run("between", "Hearing", "action", exits=2).stderr


def test_an_order_that_contradicts_the_dates_is_recorded_and_told(terminal: Terminal) -> None:
    terminal.run("order", "Report received", "Review", "--words", "they reviewed the report")
    assert "Inferred: not before 1 March 2014" in terminal.run().stdout
    told = terminal.run("order", "Action taken", "Report received", exits=1)
    assert "Contradiction: By the recorded orders “Action taken” came before “Report received”" in told.stderr
    assert len(terminal.json(exits=1)["contradictions"]) == 1
