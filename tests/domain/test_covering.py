"""A mark takes its own words whole and leaves those of the lines around it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.domain.covering import Mark, PageWord, cover, words_in
from workbench.domain.geometry import Box, Word

HEIGHT = 15.0


def lines(leading: float, *texts: str) -> list[PageWord]:
    """Words of 40 points in lines whose boxes are 15 points high."""
    return [
        PageWord(word, Box(45.0 * column, row * leading, 45.0 * column + 40, row * leading + HEIGHT))
        for row, text in enumerate(texts)
        for column, word in enumerate(text.split())
    ]


def gone(words: list[PageWord], *marks: Mark) -> set[str]:
    return {words[number].text for number in cover(words, marks).gone}


@pytest.mark.parametrize("leading", [10, 12, 15, 20])
def test_lines_that_reach_into_one_another_keep_their_words(leading):
    words = lines(leading, "a b c", "d e f", "g h i")
    assert gone(words, Mark((words[4].box,))) == {"e"}


def test_a_word_partly_under_an_area_goes_whole_and_is_covered_whole():
    words = lines(20, "a b c", "d e f")
    covering = cover(words, [Mark((Box(60, 3, 70, 9),), is_area=True)])
    assert {words[number].text for number in covering.gone} == {"b"}
    box = words[1].box
    assert any(d.x0 <= box.x0 and d.x1 >= box.x1 and d.y1 >= box.y1 for d in covering.drawn[0])


def test_an_area_that_only_touches_a_line_leaves_it():
    words = lines(20, "a b c")
    assert gone(words, Mark((Box(0, 14, 130, 30),), is_area=True)) == set()


def test_the_black_box_grows_into_free_space_but_not_over_neighbours():
    words = lines(16, "a b c", "d e f", "g h i")
    (drawn,) = cover(words, [Mark((words[4].box,))]).drawn[0]
    assert drawn.x0 < 45 and drawn.x1 > 85
    assert drawn.x0 > 40 and drawn.x1 < 90
    assert 15 <= drawn.y0 < 16 and 31 < drawn.y1 <= 32


def test_where_the_line_above_reaches_in_a_little_is_given_back_but_not_over_an_accent():
    words = lines(12, "a b c", "d e f")
    (plain,) = cover(words, [Mark((words[4].box,))]).drawn[0]
    assert 12 < plain.y0 <= 12 + 0.12 * HEIGHT
    accented = [*words[:4], PageWord("Ŵyn", words[4].box), words[5]]
    (high,) = cover(accented, [Mark((words[4].box,))]).drawn[0]
    assert high.y0 == 12
    assert plain.y1 >= 27 and high.y1 >= 27


def test_words_that_run_up_the_page_are_told_by_their_line():
    text = "one of many\nacross"
    placed = [Word(0, 3, Box(10, 80, 22, 100)), Word(4, 6, Box(10, 66, 22, 77)), Word(7, 11, Box(10, 30, 22, 62))]
    words = words_in(text, [*placed, Word(12, 18, Box(10, 200, 60, 212))])
    assert [(word.text, word.runs_upright) for word in words] == [
        ("one", True),
        ("of", True),
        ("many", True),
        ("across", False),
    ]


@given(
    st.lists(
        st.tuples(st.floats(0, 500), st.floats(0, 700), st.floats(1, 80), st.floats(4, 30)), min_size=1, max_size=25
    ),
    st.lists(st.booleans(), min_size=25, max_size=25),
)
def test_no_word_that_stays_has_its_middle_under_a_black_box(places, chosen):
    words = [PageWord(f"w{n}", Box(x, y, x + w, y + h)) for n, (x, y, w, h) in enumerate(places)]
    marks = [Mark((word.box,), is_area=n % 2 == 0) for n, word in enumerate(words) if chosen[n]]
    covering = cover(words, marks)
    drawn = [box for boxes in covering.drawn for box in boxes]
    for number, word in enumerate(words):
        x, y = (word.box.x0 + word.box.x1) / 2, (word.box.y0 + word.box.y1) / 2
        is_under = any(box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1 for box in drawn)
        assert is_under == (number in covering.gone)
