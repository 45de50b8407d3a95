"""Days between uncertain dates are a stretch with honest ends, in words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.domain.errors import Refused
from workbench.domain.intervals import (
    DayBounds,
    Interval,
    bounds_of_date,
    day_in_words,
    days_between,
    doubts_of,
    interval_in_words,
)


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ("2014-03-12", "2014-03-12", "the same day"),
        ("2014-03-12", "2014-03-13", "1 day"),
        ("2014-03-13", "2014-03-12", "1 day before"),
        ("2012-02-28", "2012-03-01", "2 days"),
        ("2014-03-01", "2015-03-26/2015-05-30", "390 to 455 days"),
        ("2015-03-26/2015-05-30", "2014-03-01", "390 to 455 days before"),
        ("../2014-03-01", "2015-03-26", "at least 390 days"),
        ("2014-03-01", "2015-03-26/..", "at least 390 days"),
        ("2014-03-01/..", "2015-05-30", "at most 455 days after, and any number before"),
        ("../2014", "2010/..", "1,825 days before to any number of days after"),
        ("../2014", "../2015", "any number of days: both dates are open"),
        ("2014", "2014", "364 days before to 364 days after"),
        ("2014-03", "2014-03-01", "30 days before to the same day"),
        ("2014-03-01", "2014-03", "the same day to 30 days"),
        ("2014-03-01", "2014-03-01/..", "the same day or any number of days later"),
        ("1978?", "1979-01-01", "1 to 365 days"),
    ],
)
def test_the_days_between_two_dates(one: str, other: str, words: str) -> None:
    assert interval_in_words(days_between(bounds_of_date(one), bounds_of_date(other))) == words


days = st.dates(date(1900, 1, 1), date(2100, 1, 1))


@given(days, st.integers(0, 40), days, st.integers(0, 40))
def test_every_pair_of_possible_days_lies_within(one: date, one_more: int, other: date, other_more: int) -> None:
    interval = days_between(
        DayBounds(one.toordinal(), one.toordinal() + one_more),
        DayBounds(other.toordinal(), other.toordinal() + other_more),
    )
    counted = [(other + timedelta(j) - one - timedelta(i)).days for i in (0, one_more) for j in (0, other_more)]
    assert (interval.least, interval.most) == (min(counted), max(counted))
    assert interval.is_exact == (one_more == other_more == 0)
    turned = days_between(
        DayBounds(other.toordinal(), other.toordinal() + other_more),
        DayBounds(one.toordinal(), one.toordinal() + one_more),
    )
    assert turned == Interval(-(interval.most or 0), -(interval.least or 0))


def test_a_known_order_rules_out_the_other_way_round() -> None:
    year = bounds_of_date("2014")
    assert interval_in_words(days_between(year, year, is_before=True)) == "the same day to 364 days"
    assert interval_in_words(days_between(year, year, is_after=True)) == "364 days before to the same day"
    open_end = DayBounds()
    assert interval_in_words(days_between(open_end, year, is_before=True)) == "the same day or any number of days later"
    assert days_between(year, open_end, is_after=True) == Interval(None, 0)


def test_what_a_date_says_against_itself_is_told() -> None:
    assert [doubts_of(on) for on in ("2014", "2014?", "2014~", "2014%", "201X", "2014?/2016~")] == [
        "",
        "uncertain",
        "approximate",
        "uncertain and approximate",
        "not known to the last digit",
        "uncertain and approximate",
    ]
    assert day_in_words(date(2014, 3, 12).toordinal(), "cy") == "12 Mawrth 2014"


def test_a_date_that_cannot_be_is_refused_in_one_sentence() -> None:
    with pytest.raises(Refused, match="no day of any calendar"):
        bounds_of_date("2014-02-30")
