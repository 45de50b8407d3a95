"""Pages are numbered in every scheme, and a number once given stays."""

from __future__ import annotations

import pytest
from hypothesis import given as examples
from hypothesis import strategies as st

from workbench.domain.errors import Refused
from workbench.domain.numbering import (
    Numbered,
    Numbering,
    Scheme,
    from_roman,
    kept_labels,
    roman,
    section_letter,
    section_letters,
)


def _pages(text: str) -> list[Numbered]:
    """``"- - A A B"``: a page of its own key per word, in that section; "-" is a front page."""
    return [Numbered(f"{section}{at}", "" if section == "-" else section) for at, section in enumerate(text.split())]


@pytest.mark.parametrize(
    ("rule", "labels"),
    [
        (Numbering(), "1 2 3 4 5"),
        (Numbering(start=10), "10 11 12 13 14"),
        (Numbering(prefix="HB-"), "HB-1 HB-2 HB-3 HB-4 HB-5"),
        (Numbering(counts_front_pages=False), "i ii 1 2 3"),
        (Numbering(scheme=Scheme.LETTERS, counts_front_pages=False), "i ii A1 A2 B1"),
    ],
)
def test_every_scheme(rule: Numbering, labels: str) -> None:
    pages = _pages("- - First First Second")
    letters = section_letters(["First", "Second"], {}, {})
    assert kept_labels(pages, rule, letters, {}) == labels.split()


def test_no_section_is_called_i_or_o() -> None:
    letters = [section_letter(n) for n in range(60)]
    assert letters[:9] == list("ABCDEFGHJ")
    assert letters[22:26] == ["Y", "Z", "AA", "AB"]
    assert not set("".join(letters)) & set("IO")
    assert len(set(letters)) == 60


def test_letters_asked_for_and_given_before_are_kept() -> None:
    assert section_letters(["x", "y", "z"], {"y": "M"}, {"x": "B"}) == {"x": "B", "y": "M", "z": "A"}
    with pytest.raises(Refused, match="same letter"):
        section_letters(["x", "y"], {"x": "A", "y": "A"}, {})


@pytest.mark.parametrize(
    ("order", "labels"),
    [
        ("a b NEW c", "1 2 2.1 3"),
        ("a NEW NEXT b c", "1 1.1 1.2 2 3"),
        ("NEW a b c", "0.1 1 2 3"),
        ("a b c NEW", "1 2 3 4"),
        ("a c", "1 3"),
        ("a b NEW", "1 2 4"),
    ],
)
def test_late_pages_go_between_or_behind(order: str, labels: str) -> None:
    pages = [Numbered(key, "S") for key in order.split()]
    assert kept_labels(pages, Numbering(), {}, {"a": "1", "b": "2", "c": "3"}) == labels.split()


def test_decimals_go_on_where_they_can_and_deepen_where_they_must() -> None:
    given = {"a": "143", "b": "143.1", "c": "143.2", "d": "144"}
    first = kept_labels([Numbered(key, "S") for key in "abXcYd"], Numbering(), {}, given)
    assert first == ["143", "143.1", "143.1.1", "143.2", "143.3", "144"]


def test_a_section_grows_at_its_end_and_roman_fronts_grow() -> None:
    rule = Numbering(scheme=Scheme.LETTERS, counts_front_pages=False)
    given = {"cover": "i", "index": "ii", "a": "A1", "b": "A2", "c": "B1"}
    pages = [
        Numbered("cover", ""), Numbered("index", ""), Numbered("index2", ""),
        Numbered("a", "One"), Numbered("b", "One"), Numbered("late", "One"), Numbered("c", "Two"),
    ]  # fmt: skip
    assert kept_labels(pages, rule, {"One": "A", "Two": "B"}, given) == ["i", "ii", "iii", "A1", "A2", "A3", "B1"]


@examples(
    keys=st.lists(st.integers(0, 30), unique=True, min_size=1, max_size=20),
    late=st.lists(st.tuples(st.integers(0, 20), st.integers(100, 140)), max_size=12, unique_by=lambda pair: pair[1]),
)
def test_whatever_comes_late_no_number_changes_and_none_is_given_twice(
    keys: list[int], late: list[tuple[int, int]]
) -> None:
    pages = [Numbered(str(key), "S") for key in keys]
    given = dict(zip((page.key for page in pages), kept_labels(pages, Numbering(), {}, {}), strict=True))
    for round_number, (place, key) in enumerate(late):
        pages.insert(min(place, len(pages)), Numbered(str(key), "S"))
        labels = kept_labels(pages, Numbering(), {}, given)
        assert len(set(labels)) == len(labels)
        assert all(labels[at] == given[page.key] for at, page in enumerate(pages) if page.key in given)
        if round_number % 2:
            given = dict(zip((page.key for page in pages), labels, strict=True))


def test_roman_numbers_read_back() -> None:
    assert [roman(n) for n in (1, 4, 9, 14, 40, 1999)] == ["i", "iv", "ix", "xiv", "xl", "mcmxcix"]
    assert all(from_roman(roman(n)) == n for n in range(1, 500))
    assert from_roman("iiii") == from_roman("12") == from_roman("") == 0
