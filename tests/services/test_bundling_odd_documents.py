"""Odd documents go through the whole build: proved like the others, and said."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pymupdf

from tests.pdf.assembling import changed, words
from workbench.domain.bundle import Bundle
from workbench.domain.progress import Ticket
from workbench.services.applying import apply_json
from workbench.services.bundling import BuiltBundle, build_bundle
from workbench.services.importing import import_files
from workbench.store.case_file import CaseFile


def built_from(case: CaseFile, content: bytes, folder: Path) -> BuiltBundle:
    (folder / "Odd.pdf").write_bytes(content)
    import_files(case, [folder / "Odd.pdf"], ticket=Ticket())
    sections = [{"title": "A", "entries": [{"document": "INQ000001"}, {"document": "Odd.pdf"}]}]
    apply_json(case, {"bundles": [{"name": "Odd", "sections": sections}]})
    return build_bundle(case, case.all(Bundle)[0].id, folder / "out", built_at=datetime(2026, 1, 2, tzinfo=UTC))


def test_a_comment_that_has_no_look_is_on_the_page_that_is_handed_over(case: CaseFile, tmp_path: Path) -> None:
    """Not every program shows such a comment, so its page is named and not compared as a picture."""

    def comment(pdf: pikepdf.Pdf) -> None:
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FreeText, Rect=[100, 300, 400, 400],
            Contents="Seen by the board", DA="/Helv 14 Tf 0 g",
        )  # fmt: skip
        pdf.pages[1].obj.Annots = pikepdf.Array([pdf.make_indirect(note)])

    built = built_from(case, changed(words("The first page.", "The second page."), comment), tmp_path)
    assert built.report.ok
    assert any("so one was made: see its page 2" in notice for notice in built.notices)
    text = subprocess.run(["pdftotext", built.path, "-"], capture_output=True, text=True, check=True).stdout
    assert "Seen by the board" in text


def test_a_portfolio_with_a_looping_list_of_bookmarks_is_proved_and_said(case: CaseFile, tmp_path: Path) -> None:
    def tie(pdf: pikepdf.Pdf) -> None:
        pdf.attachments["Figures.xlsx"] = pikepdf.AttachedFileSpec(pdf, b"cells", filename="Figures.xlsx")
        pdf.Root.Collection = pikepdf.Dictionary(View=pikepdf.Name.T)
        item = pdf.make_indirect(pikepdf.Dictionary(Title="Chapter", Dest=[pdf.pages[0].obj, pikepdf.Name.Fit]))
        item.Next = item
        pdf.Root.Outlines = pdf.make_indirect(pikepdf.Dictionary(First=item, Last=item))

    built = built_from(case, changed(words("The cover of a portfolio."), tie), tmp_path)
    said = " ".join(built.notices)
    assert built.report.ok and "Figures.xlsx" in said and "run in a circle" in said
    checked = subprocess.run(["qpdf", "--check", built.path], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_a_page_of_forty_metres_is_proved_and_said(case: CaseFile, tmp_path: Path) -> None:
    def stretch(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.MediaBox = pikepdf.Array([0, 0, 600, 40 / 0.0254 * 72])

    built = built_from(case, changed(words("A scroll."), stretch), tmp_path)
    assert built.report.ok
    assert any("40.0 metres long" in notice for notice in built.notices)


def test_a_filled_form_goes_in_as_it_looks(case: CaseFile, tmp_path: Path) -> None:
    document = pymupdf.open()
    page = document.new_page()
    page.insert_text((72, 72), "A form of the Office")
    kinds = {pymupdf.PDF_WIDGET_TYPE_TEXT: "Harbour Line", pymupdf.PDF_WIDGET_TYPE_LISTBOX: "Hotline"}
    for number, (kind, value) in enumerate(kinds.items()):
        field = pymupdf.Widget()
        field.field_name, field.field_type, field.rect = (
            f"f{number}",
            kind,
            pymupdf.Rect(72, 120 + 90 * number, 300, 180 + 90 * number),
        )
        field.border_width, field.border_color = 1, (0, 0, 0)
        if kind == pymupdf.PDF_WIDGET_TYPE_LISTBOX:
            field.choice_values = ["Regulator", "Hotline"]
        field.field_value = value
        page.add_widget(field)
    built = built_from(case, document.tobytes(), tmp_path)
    assert any("2 form fields were drawn into the page" in notice for notice in built.notices)
    assert [check.ok for check in built.report.checks if check.id in ("B04", "B42")] == [True, True]
    text = subprocess.run(["pdftotext", built.path, "-"], capture_output=True, text=True, check=True).stdout
    assert "Harbour Line" in text
