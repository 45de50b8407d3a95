"""Finds typed letters in a page's text, whatever its capitals, accents and line ends."""

from __future__ import annotations

import unicodedata


def _folded(text: str) -> tuple[str, list[int]]:
    """Lower case without accents, one space for all white space; and the offset of each letter's origin."""
    letters: list[str] = []
    origins: list[int] = []
    for origin, character in enumerate(text):
        if character.isspace():
            if letters and letters[-1] != " ":
                letters.append(" ")
                origins.append(origin)
            continue
        if character == "\u00ad":
            continue
        for letter in unicodedata.normalize("NFKD", character).casefold():
            if not unicodedata.combining(letter):
                letters.append(letter)
                origins.append(origin)
    return "".join(letters), origins


def spans_of(text: str, wanted: str) -> list[tuple[int, int]]:
    """Half-open code-point offsets of every place where the wanted letters stand, none overlapping."""
    needle = _folded(wanted.strip())[0].strip()
    if not needle:
        return []
    page, origins = _folded(text)
    spans, at = [], page.find(needle)
    while at >= 0:
        end = origins[at + len(needle) - 1] + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        spans.append((origins[at], end))
        at = page.find(needle, at + len(needle))
    return spans
