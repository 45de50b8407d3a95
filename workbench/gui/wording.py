"""Words and signs that many parts of the window share."""

from __future__ import annotations

from workbench.domain.excerpt import Stance

#: A sign for each stance, so that it can be told without colour.
STANCE_SIGNS = {Stance.SUPPORTS: "+", Stance.UNDERMINES: "−", Stance.CONTEXT: "·", Stance.SILENT: "○"}


def shortened(text: str, length: int) -> str:
    """The text in one line, cut at a word when it is too long."""
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[:length].rsplit(" ", 1)[0] + " …"
