"""Draws an entry of the history: what was done, then when and by whom."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStyleOptionViewItem

from workbench.domain.change import Change
from workbench.gui.columns import shown_change, shown_instant
from workbench.gui.delegates.rich_row import Index, RichRow, quiet
from workbench.gui.theme import Theme


class ChangeRow(RichRow):
    """One entry."""

    def html(self, record: object, theme: Theme) -> str:
        assert isinstance(record, Change)
        when = f"{shown_instant(record.at)} · {record.who}"
        what = escape(self.fitted(shown_change(record)))
        return f"<div>{what}</div><div>{quiet(when, theme)}</div>"

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, self._view.fontMetrics().lineSpacing() * 2 + 18)
