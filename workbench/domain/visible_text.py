"""Keeps texts whole on their way into a file: control characters become visible signs, long texts several pieces."""

from __future__ import annotations

import re
from collections.abc import Iterator

#: What a cell of a spreadsheet holds at most.
CELL_CHARACTERS = 32_767
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SPACES = re.compile(r"\s")


def visible(text: str) -> str:
    """The text with every character that a file cannot hold, or a screen not show, as a sign: ``␇`` for a bell."""
    return _CONTROL.sub(_sign, text.replace("\r\n", "\n").replace("\r", "\n"))


def _sign(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code == 0x7F:
        return "␡"
    return chr(0x2400 + code) if code < 0x20 else "\ufffd"


def pieces(text: str, most: int = CELL_CHARACTERS) -> Iterator[str]:
    """The whole text in pieces that fit a cell, broken between words where there are any."""
    while _units(text) > most:
        end = _fitting(text, most)
        spaces = [match.start() for match in _SPACES.finditer(text, max(end - 200, 1), end)]
        at = spaces[-1] + 1 if spaces else end
        yield text[:at]
        text = text[at:]
    yield text


def _units(text: str) -> int:
    """Spreadsheets count UTF-16 units: a rare character is two."""
    return len(text) + sum(character > "\uffff" for character in text)


def _fitting(text: str, most: int) -> int:
    end = min(most, len(text))
    while _units(text[:end]) > most:
        end -= max((_units(text[:end]) - most + 1) // 2, 1)
    return end
