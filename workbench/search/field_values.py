"""What may stand behind a field: names, references and dates."""

from __future__ import annotations

from datetime import date, timedelta

from workbench.domain.dates import EdtfDate, in_words, parse_edtf, propose_date
from workbench.domain.errors import QueryRefused, Refused
from workbench.domain.query import Field

#: Later and earlier than any day a document may claim.
_FIRST, _LAST = "0000-00-00", "9999-99-99"
_DAY = timedelta(days=1)


def field_of(name: str, value: str) -> Field:
    """``kind:letter``, ``on:2004``; raises ``QueryRefused`` when the date cannot be read."""
    if name != "on":
        return Field(name, value)
    day = _date(value)
    return Field(name, _shown(day), day.earliest or _FIRST, day.latest or _LAST)


def compared(name: str, sign: str, value: str) -> Field:
    """``on:>2004``: what may lie wholly after the last, or before the first, day of the value."""
    _prove_date_field(name)
    day = _date(value)
    match sign:
        case ">":
            return Field(name, f"after {_shown(day)}", _after(day.latest), _LAST)
        case ">=":
            return Field(name, f"in or after {_shown(day)}", day.earliest or _FIRST, _LAST)
        case "<":
            return Field(name, f"before {_shown(day)}", _FIRST, _before(day.earliest))
        case _:
            return Field(name, f"in or before {_shown(day)}", _FIRST, day.latest or _LAST)


def spread(name: str, first: str, last: str) -> Field:
    """``on:[2004 to 2006]``."""
    _prove_date_field(name)
    start, end = _date(first), _date(last)
    if (start.earliest or _FIRST) > (end.latest or _LAST):
        raise QueryRefused(f"“{first} to {last}” ends before it begins. Write the earlier date first.")
    return Field(name, f"from {_shown(start)} to {_shown(end)}", start.earliest or _FIRST, end.latest or _LAST)


def _prove_date_field(name: str) -> None:
    if name != "on":
        raise QueryRefused(f"Only “on:” can be compared or have a range, “{name}:” cannot. Write the value alone.")


def _date(value: str) -> EdtfDate:
    """EDTF, or a day written with the name of its month; never a day whose order must be guessed."""
    written = propose_date(value) if any(letter.isalpha() for letter in value.replace("X", "")) else None
    try:
        return parse_edtf(written or value)
    except Refused as error:
        raise QueryRefused(f"{error} Behind “on:” a range is on:[2004 to 2006], a limit on:>2004.") from None


def _shown(day: EdtfDate) -> str:
    return in_words(day.text)


def _after(latest: str) -> str:
    return _LAST if latest in ("", date.max.isoformat()) else (date.fromisoformat(latest) + _DAY).isoformat()


def _before(earliest: str) -> str:
    return _FIRST if earliest in ("", date.min.isoformat()) else (date.fromisoformat(earliest) - _DAY).isoformat()
