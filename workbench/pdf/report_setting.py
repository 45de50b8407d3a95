"""Sets the blocks of a report: paragraphs, headings, lists, quotations and boxes, each as atoms of a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

from workbench.domain.report import (
    Block,
    Footnote,
    Heading,
    Labels,
    ListItem,
    Note,
    PageBreak,
    Paragraph,
    Part,
    Quote,
    Run,
    Table,
    Text,
    leads_on,
)
from workbench.domain.report_numbers import part_title
from workbench.pdf.report_atoms import HANG, LANDSCAPE, LEFT, PORTRAIT, Atom, Box, Placed, Sheet, stacked
from workbench.pdf.report_fonts import BOLD, ITALIC
from workbench.pdf.report_lines import GREY, Leads, Line, Look, Piece, Setter
from workbench.pdf.report_table import TableSetting
from workbench.pdf.report_tags import Tag

BODY, BODY_LEADING = Look(), 15.0
SMALL, SMALL_LEADING = Look(size=9.5), 13.2
NOTE, NOTE_LEADING, NOTE_HANG = Look(size=8.5), 11.2, 15.0
_HEADINGS = {1: (18.0, 23.0, 0.0), 2: (13.0, 17.0, 17.0), 3: (11.0, 15.0, 13.0), 4: (10.5, 15.0, 9.0)}
_AFTER = 7.5
_STEP = 21.0
_BOXES = {False: ((0.945, 0.953, 0.97), (0.5, 0.56, 0.66)), True: ((0.984, 0.941, 0.937), (0.61, 0.17, 0.17))}
_PAD = 7.0


class Setting:
    """Makes the atoms of parts; the footnotes met on the way are set too, by number."""

    def __init__(self, setter: Setter, root: Tag, labels: Labels) -> None:
        self._setter, self._root, self._labels = setter, root, labels
        self._tables = TableSetting(setter, self._noted, labels.table)
        self._tag = root
        self.notes: dict[int, list[Atom]] = {}
        self._breaks = False
        self._part, self._sheet = Part(title=""), PORTRAIT

    def part(self, part: Part) -> list[Atom]:
        """A part with its title, from a new page."""
        self._part, self._sheet, self._breaks = part, sheet_of(part), True
        self._tag = self._root.child("Sect")
        atoms = self._title(1, part_title(part, self._labels), "", part.anchor)
        for is_list, group in groupby(part.blocks, key=lambda block: isinstance(block, ListItem)):
            blocks = list(group)
            if is_list:
                atoms += self._list([block for block in blocks if isinstance(block, ListItem)])
            else:
                for block in blocks:
                    atoms += self._block(block)
        return atoms

    @property
    def _left(self) -> float:
        return LEFT if self._part.numbering == "none" else LEFT + HANG

    def _block(self, block: Block) -> list[Atom]:
        match block:
            case Heading():
                return self._title(block.level, block.text, block.number, block.anchor)
            case Paragraph():
                return self._paragraph(block)
            case Quote():
                return self._quote(block)
            case Table():
                return self._headed(self._tables.table(block, self._tag, self._sheet))
            case Note():
                return self._box(block)
            case PageBreak():
                self._breaks = True
        return []

    def _headed(self, atoms: list[Atom], anchor: str = "") -> list[Atom]:
        """The anchor and a page break that was asked for belong to the first atom."""
        if atoms:
            atoms[0].breaks, self._breaks = atoms[0].breaks or self._breaks, False
            if anchor:
                atoms[0].anchors.append(anchor)
        return atoms

    def _title(self, level: int, text: str, number: str, anchor: str) -> list[Atom]:
        size, leading, before = _HEADINGS[level]
        look = Look(ITALIC if level == 4 else BOLD, size)
        tag = self._tag.child(f"H{level}")
        x = LEFT + HANG if number or (level > 1 and self._part.numbering != "none") else LEFT
        lines = self._setter.plain(text, look, self._sheet.right - x)
        atoms = stacked(lines, leading, x=x, tag=tag, size=size, right=self._sheet.right)
        if number:
            atoms[0].placed.insert(0, self._mark(number, look, atoms[0], tag, LEFT))
        for atom in atoms:
            atom.keeps = True
        atoms[0].before, atoms[-1].height = before, atoms[-1].height + (14.0 if level == 1 else 4.0)
        atoms[0].bookmark = (level, f"{number}  {text}" if number else text)
        return self._headed(atoms, anchor)

    @staticmethod
    def _mark(text: str, look: Look, atom: Atom, tag: Tag | None, x: float) -> Placed:
        return Placed(x, atom.placed[0].baseline, Line([Piece(text + " ", look)]), tag)

    def _noted(self, runs: Iterable[Run], tag: Tag) -> tuple[Run, ...]:
        """The runs; the footnotes among them are set on the way."""
        held = tuple(runs)
        for run in held:
            if isinstance(run, Footnote):
                self._footnote(run, tag)
        return held

    def _footnote(self, note: Footnote, tag: Tag) -> None:
        inner = tag.child("Note")
        inner.name = f"note-{note.number}"
        lines = self._setter.lines(note.runs, NOTE, self._sheet.measure - NOTE_HANG)
        atoms = stacked(lines, NOTE_LEADING, x=LEFT + NOTE_HANG, tag=inner, size=NOTE.size, right=self._sheet.right)
        back = Look(size=6.4, rise=2.6)
        label = Line([Piece(f"{note.number}", back, Leads("mark", str(note.number))), Piece(" ", NOTE)])
        label.width = self._setter.width(label.pieces[0])
        atoms[0].placed.insert(0, Placed(LEFT + NOTE_HANG - 3 - label.width, atoms[0].placed[0].baseline, label, inner))
        atoms[0].anchors.append(f"note {note.number}")
        atoms[0].before = 1.8
        self.notes[note.number] = atoms

    def _text(
        self,
        runs: Iterable[Run],
        tag: Tag,
        *,
        x: float,
        right: float = 0.0,
        look: Look = BODY,
        leading: float = BODY_LEADING,
    ) -> list[Atom]:
        right = right or self._sheet.right
        lines = self._setter.lines(self._noted(runs, tag), look, right - x)
        return stacked(lines, leading, x=x, tag=tag, size=look.size, right=right)

    def _paragraph(self, block: Paragraph) -> list[Atom]:
        tag = self._tag.child("P")
        x = LEFT + HANG if block.number else self._left
        atoms = self._text(block.runs, tag, x=x)
        if block.number:
            atoms[0].placed.insert(0, self._mark(block.number, BODY, atoms[0], tag, LEFT))
        atoms[-1].keeps = atoms[-1].keeps or leads_on(block.runs)
        return self._spaced(atoms, block.anchor)

    def _spaced(self, atoms: list[Atom], anchor: str = "", before: float = _AFTER) -> list[Atom]:
        atoms[0].before = before
        return self._headed(atoms, anchor)

    def _quote(self, block: Quote) -> list[Atom]:
        tag = self._tag.child("BlockQuote")
        x, right = self._left + _STEP, self._sheet.right - _STEP
        atoms = self._text(block.runs, tag, x=x, right=right)
        if block.source:
            atoms[-1].keeps = True
            look = replace(SMALL, colour=GREY)
            lines = self._setter.lines(self._noted(block.source, tag), look, right - x)
            atoms += stacked(lines, SMALL_LEADING, x=right, tag=tag, size=look.size, align="right")
        return self._spaced(atoms)

    def _list(self, items: list[ListItem]) -> list[Atom]:
        tag = self._tag.child("L")
        atoms: list[Atom] = []
        for place, item in enumerate(items):
            entry = tag.child("LI")
            x = self._left + _STEP * (item.level + 1)
            made = self._text(item.runs, entry.child("LBody"), x=x)
            mark = item.number or ("–" if item.level == 1 else "•")
            made[0].placed.insert(0, self._mark(mark, BODY, made[0], entry.child("Lbl"), x - _STEP))
            made[-1].keeps = made[-1].keeps or leads_on(item.runs)
            atoms += self._spaced(made, item.anchor, _AFTER if place == 0 else 3.5)
        return atoms

    def _box(self, block: Note) -> list[Atom]:
        tag = self._tag.child("Div")
        x, right = LEFT + 12, self._sheet.right - 8
        groups: list[list[Atom]] = []
        if block.title:
            title = (Text(text=block.title, is_bold=True),)
            groups.append(self._text(title, tag.child("P"), x=x, right=right, look=SMALL, leading=SMALL_LEADING))
            groups[0][-1].keeps = True
        for runs in block.paragraphs:
            inner = tag.child("P")
            groups.append(self._text(runs, inner, x=x, right=right, look=SMALL, leading=SMALL_LEADING))
        for group in groups[:-1]:
            group[-1].height += 3.5
        atoms = [atom for group in groups for atom in group]
        if not atoms:
            return []
        _lower(atoms[0], _PAD)
        atoms[-1].height += _PAD
        fill, edge = _BOXES[block.is_warning]
        for atom in atoms:
            atom.boxes = [
                Box(LEFT, 0, self._sheet.right, atom.height, fill),
                Box(LEFT, 0, LEFT + 2.5, atom.height, edge),
            ]
        atoms[-1].height += 5.0  # below the box, not of it
        if len(atoms) <= 20:
            for atom in atoms[:-1]:
                atom.keeps = True
        return self._spaced(atoms, before=11.0)


def sheet_of(part: Part) -> Sheet:
    """The paper of a part."""
    return LANDSCAPE if part.is_landscape else PORTRAIT


def _lower(atom: Atom, by: float) -> None:
    """Leave room at the top inside an atom."""
    atom.height += by
    for place in atom.placed:
        place.baseline += by
