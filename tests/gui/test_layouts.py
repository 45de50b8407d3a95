"""The panels for reading, for analysis and for the hearing, and how a person arranged them."""

from __future__ import annotations

from typing import Any

import pytest

from workbench.gui.actions.registry import ACTIONS
from workbench.gui.layouts import LAYOUTS, layout_with
from workbench.gui.main_window import MainWindow
from workbench.gui.panels.registry import PANELS

_ACTIONS = {"reading": "layout_reading", "analysis": "layout_analysis", "hearing": "layout_hearing"}


def _shown(window: MainWindow) -> set[str]:
    return {name for name, dock in window.docks.items() if not dock.isHidden()}


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.id)
def test_a_layout_shows_its_panels_and_no_others(window, layout):
    window.book.actions[_ACTIONS[layout.id]].trigger()
    assert _shown(window) == {*layout.left, *layout.right}
    checked = [name for name in _ACTIONS.values() if window.book.actions[name].isChecked()]
    assert checked == [_ACTIONS[layout.id]]


def test_every_panel_stands_somewhere_and_every_layout_has_an_action():
    assert all(layout_with(spec.id) for spec in PANELS)
    known = {spec.id for spec in PANELS}
    assert all({*layout.left, *layout.right} <= known for layout in LAYOUTS)
    assert {f"layout_{layout.id}" for layout in LAYOUTS} <= {spec.id for spec in ACTIONS}


def test_asking_for_a_panel_brings_its_layout(window):
    window.show_panel("redactions")
    assert window.layouts.layout_id == "hearing" and "redactions" in _shown(window)
    window.show_panel("documents")
    assert window.layouts.layout_id == "hearing"


def test_what_was_arranged_is_there_again(window):
    window.docks["timeline"].hide()
    window.use_layout("hearing")
    window.use_layout("reading")
    assert "timeline" not in _shown(window)
    window.reset_layout()
    assert "timeline" in _shown(window)


def test_the_layout_in_use_comes_back_with_the_window(qtbot, window):
    window.use_layout("analysis")
    window.close()
    again = MainWindow(window.workspace)
    qtbot.addWidget(again)
    again.restore()
    assert again.layouts.layout_id == "analysis"


@pytest.mark.parametrize("layout", ["analysis", "hearing"])
def test_no_layout_makes_the_window_higher(qtbot, window, layout):
    before = window.size()
    window.use_layout(layout)
    qtbot.waitUntil(lambda: window.layouts.layout_id == layout)
    assert window.size() == before


def test_only_what_is_looked_at_is_read(qtbot, window, monkeypatch):
    asked, read = [], window.workspace.read

    def note(name: str, *arguments: Any) -> Any:
        asked.append(name)
        return read(name, *arguments)

    monkeypatch.setattr(window.workspace, "read", note)
    window.use_layout("analysis")
    qtbot.waitUntil(lambda: "Count the coverage" in asked)
    assert {"Read the links", "List assessments"}.isdisjoint(asked)
    window.show_panel("link_map")
    qtbot.waitUntil(lambda: "Read the links" in asked)
    window.show_panel("assessments")
    qtbot.waitUntil(lambda: "List assessments" in asked)
