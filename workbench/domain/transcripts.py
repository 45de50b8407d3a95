"""Knows which pages of a transcript a sheet prints: ``Page 112``, or ``(Pages 109 to 112)`` on condensed sheets."""

from __future__ import annotations

import re

_SHEET = re.compile(r"\(\s?Pages?\s(\d{1,4})(?:\s?(?:to|-|\u2013)\s?(\d{1,4}))?\s?\)", re.IGNORECASE)
_LINE = re.compile(r"[-\u2013\s]*Page\s(\d{1,4})(?:\sof\s\d{1,4})?[-\u2013\s]*", re.IGNORECASE)
_DAY = re.compile(r"(?<![^\W_])Day\s?(\d{1,3})(?!\d)", re.IGNORECASE)
_DATE = re.compile(
    r"(?<!\d)(\d{1,2}\s(?:January|February|March|April|May|June|July|August|September|October|November|December)\s\d{4})"
)
#: More pages than this do not go on one sheet.
_MOST_ON_A_SHEET = 8


def printed_pages(text: str) -> tuple[int, ...]:
    """The transcript's own page numbers on one sheet; empty when it prints none."""
    sheets = _SHEET.findall(text)
    if len(sheets) == 1:
        first, last = int(sheets[0][0]), int(sheets[0][1] or sheets[0][0])
        return tuple(range(first, last + 1)) if first <= last < first + _MOST_ON_A_SHEET else ()
    numbers = {match[1] for line in text.splitlines() if (match := _LINE.fullmatch(line))}
    return (int(numbers.pop()),) if len(numbers) == 1 else ()


def sessions_of(title: str) -> tuple[str, ...]:
    """``Day 5`` and ``20 May 2019`` for the title of a transcript; empty for any other document."""
    words = " ".join(title.split())
    if "transcript" not in words.casefold():
        return ()
    days = [f"Day {int(number)}" for number in _DAY.findall(words)]
    return (*dict.fromkeys(days), *dict.fromkeys(_DATE.findall(words)))
