"""Draws an excerpt in four lines: its words, where they stand, what they are linked to, theme and note."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStyleOptionViewItem

from workbench.gui.delegates.rich_row import Index, RichRow, quiet
from workbench.gui.theme import Theme
from workbench.gui.wording import STANCE_SIGNS, shortened
from workbench.runtime.i18n import speech as _
from workbench.services.excerpt_list import ExcerptRow

_LINES = 4


class ExcerptCard(RichRow):
    """One excerpt; every card has the same height, so that twenty thousand are laid out at once."""

    def html(self, record: object, theme: Theme) -> str:
        assert isinstance(record, ExcerptRow)
        columns = max((self._view.width() - 40) // max(self._view.fontMetrics().averageCharWidth(), 1), 20)
        words = f"“{escape(shortened(record.words, round(columns * 1.7)))}”" if record.words else _("A marked area")
        links = " ".join(
            f'<span style="color:{theme.accent}">{STANCE_SIGNS[link.stance]}&nbsp;'
            f"{escape(shortened(link.name, 34))}</span>"
            for link in record.links[:3]
        )
        more = f" +{len(record.links) - 3}" if len(record.links) > 3 else ""
        last = " · ".join(part for part in (", ".join(record.themes), record.excerpt.note) if part)
        rest = max(columns - len(record.reference) - 4, 10)
        plain = sum(len(shortened(link.name, 34)) + 3 for link in record.links[:3])
        shown = links if plain <= rest else quiet(_.count("{n} link", "{n} links", len(record.links)), theme)
        lines = [words, f"{quiet(record.reference, theme)} &nbsp;{shown}{more if plain <= rest else ''}"]
        if last:
            lines.append(f"<i>{escape(shortened(last, round(columns * 0.9)))}</i>")
        return "".join(f"<div>{line}</div>" for line in lines)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, self._view.fontMetrics().lineSpacing() * _LINES + 18)
