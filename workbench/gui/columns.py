"""Which facts the tables show, in what words, and how they sort."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt

from workbench.domain.change import Change
from workbench.domain.dates import in_words
from workbench.runtime.i18n import mark
from workbench.runtime.i18n import speech as _
from workbench.services.document_list import DocumentRow

#: What a view may ask a model for beside the shown text: a row's identifier, and its whole record.
ID_ROLE = Qt.ItemDataRole.UserRole + 1
RECORD_ROLE = Qt.ItemDataRole.UserRole + 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: what it says of a row and what it sorts by.

    ``width`` is in characters; ``rank`` 0 is always shown, higher ones as the table gets wider. Where the text is a
    sign, ``said`` is what tooltips, screen readers and the filter get.
    """

    id: str
    title: str
    text: Callable[[Any], str]
    sort_key: Callable[[Any], Any]
    width: int = 12
    rank: int = 0
    is_number: bool = False
    stretches: bool = False
    said: Callable[[Any], str] | None = None

    def in_full(self, record: Any) -> str:
        """The text in words, also where the table shows a sign."""
        return (self.said or self.text)(record)


def shown_date(edtf: str) -> str:
    """``12 March 1978``; empty when no date was settled."""
    return in_words(edtf, _.language) if edtf else ""


def shown_instant(at: datetime) -> str:
    """``24 Nov 2026, 09:40`` in the time of this machine."""
    local = at.astimezone()
    return f"{local.day} {local:%b %Y, %H:%M}"


def _count(number: int) -> str:
    return f"{number:,}" if number else "–"


DOCUMENT_COLUMNS: tuple[Column, ...] = (
    Column(
        id="urn",
        title=mark("URN"),
        text=lambda r: r.document.urn,
        sort_key=lambda r: r.document.urn.casefold(),
        width=11,
    ),
    Column(
        id="title",
        title=mark("Title"),
        text=lambda r: _standing(r) + r.document.title,
        sort_key=lambda r: r.document.title.casefold(),
        width=26,
        stretches=True,
    ),
    Column(
        id="kind",
        title=mark("Kind"),
        text=lambda r: _(r.document.kind),
        sort_key=lambda r: r.document.kind,
        width=11,
        rank=3,
    ),
    Column(
        id="date",
        title=mark("Date"),
        text=lambda r: shown_date(r.document.on) or _proposed(r),
        sort_key=lambda r: (r.document.on_earliest or r.document.proposed_on or "9999", r.document.urn),
        width=17,
        rank=2,
    ),
    Column(
        id="pages",
        title=mark("Pages"),
        text=lambda r: _count(r.document.page_count),
        sort_key=lambda r: r.document.page_count,
        width=6,
        rank=1,
        is_number=True,
    ),
    Column(
        id="pages_without_text",
        title=mark("Without text"),
        text=lambda r: _count(r.document.pages_without_text),
        sort_key=lambda r: r.document.pages_without_text,
        width=12,
        rank=5,
        is_number=True,
    ),
    Column(
        id="supplier",
        title=mark("Supplier"),
        text=lambda r: r.document.supplier,
        sort_key=lambda r: r.document.supplier.casefold(),
        width=16,
        rank=4,
    ),
    Column(
        id="receipts",
        title=mark("Receipts"),
        text=lambda r: _count(r.receipts),
        sort_key=lambda r: r.receipts,
        width=9,
        rank=6,
        is_number=True,
    ),
    Column(
        id="excerpts",
        title=mark("Excerpts"),
        text=lambda r: _count(r.excerpts),
        sort_key=lambda r: r.excerpts,
        width=9,
        rank=7,
        is_number=True,
    ),
    Column(id="author", title=mark("Author"), text=lambda r: r.author, sort_key=lambda r: r.author, width=18, rank=8),
    Column(
        id="marking",
        title=mark("Marking"),
        text=lambda r: r.document.marking,
        sort_key=lambda r: r.document.marking,
        width=12,
        rank=9,
    ),
    Column(
        id="family",
        title=mark("Came with"),
        text=lambda r: r.parent_urn,
        sort_key=lambda r: r.parent_urn,
        width=11,
        rank=10,
    ),
    Column(
        id="filename",
        title=mark("File name"),
        text=lambda r: r.document.filename,
        sort_key=lambda r: r.document.filename.casefold(),
        width=20,
        rank=11,
    ),
    Column(
        id="imported_at",
        title=mark("Imported"),
        text=lambda r: shown_instant(r.document.imported_at),
        sort_key=lambda r: r.document.imported_at,
        width=17,
        rank=12,
    ),
    Column(
        id="language",
        title=mark("Language"),
        text=lambda r: r.document.language,
        sort_key=lambda r: r.document.language,
        width=9,
        rank=13,
    ),
    Column(
        id="notices",
        title=mark("Notices"),
        text=lambda r: " ".join(r.document.notices),
        sort_key=lambda r: len(r.document.notices),
        width=20,
        rank=14,
    ),
)


def _standing(row: DocumentRow) -> str:
    """A word before the title of a document that is not to be relied on."""
    if row.document.withdrawn_on or row.document.withdrawn_reason:
        return _("Withdrawn") + " · "
    return _("Superseded") + " · " if row.document.superseded_by is not None else ""


def _proposed(row: DocumentRow) -> str:
    proposed = row.document.proposed_on
    return _("{date} (proposed)").format(date=shown_date(proposed)) if proposed else ""


EVENT_COLUMNS: tuple[Column, ...] = (
    Column(
        id="on",
        title=mark("Date"),
        text=lambda r: shown_date(r.event.on),
        sort_key=lambda r: (r.event.on_earliest or r.event.on_latest, r.event.on_latest, r.event.id),
        width=18,
    ),
    Column(
        id="title",
        title=mark("Event"),
        text=lambda r: r.event.title,
        sort_key=lambda r: r.event.title.casefold(),
        width=24,
        stretches=True,
    ),
    Column(
        id="status",
        title=mark("Status"),
        text=lambda r: _(r.event.status.value) + (" (!)" if r.is_contradicted else ""),
        said=lambda r: ", ".join(
            filter(
                None,
                (
                    _(r.event.status.value),
                    r.event.dispute,
                    _("contradicted by recorded orders") if r.is_contradicted else "",
                ),
            )
        ),
        sort_key=lambda r: r.event.status,
        width=11,
        rank=1,
    ),
    Column(
        id="institutions",
        title=mark("Institutions"),
        text=lambda r: "; ".join(r.institutions),
        sort_key=lambda r: r.institutions,
        width=20,
        rank=3,
    ),
    Column(
        id="sources",
        title=mark("Sources"),
        text=lambda r: ", ".join(r.sources) or "–",
        sort_key=lambda r: len(r.sources),
        width=14,
        rank=2,
    ),
    Column(
        id="inferred",
        title=mark("From recorded orders"),
        text=lambda r: " ".join(filter(None, (_("Contradiction.") if r.is_contradicted else "", r.inferred))),
        sort_key=lambda r: (not r.is_contradicted, not r.inferred, r.inferred),
        width=26,
        rank=4,
    ),
)


def shown_change(change: Change) -> str:
    """``Make excerpt: INQ000123 page 4``."""
    name = _(change.action.value)
    name = name[:1].upper() + name[1:]
    return f"{name}: {change.summary}" if change.summary else name
