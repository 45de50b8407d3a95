"""A report says what the case holds, for whom it may be said, and nothing leaves whose footnotes lead nowhere."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import CliRunner

from tests.report_case import STORY, STUDY, build, tell_story
from workbench.cli.main import main
from workbench.domain.bundle import Build
from workbench.domain.change import Action
from workbench.domain.errors import CheckFailed, WorkbenchError
from workbench.domain.excerpt import Excerpt
from workbench.domain.ids import CaseStudyId
from workbench.services.builds import account_of, read_file_line
from workbench.services.report_export import FORMATS, ExportedReport, ReportOrder, export_report
from workbench.store.case_file import CaseFile


@pytest.fixture
def study(case: CaseFile) -> CaseStudyId:
    return tell_story(case)


def report(case: CaseFile, study: CaseStudyId, folder: Path, **asked: Any) -> ExportedReport:
    """A report as a Word document only, unless something else is asked for."""
    return export_report(case, study, folder, ReportOrder(**{"formats": ("docx",), **asked}))


def words_of(exported: ExportedReport) -> str:
    """All words of the Word document, tables and footnotes too, on one line."""
    with zipfile.ZipFile(next(path for path in exported.paths if path.suffix == ".docx")) as package:
        texts = [package.read(f"word/{name}.xml").decode() for name in ("document", "footnotes", "header2")]
    return " ".join(re.sub(r"<[^>]+>", "", re.sub(r"</w:p>|<w:tab/>|<w:br/>", " ", "".join(texts))).split())


def test_every_part_of_the_story_is_told(case: CaseFile, study: CaseStudyId, tmp_path: Path) -> None:
    told = words_of(report(case, study, tmp_path))
    for words in (
        "2 institutions over the period 2011 to 2014",
        "Issue 2.2.1: Was there a time within which post was answered?",
        "Both are records of the body itself.",
        "The years before 2011: no register was kept.",
        "IN-A1 witness",
        "The inquiry made 2 requests for evidence, of which 1 were answered",
        "Looked for a review of the policy in the minutes of the board",
        "Not searchable: INQ000009 page 3.",
        "Disputed. The Office says that it was kept elsewhere.",
        "Was post answered in the time that was promised?",
        "“Reports were to be answered within 24 hours.”",
        "No figures for 2012 were produced.",
        "Rating: partly adequate. Confidence: medium.",
        "Practice lagged behind it.",
        "A second reader (Second Reader) rated it otherwise: inadequate. Nine is not one.",
        "F1 Answers were late",
        "L2. Figures need a register. (L1)",
        "Known to be done when: Four quarters are published.",
        "Accepted in part by Office for Online Standards in February 2020. Twice a year.",
        "out of scope: It answers no calls for help.",
        "Heddlu Dŵr Llŷn, paragraph 2.4",
        "Room 1 The registrar",
        "Office for Online Standards Core participant Counsel A",
    ):
        assert words in told, words
    assert "Quentin" not in told


def test_numbers_agree_with_the_registers(case: CaseFile, study: CaseStudyId, tmp_path: Path) -> None:
    told = words_of(report(case, study, tmp_path))
    heard = "The inquiry sat on 2 days and heard 2 witnesses."
    for words in ("Documents received 4", "Pages 6", "Requests answered 1", heard):
        assert words in told, words
    assert "sat in closed session on 1 day" in told and "In force: 1 restriction." in told
    assert "Statements were received from: Llŷn Board." in told


def test_the_bundle_page_stands_beside_the_reference(case: CaseFile, study: CaseStudyId, tmp_path: Path) -> None:
    assert "bundle page 3" not in words_of(report(case, study, tmp_path))
    build(case, tmp_path)
    told = words_of(report(case, study, tmp_path))
    assert "INQ000003_001, bundle page 3: “every answer is entered in” and INQ000003_002, bundle page 4" in told
    assert "page of “Hearing 1”, build 1 of" in told


def test_a_report_is_a_draft_until_every_finding_is_settled(case: CaseFile, tmp_path: Path) -> None:
    first, second = STORY["findings"]
    study = tell_story(case, findings=[first, second | {"status": "proposed"}])
    told = words_of(report(case, study, tmp_path))
    assert "Draft · For the inquiry team only" in told and "proposed, not settled" in told


def test_a_settled_report_is_no_draft(case: CaseFile, study: CaseStudyId, tmp_path: Path) -> None:
    told = words_of(report(case, study, tmp_path))
    assert "For the inquiry team only" in told and "Draft" not in told


def test_the_same_case_gives_the_same_bytes(case: CaseFile, study: CaseStudyId, tmp_path: Path) -> None:
    one, two = (report(case, study, tmp_path / name, with_documents=True, formats=FORMATS) for name in ("one", "two"))
    assert [path.read_bytes() for path in one.paths] == [path.read_bytes() for path in two.paths]


def test_an_export_is_on_record_with_its_words(case: CaseFile, study: CaseStudyId, tmp_path: Path) -> None:
    exported = report(case, study, tmp_path, with_documents=True, formats=FORMATS)
    kept = case.all(Build, kind="report")[0]
    assert kept.audience == "team" and kept.case_study == study
    names = [read_file_line(line)[0] for line in kept.files]
    assert names == [path.relative_to(tmp_path).as_posix() for path in exported.paths]
    words = account_of(case, kept).other_texts or {}
    assert {name for name in names if "nine days" in words[name]} >= {name for name in names if STUDY in name[40:]}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"withdrawn": "The witness corrected it."}, "was withdrawn"),
        ({"text_digest": "0" * 64}, "the text has changed"),
        ({"quote": "the median answer took ten days"}, "other words than it quotes"),
    ],
)
def test_a_footnote_that_leads_nowhere_stops_the_report(
    case: CaseFile, study: CaseStudyId, tmp_path: Path, change: dict[str, str], says: str
) -> None:
    delay = next(item for item in case.all(Excerpt) if item.quote == "the median answer took nine days")
    with case.change(Action.EDIT_EXCERPT, "") as step:
        step.put(replace(delay, **change))
    with pytest.raises(WorkbenchError) as stopped:
        report(case, study, tmp_path / "out")
    assert "INQ000001_002" in str(stopped.value) or "withdrawn" in str(stopped.value) or "changed" in str(stopped.value)
    assert not (tmp_path / "out").exists() and case.count(Build) == 0
    report(case, study, tmp_path / "out", override_findings="The panel asked for it as it is")
    overrides = " ".join(case.all(Build)[0].overrides)
    assert says in overrides and "The panel asked for it as it is" in overrides


def test_excerpts_withheld_from_an_audience_are_left_out_with_what_rests_on_them(
    case: CaseFile, tmp_path: Path
) -> None:
    mark = {"document": "INQ000002", "page": 1, "quote": "board noted the delay", "reason": "other"}
    asked = {"document": "INQ000002", "page": 1, "quote": "asked for figures", "reason": "other"}
    exported = report(case, tell_story(case, redactions=[mark, asked]), tmp_path, audience="panel")
    told = words_of(exported)
    assert "The board asked" not in told and "noted the delay" not in told
    assert "Answers were late" in told and "INQ000002" not in told
    assert any("left out" in sentence for sentence in exported.told)
    assert "because what they rest on may not be shown to the audience “panel”" in told


def test_a_wider_audience_is_not_told_what_stays_inside(case: CaseFile, study: CaseStudyId, tmp_path: Path) -> None:
    told = words_of(report(case, study, tmp_path, audience="public"))
    assert "Second Reader" not in told and "First Reader" not in told
    assert "Confidential" not in told and "For the inquiry team only" not in told
    assert "closed not stated" in told


def test_a_protected_name_stops_the_report(case: CaseFile, tmp_path: Path) -> None:
    lesson = {"ref": "l1", "text": "Quentin Placeholder kept no figures.", "findings": ["f1", "f2"]}
    study = tell_story(case, lessons=[lesson, STORY["lessons"][1]])
    with pytest.raises(CheckFailed, match="somebody who is protected"):
        report(case, study, tmp_path / "out", audience="public")
    assert not (tmp_path / "out").exists()


def test_marked_words_that_somebody_wrote_down_stop_the_report(case: CaseFile, tmp_path: Path) -> None:
    mark = {"document": "INQ000004", "page": 1, "quote": "I kept the register of answers", "reason": "other"}
    lessons = [{"ref": "l1", "text": "I kept the  register of answers.", "findings": ["f1"]}, STORY["lessons"][1]]
    study = tell_story(case, redactions=[mark], lessons=lessons)
    with pytest.raises(CheckFailed, match="Lessons and recommendations"):
        report(case, study, tmp_path, audience="panel")


def test_documents_lie_beside_it_and_no_link_is_dead(case: CaseFile, study: CaseStudyId, tmp_path: Path) -> None:
    without = report(case, study, tmp_path / "without", formats=("html",))
    page = next(path for path in without.paths if path.suffix == ".html").read_text()
    assert "documents/" not in page
    exported = report(case, study, tmp_path / "with", with_documents=True, formats=("html",))
    page = next(path for path in exported.paths if path.suffix == ".html").read_text()
    linked = set(re.findall(r'href="(documents/[^"#]+)', page))
    assert linked == {f"documents/INQ00000{number}.pdf" for number in (1, 2, 3, 4)}
    assert all((exported.folder / name).read_bytes().startswith(b"%PDF") for name in linked)


def test_word_reads_it_with_another_library(case: CaseFile, study: CaseStudyId, tmp_path: Path) -> None:
    exported = report(case, study, tmp_path)
    document = docx.Document(str(next(path for path in exported.paths if path.suffix == ".docx")))
    tables = [table for table in document.tables if "Event" in [cell.text for cell in table.rows[0].cells]]
    titles = [row.cells[2].text.splitlines()[0] for row in tables[0].rows[1:]]
    assert titles == ["Guidance issued", "The register stops"]


def test_the_command_line_writes_it(case: CaseFile, study: CaseStudyId, tmp_path: Path) -> None:
    path = case.path
    case.close()
    ran = CliRunner().invoke(main, ["export", str(path), "report", "--out", str(tmp_path / "out"), "--with-documents"])
    assert ran.exit_code in (0, 1), ran.output
    assert (tmp_path / "out" / f"{STUDY} report" / f"{STUDY} report.docx").is_file()
    ran = CliRunner().invoke(main, ["export", str(path), "report", "--out", str(tmp_path), "--template", "none.toml"])
    assert ran.exit_code == 2 and "There is no report template “none.toml”" in ran.output


def test_words_that_the_bundle_hides_are_told(case: CaseFile, tmp_path: Path) -> None:
    mark = {"document": "INQ000004", "page": 1, "quote": "nobody entered anything", "reason": "other"}
    bundles = [STORY["bundles"][0] | {"audience": "panel"}]
    study = tell_story(case, redactions=[mark], bundles=bundles)
    build(case, tmp_path)
    told = " ".join(report(case, study, tmp_path).told)
    assert "The words cited cannot be read on their pages of the bundle “Hearing 1”" in told
    assert told.endswith("INQ000004_001.")


def test_the_build_named_is_cited(case: CaseFile, study: CaseStudyId, tmp_path: Path) -> None:
    build(case, tmp_path / "one")
    build(case, tmp_path / "two")
    assert "“Hearing 1”, build 2 of" in words_of(report(case, study, tmp_path))
    assert "“Hearing 1”, build 1 of" in words_of(report(case, study, tmp_path, build="Hearing 1 #1"))
