"""How many days lie between two dates that may not be known to the day: "390 to 455 days", never a false figure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from workbench.domain.dates import in_words, parse_edtf


@dataclass(frozen=True, slots=True)
class DayBounds:
    """First and last possible day as ordinals (``date.toordinal``); None where an end is open."""

    first: int | None = None
    last: int | None = None

    @property
    def is_one_day(self) -> bool:
        return self.first is not None and self.first == self.last


def bounds_of(earliest: str, latest: str) -> DayBounds:
    """The bounds of a date from its first and last possible day (ISO), "" for an open end."""
    return DayBounds(_ordinal(earliest), _ordinal(latest))


def bounds_of_date(on: str) -> DayBounds:
    """The bounds of an EDTF date; raises ``Refused`` with the accepted forms."""
    parsed = parse_edtf(on)
    return bounds_of(parsed.earliest, parsed.latest)


def _ordinal(day: str) -> int | None:
    return date.fromisoformat(day).toordinal() if day else None


def day_in_words(ordinal: int, language: str = "en") -> str:
    """``12 March 1978``."""
    return in_words(date.fromordinal(ordinal).isoformat(), language)


@dataclass(frozen=True, slots=True)
class Interval:
    """From ``least`` to ``most`` days, counted from the one date to the other; negative when the other came first.

    None where nothing limits it.
    """

    least: int | None
    most: int | None

    @property
    def is_exact(self) -> bool:
        return self.least is not None and self.least == self.most


def days_between(one: DayBounds, other: DayBounds, *, is_before: bool = False, is_after: bool = False) -> Interval:
    """The days from one date to another; ``is_before`` when the one is known not to be later, ``is_after`` the reverse.

    The day counted from is not counted: from 1 to 2 March is one day.
    """
    least = None if other.first is None or one.last is None else other.first - one.last
    most = None if other.last is None or one.first is None else other.last - one.first
    if is_before:
        least = max(0, least) if least is not None else 0
    if is_after:
        most = min(0, most) if most is not None else 0
    return Interval(least, most)


def interval_in_words(interval: Interval) -> str:
    """``390 to 455 days``, ``at least 390 days``, ``the same day``, ``10 days before to 45 days after``."""
    least, most = interval.least, interval.most
    if least is None and most is None:
        return "any number of days: both dates are open"
    if most is not None and most < 0:
        turned = Interval(-most, None if least is None else -least)
        return f"{interval_in_words(turned)} before"
    if least is None:
        return f"at most {_days(most or 0)} after, and any number before"
    if least < 0:
        after = "any number of days after" if most is None else f"{_days(most)} after" if most else "the same day"
        return f"{_days(-least)} before to {after}"
    if most is None:
        return f"at least {_days(least)}" if least else "the same day or any number of days later"
    if least == most:
        return _days(most) if most else "the same day"
    return f"{least:,} to {_days(most)}" if least else f"the same day to {_days(most)}"


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number:,} days"


def doubts_of(on: str) -> str:
    """What an EDTF date itself says against counting with it: ``uncertain``, ``approximate``; "" for none."""
    signs = set(on)
    doubts = [
        word
        for word, marks in (("uncertain", "?%"), ("approximate", "~%"), ("not known to the last digit", "X"))
        if signs & set(marks)
    ]
    return " and ".join(doubts)
