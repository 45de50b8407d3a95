"""What is marked is gone from a redacted copy in every reader, and everything beside it stays as it was."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf
import pymupdf
import pytest
from PIL import Image, ImageChops, ImageStat

from tests.redaction import (
    Burning,
    area,
    boxes_of,
    burning,
    everything_in,
    mark,
    pdfium_words,
    poppler_words,
    shown,
    writings_of,
)
from workbench.domain.errors import FileRefused

LINES = (
    "The register of notices was kept by the office in Northmere.",
    "It was signed for by Ms Quillfeather on the second day.",
    "Copies typed by the board went to every district by post.",
)
NAME = "Quillfeather"
ALL_WORDS = " ".join(LINES).split()
LEFT = [word for word in ALL_WORDS if word != NAME]


@pytest.fixture(scope="module")
def burner() -> Iterator[Burning]:
    with burning() as made:
        yield made


def letter(*, leading: float = 18, size: float = 11, pages: int = 1, width: float = 595, height: float = 842) -> bytes:
    document = pymupdf.open()
    for _ in range(pages):
        page = document.new_page(width=width, height=height)
        for number, line in enumerate(LINES):
            page.insert_text((72, 100 + number * leading), line, fontsize=size)
    return document.tobytes()


def changed(content: bytes, change) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        change(pdf)
        buffer = io.BytesIO()
        pdf.save(buffer)
    return buffer.getvalue()


def assert_gone(content: bytes, name: str = NAME) -> None:
    found = everything_in(content)
    assert [form for form in writings_of(name) if form in found] == []


def words_of(content: bytes, page_index: int = 0) -> list[str]:
    """The words in order, as two outside readers agree on them."""
    words = [text for text, _ in poppler_words(content, page_index)]
    assert sorted(words) == sorted(pdfium_words(content, page_index))
    return words


def test_a_marked_name_is_gone_and_every_other_word_stays(burner):
    source = letter()
    copy = burner.proven(source, [mark(source, 0, NAME)])
    assert words_of(copy.content) == LEFT
    assert_gone(copy.content)


def test_words_stand_where_they_stood(burner):
    source = letter()
    copy = burner.proven(source, [mark(source, 0, NAME)])
    before = dict(poppler_words(source, 0))
    for text, box in poppler_words(copy.content, 0):
        if ALL_WORDS.count(text) > 1:
            continue
        assert abs(box.x0 - before[text].x0) < 1.5 and abs(box.x1 - before[text].x1) < 1.5
        assert abs((box.y0 + box.y1) - (before[text].y0 + before[text].y1)) < 6


@pytest.mark.parametrize("leading", [11, 10, 9.5])
def test_in_tight_lines_the_neighbours_stay(burner, leading):
    """Lines this close reach into one another, in print and in the boxes of their words."""
    source = letter(leading=leading)
    copy = burner.proven(source, [mark(source, 0, NAME)])
    assert words_of(copy.content) == LEFT


def test_under_the_mark_everything_is_black_but_for_the_label(burner):
    source = letter(size=20, leading=40)
    marked = mark(source, 0, NAME)
    copy = burner.proven(source, [marked])
    x0, y0, x1, y1 = (round(side * 2) for side in marked["boxes"][0])
    place = shown(copy.content, 0, 2).crop((x0 + 2, y0 + 6, x1 - 2, y1 - 2))
    assert place.getextrema()[0] == 0
    colours = place.getcolors()
    assert colours is not None
    black = sum(count for count, value in colours if value < 64)
    assert black > 0.75 * place.width * place.height
    assert place.crop((0, 0, place.width, 6)).getextrema()[1] < 64


def test_labels_have_one_width_whatever_they_hide(burner):
    document = pymupdf.open()
    page = document.new_page()
    page.insert_text((72, 100), "Featherstonehaugh-Cholmondeley", fontsize=16)
    page.insert_text((72, 160), "Al", fontsize=60)
    source = document.tobytes()
    copy = burner.proven(source, [mark(source, 0, "Featherstonehaugh-Cholmondeley"), mark(source, 0, "Al")])
    places = [place for _, place in copy.pages[0]["labels"]]
    assert len(places) == 2
    assert len({(right - left, foot - top) for left, top, right, foot in places}) == 1


@pytest.mark.parametrize(
    ("rotation", "is_cropped", "unit"),
    [(0, True, 1), (90, False, 1), (180, True, 1), (270, True, 1), (0, False, 1.5), (90, True, 1.5), (270, False, 1.5)],
)
def test_turned_cropped_and_scaled_pages_look_the_same(burner, rotation, is_cropped, unit):
    def change(pdf) -> None:
        page = pdf.pages[0].obj
        page.Rotate = rotation
        page.UserUnit = unit
        if is_cropped:
            page.CropBox = pikepdf.Array([40, 500, 500, 800])

    source = changed(letter(), change)
    marked = mark(source, 0, NAME)
    copy = burner.proven(source, [marked])
    assert sorted(words_of(copy.content)) == sorted(LEFT)
    with pymupdf.open(stream=source) as before, pymupdf.open(stream=copy.content) as after:
        assert after[0].rotation == 0 and after[0].rect == after[0].mediabox
        assert abs(after[0].rect.width - before[0].rect.width) < 0.1
        assert abs(after[0].rect.height - before[0].rect.height) < 0.1
        seen = [page.get_pixmap(dpi=50, colorspace="gray") for page in (before[0], after[0])]
    pictures = [Image.frombytes("L", (drawing.width, drawing.height), drawing.samples) for drawing in seen]
    x0, y0, x1, y1 = (side * 50 / 72 for side in marked["boxes"][0])
    for picture in pictures:
        picture.paste(0, (int(x0) - 4, int(y0) - 4, int(x1) + 5, int(y1) + 5))
    assert ImageStat.Stat(ImageChops.difference(*pictures)).mean[0] < 2


def test_the_value_of_a_form_field_goes(burner):
    document = pymupdf.open()
    for _ in range(2):
        document.new_page().insert_text((72, 60), "Name of the keeper:")
    for page in document:
        field = pymupdf.Widget()
        field.field_name, field.field_type, field.field_value = "keeper", pymupdf.PDF_WIDGET_TYPE_TEXT, NAME
        field.rect = pymupdf.Rect(72, 80, 300, 100)
        page.add_widget(field)
    source = document.tobytes()
    marks = [area(0, 72, 80, 300, 100), area(1, 72, 80, 300, 100)]
    copy = burner.proven(source, marks)
    assert words_of(copy.content) == ["Name", "of", "the", "keeper:"]
    assert_gone(copy.content)


def test_sticky_notes_bookmarks_details_and_attachments_do_not_come_along(burner):
    with pymupdf.open(stream=letter(pages=2), filetype="pdf") as document:
        document[0].add_text_annot((200, 200), f"ask {NAME}")
        document[1].add_text_annot((200, 200), f"ask {NAME}")
        document.set_toc([[1, f"Letter of {NAME}", 1]])
        document.set_metadata({"author": NAME, "title": NAME})
        document.set_xml_metadata(f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{NAME}</x:xmpmeta>")
        document.embfile_add(f"{NAME}.txt", NAME.encode())
        source = document.tobytes()
    marks = [mark(source, 0, NAME), mark(source, 1, NAME)]
    copy = burner.proven(source, marks)
    assert_gone(copy.content)
    assert any("bookmarks" in notice for notice in copy.notices)


def test_pages_without_marks_keep_their_text_and_lose_what_hides_behind_them(burner):
    with pymupdf.open(stream=letter(pages=2), filetype="pdf") as document:
        document[1].add_text_annot((200, 200), "ask Bellweather about it")
        source = document.tobytes()
    copy = burner.proven(source, [mark(source, 0, NAME)])
    assert words_of(copy.content, 1) == ALL_WORDS
    with pikepdf.open(io.BytesIO(copy.content)) as pdf:
        assert "/Font" in pdf.pages[1].obj.Resources and "/Annots" not in pdf.pages[1].obj
    assert_gone(copy.content, "Bellweather")


def test_hidden_words_over_a_scan_go_with_its_pixels(burner):
    """The picture of a page with the words of text recognition behind it, as scanners make them."""
    picture = pymupdf.open(stream=letter(), filetype="pdf")[0].get_pixmap(dpi=150)
    document = pymupdf.open()
    page = document.new_page()
    page.insert_image(page.rect, pixmap=picture)
    for number, line in enumerate(LINES):
        page.insert_text((72, 100 + number * 18), line, fontsize=11, render_mode=3)
    source = document.tobytes()
    marked = mark(source, 0, NAME)
    copy = burner.proven(source, [marked])
    assert words_of(copy.content) == LEFT
    x0, y0, x1, y1 = (round(side * 2) for side in marked["boxes"][0])
    place = shown(copy.content, 0, 2).crop((x0 + 2, y0 + 6, x1 - 2, y1 - 2))
    assert sum(place.histogram()[:64]) > 0.6 * place.width * place.height
    assert place.crop((0, 0, 12, place.height)).getextrema()[1] < 64


def test_an_area_takes_every_word_that_it_touches_whole(burner):
    source = letter()
    x0, y0, _, y1 = boxes_of(source, 0, NAME)[0]
    copy = burner.proven(source, [area(0, x0 + 20, y0 + 2, x0 + 24, y1 - 2)])
    assert words_of(copy.content) == LEFT
    assert_gone(copy.content)


def test_an_area_without_words_is_blacked_out_and_said_so(burner):
    copy = burner.proven(letter(), [area(0, 100, 500, 200, 560)])
    assert words_of(copy.content) == ALL_WORDS
    assert copy.notices == ["page 1: a mark covers no words; the place was blacked out"]
    assert shown(copy.content, 0).crop((102, 502, 125, 558)).getextrema() == (0, 0)


def test_letters_of_many_scripts_ligatures_and_welsh_come_back(burner):
    text = "ﬁnding ŵyth cwch ŷd Žluťoučký Ελληνικά русский office"
    document = pymupdf.open()
    page = document.new_page()
    page.insert_htmlbox(pymupdf.Rect(72, 72, 520, 300), f"{text} {NAME} 中文字 naïve")
    source = document.tobytes()
    before = sorted(pdfium_words(source, 0))
    copy = burner.proven(source, [mark(source, 0, NAME)])
    assert sorted(words_of(copy.content)) == sorted(word for word in before if word != NAME)


def test_columns_keep_their_order(burner):
    document = pymupdf.open()
    page = document.new_page()
    columns = [[f"{side}{number}" for number in range(30)] for side in ("left", "right")]
    for at, words in zip((72, 320), columns, strict=True):
        for number, word in enumerate(words):
            page.insert_text((at, 80 + 20 * number), f"{word} {NAME if word == 'left7' else 'notice'}")
    source = document.tobytes()
    copy = burner.proven(source, [mark(source, 0, NAME)])
    left = [word for word in words_of(copy.content) if word not in ("notice", NAME)]
    assert sorted(left) == sorted(columns[0] + columns[1])
    assert_gone(copy.content)


def test_words_that_run_up_the_page_are_marked_alone(burner):
    document = pymupdf.open()
    page = document.new_page()
    for number, line in enumerate(LINES):
        page.insert_text((200 + number * 12, 600), line, rotate=90)
    source = document.tobytes()
    copy = burner.proven(source, [mark(source, 0, NAME)])
    assert sorted(pdfium_words(copy.content, 0)) == sorted(LEFT)


def test_the_other_half_of_a_spread_does_not_keep_what_was_marked(burner):
    """Two pages that show the halves of one drawing: what is taken out of one must not lie unseen in the other."""

    def change(pdf) -> None:
        pdf.pages.append(pdf.pages[0])
        for page, box in zip(pdf.pages, ([0, 700, 595, 842], [0, 0, 595, 700]), strict=True):
            page.obj.CropBox = pikepdf.Array(box)

    source = changed(letter(), change)
    copy = burner.proven(source, [mark(source, 0, NAME)])
    assert_gone(copy.content)
    assert any("made pictures too" in notice for notice in copy.notices)


def test_a_picture_that_only_the_marked_page_shows_is_not_left_in_shared_resources(burner):
    """Many programs list the pictures of all pages at every page."""
    document = pymupdf.open()
    for shade in (60, 120):
        page = document.new_page()
        picture = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.IRect(0, 0, 90, 90))
        picture.clear_with(shade)
        page.insert_image(pymupdf.Rect(72, 72, 272, 272), pixmap=picture)
        page.insert_text((72, 400), "A plan of the office")

    def change(pdf) -> None:
        drawings = pikepdf.Dictionary()
        for number, page in enumerate(pdf.pages):
            (name,) = page.obj.Resources.XObject.keys()
            drawings[f"/P{number}"] = page.obj.Resources.XObject[name]
            page.contents_coalesce()
            page.obj.Contents = pdf.make_stream(page.obj.Contents.read_bytes().replace(name.encode(), b"/P%d" % number))
        for page in pdf.pages:
            page.obj.Resources.XObject = drawings

    source = changed(document.tobytes(), change)
    with pikepdf.open(io.BytesIO(source)) as pdf:
        secret = pdf.pages[0].obj.Resources.XObject["/P0"].read_raw_bytes()
    copy = burner.proven(source, [area(0, 72, 72, 272, 272)])
    with pikepdf.open(io.BytesIO(copy.content)) as pdf:
        streams = [item.read_raw_bytes() for item in pdf.objects if isinstance(item, pikepdf.Stream)]
    assert secret not in streams
    assert shown(copy.content, 1).getpixel((150, 150)) == 120


def test_what_a_layer_hides_stays_hidden(burner):
    with pymupdf.open(stream=letter(pages=2), filetype="pdf") as document:
        layer = document.add_ocg("draft", on=False)
        for page in document:
            page.insert_text((72, 300), "WITHDRAWN", fontsize=40, oc=layer)
        source = document.tobytes()
    copy = burner.proven(source, [mark(source, 0, NAME)])
    assert "WITHDRAWN" not in words_of(copy.content, 0)
    for index in (0, 1):
        assert shown(copy.content, index).crop((60, 250, 500, 310)).getextrema() == (255, 255)


def test_the_same_marks_give_the_same_bytes(burner):
    source = letter(pages=2)
    marks = [mark(source, 0, NAME), area(1, 100, 100, 200, 200)]
    assert burner.burn(source, marks).content == burner.burn(source, marks).content


def test_a_page_of_text_stays_small(burner):
    document = pymupdf.open()
    page = document.new_page()
    page.insert_htmlbox(pymupdf.Rect(60, 60, 540, 790), " ".join(LINES * 22))
    source = document.tobytes()
    copy = burner.proven(source, [area(0, 100, 100, 200, 120)])
    assert len(copy.content) < 120_000
    with pikepdf.open(io.BytesIO(copy.content)) as pdf:
        (image,) = pdf.pages[0].obj.Resources.XObject.values()
        assert int(image.Width) >= 595 / 72 * 200 - 1


def test_a_photograph_is_kept_as_one(burner):
    hues = [Image.radial_gradient("L"), Image.linear_gradient("L"), Image.effect_noise((256, 256), 60)]
    buffer = io.BytesIO()
    Image.merge("RGB", hues).resize((900, 900), Image.Resampling.BICUBIC).save(buffer, "JPEG")
    document = pymupdf.open()
    page = document.new_page()
    page.insert_image(pymupdf.Rect(50, 50, 545, 500), stream=buffer.getvalue())
    page.insert_text((72, 600), " ".join(LINES))
    source = document.tobytes()
    copy = burner.proven(source, [mark(source, 0, NAME), area(0, 100, 100, 300, 200)])
    with pikepdf.open(io.BytesIO(copy.content)) as pdf:
        (image,) = pdf.pages[0].obj.Resources.XObject.values()
        assert image.Filter == "/DCTDecode"


def test_a_mark_beside_the_page_is_refused(burner):
    with pytest.raises(FileRefused, match="lies beside page 1 and would redact nothing"):
        burner.burn(letter(), [area(0, 700, 100, 800, 200)])


def test_a_mark_on_a_page_that_is_not_there_is_refused(burner):
    with pytest.raises(FileRefused, match="no page 9 to redact: the document has 1 pages"):
        burner.burn(letter(), [area(8, 100, 100, 200, 200)])


def test_a_document_without_its_end_is_redacted_as_it_is_shown(burner):
    source = letter(pages=2)[:-400]
    copy = burner.proven(source, [mark(source, 0, NAME)])
    assert words_of(copy.content) == LEFT
