"""Going to a panel, and putting all panels back."""

from __future__ import annotations

from workbench.gui.actions.base import PANELS, ActionSpec
from workbench.gui.layouts import LAYOUTS
from workbench.runtime.i18n import mark

_SHOWN = (
    ("documents", "files", mark("&Documents"), "Alt+1"),
    ("search", "search", mark("&Search"), "Alt+2"),
    ("reader", "book-open", mark("&Pages"), "Alt+3"),
    ("excerpts", "highlighter", mark("&Excerpts"), "Alt+4"),
    ("subjects", "building-2", mark("S&ubjects"), "Alt+5"),
    ("timeline", "calendar-days", mark("&Timeline"), "Alt+6"),
    ("coverage", "chart-gantt", mark("&Coverage"), "Alt+Shift+C"),
    ("assessments", "scale", mark("&Assessments"), "Alt+Shift+A"),
    ("bundles", "package", mark("&Bundles"), "Alt+7"),
    ("history", "history", mark("&History"), "Alt+8"),
    ("redactions", "redact", mark("&Redactions"), "Alt+9"),
    ("protection", "lock", mark("Pr&otection"), "Alt+0"),
    ("letters", "file-input", mark("&Letters"), "Ctrl+Alt+8"),
    ("inquiry", "users", mark("&Inquiry"), "Ctrl+K, Q"),
    ("link_map", "network", mark("&Link map"), "Ctrl+F9"),
    ("findings", "scale", mark("&Findings"), "Alt+Shift+F"),
    ("recommendations", "target", mark("Re&commendations"), "Alt+Shift+H"),
)

#: For each layout in order.
_LAYOUTS = (
    ("book-open", mark("Rea&ding"), "F9"),
    ("scale", mark("&Analysis"), "F11"),
    ("package", mark("Heari&ng"), "F12"),
)

PANEL_ACTIONS: tuple[ActionSpec, ...] = (
    *(
        ActionSpec(
            id=f"show_{panel}",
            text=text,
            shortcut=keys,
            icon=icon,
            callback="window.show_panel",
            argument=panel,
            menu=PANELS,
            needs="case",
        )
        for panel, icon, text, keys in _SHOWN
    ),
    *(
        ActionSpec(
            id=f"layout_{layout.id}",
            text=text,
            shortcut=keys,
            icon=icon,
            callback="window.use_layout",
            argument=layout.id,
            menu=PANELS,
            group=1,
            needs="case",
            on_toolbar=True,
            has_label=True,
        )
        for layout, (icon, text, keys) in zip(LAYOUTS, _LAYOUTS, strict=True)
    ),
    ActionSpec(
        id="reset_layout",
        text=mark("Panels as at &first"),
        shortcut="Ctrl+Alt+R",
        callback="window.reset_layout",
        menu=PANELS,
        group=1,
        needs="case",
    ),
)
