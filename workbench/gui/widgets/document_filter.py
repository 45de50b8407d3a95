"""Narrowing the documents by kind, year, supplier, marking and what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from workbench.runtime.i18n import mark
from workbench.runtime.i18n import speech as _
from workbench.services.document_list import DocumentRow

_FACTS: tuple[tuple[str, str, Callable[[DocumentRow], str]], ...] = (
    ("kind", mark("Any kind"), lambda row: row.document.kind),
    ("year", mark("Any year"), lambda row: (row.document.on_earliest or row.document.proposed_on)[:4]),
    ("supplier", mark("Any supplier"), lambda row: row.document.supplier),
    ("marking", mark("Any marking"), lambda row: row.document.marking),
)
_STATES: tuple[tuple[str, str, Callable[[DocumentRow], bool]], ...] = (
    ("", mark("Whatever their state"), lambda row: True),
    ("bare", mark("With pages without text"), lambda row: row.document.pages_without_text > 0),
    ("twice", mark("Received more than once"), lambda row: row.receipts > 1),
    ("undated", mark("Without a settled date"), lambda row: not row.document.on),
    ("family", mark("With a family"), lambda row: bool(row.parent_urn)),
    ("unread", mark("Without an excerpt"), lambda row: row.excerpts == 0),
)


class DocumentFilter(QWidget):
    """Each choice offers what there is; ``changed()`` after every choice."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.combos: dict[str, QComboBox] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(5)
        for at, (name, title, _of) in enumerate(_FACTS):
            self.combos[name] = self._combo(_(title))
            grid.addWidget(self.combos[name], at // 2, at % 2)
        self.state = self._combo(_("State of the documents"))
        for key, title, _fits in _STATES:
            self.state.addItem(_(title), key)
        grid.addWidget(self.state, 2, 0, 1, 2)
        self.offer([])

    def _combo(self, name: str) -> QComboBox:
        combo = QComboBox()
        combo.setAccessibleName(name)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(8)
        combo.activated.connect(lambda _row: self.changed.emit())
        return combo

    def offer(self, rows: Iterable[DocumentRow]) -> None:
        """What can be chosen; what is chosen stays chosen while it is there."""
        rows = list(rows)
        for name, title, of in _FACTS:
            kept, combo = self.combos[name].currentData(), self.combos[name]
            combo.clear()
            combo.addItem(_(title), "")
            for value in sorted({of(row) for row in rows} - {""}):
                combo.addItem(_(value) if name == "kind" else value, value)
            combo.setCurrentIndex(max(combo.findData(kept), 0))

    @property
    def choices(self) -> dict[str, str]:
        """What is chosen, by name; only what narrows."""
        chosen = {name: str(combo.currentData() or "") for name, combo in self.combos.items()}
        chosen["state"] = str(self.state.currentData() or "")
        return {name: value for name, value in chosen.items() if value}

    def choose(self, choices: dict[str, str]) -> None:
        """Choose exactly these."""
        for name, combo in {**self.combos, "state": self.state}.items():
            combo.setCurrentIndex(max(combo.findData(choices.get(name, "")), 0))
        self.changed.emit()

    def fitting(self) -> Callable[[DocumentRow], bool] | None:
        """The test a row must pass; None when nothing is chosen."""
        choices = self.choices
        if not choices:
            return None
        tests = [(of, choices[name]) for name, _title, of in _FACTS if name in choices]
        is_state = next(fits for key, _title, fits in _STATES if key == choices.get("state", ""))
        return lambda row: is_state(row) and all(of(row) == value for of, value in tests)
