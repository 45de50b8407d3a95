"""The inquiry's own registers: what was asked of whom, what came, who was heard, and on which issues."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from workbench.domain.change import Action
from workbench.domain.document import Document, Receipt
from workbench.domain.errors import Refused
from workbench.domain.excerpt import Excerpt, Link
from workbench.domain.frame import ScopeParagraph
from workbench.domain.ids import new_id
from workbench.domain.inquiry import EvidenceRequest, Hearing, Issue, Party
from workbench.services.applying import apply_json
from workbench.services.breach import breach_drill
from workbench.services.excerpt_list import excerpt_rows
from workbench.services.exporting import export_case
from workbench.services.exporting_json import export_json
from workbench.services.inquiry_list import inquiry_lists
from workbench.services.inquiry_registers import keep_entry, remove_entry
from workbench.services.linking import Wanted, annotate, link_targets
from workbench.store.case_file import CaseFile

TODAY = date(2026, 11, 25)


def a_request(reference: str, **more: str) -> EvidenceRequest:
    return EvidenceRequest(id=new_id("req"), reference=reference, **more)  # type: ignore[arg-type]


def came_under(case: CaseFile, urn: str, request: str) -> None:
    document = case.all(Document, urn=urn)[0]
    with case.change(Action.IMPORT) as step:
        receipt = Receipt(
            id=new_id("rcp"), document=document.id, path="a", request=request, received_at=datetime.now(UTC)
        )
        step.put(receipt)


def an_issue(case: CaseFile, number: str = "2.10") -> Issue:
    scope = case.all(ScopeParagraph, "position")[0].id
    return Issue(id=new_id("iss"), number=number, scope=scope, text="Were answers given in time?")


def test_requests_are_matched_to_what_came_and_what_is_late_stands_first(case: CaseFile) -> None:
    keep_entry(case, a_request("R9-001", sent_on="2026-05-01", due_on="2026-06-01", answered_on="2026-05-20"))
    keep_entry(case, a_request("R9-002", sent_on="2026-05-01", due_on="2026-11-24"))
    keep_entry(case, a_request("R9-003", sent_on="2026-05-01", due_on="2026-11-30"))
    keep_entry(case, a_request("R9-004"))
    came_under(case, "INQ000001", "r9-001 ")
    came_under(case, "INQ000001", "R9-001")
    came_under(case, "INQ000002", "R9-003")
    came_under(case, "INQ000002", "R9-999")
    lists = inquiry_lists(case, TODAY)
    assert [(row.reference, row.state, row.days_left, row.documents, row.pages) for row in lists.requests] == [
        ("R9-002", "overdue", -1, 0, 0),
        ("R9-004", "not sent", None, 0, 0),
        ("R9-003", "received", 5, 1, 1),
        ("R9-001", "answered", None, 1, 2),
        ("R9-999", "not on record", None, 1, 1),
    ]
    totals = lists.totals
    assert (totals.requests, totals.requests_answered, totals.requests_overdue) == (4, 1, 1)
    assert (totals.documents, totals.documents_under_requests, totals.documents_without_request) == (2, 2, 0)
    plain = lists.as_json()["requests"][0]
    assert plain["reference"] == "R9-002" and plain["due_on"] == "2026-11-24" and "id" not in plain


def test_hearings_parties_and_issues_are_counted(case: CaseFile) -> None:
    apply_json(case, {"people": [{"cipher": "IN-A1"}], "institutions": [{"name": "Northmere Board"}]})
    keep_entry(case, Hearing(id=new_id("hrg"), on="2026-11-03", day=1, witnesses=("Chief Officer", "IN-A1 ")))
    keep_entry(case, Hearing(id=new_id("hrg"), on="2026-11-04", day=2, kind="closed", witnesses=("chief officer",)))
    keep_entry(case, Party(id=new_id("pty"), name="IN-A1", role="witness"))
    keep_entry(case, Party(id=new_id("pty"), name="Northmere Board", until_on="2026-10"))
    for number in ("2.10", "2.9"):
        keep_entry(case, an_issue(case, number))
    lists = inquiry_lists(case, TODAY)
    assert [row.hearing.day for row in lists.hearings] == [1, 2]
    assert [(row.party.name, row.is_current) for row in lists.parties] == [("Northmere Board", False), ("IN-A1", True)]
    assert [row.issue.number for row in lists.issues] == ["2.9", "2.10"]
    totals = lists.totals
    assert (totals.hearing_days, totals.closed_days, totals.witnesses) == (2, 1, 2)
    assert (totals.core_participants, totals.other_parties, totals.issues_open) == (1, 1, 2)


def test_an_excerpt_is_linked_to_an_issue(case: CaseFile) -> None:
    issue = an_issue(case)
    keep_entry(case, issue)
    apply_json(case, {"excerpts": [{"ref": "e", "document": "INQ000002", "page": 1, "quote": "The board asked"}]})
    target = next(item for item in link_targets(case) if item.kind == "issue")
    annotate(case, [case.all(Excerpt)[0].id], [Wanted(kind="issue", name=target.name, id=target.id)])
    assert excerpt_rows(case)[0].links[0].name == "2.10  Were answers given in time?"
    assert inquiry_lists(case, TODAY).issues[0].excerpts == 1
    with pytest.raises(Refused, match="is used once"):
        remove_entry(case, issue)
    with case.change(Action.UNLINK) as step:
        step.delete(Link, case.all(Link)[0].id)
    remove_entry(case, issue)
    assert case.count(Issue) == 0
    case.undo()
    assert case.count(Issue) == 1


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        (a_request(" "), "its reference"),
        (a_request("r9 - 014"), "already"),
        (a_request("R9-2", kind="rumour"), "no kind of request"),
        (a_request("R9-2", sent_on="2026-05-01", due_on="2026-04-01"), "due before"),
        (a_request("R9-2", sent_on="2026-02-30"), "The day of sending"),
        (a_request("R9-2", about="Letters of Quentin Placeholder"), "protected name of IN-A1"),
        (Hearing(id=new_id("hrg"), on=""), "the day"),
        (Hearing(id=new_id("hrg"), on="2026-11-03", witnesses=("Quentin Placeholder",)), "Name the cipher"),
        (Party(id=new_id("pty"), name=""), "who takes part"),
        (Party(id=new_id("pty"), name="The board", from_on="2026-02", until_on="2025"), "before they began"),
        (Issue(id=new_id("iss"), number="1", scope=new_id("scp"), text="Why?"), "scope paragraph"),
    ],
)
def test_what_cannot_be_is_refused(case: CaseFile, entry: EvidenceRequest, says: str) -> None:
    apply_json(case, {"people": [{"cipher": "IN-A1", "names": ["Quentin Placeholder"]}]})
    keep_entry(case, a_request("R9-014"))
    with pytest.raises(Refused, match=says):
        keep_entry(case, entry)
    assert len(case.all(EvidenceRequest)) == 1 and not case.count(Hearing) and not case.count(Party)


def test_an_entry_is_changed_and_the_change_undone(case: CaseFile) -> None:
    request = a_request("R9-014", addressee="=1+1")
    keep_entry(case, request)
    keep_entry(case, replace(request, answered_on="2026-05", reference="R9-014a"))
    assert [item.reference for item in case.all(EvidenceRequest)] == ["R9-014a"]
    case.undo()
    assert [item.reference for item in case.all(EvidenceRequest)] == ["R9-014"]
    assert case.history()[-1].summary == "edit requests, hearings and parties"
    assert [place.what for place in breach_drill(case, "=1+1").places] == ["request"]


def test_registers_hold_them_and_beyond_the_team_nothing_private(case: CaseFile, tmp_path: Path) -> None:
    keep_entry(case, a_request("R9-014", addressee="=HYPERLINK(1)", note="Umber note"))
    closed = Hearing(id=new_id("hrg"), on="2026-11-04", kind="closed", title="Ochre", witnesses=("A clerk",))
    keep_entry(case, closed)
    keep_entry(case, Party(id=new_id("pty"), name="Northmere Board"))
    keep_entry(case, an_issue(case))

    def rows(audience: str, name: str) -> list[dict[str, str]]:
        folder = tmp_path / audience
        if not folder.exists():
            export_case(case, "registers", folder, audience=audience)
        return list(csv.DictReader(io.StringIO((folder / f"{name}.csv").read_text(encoding="utf-8-sig"))))

    assert rows("team", "requests")[0]["note"] == "Umber note"
    assert rows("team", "requests")[0]["addressee"] == "'=HYPERLINK(1)"
    assert rows("team", "hearings")[0]["witnesses"] == "A clerk"
    assert rows("team", "parties")[0]["name"] == "Northmere Board"
    assert rows("team", "issues")[0]["number"] == "2.10"
    assert rows("public", "requests")[0]["note"] == ""
    assert rows("public", "hearings")[0] | {"title": "", "witnesses": ""} == rows("public", "hearings")[0]
    assert export_json(case)["requests"][0]["note"] == "Umber note"
