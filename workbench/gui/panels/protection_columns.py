"""Which facts the tables of restrictions and clearances show, and in what words."""

from __future__ import annotations

from typing import Any

from workbench.domain.protection import Restriction, TargetKind, read_target
from workbench.gui.columns import Column, shown_date
from workbench.runtime.i18n import mark
from workbench.runtime.i18n import speech as _
from workbench.services.protection_list import WIDER, ClearanceRow

_SIGNS = {"cleared": "✓", "withheld": "×"}
_STATES = (mark("in force"), mark("pending"), mark("revoked"), mark("ended"))
_DECIDED = (mark("cleared"), mark("withheld"))


def _kind(row: Any) -> str:
    return _(row.restriction.kind).capitalize()


def covered(restriction: Restriction) -> str:
    """What a restriction covers; terms are veiled, because they are what must not be shown."""
    kinds = [(text, read_target(text).kind) for text in restriction.targets]
    named = [text for text, kind in kinds if kind is not TargetKind.TERM]
    terms = len(kinds) - len(named)
    return ", ".join([*named, *([_.count("{n} term", "{n} terms", terms)] if terms else [])])


RESTRICTION_COLUMNS: tuple[Column, ...] = (
    Column(id="kind", title=mark("Kind"), text=_kind, sort_key=_kind, width=11),
    Column(
        id="covers",
        title=mark("Covers"),
        text=lambda r: covered(r.restriction),
        sort_key=lambda r: r.restriction.targets,
        width=11,
        stretches=True,
    ),
    Column(id="state", title=mark("State"), text=lambda r: _(r.state), sort_key=lambda r: r.state, width=8, rank=1),
    Column(
        id="made_by",
        title=mark("Made by"),
        text=lambda r: r.restriction.made_by,
        sort_key=lambda r: r.restriction.made_by.casefold(),
        width=14,
        rank=2,
    ),
    Column(
        id="on",
        title=mark("Date"),
        text=lambda r: shown_date(r.restriction.on),
        sort_key=lambda r: r.restriction.on,
        width=15,
        rank=3,
    ),
    Column(
        id="until",
        title=mark("Until"),
        text=lambda r: shown_date(r.restriction.until),
        sort_key=lambda r: r.restriction.until,
        width=15,
        rank=5,
    ),
    Column(
        id="allows",
        title=mark("May see it"),
        text=lambda r: ", ".join(_(name) for name in ("team", *r.restriction.allows)),
        sort_key=lambda r: r.restriction.allows,
        width=16,
        rank=4,
    ),
    Column(
        id="revoked",
        title=mark("Revoked"),
        text=lambda r: shown_date(r.restriction.revoked_on),
        sort_key=lambda r: r.restriction.revoked_on,
        width=15,
        rank=6,
    ),
    Column(
        id="marks",
        title=mark("Marks"),
        text=lambda r: str(r.marks or "–"),
        sort_key=lambda r: r.marks,
        width=6,
        rank=7,
        is_number=True,
    ),
)


_AUDIENCES = {"panel": (mark("Panel"), 5), "core participants": (mark("CPs"), 4), "public": (mark("Public"), 6)}


def _sign(row: ClearanceRow, audience: str) -> str:
    known = row.decided.get(audience)
    return _SIGNS.get(known.decision, "") if known is not None else "–"


def _decision(row: ClearanceRow, audience: str) -> str:
    known = row.decided.get(audience)
    decided = _(known.decision) if known is not None else _("not decided")
    return f"{_(audience).capitalize()}: {decided}"


def _of_audience(audience: str, rank: int) -> Column:
    title, width = _AUDIENCES[audience]
    return Column(
        id=audience,
        title=title,
        text=lambda row: _sign(row, audience),
        sort_key=lambda row: _sign(row, audience),
        said=lambda row: _decision(row, audience),
        width=width,
        rank=rank,
    )


CLEARANCE_COLUMNS: tuple[Column, ...] = (
    Column(
        id="urn", title=mark("URN"), text=lambda r: r.document.urn, sort_key=lambda r: r.document.urn, width=11, rank=4
    ),
    Column(
        id="title",
        title=mark("Title"),
        text=lambda r: r.document.title,
        sort_key=lambda r: r.document.title.casefold(),
        width=14,
        stretches=True,
    ),
    *(_of_audience(audience, rank) for rank, audience in zip((3, 2, 1), WIDER, strict=True)),
)
