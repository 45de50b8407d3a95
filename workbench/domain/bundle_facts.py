"""What was read from a finished bundle, and what it was planned to be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

#: A rectangle on a page as displayed, in points from the top left: left, top, right, bottom.
Place = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberFacts:
    """The page's number as it was found printed: its turn, its size as displayed, whether other words stand in its
    place, and lone numbers close to it."""

    is_upright: bool
    size_pt: float
    is_clear: bool = True
    neighbours: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkFacts:
    """A place that should be redacted: how many letters each of two readers finds there, whether its pixels are of
    one colour behind the label, how many lines or shapes are drawn in it, and whether invisible text lies there."""

    place: Place
    letters: tuple[int, int]
    is_uniform: bool
    drawings: int = 0
    hidden_letters: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """One page as read back: its label, the words at its head and foot, the very last word, its
    upright turn, and how many characters stand on it.

    ``turn`` is the direction in which most letters run, in quarter turns as degrees, -1 when there are too few;
    ``covered`` are places where letters lie under something opaque, ``whited`` those where it is white.
    ``text_digest`` leaves out the page's number.
    """

    label: str
    edge_words: tuple[str, ...]
    last_word: str
    corner: str
    is_last_word_upright: bool
    character_count: int
    number: NumberFacts | None = None
    width_pt: float = 595.0
    height_pt: float = 842.0
    text_digest: str = ""
    picture_digest: str = ""
    text: str = ""
    turn: int = -1
    turn_share: float = 0.0
    picture_share: float = 0.0
    max_dpi: int = 0
    hidden_share: float = 0.0
    has_hidden_text: bool = False
    odd_characters: int = 0
    word_share: float = -1.0
    covered: tuple[Place, ...] = ()
    whited: tuple[Place, ...] = ()
    annotations: tuple[str, ...] = ()
    link_targets: tuple[int, ...] = ()
    drawn_objects: int = 0
    is_slow: bool = False
    marks: tuple[MarkFacts, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """What a first look at a page tells: its last word and the words in the corner of the number, whether the last
    word stands upright, and which way most of its letters run."""

    last_word: str
    corner: str
    is_last_word_upright: bool
    character_count: int
    turn: int
    turn_share: float

    def shows(self, label: str) -> bool:
        """Whether the number can be read where it should stand."""
        return self.is_last_word_upright and self.last_word == label and label in self.corner.split()


@dataclass(frozen=True, slots=True, kw_only=True)
class RowLink:
    """A link on a front page: the words under it, its target page (from 0) and kind of view."""

    page_index: int
    text: str
    target: int
    view: str
    zoom: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BookmarkFacts:
    """A bookmark: level from 0, title, target page (from 0, -1 for none), kind of view and zoom."""

    level: int
    title: str
    target: int
    view: str
    zoom: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectFacts:
    """What the objects of the file say, beside its pages."""

    is_repaired: bool
    is_encrypted: bool
    revisions: int
    opening: str
    metadata: dict[str, str]
    live: tuple[str, ...]
    attachments: int
    annotations: tuple[str, ...]
    fonts_not_embedded: tuple[str, ...]
    base_fonts_not_embedded: tuple[str, ...] = ()
    page_mode: str = ""
    language: str = ""
    shows_title: bool = False
    layers: int = 0
    hidden_layers: tuple[str, ...] = ()
    byte_count: int = 0
    sha256: str = ""
    page_counts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureFacts:
    """Pages drawn and compared with their sources: so many of so many, those that differ, those of another size."""

    compared: int
    pages: int
    wrong: tuple[int, ...] = ()
    other_size: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleFacts:
    """Everything that the rules look at; ``scans`` are pages with words over a picture, of which
    ``scans_examined`` were compared with their picture."""

    page_count: int
    pages: tuple[PageFacts, ...]
    front_texts: tuple[str, ...]
    row_links: tuple[RowLink, ...]
    bookmarks: tuple[BookmarkFacts, ...]
    objects: ObjectFacts
    filename: str = ""
    pictures: PictureFacts | None = None
    scans: int = 0
    scans_examined: int = 0


def page_facts(read: Mapping[str, Any]) -> PageFacts:
    """A page's facts from the plain values in which they travel."""
    number = read["number"]
    return PageFacts(
        **{
            **{name: _frozen(value) for name, value in read.items()},
            "number": None if number is None else NumberFacts(**{**number, "neighbours": tuple(number["neighbours"])}),
            "marks": tuple(
                MarkFacts(**{**mark, "place": tuple(mark["place"]), "letters": tuple(mark["letters"])})
                for mark in read["marks"]
            ),
        }
    )


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value


def object_facts(read: Mapping[str, Any]) -> ObjectFacts:
    """The objects' facts from the plain values in which they travel."""
    return ObjectFacts(**{name: _frozen(value) for name, value in read.items()})
