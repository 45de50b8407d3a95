"""Fills the pages of a report, with every footnote at the foot of the page where its mark stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from workbench.pdf.report_atoms import PORTRAIT, TOP, Atom, Sheet

#: Between the text and the rule above the footnotes, and between the rule and the first of them.
NOTE_GAP, NOTE_RULE_GAP = 12.0, 5.0
#: A note of more lines than this may go on at the foot of the next page, once so many of them stand on this one.
_MOST_WHOLE, _FEWEST = 8, 4
_MOST_CARRIED = 0.6


@dataclass(slots=True)
class Page:
    """What stands on a page, each atom with its top, and its footnotes line by line."""

    atoms: list[tuple[float, Atom]] = field(default_factory=list)
    notes: list[Atom] = field(default_factory=list)
    y: float = TOP
    sheet: Sheet = PORTRAIT

    @property
    def note_height(self) -> float:
        """How much the footnotes take, with what is left free above them."""
        return _notes_height(self.notes)


def _notes_height(notes: Iterable[Atom]) -> float:
    height = sum(note.height + note.before for note in notes)
    return height + NOTE_GAP + NOTE_RULE_GAP if height else 0.0


class Pager:
    """Puts atoms on pages, one chain of those that stay together after the other."""

    def __init__(self, notes: Mapping[int, list[Atom]]) -> None:
        self._notes = notes
        self._carried: list[Atom] = []
        self._sheet = PORTRAIT
        self.pages: list[Page] = []

    def fill(self, atoms: Iterable[Atom], sheet: Sheet = PORTRAIT) -> None:
        """Put all of them on pages, beginning with a new one."""
        self._sheet = sheet
        self._turn()
        for chain in _chains(atoms):
            self._put_chain(chain)
        while self._carried:
            self._turn()

    def _turn(self) -> None:
        if self.pages and not self._page.atoms:
            self._carry_on(self._sheet.room)  # nothing else will stand on it
        self.pages.append(Page(sheet=self._sheet))
        self._carry_on(self._sheet.room * _MOST_CARRIED)

    def _carry_on(self, room: float) -> None:
        """Go on with a note that began on an earlier page."""
        page = self._page
        while self._carried and _notes_height([*page.notes, self._carried[0]]) <= room:
            page.notes.append(self._carried.pop(0))

    def _turn_for(self, chain: list[Atom]) -> None:
        """Turn pages until a chain fits, or a page is empty and it never will."""
        while not self._fits(chain) and (self._page.atoms or self._page.notes):
            self._turn()

    @property
    def _page(self) -> Page:
        return self.pages[-1]

    def _put_chain(self, chain: list[Atom]) -> None:
        if chain[0].breaks and self._page.atoms:
            self._turn()
        if self._page.atoms:
            self._turn_for(chain)
        if self._fits(chain):
            for place, atom in enumerate(chain):
                self._put(atom, self._needed(chain[place + 1 :]))
            return
        for atom in chain:
            self._turn_for([atom])
            self._put(atom)

    def _fits(self, chain: list[Atom]) -> bool:
        page = self._page
        least = self._least(chain)
        if least and self._carried:
            return False
        height = sum(atom.height + atom.before for atom in chain)
        if not page.atoms:
            repeated = chain[0].repeats
            height += (repeated.height if repeated else 0.0) - chain[0].before
        return page.y + height + _notes_height([*page.notes, *least]) <= page.sheet.bottom + 0.01

    def _least(self, chain: list[Atom]) -> list[Atom]:
        """The lines of notes that have to stand on this page; only the last note may go on, as none may follow it."""
        held: list[list[Atom]] = [[], *(self._notes.get(number, []) for atom in chain for number in atom.notes)]
        *whole, last = held
        return [line for lines in whole for line in lines] + (last if len(last) <= _MOST_WHOLE else last[:_FEWEST])

    def _needed(self, chain: list[Atom]) -> float:
        """What the rest of a chain needs of this page."""
        notes = sum(line.height + line.before for line in self._least(chain))
        return notes + sum(atom.height + atom.before for atom in chain)

    def _put(self, atom: Atom, needed: float = 0.0) -> None:
        page = self._page
        if not page.atoms and atom.repeats is not None:
            page.atoms.append((page.y, atom.repeats))
            page.y += atom.repeats.height
        elif page.atoms:
            page.y += atom.before
        page.atoms.append((page.y, atom))
        page.y += atom.height
        for number in atom.notes:
            self._put_note(self._notes.get(number, []), needed)

    def _put_note(self, lines: list[Atom], needed: float) -> None:
        """As much of a note as fits beside what is needed; the rest goes to the foot of the next page."""
        page = self._page
        for place, line in enumerate(lines):
            if self._carried or page.y + needed + _notes_height([*page.notes, line]) > page.sheet.bottom + 0.01:
                self._carried += lines[place:]
                return
            page.notes.append(line)


def _chains(atoms: Iterable[Atom]) -> Iterator[list[Atom]]:
    chain: list[Atom] = []
    for atom in atoms:
        if atom.breaks and chain:
            yield chain
            chain = []
        chain.append(atom)
        if not atom.keeps:
            yield chain
            chain = []
    if chain:
        yield chain
