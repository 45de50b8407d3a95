"""Names what a source holds beside its pages and cannot bring into a bundle: attachments, scripts, signatures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from workbench.pdf.destinations import shown

_MOST_NAMES = 10
_MOST_NODES = 20_000
#: Actions that only move the reader about in the document.
_HARMLESS = frozenset({"/GoTo", "/Named", "/Hide", "/SetOCGState", "/Trans"})


def left_out(pdf: pikepdf.Pdf) -> Iterator[str]:
    """One sentence for each kind of thing that stays behind; before its forms are drawn into the pages."""
    yield from _files(pdf)
    yield from _forms(pdf)
    signatures = sum(1 for field in _fields(pdf) if field.get("/FT") == Name.Sig and "/V" in field)
    if signatures or "/Perms" in pdf.Root:
        yield f"it is digitally signed ({counted(max(signatures, 1), 'signature')}); the copy in the bundle loses that"
    if pdf.is_encrypted:
        yield "it is protected against changes without a password for reading; the copy in the bundle is not"


def _files(pdf: pikepdf.Pdf) -> Iterator[str]:
    names = _attached(pdf)
    if "/Collection" in pdf.Root:
        held = f"{counted(len(names), 'file')} ({_list(names)})" if names else "files"
        yield f"it is a portfolio; its {held} {was(len(names))} left out and only its cover page is in the bundle"
    elif names:
        yield f"{counted(len(names), 'attached file')} ({_list(names)}) {was(len(names))} taken out"


def _attached(pdf: pikepdf.Pdf) -> list[str]:
    """The names of files inside the PDF, from its list of attachments and from those its pages are associated with."""
    found: dict[tuple[int, int] | int, str] = {}
    names = pdf.Root.get("/Names")
    pairs = _leaves(names.get("/EmbeddedFiles")) if isinstance(names, Dictionary) else iter(())
    associated = pdf.Root.get("/AF")
    for file in [*pairs, *(associated if isinstance(associated, Array) else ())]:
        if isinstance(file, Dictionary):
            found.setdefault(file.objgen if file.objgen != (0, 0) else len(found), file_name(file))
    return list(found.values())


def file_name(specification: Any) -> str:
    """The name of an attached file."""
    for key in ("/UF", "/F", "/Desc"):
        name = shown(specification.get(key, "")) if isinstance(specification, Dictionary) else ""
        if name:
            return name
    return "without a name"


def _list(names: list[str]) -> str:
    more = len(names) - _MOST_NAMES
    return ", ".join(names[:_MOST_NAMES]) + (f" and {more} more" if more > 0 else "")


def _leaves(node: Any) -> Iterator[Any]:
    """The values of a tree of names; a node that comes round again is passed over."""
    nodes, seen = [node], 0
    known: set[tuple[int, int]] = set()
    while nodes and seen < _MOST_NODES:
        node, seen = nodes.pop(0), seen + 1
        if not isinstance(node, Dictionary) or node.objgen in known:
            continue
        if node.objgen != (0, 0):
            known.add(node.objgen)
        pairs, kids = node.get("/Names"), node.get("/Kids")
        if isinstance(pairs, Array):
            yield from list(pairs)[1::2]
        if isinstance(kids, Array):
            nodes += list(kids)


def _fields(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """The fields of a form, those inside others too."""
    form = pdf.Root.get("/AcroForm")
    top = form.get("/Fields") if isinstance(form, Dictionary) else None
    nodes = list(top) if isinstance(top, Array) else []
    known: set[tuple[int, int]] = set()
    while nodes and len(known) < _MOST_NODES:
        node = nodes.pop()
        if not isinstance(node, Dictionary) or node.objgen in known:
            continue
        if node.objgen != (0, 0):
            known.add(node.objgen)
        yield node
        kids = node.get("/Kids")
        if isinstance(kids, Array):
            nodes += list(kids)


def _forms(pdf: pikepdf.Pdf) -> Iterator[str]:
    form = pdf.Root.get("/AcroForm")
    if not isinstance(form, Dictionary) or "/XFA" not in form:
        return
    if bool(pdf.Root.get("/NeedsRendering", False)) or not any(True for _ in _fields(pdf)):
        yield "it is a form that makes its pages itself (dynamic XFA); only what stands in for them is in the bundle"
    else:
        yield "its XFA form stayed behind; the bundle shows the fields as they stand on the pages"


def actions(pdf: pikepdf.Pdf) -> list[str]:
    """The kinds of everything in the document and its form, not on its pages, that would act by itself."""
    kinds: list[str] = []
    names = pdf.Root.get("/Names")
    if isinstance(names, Dictionary):
        kinds += ["JavaScript" for _ in _leaves(names.get("/JavaScript"))]
    kinds += acting(pdf.Root.get("/OpenAction"))
    kinds += triggered(pdf.Root)
    for field in _fields(pdf):
        # A field that is its own place on a page is counted there.
        kinds += triggered(field) if field.get("/Subtype") != Name.Widget else []
    return kinds


def triggered(holder: Any) -> list[str]:
    """The kinds of what a document, page, field or comment does by itself."""
    triggers = holder.get("/AA")
    if not isinstance(triggers, Dictionary):
        return []
    return [kind for key in triggers.keys() for kind in acting(triggers[key])]  # noqa: SIM118  # a PDF dictionary


def acting(action: Any) -> list[str]:
    """The kind of an action and of those that follow it, but for those that only move about in the document."""
    kinds: list[str] = []
    queue, seen = [action], 0
    while queue and seen < _MOST_NAMES:
        action, seen = queue.pop(0), seen + 1
        if isinstance(action, Dictionary):
            kind = str(action.get("/S", ""))
            if kind and kind not in _HARMLESS:
                kinds.append(kind[1:])
            after = action.get("/Next")
            queue += list(after) if isinstance(after, Array) else [after]
    return kinds


def scripts_taken_out(kinds: list[str]) -> str:
    """The sentence about everything that would have acted by itself."""
    number = counted(len(kinds), "script or action", "scripts and actions")
    return f"{number} ({', '.join(sorted(set(kinds)))}) {was(len(kinds))} taken out"


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number and its noun: ``1 page``, ``3 pages``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {plural or noun + 's'}"


def was(number: int) -> str:
    """The verb that goes with a count."""
    return "was" if number == 1 else "were"
