"""A quote is found where it stands, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.domain.anchoring import anchor_at, boxes_between, find_quote
from workbench.domain.errors import Refused
from workbench.domain.geometry import Box, Word

PAGE = (
    "The regulator’s guidance was pub-\nlished in March 2011.\n"
    "Reports were answered within 24 hours.\n\n"
    "In 2014 reports were answered within nine days. Heddlu Dŵr Llŷn agreed."
)


@pytest.mark.parametrize(
    ("quote", "stands_as"),
    [
        ("within nine days", "within nine days"),
        ("regulator's guidance", "regulator’s guidance"),
        ("guidance was published in March", "guidance was pub-\nlished in March"),
        ("March 2011. Reports were", "March 2011.\nReports were"),
        ("Du\u0302r".replace("u", "w"), "Dŵr"),
        ("nine  days", "nine days"),
        ("  24 hours ", "24 hours"),
    ],
)
def test_words_are_found_however_they_are_typed(quote: str, stands_as: str) -> None:
    anchor = find_quote(PAGE, quote)
    assert PAGE[anchor.start : anchor.end] == anchor.quote == stands_as


def test_surroundings_tell_two_places_apart() -> None:
    with pytest.raises(Refused, match="2 times"):
        find_quote(PAGE, "answered within")
    assert (
        find_quote(PAGE, "answered within", suffix=" nine").start
        > find_quote(PAGE, "answered within", suffix=" 24").start
    )
    assert find_quote(PAGE, "answered within", prefix="In 2014 reports were ").start > PAGE.index("2014")


@pytest.mark.parametrize(
    ("quote", "prefix", "sentence"),
    [
        ("never written", "", "is not on"),
        ("", "", "empty"),
        ("nine days", "ten or ", "not between"),
        ("agree d", "", "is not on"),
        ("nin e days", "", "is not on"),
    ],
)
def test_words_that_are_not_there_are_refused(quote: str, prefix: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        find_quote(PAGE, quote, prefix=prefix)


@given(st.text(min_size=1), st.integers(0, 200), st.integers(1, 50))
def test_an_anchor_leads_back_to_its_own_words(text: str, start: int, length: int) -> None:
    if not text[start : start + length].strip():
        with pytest.raises(Refused):
            anchor_at(text, start, min(start + length, len(text)))
        return
    anchor = anchor_at(text, start, min(start + length, len(text)))
    again = find_quote(text, anchor.quote, prefix=anchor.prefix, suffix=anchor.suffix)
    assert (again.start, again.end) == (anchor.start, anchor.end)


def test_boxes_follow_the_lines() -> None:
    words = [Word(0, 3, Box(10, 10, 30, 20)), Word(4, 8, Box(32, 10, 60, 20)), Word(9, 12, Box(10, 24, 40, 34))]
    assert boxes_between(words, 4, 10) == (Box(32, 10, 60, 20), Box(10, 24, 40, 34))
    assert boxes_between(words, 0, 8) == (Box(10, 10, 60, 20),)
