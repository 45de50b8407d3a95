"""Marks in the margin stand beside their line, cover no word, and lead where they say, whatever the page's rotation."""

from __future__ import annotations

import io
import json
import re
from dataclasses import asdict, replace
from itertools import pairwise

import pikepdf
import pymupdf
import pypdfium2
import pytest
from pikepdf import Array, Name

from workbench.domain.geometry import Box, Word
from workbench.domain.margin_marks import MarginMark, PageMarks, Pointer, margin_marks
from workbench.pdf.frame import frame_of
from workbench.pdf.label_font import LabelFont
from workbench.pdf.margin_links import MarginLinks, page_marks_from
from workbench.pdf.text import read_page
from workbench.runtime.resources import resource_path

BOLD = resource_path("fonts/LiberationSans-Bold.ttf").read_bytes()
TEXT = (
    "The chair asked about INQ000002_001 and then\nturned to INQ000003/2 and INQ000004, which the\nboard had not seen."
)
REFERENCE = re.compile(r"INQ\d{6}(?:[_/]\d+)?")


def page_of(rotation: int, crop: tuple[float, ...], wide: bool, unit: float) -> bytes:
    """Four pages; the first has the text, as large letters that leave margins, or lines from edge to edge."""
    document = pymupdf.open()
    for _ in range(4):
        document.new_page(width=595, height=842)
    page = document[0]
    left, size = (12, 23) if wide else (90, 14)
    for number, line in enumerate(TEXT.split("\n")):
        page.insert_text((left, 300 + 30 * number), line, fontsize=size)
    if crop:
        page.set_cropbox(pymupdf.Rect(*crop))
    page.set_rotation(rotation)
    pdf = pikepdf.open(io.BytesIO(document.tobytes()))
    if unit != 1:
        pdf.pages[0].obj.UserUnit = unit
    buffer = io.BytesIO()
    pdf.save(buffer)
    return buffer.getvalue()


def drawn(content: bytes) -> tuple[bytes, list[MarginMark], list[Pointer], list[Word]]:
    """The PDF with a mark for each reference, leading to pages 2, 3 and 4."""
    page = pymupdf.open(stream=content, filetype="pdf")[0]
    text, words = read_page(page)
    pointers = [
        Pointer(start=match.start(), end=match.end(), label=f"HB {140 + at}", shorter=f"{140 + at}", target=at)
        for at, match in enumerate(REFERENCE.finditer(text.text), 1)
    ]
    marks, without = margin_marks(pointers, words, text.width_pt, text.height_pt)
    page_marks = PageMarks(width_pt=text.width_pt, height_pt=text.height_pt, marks=tuple(marks))
    assert page_marks_from(json.loads(json.dumps(asdict(page_marks)))) == page_marks
    return with_marks(content, page_marks), marks, without, words


def with_marks(content: bytes, marks: PageMarks) -> bytes:
    """The PDF with marks drawn on its first page."""
    pdf = pikepdf.open(io.BytesIO(content))
    font = LabelFont(pdf, BOLD)
    links = MarginLinks(pdf, font, lambda index: Array([pdf.pages[index].obj, Name.XYZ, 0, 842, None]))
    frame = frame_of(pdf.pages[0])
    assert links.fits(marks, frame)
    assert not links.fits(replace(marks, width_pt=marks.width_pt + 2), frame)
    pdf.pages[0].contents_add(links.operators(pdf.pages[0], marks, frame))
    links.link(pdf.pages[0], marks, frame)
    buffer = io.BytesIO()
    pdf.save(buffer)
    return buffer.getvalue()


def darkness(content: bytes, box: Box, unit: float = 1) -> int:
    """The darkest dot inside a box of the page, drawn by a library that knows no user unit; 255 is white."""
    picture = pypdfium2.PdfDocument(content)[0].render(scale=2 * unit).to_pil().convert("L")
    return int(
        picture.crop((int(box.x0 * 2) + 1, int(box.y0 * 2) + 1, int(box.x1 * 2), int(box.y1 * 2))).getextrema()[0]
    )


@pytest.mark.parametrize("crop", [(), (20, 40, 560, 800)], ids=["whole", "cropped"])
@pytest.mark.parametrize("unit", [1, 2])
@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_each_reference_has_a_mark_beside_its_line(rotation: int, crop: tuple[float, ...], unit: float) -> None:
    content = page_of(rotation, crop, False, unit)
    marked, marks, without, words = drawn(content)
    assert without == [] and [mark.text for mark in marks] == ["HB 141", "HB 142", "HB 143"]
    size = pymupdf.open(stream=content, filetype="pdf")[0].rect
    for mark in marks:
        assert 0 < mark.box.x0 < mark.box.x1 < size.width and 0 < mark.box.y0 < mark.box.y1 < size.height
        assert not any(_overlap(mark.box, word.box) for word in words)
        assert darkness(content, mark.box, unit) == 255 and darkness(marked, mark.box, unit) < 128
        middle = (mark.words[0].y0 + mark.words[0].y1) / 2
        assert abs((mark.box.y0 + mark.box.y1) / 2 - middle) <= 12
    page = pymupdf.open(stream=marked, filetype="pdf")[0]
    assert sorted(word[4] for word in page.get_text("words") if word[4].startswith("14")) == ["141", "142", "143"]
    upright = [span["dir"] for block in page.get_text("dict")["blocks"] for span in block["lines"] if "HB" in str(span)]
    turned = {0: (1, 0), 90: (0, 1), 180: (-1, 0), 270: (0, -1)}[rotation]
    assert [tuple(map(round, direction)) for direction in upright] == [(turned[0], -turned[1])] * len(upright)


def _overlap(box: Box, other: Box) -> bool:
    return box.x0 < other.x1 and other.x0 < box.x1 and box.y0 < other.y1 and other.y0 < box.y1


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_mark_and_words_lead_to_the_page_that_the_mark_names(rotation: int) -> None:
    marked, marks, _, _ = drawn(page_of(rotation, (20, 40, 560, 800), False, 1))
    page = pymupdf.open(stream=marked, filetype="pdf")[0]
    led = {}
    for link in page.get_links():
        rect = pymupdf.Rect(link["from"])
        words = [w[4] for w in page.get_text("words") if (pymupdf.Rect(w[:4]) * page.rotation_matrix).intersects(rect)]
        led.setdefault(link["page"], []).append(" ".join(words))
    assert {page: len(found) for page, found in led.items()} == {1: 2, 2: 2, 3: 2}
    for number, reference in ((1, "INQ000002_001"), (2, "INQ000003/2"), (3, "INQ000004,")):
        assert any(reference in words for words in led[number])
        assert any(f"{140 + number}" in words for words in led[number])
    assert [mark.target for mark in marks] == [1, 2, 3]


def test_where_words_fill_the_width_marks_go_to_the_nearest_free_line() -> None:
    content = page_of(0, (), True, 1)
    marked, marks, without, _ = drawn(content)
    assert without == []
    for mark in marks:
        assert darkness(content, mark.box) == 255 and darkness(marked, mark.box) < 128
    for one, other in pairwise(sorted(marks, key=lambda mark: mark.box.y0)):
        assert not _overlap(one.box, other.box)


def test_a_page_full_of_words_gets_links_to_none_and_says_so() -> None:
    words = [Word(n, n + 1, Box(0, n * 4.0, 595, n * 4.0 + 4)) for n in range(210)]
    pointer = Pointer(start=40, end=41, label="HB 1", shorter="1", target=0)
    assert margin_marks([pointer], words, 595, 842) == ([], [pointer])


def test_the_place_of_the_page_number_stays_free() -> None:
    words = [Word(0, 10, Box(80, 820, 400, 832))]
    (mark,), _ = margin_marks([Pointer(start=0, end=10, label="HB 1", shorter="1", target=0)], words, 595, 842)
    assert mark.box.x1 < 100 or mark.box.y1 < 842 - 30


def test_a_page_of_another_volume_is_named_without_a_link() -> None:
    box = Box(500, 300, 560, 309)
    mark = MarginMark(box=box, text="HB Vol 2 p. 9", words=(Box(90, 300, 160, 310),), target=None)
    marked = with_marks(page_of(0, (), False, 1), PageMarks(width_pt=595, height_pt=842, marks=(mark,)))
    assert "HB Vol 2 p. 9" in pypdfium2.PdfDocument(marked)[0].get_textpage().get_text_range()
    assert pymupdf.open(stream=marked, filetype="pdf")[0].get_links() == []
