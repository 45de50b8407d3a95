"""Where a sentence begins and ends in a page's text."""

from __future__ import annotations

import re

#: A full stop after these does not end a sentence.
# fmt: off
_SHORT = frozenset({
    "mr", "mrs", "ms", "dr", "prof", "sir", "st", "no", "nos", "para", "paras", "s", "ss", "sch", "art", "p",
    "pp", "vol", "ch", "cl", "reg", "ltd", "co", "inc", "plc", "dept", "e.g", "i.e", "cf", "etc", "v", "vs",
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "ff", "approx",
})
# fmt: on
_END = re.compile(r"[.!?][\"'”’)\]]*(?=\s|$)")
_BREAK = re.compile(r"\n[ \t]*\n")
_LONGEST = 1200


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Half-open offsets of the sentence, or sentences, that hold the words between two offsets.

    A blank line always ends one; a full stop after an abbreviation, an initial or a section number does not.
    """
    floor = max(0, start - _LONGEST)
    first = max([floor, *(match.end() for match in _BREAK.finditer(text, floor, start))])
    for match in _END.finditer(text, first, start):
        if _ends_here(text, match.start()):
            first = match.end()
    ceiling = min(len(text), end + _LONGEST)
    stop = _BREAK.search(text, end, ceiling)
    last = stop.start() if stop else ceiling
    for match in _END.finditer(text, max(end - 1, 0), last):
        if match.end() >= end and _ends_here(text, match.start()):
            last = match.end()
            break
    return _trimmed(text, first, last)


def _ends_here(text: str, stop: int) -> bool:
    if text[stop] != ".":
        return True
    word = re.search(r"(\S*)$", text[max(0, stop - 20) : stop])
    before = (word[1] if word else "").lstrip("(“\"'[").casefold()
    after = text[stop + 1 :].lstrip()
    if before in _SHORT or (len(before) == 1 and before.isalpha()):
        return False
    is_number = bool(re.fullmatch(r"\d+(\.\d+)*", before))
    begins = stop - len(before)
    is_list_number = is_number and len(before) <= 4 and (begins == 0 or text[begins - 1] == "\n")
    return not is_list_number and not (after and after[0].islower())


def _trimmed(text: str, first: int, last: int) -> tuple[int, int]:
    while first < last and text[first].isspace():
        first += 1
    while last > first and text[last - 1].isspace():
        last -= 1
    return first, last
