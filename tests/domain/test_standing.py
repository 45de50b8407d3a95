"""Which version of a standard stood on a day is known certainly, possibly or not at all; broken chains are told."""

from __future__ import annotations

from typing import Any

import pytest

from workbench.domain.analysis import Standard
from workbench.domain.errors import Refused
from workbench.domain.ids import StandardId
from workbench.domain.standing import (
    Reach,
    StandardsInForce,
    Standing,
    refuse_circle,
    refuse_impossible_days,
    span_of,
)


def a_standard(name: str, from_on: str = "", until_on: str = "", **more: Any) -> Standard:
    return Standard(id=StandardId(f"std_{name}"), title=f"Rule {name}", from_on=from_on, until_on=until_on, **more)


def standing(standard: Standard, day: str, *others: Standard) -> str:
    return StandardsInForce([standard, *others]).standing(standard.id, span_of(day)).value


@pytest.mark.parametrize(
    ("from_on", "until_on", "day", "expected"),
    [
        ("2011-03-14", "", "2011-03-13", "not"),
        ("2011-03-14", "", "2011-03-14", "certainly"),
        ("2011-03-14", "", "2011-03", "possibly"),  # a day somewhere in March
        ("2011-03-14", "", "2024", "certainly"),  # nothing replaced it
        ("2011-03", "", "2011-03-31", "certainly"),
        ("2011-03", "", "2011-03-10", "possibly"),  # began on some day of March
        ("2011-03", "", "2011-02-28", "not"),
        ("2011-03-14", "2014-03-31", "2014-03-31", "certainly"),  # the last day counts
        ("2011-03-14", "2014-03-31", "2014-04-01", "not"),
        ("2011-03-14", "2014", "2014-06", "possibly"),
        ("2011-03-14", "2014", "2015-01-01", "not"),
        ("2010/2012", "", "2012-12-31", "certainly"),
        ("2010/2012", "", "2011", "possibly"),
        ("../2012", "", "2000", "possibly"),  # began in 2012 at the latest
        ("../2012", "", "2013", "certainly"),
        ("", "", "2013", "possibly"),  # no beginning recorded: nothing is certain
        ("", "2014-03-31", "2014-04-01", "not"),
        ("201X", "", "2015", "possibly"),
        ("201X", "", "2019-12-31", "certainly"),
        # A doubted or approximate date may be off by its unit, either way.
        ("2011?", "", "2012-06", "possibly"),
        ("2011?", "", "2010-06", "possibly"),
        ("2011?", "", "2009-06", "not"),
        ("2011~", "", "2013-06", "certainly"),
        ("2011-03-14%", "", "2011-03-13", "possibly"),
        ("2011-03-14%", "", "2011-03-15", "certainly"),
        ("2011-03-14", "", "2011-03-14?", "possibly"),  # the asked day itself is doubted
        ("2011-03-14", "2014-03-31", "2012/2013", "certainly"),
        ("2011-03-14", "2014-03-31", "2014/..", "possibly"),
    ],
)
def test_a_standard_stood_certainly_possibly_or_not(from_on: str, until_on: str, day: str, expected: str) -> None:
    assert standing(a_standard("a", from_on, until_on), day) == expected


def test_a_version_stands_until_the_next_begins() -> None:
    first = a_standard("1", "2011-03-14", version="1")
    second = a_standard("2", "2014-04", version="2", replaces=first.id)
    third = a_standard("3", "2016-01-01", version="3", replaces=second.id)
    on = {day: [standing(item, day, first, second, third) for item in (first, second, third)] for day in DAYS}
    assert on == {
        "2011-01-01": ["not", "not", "not"],
        "2014-03-31": ["certainly", "not", "not"],
        "2014-04-15": ["possibly", "possibly", "not"],  # the second began on some day of April
        "2014-05-01": ["not", "certainly", "not"],
        "2015-12-31": ["not", "certainly", "not"],
        "2016-01-01": ["not", "not", "certainly"],
    }
    inforce = StandardsInForce([third, first, second])
    assert [item.version for item in inforce.chain(second.id)] == ["1", "2", "3"]
    assert inforce.in_words(first.id) == "from 14 March 2011 until replaced by “Rule 2, version 2” (April 2014)"
    assert inforce.in_words(third.id) == "from 1 January 2016, still in force"
    assert not inforce.faults()


DAYS = ("2011-01-01", "2014-03-31", "2014-04-15", "2014-05-01", "2015-12-31", "2016-01-01")


def test_on_every_day_of_a_sound_chain_exactly_one_version_stood() -> None:
    first = a_standard("1", "2011-03-14", "2011-03-31")
    second = a_standard("2", "2011-04-01", replaces=first.id)
    third = a_standard("3", "2011-04-20", replaces=second.id)
    inforce = StandardsInForce([first, second, third])
    days = [f"2011-03-{day:02}" for day in range(14, 32)] + [f"2011-04-{day:02}" for day in range(1, 31)]
    for day in days:
        stood = [item.id for item in (first, second, third) if inforce.standing(item.id, span_of(day)) is CERTAINLY]
        assert len(stood) == 1, day


CERTAINLY = Standing.CERTAINLY


@pytest.mark.parametrize(
    ("from_on", "until_on", "period", "expected"),
    [
        ("2011-03-14", "", "2012/2013", Reach.THROUGHOUT),
        ("2012-06-01", "", "2012/2013", Reach.IN_PART),
        ("2011-03-14", "2012-06-01", "2012/2013", Reach.IN_PART),
        ("2013", "", "2012/2013", Reach.IN_PART),  # on the last day of 2013 for certain
        ("2013/2015", "", "2012/2013", Reach.POSSIBLY),
        ("2014-01-01", "", "2012/2013", Reach.NOT),
        ("2010", "2011-12-31", "2012/2013", Reach.NOT),
    ],
)
def test_a_standard_reaches_over_a_period(from_on: str, until_on: str, period: str, expected: Reach) -> None:
    rule = a_standard("a", from_on, until_on)
    assert StandardsInForce([rule]).reach(rule.id, span_of(period)) is expected


@pytest.mark.parametrize(
    ("first", "second", "sentence"),
    [
        (("2011", "2014-12-31"), "2014-06-01", "overlap"),
        (("2011", "2014-06-01"), "2014-06-01", "overlap"),  # both on that one day
        (("2011", "2014-05-31"), "2014-06-01", ""),
        (("2011", "2014-05-30"), "2014-06-01", "No version stood in between"),
        (("2011", "2014"), "2014", ""),  # may fit; what is not certain is no fault
        (("2011", "2014?"), "2015-06-01", ""),
        (("2011", "2013"), "2015-06-01", "No version stood in between"),
        (("2011", ""), "2014", ""),
        (("2011", ""), "", "not recorded from which day"),
        (("2011", ""), "2010", "which began later"),
    ],
)
def test_what_is_certainly_wrong_between_versions_is_told(first: tuple[str, str], second: str, sentence: str) -> None:
    earlier = a_standard("1", *first)
    later = a_standard("2", second, replaces=earlier.id)
    told = StandardsInForce([earlier, later]).faults()
    assert [sentence in fault for fault in told.get(later.id, ())] == ([True] if sentence else [])


def test_two_versions_that_replace_the_same_are_told() -> None:
    first = a_standard("1", "2011")
    others = [a_standard(name, "2014", replaces=first.id) for name in ("2", "3")]
    (told,) = StandardsInForce([first, *others]).faults()[first.id]
    assert "replaced by 2 versions: “Rule 2”, “Rule 3”" in told


def test_circles_and_impossible_days_are_refused() -> None:
    first = a_standard("1", "2011", replaces=StandardId("std_3"))
    second = a_standard("2", "2012", replaces=first.id)
    third = a_standard("3", "2013", replaces=second.id)
    with pytest.raises(Refused, match="circle: “Rule"):
        refuse_circle([first, second, third])
    inforce = StandardsInForce([first, second, third])
    assert len(inforce.chain(first.id)) == 3, "a circle from elsewhere must not hang"
    with pytest.raises(Refused, match="replaces “Rule 4”"):
        refuse_circle([a_standard("4", "2011", replaces=StandardId("std_4"))])
    with pytest.raises(Refused, match="before it begins"):
        refuse_impossible_days(a_standard("5", "2014", "2013"))
    refuse_impossible_days(a_standard("6", "2014", "2014"))
