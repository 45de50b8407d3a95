"""Dates as people write them are read day first, never finer than written, and asked where they can mean two."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.domain.date_phrases import Known, day_first_example
from workbench.domain.dates import in_words, parse_edtf
from workbench.domain.written_dates import read_written_date

READ = {
    "12 March 2014": "2014-03-12",
    "12th of March, 2014": "2014-03-12",
    "Wednesday 12 March 2014": "2014-03-12",
    "March 12, 2014": "2014-03-12",
    "Sept. 2014": "2014-09",
    "12-Mar-2014": "2014-03-12",
    "25/12/2014": "2014-12-25",
    "04.04.2014": "2014-04-04",
    "2014/03/12": "2014-03-12",
    "03/2014": "2014-03",
    "2014-03-12T10:00:00": "2014-03-12",
    "12 March 2014 at 10.30am": "2014-03-12",
    "c. 1978": "1978~",
    "about 1978?": "1978%",
    "on or about 12 March 2014": "2014-03-12~",
    "12 March 2014 (approx)": "2014-03-12~",
    "Possibly 2014": "2014?",
    "between 1975 and 1979": "1975/1979",
    "1975-1979": "1975/1979",
    "1978 or 1979": "1978/1979",
    "1 or 2 June 1978": "1978-06-01/1978-06-02",
    "12–14 March 2014": "2014-03-12/2014-03-14",
    "12 March - 3 April 2014": "2014-03-12/2014-04-03",
    "March–May 2014": "2014-03/2014-05",
    "from 1 May to 3 June 2014": "2014-05-01/2014-06-03",
    "before 9 October 2014": "../2014-10-08",
    "by 2014": "../2014",
    "after 2014": "2015-01-01/..",
    "from 2014 onwards": "2014/..",
    "early 2014": "2014",
    "mid-2014": "2014",
    "late 1970s": "197X",
    "19th century": "18XX",
    "summer 1990": "1990",
    "w/c 10 March 2014": "2014-03-10/2014-03-16",
    "12 Mawrth 2014": "2014-03-12",
    "rhwng 1975 a 1979": "1975/1979",
    "tua 1978": "1978~",
    "2010/2012": "2010/2012",
}
ASKED = {
    "03/04/2014": ("2014-04-03", "2014-03-04"),
    "12/25/2014": ("2014-12-25",),
    "3.4.14": ("2014-04-03", "1914-04-03"),
    "12 Mar 98": ("1998-03-12", "2098-03-12"),
    "Monday 12 March 2014": ("2014-03-12",),
    "2014/15": ("2014-04/2015-03", "2014-09/2015-08", "2014/2015"),
    "2011-12": ("2011-12", "2011-04/2012-03", "2011-09/2012-08", "2011/2012"),
    "winter 1990": ("1990-12/1991-02", "1989-12/1990-02", "1990-01/1990-02"),
    "12 December - 3 January 2015": ("2014-12-12/2015-01-03",),
    "1900s": ("190X", "19XX"),
    "Q1 2014": ("2014-01/2014-03", "2014-04/2014-06"),
    "9 Oct 2014; 10 Oct 2014": ("2014-10-09",),
    "41710": ("2014-03-12",),
    "before the meeting of 9 October 2014": ("../2014-10-09",),
    "after the call on 9 October 2014": ("2014-10-09/..",),
    "31 June 2014": (),
    "12 March": (),
    "n.d.": (),
    "": (),
    "last Tuesday": (),
    "Michaelmas term 1978": (),
    "12 March 20145": (),
}


@pytest.mark.parametrize(("words", "on"), READ.items())
def test_what_can_mean_one_thing_is_read(words: str, on: str) -> None:
    reading = read_written_date(words)
    assert (reading.on, reading.reason) == (on, "")
    assert parse_edtf(on)


@pytest.mark.parametrize(("words", "proposals"), ASKED.items())
def test_what_can_mean_two_things_or_none_is_asked(words: str, proposals: tuple[str, ...]) -> None:
    reading = read_written_date(words)
    assert reading.on == "" and reading.reason.endswith(".")
    assert reading.proposals == proposals


@given(st.dates(date(1800, 1, 1), date(2099, 12, 31)), st.sampled_from(["", "?", "~"]), st.integers(4, 10))
def test_our_own_words_are_read_back(day: date, sign: str, length: int) -> None:
    on = day.isoformat()[: 4 if length < 6 else 7 if length < 9 else 10] + sign
    assert read_written_date(in_words(on)).on == on
    for form in (on, f"{on}/..", f"../{on}", f"{on[:4]}-01-01/{on.rstrip('?')}"):
        for language in ("en", "cy"):
            assert read_written_date(in_words(form, language)).on == form


@given(st.text(max_size=40))
def test_any_text_has_an_answer_and_every_answer_is_a_date(text: str) -> None:
    for reading in (read_written_date(text), read_written_date(text, Known(is_day_first=True, year="2014"))):
        assert bool(reading.on) != bool(reading.reason)
        for on in filter(None, (reading.on, *reading.proposals)):
            parse_edtf(on)


def test_a_column_shows_which_way_round_it_is_written() -> None:
    assert day_first_example(["3/4/2014", "25/12/2014"]) == "25/12/2014"
    assert day_first_example(["3/4/2014", "25/12/2014", "12/25/2014"]) == ""
    assert day_first_example(["3/4/2014", "INQ000001/2"]) == ""
    assert read_written_date("3/4/2014", Known(is_day_first=True)).on == "2014-04-03"
    assert read_written_date("12 March", Known(year="2014")).proposals == ("2014-03-12",)
