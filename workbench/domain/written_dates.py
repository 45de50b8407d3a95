"""Reads dates as people write them - circa, between, before, two days of one month - and never guesses silently."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import date, timedelta

from workbench.domain.date_phrases import DateReading, Known, open_question, read_phrase, sure
from workbench.domain.dates import parse_edtf, propose_date
from workbench.domain.errors import Refused

_UNDATED = re.compile(
    r"(?:n\.?d\.?|undated|no date|not known|unknown|date unknown|tbc|t\.b\.c\.|not dated|[-–—?.]*|heb ddyddiad|"
    r"anhysbys)"
)
_ABOUT = re.compile(
    r"(?:on or (?:about|around)|in or (?:about|around)|circa|ca\.?|c\.|c(?=\d{4}\b)|about|around|approximately|"
    r"approx\.?|tua|oddeutu|~)\s*"
)
_ABOUT_AFTER = re.compile(r"\s*(?:\((?:approx\.?|approximately|circa|about)\)|approx\.?)")
_PERHAPS = re.compile(r"(?:possibly|perhaps|probably|thought to be|believed to be|efallai)\s+")
_PERHAPS_AFTER = re.compile(r"\s*(?:\?|\(\?\)|\((?:uncertain|possibly|tbc|to be confirmed|ansicr)\))")
_UNTIL = re.compile(r"(?:on or before|no later than|not later than|by(?: the)?|until|till|up to|hyd at|erbyn)\s+")
_BEFORE = re.compile(r"(?:before|prior to|pre-|cyn)\s*")
_SINCE = re.compile(r"(?:on or after|from|since|as of|as from|o|ers)\s+")
_ONWARDS = re.compile(r"\s*(?:onwards?|to date|to present|ymlaen|or later|neu wedyn)")
_EARLIER = re.compile(r"\s*(?:or earlier|neu gynt)")
_AFTER = re.compile(r"(?:after|post|ar [oô]l)\s+")
_TIME = re.compile(
    r"[,;]?\s*(?:\bat\s+|\bam\s+|t)?(?<![\d/.-])\b(?:[01]?\d|2[0-3])(?:[:.][0-5]\d){1,2}(?:\.\d+)?\s*(?:[ap]\.?m\.?|hrs|hours|z)?"
    r"(?![\d/.-])|[,;]?\s*(?:at\s+)?\b(?:1[0-2]|[1-9])\s*[ap]\.?m\.?(?![\w])"
)
_BETWEEN = re.compile(
    r"(?:between|from|rhwng|o)\s+(?P<one>.+?)\s+(?:and|to|until|till|a|ac|i|hyd at|-)\s+(?P<other>.+)"
)
_SPACED = re.compile(r"(?P<one>.+?)\s+(?:to|until|till|or|and|&|hyd at|neu|i|-)\s+(?P<other>.+)")
_TIGHT = re.compile(r"(?P<one>[^-]+)-(?P<other>[^-]+)")
_SLASHED = re.compile(r"(?P<one>\d{1,2})/(?P<other>\d{1,2}(?:st|nd|rd|th)?\s+[^\W\d_]{3,10}\s+\d{4})")
_LAST_YEAR = re.compile(r"\d{4}$")
_LAST_MONTH = re.compile(r"[^\W\d_]{3,10}\.?\s+\d{4}$")
_ONLY_DAY = re.compile(r"(?:[^\W\d_]+\s+)?\d{1,2}(?:st|nd|rd|th)?")


def read_written_date(text: str, known: Known | None = None) -> DateReading:
    """What the words mean, or why a person has to decide; a reading never claims more than the words do."""
    known = known or Known()
    words = _plain(text)
    if _UNDATED.fullmatch(words):
        return DateReading(reason="No date is given." if not words else f"“{text.strip()}” is no date.")
    reading = _edtf(text.strip()) or _read(words, known)
    if reading is None:
        stripped = _TIME.sub("", words).strip(" ,;")
        again = _read(stripped, known) if stripped != words else None
        reading = again and replace(again, remark=again.remark or "The time of day is kept in the words.")
    if reading is None:
        return open_question("It cannot be read as a date.", *_guesses(words, propose_date(text)))
    return reading


def _guesses(words: str, day: str | None) -> tuple[str, ...]:
    """The day that is named somewhere; ``before the meeting of 9 October`` is not that day itself."""
    if day is None:
        return ()
    if _BEFORE.match(words) or _UNTIL.match(words):
        return (_until(day),)
    return (_since(day),) if _AFTER.match(words) or _SINCE.match(words) else (day,)


def _plain(text: str) -> str:
    """Small letters, one kind of dash and blank, without the commas and articles that people put into dates."""
    words = unicodedata.normalize("NFKC", text).casefold()
    words = re.sub("[\u2010-\u2015\u2212]", "-", words)
    words = re.sub(r"^on\s+(?!or\b)(?:the\s+)?|^in\s+(?!or\b)(?:the\s+)?", "", " ".join(words.split()))
    words = re.sub(r",\s*(?=\d{4}\b)", " ", words)
    return re.sub(r"(?<=[a-z]),\s*(?=\d)", " ", words).strip(" ,;:")


def _edtf(text: str) -> DateReading | None:
    """The words when they are EDTF already; ``2011-12`` may be a month or two years."""
    match = re.fullmatch(r"(\d{4})-(\d\d)", text)
    if match is not None and int(match[2]) == (int(match[1]) + 1) % 100:
        return None
    try:
        return DateReading(on=parse_edtf(text).text)
    except Refused:
        return None


def _read(words: str, known: Known) -> DateReading | None:
    for pattern, sign in ((_ABOUT, "~"), (_PERHAPS, "?")):
        match = pattern.match(words)
        if match is not None:
            return _signed(_read(words[match.end() :], known), sign)
    for pattern, sign in ((_ABOUT_AFTER, "~"), (_PERHAPS_AFTER, "?")):
        match = _at_end(pattern, words)
        if match is not None:
            return _signed(_read(words[: match.start()], known), sign)
    return read_phrase(words, known) or _range(words, known) or _half_open(words, known)


def _at_end(pattern: re.Pattern[str], words: str) -> re.Match[str] | None:
    return next((match for match in pattern.finditer(words) if match.start() and match.end() == len(words)), None)


def _signed(reading: DateReading | None, sign: str) -> DateReading | None:
    """The same with every end uncertain or about; a date that is both has one sign for it."""
    if reading is None:
        return None
    on, *proposals = (_with_sign(item, sign) if item else "" for item in (reading.on, *reading.proposals))
    return replace(reading, on=on, proposals=tuple(proposals))


def _with_sign(on: str, sign: str) -> str:
    ends = []
    for end in on.split("/"):
        if end in ("", "..") or "X" in end:
            ends.append(end)
        elif end[-1] in "?~%":
            ends.append(end[:-1] + (sign if end[-1] == sign else "%"))
        else:
            ends.append(end + sign)
    return "/".join(ends)


def _half_open(words: str, known: Known) -> DateReading | None:
    for pattern, at_end, build in (
        (_UNTIL, False, _until),
        (_EARLIER, True, _until),
        (_BEFORE, False, _before),
        (_SINCE, False, _since),
        (_ONWARDS, True, _since),
        (_AFTER, False, _after),
    ):
        match = _at_end(pattern, words) if at_end else pattern.match(words)
        if match is None:
            continue
        rest = _at_end_cut(words, match) if at_end else words[match.end() :]
        reading = _read(rest, known)
        if reading is None:
            continue
        on, *proposals = (build(item) if item else "" for item in (reading.on, *reading.proposals))
        return replace(reading, on=on, proposals=tuple(filter(None, proposals)))
    return None


def _at_end_cut(words: str, match: re.Match[str]) -> str:
    rest = words[: match.start()]
    start = _SINCE.match(rest)
    return rest[start.end() :] if start is not None else rest


def _until(on: str) -> str:
    return f"../{on.rpartition('/')[2]}"


def _since(on: str) -> str:
    return f"{on.partition('/')[0]}/.."


def _before(on: str) -> str:
    """Up to the day before the first possible one."""
    earliest = parse_edtf(on).earliest
    return f"../{_moved(earliest, -1)}" if earliest else ""


def _after(on: str) -> str:
    latest = parse_edtf(on).latest
    return f"{_moved(latest, 1)}/.." if latest else ""


def _moved(day: str, by: int) -> str:
    return (date.fromisoformat(day) + timedelta(by)).isoformat()


def _range(words: str, known: Known) -> DateReading | None:
    for pattern in (_BETWEEN, _SPACED, _SLASHED, _TIGHT):
        match = pattern.fullmatch(words)
        if match is None:
            continue
        other = _read(match["other"], known)
        one = _read(_completed(match["one"].strip(), match["other"].strip()), known)
        if one is None or other is None:
            continue
        return _joined(one, other)
    return None


def _completed(one: str, other: str) -> str:
    """``12`` of ``12-14 March 2014`` with the month and year it lacks."""
    if _ONLY_DAY.fullmatch(one):
        rest = _LAST_MONTH.search(other)
    elif _LAST_YEAR.search(one) is None and re.search(r"[^\W\d_]", one):
        rest = _LAST_YEAR.search(other)
    else:
        return one
    return f"{one} {rest[0]}" if rest is not None else one


def _joined(one: DateReading, other: DateReading) -> DateReading:
    if not (one.on and other.on):
        reason = one.reason or other.reason
        firsts, lasts = (list(filter(None, (r.on, *r.proposals))) for r in (one, other))
        return open_question(reason, *(f"{a}/{b}" for a, b in zip(firsts, lasts, strict=False)))
    first, last = one.on.partition("/")[0], other.on.rpartition("/")[2]
    joined = f"{first}/{last}"
    try:
        parse_edtf(joined)
    except Refused:
        return open_question("It ends before it begins.", *_a_year_earlier(first, last))
    return replace(sure(joined), remark=one.remark or other.remark)


def _a_year_earlier(first: str, last: str) -> tuple[str, ...]:
    """``12 December to 3 January 2015`` may have begun in the year before."""
    year = first[:4]
    if not year.isdigit() or year != last[:4]:
        return ()
    return (f"{int(year) - 1:04}{first[4:]}/{last}",)
