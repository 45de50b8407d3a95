"""A bundle beyond the team holds only what is cleared for its audience, and no protected name leaves with it."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from tests.services.conftest import put_pdf
from workbench.domain.bundle import Build, Bundle
from workbench.domain.errors import Refused
from workbench.services.applying import apply_json
from workbench.services.bundling import BuiltBundle, build_bundle
from workbench.services.releasing import LeaksFound
from workbench.store.case_file import CaseFile

BUILT_AT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
NAME = "Aderyn Beresford-Quill"
ORDER = {"ref": "order", "kind": "order", "made_by": "the chair", "on": "2026-05-01"}


@pytest.fixture
def named(case: CaseFile) -> CaseFile:
    """A third document names a person who is known by a cipher."""
    put_pdf(
        case,
        "INQ000003",
        "Note of a meeting",
        ["The regulator met the company in May.", f"The note was taken by {NAME} of the secretariat.", "No more."],
    )
    apply_json(case, {"people": [{"cipher": "IN-A1", "class": "witness", "names": [NAME]}]})
    return case


def _bundle(case: CaseFile, audience: str, **more: Any) -> Bundle:
    entries = [{"document": urn} for urn in ("INQ000001", "INQ000002", "INQ000003")]
    bundle = {"name": "Day 1", "audience": audience, "sections": [{"title": "All", "entries": entries}]}
    apply_json(case, {"bundles": [bundle], **more})
    return case.all(Bundle)[0]


def _build(case: CaseFile, bundle: Bundle, folder: Path, **options: Any) -> BuiltBundle:
    return build_bundle(case, bundle.id, folder, built_at=BUILT_AT, **options)


def _words(path: Path) -> str:
    """By a reader that had no part in the program."""
    return subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout


def test_a_name_stops_the_export_and_is_told_by_its_cipher(named: CaseFile, tmp_path: Path) -> None:
    with pytest.raises(LeaksFound) as stopped:
        _build(named, _bundle(named, "core participants"), tmp_path / "out")
    assert "IN-A1" in str(stopped.value) and "page 7" in str(stopped.value)
    assert not any(word in str(stopped.value) for word in NAME.replace("-", " ").split())
    assert not (tmp_path / "out").exists()
    assert named.count(Build) == 0


def test_a_mark_takes_the_name_away_and_the_bundle_goes_out(named: CaseFile, tmp_path: Path) -> None:
    mark = {"document": "INQ000003", "page": 2, "quote": NAME, "reason": "personal detail", "restriction": "order"}
    bundle = _bundle(named, "core participants", restrictions=[ORDER], redactions=[mark])
    built = _build(named, bundle, tmp_path)
    text = _words(built.path)
    assert "Beresford" not in text and "Aderyn" not in text
    assert "of the secretariat" in " ".join(text.split())
    reader = pypdfium2.PdfDocument(built.path)
    assert not any("Quill" in page.get_textpage().get_text_range() for page in reader)
    checks = {check["id"]: check for check in json.loads(_certificate(built).read_text(encoding="utf-8"))["checks"]}
    assert [checks[rule]["result"] for rule in ("R02", "R03", "R05", "R06", "R09", "R10")] == ["held"] * 6
    unapproved = "1 of the redactions burnt in were proposed and not yet approved by anybody."
    assert unapproved in json.loads(_certificate(built).read_text(encoding="utf-8"))["not_checked"]
    team = _build(named, bundle, tmp_path / "team", audience="team")
    assert "Beresford" in _words(team.path)


def _certificate(built: BuiltBundle) -> Path:
    return next(path for path in built.beside if path.name.endswith("certificate.json"))


def test_an_override_needs_a_reason_and_is_told_everywhere(named: CaseFile, tmp_path: Path) -> None:
    bundle = _bundle(named, "panel")
    with pytest.raises(LeaksFound):
        _build(named, bundle, tmp_path, override="  ")
    built = _build(named, bundle, tmp_path, override="The panel knows the witness")
    (record,) = named.all(Build)
    told = json.loads(_certificate(built).read_text(encoding="utf-8"))
    assert told["overrides"][0]["reason"] == "The panel knows the witness"
    assert "The panel knows the witness" in record.overrides[0]
    assert "Beresford" not in json.dumps(told) + record.overrides[0]


@pytest.mark.parametrize(
    ("more", "left"),
    [
        ({"restrictions": [{**ORDER, "targets": ["INQ000003"]}]}, "INQ000001 INQ000002"),
        ({"restrictions": [{"kind": "pending", "targets": ["INQ000003"]}]}, "INQ000001 INQ000002"),
        ({"restrictions": [{**ORDER, "targets": ["INQ000003_002"]}]}, "INQ000001 INQ000002 INQ000003"),
        (
            {"clearances": [{"document": "INQ000003", "audience": "core participants", "decision": "withheld"}]},
            "INQ000001 INQ000002",
        ),
    ],
)
def test_what_is_not_cleared_is_left_out_and_listed(
    named: CaseFile, tmp_path: Path, more: dict[str, Any], left: str
) -> None:
    built = _build(named, _bundle(named, "core participants", **more), tmp_path)
    assert sorted({row.urn for row in built.page_map.rows if row.urn}) == left.split()
    (withheld,) = built.withheld
    assert withheld.urn == "INQ000003"
    assert "Beresford" not in _words(built.path)
    assert json.loads(_certificate(built).read_text(encoding="utf-8"))["left_out"] == [withheld.sentence]


@pytest.mark.parametrize(
    ("restriction", "is_out"),
    [
        ({"kind": "order", "targets": ["INQ000002"]}, True),
        ({"kind": "order", "targets": ["INQ000002"], "allows": ["public"]}, False),
        ({"kind": "order", "targets": ["INQ000002"], "allows": ["panel"]}, True),
        ({"kind": "order", "targets": ["INQ000002"], "revoked_on": "2026-11-01"}, False),
        ({"kind": "order", "targets": ["INQ000002"], "until": "2026-06"}, False),
        ({"kind": "order", "targets": ["INQ000002"], "until": "2027"}, True),
        ({"kind": "order", "targets": ["INQ000009"]}, False),
    ],
)
def test_a_restriction_counts_while_it_is_in_force(
    case: CaseFile, tmp_path: Path, restriction: dict[str, Any], is_out: bool
) -> None:
    entries = [{"document": "INQ000001"}, {"document": "INQ000002"}]
    bundle = {"name": "Day 1", "audience": "core participants", "sections": [{"title": "All", "entries": entries}]}
    apply_json(case, {"bundles": [bundle], "restrictions": [restriction]})
    built = _build(case, case.all(Bundle)[0], tmp_path)
    assert bool(built.withheld) == is_out


def test_a_waiver_lifts_the_protection_for_its_audiences_only(named: CaseFile, tmp_path: Path) -> None:
    waiver = {"kind": "waiver", "targets": ["IN-A1"], "allows": ["core participants"]}
    bundle = _bundle(named, "core participants", restrictions=[waiver])
    assert "Beresford" in _words(_build(named, bundle, tmp_path / "some").path)
    with pytest.raises(LeaksFound):
        _build(named, bundle, tmp_path / "all", audience="public")


def test_a_restricted_area_and_a_restricted_term(named: CaseFile, tmp_path: Path) -> None:
    area = {**ORDER, "targets": ["INQ000003_002@60,60,560,140"]}
    built = _build(named, _bundle(named, "public", restrictions=[area]), tmp_path / "area")
    assert "Beresford" not in _words(built.path) and "No more." in _words(built.path)
    term = {"kind": "notice", "targets": ["nine days"]}
    with pytest.raises(LeaksFound, match="restricted term"):
        _build(named, _bundle(named, "public", restrictions=[area, term]), tmp_path / "term")


def test_a_bundle_of_which_nothing_is_cleared_is_refused(case: CaseFile, tmp_path: Path) -> None:
    entries = [{"document": "INQ000001"}]
    bundle = {"name": "Day 1", "audience": "public", "sections": [{"title": "All", "entries": entries}]}
    apply_json(case, {"bundles": [bundle], "restrictions": [{"kind": "order", "targets": ["INQ000001"]}]})
    with pytest.raises(Refused, match=r"Nothing of the bundle .* INQ000001 was left out"):
        _build(case, case.all(Bundle)[0], tmp_path)
