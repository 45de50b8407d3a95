"""Events lie where their dates say, never on top of each other, and move in the unit they are known to."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.domain.dates import parse_edtf
from workbench.domain.errors import Refused
from workbench.domain.timeline import packed, shifted, stretch_of, ticks


def stretch(on: str):
    parsed = parse_edtf(on)
    return stretch_of(on, parsed.earliest, parsed.latest)


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def test_a_date_is_as_long_as_it_is_unknown():
    assert stretch("2014-03-12").is_one_day
    year = stretch("2014")
    assert (year.first, year.last, year.is_uncertain) == (day("2014-01-01"), day("2014-12-31"), False)
    assert stretch("2014?").is_uncertain and stretch("199X").is_uncertain
    assert (stretch("199X").first, stretch("199X").last) == (day("1990-01-01"), day("1999-12-31"))


def test_open_ends_are_open():
    before, after = stretch("../2010"), stretch("2010/..")
    assert before.opens_before and not before.opens_after and before.last == day("2010-12-31")
    assert after.opens_after and not after.opens_before and after.first == day("2010-01-01")


@given(st.lists(st.tuples(st.floats(0, 1000), st.floats(0, 200)), max_size=60))
def test_no_two_in_a_row_touch(sizes):
    extents = [(left, left + width) for left, width in sizes]
    rows = packed(extents)
    for row in set(rows):
        members = sorted(extents[at] for at in range(len(rows)) if rows[at] == row)
        assert all(one[1] < other[0] for one, other in pairwise(members))


@pytest.mark.parametrize("px_per_day", [0.01, 0.2, 2.5, 10, 100])
def test_marks_of_the_scale_have_room(px_per_day):
    first, last = day("1990-05-05"), day("1990-05-05") + round(1500 / px_per_day)
    marks = ticks(first, last, px_per_day)
    gaps = [(two.day - one.day) * px_per_day for one, two in pairwise(marks)]
    assert marks and min(gaps, default=64) >= 60
    assert all(tick.text for tick in marks)


def test_decades_months_and_days_are_named():
    assert "1990" in {tick.text for tick in ticks(day("1950-01-01"), day("2020-01-01"), 0.03)}
    assert "Mar" in {tick.text for tick in ticks(day("2014-01-01"), day("2014-12-31"), 4)}
    assert "12" in {tick.text for tick in ticks(day("2014-03-01"), day("2014-03-31"), 100)}


@pytest.mark.parametrize(
    ("on", "days", "moved"),
    [
        ("2014-03-12", 20, "2014-04-01"),
        ("2014-03", 31, "2014-04"),
        ("2014-12", 31, "2015-01"),
        ("2014", 366, "2015"),
        ("2014?", -365, "2013?"),
        ("2014-03-12/2014-03-20", 2, "2014-03-14/2014-03-22"),
        ("../2010", 730, "../2012"),
        ("2014", 20, "2014"),
    ],
)
def test_a_date_moves_in_its_own_unit(on, days, moved):
    assert shifted(on, days) == moved


@pytest.mark.parametrize("on", ["199X", "9999-12-31"])
def test_what_cannot_be_moved_says_so(on):
    with pytest.raises(Refused, match="Type another date"):
        shifted(on, 40)
