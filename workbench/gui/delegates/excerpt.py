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
        columns = self.columns
        words = f"“{escape(shortened(record.words, round(columns * 1.7)))}”" if record.words else _("A marked area")
        if record.excerpt.withdrawn:
            told = _("Withdrawn: {reason}").format(reason=record.excerpt.withdrawn)
            where = quiet(record.reference, theme)
            lines = [f"<s>{words}</s>", where, f"<b>{escape(self.fitted(told))}</b>"]
            return "".join(f"<div>{line}</div>" for line in lines)
        last = " · ".join(part for part in (", ".join(record.themes), record.excerpt.note) if part)
        lines = [words, f"{quiet(record.reference, theme)}&nbsp; {self._links(record, theme, columns)}"]
        if last:
            lines.append(f"<i>{escape(self.fitted(last))}</i>")
        return "".join(f"<div>{line}</div>" for line in lines)

    def _links(self, row: ExcerptRow, theme: Theme, columns: int) -> str:
        """As many links as the line has room for, and how many more there are."""
        # Letters and digits of a reference are wider than most; "+12" needs a place when not every link has one.
        room = columns - len(row.reference) - (14 if len(row.links) > 1 else 9)
        shown: list[str] = []
        for link in row.links:
            name = shortened(link.name, 30 if shown else max(room, 12))
            room -= len(name) + 3
            if shown and room < 0:
                break
            sign = STANCE_SIGNS[link.stance]
            shown.append(f'<span style="color:{theme.accent}">{sign}&nbsp;{escape(name)}</span>')
        more = len(row.links) - len(shown)
        return " ".join(shown) + (f" {quiet(f'+{more}', theme)}" if more else "")

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, self._view.fontMetrics().lineSpacing() * _LINES + 18)
