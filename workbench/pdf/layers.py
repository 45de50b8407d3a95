"""Keeps layers of a source as they were shown: what was hidden stays hidden."""

from __future__ import annotations

from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name


def keep_layers(bundle: pikepdf.Pdf, source: pikepdf.Pdf) -> None:
    """Merge the source's layers, with those switched off, into the bundle's; after its pages were copied."""
    properties = source.Root.get("/OCProperties")
    if not isinstance(properties, Dictionary) or not isinstance(properties.get("/OCGs"), Array):
        return
    groups = [group for group in properties.OCGs if isinstance(group, Dictionary) and group.objgen != (0, 0)]
    hidden = _hidden(properties, groups)
    if not groups:
        return
    kept = bundle.Root.get("/OCProperties")
    if kept is None:
        kept = bundle.Root.OCProperties = Dictionary(OCGs=Array(), D=Dictionary(OFF=Array(), Order=Array()))
    for group in groups:
        copied = bundle.copy_foreign(group)
        kept.OCGs.append(copied)
        if group.objgen in hidden:
            kept.D.OFF.append(copied)


def has_layers(pdf: pikepdf.Pdf) -> bool:
    """Whether anything in it belongs to a layer, also when the list of layers itself is lost."""
    kinds = (Name.OCG, Name.OCMD)
    return any(isinstance(item, Dictionary) and item.get("/Type") in kinds for item in pdf.objects)


def _hidden(properties: Dictionary, groups: Sequence[pikepdf.Object]) -> set[tuple[int, int]]:
    default = properties.get("/D")
    if not isinstance(default, Dictionary):
        return set()
    off = {group.objgen for group in default.get("/OFF", Array())}
    if default.get("/BaseState") == Name.OFF:
        on = {group.objgen for group in default.get("/ON", Array())}
        off |= {group.objgen for group in groups} - on
    return off
