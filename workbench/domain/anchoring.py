"""Finds quoted words on a page and anchors an excerpt to them; never guesses between two places."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workbench.domain.errors import Refused
from workbench.domain.geometry import Box, Word

CONTEXT_CHARACTERS = 32

_QUOTES = {
    "‘": "'",
    "’": "'",
    "‚": "'",
    "‛": "'",
    "“": '"',
    "”": '"',
    "„": '"',
    "‐": "-",
    "‑": "-",
    "–": "-",
    "—": "-",
    "\u00ad": "",
    "\u200b": "",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """Where words stand: half-open code-point offsets into the page's stored text, and what surrounds them."""

    start: int
    end: int
    quote: str
    prefix: str
    suffix: str


@dataclass(frozen=True, slots=True)
class _Folded:
    """Text made comparable, with the offset of every character's origin."""

    text: str
    origins: tuple[int, ...]


def _characters(text: str) -> Iterator[tuple[str, int]]:
    """Each comparable character with its origin: NFKD, straight quotes, neither white space nor hyphens."""
    for origin, character in enumerate(text):
        for folded in unicodedata.normalize("NFKD", _QUOTES.get(character, character)):
            if not folded.isspace() and folded != "-":
                yield folded, origin


def _fold(text: str) -> _Folded:
    """White space and hyphens are left out: line ends differ between readers, words do not."""
    pairs = list(_characters(text))
    return _Folded("".join(character for character, _ in pairs), tuple(origin for _, origin in pairs))


def _places(haystack: str, needle: str) -> list[int]:
    places, start = [], haystack.find(needle)
    while start >= 0:
        places.append(start)
        start = haystack.find(needle, start + 1)
    return places


def _exact_spans(text: str, quote: str) -> list[tuple[int, int]]:
    return [(start, start + len(quote)) for start in _places(text, quote)]


def _folded_spans(text: str, quote: str) -> list[tuple[int, int]]:
    page, needle = _fold(text), _fold(quote).text
    if not needle:
        return []
    spans = ((page.origins[p], page.origins[p + len(needle) - 1] + 1) for p in _places(page.text, needle))
    return [(start, end) for start, end in spans if _is_whole(text, start, end, quote)]


def _is_whole(text: str, start: int, end: int, quote: str) -> bool:
    """A loose match must begin and end with a word, and may join words only where the page breaks a line."""
    if text[start].isalnum() and start > 0 and text[start - 1].isalnum():
        return False
    if text[end - 1].isalnum() and end < len(text) and text[end].isalnum():
        return False
    found = text[start:end]
    return "\n" in found or "\n" in quote or len(found.split()) == len(quote.split())


def anchor_at(text: str, start: int, end: int) -> Anchor:
    """The anchor of the words between two offsets, without white space at its ends; raises ``Refused``.

    Prefix and suffix grow until they tell the place from every other on the page.
    """
    if not 0 <= start < end <= len(text):
        raise Refused("Nothing is selected on this page. Select the words first.")
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start == end:
        raise Refused("The selection holds no words. Select the words first.")
    reach = CONTEXT_CHARACTERS
    while reach < len(text) and len(_places(text, text[max(0, start - reach) : end + reach])) > 1:
        reach *= 2
    return Anchor(
        start=start,
        end=end,
        quote=text[start:end],
        prefix=text[max(0, start - reach) : start],
        suffix=text[end : end + reach],
    )


def find_quote(text: str, quote: str, *, prefix: str = "", suffix: str = "", where: str = "the page") -> Anchor:
    """The one place of ``quote`` in a page's text, told from others by what stands before and after it.

    White space, quotation marks and dashes may differ. Raises ``Refused`` when the words are not there,
    or are there more than once and prefix and suffix do not tell which.
    """
    if not quote.strip():
        raise Refused(f"The quote for {where} is empty. Give the words as they stand on the page.")
    spans = _exact_spans(text, quote) or _folded_spans(text, quote)
    shown = quote if len(quote) <= 80 else quote[:77] + "…"
    if not spans:
        raise Refused(f"“{shown}” is not on {where}. Check the words and the page number.")
    fitting = [
        (start, end) for start, end in spans if text[:start].endswith(prefix) and text.startswith(suffix, end)
    ] or _fitting_loosely(text, spans, prefix, suffix)
    if not fitting:
        raise Refused(f"“{shown}” is on {where}, but not between the given prefix and suffix. Correct them.")
    if len(fitting) > 1:
        raise Refused(
            f"“{shown}” is on {where} {len(fitting)} times. Give a prefix or suffix that tells which place is meant."
        )
    start, end = fitting[0]
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return anchor_at(text, start, end)


def quote_places(text: str, quote: str) -> list[tuple[int, int]]:
    """Every place of ``quote`` in a page's text as half-open offsets, as loosely as ``find_quote`` reads it."""
    if not quote.strip():
        return []
    return sorted({*_exact_spans(text, quote.strip()), *_folded_spans(text, quote)})


def _fitting_loosely(text: str, spans: Sequence[tuple[int, int]], prefix: str, suffix: str) -> list[tuple[int, int]]:
    before, after = _fold(prefix).text, _fold(suffix).text
    return [
        (start, end)
        for start, end in spans
        if _fold(text[:start]).text.endswith(before) and _fold(text[end:]).text.startswith(after)
    ]


def boxes_between(words: Sequence[Word], start: int, end: int) -> tuple[Box, ...]:
    """One box per line for the words that touch ``[start, end)``, in reading order."""
    boxes: list[Box] = []
    for word in words:
        if word.start >= end or word.end <= start:
            continue
        if boxes and _same_line(boxes[-1], word.box):
            boxes[-1] = boxes[-1].union(word.box)
        else:
            boxes.append(word.box)
    return tuple(boxes)


def _same_line(line: Box, box: Box) -> bool:
    """True when the box goes on to the right of the line, at about its height."""
    overlap = min(line.y1, box.y1) - max(line.y0, box.y0)
    return overlap > 0.5 * min(line.y1 - line.y0, box.y1 - box.y0) and box.x0 >= line.x0
