"""Words and signs that many parts of the window share."""

from __future__ import annotations

from html import escape

from workbench.domain.excerpt import Stance
from workbench.domain.protection import MarkState
from workbench.runtime.i18n import mark
from workbench.runtime.i18n import speech as _
from workbench.services.redaction_list import MarkRow

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


def as_tooltip(text: str) -> str:
    """A tooltip that shows the text as it is: a quote may hold what looks like markup."""
    return f"<p>{escape(text).replace(chr(10), '<br>')}</p>"


def shortened(text: str, length: int) -> str:
    """The text in one line, cut at a word when it is too long."""
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[:length].rsplit(" ", 1)[0] + " …"


#: A sign for each state, so that it can be told without colour.
STATE_SIGNS = {MarkState.PROPOSED: "?", MarkState.APPROVED: "✓", MarkState.REJECTED: "×"}
#: How the states of a redaction mark are called.
STATE_TITLES = {
    MarkState.PROPOSED: mark("Proposed"),
    MarkState.APPROVED: mark("Approved"),
    MarkState.REJECTED: mark("Rejected"),
}


def redaction_in_words(row: MarkRow) -> str:
    """State, place, grounds and people of a mark, never its words."""
    record = row.mark
    grounds = ", ".join(part for part in (row.reason or _("no reason yet"), record.basis, row.restriction) if part)
    people = [_("proposed by {who}").format(who=record.proposed_by)] if record.proposed_by else []
    if record.decided_by:
        people.append(_("decided by {who}").format(who=record.decided_by))
    what = _("Redaction, {state}, {reference}").format(
        state=_(STATE_TITLES[record.state]).casefold(), reference=row.reference
    )
    return "\n".join(part for part in (what, grounds, ", ".join(people)) if part)
