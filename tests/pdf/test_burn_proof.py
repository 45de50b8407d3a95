"""A redacted copy with a fault is not let through, whatever the fault."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import replace

import pikepdf
import pymupdf
import pytest
from PIL import Image

from tests.pdf.test_burn_in import NAME, letter
from tests.redaction import Burning, Burnt, area, burning, mark


@pytest.fixture(scope="module")
def burner() -> Iterator[Burning]:
    with burning() as made:
        yield made


@pytest.fixture(scope="module")
def source() -> bytes:
    return letter(pages=2, size=14, leading=30)


@pytest.fixture(scope="module")
def marks(source: bytes) -> list[dict]:
    return [mark(source, 0, NAME), area(0, 300, 500, 400, 540)]


@pytest.fixture(scope="module")
def good(burner: Burning, source: bytes, marks: list[dict]) -> Burnt:
    return burner.proven(source, marks)


def with_fault(copy: Burnt, spoil: Callable[[pikepdf.Pdf], None]) -> Burnt:
    with pikepdf.open(io.BytesIO(copy.content)) as pdf:
        spoil(pdf)
        buffer = io.BytesIO()
        pdf.save(buffer)
    return replace(copy, content=buffer.getvalue())


def content_of(pdf: pikepdf.Pdf) -> bytes:
    return pdf.pages[0].obj.Contents.read_bytes()


def repainted(pdf: pikepdf.Pdf, shade: int, box: tuple[int, int, int, int]) -> None:
    """The page's picture with some dots in another shade."""
    (picture,) = pdf.pages[0].obj.Resources.XObject.values()
    image = pikepdf.PdfImage(picture).as_pil_image().convert("L")
    image.paste(shade, box)
    picture.write(image.tobytes())
    picture.ColorSpace, picture.BitsPerComponent = pikepdf.Name.DeviceGray, 8


def test_a_painted_box_over_live_words_is_no_redaction(burner, source, marks, good):
    """What some call redaction: the page as it was, with black rectangles over it."""
    with pymupdf.open(stream=source, filetype="pdf") as document:
        for item in marks:
            for box in item["boxes"]:
                document[0].draw_rect(pymupdf.Rect(box), color=0, fill=0)
        painted = replace(good, content=document.tobytes())
    failed = burner.failed(source, marks, painted)
    assert {"R01", "R02", "R11"} <= failed.keys()
    assert "second reader finds 12 characters" in failed["R02"]


def test_words_put_back_under_a_mark_are_found(burner, source, marks, good):
    def spoil(pdf: pikepdf.Pdf) -> None:
        content = content_of(pdf)
        x, y = marks[0]["boxes"][0][0], 842 - marks[0]["boxes"][0][3] + 3
        font_words = content.rsplit(b"ET", 1)[0] + b"8 0 0 14 %.1f %.1f Tm <00010002000300040001> Tj ET" % (x + 5, y)
        pdf.pages[0].obj.Contents = pdf.make_stream(font_words)

    failed = burner.failed(source, marks, with_fault(good, spoil))
    assert {"R02", "R05"} <= failed.keys()


def test_one_light_dot_under_a_mark_is_found(burner, source, marks, good):
    left, top = (round((side + 4) * good.pages[0]["scale"]) for side in (300, 500))
    failed = burner.failed(
        source, marks, with_fault(good, lambda pdf: repainted(pdf, 90, (left, top, left + 1, top + 1)))
    )
    assert failed.keys() == {"R03"}
    assert "not all the same" in failed["R03"]


def test_something_else_in_the_place_of_a_label_is_found(burner, source, marks, good):
    _, (left, top, right, foot) = good.pages[0]["labels"][0]
    fault = with_fault(good, lambda pdf: repainted(pdf, 255, (left + 3, top + 3, right - 3, foot - 3)))
    assert "something else than its label" in burner.failed(source, marks, fault)["R03"]


def test_a_picture_that_is_shown_shifted_is_found(burner, source, marks, good):
    def spoil(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Contents = pdf.make_stream(
            content_of(pdf).replace(b" cm /Page Do", b" cm 1 0 0 1 .2 .2 cm /Page Do")
        )

    assert "as shown is not black" in burner.failed(source, marks, with_fault(good, spoil))["R03"]


def test_a_mark_that_was_not_covered_is_found(burner, source, marks, good):
    failed = burner.failed(source, [*marks, area(0, 100, 600, 200, 640)], good)
    assert failed.keys() == {"R03"}
    assert "not wholly covered" in failed["R03"]


def test_a_page_whose_marks_were_forgotten_is_found(burner, source, marks, good):
    failed = burner.failed(source, [*marks, area(1, 100, 600, 200, 640)], good)
    assert failed == {"R02": "page 2: its marks were not applied"}


def test_a_lost_word_is_found(burner, source, marks, good):
    def spoil(pdf: pikepdf.Pdf) -> None:
        lines = content_of(pdf).split(b"\n")
        del lines[-2]
        pdf.pages[0].obj.Contents = pdf.make_stream(b"\n".join(lines))

    failed = burner.failed(source, marks, with_fault(good, spoil))
    assert failed.keys() == {"R05"}
    assert "words should be left" in failed["R05"]


def test_words_out_of_order_are_found(burner, source, marks, good):
    def spoil(pdf: pikepdf.Pdf) -> None:
        lines = content_of(pdf).split(b"\n")
        lines[4], lines[5] = lines[5], lines[4]
        pdf.pages[0].obj.Contents = pdf.make_stream(b"\n".join(lines))

    assert burner.failed(source, marks, with_fault(good, spoil)).keys() == {"R05"}


def test_line_art_left_on_the_page_is_found(burner, source, marks, good):
    def spoil(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Contents = pdf.make_stream(b"300 290 50 20 re f\n" + content_of(pdf))

    assert burner.failed(source, marks, with_fault(good, spoil)).keys() == {"R04"}


def test_an_annotation_on_a_burnt_page_is_found(burner, source, marks, good):
    with pymupdf.open(stream=good.content, filetype="pdf") as document:
        document[0].add_text_annot((310, 510), NAME)
        fault = replace(good, content=document.tobytes())
    assert "R01" in burner.failed(source, marks, fault)


def test_an_earlier_state_inside_the_file_is_found(burner, source, marks, good, tmp_path):
    path = tmp_path / "copy.pdf"
    with pymupdf.open(stream=source, filetype="pdf") as document:
        document.save(path)
    with pymupdf.open(path) as document:
        document[0].draw_rect(pymupdf.Rect(0, 0, 10, 10))
        document.saveIncr()
    failed = burner.failed(source, marks, replace(good, content=path.read_bytes()))
    assert "earlier state of itself" in failed["R07"]


def test_details_and_bookmarks_are_found(burner, source, marks, good):
    def spoil(pdf: pikepdf.Pdf) -> None:
        pdf.docinfo["/Author"] = NAME
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem(NAME, 0))

    assert "/Outlines" in burner.failed(source, marks, with_fault(good, spoil))["R07"]


def test_the_page_as_it_was_lying_in_the_file_is_found(burner):
    source = letter_with_two_pages()
    marks = [mark(source, 0, NAME)]
    copy = burner.proven(source, marks)

    def put_back(pdf: pikepdf.Pdf) -> None:
        with pikepdf.open(io.BytesIO(source)) as before:
            contents = before.pages[0].obj.Contents
            pdf.pages[1].obj.Thumb = pdf.copy_foreign(contents[-1] if isinstance(contents, pikepdf.Array) else contents)

    assert "still in the file" in burner.failed(source, marks, with_fault(copy, put_back))["R11"]


def letter_with_two_pages() -> bytes:
    with pymupdf.open(stream=letter(pages=2), filetype="pdf") as document:
        document[1].clean_contents()
        document[1].insert_text((72, 300), "Second page")
        return document.tobytes(garbage=1)


def test_a_reader_that_sees_the_picture_only_sees_black(good):
    """Nothing but the picture itself decides, in a third library."""
    with pikepdf.open(io.BytesIO(good.content)) as pdf:
        (picture,) = pdf.pages[0].obj.Resources.XObject.values()
        image: Image.Image = pikepdf.PdfImage(picture).as_pil_image().convert("L")
    scale = good.pages[0]["scale"]
    assert image.crop(tuple(round(side * scale) for side in (300, 500, 340, 515))).getextrema() == (0, 0)
