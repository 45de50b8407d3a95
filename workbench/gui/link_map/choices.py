"""What is chosen for the link map: which kinds are shown, how far, and around which item."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QSize, QStringListModel, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QToolButton, QWidget

from workbench.domain.link_map import KINDS, MOST_DEPTH, USUAL_KINDS, Node
from workbench.gui.icons import icon
from workbench.gui.link_map.scene import KIND_ICONS, KIND_TITLES, KIND_TONES
from workbench.gui.theme import Theme
from workbench.gui.widgets.chips import FlowLayout
from workbench.gui.widgets.form import make_clearable
from workbench.runtime.i18n import speech as _


class KindButtons(QWidget):
    """A button for every kind, pressed while it is shown."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        flow = FlowLayout(self)
        flow.setContentsMargins(0, 0, 0, 0)
        self.setAccessibleName(_("Kinds that are shown"))
        self.buttons: dict[str, QToolButton] = {}
        for kind in KINDS:
            button = QToolButton(self)
            button.setCheckable(True)
            button.setChecked(kind in USUAL_KINDS)
            button.setIconSize(QSize(16, 16))
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setAccessibleName(_(KIND_TITLES[kind]))
            button.setToolTip(_("Show or hide: {kind}").format(kind=_(KIND_TITLES[kind])))
            button.toggled.connect(self.changed)
            flow.addWidget(button)
            self.buttons[kind] = button
        self.recolour(theme)

    @property
    def chosen(self) -> frozenset[str]:
        """The kinds that are shown."""
        return frozenset(kind for kind, button in self.buttons.items() if button.isChecked())

    def recolour(self, theme: Theme) -> None:
        """Draw the pictures in the colours of the theme."""
        for kind, button in self.buttons.items():
            button.setIcon(icon(KIND_ICONS[kind], theme.colour(KIND_TONES[kind], is_strong=True)))

    def say_hidden(self, hidden: Iterable[tuple[str, int]]) -> None:
        """Say beside a kind that is not shown how many items next to the middle it has."""
        numbers = dict(hidden)
        for kind, button in self.buttons.items():
            number = numbers.get(kind, 0)
            button.setText(f" {number}" if number else "")
            style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon if number else Qt.ToolButtonStyle.ToolButtonIconOnly
            button.setToolButtonStyle(style)
            name = _(KIND_TITLES[kind])
            said = _("{kind}, {n} not shown").format(kind=name, n=number) if number else name
            button.setAccessibleName(said)


class StepsBox(QComboBox):
    """How many steps from the middle are shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Steps from the middle"))
        for depth in range(1, MOST_DEPTH + 1):
            self.addItem(_.count("{n} step", "{n} steps", depth), depth)

    @property
    def steps(self) -> int:
        return self.currentIndex() + 1

    def deepen(self, by: int) -> None:
        """More or fewer steps."""
        self.setCurrentIndex(min(max(self.currentIndex() + by, 0), MOST_DEPTH - 1))


class ItemField(QLineEdit):
    """Type to find any item of the case; Enter or a click takes it."""

    taken = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ids: dict[str, str] = {}
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setMaxVisibleItems(12)
        completer.activated.connect(self._take)
        self.setCompleter(completer)
        self.setPlaceholderText(_("Around which item? Type a name, cipher or reference"))
        self.setAccessibleName(_("Around which item"))
        make_clearable(self)
        self.returnPressed.connect(lambda: self._take(self.text()))

    def offer(self, nodes: Sequence[Node]) -> None:
        """Everything that can stand in the middle."""
        self._ids = {}
        for node in nodes:
            told = node.detail if node.kind in ("document", "scope", "event", "assessment") else ""
            label = "  ".join(part for part in (node.name, told[:70]) if part) + f"   ·   {_(node.kind)}"
            self._ids[label if label not in self._ids else f"{label} ({node.id[-4:]})"] = node.id
        self._names.setStringList(list(self._ids))

    @Slot(str)
    def _take(self, text: str) -> None:
        wanted = text.strip().casefold()
        if not wanted:
            return
        matches = [identifier for label, identifier in self._ids.items() if label.strip().casefold() == wanted]
        matches = matches or [identifier for label, identifier in self._ids.items() if wanted in label.casefold()]
        if matches:
            self.clear()
            self.taken.emit(matches[0])
