"""What is read back of marks and pages is what stands there, whatever a page's turn, crop and unit."""

from __future__ import annotations

import io
import random
from dataclasses import replace

import pikepdf
import pymupdf
import pytest

from workbench.domain.bundle_expected import Expected, ExpectedRedaction
from workbench.domain.bundle_facts import BundleFacts, MarkFacts, Place
from workbench.domain.bundle_rules import judge
from workbench.domain.page_map import MapRow, PageKind, PageMap
from workbench.domain.progress import Ticket
from workbench.services.reading_back import BackReader, Reading, Sources, read_back, sampled

NOTHING = Expected(title="", labels=("1",), letters=(0,), index_pages=(), entries=())
WORDS = "The register names nobody here"


def one_page(rotation: int = 0, unit: float = 1.0) -> tuple[pymupdf.Document, pymupdf.Page]:
    """A page that shows a smaller part of a larger sheet."""
    document = pymupdf.open()
    page = document.new_page(width=700, height=900)
    page.set_cropbox(pymupdf.Rect(50, 40, 650, 860))
    page.set_rotation(rotation)
    if unit != 1.0:
        document.xref_set_key(page.xref, "UserUnit", str(unit))
    return document, page


def shown_words(content: bytes, wanted: str) -> Place:
    """Where a word is seen, as the second reader has it."""
    page = pymupdf.open(stream=content, filetype="pdf")[0]
    word = next(word for word in page.get_text("words") if word[4] == wanted)
    width, height = page.rect.width, page.rect.height
    turned = {0: (1, 0, 0, 1, 0, 0), 90: (0, 1, -1, 0, width, 0), 180: (-1, 0, 0, -1, width, height)}
    box = pymupdf.Rect(word[:4]) * pymupdf.Matrix(*turned.get(page.rotation, (0, -1, 1, 0, 0, height)))
    return (box.x0 - 2, box.y0 - 2, box.x1 + 2, box.y1 + 2)


def mark_on(content: bytes, place: Place, label: str = "") -> tuple[BundleFacts, MarkFacts]:
    expected = replace(NOTHING, redactions=(ExpectedRedaction(page_index=0, place=place, label=label, basis="order"),))
    facts = read_back(content, expected)
    return facts, facts.pages[0].marks[0]


@pytest.mark.parametrize(("rotation", "unit"), [(0, 1.0), (90, 1.0), (180, 1.0), (270, 1.0), (0, 2.0), (90, 2.0)])
def test_letters_under_a_mark_are_found_by_both_readers(rotation: int, unit: float) -> None:
    document, page = one_page(rotation, unit)
    page.insert_text((120, 200), WORDS, fontsize=14)
    content = document.tobytes()
    _, mark = mark_on(content, shown_words(content, "names"))
    assert mark.letters == (5, 5)
    assert not mark.is_uniform
    _, beside = mark_on(content, (10.0, 10.0, 80.0, 40.0))
    assert beside.letters == (0, 0) and beside.is_uniform and beside.drawings == 0


def test_lines_and_invisible_words_under_a_mark_are_found() -> None:
    document, page = one_page()
    page.insert_text((120, 200), "hidden", fontsize=14, render_mode=3)
    page.draw_line((100, 300), (200, 300))
    content = document.tobytes()
    _, mark = mark_on(content, shown_words(content, "hidden"))
    assert mark.letters == (6, 6) and mark.hidden_letters == 6 and mark.is_uniform
    _, line = mark_on(content, (60.0, 290.0, 180.0, 310.0))
    assert line.drawings == 1 and not line.is_uniform


def test_a_burnt_mark_passes_every_rule_and_its_label_may_stand_in_it() -> None:
    """A page that became a picture, with a black box and a label in white."""
    shown, page = one_page()
    page.insert_text((120, 200), WORDS, fontsize=14)
    page.draw_rect(pymupdf.Rect(150, 180, 260, 210), color=None, fill=(0, 0, 0))
    page.insert_text((170, 200), "IN-A1", fontsize=12, color=(1, 1, 1))
    picture = page.get_pixmap(dpi=200)
    burnt = pymupdf.open()
    burnt.new_page(width=600, height=820).insert_image(pymupdf.Rect(0, 0, 600, 820), pixmap=picture)
    place = (150.0, 180.0, 260.0, 210.0)
    expected = replace(
        NOTHING, redactions=(ExpectedRedaction(page_index=0, place=place, label="IN-A1", basis="order of 3 March"),)
    )
    checks = {check.id: check for check in judge(read_back(burnt.tobytes(), expected), expected)}
    assert [rule for rule in ("R02", "R03", "R04", "R08", "R09", "R11") if not checks[rule].ok] == []
    # Words that were never blacked out are not taken for a label.
    unburnt = pymupdf.open()
    unburnt.new_page(width=600, height=820).insert_text((150, 200), WORDS, fontsize=14)
    assert not {c.id: c for c in judge(read_back(unburnt.tobytes(), expected), expected)}["R03"].ok
    # Moved a little, the mark no longer lies where it was said to be.
    wrong = replace(
        expected, redactions=(replace(expected.redactions[0], place=(90.0, 180.0, 200.0, 210.0), label=""),)
    )
    assert not {c.id: c for c in judge(read_back(burnt.tobytes(), wrong), wrong)}["R03"].ok
    shown.close()


def test_words_behind_a_black_place_of_a_scan_are_found() -> None:
    """The picture was blacked, the words that OCR once read were left."""
    document = pymupdf.open()
    page = document.new_page()
    page.insert_text((72, 100), f"{WORDS} and this line has enough letters to be read", fontsize=12)
    page.draw_rect(pymupdf.Rect(70, 86, 180, 104), color=None, fill=(0, 0, 0))
    picture = page.get_pixmap(dpi=150)
    scan = pymupdf.open()
    page = scan.new_page()
    page.insert_text((72, 100), f"{WORDS} and this line has enough letters to be read", fontsize=12, render_mode=3)
    page.insert_image(page.rect, pixmap=picture)
    facts = read_back(scan.tobytes())
    assert (facts.scans, facts.scans_examined) == (1, 1)
    (left, top, right, bottom), *more = facts.pages[0].covered
    assert not more and 68 < left < 80 and right < 184 and 84 < top < bottom < 106
    assert facts.pages[0].has_hidden_text and facts.pages[0].picture_share > 0.9


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_page_tells_which_way_it_reads(rotation: int) -> None:
    document = pymupdf.open()
    page = document.new_page()
    for line in range(10):
        page.insert_text((72, 100 + 20 * line), WORDS)
    page.set_rotation(rotation)
    facts = read_back(document.tobytes()).pages[0]
    assert facts.turn == (rotation if rotation in (0, 180) else facts.turn)
    assert (facts.turn in (90, 270)) == (rotation in (90, 270)) and facts.turn_share > 0.9
    assert (facts.width_pt > facts.height_pt) == (rotation in (90, 270))


def test_a_large_file_is_read_in_two_halves_as_one() -> None:
    """Random pictures do not shrink, so the file is large."""
    noise = random.Random(1)
    document = pymupdf.open()
    for number in range(1, 6):
        page = document.new_page()
        page.insert_text((500, 820), str(number))
        samples = noise.randbytes(600 * 600 * 3)
        page.insert_image((50, 50, 350, 350), pixmap=pymupdf.Pixmap(pymupdf.csRGB, 600, 600, samples, False))
    content = document.tobytes()
    assert len(content) > 3_000_000
    facts = read_back(content, reading=Reading(texts=True, pictures=True))
    assert [page.text for page in facts.pages] == ["1", "2", "3", "4", "5"]
    assert facts.page_count == 5 and facts.objects.page_counts == (5, 5)
    assert {page.max_dpi for page in facts.pages} == {144}
    assert len({page.picture_digest for page in facts.pages}) == 5
    assert {page.text_digest for page in facts.pages} == {""}


def test_a_picture_is_compared_with_its_source_and_another_size_is_said() -> None:
    document = pymupdf.open()
    for _ in range(2):
        document.new_page(width=595, height=842).insert_text((72, 72), WORDS)
    source = document.tobytes()
    with pikepdf.open(io.BytesIO(source)) as pdf:
        pdf.pages[1].obj.MediaBox = pikepdf.Array([0, 0, 700, 900])
        buffer = io.BytesIO()
        pdf.save(buffer)
    rows = tuple(
        MapRow(physical_index=n, label=str(n + 1), kind=PageKind.DOCUMENT, sha256="a", source_page_index=n)
        for n in range(2)
    )
    sources = Sources(read=lambda _: source, page_map=PageMap(rows=rows))
    pictures = read_back(buffer.getvalue(), NOTHING, Reading(sources=sources)).pictures
    assert pictures is not None
    assert (pictures.compared, pictures.pages, pictures.wrong, pictures.other_size) == (1, 2, (), (1,))


def test_of_many_pages_those_are_drawn_that_were_touched_and_the_same_others_every_time() -> None:
    pages = range(1000)
    chosen = sampled(pages, frozenset({7, 500}), 50)
    assert len(chosen) == 50 and {7, 500} <= set(chosen) and chosen == sampled(pages, frozenset({7, 500}), 50)
    assert sampled(range(10), frozenset(), 50) == list(range(10))


def numbered(pages: int, *, without_number: int = -1) -> bytes:
    """Pages with their numbers in the corner; every seventh is a scan with its words under the picture."""
    document, chance = pymupdf.open(), random.Random(7)
    grey = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.IRect(0, 0, 60, 80))
    grey.clear_with(200)
    for number in range(pages):
        page = document.new_page()
        for line in range(12):
            words = " ".join(chance.choices(["school", "river", "policy", "letter"], k=6))
            page.insert_text((60, 100 + 20 * line), words, render_mode=3 if number % 7 == 0 else 0)
        if number % 7 == 0:
            page.insert_image(page.rect, pixmap=grey)
        if number != without_number:
            page.insert_text((540, 820), str(number + 1))
    document.set_page_labels([{"startpage": 0, "prefix": "", "style": "D", "firstpagenum": 1}])
    content: bytes = document.tobytes()
    return content


@pytest.mark.parametrize("without_number", [-1, 50])
def test_pages_read_at_the_first_look_tell_what_a_second_reading_tells(without_number: int) -> None:
    content = numbered(90, without_number=without_number)
    mark = ExpectedRedaction(page_index=45, place=(50.0, 80.0, 300.0, 110.0), label="", basis="order")
    expected = replace(NOTHING, redactions=(mark,))
    reading = Reading(texts=True, pictures=True)
    with BackReader() as reader:
        reader.open(content)
        glances = reader.glance(Ticket(), reading)
        at_once = reader.read(expected, reading, Ticket())
        reader.open(content)
        assert reader.glance(Ticket()) == glances
        assert reader.read(expected, reading, Ticket()) == at_once
    assert [glance.shows(str(n + 1)) for n, glance in enumerate(glances)].count(False) == (without_number >= 0)
    assert at_once.pages[45].marks[0].letters[0] > 10
    assert at_once.scans == 13 and at_once.scans_examined == 13
