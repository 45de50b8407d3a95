"""Every file ends imported, known already or refused; what was imported stays, and nothing is half."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.services.conftest import LETTER, MINUTES, make_pdf
from workbench.domain.document import Document, Receipt
from workbench.domain.errors import Cancelled
from workbench.domain.progress import Progress, Ticket
from workbench.services.importing import import_files
from workbench.services.searching import search
from workbench.services.session import create_case, open_case
from workbench.services.verifying import verify_case
from workbench.store.case_file import CaseFile


@pytest.fixture
def case(tmp_path: Path) -> Iterator[CaseFile]:
    with create_case(tmp_path / "Test.casefile", title="Test", passphrase=None, who="tester") as opened:
        yield opened


@pytest.fixture
def received(tmp_path: Path) -> Path:
    folder = tmp_path / "received"
    folder.mkdir()
    return folder


def found(case: CaseFile, word: str) -> list[str]:
    return sorted(hit.urn for hit in search(case, word).hits)


def test_a_reference_in_the_name_is_kept_and_left_out_of_the_title(case: CaseFile, received: Path):
    (received / "INQ004206_Letter to the board.pdf").write_bytes(make_pdf(LETTER))
    (received / "Minutes 12.03.1978.pdf").write_bytes(make_pdf(MINUTES))
    (received / "INQ000007.txt").write_text("A register.")
    (received / "INQ000008_004 annex.txt").write_text("An annex.")
    import_files(case, [received], supplier="Harbour Regulator", ticket=Ticket())
    named = {document.filename: document for document in case.all(Document)}
    letter, minutes = named["INQ004206_Letter to the board.pdf"], named["Minutes 12.03.1978.pdf"]
    assert (letter.urn, letter.title) == ("INQ004206", "Letter to the board")
    assert named["INQ000007.txt"].title == "INQ000007"
    assert named["INQ000008_004 annex.txt"].title == "INQ000008 004 annex"
    assert minutes.urn not in ("INQ004206", "INQ000007")
    # A proposal with its basis, day first; never a fact.
    assert (minutes.proposed_on, minutes.on_earliest) == ("1978-03-12", "")
    assert "name" in minutes.proposed_on_basis


def test_the_same_file_again_adds_a_receipt_and_no_document(case: CaseFile, received: Path):
    (received / "Letter.pdf").write_bytes(make_pdf(LETTER))
    import_files(case, [received], supplier="Harbour Regulator", ticket=Ticket())
    (received / "Copy of letter.pdf").write_bytes(make_pdf(LETTER))
    report = import_files(case, [received / "Copy of letter.pdf"], supplier="Northern Police", ticket=Ticket())
    assert [outcome.status for outcome in report.files] == ["duplicate"]
    assert case.count(Document) == 1
    assert sorted(receipt.supplier for receipt in case.all(Receipt)) == ["Harbour Regulator", "Northern Police"]


def test_what_comes_inside_a_message_or_an_archive_is_imported_too(case: CaseFile, received: Path):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.invalid", "b@example.invalid", "Figures"
    message.set_content("The figures are attached.")
    message.add_attachment(make_pdf(LETTER), maintype="application", subtype="pdf", filename="Letter.pdf")
    (received / "Figures.eml").write_bytes(bytes(message))
    with zipfile.ZipFile(received / "Bag.zip", "w") as archive:
        archive.writestr("inner/Minutes.txt", "\n".join(MINUTES))
        archive.writestr("../../escaped.txt", "A name that points outside.")
    import_files(case, [received], ticket=Ticket())
    documents = {document.filename: document for document in case.all(Document)}
    assert documents["Letter.pdf"].parent == documents["Figures.eml"].id
    assert found(case, "median") == [documents["Letter.pdf"].urn]
    assert found(case, "figures AND board") == [documents["Minutes.txt"].urn]
    assert not (received.parent / "escaped.txt").exists() and not (received / "escaped.txt").exists()


def test_refused_files_have_reasons_and_the_rest_goes_on(case: CaseFile, received: Path):
    (received / "1 empty.pdf").write_bytes(b"")
    (received / "2 torn.pdf").write_bytes(b"%PDF-1.7\nnothing")
    (received / "3 programme.exe").write_bytes(b"MZ\x90\x00" + bytes(200))
    (received / "4 Letter.pdf").write_bytes(make_pdf(LETTER))
    report = import_files(case, [received], ticket=Ticket())
    assert [outcome.status for outcome in report.files] == ["refused", "refused", "refused", "imported"]
    assert all(outcome.reason.endswith(".") for outcome in report.files[:3])
    assert search(case, "median").files_refused == 3


def test_a_cancelled_import_keeps_what_it_has_and_goes_on_later(case: CaseFile, received: Path, tmp_path: Path):
    for number in range(150):
        (received / f"INQ{number + 1:06}.txt").write_text(f"Notice number {number}.")

    def stop_early(progress: Progress) -> None:
        if progress.done >= 100:
            ticket.cancel()

    ticket = Ticket(stop_early)
    with pytest.raises(Cancelled):
        import_files(case, [received], ticket=ticket)
    kept = case.count(Document)
    assert 0 < kept < 150
    assert all(check.ok for check in verify_case(case))
    case.close()
    with open_case(tmp_path / "Test.casefile") as again:
        report = import_files(again, [received], ticket=Ticket())
        assert report.count("duplicate") == kept and report.count("imported") == 150 - kept
        assert again.count(Document) == 150
        assert search(again, "notice").total == 150
