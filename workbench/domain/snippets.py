"""Cuts the piece of a page that shows best why the page was found."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workbench.domain.matching import Span
from workbench.domain.search import MARK_END, MARK_START

_LENGTH = 180
_BEFORE = 50
_SPACE = re.compile(r"\s+")
_MARKS = re.compile(f"[{MARK_START}{MARK_END}]")


def snippet(text: str, spans: Sequence[Span]) -> str:
    """About 180 characters around the densest found words, each between marks; the beginning when there is none."""
    start, end = _window(text, spans)
    parts = ["…" if start > 0 else ""]
    at = start
    for first, last in spans:
        if start <= first and last <= end:
            parts += (_plain(text[at:first]), MARK_START, _plain(text[first:last]), MARK_END)
            at = last
    parts += (_plain(text[at:end]), "…" if end < len(text) else "")
    return "".join(parts)


def _window(text: str, spans: Sequence[Span]) -> Span:
    best, most = 0, 0
    for first, last in spans:
        end = max(first + _LENGTH - _BEFORE, last)
        held = sum(first <= other and until <= end for other, until in spans)
        if held > most:
            best, most = first, held
    start = _word_start(text, max(0, best - _BEFORE) if spans else 0)
    end = min(len(text), max(start + _LENGTH, *(last for first, last in spans if first == best), 0))
    if end < len(text):
        until = text.find(" ", end, end + _BEFORE)
        end = until if until > 0 else end
    return start, end


def _word_start(text: str, at: int) -> int:
    if at == 0:
        return 0
    space = _SPACE.search(text, at, at + _BEFORE)
    return space.end() if space else at


def _plain(text: str) -> str:
    """On one line, without characters that would be taken for marks."""
    return _SPACE.sub(" ", _MARKS.sub("\ufffd", text))
