"""Documents are found by reference; what a person settles about one is a step that can be undone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from workbench.domain.change import Action
from workbench.domain.document import Document, Receipt
from workbench.domain.errors import NotFound, Refused
from workbench.domain.ids import DocumentId, ReceiptId, new_id
from workbench.services.documents import edit_document, page_by_reference, rows_of_documents
from workbench.services.session import create_case


@pytest.fixture
def filled(tmp_path):
    with create_case(tmp_path / "d.casefile", title="D", passphrase=None, who="tester") as case:
        now = datetime(2026, 1, 5, tzinfo=UTC)
        with case.change(Action.IMPORT, "two documents") as step:
            for number in (1, 2):
                document = Document(
                    id=DocumentId(new_id("doc")),
                    urn=f"INQ00000{number}",
                    title=f"Minutes {number}",
                    filename=f"{number}.pdf",
                    media_type="application/pdf",
                    sha256=step.keep(f"content {number}".encode()),
                    bytes=9,
                    page_count=4,
                    text_digest="",
                    imported_at=now,
                )
                step.put(document)
                step.put(Receipt(id=ReceiptId(new_id("rcp")), document=document.id, path="a", received_at=now))
        yield case


def test_page_is_found_by_its_reference(filled):
    assert page_by_reference(filled, "INQ000002_004")[1] == 3
    assert page_by_reference(filled, " inq000001 ")[0].title == "Minutes 1"


@pytest.mark.parametrize("reference", ["INQ000009", "INQ000001_005", "INQ000001_000", "nothing"])
def test_reference_to_nothing_is_not_found(filled, reference):
    with pytest.raises(NotFound):
        page_by_reference(filled, reference)


def test_rows_tell_receipts_and_what_is_gone(filled):
    document = filled.first(Document, urn="INQ000001")
    rows = rows_of_documents(filled, [document.id, DocumentId("doc_gone")])
    assert rows[document.id].receipts == 1
    assert rows["doc_gone"] is None


def test_title_and_kind_are_settled_and_undone(filled):
    document = filled.first(Document, urn="INQ000001")
    edit_document(filled, document.id, title="  Minutes of the group ", kind="minutes")
    edited = filled.get(Document, document.id)
    assert (edited.title, edited.kind, edited.supplier) == ("Minutes of the group", "minutes", "")
    filled.undo()
    assert filled.get(Document, document.id) == document


def test_empty_title_is_refused(filled):
    with pytest.raises(Refused, match="needs a title"):
        edit_document(filled, filled.first(Document, urn="INQ000001").id, title="  ")
