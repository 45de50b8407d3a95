"""Pages of a report: no line and no footnote is lost, none overlaps another, and each note stands with its mark."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.pdf.report_atoms import PORTRAIT, TOP, Atom, Placed
from workbench.pdf.report_lines import Line, Look, Piece
from workbench.pdf.report_paging import Page, Pager


def _atom(height: float, notes: list[int], *, keeps: bool = False) -> Atom:
    pieces = [Piece(str(number), Look(), None, number) for number in notes]
    return Atom(height, before=5.0, placed=[Placed(0, 0, Line(pieces), None)], keeps=keeps)


def _note(number: int, lines: int) -> list[Atom]:
    made = [Atom(11.0) for _ in range(lines)]
    made[0].anchors.append(str(number))
    return made


def _filled(atoms: list[Atom], lines: list[int]) -> tuple[list[Page], dict[int, list[Atom]]]:
    notes = {number: _note(number, count) for number, count in enumerate(lines, 1)}
    pager = Pager(notes)
    pager.fill(atoms)
    return pager.pages, notes


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(5, 300), st.lists(st.integers(1, 90), max_size=3), st.booleans()), min_size=1, max_size=12
    )
)
def test_nothing_is_lost_and_nothing_overlaps(rows):
    pages, notes, atoms = _laid(rows)
    assert [id(atom) for page in pages for _, atom in page.atoms] == [id(atom) for atom in atoms]
    wanted = [id(line) for number in sorted(notes) for line in notes[number]]
    assert [id(line) for page in pages for line in page.notes] == wanted
    for page in pages:
        y = TOP
        for top, atom in page.atoms:
            assert top >= y - 0.01
            y = top + atom.height
        assert y + page.note_height <= PORTRAIT.bottom + 0.02


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(5, 200), st.lists(st.integers(1, 12), max_size=2), st.booleans()), min_size=1, max_size=12
    )
)
def test_every_note_begins_on_the_page_of_its_mark(rows):
    pages, _, _ = _laid(rows)
    for page in pages:
        begun = {anchor for line in page.notes for anchor in line.anchors}
        assert begun == {str(number) for _, atom in page.atoms for number in atom.notes}


def _laid(rows: list[tuple[float, list[int], bool]]) -> tuple[list[Page], dict[int, list[Atom]], list[Atom]]:
    lines: list[int] = []
    atoms = []
    for height, notes, keeps in rows:
        atoms.append(_atom(height, list(range(len(lines) + 1, len(lines) + 1 + len(notes))), keeps=keeps))
        lines += notes
    pages, made = _filled(atoms, lines)
    return pages, made, atoms


@given(st.integers(1, 60))
@settings(deadline=None)
def test_a_note_that_fits_begins_on_the_page_of_its_mark(lines):
    pages, notes = _filled([_atom(400.0, []), _atom(15.0, [1])], [lines])
    page = next(page for page in pages if any(atom.notes for _, atom in page.atoms))
    assert page.notes[0] is notes[1][0]


def test_a_heading_stays_with_what_it_heads():
    room = PORTRAIT.bottom - TOP
    pages, _ = _filled([_atom(room - 40, []), _atom(20.0, [], keeps=True), _atom(20.0, [])], [])
    assert [len(page.atoms) for page in pages] == [1, 2]
