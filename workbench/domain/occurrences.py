"""Finds a term in a page's text however its lines are broken: at spaces, or within a word at a hyphen."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.domain.finding import spans_of

_BROKEN_WORD = re.compile(r"(?<=\w)[-\u00ad\u2010\u2011][ \t]*\r?\n\s*(?=\w)")


def occurrences(text: str, term: str) -> tuple[tuple[int, int], ...]:
    """Half-open offsets of every place where the term stands as whole words, whatever its capitals and accents."""
    found = {*_whole(text, spans_of(text, term)), *_over_hyphens(text, term)}
    return tuple(sorted(found))


def _over_hyphens(text: str, term: str) -> Iterator[tuple[int, int]]:
    breaks = list(_BROKEN_WORD.finditer(text))
    if not breaks:
        return
    joined, origins, at = "", list[int](), 0
    for broken in breaks:
        joined += text[at : broken.start()]
        origins += range(at, broken.start())
        at = broken.end()
    joined += text[at:]
    origins += range(at, len(text))
    for written in {term, term.replace("-", "")}:
        for start, end in _whole(joined, spans_of(joined, written)):
            yield origins[start], origins[end - 1] + 1


def _whole(text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for start, end in spans:
        begins = start == 0 or not (text[start].isalnum() and text[start - 1].isalnum())
        ends = end >= len(text) or not (text[end - 1].isalnum() and text[end].isalnum())
        if begins and ends:
            yield start, end
