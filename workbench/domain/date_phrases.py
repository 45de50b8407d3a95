"""Reads one day, month, year or decade as people write it in tables, day first, and asks where it could mean two."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from workbench.domain.dates import in_words, month_named, parse_edtf
from workbench.domain.errors import Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class DateReading:
    """What written words mean as EDTF; ``on`` is "" while a person has to decide, and ``reason`` says why.

    ``proposals`` are readings to choose from; ``remark`` tells what of the words is not in the date.
    """

    on: str = ""
    proposals: tuple[str, ...] = ()
    reason: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the table tells about its dates: that days stand first, and the year a row stands under."""

    is_day_first: bool = False
    year: str = ""


def sure(on: str, remark: str = "") -> DateReading:
    """A reading that needs no decision, unless there is no such day."""
    try:
        parse_edtf(on)
    except Refused:
        return DateReading(reason=f"There is no such day as {on}.")
    return DateReading(on=on, remark=remark)


def open_question(reason: str, *proposals: str) -> DateReading:
    """A reading that a person has to choose; proposals that cannot be are left out."""
    kept = [on for on in dict.fromkeys(proposals) if sure(on).on]
    return DateReading(reason=reason, proposals=tuple(kept))


_WEEKDAYS = (
    ("monday", "dydd llun", "mon", "llun"),
    ("tuesday", "dydd mawrth", "tues", "tue"),
    ("wednesday", "dydd mercher", "wed", "mercher"),
    ("thursday", "dydd iau", "thurs", "thur", "thu", "iau"),
    ("friday", "dydd gwener", "fri", "gwener"),
    ("saturday", "dydd sadwrn", "sat", "sadwrn"),
    ("sunday", "dydd sul", "sun", "sul"),
)
_WEEKDAY = re.compile(
    r"^(?:" + "|".join(f"(?P<d{at}>{'|'.join(names)})" for at, names in enumerate(_WEEKDAYS)) + r")\.?,?\s+(?=\d)"
)
_MONTH = r"(?P<month>[^\W\d_]{3,10})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|af|ail|ydd|fed|eg|ain)?"
_SEASONS = {
    "spring": ("03", "05"),
    "gwanwyn": ("03", "05"),
    "summer": ("06", "08"),
    "haf": ("06", "08"),
    "autumn": ("09", "11"),
    "fall": ("09", "11"),
}
_PART_OF = re.compile(
    r"^(?P<part>early|mid|late|beginning|start|middle|end|dechrau|canol|diwedd)(?:\s+of\s+|\s+in\s+|\s*-\s*|\s+)(?:the\s+)?"
    r"(?P<rest>.+)$"
)


def read_phrase(text: str, known: Known) -> DateReading | None:
    """The meaning of one date in small letters, without qualifiers; None when it is none of the forms."""
    match = _WEEKDAY.match(text)
    if match is not None:
        reading = read_phrase(text[match.end() :], known)
        return reading and _checked_weekday(reading, int((match.lastgroup or "d0")[1:]))
    part = _PART_OF.match(text)
    if part is not None:
        reading = read_phrase(part["rest"], known)
        return reading and _wide(reading, part["part"])
    for pattern, read in _FORMS:
        found = pattern.fullmatch(text)
        if found is not None:
            answer = read(found, known)
            if answer is not None:
                return answer
    return None


def _checked_weekday(reading: DateReading, weekday: int) -> DateReading:
    if len(reading.on) != 10 or "X" in reading.on:
        return reading
    actual = date.fromisoformat(reading.on).weekday()
    if actual == weekday:
        return reading
    names = [names[0].capitalize() for names in _WEEKDAYS]
    return open_question(
        f"{in_words(reading.on)} was a {names[actual]}, but the words say {names[weekday]}.", reading.on
    )


def _wide(reading: DateReading, word: str) -> DateReading:
    """``early 2014`` is some day of 2014; the word itself is kept beside the date."""
    if not reading.on or len(reading.on) == 10:
        return open_question(f"It is not clear what “{word}” means here.", *filter(None, (reading.on,)))
    return DateReading(on=reading.on, remark=f"“{word}” is kept in the words; the date is the whole of it.")


def _dated(match: re.Match[str], _: Known) -> DateReading | None:
    month = month_named(match["month"])
    day = f"-{int(match['day']):02}" if match["day"] else ""
    return sure(f"{match['year']}-{month}{day}") if month else None


def _month_and_year(match: re.Match[str], _: Known) -> DateReading | None:
    month = month_named(match["month"])
    return sure(f"{match['year']}-{month}") if month else None


def _without_year(match: re.Match[str], known: Known) -> DateReading | None:
    month = month_named(match["month"])
    if not month:
        return None
    day = f"-{int(match['day']):02}" if match.re.groupindex.get("day") else ""
    where = f"; the row stands under {known.year}" if known.year else ""
    return open_question(f"The year is missing{where}.", *([f"{known.year}-{month}{day}"] if known.year else []))


def _short_year(match: re.Match[str], _: Known) -> DateReading | None:
    month = month_named(match["month"])
    if not month:
        return None
    day = f"-{int(match['day']):02}" if match.re.groupindex.get("day") else ""
    years = _centuries(match["short"])
    return open_question("The century is missing.", *(f"{year}-{month}{day}" for year in years))


def _centuries(short: str) -> tuple[str, str]:
    return (f"20{short}", f"19{short}") if int(short) < 40 else (f"19{short}", f"20{short}")


def _numeric(match: re.Match[str], known: Known) -> DateReading | None:
    first, second = int(match["first"]), int(match["second"])
    years = (match["year"],) if len(match["year"]) == 4 else _centuries(match["year"])
    day_first = [f"{year}-{second:02}-{first:02}" for year in years]
    month_first = [f"{year}-{first:02}-{second:02}" for year in years]
    if len(years) > 1:
        return open_question("The century is missing.", *day_first)
    if second > 12:
        return open_question("Read day first there is no such day; month first there is.", *month_first)
    if first > 12 or first == second or known.is_day_first:
        return sure(day_first[0])
    return open_question(
        "The day or the month may stand first, and no other date in the column tells which.", *day_first, *month_first
    )


def _season(match: re.Match[str], _: Known) -> DateReading | None:
    year = match["year"]
    if match["season"] in ("winter", "gaeaf"):
        before, after = str(int(year) - 1), str(int(year) + 1)
        return open_question(
            "A winter belongs to two years.",
            f"{year}-12/{after}-02",
            f"{before}-12/{year}-02",
            f"{year}-01/{year}-02",
        )
    first, last = _SEASONS[match["season"]]
    remark = f"“{match['season']}” is kept in the words; the date is the whole year."
    return DateReading(on=year, proposals=(f"{year}-{first}/{year}-{last}",), remark=remark)


def _day_number(match: re.Match[str], _: Known) -> DateReading:
    """What a spreadsheet keeps for a date whose cell was not formatted as one."""
    day = date(1899, 12, 30) + timedelta(int(match[0]))
    return open_question("If this is a date, it is a spreadsheet's day number.", day.isoformat())


def _two_years(match: re.Match[str], _: Known) -> DateReading | None:
    year, short = match["year"], match["short"]
    if int(short) != (int(year) + 1) % 100:
        return None
    after = str(int(year) + 1)
    proposals = [f"{year}-04/{after}-03", f"{year}-09/{after}-08", f"{year}/{after}"]
    if match["sign"] == "-" and int(short) <= 12:
        proposals.insert(0, f"{year}-{short}")
    return open_question("It may be a financial year, a school year or two calendar years.", *proposals)


def _decade(match: re.Match[str], _: Known) -> DateReading | None:
    year = match["year"]
    if year.endswith("00"):
        return open_question("It may be ten years or a hundred.", f"{year[:3]}X", f"{year[:2]}XX")
    return sure(f"{year[:3]}X") if year.endswith("0") else None


def _century(match: re.Match[str], _: Known) -> DateReading | None:
    number = int(match["number"])
    return sure(f"{number - 1:02}XX") if 10 < number < 23 else None


def _quarter(match: re.Match[str], _: Known) -> DateReading | None:
    year, quarter = match["year"], int(match["quarter"])
    first = quarter * 3 - 2
    from_april = [date(int(year) + (month > 12), (month - 1) % 12 + 1, 1) for month in (first + 3, first + 5)]
    return open_question(
        "Quarters may be counted from January or from April.",
        f"{year}-{first:02}/{year}-{first + 2:02}",
        "/".join(f"{day:%Y-%m}" for day in from_april),
    )


def _week(match: re.Match[str], known: Known) -> DateReading | None:
    reading = read_phrase(match["rest"], known)
    if reading is None or len(reading.on) != 10:
        return reading
    day = date.fromisoformat(reading.on)
    ends = match["which"] in ("w/e", "week ending")
    first, last = (day - timedelta(6), day) if ends else (day, day + timedelta(6))
    return sure(f"{first.isoformat()}/{last.isoformat()}")


_YEAR = r"(?P<year>1\d{3}|20\d{2})"
_SHORT = r"['’]?(?P<short>\d{2})"
_Read = Callable[[re.Match[str], Known], DateReading | None]
_FORMS: tuple[tuple[re.Pattern[str], _Read], ...] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (r"(?P<year>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?:t.*)?", lambda m, _: sure(f"{m['year']}-{m['m']}-{m['d']}")),
        (rf"{_YEAR}[/.](?P<m>\d{{1,2}})[/.](?P<d>\d{{1,2}})", lambda m, _: sure(_iso(m["year"], m["m"], m["d"]))),
        (r"(?P<first>\d{1,2})\s?[/.-]\s?(?P<second>\d{1,2})\s?[/.-]\s?(?P<year>\d{4}|\d\d)", _numeric),
        (rf"(?P<m>\d{{1,2}})[/.-]{_YEAR}", lambda m, _: sure(_iso(m["year"], m["m"]))),
        (_YEAR, lambda m, _: sure(m["year"])),
        (rf"{_YEAR}(?P<sign>[/-])(?P<short>\d\d)", _two_years),
        (rf"(?:the\s+)?{_YEAR}['’]?s", _decade),
        (r"(?:the\s+)?(?P<number>\d\d)(?:st|nd|rd|th)\s+century", _century),
        (rf"(?P<season>{'|'.join(_SEASONS)}|winter|gaeaf)(?:\s+of)?\s+{_YEAR}", _season),
        (rf"q(?P<quarter>[1-4])\s+{_YEAR}", _quarter),
        (r"(?P<which>w/c|w/e|week commencing|week beginning|week ending|week of)\s+(?P<rest>.+)", _week),
        (rf"{_DAY}[\s-]+(?:of\s+)?{_MONTH}[\s-]+{_YEAR}", _dated),
        (rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}", _dated),
        (rf"{_MONTH}[\s-]+{_YEAR}", _month_and_year),
        (rf"{_DAY}[\s-]+(?:of\s+)?{_MONTH}[\s-]+{_SHORT}", _short_year),
        (rf"{_DAY}\s+(?:of\s+)?{_MONTH}", _without_year),
        (rf"{_MONTH}[\s-]+['’](?P<short>\d\d)", _short_year),
        (rf"{_MONTH}-(?P<short>\d\d)", _short_year),
        (_MONTH, _without_year),
        (r"[2-5]\d{4}", _day_number),
    )
)


def _iso(year: str, month: str, day: str = "") -> str:
    return "-".join([year, f"{int(month):02}", *([f"{int(day):02}"] if day else [])])


_ANY_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d\d)(?![\d/.-])")


def day_first_example(column: Iterable[str]) -> str:
    """A date that shows the column to be written day first (``25/12/2014``); "" when none does or one speaks against.

    A column with a date that can only be read month first shows nothing.
    """
    example = ""
    for text in column:
        for match in _ANY_NUMERIC.finditer(text):
            first, second = int(match[1]), int(match[2])
            if second > 12 >= first:
                return ""
            if first > 12 >= second:
                example = example or match[0]
    return example
