"""The protected names of a person, behind the passphrase of the case and nowhere else."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from workbench.domain.ids import PersonId
from workbench.gui.sheets.popover import Popover
from workbench.gui.widgets.form import Complaint, small
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import speech as _
from workbench.services.framing import names_of, settle_names
from workbench.services.session import is_passphrase_of

OPEN_FOR_MS = 120_000


class NamesSheet(Popover):
    """Locked until the passphrase was typed again; closes by itself after two minutes."""

    def __init__(self, workspace: Workspace, home: QWidget) -> None:
        super().__init__(_("Protected names"), home)
        self._workspace = workspace
        self._person: PersonId | None = None
        self.heading = QLabel()
        self.heading.setProperty("role", "heading")
        self.passphrase = QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.setAccessibleName(_("Passphrase of the case"))
        self.passphrase.setPlaceholderText(_("Passphrase of the case"))
        self.passphrase.returnPressed.connect(self.unlock)
        self.names = QPlainTextEdit()
        self.names.setAccessibleName(_("Names, aliases, addresses, schools, workplaces: one a line"))
        self.names.setTabChangesFocus(True)
        self.complaint = Complaint()
        self._unlock, self._save, cancel = QPushButton(_("Unlock")), QPushButton(_("Save")), QPushButton(_("Close"))
        self._unlock.clicked.connect(self.unlock)
        self._save.clicked.connect(self.save)
        cancel.clicked.connect(self.close_sheet)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for button in (cancel, self._unlock, self._save):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 14)
        column.addWidget(self.heading)
        column.addWidget(
            small(_("Names, aliases, addresses, schools and workplaces, one a line. They show here and nowhere else."))
        )
        for widget in (self.passphrase, self.names, self.complaint):
            column.addWidget(widget)
        column.addLayout(buttons)
        self.setFixedWidth(420)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(OPEN_FOR_MS)
        self._timer.timeout.connect(self.close_sheet)
        self.closed.connect(self._forget)

    def begin(self, person: PersonId, cipher: str) -> None:
        """Ask for the passphrase; a case without one has no lock to open."""
        self._forget()
        self._person = person
        self.heading.setText(_("Protected names of {cipher}").format(cipher=cipher))
        self._show_locked(is_locked=self._workspace.case.is_encrypted)
        self.open_near()
        if self._workspace.case.is_encrypted:
            self.passphrase.setFocus()
        else:
            self._read()

    @Slot()
    def unlock(self) -> None:
        """Prove the passphrase on another thread."""
        passphrase = self.passphrase.text()
        self.passphrase.clear()
        self._workspace.read(
            _("Unlock the names"), lambda case, _ticket: is_passphrase_of(case, passphrase), self._answered
        )

    def _answered(self, is_right: bool) -> None:
        if is_right and self.is_open:
            self._show_locked(is_locked=False)
            self._read()
        else:
            self.complaint.say(_("This is not the passphrase of the case. Check the keyboard layout and capitals."))

    def _read(self) -> None:
        person = self._person
        if person is not None:
            self._workspace.read(_("Read the names"), lambda case, _ticket: names_of(case, person), self._show_names)

    def _show_names(self, names: list[str]) -> None:
        if self.is_open:
            self.names.setPlainText("\n".join(names))
            self.names.setFocus()
            self._timer.start()

    def _show_locked(self, *, is_locked: bool) -> None:
        self.complaint.say("")
        self.passphrase.setVisible(is_locked)
        self._unlock.setVisible(is_locked)
        self.names.setVisible(not is_locked)
        self._save.setVisible(not is_locked)
        self.adjustSize()

    @Slot()
    def save(self) -> None:
        """Keep the names; the history tells only how many."""
        person, names = self._person, self.names.toPlainText().splitlines()
        if person is not None and self.names.isVisible():
            self._workspace.write(
                _("Edit the names"),
                lambda case, _ticket: settle_names(case, person, names),
                lambda _change: self.close_sheet(),
            )

    @Slot()
    def _forget(self) -> None:
        self._timer.stop()
        self._person = None
        self.passphrase.clear()
        self.names.clear()
