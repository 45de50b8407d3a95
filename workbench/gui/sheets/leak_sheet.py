"""When protected names stand in what was built: where, and a reason to hand it over all the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from workbench.gui.sheets.reason_sheet import ReasonSheet, Wording
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import speech as _
from workbench.services.sweeping import SweepReport


class LeakSheet(ReasonSheet):
    """Lists places, never the names that stand there; nothing goes out without a reason that is kept."""

    def __init__(self, workspace: Workspace, home: QWidget) -> None:
        wording = Wording(
            title=_("Protected names were found"),
            listed=_("Where protected names stand"),
            instead=_("Nothing was written. Mark these places as redactions and build again."),
            kept=_("it stands in the certificate and on record"),
            lacking=_("Give a reason. It stands in the certificate with your name."),
        )
        super().__init__(wording, workspace, home)

    def begin(self, name: str, report: SweepReport, then: Callable[[str], None]) -> None:
        """Show where names stand; ``then`` is called with the reason."""
        lines = [*(leak.sentence for leak in report.leaks), *report.not_swept]
        self.ask(name, places_in_words(report), lines, then)


def places_in_words(report: SweepReport) -> str:
    """How many places name somebody, and how many could not be looked into."""
    parts: Sequence[str] = (
        _.count("{n} place names somebody", "{n} places name somebody", len(report.leaks)) if report.leaks else "",
        _.count("{n} could not be looked into", "{n} could not be looked into", len(report.not_swept))
        if report.not_swept
        else "",
    )
    return ", ".join(part for part in parts if part)
