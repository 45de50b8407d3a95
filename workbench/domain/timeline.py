"""How events lie on a line of time: their stretch of days, lanes, rows that do not overlap, and marks of the scale."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from workbench.domain.dates import in_words, parse_edtf
from workbench.domain.errors import Refused


@dataclass(frozen=True, slots=True)
class Stretch:
    """First and last possible day as ordinals (``date.toordinal``); an open end has the other end's day.

    ``is_uncertain`` when the date is doubted, approximate, or not known to the last digit.
    """

    first: int
    last: int
    opens_before: bool = False
    opens_after: bool = False
    is_uncertain: bool = False

    @property
    def is_one_day(self) -> bool:
        return self.first == self.last and not (self.opens_before or self.opens_after)


def stretch_of(on: str, earliest: str, latest: str) -> Stretch:
    """The stretch of an event's date."""
    first = date.fromisoformat(earliest or latest).toordinal()
    last = date.fromisoformat(latest or earliest).toordinal()
    doubted = any(sign in on for sign in "?~%X")
    return Stretch(first, last, not earliest, not latest, doubted)


def packed(extents: Sequence[tuple[float, float]], gap: float = 6.0) -> list[int]:
    """The row of each (left, right) extent so that none touch: the row that has been free longest, else another."""
    order = sorted(range(len(extents)), key=lambda at: extents[at])
    rows = [0] * len(extents)
    free: list[tuple[float, int]] = []
    for at in order:
        left, right = extents[at]
        row = heapq.heappop(free)[1] if free and free[0][0] + gap <= left else len(free)
        rows[at] = row
        heapq.heappush(free, (right, row))
    return rows


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark of the scale: the day it stands at, and what is written there."""

    day: int
    text: str
    is_major: bool


_YEAR_STEPS = (1, 2, 5, 10, 20, 50, 100)
_LEAST_TICK_PX = 64.0


def ticks(first: int, last: int, px_per_day: float, language: str = "en") -> list[Tick]:
    """Marks between two days so that their words have room: days, months or years, whatever fits."""
    first, last = max(first, 1), min(last, date.max.toordinal())
    if px_per_day >= _LEAST_TICK_PX:
        return _day_ticks(first, last, language)
    if px_per_day * 28 >= _LEAST_TICK_PX:
        return _month_ticks(first, last, language)
    step = next((step for step in _YEAR_STEPS if px_per_day * 365.25 * step >= _LEAST_TICK_PX), 500)
    years = range(date.fromordinal(first).year, date.fromordinal(last).year + 1)
    return [Tick(date(year, 1, 1).toordinal(), str(year), year % (step * 5) == 0) for year in years if year % step == 0]


def _day_ticks(first: int, last: int, language: str) -> list[Tick]:
    found = []
    for day in range(first, last + 1):
        on = date.fromordinal(day)
        text = in_words(on.isoformat(), language) if on.day == 1 or day == first else str(on.day)
        found.append(Tick(day, text, on.day == 1))
    return found


def _month_ticks(first: int, last: int, language: str) -> list[Tick]:
    found, on = [], date.fromordinal(first).replace(day=1)
    while on.toordinal() <= last:
        month = in_words(f"{on.year:04}-{on.month:02}", language)
        found.append(Tick(on.toordinal(), month if on.month == 1 else month.rsplit(" ", 1)[0][:3], on.month == 1))
        if on.year == date.max.year and on.month == 12:
            break
        on = (on + timedelta(days=32)).replace(day=1)
    return found


def shifted(on: str, days: int) -> str:
    """A date moved by about so many days, in the unit it is known to: a year moves by years, a month by months.

    Raises ``Refused`` for a date that is not known to the year.
    """
    ends = on.split("/")
    moved = "/".join(end if end in ("", "..") else _shifted_part(end, days) for end in ends)
    return parse_edtf(moved).text


def _shifted_part(text: str, days: int) -> str:
    digits, sign = (text[:-1], text[-1]) if text[-1] in "?~%" else (text, "")
    if "X" in digits:
        raise Refused(f"“{text}” is not known to the year, so it cannot be dragged. Type another date.")
    try:
        return _moved(digits, days) + sign
    except (ValueError, OverflowError):
        raise Refused(f"“{text}” cannot be moved that far. Type another date.") from None


def _moved(digits: str, days: int) -> str:
    parts = digits.split("-")
    if len(parts) == 3:
        return (date.fromisoformat(digits) + timedelta(days=days)).isoformat()
    if len(parts) == 2:
        months = int(parts[0]) * 12 + int(parts[1]) - 1 + round(days / 30.44)
        return f"{date(months // 12, months % 12 + 1, 1):%Y-%m}".zfill(7)
    return f"{date(int(digits) + round(days / 365.25), 1, 1).year:04}"
