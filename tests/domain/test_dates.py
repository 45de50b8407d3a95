"""Dates are read day first, never invented, and sorted by what they can mean."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.domain.dates import in_words, parse_edtf, propose_date
from workbench.domain.errors import Refused


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "words"),
    [
        ("1978", "1978-01-01", "1978-12-31", "1978"),
        ("1978-03", "1978-03-01", "1978-03-31", "March 1978"),
        ("1978-03-12", "1978-03-12", "1978-03-12", "12 March 1978"),
        ("2004-02", "2004-02-01", "2004-02-29", "February 2004"),
        ("197X", "1970-01-01", "1979-12-31", "the 1970s"),
        ("2004-XX", "2004-01-01", "2004-12-31", "2004"),
        ("2004-05?", "2004-05-01", "2004-05-31", "May 2004 (uncertain)"),
        ("1978~", "1978-01-01", "1978-12-31", "about 1978"),
        ("2010/2012-06", "2010-01-01", "2012-06-30", "between 2010 and June 2012"),
        ("../2012", "", "2012-12-31", "2012 or earlier"),
        ("2010/..", "2010-01-01", "", "2010 or later"),
        ("2010/", "2010-01-01", "", "2010 or later"),
    ],
)
def test_a_date_has_bounds_and_words(text: str, earliest: str, latest: str, words: str) -> None:
    parsed = parse_edtf(text)
    assert (parsed.text, parsed.earliest, parsed.latest) == (text, earliest, latest)
    assert in_words(text) == words


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("12/03/1978", "1978-03-12 .day first"),
        ("1978-02-30", "no day of any calendar"),
        ("1978-13", "no day of any calendar"),
        ("2012/2010", "ends before it begins"),
        ("last year", "cannot be read"),
        ("late 1970s", "cannot be read"),
        ("2004-21", "no day of any calendar"),
        ("", "cannot be read"),
        ("../..", "cannot be read"),
        ("1X78", "cannot be read"),
    ],
)
def test_what_is_no_date_is_refused_with_a_way_on(text: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        parse_edtf(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12/03/1978", "1978-03-12"),
        ("signed 3.2.2014 by", "2014-02-03"),
        ("12th March 1978", "1978-03-12"),
        ("12 Mawrth 1978", "1978-03-12"),
        ("March 1978", "1978-03"),
        ("Mon, 3 Feb 2014 10:00:00 +0000", "2014-02-03"),
        ("D:20040512101010Z", "2004-05-12"),
        ("2014-02-03T10:00:00Z", "2014-02-03"),
        ("03/13/1978", None),
        ("12/03/78", None),
        ("31 February 1978", None),
        ("no date here", None),
    ],
)
def test_days_are_proposed_day_first_or_not_at_all(text: str, day: str | None) -> None:
    assert propose_date(text) == day


def test_welsh_months_and_words() -> None:
    assert in_words("1978-03-12", "cy") == "12 Mawrth 1978"
    assert in_words("2010/2012", "cy") == "rhwng 2010 a 2012"


@given(st.dates(min_value=date(1, 1, 1)), st.integers(0, 20000))
def test_every_day_and_interval_reads_back(first: date, days: int) -> None:
    last = min(first + timedelta(days=days), date.max) if first.year < 9900 else first
    parsed = parse_edtf(f"{first}/{last}")
    assert (parsed.earliest, parsed.latest) == (first.isoformat(), last.isoformat())
    assert propose_date(f"{first:%d/%m/}{first.year:04}") == first.isoformat()
    month = parse_edtf(first.isoformat()[:7])
    assert month.earliest <= first.isoformat() <= month.latest
