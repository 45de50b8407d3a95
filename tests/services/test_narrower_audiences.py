"""What is kept from a narrower audience stays away from wider ones; restrictions that cannot be read stop a build."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from workbench.domain.bundle import Build, Bundle
from workbench.domain.errors import CheckFailed, Refused
from workbench.services.applying import ApplyRefused, apply_json
from workbench.services.bundling import BuiltBundle, build_bundle
from workbench.store.case_file import CaseFile

BUILT_AT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


def _bundle(case: CaseFile, **more: Any) -> Bundle:
    entries = [{"document": "INQ000001"}, {"document": "INQ000002", "title": "Minutes about the merger"}]
    apply_json(case, {"bundles": [{"name": "Day 1", "sections": [{"title": "All", "entries": entries}]}], **more})
    return case.all(Bundle)[0]


def _build(case: CaseFile, folder: Path, audience: str, **more: Any) -> BuiltBundle:
    return build_bundle(case, case.all(Bundle)[0].id, folder, built_at=BUILT_AT, audience=audience, **more)


@pytest.mark.parametrize("audience", ["panel", "public"])
def test_what_is_withheld_from_some_is_withheld_from_all_beyond_them(
    case: CaseFile, tmp_path: Path, audience: str
) -> None:
    withheld = {"document": "INQ000002", "audience": "panel", "decision": "withheld"}
    cleared = {"document": "INQ000002", "audience": "public", "decision": "cleared"}
    _bundle(case, clearances=[withheld, cleared])
    built = _build(case, tmp_path, audience)
    assert {row.urn for row in built.page_map.rows} == {"", "INQ000001"}
    assert "panel" in built.withheld[0].sentence


def test_what_is_cleared_for_all_is_decided_for_fewer(case: CaseFile, tmp_path: Path) -> None:
    cleared = [{"document": urn, "audience": "public", "decision": "cleared"} for urn in ("INQ000001", "INQ000002")]
    _bundle(case, clearances=cleared)
    told = " ".join(_build(case, tmp_path, "panel").certificate.not_checked)
    assert "Nobody recorded a decision" not in told


@pytest.mark.parametrize(
    "target", ["INQ000002_0", "INQ000002_99", "INQ000002_1-1", "INQ000002 page 1", "INQ000002, p. 1", "[INQ000002/1]"]
)
def test_a_target_that_names_a_document_but_no_page_of_it_stops_the_build(
    case: CaseFile, tmp_path: Path, target: str
) -> None:
    _bundle(case, restrictions=[{"kind": "order", "targets": [target]}])
    with pytest.raises(Refused, match="INQ000002"):
        _build(case, tmp_path, "public")
    assert list(tmp_path.glob("*.pdf")) == []


@pytest.mark.parametrize("target", ["INQ000002_1", "inq000002/001", " INQ000002_001 "])
def test_every_form_of_a_page_is_understood(case: CaseFile, tmp_path: Path, target: str) -> None:
    _bundle(case, restrictions=[{"kind": "order", "targets": [target]}])
    assert {row.urn for row in _build(case, tmp_path, "public").page_map.rows} == {"", "INQ000001"}


@pytest.mark.parametrize("until", ["2026-12/..", "2027?"])
def test_an_open_or_uncertain_end_does_not_lift_a_restriction(case: CaseFile, tmp_path: Path, until: str) -> None:
    _bundle(case, restrictions=[{"kind": "order", "targets": ["INQ000002"], "until": until}])
    assert {row.urn for row in _build(case, tmp_path, "public").page_map.rows} == {"", "INQ000001"}


def test_a_waiver_that_names_no_audience_lifts_nothing(case: CaseFile, tmp_path: Path) -> None:
    restrictions = [{"kind": "order", "targets": ["median answer"]}, {"kind": "waiver", "targets": ["median answer"]}]
    _bundle(case, restrictions=restrictions)
    with pytest.raises(Exception, match="restricted term"):
        _build(case, tmp_path, "public")


def test_a_cipher_in_small_letters_is_a_cipher(case: CaseFile, tmp_path: Path) -> None:
    people = [{"cipher": "IN-A1", "class": "witness", "names": ["Aderyn Beresford-Quill"]}]
    _bundle(case, people=people, restrictions=[{"kind": "order", "targets": ["in-a1"]}])
    assert _build(case, tmp_path, "public").page_count


def test_the_concordance_does_not_tell_titles_that_the_audience_never_saw(case: CaseFile, tmp_path: Path) -> None:
    _bundle(case, restrictions=[{"kind": "order", "targets": ["INQ000002"]}])
    _build(case, tmp_path / "team", "team")
    built = _build(case, tmp_path / "public", "public")
    (path,) = [path for path in built.beside if path.name.endswith("concordance.csv")]
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    assert {row["urn"]: row["title"] for row in rows if row["change"] == "gone"} == {"INQ000002": ""}
    everything = b"".join(item.read_bytes() for item in (tmp_path / "public").iterdir())
    assert b"merger" not in everything
    again = _build(case, tmp_path / "again", "team")
    (path,) = [path for path in again.beside if path.name.endswith("concordance.csv")]
    assert "merger" in path.read_text(encoding="utf-8-sig")


def test_a_name_that_can_never_be_found_is_refused(case: CaseFile) -> None:
    with pytest.raises(ApplyRefused, match=r"people\[1\].*neither letters nor digits"):
        apply_json(case, {"people": [{"cipher": "IN-A1", "class": "witness", "names": ["..."]}]})


def test_marked_words_in_a_title_stop_the_bundle(case: CaseFile, tmp_path: Path) -> None:
    mark = {"document": "INQ000001", "page": 1, "quote": "Reports were", "reason": "other"}
    entries = [{"document": "INQ000001", "title": "Letter saying that reports  were late"}]
    bundles = [{"name": "Day 1", "sections": [{"title": "All", "entries": entries}]}]
    apply_json(case, {"redactions": [mark], "bundles": bundles})
    with pytest.raises(CheckFailed, match="marked for redaction stand in the title of INQ000001"):
        _build(case, tmp_path / "out", "public")
    assert not (tmp_path / "out").exists()
    built = _build(case, tmp_path / "out", "public", override="The phrase is public")
    assert built.certificate.overrides[0].reason == "The phrase is public"
    assert "The phrase is public" in case.all(Build)[0].overrides[0]
