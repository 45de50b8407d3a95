"""Words and signs that many parts of the window share."""

from __future__ import annotations

from workbench.domain.excerpt import Stance
from workbench.runtime.i18n import mark

#: A sign for each stance, so that it can be told without colour.
STANCE_SIGNS = {Stance.SUPPORTS: "+", Stance.UNDERMINES: "−", Stance.CONTEXT: "·", Stance.SILENT: "○"}

#: How the kinds of bundles are called.
KIND_TITLES = {
    "hearing": mark("Hearing bundle"),
    "core": mark("Core bundle"),
    "authorities": mark("Bundle of authorities"),
    "witness": mark("Witness pack"),
    "disclosure": mark("Disclosure"),
}


def shortened(text: str, length: int) -> str:
    """The text in one line, cut at a word when it is too long."""
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[:length].rsplit(" ", 1)[0] + " …"
