"""Documents that are locked, damaged, vast or oddly made go into a bundle as they look, or stop it by name."""

from __future__ import annotations

import io
import re
import zlib

import pikepdf
import pymupdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name

from tests.pdf.assembling import (
    STAMP_HEIGHT,
    STAMP_WIDTH,
    build,
    changed,
    difference,
    looks_as_before,
    picture,
    saved,
    words,
)
from workbench.domain.errors import FileRefused

LETTER = words("The Office asked for figures.")


def locked() -> bytes:
    buffer = io.BytesIO()
    pikepdf.open(io.BytesIO(LETTER)).save(buffer, encryption=pikepdf.Encryption(user="key", owner="key"))
    return buffer.getvalue()


def looping() -> bytes:
    """Its list of pages comes back to where it began."""
    return changed(LETTER, lambda pdf: pdf.Root.Pages.Kids.append(pdf.Root.Pages))


@pytest.mark.parametrize(
    ("source", "count", "why"),
    [
        (locked(), 1, "INQ000001 is locked with a password"),
        (b"no document at all", 1, "INQ000001 cannot be read"),
        (LETTER[:100], 1, "INQ000001 cannot be read"),
        (looping(), 2, "INQ000001 "),
        (LETTER, 0, "INQ000001 has no pages"),
        (LETTER, 2, "INQ000001 has 1 pages where 2 were planned"),
    ],
)
def test_what_cannot_go_in_whole_stops_the_build_by_name(source: bytes, count: int, why: str) -> None:
    with pytest.raises(FileRefused, match=why):
        build(source, counts=[count])


def test_a_bundle_smaller_than_its_plan_is_never_written() -> None:
    with pytest.raises(FileRefused, match="Pages are missing"):
        build(LETTER, counts=[1, 1])


def test_a_lost_table_of_objects_is_said_and_the_pages_are_there() -> None:
    made = build(re.sub(rb"startxref\s+\d+", b"startxref\n7", LETTER))
    assert made.says("INQ000001: it is damaged")
    assert "asked for figures" in made.text() and made.text().split()[-1] == "3"


def test_a_damaged_page_is_wrapped_so_that_its_number_stands_clear() -> None:
    """What it draws breaks off inside a text, after a matrix that would shrink whatever follows."""
    drawing = b"q .01 0 0 .01 0 0 cm BT /F1 12 Tf (lost"
    broken = changed(LETTER, lambda pdf: pdf.pages[0].obj.__setattr__("Contents", pdf.make_stream(drawing)))
    made = build(re.sub(rb"startxref\s+\d+", b"startxref\n7", broken))
    assert made.says("1 damaged page was wrapped")
    assert made.text().split()[-1] == "3"


def test_circles_of_bookmarks_end() -> None:
    def tie(pdf: pikepdf.Pdf) -> None:
        one, two = (pdf.make_indirect(Dictionary(Title=title, Dest=[pdf.pages[0].obj, Name.Fit])) for title in "ab")
        one.Next, two.Next, two.First = two, one, one
        pdf.Root.Outlines = pdf.make_indirect(Dictionary(First=one, Last=two, Count=2))

    made = build(changed(LETTER, tie))
    assert made.says("INQ000001: its bookmarks run in a circle")
    titles = [item[1] for item in pymupdf.open(stream=made.content, filetype="pdf").get_toc()]
    assert titles[-2:] == ["a", "b"]


def test_a_page_of_forty_metres_keeps_its_size_and_gets_its_number() -> None:
    length = 40 / 0.0254 * 72
    with pymupdf.open(stream=LETTER, filetype="pdf") as document:
        document[0].set_mediabox(pymupdf.Rect(0, 0, 600, length))
        made = build(document.tobytes())
    assert made.says("INQ000001: its largest page is 40.0 metres long and keeps its size")
    page = pypdfium2.PdfDocument(made.content)[made.first]
    assert page.get_height() == pytest.approx(length, abs=1)
    assert page.get_textpage().get_text_bounded(500, 0, 600, 40).strip() == "3"


def test_ten_thousand_pages_are_all_there() -> None:
    pdf = pikepdf.new()
    drawing = pdf.make_stream(b"0 0 100 100 re f")
    page = Dictionary(Type=Name.Page, Parent=pdf.Root.Pages, MediaBox=[0, 0, 400, 400], Contents=drawing)
    pdf.Root.Pages.Kids = Array([pdf.make_indirect(Dictionary(page)) for _ in range(10_000)])
    pdf.Root.Pages.Count = 10_000
    made = build(saved(pdf))
    reader = pypdfium2.PdfDocument(made.content)
    assert len(reader) == made.first + 10_000
    for index in (made.first, 5_000, len(reader) - 1):
        assert reader[index].get_textpage().get_text_range().strip() == str(index + 1)
        assert reader.get_page_label(index) == str(index + 1)


def sheets(rotation: int, *, crop: bool = False, unit: float = 1) -> bytes:
    with pymupdf.open(stream=LETTER, filetype="pdf") as document:
        document[0].draw_rect(pymupdf.Rect(60, 60, 300, 500), fill=(0.5, 0.5, 0.5))
        document[0].set_rotation(rotation)
        if crop:
            document[0].set_cropbox(pymupdf.Rect(50, 50, 400, 600))
        content = document.tobytes()
    return changed(content, lambda pdf: pdf.pages[0].obj.__setattr__("UserUnit", unit)) if unit != 1 else content


@pytest.mark.parametrize(
    ("source", "named"),
    [
        (sheets(90), "1 page turned"),
        (sheets(180, crop=True), "1 page turned and 1 page cropped"),
        (sheets(270, unit=2), "1 page turned and 1 page in units of their own"),
    ],
)
def test_turned_cropped_and_scaled_pages_look_as_before(source: bytes, named: str) -> None:
    made = build(source)
    assert made.says(named)
    assert looks_as_before(source, made)
    shown = made.picture()
    corner = shown.crop((shown.width - STAMP_WIDTH, shown.height - STAMP_HEIGHT, shown.width, shown.height))
    assert corner.getextrema()[0] < 100 and "3" in made.text().split()


def test_what_the_list_of_pages_passes_down_reaches_the_bundle() -> None:
    def pass_down(pdf: pikepdf.Pdf) -> None:
        page, above = pdf.pages[0].obj, pdf.Root.Pages
        for name in ("/Resources", "/MediaBox"):
            above[name] = page[name]
            del page[name]
        above.Rotate, above.CropBox = 90, Array([20, 20, 500, 700])
        middle = pdf.make_indirect(Dictionary(Type=Name.Pages, Parent=above, Kids=[page], Count=1))
        above.Kids, page.Parent = Array([middle]), middle

    source = changed(LETTER, pass_down)
    made = build(source)
    assert looks_as_before(source, made)
    assert "asked for figures" in made.text()


def test_pages_without_resources_a_size_or_anything_on_them_get_their_number() -> None:
    def strip(pdf: pikepdf.Pdf) -> None:
        for page, name in zip(pdf.pages, ("/Resources", "/MediaBox", "/Contents", "/Rotate"), strict=True):
            page.obj.Rotate = 0
            del page.obj[name]
        pdf.pages[3].obj.MediaBox = Array([0, 0, 0, 0])

    made = build(changed(words("one", "two", "three", "four"), strip))
    assert made.says("1 page without a sound size")
    assert [made.text(page).split()[-1] for page in range(4)] == ["3", "4", "5", "6"]


def test_pages_that_share_what_they_draw_get_numbers_of_their_own() -> None:
    def share(pdf: pikepdf.Pdf) -> None:
        first, second = (page.obj for page in pdf.pages)
        first.Contents = pdf.make_indirect(Array([first.Contents]))
        second.Contents, second.Resources = first.Contents, first.Resources

    made = build(changed(words("Shared by both", "gone"), share), pages=[[0, 1, 0]], counts=[2])
    for page, number in enumerate("345"):
        assert made.text(page).split() == ["Shared", "by", "both", number]


def test_a_huge_picture_inside_the_drawing_looks_as_before() -> None:
    side = 1200
    rows = b"".join(bytes((x * y) % 251 for x in range(side)) for y in range(side))
    drawing = b"q 400 0 0 400 100 300 cm BI /W %d /H %d /CS /G /BPC 8 /F /AHx ID " % (side, side)
    source = changed(
        LETTER,
        lambda pdf: pdf.pages[0].contents_add(pdf.make_stream(drawing + rows.hex().encode() + b"> EI Q")),
    )
    assert looks_as_before(source, build(source))


def test_fonts_that_are_drawings_look_as_before() -> None:
    def draw(pdf: pikepdf.Pdf) -> None:
        glyph = pdf.make_stream(b"1000 0 0 0 750 750 d1 0 0 750 750 re f")
        pdf.pages[0].obj.Resources.Font.Drawn = pdf.make_indirect(
            Dictionary(
                Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 750, 750], FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
                CharProcs=Dictionary(square=glyph), Encoding=Dictionary(Differences=[97, Name.square]), FirstChar=97,
                LastChar=97, Widths=[1000], Resources=Dictionary(),
            )
        )  # fmt: skip
        pdf.pages[0].contents_add(pdf.make_stream(b"BT /Drawn 40 Tf 100 300 Td (aaa) Tj ET"))

    source = changed(LETTER, draw)
    assert difference(picture(source, 0), picture(LETTER, 0)) > 1000
    assert looks_as_before(source, build(source))


def test_a_source_that_names_its_font_as_ours_keeps_it() -> None:
    def rename(pdf: pikepdf.Pdf) -> None:
        fonts = pdf.pages[0].obj.Resources.Font
        own = next(iter(fonts.keys()))
        fonts.WorkbenchStamp = fonts[own]
        drawing = pdf.pages[0].obj.Contents.read_bytes()
        pdf.pages[0].obj.Contents = pdf.make_stream(drawing.replace(own.encode(), b"/WorkbenchStamp"))

    source = changed(LETTER, rename)
    made = build(source)
    assert looks_as_before(source, made) and made.text().split()[-1] == "3"


def layered() -> bytes:
    """Words on a shown layer, on a hidden one, on one that hides itself when viewed, and in a form of a hidden one."""
    document = pymupdf.open()
    page = document.new_page()
    shown, hidden, used = (document.add_ocg(name, on=name != "hidden") for name in ("shown", "hidden", "by use"))
    document.add_ocg("of another page")
    for top, layer in ((100, shown), (200, hidden), (300, used)):
        page.insert_text((72, top), f"WORDS {top}", fontsize=30, oc=layer)
    stamp = pymupdf.open(stream=words("INSIDE"), filetype="pdf")
    page.show_pdf_page(pymupdf.Rect(0, 400, 400, 800), stamp, oc=hidden)

    def hide_by_use(pdf: pikepdf.Pdf) -> None:
        properties = pdf.Root.OCProperties
        group = next(group for group in properties.OCGs if str(group.Name) == "by use")
        group.Usage = Dictionary(View=Dictionary(ViewState=Name.OFF))
        properties.D.AS = Array([Dictionary(Event=Name.View, Category=[Name.View], OCGs=[group])])

    return changed(document.tobytes(), hide_by_use)


def test_what_hidden_layers_hold_is_taken_out_and_nothing_else_moves() -> None:
    source = layered()
    made = build(LETTER, source)
    assert made.says("INQ000002: what 2 hidden layers held was taken out")
    assert difference(picture(source, 0), made.picture(1)) < 10
    everything = made.picture(1).point(lambda level: 255 if level < 128 else 0)
    assert everything.getbbox()[3] < 120 or everything.crop((0, 120, 595, 800)).getbbox() is None
    text = made.text(1)
    assert "WORDS 100" in text and "WORDS 200" not in text and "INSIDE" not in text
    with made.opened() as pdf:
        assert "/OCProperties" not in pdf.Root
        assert not any(isinstance(item, Dictionary) and item.get("/Type") == Name.OCG for item in pdf.objects)


def test_layers_whose_rule_cannot_be_followed_stay_as_they_are_shown() -> None:
    def ask_for_more(pdf: pikepdf.Pdf) -> None:
        groups = list(pdf.Root.OCProperties.OCGs)
        properties = pdf.pages[0].obj.Resources.Properties
        for name in list(properties.keys()):
            properties[name] = pdf.make_indirect(
                Dictionary(Type=Name.OCMD, OCGs=[properties[name]], VE=Array([Name.And, properties[name], groups[0]]))
            )

    source = changed(layered(), ask_for_more)
    made = build(LETTER, source)
    assert difference(picture(source, 0), made.picture(1)) < 10
    with made.opened() as pdf:
        assert "/OCProperties" in pdf.Root


def test_streams_that_nobody_can_decode_go_in_as_they_are() -> None:
    def damage(pdf: pikepdf.Pdf) -> None:
        whole = zlib.compress(b"BT /helv 20 Tf 72 400 Td (Half of it) Tj ET " * 200)
        pdf.pages[0].contents_add(pikepdf.Stream(pdf, whole[: len(whole) // 2], Filter=Name.FlateDecode))

    made = build(changed(LETTER, damage))
    assert "asked for figures" in made.text()
