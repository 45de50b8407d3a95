"""Puts links over words in a Word paragraph, keeping their formatting and everything around them."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from itertools import count, pairwise

from lxml import etree

from workbench.exporters.docx_text import Atom, atoms_of, enclosing, local

_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
#: Marks of tracked insertions: a link may hold them but not stand in them.
_TRACKING = frozenset({"ins", "moveTo"})
#: May be left empty by words that move into a link, and then go.
_EMPTIED = frozenset({"ins", "moveTo", "smartTag", "bdo", "dir"})


def rewrite(paragraph: etree._Element, start: int, end: int, text: str) -> etree._Element:
    """Give the words between two offsets another text, in the run they begin in; answers with that run."""
    _cut(paragraph, end)
    _cut(paragraph, start)
    covered = [atom for atom in atoms_of(paragraph) if atom.start >= start and atom.end <= end]
    run = covered[0].run
    kept = next((atom.element for atom in covered if atom.run is run and local(atom.element) == "t"), None)
    if kept is None:
        kept = etree.SubElement(run, _named(paragraph, "t"))
    kept.text = text
    kept.set(_XML_SPACE, "preserve")
    for atom in covered:
        if atom.element is not kept:
            atom.run.remove(atom.element)
    for emptied in dict.fromkeys(atom.run for atom in covered):
        _remove_if_empty(emptied)
    return run


def _named(paragraph: etree._Element, name: str) -> str:
    return str(paragraph.tag).rpartition("}")[0] + "}" + name


def _remove_if_empty(run: etree._Element) -> None:
    """Take out a run that shows nothing any more, and what was around it alone."""
    parent = run.getparent()
    if parent is None or any(local(child) != "rPr" for child in run):
        return
    _detach(run)
    while parent is not None and local(parent) in _EMPTIED and not len(parent):
        emptied, parent = parent, parent.getparent()
        _detach(emptied)


def _detach(element: etree._Element) -> None:
    """Take an element out, leaving in place the white space that follows it."""
    parent, tail = element.getparent(), element.tail
    assert parent is not None
    if tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + tail
        else:
            parent.text = (parent.text or "") + tail
    parent.remove(element)


def _cut(paragraph: etree._Element, offset: int) -> None:
    """Make sure that a run ends at this offset of the paragraph's text."""
    for atom in atoms_of(paragraph):
        if atom.start < offset < atom.end:
            _cut_text(atom, offset - atom.start)
            break
    atoms = atoms_of(paragraph)
    for before, atom in pairwise(atoms):
        if atom.start == offset and before.run is atom.run:
            _cut_run(atom)


def _cut_text(atom: Atom, at: int) -> None:
    rest = copy.deepcopy(atom.element)
    rest.tail, rest.text, atom.element.text = None, atom.text[at:], atom.text[:at]
    for element in (atom.element, rest):
        element.set(_XML_SPACE, "preserve")
    atom.element.addnext(rest)


def _cut_run(atom: Atom) -> None:
    """Move what begins with this piece into a run of its own with the same formatting."""
    run = atom.run
    children = list(run)
    rest = etree.Element(run.tag, dict(run.attrib), nsmap=run.nsmap)
    if local(children[0]) == "rPr":
        rest.append(copy.deepcopy(children[0]))
    rest.tail, run.tail = run.tail, None
    for child in children[children.index(atom.element) :]:
        rest.append(child)
    run.addnext(rest)


def wrap(run: etree._Element, relations: str, numbers: Iterator[int]) -> etree._Element:
    """Put a link around a run; a tracked insertion around it is divided, so that the link holds its part.

    ``relations`` is the namespace of the link's ``r:id``, ``numbers`` are free for parts of what was divided.
    """
    around = run.getparent()
    assert around is not None
    inner = run
    while local(around) in _TRACKING:
        inner = _only(around, inner, numbers)
        parent = inner.getparent()
        assert parent is not None
        around = parent
    link = etree.Element(_named(around, "hyperlink"), nsmap={"r": relations} | inner.nsmap)
    link.tail, inner.tail = inner.tail, None
    around.replace(inner, link)
    link.append(inner)
    return link


def _only(tracked: etree._Element, inner: etree._Element, numbers: Iterator[int]) -> etree._Element:
    """Divide a tracked insertion so that one of its parts holds just ``inner``; answers with that part."""
    children = list(tracked)
    at = children.index(inner)
    for rest in (children[at + 1 :], [inner]):
        if not rest or (rest == [inner] and at == 0):
            continue
        part = etree.Element(tracked.tag, dict(tracked.attrib), nsmap=tracked.nsmap)
        part.set(_named(part, "id"), str(next(numbers)))
        part.tail, tracked.tail = tracked.tail, None
        for child in rest:
            part.append(child)
        tracked.addnext(part)
    parent = inner.getparent()
    assert parent is not None
    return parent


def free_numbers(root: etree._Element) -> Iterator[int]:
    """Numbers that no tracked change, bookmark or comment of this part has."""
    used = (str(value) for element in root.iter() for key, value in element.items() if str(key).endswith("}id"))
    return count(max((int(value) for value in used if value.isdecimal()), default=0) + 1)


def unwrap(link: etree._Element) -> None:
    """Take a link away and leave its words."""
    parent = link.getparent()
    assert parent is not None
    at = parent.index(link)
    for child in reversed(list(link)):
        parent.insert(at, child)
    _detach(link)


def link_around(paragraph: etree._Element, start: int) -> etree._Element | None:
    """The link over the letter at this offset of a paragraph."""
    atom = next((atom for atom in atoms_of(paragraph) if atom.start <= start < atom.end), None)
    return None if atom is None else enclosing(atom.run, "hyperlink")
