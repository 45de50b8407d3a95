"""Takes layers out of pages: what they hide is gone, what they show stays as it looks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator

from workbench.pdf.layers import layers_drawn_on

_SHOWS_TEXT = frozenset({"Tj", "TJ"})
_SHOWS_TEXT_ON_NEXT_LINE = frozenset({"'", '"'})
_PAINTS_PATH = frozenset({"S", "s", "f", "F", "f*", "B", "B*", "b", "b*"})
_PAINTS = frozenset({"Do", "sh", "INLINE IMAGE"})
_DEEPEST = 12


class _CannotFollow(Exception):
    """The content or the rule of a layer cannot be followed, so that layers have to stay."""


def flatten_layers(source: pikepdf.Pdf, pages: Iterable[pikepdf.Page]) -> int | None:
    """Write the pages' content without layers; from how many hidden ones something was taken out.

    None when the layers cannot be followed; the pages are then as they were. Painting goes, everything that sets how
    later things are painted stays, so that nothing else moves.
    """
    pages = list(pages)
    layers, hidden = layers_drawn_on(source, (page.obj for page in pages))
    if not layers:
        return 0
    flattening = _Flattening(source, hidden)
    try:
        for page in pages:
            flattening.take(page.obj, depth=0)
    except (_CannotFollow, pikepdf.PdfError, KeyError, TypeError, ValueError, AttributeError):
        return None
    flattening.write()
    return len(hidden & layers)


class _Flattening:
    def __init__(self, source: pikepdf.Pdf, hidden: set[tuple[int, int]]) -> None:
        self._source, self._hidden = source, hidden
        self._seen: set[tuple[int, int]] = set()
        self._contents: list[tuple[Any, bytes]] = []
        self._freed: list[Any] = []
        self._resources: list[Any] = []

    def take(self, holder: Any, *, depth: int) -> None:
        """Work out the content of a page, form or pattern, and of everything that it draws."""
        if holder.objgen in self._seen:
            return
        if depth > _DEEPEST:
            raise _CannotFollow
        self._seen.add(holder.objgen)
        resources = holder.get("/Resources", Dictionary())
        self._resources.append(resources)
        is_page = holder.get("/Type") == Name.Page
        steps = pikepdf.parse_content_stream(pikepdf.Page(holder) if is_page else holder)
        kept, is_changed = self._kept(steps, resources)
        if is_changed:
            self._contents.append((holder, pikepdf.unparse_content_stream(kept)))
        for kind in ("/XObject", "/Pattern"):
            for drawn in resources.get(kind, Dictionary()).values():
                if isinstance(drawn, pikepdf.Stream) and drawn.get("/Subtype") != Name.Image:
                    self.take(drawn, depth=depth + 1)
                if isinstance(drawn, pikepdf.Stream) and "/OC" in drawn:
                    self._freed.append(drawn)

    def _kept(self, steps: Iterable[Any], resources: Any) -> tuple[list[Any], bool]:
        kept: list[Any] = []
        #: For every marked part that is open: whether a layer hides it, None for parts that belong to no layer.
        parts: list[bool | None] = []
        is_changed = False
        for step in steps:
            operator = str(step.operator)
            if operator in ("BDC", "BMC"):
                part = self._hides(step, resources) if operator == "BDC" else None
                parts.append(part)
                if part is not None:
                    is_changed = True
                    continue
            elif operator == "EMC" and parts and parts.pop() is not None:
                continue
            if any(parts) or (operator == "Do" and self._is_hidden_drawing(step, resources)):
                is_changed = True
                kept += _unpainted(operator)
                if operator in _SHOWS_TEXT | _SHOWS_TEXT_ON_NEXT_LINE | _PAINTS_PATH | _PAINTS:
                    continue
            kept.append(step)
        return kept, is_changed

    def _hides(self, step: Any, resources: Any) -> bool | None:
        """Whether a marked part is hidden; None for one that belongs to no layer."""
        if step.operands[0] != Name.OC:
            return None
        named = step.operands[1]
        layer = resources.get("/Properties", Dictionary()).get(named) if isinstance(named, Name) else named
        return self._is_hidden(layer)

    def _is_hidden_drawing(self, step: Any, resources: Any) -> bool:
        drawn = resources.get("/XObject", Dictionary()).get(step.operands[0])
        return isinstance(drawn, pikepdf.Stream) and "/OC" in drawn and self._is_hidden(drawn.OC)

    def _is_hidden(self, layer: Any) -> bool:
        if not isinstance(layer, Dictionary):
            return False
        if layer.get("/Type") != Name.OCMD:
            return layer.objgen in self._hidden
        if "/VE" in layer:
            raise _CannotFollow
        named = layer.get("/OCGs", Array())
        groups = [named] if isinstance(named, Dictionary) else [item for item in named if isinstance(item, Dictionary)]
        states = [group.objgen not in self._hidden for group in groups]
        shown = {"/AllOn": all(states), "/AnyOff": not all(states), "/AllOff": not any(states)}
        return bool(states) and not shown.get(str(layer.get("/P", "/AnyOn")), any(states))

    def write(self) -> None:
        """Put the new contents in place; nothing belongs to a layer any more."""
        for holder, content in self._contents:
            if holder.get("/Type") == Name.Page:
                holder.Contents = self._source.make_stream(content)
            else:
                holder.write(content)
        for drawn in self._freed:
            del drawn["/OC"]
        for resources in self._resources:
            properties = resources.get("/Properties", Dictionary())
            for name in [name for name, value in properties.items() if _is_layer(value)]:
                del properties[name]


def _is_layer(value: Any) -> bool:
    return isinstance(value, Dictionary) and value.get("/Type") in (Name.OCG, Name.OCMD)


def _unpainted(operator: str) -> list[Any]:
    """What stands for something that is not painted: its path still clips, the next line is still begun."""
    if operator in _PAINTS_PATH:
        return [pikepdf.ContentStreamInstruction([], Operator("n"))]
    if operator in _SHOWS_TEXT_ON_NEXT_LINE:
        return [pikepdf.ContentStreamInstruction([], Operator("T*"))]
    return []
