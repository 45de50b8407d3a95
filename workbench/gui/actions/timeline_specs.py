"""The timeline: events, lanes, zoom, picture."""

from __future__ import annotations

from typing import Any

from workbench.gui.actions.base import TIMELINE, ActionSpec
from workbench.runtime.i18n import mark


def _event(identifier: str, text: str, shortcut: str, callback: str, **more: Any) -> ActionSpec:
    more.setdefault("needs", "case")
    return ActionSpec(id=identifier, text=text, shortcut=shortcut, callback=callback, menu=TIMELINE, **more)


TIMELINE_ACTIONS: tuple[ActionSpec, ...] = (
    _event("new_event", mark("&New event…"), "Ctrl+T", "timeline.add", icon="plus"),
    _event("edit_event", mark("&Edit the event…"), "Ctrl+Shift+T", "timeline.edit", icon="pencil"),
    _event("delete_event", mark("&Remove the event"), "Ctrl+Alt+Delete", "timeline.delete", icon="trash-2"),
    _event("event_source", mark("Go to its &source"), "Ctrl+Alt+G", "timeline.open_source"),
    _event("timeline_table", mark("Canvas or &table"), "Ctrl+Alt+T", "timeline.toggle_table", icon="table-2", group=1),
    _event(
        "lanes_institution",
        mark("Lanes by &institution"),
        "Ctrl+Alt+3",
        "timeline.set_lanes",
        argument="institution",
        group=1,
    ),
    _event(
        "lanes_scope", mark("Lanes by s&cope paragraph"), "Ctrl+Alt+4", "timeline.set_lanes", argument="scope", group=1
    ),
    _event(
        "lanes_case_study",
        mark("Lanes by case st&udy"),
        "Ctrl+Alt+5",
        "timeline.set_lanes",
        argument="case study",
        group=1,
    ),
    _event("timeline_zoom_in", mark("&Zoom in on the timeline"), "Ctrl+Alt++", "timeline.zoom", argument="in", group=2),
    _event(
        "timeline_zoom_out", mark("Zoom &out of the timeline"), "Ctrl+Alt+-", "timeline.zoom", argument="out", group=2
    ),
    _event("timeline_fit", mark("Show &all events"), "Ctrl+Alt+0", "timeline.zoom", argument="fit", group=2),
    _event(
        "timeline_picture",
        mark("Export as a &picture…"),
        "Ctrl+Alt+P",
        "timeline.choose_picture_file",
        icon="image",
        group=5,
    ),
    _event("timeline_sort", mark("Ne&xt order of the events"), "Ctrl+Alt+Shift+K", "timeline.next_sort", group=1),
    _event(
        "count_days",
        mark("&Count days from this event"),
        "Ctrl+Alt+Shift+D",
        "chronology.count_from_here",
        icon="calendar-days",
        group=4,
    ),
    _event("record_order", mark("Which came &first…"), "Ctrl+Alt+Shift+B", "chronology.record_order", group=4),
    _event(
        "show_orders",
        mark("&Recorded orders and contradictions…"),
        "Ctrl+Alt+Shift+C",
        "chronology.show_orders",
        group=4,
    ),
    _event(
        "import_chronology",
        mark("I&mport a chronology…"),
        "Ctrl+Alt+Shift+I",
        "chronology.choose_file",
        icon="file-input",
        group=5,
    ),
    _event(
        "export_chronology",
        mark("Export the c&hronology…"),
        "Ctrl+Alt+Shift+H",
        "chronology.export",
        icon="external-link",
        group=5,
    ),
)
