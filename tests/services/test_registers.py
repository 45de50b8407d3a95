"""Who got what is on record, a breach drill finds every place, and two builds are compared page by page."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.services.conftest import put_pdf
from workbench.domain.bundle import Build, Bundle
from workbench.domain.change import Action
from workbench.domain.document import Document
from workbench.domain.errors import NotFound, Refused
from workbench.domain.excerpt import Excerpt
from workbench.domain.frame import CaseStudy
from workbench.services.applying import apply_json
from workbench.services.breach import breach_drill
from workbench.services.builds import account_of, build_named
from workbench.services.bundle_editing import add_entries, section_named
from workbench.services.bundling import BuiltBundle, build_bundle
from workbench.services.case_study_export import export_case_study
from workbench.services.comparing import compare_builds
from workbench.services.exporting import export_case
from workbench.services.protecting import DisclosureFacts, record_disclosure
from workbench.services.releasing import LeaksFound
from workbench.store.case_file import CaseFile

BUILT_AT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
NAME = "Aderyn Beresford-Quill"


@pytest.fixture
def named(case: CaseFile) -> CaseFile:
    put_pdf(case, "INQ000003", "Note", ["The regulator met.", f"The note was taken by {NAME}.", "No more."])
    entries = [{"document": urn} for urn in ("INQ000001", "INQ000003")]
    apply_json(
        case,
        {
            "people": [{"cipher": "IN-A1", "names": [NAME, "school: Northmere Example School"]}],
            "institutions": [{"name": "Northmere"}],
            "case_studies": [{"title": "Answers", "scope": ["2.3"], "institutions": ["Northmere"]}],
            "excerpts": [
                {
                    "ref": "e1",
                    "document": "INQ000001",
                    "page": 2,
                    "quote": "the median answer took nine days",
                    "note": f"Ask {NAME}",
                    "links": [{"to": "case_study", "name": "Answers"}],
                },
                {
                    "ref": "e2",
                    "document": "INQ000003",
                    "page": 2,
                    "quote": NAME,
                    "links": [{"to": "case_study", "name": "Answers"}],
                },
            ],
            "bundles": [{"name": "Day 1", "sections": [{"title": "All", "entries": entries}]}],
        },
    )
    return case


def _build(case: CaseFile, folder: Path, **options: Any) -> BuiltBundle:
    return build_bundle(case, case.all(Bundle)[0].id, folder, built_at=BUILT_AT, **options)


def test_a_breach_drill_names_builds_pages_excerpts_notes_and_recipients(named: CaseFile, tmp_path: Path) -> None:
    built = _build(named, tmp_path)
    (build,) = named.all(Build)
    record_disclosure(named, build.id, DisclosureFacts(recipient="Counsel to the inquiry", sent_on="2026-11-25"))
    export_case(named, "json", tmp_path)
    report = breach_drill(named, "in-a1")
    assert [(item.build.kind, item.pages) for item in report.builds] == [("bundle", ("6",)), ("json", ())]
    assert report.builds[0].recipients == ("Counsel to the inquiry, 2026-11-25",)
    assert report.builds[0].checksums[0] == built.sha256 == hashlib.sha256(built.path.read_bytes()).hexdigest()
    found = {(place.what, place.where) for place in report.places}
    assert found == {
        ("document", "INQ000003, page 2"),
        ("excerpt", "INQ000003, page 2"),
        ("note", "INQ000001, page 2"),
    }
    assert "Beresford" not in json.dumps(report.as_json())
    assert breach_drill(named, "nine days").builds[0].pages == ("4",)
    with pytest.raises(NotFound, match="Say whom"):
        breach_drill(named, " ")


def test_the_log_of_disclosures_has_file_checksum_and_day(named: CaseFile, tmp_path: Path) -> None:
    built = _build(named, tmp_path / "out")
    (build,) = named.all(Build)
    record_disclosure(named, build.id, DisclosureFacts(recipient="=Panel", sent_on="2026-11-25", medium="stick"))
    with pytest.raises(Refused, match="was built for “team”"):
        record_disclosure(named, build.id, DisclosureFacts(recipient="A newspaper", audience="public"))
    apply_json(named, {"redactions": [{"document": "INQ000003", "page": 2, "quote": NAME, "reason": "other"}]})
    written = export_case(named, "registers", tmp_path / "registers")
    assert [path.name for path in written] == [
        "redaction-schedule.csv", "restrictions.csv", "requests.csv", "hearings.csv", "parties.csv", "issues.csv",
        "builds.csv", "disclosures.csv", "registers.json",
    ]  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(written[7].read_text(encoding="utf-8-sig"))))
    told = {(row["recipient"], row["sent_on"], row["medium"], row["file"], row["sha256"]) for row in rows}
    assert ("'=Panel", "2026-11-25", "stick", built.path.name, built.sha256) in told
    assert len(rows) == len(build.files)
    schedule = written[0].read_text(encoding="utf-8-sig")
    assert "INQ000003,2,words" in schedule and "Beresford" not in schedule


def test_two_builds_are_compared_page_by_page(named: CaseFile, tmp_path: Path) -> None:
    _build(named, tmp_path / "1")
    again = _build(named, tmp_path / "2")
    first, second = (build_named(named, f"day 1 #{number}") for number in (1, 2))
    assert first.sha256 == second.sha256 == again.sha256, "the same input gives the same bytes"
    assert compare_builds(named, first, second) == []
    late = put_pdf(named, "INQ000009", "Late letter", ["One late page."])
    add_entries(named, section_named(named, named.all(Bundle)[0].id, "All").id, [late.id], position=0)
    _build(named, tmp_path / "3")
    found = compare_builds(named, second, build_named(named, "Day 1"))
    told = [(item.old_label, item.new_label, item.urn, [kind.value for kind in item.differences]) for item in found]
    assert ("", "3", "INQ000009", ["added"]) in told
    assert ("3", "4", "INQ000001", ["moved"]) in told
    assert ("2", "2", "", ["words"]) in told
    assert sum(item.differences == ("moved",) for item in found) == 5


def test_the_account_holds_what_was_read_back(named: CaseFile, tmp_path: Path) -> None:
    _build(named, tmp_path)
    account = account_of(named, named.all(Build)[0])
    assert len(account.pages) == len(account.rows)
    assert "nine days" in account.pages[3].text
    assert all(page.picture for page in account.pages)


def test_a_case_study_beyond_the_team_leaves_out_what_is_not_cleared(named: CaseFile, tmp_path: Path) -> None:
    study = named.all(CaseStudy)[0].id
    with pytest.raises(LeaksFound, match="IN-A1"):
        export_case_study(named, study, tmp_path / "none", audience="panel")
    assert not any(path for path in (tmp_path / "none").rglob("*") if path.is_file())
    order = {"ref": "o", "kind": "order", "targets": ["INQ000003"]}
    apply_json(
        named, {"restrictions": [order], "excerpts": [{"document": "INQ000001", "page": 2, "quote": "nine days"}]}
    )
    with pytest.raises(LeaksFound, match="IN-A1"):
        export_case_study(named, study, tmp_path / "note", audience="panel")
    for excerpt in named.all(Excerpt):
        if excerpt.note:
            with named.change(Action.EDIT_EXCERPT) as step:
                step.put(replace(excerpt, note=""))
    exported = export_case_study(named, study, tmp_path / "out", audience="panel")
    documents = sorted(path.stem for path in (exported.folder / "data" / "documents").iterdir())
    assert documents == ["INQ000001"]
    everything = b"".join(path.read_bytes() for path in exported.folder.rglob("*") if path.is_file())
    assert b"Beresford" not in everything
    assert "INQ000003" in {document.urn for document in named.all(Document)}


def test_criticism_waits_for_its_warning_letter(named: CaseFile, tmp_path: Path) -> None:
    study = named.all(CaseStudy)[0].id
    sentence = {"text": "Answers came late.", "evidence": ["e1"]}
    apply_json(
        named,
        {
            "excerpts": [{"ref": "e1", "document": "INQ000001", "page": 1, "quote": "within 24 hours"}],
            "findings": [{"ref": "f", "kind": "criticism", "case_study": "Answers", "sentences": [sentence]}],
            "restrictions": [{"kind": "order", "targets": ["INQ000003"]}],
        },
    )
    with pytest.raises(Refused, match="warning letter"):
        export_case_study(named, study, tmp_path, audience="core participants")
    export_case_study(named, study, tmp_path, audience="team")


def test_the_whole_case_as_json_is_for_the_team_only(named: CaseFile, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="for the team only"):
        export_case(named, "json", tmp_path, audience="panel")
    assert not list(tmp_path.glob("*.json"))
