"""Sets lines of text with embedded fonts, and knows how wide they are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

import pymupdf

_UNSEEN = re.compile("[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class Style:
    """A font at a size, in a grey: 0 black, 1 white."""

    font: pymupdf.Font
    size: float
    grey: float = 0.0


class Typesetter:
    """Writes on pages with one text family; letters it lacks come from the fallback font of the library."""

    def __init__(self, regular: bytes, bold: bytes) -> None:
        self.regular = pymupdf.Font(fontbuffer=regular)
        self.bold = pymupdf.Font(fontbuffer=bold)
        self._letters: dict[tuple[str, int], tuple[pymupdf.Font, float]] = {}
        self._writers: dict[tuple[int, float], pymupdf.TextWriter] = {}
        self._shapes: dict[int, pymupdf.Shape] = {}

    @cached_property
    def _fallback(self) -> pymupdf.Font:
        return pymupdf.Font("cjk")

    def width(self, text: str, style: Style) -> float:
        """The width of a line in points."""
        return style.size * sum(self._letter(character, style.font)[1] for character in text)

    def _letter(self, character: str, font: pymupdf.Font) -> tuple[pymupdf.Font, float]:
        """The font that has a letter, and how wide it is there at a size of one point."""
        known = self._letters.get((character, id(font)))
        if known is None:
            chosen = font if font.has_glyph(ord(character)) else self._fallback
            known = self._letters[character, id(font)] = chosen, float(chosen.text_length(character, 1))
        return known

    def _runs(self, text: str, font: pymupdf.Font) -> list[tuple[pymupdf.Font, str]]:
        runs: list[tuple[pymupdf.Font, str]] = []
        for character in text:
            chosen, _ = self._letter(character, font)
            if runs and runs[-1][0] is chosen:
                runs[-1] = (chosen, runs[-1][1] + character)
            else:
                runs.append((chosen, character))
        return runs

    def write(self, page: pymupdf.Page, x: float, baseline: float, text: str, style: Style) -> None:
        """One line with its left end at ``x``; it stands on the page once ``put_down`` was called."""
        writer = self._writers.get((page.number, style.grey))
        if writer is None:
            writer = self._writers[page.number, style.grey] = pymupdf.TextWriter(page.rect, color=(style.grey,) * 3)
        for font, run in self._runs(text, style.font):
            writer.append((x, baseline), run, font=font, fontsize=style.size)
            x += style.size * sum(self._letter(character, style.font)[1] for character in run)

    def _shape(self, page: pymupdf.Page) -> pymupdf.Shape:
        shape = self._shapes.get(page.number)
        if shape is None:
            shape = self._shapes[page.number] = pymupdf.Shape(page)
        return shape

    def rule(self, page: pymupdf.Page, left: float, right: float, y: float, grey: float, weight: float) -> None:
        """A line across a page; it stands there once ``put_down`` was called."""
        shape = self._shape(page)
        shape.draw_line((left, y), (right, y))
        shape.finish(color=(grey,) * 3, width=weight)

    def dot(self, page: pymupdf.Page, x: float, y: float, radius: float, colour: tuple[float, float, float]) -> None:
        """A filled circle; it stands there once ``put_down`` was called."""
        shape = self._shape(page)
        shape.draw_circle((x, y), radius)
        shape.finish(color=None, fill=colour)

    def put_down(self, document: pymupdf.Document) -> None:
        """Write on the pages of ``document`` what was set for them, all at once, as each time is dear."""
        for number, shape in self._shapes.items():
            # The shape holds the page as it was; a page that was taken up again since is another object.
            shape.page = document[number]
            shape.commit()
        self._shapes.clear()
        for (number, _), writer in self._writers.items():
            writer.write_text(document[number])
        self._writers.clear()

    def write_right(self, page: pymupdf.Page, right: float, baseline: float, text: str, style: Style) -> None:
        """One line with its right end at ``right``."""
        self.write(page, right - self.width(text, style), baseline, text, style)

    def wrap(self, text: str, width: float, style: Style) -> list[str]:
        """The text in lines no wider than ``width``; words that are too long are broken."""
        lines, line = [], ""
        for word in shown(text).split():
            for piece in self._pieces(word, width, style):
                candidate = f"{line} {piece}" if line else piece
                if line and self.width(candidate, style) > width:
                    lines.append(line)
                    candidate = piece
                line = candidate
        return [*lines, line] if line else lines or [""]

    def _pieces(self, word: str, width: float, style: Style) -> list[str]:
        pieces = []
        while self.width(word, style) > width and len(word) > 1:
            cut = next(n for n in range(len(word) - 1, 0, -1) if n == 1 or self.width(word[:n], style) <= width)
            pieces.append(word[:cut])
            word = word[cut:]
        return [*pieces, word]


def shown(text: str) -> str:
    """Text without characters that cannot be seen or that turn the line around."""
    return _UNSEEN.sub(" ", text)
