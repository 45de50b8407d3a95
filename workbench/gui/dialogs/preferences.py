"""The settings, made from what each says of itself."""

from __future__ import annotations

from dataclasses import fields

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QFormLayout, QSpinBox, QVBoxLayout, QWidget

from workbench.gui.widgets.form import small
from workbench.runtime.i18n import speech as _
from workbench.runtime.settings import Settings


class Preferences(QDialog):
    """A window that can stay open; every choice counts at once (``chosen(name, value)``)."""

    chosen = Signal(str, object)

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Settings"))
        self.fields: dict[str, QWidget] = {}
        form = QFormLayout()
        for setting in fields(Settings):
            if not setting.metadata["label"]:
                continue
            label = _(str(setting.metadata["label"]))
            field = self._field(setting.name, getattr(settings, setting.name), setting.metadata["choices"])
            field.setAccessibleName(label)
            self.fields[setting.name] = field
            if isinstance(field, QCheckBox):
                field.setText(label)
                form.addRow(field)
            else:
                form.addRow(label, field)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(small(_("Language counts from the next start of the program.")))
        column.addStretch(1)

    def _field(self, name: str, value: object, choices: tuple[str, ...]) -> QWidget:
        if isinstance(value, bool):
            box = QCheckBox()
            box.setChecked(value)
            box.toggled.connect(lambda on: self.chosen.emit(name, on))
            return box
        if isinstance(value, int):
            number = QSpinBox()
            number.setRange(0, 600)
            number.setValue(value)
            number.valueChanged.connect(lambda chosen: self.chosen.emit(name, chosen))
            return number
        combo = QComboBox()
        for choice in choices:
            combo.addItem(_(choice), choice)
        combo.setCurrentIndex(combo.findData(value))
        combo.currentIndexChanged.connect(lambda: self.chosen.emit(name, combo.currentData()))
        return combo
