"""Where the keyboard takes the chosen words: a word, a line, a paragraph or a page on or back."""

from __future__ import annotations

from collections.abc import Callable

from workbench.domain.geometry import Word
from workbench.gui.page.selection import Spot, line_around, nearest_word, paragraph_around

WordsOf = Callable[[int], list[Word] | None]


def step(spot: Spot, unit: str, by: int, words_of: WordsOf) -> Spot:
    """The word that is one ``word``, ``line`` or ``paragraph`` further (``by`` 1) or back (-1).

    At the end of a page it goes on with the next page whose words are known; where there is none it stays.
    """
    words = words_of(spot.page_index)
    if not words:
        return spot
    if unit == "word":
        at = spot.word + by
        if 0 <= at < len(words):
            return Spot(spot.page_index, at)
        return _over_the_edge(spot, by, words_of)
    around = line_around if unit == "line" else paragraph_around
    first, last = around(words, spot.word)
    beyond = last + 1 if by > 0 else first - 1
    if not 0 <= beyond < len(words):
        return _over_the_edge(spot, by, words_of)
    if unit == "paragraph":
        return Spot(spot.page_index, paragraph_around(words, beyond)[1 if by > 0 else 0])
    return Spot(spot.page_index, _under(words, spot.word, line_around(words, beyond)))


def line_edge(spot: Spot, by: int, words_of: WordsOf) -> Spot:
    """The first (``by`` -1) or last word of the line."""
    words = words_of(spot.page_index)
    return spot if not words else Spot(spot.page_index, line_around(words, spot.word)[1 if by > 0 else 0])


def _under(words: list[Word], at: int, line: tuple[int, int]) -> int:
    box, target = words[at].box, words[line[0]].box
    first, last = line
    return first + nearest_word(words[first : last + 1], (box.x0 + box.x1) / 2, (target.y0 + target.y1) / 2)


def _over_the_edge(spot: Spot, by: int, words_of: WordsOf) -> Spot:
    words = words_of(spot.page_index + by) if spot.page_index + by >= 0 else None
    if not words:
        return spot
    return Spot(spot.page_index + by, 0 if by > 0 else len(words) - 1)
