"""Narrowing the excerpts: by what they are linked to, what they do for it, and who made them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workbench.domain.excerpt import Stance
from workbench.domain.ids import AnyId
from workbench.gui.sheets.popover import Popover
from workbench.gui.sheets.target_finder import Offer, TargetFinder
from workbench.runtime.i18n import mark
from workbench.runtime.i18n import speech as _
from workbench.services.excerpt_list import ExcerptFilter
from workbench.services.linking import Target

_STANCE, _AUTHOR = mark("stance"), mark("author")


class FilterPopover(Popover):
    """One field for every kind of filter; each choice becomes a chip."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_("Filter the excerpts by"), parent)
        self.chosen: list[Offer] = []
        self.finder = TargetFinder(_("Filter by"), _("Institution, scope, theme, stance, event, person, author"))
        self.finder.taken.connect(self._add)
        self.finder.confirmed_empty.connect(self.close_sheet)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.addWidget(self.finder)
        self.setFixedWidth(380)

    def offer(self, targets: Sequence[Target], authors: Sequence[str]) -> None:
        """What there is to filter by."""
        stances = [Target(kind=_STANCE, id=AnyId(stance.value), name=_(stance.value)) for stance in Stance]
        people = [Target(kind=_AUTHOR, id=AnyId(author), name=author) for author in authors]
        self.finder.offer([*stances, *targets, *people])

    @Slot(object)
    def _add(self, offer: Offer) -> None:
        if offer not in self.chosen:
            self.chosen.append(offer)
            self.changed.emit()

    def remove(self, key: str) -> None:
        """Take one filter away, by its ``kind:id``."""
        self.chosen = [offer for offer in self.chosen if f"{offer.kind}:{offer.id}" != key]
        self.changed.emit()

    def reset(self) -> None:
        """Filter by nothing."""
        self.chosen = []

    def show_only(self, offers: Sequence[Offer]) -> None:
        """Filter by exactly these."""
        self.chosen = list(offers)
        self.changed.emit()

    @property
    def chips(self) -> list[tuple[str, str]]:
        """(text, key) of each filter."""
        return [(f"{_(offer.kind)}: {offer.name}", f"{offer.kind}:{offer.id}") for offer in self.chosen]

    def filter(self, words: str, document: str) -> ExcerptFilter:
        """The filter with words and document added."""
        linked = tuple((o.kind, str(o.id)) for o in self.chosen if o.kind not in (_STANCE, _AUTHOR))
        return ExcerptFilter(
            words=words,
            document=document,
            targets=linked,
            stances=frozenset(Stance(o.id) for o in self.chosen if o.kind == _STANCE and o.id),
            authors=frozenset(str(o.id) for o in self.chosen if o.kind == _AUTHOR),
        )
