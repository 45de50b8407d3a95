"""When something in what is to be handed over does not hold: what it is, and a reason to hand it over all the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from workbench.gui.sheets.reason_sheet import ReasonSheet, Wording
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import speech as _


class StoppedSheet(ReasonSheet):
    """Lists findings and footnotes that cannot be relied on; nothing goes out without a reason that is kept."""

    def __init__(self, workspace: Workspace, home: QWidget) -> None:
        wording = Wording(
            title=_("What does not hold"),
            listed=_("What does not hold"),
            instead=_("Nothing was written. Mend these, and export it again."),
            kept=_("it stands on record with your name"),
            lacking=_("Give a reason. It stands on record with your name."),
        )
        super().__init__(wording, workspace, home)

    def begin(self, name: str, reasons: Sequence[str], then: Callable[[str], None]) -> None:
        """Show what does not hold; ``then`` is called with the reason."""
        count = _.count("{n} thing in it does not hold", "{n} things in it do not hold", len(reasons))
        self.ask(name, count, reasons, then)
