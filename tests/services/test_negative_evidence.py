"""That something was looked for and not found is kept with what could not be searched, and told when out of date."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.documents import put_document
from tests.services.conftest import put_pdf
from workbench.domain.analysis import NegativeSearch
from workbench.domain.change import Action
from workbench.domain.document import Document, Refusal
from workbench.domain.errors import QueryRefused, Refused
from workbench.domain.ids import new_id
from workbench.domain.looked_for import left_out, looked_for, not_searched
from workbench.domain.progress import Ticket
from workbench.domain.received import PageText
from workbench.services.applying import apply_json
from workbench.services.exporting_json import export_json
from workbench.services.negative_evidence import (
    NegativeFacts,
    delete_search,
    negative_rows,
    record_search,
    rerun,
)
from workbench.store.case_file import CaseFile

LOG = NegativeFacts(sought="a log of answer times", query="log", among="the letters", period="2013/2014")


def a_page(text: str) -> PageText:
    return PageText(text=text, width_pt=595, height_pt=842)


def recorded(case: CaseFile, facts: NegativeFacts = LOG) -> NegativeSearch:
    _, identifier = record_search(case, facts, Ticket())
    return case.get(NegativeSearch, identifier)


def test_a_search_keeps_what_it_saw_and_what_it_could_not(case: CaseFile) -> None:
    put_document(case, "INQ000003", [a_page(text) for text in ("Minutes", "", " \n", "End", "")])
    with case.change(Action.IMPORT) as step:
        path = "C:\\supplied\\broken.pdf"
        step.put(Refusal(id=new_id("rfs"), path=path, reason="damaged", refused_at=datetime.now(UTC)))
    head = case.history_head
    record = recorded(case)
    assert (record.hits, record.documents, record.pages) == (0, 3, 5)
    assert record.not_searchable == ("INQ000003 pages 2-3, 5", "refused file broken.pdf")
    assert (record.searched_by, record.history_head) == ("tester", head)
    assert "log" in record.understood_as and datetime.now(UTC) - record.searched_at < timedelta(minutes=5)
    told = looked_for(replace(record, searched_at=datetime(2019, 5, 3, 9, tzinfo=UTC)))
    assert told == (
        "Looked for a log of answer times in the letters for the period 2013 to 2014 by the query “log” on "
        "3 May 2019 and found nothing; 3 documents, 5 pages were searched; 3 pages and 1 refused file could not be "
        "searched."
    )
    assert case.history(newest_first=True, limit=1)[0].action is Action.SEARCHED
    case.undo()
    assert case.count(NegativeSearch) == 0


def test_pages_found_need_a_reason_why_they_are_not_what_was_sought(case: CaseFile) -> None:
    found = replace(LOG, query="guidance")
    with pytest.raises(Refused, match="The query finds 2 pages"):
        recorded(case, found)
    record = recorded(case, replace(found, conclusion="Both only mention the guidance."))
    assert record.hits == 2
    assert "found 2 pages, none of which was what was sought: Both only mention the guidance" in looked_for(record)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (replace(LOG, sought=" "), "what was looked for"),
        (replace(LOG, query=" "), "no query"),
        (replace(LOG, period="once"), "cannot be read as a date"),
    ],
)
def test_half_a_record_is_refused(case: CaseFile, facts: NegativeFacts, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        recorded(case, facts)
    with pytest.raises(QueryRefused):
        recorded(case, replace(LOG, query="“log"))
    assert case.count(NegativeSearch) == 0


def test_fields_of_the_query_narrow_what_was_looked_through(case: CaseFile) -> None:
    put_document(case, "INQ000003", [a_page("Minutes"), a_page("")], kind="minutes")
    put_document(case, "INQ000004", [a_page("Chart"), a_page("")], kind="policy")
    record = recorded(case, replace(LOG, query="log kind:minutes"))
    assert (record.documents, record.pages, record.not_searchable) == (1, 1, ("INQ000003 page 2",))
    put_document(case, "INQ000005", [a_page("More")], kind="policy")
    told = rerun(case, record.id, Ticket())
    assert not told.is_out_of_date, "another kind of document does not matter"
    with case.change(Action.EDIT_DOCUMENT) as step:
        step.put(replace(case.all(Document, "urn")[-1], kind="minutes", imported_at=datetime.now(UTC)))
    assert rerun(case, record.id, Ticket()).new_documents == ("INQ000005",)


def test_making_it_again_says_what_has_changed(case: CaseFile) -> None:
    record = recorded(case)
    assert not rerun(case, record.id, Ticket()).is_out_of_date
    with case.change(Action.SEARCHED) as step:  # as if it had been made before anything was imported
        step.put(replace(record, searched_at=datetime(2026, 1, 1, tzinfo=UTC), documents=0, pages=0))
    put_pdf(case, "INQ000003", "Note", ["A log was kept."])
    told = rerun(case, record.id, Ticket())
    assert told.is_out_of_date and told.hits == 1
    assert told.sentences == (
        "The query gives 1 page now; it gave 0 then.",
        "3 documents came since: INQ000001, INQ000002, INQ000003.",
    )
    assert negative_rows(case)[0].documents_since == 3
    assert case.get(NegativeSearch, record.id).hits == 0, "the record itself stays as it was"


def test_a_document_that_left_is_told(case: CaseFile) -> None:
    record = recorded(case)
    with case.change(Action.EDIT_DOCUMENT) as step:
        step.delete(Document, case.all(Document, "urn")[1].id)
    assert rerun(case, record.id, Ticket()).sentences == ("1 document searched then cannot be searched now.",)


def test_a_cited_search_stays(case: CaseFile) -> None:
    record = recorded(case)
    row = {"institution": "Northmere", "scope": "2.3", "against": ["n"], "gaps": ["No log."], "rating": "inadequate"}
    searched = {"ref": "n", "sought": record.sought, "query": record.query}
    searched["searched_at"] = record.searched_at.isoformat()
    apply_json(case, {"institutions": [{"name": "Northmere"}], "negative_searches": [searched], "assessments": [row]})
    (again,) = case.all(NegativeSearch)
    with pytest.raises(Refused, match="still cited once"):
        delete_search(case, again.id)


def test_a_record_survives_export_and_apply(case: CaseFile, tmp_path) -> None:  # type: ignore[no-untyped-def]
    put_document(case, "INQ000003", [a_page("Minutes"), a_page("")])
    record = recorded(case)
    written = export_json(case)["negative_searches"]
    assert written[0]["not_searchable"] == list(record.not_searchable)
    delete_search(case, record.id)
    apply_json(case, {"negative_searches": written})
    (again,) = case.all(NegativeSearch)
    assert replace(again, id=record.id) == record


def test_what_was_left_out_is_counted_page_by_page() -> None:
    assert left_out("INQ000003", [2]) == "INQ000003 page 2"
    assert left_out("INQ000003", [1, 2, 3, 7, 9, 10]) == "INQ000003 pages 1-3, 7, 9-10"
    assert not_searched([]) == ""
    assert not_searched(["INQ000003 pages 1-3, 7, 9-10", "INQ000004 page 2"]) == "7 pages"
    assert not_searched(["refused file a.pdf", "a box of paper"]) == "1 refused file and 1 other thing"
