"""Makes what cannot be seen in a text visible, and says what was done, so that nothing goes into a report unnoticed."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

#: Stands where a character stood that no document can hold or no reader can see.
SHOWN = "\ufffd"
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\u2028\u2029\x85]")
_SUSPECT = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff\ufff0-\uffff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
_INVISIBLE = frozenset("\u00ad\u180e\u200b\u2060\ufeff")
_JOINERS = frozenset("\u200c\u200d")
_SIDES = frozenset("\u200e\u200f\u061c")
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_RIGHT = frozenset({"R", "AL", "AN"})


def is_right_to_left(text: str) -> bool:
    """Whether most letters of a text belong to scripts that are read from the right."""
    if text.isascii():
        return False
    sides = Counter(map(unicodedata.bidirectional, text))
    return sides["R"] + sides["AL"] > sides["L"]


def has_right_to_left(text: str) -> bool:
    """Whether any letter of a text belongs to a script that is read from the right."""
    return not text.isascii() and any(unicodedata.bidirectional(character) in _RIGHT for character in text)


def clean_text(text: str) -> tuple[str, tuple[str, ...]]:
    """The text as it can be printed, and a sentence about every kind of character that was replaced or taken out.

    Control characters, halves of surrogates, characters that turn the line around, and those that are none become
    ``\\ufffd``; those without width are taken out; joiners stay between letters of the scripts that need them.
    """
    text = _LINE_ENDS.sub("\n", text)
    if not _SUSPECT.search(text):
        return text, ()
    counted: Counter[tuple[str, str]] = Counter()
    is_mixed = has_right_to_left(text)

    def replaced(match: re.Match[str]) -> str:
        character = match[0]
        shown = _shown(character, text, match.start(), is_mixed=is_mixed)
        if shown != character:
            counted[character, "replaced by \ufffd" if shown else "taken out"] += 1
        return shown

    cleaned = _SUSPECT.sub(replaced, text)
    return cleaned, tuple(_told(character, deed, times) for (character, deed), times in counted.items())


def _shown(character: str, text: str, at: int, *, is_mixed: bool) -> str:
    if character in _INVISIBLE:
        return ""
    if character in _JOINERS:
        around = text[max(at - 1, 0) : at] + text[at + 1 : at + 2]
        return character if not around.isascii() else ""
    if character in _SIDES:
        return character if is_mixed else ""
    return character if character in "\ufffc\ufffd" else SHOWN


def _told(character: str, deed: str, times: int) -> str:
    kind = (
        "An invisible character"
        if character in _INVISIBLE | _JOINERS | _SIDES
        else "A character that turns the line around"
        if character in _TURNING
        else "A control character"
    )
    often = "" if times == 1 else f", {times} times"
    return f"{kind} (U+{ord(character):04X}) was {deed}{often}."


def directed(text: str) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is read from the right; blanks between such letters go along."""
    if not has_right_to_left(text):
        return [(text, False)] if text else []
    pieces: list[tuple[str, bool]] = []
    at = 0
    for match in _RIGHT_RUN.finditer(text):
        start, end = match.span()
        if start > at:
            pieces.append((text[at:start], False))
        pieces.append((text[start:end], True))
        at = end
    if at < len(text):
        pieces.append((text[at:], False))
    return pieces


_RIGHT_LETTERS = "\u0590-\u08ff\u200f\u061c\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff"
_RIGHT_RUN = re.compile(
    f"[{_RIGHT_LETTERS}](?:[{_RIGHT_LETTERS}\u200c\u200d]|[^A-Za-z\u00c0-\u058f\u0900-\u1fff{_RIGHT_LETTERS}\n]+(?=[{_RIGHT_LETTERS}]))*"
)
