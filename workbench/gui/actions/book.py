"""Turns the registry into Qt's actions, and keeps what they can do in step with what is there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QToolBar, QToolButton, QWidget

from workbench.gui.actions.base import ActionSpec
from workbench.gui.icons import icon
from workbench.gui.theme import Theme
from workbench.runtime.i18n import speech as _


class ActionBook:
    """All actions by id; ``parts`` are the objects whose methods they call."""

    def __init__(self, specs: tuple[ActionSpec, ...], parts: Mapping[str, QObject], window: QWidget) -> None:
        self.specs = specs
        self.actions: dict[str, QAction] = {}
        for spec in specs:
            action = QAction(_(spec.text), window)
            action.setObjectName(spec.id)
            action.setShortcut(QKeySequence(spec.shortcut))
            action.setToolTip(f"{plain(_(spec.text))} ({shown_shortcut(spec.shortcut)})")
            action.setStatusTip(plain(_(spec.text)))
            action.triggered.connect(_call(spec, parts))
            window.addAction(action)
            self.actions[spec.id] = action

    def fill_menus(self, bar: QMenuBar, menus: tuple[str, ...], within: Mapping[str, tuple[str, ...]]) -> None:
        """Put every action into its menu; ``within`` names the menus that stand in another one."""
        for title in menus:
            menu = self._menu(title, bar)
            for inner in within.get(title, ()):
                menu.addMenu(self._menu(inner, menu))
            bar.addMenu(menu)

    def _menu(self, title: str, parent: QWidget) -> QMenu:
        menu = QMenu(_(title), parent)
        menu.setAccessibleName(plain(_(title)))
        group = 0
        for spec in (spec for spec in self.specs if spec.menu == title):
            if spec.group != group:
                menu.addSeparator()
                group = spec.group
            menu.addAction(self.actions[spec.id])
        return menu

    def fill_toolbar(self, bar: QToolBar) -> None:
        """Put the most used actions onto the toolbar, a line between menus."""
        menu = ""
        for spec in (spec for spec in self.specs if spec.on_toolbar):
            if menu and spec.menu != menu:
                bar.addSeparator()
            menu = spec.menu
            bar.addWidget(button_for(self.actions[spec.id], spec, bar))

    def tint(self, theme: Theme) -> None:
        """Draw the icons in the colours of the theme."""
        for spec in self.specs:
            if spec.icon:
                self.actions[spec.id].setIcon(icon(spec.icon, theme.text, disabled=theme.muted))

    def allow(self, present: Mapping[str, bool]) -> None:
        """Enable what can be done now."""
        for spec in self.specs:
            self.actions[spec.id].setEnabled(not spec.needs or present.get(spec.needs, False))

    def mark_one(self, chosen: str, among: Iterable[str]) -> None:
        """Show which one of several actions is in force."""
        for identifier in among:
            self.actions[identifier].setCheckable(True)
            self.actions[identifier].setChecked(identifier == chosen)

    def keys_of(self, identifier: str) -> str:
        """The keys an action has now."""
        return self.actions[identifier].shortcut().toString()

    def rekey(self, identifier: str, keys: str) -> None:
        """Give an action other keys; ids of another version of the program are left out."""
        action = self.actions.get(identifier)
        if action is not None:
            action.setShortcut(QKeySequence(keys))
            self.rename(identifier, action.text())

    def chosen_keys(self) -> dict[str, str]:
        """Keys that differ from those at first."""
        return {
            spec.id: self.keys_of(spec.id)
            for spec in self.specs
            if QKeySequence(self.keys_of(spec.id)) != QKeySequence(spec.shortcut)
        }

    def rename(self, identifier: str, text: str) -> None:
        """Let an action say what it would do just now."""
        action = self.actions[identifier]
        action.setText(text)
        action.setToolTip(f"{plain(text)} ({action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)})")


def button_for(action: QAction, spec: ActionSpec, parent: QWidget) -> QToolButton:
    """A tool button with an accessible name."""
    from_text = plain(_(spec.text)).rstrip("…")
    button = QToolButton(parent)
    button.setDefaultAction(action)
    button.setAccessibleName(from_text)
    if spec.has_label:
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        action.setIconText(f" {from_text}")
    return button


def plain(text: str) -> str:
    """The text without the mark of its keyboard letter."""
    return text.replace("&", "")


def shown_shortcut(shortcut: str) -> str:
    """The keys as this system writes them."""
    return QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)


def _call(spec: ActionSpec, parts: Mapping[str, QObject]) -> Callable[[], None]:
    part, method = spec.callback.split(".")
    target = getattr(parts[part], method)

    def act() -> None:
        if spec.argument:
            target(spec.argument)
        else:
            target()

    return act
