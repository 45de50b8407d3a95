"""Breaks the words of a report into lines, and turns around what is read from the right."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby

from workbench.domain.report import CrossReference, Footnote, Link, Run, Target, Text, reference_text
from workbench.domain.report_text import directed, is_right_to_left
from workbench.pdf.report_fonts import BOLD, BOLD_ITALIC, ITALIC, REGULAR, Fonts

INK, GREY, LINK = (0.1, 0.1, 0.1), (0.35, 0.35, 0.35), (0.12, 0.25, 0.5)
Colour = tuple[float, float, float]
_MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
_BLANK, _SINGLE = " \t\u2000-\u200a\u205f\u3000", "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
#: A line end; blanks; letters of scripts without blanks, one by one; a word with the signs after which a line may end.
_TOKENS = re.compile(
    f"\n|[{_BLANK}]+|[{_SINGLE}]|[^\n{_BLANK}{_SINGLE}]+?(?:(?<=[^\\W\\d_][-–—/])(?=\\w)|(?=[\n{_BLANK}{_SINGLE}])|$)"
)
_BLANKS = frozenset(" \t\u205f\u3000") | {chr(code) for code in range(0x2000, 0x200B)}
_CORE = re.compile(r"\w(?:.*\w)?", re.DOTALL)
_NUMBERS = re.compile(r"[0-9A-Za-z](?:[0-9A-Za-z.,:/-]*[0-9A-Za-z])?")


@dataclass(frozen=True, slots=True)
class Look:
    """How letters look."""

    face: int = REGULAR
    size: float = 10.5
    rise: float = 0.0
    colour: Colour = INK


@dataclass(frozen=True, slots=True)
class Leads:
    """Where words lead to: a place of the report, a footnote, the mark of one, or words on a page elsewhere."""

    kind: str
    name: str = ""
    target: Target | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """Letters of one look on one line."""

    text: str
    look: Look
    leads: Leads | None = None
    note: int = 0
    is_right_to_left: bool = False
    language: str = ""
    #: The letters in the order in which they are read, where they are drawn in another.
    said: str = ""

    def with_text(self, text: str, said: str = "") -> Piece:
        """Other letters of the same kind."""
        return Piece(text, self.look, self.leads, self.note, self.is_right_to_left, self.language, said)


@dataclass(slots=True)
class _Word:
    """What no line breaks; ``blank`` comes before it unless it begins a line."""

    pieces: list[Piece] = field(default_factory=list)
    blank: Piece | None = None
    is_forced: bool = False


@dataclass(slots=True)
class Line:
    """One line: its pieces in the order in which they are read, how wide it is, and the footnotes marked on it."""

    pieces: list[Piece] = field(default_factory=list)
    width: float = 0.0
    is_right_to_left: bool = False

    @property
    def notes(self) -> list[int]:
        """The numbers of the footnotes whose marks stand on the line."""
        return [piece.note for piece in self.pieces if piece.note]


class Setter:
    """Makes lines of runs with the widths of one set of fonts."""

    def __init__(self, fonts: Fonts) -> None:
        self.fonts = fonts

    def width(self, piece: Piece) -> float:
        """How wide a piece is."""
        return self.fonts.width(piece.text, piece.look.face, piece.look.size)

    def lines(self, runs: Iterable[Run], look: Look, width: float) -> list[Line]:
        """The runs in lines no wider than ``width``; words that are too long are broken."""
        pieces = [piece for run in runs for piece in pieces_of(run, look)]
        turned = is_right_to_left("".join(piece.text for piece in pieces))
        if turned:
            pieces = [part for piece in pieces for part in _turned(piece)]
        return self._broken(_words(pieces), width, is_right_to_left=turned) or [Line()]

    def plain(self, text: str, look: Look, width: float) -> list[Line]:
        """Words of one look in lines."""
        return self.lines((Text(text=text),), look, width)

    def _broken(self, words: list[_Word], width: float, *, is_right_to_left: bool) -> list[Line]:
        lines: list[Line] = []
        line = Line(is_right_to_left=is_right_to_left)
        for word in words:
            if word.is_forced:
                lines.append(line)
                line = Line(is_right_to_left=is_right_to_left)
                continue
            wide = sum(map(self.width, word.pieces))
            blank = self.width(word.blank) if word.blank and line.pieces else 0.0
            if line.pieces and line.width + blank + wide > width + 0.01:
                # The blank at its end is not seen; it keeps two words apart for those who listen or copy.
                line.pieces += [word.blank] if word.blank and not is_right_to_left else []
                lines.append(line)
                line, blank = Line(is_right_to_left=is_right_to_left), 0.0
            if wide > width:
                *full, line = self._cut(word.pieces, width, line, is_right_to_left=is_right_to_left)
                lines += full
                continue
            if blank and word.blank:
                line.pieces.append(word.blank)
            line.pieces += word.pieces
            line.width += blank + wide
        return [*lines, line] if line.pieces or lines else lines

    def _cut(self, pieces: list[Piece], width: float, line: Line, *, is_right_to_left: bool) -> list[Line]:
        """A word wider than the line, letter by letter."""
        lines = [line]
        for piece in pieces:
            kept = ""
            for character in piece.text:
                wide = self.fonts.width(character, piece.look.face, piece.look.size)
                if lines[-1].width + wide > width and (lines[-1].pieces or kept):
                    if kept:
                        lines[-1].pieces.append(replace(piece, text=kept, note=0))
                    lines.append(Line(is_right_to_left=is_right_to_left))
                    kept = ""
                kept += character
                lines[-1].width += wide
            lines[-1].pieces.append(replace(piece, text=kept))
        return lines


def pieces_of(run: Run, look: Look) -> Iterator[Piece]:
    """A run as pieces of one direction."""
    match run:
        case Text():
            face = (BOLD_ITALIC if run.is_italic else BOLD) if run.is_bold else ITALIC if run.is_italic else look.face
            if face == ITALIC and look.face == BOLD:
                face = BOLD_ITALIC
            yield from _directed(run.text, replace(look, face=face), None, run.language)
        case Link():
            leads = _leads(run)
            face = ITALIC if run.is_italic else look.face
            yield from _directed(run.text, replace(look, face=face, colour=LINK if leads else look.colour), leads)
        case CrossReference():
            leads = Leads("anchor", run.anchor)
            yield from _directed(reference_text(run), look, leads)
        case Footnote():
            mark = replace(look, size=look.size * 0.64, rise=look.size * 0.34, face=REGULAR)
            yield Piece(str(run.number), mark, Leads("note", str(run.number)), run.number)


def _leads(link: Link) -> Leads | None:
    if link.anchor:
        return Leads("anchor", link.anchor)
    return Leads("target", target=link.target) if link.target and link.target.href else None


def _directed(text: str, look: Look, leads: Leads | None, language: str = "") -> Iterator[Piece]:
    for part, is_turned in directed(text):
        yield Piece(part, look, leads, 0, is_turned, language)


def _turned(piece: Piece) -> Iterator[Piece]:
    """In a paragraph read from the right, signs around words of the other direction follow the paragraph."""
    core = None if piece.is_right_to_left or piece.note else _CORE.search(piece.text)
    if core is None:
        yield piece if piece.note else replace(piece, is_right_to_left=True)
        return
    parts = ((piece.text[: core.start()], True), (core[0], False), (piece.text[core.end() :], True))
    yield from (replace(piece, text=text, is_right_to_left=turned) for text, turned in parts if text)


def _words(pieces: list[Piece]) -> list[_Word]:
    words: list[_Word] = []
    word = _Word()
    for piece in pieces:
        for match in _TOKENS.finditer(piece.text) if not piece.note else [None]:
            text = match[0] if match else piece.text
            if text == "\n":
                words += [word] if word.pieces else []
                words.append(_Word(is_forced=True))
                word = _Word()
            elif text[0] in _BLANKS:
                words += [word] if word.pieces else []
                word = _Word(blank=piece.with_text(" "))
            else:
                # A new token begins a new word where a line may end: within a piece that was cut into tokens.
                if word.pieces and match and match.start() > 0:
                    words.append(word)
                    word = _Word()
                word.pieces.append(piece.with_text(text))
    return [*words, word] if word.pieces else words


def shown(line: Line) -> list[Piece]:
    """The pieces from left to right as they are drawn; neighbours of one look are one."""
    groups = [(turned, list(group)) for turned, group in groupby(line.pieces, key=lambda piece: piece.is_right_to_left)]
    if line.is_right_to_left:
        groups.reverse()
    ordered: list[Piece] = []
    for turned, group in groups:
        merged = _merged(group)
        ordered += (
            [piece.with_text(_from_right(piece.text), piece.text) for piece in reversed(merged)] if turned else merged
        )
    return ordered


def _merged(pieces: Iterable[Piece]) -> list[Piece]:
    made: list[Piece] = []
    for piece in pieces:
        last = made[-1] if made else None
        if last and not (piece.note or last.note) and _are_alike(piece, last):
            made[-1] = last.with_text(last.text + piece.text)
        else:
            made.append(piece)
    return made


def _are_alike(piece: Piece, other: Piece) -> bool:
    return (
        piece.look == other.look
        and piece.leads is other.leads
        and piece.is_right_to_left == other.is_right_to_left
        and piece.language == other.language
    )


def _from_right(text: str) -> str:
    """The letters from left to right as they are drawn; numbers and marks stay with what they belong to."""
    clusters: list[str] = []
    at = 0
    while at < len(text):
        number = _NUMBERS.match(text, at)
        end = number.end() if number else at + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        piece = text[at:end]
        clusters.append(piece if number else piece.translate(_MIRRORED))
        at = end
    return "".join(reversed(clusters))
