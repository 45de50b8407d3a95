"""Keeps layers of a source as they were shown: what was hidden stays hidden."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

_HOLDERS = (Array, Dictionary, pikepdf.Stream)


def keep_layers(bundle: pikepdf.Pdf, source: pikepdf.Pdf, pages: Iterable[pikepdf.Object]) -> int:
    """Merge the layers that the source's ``pages`` draw on into the bundle's; how many of them stay hidden.

    After the pages were copied. Layers of other pages stay behind: their names may say what is not to be said.
    """
    properties = source.Root.get("/OCProperties")
    if not isinstance(properties, Dictionary) or not isinstance(properties.get("/OCGs"), Array):
        return 0
    groups = [group for group in properties.OCGs if isinstance(group, Dictionary) and group.objgen != (0, 0)]
    hidden, drawn_on = _hidden(properties, groups), _drawn_on(pages)
    groups = [group for group in groups if group.objgen in drawn_on]
    if not groups:
        return 0
    kept = bundle.Root.get("/OCProperties")
    if kept is None:
        kept = bundle.Root.OCProperties = Dictionary(OCGs=Array(), D=Dictionary(OFF=Array(), Order=Array()))
    for group in groups:
        copied = bundle.copy_foreign(group)
        kept.OCGs.append(copied)
        if group.objgen in hidden:
            kept.D.OFF.append(copied)
    return sum(group.objgen in hidden for group in groups)


def layers_drawn_on(
    source: pikepdf.Pdf, pages: Iterable[pikepdf.Object]
) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """The layers that the pages draw on, and all hidden layers of the document, by object number."""
    properties = source.Root.get("/OCProperties")
    if not isinstance(properties, Dictionary) or not isinstance(properties.get("/OCGs"), Array):
        return set(), set()
    groups = [group for group in properties.OCGs if isinstance(group, Dictionary) and group.objgen != (0, 0)]
    drawn_on = _drawn_on(pages)
    return {group.objgen for group in groups if group.objgen in drawn_on}, _hidden(properties, groups)


def _drawn_on(pages: Iterable[pikepdf.Object]) -> set[tuple[int, int]]:
    """Everything that the pages reach by name or by reference; the layers among it are those they draw on."""
    nodes: list[Any] = list(pages)
    seen: set[tuple[int, int]] = set()
    while nodes:
        node = nodes.pop()
        if isinstance(node, Array):
            nodes += [item for item in node if isinstance(item, _HOLDERS)]
        elif isinstance(node, _HOLDERS):
            if node.objgen != (0, 0):
                if node.objgen in seen:
                    continue
                seen.add(node.objgen)
            nodes += [node[key] for key in node.keys() if key != "/Parent"]  # noqa: SIM118  # a PDF dictionary
    return seen


def has_layers(pdf: pikepdf.Pdf) -> bool:
    """Whether anything in it belongs to a layer, also when the list of layers itself is lost."""
    kinds = (Name.OCG, Name.OCMD)
    return any(isinstance(item, Dictionary) and item.get("/Type") in kinds for item in pdf.objects)


def _hidden(properties: Dictionary, groups: Sequence[pikepdf.Object]) -> set[tuple[int, int]]:
    """The layers that are not seen on a screen: switched off, or off by what they say of their own use."""
    default = properties.get("/D")
    if not isinstance(default, Dictionary):
        return set()
    off = {group.objgen for group in default.get("/OFF", Array())}
    if default.get("/BaseState") == Name.OFF:
        on = {group.objgen for group in default.get("/ON", Array())}
        off |= {group.objgen for group in groups} - on
    return _by_use(default, off)


def _by_use(default: Dictionary, off: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """``off`` as changed by layers that switch themselves when they are viewed."""
    uses = default.get("/AS")
    for use in uses if isinstance(uses, Array) else ():
        if not isinstance(use, Dictionary) or use.get("/Event") != Name.View:
            continue
        for group in use.get("/OCGs", Array()):
            state = _view_state(group)
            if state is not None:
                off = off | {group.objgen} if state == Name.OFF else off - {group.objgen}
    return off


def _view_state(group: Any) -> Any:
    usage = group.get("/Usage") if isinstance(group, Dictionary) else None
    view = usage.get("/View") if isinstance(usage, Dictionary) else None
    return view.get("/ViewState") if isinstance(view, Dictionary) else None
