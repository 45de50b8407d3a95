"""Restrictions, clearances, warning letters and disclosures: what may be recorded, and what is refused in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from workbench.domain.bundle import Build, Bundle
from workbench.domain.change import Action
from workbench.domain.document import Document
from workbench.domain.errors import Refused
from workbench.domain.ids import BuildId, new_id
from workbench.domain.protection import Clearance, Disclosure, Restriction
from workbench.services.bundle_editing import BundleEdit, edit_bundle
from workbench.services.bundle_outline import outline_of
from workbench.services.composing import compose_bundle
from workbench.services.framing import add_to_frame, settle_names
from workbench.services.protecting import (
    DisclosureFacts,
    RestrictionFacts,
    add_restriction,
    edit_restriction,
    record_disclosure,
    revoke_restriction,
    set_clearance,
)
from workbench.services.protection_list import build_rows, clearance_rows, restriction_rows

ORDER = RestrictionFacts(kind="order", made_by="The Chair", on="2026-03-02", targets=("INQ000001_002",))


def test_a_restriction_is_recorded_changed_and_revoked(case):
    _change, order = add_restriction(case, ORDER)
    edit_restriction(case, order, replace(ORDER, targets=(" INQ000001 ", "", "INQ000001"), until="2030", note="Part 2"))
    record = case.get(Restriction, order)
    assert record.targets == ("INQ000001",) and record.until == "2030"
    assert [row.state for row in restriction_rows(case, date(2026, 6, 1))] == ["in force"]
    assert [row.state for row in restriction_rows(case, date(2031, 1, 1))] == ["ended"]
    revoke_restriction(case, order, "2026-05-01")
    edit_restriction(case, order, ORDER)
    assert [row.state for row in restriction_rows(case, date(2026, 6, 1))] == ["revoked"]
    with pytest.raises(Refused, match="revoked on 2026-05-01 already"):
        revoke_restriction(case, order)
    assert case.history(newest_first=True)[0].action is Action.EDIT_PROTECTION


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (replace(ORDER, kind="wish"), "no kind of restriction"),
        (replace(ORDER, made_by=" "), "who made the restriction"),
        (replace(ORDER, targets=("", " ")), "what is restricted"),
        (replace(ORDER, targets=("INQ000099",)), "names no document"),
        (replace(ORDER, targets=("INQ000001_003",)), "has 2 pages"),
        (replace(ORDER, targets=("IN-B7",)), "no person"),
        (replace(ORDER, targets=("ab",)), "too short"),
        (replace(ORDER, on="the spring"), "The date: "),
        (replace(ORDER, allows=("everyone",)), "no audience"),
        (replace(ORDER, kind="waiver"), "lifts protection"),
    ],
)
def test_what_says_nothing_is_refused(case, facts, sentence):
    with pytest.raises(Refused, match=sentence):
        add_restriction(case, facts)
    assert case.count(Restriction) == 0


def test_a_protected_name_never_becomes_a_target_in_clear(case):
    _change, person = add_to_frame(case, "person", "IN-A7")
    settle_names(case, person, ["Alder Quist"])
    with pytest.raises(Refused, match="IN-A7") as refusal:
        add_restriction(case, replace(ORDER, targets=("alder quist",)))
    assert "alder" not in str(refusal.value).casefold()
    add_restriction(case, replace(ORDER, targets=("IN-A7",)))
    assert case.all(Restriction)[0].targets == ("IN-A7",)


def test_a_withheld_document_leaves_the_bundle_of_that_audience_only(case):
    documents = case.all(Document, "urn")
    compose_bundle(case, "Day 1", [item.id for item in documents])
    bundle = case.all(Bundle)[0]
    edit_bundle(case, bundle.id, BundleEdit(audience="public"))
    set_clearance(case, [documents[0].id], "public", "withheld", on="2026-04-01")
    set_clearance(case, [documents[1].id], "public", "cleared", by="Panel secretary")
    rows = {row.document.urn: row.decided for row in clearance_rows(case)}
    assert rows["INQ000001"]["public"].by == "tester" and rows["INQ000002"]["public"].by == "Panel secretary"
    assert outline_of(case, bundle.id).document_count == 1
    set_clearance(case, [documents[0].id], "public", "cleared")
    assert case.count(Clearance) == 2
    set_clearance(case, [item.id for item in documents], "public", "")
    assert case.count(Clearance) == 0
    for wrong in (("team", "cleared"), ("public", "perhaps"), ("nobody", "cleared")):
        with pytest.raises(Refused):
            set_clearance(case, [documents[0].id], *wrong)


def test_a_build_goes_to_no_wider_audience_than_its_own(case):
    build = BuildId(new_id("bld"))
    with case.change(Action.BUILD, "Day 1") as step:
        step.put(
            Build(
                id=build,
                number=1,
                page_count=3,
                sha256="0" * 64,
                filename="Day 1.pdf",
                history_head=case.history_head,
                built_at=datetime(2026, 5, 1, tzinfo=UTC),
                audience="core participants",
            )
        )
    record_disclosure(
        case, build, DisclosureFacts(recipient="Counsel to Northmere", medium="USB", sent_on="2026-05-02")
    )
    record_disclosure(case, build, DisclosureFacts(recipient="The panel", audience="panel"))
    with pytest.raises(Refused, match="must not go to “public”"):
        record_disclosure(case, build, DisclosureFacts(recipient="The press", audience="public"))
    with pytest.raises(Refused, match="who was given"):
        record_disclosure(case, build, DisclosureFacts(recipient=" "))
    assert case.count(Disclosure) == 2
    (row,) = build_rows(case)
    assert {item.recipient: item.audience for item in row.disclosures} == {
        "Counsel to Northmere": "core participants",
        "The panel": "panel",
    }
