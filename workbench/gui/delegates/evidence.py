"""Draws one piece of a cell's evidence: its sign, its words, where they stand and what is to be known of it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from workbench.domain.coverage import Side
from workbench.gui.columns import shown_date
from workbench.gui.delegates.rich_row import RichRow, quiet
from workbench.gui.theme import Theme
from workbench.gui.wording import shortened
from workbench.runtime.i18n import speech as _
from workbench.services.coverage import EvidenceRow

_TONES = {Side.FOR: "supports_strong", Side.AGAINST: "undermines_strong"}


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceLine:
    """A piece of evidence with the heading it stands under; the first of a side shows the heading."""

    row: EvidenceRow
    sign: str
    title: str
    is_first: bool

    @property
    def id(self) -> str:
        return self.row.id


@dataclass(frozen=True, slots=True, kw_only=True)
class CellAbout:
    """What is to be known of the whole cell, above its evidence."""

    lines: tuple[str, ...]
    id: str = "about"


def spoken_evidence(line: EvidenceLine | CellAbout) -> str:
    """A piece of evidence as it is read aloud."""
    if isinstance(line, CellAbout):
        return ". ".join(line.lines)
    row = line.row
    parts = [line.title, row.words or _("A marked area"), row.reference, shown_date(row.on), *remarks(row)]
    return " · ".join(part for part in parts if part)


def remarks(row: EvidenceRow) -> list[str]:
    """What is to be known of a piece beside its words."""
    kinds = {"event": _("event"), "search": _("looked for and not found")}
    found = [kinds[row.kind]] if row.kind in kinds else []
    if row.is_cited:
        found.append(_("cited by an assessment"))
    if row.is_doubtful:
        found.append(_("superseded or no longer found where it was marked"))
    if row.why:
        found.append(_("withdrawn: {why}").format(why=row.why))
    return found


class EvidenceCard(RichRow):
    """Two or three lines, and a heading where a side begins."""

    def html(self, record: object, theme: Theme) -> str:
        if isinstance(record, CellAbout):
            return "".join(f"<div>{escape(line)}</div>" for line in record.lines)
        assert isinstance(record, EvidenceLine)
        row = record.row
        lines = [f'<div style="color:{theme.muted}"><b>{escape(record.title)}</b></div>'] if record.is_first else []
        tone = getattr(theme, _TONES[row.side]) if row.side in _TONES else theme.muted
        words = escape(shortened(row.words, round(self.columns * 1.8))) if row.words else _("A marked area")
        quoted = f"“{words}”" if row.kind == "excerpt" and row.words else words
        lines.append(f'<div><span style="color:{tone}"><b>{record.sign}</b></span>&nbsp;&nbsp;{quoted}</div>')
        below = " · ".join(part for part in (row.reference, shown_date(row.on), *remarks(row)) if part)
        lines.append(f"<div>{quiet(self.fitted(below), theme)}</div>")
        return "".join(lines)
