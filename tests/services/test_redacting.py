"""Marks are proposed, decided and burnt in; what is shown beyond the team holds none of the marked words."""

from __future__ import annotations

from datetime import date

import pytest

from tests.redaction import everything_in, pdfium_words, poppler_words, writings_of
from tests.services.conftest import put_pdf
from workbench.domain.audience import checked_audience
from workbench.domain.change import Action
from workbench.domain.document import Document
from workbench.domain.errors import CheckFailed, NotFound, Refused
from workbench.domain.geometry import Box
from workbench.domain.ids import new_id
from workbench.domain.protection import MarkState, Redaction, Restriction
from workbench.runtime.sandbox import Answer, Sandbox
from workbench.services.applying import apply_json
from workbench.services.clearing import Clearing
from workbench.services.page_words import PageReader
from workbench.services.redacting import (
    Redactor,
    edit_mark,
    located,
    marks_of,
    redacted_copy,
    redaction_schedule,
    remove_mark,
    review,
)
from workbench.services.redaction_marks import (
    Grounds,
    mark_area,
    mark_every_occurrence,
    mark_search_results,
    mark_words,
)
from workbench.services.redaction_reasons import redaction_reasons

PERSONAL = Grounds(reason="personal")


@pytest.fixture
def minutes(case) -> Document:
    return case.first(Document, urn="INQ000002")


@pytest.fixture
def roll(case) -> Document:
    """A document that names an invented clerk in every way that lines allow."""
    lines = (
        "Seren Llŷwelyn-Hughes kept the roll.\nThe roll of Seren\nLlŷwelyn-Hughes was read.\n"
        "SEREN LLYWELYN-HUGHES signed."
    )
    return put_pdf(
        case, "INQ000003", "Roll", [lines, "Ms Marchbank signed for Serena Llywelyn.\nNotice of the roll-\ncall."]
    )


def allow(case, *audiences: str) -> Restriction:
    restriction = Restriction(id=new_id("rst"), kind="order", made_by="Chair", on="2026-03-01", allows=audiences)
    with case.change(Action.EDIT_FRAME) as step:
        step.put(restriction)
    return restriction


def span(case, document: Document, words: str, page_index: int = 0) -> tuple[int, int]:
    start = case.page(document.sha256, page_index).text.index(words)
    return start, start + len(words)


def assert_gone(content: bytes, *names: str) -> None:
    found = everything_in(content)
    assert [name for name in names for form in writings_of(name) if form in found] == []


def test_marked_words_are_kept_with_their_place_and_grounds(case, minutes):
    marked = mark_words(case, minutes.id, 0, *span(case, minutes, "guidance"), PERSONAL)
    (mark,) = marked.marks
    assert (mark.quote, mark.state, mark.proposed_by, marked.new) == ("guidance", MarkState.PROPOSED, "tester", 1)
    assert (mark.reason, mark.basis) == ("personal", "protocol")
    assert len(mark.boxes) == 1
    assert case.history(newest_first=True)[0].action is Action.REDACT
    assert "guidance" not in case.history(newest_first=True)[0].summary


def test_the_same_mark_twice_is_one_mark(case, minutes):
    place = span(case, minutes, "guidance")
    first = mark_words(case, minutes.id, 0, *place, PERSONAL)
    again = mark_words(case, minutes.id, 0, *place, PERSONAL)
    assert (again.new, again.marks) == (0, first.marks)
    mark_area(case, minutes.id, 0, Box(10, 10, 50, 50))
    assert mark_area(case, minutes.id, 0, Box(10.2, 10, 50, 50.1)).new == 0
    assert case.count(Redaction) == 2


def test_a_rejected_mark_that_is_marked_again_is_proposed_again(case, minutes):
    place = span(case, minutes, "guidance")
    (mark,) = mark_words(case, minutes.id, 0, *place).marks
    review(case, [mark.id], MarkState.REJECTED)
    marked = mark_words(case, minutes.id, 0, *place, PERSONAL)
    assert marked.new == 1
    assert [(item.id, item.state) for item in marks_of(case)] == [(mark.id, MarkState.PROPOSED)]


def test_marks_can_be_undone(case, minutes):
    mark_words(case, minutes.id, 0, *span(case, minutes, "guidance"))
    case.undo()
    assert marks_of(case) == ()


@pytest.mark.parametrize("place", [(3, 3), (0, 10_000), (-1, 4)])
def test_a_mark_without_words_is_refused(case, minutes, place):
    with pytest.raises(Refused):
        mark_words(case, minutes.id, 0, *place)
    assert marks_of(case) == ()


@pytest.mark.parametrize("box", [Box(10, 10, 10, 50), Box(2000, 10, 2100, 50)])
def test_an_area_without_extent_or_beside_the_page_is_refused(case, minutes, box):
    with pytest.raises(Refused, match="too small to hide anything, or lies beside the page"):
        mark_area(case, minutes.id, 0, box)


def test_a_mark_on_a_page_that_is_not_there_is_refused(case, minutes):
    with pytest.raises(Refused, match="INQ000002 has 1 pages, no page 8"):
        mark_words(case, minutes.id, 7, 0, 4)
    with pytest.raises(Refused, match="no page 8"):
        mark_area(case, minutes.id, 7, Box(1, 1, 20, 20))


def test_an_unknown_reason_is_refused_with_the_list(case, minutes):
    with pytest.raises(Refused, match="Choose one of: irrelevant, personal, complainant"):
        mark_area(case, minutes.id, 0, Box(1, 1, 20, 20), Grounds(reason="because"))


def test_a_label_too_long_for_any_box_is_refused(case, minutes):
    with pytest.raises(Refused, match="at most 16"):
        mark_area(case, minutes.id, 0, Box(1, 1, 20, 20), Grounds(label="a description of the person"))


def test_a_term_is_marked_wherever_it_stands(case, roll):
    marked = mark_every_occurrence(case, "Seren Llŷwelyn-Hughes", Grounds(reason="third-party", label="IN-W3"))
    texts = [mark.quote.replace("\n", " ") for mark in marked.marks]
    assert texts == ["Seren Llŷwelyn-Hughes", "Seren Llŷwelyn-Hughes", "SEREN LLYWELYN-HUGHES"]
    assert mark_every_occurrence(case, "roll-call").new == 1
    assert mark_every_occurrence(case, "rollcall").marks == mark_every_occurrence(case, "roll-call").marks
    assert mark_every_occurrence(case, "Serena Llywelyn", documents=[]).marks == ()
    copy = redacted_copy(case, roll, marks_of(case, roll.id))
    assert_gone(copy.content, "Seren ", "Llŷwelyn-Hughes", "SEREN")
    assert "Serena" in pdfium_words(copy.content, 1)


def test_an_empty_term_is_refused(case):
    with pytest.raises(Refused, match="term to redact is empty"):
        mark_every_occurrence(case, " - ")


def test_words_that_a_search_found_are_marked_on_every_page(case, minutes):
    marked = mark_search_results(case, "guidance", PERSONAL)
    found = {(case.get(Document, mark.document).urn, mark.page_index, mark.quote) for mark in marked.marks}
    assert found == {("INQ000001", 0, "guidance"), ("INQ000002", 0, "guidance")}
    assert {mark.document for mark in mark_search_results(case, "board", documents=[minutes.id]).marks} == {minutes.id}


def test_approval_needs_a_reason_and_records_who(case, minutes):
    bare = mark_words(case, minutes.id, 0, *span(case, minutes, "guidance")).marks[0]
    with pytest.raises(Refused, match="page 1 of INQ000002 lacks a reason or a basis"):
        review(case, [bare.id], MarkState.APPROVED)
    edit_mark(case, bare.id, PERSONAL)
    review(case, [bare.id], MarkState.APPROVED, by="Solicitor", note="agreed")
    decided = case.get(Redaction, bare.id)
    assert (decided.state, decided.decided_by) == (MarkState.APPROVED, "Solicitor")
    assert decided.decided_at is not None
    assert "agreed" in case.history(newest_first=True)[0].summary


def test_other_grounds_open_the_decision_again(case, minutes):
    mark = mark_words(case, minutes.id, 0, *span(case, minutes, "guidance"), PERSONAL).marks[0]
    review(case, [mark.id], MarkState.APPROVED)
    edit_mark(case, mark.id, Grounds(reason="legal-privilege"))
    edited = case.get(Redaction, mark.id)
    assert (edited.state, edited.basis, edited.decided_by) == (MarkState.PROPOSED, "statute", "")


def test_a_removed_mark_is_gone_from_the_list(case, minutes):
    mark = mark_area(case, minutes.id, 0, Box(10, 10, 50, 50)).marks[0]
    remove_mark(case, mark.id)
    assert marks_of(case) == ()
    with pytest.raises(NotFound):
        remove_mark(case, mark.id)


def bound(case, document, audience):
    """The marks that are burnt in for an audience."""
    clearing = Clearing(case, checked_audience(audience), date(2026, 11, 25))
    return tuple(mark for mark in marks_of(case, document) if clearing.binds(mark))


def test_which_marks_an_audience_needs(case, minutes):
    order = allow(case, "panel")
    words = minutes.id, 0
    undecided = mark_words(case, *words, *span(case, minutes, "guidance")).marks[0]
    rejected = mark_words(case, *words, *span(case, minutes, "delay")).marks[0]
    under_order = mark_words(case, *words, *span(case, minutes, "figures"), Grounds(restriction=order.id)).marks[0]
    review(case, [rejected.id], MarkState.REJECTED)
    assert bound(case, minutes.id, "team") == ()
    assert {mark.id for mark in bound(case, minutes.id, "panel")} == {undecided.id}
    assert {mark.id for mark in bound(case, minutes.id, "public")} == {undecided.id, under_order.id}
    with pytest.raises(Refused, match="is no audience"):
        bound(case, minutes.id, "everybody")


def test_a_redacted_copy_is_proven_and_keeps_the_rest(case, minutes):
    mark_every_occurrence(case, "guidance", PERSONAL)
    copy = redacted_copy(case, minutes, bound(case, minutes.id, "public"))
    assert_gone(copy.content, "guidance")
    before = [word for word in pdfium_words(case.reading_copy(minutes.sha256), 0) if word != "guidance."]
    assert [text for text, _ in poppler_words(copy.content, 0)] == before
    assert [check.id for check in copy.checks] == ["R01", "R02", "R03", "R04", "R05", "R07", "R08", "R11", "R09"]
    assert all(check.ok for check in copy.checks)


def test_an_applied_quote_is_burnt_in_wherever_it_stands(case, minutes):
    """A file gives the words without a place; they stand three times on the page."""
    apply_json(
        case, {"redactions": [{"document": "INQ000002", "page": 1, "quote": "The board", "reason": "third-party"}]}
    )
    (mark,) = bound(case, minutes.id, "public")
    with PageReader() as reader:
        assert len(located(case, mark, reader).boxes) == 3
    copy = redacted_copy(case, minutes, [mark])
    assert_gone(copy.content, "board")
    assert next(check for check in copy.checks if check.id == "R09").ok


def test_an_applied_quote_that_is_not_there_stops_the_copy(case, minutes):
    apply_json(case, {"redactions": [{"document": "INQ000002", "page": 1, "quote": "A word too many"}]})
    with pytest.raises(Refused, match="not on page 1 of INQ000002"):
        redacted_copy(case, minutes, marks_of(case))


def test_a_mark_of_another_document_and_no_mark_at_all_are_refused(case, minutes):
    letter = case.first(Document, urn="INQ000001")
    mark = mark_area(case, letter.id, 0, Box(10, 10, 50, 50)).marks[0]
    with pytest.raises(Refused, match="belongs to another document than INQ000002"):
        redacted_copy(case, minutes, [mark])
    with pytest.raises(Refused, match="INQ000002 has no marks"):
        redacted_copy(case, minutes, [])


def test_a_copy_that_does_not_prove_itself_is_not_handed_over(case, minutes, monkeypatch):
    """The writer is made to hand back the document as it was."""
    mark_every_occurrence(case, "guidance", PERSONAL)
    real = Sandbox.call

    def forgetful(self, request, blobs=(), *, on_step=None) -> Answer:
        answer = real(self, request, blobs, on_step=on_step)
        return Answer(answer.facts, [blobs[0]]) if "dpi" in request and "pages" not in request else answer

    monkeypatch.setattr(Sandbox, "call", forgetful)
    with pytest.raises(CheckFailed, match=r"INQ000002 was not redacted: .* failed on page 1 .*R02"):
        redacted_copy(case, minutes, marks_of(case, minutes.id))


def test_the_same_copy_is_made_once(case, minutes, monkeypatch):
    mark_every_occurrence(case, "guidance", PERSONAL)
    marks = marks_of(case, minutes.id)
    with Redactor(case) as redactor:
        first = redactor.copy(minutes, marks)
        monkeypatch.setattr(Sandbox, "call", lambda *_, **__: pytest.fail("it was made again"))
        assert redactor.copy(minutes, marks).content is first.content


def test_the_schedule_says_why_and_by_whom_but_never_what(case, minutes):
    order = allow(case)
    grounds = Grounds(reason="restriction-order", restriction=order.id, label="IN-A1")
    mark_words(case, minutes.id, 0, *span(case, minutes, "guidance"), grounds)
    (row,) = redaction_schedule(case)
    assert (row.urn, row.page_number, row.reason, row.basis) == ("INQ000002", 1, "Restriction order", "order")
    assert (row.restriction, row.label, row.proposed_by) == ("order by Chair of 2026-03-01", "IN-A1", "tester")
    assert "guidance" not in repr(row)


def test_every_reason_names_its_source():
    reasons = redaction_reasons()
    assert len(reasons) == 10
    assert len({reason.code for reason in reasons}) == 10
    assert all(reason.title and reason.wording.endswith(".") and reason.source for reason in reasons)
