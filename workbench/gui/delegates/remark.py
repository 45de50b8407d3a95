"""Draws a remark: what it is about, and both texts where two say nearly the same."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from PySide6.QtWidgets import QAbstractItemView

from workbench.gui.delegates.rich_row import RichRow, quiet
from workbench.gui.theme import Theme
from workbench.services.lineage_list import Remark


class RemarkCard(RichRow):
    """``words`` gives what a thing says, by its identifier."""

    def __init__(self, theme: Theme, view: QAbstractItemView, words: Callable[[str], str]) -> None:
        super().__init__(theme, view)
        self._words = words

    def html(self, record: object, theme: Theme) -> str:
        assert isinstance(record, Remark)
        told = f"{record.text[:1].upper()}{record.text[1:]}"
        lines = [f"<b>{escape(told)}</b>", quiet(self._words(record.item), theme)]
        if record.other:
            lines.append(quiet(self._words(record.other), theme))
        return "".join(f"<div>{line}</div>" for line in lines)
