"""The link map as a table: every shown item with how far it is, what it hangs on and what ties the two."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.domain.link_map import KINDS, Edge, Neighbourhood, Spot, relation_words
from workbench.gui.columns import Column
from workbench.runtime.i18n import mark
from workbench.runtime.i18n import speech as _


@dataclass(frozen=True, slots=True, kw_only=True)
class TieRow:
    """One tie: from the item nearer to the middle to the other."""

    spot: Spot
    through: Spot
    edge: Edge

    @property
    def id(self) -> str:
        return f"{self.through.id} {self.spot.id}"


def tie_rows(shown: Neighbourhood, everything: Neighbourhood) -> dict[str, TieRow]:
    """Every tie among what the picture shows, and how each item that it has no room for is reached."""
    rows: dict[str, TieRow] = {}
    for neighbours, is_whole in ((shown, True), (everything, False)):
        spots = {spot.id: spot for spot in (neighbours.centre, *neighbours.spots)}
        for edge in neighbours.edges:
            if is_whole or (edge.is_stem and shown.spot(edge.other) is None):
                row = TieRow(spot=spots[edge.other], through=spots[edge.one], edge=edge)
                rows[row.id] = row
    return rows


TIE_COLUMNS: tuple[Column, ...] = (
    Column(
        id="ring",
        title=mark("Steps"),
        text=lambda r: str(r.spot.ring),
        sort_key=lambda r: (r.spot.ring, not r.edge.is_stem, -r.edge.total),
        width=6,
        rank=3,
        is_number=True,
    ),
    Column(
        id="kind",
        title=mark("Kind"),
        text=lambda r: _(r.spot.node.kind),
        sort_key=lambda r: (KINDS.index(r.spot.node.kind), r.spot.node.name.casefold()),
        width=11,
        rank=2,
    ),
    Column(
        id="name",
        title=mark("Item"),
        text=lambda r: " ".join(part for part in (r.spot.node.name, _named_detail(r.spot)) if part),
        sort_key=lambda r: r.spot.node.name.casefold(),
        width=18,
        stretches=True,
    ),
    Column(
        id="tie",
        title=mark("Tied by"),
        text=lambda r: relation_words(r.edge.counts),
        sort_key=lambda r: (-r.edge.total, relation_words(r.edge.counts)),
        width=26,
    ),
    Column(
        id="through",
        title=mark("To"),
        text=lambda r: r.through.node.name,
        sort_key=lambda r: r.through.node.name.casefold(),
        width=16,
        rank=1,
    ),
    Column(
        id="count",
        title=mark("Number"),
        text=lambda r: str(r.edge.total),
        sort_key=lambda r: r.edge.total,
        width=8,
        rank=4,
        is_number=True,
    ),
    Column(
        id="flag",
        title=mark("Notice"),
        text=lambda r: _(r.spot.node.flag) if r.spot.node.flag else "",
        sort_key=lambda r: r.spot.node.flag,
        width=18,
        rank=5,
    ),
)


def _named_detail(spot: Spot) -> str:
    return spot.node.detail if spot.node.kind in ("document", "scope", "event") else ""
