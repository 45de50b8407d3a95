"""Which panels stand beside the pages for the work at hand: reading, analysis or the hearing."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.runtime.i18n import mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The panels at either side, in the order of their tabs, and how wide the sides are in pixels."""

    id: str
    title: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    left_px: int
    right_px: int

    def has(self, panel: str) -> bool:
        """Whether a panel belongs here."""
        return panel in self.left or panel in self.right


#: A panel may stand in several; what is asked for by name is looked for in the layout in use, then in this order.
LAYOUTS: tuple[Layout, ...] = (
    Layout(
        id="reading",
        title=mark("Reading"),
        left=("documents", "search"),
        right=("excerpts", "subjects", "timeline", "history"),
        left_px=330,
        right_px=350,
    ),
    Layout(
        id="analysis",
        title=mark("Analysis"),
        left=("excerpts", "subjects", "documents", "search"),
        right=("coverage", "assessments", "findings", "recommendations", "letters", "timeline", "link_map"),
        left_px=345,
        right_px=660,
    ),
    Layout(
        id="hearing",
        title=mark("Hearing"),
        left=("documents", "search", "redactions", "protection"),
        right=("bundles", "inquiry", "history"),
        left_px=330,
        right_px=420,
    ),
)


def layout_named(identifier: str) -> Layout:
    """The layout with this id, the first for one that another version of the program had."""
    return next((layout for layout in LAYOUTS if layout.id == identifier), LAYOUTS[0])


def layout_with(panel: str) -> Layout:
    """The first layout in which a panel stands; raises ``LookupError`` for a panel that has none."""
    found = next((layout for layout in LAYOUTS if layout.has(panel)), None)
    if found is None:
        raise LookupError(f"no layout has the panel {panel}")
    return found
