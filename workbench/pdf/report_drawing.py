"""Draws the pages of a report: letters, rules, links, and what a listener is told of each."""

from __future__ import annotations

from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from workbench.domain.report import Target
from workbench.pdf.report_atoms import PORTRAIT, Atom, Box, Placed, Sheet
from workbench.pdf.report_fonts import Fonts
from workbench.pdf.report_lines import Leads, Piece, shown
from workbench.pdf.report_tags import Tag, TagTree

Rect = tuple[float, float, float, float]


@dataclass(slots=True)
class Canvas:
    """What is drawn on one page, in the page description language."""

    number: int
    sheet: Sheet = PORTRAIT
    drawn: list[str] = field(default_factory=list)
    links: list[tuple[Rect, Leads, Tag]] = field(default_factory=list)


class Drawing:
    """Draws atoms on pages, and remembers where every place of the report is."""

    def __init__(self, fonts: Fonts, tags: TagTree) -> None:
        self._fonts, self._tags = fonts, tags
        #: Where a place is: the page from 0 and the height on it, from the foot.
        self.places: dict[str, tuple[int, float]] = {}
        self.bookmarks: list[tuple[int, str, int, float]] = []

    def atom(self, canvas: Canvas, top: float, atom: Atom) -> None:
        """One atom with its top at this height."""
        for anchor in atom.anchors:
            self.places.setdefault(anchor, (canvas.number, canvas.sheet.height - top + 6))
        if atom.bookmark is not None:
            self.bookmarks.append((*atom.bookmark, canvas.number, canvas.sheet.height - top + 6))
        for box in atom.boxes:
            self.box(canvas, top, box)
        for place in atom.placed:
            self.placed(canvas, top, place)

    @staticmethod
    def box(canvas: Canvas, top: float, box: Box) -> None:
        """A filled box or a dotted rule; nothing that is read."""
        colour = " ".join(f"{part:.3f}" for part in box.colour)
        foot = canvas.sheet.height - top - box.bottom
        if box.is_dotted:
            shape = f"{colour} RG 0.7 w [0.1 3] 0 d 1 J {box.left:.2f} {foot:.2f} m {box.right:.2f} {foot:.2f} l S"
        else:
            size = f"{box.right - box.left:.2f} {box.bottom - box.top:.2f}"
            shape = f"{colour} rg {box.left:.2f} {foot:.2f} {size} re f"
        canvas.drawn.append(f"/Artifact BMC q {shape} Q EMC")

    def placed(self, canvas: Canvas, top: float, place: Placed) -> None:
        """One line at its place."""
        pieces = shown(place.line)
        width = self._seen_width(pieces) if place.align != "left" else 0.0
        x = place.x - (width if place.align == "right" else width / 2)
        y = canvas.sheet.height - top - place.baseline
        canvas.drawn.append("BT")
        for piece in pieces:
            x = self._piece(canvas, x, y, piece, place.tag)
        canvas.drawn.append("ET")

    def _seen_width(self, pieces: list[Piece]) -> float:
        """How wide a line looks: a blank at its end is not seen."""
        width = sum(map(self._width, pieces))
        last = pieces[-1] if pieces else None
        return width - self._width(last.with_text(" ")) if last and last.text.endswith(" ") else width

    def _width(self, piece: Piece) -> float:
        return self._fonts.width(piece.text, piece.look.face, piece.look.size)

    def _piece(self, canvas: Canvas, x: float, y: float, piece: Piece, tag: Tag | None) -> float:
        wide = self._width(piece)
        if piece.note:
            self.places.setdefault(f"mark {piece.note}", (canvas.number, y + 14))
        held = tag
        if tag is not None and (piece.leads or piece.language):
            held = tag.child("Link" if piece.leads else "Span")
            held.language = piece.language
        if held is not None and piece.leads is not None:
            low, high = y + piece.look.rise - piece.look.size * 0.24, y + piece.look.rise + piece.look.size * 0.82
            canvas.links.append(((x, low, x + wide, high), piece.leads, held))
        letters = self._letters(x, y + piece.look.rise, piece)
        if self._fonts.missing and any(character in self._fonts.missing for character in piece.text):
            # No font has them: the words are told in full behind the boxes.
            words = (piece.said or piece.text).encode("utf-16-be").hex()
            letters = [f"/Span <</ActualText <feff{words}>>> BDC", *letters, "EMC"]
        opening = f"/{held.role} <</MCID {self._tags.mark(held, canvas.number)}>> BDC" if held else "/Artifact BMC"
        canvas.drawn += [opening, *letters, "EMC"]
        return x + wide

    def _letters(self, x: float, y: float, piece: Piece) -> list[str]:
        size, drawn = piece.look.size, []
        colour = " ".join(f"{part:.3f}" for part in piece.look.colour)
        for key, glyphs, width in self._fonts.shown(piece.text, piece.look.face):
            drawn.append(f"/{key} {size:g} Tf {colour} rg 1 0 0 1 {x:.2f} {y:.2f} Tm <{glyphs}> Tj")
            x += width * size
        return drawn


def link_to(pdf: pikepdf.Pdf, rect: Rect, leads: Leads, places: dict[str, tuple[int, float]]) -> Dictionary | None:
    """The annotation that follows a link; None when it leads nowhere."""
    link = Dictionary(
        Type=Name.Annot, Subtype=Name.Link, Rect=Array([round(side, 2) for side in rect]), Border=Array([0, 0, 0]), F=4
    )
    if leads.kind == "target":
        assert leads.target is not None
        link.A, link.Contents = _remote(leads.target), String(leads.target.tip)
        return link
    name = leads.name if leads.kind == "anchor" else f"{leads.kind} {leads.name}"
    if name not in places:
        return None
    link.Dest = destination(pdf, *places[name])
    link.Contents = String(
        {"note": f"Footnote {leads.name}", "mark": f"Back to the text of footnote {leads.name}"}.get(
            leads.kind, "Go to this place in the report"
        )
    )
    return link


def destination(pdf: pikepdf.Pdf, page: int, height: float) -> Array:
    """A place on a page; the zoom stays."""
    return Array([pdf.pages[page].obj, Name.XYZ, 0, round(height, 2), None])


def _remote(target: Target) -> Dictionary:
    """Go to a page, or to a named place, of a file beside the report."""
    where: object = String(target.destination) if target.destination else None
    if where is None:
        where = Array([max(target.file_page, 1) - 1, Name.Fit])
    file = Dictionary(Type=Name.Filespec, F=String(target.file), UF=String(target.file))
    return Dictionary(S=Name.GoToR, F=file, D=where, NewWindow=True)
