"""What an action is: plain data from which menus, the toolbar and the shortcuts are made."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.runtime.i18n import mark

CASE, EDIT, EXCERPT = mark("&Case"), mark("&Edit"), mark("E&xcerpt")
READING, VIEW, PANELS = mark("&Read"), mark("&View"), mark("&Panels")
DOCUMENTS, SUBJECT, TIMELINE = mark("&Documents"), mark("&Subjects"), mark("&Timeline")
ANALYSIS = mark("&Analysis")
BUNDLE, PROTECTION = mark("&Bundle"), mark("Pr&otection")
INQUIRY = mark("I&nquiry")
ASSESSMENT = mark("Assess&ments")
FINDINGS = mark("&Findings")
SEARCH, HAND_OVER, HELP = mark("Searc&h"), mark("&Hand over"), mark("&Help")


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionSpec:
    """One thing that can be done.

    ``callback`` names a method of a part of the window (``"reader.zoom_in"``), called with ``argument``
    when there is one. ``needs`` is what must be there: ``case``, ``document``, ``selection``, ``excerpt``,
    ``excerpts`` (two or more), ``undo``, ``redo`` or nothing. ``menu`` is where it stands; a ``group`` begins after
    a line.
    """

    id: str
    text: str
    shortcut: str
    icon: str = ""
    callback: str
    argument: str = ""
    menu: str
    group: int = 0
    needs: str = ""
    on_toolbar: bool = False
    has_label: bool = False
