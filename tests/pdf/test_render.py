"""Pages are drawn in a child process, upright and in the size asked for, with words where they stand."""

from __future__ import annotations

import pymupdf
import pypdfium2
import pytest

from workbench.domain.errors import FileRefused, WorkbenchError
from workbench.pdf.render import MAX_PIXELS
from workbench.services.rendering import PageRenderer


def a_pdf(*, rotation: int = 0, width: float = 595, height: float = 842) -> bytes:
    document = pymupdf.open()
    page = document.new_page(width=width, height=height)
    page.draw_rect(pymupdf.Rect(72, 72, 172, 122), color=(1, 0, 0), fill=(1, 0, 0))
    page.insert_text((72, 200), "A register of notices", fontsize=14)
    page.set_rotation(rotation)
    return document.tobytes()


@pytest.fixture
def renderer():
    with PageRenderer() as made:
        yield made


def pixel(picture, x: int, y: int) -> tuple[int, ...]:
    at = y * picture.stride + x * 3
    return tuple(picture.rgb[at : at + 3])


def test_page_is_drawn_at_scale(renderer):
    renderer.open(a_pdf())
    picture = renderer.render(0, 2.0)
    assert (picture.width, picture.height) == (1190, 1684)
    assert len(picture.rgb) == picture.stride * picture.height
    assert pixel(picture, 240, 180) == (255, 0, 0)
    assert pixel(picture, 20, 20) == (255, 255, 255)


def test_rotated_page_looks_as_another_library_draws_it(renderer):
    content = a_pdf(rotation=90)
    renderer.open(content)
    picture = renderer.render(0, 1.0)
    other = pypdfium2.PdfDocument(content)[0].render(scale=1).to_pil().convert("RGB")
    assert (picture.width, picture.height) == other.size == (842, 595)
    for place in ((745, 100), (100, 100), (735, 160)):
        assert pixel(picture, *place) == other.getpixel(place)


def test_huge_page_is_drawn_smaller(renderer):
    renderer.open(a_pdf(width=14000, height=14000))
    picture = renderer.render(0, 4.0)
    assert picture.width * picture.height <= MAX_PIXELS * 1.01


def test_words_have_their_boxes(renderer):
    renderer.open(a_pdf())
    words = renderer.words(0)
    assert len(words) == 4
    assert words[0].start == 0
    assert words[0].box.x0 == pytest.approx(72, abs=1)
    assert words[0].box.y0 < 200 < words[0].box.y1


def test_no_pdf_is_refused_and_the_next_document_opens(renderer):
    with pytest.raises(FileRefused, match="cannot be opened"):
        renderer.open(b"this is no pdf")
    renderer.open(a_pdf())
    assert renderer.render(0, 0.5).width == 298


def test_missing_page_is_refused_with_its_number(renderer):
    renderer.open(a_pdf())
    with pytest.raises(FileRefused, match="Page 8"):
        renderer.render(7, 1.0)


def test_killed_child_is_replaced_and_knows_its_document(renderer):
    renderer.open(a_pdf())
    renderer.kill()
    with pytest.raises(WorkbenchError):
        renderer.render(0, 1.0)
    assert renderer.render(0, 1.0).width == 595
