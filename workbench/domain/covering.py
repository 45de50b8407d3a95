"""Decides which words a redaction mark takes away, and where exactly the page is blacked out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workbench.domain.geometry import Box, Word

#: A line of text reaches into its neighbours where leading is tight; a neighbour overlaps by less than this share.
_WORD_SHARE = 0.4
#: Of a word that an area is drawn over, this share of its height is enough.
_AREA_SHARE = 0.12
#: At most this share of a mark's height is given back to the line above.
MOST_TRIMMED = 0.12
#: Slanted letters reach beyond their box by up to this share of its height.
_SLANT_SHARE = 0.12
#: Into free space above and below a mark grows by up to this share of its height.
_GROWN_SHARE, _MOST_GROWN_PT = 0.2, 10.0
#: A mark that reaches less far along a word than this share of its height, or of its length, only touches it.
_LEAST_SHARE, _LEAST_LENGTH = 0.04, 0.3
#: A line so much taller than wide runs up or down the page.
_UPRIGHT_RATIO = 1.6


@dataclass(frozen=True, slots=True)
class Mark:
    """One redaction mark on a page: its boxes in points as displayed, and whether it was drawn as an area."""

    boxes: tuple[Box, ...]
    label: str = ""
    is_area: bool = False


@dataclass(frozen=True, slots=True)
class Covering:
    """What is blacked out: the boxes of each mark, and the numbers of the words that are gone."""

    drawn: tuple[tuple[Box, ...], ...]
    gone: frozenset[int]


@dataclass(frozen=True, slots=True)
class PageWord:
    """A word, its box as displayed, and whether its line runs up or down the page rather than across."""

    text: str
    box: Box
    runs_upright: bool = False


def words_in(text: str, words: Iterable[Word]) -> tuple[PageWord, ...]:
    """The placed words of a page's text; a line that is much taller than wide runs upright."""
    lines: list[list[Word]] = []
    end = -1
    for word in words:
        if not lines or "\n" in text[end : word.start]:
            lines.append([])
        lines[-1].append(word)
        end = word.end
    return tuple(
        PageWord(text[word.start : word.end], word.box, is_upright)
        for line in lines
        for is_upright in (_is_upright(line),)
        for word in line
    )


def _is_upright(line: Sequence[Word]) -> bool:
    box = line[0].box
    for word in line:
        box = box.union(word.box)
    return line[-1].end - line[0].start > 2 and box.y1 - box.y0 > _UPRIGHT_RATIO * (box.x1 - box.x0)


def cover(words: Sequence[PageWord], marks: Sequence[Mark]) -> Covering:
    """Which words go, whole, and which boxes hide them; words of the lines above and below stay.

    A word that is partly under a mark is blacked out whole, so that picture and text say the same.
    """
    gone: set[int] = set()
    whole: list[list[Box]] = []
    for mark in marks:
        boxes = list(mark.boxes)
        hit = {n for n, word in enumerate(words) if any(is_under(word, box, is_area=mark.is_area) for box in boxes)}
        while hit - gone:
            gone |= hit
            boxes += [words[n].box for n in sorted(hit) if not any(_holds(box, words[n].box) for box in boxes)]
            hit = {n for n, word in enumerate(words) if any(is_under(word, box, is_area=False) for box in boxes)}
        whole.append(boxes)
    staying = [word for number, word in enumerate(words) if number not in gone]
    leaving = [words[number] for number in sorted(gone)]
    drawn = tuple(
        tuple(_drawn(box, mark, staying, leaving) for box in boxes) for boxes, mark in zip(whole, marks, strict=True)
    )
    return Covering(drawn, frozenset(gone))


def is_under(word: PageWord, box: Box, *, is_area: bool) -> bool:
    """Whether a mark's box takes the word away."""
    width = min(word.box.x1, box.x1) - max(word.box.x0, box.x0)
    height = min(word.box.y1, box.y1) - max(word.box.y0, box.y0)
    if width <= 0 or height <= 0:
        return False
    sides = (word.box.x1 - word.box.x0, word.box.y1 - word.box.y0)
    along, across, length, size = (width, height, *sides)
    thickness = box.y1 - box.y0
    if word.runs_upright:
        along, across, length, size, thickness = height, width, size, length, box.x1 - box.x0
    reaches = across > (_AREA_SHARE * size if is_area else _WORD_SHARE * min(size, thickness))
    return reaches and along > min(_LEAST_SHARE * size, _LEAST_LENGTH * length)


def _holds(outer: Box, inner: Box) -> bool:
    slack = 0.1
    return (
        outer.x0 <= inner.x0 + slack
        and outer.y0 <= inner.y0 + slack
        and outer.x1 >= inner.x1 - slack
        and outer.y1 >= inner.y1 - slack
    )


def _drawn(box: Box, mark: Mark, staying: Sequence[PageWord], leaving: Iterable[PageWord]) -> Box:
    """The box to black out: grown into free space, for letters that reach beyond their box; never over a neighbour.

    Where the line above reaches in, a little is given back at the top; nothing at the foot, where descenders stand.
    """
    if mark.is_area and box in mark.boxes:
        return box
    height = box.y1 - box.y0
    left = right = min(_SLANT_SHARE * height, _MOST_GROWN_PT)
    above = below = min(_GROWN_SHARE * height, _MOST_GROWN_PT)
    for word in staying:
        overlap = min(word.box.y1, box.y1) - max(word.box.y0, box.y0)
        if overlap > _WORD_SHARE * min(height, word.box.y1 - word.box.y0):
            left, right = _side_room(box, word.box, left, right)
    most_trimmed = 0.0 if _reaches_high(box, leaving) else MOST_TRIMMED * height
    for word in staying:
        other = word.box
        overlap = min(other.y1, box.y1) - max(other.y0, box.y0)
        is_beside = overlap > _WORD_SHARE * min(height, other.y1 - other.y0)
        if is_beside or min(other.x1, box.x1 + right) <= max(other.x0, box.x0 - left):
            continue
        if other.y0 + other.y1 < box.y0 + box.y1:
            above = min(above, -overlap / 2) if overlap < 0 else min(above, -min(overlap / 2, most_trimmed))
        else:
            below = min(below, max(-overlap, 0.0) / 2)
    return Box(box.x0 - left, box.y0 - above, box.x1 + right, box.y1 + below)


def _side_room(box: Box, other: Box, left: float, right: float) -> tuple[float, float]:
    """At most half of the gap to a word beside the mark."""
    if other.x0 + other.x1 < box.x0 + box.x1:
        return min(left, max(box.x0 - other.x1, 0.0) / 2), right
    return left, min(right, max(other.x0 - box.x1, 0.0) / 2)


def _reaches_high(box: Box, words: Iterable[PageWord]) -> bool:
    """Capitals with accents fill their line to the top, so nothing may be given back there."""
    return any(
        any(letter.isupper() and len(unicodedata.normalize("NFD", letter)) > 1 for letter in word.text)
        for word in words
        if _holds(box, word.box)
    )
