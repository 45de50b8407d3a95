"""The coverage of a case: counted as one would count by hand, the same in every form, and gated beyond the team."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from tests.benchmarks.coverage_case import make_coverage_case
from workbench.cli.main import main
from workbench.domain.analysis import Assessment, FindingKind, Rating, ScopeExclusion
from workbench.domain.bundle import Build
from workbench.domain.change import Action
from workbench.domain.coverage import CellState, Matrix, Side, outstanding
from workbench.domain.errors import Refused
from workbench.domain.event import Event
from workbench.domain.excerpt import Excerpt, Link, Stance
from workbench.domain.frame import CaseStudy, Institution, ScopeParagraph
from workbench.services.applying import apply_json
from workbench.services.coverage import coverage_of, evidence_of, rule_in, rule_out
from workbench.services.coverage_export import CoverageAsked, export_coverage
from workbench.services.exporting import export_case
from workbench.services.releasing import LeaksFound
from workbench.store.case_file import CaseFile

FORMULA, BELL, TURNED = '=HYPERLINK("http://a.b")', "Rung\x07once", "\u202edrowkcab"


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CaseFile]:
    path = tmp_path_factory.mktemp("coverage") / "Large.casefile"
    with make_coverage_case(path, institutions=9, paragraphs=12, links=2_400) as case:
        yield case


def by_hand(case: CaseFile, institution: Institution, paragraph: ScopeParagraph) -> Counter[str]:
    """What one cell holds, looked up record by record without the program's own counting."""
    scope = {item.id: item for item in case.all(ScopeParagraph)}

    def is_below(target: str) -> bool:
        at = scope.get(target)
        while at is not None and at.id != paragraph.id:
            at = scope.get(at.parent or "")
        return at is not None

    cited: dict[str, set[str]] = {}
    for item in case.all(Assessment, institution=institution.id):
        if is_below(item.scope):
            for side, evidence in (("for", item.evidence_for), ("against", item.evidence_against)):
                for piece in evidence:
                    cited.setdefault(piece, set()).add(side)
    counted: Counter[str] = Counter()
    for excerpt in case.all(Excerpt):
        links = case.all(Link, excerpt=excerpt.id)
        stances = [link.stance for link in links if link.target == institution.id or is_below(link.target)]
        is_linked = any(link.target == institution.id for link in links) and any(
            is_below(link.target) for link in links
        )
        sides = cited.get(excerpt.id) or {
            {Stance.SUPPORTS: "for", Stance.UNDERMINES: "against"}.get(stance, "") for stance in stances
        }
        if not is_linked and excerpt.id not in cited:
            continue
        if excerpt.withdrawn:
            counted["withdrawn"] += 1
        elif {"for", "against"} <= sides:
            counted["both ways"] += 1
        elif sides - {""}:
            counted[next(iter(sides - {""}))] += 1
        else:
            counted["context" if Stance.CONTEXT in stances else "silent"] += 1
    return counted


def test_the_matrix_counts_what_one_counts_by_hand(large: CaseFile) -> None:
    matrix = coverage_of(large)
    assert len(matrix.institutions) == 9 and len(matrix.paragraphs) == 12
    seen: Counter[str] = Counter()
    for institution in matrix.institutions[:4]:
        for paragraph in matrix.paragraphs[::2]:
            cell = matrix.cell(institution.id, paragraph.id)
            counted = {side.value: count for side, count in cell.counts.items()}
            assert counted == dict(by_hand(large, institution, paragraph))
            seen.update(counted)
    assert seen["for"] > 20 and seen["against"] > 20 and seen["withdrawn"]


def test_reading_takes_the_same_number_of_queries_however_large_the_case(large: CaseFile, case: CaseFile) -> None:
    asked = {}
    for name, opened in (("large", large), ("small", case)):
        statements: list[str] = []
        with opened.reader().tracer(lambda sql, _values, statements=statements: statements.append(sql)):
            coverage_of(opened)
        asked[name] = len(statements)
    assert asked["large"] == asked["small"] < 20


def rows_of(matrix: Matrix) -> dict[tuple[str, str], tuple[Any, ...]]:
    return {
        (institution.name, paragraph.number): (
            cell.state.value,
            cell.count(Side.FOR),
            cell.count(Side.AGAINST),
            cell.count(Side.BOTH),
            cell.count(Side.CONTEXT),
            cell.count(Side.SILENT),
            cell.count(Side.UNDATED),
            cell.count(Side.WITHDRAWN),
            len(cell.events),
        )
        for institution, paragraph, cell in matrix.every_cell()
    }


KEYS = ("state", "for", "against", "both_ways", "context", "silent", "undated", "withdrawn", "events")


def test_every_form_shows_the_same_numbers(large: CaseFile, tmp_path: Path) -> None:
    study = large.all(CaseStudy)[0].id
    matrix = coverage_of(large, case_study=study)
    expected = rows_of(matrix)
    assert matrix.period == "2011/2016" and any(row[6] for row in expected.values())
    export_coverage(large, tmp_path, CoverageAsked(case_study=study), audience="team")
    held = json.loads((tmp_path / "coverage.json").read_text(encoding="utf-8"))
    assert {(r["institution"], r["paragraph"]): tuple(r[k] for k in KEYS) for r in held["cells"]} == expected
    text = (tmp_path / "coverage-cells.csv").read_text(encoding="utf-8-sig")
    read = {
        (r["institution"], r["paragraph"]): (r["state"], *(int(r[k]) for k in KEYS[1:]))
        for r in csv.DictReader(io.StringIO(text))
    }
    assert read == expected
    book = openpyxl.load_workbook(tmp_path / "coverage.xlsx")
    head, *lines = book["Cells"].iter_rows(values_only=True)
    titles = ["State", "For", "Against", "Both ways", "Context", "Silent", "Undated", "Withdrawn", "Events"]
    places = [head.index(title) for title in titles]
    assert {(line[0], line[1]): tuple(line[at] for at in places) for line in lines} == expected
    listed = {(item.institution.name, item.paragraph.number) for item in outstanding(matrix)}
    assert {(line[0], line[1]) for line in book["What is missing"].iter_rows(min_row=2, values_only=True)} == listed
    assert {(r["institution"], r["paragraph"]) for r in held["missing"]} == listed


def test_the_command_says_the_same_as_the_export(case: CaseFile, tmp_path: Path) -> None:
    apply_json(case, STORY)
    export_coverage(case, tmp_path, CoverageAsked(), audience="team")
    held = json.loads((tmp_path / "coverage.json").read_text(encoding="utf-8"))
    path = str(case.path)
    case.close()
    told = CliRunner().invoke(main, ["coverage", path, "--json"])
    shown = json.loads(told.stdout)
    assert told.exit_code == 0 and shown["cells"] == held["cells"] and shown["tally"] == held["tally"]
    plain = CliRunner().invoke(main, ["coverage", path])
    line = next(line for line in plain.stdout.splitlines() if line.startswith("Northmere"))
    assert line.split() == ["Northmere", ".", "P!", "+1", "-1", ".", ".", "."] and plain.exit_code == 0
    assert "Harbour: 2.1, 2.3, 2.4, 2.5 - nothing found and nothing said" in plain.stdout
    out = CliRunner().invoke(main, ["rule-out", path, "northmere", "2.1", "2.4", "--reason", "No powers."])
    assert out.exit_code == 0 and "2 cells out of scope" in out.stderr
    counts = [json.loads(CliRunner().invoke(main, ["coverage", path, "--json"]).stdout)["tally"]["out_of_scope"]]
    back = CliRunner().invoke(main, ["rule-out", path, "northmere", "2.4", "--back"])
    counts.append(json.loads(CliRunner().invoke(main, ["coverage", path, "--json"]).stdout)["tally"]["out_of_scope"])
    assert back.exit_code == 0 and counts == [3, 2]
    assert CliRunner().invoke(main, ["rule-out", path, "Northmere", "2.4"]).exit_code == 2
    wrong = CliRunner().invoke(main, ["coverage", path, "--period", "2014-13"])
    assert wrong.exit_code == 2 and "no day of any calendar" in wrong.stderr


STORY: dict[str, Any] = {
    "institutions": [{"name": "Northmere"}, {"name": "Harbour"}],
    "people": [{"cipher": "IN-A1", "class": "witness", "names": ["Quentin Placeholder"]}],
    "excerpts": [
        {
            "ref": ref,
            "document": document,
            "page": page,
            "quote": quote,
            "links": [
                {"to": "institution", "name": "Northmere", "stance": stance},
                {"to": "scope", "name": "2.2", "stance": stance},
            ],
        }
        for ref, document, page, quote, stance in (
            ("rule", "INQ000001", 1, "Reports were to be answered within 24 hours.", "supports"),
            ("late", "INQ000001", 2, "In 2014 the median answer took nine days.", "undermines"),
        )
    ],
    "standards": [{"ref": "day", "title": "Answer within a day", "from": "2011", "excerpt": "rule"}],
    "assessments": [
        {
            "ref": "a1", "institution": "Northmere", "scope": "2.2", "period": "2014", "rating": "partly adequate",
            "standards": ["day"], "for": ["rule"], "against": ["late"], "reasoning": "Late.", "author": "A. Reader",
            "second_readings": [{"reader": "B. Reader", "rating": "inadequate"}],
        }
    ],
    "scope_exclusions": [{"institution": "Harbour", "scope": "2.2", "reason": "It had no powers of this kind."}],
}  # fmt: skip


def cell_named(matrix: Matrix, institution: str, number: str):
    return next(cell for i, p, cell in matrix.every_cell() if i.name == institution and p.number == number)


def test_the_evidence_of_a_cell_leads_to_its_page(case: CaseFile) -> None:
    apply_json(case, STORY)
    rows = evidence_of(case, cell_named(coverage_of(case), "Northmere", "2.2"))
    assert [(row.side, row.reference, row.is_cited) for row in rows] == [
        (Side.FOR, "INQ000001_001", True),
        (Side.AGAINST, "INQ000001_002", True),
    ]
    assert rows[1].excerpt is not None and rows[1].excerpt.page_number == 2


def test_ruling_out_is_one_undoable_step_with_a_reason(case: CaseFile) -> None:
    apply_json(case, STORY)
    matrix = coverage_of(case)
    cells = [(matrix.institutions[0].id, p.id) for p in matrix.paragraphs[2:]]
    before = len(case.history())
    with pytest.raises(Refused, match="Say why"):
        rule_out(case, cells, "  ")
    change = rule_out(case, cells, "Founded later.", period="2010/2012")
    assert change.action is Action.EDIT_ANALYSIS and len(case.history()) == before + 1
    rule_out(case, cells[:1], "Founded in 2013.", period="2010/2012")
    assert {item.reason for item in case.all(ScopeExclusion)} == {
        "Founded later.", "Founded in 2013.", "It had no powers of this kind.",
    }  # fmt: skip
    found = coverage_of(case, period="2011")
    assert cell_named(found, "Harbour", "2.3").state is CellState.OUT_OF_SCOPE
    assert cell_named(coverage_of(case), "Harbour", "2.3").is_missing
    rule_in(case, [item.id for item in case.all(ScopeExclusion) if item.period])
    assert case.count(ScopeExclusion) == 1
    case.undo()
    assert case.count(ScopeExclusion) == 4


def test_nobody_beyond_the_team_sees_what_is_withheld_or_who_read_it(case: CaseFile, tmp_path: Path) -> None:
    apply_json(case, STORY)
    apply_json(
        case,
        {"restrictions": [{"kind": "order", "made_by": "the chair", "on": "2026-05-01", "targets": ["INQ000001_002"]}]},
    )
    _, told = export_coverage(case, tmp_path / "team", CoverageAsked(), audience="team")
    assert told == []
    _, told = export_coverage(case, tmp_path / "out", CoverageAsked(), audience="core participants")
    held = json.loads((tmp_path / "out" / "coverage.json").read_text(encoding="utf-8"))
    cell = next(row for row in held["cells"] if row["institution"] == "Northmere" and row["paragraph"] == "2.2")
    assert (cell["for"], cell["against"], cell["second_readings"], cell["assessed_by"]) == (1, 0, "", "")
    assert cell["contested"] == "" and cell["ratings"] == "partly adequate (2014)"
    assert "1 pieces of evidence were not counted" in told[0] and "no warning letter covers" in told[1]
    for name in ("coverage.xlsx", "coverage.json", "coverage-cells.csv"):
        assert b"B. Reader" not in (tmp_path / "out" / name).read_bytes()
    assert [item.audience for item in case.all(Build, kind="coverage")] == ["team", "core participants"]


def test_a_name_in_a_reason_stops_the_export(case: CaseFile, tmp_path: Path) -> None:
    apply_json(case, STORY)
    matrix = coverage_of(case)
    rule_out(case, [(matrix.institutions[0].id, matrix.paragraphs[0].id)], "Quentin Placeholder said so.")
    with pytest.raises(LeaksFound, match="IN-A1"):
        export_coverage(case, tmp_path / "out", CoverageAsked(), audience="panel")
    assert not (tmp_path / "out").exists() and case.count(Build) == 0
    export_coverage(case, tmp_path / "out", CoverageAsked(), audience="panel", override="Named with consent.")
    assert "Named with consent" in case.all(Build)[0].overrides[0]


def test_a_rating_behind_criticism_waits_for_its_warning_letter(case: CaseFile, tmp_path: Path) -> None:
    finding = {"ref": "f1", "kind": "criticism", "sentences": [{"text": "Answers came late.", "evidence": ["a1"]}]}
    apply_json(case, STORY | {"findings": [finding | {"criticised": ["Northmere"]}]})
    with pytest.raises(Refused, match="warning letter"):
        export_coverage(case, tmp_path / "out", CoverageAsked(), audience="core participants")
    assert not (tmp_path / "out").exists()
    export_coverage(case, tmp_path / "team", CoverageAsked(), audience="team")
    assert FindingKind.CRITICISM.value == finding["kind"]


def test_nothing_a_spreadsheet_would_run_and_nothing_cut(case: CaseFile, tmp_path: Path) -> None:
    apply_json(case, {"institutions": [{"name": FORMULA}, {"name": BELL}, {"name": TURNED}, {"name": "+44"}]})
    matrix = coverage_of(case)
    reason = "a long reason " * 3000 + FORMULA
    rule_out(case, [(matrix.institutions[0].id, matrix.paragraphs[0].id)], reason)
    export_case(case, "coverage", tmp_path)
    book = openpyxl.load_workbook(tmp_path / "coverage.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink is not None]
    assert all(len(str(cell.value)) <= 32_767 for cell in cells)
    words = {str(cell.value) for cell in cells}
    assert {FORMULA, "Rung␇once", TURNED, "+44"} <= words
    name = matrix.institutions[0].name
    column = [cell.value for cell in book["Cells"][1]].index("Out of scope")
    rows = [row for row in book["Cells"].iter_rows(min_row=2, values_only=True) if row[1] == "2.1"]
    assert "".join(row[column] or "" for row in rows if row[0] == name.replace("\x07", "␇")) == reason
    text = (tmp_path / "coverage-cells.csv").read_text(encoding="utf-8-sig")
    assert not [row for row in csv.reader(io.StringIO(text)) if row[0][:1] in "=+-@"]


def test_equal_content_gives_equal_bytes(case: CaseFile, tmp_path: Path) -> None:
    apply_json(case, STORY)
    for name in ("one", "two"):
        export_coverage(case, tmp_path / name, CoverageAsked(), audience="team")
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes(), path.name
    held = _part(tmp_path / "one" / "coverage.xlsx", "docProps/core.xml")
    assert held.count(b"1980-01-01T00:00:00Z") == 2  # made and changed: no clock of this machine


def _part(path: Path, name: str) -> bytes:
    with zipfile.ZipFile(path) as package:
        return package.read(name)


def test_a_colour_is_never_alone(large: CaseFile, tmp_path: Path) -> None:
    """Every cell of the first sheet says in words what its ground says."""
    matrix = coverage_of(large)
    export_coverage(large, tmp_path, CoverageAsked(), audience="team")
    sheet = openpyxl.load_workbook(tmp_path / "coverage.xlsx")["Coverage"]
    first = next(row for row in range(1, 12) if sheet.cell(row, 1).value == "Institution")
    assert sheet.freeze_panes == f"B{first + 2}"
    for at, institution in enumerate(matrix.institutions, first + 2):
        assert sheet.cell(at, 1).value == institution.name
        for column, paragraph in enumerate(matrix.paragraphs, 2):
            cell, words = matrix.cell(institution.id, paragraph.id), sheet.cell(at, column).value
            assert all(rating.value in words for rating in cell.ratings)
            assert ("contested" in words) is (cell.state is CellState.CONTESTED)
            if cell.is_missing and not cell.contests:
                assert "nothing found" in words or "not rated" in words
            assert (Rating.INADEQUATE in cell.ratings) <= ("inadequate" in words)


def test_events_that_name_both_are_told(case: CaseFile) -> None:
    apply_json(
        case,
        STORY | {"events": [{"title": "Rule made", "on": "2011", "institutions": ["Northmere"], "scope": ["2.2"]}]},
    )
    cell = cell_named(coverage_of(case), "Northmere", "2.2")
    assert cell.events == (case.all(Event)[0].id,)
    assert cell_named(coverage_of(case, period="2015"), "Northmere", "2.2").events == ()
