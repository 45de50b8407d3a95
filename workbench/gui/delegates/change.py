"""Draws an entry of the history: what was done, then when and by whom."""

from __future__ import annotations

from html import escape

from workbench.domain.change import Change
from workbench.gui.columns import shown_change, shown_instant
from workbench.gui.delegates.rich_row import RichRow, quiet
from workbench.gui.theme import Theme
from workbench.gui.wording import shortened


class ChangeRow(RichRow):
    """One entry."""

    def html(self, record: object, theme: Theme) -> str:
        assert isinstance(record, Change)
        when = f"{shown_instant(record.at)} · {record.who}"
        return f"<div>{escape(shortened(shown_change(record), 110))}</div><div>{quiet(when, theme)}</div>"
