"""Forms and comments look in a bundle as they did; what a bundle must not carry is taken out and named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pymupdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from tests.pdf.assembling import build, changed, difference, looks_as_before, picture, words
from workbench.domain.errors import FileRefused

LETTER = words("The Office asked for figures.")


def form() -> bytes:
    """A filled form: a text, a choice and a ticked box."""
    with pymupdf.open(stream=LETTER, filetype="pdf") as document:
        kinds = {
            "name": (pymupdf.PDF_WIDGET_TYPE_TEXT, "Filled in by hand"),
            "unit": (pymupdf.PDF_WIDGET_TYPE_COMBOBOX, "Unit two"),
            "yes": (pymupdf.PDF_WIDGET_TYPE_CHECKBOX, True),
        }
        for number, (name, (kind, value)) in enumerate(kinds.items()):
            widget = pymupdf.Widget()
            widget.field_name, widget.field_type, widget.field_value = name, kind, value
            widget.choice_values = ["Unit one", "Unit two"] if name == "unit" else None
            top = 200 + 60 * number
            widget.rect = pymupdf.Rect(100, top, 120 if name == "yes" else 300, top + 20)
            document[0].add_widget(widget)
        content: bytes = document.tobytes()
    return content


def _only_values(pdf: pikepdf.Pdf) -> None:
    """As programs leave a form that fill it without drawing it."""
    pdf.Root.AcroForm.NeedAppearances = True
    for widget in pdf.pages[0].Annots:
        if Name.Btn != widget.FT:
            del widget["/AP"]


def _stale(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm.NeedAppearances = True
    pdf.pages[0].Annots[0].V = "Changed since"


def test_a_filled_form_looks_as_before() -> None:
    made = build(form())
    assert made.says("INQ000001: 3 form fields were drawn into the page")
    assert looks_as_before(form(), made)
    with made.opened() as pdf:
        assert "/AcroForm" not in pdf.Root and "/Annots" not in pdf.pages[made.first].obj


def test_a_form_that_only_lists_its_values_is_drawn_with_them() -> None:
    made = build(changed(form(), _only_values))
    assert made.says("the look of 2 of them is not in the file, so one was made")
    assert "Filled in by hand" in made.text() and "Unit two" in made.text()
    assert difference(build(form()).picture(), made.picture()) < 150
    stale = build(changed(form(), _stale))
    assert "Changed since" in stale.text() and "by hand" not in stale.text()


def _with_xfa(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm.XFA = Array([String("template"), pdf.make_stream(b"<template/>")])


def _making_its_pages(pdf: pikepdf.Pdf) -> None:
    form = Dictionary(Fields=Array(), XFA=pdf.make_stream(b"<xdp/>"))
    pdf.Root.AcroForm, pdf.Root.NeedsRendering = form, True


def test_xfa_forms_are_drawn_or_said_to_make_their_own_pages() -> None:
    source = changed(form(), _with_xfa)
    made = build(source)
    assert made.says("INQ000001: its XFA form stayed behind")
    assert difference(picture(form(), 0), made.picture()) < 10
    assert build(changed(LETTER, _making_its_pages)).says("INQ000001", "dynamic XFA")


def test_what_a_password_field_holds_is_never_drawn() -> None:
    def protect(pdf: pikepdf.Pdf) -> None:
        _only_values(pdf)
        field = pdf.pages[0].Annots[0]
        field.V, field.Ff = "correct horse", 1 << 13

    made = build(changed(form(), protect))
    assert "horse" not in made.text() and "*****" in made.text()
    with made.opened() as pdf:
        streams = [item.read_bytes() for item in pdf.objects if isinstance(item, pikepdf.Stream)]
    assert not any(b"horse" in stream for stream in streams)


def commented() -> bytes:
    """Comments of many kinds, each drawn by the library that made them."""
    with pymupdf.open(stream=LETTER, filetype="pdf") as document:
        page = document[0]
        page.add_freetext_annot(pymupdf.Rect(100, 150, 300, 180), "Free words on the page", text_color=(0, 0, 0))
        page.add_highlight_annot(pymupdf.Rect(72, 80, 160, 95))
        page.add_ink_annot([[(100, 200), (150, 250), (200, 200)]])
        page.add_line_annot((100, 300), (300, 320))
        page.add_rect_annot(pymupdf.Rect(100, 330, 200, 360))
        page.add_polygon_annot([(100, 400), (150, 420), (120, 450)])
        page.add_strikeout_annot(pymupdf.Rect(160, 80, 200, 95))
        page.add_text_annot((400, 100), "a note")
        content: bytes = document.tobytes()
    return content


def _without_looks(pdf: pikepdf.Pdf) -> None:
    for comment in pdf.pages[0].Annots:
        if "/AP" in comment:
            del comment["/AP"]


def test_comments_look_as_before() -> None:
    made = build(commented())
    assert made.says("INQ000001: 8 comments were drawn into the page")
    assert made.says("what 1 comment says when opened is not on the page")
    assert looks_as_before(commented(), made)


def test_comments_without_a_look_get_one() -> None:
    made = build(changed(commented(), _without_looks))
    assert made.says("the look of 8 of them is not in the file, so one was made")
    assert "Free words on the page" in " ".join(made.text().split())
    assert difference(build(commented()).picture(), made.picture()) < 60


def _add(*, page: int = 0, **keys: object) -> Callable[[pikepdf.Pdf], None]:
    def add(pdf: pikepdf.Pdf) -> None:
        comment = Dictionary(Type=Name.Annot, Rect=[100, 300, 200, 400], **keys)
        pdf.pages[page].obj.Annots = Array([pdf.make_indirect(comment)])

    return add


def test_a_note_without_a_look_stays_as_small_as_viewers_show_it() -> None:
    made = build(changed(LETTER, _add(Subtype=Name.Text, Contents="note")))
    assert 0 < difference(picture(LETTER, 0), made.picture()) < 400


def test_a_comment_that_cannot_be_drawn_stops_the_build_by_its_page() -> None:
    source = changed(words("one", "two"), _add(page=1, Subtype=Name.Stamp, Name=Name.Unheard))
    with pytest.raises(FileRefused, match=r"INQ000001 .*\(Stamp\) on its page 2"):
        build(source)
    assert build(source, counts=[2], pages=[[0]]).notices == ()


def test_hidden_comments_and_those_on_hidden_layers_are_not_shown() -> None:
    shape = {"Subtype": Name.FreeText, "Contents": "Not to be seen", "DA": "/Helv 12 Tf 0 g"}
    made = build(changed(LETTER, _add(**shape, F=2)))
    assert made.says("1 hidden comment or field was left out")
    assert difference(picture(LETTER, 0), made.picture()) == 0

    def put_on_layer(pdf: pikepdf.Pdf) -> None:
        _add(**shape)(pdf)
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="hidden"))
        pdf.Root.OCProperties = Dictionary(OCGs=[layer], D=Dictionary(OFF=[layer]))
        pdf.pages[0].Annots[0].OC = layer

    layered = build(changed(LETTER, put_on_layer))
    assert layered.says("what 1 hidden layer held was taken out")
    assert difference(picture(LETTER, 0), layered.picture()) == 0


def test_marks_for_redaction_that_were_never_applied_are_named() -> None:
    made = build(changed(LETTER, _add(Subtype=Name.Redact, QuadPoints=[100, 400, 200, 400, 100, 300, 200, 300])))
    assert made.says("1 mark for redaction was never applied: what is under it can be read")


def _attach(pdf: pikepdf.Pdf) -> None:
    for name in ("Figures.xlsx", "Notes.docx"):
        pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, b"ATTACHED BYTES", filename=name)
    pdf.pages[0].obj.AF = Array([pdf.attachments["Notes.docx"].obj])


def test_attachments_are_taken_out_and_named() -> None:
    made = build(changed(LETTER, _attach))
    assert made.says("INQ000001: 2 attached files (Figures.xlsx, Notes.docx) were taken out")
    with made.opened() as pdf:
        held = [item.read_bytes() for item in pdf.objects if isinstance(item, pikepdf.Stream)]
        assert not pdf.attachments and not any(b"ATTACHED" in stream for stream in held)


def test_of_a_portfolio_the_cover_goes_in_and_its_files_are_named() -> None:
    def collect(pdf: pikepdf.Pdf) -> None:
        _attach(pdf)
        pdf.Root.Collection = Dictionary(Type=Name.Collection, View=Name.T)

    made = build(changed(LETTER, collect))
    assert made.says("INQ000001: it is a portfolio; its 2 files (Figures.xlsx, Notes.docx) were left out")
    assert "asked for figures" in made.text()


def test_signatures_are_said_to_be_lost_and_their_look_is_kept() -> None:
    def sign(pdf: pikepdf.Pdf) -> None:
        look = pdf.make_stream(b"0 0 100 100 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 100, 100])
        value = Dictionary(Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), Contents=String("x"), ByteRange=[0, 1, 2, 3])
        _add(Subtype=Name.Widget, FT=Name.Sig, T="Signed", V=value, AP=Dictionary(N=look))(pdf)
        pdf.Root.AcroForm = Dictionary(Fields=[pdf.pages[0].Annots[0]], SigFlags=3)

    source = changed(LETTER, sign)
    made = build(source)
    assert made.says("INQ000001: it is digitally signed (1 signature); the copy in the bundle loses that")
    assert made.picture().getpixel((150, 842 - 350)) < 50
    with made.opened() as pdf:
        assert not any(isinstance(item, Dictionary) and item.get("/FT") == Name.Sig for item in pdf.objects)


def _acting(kind: str, **keys: object) -> Dictionary:
    return Dictionary(S=Name(f"/{kind}"), **keys)


def test_scripts_and_actions_are_taken_out_and_named() -> None:
    def arm(pdf: pikepdf.Pdf) -> None:
        script = _acting("JavaScript", JS="app.alert(1)", Next=_acting("Launch", F="calc.exe"))
        pdf.Root.OpenAction = pdf.make_indirect(script)
        pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=["start", _acting("JavaScript", JS="x()")]))
        pdf.pages[0].obj.AA = Dictionary(O=_acting("SubmitForm", F="https://example.invalid/"))
        _add(Subtype=Name.Link, A=_acting("ImportData", F="x.fdf"))(pdf)

    made = build(changed(LETTER, arm))
    named = "5 scripts and actions (ImportData, JavaScript, Launch, SubmitForm) were taken out"
    assert made.says("INQ000001", named)
    with made.opened() as pdf:
        kinds = {str(item.get("/S")) for item in pdf.objects if isinstance(item, Dictionary)}
    assert not kinds & {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData"}


def test_real_hard_documents_say_what_was_done(corpus: Path) -> None:
    """Files that other projects gathered, because they are odd in just this way."""
    expected = {
        "testPDFPackage.pdf": "it is a portfolio; its 2 files (PDF1.pdf, PDF2.pdf)",
        "freetext_no_appearance.pdf": "is not in the file, so one was made",
        "testPDF_XFA_govdocs1_258578.pdf": "its XFA form stayed behind",
        "minimal-two-fields-signed-twice.pdf": "it is digitally signed (2 signatures)",
        "issue18823.pdf": "what 4 hidden layers held was taken out",
        "testPDFFileEmbInAnnotation.pdf": "files attached to its pages were taken out (Excel.xlsx)",
    }
    for name, notice in expected.items():
        (path,) = (corpus / "03_pdf_features").rglob(name)
        made = build(path.read_bytes())
        assert made.says("INQ000001", notice), (name, made.notices)
