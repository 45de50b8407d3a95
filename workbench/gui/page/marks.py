"""How excerpts are shown on the page: colour and sign by stance or by theme, and what the pointer is told."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt

from workbench.domain.excerpt import Stance
from workbench.gui.page.layers import Mark
from workbench.gui.wording import STANCE_SIGNS
from workbench.runtime.i18n import speech as _
from workbench.services.excerpt_list import ExcerptRow

#: A pattern for each stance, so that it can be told without colour.
_PATTERNS = {
    Stance.SUPPORTS: Qt.PenStyle.SolidLine,
    Stance.UNDERMINES: Qt.PenStyle.DashLine,
    Stance.CONTEXT: Qt.PenStyle.DotLine,
    Stance.SILENT: Qt.PenStyle.DashDotLine,
}
_SERIES = 6
_THEME_PATTERNS = tuple(_PATTERNS.values())


def marks_of(rows: Sequence[ExcerptRow], *, colour_by: str) -> dict[int, list[Mark]]:
    """The marks of each page; ``colour_by`` is ``stance`` or ``theme``."""
    themes = sorted({theme for row in rows for theme in row.themes})
    marks: dict[int, list[Mark]] = {}
    for row in rows:
        tone, sign, pattern = _by_theme(row, themes) if colour_by == "theme" else _by_stance(row)
        for part in row.parts:
            mark = Mark(
                excerpt=row.excerpt.id,
                boxes=part.boxes,
                tone=tone,
                sign=sign,
                pattern=pattern,
                tip=tip_of(row),
                is_area=part.is_area,
            )
            marks.setdefault(part.page_index, []).append(mark)
    return marks


def _by_stance(row: ExcerptRow) -> tuple[str, str, Qt.PenStyle]:
    stances = row.stances
    if {Stance.SUPPORTS, Stance.UNDERMINES} <= stances:
        return "mark", "±", Qt.PenStyle.SolidLine
    chief = next((stance for stance in Stance if stance in stances), None)
    if chief is None:
        return "mark", "", Qt.PenStyle.SolidLine
    return chief.value, STANCE_SIGNS[chief], _PATTERNS[chief]


def _by_theme(row: ExcerptRow, themes: Sequence[str]) -> tuple[str, str, Qt.PenStyle]:
    if not row.themes:
        return "mark", "", Qt.PenStyle.SolidLine
    at = themes.index(row.themes[0])
    pattern = _THEME_PATTERNS[(at // _SERIES) % len(_THEME_PATTERNS)]
    return f"series_{at % _SERIES + 1}", row.themes[0][:1].upper(), pattern


def tip_of(row: ExcerptRow) -> str:
    """Note, links with their stance, and themes: one a line."""
    lines = [row.reference]
    lines += [f"{STANCE_SIGNS[link.stance]} {link.name} ({_(link.stance.value)})" for link in row.links]
    if row.themes:
        lines.append(_("Themes: {names}").format(names=", ".join(row.themes)))
    if row.excerpt.note:
        lines.append(_("Note: {text}").format(text=row.excerpt.note))
    return "\n".join(line if len(line) <= 160 else line[:159] + "…" for line in lines)
