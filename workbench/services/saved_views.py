"""Keeps views and searches under a name, inside the case."""

from __future__ import annotations

from dataclasses import replace

from workbench.domain.change import Action, Change
from workbench.domain.errors import Refused
from workbench.domain.ids import SavedViewId, new_id
from workbench.domain.saved_view import SavedView
from workbench.store.case_file import CaseFile


def saved_views(case: CaseFile, room: str) -> list[SavedView]:
    """The views of one room, by name."""
    return case.all(SavedView, "name", room=room)


def save_view(case: CaseFile, room: str, name: str, query: str) -> tuple[Change, SavedViewId]:
    """Keep a view; one of the same name in the same room is replaced."""
    if not name.strip():
        raise Refused("The view has no name. Type one.")
    known = case.first(SavedView, room=room, name=name.strip())
    view = SavedView(id=SavedViewId(new_id("viw")), name=name.strip(), room=room, query=query)
    if known is not None:
        view = replace(view, id=known.id)
    with case.change(Action.EDIT_VIEW, room) as step:
        step.put(view)
    return step.change, view.id


def remove_view(case: CaseFile, view: SavedViewId) -> Change:
    """Forget a view."""
    with case.change(Action.EDIT_VIEW, "remove") as step:
        step.delete(SavedView, view)
    return step.change
