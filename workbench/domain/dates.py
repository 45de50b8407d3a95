"""Days as documents claim them: EDTF with bounds to sort by, and words to read."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from workbench.domain.errors import Refused

_ACCEPTED = "Write 1978, 1978-03, 1978-03-12, 197X, 1978? (uncertain), 1978~ (about) or 2010/2012 (between)."
_PART = re.compile(r"(\d[\dX]{3})(?:-(\d\d|XX)(?:-(\d\d|XX))?)?([?~%]?)")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_MONTHS = {
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    "cy": [
        "Ionawr",
        "Chwefror",
        "Mawrth",
        "Ebrill",
        "Mai",
        "Mehefin",
        "Gorffennaf",
        "Awst",
        "Medi",
        "Hydref",
        "Tachwedd",
        "Rhagfyr",
    ],
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EdtfDate:
    """A date as written, with its first and last possible day (ISO); "" where an interval is open."""

    text: str
    earliest: str
    latest: str


@dataclass(frozen=True, slots=True)
class _Part:
    """One end of an interval, or a date by itself; month and day are "" when not given, "XX" when unspecified."""

    year: str
    month: str
    day: str
    qualifier: str

    def bounds(self) -> tuple[str, str]:
        first_year, last_year = self.year.replace("X", "0"), self.year.replace("X", "9")
        has_month = self.month not in ("", "XX")
        first_month = self.month if has_month else "01"
        last_month = self.month if has_month else "12"
        if self.day not in ("", "XX") and has_month:
            return f"{first_year}-{first_month}-{self.day}", f"{last_year}-{last_month}-{self.day}"
        last_day = calendar.monthrange(int(last_year), int(last_month))[1]
        return f"{first_year}-{first_month}-01", f"{last_year}-{last_month}-{last_day:02}"


def _refused(text: str) -> Refused:
    suggestion = propose_date(text)
    hint = f" Did you mean {suggestion} (day first)?" if suggestion else ""
    return Refused(f"“{text}” cannot be read as a date.{hint} {_ACCEPTED}")


def _part(text: str, whole: str) -> _Part:
    match = _PART.fullmatch(text)
    if match is None:
        raise _refused(whole)
    part = _Part(match[1], match[2] or "", match[3] or "", match[4])
    _prove_possible(part, whole)
    return part


def _prove_possible(part: _Part, whole: str) -> None:
    if "X" in part.year and (part.month or not re.fullmatch(r"\d+X+", part.year)):
        raise _refused(whole)
    if part.month == "XX" and part.day not in ("", "XX"):
        raise _refused(whole)
    year, month, day = (int(digits.replace("X", "9")) if digits else 1 for digits in (part.year, part.month, part.day))
    month, day = (1 if part.month == "XX" else month), (1 if part.day == "XX" else day)
    try:
        date(year, month, day)
    except ValueError:
        raise Refused(f"“{whole}” is no day of any calendar. {_ACCEPTED}") from None


def parse_edtf(text: str) -> EdtfDate:
    """Read EDTF (level 0, and of levels 1 and 2 qualifiers, unspecified digits and open intervals).

    Raises ``Refused`` with the accepted forms for anything else, impossible days and intervals that end
    before they begin. Open ends have "" as their bound.
    """
    written = text.strip()
    if "/" not in written:
        earliest, latest = _part(written, written).bounds()
        return EdtfDate(text=written, earliest=earliest, latest=latest)
    left, _, right = written.partition("/")
    earliest = "" if left in ("", "..") else _part(left, written).bounds()[0]
    latest = "" if right in ("", "..") else _part(right, written).bounds()[1]
    if not (earliest or latest):
        raise _refused(written)
    if earliest and latest and earliest > latest:
        raise Refused(f"“{written}” ends before it begins. Write the earlier date first.")
    return EdtfDate(text=written, earliest=earliest, latest=latest)


_NAMED_DAY = re.compile(r"\b(?:(\d{1,2})(?:st|nd|rd|th)?\s+)?([A-Za-z]{3,10})\.?,?\s+(\d{4})\b")
_ISO_DAY = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)(?:\b|T)")
_PDF_DAY = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?")


def last_day(text: str) -> str:
    """The last possible day of a date; "" for none, for an open end, and for what cannot be read as one."""
    try:
        return parse_edtf(text).latest if text else ""
    except Refused:
        return ""


def propose_date(text: str) -> str | None:
    """The day that a text seems to name, as EDTF, day first; None when there is none or it is impossible."""
    for pattern, order in ((_ISO_DAY, (1, 2, 3)), (_PDF_DAY, (1, 2, 3)), (_DAY_FIRST, (3, 2, 1))):
        match = pattern.search(text)
        if match is not None:
            return _possible(*(match[group] for group in order))
    match = _NAMED_DAY.search(text)
    if match is None:
        return None
    month = month_named(match[2])
    return _possible(match[3], month, match[1]) if month else None


def month_named(word: str) -> str:
    """``03`` for March, Mawrth or Mar, ``09`` for Sept; "" for what names no month."""
    wanted = word.casefold()
    for names in _MONTHS.values():
        for number, name in enumerate(names, 1):
            if len(wanted) >= 3 and name.casefold().startswith(wanted):
                return f"{number:02}"
    return ""


def _possible(year: str, month: str | None, day: str | None) -> str | None:
    text = "-".join([year, *(f"{int(part):02}" for part in (month, day) if part)])
    try:
        return parse_edtf(text).text
    except Refused:
        return None


_WORDS = {
    "en": {
        "about": "about {}",
        "?": "{} (uncertain)",
        "between": "between {} and {}",
        "from": "{} or later",
        "until": "{} or earlier",
        "decade": "the {}s",
        "century": "the {}s",
    },
    "cy": {
        "about": "tua {}",
        "?": "{} (ansicr)",
        "between": "rhwng {} a {}",
        "from": "{} neu wedyn",
        "until": "{} neu gynt",
        "decade": "y {}au",
        "century": "y {}au",
    },
}


def in_words(edtf: str, language: str = "en") -> str:
    """A date for reading: "12 March 1978", "about 1978", "between 2010 and 2012"; "" stays ""."""
    if not edtf:
        return ""
    words = _WORDS[language]
    left, slash, right = edtf.partition("/")
    if not slash:
        return _part_in_words(_part(edtf, edtf), language)
    if right in ("", ".."):
        return words["from"].format(_part_in_words(_part(left, edtf), language))
    if left in ("", ".."):
        return words["until"].format(_part_in_words(_part(right, edtf), language))
    ends = (_part_in_words(_part(end, edtf), language) for end in (left, right))
    return words["between"].format(*ends)


def _part_in_words(part: _Part, language: str) -> str:
    words = _WORDS[language]
    shown = words["decade"].format(part.year.replace("X", "0")) if "X" in part.year else part.year
    if part.month not in ("", "XX"):
        shown = f"{_MONTHS[language][int(part.month) - 1]} {part.year}"
        if part.day not in ("", "XX"):
            shown = f"{int(part.day)} {shown}"
    if part.qualifier in ("~", "%"):
        shown = words["about"].format(shown)
    return words["?"].format(shown) if part.qualifier in ("?", "%") else shown
