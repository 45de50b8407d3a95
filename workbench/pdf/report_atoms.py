"""What a report is laid out from: pieces of a page that are never divided, with their lines, rules and footnotes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from workbench.pdf.report_lines import Colour, Line
from workbench.pdf.report_tags import Tag

#: From the left and upper edges of every sheet to what stands on it.
LEFT, TOP = 72.0, 88.0
_FOOT = 73.9
#: From the left edge to the text of numbered paragraphs.
HANG = 42.5


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of paper; what stands on it ends at ``right`` and ``bottom``."""

    width: float
    height: float

    @property
    def right(self) -> float:
        return self.width - LEFT

    @property
    def bottom(self) -> float:
        return self.height - _FOOT

    @property
    def measure(self) -> float:
        """How long the longest lines are."""
        return self.right - LEFT

    @property
    def room(self) -> float:
        """How high what stands on it can be."""
        return self.bottom - TOP


PORTRAIT, LANDSCAPE = Sheet(595.28, 841.89), Sheet(841.89, 595.28)


@dataclass(slots=True)
class Placed:
    """A line at a place: its left edge (or its right, or its middle) and its baseline below the atom's top."""

    x: float
    baseline: float
    line: Line
    tag: Tag | None
    align: str = "left"


@dataclass(slots=True)
class Box:
    """A filled box or, without height, a rule; measured from the atom's top."""

    left: float
    top: float
    right: float
    bottom: float
    colour: Colour
    is_dotted: bool = False


@dataclass(slots=True)
class Atom:
    """A piece of a page that is never divided.

    ``before`` is left free above it unless it heads a page; ``keeps`` the atom after it on the same page; ``repeats``
    is drawn above it when it heads a page; ``anchors`` are the places that begin here.
    """

    height: float
    before: float = 0.0
    placed: list[Placed] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    keeps: bool = False
    breaks: bool = False
    repeats: Atom | None = None
    bookmark: tuple[int, str] | None = None

    @property
    def notes(self) -> list[int]:
        """The footnotes that have to stand on the same page."""
        return [number for item in self.placed for number in item.line.notes]


def stacked(
    lines: Sequence[Line],
    leading: float,
    *,
    x: float,
    tag: Tag | None,
    size: float,
    right: float = 0.0,
    align: str = "left",
) -> list[Atom]:
    """Lines one below the other; the first two and the last two stay together. ``right`` is the edge for lines that
    are read from the right.
    """
    atoms = []
    for line in lines:
        turned = line.is_right_to_left and align == "left"
        place = Placed(right if turned else x, leading * 0.5 + size * 0.36, line, tag, "right" if turned else align)
        atoms.append(Atom(leading, placed=[place]))
    if len(atoms) > 1:
        atoms[0].keeps = atoms[-2].keeps = True
    return atoms
