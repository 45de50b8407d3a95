"""Draws an excerpt: its words, where they stand, and what they are linked to."""

from __future__ import annotations

from html import escape

from workbench.gui.delegates.rich_row import RichRow, quiet, shortened
from workbench.gui.theme import Theme
from workbench.services.excerpt_list import ExcerptRow


class ExcerptCard(RichRow):
    """One excerpt."""

    def html(self, record: object, theme: Theme) -> str:
        assert isinstance(record, ExcerptRow)
        lines = [f"<div>“{escape(shortened(record.excerpt.quote, 170))}”</div>"]
        lines.append(f'<div style="margin-top:3px">{quiet(record.reference, theme)}</div>')
        lines += [
            f'<div><span style="color:{theme.accent}">{escape(shortened(link.name, 60))}</span>'
            f" {quiet('· ' + link.stance, theme)}</div>"
            for link in record.links
        ]
        if record.themes:
            lines.append(f"<div>{quiet(', '.join(record.themes), theme)}</div>")
        if record.excerpt.note:
            lines.append(f'<div style="margin-top:3px"><i>{escape(shortened(record.excerpt.note, 140))}</i></div>')
        return "".join(lines)
