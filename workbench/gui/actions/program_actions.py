"""The program itself: appearance, settings, keys, and finding any action by its name."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from workbench.domain.errors import WorkbenchError
from workbench.gui.actions.book import ActionBook, plain
from workbench.gui.dialogs.preferences import Preferences
from workbench.gui.dialogs.shortcuts import Keyed, Shortcuts
from workbench.gui.sheets.palette import Palette
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import speech as _
from workbench.runtime.shortcuts import load_shortcuts, save_shortcuts


class ProgramActions(QObject):
    """Needs the book of actions, which needs this: it is handed over by ``adopt``."""

    def __init__(self, workspace: Workspace, window: QWidget) -> None:
        super().__init__(window)
        self._workspace, self._window = workspace, window
        self._book: ActionBook | None = None
        self.palette = Palette(window)
        self.dialog: Shortcuts | Preferences | None = None

    def adopt(self, book: ActionBook) -> None:
        """Know all actions, and give them the keys that a person chose."""
        self._book = book
        for identifier, keys in load_shortcuts(self._file).items():
            book.rekey(identifier, keys)
        self.palette.offer([(book.actions[spec.id], plain(_(spec.menu))) for spec in book.specs])

    @property
    def _file(self) -> Path:
        return self._workspace.paths.settings.with_name("shortcuts.toml")

    def choose_appearance(self, appearance: str) -> None:
        """Light, dark, high contrast, or as the system."""
        self._workspace.change_settings(appearance=appearance)

    def colour_excerpts(self, by: str) -> None:
        """Colour excerpts by stance or by theme."""
        self._workspace.change_settings(colour_excerpts_by=by)

    def show_palette(self) -> None:
        """Find an action by its name."""
        self.palette.begin()

    def show_settings(self) -> None:
        """Show the settings."""
        dialog = Preferences(self._workspace.settings, self._window)
        dialog.chosen.connect(lambda name, value: self._workspace.change_settings(**{name: value}))
        self._show(dialog)

    def show_shortcuts(self) -> None:
        """List every action with its keys, to be changed."""
        if self._book is None:
            return
        book = self._book
        lines = [Keyed(s.id, plain(_(s.menu)), plain(_(s.text)), book.keys_of(s.id), s.shortcut) for s in book.specs]
        dialog = Shortcuts(lines, self._window)
        dialog.chosen.connect(self._rekey)
        self._show(dialog)

    def _show(self, dialog: Shortcuts | Preferences) -> None:
        if self.dialog is not None:
            self.dialog.close()
            self.dialog.deleteLater()
        self.dialog = dialog
        dialog.show()

    @Slot(str, str)
    def _rekey(self, identifier: str, keys: str) -> None:
        if self._book is not None:
            self._book.rekey(identifier, keys)
            try:
                save_shortcuts(self._file, self._book.chosen_keys())
            except WorkbenchError as error:
                self._workspace.show_error(error)
