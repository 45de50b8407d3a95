"""What the middle of the window says while no page is shown: welcome, an empty case, a locked one."""

from __future__ import annotations

from collections.abc import Callable

from workbench.gui.widgets.empty_state import EmptyState
from workbench.runtime.i18n import speech as _


def welcome(opens: Callable[[], None], creates: Callable[[], None]) -> EmptyState:
    """No case is open."""
    return EmptyState(
        _("Case-study workbench"),
        _(
            "Read an institution's documents, mark what matters, and build bundles in which every sentence leads "
            "back to a page. Everything stays on this machine."
        ),
        large=True,
        does=((_("Open a case…"), opens), (_("Create a case…"), creates)),
    )


def locked(unlocks: Callable[[], None]) -> EmptyState:
    """The case waits for its passphrase."""
    return EmptyState(
        _("Locked"),
        _("The case is closed and its key is forgotten. Everything was saved."),
        large=True,
        does=((_("Unlock…"), unlocks),),
    )


def empty_case(imports: Callable[[], None]) -> EmptyState:
    """A case is open, and no document."""
    return EmptyState(
        _("Choose a document"),
        _("Open one from the list at the left, or drop files or folders anywhere on this window to import them."),
        large=True,
        does=((_("Import files…"), imports),),
    )
