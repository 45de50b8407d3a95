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


def test_a_chronology_is_previewed_and_imported_only_with_yes(terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "firm.csv"
    file.write_text(
        "Date,Event,Source\n12 May 2016,Call made,INQ000001_002\nn.d.,Note,\n1 March 2014,Report received,\n"
    )
    shown = terminal.run("import", str(file), exits=1)
    assert "2  to decide  undated: “n.d.”: Note" in shown.stdout and "Nothing was changed" in shown.stderr
    assert "3  already there" in shown.stdout
    assert len(terminal.json()["events"]) == 3
    assert "no row 9" in terminal.run("import", str(file), "--date", "9=2014", exits=2).stderr
    assert "no date for a row" in terminal.run("import", str(file), "--date", "2:2014", exits=2).stderr
    assert (
        "row 3: “soon” cannot be read" in terminal.run("import", str(file), "--yes", "--date", "2=soon", exits=2).stderr
    )
    made = terminal.json("import", str(file), "--yes", "--date", "2=2015?", exits=1)
    assert [row["imported"] for row in made["rows"]] == [True, True, False]
    listed = terminal.json()["events"]
    assert [event["on"] for event in listed if event["title"] in ("Note", "Call made")] == ["2015?", "2016-05-12"]
    assert listed[-1]["sources"] == ["INQ000001_002"]
    terminal.run(command="undo")
    assert len(terminal.json()["events"]) == 3


def test_the_chronology_is_exported_with_limits_and_order(terminal: Terminal, tmp_path: Path) -> None:
    out = tmp_path / "out"
    told = terminal.run("export", "--out", str(out), "--sort", "latest", exits=1)
    assert {Path(line).name for line in told.stdout.splitlines()} >= {"chronology.xlsx", "chronology.csv"}
    assert "3 events rest on no recorded source" in told.stderr
    assert (out / "chronology.csv").read_text(encoding="utf-8-sig").splitlines()[1].startswith("T1,1 March 2014")
    assert (
        "no institution “Nowhere”"
        in terminal.run("export", "--out", str(out), "--institution", "Nowhere", exits=2).stderr
    )
    terminal.run("chronology", "--out", str(tmp_path / "again"), command="export", exits=1)
