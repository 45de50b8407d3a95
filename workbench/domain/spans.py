"""Stretches of days: whether two share a day, whether one holds the other, and what is left uncovered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

from workbench.domain.dates import parse_edtf
from workbench.domain.errors import Refused

#: First and last possible day (ISO); "" where it is open.
Span = tuple[str, str]
ALWAYS: Span = ("", "")
_FIRST_DAY, _LAST_DAY = "0001-01-01", "9999-12-30"


@lru_cache(maxsize=4096)
def span_of(period: str) -> Span:
    """The first and last day of a period; all time for none, and for one that cannot be read."""
    if not period:
        return ALWAYS
    try:
        read = parse_edtf(period)
    except Refused:
        return ALWAYS
    return read.earliest, read.latest


def overlap(one: Span, other: Span) -> bool:
    """Whether two stretches share a day."""
    return (not one[1] or one[1] >= other[0]) and (not other[1] or other[1] >= one[0])


def covers(outer: Span, inner: Span) -> bool:
    """Whether one stretch holds the whole of another."""
    begins = not outer[0] or bool(inner[0] and outer[0] <= inner[0])
    return begins and (not outer[1] or bool(inner[1] and inner[1] <= outer[1]))


def _day(on: str) -> date:
    """A day of the calendar; one before or after all calendars is its first or last but one."""
    return date.fromisoformat(min(max(on, _FIRST_DAY), _LAST_DAY))


def uncovered(span: Span, spans: Iterable[Span]) -> tuple[Span, ...]:
    """The parts of a stretch with two ends that no other stretch covers; nothing for an open one."""
    if not all(span):
        return ()
    left, last, gaps = _day(span[0]), _day(span[1]), []
    for first, until in sorted((s[0] or _FIRST_DAY, s[1] or _LAST_DAY) for s in spans):
        begins, ends = _day(first), _day(until)
        if begins > left:
            gaps.append((left, min(begins - timedelta(days=1), last)))
        left = max(left, ends + timedelta(days=1))
        if left > last:
            break
    if left <= last:
        gaps.append((left, last))
    return tuple((a.isoformat(), b.isoformat()) for a, b in gaps if a <= b)


def shortest(span: Span) -> str:
    """A stretch of days as EDTF, in years or months where it is made of whole ones."""
    first, last = span
    if first.endswith("-01-01") and last.endswith("-12-31"):
        return first[:4] if first[:4] == last[:4] else f"{first[:4]}/{last[:4]}"
    next_day = (_day(last) + timedelta(days=1)).isoformat()
    if first.endswith("-01") and next_day.endswith("-01"):
        return first[:7] if first[:7] == last[:7] else f"{first[:7]}/{last[:7]}"
    return first if first == last else f"{first}/{last}"
