"""Whom an export is for: the team sees everything, each wider audience only what is cleared for it."""

from __future__ import annotations

from collections.abc import Iterable

from workbench.domain.errors import Refused

TEAM = "team"
#: From the narrowest to the widest.
AUDIENCES = (TEAM, "panel", "core participants", "public")


def checked_audience(audience: str) -> str:
    """The audience as the list spells it; raises ``Refused`` for one that is not in it."""
    known = next((name for name in AUDIENCES if name.casefold() == audience.strip().casefold()), None)
    if known is None:
        raise Refused(f"“{audience}” is no audience. Choose one of: {', '.join(AUDIENCES)}.")
    return known


def is_beyond_team(audience: str) -> bool:
    """True for everyone but the team."""
    return audience != TEAM


def is_reached_by(audience: str, allowed: Iterable[str]) -> bool:
    """True when what is allowed for these audiences is allowed for this one: a wider permission covers a narrower."""
    widest = max((AUDIENCES.index(name) for name in allowed if name in AUDIENCES), default=0)
    return AUDIENCES.index(audience) <= widest
