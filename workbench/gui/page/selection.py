"""Choosing words on pages: by word, line and paragraph, across lines, columns and pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from workbench.domain.geometry import Box, Word


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A word of a page, by its position among the page's words."""

    page_index: int
    word: int


@dataclass(frozen=True, slots=True)
class TextRange:
    """Chosen words of one page: half-open code-point offsets into its stored text."""

    page_index: int
    start: int
    end: int


Stretch = tuple[Spot, Spot]


class TextSelection:
    """What is chosen, always whole words; ``words_of`` answers None while a page's words are not known."""

    def __init__(self, words_of: Callable[[int], list[Word] | None]) -> None:
        self._words_of = words_of
        self._anchor: Stretch | None = None
        self._head: Stretch | None = None

    def clear(self) -> None:
        """Choose nothing."""
        self._anchor = self._head = None

    @property
    def is_empty(self) -> bool:
        return self._anchor is None or self._head is None

    @property
    def head(self) -> Spot | None:
        """The word at the end that moves; None when nothing is chosen."""
        if self._anchor is None or self._head is None:
            return None
        return self._head[1] if self._head[1] >= self._anchor[1] else self._head[0]

    def begin(self, page_index: int, x: float, y: float, *, unit: str = "word", shown: bool = False) -> None:
        """Start at a point of a page (in points); ``shown`` chooses the word, line or paragraph there at once."""
        self._anchor = self._unit_at(page_index, x, y, unit)
        self._head = self._anchor if shown else None

    def extend(self, page_index: int, x: float, y: float, *, unit: str = "word") -> None:
        """Choose everything from the start to this point."""
        head = self._unit_at(page_index, x, y, unit)
        if self._anchor is not None and head is not None:
            self._head = head

    def choose(self, page_index: int, start: int, end: int) -> None:
        """Choose the words that lie between two offsets of one page."""
        self.choose_ranges([TextRange(page_index, start, end)])

    def choose_ranges(self, ranges: Sequence[TextRange]) -> None:
        """Choose everything from the first range to the last."""
        self.clear()
        touched = [
            Spot(part.page_index, at)
            for part in ranges
            for at, word in enumerate(self._words_of(part.page_index) or [])
            if word.start < part.end and word.end > part.start
        ]
        if touched:
            self._anchor, self._head = (touched[0],) * 2, (touched[-1],) * 2

    def place(self, spot: Spot) -> None:
        """Choose one word, as the start of choosing by keyboard."""
        self._anchor = self._head = (spot, spot)

    def reach(self, spot: Spot) -> None:
        """Choose everything from the start to this word."""
        if self._anchor is None:
            self.place(spot)
        self._head = (spot, spot)

    def ranges(self) -> list[TextRange]:
        """The chosen words of each page, in order."""
        if self._anchor is None or self._head is None:
            return []
        first, last = min(self._anchor[0], self._head[0]), max(self._anchor[1], self._head[1])
        found = []
        for page_index in range(first.page_index, last.page_index + 1):
            words = self._words_of(page_index)
            if words:
                start = words[first.word if page_index == first.page_index else 0].start
                end = words[last.word if page_index == last.page_index else -1].end
                found.append(TextRange(page_index, start, end))
        return found

    def _unit_at(self, page_index: int, x: float, y: float, unit: str) -> Stretch | None:
        words = self._words_of(page_index)
        if not words:
            return None
        first, last = unit_around(words, nearest_word(words, x, y), unit)
        return Spot(page_index, first), Spot(page_index, last)


def unit_around(words: Sequence[Word], at: int, unit: str) -> tuple[int, int]:
    """First and last position of the word, line or paragraph that holds the word at ``at``."""
    if unit == "line":
        return line_around(words, at)
    return paragraph_around(words, at) if unit == "paragraph" else (at, at)


def nearest_word(words: Sequence[Word], x: float, y: float) -> int:
    """The position of the word at a point; beside the text, the nearest one, lines counting more than columns."""

    def distance(at: int) -> float:
        box = words[at].box
        across = max(box.x0 - x, 0.0, x - box.x1)
        down = max(box.y0 - y, 0.0, y - box.y1)
        return across + 4.0 * down

    return min(range(len(words)), key=distance)


def word_under(words: Sequence[Word], x: float, y: float) -> Word | None:
    """The word whose box holds the point, if any."""
    return next((w for w in words if w.box.x0 <= x <= w.box.x1 and w.box.y0 <= y <= w.box.y1), None)


def on_one_line(one: Box, other: Box) -> bool:
    """True when two boxes stand side by side: the middle of the flatter lies within the other."""
    flat, tall = (one, other) if one.y1 - one.y0 <= other.y1 - other.y0 else (other, one)
    return tall.y0 <= (flat.y0 + flat.y1) / 2 <= tall.y1


def line_around(words: Sequence[Word], at: int) -> tuple[int, int]:
    """First and last position of the line that the word at ``at`` stands on."""
    first = last = at
    while (
        first > 0 and on_one_line(words[first - 1].box, words[at].box) and words[first - 1].box.x0 < words[first].box.x0
    ):
        first -= 1
    while (
        last + 1 < len(words)
        and on_one_line(words[last + 1].box, words[at].box)
        and words[last + 1].box.x0 > words[last].box.x0
    ):
        last += 1
    return first, last


def paragraph_around(words: Sequence[Word], at: int) -> tuple[int, int]:
    """First and last position of the lines that follow one another closely around the word at ``at``."""
    first, last = line_around(words, at)
    while first > 0 and _goes_on(words, line_around(words, first - 1), (first, last)):
        first = line_around(words, first - 1)[0]
    while last + 1 < len(words) and _goes_on(words, line_around(words, last), line_around(words, last + 1)):
        last = line_around(words, last + 1)[1]
    return first, last


def _goes_on(words: Sequence[Word], above: tuple[int, int], below: tuple[int, int]) -> bool:
    """True when the second line stands under the first in the same column, at the distance of a line."""
    upper, lower = _box_of(words, above), words[below[0]].box
    height = max(upper.y1 - upper.y0, lower.y1 - lower.y0)
    return -0.5 * height < lower.y0 - upper.y1 < 0.85 * height and lower.x0 < upper.x1 and lower.y0 > upper.y0


def _box_of(words: Sequence[Word], line: tuple[int, int]) -> Box:
    box = words[line[0]].box
    for word in words[line[0] + 1 : line[1] + 1]:
        box = box.union(word.box)
    return box
