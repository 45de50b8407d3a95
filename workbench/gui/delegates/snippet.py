"""Draws a search hit: where it is, and its words with the found ones marked."""

from __future__ import annotations

from html import escape

from workbench.domain.search import Hit
from workbench.gui.delegates.rich_row import RichRow, marked_html, quiet
from workbench.gui.theme import Theme
from workbench.gui.wording import shortened
from workbench.runtime.i18n import speech as _


class SnippetRow(RichRow):
    """One hit."""

    def html(self, record: object, theme: Theme) -> str:
        assert isinstance(record, Hit)
        place = _("{urn}, page {n}").format(urn=record.urn, n=record.page_number)
        return (
            f"<div><b>{escape(shortened(record.title, 60))}</b></div>"
            f"<div>{quiet(place, theme)}</div>"
            f'<div style="margin-top:3px">{marked_html(record.snippet, theme)}</div>'
        )
