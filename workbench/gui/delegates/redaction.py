"""Draws a redaction mark in the list: its state by sign and word, where it is, why, and who proposed and decided it."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem

from workbench.gui.delegates.rich_row import Index, RichRow, quiet
from workbench.gui.theme import Theme
from workbench.gui.wording import STATE_SIGNS, STATE_TITLES
from workbench.runtime.i18n import speech as _
from workbench.services.redaction_list import MarkRow

_LINES = 4


class RedactionCard(RichRow):
    """One mark in four lines, all cards of one height so that many are laid out at once; words only while shown."""

    def __init__(self, theme: Theme, view: QAbstractItemView, shows_words: Callable[[], bool]) -> None:
        super().__init__(theme, view)
        self._shows_words = shows_words

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, self._view.fontMetrics().lineSpacing() * _LINES + 18)

    def html(self, record: object, theme: Theme) -> str:
        assert isinstance(record, MarkRow)
        state = record.mark.state
        sign = f"<b>{STATE_SIGNS[state]}</b>&nbsp; {escape(_(STATE_TITLES[state]))}"
        what = shown_words(record) if self._shows_words() else hidden_words(record)
        lines = (
            f"{sign} &nbsp;{quiet(record.reference, theme)}",
            escape(self.fitted(what)),
            quiet(self.fitted(grounds_in_words(record)), theme),
            quiet(self.fitted(people_in_words(record)), theme),
        )
        return "".join(f"<div>{line}</div>" for line in lines if line)


def shown_words(row: MarkRow) -> str:
    """The words themselves, in quotation marks."""
    return f"“{row.words}”" if row.words else _("A marked area")


def hidden_words(row: MarkRow) -> str:
    """How many words there are, while they are veiled."""
    if not row.words:
        return _("A marked area")
    return _.count("▒▒▒▒ ({n} word, veiled)", "▒▒▒▒ ({n} words, veiled)", len(row.words.split()))


def grounds_in_words(row: MarkRow) -> str:
    """Reason, basis, restriction and label."""
    parts = (row.reason or _("no reason yet"), _(row.mark.basis), row.restriction, row.mark.label)
    return "  ·  ".join(part for part in parts if part)


def people_in_words(row: MarkRow) -> str:
    """Who proposed the mark and who decided it."""
    mark = row.mark
    parts = [_("proposed by {who}").format(who=mark.proposed_by)] if mark.proposed_by else []
    if mark.decided_by:
        decided = _("approved by {who}") if mark.state == "approved" else _("rejected by {who}")
        parts.append(decided.format(who=mark.decided_by))
    return "  ·  ".join(parts)


def spoken_mark(row: MarkRow, *, shows_words: bool) -> str:
    """What a screen reader says for one."""
    what = shown_words(row) if shows_words else hidden_words(row).replace("▒", "").strip()
    parts = (_(STATE_TITLES[row.mark.state]), row.reference, what, grounds_in_words(row), people_in_words(row))
    return ", ".join(part for part in parts if part)
